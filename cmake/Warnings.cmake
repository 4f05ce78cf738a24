# The warnings that the project's own code is free of; link `parlour_warnings` privately.
add_library(parlour_warnings INTERFACE)
target_compile_options(parlour_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
# GCC 12 warns of overlapping copies inside std::string's operator+ that cannot happen (gcc.gnu.org/PR105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(parlour_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
# Where sources are compiled together, GCC takes each for a header and warns of classes that use its unnamed namespace,
# and of names that shadow another source's. Neither is wrong; builds of single sources still tell of what is.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(parlour_warnings INTERFACE
        $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-subobject-linkage>)
endif()
if(CMAKE_UNITY_BUILD)
    target_compile_options(parlour_warnings INTERFACE -Wno-shadow)
endif()
# The sanitizers' instrumentation makes GCC warn of uninitialised values that are not; the other builds stay strict.
if(PARLOUR_SANITIZE)
    target_compile_options(parlour_warnings INTERFACE -Wno-error)
endif()
