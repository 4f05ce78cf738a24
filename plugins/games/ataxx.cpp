// Ataxx on 7x7, with or without walls: the rules of libataxx (github.com/kz04px/libataxx), whose counts the tests
// know.
//
//         a  b  c  d  e  f  g           bit = 8 * row + column, rows from the top. Column 7 and row 7 are never part
//      7  X  1  2  3  4  5  O  .        of the board, so that a step to the side leaves it and never wraps.
//      6  8  9 10 11 12 13 14  .
//      5 16 17 18 19 20 21 22  .        A move is  to (6 bits) | from (6 bits):  from = to puts a new disc beside an
//      4 24 25 26 27 28 29 30  .        old one ("f2", whichever disc it grows from), else a disc jumps two squares
//      3 32 33 34 35 36 37 38  .        away ("g1f3"); 63 twice is the pass.
//      2 40 41 42 43 44 45 46  .
//      1  O 49 50 51 52 53  X  .        X moves first.
//
// Who cannot move passes. The game ends when neither side can move or one has no disc: more discs win. It is drawn
// after 100 plies in a row without a new disc, passes included; the other endings come before that one.
//
// A position is a FEN: rows from the top, x, o, - for a wall, numbers for empty squares; then who moves, and how many
// plies there were without a new disc. A number of the full move may follow and is not kept.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>

namespace {

using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::Option;
using parlour::quote;
using parlour::read_number;
using parlour::Turn;
using parlour::words_of;
using Squares = std::uint64_t;

constexpr unsigned size = 7, off_board = 63;
constexpr unsigned draw_plies = 100;
constexpr Move pass_move = off_board | off_board << 6;

constexpr Squares bit(unsigned square) {
    return Squares{1} << square;
}
constexpr int count(Squares set) {
    return std::popcount(set);
}
constexpr unsigned row_of(unsigned square) {
    return square / 8;
}
constexpr unsigned column_of(unsigned square) {
    return square % 8;
}

constexpr Squares whole_board = 0x007f7f7f7f7f7f7f;

// The squares of the set and those beside them.
constexpr Squares grown(Squares set) {
    const Squares wide = (set | set << 1 | set >> 1) & whole_board;
    return (wide | wide << 8 | wide >> 8) & whole_board;
}

// From every square, those one step away and those two steps away.
struct Around {
    std::array<Squares, 64> near{}, far{};
};
constexpr Around around = [] {
    Around table;
    for (unsigned square = 0; square < 64; ++square) {
        if ((whole_board & bit(square)) == 0) continue;
        const Squares one = grown(bit(square));
        table.near[square] = one & ~bit(square);
        table.far[square] = grown(one) & ~one;
    }
    return table;
}();

// The sixteen ways of a jump: the shift, and the columns from which it does not wrap.
struct Jump {
    int shift;
    Squares columns;
};
constexpr auto jumps = [] {
    constexpr Squares first_column = 0x0001010101010101, last_column = first_column << (size - 1);
    std::array<Jump, 16> all{};
    std::size_t n = 0;
    for (int dy = -2; dy <= 2; ++dy) {
        for (int dx = -2; dx <= 2; ++dx) {
            if (dx != 2 && dx != -2 && dy != 2 && dy != -2) continue;
            const Squares wrapping = dx == 2 ? last_column : dx == -2 ? first_column : 0;
            all[n++] = {8 * dy + dx, whole_board & ~wrapping};
        }
    }
    return all;
}();
constexpr Squares jumped(Squares set, const Jump &jump) {
    const Squares from = set & jump.columns;
    return jump.shift > 0 ? from << jump.shift : from >> -jump.shift;
}

constexpr unsigned to_of(Move move) {
    return move & 63;
}
constexpr unsigned from_of(Move move) {
    return move >> 6 & 63;
}
constexpr bool is_jump(Move move) {
    return to_of(move) != from_of(move);
}

// The walls that a game begins with, in the order of the option's choices.
constexpr std::array<const char *, 4> wall_ids{"none", "four", "five", "cross"};
constexpr std::array<const char *, 4> wall_labels{"None", "Four", "Five, with the centre", "A cross of four"};
constexpr std::array<Squares, 4> wall_sets{0, bit(18) | bit(20) | bit(34) | bit(36),
                                           bit(18) | bit(20) | bit(27) | bit(34) | bit(36),
                                           bit(19) | bit(26) | bit(28) | bit(35)};

enum Ending : std::uint16_t { running = 0, no_moves = 1, no_discs = 2, no_growth = 3 };

class Ataxx {
public:
    static constexpr parlour::GameAbout about{
        .id = "ataxx",
        .name = "Ataxx",
        .family = "territory",
        .summary = "Grow or jump, and turn every disc that you land beside.",
        .author = "Parlour",
        // A jump has a disc at one end and an empty square at the other, and each of them has at most 16: with n
        // discs of the mover there are at most 16 * min(n, 49 - n) jumps and 49 - n new discs, so 16 * 24 + 25.
        .max_moves = 409,
        .move_space = 64 * 64,
        // Discs never become fewer, so from two on at most 47 are new; before each of them, and after the last,
        // there are at most 99 plies without one before the hundredth ends the game.
        .max_plies = 48 * draw_plies,
        .accent = 0x3f5a8aff};

    static constexpr std::array options{
        Option::choice("walls", "Walls", "Squares that nobody can enter.", "none", wall_ids, wall_labels)};

    explicit Ataxx(const parlour::OptionValues &values) {
        for (std::size_t i = 0; i < wall_ids.size(); ++i) {
            if (values.text("walls") == wall_ids[i]) walls_ = wall_sets[i];
        }
    }

    struct State {
        Squares discs[2]; // of X, of O
        Squares walls;
        std::uint32_t quiet; // plies since the last new disc
        std::uint16_t mover;
        std::uint16_t ending;

        Squares own() const { return discs[mover]; }
        Squares other() const { return discs[1 - mover]; }
        Squares all() const { return discs[0] | discs[1]; }
        Squares empty() const { return whole_board & ~(all() | walls); }
    };
    static_assert(sizeof(State) == 32);

    // ---- rules ----

    State initial() const {
        State state{};
        state.discs[0] = bit(0) | bit(54);
        state.discs[1] = bit(6) | bit(48);
        state.walls = walls_;
        return state;
    }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.mover) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Squares own = state.own(), empty = state.empty();
        for (Squares left = grown(own) & empty; left != 0; left &= left - 1) {
            const unsigned to = lowest_bit(left);
            moves.add(to | to << 6);
        }
        for (Squares left = own; left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left);
            for (Squares ends = around.far[from] & empty; ends != 0; ends &= ends - 1) {
                moves.add(lowest_bit(ends) | from << 6);
            }
        }
        if (moves.empty()) moves.add(pass_move);
    }

    Turn apply(State &state, Move move) const {
        if (state.ending != running) return Turn::fault();
        ++state.quiet;
        if (move != pass_move) {
            const unsigned to = to_of(move), from = from_of(move);
            Squares &own = state.discs[state.mover], &other = state.discs[1 - state.mover];
            if ((state.empty() & bit(to)) == 0) return Turn::fault();
            const Squares turned = around.near[to] & other;
            if (from == to) {
                state.quiet = 0;
            } else {
                own &= ~bit(from);
            }
            own |= turned | bit(to);
            other &= ~turned;
        }
        state.mover ^= 1;
        state.ending = ending_of(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        const int ahead = state.ending == no_growth ? 0 : count(state.discs[0]) - count(state.discs[1]);
        util[0] = ahead > 0 ? 1.0f : ahead < 0 ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    // The count of quiet plies is in it only from half of the limit on: before, no search looks far enough ahead for
    // it to matter, and equal positions should meet in its tables.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t late = state.quiet >= draw_plies / 2 ? state.quiet : 0u;
        const std::uint64_t rest =
            late << 8 | std::uint64_t{state.ending} << 4 | std::uint64_t{state.mover} << 1 | 1u;
        return parlour::mix64(parlour::mix64(state.discs[0] ^ rest << 50) ^ state.discs[1] * 0x9e3779b97f4a7c15u ^
                              std::rotl(state.walls, 7) * 0xd6e8feb86659fd93u ^ rest >> 8);
    }

    // One of the legal moves, each as likely: jumps are counted by their sixteen ways, and only the one that is drawn
    // is looked up.
    Move random_move(const State &state, parlour::Rng &rng) const {
        const Squares own = state.own(), empty = state.empty(), beside = grown(own) & empty;
        std::array<Squares, 16> ends;
        std::array<int, 16> n;
        int total = count(beside);
        for (std::size_t i = 0; i < jumps.size(); ++i) {
            ends[i] = jumped(own, jumps[i]) & empty;
            n[i] = count(ends[i]);
            total += n[i];
        }
        if (total == 0) return pass_move;
        int index = static_cast<int>(rng.below(static_cast<std::uint32_t>(total)));
        if (index < count(beside)) {
            const unsigned to = nth_bit(beside, index);
            return to | to << 6;
        }
        index -= count(beside);
        std::size_t way = 0;
        while (index >= n[way]) index -= n[way++];
        const unsigned to = nth_bit(ends[way], index);
        return to | (to - static_cast<unsigned>(jumps[way].shift)) << 6;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        if (move == pass_move) return "pass";
        return is_jump(move) ? square_text(from_of(move)) + square_text(to_of(move)) : square_text(to_of(move));
    }

    // Reads that, with "0000" for a pass, anything but letters and digits between the squares, and both squares of a
    // new disc as well ("g1f1").
    Move parse_move(const State &state, std::string_view text) const {
        std::string plain;
        for (const char c : text) {
            const char lower = parlour::small(c);
            if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) plain += lower;
        }
        const bool passes = plain == "pass" || plain == "0000";
        const unsigned first = square_named(plain, 0), second = square_named(plain, 2);
        if (!passes && (first == off_board || (plain.size() > 2 && second == off_board) || plain.size() > 4)) {
            throw parlour::not_a_move(*this, text, "f2 for a new disc, g1f3 for a jump");
        }
        Move move = pass_move;
        if (!passes) {
            const unsigned to = plain.size() == 4 ? second : first;
            const bool grows = plain.size() == 2 || (around.near[to] & bit(first) & state.own()) != 0;
            move = to | (grows ? to : first) << 6;
        }
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        if (std::find(moves.begin(), moves.end(), move) != moves.end()) return move;
        if (state.ending == running && passes) {
            throw parlour::illegal_move(*this, state, text, "you pass only when no disc can go anywhere");
        }
        if (state.ending == running && plain.size() == 2 && ((state.all() & ~state.walls) & bit(first)) != 0) {
            throw parlour::illegal_move(*this, state, text, "that square is taken");
        }
        throw parlour::illegal_move(*this, state, text, first, plain.size() == 4 ? second : PARLOUR_CELL_NONE);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < size; ++row) {
            if (row > 0) text += '/';
            unsigned gap = 0;
            for (unsigned column = 0; column < size; ++column) {
                const Squares here = bit(8 * row + column);
                if ((state.empty() & here) != 0) {
                    ++gap;
                    continue;
                }
                if (gap > 0) text += std::to_string(gap);
                gap = 0;
                text += (state.walls & here) != 0 ? '-' : (state.discs[0] & here) != 0 ? 'x' : 'o';
            }
            if (gap > 0) text += std::to_string(gap);
        }
        return text + (state.mover == 0 ? " x " : " o ") + std::to_string(state.quiet);
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [](const std::string &what) {
            return parlour::Failure(PARLOUR_E_PARSE,
                                    what + "; a position looks like \"x5o/7/2-1-2/7/2-1-2/7/o5x x 0\"");
        };
        const std::vector<std::string_view> words = words_of(text);
        if (words.size() < 2 || words.size() > 4) throw refuse("a board and the side to move are needed");

        State state{};
        unsigned row = 0, column = 0;
        for (const char c : words[0]) {
            if (c == '/') {
                if (column != size) throw refuse("row " + std::to_string(row + 1) + " does not have seven squares");
                ++row;
                column = 0;
                continue;
            }
            const bool number = c >= '1' && c <= '7';
            const unsigned wide = number ? static_cast<unsigned>(c - '0') : 1;
            if (row >= size || column + wide > size) throw refuse("the board is larger than 7 x 7");
            const Squares here = bit(8 * row + column);
            if (c == 'x' || c == 'X' || c == 'b' || c == 'B') {
                state.discs[0] |= here;
            } else if (c == 'o' || c == 'O' || c == 'w' || c == 'W') {
                state.discs[1] |= here;
            } else if (c == '-') {
                state.walls |= here;
            } else if (!number) {
                throw refuse("\"" + std::string(1, c) + "\" is not a square");
            }
            column += wide;
        }
        if (row != size - 1 || column != size) throw refuse("the board has fewer than 7 x 7 squares");

        const char side = words[1].size() == 1 ? static_cast<char>(words[1][0] | 0x20) : '?';
        if (side != 'x' && side != 'b' && side != 'o' && side != 'w') throw refuse("x or o, who moves, comes second");
        state.mover = side == 'o' || side == 'w';
        if (words.size() > 2) state.quiet = read_number(words[2], 0, draw_plies);
        if (words.size() > 3) read_number(words[3], 0, 100000);
        state.ending = ending_of(state);
        return state;
    }

    std::string check(const State &state) const {
        const Squares all = state.all();
        if (((all | state.walls) & ~whole_board) != 0) return "there is something outside the board";
        if ((state.discs[0] & state.discs[1]) != 0 || (all & state.walls) != 0)
            return "a square has two things on it";
        if (all == 0) return "there are no discs";
        if (count(all) < 2) return "a game never has fewer than two discs";
        if (state.mover > 1) return "there are two sides";
        if (state.quiet > draw_plies) return "the game ends after 100 plies without a new disc";
        if (state.ending != ending_of(state)) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Discs, worth more the fewer squares are left to win them back from, then room to grow, and the move. All
    // weights are our own and not tuned; that discs and room count is common to programs of the game.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Squares own = state.own(), other = state.other(), empty = state.empty();
        const int left = count(empty), discs = count(own) - count(other);
        const int room = count(grown(own) & empty) - count(grown(other) & empty);
        int score = discs * (30 + 50 * (49 - left) / 49) + 4 * room + 60;
        // Towards the draw every advantage is worth less.
        if (state.quiet > draw_plies / 2) score = score * static_cast<int>(draw_plies - state.quiet) / 50;
        return player == state.mover ? score : -score;
    }

    // Discs turned, then growing before jumping, then landing among one's own and leaving no hole: an order of our
    // own. There is no list of noisy moves: almost every move turns something, to the end.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Squares own = state.own(), other = state.other();
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = 0;
            if (moves[i] == pass_move) continue;
            const Squares beside = around.near[to_of(moves[i])];
            int value = 20 * count(beside & other) + 2 * count(beside & own) + 2 * (8 - count(beside));
            if (is_jump(moves[i])) {
                value -= 10 + 6 * count(around.near[from_of(moves[i])] & own);
            }
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        image.discs[0] = image_of(symmetry, state.discs[0]);
        image.discs[1] = image_of(symmetry, state.discs[1]);
        image.walls = image_of(symmetry, state.walls);
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        if (move == pass_move) return move;
        return image_of_square(symmetry, to_of(move)) | image_of_square(symmetry, from_of(move)) << 6;
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const { return count(state.discs[player]); }
    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        if (state.ending == no_growth) return "after a hundred moves without a new disc";
        if (state.ending == no_discs) return "by turning every disc";
        const int first = count(state.discs[0]), second = count(state.discs[1]);
        return "on discs " + std::to_string(std::max(first, second)) + "-" + std::to_string(std::min(first, second));
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        const Squares own = state.own(), empty = state.empty();
        if ((grown(grown(own)) & empty) == 0) return "You have nowhere to go, so you have to pass.";
        if (from >= 64 || (whole_board & bit(from)) == 0) return {};
        if ((state.walls & bit(from)) != 0) return "That square is a wall.";
        if ((state.other() & bit(from)) != 0) {
            return "That disc is not yours: it is " + player_name(state.mover) + "'s turn.";
        }
        if ((empty & bit(from)) != 0) {
            if ((grown(own) & bit(from)) != 0) return {};
            return (grown(grown(own)) & bit(from)) != 0 ? "Too far for a new disc; choose the disc that jumps there."
                                                        : "None of your discs can reach that square.";
        }
        if ((grown(grown(bit(from))) & empty) == 0) return "That disc has no empty square within two steps.";
        if (to >= 64 || (whole_board & bit(to)) == 0) return {};
        if ((state.walls & bit(to)) != 0) return "That square is a wall.";
        if ((state.all() & bit(to)) != 0) return "That square is taken.";
        if ((grown(grown(bit(from))) & bit(to)) == 0) return "A disc goes one or two squares in any direction.";
        return {};
    }

    std::string rules() const {
        return "# Ataxx\n\n"
               "**Black** and **White** begin with two discs each in opposite corners. Black moves first. Whoever "
               "has "
               "more discs at the end wins.\n\n"
               "## A move\n\n"
               "- **Grow**: put a new disc on an empty square beside one of yours, also slantwise.\n"
               "- **Jump**: move one of your discs to an empty square exactly two away, over anything. The square "
               "that it leaves becomes empty.\n\n"
               "Either way, **all discs of the other side beside the square where you land are turned** and become "
               "yours. Nobody can enter a wall.\n\n"
               "If you can do neither, you **pass**.\n\n"
               "## The end\n\n"
               "The game is over when neither side can move, or one side has no disc left. It is a **draw** when the "
               "numbers are equal, and also after **a hundred moves in a row** (fifty of each) in which nobody "
               "grew.\n\n"
               "## Entering moves\n\n"
               "Touch an empty square beside one of your discs to grow there; touch a disc and then a square to grow "
               "or jump with it. In writing, `f2` is a new disc, `g1f3` a jump.\n\n"
               "## Good to know\n\n"
               "A jump leaves a hole among your discs, and whoever lands in it turns everything around. Growing is "
               "nearly always better, unless a jump turns several discs.\n";
    }

    // ---- the board: cells have the numbers of the squares ----

    static constexpr std::uint32_t pass_button = 100, wall_cell = 200;

    void layout(parlour::Board &board) const {
        board.extent(-0.4f, -0.4f, size + 0.4f, size + 0.4f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x2a3650ff,
                    .x = size / 2.0f,
                    .y = size / 2.0f,
                    .w = size + 0.3f,
                    .h = size + 0.3f});
        for (Squares left = whole_board; left != 0; left &= left - 1) {
            const unsigned square = lowest_bit(left);
            const std::string label = square_text(square);
            board.cell({.id = square,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_OUTLINE,
                        .rgba = 0x7f95b8ff,
                        .x = static_cast<float>(column_of(square)) + 0.5f,
                        .y = static_cast<float>(row_of(square)) + 0.5f,
                        .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (Squares left = state.walls; left != 0; left &= left - 1) {
            const unsigned square = lowest_bit(left);
            board.cell({.id = wall_cell + square,
                        .shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                        .rgba = 0x2a3650ff,
                        .x = static_cast<float>(column_of(square)) + 0.5f,
                        .y = static_cast<float>(row_of(square)) + 0.5f,
                        .w = 0.94f,
                        .h = 0.94f});
        }
        for (Squares left = state.all(); left != 0; left &= left - 1) {
            const unsigned square = lowest_bit(left);
            const bool black = (state.discs[0] & bit(square)) != 0;
            board.piece({.cell = square,
                         .color = black ? std::uint8_t{PARLOUR_COLOR_DARK} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                         .scale = 0.9f,
                         .label = black ? "x, black disc" : "o, white disc"});
        }
        for (std::uint32_t player = 0; player < 2; ++player) {
            const std::string value = std::to_string(score(state, player));
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Discs",
                          .value = value.c_str()});
        }
        if (state.quiet >= draw_plies / 2) {
            const std::string value = std::to_string((draw_plies - state.quiet + 1) / 2);
            board.widget(
                {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = value.c_str()});
        }
        if (state.ending == running && (grown(grown(state.own())) & state.empty()) == 0) {
            board.widget({.id = pass_button, .player = state.mover, .key = 'p', .label = "Pass"});
        }
    }

    // A new disc is entered by its square alone, or by any disc beside it and the square.
    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (move == pass_move) {
            if (alternative == 0) path.button(pass_button);
        } else if (is_jump(move)) {
            if (alternative > 0) return;
            path.cell(from_of(move));
            path.cell(to_of(move));
        } else {
            const Squares parents = around.near[to_of(move)] & state.own();
            if (alternative > static_cast<std::uint32_t>(count(parents))) return;
            if (alternative > 0) path.cell(nth_bit(parents, static_cast<int>(alternative) - 1));
            path.cell(to_of(move));
        }
    }

private:
    static Ending ending_of(const State &state) {
        if (state.discs[0] == 0 || state.discs[1] == 0) return no_discs;
        if ((grown(grown(state.all())) & state.empty()) == 0) return no_moves;
        return state.quiet >= draw_plies ? no_growth : running;
    }

    static std::string square_text(unsigned square) {
        return {static_cast<char>('a' + column_of(square)), static_cast<char>('7' - row_of(square))};
    }
    // The square whose name stands at `at` of a text in lower case, or off_board.
    static unsigned square_named(std::string_view text, std::size_t at) {
        if (text.size() < at + 2) return off_board;
        const int column = text[at] - 'a', row = '7' - text[at + 1];
        if (column < 0 || column >= static_cast<int>(size) || row < 0 || row >= static_cast<int>(size))
            return off_board;
        return static_cast<unsigned>(8 * row + column);
    }
    static unsigned image_of_square(std::uint32_t symmetry, unsigned square) {
        unsigned row = row_of(square), column = column_of(square);
        if ((symmetry & 4) != 0) column = size - 1 - column;
        for (unsigned turns = 0; turns < (symmetry & 3); ++turns) {
            const unsigned turned = size - 1 - row;
            row = column;
            column = turned;
        }
        return 8 * row + column;
    }
    static Squares image_of(std::uint32_t symmetry, Squares squares) {
        Squares image = 0;
        for (; squares != 0; squares &= squares - 1) image |= bit(image_of_square(symmetry, lowest_bit(squares)));
        return image;
    }

    Squares walls_ = 0;
};

} // namespace

PARLOUR_GAME(Ataxx);
