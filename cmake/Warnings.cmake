# The warnings that the project's own code is free of; link `parlour_warnings` privately.
add_library(parlour_warnings INTERFACE)
target_compile_options(parlour_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
