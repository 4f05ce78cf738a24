// What a loaded library offers, and the objects it makes.
#include "host/plugins/library.hpp"
#include "host/plugins/most_described.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>

namespace parlour::host {

namespace {

constexpr std::uint32_t most_moves = 1u << 20;
constexpr std::uint32_t pinned_game = offsetof(parlour_game_api, destroy) + sizeof(void *);
constexpr std::uint32_t pinned_engine = offsetof(parlour_engine_api, destroy) + sizeof(void *);
constexpr std::size_t longest_string = 65536;

// A refusal on its way out of nested loops.
struct Wrong {
    std::string sentence;
};

// Calls into the plugin; an exception that leaves it is a Wrong.
template <class Call>
auto into_plugin(const std::string &where, Call call) {
    try {
        return call();
    } catch (...) {
        throw Wrong{fmt::format("threw an exception in {}; no exception may leave a plugin", where)};
    }
}

std::string text_of(const char *text, const std::string &what) {
    if (text == nullptr) throw Wrong{fmt::format("says nothing as {}: the pointer is NULL", what)};
    const std::size_t length = strnlen(text, longest_string);
    if (length == longest_string) throw Wrong{fmt::format("says {} in more than {} bytes", what, longest_string)};
    std::string out(text, length);
    if (!valid_utf8(out)) throw Wrong{fmt::format("says {} in what is not UTF-8", what)};
    return out;
}

std::string id_of(const char *text, const std::string &what) {
    std::string out = text_of(text, what);
    if (!valid_id(out))
        throw Wrong{fmt::format("says \"{}\" as {}, but ids are lower-case letters, digits, '_' and ':'",
                                one_line(out, 40), what)};
    return out;
}

std::string name_of(const char *text, const std::string &what) {
    std::string out = text_of(text, what);
    if (out.empty()) throw Wrong{fmt::format("says nothing as {}: the text is empty", what)};
    return one_line(out, 200);
}

OptionSpec option_of(const parlour_option &raw, const std::string &of) {
    OptionSpec out;
    out.id = id_of(raw.id, "the id of an option of " + of);
    const std::string whose = fmt::format("option {} of {}", out.id, of);
    if (raw.type > PARLOUR_OPTION_TEXT)
        throw Wrong{fmt::format("gives {} the type {}, which this program does not know", whose, raw.type)};
    out.type = raw.type;
    out.advanced = (raw.flags & PARLOUR_OPTION_ADVANCED) != 0;
    out.label = name_of(raw.label, "the label of " + whose);
    out.help = one_line(text_of(raw.help, "the help of " + whose), 2000);
    out.default_text = text_of(raw.default_text, "the default of " + whose);
    out.min = raw.min;
    out.max = raw.max;
    out.step = raw.step;
    if (raw.type == PARLOUR_OPTION_CHOICE) {
        if (raw.n_choices == 0 || raw.n_choices > most_choices || !raw.choice_ids || !raw.choice_labels)
            throw Wrong{fmt::format("gives {} no choices", whose)};
        for (std::uint32_t i = 0; i < raw.n_choices; ++i)
            out.choices.emplace_back(text_of(raw.choice_ids[i], "a choice of " + whose),
                                     name_of(raw.choice_labels[i], "the label of a choice of " + whose));
    }
    if (const std::string problem = out.problem(out.default_text); !problem.empty())
        throw Wrong{fmt::format("gives {} a default that it does not take: {}", whose, problem)};
    return out;
}

template <class Factory>
std::vector<OptionSpec> options_of(const Factory &factory, const std::string &id) {
    std::vector<OptionSpec> out;
    std::set<std::string> known;
    for (std::uint32_t index = 0; index <= most_options; ++index) {
        parlour_option raw{};
        raw.size = sizeof raw;
        const parlour_status status =
            into_plugin("its options", [&] { return factory.option(id.c_str(), index, &raw); });
        if (status == PARLOUR_E_NOTFOUND) return out;
        if (status != PARLOUR_OK) throw Wrong{fmt::format("does not describe option {} of {}", index + 1, id)};
        out.push_back(option_of(raw, id));
        if (!known.insert(out.back().id).second)
            throw Wrong{fmt::format("has the option {} of {} twice", out.back().id, id)};
    }
    throw Wrong{fmt::format("has no end to the options of {}: option() never returns PARLOUR_E_NOTFOUND", id)};
}

template <class Factory>
std::uint32_t count_of(const Factory &factory, const char *what) {
    if (factory.count == nullptr) return 0;
    if (factory.refresh != nullptr) into_plugin("refresh", [&] { return factory.refresh(); });
    const std::uint32_t count = into_plugin("count", [&] { return factory.count(); });
    if (count > most_entries) throw Wrong{fmt::format("says that it has {} {}", count, what)};
    return count;
}

GameEntry game_entry(const Library &library, std::uint32_t index) {
    parlour_game_desc raw{};
    raw.size = sizeof raw;
    const parlour_status status = into_plugin("describe", [&] { return library.games.describe(index, &raw); });
    if (status != PARLOUR_OK) throw Wrong{fmt::format("does not describe its game {}", index + 1)};
    GameEntry out;
    out.id = id_of(raw.id, "the id of a game");
    out.name = name_of(raw.name, "the name of " + out.id);
    out.family = one_line(text_of(raw.family, "the family of " + out.id), 60);
    out.summary = one_line(text_of(raw.summary, "the summary of " + out.id), 2000);
    out.flags = raw.flags;
    out.players_min = raw.players_min;
    out.players_max = raw.players_max;
    if (raw.players_min < 1 || raw.players_max < raw.players_min || raw.players_max > PARLOUR_MAX_PLAYERS)
        throw Wrong{fmt::format("says that {} is for {} to {} players", out.id, raw.players_min, raw.players_max)};
    out.options = options_of(library.games, out.id);
    out.file = library.file;
    return out;
}

EngineEntry engine_entry(const Library &library, std::uint32_t index) {
    parlour_engine_desc raw{};
    raw.size = sizeof raw;
    const parlour_status status = into_plugin("describe", [&] { return library.engines.describe(index, &raw); });
    if (status != PARLOUR_OK) throw Wrong{fmt::format("does not describe its engine {}", index + 1)};
    EngineEntry out;
    out.id = id_of(raw.id, "the id of an engine");
    out.name = name_of(raw.name, "the name of " + out.id);
    out.version = one_line(text_of(raw.version, "the version of " + out.id), 60);
    out.author = one_line(text_of(raw.author, "the author of " + out.id), 200);
    out.summary = one_line(text_of(raw.summary, "the summary of " + out.id), 2000);
    out.flags = raw.flags;
    out.options = options_of(library.engines, out.id);
    out.file = library.file;
    return out;
}

std::vector<parlour_kv> pairs_of(const OptionMap &options) {
    std::vector<parlour_kv> out;
    for (const auto &[id, value] : options) out.push_back({id.c_str(), value.c_str()});
    return out;
}

// The numbers that a game gives about itself.
std::string info_problem(const parlour_game_info &info) {
    if (info.players < 1 || info.players > PARLOUR_MAX_PLAYERS)
        return fmt::format("says that it has {} players, but 1 to {} can play", info.players, PARLOUR_MAX_PLAYERS);
    if (info.state_size < 1 || info.state_size > PARLOUR_MAX_STATE_SIZE)
        return fmt::format("says that its positions have {} bytes, but 1 to {} can be", info.state_size,
                           PARLOUR_MAX_STATE_SIZE);
    if (info.max_moves < 1 || info.max_moves > most_moves)
        return fmt::format("says that there are at most {} moves, but 1 to {} can be", info.max_moves, most_moves);
    if (!std::isfinite(info.util_min) || !std::isfinite(info.util_max) || info.util_min > info.util_max)
        return fmt::format("says that outcomes lie between {} and {}", info.util_min, info.util_max);
    const std::pair<const char *, const char *> strings[] = {
        {"id", info.id}, {"name", info.name}, {"variant", info.variant}};
    for (const auto &[what, text] : strings) {
        if (text == nullptr) return fmt::format("has no {}: the pointer is NULL", what);
        if (!valid_utf8({text, strnlen(text, longest_string)}))
            return fmt::format("has a {} that is not UTF-8", what);
    }
    return {};
}

// Destroys an object of a plugin at the end of a block, however that ends.
template <class Object>
struct Held {
    Object raw;
    ~Held() {
        try {
            raw.api->destroy(raw.self);
        } catch (...) {
            // what the plugin did before is what there is to tell
        }
    }
};

// The first steps of a game with its default options.
void play_a_little(const parlour_game &raw, const std::string &id) {
    constexpr int plies = 8;
    constexpr std::int32_t longest_game_text = 1 << 20; // bytes
    const GameRef game(raw);
    StateBuffer state(game.state_size());
    Turn turn = into_plugin("initial", [&] { return game.initial(state.data(), 1); });
    parlour_error error{};
    if (into_plugin("check", [&] { return game.check(state.data(), &error); }) != PARLOUR_OK)
        throw Wrong{fmt::format("does not accept its own starting position of {}: {}", id,
                                sentence_of(error, "check failed and does not say why"))};
    std::vector<Move> moves(game.info().max_moves + 1);
    for (int ply = 0; ply < plies; ++ply) {
        if (turn.is_fault()) throw Wrong{fmt::format("fails at the rules of {} after {} moves", id, ply)};
        if (turn.is_over() || turn.is_simultaneous()) return;
        if (!turn.is_chance() && turn.player() >= game.players())
            throw Wrong{fmt::format("says that player {} of {} is to move, but it has {} players", turn.player() + 1,
                                    id, game.players())};
        const std::uint32_t n = into_plugin("legal", [&] {
            return game.legal(state.data(), moves.data(), static_cast<std::uint32_t>(moves.size()));
        });
        if (n == 0 || n > game.info().max_moves)
            throw Wrong{fmt::format("lists {} legal moves of {} after {} moves, but its bound is {}", n, id, ply,
                                    game.info().max_moves)};
        char start[8];
        const std::int32_t longest = std::max(
            into_plugin("move_text",
                        [&] { return raw.api->move_text(raw.self, state.data(), moves[0], start, sizeof start); }),
            into_plugin("state_text",
                        [&] { return raw.api->state_text(raw.self, state.data(), start, sizeof start); }));
        if (longest > longest_game_text)
            throw Wrong{fmt::format("says that a move or position of {} takes {} letters to write, but {} can be", id,
                                    longest, longest_game_text)};
        const std::string text = into_plugin("move_text", [&] { return game.move_text(state.data(), moves[0]); });
        if (text.empty() || !valid_utf8(text))
            throw Wrong{fmt::format("has no text for a legal move of {} after {} moves", id, ply)};
        const std::string position = into_plugin("state_text", [&] { return game.state_text(state.data()); });
        if (!valid_utf8(position)) throw Wrong{fmt::format("writes a position of {} in what is not UTF-8", id)};
        const auto middle = moves[static_cast<std::size_t>(ply) * 7 % n];
        turn = into_plugin("apply", [&] { return game.apply(state.data(), middle); });
    }
}

} // namespace

std::string OptionSpec::problem(const std::string &value) const {
    std::vector<const char *> ids;
    for (const auto &choice : choices) ids.push_back(choice.first.c_str());
    parlour_option raw{};
    raw.size = sizeof raw;
    raw.type = type;
    raw.id = id.c_str();
    raw.min = min;
    raw.max = max;
    raw.step = step;
    raw.n_choices = static_cast<std::uint32_t>(ids.size());
    raw.choice_ids = ids.data();
    return option_problem(raw, value);
}

std::optional<Problem> script_problem(const Library &library) {
    if (library.scripts.problem == nullptr) return std::nullopt;
    parlour_script_problem raw{};
    raw.size = sizeof raw;
    try {
        if (library.scripts.problem(0, &raw) != PARLOUR_OK) return std::nullopt;
        Problem out{one_line(text_of(raw.sentence, "what is wrong with a script")), PARLOUR_E_SCRIPT, {}};
        if (raw.details != nullptr) out.details = text_of(raw.details, "the details of a script's problem");
        return out;
    } catch (const Wrong &wrong) {
        return Problem{wrong.sentence};
    } catch (...) {
        return Problem{"threw an exception when it was asked about its scripts"};
    }
}

std::string failure_details(const Library &library) {
    if (!PARLOUR_HAS(&library.scripts, parlour_scripts_factory, details)) return {};
    try {
        const char *said = library.scripts.details();
        const std::string text(said == nullptr ? "" : said, said == nullptr ? 0 : strnlen(said, longest_string));
        return valid_utf8(text) ? text : std::string();
    } catch (...) {
        return {};
    }
}

Result<Description> describe(const Library &library) {
    try {
        Description out;
        out.scripts = library.scripts.problem != nullptr;
        std::set<std::string> known;
        const std::uint32_t games = count_of(library.games, "games");
        for (std::uint32_t index = 0; index < games; ++index) {
            out.games.push_back(game_entry(library, index));
            if (!known.insert(out.games.back().id).second)
                throw Wrong{fmt::format("has the game {} twice", out.games.back().id)};
        }
        known.clear();
        const std::uint32_t engines = count_of(library.engines, "engines");
        for (std::uint32_t index = 0; index < engines; ++index) {
            out.engines.push_back(engine_entry(library, index));
            if (!known.insert(out.engines.back().id).second)
                throw Wrong{fmt::format("has the engine {} twice", out.engines.back().id)};
        }
        return out;
    } catch (const Wrong &wrong) {
        return Problem{wrong.sentence};
    }
}

std::string game_problem(const parlour_game &raw) {
    if (raw.api == nullptr) return "has no table of functions";
    if (raw.api->size < pinned_game)
        return fmt::format("has a table of functions that is too short: {} bytes, but version 1.0 has {}",
                           raw.api->size, pinned_game);
    const parlour_game_api &api = *raw.api;
    const std::pair<const char *, bool> functions[] = {{"legal", api.legal != nullptr},
                                                       {"apply", api.apply != nullptr},
                                                       {"turn", api.turn != nullptr},
                                                       {"outcome", api.outcome != nullptr},
                                                       {"hash", api.hash != nullptr},
                                                       {"initial", api.initial != nullptr},
                                                       {"info", api.info != nullptr},
                                                       {"check", api.check != nullptr},
                                                       {"move_text", api.move_text != nullptr},
                                                       {"parse_move", api.parse_move != nullptr},
                                                       {"state_text", api.state_text != nullptr},
                                                       {"parse_state", api.parse_state != nullptr},
                                                       {"destroy", api.destroy != nullptr}};
    for (const auto &[name, there] : functions) {
        if (!there) return fmt::format("has a NULL function in its table: {}", name);
    }
    try {
        const GameRef game(raw);
        if (std::string problem = info_problem(game.info()); !problem.empty()) return problem;
        if (game.has(PARLOUR_GAME_CHANCE) && game.chance() == nullptr)
            return "says that it has chance, but not with what probabilities: it lacks " PARLOUR_GAME_CHANCE_ID;
        if (game.has(PARLOUR_GAME_HIDDEN) && game.hidden() == nullptr)
            return "says that it hides something, but not what from whom: it lacks " PARLOUR_GAME_HIDDEN_ID;
        if (game.has(PARLOUR_GAME_SIMULTANEOUS) && game.simultaneous() == nullptr)
            return "says that players move at once, but not how: it lacks " PARLOUR_GAME_SIMULTANEOUS_ID;
    } catch (...) {
        return "threw an exception in info or get_extension; no exception may leave a plugin";
    }
    return {};
}

Result<parlour_game> make_game(const Library &library, const std::string &id, const OptionMap &options) {
    parlour_game raw{};
    parlour_error error{};
    const std::vector<parlour_kv> pairs = pairs_of(options);
    try {
        const parlour_status status = into_plugin("create", [&] {
            return library.games.create(library.host, id.c_str(), pairs.data(),
                                        static_cast<std::uint32_t>(pairs.size()), &raw, &error);
        });
        if (status != PARLOUR_OK)
            return Problem{fmt::format("cannot set up {}: {}", id, sentence_of(error, "it does not say why")), status,
                           failure_details(library)};
        if (const std::string problem = game_problem(raw); !problem.empty()) {
            if (raw.api != nullptr && PARLOUR_HAS(raw.api, parlour_game_api, destroy)) raw.api->destroy(raw.self);
            throw Wrong{fmt::format("made a game {} that {}", id, problem)};
        }
    } catch (const Wrong &wrong) {
        return Problem{wrong.sentence};
    }
    return raw;
}

Result<parlour_engine> make_engine(const Library &library, const std::string &id, const OptionMap &options) {
    parlour_engine raw{};
    parlour_error error{};
    const std::vector<parlour_kv> pairs = pairs_of(options);
    try {
        const parlour_status status = into_plugin("create", [&] {
            return library.engines.create(library.host, id.c_str(), pairs.data(),
                                          static_cast<std::uint32_t>(pairs.size()), &raw, &error);
        });
        if (status != PARLOUR_OK)
            return Problem{fmt::format("cannot set up {}: {}", id, sentence_of(error, "it does not say why")), status,
                           failure_details(library)};
    } catch (const Wrong &wrong) {
        return Problem{wrong.sentence};
    }
    if (raw.api == nullptr || raw.api->size < pinned_engine)
        return Problem{fmt::format("made an engine {} whose table of functions is too short", id)};
    if (raw.api->bind == nullptr || raw.api->search == nullptr || raw.api->destroy == nullptr)
        return Problem{fmt::format("made an engine {} with a NULL function in its table", id)};
    return raw;
}

Result<void> exercise(const Library &library, const Description &description) {
    try {
        for (const GameEntry &entry : description.games) {
            const Result<parlour_game> raw = make_game(library, entry.id, {});
            if (!raw) return raw.problem();
            const Held<parlour_game> game{*raw};
            play_a_little(game.raw, entry.id);
        }
        for (const EngineEntry &entry : description.engines) {
            const Result<parlour_engine> raw = make_engine(library, entry.id, {});
            if (!raw) return raw.problem();
            const Held<parlour_engine> engine{*raw};
        }
    } catch (const Wrong &wrong) {
        return Problem{wrong.sentence};
    }
    return {};
}

} // namespace parlour::host
