// Five twist: put a stone, then turn one of the four quarters of the board; five in a row win. On 6x6.
//
//      6    0  1  2 |  9 10 11        bit = 9 * quarter + 3 * row + column inside the quarter, so that turning a
//      5    3  4  5 | 12 13 14        quarter is one look into a table of 512.
//      4    6  7  8 | 15 16 17
//          ---------+---------        A move is  9 * cell + twist:  twist 2 * quarter turns it left (anticlockwise),
//      3   18 19 20 | 27 28 29        2 * quarter + 1 right, and 8 is none. Quarters are 1 and 2 above, 3 and 4 below
//      2   21 22 23 | 30 31 32        in text: "c4-2R". A stone that makes five ends the game before a turn: "c4".
//      1   24 25 26 | 33 34 35
//           a  b  c    d  e  f
//
// After the turn, five in a row of one colour win for that colour, whoever moved; of both colours at once they are a
// draw, and so is a full board. Turns of a quarter that leave it as it is are moves like others.
//
// A position is written like a FEN, rows from the top, w and b for stones, numbers for empty cells:
// "6/2w3/6/6/3b2/6 w". The side to move follows from the stones.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>

namespace {

using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::quote;
using parlour::Turn;
using Cells = std::uint64_t; // a set of cells, one bit each

constexpr unsigned cells = 36, quarters = 4, twists = 8, no_twist = 8;
constexpr Cells whole_board = (Cells{1} << cells) - 1;
constexpr Cells quarter_cells = 0x1ff;

constexpr Cells bit(unsigned cell) {
    return Cells{1} << cell;
}
constexpr int count(Cells set) {
    return std::popcount(set);
}

// Rows from the top.
constexpr unsigned cell_at(unsigned row, unsigned column) {
    return 9 * (2 * (row / 3) + column / 3) + 3 * (row % 3) + column % 3;
}
constexpr unsigned row_of(unsigned cell) {
    return cell / 18 * 3 + cell % 9 / 3;
}
constexpr unsigned column_of(unsigned cell) {
    return cell / 9 % 2 * 3 + cell % 3;
}
constexpr unsigned part(Cells set, unsigned quarter) {
    return static_cast<unsigned>(set >> 9 * quarter & quarter_cells);
}

// turned[right][pattern]: a quarter's nine cells after a turn.
constexpr auto turned = [] {
    std::array<std::array<std::uint16_t, 512>, 2> table{};
    for (unsigned pattern = 0; pattern < 512; ++pattern) {
        for (unsigned cell = 0; cell < 9; ++cell) {
            if ((pattern >> cell & 1) == 0) continue;
            const unsigned row = cell / 3, column = cell % 3;
            table[0][pattern] = static_cast<std::uint16_t>(table[0][pattern] | 1u << (3 * (2 - column) + row));
            table[1][pattern] = static_cast<std::uint16_t>(table[1][pattern] | 1u << (3 * column + 2 - row));
        }
    }
    return table;
}();

constexpr Cells twist(Cells set, unsigned turn) {
    const unsigned quarter = turn / 2;
    const Cells image = turned[turn & 1][part(set, quarter)];
    return (set & ~(quarter_cells << 9 * quarter)) | image << 9 * quarter;
}

// ---- fives ----------------------------------------------------------------------------------------------------

struct Line {
    Cells all;
    std::uint8_t first, last;
};
constexpr unsigned line_count = 32;
constexpr auto lines = [] {
    std::array<Line, line_count> table{};
    unsigned size = 0;
    for (const auto &[down, right] : {std::pair{0, 1}, {1, 0}, {1, 1}, {1, -1}}) {
        for (int row = 0; row < 6; ++row) {
            for (int column = 0; column < 6; ++column) {
                const int last_row = row + 4 * down, last_column = column + 4 * right;
                if (last_row > 5 || last_column > 5 || last_column < 0) continue;
                Line &line = table[size++];
                for (int i = 0; i < 5; ++i) {
                    const unsigned cell =
                        cell_at(static_cast<unsigned>(row + i * down), static_cast<unsigned>(column + i * right));
                    line.all |= bit(cell);
                    (i == 0 ? line.first : line.last) = static_cast<std::uint8_t>(cell);
                }
            }
        }
    }
    return table;
}();

// full_lines[quarter][pattern]: the lines, one bit each, whose cells in the quarter are all in the pattern. A set has
// a five where all four quarters agree.
constexpr auto full_lines = [] {
    std::array<std::array<std::uint32_t, 512>, quarters> table{};
    for (unsigned quarter = 0; quarter < quarters; ++quarter) {
        for (unsigned pattern = 0; pattern < 512; ++pattern) {
            for (unsigned line = 0; line < line_count; ++line) {
                if ((part(lines[line].all, quarter) & ~pattern) == 0) table[quarter][pattern] |= 1u << line;
            }
        }
    }
    return table;
}();

inline std::uint32_t fives(Cells stones) {
    return full_lines[0][part(stones, 0)] & full_lines[1][part(stones, 1)] & full_lines[2][part(stones, 2)] &
           full_lines[3][part(stones, 3)];
}

// The cells of `empty` where one more stone makes five.
inline Cells completing(Cells stones, Cells empty) {
    if (count(stones) < 4) return 0;
    Cells found = 0;
    for (const Line &line : lines) {
        const Cells missing = line.all & ~stones;
        if ((missing & (missing - 1)) == 0) found |= missing & empty;
    }
    return found;
}

constexpr Move encode(unsigned cell, unsigned turn) {
    return 9 * cell + turn;
}
constexpr unsigned cell_of(Move move) {
    return move / 9;
}
constexpr unsigned twist_of(Move move) {
    return move % 9;
}

constexpr std::uint32_t first_arrow = 40, first_margin = 60; // ids of cells beside the board

struct FiveTwist {
    static constexpr parlour::GameAbout about{
        .id = "five_twist",
        .name = "Five Twist",
        .family = "row",
        .summary = "Put a stone, turn a quarter of the board, make five in a row.",
        .author = "Parlour",
        .max_moves = cells * twists,
        .move_space = cells * 9,
        .max_plies = cells,
        .accent = 0x8C3B4AFF};

    struct State {
        Cells stones[2]; // White's, Black's
        std::uint32_t mover;
        std::uint32_t over; // 1 when the game has ended
    };

    // ---- rules ----

    State initial() const { return {}; }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        const Cells free = empty(state), ends = completing(state.stones[state.mover], free);
        for (Cells left = free; left != 0; left &= left - 1) {
            const unsigned cell = lowest_bit(left);
            if ((ends & bit(cell)) != 0) {
                moves.add(encode(cell, no_twist));
            } else {
                for (unsigned turn = 0; turn < twists; ++turn) moves.add(encode(cell, turn));
            }
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned cell = cell_of(move), turn = twist_of(move);
        if (cell >= cells || (empty(state) & bit(cell)) == 0 || state.over != 0) [[unlikely]]
            return Turn::fault();
        state.stones[state.mover] |= bit(cell);
        if (turn != no_twist) {
            state.stones[0] = twist(state.stones[0], turn);
            state.stones[1] = twist(state.stones[1], turn);
        }
        state.mover ^= 1;
        state.over = is_over(state);
        return state.over != 0 ? Turn::over() : Turn::of(state.mover);
    }

    void outcome(const State &state, float *util) const {
        const bool white = fives(state.stones[0]) != 0, black = fives(state.stones[1]) != 0;
        util[0] = white == black ? 0.0f : white ? 1.0f : -1.0f;
        util[1] = 0.0f - util[0];
    }

    std::uint64_t hash(const State &state) const {
        return parlour::mix64(parlour::mix64(state.stones[0] + 0x9e3779b97f4a7c15u) ^ state.stones[1]);
    }

    // One of the legal moves, each as likely: a cell that makes five counts once, the others once a turn.
    Move random_move(const State &state, parlour::Rng &rng) const {
        const Cells free = empty(state), ends = completing(state.stones[state.mover], free), others = free & ~ends;
        const auto once = static_cast<std::uint32_t>(count(ends));
        const std::uint32_t drawn = rng.below(once + twists * static_cast<std::uint32_t>(count(others)));
        if (drawn < once) return encode(nth_bit(ends, drawn), no_twist);
        return encode(nth_bit(others, (drawn - once) / twists), (drawn - once) % twists);
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        const std::string cell = name(cell_of(move));
        return twist_of(move) == no_twist ? cell : cell + "-" + twist_name(twist_of(move));
    }

    // Reads that without regard to case and to what stands between, and "b/p bd" (a quarter 1-4, a place 1-9 in it,
    // then the turn), which other programs use.
    Move parse_move(const State &state, std::string_view text) const {
        const std::string plain = parlour::squeezed(text, " -/,");
        const auto refuse = [&](parlour_status status, const std::string &what) {
            return parlour::Failure(status, quote(text) + " " + what);
        };
        const char *form = "is not a move; write c4-2R: a cell, then a quarter from 1 to 4 and L or R";
        if (plain.size() != 2 && plain.size() != 4) throw refuse(PARLOUR_E_PARSE, form);
        unsigned cell = cells, turn = no_twist;
        if (plain[0] >= 'a' && plain[0] <= 'f' && plain[1] >= '1' && plain[1] <= '6') {
            cell = cell_at(static_cast<unsigned>('6' - plain[1]), static_cast<unsigned>(plain[0] - 'a'));
        } else if (plain[0] >= '1' && plain[0] <= '4' && plain[1] >= '1' && plain[1] <= '9') {
            cell = 9 * static_cast<unsigned>(plain[0] - '1') + static_cast<unsigned>(plain[1] - '1');
        }
        if (plain.size() == 4) {
            const bool right = plain[3] == 'r';
            if (plain[2] < '1' || plain[2] > '4' || (!right && plain[3] != 'l')) throw refuse(PARLOUR_E_PARSE, form);
            turn = 2 * static_cast<unsigned>(plain[2] - '1') + right;
        }
        if (cell == cells) throw refuse(PARLOUR_E_PARSE, form);
        if (state.over != 0) throw refuse(PARLOUR_E_ILLEGAL, "is not legal: the game is over");
        if ((empty(state) & bit(cell)) == 0) throw refuse(PARLOUR_E_ILLEGAL, "is not legal: that cell is taken");
        const bool ends = (completing(state.stones[state.mover], bit(cell))) != 0;
        if (ends && turn != no_twist)
            throw refuse(PARLOUR_E_ILLEGAL, "is not legal: that stone makes five and ends the game without a turn");
        if (!ends && turn == no_twist) throw refuse(PARLOUR_E_ILLEGAL, "needs a turn of a quarter, as in c4-2R");
        return encode(cell, turn);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < 6; ++row) {
            if (row > 0) text += '/';
            unsigned free = 0;
            for (unsigned column = 0; column <= 6; ++column) {
                const Cells here = column < 6 ? bit(cell_at(row, column)) : 0;
                const bool white = (state.stones[0] & here) != 0, black = (state.stones[1] & here) != 0;
                if (column < 6 && !white && !black) {
                    ++free;
                    continue;
                }
                if (free > 0) text += static_cast<char>('0' + free);
                free = 0;
                if (column < 6) text += white ? 'w' : 'b';
            }
        }
        return text + (state.mover == 0 ? " w" : " b");
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [](const std::string &what) {
            return parlour::Failure(PARLOUR_E_PARSE, what + "; a position looks like \"6/2w3/6/6/3b2/6 w\"");
        };
        State state{};
        unsigned row = 0, column = 0;
        const std::size_t end = std::min(text.find(' '), text.size());
        for (const char c : text.substr(0, end)) {
            if (c == '/') {
                if (column != 6 || ++row > 5) throw refuse("there are six rows of six cells");
                column = 0;
            } else if (c >= '1' && c <= '6') {
                column += static_cast<unsigned>(c - '0');
            } else if (c == 'w' || c == 'b' || c == 'W' || c == 'B') {
                if (column > 5) throw refuse("there are six rows of six cells");
                state.stones[c == 'b' || c == 'B'] |= bit(cell_at(row, column++));
            } else {
                throw refuse("\"" + std::string(1, c) + "\" is no stone and no number of empty cells");
            }
            if (column > 6) throw refuse("there are six rows of six cells");
        }
        if (row != 5 || column != 6) throw refuse("there are six rows of six cells");
        const std::string_view side = text.substr(end);
        if (side != " w" && side != " b") throw refuse("w or b, who moves, is missing");
        state.mover = side == " b";
        state.over = is_over(state);
        return state;
    }

    std::string check(const State &state) const {
        if (((state.stones[0] | state.stones[1]) & ~whole_board) != 0) return "there is a stone outside the board";
        const Cells both = state.stones[0] & state.stones[1];
        if (both != 0) return "two stones lie on " + name(lowest_bit(both));
        const int ahead = count(state.stones[0]) - count(state.stones[1]);
        if (state.mover > 1 || ahead != static_cast<int>(state.mover))
            return "White begins and the sides take turns, but the stones and who moves do not fit that";
        if (state.over != static_cast<std::uint32_t>(is_over(state)))
            return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Lines of five that only one side has stones in, worth the more the more there are, as in programs for gomoku.
    // The four middles of the quarters, which no turn moves, count a little besides. The weights are our own, not
    // tuned.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        constexpr std::array<int, 6> worth{0, 2, 8, 30, 80, 0};
        constexpr Cells centres = bit(4) | bit(13) | bit(22) | bit(31);
        int score = 8 * (count(state.stones[0] & centres) - count(state.stones[1] & centres));
        for (const Line &line : lines) {
            const int white = count(line.all & state.stones[0]), black = count(line.all & state.stones[1]);
            if (black == 0) score += worth[static_cast<std::size_t>(white)];
            if (white == 0) score -= worth[static_cast<std::size_t>(black)];
        }
        score += state.mover == 0 ? 20 : -20;
        return player == 0 ? score : -score;
    }

    // An order of our own: moves that make five first, those that make one for the other side last; between them, by
    // what the turn leaves of both sides' lines of four.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            State next = state;
            apply(next, moves[i]);
            const Cells own = next.stones[state.mover], other = next.stones[1 - state.mover];
            int value = 400 * ((fives(own) != 0) - (fives(other) != 0));
            if (next.over == 0) {
                const Cells free = empty(next);
                value += 10 * count(completing(own, free)) - 40 * std::min(3, count(completing(other, free)));
            }
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (const unsigned player : {0u, 1u}) {
            image.stones[player] = 0;
            for (Cells left = state.stones[player]; left != 0; left &= left - 1) {
                image.stones[player] |= bit(image_of(symmetry, lowest_bit(left)));
            }
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        const unsigned turn = twist_of(move), cell = image_of(symmetry, cell_of(move));
        if (turn == no_twist) return encode(cell, no_twist);
        const unsigned quarter = image_of(symmetry, 9 * (turn / 2)) / 9, mirrored = symmetry >> 2 & 1;
        return encode(cell, 2 * quarter + ((turn & 1) ^ mirrored));
    }

    // ---- for people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &state) const {
        const bool white = fives(state.stones[0]) != 0, black = fives(state.stones[1]) != 0;
        if (white && black) return "by five in a row on both sides";
        return white || black ? "by five in a row" : "by a full board";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.over != 0) return "The game is over.";
        if (from >= first_arrow && from < first_arrow + twists) return "Put a stone first, then turn a quarter.";
        if (from >= cells) return {};
        if ((empty(state) & bit(from)) == 0) return "That cell is taken.";
        return to == PARLOUR_CELL_NONE ? "" : "Now turn a quarter: touch one of the arrows around the board.";
    }

    std::string rules() const {
        return "# Five Twist\n\n"
               "**White** and **Black** take turns on a board of six by six that is made of four quarters. White "
               "begins.\n\n"
               "## A move\n\n"
               "1. Put a stone of your colour on any **empty cell**.\n"
               "2. Then **turn one of the quarters**, whichever you like, by a quarter turn to the left or to the "
               "right.\n\n"
               "## The end\n\n"
               "- **Five in a row** of your colour, level, upright or slanting, win. If your stone makes them, you "
               "have won at once, without a turn.\n"
               "- If your turn makes five for the other side only, the **other side** wins.\n"
               "- If it makes five for both sides, or the board is full, the game is a **draw**.\n\n"
               "## Entering moves\n\n"
               "Touch the cell, then one of the arrows around the board. Written, `c4-2R` is a stone on c4 and the "
               "second quarter turned right; the quarters are 1 and 2 above, 3 and 4 below.\n";
    }

    // ---- the board: cells 0..35, an arrow for each turn beside its quarter, and the names of columns and rows ----

    void layout(parlour::Board &board) const {
        board.extent(-1.25f, -1.0f, 7.55f, 7.6f);
        for (unsigned quarter = 0; quarter < quarters; ++quarter) {
            board.cell({.shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                        .rgba = 0xB2656CFF,
                        .x = place(3 * (quarter % 2) + 1),
                        .y = place(3 * (quarter / 2) + 1),
                        .w = 3.1f,
                        .h = 3.1f});
        }
        for (unsigned cell = 0; cell < cells; ++cell) {
            const std::string label = name(cell);
            board.cell({.id = cell,
                        .shape = PARLOUR_SHAPE_CIRCLE,
                        .color = PARLOUR_COLOR_RGBA,
                        .rgba = 0x8E4A51FF,
                        .x = place(column_of(cell)),
                        .y = place(row_of(cell)),
                        .w = 0.84f,
                        .h = 0.84f,
                        .label = label.c_str()});
        }
        for (unsigned turn = 0; turn < twists; ++turn) {
            const std::string label = twist_name(turn);
            const unsigned quarter = turn / 2;
            const bool level = arrow_is_level(turn), left = quarter % 2 == 0, above = quarter < 2;
            board.cell({.id = first_arrow + turn,
                        .shape = PARLOUR_SHAPE_ROUND,
                        .flags = PARLOUR_CELL_OUTLINE,
                        .x = level  ? place(3 * (quarter % 2) + 1)
                             : left ? -0.75f
                                    : 7.05f,
                        .y = !level  ? place(3 * (quarter / 2) + 1)
                             : above ? -0.5f
                                     : 7.1f,
                        .w = level ? 1.5f : 0.72f,
                        .h = level ? 0.72f : 1.5f,
                        .label = label.c_str()});
        }
        for (unsigned i = 0; i < 6; ++i) {
            board.cell({.id = first_margin + i,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = place(i),
                        .y = 6.52f,
                        .w = 0.36f,
                        .h = 0.36f});
            board.cell({.id = first_margin + 6 + i,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = -0.2f,
                        .y = place(i),
                        .w = 0.36f,
                        .h = 0.36f});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (std::uint32_t player = 0; player < 2; ++player) {
            for (Cells left = state.stones[player]; left != 0; left &= left - 1) {
                board.piece(
                    {.cell = lowest_bit(left),
                     .color = player == 0 ? std::uint8_t{PARLOUR_COLOR_LIGHT} : std::uint8_t{PARLOUR_COLOR_DARK},
                     .label = player == 0 ? "White stone" : "Black stone"});
            }
        }
        for (unsigned turn = 0; turn < twists; ++turn) {
            board.piece({.cell = first_arrow + turn,
                         .kind = PARLOUR_PIECE_GLYPH,
                         .color = PARLOUR_COLOR_NEUTRAL,
                         .id = first_arrow + turn,
                         .glyph = arrow(turn),
                         .label = (turn & 1) != 0 ? "right turn" : "left turn"});
        }
        for (unsigned i = 0; i < 6; ++i) {
            const std::string column(1, static_cast<char>('a' + i)), row(1, static_cast<char>('6' - i));
            board.mark({.cell_a = first_margin + i,
                        .kind = PARLOUR_MARK_TEXT,
                        .color = PARLOUR_COLOR_NEUTRAL,
                        .text = column.c_str()});
            board.mark({.cell_a = first_margin + 6 + i,
                        .kind = PARLOUR_MARK_TEXT,
                        .color = PARLOUR_COLOR_NEUTRAL,
                        .text = row.c_str()});
        }
        for (const Cells stones : state.stones) {
            const std::uint32_t made = fives(stones);
            for (unsigned line = 0; line < line_count; ++line) {
                if ((made >> line & 1) != 0) board.mark({.cell_a = lines[line].first, .cell_b = lines[line].last});
            }
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        path.cell(cell_of(move));
        if (twist_of(move) != no_twist) path.cell(first_arrow + twist_of(move));
    }

private:
    static Cells empty(const State &state) { return whole_board & ~(state.stones[0] | state.stones[1]); }

    static bool is_over(const State &state) {
        return (fives(state.stones[0]) | fives(state.stones[1])) != 0 || empty(state) == 0;
    }

    static unsigned image_of(std::uint32_t symmetry, unsigned cell) {
        unsigned row = row_of(cell), column = column_of(cell);
        if ((symmetry & 4) != 0) column = 5 - column;
        for (unsigned turns = 0; turns < (symmetry & 3); ++turns) {
            const unsigned before = row;
            row = column;
            column = 5 - before;
        }
        return cell_at(row, column);
    }

    static std::string name(unsigned cell) {
        return {static_cast<char>('a' + column_of(cell)), static_cast<char>('6' - row_of(cell))};
    }

    static std::string twist_name(unsigned turn) {
        return std::to_string(turn / 2 + 1) + ((turn & 1) != 0 ? "R" : "L");
    }

    // Whether an arrow stands above or below its quarter, not beside it: where the outer edge moves its way.
    static bool arrow_is_level(unsigned turn) { return (turn / 2 == 0 || turn / 2 == 3) == ((turn & 1) != 0); }

    static const char *arrow(unsigned turn) {
        const unsigned quarter = turn / 2;
        if (arrow_is_level(turn)) return quarter % 2 == 0 ? "\u2192" : "\u2190";
        return quarter < 2 ? "\u2193" : "\u2191";
    }

    // Where a column or row lies on the board.
    static float place(unsigned index) { return static_cast<float>(index) + (index < 3 ? 0.5f : 0.8f); }
};

} // namespace

PARLOUR_GAME(FiveTwist);
