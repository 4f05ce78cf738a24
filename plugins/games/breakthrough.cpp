// Breakthrough (D. Troyka, 2000) on bitboards, 8x8 and smaller: two rows of pieces a side; whoever reaches the far
// row or captures everything wins. The player to move always has a move: the way slanting forward of a foremost piece
// is taken by none of its own.
//
//      8  56 57 58 59 60 61 62 63      Black's side
//      7  48 49 50 51 52 53 54 55
//      ...
//      2   8  9 10 11 12 13 14 15      bit = 8 * row + column, also on the smaller boards, which lie in the corner
//      1   0  1  2  3  4  5  6  7      of a1. White begins on the two lowest rows and moves up.
//          a  b  c  d  e  f  g  h
//
// A move is 3 * from + direction (0 towards the a-column, 1 straight, 2 away from it), written "e2e3", or "e2xd3"
// when it captures. A position is written row by row from the top as in FEN:
// "bbbbbbbb/bbbbbbbb/8/8/8/8/wwwwwwww/wwwwwwww w". FEN with pawns, P and p, is read as well, and what stands behind
// the side to move there ("- - 0 1") is passed over.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

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
using Squares = std::uint64_t;

constexpr Squares one(unsigned square) {
    return Squares{1} << square;
}

constexpr unsigned none = 99;

// Where a piece of the other side may stand that can still catch a piece of `side` on `square` which runs straight
// ahead: d rows in front, they have met after d / 2 steps each, or one more of the catcher's when it moves first.
constexpr auto catchers_of = [] {
    std::array<std::array<Squares, 64>, 2> table{};
    for (int square = 0; square < 64; ++square) {
        for (int other = 0; other < 64; ++other) {
            const int across = square % 8 > other % 8 ? square % 8 - other % 8 : other % 8 - square % 8;
            for (const int side : {0, 1}) {
                const int ahead = side == 0 ? other / 8 - square / 8 : square / 8 - other / 8;
                if (ahead > 0 && across <= (ahead + 1) / 2) {
                    table[static_cast<std::size_t>(side)][static_cast<std::size_t>(square)] |=
                        one(static_cast<unsigned>(other));
                }
            }
        }
    }
    return table;
}();

class Breakthrough {
public:
    static constexpr parlour::GameAbout about{.id = "breakthrough",
                                              .name = "Breakthrough",
                                              .family = "race",
                                              .summary = "Be the first to bring a piece to the far side.",
                                              .author = "Parlour",
                                              .max_moves = 48, // sixteen pieces, three ways each
                                              .move_space = 192,
                                              // Every ply brings a piece one row on: from the last row 7 times at
                                              // most, from the one before it 6, and so on; a side has at most 8 + 8.
                                              .max_plies = 2 * 8 * (7 + 6),
                                              .accent = 0x7a3b2eff};

    static constexpr std::array options{Option::integer("columns", "Columns", "How wide the board is.", "8", 3, 8),
                                        Option::integer("rows", "Rows", "How deep the board is.", "8", 4, 8)};

    explicit Breakthrough(const OptionValues &values)
        : columns_(static_cast<unsigned>(values.integer("columns"))),
          rows_(static_cast<unsigned>(values.integer("rows"))) {
        for (unsigned row = 0; row < rows_; ++row) board_ |= ((Squares{1} << columns_) - 1) << 8 * row;
        west_ = board_ & 0x0101010101010101u;
        east_ = west_ << (columns_ - 1);
        homes_[0] = board_ & 0xffffu;
        homes_[1] = board_ & Squares{0xffffu} << 8 * (rows_ - 2);
        goals_[0] = board_ & Squares{0xffu} << 8 * (rows_ - 1);
        goals_[1] = board_ & 0xffu;
    }

    struct State {
        Squares pieces[2]; // of White and of Black
        std::uint32_t mover;
        std::uint32_t over; // 1 when the player who moved last has won
    };

    State initial() const { return {{homes_[0], homes_[1]}, 0, 0}; }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        const Targets targets = targets_of(state);
        for (unsigned direction = 0; direction < 3; ++direction) {
            for (Squares left = targets[direction]; left != 0; left &= left - 1) {
                moves.add(move_to(lowest_bit(left), direction, state.mover));
            }
        }
    }

    Turn apply(State &state, Move move) const {
        if (move >= about.move_space || state.over != 0) [[unlikely]]
            return Turn::fault();
        const unsigned from = move / 3, direction = move % 3;
        const Squares start = one(from);
        if ((state.pieces[state.mover] & start) == 0 || (direction == 0 && (start & west_) != 0) ||
            (direction == 2 && (start & east_) != 0)) [[unlikely]]
            return Turn::fault();
        const Squares target = one(target_of(from, direction, state.mover));
        Squares &mine = state.pieces[state.mover], &theirs = state.pieces[state.mover ^ 1];
        if (((mine | (direction == 1 ? theirs : 0)) & target) != 0) [[unlikely]]
            return Turn::fault();
        mine ^= start | target;
        theirs &= ~target;
        state.over = (target & goals_[state.mover]) != 0 || theirs == 0;
        state.mover ^= 1;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[state.mover] = -1.0f;
        util[state.mover ^ 1] = 1.0f;
    }

    std::uint64_t hash(const State &state) const {
        return parlour::mix64(state.pieces[0] * 0x9e3779b97f4a7c15u +
                              std::rotl(state.pieces[1], 29) * 0xd6e8feb86659fd93u +
                              (2 * state.mover + state.over + 1) * 0x632be59bd9b4e019u);
    }

    Move random_move(const State &state, Rng &rng) const {
        const Targets targets = targets_of(state);
        const auto west = static_cast<unsigned>(std::popcount(targets[0]));
        const auto ahead = static_cast<unsigned>(std::popcount(targets[1]));
        const auto east = static_cast<unsigned>(std::popcount(targets[2]));
        unsigned index = rng.below(west + ahead + east), direction = 0;
        if (index >= west) {
            index -= west;
            direction = 1;
            if (index >= ahead) {
                index -= ahead;
                direction = 2;
            }
        }
        return move_to(nth_bit(targets[direction], index), direction, state.mover);
    }

    // ---- text ----

    std::string move_text(const State &state, Move move) const {
        const unsigned from = move / 3, direction = move % 3;
        const unsigned to = target_of(from, direction, state.mover & 1u);
        if (from >= 64 || to >= 64) return "?";
        const bool captures = (state.pieces[(state.mover & 1u) ^ 1u] >> to & 1) != 0;
        return square_name(from) + (captures ? "x" : "") + square_name(to);
    }

    // As move_text writes it, in any case; the "x" may be left out or be a "-". The target alone ("d4") is enough
    // where only one piece can go there.
    Move parse_move(const State &state, std::string_view text) const {
        const std::string squares = parlour::squeezed(text, "xX- ");
        const std::string quoted = quote(text);
        const auto is_square = [](std::string_view name) {
            return name[0] >= 'a' && name[0] <= 'h' && name[1] >= '1' && name[1] <= '8';
        };
        const bool whole = squares.size() == 4 && is_square(squares) && is_square(squares.substr(2));
        if (!whole && !(squares.size() == 2 && is_square(squares))) {
            throw Failure(PARLOUR_E_PARSE, quoted + " is not a move; write two squares, like e2e3 or e2xd3");
        }
        std::array<Move, about.max_moves> buffer;
        MoveList moves(buffer.data());
        legal(state, moves);
        Move found = PARLOUR_MOVE_NONE;
        int fitting = 0;
        for (const Move move : moves) {
            const std::string target = square_name(target_of(move / 3, move % 3, state.mover));
            if (whole ? square_name(move / 3) + target != squares : target != squares) continue;
            found = move;
            ++fitting;
        }
        if (fitting == 1) return found;
        if (fitting > 1) throw Failure(PARLOUR_E_ILLEGAL, quoted + " is short for several moves; name both squares");
        const std::string example = moves.empty() ? "" : "; a legal one is " + move_text(state, moves[0]);
        throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here" + example);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = rows_; row-- > 0;) {
            unsigned gap = 0;
            for (unsigned column = 0; column < columns_; ++column) {
                const unsigned square = 8 * row + column;
                const bool white = (state.pieces[0] >> square & 1) != 0, black = (state.pieces[1] >> square & 1) != 0;
                if (!white && !black) {
                    ++gap;
                    continue;
                }
                if (gap > 0) text += std::to_string(gap);
                gap = 0;
                text += white ? 'w' : 'b';
            }
            if (gap > 0) text += std::to_string(gap);
            if (row > 0) text += '/';
        }
        return text + (state.mover == 0 ? " w" : " b");
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&](const std::string &why) -> State {
            throw Failure(PARLOUR_E_PARSE, why + "; a position is written like " + state_text(initial()));
        };
        const std::size_t end = std::min(text.find(' '), text.size());
        State state{};
        unsigned row = rows_ - 1, column = 0;
        for (const char c : text.substr(0, end)) {
            if (c == '/') {
                if (column != columns_) return refuse("a row does not have " + std::to_string(columns_) + " squares");
                if (row == 0) return refuse("there are too many rows");
                --row;
                column = 0;
            } else if (c >= '1' && c <= '8') {
                column += static_cast<unsigned>(c - '0');
            } else if (c == 'w' || c == 'P' || c == 'b' || c == 'p') {
                if (column < columns_) state.pieces[c == 'b' || c == 'p'] |= one(8 * row + column);
                ++column;
            } else {
                return refuse("\"" + std::string(1, c) + "\" is neither a piece nor a number");
            }
            if (column > columns_) return refuse("a row does not have " + std::to_string(columns_) + " squares");
        }
        if (row != 0 || column != columns_) return refuse("there are squares missing");
        const std::string_view rest = text.substr(end), side = rest.substr(0, 2);
        const bool counters = rest.size() > 2 && rest.find_first_not_of(" -0123456789", 2) == std::string_view::npos;
        if ((side != " w" && side != " b") || !(rest.size() == 2 || counters))
            return refuse("the side to move is missing");
        state.mover = side == " b";
        state.over = has_won(state, state.mover ^ 1);
        return state;
    }

    std::string check(const State &state) const {
        if (((state.pieces[0] | state.pieces[1]) & ~board_) != 0) return "there is a piece outside the board";
        if ((state.pieces[0] & state.pieces[1]) != 0) return "a square has two pieces";
        if (state.mover > 1 || state.over > 1) return "the bytes are not a position of breakthrough";
        const auto most = static_cast<int>(2 * columns_);
        for (const Squares pieces : state.pieces) {
            if (std::popcount(pieces) > most) return "a side has more than " + std::to_string(most) + " pieces";
        }
        if (has_won(state, state.mover)) return "the side to move has won already";
        if ((state.over != 0) != has_won(state, state.mover ^ 1))
            return "the position is marked as finished or unfinished wrongly";
        return {};
    }

    // ---- search ----

    // Pieces, and how far they have come, more for the foremost; pairs side by side, which protect each other; guards
    // at home. A race decides: a piece that runs straight ahead is caught by none that stands more than half as many
    // columns away as rows, and whoever has such a runner and needs fewer plies wins. The terms are those that
    // programs for the game agree on (Lorentz and Horey, Programming Breakthrough, 2013); the weights are hand-set,
    // in thousandths of a game.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const unsigned mover_runs = runner_steps(state, state.mover);
        const unsigned other_runs = runner_steps(state, state.mover ^ 1);
        if (mover_runs != none || other_runs != none) {
            const bool mover_wins = mover_runs <= other_runs;
            const auto worth = static_cast<std::int32_t>(2000 - 20 * std::min(mover_runs, other_runs));
            return mover_wins == (player == state.mover) ? worth : -worth;
        }
        std::int32_t sum = 0;
        for (const unsigned side : {0u, 1u}) {
            std::int32_t mine = 60 * std::popcount(state.pieces[side]);
            for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
                const auto square = lowest_bit(left);
                const auto come = static_cast<int>(side == 0 ? square / 8 : rows_ - 1 - square / 8);
                mine += come * come * 2;
            }
            mine += 10 * std::popcount(state.pieces[side] & goals_[side ^ 1]);
            mine += 4 * std::popcount(state.pieces[side] & (state.pieces[side] & ~east_) << 1);
            sum += side == player ? mine : -mine;
        }
        return sum;
    }

    // Winning steps, captures, then whatever goes furthest.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned from = moves[i] / 3, to = target_of(from, moves[i] % 3, state.mover);
            const unsigned come = state.mover == 0 ? to / 8 : rows_ - 1 - to / 8;
            const bool captures = (state.pieces[state.mover ^ 1] >> to & 1) != 0;
            const bool wins = (goals_[state.mover] >> to & 1) != 0;
            score[i] = static_cast<std::int16_t>(static_cast<int>(come) + (captures ? 100 : 0) + (wins ? 1000 : 0));
        }
    }

    // Captures and steps to the last row.
    void noisy(const State &state, MoveList &moves) const {
        if (state.over != 0) return;
        const Targets targets = targets_of(state);
        for (unsigned direction = 0; direction < 3; ++direction) {
            const Squares loud = state.pieces[state.mover ^ 1] | goals_[state.mover];
            for (Squares left = targets[direction] & loud; left != 0; left &= left - 1) {
                moves.add(move_to(lowest_bit(left), direction, state.mover));
            }
        }
    }

    std::uint32_t symmetries() const { return 2; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        if (symmetry == 0) return state;
        State image = state;
        for (const unsigned side : {0u, 1u}) {
            image.pieces[side] = 0;
            for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
                image.pieces[side] |= one(mirrored(lowest_bit(left)));
            }
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return symmetry == 0 ? move : 3 * mirrored(move / 3) + 2 - move % 3;
    }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &state) const {
        return state.pieces[state.mover] == 0 ? "by capturing every piece" : "by breaking through";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.over != 0) return "The game is over.";
        if (from >= 64 || (board_ >> from & 1) == 0) return {};
        if ((state.pieces[state.mover ^ 1] >> from & 1) != 0) return "That piece is the other side's.";
        if ((state.pieces[state.mover] >> from & 1) == 0) return "There is no piece to move.";
        if (to >= 64 || (board_ >> to & 1) == 0) return "That piece is blocked.";
        if ((state.pieces[state.mover] >> to & 1) != 0) return "Your own piece stands there.";
        if (to == target_of(from, 1, state.mover)) return "Straight ahead a piece moves only to an empty square.";
        return "A piece moves one square forward, straight or slanting.";
    }

    std::string rules() const {
        return "# Breakthrough\n\n"
               "**White** and **Black** each begin with two rows of pieces and move in turn; White is first.\n\n"
               "## A move\n\n"
               "A piece moves one square **forward**, straight or slanting, to an empty square. Slanting it may also "
               "**capture**: it takes the place of a piece of the other side. Straight ahead it never captures.\n\n"
               "## The end\n\n"
               "Whoever first brings a piece to the **far row**, or captures all pieces of the other side, wins. "
               "There are no draws.\n\n"
               "## Good to know\n\n"
               "Pieces that stand side by side protect each other. Keep some at home: what has gone forward never "
               "comes back to defend.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        const auto width = static_cast<float>(columns_), height = static_cast<float>(rows_);
        board.extent(-0.4f, -0.4f, width + 0.4f, height + 0.4f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x4a2b20ff,
                    .x = width / 2,
                    .y = height / 2,
                    .w = width + 0.4f,
                    .h = height + 0.4f});
        for (unsigned row = 0; row < rows_; ++row) {
            for (unsigned column = 0; column < columns_; ++column) {
                const unsigned square = 8 * row + column;
                const std::string name = square_name(square);
                board.cell({.id = square,
                            .color = PARLOUR_COLOR_RGBA,
                            .rgba = (row + column) % 2 == 0 ? 0xb5784fffu : 0xe9c9a1ffu,
                            .x = static_cast<float>(column) + 0.5f,
                            .y = static_cast<float>(rows_ - 1 - row) + 0.5f,
                            .label = name.c_str()});
            }
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (const unsigned side : {0u, 1u}) {
            for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
                board.piece({.cell = static_cast<std::uint32_t>(std::countr_zero(left)),
                             .color = static_cast<std::uint8_t>(side == 0 ? PARLOUR_COLOR_LIGHT : PARLOUR_COLOR_DARK),
                             .scale = 0.85f,
                             .label = side == 0 ? "white piece" : "black piece"});
            }
        }
    }

    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative != 0) return;
        path.cell(move / 3);
        path.cell(target_of(move / 3, move % 3, state.mover & 1u));
    }

private:
    using Targets = std::array<Squares, 3>;

    // Where the mover's pieces can go, by direction.
    Targets targets_of(const State &state) const {
        const Squares mine = state.pieces[state.mover], theirs = state.pieces[state.mover ^ 1];
        const Squares free = board_ & ~mine, empty = free & ~theirs;
        if (state.mover == 0) return {(mine & ~west_) << 7 & free, mine << 8 & empty, (mine & ~east_) << 9 & free};
        return {(mine & ~west_) >> 9 & free, mine >> 8 & empty, (mine & ~east_) >> 7 & free};
    }
    static constexpr unsigned target_of(unsigned from, unsigned direction, unsigned mover) {
        return mover == 0 ? from + 7 + direction : from - 9 + direction;
    }
    static constexpr Move move_to(unsigned target, unsigned direction, unsigned mover) {
        const unsigned from = mover == 0 ? target - 7 - direction : target + 9 - direction;
        return 3 * from + direction;
    }
    // How many steps the foremost piece that nothing can catch has to go, or none.
    unsigned runner_steps(const State &state, unsigned side) const {
        unsigned best = none;
        for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
            const auto square = lowest_bit(left);
            if ((catchers_of[side][square] & state.pieces[side ^ 1]) != 0) continue;
            best = std::min(best, side == 0 ? rows_ - 1 - square / 8 : square / 8);
        }
        return best;
    }
    bool has_won(const State &state, unsigned side) const {
        return (state.pieces[side] & goals_[side]) != 0 || state.pieces[side ^ 1] == 0;
    }
    unsigned mirrored(unsigned square) const { return square / 8 * 8 + columns_ - 1 - square % 8; }
    static std::string square_name(unsigned square) {
        return {static_cast<char>('a' + square % 8), static_cast<char>('1' + square / 8)};
    }

    unsigned columns_, rows_;
    Squares board_ = 0, west_ = 0, east_ = 0;
    std::array<Squares, 2> homes_{}, goals_{}; // where each side begins, and where it wants to go
};

} // namespace

PARLOUR_GAME(Breakthrough);
