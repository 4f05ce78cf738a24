#include "host/plugins/game.hpp"

#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace parlour::host {

namespace {

// Text from outside goes to a plugin only as a C string of UTF-8.
Result<void> fit_for_a_plugin(const std::string &text) {
    if (text.find('\0') != std::string::npos) return Problem{"the text has a NUL character in it", PARLOUR_E_PARSE};
    if (!valid_utf8(text)) return Problem{"the text is not UTF-8", PARLOUR_E_PARSE};
    return {};
}

// What failed, and why if the rules' process has told.
Problem failed(std::string sentence, const Game &game) {
    const Problem why = game.trouble();
    if (!why.sentence.empty()) sentence += ": " + why.sentence;
    return {std::move(sentence), PARLOUR_E_FAIL, why.details};
}

} // namespace

Game::Game(const parlour_game &raw, OptionMap options, std::shared_ptr<const void> keep_alive,
           std::filesystem::path file)
    : keep_alive_(std::move(keep_alive)), ref_(raw), options_(std::move(options)), file_(std::move(file)) {
    if (raw.api->get_extension != nullptr)
        isolated_ = static_cast<const IsolatedRules *>(raw.api->get_extension(raw.self, isolated_rules_id));
}

Problem Game::trouble() const {
    return isolated_ == nullptr ? Problem{} : isolated_->trouble(isolated_->rules);
}

Game::~Game() {
    const parlour_game &raw = ref_.raw();
    if (PARLOUR_HAS(raw.api, parlour_game_api, destroy)) raw.api->destroy(raw.self);
}

StateBuffer Game::initial(std::uint64_t seed) const {
    StateBuffer state(ref_.state_size());
    ref_.initial(state.data(), seed);
    return state;
}

Result<Turn> Game::play(StateBuffer &state, Move move) const {
    const std::vector<Move> legal = legal_moves(state);
    if (legal.empty() && !turn(state).is_over()) return failed("the rules of " + name() + " failed", *this);
    if (legal.empty())
        return Problem{"the game is over, so move number " + std::to_string(move) + " cannot be played",
                       PARLOUR_E_ILLEGAL};
    if (std::find(legal.begin(), legal.end(), move) == legal.end())
        return Problem{"move number " + std::to_string(move) + " is not legal here; a legal one is number " +
                           std::to_string(legal[0]) + ", " + move_text(state, legal[0]),
                       PARLOUR_E_ILLEGAL};
    StateBuffer next = state;
    const Turn turn = ref_.apply(next.data(), move);
    if (turn.is_fault())
        return failed("the rules of " + name() + " failed on the move " + move_text(state, move), *this);
    state = std::move(next);
    return turn;
}

Move Game::sample_chance(const StateBuffer &state, Rng &rng) const {
    const parlour_game_chance *chance = ref_.chance();
    return chance != nullptr ? chance->sample(ref_.self(), state.data(), &rng.raw) : PARLOUR_MOVE_NONE;
}

StateBuffer Game::view(const StateBuffer &state, std::uint32_t player) const {
    const parlour_game_hidden *hidden = ref_.hidden();
    if (hidden == nullptr) return state;
    StateBuffer seen(ref_.state_size());
    hidden->view(ref_.self(), state.data(), player, seen.data());
    return seen;
}

std::vector<float> Game::outcome(const StateBuffer &state) const {
    const parlour_game_info &about = info();
    std::vector<float> util(players(), about.util_min);
    ref_.outcome(state.data(), util.data());
    for (float &value : util) {
        value = std::isfinite(value) ? std::clamp(value, about.util_min, about.util_max)
                                     : (about.util_min + about.util_max) / 2;
    }
    return util;
}

Result<Move> Game::parse_move(const StateBuffer &state, const std::string &text) const {
    if (const Result<void> fit = fit_for_a_plugin(text); !fit) return fit.problem();
    Move move = PARLOUR_MOVE_NONE;
    parlour_error error{};
    const parlour_status status = ref_.parse_move(state.data(), text.c_str(), &move, &error);
    const std::string not_a_move = fmt::format("\"{}\" is not a legal move here", one_line(text, 40));
    if (status != PARLOUR_OK) return Problem{sentence_of(error, not_a_move), status};
    const std::vector<Move> legal = legal_moves(state);
    if (std::find(legal.begin(), legal.end(), move) == legal.end()) return Problem{not_a_move, PARLOUR_E_ILLEGAL};
    return move;
}

Result<StateBuffer> Game::parse_state(const std::string &text) const {
    if (const Result<void> fit = fit_for_a_plugin(text); !fit) return fit.problem();
    StateBuffer state(ref_.state_size());
    parlour_error error{};
    const parlour_status status = ref_.parse_state(text.c_str(), state.data(), &error);
    if (status != PARLOUR_OK)
        return Problem{sentence_of(error, fmt::format("\"{}\" is not a position of {}", one_line(text, 80), name())),
                       status};
    if (const Result<void> checked = check(state); !checked) return checked.problem();
    return state;
}

Result<void> Game::check(const StateBuffer &state) const {
    const std::size_t needed = StateBuffer(ref_.state_size(), 0).stride();
    if (state.stride() != needed)
        return Problem{"the position has " + std::to_string(state.stride()) + " bytes, but one of " + name() +
                           " has " + std::to_string(needed),
                       PARLOUR_E_PARSE};
    parlour_error error{};
    const parlour_status status = ref_.check(state.data(), &error);
    if (status != PARLOUR_OK) return Problem{sentence_of(error, "the bytes are not a position of " + name()), status};
    return {};
}

std::string Game::player_name(std::uint32_t player) const {
    std::string text;
    if (const parlour_game_help *help = ref_.help(); help != nullptr && help->player_name != nullptr) {
        text = read_text([&](char *b, std::uint32_t n) { return help->player_name(ref_.self(), player, b, n); });
    }
    return text.empty() ? "Player " + std::to_string(player + 1) : one_line(text, 60);
}

std::string Game::reason(const StateBuffer &state) const {
    const parlour_game_help *help = ref_.help();
    if (help == nullptr || help->reason == nullptr) return {};
    return read_text([&](char *b, std::uint32_t n) { return help->reason(ref_.self(), state.data(), b, n); });
}

std::string Game::rules() const {
    const parlour_game_help *help = ref_.help();
    if (help == nullptr) return {};
    return read_text([&](char *b, std::uint32_t n) { return help->rules(ref_.self(), b, n); });
}

std::string Game::why_not(const StateBuffer &state, std::uint32_t from, std::uint32_t to) const {
    const parlour_game_help *help = ref_.help();
    if (help == nullptr || help->why_not == nullptr) return {};
    return read_text(
        [&](char *b, std::uint32_t n) { return help->why_not(ref_.self(), state.data(), from, to, b, n); });
}

} // namespace parlour::host
