// `parlour list`: what there is, as a table for people or as JSON for scripts.
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

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

json games_json(const Registry &registry) {
    json out = json::array();
    for (const GameEntry &game : registry.games()) {
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

json engines_json(const Registry &registry) {
    json out = json::array();
    for (const EngineEntry &engine : registry.engines()) {
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

void print_games(const Registry &registry, bool details, std::ostream &out) {
    out << "Games\n";
    const std::size_t width = id_width(registry.games());
    for (const GameEntry &game : registry.games()) {
        out << fmt::format("  {:<{}}  {} ({}). {}\n", game.id, width, game.name, players_text(game), game.summary);
        if (details) print_options(game.options, out);
    }
    if (registry.games().empty()) out << "  none found; set PARLOUR_PLUGIN_PATH or use --plugins DIR\n";
}

void print_engines(const Registry &registry, bool details, std::ostream &out) {
    out << "Engines\n";
    const std::size_t width = id_width(registry.engines());
    for (const EngineEntry &engine : registry.engines()) {
        out << fmt::format("  {:<{}}  {}. {}\n", engine.id, width, engine.name, engine.summary);
        if (details) print_options(engine.options, out);
    }
    if (registry.engines().empty()) out << "  none found; set PARLOUR_PLUGIN_PATH or use --plugins DIR\n";
}

void print_plugins(const Registry &registry, std::ostream &out) {
    out << "Plugins\n";
    for (const PluginRow &row : registry.plugins()) {
        const char *status = row.loaded ? "loaded" : row.quarantined ? "quarantined" : "refused";
        out << fmt::format("  {:<11}  {}\n", status, row.file.string());
        if (!row.sentence.empty()) out << fmt::format("  {:<11}  {}\n", "", row.sentence);
        if (row.quarantined)
            out << fmt::format("  {:<11}  let it try again with: parlour probe --try-again {}\n", "",
                               row.file.string());
    }
    if (registry.plugins().empty()) out << "  none found; set PARLOUR_PLUGIN_PATH or use --plugins DIR\n";
}

} // namespace

ExitCode list_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line({"list",
                      "[games|engines|plugins] [OPTION]...",
                      "Lists the games and engines that were found, and every plugin file with its status: a file "
                      "that was refused is a row with the reason. Naming one kind shows its options as well.",
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
    const std::vector<std::string> kinds{"games", "engines", "plugins"};
    if (kind != "all" && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        const std::string near = suggestion(kind, kinds);
        throw Refusal(ExitCode::usage, "there is no list of \"" + kind + "\"" +
                                           (near.empty() ? "; there are games, engines and plugins" : near));
    }
    const auto registry = open_registry(line);
    const auto wanted = [&](const char *name) { return kind == "all" || kind == name; };
    if (line.has("json")) {
        json out = json::object();
        if (wanted("games")) out["games"] = games_json(*registry);
        if (wanted("engines")) out["engines"] = engines_json(*registry);
        if (wanted("plugins")) out["plugins"] = plugins_json(*registry);
        streams.out << out.dump(2, ' ', false, json::error_handler_t::replace) << "\n";
        return ExitCode::success;
    }
    if (wanted("games")) print_games(*registry, kind != "all", streams.out);
    if (kind == "all") streams.out << "\n";
    if (wanted("engines")) print_engines(*registry, kind != "all", streams.out);
    if (kind == "all") streams.out << "\n";
    if (wanted("plugins")) print_plugins(*registry, streams.out);
    return ExitCode::success;
}

} // namespace parlour::host::cli
