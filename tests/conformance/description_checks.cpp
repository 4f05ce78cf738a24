// What a factory says of a game, and what the game says of itself.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <cmath>
#include <set>

namespace parlour::conformance {
namespace {

void check_id(std::string_view id, const char *extra) {
    require(!id.empty(), "an id is empty");
    for (const char c : id) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        require(plain || std::string_view(extra).find(c) != std::string_view::npos,
                [&] { return "the id \"" + std::string(id) + "\" has a character that ids have not"; });
    }
}

void check_options(const std::vector<OptionCopy> &options) {
    std::set<std::string> ids;
    for (const OptionCopy &option : options) {
        check_id(option.id, "");
        const std::string name = "option " + option.id;
        require(ids.insert(option.id).second, [&] { return name + " is there twice"; });
        require(!option.label.empty() && is_clean_text(option.label) && is_clean_text(option.help),
                [&] { return name + " has no clean label and help"; });
        parlour_option raw{};
        raw.type = option.type;
        raw.id = option.id.c_str();
        raw.min = option.min, raw.max = option.max, raw.step = option.step;
        std::vector<const char *> choices;
        for (const std::string &choice : option.choices) choices.push_back(choice.c_str());
        raw.n_choices = static_cast<std::uint32_t>(choices.size());
        raw.choice_ids = choices.data();
        const std::string problem = option_problem(raw, option.default_text);
        require(problem.empty(), [&] { return name + " has a default that it does not take: " + problem; });
        require(option.type != PARLOUR_OPTION_CHOICE || !choices.empty(), [&] { return name + " has no choice"; });
    }
}

void check_refused(const GameSubject &subject, const std::string &id, const std::string &value) {
    const parlour_kv option{id.c_str(), value.c_str()};
    parlour_game game{};
    parlour_error error{};
    const parlour_status status =
        games_of(subject.file)->create(&test::quiet_host(), subject.id.c_str(), &option, 1, &game, &error);
    if (status == PARLOUR_OK) game.api->destroy(game.self);
    require_sentence(("option " + id + "=" + value).c_str(), status, error);
}

void check_info(const parlour_game_info &info, const parlour_game_desc &about) {
    require(info.flags == about.flags, "the flags of the game and of its description differ with default options");
    require(info.players >= about.players_min && info.players <= about.players_max,
            "the game has fewer or more players than its description says");
    require(info.players >= 1 && info.players <= PARLOUR_MAX_PLAYERS, "the number of players is out of range");
    require(info.state_size >= 1 && info.state_size <= PARLOUR_MAX_STATE_SIZE, "the state's size is out of range");
    require(info.max_moves >= 1, "max_moves is zero");
    require(std::isfinite(info.util_min) && std::isfinite(info.util_max) && info.util_min < info.util_max,
            "the bounds of utilities are wrong");
    require(info.id != nullptr && std::string_view(info.id) == about.id,
            "the game has another id than its description");
    require(info.name != nullptr && std::string_view(info.name) == about.name, "the game has another name");
    require(info.variant != nullptr && info.variant[0] == '\0', "the variant is not empty with default options");
}

void check_extensions(const GameRef &game) {
    const auto flag = [&](std::uint32_t bit) { return game.has(bit); };
    require(flag(PARLOUR_GAME_CHANCE) == (game.chance() != nullptr),
            "the chance flag and extension do not go together");
    require(flag(PARLOUR_GAME_HIDDEN) == (game.hidden() != nullptr),
            "the hidden flag and extension do not go together");
    require(flag(PARLOUR_GAME_SIMULTANEOUS) == (game.simultaneous() != nullptr),
            "the simultaneous flag and extension do not go together");
    const parlour_game &raw = game.raw();
    require(raw.api->get_extension(raw.self, "parlour.game.none/1") == nullptr, "an unknown extension is not NULL");
    require(raw.api->get_extension(raw.self, "") == nullptr, "an empty extension id is not NULL");
}

void check_help(const GameRef &game) {
    const parlour_game_help *help = game.help();
    if (help == nullptr) return;
    const std::string rules =
        checked_text("rules()", [&](char *b, std::uint32_t n) { return help->rules(game.self(), b, n); });
    require(rules.size() > 100, "the rules text is too short to explain anything");
    require(rules.find('#') != std::string::npos, "the rules text has no heading");
    require(is_clean_text(rules, true), "the rules text is not clean UTF-8");
    if (help->player_name == nullptr) return;
    std::set<std::string> names;
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        const std::string name = checked_text(
            "player_name()", [&](char *b, std::uint32_t n) { return help->player_name(game.self(), player, b, n); });
        require(!name.empty() && is_clean_text(name), "a player's name is empty or not clean");
        require(names.insert(name).second, "two players have the same name");
    }
}

} // namespace

void check_description(const GameSubject &subject) {
    const parlour_game_factory &factory = *games_of(subject.file);
    parlour_game_desc about{};
    bool found = false;
    for (std::uint32_t i = 0; i < factory.count() && !found; ++i) {
        about.size = sizeof about;
        require(factory.describe(i, &about) == PARLOUR_OK, "describe() refuses an index below count()");
        found = subject.id == about.id;
    }
    require(found, "the game is not described");
    require(factory.describe(factory.count(), &about) == PARLOUR_E_NOTFOUND,
            "describe() knows more games than count()");
    check_id(about.id, ":");
    require(is_clean_text(about.name) && about.name[0] != '\0', "the game has no name");
    require(is_clean_text(about.summary) && about.summary[0] != '\0', "the game has no summary");
    check_id(about.family, "");

    const std::vector<OptionCopy> options = options_of(factory.option, subject.id);
    check_options(options);
    check_refused(subject, "no_such_option", "1");
    for (const OptionCopy &option : options) {
        if (option.type == PARLOUR_OPTION_TEXT) continue;
        check_refused(subject, option.id, "");
        check_refused(subject, option.id, "no such value");
        if (option.type != PARLOUR_OPTION_INT && option.type != PARLOUR_OPTION_FLOAT) continue;
        check_refused(subject, option.id, std::to_string(option.min - 1));
        check_refused(subject, option.id, std::to_string(option.max + 1));
    }
    parlour_game none{};
    parlour_error error{};
    const parlour_status status = factory.create(&test::quiet_host(), "no_such_game", nullptr, 0, &none, &error);
    require_sentence("a game of another name", status, error);

    const test::OpenGame game(subject.file, subject.id, {});
    check_info(game->info(), about);
    check_extensions(*game);
    check_help(*game);
}

} // namespace parlour::conformance
