// Peg solitaire on the English board of 33 holes: jump over a peg into an empty hole and take it out, until one is
// left. A ply is one jump; several jumps of one peg are several plies.
//
//            a  b  c  d  e  f  g
//         1        2  3  4             bit = 8 * row + column, so that no jump runs over the edge: the eighth column
//         2       10 11 12             is never on the board. Rows are counted from the top, as in the literature of
//         3 16 17 18 19 20 21 22       the game (J. D. Beasley, G. I. Bell).
//         4 24 25 26 27 28 29 30
//         5 32 33 34 35 36 37 38       move = from | direction << 6, written "d2-d4"
//         6       42 43 44
//         7       50 51 52
//
// It is solved when one peg is left and stands in the goal: the hole that was empty at the start, which is the middle
// for the smaller figures, or any hole where the option says so. A position is written row by row, "o" for a peg and
// "." for an empty hole: "ooo/ooo/ooooooo/ooo.ooo/ooooooo/ooo/ooo".
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>
#include <optional>

namespace {

using parlour::Failure;
using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using Pegs = std::uint64_t; // a set of holes, one bit each

constexpr unsigned holes = 33, middle = 27;
constexpr unsigned first_in_row[7] = {2, 2, 0, 0, 0, 2, 2};

constexpr Pegs bit(unsigned hole) {
    return Pegs{1} << hole;
}
constexpr int count(Pegs set) {
    return std::popcount(set);
}

constexpr Pegs board = [] {
    Pegs set = 0;
    for (unsigned row = 0; row < 7; ++row) {
        for (unsigned column = first_in_row[row]; column < 7 - first_in_row[row]; ++column)
            set |= bit(8 * row + column);
    }
    return set;
}();
static_assert(count(board) == holes);

// Directions turn the board's bits: right, down, left, up.
enum Direction : unsigned { right = 0, down = 1, left = 2, up = 3 };
constexpr std::array<int, 4> turns{1, 8, -1, -8};
constexpr Pegs shifted(Pegs set, int by) {
    return by > 0 ? set << by : set >> -by;
}

constexpr Move encode(unsigned from, unsigned direction) {
    return from | direction << 6;
}
constexpr unsigned from_of(Move move) {
    return move & 63;
}
constexpr unsigned direction_of(Move move) {
    return move >> 6 & 3;
}
constexpr unsigned to_of(Move move) {
    return (from_of(move) + static_cast<unsigned>(2 * turns[direction_of(move)])) & 63;
}

// The pegs that can jump in a direction.
constexpr Pegs jumpers(Pegs pegs, unsigned direction) {
    const int back = -turns[direction];
    return pegs & shifted(pegs, back) & shifted(board & ~pegs, 2 * back);
}
constexpr bool can_jump(Pegs pegs) {
    return (jumpers(pegs, right) | jumpers(pegs, down) | jumpers(pegs, left) | jumpers(pegs, up)) != 0;
}
// The holes beside those of a set.
constexpr Pegs beside(Pegs set) {
    return (set << 1 | set >> 1 | set << 8 | set >> 8) & board;
}

// The pegs of a picture of the board, row by row; nothing when it is none.
constexpr std::optional<Pegs> read_picture(std::string_view text) {
    Pegs pegs = 0;
    Pegs left_over = board;
    for (const char c : text) {
        const bool peg = c == 'o' || c == 'O' || c == 'x' || c == 'X' || c == '*' || c == '1';
        if (c == '/' || c == ' ') continue;
        if ((!peg && c != '.' && c != '-' && c != '0') || left_over == 0) return std::nullopt;
        if (peg) pegs |= bit(lowest_bit(left_over));
        left_over &= left_over - 1;
    }
    return left_over == 0 ? std::optional(pegs) : std::nullopt;
}

// The problems of the literature, smallest first, and the whole game.
constexpr std::array<const char *, 7> figures{"full", "cross", "plus", "fireplace", "pyramid", "arrow", "diamond"};
constexpr std::array<const char *, 7> figure_labels{
    "Full board (32)", "Latin cross (6)", "Plus (9)", "Fireplace (11)", "Pyramid (16)", "Arrow (17)", "Diamond (24)"};
constexpr std::array<std::string_view, 7> figure_pictures{
    "ooo/ooo/ooooooo/ooo.ooo/ooooooo/ooo/ooo", ".../.o./..ooo../...o.../...o.../.../...",
    ".../.o./...o.../.ooooo./...o.../.o./...", "ooo/ooo/..ooo../..o.o../......./.../...",
    ".../.o./..ooo../.ooooo./ooooooo/.../...", ".o./ooo/.ooooo./...o.../...o.../ooo/ooo",
    ".o./ooo/.ooooo./ooo.ooo/.ooooo./ooo/.o."};

constexpr std::array<const char *, 2> goals{"same", "any"};
constexpr std::array<const char *, 2> goal_labels{"In the hole that was empty", "Anywhere"};

constexpr std::uint32_t pegs_counter = 1;

class PegSolitaire {
public:
    static constexpr parlour::GameAbout about{
        .id = "peg_solitaire",
        .name = "Peg Solitaire",
        .family = "puzzle",
        .summary = "Jump over pegs and take them out, until a single one is left in the middle.",
        .author = "Parlour",
        .flags = 0,
        .players_min = 1,
        .players_max = 1,
        // There are 38 rows of three holes, and in each of them at most one of the two jumps is possible.
        .max_moves = 38,
        .move_space = 256,
        // Every jump takes a peg; one stays, and with all 33 there is no jump.
        .max_plies = 31,
        .util_min = 0,
        .util_max = 1,
        .accent = 0x8A5A2BFF};

    static constexpr std::array options{
        parlour::Option::choice("figure", "Figure", "Which pegs stand on the board; the smaller are easier.", "full",
                                figures, figure_labels),
        parlour::Option::text("hole", "Empty hole",
                              "The hole that is empty at the start of the full board, from its column and row.",
                              "d4"),
        parlour::Option::choice("goal", "Last peg", "Where the last peg has to stand.", "same", goals, goal_labels)};

    explicit PegSolitaire(const parlour::OptionValues &values) {
        const auto at = std::find(figures.begin(), figures.end(), values.text("figure")) - figures.begin();
        start_ = *read_picture(figure_pictures[static_cast<std::size_t>(at)]);
        const std::optional<unsigned> hole = read_hole(values.text("hole"));
        if (!hole) {
            throw Failure(PARLOUR_E_ARG, "option hole takes a hole like d4 or c1, not \"" +
                                             values.text("hole").substr(0, 40) + "\"");
        }
        const unsigned empty = at == 0 ? *hole : middle;
        if (at == 0) start_ = board & ~bit(empty);
        goal_ = values.text("goal") == "any" ? board : bit(empty);
    }

    struct State {
        Pegs pegs;
    };

    // ---- rules ----

    State initial() const { return {start_}; }

    Turn turn(const State &state) const { return can_jump(state.pegs) ? Turn::of(0) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        for (unsigned direction = 0; direction < 4; ++direction) {
            for (Pegs set = jumpers(state.pegs, direction); set != 0; set &= set - 1) {
                moves.add(encode(lowest_bit(set), direction));
            }
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned from = from_of(move), direction = direction_of(move);
        if (move >= about.move_space || (jumpers(state.pegs, direction) & bit(from)) == 0) [[unlikely]]
            return Turn::fault();
        const Pegs start = bit(from), taken = shifted(start, turns[direction]);
        state.pegs ^= start | taken | shifted(taken, turns[direction]);
        return turn(state);
    }

    // 1 for a solution, otherwise a half for one peg in a wrong hole, and less in even steps for each one more.
    void outcome(const State &state, float *util) const {
        util[0] = is_solved(state) ? 1.0f : 0.5f * static_cast<float>(33 - count(state.pegs)) / 32.0f;
    }

    std::uint64_t hash(const State &state) const { return parlour::mix64(state.pegs + 0x9e3779b97f4a7c15u); }

    // One of the legal jumps, each as likely: they are counted, and only the one that is drawn is looked up.
    Move random_move(const State &state, Rng &rng) const {
        std::array<Pegs, 4> sets;
        int total = 0;
        for (unsigned direction = 0; direction < 4; ++direction) {
            sets[direction] = jumpers(state.pegs, direction);
            total += count(sets[direction]);
        }
        int left_over = static_cast<int>(rng.below(static_cast<std::uint32_t>(total)));
        unsigned direction = 0;
        while (left_over >= count(sets[direction])) left_over -= count(sets[direction++]);
        return encode(nth_bit(sets[direction], static_cast<unsigned>(left_over)), direction);
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        return hole_name(from_of(move)) + "-" + hole_name(to_of(move));
    }

    // Reads that, also as "D2 d4", "d2d4" or "d2xd4".
    Move parse_move(const State &state, std::string_view text) const {
        std::string plain;
        for (const char c : text) {
            if (c != '-' && c != ' ' && c != 'x' && c != 'X') plain += c;
        }
        const std::string quoted = quote(text);
        const std::string_view view = plain;
        const std::optional<unsigned> from = read_hole(view.substr(0, 2));
        const std::optional<unsigned> to = view.size() == 4 ? read_hole(view.substr(2)) : std::nullopt;
        if (!from || !to) {
            throw Failure(PARLOUR_E_PARSE, quoted + " is not a jump; write d2-d4: from which hole into which");
        }
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        for (const Move move : moves) {
            if (from_of(move) == *from && to_of(move) == *to) return move;
        }
        std::string example;
        if (!moves.empty()) example = "; a legal jump is " + move_text(state, moves[0]);
        throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal jump here" + example);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < 7; ++row) {
            if (row > 0) text += '/';
            for (unsigned column = first_in_row[row]; column < 7 - first_in_row[row]; ++column) {
                text += (state.pegs & bit(8 * row + column)) != 0 ? 'o' : '.';
            }
        }
        return text;
    }

    State parse_state(std::string_view text) const {
        const std::optional<Pegs> pegs = read_picture(text);
        if (!pegs) {
            throw Failure(PARLOUR_E_PARSE,
                          "a position is the 33 holes row by row, o for a peg and . for an empty hole, like "
                          "\"ooo/ooo/ooooooo/ooo.ooo/ooooooo/ooo/ooo\"");
        }
        return {*pegs};
    }

    std::string check(const State &state) const {
        if ((state.pegs & ~board) != 0) return "there is a peg outside the board";
        if (state.pegs == 0) return "there is no peg on the board";
        return {};
    }

    // ---- for engines ----

    // Few pegs that stand close together, can jump, and are not stuck in the corners. A peg in a hole of the goal's
    // colour, of the four that jumps do not mix, is needed to the end; and the pegs of each colour can only get fewer
    // (the simplest of the pagoda functions of Berlekamp, Conway and Guy). The weights are hand-set.
    std::int32_t eval(const State &state, std::uint32_t) const {
        constexpr Pegs corners = bit(2) | bit(4) | bit(16) | bit(22) | bit(32) | bit(38) | bit(50) | bit(52);
        constexpr Pegs inside = beside(beside(bit(middle))) | beside(bit(middle)) | bit(middle);
        int jumps = 0;
        for (unsigned direction = 0; direction < 4; ++direction) jumps += count(jumpers(state.pegs, direction));
        const int alone = count(state.pegs & ~beside(state.pegs));
        int value = 700 - 25 * count(state.pegs) + 8 * std::min(jumps, 10) - 30 * alone -
                    20 * count(state.pegs & corners) + 6 * count(state.pegs & inside);
        if (count(goal_) == 1 && (state.pegs & of_colour(lowest_bit(goal_))) == 0) value -= 400;
        return value;
    }

    // Jumps out of the corners first, then those towards the middle.
    void order(const State &, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = static_cast<std::int16_t>(distance(from_of(moves[i])) - distance(to_of(moves[i])));
        }
    }

    // The eight symmetries of the square, where the goal has them.
    std::uint32_t symmetries() const { return goal_ == board || goal_ == bit(middle) ? 8 : 1; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        Pegs image = 0;
        for (Pegs set = state.pegs; set != 0; set &= set - 1) image |= bit(image_of(symmetry, lowest_bit(set)));
        return {image};
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        const unsigned from = image_of(symmetry, from_of(move)), to = image_of(symmetry, to_of(move));
        unsigned direction = 0;
        while (direction < 3 && to_of(encode(from, direction)) != to) ++direction;
        return encode(from, direction);
    }

    // ---- for people ----

    // The pegs that are left.
    std::int64_t score(const State &state, std::uint32_t) const { return count(state.pegs); }

    std::string player_name(std::uint32_t) const { return "Player"; }

    std::string reason(const State &state) const {
        if (can_jump(state.pegs)) return {};
        const int pegs = count(state.pegs);
        if (is_solved(state)) return "with the last peg in " + hole_name(lowest_bit(state.pegs));
        if (pegs == 1) {
            return "with the last peg in " + hole_name(lowest_bit(state.pegs)) + " instead of " +
                   hole_name(lowest_bit(goal_));
        }
        return "with " + std::to_string(pegs) + " pegs left";
    }

    std::string rules() const {
        const std::string where =
            goal_ == board ? "wherever it stands" : "in **" + hole_name(lowest_bit(goal_)) + "**";
        return "# Peg Solitaire\n\n"
               "A game for one. The board has 33 holes in the shape of a cross. You have solved it when a **single "
               "peg** is left, " +
               where +
               ".\n\n"
               "## A jump\n\n"
               "- A peg jumps over a peg **beside it**, across or along, into the **empty hole** right behind it. "
               "Pegs never jump slanting.\n"
               "- The peg that was jumped over is **taken out**.\n\n"
               "Touch the peg, then the hole it jumps into. The game ends when no peg can jump.\n\n"
               "## Good to know\n\n"
               "Each peg keeps to one of four sets of holes, as it moves two holes at a time. Bring in the pegs of "
               "the arms early: those left behind at the edge are hard to reach. If the full board is too much, "
               "begin with a smaller figure.\n\n"
               "Columns are a to g, rows 1 to 7 from the top: `d2-d4`.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (!can_jump(state.pegs)) return "No peg can jump any more.";
        if (!on_board(from)) return {};
        if ((state.pegs & bit(from)) == 0) return "There is no peg in " + hole_name(from) + ".";
        if (!on_board(to) || to == from) {
            for (unsigned direction = 0; direction < 4; ++direction) {
                if ((jumpers(state.pegs, direction) & bit(from)) != 0) return {};
            }
            return "That peg cannot jump: it needs a peg beside it and an empty hole behind that.";
        }
        if ((state.pegs & bit(to)) != 0) return "There is a peg in " + hole_name(to) + " already.";
        for (unsigned direction = 0; direction < 4; ++direction) {
            if (to_of(encode(from, direction)) == to) return "There is no peg to jump over.";
        }
        return "A peg jumps two holes across or along, over the peg between.";
    }

    // ---- the board: a cell for each hole, with the number of its bit ----

    void layout(parlour::Board &drawing) const {
        drawing.extent(-0.5f, -0.5f, 7.5f, 7.5f);
        const auto disc = [&](float x, float y, float size, std::uint32_t rgba, std::uint8_t flags) {
            drawing.cell({.shape = PARLOUR_SHAPE_CIRCLE,
                          .color = PARLOUR_COLOR_RGBA,
                          .flags = static_cast<std::uint8_t>(PARLOUR_CELL_DECOR | flags),
                          .rgba = rgba,
                          .x = x,
                          .y = y,
                          .w = size,
                          .h = size});
        };
        disc(3.5f, 3.5f, 7.96f, 0x5B3820FF, PARLOUR_CELL_RAISED);
        disc(3.5f, 3.5f, 7.56f, 0x9C6B3FFF, 0);
        disc(3.5f, 3.52f, 7.4f, 0x8C5D35FF, 0);
        for (Pegs set = board; set != 0; set &= set - 1) {
            const unsigned hole = lowest_bit(set);
            const std::string label = hole_name(hole);
            const float x = static_cast<float>(hole % 8) + 0.5f, y = static_cast<float>(hole / 8) + 0.5f;
            disc(x, y + 0.025f, 0.76f, 0xB98A5AFF, 0); // light on the lower rim
            drawing.cell({.id = hole,
                          .shape = PARLOUR_SHAPE_CIRCLE,
                          .color = PARLOUR_COLOR_RGBA,
                          .rgba = 0x4A2C18FF,
                          .x = x,
                          .y = y,
                          .w = 0.74f,
                          .h = 0.74f,
                          .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &drawing) const {
        for (Pegs set = state.pegs; set != 0; set &= set - 1) {
            drawing.piece(
                {.cell = lowest_bit(set), .color = PARLOUR_COLOR_LIGHT, .scale = 0.94f, .label = "o (peg)"});
        }
        if (count(goal_) == 1) {
            drawing.mark({.cell_a = lowest_bit(goal_), .kind = PARLOUR_MARK_RING, .color = PARLOUR_COLOR_ACCENT});
        }
        const std::string value = std::to_string(count(state.pegs));
        drawing.widget({.id = pegs_counter,
                        .kind = PARLOUR_WIDGET_COUNTER,
                        .player = 0,
                        .label = "Pegs",
                        .value = value.c_str()});
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        path.cell(from_of(move));
        path.cell(to_of(move));
    }

private:
    static bool on_board(std::uint32_t hole) { return hole < 64 && (board & bit(hole)) != 0; }

    static std::string hole_name(unsigned hole) {
        return {static_cast<char>('a' + hole % 8), static_cast<char>('1' + hole / 8)};
    }
    static std::optional<unsigned> read_hole(std::string_view text) {
        if (text.size() != 2) return std::nullopt;
        const int column = parlour::small(text[0]) - 'a', row = text[1] - '1';
        if (column < 0 || column > 6 || row < 0 || row > 6) return std::nullopt;
        const auto hole = static_cast<unsigned>(8 * row + column);
        return on_board(hole) ? std::optional(hole) : std::nullopt;
    }

    // The holes of the same column and row but for even distances: where a peg in `hole` can come from.
    static Pegs of_colour(unsigned hole) {
        constexpr Pegs even_columns = 0x0055005500550055; // of even rows
        const bool odd_column = hole % 2 != 0, odd_row = hole / 8 % 2 != 0;
        return even_columns << (odd_column ? 1 : 0) << (odd_row ? 8 : 0) & board;
    }

    static int distance(unsigned hole) {
        const int column = static_cast<int>(hole % 8) - 3, row = static_cast<int>(hole / 8) - 3;
        return column * column + row * row;
    }

    static unsigned image_of(std::uint32_t symmetry, unsigned hole) {
        unsigned row = hole / 8, column = hole % 8;
        if ((symmetry & 4) != 0) column = 6 - column;
        for (unsigned turn = 0; turn < (symmetry & 3); ++turn) {
            const unsigned turned = 6 - row;
            row = column;
            column = turned;
        }
        return 8 * row + column;
    }

    bool is_solved(const State &state) const { return count(state.pegs) == 1 && (state.pegs & goal_) != 0; }

    Pegs start_ = 0, goal_ = 0;
};

} // namespace

PARLOUR_GAME(PegSolitaire);
