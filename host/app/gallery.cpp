#include "host/app/gallery.hpp"

#include "host/cli/setup.hpp"

namespace parlour::host::app {

cli::ExitCode gallery_command(const std::vector<std::string> &words, cli::Streams &streams) {
    cli::CommandLine line({"",
                           "[OPTION]... | COMMAND [WORD]...",
                           "Opens the gallery of games: in a window, or in the terminal where there is no display.",
                           {{"parlour", "opens the gallery"},
                            {"parlour list", "what there is to play, and against whom"},
                            {"parlour perft reversi 6", "a command; each has a --help of its own"}}});
    line.flag("version", "print the version");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        streams.out << "\nCommands:\n";
        for (const cli::Command &command : cli::basic_commands()) {
            streams.out << "  " << command.name << std::string(10 - command.name.size(), ' ') << command.summary
                        << "\n";
        }
        return cli::ExitCode::success;
    }
    if (line.has("version")) {
        streams.out << "parlour " PARLOUR_VERSION "\n";
        return cli::ExitCode::success;
    }
    throw cli::Refusal(cli::ExitCode::failed, "this build has no gallery; \"parlour --help\" lists the commands");
}

} // namespace parlour::host::app
