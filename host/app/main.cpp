#include "host/app/program.hpp"

int main(int argc, char **argv) {
    return parlour::host::app::run_program(argc, argv);
}
