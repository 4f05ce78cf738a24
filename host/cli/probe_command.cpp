// `parlour probe`: what a plugin file is, found out without letting it near this process.
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/probe.hpp"
#include "host/plugins/quarantine.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace parlour::host::cli {

namespace {

std::filesystem::path absolute_name(const std::string &file) {
    return std::filesystem::absolute(file).lexically_normal();
}

// Takes a file out of quarantine and says so; that it was not there is said as well, and is no failure.
void let_out(const std::filesystem::path &file, Quarantine &quarantine, Streams &streams) {
    const Result<void> lifted = quarantine.lift(file);
    if (!lifted && lifted.problem().code != PARLOUR_E_NOTFOUND) throw Refusal(ExitCode::failed, lifted.sentence());
    streams.err << (lifted ? file.string() + " is no longer in quarantine" : lifted.sentence()) << "\n";
}

} // namespace

ExitCode probe_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line({"probe",
                      "FILE... [OPTION]...",
                      "Looks at plugin files: reads their symbols, then loads and describes each in a process of its "
                      "own, with a time limit. Says in a sentence what is wrong with one that would be refused. "
                      "\"parlour validate\" looks much closer.",
                      {{"parlour probe nim/build/nim.so", "says what it is, or why it is refused"},
                       {"parlour probe --json *.so | jq '.[].sentence'", "the sentences of many, for a script"},
                       {"parlour probe --time 20s slow.so", "for a plugin that takes long to start"},
                       {"parlour probe --try-again nim.so", "the same, and takes it out of quarantine"}}});
    line.words("FILE", 1)
        .value("time", "TIME", "how long each may take (default 5s)")
        .flag("try-again", "let files out of quarantine that were set aside after they did harm")
        .flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    set_up_log(line.has("verbose"));
    const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(
        line.duration("time").value_or(std::chrono::seconds(5)));
    Quarantine quarantine(quarantine_file(default_state_folder()));
    ExitCode code = ExitCode::success;
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const std::string &file : line.texts("FILE")) {
        std::error_code error;
        if (!std::filesystem::exists(file, error)) {
            throw Refusal(ExitCode::not_found, "there is no file " + file);
        }
        if (line.has("try-again")) let_out(absolute_name(file), quarantine, streams);
        const ProbeResult result = probe_file(own_program(), absolute_name(file), limit);
        if (!result.fine) code = ExitCode::failed;
        if (line.has("json")) {
            out.push_back({{"file", file},
                           {"fine", result.fine},
                           {"sentence", result.sentence},
                           {"id", result.id},
                           {"name", result.name},
                           {"version", result.version},
                           {"interface", fmt::format("{}.{}", result.abi_major, result.abi_minor)}});
            continue;
        }
        if (result.fine) {
            streams.out << fmt::format("{}: fine: {} ({}), version {}, interface {}.{}\n", file, result.name,
                                       result.id, result.version, result.abi_major, result.abi_minor);
        } else {
            streams.out << file << ": refused: " << result.sentence << "\n";
        }
    }
    if (line.has("json")) {
        streams.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    }
    return code;
}

} // namespace parlour::host::cli
