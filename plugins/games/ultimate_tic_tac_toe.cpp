// Ultimate tic-tac-toe: nine small boards in a large one. Where a mark stands in its small board, there the other
// side has to play next; if that small board is closed (won or full), it may play in any open one. Three small boards
// in a row win; when all are closed and nobody has them, the game is a draw.
//
//       small boards, and squares of each        columns and rows of the whole board
//
//              0 | 1 | 2                          9  . . .  . . .  . . .
//             ---+---+---                         8  . . .  . . .  . . .      move = 9 * small board + square,
//              3 | 4 | 5                          ...                         written "h6": here board 5, square 1
//             ---+---+---                         1  . . .  . . .  . . .
//              6 | 7 | 8                             a b c  d e f  g h i
//
// A position is written like those of programs with the UGI protocol: row by row from the top, x, o and numbers for
// runs of empty squares, the side to move, 0, and the last move, which says where to play: "9/9/9/9/9/9/9/9/x8 O 0
// a1"; at the start it is "-".
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
using Squares = std::uint16_t; // of a small board, or small boards of the large one: nine bits

constexpr unsigned all_nine = 0x1ff, no_move = 81, anywhere = 9;

constexpr std::array<Squares, 8> lines{0x007, 0x038, 0x1c0, 0x049, 0x092, 0x124, 0x111, 0x054};

// For every set of squares: whether it holds a line, and which squares would complete one.
constexpr std::array<bool, 512> has_line = [] {
    std::array<bool, 512> table{};
    for (unsigned set = 0; set < table.size(); ++set) {
        for (const Squares line : lines) table[set] = table[set] || (set & line) == line;
    }
    return table;
}();
constexpr std::array<Squares, 512> completing = [] {
    std::array<Squares, 512> table{};
    for (unsigned set = 0; set < table.size(); ++set) {
        for (unsigned square = 0; square < 9; ++square) {
            if ((set >> square & 1) == 0 && has_line[set | 1u << square])
                table[set] = static_cast<Squares>(table[set] | 1u << square);
        }
    }
    return table;
}();

// For every set of squares: the squares in order, and how many there are.
struct Listed {
    std::array<std::uint8_t, 9> square{};
    std::uint8_t count = 0;
};
constexpr std::array<Listed, 512> listed = [] {
    std::array<Listed, 512> table{};
    for (unsigned set = 0; set < table.size(); ++set) {
        for (std::uint8_t square = 0; square < 9; ++square) {
            if ((set >> square & 1) != 0) table[set].square[table[set].count++] = square;
        }
    }
    return table;
}();

// Where each of the eight symmetries of a square takes its nine parts; 0 is the identity.
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
constexpr Squares image_of(unsigned symmetry, unsigned set) {
    unsigned image = 0;
    for (unsigned square = 0; square < 9; ++square) {
        if ((set >> square & 1) != 0) image |= 1u << images[symmetry][square];
    }
    return static_cast<Squares>(image);
}

constexpr std::array<const char *, 9> board_names{"the top left",    "the top middle",    "the top right",
                                                  "the left middle", "the centre",        "the right middle",
                                                  "the bottom left", "the bottom middle", "the bottom right"};

constexpr std::uint32_t first_plate = 100, first_large_mark = 200;

struct UltimateTicTacToe {
    static constexpr parlour::GameAbout about{.id = "ultimate_tic_tac_toe",
                                              .name = "Ultimate Tic-Tac-Toe",
                                              .family = "row",
                                              .summary = "Nine boards in one: your square says where they play.",
                                              .author = "Parlour",
                                              .max_moves = 81,
                                              .move_space = 81,
                                              .max_plies = 81, // one for every square
                                              .accent = 0x4a2f7aff};

    struct State {
        Squares marks[2][9]; // of the crosses and of the noughts, a small board each
        Squares won[2];      // small boards won by them
        Squares closed;      // small boards that are won or full
        std::uint8_t mover;
        std::uint8_t last; // the last move, or no_move
        std::uint8_t over; // 1 when somebody has three small boards in a row, or all are closed
        std::uint8_t reserved;
    };
    static_assert(sizeof(State) == 46);

    // ---- rules ----

    State initial() const {
        State state{};
        state.last = no_move;
        return state;
    }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        const unsigned target = target_of(state);
        if (target != anywhere) {
            add_empty(state, target, moves);
        } else {
            const Listed &open = listed[all_nine & ~state.closed];
            for (unsigned i = 0; i < open.count; ++i) add_empty(state, open.square[i], moves);
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned board = move / 9, square = move % 9;
        if (move >= 81 || state.over != 0) [[unlikely]]
            return Turn::fault();
        const unsigned target = target_of(state);
        if ((state.closed >> board & 1) != 0 || (empty_squares(state, board) >> square & 1) == 0 ||
            (target != anywhere && target != board)) [[unlikely]]
            return Turn::fault();
        const unsigned side = state.mover;
        Squares &mine = state.marks[side][board];
        mine = static_cast<Squares>(mine | 1u << square);
        if (has_line[mine]) {
            state.won[side] = static_cast<Squares>(state.won[side] | 1u << board);
            state.closed = static_cast<Squares>(state.closed | 1u << board);
            state.over = has_line[state.won[side]];
        } else if ((mine | state.marks[side ^ 1][board]) == all_nine) {
            state.closed = static_cast<Squares>(state.closed | 1u << board);
        }
        if (state.closed == all_nine) state.over = 1;
        state.mover ^= 1;
        state.last = static_cast<std::uint8_t>(move);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] = has_line[state.won[0]] ? 1.0f : has_line[state.won[1]] ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    // Of the last move, only where it sends the other side.
    std::uint64_t hash(const State &state) const {
        std::uint64_t words[5] = {0, 0, 0, 0, target_of(state) + 16u * state.mover + 32u * state.over};
        std::memcpy(words, state.marks, 32);
        words[4] |= std::uint64_t{state.marks[1][7]} << 16 | std::uint64_t{state.marks[1][8]} << 32;
        std::uint64_t hash = 0;
        for (const std::uint64_t word : words) hash = parlour::mix64(hash ^ word) + 0x9e3779b97f4a7c15u;
        return hash;
    }

    Move random_move(const State &state, Rng &rng) const {
        const unsigned target = target_of(state);
        if (target != anywhere) {
            const Listed &empty = listed[empty_squares(state, target)];
            return 9 * target + empty.square[rng.below(empty.count)];
        }
        const Listed &open = listed[all_nine & ~state.closed];
        std::array<std::uint8_t, 9> counts;
        unsigned total = 0;
        for (unsigned i = 0; i < open.count; ++i) {
            counts[i] = listed[empty_squares(state, open.square[i])].count;
            total += counts[i];
        }
        unsigned index = rng.below(total), i = 0;
        while (index >= counts[i]) index -= counts[i++];
        return 9u * open.square[i] + listed[empty_squares(state, open.square[i])].square[index];
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const { return move < 81 ? name_of(move) : "?"; }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < 9; ++row) {
            unsigned gap = 0;
            if (row > 0) text += '/';
            const auto end_gap = [&] {
                if (gap > 0) text += static_cast<char>('0' + gap);
                gap = 0;
            };
            for (unsigned column = 0; column < 9; ++column) {
                const char mark = mark_on(state, move_at(row, column));
                if (mark == ' ') {
                    ++gap;
                    continue;
                }
                end_gap();
                text += mark;
            }
            end_gap();
        }
        text += state.mover == 0 ? " X 0 " : " O 0 ";
        return text + (state.last < 81 ? name_of(state.last) : "-");
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&](const std::string &why) {
            return Failure(PARLOUR_E_PARSE, why + "; a position is written like 9/9/9/9/9/9/9/9/x8 O 0 a1");
        };
        const auto next_word = [&] {
            while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
            const std::string_view word = text.substr(0, text.find(' '));
            text.remove_prefix(word.size());
            return word;
        };
        State state = initial();
        unsigned row = 0, column = 0;
        for (const char c : next_word()) {
            if (c == '/') {
                if (column != 9) throw refuse("row " + std::to_string(9 - row) + " is not complete");
                if (++row == 9) throw refuse("there are more than nine rows");
                column = 0;
                continue;
            }
            const bool cross = c == 'x' || c == 'X', digit = c >= '1' && c <= '9';
            if (!cross && !digit && c != 'o' && c != 'O')
                throw refuse("\"" + std::string(1, c) + "\" is neither a mark nor a number");
            const unsigned run = digit ? static_cast<unsigned>(c - '0') : 1;
            if (column + run > 9) throw refuse("row " + std::to_string(9 - row) + " has more than nine squares");
            if (!digit) {
                const Move at = move_at(row, column);
                Squares &marks = state.marks[cross ? 0 : 1][at / 9];
                marks = static_cast<Squares>(marks | 1u << at % 9);
            }
            column += run;
        }
        if (row != 8 || column != 9) throw refuse("the board is not complete");
        const std::string_view side = next_word();
        if (side != "X" && side != "x" && side != "O" && side != "o") throw refuse("the side to move is missing");
        state.mover = side == "O" || side == "o";
        if (next_word() != "0") throw refuse("the number before the last move is missing");
        const std::string_view last = next_word();
        if (last != "-" && last != "0000") {
            const Move move = named(last);
            if (move == no_move) throw refuse("the last move is missing");
            state.last = static_cast<std::uint8_t>(move);
        }
        if (!next_word().empty()) throw refuse("there is something after the last move");
        complete(state);
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover > 1 || state.over > 1 || state.last > no_move || state.reserved != 0)
            return "the bytes are not a position of ultimate tic-tac-toe";
        int ahead = 0, marks = 0;
        for (unsigned board = 0; board < 9; ++board) {
            const unsigned crosses = state.marks[0][board], noughts = state.marks[1][board];
            if ((crosses | noughts) > all_nine) return "there is a mark outside the board";
            if ((crosses & noughts) != 0) return "a square has two marks";
            if (has_line[crosses] && has_line[noughts]) return std::string(board_names[board]) + " is won by both";
            ahead += std::popcount(crosses) - std::popcount(noughts);
            marks += std::popcount(crosses | noughts);
        }
        if (ahead != state.mover) return "the numbers of marks do not fit the side to move";
        if ((state.last == no_move) != (marks == 0)) return "the last move is missing, or there was none";
        if (state.last != no_move && (state.marks[state.mover ^ 1][state.last / 9] >> state.last % 9 & 1) == 0)
            return "the last move is no mark of the side that made it";
        State right = state;
        complete(right);
        if (has_line[right.won[state.mover]]) return "the side to move has three boards in a row already";
        if (right.won[0] != state.won[0] || right.won[1] != state.won[1] || right.closed != state.closed ||
            right.over != state.over)
            return "the bytes are not a position of ultimate tic-tac-toe";
        return {};
    }

    // ---- search ----

    // Each of the eight rows of small boards that a side can still win counts: the boards in it by how near they are
    // to being won, and more for those that are: lines that are still open, on both levels. The weights are our own,
    // not tuned, in thousandths of a game.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        std::array<std::array<std::int32_t, 9>, 2> worth{};
        for (const unsigned side : {0u, 1u}) {
            for (unsigned board = 0; board < 9; ++board) worth[side][board] = board_worth(state, side, board);
        }
        std::int32_t sum = 0;
        for (const Squares line : lines) {
            for (const unsigned side : {0u, 1u}) {
                if ((line & state.closed & ~state.won[side]) != 0) continue;
                constexpr std::array<std::int32_t, 4> bonus{0, 30, 150, 0};
                std::int32_t points = bonus[static_cast<unsigned>(std::popcount(unsigned{line} & state.won[side]))];
                const Listed &boards = listed[line];
                for (unsigned i = 0; i < boards.count; ++i) points += worth[side][boards.square[i]];
                sum += side == 0 ? points : -points;
            }
        }
        if (target_of(state) == anywhere) sum += state.mover == 0 ? 40 : -40;
        return player == 0 ? sum : -sum;
    }

    // An order of our own: boards won and saved first; what sends the other side where it may choose, or wins a
    // board, last.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        constexpr std::array<int, 9> place{2, 1, 2, 1, 3, 1, 2, 1, 2};
        const unsigned side = state.mover, other = side ^ 1;
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned board = moves[i] / 9, square = moves[i] % 9;
            int points = 4 * place[board] + 3 * place[square];
            const bool wins = (completing[state.marks[side][board]] >> square & 1) != 0;
            if (wins) points += (completing[state.won[side]] >> board & 1) != 0 ? 10000 : 300;
            if ((completing[state.marks[other][board]] >> square & 1) != 0) points += 120;
            const bool closes = (state.closed >> square & 1) != 0 || (wins && board == square);
            if (closes) {
                points -= 150;
            } else if ((completing[state.marks[other][square]] & empty_squares(state, square)) != 0) {
                points -= 100;
            }
            score[i] = static_cast<std::int16_t>(points);
        }
    }

    // Moves that win a small board.
    void noisy(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        const unsigned target = target_of(state);
        const Listed &boards = listed[target == anywhere ? all_nine & ~state.closed : 1u << target];
        for (unsigned i = 0; i < boards.count; ++i) {
            const unsigned board = boards.square[i];
            const Listed &wins = listed[completing[state.marks[state.mover][board]] & empty_squares(state, board)];
            for (unsigned k = 0; k < wins.count; ++k) moves.add(9 * board + wins.square[k]);
        }
    }

    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (const unsigned side : {0u, 1u}) {
            for (unsigned board = 0; board < 9; ++board) {
                image.marks[side][images[symmetry][board]] = image_of(symmetry, state.marks[side][board]);
            }
            image.won[side] = image_of(symmetry, state.won[side]);
        }
        image.closed = image_of(symmetry, state.closed);
        if (state.last < 81) image.last = static_cast<std::uint8_t>(map_move(symmetry, state, state.last));
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return 9u * images[symmetry][move / 9] + images[symmetry][move % 9];
    }

    // ---- people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return std::popcount(unsigned{state.won[player & 1]});
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Cross" : "Nought"; }

    std::string reason(const State &state) const {
        return has_line[state.won[0]] || has_line[state.won[1]] ? "by three boards in a row"
                                                                : "no board can be played in any more";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.over != 0) return "The game is over.";
        if (from >= 81) return {};
        const unsigned board = from / 9, target = target_of(state);
        if ((empty_squares(state, board) >> from % 9 & 1) == 0) return "That square is taken.";
        if ((state.closed >> board & 1) != 0) return "That board is won already.";
        if (target != anywhere && target != board)
            return std::string("You are sent to ") + board_names[target] + (target == 4 ? "." : " board.");
        return {};
    }

    std::string rules() const {
        return "# Ultimate Tic-Tac-Toe\n\n"
               "Nine small boards of three by three make one large board. **Cross** and **Nought** take turns to "
               "mark one empty square; Cross begins, anywhere.\n\n"
               "## Where you have to play\n\n"
               "The square that the other side has just marked says in which **small board** you play: after a mark "
               "in the top right square of any small board you play in the top right board. The board where you may "
               "play is bright.\n\n"
               "If that board is **closed**, because somebody has won it or it is full, you may play in any board "
               "that is open.\n\n"
               "## The end\n\n"
               "- Three marks of yours in a row, level, upright or slanting, **win a small board**. Nobody plays "
               "there any more.\n"
               "- Three small boards in a row **win the game**.\n"
               "- When all boards are closed and nobody has three in a row, it is a **draw**.\n\n"
               "## Good to know\n\n"
               "Look at where your mark sends the other side before you look at what it does for you.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        const float span = 9 + 2 * parting;
        board.extent(-0.3f, -0.3f, span + 0.3f, span + 0.3f);
        for (unsigned small = 0; small < 9; ++small) draw_plate(small, plate_quiet, board);
        for (unsigned row = 0; row < 9; ++row) {
            for (unsigned column = 0; column < 9; ++column) {
                const Move move = move_at(row, column);
                const std::string name = name_of(move);
                board.cell(
                    {.id = move, .color = PARLOUR_COLOR_NONE, .x = at(column), .y = at(row), .label = name.c_str()});
            }
        }
        for (unsigned small = 0; small < 9; ++small) {
            const float x = at(small % 3 * 3 + 1), y = at(small / 3 * 3 + 1);
            for (const float away : {-0.5f, 0.5f}) {
                draw_line(x + away, y, 0.035f, 2.7f, board);
                draw_line(x, y + away, 2.7f, 0.035f, board);
            }
        }
    }

    // Small boards that can be played in are bright; one that is won wears a large mark over its faded ones.
    void scene(const State &state, std::uint32_t, Board &board) const {
        const unsigned target = state.over != 0 ? no_move : target_of(state);
        for (unsigned small = 0; small < 9; ++small) {
            const bool closed = (state.closed >> small & 1) != 0;
            if (target == small || (target == anywhere && !closed)) draw_plate(small, plate_bright, board);
            if (closed) draw_plate(small, plate_closed, board);
        }
        for (const unsigned side : {0u, 1u}) {
            for (Move move = 0; move < 81; ++move) {
                if ((state.marks[side][move / 9] >> move % 9 & 1) == 0) continue;
                const bool closed = (state.closed >> move / 9 & 1) != 0;
                draw_mark(side, move, move + 1, 0.72f, closed, board);
            }
            const Listed &won = listed[state.won[side] & all_nine];
            for (unsigned i = 0; i < won.count; ++i) {
                const unsigned small = won.square[i];
                draw_mark(side, 9 * small + 4, first_large_mark + small, 2.7f, false, board);
            }
            const std::string boards = std::to_string(won.count);
            board.widget({.id = side,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(side),
                          .label = "Boards",
                          .value = boards.c_str()});
            for (const Squares line : lines) {
                if ((line & state.won[side]) != line) continue;
                board.mark({.cell_a = 9u * static_cast<unsigned>(std::countr_zero(line)) + 4,
                            .cell_b = 9u * static_cast<unsigned>(std::bit_width(line) - 1) + 4});
            }
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(move);
    }

private:
    static constexpr float parting = 0.4f; // between small boards
    static constexpr std::uint32_t plate_quiet = 0x3f3860ff, plate_bright = 0x7563b8ff, plate_closed = 0x2b2742ff;

    static unsigned empty_squares(const State &state, unsigned board) {
        return all_nine & ~(state.marks[0][board] | state.marks[1][board]);
    }
    // The small board in which the mover has to play, or anywhere.
    static unsigned target_of(const State &state) {
        if (state.last >= no_move) return anywhere;
        const unsigned board = state.last % 9;
        return (state.closed >> board & 1) != 0 ? anywhere : board;
    }
    static void add_empty(const State &state, unsigned board, MoveList &moves) {
        const Listed &empty = listed[empty_squares(state, board)];
        for (unsigned i = 0; i < empty.count; ++i) moves.add(9 * board + empty.square[i]);
    }

    // Works out from the marks what is won and closed.
    static void complete(State &state) {
        state.won[0] = state.won[1] = state.closed = 0;
        for (unsigned board = 0; board < 9; ++board) {
            for (const unsigned side : {0u, 1u}) {
                if (has_line[state.marks[side][board]])
                    state.won[side] = static_cast<Squares>(state.won[side] | 1u << board);
            }
            if (empty_squares(state, board) == 0) state.closed = static_cast<Squares>(state.closed | 1u << board);
        }
        state.closed = static_cast<Squares>(state.closed | state.won[0] | state.won[1]);
        state.over = has_line[state.won[0]] || has_line[state.won[1]] || state.closed == all_nine;
    }

    // How near a side is to winning a small board, up to 60 for one that is won.
    static std::int32_t board_worth(const State &state, unsigned side, unsigned board) {
        if ((state.won[side] >> board & 1) != 0) return 60;
        if ((state.closed >> board & 1) != 0) return 0;
        const unsigned mine = state.marks[side][board], theirs = state.marks[side ^ 1][board];
        std::int32_t sum = (mine >> 4 & 1) != 0 ? 2 : 0;
        for (const Squares line : lines) {
            if ((line & theirs) != 0) continue;
            constexpr std::array<std::int32_t, 4> worth{0, 2, 12, 0};
            sum += worth[static_cast<unsigned>(std::popcount(line & mine))];
        }
        return std::min(sum, 36);
    }

    // ---- squares of the whole board, rows from the top ----

    static constexpr Move move_at(unsigned row, unsigned column) {
        return 9 * (row / 3 * 3 + column / 3) + row % 3 * 3 + column % 3;
    }
    static constexpr unsigned row_of(Move move) { return move / 27 * 3 + move % 9 / 3; }
    static constexpr unsigned column_of(Move move) { return move / 9 % 3 * 3 + move % 3; }
    static std::string name_of(Move move) {
        return {static_cast<char>('a' + column_of(move)), static_cast<char>('9' - row_of(move))};
    }
    static Move named(std::string_view name) {
        if (name.size() != 2 || name[0] < 'a' || name[0] > 'i' || name[1] < '1' || name[1] > '9') return no_move;
        return move_at(static_cast<unsigned>('9' - name[1]), static_cast<unsigned>(name[0] - 'a'));
    }
    static char mark_on(const State &state, Move move) {
        if ((state.marks[0][move / 9] >> move % 9 & 1) != 0) return 'x';
        return (state.marks[1][move / 9] >> move % 9 & 1) != 0 ? 'o' : ' ';
    }

    // ---- drawing ----

    static float at(unsigned index) {
        return static_cast<float>(index) + 0.5f + parting * static_cast<float>(index / 3);
    }
    static void draw_plate(unsigned small, std::uint32_t rgba, Board &board) {
        board.cell({.id = first_plate + small,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = rgba,
                    .x = at(small % 3 * 3 + 1),
                    .y = at(small / 3 * 3 + 1),
                    .w = 3.1f,
                    .h = 3.1f});
    }
    static void draw_line(float x, float y, float w, float h, Board &board) {
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR,
                    .rgba = 0xb9add860,
                    .x = x,
                    .y = y,
                    .w = w,
                    .h = h});
    }
    static void draw_mark(unsigned side, Move move, std::uint32_t id, float scale, bool faded, Board &board) {
        board.piece({.cell = move,
                     .kind = static_cast<std::uint8_t>(side == 0 ? PARLOUR_PIECE_CROSS : PARLOUR_PIECE_RING),
                     .color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + side),
                     .flags = static_cast<std::uint8_t>(faded ? PARLOUR_PIECE_FADED : 0),
                     .id = id,
                     .scale = scale,
                     .label = side == 0 ? "X" : "O"});
    }
};

} // namespace

PARLOUR_GAME(UltimateTicTacToe);
