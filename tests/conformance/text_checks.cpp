// Texts: moves and positions read back, refusals are sentences, endings have reasons.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <set>

namespace parlour::conformance {
namespace {

void check_move_texts(const Place &place) {
    if (place.turn.is_simultaneous()) return;
    const GameRef &game = place.game;
    const parlour_game &raw = game.raw();
    std::set<std::string> texts;
    for (const Move move : place.moves) {
        const std::string text = checked_text("move_text()", [&](char *b, std::uint32_t n) {
            return raw.api->move_text(raw.self, place.state, move, b, n);
        });
        require(!text.empty() && is_clean_text(text), "a move's text is empty or not clean");
        require(texts.insert(text).second, [&] { return "two moves are both written \"" + text + "\""; });
        Move read = PARLOUR_MOVE_NONE;
        parlour_error error{};
        require(game.parse_move(place.state, text.c_str(), &read, &error) == PARLOUR_OK,
                [&] { return "parse_move() refuses \"" + text + "\": " + error.text; });
        require(read == move, [&] { return "\"" + text + "\" is read as another move"; });
    }
    for (const char *rubbish : {"", "no such move", "\xff\xfe", "99999999999999999999"}) {
        Move read = PARLOUR_MOVE_NONE;
        parlour_error error{};
        const parlour_status status = game.parse_move(place.state, rubbish, &read, &error);
        if (error.text[0] != '\0' && !is_clean_text(rubbish)) continue; // quotes what it was given
        require_sentence("a text that is no move", status, error);
    }
}

void check_state_text(const Place &place) {
    const GameRef &game = place.game;
    const parlour_game &raw = game.raw();
    const std::string text = checked_text(
        "state_text()", [&](char *b, std::uint32_t n) { return raw.api->state_text(raw.self, place.state, b, n); });
    require(!text.empty() && is_clean_text(text), "the position's text is empty or not one clean line");
    GuardedState read(game);
    parlour_error error{};
    require(game.parse_state(text.c_str(), read.data(), &error) == PARLOUR_OK,
            [&] { return "parse_state() refuses the position's own text: " + std::string(error.text); });
    read.verify("parse_state()");
    require(game.state_text(read.data()) == text, "the text of the position read back is another");
    if (!game.has(PARLOUR_GAME_PATH_DEPENDENT)) {
        require(read.equals(place.state), "the position read back has other bytes");
        return;
    }
    require(game.hash(read.data()) == game.hash(place.state), "the position read back has another hash");
    require(game.turn(read.data()) == place.turn, "in the position read back it is another's turn");
    const std::vector<Move> moves = game.legal_moves(read.data());
    require(std::equal(moves.begin(), moves.end(), place.moves.begin(), place.moves.end()),
            "the position read back has other legal moves");
}

// Damaged texts are refused with a sentence and leave the position alone, or are positions that check() accepts.
void check_damaged_text(const Place &place) {
    const GameRef &game = place.game;
    std::string text = game.state_text(place.state);
    const std::size_t at = place.rng.below(static_cast<std::uint32_t>(text.size()));
    switch (place.rng.below(3)) {
        case 0:
            text.resize(at);
            break;
        case 1:
            text[at] = static_cast<char>(' ' + place.rng.below(95));
            break;
        default:
            text.insert(at, 1, static_cast<char>(' ' + place.rng.below(95)));
    }
    GuardedState state(game, place.state);
    parlour_error error{};
    const parlour_status status = game.parse_state(text.c_str(), state.data(), &error);
    state.verify("parse_state()");
    if (status == PARLOUR_OK) {
        require(game.check(state.data(), &error) == PARLOUR_OK,
                [&] { return "parse_state() accepts \"" + text + "\", check() does not: " + error.text; });
    } else {
        require(state.equals(place.state), [&] { return "refusing \"" + text + "\" has changed the position"; });
        require_sentence(("the text \"" + text + "\"").c_str(), status, error);
    }
}

void check_people(const Place &place) {
    const GameRef &game = place.game;
    const parlour_game_help *help = game.help();
    if (help != nullptr && help->reason != nullptr && place.turn.is_over()) {
        const std::string reason = checked_text(
            "reason()", [&](char *b, std::uint32_t n) { return help->reason(game.self(), place.state, b, n); });
        require(!reason.empty() && is_clean_text(reason), "the reason of an ending is empty or not clean");
    }
    if (help != nullptr && help->why_not != nullptr) {
        for (int i = 0; i < 4; ++i) {
            const std::uint32_t from = place.rng.below(70);
            const std::uint32_t to = i % 2 == 0 ? PARLOUR_CELL_NONE : place.rng.below(70);
            const std::string why = checked_text("why_not()", [&](char *b, std::uint32_t n) {
                return help->why_not(game.self(), place.state, from, to, b, n);
            });
            require(is_clean_text(why), "the sentence of why_not() is not clean");
        }
    }
    if (game.score() != nullptr) {
        for (std::uint32_t player = 0; player < game.players(); ++player) {
            const std::int64_t points = game.score()->score(game.self(), place.state, player);
            require(points > -1'000'000'000 && points < 1'000'000'000, "a score is beyond all reason");
        }
    }
}

} // namespace

void check_texts(const Place &place) {
    const GuardedState before(place.game, place.state);
    check_move_texts(place);
    check_state_text(place);
    check_damaged_text(place);
    check_people(place);
    require(before.equals(place.state), "a function that writes a text has changed the position");
}

} // namespace parlour::conformance
