// Rock, paper, scissors to two won rounds: players who move at once, with a board whose choices have no touch path.
#include <parlour/game.hpp>

#include <string>

namespace {

using namespace parlour;

struct RockPaperScissors {
    static constexpr GameAbout about{.id = "rock_paper_scissors",
                                     .name = "Rock, Paper, Scissors",
                                     .family = "hands",
                                     .summary = "Both show a hand at once.",
                                     .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_SIMULTANEOUS,
                                     .max_moves = 3,
                                     .move_space = 3};
    static constexpr const char *hands[] = {"rock", "paper", "scissors"};
    static constexpr std::uint8_t needed = 2;

    struct State {
        std::uint8_t won[2], shown[2]; // shown: the last round, 3 before the first
    };

    State initial() const { return {{0, 0}, {3, 3}}; }
    Turn turn(const State &s) const {
        return s.won[0] == needed || s.won[1] == needed ? Turn::over() : Turn::simultaneous();
    }
    void legal(const State &s, MoveList &moves) const {
        if (!turn(s).is_over()) legal_for(s, 0, moves);
    }
    Turn apply(State &, Move) const { return Turn::fault(); }
    std::uint64_t active(const State &) const { return 3; }
    void legal_for(const State &, std::uint32_t, MoveList &moves) const {
        for (Move hand = 0; hand < 3; ++hand) moves.add(hand);
    }
    Turn apply_joint(State &s, const Move *joint) const {
        for (int player = 0; player < 2; ++player) s.shown[player] = static_cast<std::uint8_t>(joint[player]);
        const Move lead = (joint[0] + 3 - joint[1]) % 3;
        if (lead != 0) ++s.won[lead == 1 ? 0 : 1];
        return turn(s);
    }
    void outcome(const State &s, float *util) const {
        util[0] = s.won[0] == needed ? 1.0f : -1.0f;
        util[1] = -util[0];
    }
    std::string choice_text(const State &, std::uint32_t, Move move) const { return hands[move]; }
    std::string move_text(const State &, Move move) const { return hands[move]; }
    std::string state_text(const State &s) const {
        std::string out;
        for (const std::uint8_t number : {s.won[0], s.won[1], s.shown[0], s.shown[1]})
            out += static_cast<char>('0' + number);
        return out;
    }
    State parse_state(std::string_view text) const {
        if (text.size() != 4) throw Failure(PARLOUR_E_PARSE, "a position is four digits");
        const auto digit = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i] - '0'); };
        return {{digit(0), digit(1)}, {digit(2), digit(3)}};
    }
    std::string check(const State &s) const {
        const bool fits = s.won[0] <= needed && s.won[1] <= needed && s.won[0] + s.won[1] < 2 * needed &&
                          s.shown[0] <= 3 && s.shown[1] <= 3 && (s.shown[0] == 3) == (s.shown[1] == 3) &&
                          (s.shown[0] != 3 || s.won[0] + s.won[1] == 0);
        return fits ? "" : "no such position: rounds won and hands shown do not fit";
    }
    std::int64_t score(const State &s, std::uint32_t player) const { return s.won[player]; }
    std::string rules() const { return "Rock beats scissors, scissors beat paper, paper beats rock."; }
    std::string player_name(std::uint32_t player) const { return player == 0 ? "Left" : "Right"; }

    void layout(Board &board) const {
        board.extent(0, 0, 2, 1);
        for (std::uint32_t player = 0; player < 2; ++player)
            board.cell(
                {.id = player, .flags = PARLOUR_CELL_DECOR, .x = 0.5f + static_cast<float>(player), .y = 0.5f});
    }
    void scene(const State &s, std::uint32_t, Board &board) const {
        for (std::uint32_t player = 0; player < 2; ++player) {
            if (s.shown[player] < 3)
                board.piece({.cell = player, .kind = PARLOUR_PIECE_GLYPH, .label = hands[s.shown[player]]});
        }
    }
    void path(const State &, Move, std::uint32_t, Path &) const {}
};

} // namespace

PARLOUR_GAME(RockPaperScissors);
