// Dots and boxes for two to four players, on one to eight boxes each way.
//
//        3  o---o---o      across[row], bit column: the line above box (row, column), and in row `rows` those below
//           | 1 |   |                               the last row;
//        2  o---o---o      down[column], bit row:   the line left of box (row, column), and in column `columns` those
//               |                                   right of the last column;
//        1  o   o---o      owned[], bit 8 * row + column: two bits that count the box's owner.
//           a   b   c
//                          A move is  8 * row + column  for a line across, 72 + 8 * column + row  for a line down,
//                          written by its dots: "a3-b3", columns from a, rows from below.
//
// Whoever draws the fourth line of a box owns it and moves again, once for both if it is the fourth of two boxes.
// When all lines are drawn, most boxes win; who are equal share. With the option `decided` the game ends as soon as
// nobody else can have as many as the leader.
//
// A position is written line by line from the top, lines across as - and lines down as |, what is missing as ., with
// the owners' numbers in the boxes, then who moves: "--/|1|.|/--/.|.../.- 1".
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <algorithm>
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
using parlour::nth_bit;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using Boxes = std::uint64_t; // a set of boxes, bit 8 * row + column

constexpr unsigned most_boxes = 8, most_players = 4, most_lines = 2 * most_boxes * (most_boxes + 1);
constexpr Move first_down = 8 * (most_boxes + 1);

constexpr Move across_line(unsigned row, unsigned column) {
    return 8 * row + column;
}
constexpr Move down_line(unsigned column, unsigned row) {
    return first_down + 8 * column + row;
}
constexpr bool is_across(Move line) {
    return line < first_down;
}
// The row of a line across or the column of a line down, and its place in it.
constexpr unsigned rank_of(Move line) {
    return (is_across(line) ? line : line - first_down) / 8;
}
constexpr unsigned place_of(Move line) {
    return line % 8;
}

// Rows for columns in a set of boxes (Warren, Hacker's Delight, 7-3).
constexpr Boxes transposed(Boxes set) {
    Boxes swap = (set ^ set >> 7) & 0x00aa00aa00aa00aau;
    set ^= swap ^ swap << 7;
    swap = (set ^ set >> 14) & 0x0000cccc0000ccccu;
    set ^= swap ^ swap << 14;
    swap = (set ^ set >> 28) & 0x00000000f0f0f0f0u;
    return set ^ swap ^ swap << 28;
}

class DotsAndBoxes {
public:
    static constexpr parlour::GameAbout about{
        .id = "dots_and_boxes",
        .name = "Dots and Boxes",
        .family = "territory",
        .summary = "Draw lines between dots; close a box to own it and move again.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_COMPOUND,
        .players_max = most_players,
        .max_moves = most_lines,
        .move_space = most_lines,
        .max_plies = most_lines, // a ply a line
        .accent = 0x31507aff};

    static constexpr std::array options{
        Option::integer("columns", "Columns", "How many boxes lie side by side.", "5", 1, most_boxes),
        Option::integer("rows", "Rows", "How many boxes lie one below the other.", "5", 1, most_boxes),
        Option::integer("players", "Players", "How many play.", "2", 2, most_players),
        Option::boolean("decided", "End when decided", "End as soon as nobody can catch up with the leader.", false)};

    explicit DotsAndBoxes(const OptionValues &values)
        : columns_(static_cast<unsigned>(values.integer("columns"))),
          rows_(static_cast<unsigned>(values.integer("rows"))),
          n_players_(static_cast<unsigned>(values.integer("players"))),
          until_decided_(values.boolean("decided")) {
        for (unsigned row = 0; row < rows_; ++row) boxes_ |= ((Boxes{1} << columns_) - 1) << 8 * row;
        for (unsigned rank = 0; rank <= most_boxes; ++rank) {
            all_.across[rank] = static_cast<std::uint8_t>(rank <= rows_ ? (1u << columns_) - 1 : 0u);
            all_.down[rank] = static_cast<std::uint8_t>(rank <= columns_ ? (1u << rows_) - 1 : 0u);
        }
    }

    struct Lines {
        std::uint8_t across[most_boxes + 1], down[most_boxes + 1];

        std::uint8_t &of(Move line) { return (is_across(line) ? across : down)[rank_of(line)]; }
        bool has(Move line) const {
            return ((is_across(line) ? across : down)[rank_of(line)] >> place_of(line) & 1) != 0;
        }
    };
    struct State {
        Boxes owned[2];
        Lines lines;
        std::uint8_t boxes[most_players]; // how many each player owns
        std::uint8_t left;                // lines that are not drawn yet
        std::uint8_t mover;
    };
    static_assert(sizeof(State) == 40);

    // ---- rules ----

    std::uint32_t players() const { return n_players_; }

    State initial() const {
        State state{};
        state.left = static_cast<std::uint8_t>(columns_ * (rows_ + 1) + rows_ * (columns_ + 1));
        return state;
    }

    Turn turn(const State &state) const { return is_over(state) ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (is_over(state)) return;
        for_each_missing(state.lines, [&](Move line) { moves.add(line); });
    }

    Turn apply(State &state, Move line) const {
        if (line >= most_lines || !all_.has(line) || state.lines.has(line) || is_over(state)) [[unlikely]]
            return Turn::fault();
        put(state.lines, line);
        --state.left;
        unsigned closed = 0;
        for_each_beside(line, [&](unsigned row, unsigned column) {
            if (sides(state.lines, row, column) != 4) return;
            ++closed;
            const unsigned box = 8 * row + column;
            state.owned[0] |= Boxes{state.mover & 1u} << box;
            state.owned[1] |= Boxes{state.mover >> 1u & 1u} << box;
        });
        if (closed > 0) {
            std::uint8_t &boxes = state.boxes[state.mover % most_players];
            boxes = static_cast<std::uint8_t>(boxes + closed);
        } else {
            state.mover = static_cast<std::uint8_t>(state.mover + 1u == n_players_ ? 0 : state.mover + 1u);
        }
        return turn(state);
    }

    // The leaders share what the others lose, so that it adds up to zero: one leader of n has 1, the others -1/(n-1).
    void outcome(const State &state, float *util) const {
        const unsigned most = leading(state);
        const auto leaders = static_cast<float>(std::count(state.boxes, state.boxes + n_players_, most));
        const auto n = static_cast<float>(n_players_);
        for (unsigned player = 0; player < n_players_; ++player) {
            const float share = state.boxes[player] == most ? 1 / leaders : 0.0f;
            util[player] = (n * share - 1) / (n - 1);
        }
    }

    // Whose a box is does not matter any more, only how many each has.
    std::uint64_t hash(const State &state) const {
        std::uint64_t across, down;
        std::memcpy(&across, state.lines.across, sizeof across);
        std::memcpy(&down, state.lines.down, sizeof down);
        std::uint32_t boxes;
        std::memcpy(&boxes, state.boxes, sizeof boxes);
        const std::uint64_t rest = boxes | std::uint64_t{state.lines.across[most_boxes]} << 32 |
                                   std::uint64_t{state.lines.down[most_boxes]} << 40 |
                                   (std::uint64_t{state.mover} + 1) << 48;
        return parlour::mix64(parlour::mix64(across * 0x9e3779b97f4a7c15u + down) ^ rest);
    }

    // Lines lie as the bits of three words, of which one is drawn.
    Move random_move(const State &state, Rng &rng) const {
        std::uint64_t missing[2];
        std::memcpy(&missing[0], state.lines.across, 8);
        std::memcpy(&missing[1], state.lines.down, 8);
        const Lines &all = all_;
        std::uint64_t board[2];
        std::memcpy(&board[0], all.across, 8);
        std::memcpy(&board[1], all.down, 8);
        unsigned index = rng.below(state.left);
        for (unsigned i = 0; i < 2; ++i) {
            const std::uint64_t set = board[i] & ~missing[i];
            const auto count = static_cast<unsigned>(std::popcount(set));
            if (index < count) return (i == 0 ? 0 : first_down) + nth_bit(set, index);
            index -= count;
        }
        const unsigned across = unsigned{all.across[8]} & ~unsigned{state.lines.across[8]};
        const unsigned down = unsigned{all.down[8]} & ~unsigned{state.lines.down[8]};
        const unsigned set = across | down << 8;
        const unsigned bit = nth_bit(set, index);
        return bit < 8 ? across_line(8, bit) : down_line(8, bit - 8);
    }

    // Every line is drawn once, so a random game is a shuffled list of them.
    std::uint32_t playout(State &state, Rng &rng, std::uint32_t max_plies, float *util) const {
        std::array<std::uint8_t, most_lines> missing;
        unsigned n = 0;
        for_each_missing(state.lines, [&](Move line) { missing[n++] = static_cast<std::uint8_t>(line); });
        std::uint32_t plies = 0;
        for (; plies < max_plies && !is_over(state); ++plies) {
            const unsigned at = rng.below(n);
            const Move line = missing[at];
            missing[at] = missing[--n];
            apply(state, line);
        }
        return plies + parlour::random_playout(*this, state, rng, 0, util);
    }

    // ---- texts ----

    std::string move_text(const State &, Move line) const {
        const unsigned rank = rank_of(line), place = place_of(line);
        return is_across(line) ? dot_name(place, rank) + "-" + dot_name(place + 1, rank)
                               : dot_name(rank, place + 1) + "-" + dot_name(rank, place);
    }

    // Reads the two dots in any order and case, with or without a dash: "a1-b1", "B1A1".
    Move parse_move(const State &state, std::string_view text) const {
        const std::string dots = parlour::squeezed(text, " -");
        const std::string quoted = quote(text);
        if (dots.size() == 4) {
            const auto column = [&](std::size_t at) { return static_cast<unsigned>(dots[at] - 'a'); };
            const auto row = [&](std::size_t at) { return rows_ - static_cast<unsigned>(dots[at] - '1'); };
            const auto on_board = [&](std::size_t at) { return column(at) <= columns_ && row(at + 1) <= rows_; };
            if (on_board(0) && on_board(2)) {
                const unsigned left = std::min(column(0), column(2)), right = std::max(column(0), column(2));
                const unsigned top = std::min(row(1), row(3)), bottom = std::max(row(1), row(3));
                const bool across = top == bottom && left + 1 == right, down = left == right && top + 1 == bottom;
                if (!across && !down) {
                    throw Failure(PARLOUR_E_PARSE, quoted +
                                                       " are not two dots beside each other; write a line like " +
                                                       move_text(state, across_line(rows_, 0)));
                }
                const Move line = across ? across_line(top, left) : down_line(left, top);
                if (is_over(state)) throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not legal: the game is over");
                if (state.lines.has(line)) {
                    throw Failure(PARLOUR_E_ILLEGAL,
                                  quoted + " is not a legal move here: that line is drawn already");
                }
                return line;
            }
        }
        throw Failure(PARLOUR_E_PARSE,
                      quoted + " is not a move; write the two dots of a line, from a1 to " + dot_name(columns_, 0));
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row <= rows_; ++row) {
            if (row > 0) text += '/';
            for (unsigned column = 0; column < columns_; ++column) {
                text += state.lines.has(across_line(row, column)) ? '-' : '.';
            }
            if (row == rows_) break;
            text += '/';
            for (unsigned column = 0; column <= columns_; ++column) {
                text += state.lines.has(down_line(column, row)) ? '|' : '.';
                if (column == columns_) break;
                const int owner = owner_of(state, row, column);
                text += owner < 0 ? '.' : static_cast<char>('1' + owner);
            }
        }
        return text + " " + std::to_string(state.mover + 1);
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&](const std::string &what) {
            return Failure(PARLOUR_E_PARSE, what + "; a position looks like \"" + state_text(initial()) +
                                                "\", with - and | for lines, numbers for owners, and who moves");
        };
        State state{};
        Boxes named = 0; // those with an owner
        const auto next = [&](char drawn) {
            if (text.empty() || (text.front() != drawn && text.front() != '.')) {
                throw refuse(text.empty() ? std::string("the position is too short")
                                          : "\"" + std::string(1, text.front()) + "\" stands where " + drawn +
                                                " or . is meant");
            }
            const bool is_drawn = text.front() == drawn;
            text.remove_prefix(1);
            return is_drawn;
        };
        const auto draw = [&](Move line, char drawn) {
            if (!next(drawn)) {
                ++state.left;
                return;
            }
            put(state.lines, line);
        };
        const auto slash = [&] {
            if (text.empty() || text.front() != '/') throw refuse("a row has not the right length");
            text.remove_prefix(1);
        };
        for (unsigned row = 0; row <= rows_; ++row) {
            if (row > 0) slash();
            for (unsigned column = 0; column < columns_; ++column) draw(across_line(row, column), '-');
            if (row == rows_) break;
            slash();
            for (unsigned column = 0; column <= columns_; ++column) {
                draw(down_line(column, row), '|');
                if (column == columns_) break;
                const char c = text.empty() ? ' ' : text.front();
                const bool owned = c >= '1' && c < static_cast<char>('1' + static_cast<char>(n_players_));
                if (!owned && c != '.') throw refuse("the owner of a box is missing");
                text.remove_prefix(1);
                if (!owned) continue;
                const auto owner = static_cast<unsigned>(c - '1');
                state.owned[0] |= Boxes{owner & 1} << (8 * row + column);
                state.owned[1] |= Boxes{owner >> 1} << (8 * row + column);
                ++state.boxes[owner];
                named |= Boxes{1} << (8 * row + column);
            }
        }
        if (text.size() != 2 || text[0] != ' ' || text[1] < '1' || text[1] >= static_cast<char>('1' + n_players_)) {
            throw refuse("who moves is missing");
        }
        state.mover = static_cast<std::uint8_t>(text[1] - '1');
        const Boxes closed = Sides(state.lines, boxes_).with(4);
        if (named != closed)
            throw refuse((named & ~closed) != 0 ? "an open box has an owner" : "a closed box has no owner");
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover >= n_players_) return "there are " + std::to_string(n_players_) + " players";
        unsigned left = 0;
        for (unsigned rank = 0; rank <= most_boxes; ++rank) {
            const unsigned across = state.lines.across[rank], down = state.lines.down[rank];
            if ((across & ~all_.across[rank]) != 0 || (down & ~all_.down[rank]) != 0) {
                return "there is a line outside the board";
            }
            left += static_cast<unsigned>(std::popcount(all_.across[rank] & ~across) +
                                          std::popcount(all_.down[rank] & ~down));
        }
        if (state.left != left) return "the count of lines that are left is wrong";
        const Sides sides(state.lines, boxes_);
        const Boxes closed = sides.with(4);
        if (((state.owned[0] | state.owned[1]) & ~closed) != 0) return "an open box has an owner";
        unsigned boxes[most_players] = {};
        for (Boxes set = closed; set != 0; set &= set - 1) {
            const auto box = lowest_bit(set);
            const int owner = owner_of(state, box / 8, box % 8);
            if (owner < 0 || owner >= static_cast<int>(n_players_)) return "a closed box has no owner";
            ++boxes[owner];
        }
        for (unsigned player = 0; player < most_players; ++player) {
            if (state.boxes[player] != boxes[player])
                return "the count of " + player_name(player) + "'s boxes is wrong";
        }
        return {};
    }

    // ---- search ----

    // Boxes owned, and those that the mover can close now one after the other. For two players also who will have to
    // open the first chain, which is a matter of the parity of the lines that give nothing away (after Berlekamp, The
    // Dots and Boxes Game, 2000; the weights are hand-set).
    std::int32_t eval(const State &state, std::uint32_t player) const {
        Sides sides(state.lines, boxes_);
        const int taken = sides.take_all();
        const int open = std::popcount(boxes_ & ~sides.with(4));
        std::array<int, most_players> worth{};
        for (unsigned p = 0; p < n_players_; ++p)
            worth[p] = 16 * state.boxes[p] + (p == state.mover ? 16 * taken : 0);
        if (n_players_ == 2) {
            const int safe = sides.safe_lines(columns_, rows_);
            const bool mover_opens = safe % 2 == 0;
            worth[state.mover ^ (mover_opens ? 1 : 0)] += (safe == 0 ? 6 : 2) * open;
        }
        int sum = 0;
        for (unsigned p = 0; p < n_players_; ++p) sum += worth[p];
        const int ahead = static_cast<int>(n_players_) * worth[player] - sum;
        return ahead * 125 / (static_cast<int>(n_players_ - 1) * std::popcount(boxes_));
    }

    // What closes a box, then what gives nothing away.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            int points = 0;
            for_each_beside(moves[i], [&](unsigned row, unsigned column) {
                constexpr std::array<int, 4> worth{1, 2, -20, 100};
                points += worth[std::min(sides(state.lines, row, column), 3u)];
            });
            score[i] = static_cast<std::int16_t>(points);
        }
    }

    // Moves that close a box.
    void noisy(const State &state, MoveList &moves) const {
        if (is_over(state)) return;
        for_each_missing(state.lines, [&](Move line) {
            bool closes = false;
            for_each_beside(line, [&](unsigned row, unsigned column) {
                closes = closes || sides(state.lines, row, column) == 3;
            });
            if (closes) moves.add(line);
        });
    }

    // 1 turns left and right round, 2 top and bottom, and 4, on square boards, rows and columns.
    std::uint32_t symmetries() const { return columns_ == rows_ ? 8 : 4; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        image.lines = {};
        image.owned[0] = image.owned[1] = 0;
        for (unsigned rank = 0; rank <= most_boxes; ++rank) {
            for (unsigned bits = state.lines.across[rank]; bits != 0; bits &= bits - 1) {
                put(image.lines, map_move(symmetry, state, across_line(rank, lowest_bit(bits))));
            }
            for (unsigned bits = state.lines.down[rank]; bits != 0; bits &= bits - 1) {
                put(image.lines, map_move(symmetry, state, down_line(rank, lowest_bit(bits))));
            }
        }
        for (unsigned plane = 0; plane < 2; ++plane) {
            for (Boxes set = state.owned[plane]; set != 0; set &= set - 1) {
                const auto box = lowest_bit(set);
                unsigned row = box / 8, column = box % 8;
                if ((symmetry & 1) != 0) column = columns_ - 1 - column;
                if ((symmetry & 2) != 0) row = rows_ - 1 - row;
                if ((symmetry & 4) != 0) std::swap(row, column);
                image.owned[plane] |= Boxes{1} << (8 * row + column);
            }
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move line) const {
        const bool across = is_across(line);
        unsigned rank = rank_of(line), place = place_of(line);
        const bool turn_rank = (symmetry & (across ? 2u : 1u)) != 0,
                   turn_place = (symmetry & (across ? 1u : 2u)) != 0;
        if (turn_rank) rank = (across ? rows_ : columns_) - rank;
        if (turn_place) place = (across ? columns_ : rows_) - 1 - place;
        return across == ((symmetry & 4) == 0) ? across_line(rank, place) : down_line(rank, place);
    }

    // ---- people ----

    std::int64_t score(const State &state, std::uint32_t player) const { return state.boxes[player % most_players]; }

    std::string player_name(std::uint32_t player) const { return "Player " + std::to_string(player + 1); }

    std::string reason(const State &state) const {
        return "with " + std::to_string(leading(state)) + " of " + std::to_string(std::popcount(boxes_)) + " boxes";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (is_over(state)) return "The game is over.";
        if (from >= most_lines || !all_.has(from)) return "Touch a line between two dots.";
        return state.lines.has(from) ? "That line is drawn already." : "";
    }

    std::string rules() const {
        return "# Dots and Boxes\n\n"
               "The players take turns to draw a **line** between two dots beside each other.\n\n"
               "- Whoever draws the **fourth line** of a box owns that box and **has to move again**, as long as "
               "there "
               "are lines.\n"
               "- One line may close two boxes at once; then too one more line follows.\n\n"
               "## The end\n\n" +
               std::string(until_decided_
                               ? "As soon as nobody else can have as many boxes as the leader, the game is "
                                 "over; "
                               : "When all lines are drawn, ") +
               "whoever owns **most boxes** wins. Equal numbers share.\n\n"
               "## A hint\n\n"
               "Do not draw the third line of a box. Sooner or later somebody has to, and opens a whole **chain** of "
               "boxes: count the chains so that it is not you. Leaving the last two boxes of a long chain to the "
               "other "
               "side makes it open the next one.\n";
    }

    // ---- board: a cell a line; box_cell + 8 * row + column is a box ----

    static constexpr std::uint32_t box_cell = 200;

    void layout(Board &board) const {
        const auto width = static_cast<float>(columns_), height = static_cast<float>(rows_);
        board.extent(-0.5f, -0.5f, width + 0.5f, height + 0.5f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = slate,
                    .x = width / 2,
                    .y = height / 2,
                    .w = width + 0.9f,
                    .h = height + 0.9f});
        for (Boxes set = boxes_; set != 0; set &= set - 1) {
            const auto box = lowest_bit(set);
            board.cell({.id = box_cell + box,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = static_cast<float>(box % 8) + 0.5f,
                        .y = static_cast<float>(box / 8) + 0.5f});
        }
        for_each_missing({}, [&](Move line) {
            draw_line(board, line, 0.05f, 0x4a5c7cff, PARLOUR_CELL_NONE);
            draw_line(board, line, 0.34f, 0, line);
        });
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for_each_missing({}, [&](Move line) {
            if (state.lines.has(line)) draw_line(board, line, 0.12f, 0xf3f6fbff, line);
        });
        for (unsigned row = 0; row <= rows_; ++row) {
            for (unsigned column = 0; column <= columns_; ++column) {
                board.cell({.shape = PARLOUR_SHAPE_CIRCLE,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_DECOR,
                            .rgba = 0xf3f6fbff,
                            .x = static_cast<float>(column),
                            .y = static_cast<float>(row),
                            .w = 0.2f,
                            .h = 0.2f});
            }
        }
        for (Boxes set = boxes_; set != 0; set &= set - 1) {
            const auto box = lowest_bit(set);
            const int owner = owner_of(state, box / 8, box % 8);
            if (owner < 0) continue;
            const std::string label =
                std::to_string(owner + 1) + ", a box of " + player_name(static_cast<unsigned>(owner));
            board.piece({.cell = box_cell + box,
                         .kind = PARLOUR_PIECE_SQUARE,
                         .color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + owner),
                         .id = box + 1,
                         .label = label.c_str()});
        }
        for (unsigned player = 0; player < n_players_; ++player) {
            const std::string value = std::to_string(state.boxes[player]);
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Boxes",
                          .value = value.c_str()});
        }
    }

    void path(const State &, Move line, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(line);
    }

private:
    static constexpr std::uint32_t slate = 0x25324aff;

    // The four sides of all boxes as sets of boxes.
    struct Sides {
        Boxes top, bottom, left, right, board;

        Sides(const Lines &lines, Boxes board_) : board(board_) {
            std::memcpy(&top, lines.across, 8);
            std::memcpy(&bottom, lines.across + 1, 8);
            std::memcpy(&left, lines.down, 8);
            std::memcpy(&right, lines.down + 1, 8);
            left = transposed(left) & board;
            right = transposed(right) & board;
            top &= board;
            bottom &= board;
        }

        // The boxes that have exactly so many sides: 3 or 4.
        Boxes with(unsigned n) const {
            const Boxes level = top & bottom, upright = left & right;
            return n == 4 ? level & upright : (level & (left ^ right)) | (upright & (top ^ bottom));
        }

        // Closes boxes as long as there is one that lacks a single side, and counts them.
        int take_all() {
            int taken = 0;
            for (Boxes closing; (closing = with(3)) != 0;) {
                taken += std::popcount(closing);
                constexpr Boxes not_first = 0xfefefefefefefefeu, not_last = 0x7f7f7f7f7f7f7f7fu;
                top |= (closing | closing << 8) & board;
                bottom |= (closing | closing >> 8) & board;
                left |= (closing | (closing << 1 & not_first)) & board;
                right |= (closing | (closing >> 1 & not_last)) & board;
            }
            return taken;
        }

        // The missing lines that make no box lack a single side.
        int safe_lines(unsigned columns, unsigned rows) const {
            const Boxes two = (top & bottom) | (left & right) | ((top | bottom) & (left | right));
            const Boxes calm = board & ~two;
            constexpr Boxes first_column = 0x0101010101010101u;
            const Boxes last_column = first_column << (columns - 1), last_row = Boxes{0xff} << 8 * (rows - 1);
            return std::popcount(calm & ~top & (calm << 8 | Boxes{0xff})) + std::popcount(calm & ~bottom & last_row) +
                   std::popcount(calm & ~left & ((calm << 1 & ~first_column) | first_column)) +
                   std::popcount(calm & ~right & last_column);
        }
    };

    bool is_over(const State &state) const {
        if (state.left == 0) return true;
        if (!until_decided_) return false;
        unsigned most = 0, second = 0, open = static_cast<unsigned>(std::popcount(boxes_));
        for (const unsigned boxes : state.boxes) {
            open -= boxes;
            second = std::max(second, std::min(most, boxes));
            most = std::max(most, boxes);
        }
        return most > second + open;
    }

    unsigned leading(const State &state) const { return *std::max_element(state.boxes, state.boxes + n_players_); }

    static void put(Lines &lines, Move line) {
        std::uint8_t &bits = lines.of(line);
        bits = static_cast<std::uint8_t>(bits | 1u << place_of(line));
    }

    // How many sides of a box are drawn.
    static unsigned sides(const Lines &lines, unsigned row, unsigned column) {
        return (lines.across[row] >> column & 1u) + (lines.across[row + 1] >> column & 1u) +
               (lines.down[column] >> row & 1u) + (lines.down[column + 1] >> row & 1u);
    }

    // Calls with every line of the board that is not in `lines`, lines across first.
    template <class Call>
    void for_each_missing(const Lines &lines, Call call) const {
        for (unsigned row = 0; row <= rows_; ++row) {
            for (unsigned bits = all_.across[row] & ~lines.across[row]; bits != 0; bits &= bits - 1) {
                call(across_line(row, lowest_bit(bits)));
            }
        }
        for (unsigned column = 0; column <= columns_; ++column) {
            for (unsigned bits = all_.down[column] & ~lines.down[column]; bits != 0; bits &= bits - 1) {
                call(down_line(column, lowest_bit(bits)));
            }
        }
    }

    // Calls with row and column of the one or two boxes beside a line.
    template <class Call>
    void for_each_beside(Move line, Call call) const {
        const unsigned rank = rank_of(line), place = place_of(line), ranks = is_across(line) ? rows_ : columns_;
        for (unsigned beside = rank > 0 ? rank - 1 : 0; beside <= rank && beside < ranks; ++beside) {
            call(is_across(line) ? beside : place, is_across(line) ? place : beside);
        }
    }

    // The owner of a box, or -1 where it is open.
    static int owner_of(const State &state, unsigned row, unsigned column) {
        if (sides(state.lines, row, column) != 4) return -1;
        const unsigned box = 8 * row + column;
        return static_cast<int>((state.owned[0] >> box & 1) | (state.owned[1] >> box & 1) << 1);
    }

    std::string dot_name(unsigned column, unsigned row) const {
        return {static_cast<char>('a' + static_cast<char>(column)),
                static_cast<char>('1' + static_cast<char>(rows_ - row))};
    }

    // A bar along a line: with the id of a cell to be touched, or decoration; without colour it is not seen.
    void draw_line(Board &board, Move line, float thickness, std::uint32_t rgba, std::uint32_t id) const {
        const auto rank = static_cast<float>(rank_of(line)), middle = static_cast<float>(place_of(line)) + 0.5f;
        const bool across = is_across(line), decor = id == PARLOUR_CELL_NONE;
        const std::string name = move_text({}, line);
        board.cell({.id = id,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = rgba == 0 ? std::uint8_t{PARLOUR_COLOR_NONE} : std::uint8_t{PARLOUR_COLOR_RGBA},
                    .flags = decor ? std::uint8_t{PARLOUR_CELL_DECOR} : std::uint8_t{0},
                    .rgba = rgba,
                    .x = across ? middle : rank,
                    .y = across ? rank : middle,
                    .w = across ? 0.76f : thickness,
                    .h = across ? thickness : 0.76f,
                    .label = decor ? nullptr : name.c_str()});
    }

    unsigned columns_, rows_, n_players_;
    bool until_decided_;
    Boxes boxes_ = 0;
    Lines all_{};
};

} // namespace

PARLOUR_GAME(DotsAndBoxes);
