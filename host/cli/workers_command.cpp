// `parlour workers`: what strangers' code is kept from here, tried out, and which plugins run in workers.
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/sandbox_check.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace parlour::host::cli {

namespace {

using Json = nlohmann::ordered_json;

// Where the code of a plugin file runs.
struct Place {
    std::string rules, engines; // "program", "worker", "nowhere"; "" where it has none
};

Place place_of(const PluginRow &row) {
    if (!row.loaded) return {"nowhere", "nowhere"};
    return {row.games.empty() ? "" : "program", row.engines.empty() ? "" : row.isolated ? "worker" : "program"};
}

std::string place_words(const PluginRow &row) {
    if (row.quarantined) return "in quarantine";
    if (!row.loaded) return "refused";
    const Place place = place_of(row);
    if (place.engines != "worker") return "in the program";
    return place.rules.empty() ? "in a worker" : "rules in the program, engines in a worker";
}

const char *origin_word(const PluginRow &row) {
    return row.origin == PluginOrigin::shipped ? "shipped" : "dropped";
}

Json places_json(const Registry &registry) {
    Json out = Json::array();
    for (const PluginRow &row : registry.plugins()) {
        const Place place = place_of(row);
        out.push_back({{"file", row.file.string()},
                       {"origin", origin_word(row)},
                       {"rules", place.rules},
                       {"engines", place.engines},
                       {"quarantined", row.quarantined}});
    }
    return out;
}

Json check_json(const SandboxCheck &check) {
    Json out = Json::parse(report_json(check.report));
    out["attempts"] = Json::array();
    for (const SandboxAttempt &attempt : check.attempts)
        out["attempts"].push_back(
            {{"id", attempt.id}, {"what", attempt.what}, {"refused", attempt.refused}, {"answer", attempt.answer}});
    return out;
}

void print_check(const SandboxCheck &check, std::ostream &out) {
    out << "Layers of the lock-down\n";
    for (const LayerReport &layer : check.report.layers)
        out << fmt::format("  {:<8}  {:<11}  {}\n", layer.in_force ? "in force" : "missing", layer.id,
                           layer.sentence);
    out << "\nTried by a process that is locked down\n";
    for (const SandboxAttempt &attempt : check.attempts)
        out << fmt::format("  {:<8}  {}: {}\n", attempt.refused ? "refused" : "allowed", attempt.what,
                           attempt.answer);
}

void print_places(const Registry &registry, std::ostream &out) {
    std::size_t width = 0;
    for (const PluginRow &row : registry.plugins()) width = std::max(width, place_words(row).size());
    out << "\nPlugins\n";
    for (const PluginRow &row : registry.plugins())
        out << fmt::format("  {}  {:<{}}  {}\n", origin_word(row), place_words(row), width, row.file.string());
    if (registry.plugins().empty()) out << "  none found; set PARLOUR_PLUGIN_PATH or use --plugins DIR\n";
}

} // namespace

ExitCode workers_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line({"workers",
                      "[OPTION]...",
                      "Says what the code of strangers is kept from on this machine: a process locks itself down as "
                      "workers and probes do and tries what is forbidden. A layer that the kernel or container lacks "
                      "is missing, and the others hold without it. Then it says where each plugin's code runs: as "
                      "--isolate says, engines that did not come with the program run in workers.",
                      {{"parlour workers", "what is in force, and which plugins run in workers"},
                       {"parlour workers --isolate all", "the same if every engine ran in a worker"},
                       {"parlour workers --json | jq '.layers[] | select(.in_force | not)'",
                        "the layers that are missing here"}}});
    line.flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    const SandboxCheck check = value_or_refuse(check_sandbox(own_program()));
    const auto registry = open_registry(line);
    if (line.has("json")) {
        Json out = check_json(check);
        out["plugins"] = places_json(*registry);
        streams.out << out.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
        return ExitCode::success;
    }
    print_check(check, streams.out);
    print_places(*registry, streams.out);
    return ExitCode::success;
}

} // namespace parlour::host::cli
