// Hex on rhombs of 2x2 to 19x19, with the swap rule if wanted.
//
//       a  b  c  d            cell = size * row + column; a cell touches the two before and behind it in its row, the
//     1  0  1  2  3           ones above it and above to the right, below it and below to the left:
//      2  4  5  6  7
//       3  8  9 10 11              (-1, 0) (-1,+1)
//        4 12 13 14 15          (0,-1)  cell  (0,+1)
//           a  b  c  d             (+1,-1) (+1, 0)
//
// Black joins the top and the bottom, White the left and the right; Black moves first. A full board joins exactly one
// pair of sides, so there are no draws (Hein, Nash; proof by Gale 1979).
//
// With the swap rule White may answer the first stone by taking it: the stone changes its colour and is mirrored in
// the long diagonal, which gives White the same position that Black had ("swap-pieces" of HexGui). It is move 361.
//
// A position is written row by row from the top, b and w for stones and numbers for runs of empty cells, then the
// side to move: "4/1b2/4/4 w". Whose turn it is tells whether there was a swap: then White has the stone more. SGF as
// HexGui writes it is read as well: SZ, AB, AW, PL and the moves B and W, "swap-pieces" among them.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <array>
#include <bit>
#include <cmath>
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
using parlour::quote;
using parlour::Rng;
using parlour::squeezed;
using parlour::Turn;

constexpr unsigned most_size = 19, most_cells = most_size * most_size, words = (most_cells + 63) / 64;
constexpr std::uint16_t off_board = 0xffff;
constexpr Move swap_move = most_cells;
constexpr std::uint32_t swap_button = 1000, first_label = 2000;

// A set of cells, one bit each.
struct Cells {
    std::uint64_t word[words];

    bool has(unsigned cell) const { return (word[cell / 64] >> cell % 64 & 1) != 0; }
    void add(unsigned cell) { word[cell / 64] |= std::uint64_t{1} << cell % 64; }
    unsigned count() const {
        int sum = 0;
        for (const std::uint64_t part : word) sum += std::popcount(part);
        return static_cast<unsigned>(sum);
    }
    bool operator==(const Cells &) const = default;
};

// Calls `each` for every cell of the set, in order.
template <class Each>
void for_each_cell(const Cells &cells, Each each) {
    for (unsigned i = 0; i < words; ++i) {
        for (std::uint64_t left = cells.word[i]; left != 0; left &= left - 1) {
            each(64 * i + lowest_bit(left));
        }
    }
}

// The six ways from a cell, around it: row and column. Between each and the next one lies a bridge.
constexpr std::array<std::array<int, 2>, 6> ways{{{-1, 0}, {-1, 1}, {0, 1}, {1, 0}, {1, -1}, {0, -1}}};

// Two cells with two common neighbours: as long as both of these are empty, nobody can part them.
struct Bridge {
    std::uint16_t to = off_board, first = 0, second = 0;
};

class Hex {
public:
    static constexpr parlour::GameAbout about{.id = "hex",
                                              .name = "Hex",
                                              .family = "connection",
                                              .summary = "Join your two sides of the board by a chain of stones.",
                                              .author = "Parlour",
                                              .max_moves = most_cells,      // 361 cells, or 360 and the swap
                                              .move_space = most_cells + 1, // the last one is the swap
                                              .max_plies = most_cells + 1,  // every cell, and the swap
                                              .accent = 0x7d5a34ff};

    static constexpr std::array options{
        Option::integer("size", "Board", "How many cells a side of the board has.", "11", 2, most_size),
        Option::boolean("swap", "Swap rule", "White may take over Black's first stone instead of answering it.",
                        false)};

    explicit Hex(const OptionValues &values)
        : size_(static_cast<unsigned>(values.integer("size"))), cells_(size_ * size_), swap_(values.boolean("swap")) {
        for (unsigned cell = 0; cell < cells_; ++cell) {
            board_.add(cell);
            padded_[cell] = static_cast<std::uint16_t>((cell / size_ + 1) * (size_ + 2) + cell % size_ + 1);
            for (unsigned i = 0; i < 6; ++i) neighbours_[cell][i] = beside(cell, ways[i]);
            for (unsigned i = 0; i < 6; ++i) {
                const unsigned next = (i + 1) % 6;
                const std::array far{ways[i][0] + ways[next][0], ways[i][1] + ways[next][1]};
                bridges_[cell][i] = {beside(cell, far), neighbours_[cell][i], neighbours_[cell][next]};
            }
        }
        // The playout's board has a rim: it belongs to the sides' starting and goal edges.
        for (unsigned i = 0; i < size_; ++i) {
            rim_[i + 1] = joined_mark(0);
            rim_[(size_ + 1) * (size_ + 2) + i + 1] = goal_mark(0);
            rim_[(i + 1) * (size_ + 2)] = joined_mark(1);
            rim_[(i + 1) * (size_ + 2) + size_ + 1] = goal_mark(1);
        }
    }

    struct State {
        Cells stones[2]; // of Black and of White
        Cells joined[2]; // those that hang together with the top, and with the left
        std::uint8_t mover;
        std::uint8_t over;     // 1 when the player who moved last has joined both sides
        std::uint8_t may_swap; // 1 after the first stone, with the swap rule
        std::uint8_t reserved[5];
    };
    static_assert(sizeof(State) == 200);

    // ---- rules ----

    State initial() const { return {}; }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        for_each_cell(empty_cells(state), [&](unsigned cell) { moves.add(cell); });
        if (state.may_swap != 0) moves.add(swap_move);
    }

    Turn apply(State &state, Move move) const {
        if (state.over != 0) [[unlikely]]
            return Turn::fault();
        if (move == swap_move) {
            if (state.may_swap == 0) [[unlikely]]
                return Turn::fault();
            const unsigned stone = mirrored(first_stone(state));
            state = {};
            place(state, 1, stone);
            return turn(state);
        }
        if (move >= cells_ || state.stones[0].has(move) || state.stones[1].has(move)) [[unlikely]]
            return Turn::fault();
        const bool first = swap_ && state.mover == 0 && state.stones[0] == Cells{} && state.stones[1] == Cells{};
        state.over = place(state, state.mover, move);
        state.mover ^= 1;
        state.may_swap = first && state.over == 0;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[state.mover] = -1.0f;
        util[state.mover ^ 1] = 1.0f;
    }

    std::uint64_t hash(const State &state) const {
        std::uint64_t hash = 1u + state.mover + 2u * state.may_swap;
        for (unsigned i = 0; 64 * i < cells_; ++i) {
            hash = parlour::mix64(hash ^ state.stones[0].word[i]) + 0x9e3779b97f4a7c15u;
            hash = parlour::mix64(hash ^ state.stones[1].word[i]) + 0x9e3779b97f4a7c15u;
        }
        return hash;
    }

    // On a board of bytes with a rim, one draw from the list of empty cells a ply: no list of moves, and chains grow
    // only from stones that have just come to hang together with their edge.
    std::uint32_t playout(State &state, Rng &rng, std::uint32_t max_plies, float *util) const {
        std::uint32_t plies = 0;
        while (swap_ && plies < max_plies && state.over == 0 && state.stones[1] == Cells{}) {
            const unsigned choices = cells_ - state.stones[0].count() + state.may_swap;
            unsigned move = rng.below(choices);
            if (state.may_swap != 0) move = move == 0 ? swap_move : move - (move <= first_stone(state));
            apply(state, move);
            ++plies;
        }
        if (state.over == 0 && plies < max_plies) plies += fill(state, rng, max_plies - plies);
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const { return move >= cells_ ? "swap" : cell_name(move); }

    // As move_text writes it, in any case.
    Move parse_move(const State &state, std::string_view text) const {
        const std::string name = squeezed(text), quoted = quote(text);
        const bool swaps = name == "swap" || name == "swap-pieces";
        const Move move = swaps ? swap_move : read_cell(name);
        if (move == off_board) {
            throw Failure(PARLOUR_E_PARSE, quoted + " is no cell of this board; they are " + cell_name(0) + " to " +
                                               cell_name(cells_ - 1));
        }
        if (swaps && state.may_swap == 0) {
            throw Failure(PARLOUR_E_ILLEGAL, swap_ ? "only the first stone can be swapped, at once"
                                                   : "this game is played without the swap rule");
        }
        if (state.over != 0) throw Failure(PARLOUR_E_ILLEGAL, "the game is over");
        if (!swaps && !empty_cells(state).has(move))
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here; the cell is taken");
        return move;
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < size_; ++row) {
            unsigned gap = 0;
            const auto end_gap = [&] {
                if (gap > 0) text += std::to_string(gap);
                gap = 0;
            };
            if (row > 0) text += '/';
            for (unsigned cell = row * size_; cell < (row + 1) * size_; ++cell) {
                const bool black = state.stones[0].has(cell), white = state.stones[1].has(cell);
                if (black || white) end_gap();
                if (black || white) {
                    text += black ? 'b' : 'w';
                } else {
                    ++gap;
                }
            }
            end_gap();
        }
        return text + (state.mover == 0 ? " b" : " w");
    }

    State parse_state(std::string_view text) const {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
        return text.starts_with('(') || text.starts_with(';') ? parse_sgf(text) : parse_rows(text);
    }

    std::string check(const State &state) const {
        for (const Cells &stones : state.stones) {
            for (unsigned i = 0; i < words; ++i) {
                if ((stones.word[i] & ~board_.word[i]) != 0) return "there is a stone outside the board";
            }
        }
        for (unsigned i = 0; i < words; ++i) {
            if ((state.stones[0].word[i] & state.stones[1].word[i]) != 0) return "a cell has two stones";
        }
        if (state.mover > 1 || state.over > 1 || state.may_swap > 1) return "the bytes are not a position of hex";
        for (const std::uint8_t byte : state.reserved) {
            if (byte != 0) return "the bytes are not a position of hex";
        }
        const auto ahead = static_cast<int>(state.stones[0].count()) - static_cast<int>(state.stones[1].count());
        if (ahead != state.mover && !(swap_ && ahead == state.mover - 1)) {
            return "the numbers of stones do not fit the side to move";
        }
        const State right = completed(state);
        if (has_won(right, state.mover)) return "the side to move has joined its sides already";
        if (!(right.joined[0] == state.joined[0]) || !(right.joined[1] == state.joined[1]) ||
            right.over != state.over || right.may_swap != state.may_swap) {
            return "the bytes are not a position of hex";
        }
        return {};
    }

    // ---- search ----

    // How many stones each side still needs to join its edges, where bridges count as joined; a stone's difference is
    // worth 200 thousandths of a game, half of it being the move. The distance is that of Queenbee (van Rijswijck,
    // Computer Hex, 2000) with bridges in place of its second-best neighbour.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const auto black = static_cast<std::int32_t>(distance(state, 0));
        const auto white = static_cast<std::int32_t>(distance(state, 1));
        std::int32_t sum = 200 * (white - black) + (state.mover == 0 ? 100 : -100);
        if (black == 0) sum += 400;
        if (white == 0) sum -= 400;
        return player == 0 ? sum : -sum;
    }

    // Cells on short ways of both sides first, then those near the middle (the potentials of Queenbee).
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        std::array<std::array<Distances, 2>, 2> far;
        for (const unsigned side : {0u, 1u}) {
            for (const unsigned edge : {0u, 1u}) measure(state, side, edge, far[side][edge]);
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = 0;
            if (moves[i] >= cells_) continue;
            const auto cell = moves[i];
            int ways_through = 0;
            for (const unsigned side : {0u, 1u})
                ways_through += std::min(far[side][0][cell] + far[side][1][cell], 99);
            const int row = static_cast<int>(2 * (cell / size_)), column = static_cast<int>(2 * (cell % size_));
            const int middle = static_cast<int>(size_) - 1;
            score[i] =
                static_cast<std::int16_t>(-100 * ways_through - std::abs(row - middle) - std::abs(column - middle));
        }
    }

    // Half a turn of the board.
    std::uint32_t symmetries() const { return 2; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        if (symmetry == 0) return state;
        State image{};
        for (const unsigned side : {0u, 1u}) {
            for_each_cell(state.stones[side], [&](unsigned cell) { image.stones[side].add(cells_ - 1 - cell); });
        }
        image.mover = state.mover;
        return completed(image);
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return symmetry == 0 || move >= cells_ ? move : cells_ - 1 - move;
    }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        return state.mover == 1 ? "by joining top and bottom" : "by joining left and right";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.over != 0) return "The game is over.";
        return from < cells_ && !empty_cells(state).has(from) ? "That cell is taken." : "";
    }

    std::string rules() const {
        return "# Hex\n\n"
               "**Black** and **White** take turns to put a stone of their colour on any empty cell. Black begins. "
               "Stones never move and are never taken.\n\n"
               "## The end\n\n"
               "- Black wins with an unbroken chain of black stones from the **top** to the **bottom** of the "
               "board.\n"
               "- White wins with one from the **left** to the **right**.\n\n"
               "The four corner cells belong to both sides that meet there. There are **no draws**: when the board "
               "is full, exactly one of the two has a chain.\n\n" +
               std::string(swap_ ? "## The swap\n\n"
                                   "The first stone is a great advantage. So White may, instead of the first answer, "
                                   "**swap**: Black's stone becomes a white one on the cell mirrored in the long "
                                   "diagonal, and Black moves again. Press *Swap*, or touch the stone.\n\n"
                                 : "") +
               "## Good to know\n\n"
               "Two stones of yours with two empty cells between them that touch both are a **bridge**: if the other "
               "side takes one of these cells, you take the other one. To stop a chain, stand in its way from afar; "
               "right beside it, it runs around you.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        const float right = x_of(size_ - 1, size_ - 1), bottom = y_of(size_ - 1);
        board.extent(-1.75f, -1.6f, right + 1.75f, bottom + 1.6f);
        draw_edges(board);
        for (unsigned i = 0; i < size_; ++i) {
            draw_label_cell(first_label + i, x_of(0, i) - 0.6f, -1.25f, board);
            draw_label_cell(first_label + size_ + i, x_of(i, 0) - 1.35f, y_of(i) + 0.1f, board);
        }
        for (unsigned cell = 0; cell < cells_; ++cell) draw_cell(cell, 0xd8b482ff, board);
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        if (state.over != 0) show_chain(state, state.mover ^ 1u, board);
        for (const unsigned side : {0u, 1u}) {
            for_each_cell(state.stones[side], [&](unsigned cell) {
                board.piece({.cell = cell,
                             .color = static_cast<std::uint8_t>(side == 0 ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                             .scale = 0.78f,
                             .label = side == 0 ? "black stone" : "White stone"});
            });
        }
        for (unsigned i = 0; i < size_; ++i) {
            draw_label(first_label + i, std::string(1, static_cast<char>('a' + i)), board);
            draw_label(first_label + size_ + i, std::to_string(i + 1), board);
        }
        if (state.may_swap != 0) {
            board.widget(
                {.id = swap_button, .kind = PARLOUR_WIDGET_BUTTON, .player = 1, .key = 's', .label = "Swap"});
        }
    }

    // A swap is entered by its button, or by a touch of the stone.
    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (move != swap_move) {
            if (alternative == 0) path.cell(move);
        } else if (alternative == 0) {
            path.button(swap_button);
        } else if (alternative == 1 && state.may_swap != 0) {
            path.cell(first_stone(state));
        }
    }

private:
    using Distances = std::array<std::uint8_t, most_cells>;
    static constexpr std::uint8_t far_away = 200;
    static constexpr std::uint32_t chain_color = 0xf0b429ff;
    static constexpr float cell_width = 1.1547f, row_height = 0.8660f; // of hexagons one unit across

    // ---- geometry ----

    std::uint16_t beside(unsigned cell, const std::array<int, 2> &way) const {
        const int row = static_cast<int>(cell / size_) + way[0], column = static_cast<int>(cell % size_) + way[1];
        const int size = static_cast<int>(size_);
        if (row < 0 || column < 0 || row >= size || column >= size) return off_board;
        return static_cast<std::uint16_t>(row * size + column);
    }
    // How far a cell is from the first edge of a side (0), or from its goal (1).
    unsigned steps_from(unsigned cell, unsigned side, unsigned edge) const {
        const unsigned along = side == 0 ? cell / size_ : cell % size_;
        return edge == 0 ? along : size_ - 1 - along;
    }
    unsigned mirrored(unsigned cell) const { return cell % size_ * size_ + cell / size_; }

    Cells empty_cells(const State &state) const {
        Cells empty;
        for (unsigned i = 0; i < words; ++i) {
            empty.word[i] = board_.word[i] & ~(state.stones[0].word[i] | state.stones[1].word[i]);
        }
        return empty;
    }
    static unsigned first_stone(const State &state) {
        unsigned first = 0;
        for_each_cell(state.stones[0], [&](unsigned cell) { first = cell; });
        return first;
    }

    // ---- chains ----

    // Puts a stone, and adds to the joined ones what hangs together with the first edge now. Whether the goal is
    // reached.
    bool place(State &state, unsigned side, unsigned cell) const {
        const Cells &own = state.stones[side];
        Cells &joined = state.joined[side];
        state.stones[side].add(cell);
        bool hangs = steps_from(cell, side, 0) == 0;
        for (const std::uint16_t near : neighbours_[cell]) hangs |= near != off_board && joined.has(near);
        if (!hangs) return false;
        std::array<std::uint16_t, most_cells> stack;
        unsigned height = 0;
        bool reached = false;
        joined.add(cell);
        stack[height++] = static_cast<std::uint16_t>(cell);
        while (height > 0) {
            const unsigned at = stack[--height];
            reached |= steps_from(at, side, 1) == 0;
            for (const std::uint16_t near : neighbours_[at]) {
                if (near == off_board || !own.has(near) || joined.has(near)) continue;
                joined.add(near);
                stack[height++] = near;
            }
        }
        return reached;
    }

    // A position whose stones and side to move are right, with the rest worked out from them.
    State completed(const State &from) const {
        State state{};
        for (const unsigned side : {0u, 1u}) {
            for_each_cell(from.stones[side], [&](unsigned cell) { place(state, side, cell); });
        }
        state.mover = from.mover;
        state.over = has_won(state, 0) || has_won(state, 1);
        state.may_swap = swap_ && state.over == 0 && state.mover == 1 && state.stones[0].count() == 1 &&
                         state.stones[1] == Cells{};
        return state;
    }

    bool has_won(const State &state, unsigned side) const {
        bool reached = false;
        for_each_cell(state.joined[side],
                      [&](unsigned cell) { reached = reached || steps_from(cell, side, 1) == 0; });
        return reached;
    }

    // ---- playout ----

    static constexpr std::uint8_t stone_mark(unsigned side) { return static_cast<std::uint8_t>(1u << side); }
    static constexpr std::uint8_t joined_mark(unsigned side) { return static_cast<std::uint8_t>(4u << side); }
    static constexpr std::uint8_t goal_mark(unsigned side) { return static_cast<std::uint8_t>(16u << side); }

    // Random stones until the end, or `most` of them; how many there were.
    std::uint32_t fill(State &state, Rng &rng, std::uint32_t most) const {
        std::array<std::uint8_t, (most_size + 2) * (most_size + 2)> board = rim_;
        for (const unsigned side : {0u, 1u}) {
            for_each_cell(state.stones[side], [&](unsigned cell) { board[padded_[cell]] |= stone_mark(side); });
            for_each_cell(state.joined[side], [&](unsigned cell) { board[padded_[cell]] |= joined_mark(side); });
        }
        std::array<std::uint16_t, most_cells> empty;
        unsigned left = 0;
        for_each_cell(empty_cells(state), [&](unsigned cell) { empty[left++] = static_cast<std::uint16_t>(cell); });

        const int width = static_cast<int>(size_) + 2;
        const std::array<int, 6> near{-width, 1 - width, -1, 1, width - 1, width};
        unsigned side = state.mover, over = 0;
        std::uint32_t plies = 0;
        for (; plies < most && over == 0; ++plies, side ^= 1) {
            const unsigned drawn = rng.below(left);
            const unsigned cell = empty[drawn];
            empty[drawn] = empty[--left];
            state.stones[side].add(cell);
            const auto at = static_cast<int>(padded_[cell]);
            const auto byte = [&](int place) -> std::uint8_t & { return board[static_cast<std::size_t>(place)]; };
            unsigned around = 0;
            for (const int step : near) around |= byte(at + step);
            byte(at) = stone_mark(side);
            if ((around & joined_mark(side)) == 0) continue;

            std::array<std::uint16_t, most_cells> stack;
            unsigned height = 0;
            const auto join = [&](int place) {
                byte(place) |= joined_mark(side);
                stack[height++] = static_cast<std::uint16_t>(place);
            };
            join(at);
            while (height > 0) {
                const int from = stack[--height];
                for (const int step : near) {
                    const unsigned found = byte(from + step);
                    over |= found & goal_mark(side);
                    if ((found & (stone_mark(side) | joined_mark(side))) == stone_mark(side)) join(from + step);
                }
            }
        }
        for (const unsigned each : {0u, 1u}) {
            state.joined[each] = {};
            for_each_cell(state.stones[each], [&](unsigned cell) {
                if ((board[padded_[cell]] & joined_mark(each)) != 0) state.joined[each].add(cell);
            });
        }
        state.mover = static_cast<std::uint8_t>(side);
        state.over = over != 0;
        state.may_swap = 0;
        return plies;
    }

    // ---- distances ----

    // For every cell, the stones that a side has to add, the one on the cell itself among them, to join it with one
    // of its edges. Bridges cost nothing.
    void measure(const State &state, unsigned side, unsigned edge, Distances &far) const {
        const Cells &own = state.stones[side], &other = state.stones[side ^ 1];
        far.fill(far_away);
        // Cells whose distance is the present one, and those of the next; each is listed once a distance.
        std::array<std::array<std::uint16_t, most_cells>, 2> lists;
        std::array<unsigned, 2> sizes{0, 0};
        unsigned distance = 0;
        const auto is_empty = [&](unsigned cell) { return !own.has(cell) && !other.has(cell); };
        const auto offer = [&](unsigned cell) {
            if (other.has(cell)) return;
            const unsigned cost = own.has(cell) ? 0 : 1;
            if (far[cell] <= distance + cost) return;
            far[cell] = static_cast<std::uint8_t>(distance + cost);
            const unsigned list = (distance + cost) & 1;
            lists[list][sizes[list]++] = static_cast<std::uint16_t>(cell);
        };
        for (unsigned cell = 0; cell < cells_; ++cell) {
            const unsigned steps = steps_from(cell, side, edge);
            if (steps == 0 || (steps == 1 && bridges_edge(cell, side, edge, is_empty))) offer(cell);
        }
        for (; sizes[0] + sizes[1] > 0; ++distance) {
            const unsigned list = distance & 1;
            while (sizes[list] > 0) {
                const unsigned cell = lists[list][--sizes[list]];
                if (far[cell] != distance) continue;
                for (const std::uint16_t near : neighbours_[cell]) {
                    if (near != off_board) offer(near);
                }
                for (const Bridge &bridge : bridges_[cell]) {
                    if (bridge.to == off_board || far[bridge.to] <= distance) continue;
                    if (is_empty(bridge.first) && is_empty(bridge.second)) offer(bridge.to);
                }
            }
        }
    }

    // Whether both cells between a cell of the second row and the edge are empty.
    template <class IsEmpty>
    bool bridges_edge(unsigned cell, unsigned side, unsigned edge, const IsEmpty &is_empty) const {
        unsigned found = 0;
        for (const std::uint16_t near : neighbours_[cell]) {
            found += near != off_board && steps_from(near, side, edge) == 0 && is_empty(near);
        }
        return found == 2;
    }

    unsigned distance(const State &state, unsigned side) const {
        Distances far;
        measure(state, side, 0, far);
        const auto is_empty = [&](unsigned cell) { return !state.stones[0].has(cell) && !state.stones[1].has(cell); };
        unsigned best = far_away;
        for (unsigned cell = 0; cell < cells_; ++cell) {
            const unsigned steps = steps_from(cell, side, 1);
            if (steps > 1 || far[cell] >= best) continue;
            if (steps == 0 || bridges_edge(cell, side, 1, is_empty)) best = far[cell];
        }
        return best;
    }

    // ---- reading ----

    std::string cell_name(unsigned cell) const {
        return static_cast<char>('a' + cell % size_) + std::to_string(cell / size_ + 1);
    }
    // The cell of a name in small letters, or off_board.
    unsigned read_cell(std::string_view name) const {
        if (name.size() < 2 || name.size() > 3 || name[0] < 'a') return off_board;
        const auto column = static_cast<unsigned>(name[0] - 'a');
        const auto row = parlour::whole_number(name.substr(1), 1, size_);
        return column < size_ && row ? (*row - 1) * size_ + column : off_board;
    }

    Failure refusal(const std::string &why) const {
        return {PARLOUR_E_PARSE, why + "; a position is written like " + state_text(initial())};
    }

    State parse_rows(std::string_view text) const {
        State state{};
        const std::size_t end = std::min(text.find(' '), text.size());
        unsigned row = 0, column = 0, run = 0;
        const auto end_run = [&] {
            column += run;
            run = 0;
            if (column > size_)
                throw refusal("row " + std::to_string(row + 1) + " has more than " + std::to_string(size_) +
                              " cells");
        };
        for (const char c : text.substr(0, end)) {
            if (c >= '0' && c <= '9') {
                run = std::min(run * 10 + static_cast<unsigned>(c - '0'), 1000u);
                continue;
            }
            end_run();
            if (c == '/') {
                if (column != size_) throw refusal("row " + std::to_string(row + 1) + " is not complete");
                if (++row == size_) throw refusal("there are more than " + std::to_string(size_) + " rows");
                column = 0;
            } else if (c == 'b' || c == 'w' || c == 'B' || c == 'W') {
                if (column < size_) state.stones[c == 'w' || c == 'W'].add(row * size_ + column);
                ++run;
                end_run();
            } else {
                throw refusal("\"" + std::string(1, c) + "\" is neither a stone nor a number");
            }
        }
        end_run();
        if (row + 1 != size_ || column != size_) throw refusal("the board is not complete");
        const std::string side = squeezed(text.substr(end));
        if (side != "b" && side != "w") throw refusal("the side to move is missing");
        state.mover = side == "w";
        return completed(state);
    }

    // The first variation of a game in SGF: stones set up, then moves played by the rules.
    State parse_sgf(std::string_view text) const {
        State state{};
        std::string property;
        bool fresh = true; // the next letter begins a property's name
        std::size_t at = 0;
        for (; at < text.size() && text[at] != ')'; ++at) {
            const char c = text[at];
            if (c >= 'A' && c <= 'Z') {
                if (fresh) property.clear();
                fresh = false;
                property += c;
            } else if (c == '[') {
                const std::size_t end = text.find(']', at);
                if (end == std::string_view::npos) throw refusal("a value of the SGF text has no ] at its end");
                read_property(property, squeezed(text.substr(at + 1, end - at - 1)), state);
                at = end;
                fresh = true;
            }
        }
        if (at == text.size() && text.starts_with('(')) throw refusal("the SGF text has no ) at its end");
        return state;
    }
    void read_property(std::string_view property, const std::string &value, State &state) const {
        const bool sets = property == "AB" || property == "AW", plays = property == "B" || property == "W";
        const unsigned side = property.ends_with('W');
        if (property == "SZ" && value != std::to_string(size_)) {
            throw Failure(PARLOUR_E_PARSE, "the SGF text is about a board of size " + value.substr(0, 10) +
                                               ", this one has " + std::to_string(size_) +
                                               "; start the game with --option size=" + value.substr(0, 10));
        }
        if (property == "GM" && value != "11") {
            throw Failure(PARLOUR_E_PARSE,
                          "the SGF text is of another game: GM[" + value.substr(0, 10) + "], hex has GM[11]");
        }
        if (property == "PL") {
            state.mover = value.starts_with('w');
            state = completed(state);
        }
        if (plays && state.mover != side)
            throw refusal("it is not the turn of the stone on \"" + value.substr(0, 10) + "\"");
        if (plays) apply(state, parse_move(state, value));
        if (sets) {
            const std::size_t colon = value.find(':');
            const auto cell_in = [&](const std::string &name) {
                const unsigned cell = read_cell(name);
                if (cell != off_board) return cell;
                throw Failure(PARLOUR_E_PARSE, "\"" + name.substr(0, 10) +
                                                   "\" is no cell of this board; they are a1 to " +
                                                   cell_name(cells_ - 1) + ", and lists like a1:c3");
            };
            const unsigned first = cell_in(value.substr(0, colon));
            const unsigned last = colon == std::string::npos ? first : cell_in(value.substr(colon + 1));
            for (unsigned row = first / size_; row <= last / size_; ++row) {
                for (unsigned column = first % size_; column <= last % size_; ++column) {
                    state.stones[side].add(row * size_ + column);
                }
            }
            state.mover = state.stones[0].count() > state.stones[1].count();
            state = completed(state);
        }
    }

    // ---- drawing ----

    float x_of(unsigned row, unsigned column) const {
        return static_cast<float>(column) + 0.5f * static_cast<float>(row);
    }
    static float y_of(unsigned row) { return row_height * static_cast<float>(row); }

    // The wood's edges are dark in every theme; an outline would have the theme's colour of lines.
    void draw_cell(unsigned cell, std::uint32_t rgba, Board &board) const {
        const std::string name = cell_name(cell);
        const auto draw = [&](std::uint32_t id, std::uint8_t flags, std::uint32_t fill, float width) {
            board.cell({.id = id,
                        .shape = PARLOUR_SHAPE_HEX_POINTY,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = flags,
                        .rgba = fill,
                        .x = x_of(cell / size_, cell % size_),
                        .y = y_of(cell / size_),
                        .w = width,
                        .h = width,
                        .label = name.c_str()});
        };
        draw(cell, 0, 0x6b4a26ff, cell_width);
        draw(PARLOUR_CELL_NONE, PARLOUR_CELL_DECOR, rgba, 0.94f * cell_width);
    }
    static void draw_label_cell(std::uint32_t id, float x, float y, Board &board) {
        board.cell({.id = id,
                    .color = PARLOUR_COLOR_NONE,
                    .flags = PARLOUR_CELL_DECOR,
                    .x = x,
                    .y = y,
                    .w = 0.75f,
                    .h = 0.75f});
    }

    static void draw_label(std::uint32_t cell, const std::string &text, Board &board) {
        board.piece({.cell = cell,
                     .kind = PARLOUR_PIECE_GLYPH,
                     .color = PARLOUR_COLOR_NEUTRAL,
                     .scale = 0.8f,
                     .glyph = text.c_str(),
                     .label = text.c_str()});
    }

    // The board's rim around the cells: a wooden frame, and in it four bands that show whose each side is. They meet
    // on the diagonals; the two sharp corners are cut off.
    void draw_edges(Board &board) const {
        const float middle_x = x_of(size_ - 1, size_ - 1) / 2, middle_y = y_of(size_ - 1) / 2;
        // A band's corners from the middle of the board: the cut at the sharp corner, then the blunt one.
        const auto draw_band = [&](unsigned side, float width, float cut, float sign, std::uint32_t rgba) {
            constexpr float half = 0.5f, root = 0.8660254f;
            const float edge = cell_width * half + width; // from the centre of an edge cell straight out
            const float tip = 2 * edge;                   // from a corner cell's centre along the long diagonal
            const float along = (tip - cut) / root;
            std::array<float, 8> xy{0,
                                    0,
                                    -root * cut,
                                    -half * cut,
                                    along - root * tip,
                                    -edge,
                                    x_of(0, size_ - 1) + edge / root - half * edge / root,
                                    -edge};
            for (std::size_t i = 2; i < xy.size(); i += 2) {
                xy[i] -= middle_x;
                xy[i + 1] -= middle_y;
            }
            for (std::size_t i = 0; i < xy.size(); i += 2) {
                const float x = xy[i], y = xy[i + 1];
                // The long diagonal, thirty degrees downwards, mirrors Black's sides into White's.
                xy[i] = sign * (side == 0 ? x : half * x + root * y);
                xy[i + 1] = sign * (side == 0 ? y : root * x - half * y);
            }
            board.cell({.shape = PARLOUR_SHAPE_POLYGON,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_DECOR,
                        .rgba = rgba,
                        .x = middle_x,
                        .y = middle_y,
                        .xy = xy});
        };
        for (const bool frame : {true, false}) {
            for (const unsigned side : {0u, 1u}) {
                for (const float sign : {1.0f, -1.0f}) {
                    const std::uint32_t rgba = frame ? 0x5f4330ffu : side == 0 ? 0x23262effu : 0xf4f1eaffu;
                    draw_band(side, frame ? 0.37f : 0.27f, frame ? 1.1f : 1.0f, sign, rgba);
                }
            }
        }
    }

    // A shortest chain of the winner stands on shining cells.
    void show_chain(const State &state, unsigned side, Board &board) const {
        std::array<std::uint16_t, most_cells> queue, came;
        came.fill(off_board);
        unsigned head = 0, tail = 0;
        for_each_cell(state.joined[side], [&](unsigned cell) {
            if (steps_from(cell, side, 0) != 0) return;
            came[cell] = static_cast<std::uint16_t>(cell);
            queue[tail++] = static_cast<std::uint16_t>(cell);
        });
        while (head < tail) {
            unsigned at = queue[head++];
            if (steps_from(at, side, 1) == 0) {
                for (; came[at] != at; at = came[at]) draw_cell(at, chain_color, board);
                draw_cell(at, chain_color, board);
                return;
            }
            for (const std::uint16_t near : neighbours_[at]) {
                if (near == off_board || !state.joined[side].has(near) || came[near] != off_board) continue;
                came[near] = static_cast<std::uint16_t>(at);
                queue[tail++] = near;
            }
        }
    }

    unsigned size_, cells_;
    bool swap_;
    Cells board_{};
    std::array<std::array<std::uint16_t, 6>, most_cells> neighbours_{};
    std::array<std::array<Bridge, 6>, most_cells> bridges_{};
    std::array<std::uint16_t, most_cells> padded_{}; // a cell's place on the playout's board
    std::array<std::uint8_t, (most_size + 2) * (most_size + 2)> rim_{};
};

} // namespace

PARLOUR_GAME(Hex);
