// A program with a registry that comes to the end it is told to:
//
//     registry_runner STATE_FOLDER PLUGIN_FOLDER shipped|dropped HOW
//
// It prints a line "loaded|quarantined|refused NAME SENTENCE" a plugin file. HOW: "end" returns from main, "wait"
// ends when its standard input does, and the name of a signal sends that to itself.
#include "host/plugins/raw_commands.hpp"
#include "host/plugins/registry.hpp"

#include <signal.h>

#include <cstring>
#include <iostream>

int main(int argc, char **argv) {
    using namespace parlour::host;
    if (const auto code = run_raw_command(argc, argv)) return *code;
    if (argc != 5) return 2;
    signal(SIGPIPE, SIG_DFL); // which tests ignore, and children inherit
    RegistryOptions options;
    options.state_folder = argv[1];
    options.search_path = {argv[2]};
    options.probe_program = "/proc/self/exe";
    if (std::strcmp(argv[3], "shipped") == 0) options.shipped_folders = options.search_path;
    const Registry registry(options);
    for (const PluginRow &row : registry.plugins())
        std::cout << (row.loaded        ? "loaded "
                      : row.quarantined ? "quarantined "
                                        : "refused ")
                  << row.file.filename().string() << " " << row.sentence << std::endl;
    const std::string how = argv[4];
    if (how == "wait") {
        std::string line;
        while (std::getline(std::cin, line)) continue;
    }
    for (const int signal : {SIGKILL, SIGSEGV, SIGABRT, SIGTERM, SIGINT, SIGPIPE}) {
        if (how == sigabbrev_np(signal)) raise(signal);
    }
    return 0;
}
