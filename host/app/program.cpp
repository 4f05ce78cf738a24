#include "host/app/program.hpp"

#include "host/app/gallery.hpp"
#include "host/match/engine_runner.hpp"
#include "host/plugins/raw_commands.hpp"
#include "host/terminal/play_command.hpp"

#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace parlour::host::app {

std::vector<cli::Command> all_commands() {
    std::vector<cli::Command> commands = cli::basic_commands();
    commands.insert(commands.begin(), {"play", "a game in the terminal", terminal::play_command});
    return commands;
}

namespace {

int run(const std::vector<std::string> &words, cli::Streams &streams) {
    const std::vector<cli::Command> commands = all_commands();
    if (!words.empty() && !words[0].starts_with('-')) {
        return cli::run_command(commands, words[0], {words.begin() + 1, words.end()}, streams);
    }
    const std::vector<cli::Command> gallery{{"", "", gallery_command}};
    return cli::run_command(gallery, "", words, streams);
}

} // namespace

int run_program(int argc, char **argv) {
    // A registry's child process does this and nothing else.
    if (const auto code = run_raw_command(argc, argv)) return *code;
    cli::Streams streams{std::cout, std::cerr};
    const int code = run({argv + (argc > 0 ? 1 : 0), argv + argc}, streams);
    std::cout.flush();
    std::cerr.flush();
    // Static objects must not die under a thread that an engine keeps.
    if (EngineRunner::lost_threads() > 0) {
        std::fflush(nullptr);
        std::_Exit(code);
    }
    return code;
}

} // namespace parlour::host::app
