// Kuhn poker: the smallest game in which bluffing is right. Three cards, two players, one bet; source: H. W. Kuhn,
// Simplified Two-Person Poker (1950).
//
//   first   second  first
//   check   check             showdown for 1
//   check   bet     fold      second wins 1
//   check   bet     call      showdown for 2
//   bet     fold              first wins 1
//   bet     call              showdown for 2
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>
#include <cctype>

namespace {

using parlour::Move;
using parlour::MoveList;
using parlour::quote;
using parlour::Turn;

// Moves: 0 puts nothing in (check or fold), 1 puts a chip in (bet or call), then the six deals.
constexpr Move pass = 0, bet = 1, first_deal = 2, n_deals = 6;

constexpr std::uint8_t not_dealt = 0, jack = 1, queen = 2, king = 3, unknown = 4;
constexpr char card_letters[] = "-JQK?";
constexpr const char *card_names[] = {"no card", "jack", "queen", "king", "hidden card"};

struct KuhnPoker {
    static constexpr parlour::GameAbout about{
        .id = "kuhn_poker",
        .name = "Kuhn Poker",
        .family = "cards",
        .summary = "Three cards, one bet: the smallest game in which bluffing is right.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN,
        .max_moves = n_deals,
        .move_space = first_deal + n_deals,
        .max_plies = 4,
        .util_min = -2,
        .util_max = 2,
        .accent = 0x1F7A5AFF};

    // In a view the other player's card is `unknown`, until the showdown.
    struct State {
        std::uint8_t card[2];
        std::uint8_t plies;   // 0..3 played since the deal
        std::uint8_t actions; // bit i: the i-th of them was a bet or a call
    };

    // ---- rules ----

    State initial() const { return {}; }

    Turn turn(const State &state) const {
        if (state.card[0] == not_dealt) return Turn::chance();
        return is_over(state) ? Turn::over() : Turn::of(state.plies & 1u);
    }

    void legal(const State &state, MoveList &moves) const {
        if (state.card[0] == not_dealt) {
            for (Move deal = 0; deal < n_deals; ++deal) moves.add(first_deal + deal);
        } else if (!is_over(state)) {
            moves.add(pass);
            moves.add(bet);
        }
    }

    void outcomes(const State &state, parlour::OutcomeList &list) const {
        if (state.card[0] != not_dealt) return;
        for (Move deal = 0; deal < n_deals; ++deal) list.add(first_deal + deal, 1.0f / n_deals);
    }
    Move sample(const State &, parlour::Rng &rng) const { return first_deal + rng.below(n_deals); }

    Turn apply(State &state, Move move) const {
        if (state.card[0] == not_dealt) {
            if (move < first_deal || move >= first_deal + n_deals) return Turn::fault();
            deal_cards(move - first_deal, state.card[0], state.card[1]);
            return turn(state);
        }
        if (move > bet || is_over(state)) return Turn::fault();
        state.actions = static_cast<std::uint8_t>(state.actions | move << state.plies);
        ++state.plies;
        const bool shows_unknown = is_showdown(state) && (state.card[0] == unknown || state.card[1] == unknown);
        return shows_unknown ? Turn::fault() : turn(state);
    }

    void outcome(const State &state, float *util) const {
        const int chips = std::min(paid(state, 0), paid(state, 1));
        util[winner(state)] = static_cast<float>(chips);
        util[1 - winner(state)] = static_cast<float>(-chips);
    }

    // ---- what each player knows ----

    State view(const State &state, std::uint32_t player) const {
        State seen = state;
        if (state.card[0] != not_dealt && !is_showdown(state)) seen.card[1 - player] = unknown;
        return seen;
    }

    State determinize(const State &seen, std::uint32_t player, parlour::Rng &rng) const {
        State full = seen;
        std::uint8_t &hidden = full.card[1 - player];
        if (hidden == unknown) {
            const std::uint8_t own = full.card[player];
            if (own < jack || own > king) throw parlour::Failure(PARLOUR_E_FAIL, "this is not that player's view");
            hidden = static_cast<std::uint8_t>(jack + rng.below(2));
            if (hidden >= own) ++hidden;
        }
        return full;
    }

    // ---- texts ----

    std::string move_text(const State &state, Move move) const {
        if (move >= first_deal) {
            std::uint8_t first, second;
            deal_cards(move - first_deal, first, second);
            return {card_letters[first], card_letters[second]};
        }
        if (facing_bet(state)) return move == pass ? "fold" : "call";
        return move == pass ? "check" : "bet";
    }

    // The cards of the first and the second player, and what was done: "QK check bet"; "--" before the deal, "?" for
    // a card that is not known.
    std::string state_text(const State &state) const {
        std::string text{card_letters[state.card[0]], card_letters[state.card[1]]};
        State at{};
        for (; at.plies < state.plies; ++at.plies) {
            const Move move = state.actions >> at.plies & 1;
            text += " " + move_text(at, move);
            at.actions = static_cast<std::uint8_t>(at.actions | move << at.plies);
        }
        return text;
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&] {
            return parlour::Failure(PARLOUR_E_PARSE, quote(text) +
                                                         " is not a position; one looks like \"QK check bet\", and "
                                                         "\"--\" before the deal");
        };
        State state{};
        if (text.size() < 2) throw refuse();
        for (std::size_t i = 0; i < 2; ++i) {
            const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(text[i])));
            const std::size_t at = std::string_view(card_letters).find(letter);
            if (at == std::string_view::npos) throw refuse();
            state.card[i] = static_cast<std::uint8_t>(at);
        }
        for (std::string_view rest = text.substr(2); !rest.empty();) {
            if (rest.front() != ' ' || is_over(state)) throw refuse();
            rest.remove_prefix(1);
            const std::size_t end = std::min(rest.find(' '), rest.size());
            const std::string_view word = rest.substr(0, end);
            rest.remove_prefix(end);
            Move move = pass;
            while (move <= bet && move_text(state, move) != word) ++move;
            if (move > bet) throw refuse();
            state.actions = static_cast<std::uint8_t>(state.actions | move << state.plies);
            ++state.plies;
        }
        return state;
    }

    std::string check(const State &state) const {
        if (state.card[0] > unknown || state.card[1] > unknown) return "the cards are jack, queen and king";
        if ((state.card[0] == not_dealt) != (state.card[1] == not_dealt)) return "only one player has a card";
        if (state.card[0] == state.card[1] && state.card[0] != not_dealt) return "there is one card of each kind";
        if (state.plies > 3 || state.actions >> state.plies != 0) return "there are too many actions";
        if (state.card[0] == not_dealt && state.plies > 0) return "somebody acted before the deal";
        State at{};
        for (; at.plies < state.plies; ++at.plies) {
            if (is_over(at)) return "somebody acted after the end";
            at.actions = static_cast<std::uint8_t>(state.actions & ((2u << at.plies) - 1));
        }
        if (is_showdown(state) && (state.card[0] == unknown || state.card[1] == unknown)) {
            return "both cards are known at the showdown";
        }
        return {};
    }

    // ---- for people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "First" : "Second"; }

    std::string reason(const State &state) const {
        if (!is_showdown(state)) return "by a fold";
        return std::string("with the ") + card_names[state.card[winner(state)]];
    }

    std::string rules() const {
        return "# Kuhn poker\n\n"
               "There are three cards: **jack**, **queen** and **king**, the king the highest. Each of the two "
               "players puts one chip in the pot and gets one card; nobody sees the third.\n\n"
               "## A hand\n\n"
               "The first player begins.\n\n"
               "- As long as nobody has bet, you may **check** (put nothing in) or **bet** one chip. If both check, "
               "the cards are shown, and the higher one wins the pot.\n"
               "- After a bet, the other player may **fold**, and loses the pot, or **call** with a chip of their "
               "own; then the cards are shown, and the higher one wins the pot.\n\n"
               "So a hand is won or lost by one chip or by two. The game is one hand; play many, and change seats: "
               "with best play the first player loses one chip in eighteen hands.\n\n"
               "## Entering moves\n\n"
               "Press the buttons: **Check** (C), **Bet** (B), **Fold** (F), **Call** (C). Or touch the pot to put a "
               "chip in, and your own card to put nothing in.\n";
    }

    std::string why_not(const State &state, std::uint32_t, std::uint32_t) const {
        if (is_over(state)) return "The hand is over.";
        if (state.card[0] == not_dealt) return "The cards are not dealt yet.";
        return "Touch the pot to put a chip in, or your own card to put nothing in.";
    }

    // ---- the board: a felt table, the second player's card above, the first player's below, the pot between ----

    static constexpr std::uint32_t card_cell = 1, pot_cell = 3, chips_cell = 4, deck_cell = 6;
    static constexpr std::uint32_t pass_button = 1, bet_button = 2;

    void layout(parlour::Board &board) const {
        board.extent(0, 0, 10, 9);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x4A2F22FF,
                    .x = 5,
                    .y = 4.5f,
                    .w = 9.8f,
                    .h = 8.8f});
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR,
                    .rgba = 0x1F6B4FFF,
                    .x = 5,
                    .y = 4.5f,
                    .w = 9.2f,
                    .h = 8.2f});
        board.cell({.id = pot_cell,
                    .shape = PARLOUR_SHAPE_CIRCLE,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_OUTLINE,
                    .rgba = 0x19563FFF,
                    .x = 7.8f,
                    .y = 4.5f,
                    .w = 1.7f,
                    .h = 1.7f,
                    .label = "pot"});
        place(board, deck_cell, 2.2f, 4.5f, PARLOUR_CELL_DECOR, "deck");
        place(board, card_cell, 5, 6.8f, 0, "first card");
        place(board, card_cell + 1, 5, 2.2f, 0, "second card");
        for (std::uint32_t player = 0; player < 2; ++player) {
            board.cell({.id = chips_cell + player,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = 7.8f,
                        .y = player == 0 ? 6.8f : 2.2f,
                        .label = player == 0 ? "chips of the first" : "chips of the second"});
        }
    }

    void scene(const State &state, std::uint32_t viewer, parlour::Board &board) const {
        board.piece({.cell = deck_cell,
                     .kind = PARLOUR_PIECE_CARD,
                     .color = PARLOUR_COLOR_LIGHT,
                     .flags = PARLOUR_PIECE_FACE_DOWN,
                     .id = 5,
                     .label = "deck"});
        const State seen = viewer < 2 ? view(state, viewer) : state;
        for (std::uint32_t player = 0; player < 2; ++player) {
            const std::uint8_t card = seen.card[player];
            const bool face_up = card >= jack && card <= king;
            const char glyph[] = {card_letters[card], '\0'};
            if (card != not_dealt) {
                const bool folded = is_over(state) && !is_showdown(state) && winner(state) != player;
                const int flags = (face_up ? 0 : PARLOUR_PIECE_FACE_DOWN) | (folded ? PARLOUR_PIECE_FADED : 0);
                board.piece({.cell = card_cell + player,
                             .kind = PARLOUR_PIECE_CARD,
                             .color = PARLOUR_COLOR_LIGHT,
                             .flags = static_cast<std::uint8_t>(flags),
                             .id = 1 + player,
                             .glyph = face_up ? glyph : nullptr,
                             .label = card_names[card]});
            }
            const int chips = paid(state, player);
            const std::string label = std::to_string(chips) + (chips == 1 ? " chip" : " chips");
            board.piece({.cell = chips_cell + player,
                         .color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + player),
                         .id = 3 + player,
                         .count = static_cast<std::uint32_t>(chips),
                         .label = label.c_str()});
            const std::string value = std::to_string(chips);
            board.widget({.id = 10 + player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "In the pot",
                          .value = value.c_str()});
        }
        const std::string pot = std::to_string(paid(state, 0) + paid(state, 1));
        board.mark(
            {.cell_a = pot_cell, .kind = PARLOUR_MARK_TEXT, .color = PARLOUR_COLOR_LIGHT, .text = pot.c_str()});
        board.widget({.id = 9, .kind = PARLOUR_WIDGET_COUNTER, .label = "Pot", .value = pot.c_str()});
        if (is_showdown(state)) {
            board.mark({.cell_a = card_cell + winner(state), .kind = PARLOUR_MARK_RING});
        }
        const bool facing = facing_bet(state);
        const std::int32_t mover = is_over(state) || state.card[0] == not_dealt ? -1 : state.plies & 1;
        board.widget({.id = pass_button,
                      .player = mover,
                      .key = facing ? std::uint32_t{'f'} : std::uint32_t{'c'},
                      .label = facing ? "Fold" : "Check"});
        board.widget({.id = bet_button,
                      .player = mover,
                      .key = facing ? std::uint32_t{'c'} : std::uint32_t{'b'},
                      .label = facing ? "Call" : "Bet"});
    }

    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (move > bet || alternative > 1) return;
        if (alternative == 0) {
            path.button(move == pass ? pass_button : bet_button);
        } else {
            path.cell(move == pass ? card_cell + (state.plies & 1u) : pot_cell);
        }
    }

private:
    // The deal-th of the six: by the first player's card, then by the second's.
    static void deal_cards(Move deal, std::uint8_t &first, std::uint8_t &second) {
        first = static_cast<std::uint8_t>(jack + deal / 2);
        second = static_cast<std::uint8_t>(jack + deal % 2);
        if (second >= first) ++second;
    }

    static bool facing_bet(const State &state) { return state.actions != 0; }
    static bool did(const State &state, unsigned ply) { return (state.actions >> ply & 1) != 0; }

    // Two alike end the hand, and so does any answer to a bet.
    static bool is_over(const State &state) {
        if (state.plies < 2) return false;
        return state.plies == 3 || did(state, 0) || !did(state, 1);
    }
    static bool is_showdown(const State &state) {
        return is_over(state) && did(state, state.plies - 1u) == did(state, state.plies - 2u);
    }
    // The chips that a player has put in.
    static int paid(const State &state, std::uint32_t player) {
        const unsigned own_plies = player == 0 ? 0b101 : 0b010;
        return 1 + std::popcount(state.actions & own_plies);
    }
    // Of a finished hand.
    static std::uint32_t winner(const State &state) {
        if (is_showdown(state)) return state.card[0] > state.card[1] ? 0 : 1;
        return paid(state, 0) > paid(state, 1) ? 0 : 1;
    }

    static void place(parlour::Board &board, std::uint32_t id, float x, float y, int flags, const char *label) {
        board.cell({.id = id,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = static_cast<std::uint8_t>(flags | PARLOUR_CELL_OUTLINE),
                    .rgba = 0x19563FFF,
                    .x = x,
                    .y = y,
                    .w = 1.8f,
                    .h = 2.5f,
                    .label = label});
    }
};

} // namespace

PARLOUR_GAME(KuhnPoker);
