// The smallest program that a registry can probe with: nothing but the raw commands.
#include "host/plugins/raw_commands.hpp"

int main(int argc, char **argv) {
    return parlour::host::run_raw_command(argc, argv).value_or(2);
}
