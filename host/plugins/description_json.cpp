#include "host/plugins/description_json.hpp"

#include "host/plugins/most_described.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <stdexcept>

namespace parlour::host {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_default = 65536;
constexpr const char *types[] = {"bool", "int", "float", "choice", "text"};

Json options_json(const std::vector<OptionSpec> &options) {
    Json out = Json::array();
    for (const OptionSpec &option : options) {
        Json row{{"id", option.id},     {"type", types[option.type]},     {"label", option.label},
                 {"help", option.help}, {"default", option.default_text}, {"advanced", option.advanced}};
        if (option.type == PARLOUR_OPTION_INT || option.type == PARLOUR_OPTION_FLOAT) {
            row["min"] = option.min;
            row["max"] = option.max;
            row["step"] = option.step;
        }
        for (const auto &[id, label] : option.choices) row["choices"].push_back({{"id", id}, {"label", label}});
        out.push_back(std::move(row));
    }
    return out;
}

// A list of at most so many; an absent one is empty.
const Json &list_of(const Json &row, const char *key, std::size_t most) {
    static const Json none = Json::array();
    const auto at = row.find(key);
    if (at == row.end()) return none;
    if (!at->is_array() || at->size() > most) throw std::runtime_error(key);
    return *at;
}

std::string raw_text(const Json &row, const char *key, std::size_t most) {
    std::string text = row.at(key).get<std::string>();
    if (text.size() > most || !valid_utf8(text)) throw std::runtime_error(key);
    return text;
}

std::string line_of(const Json &row, const char *key, std::size_t most) {
    return one_line(row.at(key).get<std::string>(), most);
}

std::string id_of(const Json &row) {
    std::string id = raw_text(row, "id", 200);
    if (!valid_id(id)) throw std::runtime_error("id");
    return id;
}

// JSON has no infinity and no NaN; those are written as null.
double number_of(const Json &row, const char *key, double otherwise) {
    const auto at = row.find(key);
    return at == row.end() || at->is_null() ? otherwise : at->get<double>();
}

OptionSpec read_option(const Json &row) {
    OptionSpec out;
    out.id = id_of(row);
    const std::string type = row.at("type").get<std::string>();
    const auto known = std::find(std::begin(types), std::end(types), type);
    if (known == std::end(types)) throw std::runtime_error("type");
    out.type = static_cast<std::uint8_t>(known - std::begin(types));
    out.label = line_of(row, "label", 200);
    out.help = line_of(row, "help", 2000);
    out.default_text = raw_text(row, "default", longest_default);
    out.advanced = row.at("advanced").get<bool>();
    out.min = number_of(row, "min", -HUGE_VAL);
    out.max = number_of(row, "max", HUGE_VAL);
    out.step = number_of(row, "step", 1);
    for (const Json &choice : list_of(row, "choices", most_choices))
        out.choices.emplace_back(raw_text(choice, "id", longest_default), line_of(choice, "label", 200));
    if (!out.problem(out.default_text).empty()) throw std::runtime_error("default");
    return out;
}

// Ids that come twice would hide one another.
template <class Entry>
void add(std::vector<Entry> &to, std::set<std::string> &known, Entry entry) {
    if (!known.insert(entry.id).second) throw std::runtime_error("id");
    to.push_back(std::move(entry));
}

std::vector<OptionSpec> read_options(const Json &row) {
    std::vector<OptionSpec> out;
    std::set<std::string> known;
    for (const Json &option : list_of(row, "options", most_options)) add(out, known, read_option(option));
    return out;
}

template <class Entry>
Entry read_entry(const Json &row) {
    Entry out;
    out.id = id_of(row);
    out.name = line_of(row, "name", 200);
    out.summary = line_of(row, "summary", 2000);
    out.flags = row.at("flags").get<std::uint32_t>();
    out.options = read_options(row);
    if (out.name.empty()) throw std::runtime_error("name");
    return out;
}

} // namespace

Json description_json(const Description &description) {
    Json out{{"games", Json::array()}, {"engines", Json::array()}};
    if (description.scripts) out["scripts"] = true;
    for (const GameEntry &game : description.games)
        out["games"].push_back({{"id", game.id},
                                {"name", game.name},
                                {"family", game.family},
                                {"summary", game.summary},
                                {"flags", game.flags},
                                {"players_min", game.players_min},
                                {"players_max", game.players_max},
                                {"options", options_json(game.options)}});
    for (const EngineEntry &engine : description.engines)
        out["engines"].push_back({{"id", engine.id},
                                  {"name", engine.name},
                                  {"version", engine.version},
                                  {"author", engine.author},
                                  {"summary", engine.summary},
                                  {"flags", engine.flags},
                                  {"options", options_json(engine.options)}});
    return out;
}

Result<Description> read_description(const Json &json) {
    Description out;
    std::set<std::string> games, engines;
    try {
        out.scripts = json.is_object() && json.value("scripts", false);
        for (const Json &row : list_of(json, "games", most_entries)) {
            GameEntry game = read_entry<GameEntry>(row);
            game.family = line_of(row, "family", 60);
            game.players_min = row.at("players_min").get<std::uint32_t>();
            game.players_max = row.at("players_max").get<std::uint32_t>();
            if (game.players_min < 1 || game.players_max < game.players_min || game.players_max > PARLOUR_MAX_PLAYERS)
                throw std::runtime_error("players_max");
            add(out.games, games, std::move(game));
        }
        for (const Json &row : list_of(json, "engines", most_entries)) {
            EngineEntry engine = read_entry<EngineEntry>(row);
            engine.version = line_of(row, "version", 60);
            engine.author = line_of(row, "author", 200);
            add(out.engines, engines, std::move(engine));
        }
    } catch (const std::exception &problem) {
        return Problem{fmt::format("is not described in a way that makes sense: {}", one_line(problem.what(), 80)),
                       PARLOUR_E_PARSE};
    }
    return out;
}

} // namespace parlour::host
