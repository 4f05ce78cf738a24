// Reversi (Othello rules) on bitboards, 8x8, 6x6 and 4x4.
//
//         a  b  c  d  e  f  g  h
//      1  0  1  2  3  4  5  6  7        bit = 8 * row + column, also on the smaller boards, which lie in the corner
//      2  8  9 10 11 12 13 14 15        of a1. A move is its square's number, written "d3"; 64 is the pass.
//      3 16 17 18 19 20 21 22 23
//      4 24 25 26  O  X 29 30 31        Four discs begin, set diagonally; X (black) moves first.
//      5 32 33 34  X  O 37 38 39
//      ...
//
// A player who cannot move passes, which is a ply of its own. The game ends when the board is full, or when the
// player after a pass cannot move either; so a position in which neither side has a move is still left by one pass.
// This is the convention of the published counts (aartbik.com/MISC/reversi.html).
//
// A position is written as in .obf files: all squares row by row from a1 (X, O, - for empty), a space and the side to
// move, then perhaps " passed" when that side cannot move and the other has just passed. Reading stops at ';', so
// that a line of such a file can be given as it is.
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
using parlour::nth_bit;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::Rng;
using parlour::Turn;
using Discs = std::uint64_t;

constexpr Move pass_move = 64;
constexpr std::uint32_t pass_button = 100, black_counter = 101, white_counter = 102;

// Columns b to g: discs of the other side that can be turned level or slanting. Right for the smaller boards too,
// whose last column is followed by one that is always empty.
constexpr Discs inner_columns = 0x7e7e7e7e7e7e7e7eu;

// Where the runs of discs in `through` that begin beside `mine` end, both ways along one direction: three doubling
// steps each (a Kogge-Stone fill). A word is a board or, where the processor has them, a board for each direction.
template <class Word>
inline Word ends_of_runs(Word mine, Word through, Word step) {
    const Word up_pairs = through & through << step, down_pairs = up_pairs >> step;
    Word up = through & mine << step, down = through & mine >> step;
    up |= through & up << step;
    down |= through & down >> step;
    up |= up_pairs & up << (step + step);
    down |= down_pairs & down >> (step + step);
    up |= up_pairs & up << (step + step);
    down |= down_pairs & down >> (step + step);
    return up << step | down >> step;
}

// The empty squares from which a disc of mine turns at least one of theirs, as on a board of 8x8.
inline Discs flanking(Discs mine, Discs theirs) {
#if defined(__AVX2__)
    using Boards = Discs __attribute__((vector_size(32)));
    const Boards through =
        Boards{theirs, theirs, theirs, theirs} & Boards{inner_columns, inner_columns, inner_columns, ~Discs{0}};
    const Boards ends = ends_of_runs(Boards{mine, mine, mine, mine}, through, Boards{1, 7, 9, 8});
    const Discs reached = (ends[0] | ends[1]) | (ends[2] | ends[3]);
#else
    const Discs inner = theirs & inner_columns;
    const Discs reached = ends_of_runs<Discs>(mine, inner, 1) | ends_of_runs<Discs>(mine, inner, 7) |
                          ends_of_runs<Discs>(mine, inner, 9) | ends_of_runs<Discs>(mine, theirs, 8);
#endif
    return reached & ~(mine | theirs);
}

// From every square, the squares of the four directions with growing bits and of the four with falling bits.
struct Rays {
    std::array<Discs, 4> up{}, down{};
};
constexpr std::array<Rays, 64> rays_of = [] {
    constexpr std::array<std::array<int, 2>, 4> directions{{{1, 0}, {-1, 1}, {0, 1}, {1, 1}}};
    std::array<Rays, 64> table{};
    for (int square = 0; square < 64; ++square) {
        for (std::size_t i = 0; i < directions.size(); ++i) {
            for (const int sign : {1, -1}) {
                const int dx = sign * directions[i][0], dy = sign * directions[i][1];
                Discs ray = 0;
                for (int x = square % 8 + dx, y = square / 8 + dy; x >= 0 && x < 8 && y >= 0 && y < 8;
                     x += dx, y += dy) {
                    ray |= Discs{1} << (8 * y + x);
                }
                Rays &rays = table[static_cast<std::size_t>(square)];
                (sign > 0 ? rays.up : rays.down)[i] = ray;
            }
        }
    }
    return table;
}();

// The discs of `theirs` that a disc of mine on `square` turns. On a ray of growing bits the first disc that is not
// theirs is found by a carry that runs through theirs, on one of falling bits by counting leading zeros (after
// R. Delorme, Edax, flip_carry).
constexpr Discs turned_by(unsigned square, Discs mine, Discs theirs) {
    constexpr Discs highest = Discs{1} << 63;
    const Rays &rays = rays_of[square];
    Discs turned = 0;
    for (const Discs ray : rays.up) {
        const Discs flank = ((theirs | ~ray) + 1) & mine & ray;
        turned |= (flank - (flank != 0)) & ray;
    }
    for (const Discs ray : rays.down) {
        const Discs flank = highest >> std::countl_zero((ray & ~theirs) | 1) & mine & ray;
        turned |= (0 - (flank << 1)) & ray;
    }
    return turned;
}

constexpr std::array<const char *, 3> sizes{"8", "6", "4"};
constexpr std::array<const char *, 3> size_labels{"8 x 8", "6 x 6", "4 x 4"};

class Reversi {
public:
    static constexpr parlour::GameAbout about{.id = "reversi",
                                              .name = "Reversi",
                                              .family = "territory",
                                              .summary = "Enclose the other side's discs and turn them over.",
                                              .author = "Parlour",
                                              .max_moves = 64,
                                              .move_space = 65,
                                              .max_plies = 128,
                                              .accent = 0x1e5c45ff};

    static constexpr std::array options{
        Option::choice("size", "Board", "How many squares a side of the board has.", "8", sizes, size_labels)};

    explicit Reversi(const OptionValues &values) : size_(static_cast<unsigned>(std::stoi(values.text("size")))) {
        for (unsigned row = 0; row < size_; ++row) board_ |= ((Discs{1} << size_) - 1) << 8 * row;
        for (const unsigned row : {0u, size_ - 1}) {
            for (const unsigned column : {0u, size_ - 1}) corners_ |= Discs{1} << (8 * row + column);
        }
    }

    struct State {
        Discs mine, theirs; // of the side to move, and of the other
        Discs moves;        // the squares where the side to move may play: none means that it has to pass
        std::uint32_t mover;
        std::uint32_t over; // 1 when the game has ended
    };

    State initial() const {
        const unsigned low = size_ / 2 - 1, high = size_ / 2;
        const Discs black = Discs{1} << (8 * low + high) | Discs{1} << (8 * high + low);
        const Discs white = Discs{1} << (8 * low + low) | Discs{1} << (8 * high + high);
        return {black, white, flanking(black, white) & board_, 0, 0};
    }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        for (Discs left = state.moves; left != 0; left &= left - 1) {
            moves.add(static_cast<Move>(std::countr_zero(left)));
        }
        if (state.moves == 0 && state.over == 0) moves.add(pass_move);
    }

    Turn apply(State &state, Move move) const {
        Discs mine = state.theirs, theirs = state.mine; // of the side that moves next
        const bool passes = move == pass_move;
        if (passes) {
            if (state.moves != 0) [[unlikely]]
                return Turn::fault();
        } else {
            if (move > pass_move || (state.moves >> move & 1) == 0) [[unlikely]]
                return Turn::fault();
            const Discs turned = turned_by(move, state.mine, state.theirs);
            theirs |= turned | Discs{1} << move;
            mine &= ~turned;
        }
        state.mine = mine;
        state.theirs = theirs;
        state.moves = flanking(mine, theirs) & board_;
        state.mover ^= 1;
        if (state.moves == 0 && (passes || (mine | theirs) == board_)) {
            state.over = 1;
            return Turn::over();
        }
        return Turn::of(state.mover);
    }

    void outcome(const State &state, float *util) const {
        const int ahead = std::popcount(black(state)) - std::popcount(white(state));
        util[0] = ahead > 0 ? 1.0f : ahead < 0 ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    std::uint64_t hash(const State &state) const {
        const Discs side = 2 * state.mover + state.over + 1;
        return parlour::mix64(state.mine * 0x9e3779b97f4a7c15u + std::rotl(state.theirs, 29) * 0xd6e8feb86659fd93u +
                              side * 0x632be59bd9b4e019u);
    }

    Move random_move(const State &state, Rng &rng) const {
        if (state.moves == 0) return pass_move;
        return nth_bit(state.moves, rng.below(static_cast<std::uint32_t>(std::popcount(state.moves))));
    }

    // ---- text ----

    std::string move_text(const State &, Move move) const {
        if (move >= pass_move) return "pass";
        return {static_cast<char>('a' + move % 8), static_cast<char>('1' + move / 8)};
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < size_; ++row) {
            for (unsigned column = 0; column < size_; ++column) {
                const unsigned square = 8 * row + column;
                text += (black(state) >> square & 1) != 0 ? 'X' : (white(state) >> square & 1) != 0 ? 'O' : '-';
            }
        }
        text += state.mover == 0 ? " X" : " O";
        if (state.over != 0 && (state.mine | state.theirs) != board_) text += " passed";
        return text;
    }

    State parse_state(std::string_view text) const {
        const std::string squares = std::to_string(size_ * size_);
        const auto refuse = [&](const std::string &why) -> State {
            throw Failure(PARLOUR_E_PARSE,
                          why + "; a position is " + squares +
                              " squares from a1 on, X, O or - each, then a space and X or O to move");
        };
        text = text.substr(0, text.find(';'));
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end != size_ * size_)
            return refuse("the board has " + std::to_string(end) + " squares instead of " + squares);
        Discs discs[2] = {0, 0};
        for (unsigned i = 0; i < end; ++i) {
            const Discs square = Discs{1} << (8 * (i / size_) + i % size_);
            const char c = text[i];
            if (c == 'X' || c == 'x' || c == '*') {
                discs[0] |= square;
            } else if (c == 'O' || c == 'o') {
                discs[1] |= square;
            } else if (c != '-' && c != '.') {
                return refuse("\"" + std::string(1, c) + "\" is not a square");
            }
        }
        std::string_view side = text.substr(end);
        const bool passed = side.ends_with(" passed");
        if (passed) side.remove_suffix(7);
        const bool white_moves = side == " O" || side == " o";
        if (!white_moves && side != " X" && side != " x" && side != " *")
            return refuse("the side to move is missing");

        State state{discs[white_moves], discs[!white_moves], 0, white_moves, 0};
        state.moves = flanking(state.mine, state.theirs) & board_;
        const bool full = (state.mine | state.theirs) == board_;
        if (passed && (full || state.moves != 0 || (flanking(state.theirs, state.mine) & board_) != 0)) {
            return refuse("nobody can have passed here");
        }
        state.over = full || passed;
        return state;
    }

    std::string check(const State &state) const {
        const Discs all = state.mine | state.theirs;
        if ((all & ~board_) != 0) return "there is a disc outside the board";
        if ((state.mine & state.theirs) != 0) return "a square has two discs";
        const State start = initial();
        if (((start.mine | start.theirs) & ~all) != 0) return "the four squares in the middle always have discs";
        if (state.mover > 1 || state.over > 1) return "the bytes are not a position of reversi";
        if (state.moves != (flanking(state.mine, state.theirs) & board_)) return "the moves are listed wrongly";
        const bool full = all == board_;
        const bool stuck = state.moves == 0 && (flanking(state.theirs, state.mine) & board_) == 0;
        if (state.over != 0 ? !stuck : full) return "the position is marked as finished or unfinished wrongly";
        return {};
    }

    // ---- search ----

    // Moves to choose from, corners and what stands firm beside them on the edges, squares that give a corner away,
    // and discs that touch empty squares; discs themselves count only late. The weights are hand-set, in thousandths
    // of a game.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Discs mine = state.mine, theirs = state.theirs, empty = board_ & ~(mine | theirs);
        const Discs reply = flanking(theirs, mine) & board_;
        const auto ahead = [](Discs a, Discs b) { return std::popcount(a) - std::popcount(b); };
        const Discs frontier = neighbours(empty), risky = neighbours(corners_ & empty);
        std::int32_t sum = 12 * ahead(state.moves, reply) + 120 * ahead(mine & corners_, theirs & corners_) +
                           30 * ahead(firm_edges(mine), firm_edges(theirs)) -
                           35 * ahead(mine & risky, theirs & risky) - 4 * ahead(mine & frontier, theirs & frontier);
        const int left = std::popcount(empty);
        if (left < 16) sum += (16 - left) * ahead(mine, theirs);
        return player == state.mover ? sum : -sum;
    }

    // Corners first, then moves that leave the other side few, squares that give a corner away last.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Discs risky = neighbours(corners_ & ~(state.mine | state.theirs));
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = 0;
            if (moves[i] >= pass_move) continue;
            const Discs square = Discs{1} << moves[i];
            const Discs turned = turned_by(moves[i], state.mine, state.theirs);
            const Discs replies = flanking(state.theirs & ~turned, state.mine | turned | square) & board_;
            int points = -16 * std::popcount(replies) - 8 * std::popcount(replies & corners_);
            if ((square & corners_) != 0) points += 200;
            if ((square & risky) != 0) points -= 60;
            score[i] = static_cast<std::int16_t>(points);
        }
    }

    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        image.mine = image_of(symmetry, state.mine);
        image.theirs = image_of(symmetry, state.theirs);
        image.moves = image_of(symmetry, state.moves);
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return move >= pass_move ? move : image_of_square(symmetry, move);
    }

    // ---- people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return std::popcount(player == state.mover ? state.mine : state.theirs);
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        const int first = std::popcount(black(state)), second = std::popcount(white(state));
        return "on discs " + std::to_string(std::max(first, second)) + "-" + std::to_string(std::min(first, second));
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.over != 0) return "The game is over.";
        if (state.moves == 0) return "You cannot turn a disc anywhere, so you have to pass.";
        if (from >= 64 || (board_ >> from & 1) == 0 || (state.moves >> from & 1) != 0) return {};
        const bool taken = ((state.mine | state.theirs) >> from & 1) != 0;
        return taken ? "That square is taken." : "A disc there would turn nothing.";
    }

    std::string rules() const {
        return "# Reversi\n\n"
               "Two players, **Black** and **White**, put discs on the squares of a board. Four discs lie in the "
               "middle when the game begins. Black moves first.\n\n"
               "## A move\n\n"
               "Put a disc of your colour on an empty square so that it **encloses** discs of the other colour: they "
               "lie in a straight line without a gap, level, upright or slanting, between the new disc and another "
               "one of yours. All discs that the new one encloses, in all directions, are **turned over** and become "
               "yours.\n\n"
               "- You have to turn at least one disc.\n"
               "- If you cannot, you **pass**, and the other side moves again.\n\n"
               "## The end\n\n"
               "When the board is full, or neither side can move, whoever has more discs of their colour wins. Equal "
               "numbers are a **draw**.\n\n"
               "## Good to know\n\n"
               "A disc in a corner is never turned again. Many discs early on are often a burden: what counts is to "
               "have moves when the other side has run out of good ones.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        const auto size = static_cast<float>(size_);
        board.extent(-0.4f, -0.4f, size + 0.4f, size + 0.4f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x17382cff,
                    .x = size / 2,
                    .y = size / 2,
                    .w = size + 0.3f,
                    .h = size + 0.3f});
        for (unsigned row = 0; row < size_; ++row) {
            for (unsigned column = 0; column < size_; ++column) {
                const std::string name = move_text({}, 8 * row + column);
                board.cell({.id = 8 * row + column,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_OUTLINE,
                            .rgba = 0x2e9b6cff,
                            .x = static_cast<float>(column) + 0.5f,
                            .y = static_cast<float>(row) + 0.5f,
                            .label = name.c_str()});
            }
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (Discs left = state.mine | state.theirs; left != 0; left &= left - 1) {
            const auto square = lowest_bit(left);
            const bool is_black = (black(state) >> square & 1) != 0;
            board.piece({.cell = square,
                         .color = static_cast<std::uint8_t>(is_black ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                         .id = square + 1,
                         .scale = 0.9f,
                         .label = is_black ? "black disc" : "white disc"});
        }
        for (const std::uint32_t player : {0u, 1u}) {
            const std::string discs = std::to_string(score(state, player));
            board.widget({.id = player == 0 ? black_counter : white_counter,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Discs",
                          .value = discs.c_str()});
        }
        if (state.moves == 0 && state.over == 0) {
            board.widget({.id = pass_button,
                          .kind = PARLOUR_WIDGET_BUTTON,
                          .player = static_cast<std::int32_t>(state.mover),
                          .key = 'p',
                          .label = "Pass"});
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative != 0) return;
        if (move == pass_move) {
            path.button(pass_button);
        } else {
            path.cell(move);
        }
    }

private:
    static Discs black(const State &state) { return state.mover == 0 ? state.mine : state.theirs; }
    static Discs white(const State &state) { return state.mover == 0 ? state.theirs : state.mine; }

    // The squares of the board beside or on those given.
    Discs neighbours(Discs squares) const {
        const Discs not_west = ~Discs{0x0101010101010101u}, not_east = ~Discs{0x8080808080808080u};
        const Discs row = squares | (squares << 1 & not_west) | (squares >> 1 & not_east);
        return (row | row << 8 | row >> 8) & board_;
    }

    // The discs of one side on the edges that are joined to a corner of theirs along the edge: they are never turned.
    Discs firm_edges(Discs discs) const {
        const Discs top = board_ & 0xff, bottom = top << 8 * (size_ - 1);
        const Discs west = board_ & 0x0101010101010101u, east = west << (size_ - 1);
        const Discs level = discs & (top | bottom), upright = discs & (west | east);
        Discs along = discs & corners_, across = along;
        for (unsigned i = 1; i < size_; ++i) {
            along |= (along << 1 | along >> 1) & level;
            across |= (across << 8 | across >> 8) & upright;
        }
        return along | across;
    }

    unsigned image_of_square(std::uint32_t symmetry, unsigned square) const {
        unsigned row = square / 8, column = square % 8;
        if ((symmetry & 4) != 0) column = size_ - 1 - column;
        for (unsigned turns = 0; turns < (symmetry & 3); ++turns) {
            const unsigned turned = size_ - 1 - row;
            row = column;
            column = turned;
        }
        return 8 * row + column;
    }
    Discs image_of(std::uint32_t symmetry, Discs squares) const {
        Discs image = 0;
        for (; squares != 0; squares &= squares - 1) {
            image |= Discs{1} << image_of_square(symmetry, lowest_bit(squares));
        }
        return image;
    }

    unsigned size_;
    Discs board_ = 0, corners_ = 0;
};

} // namespace

PARLOUR_GAME(Reversi);
