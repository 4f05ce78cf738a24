// Tic-tac-toe on bitboards: nine bits a player, one bit a square.
//
//        a   b   c
//      +---+---+---+
//    3 | 0 | 1 | 2 |      A move is its square's number, written as column and row: "b2" is the centre.
//      +---+---+---+
//    2 | 3 | 4 | 5 |      A position is written row by row from the top, '.' for an empty square, then the side to
//      +---+---+---+      move: "x.o/.x./..o x".
//    1 | 6 | 7 | 8 |
//      +---+---+---+
#include <parlour/game.hpp>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Board;
using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::Path;
using parlour::Rng;
using parlour::Turn;
using Squares = std::uint16_t;

constexpr unsigned all_squares = 0x1ff;

constexpr std::array<Squares, 8> lines{0x007, 0x038, 0x1c0, 0x049, 0x092, 0x124, 0x111, 0x054};

// For every set of squares: whether it holds a line.
constexpr std::array<bool, 512> has_line = [] {
    std::array<bool, 512> table{};
    for (unsigned squares = 0; squares < table.size(); ++squares) {
        for (const Squares line : lines) table[squares] = table[squares] || (squares & line) == line;
    }
    return table;
}();

// For every set of taken squares: the empty ones in order, and how many there are.
struct Empties {
    std::array<std::uint8_t, 9> square{};
    std::uint8_t count = 0;
};
constexpr std::array<Empties, 512> empties_of = [] {
    std::array<Empties, 512> table{};
    for (unsigned taken = 0; taken < table.size(); ++taken) {
        for (std::uint8_t square = 0; square < 9; ++square) {
            if ((taken >> square & 1) == 0) table[taken].square[table[taken].count++] = square;
        }
    }
    return table;
}();

// Where each of the eight symmetries of the square takes each square; 0 is the identity, 4 and up are reflections.
constexpr std::array<std::array<std::uint8_t, 9>, 8> images = [] {
    std::array<std::array<std::uint8_t, 9>, 8> table{};
    for (unsigned symmetry = 0; symmetry < 8; ++symmetry) {
        for (unsigned square = 0; square < 9; ++square) {
            unsigned row = square / 3, column = square % 3;
            if ((symmetry & 4) != 0) column = 2 - column;
            for (unsigned turns = 0; turns < (symmetry & 3); ++turns) {
                const unsigned turned = 2 - row;
                row = column;
                column = turned;
            }
            table[symmetry][square] = static_cast<std::uint8_t>(row * 3 + column);
        }
    }
    return table;
}();

constexpr Squares image_of(unsigned symmetry, unsigned squares) {
    unsigned image = 0;
    for (unsigned square = 0; square < 9; ++square) {
        if ((squares >> square & 1) != 0) image |= 1u << images[symmetry][square];
    }
    return static_cast<Squares>(image);
}

constexpr std::array<const char *, 9> names{"a3", "b3", "c3", "a2", "b2", "c2", "a1", "b1", "c1"};

struct TicTacToe {
    static constexpr parlour::GameAbout about{.id = "tic_tac_toe",
                                              .name = "Tic-Tac-Toe",
                                              .family = "row",
                                              .summary = "Three in a row on nine squares.",
                                              .author = "Parlour",
                                              .max_moves = 9,
                                              .move_space = 9,
                                              .max_plies = 9,
                                              .accent = 0x3b2a63ff};

    struct State {
        Squares squares[2]; // of the crosses and of the noughts
        std::uint8_t mover;
        std::uint8_t over; // 1 when somebody has a line or the board is full
    };

    State initial() const { return {}; }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        const Empties &empties = empties_of[taken(state)];
        for (unsigned i = 0; i < empties.count; ++i) moves.add(empties.square[i]);
    }

    Turn apply(State &state, Move move) const {
        if (move >= 9 || (taken(state) >> move & 1) != 0) [[unlikely]]
            return Turn::fault();
        const unsigned mine = state.squares[state.mover & 1u] | 1u << move;
        state.squares[state.mover & 1u] = static_cast<Squares>(mine);
        state.mover ^= 1;
        state.over = has_line[mine] || taken(state) == all_squares;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        const int winner = winner_of(state);
        util[0] = winner < 0 ? 0.0f : winner == 0 ? 1.0f : -1.0f;
        util[1] = 0.0f - util[0];
    }

    std::uint64_t hash(const State &state) const {
        return parlour::mix64(0x9e3779b97f4a7c15u * (1 + state.squares[0] + (std::uint64_t{state.squares[1]} << 9)));
    }

    Move random_move(const State &state, Rng &rng) const {
        const Empties &empties = empties_of[taken(state)];
        return empties.square[rng.below(empties.count)];
    }

    // ---- text ----

    std::string move_text(const State &, Move move) const { return move < 9 ? names[move] : "?"; }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned square = 0; square < 9; ++square) {
            if (square == 3 || square == 6) text += '/';
            text += (state.squares[0] >> square & 1) != 0 ? 'x' : (state.squares[1] >> square & 1) != 0 ? 'o' : '.';
        }
        return text + (state.mover == 0 ? " x" : " o");
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [](const std::string &why) -> State {
            throw Failure(PARLOUR_E_PARSE,
                          why + "; a position is three rows of x, o and . and the side to move, as x.o/.x./..o x");
        };
        State state{};
        unsigned square = 0;
        std::size_t at = 0;
        for (; at < text.size() && text[at] != ' '; ++at) {
            const char c = text[at];
            if (c == '/') {
                if (square % 3 != 0 || square == 0) return refuse("a row of the board does not have three squares");
                continue;
            }
            if (square == 9) return refuse("the board has more than nine squares");
            if (c == 'x' || c == 'X') {
                state.squares[0] = static_cast<Squares>(state.squares[0] | 1u << square);
            } else if (c == 'o' || c == 'O') {
                state.squares[1] = static_cast<Squares>(state.squares[1] | 1u << square);
            } else if (c != '.') {
                return refuse("\"" + std::string(1, c) + "\" is not a square");
            }
            ++square;
        }
        if (square != 9) return refuse("the board has " + std::to_string(square) + " squares instead of nine");
        const std::string_view side = text.substr(at);
        if (side != " x" && side != " o") return refuse("the side to move is missing");
        state.mover = side == " o";
        state.over = winner_of(state) >= 0 || taken(state) == all_squares;
        return state;
    }

    std::string check(const State &state) const {
        const unsigned crosses = state.squares[0], noughts = state.squares[1];
        if ((crosses | noughts) > all_squares) return "there is a mark outside the board";
        if ((crosses & noughts) != 0) return "a square has two marks";
        if (state.mover > 1 || state.over > 1) return "the bytes are not a position of tic-tac-toe";
        const int ahead = std::popcount(crosses) - std::popcount(noughts);
        if (ahead != 0 && ahead != 1) return "the crosses are not as many as the noughts, or one more";
        if (state.mover != ahead) return std::string("it has to be ") + (ahead ? "o" : "x") + "'s turn here";
        if (has_line[state.squares[state.mover]]) return "the side to move has three in a row already";
        if (state.over != (winner_of(state) >= 0 || taken(state) == all_squares)) {
            return "the position is marked as finished or unfinished wrongly";
        }
        return {};
    }

    // ---- search ----

    // Open lines: ten points for one mark in a line without the other's, sixty for two.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        std::int32_t sum = 0;
        for (const Squares line : lines) {
            const int crosses = std::popcount(static_cast<unsigned>(line & state.squares[0]));
            const int noughts = std::popcount(static_cast<unsigned>(line & state.squares[1]));
            constexpr std::array<std::int32_t, 4> worth{0, 10, 60, 900};
            if (noughts == 0) sum += worth[static_cast<std::size_t>(crosses)];
            if (crosses == 0) sum -= worth[static_cast<std::size_t>(noughts)];
        }
        return player == 0 ? sum : -sum;
    }

    // A line, then the other side's line, then the centre, corners and edges.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        constexpr std::array<std::int16_t, 9> place{3, 2, 3, 2, 4, 2, 3, 2, 3};
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned square = 1u << moves[i];
            const bool wins = has_line[state.squares[state.mover] | square];
            const bool saves = has_line[state.squares[state.mover ^ 1] | square];
            score[i] = wins ? 100 : saves ? 50 : place[moves[i]];
        }
    }

    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (Squares &squares : image.squares) squares = image_of(symmetry, squares);
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const { return images[symmetry][move]; }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Cross" : "Nought"; }

    std::string reason(const State &state) const {
        return winner_of(state) >= 0 ? "by three in a row" : "the board is full";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.over != 0) return "The game is over.";
        return from < 9 && (taken(state) >> from & 1) != 0 ? "That square is taken." : "";
    }

    std::string rules() const {
        return "# Tic-Tac-Toe\n\n"
               "Two players, **Cross** and **Nought**, take turns to mark an empty square of a board of three by "
               "three. Cross begins.\n\n"
               "## The end\n\n"
               "- Whoever has three of their marks **in a row**, level, upright or slanting, wins at once.\n"
               "- When the board is full and nobody has, the game is a **draw**.\n\n"
               "With best play by both sides it is always a draw.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        constexpr std::uint32_t line_color = 0x9b8be0ff;
        constexpr float thickness = 0.07f;
        board.extent(-0.1f, -0.1f, 3.1f, 3.1f);
        for (std::uint32_t square = 0; square < 9; ++square) {
            const std::uint32_t row = square / 3, column = square % 3;
            board.cell({.id = square,
                        .color = PARLOUR_COLOR_NONE,
                        .x = static_cast<float>(column) + 0.5f,
                        .y = static_cast<float>(row) + 0.5f,
                        .label = names[square]});
        }
        for (const float at : {1.0f, 2.0f}) {
            for (const bool upright : {false, true}) {
                board.cell({.shape = PARLOUR_SHAPE_ROUND,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_DECOR,
                            .rgba = line_color,
                            .x = upright ? at : 1.5f,
                            .y = upright ? 1.5f : at,
                            .w = upright ? thickness : 2.9f,
                            .h = upright ? 2.9f : thickness});
            }
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (std::uint32_t square = 0; square < 9; ++square) {
            const bool cross = (state.squares[0] >> square & 1) != 0;
            if (!cross && (state.squares[1] >> square & 1) == 0) continue;
            board.piece({.cell = square,
                         .kind = static_cast<std::uint8_t>(cross ? PARLOUR_PIECE_CROSS : PARLOUR_PIECE_RING),
                         .color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + (cross ? 0 : 1)),
                         .id = square + 1,
                         .scale = 0.85f,
                         .label = cross ? "X" : "O"});
        }
        for (const Squares line : lines) {
            if ((line & state.squares[0]) != line && (line & state.squares[1]) != line) continue;
            board.mark({.cell_a = static_cast<std::uint32_t>(std::countr_zero(line)),
                        .cell_b = static_cast<std::uint32_t>(std::bit_width(line) - 1),
                        .color = PARLOUR_COLOR_RGBA,
                        .rgba = 0xc9bef5d8});
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(move);
    }

private:
    // Masked, so that tables may be indexed by whatever bytes a state has.
    static unsigned taken(const State &state) { return (state.squares[0] | state.squares[1]) & all_squares; }

    // The player with three in a row, or -1.
    static int winner_of(const State &state) {
        return has_line[state.squares[0] & all_squares] ? 0 : has_line[state.squares[1] & all_squares] ? 1 : -1;
    }
};

} // namespace

PARLOUR_GAME(TicTacToe);
