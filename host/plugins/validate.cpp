#include "host/plugins/validate.hpp"

#include "host/plugins/child_process.hpp"
#include "host/plugins/elf_file.hpp"
#include "host/plugins/probe.hpp"
#include "host/plugins/text.hpp"
#include "host/plugins/validation.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace parlour::host {

namespace {

using Json = nlohmann::ordered_json;
using Severity = Finding::Severity;

struct Check {
    CheckName name;
    void (*run)(Validation &); // null: done without loading the file
};
constexpr Check checks[] = {
    {{"exports", "the file exports parlour_entry and nothing else"}, nullptr},
    {{"load", "it loads, starts, describes itself and makes its games and engines"}, nullptr},
    {{"options", "every value that an option allows is taken, every other refused with a sentence"},
     check_options_of_all},
    {{"rules", "random games, every function held against its contract at every move"}, check_rules},
    {{"texts", "moves and positions read back from their texts; damaged texts are refused"}, check_texts},
    {{"bytes", "check survives any bytes, and what it accepts can be played"}, check_bytes},
    {{"illegal", "illegal moves do no harm to memory"}, check_illegal_moves},
    {{"instances", "the same seed and moves lead to the same bytes in every object"}, check_instances},
    {{"threads", "several threads may use one game at once"}, check_threads},
    {{"chance", "draws follow the probabilities"}, check_chance},
    {{"hidden", "views and pictures show nothing that a player cannot know"}, check_hidden},
    {{"playout", "playouts are random games like any others"}, check_playout},
    {{"symmetry", "symmetries map moves and outcomes"}, check_symmetry},
    {{"board", "what is drawn and touched exists"}, check_board},
    {{"engines", "answers are legal, repeatable and within their budgets"}, check_engines},
    {{"stops", "engines end when they are told to"}, check_engine_stops},
};

constexpr const char *severity_words[] = {"note", "warning", "error"};

std::string file_name(const std::filesystem::path &file) {
    return file.filename().string();
}

void check_exports(const std::filesystem::path &file, const Validation::Report &report) {
    const Result<ElfFacts> facts = read_elf(file);
    if (!facts) return report({Severity::error, "exports", file_name(file), facts.sentence()});
    if (!facts->exports_known)
        return report(
            {Severity::warning, "exports", file_name(file), "has no section table: its exports are unknown"});
    std::vector<std::string> others = facts->exports;
    std::erase(others, "parlour_entry");
    if (others.size() == facts->exports.size())
        report({Severity::error, "exports", file_name(file), "does not export parlour_entry"});
    if (others.empty()) return;
    const std::size_t more = others.size();
    if (others.size() > 3) others.resize(3);
    report({Severity::error, "exports", file_name(file),
            fmt::format("exports {} symbols beside parlour_entry, which other plugins may trip over: {}{}", more,
                        listed(others), more > others.size() ? ", ..." : "")});
}

// Reads what a child printed, line by line; returns whether it came to its end.
bool read_lines(const std::string &out, std::vector<Finding> &findings, std::string &stage) {
    std::istringstream lines(out);
    bool done = false;
    for (std::string line; std::getline(lines, line);) {
        const Json json = Json::parse(line, nullptr, false);
        if (!json.is_object()) continue;
        done = json.value("done", false);
        stage = json.value("stage", stage);
        if (!json.contains("sentence")) continue;
        const std::string severity = json.value("severity", "error");
        const auto at = std::find(std::begin(severity_words), std::end(severity_words), severity);
        const auto index = std::min<std::ptrdiff_t>(at - std::begin(severity_words), 2);
        findings.push_back({static_cast<Severity>(index), json.value("check", ""), json.value("subject", ""),
                            one_line(json.value("sentence", ""))});
    }
    return done;
}

// Runs one check in a child and adds what it finds, its own end included.
void run_check(const Check &check, const std::filesystem::path &file, std::uint64_t seed,
               const ValidateOptions &options, std::vector<Finding> &findings) {
    const std::string name = check.name.name;
    std::vector<std::string> words{
        options.program.string(),      "validate", "--raw-check", name, "--seed", std::to_string(seed), "--rounds",
        std::to_string(options.rounds)};
    for (const auto &companion : options.companions) {
        words.emplace_back("--with");
        words.push_back(companion.string());
    }
    words.push_back(file.string());
    const ChildResult child = run_child(words, options.limit, 16u << 20);
    std::string stage;
    const bool done = read_lines(child.out, findings, stage);
    if (done && child.fine()) return;
    const std::string at = stage.empty() ? std::string() : fmt::format(" at {}", stage);
    const std::string ending = child.fine() ? "stopped without a result" : child.ending;
    findings.push_back({Severity::error, name, file_name(file),
                        fmt::format("the check {}{}; run it again with seed {}", ending, at, seed)});
}

// The child's side of a check that needs the file loaded.
void run_loaded(const Check &check, std::uint64_t seed, std::uint32_t rounds,
                const std::vector<std::filesystem::path> &companions, const std::filesystem::path &file,
                const Validation::Report &report, const Validation::Stage &stage) {
    stage("loading");
    const LoadOutcome outcome = load_library(file);
    if (!outcome.library)
        return report({Severity::error, check.name.name, file_name(file), outcome.refusal.sentence});
    std::vector<LibraryPtr> others;
    for (const auto &companion : companions) {
        if (const LoadOutcome other = load_library(companion); other.library && other.library != outcome.library)
            others.push_back(other.library);
    }
    Validation run(check.name.name, seed, rounds, outcome.library, std::move(others), report, stage);
    check.run(run);
    stage("ending");
}

const Check *find_check(const std::string &name) {
    const auto at = std::find_if(std::begin(checks), std::end(checks),
                                 [&](const Check &check) { return name == check.name.name; });
    return at == std::end(checks) ? nullptr : at;
}

} // namespace

const std::vector<CheckName> &validation_checks() {
    static const auto names = [] {
        std::vector<CheckName> out;
        for (const Check &check : checks) out.push_back(check.name);
        return out;
    }();
    return names;
}

std::vector<Finding> validate_file(const std::filesystem::path &file, std::uint64_t seed,
                                   const ValidateOptions &options) {
    std::vector<Finding> findings;
    std::error_code ignored;
    const std::filesystem::path absolute = std::filesystem::absolute(file, ignored);
    std::size_t index = 0;
    for (const Check &check : checks) {
        if (options.on_check) options.on_check(check.name.name, index, std::size(checks));
        ++index;
        const std::string name = check.name.name;
        if (name == "exports") {
            check_exports(absolute, [&](const Finding &finding) { findings.push_back(finding); });
        } else if (name == "load") {
            const ProbeResult probe = probe_file(options.program, absolute, options.limit);
            if (probe.fine) continue;
            findings.push_back({Severity::error, name, file_name(file), one_line(probe.sentence)});
            break; // every other check would only say the same
        } else {
            run_check(check, absolute, seed, options, findings);
        }
    }
    return findings;
}

int run_raw_check(const std::string &name, std::uint64_t seed, std::uint32_t rounds,
                  const std::vector<std::filesystem::path> &companions, const std::filesystem::path &file) {
    constexpr std::uint64_t memory = 3ull << 30; // several engines and games at once
    std::vector<std::filesystem::path> plugins = companions;
    plugins.push_back(file);
    const int out = become_expendable(plugins, memory);
    const Check *check = find_check(name);
    if (out < 0 || check == nullptr) return 2;
    const auto say = [&](const Json &json) {
        const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
        std::string_view rest = line;
        while (!rest.empty()) {
            const ssize_t n = ::write(out, rest.data(), rest.size());
            if (n <= 0) return;
            rest.remove_prefix(static_cast<std::size_t>(n));
        }
    };
    const Validation::Report report = [&](const Finding &finding) {
        say({{"severity", severity_words[static_cast<std::size_t>(finding.severity)]},
             {"check", finding.check},
             {"subject", finding.subject},
             {"sentence", one_line(finding.sentence)}});
    };
    const Validation::Stage stage = [&](const std::string &what) { say({{"stage", what}}); };
    if (check->run != nullptr)
        run_loaded(*check, seed, rounds, companions, file, report, stage);
    else
        check_exports(file, report);
    say({{"done", true}});
    return 0;
}

} // namespace parlour::host
