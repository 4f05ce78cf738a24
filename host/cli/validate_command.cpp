// `parlour validate`: everything that a plugin promises, tried in child processes.
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/scripts.hpp"
#include "host/plugins/validate.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace parlour::host::cli {

namespace {

const char *severity_text(Finding::Severity severity) {
    switch (severity) {
        case Finding::Severity::note:
            return "note";
        case Finding::Severity::warning:
            return "warning";
        default:
            return "error";
    }
}

// A file of a script, or the folder of one.
bool is_script(const std::filesystem::path &file) {
    return file.extension() == ".py" || std::filesystem::is_directory(file);
}

// The plugins of the search path whose games an engine can be tried on.
std::vector<std::filesystem::path> companions_of(const CommandLine &line) {
    std::vector<std::filesystem::path> files;
    const auto registry = open_registry(line);
    for (const GameEntry &game : registry->games()) {
        if (is_script(game.file)) continue;
        if (std::find(files.begin(), files.end(), game.file) == files.end()) files.push_back(game.file);
    }
    return files;
}

// Where `files` is one script: lets this process and those that it starts see no other; returns the plugin that runs
// it. Empty where there is none.
std::filesystem::path prepare_scripts(const CommandLine &line, const std::vector<std::string> &files) {
    if (std::none_of(files.begin(), files.end(), is_script)) return {};
    if (files.size() > 1) throw Refusal(ExitCode::usage, "a script is checked alone: give one file");
    const auto registry = open_registry(line);
    const std::filesystem::path runner = registry->script_runner();
    if (runner.empty()) throw Refusal(ExitCode::not_found, registry->why_no_script_runs());
    std::filesystem::path script = std::filesystem::absolute(files[0]).lexically_normal();
    if (std::filesystem::is_directory(script)) script = script / "__init__.py";
    set_script_environment({script});
    return runner;
}

void list_checks(std::ostream &out) {
    for (const CheckName &check : validation_checks()) out << fmt::format("{:<14} {}\n", check.name, check.summary);
}

} // namespace

ExitCode validate_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"validate",
         "FILE... [OPTION]...",
         "Checks plugins against everything that the interface promises: random games with their texts, "
         "bytes and endings, random bytes and texts from outside, searches with small budgets that are "
         "stopped at once. Each check runs in a process of its own; the same seed finds the same things. "
         "Says in sentences what is wrong.",
         {{"parlour validate nim/build/nim.so", "checks one plugin"},
          {"parlour validate --rounds 200 --seed 7 build/plugins/*.so", "more games, other random numbers"},
          {"parlour validate my_game.py", "a script"},
          {"parlour validate --checks", "what is checked"},
          {"parlour validate nim.so --json | jq '.[].findings[].sentence'", "for a script"}}});
    line.words("FILE", 0)
        .value("rounds", "N", "random games a check (default 20)")
        .value("time", "TIME", "how long a check may take (default 60s)")
        .flag("alone", "try engines on the games of their own file only, not on those of the search path")
        .flag("checks", "list the checks and end")
        .value("seed", "N", "of all random numbers (default 1)")
        .flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    if (line.has("checks")) {
        list_checks(streams.out);
        return ExitCode::success;
    }
    const std::vector<std::string> files = line.texts("FILE");
    if (files.empty())
        throw Refusal(ExitCode::usage, "it needs FILE: the usage is parlour validate FILE... [OPTION]...");
    for (const std::string &file : files) {
        std::error_code error;
        if (!std::filesystem::exists(file, error)) throw Refusal(ExitCode::not_found, "there is no file " + file);
    }
    ValidateOptions options;
    options.program = own_program();
    if (const auto rounds = line.number("rounds", 1, 1000000)) options.rounds = static_cast<std::uint32_t>(*rounds);
    if (const auto limit = line.duration("time")) {
        options.limit = std::chrono::ceil<std::chrono::milliseconds>(*limit);
    }
    if (!line.has("alone")) options.companions = companions_of(line);
    const std::filesystem::path runner = prepare_scripts(line, files);
    const bool bar = isatty(STDERR_FILENO) != 0;
    options.on_check = [&](const std::string &check, std::size_t index, std::size_t count) {
        if (bar) streams.err << fmt::format("\r\x1b[K[{}/{}] {}", index + 1, count, check) << std::flush;
    };

    ExitCode code = ExitCode::success;
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const std::string &file : files) {
        const auto findings =
            validate_file(is_script(file) ? runner : std::filesystem::absolute(file), seed_of(line), options);
        if (bar) streams.err << "\r\x1b[K" << std::flush;
        const auto errors = std::count_if(findings.begin(), findings.end(), [](const Finding &finding) {
            return finding.severity == Finding::Severity::error;
        });
        if (errors > 0) code = ExitCode::failed;
        if (line.has("json")) {
            nlohmann::ordered_json row{{"file", file}, {"passed", errors == 0}, {"seed", seed_of(line)}};
            row["findings"] = nlohmann::ordered_json::array();
            for (const Finding &finding : findings) {
                row["findings"].push_back({{"severity", severity_text(finding.severity)},
                                           {"check", finding.check},
                                           {"subject", finding.subject},
                                           {"sentence", finding.sentence}});
            }
            out.push_back(std::move(row));
            continue;
        }
        for (const Finding &finding : findings) {
            streams.out << fmt::format("{}: {}: {}: {} ({})\n", file, severity_text(finding.severity),
                                       finding.subject, finding.sentence, finding.check);
        }
        streams.out << file << ": "
                    << (errors == 0 ? "passes all " + std::to_string(validation_checks().size()) + " checks"
                                    : fmt::format("does not pass: {} {}", errors, errors == 1 ? "error" : "errors"))
                    << "\n";
    }
    if (line.has("json")) streams.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return code;
}

} // namespace parlour::host::cli
