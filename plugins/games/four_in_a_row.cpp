// Four in a row on bitboards, for boards of 4x4 up to 8x8.
//
// One word a player, always eight bits a row, so that every shift is a constant:
//
//      row 6 | .  .  .  .  .  .  .  .        bit = 8 * row + column
//          5 | 40 41 42 43 44 45 46 .
//          4 | 32 33 34 35 36 37 38 .        The dots are off a board of 7x6. The column east of a narrower board
//          3 | 24 25 26 27 28 29 30 .        stays empty and ends every line that would run around the edge; on a
//          2 | 16 17 18 19 20 21 22 .        board of eight columns a mask of the places where a line may begin
//          1 |  8  9 10 11 12 13 14 .        does (Line::starts), so that 8x8 fits one word.
//          0 |  0  1  2  3  4  5  6 .
//            +------------------------
//              1  2  3  4  5  6  7           A move is a column, counted from 0 and written from 1.
//
// In Pascal Pons' layout (blog.gamesolver.org, part 6) a column is contiguous and needs a spare bit, which leaves no
// room for 8x8; here the discs that can be played are ((all << 8) | bottom) & ~all, which is as cheap, and the open
// columns are one byte, ready to index the table of playout.
//
// A position is written from the top row down, digits for runs of empty cells, '/' between the rows, then the side to
// move: "7/7/7/7/3y3/2rry2 r". The columns played from the empty board, as Pons' position files write them
// ("2252576253"), are read as well.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Board;
using parlour::Failure;
using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::Rng;
using parlour::Turn;
using Discs = std::uint64_t;

constexpr Discs first_column = 0x0101010101010101u;

// A direction in which four discs make a line: the distance of two neighbours, and the cells whose line of four going
// up from there stays on eight columns.
struct Line {
    unsigned step;
    Discs starts;
};
constexpr std::array<Line, 4> directions{{{1, 0x1f * first_column},   // level
                                          {8, ~Discs{0}},             // upright
                                          {9, 0x1f * first_column},   // rising to the east
                                          {7, 0xf8 * first_column}}}; // rising to the west

// The lowest cells of all lines of four.
constexpr std::array<Discs, 4> fours_by_direction(Discs discs) {
    std::array<Discs, 4> fours{};
    for (std::size_t i = 0; i < directions.size(); ++i) {
        const auto [step, starts] = directions[i];
        const Discs pairs = discs & discs >> step;
        fours[i] = pairs & pairs >> 2 * step & starts;
    }
    return fours;
}

constexpr bool has_four(Discs discs) {
    const auto [level, upright, east, west] = fours_by_direction(discs);
    return (level | upright | east | west) != 0;
}

// The empty cells that would make a line of four with three of these discs.
constexpr Discs threats(Discs discs, Discs empty) {
    Discs cells = 0;
    for (const auto [step, starts] : directions) {
        for (unsigned hole = 0; hole < 4; ++hole) {
            Discs begin = empty >> hole * step & starts;
            for (unsigned i = 0; i < 4; ++i) {
                if (i != hole) begin &= discs >> i * step;
            }
            cells |= begin << hole * step;
        }
    }
    return cells;
}

// For every set of columns: the columns in order, and how many there are.
struct Columns {
    std::array<std::uint8_t, 8> column{};
    std::uint8_t count = 0;
};
constexpr std::array<Columns, 256> columns_of = [] {
    std::array<Columns, 256> table{};
    for (unsigned set = 0; set < table.size(); ++set) {
        for (std::uint8_t column = 0; column < 8; ++column) {
            if ((set >> column & 1) != 0) table[set].column[table[set].count++] = column;
        }
    }
    return table;
}();

class FourInARow {
public:
    static constexpr parlour::GameAbout about{.id = "four_in_a_row",
                                              .name = "Four in a Row",
                                              .family = "row",
                                              .summary = "Drop discs into columns; four in a row win.",
                                              .author = "Parlour",
                                              .max_moves = 8,
                                              .move_space = 8,
                                              .max_plies = 64,
                                              .accent = 0x1f3c80ff};

    static constexpr std::array options{
        Option::integer("width", "Columns", "How many columns the board has.", "7", 4, 8),
        Option::integer("height", "Rows", "How many rows the board has.", "6", 4, 8)};

    explicit FourInARow(const OptionValues &values)
        : width_(static_cast<unsigned>(values.integer("width"))),
          height_(static_cast<unsigned>(values.integer("height"))),
          top_shift_(8 * (height_ - 1)),
          bottom_((1u << width_) - 1),
          board_(bottom_ * (height_ == 8 ? first_column : first_column & ((Discs{1} << 8 * height_) - 1))) {}

    struct State {
        Discs discs[2]; // red, yellow
        std::uint32_t mover;
        std::uint32_t over; // 0: goes on, 1: the last mover has four in a row, 2: a draw
    };

    State initial() const { return {}; }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        for (unsigned open = open_columns(state); open != 0; open &= open - 1) {
            moves.add(static_cast<Move>(std::countr_zero(open)));
        }
    }

    Turn apply(State &state, Move move) const {
        const Discs all = state.discs[0] | state.discs[1];
        const Discs free = (first_column << (move & 7)) & board_ & ~all;
        if (free == 0 || move >= 8) [[unlikely]]
            return Turn::fault();
        const Discs landing = free & (0 - free);
        const std::uint32_t mover = state.mover & 1;
        const Discs mine = state.discs[mover] | landing;
        state.discs[mover] = mine;
        state.mover = mover ^ 1;
        if (has_four(mine)) {
            state.over = 1;
            return Turn::over();
        }
        if ((all | landing) == board_) {
            state.over = 2;
            return Turn::over();
        }
        return Turn::of(mover ^ 1);
    }

    void outcome(const State &state, float *util) const {
        util[0] = state.over != 1 ? 0.0f : state.mover == 1 ? 1.0f : -1.0f;
        util[1] = 0.0f - util[0];
    }

    std::uint64_t hash(const State &state) const {
        return parlour::mix64(state.discs[0] * 0x9e3779b97f4a7c15u +
                              std::rotl(state.discs[1], 29) * 0xd6e8feb86659fd93u + 0x632be59bd9b4e019u);
    }

    // As the SDK's, but with the words in registers, without listing moves (any column, and if that one is full, one
    // of those that are not: uniform over the legal ones), and without looking for a line before there can be one.
    std::uint32_t playout(State &state, Rng &rng, std::uint32_t max_plies, float *util) const {
        Discs mine = state.discs[state.mover & 1], theirs = state.discs[~state.mover & 1], all = mine | theirs;
        std::uint32_t plies = 0, mover = state.mover, over = state.over;
        auto before_line = static_cast<std::uint32_t>(std::max(0, 6 - std::popcount(all)));
        while (over == 0 && plies < max_plies) {
            Discs free = (first_column << rng.below(width_)) & board_ & ~all;
            if (free == 0) [[unlikely]] {
                const Columns &open = columns_of[static_cast<unsigned>(~all >> top_shift_ & bottom_)];
                free = (first_column << open.column[rng.below(open.count) & 7]) & board_ & ~all;
            }
            const Discs moved = mine | (free & (0 - free));
            mine = theirs;
            theirs = moved;
            all = mine | theirs;
            mover ^= 1;
            if (plies++ >= before_line) over = has_four(moved) ? 1 : all == board_ ? 2 : 0;
        }
        state = {{mover == 0 ? mine : theirs, mover == 0 ? theirs : mine}, mover, over};
        if (over != 0) {
            outcome(state, util);
        } else {
            parlour::random_playout(*this, state, rng, 0, util); // the estimate that the interface asks for
        }
        return plies;
    }

    // ---- text ----

    std::string move_text(const State &, Move move) const { return std::to_string(move + 1); }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = height_; row-- > 0;) {
            unsigned run = 0;
            const auto end_run = [&] {
                if (run > 0) text += std::to_string(run);
                run = 0;
            };
            for (unsigned column = 0; column < width_; ++column) {
                const char disc = disc_at(state, row, column);
                if (disc == 0) {
                    ++run;
                } else {
                    end_run();
                    text += disc;
                }
            }
            end_run();
            if (row > 0) text += '/';
        }
        return text + (state.mover == 0 ? " r" : " y");
    }

    State parse_state(std::string_view text) const {
        const bool only_digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
        return only_digits ? parse_columns(text) : parse_board(text);
    }

    std::string check(const State &state) const {
        const Discs red = state.discs[0], yellow = state.discs[1], all = red | yellow;
        if ((all & ~board_) != 0) return "there is a disc outside the board";
        if ((red & yellow) != 0) return "a cell has two discs";
        if (((all >> 8) & ~all) != 0) return "a disc hangs in the air";
        if (state.mover > 1 || state.over > 2) return "the bytes are not a position of four in a row";
        const int ahead = std::popcount(red) - std::popcount(yellow);
        if (ahead != 0 && ahead != 1) return "the red discs are not as many as the yellow ones, or one more";
        if (static_cast<int>(state.mover) != ahead)
            return std::string("it has to be ") + (ahead ? "y" : "r") + "'s turn here";
        if (has_four(state.discs[state.mover])) return "the side to move has four in a row already";
        if (state.over != ending_of(state)) return "the position is marked as finished or unfinished wrongly";
        return {};
    }

    // ---- search ----

    // Lines that can still become four, by the discs in them, and threats: empty cells that would win. A threat that
    // can be played now is worth most. On a board with an even number of rows the first player gets the cells of odd
    // rows and the second those of even rows when the board fills up, so such threats are worth more than others.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Discs red = state.discs[0], yellow = state.discs[1], all = red | yellow, empty = board_ & ~all;
        std::int32_t sum = 3 * (live_discs(red, empty) - live_discs(yellow, empty));
        const Discs landing = (all << 8 | bottom_) & empty;
        const Discs red_wins = threats(red, empty), yellow_wins = threats(yellow, empty);
        constexpr Discs odd_rows = 0x00ff00ff00ff00ffu; // counted from one: the lowest is odd
        const bool even_height = height_ % 2 == 0;
        const auto worth = [&](Discs wins, Discs good_rows, bool to_move) {
            std::int32_t points = 40 * std::popcount(wins);
            if (even_height) points += 60 * std::popcount(wins & good_rows);
            if ((wins & landing) != 0) points += to_move ? 700 : 50;
            return points;
        };
        sum += worth(red_wins, odd_rows, state.mover == 0) - worth(yellow_wins, ~odd_rows, state.mover == 1);
        return player == 0 ? sum : -sum;
    }

    // Wins, then cells where the other side would win, then the middle; last, discs under a cell where they would.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Discs all = state.discs[0] | state.discs[1], empty = board_ & ~all;
        const Discs landing = (all << 8 | bottom_) & empty;
        const Discs wins = threats(state.discs[state.mover], empty);
        const Discs losses = threats(state.discs[state.mover ^ 1], empty);
        for (std::uint32_t i = 0; i < n; ++i) {
            const Discs cell = landing & first_column << moves[i];
            const int from_middle = 2 * static_cast<int>(moves[i]) - static_cast<int>(width_ - 1);
            int points = from_middle < 0 ? from_middle : -from_middle;
            if ((cell & wins) != 0) points += 2000;
            if ((cell & losses) != 0) points += 1000;
            if ((cell << 8 & losses) != 0) points -= 500;
            if ((cell << 8 & wins) != 0) points -= 100;
            score[i] = static_cast<std::int16_t>(points);
        }
    }

    std::uint32_t symmetries() const { return 2; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        if (symmetry == 1) {
            for (Discs &discs : image.discs) discs = mirrored(discs);
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return symmetry == 1 ? width_ - 1 - move : move;
    }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Red" : "Yellow"; }

    std::string reason(const State &state) const {
        return state.over == 1 ? "by four in a row" : "the board is full";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.over != 0) return "The game is over.";
        const unsigned column = from & 7;
        const bool full = from < 64 && column < width_ && (open_columns(state) >> column & 1) == 0;
        return full ? "That column is full." : "";
    }

    std::string rules() const {
        return "# Four in a Row\n\n"
               "Two players, **Red** and **Yellow**, take turns to drop a disc of their colour into a column of an "
               "upright board. It falls to the lowest empty cell of the column. Red begins; a full column takes no "
               "more discs.\n\n"
               "## The end\n\n"
               "- Whoever has four of their discs **in a row**, level, upright or slanting, wins at once.\n"
               "- When the board is full and nobody has, the game is a **draw**.\n\n"
               "## Good to know\n\n"
               "On the usual board of seven columns and six rows Red can force a win by beginning in the middle. "
               "Discs in the middle are part of more lines than those at the edge.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        const auto width = static_cast<float>(width_), height = static_cast<float>(height_);
        board.extent(-0.25f, -0.25f, width + 0.25f, height + 0.25f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x2d5fccff,
                    .x = width / 2,
                    .y = height / 2,
                    .w = width + 0.3f,
                    .h = height + 0.3f});
        for (unsigned row = height_; row-- > 0;) {
            for (unsigned column = 0; column < width_; ++column) {
                board.cell({.id = cell_id(row, column),
                            .shape = PARLOUR_SHAPE_CIRCLE,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_HOLE,
                            .rgba = 0x10182eff,
                            .x = static_cast<float>(column) + 0.5f,
                            .y = height - static_cast<float>(row) - 0.5f,
                            .w = 0.86f,
                            .h = 0.86f,
                            .label = column_names[column]});
            }
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (unsigned row = 0; row < height_; ++row) {
            for (unsigned column = 0; column < width_; ++column) {
                const char disc = disc_at(state, row, column);
                if (disc == 0) continue;
                const bool red = disc == 'r';
                board.piece({.cell = cell_id(row, column),
                             .kind = PARLOUR_PIECE_DISC,
                             .color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + (red ? 0 : 1)),
                             .id = cell_id(row, column) + 1,
                             .enter = PARLOUR_ENTER_FROM_TOP,
                             .label = red ? "red disc" : "yellow disc"});
            }
        }
        if (state.over == 1) mark_fours(state.discs[(state.mover ^ 1) & 1], board);
    }

    // The cell where the disc lands, then every other cell of the column: a touch anywhere in it plays it.
    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (move >= width_ || alternative >= height_) return;
        const Discs all = state.discs[0] | state.discs[1];
        unsigned landing = 0;
        while (landing + 1 < height_ && (all >> cell_id(landing, move) & 1) != 0) ++landing;
        const unsigned row = alternative == 0 ? landing : alternative <= landing ? alternative - 1 : alternative;
        path.cell(cell_id(row, move));
    }

private:
    static constexpr std::array<const char *, 8> column_names{"1", "2", "3", "4", "5", "6", "7", "8"};

    static constexpr std::uint32_t cell_id(unsigned row, unsigned column) { return 8 * row + column; }

    // The columns that are not full, one bit each.
    unsigned open_columns(const State &state) const {
        const Discs all = state.discs[0] | state.discs[1];
        return static_cast<unsigned>(~all >> top_shift_ & bottom_);
    }

    // 'r', 'y', or 0 for an empty cell.
    static char disc_at(const State &state, unsigned row, unsigned column) {
        const unsigned bit = cell_id(row, column);
        return (state.discs[0] >> bit & 1) != 0 ? 'r' : (state.discs[1] >> bit & 1) != 0 ? 'y' : '\0';
    }

    // What State::over has to be.
    std::uint32_t ending_of(const State &state) const {
        if (has_four(state.discs[state.mover ^ 1])) return 1;
        return (state.discs[0] | state.discs[1]) == board_ ? 2 : 0;
    }

    // Discs in lines of four without the other side's, counted once a line.
    static std::int32_t live_discs(Discs discs, Discs empty) {
        std::int32_t count = 0;
        const Discs mine = discs | empty;
        for (const auto [step, starts] : directions) {
            const Discs pairs = mine & mine >> step;
            const Discs live = pairs & pairs >> 2 * step & starts;
            for (unsigned i = 0; i < 4; ++i) count += std::popcount(live & discs >> i * step);
        }
        return count;
    }

    // West and east exchanged: the bits of each byte reversed, then moved back to the board's first column.
    Discs mirrored(Discs x) const {
        x = (x >> 1 & 0x5555555555555555u) | (x & 0x5555555555555555u) << 1;
        x = (x >> 2 & 0x3333333333333333u) | (x & 0x3333333333333333u) << 2;
        x = (x >> 4 & 0x0f0f0f0f0f0f0f0fu) | (x & 0x0f0f0f0f0f0f0f0fu) << 4;
        return x >> (8 - width_);
    }

    // A line through each row of four or more.
    static void mark_fours(Discs discs, Board &board) {
        const std::array<Discs, 4> fours = fours_by_direction(discs);
        for (std::size_t i = 0; i < fours.size(); ++i) {
            for (Discs left = fours[i]; left != 0; left &= left - 1) {
                const auto begin = lowest_bit(left);
                board.mark({.cell_a = begin,
                            .cell_b = begin + 3 * directions[i].step,
                            .color = PARLOUR_COLOR_RGBA,
                            .rgba = 0xffffffd8});
            }
        }
    }

    State parse_columns(std::string_view columns) const {
        State state{};
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto where = [&] {
                return " at move " + std::to_string(i + 1) + " of \"" + std::string(columns.substr(0, 64)) + "\"";
            };
            const unsigned column = static_cast<unsigned>(columns[i] - '1');
            if (column >= width_) {
                throw Failure(PARLOUR_E_PARSE, "there is no column " + std::string(1, columns[i]) + where() +
                                                   "; they are counted from 1 to " + std::to_string(width_));
            }
            if (state.over != 0) throw Failure(PARLOUR_E_PARSE, "the game is over already" + where());
            if (apply(state, column).is_fault()) {
                throw Failure(PARLOUR_E_PARSE, "column " + std::string(1, columns[i]) + " is full" + where());
            }
        }
        return state;
    }

    State parse_board(std::string_view text) const {
        const auto refuse = [&](const std::string &why) -> State {
            throw Failure(PARLOUR_E_PARSE,
                          why + "; a position is " + std::to_string(height_) +
                              " rows from the top with r, y and digits for empty cells, then r or y to "
                              "move, as " +
                              state_text(State{}) + ", or the columns played");
        };
        State state{};
        unsigned row = height_ - 1, column = 0;
        std::size_t at = 0;
        for (; at < text.size() && text[at] != ' '; ++at) {
            const char c = text[at];
            if (c == '/') {
                if (column != width_)
                    return refuse("row " + std::to_string(row + 1) + " does not have " + std::to_string(width_) +
                                  " cells");
                if (row == 0) return refuse("there are more than " + std::to_string(height_) + " rows");
                --row;
                column = 0;
            } else if (c >= '1' && c <= '8') {
                column += static_cast<unsigned>(c - '0');
            } else if (c == 'r' || c == 'R' || c == 'y' || c == 'Y') {
                if (column < width_) state.discs[c == 'y' || c == 'Y'] |= Discs{1} << cell_id(row, column);
                ++column;
            } else {
                return refuse("\"" + std::string(1, c) + "\" is not a cell");
            }
            if (column > width_)
                return refuse("row " + std::to_string(row + 1) + " has more than " + std::to_string(width_) +
                              " cells");
        }
        if (row != 0 || column != width_) return refuse("the board is not complete");
        const std::string_view side = text.substr(at);
        if (side != " r" && side != " y") return refuse("the side to move is missing");
        state.mover = side == " y";
        state.over = ending_of(state);
        return state;
    }

    unsigned width_, height_, top_shift_; // top_shift_: from the lowest row to the highest
    Discs bottom_;                        // the cells of the lowest row
    Discs board_;                         // all cells
};

} // namespace

PARLOUR_GAME(FourInARow);
