#include "host/cli/command.hpp"

#include <algorithm>
#include <exception>

namespace parlour::host::cli {

std::vector<Command> basic_commands() {
    return {{"list", "the games, engines and plugins that were found", list_command},
            {"analyse", "what an engine thinks of a position", analyse_command},
            {"match", "games between engines, counted", match_command},
            {"history", "the games that are kept, and what they add up to", history_command},
            {"perft", "counts the games of a length: a check of the rules", perft_command},
            {"bench", "how fast rules and engines are", bench_command},
            {"validate", "checks a plugin against everything it promises", validate_command},
            {"probe", "looks at a plugin file without using it", probe_command},
            {"workers", "what plugins are kept from here, and which run in workers", workers_command},
            {"new", "writes the source of a new game or engine", new_command},
            {"settings", "what you have chosen for good", settings_command}};
}

int run_command(std::span<const Command> commands, const std::string &name, const std::vector<std::string> &words,
                Streams &streams) {
    const auto say = [&](const std::string &sentence, ExitCode code) {
        streams.out.flush();
        streams.err << "parlour" << (name.empty() ? "" : " " + name) << ": " << sentence << "\n";
        return static_cast<int>(code);
    };
    const auto command =
        std::find_if(commands.begin(), commands.end(), [&](const Command &each) { return each.name == name; });
    if (command == commands.end()) {
        std::vector<std::string> known;
        for (const Command &each : commands) known.push_back(each.name);
        const std::string near = suggestion(name, known);
        streams.err << "parlour: there is no command \"" << name << "\""
                    << (near.empty() ? "; \"parlour --help\" lists them" : near) << "\n";
        return static_cast<int>(ExitCode::usage);
    }
    try {
        const ExitCode code = command->run(words, streams);
        streams.out.flush();
        return static_cast<int>(code);
    } catch (const Refusal &refusal) {
        if (!refusal.details().empty())
            streams.err << refusal.details() << (refusal.details().ends_with('\n') ? "" : "\n");
        return say(refusal.what(), refusal.code());
    } catch (const std::bad_alloc &) {
        return say("there is not enough memory", ExitCode::failed);
    } catch (const std::exception &problem) {
        return say(problem.what(), ExitCode::failed);
    }
}

} // namespace parlour::host::cli
