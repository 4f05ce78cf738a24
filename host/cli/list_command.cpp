// `parlour list`: what there is, as a table for people or as JSON for scripts.
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace parlour::host::cli {

namespace {

using nlohmann::json;

json option_json(const OptionSpec &option) {
    static constexpr const char *types[] = {"bool", "int", "float", "choice", "text"};
    json out{{"id", option.id},
             {"label", option.label},
             {"help", option.help},
             {"type", option.type < std::size(types) ? types[option.type] : "text"},
             {"default", option.default_text}};
    if (option.type == PARLOUR_OPTION_INT || option.type == PARLOUR_OPTION_FLOAT) {
        out["min"] = option.min;
        out["max"] = option.max;
    }
    if (option.type == PARLOUR_OPTION_INT) out["step"] = option.step;
    if (!option.choices.empty()) {
        out["choices"] = json::array();
        for (const auto &[id, label] : option.choices) out["choices"].push_back({{"id", id}, {"label", label}});
    }
    return out;
}

json options_json(const std::vector<OptionSpec> &options) {
    json out = json::array();
    for (const OptionSpec &option : options) out.push_back(option_json(option));
    return out;
}

json traits_json(std::uint32_t flags) {
    static constexpr std::pair<std::uint32_t, const char *> words[] = {
        {PARLOUR_GAME_ZERO_SUM, "zero_sum"},
        {PARLOUR_GAME_CHANCE, "chance"},
        {PARLOUR_GAME_HIDDEN, "hidden"},
        {PARLOUR_GAME_SIMULTANEOUS, "simultaneous"},
        {PARLOUR_GAME_SERIALIZED, "serialized"},
        {PARLOUR_GAME_COMPOUND, "compound"},
        {PARLOUR_GAME_PATH_DEPENDENT, "path_dependent"}};
    json out = json::array();
    for (const auto &[flag, word] : words) {
        if ((flags & flag) != 0) out.push_back(word);
    }
    return out;
}

// The games or engines that are native, or those that are scripts.
template <class Entry>
std::vector<Entry> entries_of(const Registry &registry, const std::vector<Entry> &entries,
                              std::vector<std::string> PluginRow::*ids, bool scripts) {
    std::set<std::string> from_scripts;
    for (const PluginRow &row : registry.plugins()) {
        if (row.script) from_scripts.insert((row.*ids).begin(), (row.*ids).end());
    }
    std::vector<Entry> out;
    for (const Entry &entry : entries) {
        if (from_scripts.contains(entry.id) == scripts) out.push_back(entry);
    }
    return out;
}
std::vector<GameEntry> games_of(const Registry &registry, bool scripts) {
    return entries_of(registry, registry.games(), &PluginRow::games, scripts);
}
std::vector<EngineEntry> engines_of(const Registry &registry, bool scripts) {
    return entries_of(registry, registry.engines(), &PluginRow::engines, scripts);
}

json games_json(const std::vector<GameEntry> &games) {
    json out = json::array();
    for (const GameEntry &game : games) {
        out.push_back({{"id", game.id},
                       {"name", game.name},
                       {"family", game.family},
                       {"summary", game.summary},
                       {"players_min", game.players_min},
                       {"players_max", game.players_max},
                       {"traits", traits_json(game.flags)},
                       {"options", options_json(game.options)},
                       {"file", game.file.string()}});
    }
    return out;
}

json engines_json(const std::vector<EngineEntry> &engines) {
    json out = json::array();
    for (const EngineEntry &engine : engines) {
        out.push_back({{"id", engine.id},
                       {"name", engine.name},
                       {"version", engine.version},
                       {"author", engine.author},
                       {"summary", engine.summary},
                       {"levels", (engine.flags & PARLOUR_ENGINE_LEVELS) != 0},
                       {"options", options_json(engine.options)},
                       {"file", engine.file.string()}});
    }
    return out;
}

json plugins_json(const Registry &registry) {
    json out = json::array();
    for (const PluginRow &row : registry.plugins()) {
        out.push_back({{"file", row.file.string()},
                       {"status", row.loaded        ? "loaded"
                                  : row.quarantined ? "quarantined"
                                                    : "refused"},
                       {"sentence", row.sentence},
                       {"details", row.details},
                       {"origin", row.origin == PluginOrigin::shipped ? "shipped" : "dropped"},
                       {"isolated", row.isolated},
                       {"id", row.id},
                       {"name", row.name},
                       {"version", row.version},
                       {"vendor", row.vendor},
                       {"summary", row.summary},
                       {"interface", fmt::format("{}.{}", row.abi_major, row.abi_minor)},
                       {"games", row.games},
                       {"engines", row.engines}});
    }
    return out;
}

std::string players_text(const GameEntry &game) {
    if (game.players_min == game.players_max) {
        return fmt::format("{} player{}", game.players_min, game.players_min == 1 ? "" : "s");
    }
    return fmt::format("{}-{} players", game.players_min, game.players_max);
}

void print_options(const std::vector<OptionSpec> &options, std::ostream &out) {
    for (const OptionSpec &option : options) {
        std::string range;
        if (option.type == PARLOUR_OPTION_INT || option.type == PARLOUR_OPTION_FLOAT) {
            range = fmt::format(" {:g}..{:g}", option.min, option.max);
        }
        for (const auto &[id, label] : option.choices) range += (range.empty() ? " " : "|") + id;
        out << fmt::format("      {}={} {} ({})\n", option.id, option.default_text, range.empty() ? "" : "of" + range,
                           option.help);
    }
}

template <class Entries>
std::size_t id_width(const Entries &entries) {
    std::size_t width = 4;
    for (const auto &entry : entries) width = std::max(width, entry.id.size());
    return width;
}

constexpr const char *none_found = "  none found; set PARLOUR_PLUGIN_PATH or use --plugins DIR\n";

void print_games(const std::vector<GameEntry> &games, bool details, std::ostream &out) {
    const std::size_t width = id_width(games);
    for (const GameEntry &game : games) {
        out << fmt::format("  {:<{}}  {} ({}). {}\n", game.id, width, game.name, players_text(game), game.summary);
        if (details) print_options(game.options, out);
    }
}

void print_engines(const std::vector<EngineEntry> &engines, bool details, std::ostream &out) {
    const std::size_t width = id_width(engines);
    for (const EngineEntry &engine : engines) {
        out << fmt::format("  {:<{}}  {}. {}\n", engine.id, width, engine.name, engine.summary);
        if (details) print_options(engine.options, out);
    }
}

void print_scripts(const Registry &registry, bool details, std::ostream &out) {
    const std::vector<GameEntry> games = games_of(registry, true);
    const std::vector<EngineEntry> engines = engines_of(registry, true);
    print_games(games, details, out);
    print_engines(engines, details, out);
    if (games.empty() && engines.empty()) out << "  none found; docs/scripts.md says where they are looked for\n";
}

void print_plugins(const Registry &registry, std::ostream &out) {
    for (const PluginRow &row : registry.plugins()) {
        const char *status = row.loaded ? "loaded" : row.quarantined ? "quarantined" : "refused";
        out << fmt::format("  {:<11}  {}\n", status, row.file.string());
        if (!row.sentence.empty()) out << fmt::format("  {:<11}  {}\n", "", row.sentence);
        if (row.quarantined)
            out << fmt::format("  {:<11}  let it try again with: parlour probe --try-again {}\n", "",
                               row.file.string());
    }
    if (registry.plugins().empty()) out << none_found;
}

} // namespace

ExitCode list_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line({"list",
                      "[games|engines|scripts|plugins] [OPTION]...",
                      "Lists the games and engines that were found, those that are scripts by themselves, and every "
                      "plugin file with its status: a file that was refused is a row with the reason. Naming one "
                      "kind shows its options as well.",
                      {{"parlour list", "everything, briefly"},
                       {"parlour list games", "the games with their options"},
                       {"parlour list plugins", "every plugin file, and why one was refused"},
                       {"parlour list --json | jq '.games[].id'", "the same for a script"}}});
    line.word("kind", true).flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    const std::string kind = line.text_or("kind", "all");
    const std::vector<std::string> kinds{"games", "engines", "scripts", "plugins"};
    if (kind != "all" && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        const std::string near = suggestion(kind, kinds);
        throw Refusal(ExitCode::usage, "there is no list of \"" + kind + "\"" +
                                           (near.empty() ? "; there are games, engines, scripts and plugins" : near));
    }
    const auto registry = open_registry(line);
    const auto wanted = [&](const char *name) { return kind == "all" || kind == name; };
    if (line.has("json")) {
        json out = json::object();
        if (wanted("games")) out["games"] = games_json(games_of(*registry, false));
        if (wanted("engines")) out["engines"] = engines_json(engines_of(*registry, false));
        if (wanted("scripts"))
            out["scripts"] = {{"games", games_json(games_of(*registry, true))},
                              {"engines", engines_json(engines_of(*registry, true))}};
        if (wanted("plugins")) out["plugins"] = plugins_json(*registry);
        streams.out << out.dump(2, ' ', false, json::error_handler_t::replace) << "\n";
        return ExitCode::success;
    }
    const bool details = kind != "all";
    const auto section = [&](const char *name, const char *title) {
        if (!wanted(name)) return false;
        streams.out << (details || title == std::string_view("Games") ? "" : "\n") << title << "\n";
        return true;
    };
    if (section("games", "Games")) {
        print_games(games_of(*registry, false), details, streams.out);
        if (registry->games().empty()) streams.out << none_found;
    }
    if (section("engines", "Engines")) {
        print_engines(engines_of(*registry, false), details, streams.out);
        if (registry->engines().empty()) streams.out << none_found;
    }
    if (section("scripts", "Scripts")) print_scripts(*registry, details, streams.out);
    if (section("plugins", "Plugins")) print_plugins(*registry, streams.out);
    return ExitCode::success;
}

} // namespace parlour::host::cli
