// Minichess as it was played at Los Alamos in 1956 (P. Stein and S. Ulam, for the MANIAC I): chess on 6x6 without
// bishops, castling, double steps and en passant. Pawns become queens, rooks or knights. As in chess, draws come by
// stalemate, by insufficient material, by the third repetition and after fifty moves of each side without a capture
// or a pawn's move; option early_draws leaves the second and the third of them out.
//
//      6  30 31 32 33 34 35      bit = 6 * rank + file, a1 = 0
//      5  24 25 26 27 28 29
//      4  18 19 20 21 22 23      A position is three planes of bits for the kind of piece on a square, and one for
//      3  12 13 14 15 16 17      those that are Black's.
//      2   6  7  8  9 10 11
//      1   0  1  2  3  4  5      move = from | to << 6 | kind promoted to << 12
//          a  b  c  d  e  f
//
// Moves are written in algebraic notation, positions as FEN with six rows; " rc 3" at its end says that the third
// repetition has ended the game.
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>
#include <cctype>
#include <optional>

namespace {

using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using parlour::words_of;
using Squares = std::uint64_t; // a set of squares, one bit each

// ---- geometry -------------------------------------------------------------------------------------------------

constexpr unsigned size = 6, squares = size * size;
constexpr Squares all_squares = (Squares{1} << squares) - 1;
constexpr Squares first_row = 0x3f, last_row = first_row << (squares - size), end_rows = first_row | last_row;

constexpr Squares bit(unsigned square) {
    return Squares{1} << square;
}
// The lowest square of a set, and always a square.
constexpr unsigned lowest(Squares set) {
    return std::min(static_cast<unsigned>(std::countr_zero(set)), squares - 1);
}
constexpr int count(Squares set) {
    return std::popcount(set);
}
constexpr int file_of(unsigned square) {
    return static_cast<int>(square % size);
}
constexpr int rank_of(unsigned square) {
    return static_cast<int>(square / size);
}

// The squares from `square` on in steps of (dx, dy), at most `most` of them.
constexpr Squares squares_along(unsigned square, int dx, int dy, int most) {
    constexpr int edge = size;
    Squares found = 0;
    int x = file_of(square) + dx, y = rank_of(square) + dy;
    for (; most > 0 && x >= 0 && x < edge && y >= 0 && y < edge; x += dx, y += dy, --most) {
        found |= bit(static_cast<unsigned>(edge * y + x));
    }
    return found;
}
template <std::size_t N>
constexpr auto leaper(const int (&steps)[N][2]) {
    std::array<Squares, squares> table{};
    for (unsigned square = 0; square < squares; ++square) {
        for (const auto &step : steps) table[square] |= squares_along(square, step[0], step[1], 1);
    }
    return table;
}
constexpr auto knight_steps = leaper({{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}});
constexpr auto king_steps = leaper({{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}});
constexpr std::array pawn_steps{leaper({{0, 1}}), leaper({{0, -1}})};
constexpr std::array pawn_captures{leaper({{-1, 1}, {1, 1}}), leaper({{-1, -1}, {1, -1}})};

// Rays in eight directions: those of growing bits first, straight before slanting in each half.
enum Rays : unsigned { straight_rays = 2, all_rays = 4 };
constexpr auto rays = [] {
    constexpr int directions[8][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 1}, {-1, 0}, {0, -1}, {-1, -1}, {1, -1}};
    std::array<std::array<Squares, squares>, 8> table{};
    for (unsigned i = 0; i < 8; ++i) {
        for (unsigned square = 0; square < squares; ++square) {
            table[i][square] = squares_along(square, directions[i][0], directions[i][1], 8);
        }
    }
    return table;
}();
// What a slider attacks on the first `pairs` pairs of opposite rays: the ray up to the first piece on it.
constexpr Squares slide(unsigned square, Squares taken, Rays pairs) {
    Squares attacked = 0;
    for (unsigned i = 0; i < pairs; ++i) {
        const Squares up = rays[i][square], above = up & taken;
        attacked |= up & (above ^ (above - 1));
        const Squares down = rays[i + 4][square], below = (down & taken) | 1;
        attacked |= down & (~Squares{0} << (63 - std::countl_zero(below)));
    }
    return attacked;
}
// The squares in line with one, straight or slanting.
constexpr auto in_line = [] {
    std::array<Squares, squares> table{};
    for (unsigned square = 0; square < squares; ++square) table[square] = slide(square, 0, all_rays);
    return table;
}();

// ---- pieces and moves -----------------------------------------------------------------------------------------

enum Kind : unsigned { nothing = 0, rook = 2, queen = 3, pawn = 4, knight = 5, king = 6 };
constexpr std::array<unsigned, 3> promotions{queen, rook, knight};
constexpr std::array<const char *, 8> kind_names{"", "", "rook", "queen", "pawn", "knight", "king", ""};
constexpr std::array<const char *, 8> glyphs{"", "", "\u265c", "\u265b", "\u265f", "\u265e", "\u265a", ""};
constexpr std::string_view kind_letters = "??RQPNK?";
constexpr std::array<int, 8> values{0, 0, 5, 9, 1, 3, 20, 0}; // by kind, for the order of captures

constexpr Move encode(unsigned from, unsigned to, unsigned promoted = nothing) {
    return from | to << 6 | promoted << 12;
}
constexpr unsigned from_of(Move move) {
    return move & 63;
}
constexpr unsigned to_of(Move move) {
    return move >> 6 & 63;
}
constexpr unsigned promoted_of(Move move) {
    return move >> 12;
}

constexpr unsigned draw_plies = 100; // fifty moves of each side

enum Ending : std::uint8_t {
    running = 0,
    checkmate = 1,
    stalemate = 2,
    dead_position = 3,
    repetition = 4,
    fifty_moves = 5
};

// What White's piece is worth on a square, in hundredths of a pawn: its material, then pawns forward, knights and
// queens to the centre, and the king at home as long as there are queens.
constexpr int worth_on(unsigned kind, unsigned square, bool queens) {
    const int file = file_of(square), rank = rank_of(square);
    const int inward = std::min(file, 5 - file), centre = inward + std::min(rank, 5 - rank);
    switch (kind) {
        case pawn:
            return 90 + 7 * (rank - 1) * (rank - 1) + 4 * inward;
        case knight:
            return 270 + 12 * centre;
        case rook:
            return 480 + 4 * inward;
        case queen:
            return 900 + 5 * centre;
        case king:
            return queens ? -25 * rank - 5 * inward : 10 * centre;
        default:
            return 0;
    }
}
constexpr auto worth_table = [] {
    std::array<std::array<std::array<int, squares>, 8>, 2> table{};
    for (unsigned queens = 0; queens < 2; ++queens) {
        for (unsigned kind = 0; kind < 8; ++kind) {
            for (unsigned square = 0; square < squares; ++square) {
                table[queens][kind][square] = worth_on(kind, square, queens != 0);
            }
        }
    }
    return table;
}();

class Minichess {
public:
    static constexpr parlour::GameAbout about{
        .id = "minichess",
        .name = "Minichess",
        .family = "capture",
        .summary = "Chess on six by six squares, without bishops: quick and sharp.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        // Seven queens with 19 moves each, two rooks with 10, two knights with 8 and the king with 8; a pawn that is
        // no queen yet has 9 at most (three targets, three promotions).
        .max_moves = 7 * 19 + 2 * 10 + 2 * 8 + 8,
        .move_space = 6 << 12,
        // At most 12 pawns move 4 times each and 22 pieces are captured; between such moves lie 99 plies at most.
        .max_plies = (12 * 4 + 22 + 1) * draw_plies,
        .accent = 0x7B6A8EFF};

    static constexpr std::array options{parlour::Option::boolean(
        "early_draws", "Early draws",
        "The third repetition and insufficient material end the game, not only fifty moves without progress.", true)};

    explicit Minichess(const parlour::OptionValues &values_given)
        : early_draws_(values_given.boolean("early_draws")) {}

    // The position, and what makes the third repetition exact without comparing hashes: since the last capture or
    // pawn's move all plies were moves of pieces to empty squares, two bytes each and at most 100 of them, so the
    // earlier positions are had by taking those back. `quiet` can be more than `known` in a position read from text.
    struct State {
        Squares planes[3]; // the bits of the kind of piece on each square
        Squares black;     // squares with Black's pieces
        std::uint8_t side; // 0 White, 1 Black
        std::uint8_t ending;
        std::uint8_t quiet;              // plies since the last capture or pawn's move
        std::uint8_t known;              // how many of them stand in `steps`
        std::uint16_t number;            // of the move, from 1
        std::uint16_t checked;           // 1 when the side to move is in check
        std::uint16_t steps[draw_plies]; // from | to << 6 | kind << 12 | side << 15, zero beyond `known`
    };
    static_assert(sizeof(State) == 240);

    // ---- rules ----

    State initial() const { return parse_state("rnqknr/pppppp/6/6/PPPPPP/RNQKNR w - - 0 1"); }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.side) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        std::array<Move, about.max_moves> all;
        MoveList candidates(all.data());
        const Sight sight(state);
        list_candidates(state, sight, candidates);
        for (const Move move : candidates) {
            if (is_safe(state, sight, move)) moves.add(move);
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned from = from_of(move), to = to_of(move), promoted = promoted_of(move);
        if (state.ending != running || from >= squares || to >= squares || promoted > 5) [[unlikely]]
            return Turn::fault();
        const unsigned kind = kind_at(state, from), victim = kind_at(state, to);
        const bool of_black = (state.black >> from & 1) != 0, victim_of_black = (state.black >> to & 1) != 0;
        if (kind == nothing || of_black != (state.side != 0) || victim == king ||
            (victim != nothing && victim_of_black == of_black)) [[unlikely]] {
            return Turn::fault();
        }
        clear(state, bit(from) | bit(to));
        put(state, bit(to), promoted != nothing ? promoted : kind);
        if (kind != pawn && victim == nothing && state.known < draw_plies) {
            state.steps[state.known++] =
                static_cast<std::uint16_t>(from | to << 6 | kind << 12 | unsigned{state.side} << 15);
            ++state.quiet;
        } else {
            std::memset(state.steps, 0, state.known * sizeof state.steps[0]);
            state.known = state.quiet = 0;
        }
        state.number = static_cast<std::uint16_t>(state.number + (state.side != 0 && state.number < 0xffff));
        state.side ^= 1;
        settle(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] = util[1] = 0;
        if (state.ending != checkmate) return;
        util[state.side] = -1;
        util[1 - state.side] = 1;
    }

    // Repetition history is left out, and so is the number of the move. The count of quiet plies is in it only from
    // half of the limit on: before, no search looks far enough ahead for it to matter.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t late = state.quiet >= draw_plies / 2 ? state.quiet : 0u;
        const std::uint64_t rest = state.side | unsigned{state.ending} << 1 | late << 4 | 1u << 12;
        const std::uint64_t one = parlour::mix64(state.planes[0] | rest << squares) ^ state.planes[1];
        const std::uint64_t two = parlour::mix64(state.planes[2] + 0x9e3779b97f4a7c15u) ^ state.black;
        return parlour::mix64(parlour::mix64(one) + two * 0xd6e8feb86659fd93u);
    }

    // One of the legal moves, each as likely: draws among all candidates until one is safe.
    Move random_move(const State &state, Rng &rng) const {
        std::array<Move, about.max_moves> all;
        MoveList candidates(all.data());
        const Sight sight(state);
        list_candidates(state, sight, candidates);
        for (std::uint32_t left = candidates.size(); left > 0; --left) {
            Move &drawn = all[rng.below(left)];
            if (is_safe(state, sight, drawn)) return drawn;
            drawn = all[left - 1];
        }
        return PARLOUR_MOVE_NONE;
    }

    // ---- texts: algebraic moves, FEN positions ----

    std::string move_text(const State &state, Move move) const {
        const unsigned from = from_of(move), to = to_of(move), kind = kind_at(state, from);
        const bool captures = kind_at(state, to) != nothing;
        std::string text;
        if (kind != pawn) text += kind_letters[kind];
        text += distinction(state, move, kind, captures);
        if (captures) text += 'x';
        text += square_name(to);
        if (promoted_of(move) != nothing) text += {'=', kind_letters[promoted_of(move) & 7]};
        State next = state;
        apply(next, move);
        if (next.checked != 0) text += next.ending == checkmate ? '#' : '+';
        return text;
    }

    // Reads that without its marks, with the start named in full ("Nb1c3") or not at all, promotions with and
    // without "=", and bare coordinates ("e2e3", "e5e6q").
    Move parse_move(const State &state, std::string_view text) const {
        const std::string quoted = quote(text);
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        std::string plain;
        for (const char c : text) {
            if (std::string_view(" +#!?=xX:-.()").find(c) == std::string_view::npos) plain += c;
        }
        std::string capital = plain;
        if (!plain.empty()) capital[0] = upper(plain[0]);
        std::vector<Move> fitting = find_moves(state, moves, plain);
        if (fitting.empty()) fitting = find_moves(state, moves, capital);
        if (fitting.size() == 1) return fitting.front();
        if (!fitting.empty()) {
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " fits several moves: " + move_text(state, fitting[0]) +
                                                 " or " + move_text(state, fitting[1]));
        }
        std::optional<Wish> wish = read_wish(plain);
        if (!wish) wish = read_wish(capital);
        if (!wish) throw parlour::not_a_move(*this, text, "e3, Nc3, exd4, e6=Q or e2e3");
        throw parlour::illegal_move(*this, state, text, why_not_wish(state, moves, *wish));
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned rank = size; rank-- > 0;) {
            int empty = 0;
            for (unsigned square = size * rank; square < size * (rank + 1); ++square) {
                const unsigned kind = kind_at(state, square);
                if (kind == nothing) {
                    ++empty;
                    continue;
                }
                if (empty > 0) text += std::to_string(empty);
                empty = 0;
                text += letter_of(kind, (state.black & bit(square)) != 0);
            }
            if (empty > 0) text += std::to_string(empty);
            if (rank > 0) text += '/';
        }
        text += state.side == 0 ? " w - - " : " b - - ";
        text += std::to_string(state.quiet) + ' ' + std::to_string(state.number);
        if (state.ending == repetition) text += " rc 3";
        return text;
    }

    // Reads that, also without its last fields.
    State parse_state(std::string_view text) const {
        const std::vector<std::string_view> words = words_of(text);
        if (words.empty()) throw refusal("the text is empty");
        State state{};
        state.number = 1;
        read_board(words[0], state);
        std::size_t at = 1;
        if (at < words.size()) {
            if (words[at] != "w" && words[at] != "b") throw refusal("w or b, who moves, comes after the board");
            state.side = words[at++] == "b";
        }
        for (int field = 0; field < 2 && at < words.size() && words[at] == "-"; ++field) ++at;
        if (at < words.size() && words[at] != "rc") {
            state.quiet = static_cast<std::uint8_t>(read_number(words[at++], 0, draw_plies));
        }
        if (at < words.size() && words[at] != "rc") {
            state.number = static_cast<std::uint16_t>(std::max(1u, read_number(words[at++], 0, 0xffff)));
        }
        const bool repeated = at + 2 == words.size() && words[at] == "rc" && words[at + 1] == "3";
        if (at < words.size() && !repeated) {
            throw refusal(quote(words[at]) + " is not part of a position");
        }
        const std::string problem = board_problem(state);
        if (!problem.empty()) throw refusal(problem);
        settle(state);
        if (repeated && !early_draws_) throw refusal("repetition does not end this game");
        if (repeated && state.ending == running) state.ending = repetition;
        return state;
    }

    std::string check(const State &state) const {
        if (state.side > 1 || state.number == 0) return "the bytes are not a position of minichess";
        const std::string problem = board_problem(state);
        if (!problem.empty()) return problem;
        if (state.quiet > draw_plies || state.known > state.quiet) return "the count of quiet moves is wrong";
        if (!history_fits(state)) return "the history of quiet moves does not lead to this position";
        State settled = state;
        settle(settled);
        if (state.checked != settled.checked) return "whether there is check is noted wrongly";
        const bool may_have_repeated = early_draws_ && state.known < state.quiet && state.quiet >= 8;
        if (state.ending == repetition && settled.ending == running && may_have_repeated) return {};
        if (state.ending != settled.ending) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Material and squares (Shannon's advice of 1950 in numbers, as the MANIAC's program had it), then mobility, the
    // king's shelter, and for a lone king how near to the edge and to the other king it stands. A pawn is worth 200.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Sight sight(state);
        const Squares white = sight.taken & ~state.black;
        int score = judge(state, sight, white, 0) - judge(state, sight, state.black, 1);
        score = 2 * score + (state.side == 0 ? 20 : -20);
        const Squares leaders = score > 0 ? white : state.black;
        if (((sight.pawns | sight.straight) & leaders) == 0) score /= 8;
        // Towards the fifty-move draw every advantage is worth less.
        if (state.quiet > 20) score = score * (static_cast<int>(draw_plies) + 10 - state.quiet) / 90;
        return player == 0 ? score : -score;
    }

    // Captures of much by little first; those that lose a piece to a pawn last, as quiet moves onto a square that a
    // pawn attacks. Quiet moves are otherwise alike, which leaves their order to what the search has learnt.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Sight sight(state);
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned to = lowest(bit(to_of(moves[i])));
            const int mover = values[kind_at(state, from_of(moves[i]))], victim = values[kind_at(state, to)];
            int value = victim > 0 ? 20 * victim - mover : 0;
            const bool guarded = (pawn_captures[sight.side][to] & sight.pawns & sight.other) != 0;
            if (guarded && mover > victim) value = victim - mover - 20;
            if (promoted_of(moves[i]) != nothing) value += promoted_of(moves[i]) == queen ? 150 : -50;
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    // Captures and promotions; every move out of check, as there is no standing still then.
    void noisy(const State &state, MoveList &moves) const {
        std::array<Move, about.max_moves> all;
        MoveList candidates(all.data());
        legal(state, candidates);
        for (const Move move : candidates) {
            const bool captures = kind_at(state, to_of(move)) != nothing;
            if (captures || promoted_of(move) != nothing || state.checked != 0) moves.add(move);
        }
    }

    // Left and right are alike but for where king and queen begin.
    std::uint32_t symmetries() const { return 2; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        if (symmetry == 0) return state;
        State image = state;
        for (Squares *set : {&image.planes[0], &image.planes[1], &image.planes[2], &image.black}) *set = turned(*set);
        for (std::uint16_t &step : image.steps) {
            if (step == 0) break;
            step = static_cast<std::uint16_t>((step & 0xf000) | map_move(1, state, step & 0xfff));
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        if (symmetry == 0) return move;
        return encode(turned_square(from_of(move)), turned_square(to_of(move)), promoted_of(move));
    }

    // ---- for people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &state) const {
        switch (state.ending) {
            case checkmate:
                return "by checkmate";
            case stalemate:
                return "by stalemate";
            case dead_position:
                return "by insufficient material";
            case repetition:
                return "by the same position for the third time";
            case fifty_moves:
                return "by fifty moves each without a capture or a pawn's move";
            default:
                return {};
        }
    }

    std::string rules() const {
        const std::string early =
            early_draws_ ? "- The same position comes for the **third time** with the same side to move.\n"
                           "- **Insufficient material**: bare kings, or a single knight besides.\n\n"
                         : "\n";
        return "# Minichess\n\n"
               "The chess of the first computer that beat a person at it, in Los Alamos in 1956: a board of six by "
               "six squares and **no bishops**. You win by **checkmate**: you attack the other side's king, and no "
               "move saves it. White moves first.\n\n"
               "## The pieces\n\n"
               "- The **king** moves one square in any direction.\n"
               "- The **queen** moves any distance straight or diagonally.\n"
               "- The **rook** moves any distance straight.\n"
               "- The **knight** jumps two squares straight and one aside, also over other pieces.\n"
               "- The **pawn** moves one square forward and captures one square diagonally forward. On the last row "
               "it becomes a queen, rook or knight.\n\n"
               "A piece captures by moving to a square where a piece of the other side stands. Only the knight jumps "
               "over others. There is **no castling**, no double step of pawns and no en passant.\n\n"
               "## Check\n\n"
               "A king that is attacked is **in check**, and its side must move out of it. No move may leave or put "
               "one's own king in check.\n\n"
               "## Draws\n\n"
               "- **Stalemate**: who is to move is not in check, but has no legal move.\n"
               "- **Fifty moves** of each side without a capture or a pawn's move.\n" +
               early +
               "## Notation\n\n"
               "K, Q, R, N are the pieces, pawns have no letter: `Nc3`, `exd4`, `e6=Q`. Moves like `e2e3` can be "
               "typed as well.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        if (from >= squares) return {};
        const Sight sight(state);
        const unsigned kind = kind_at(state, from);
        const std::string name = kind_names[kind];
        if (kind == nothing) return "There is no piece on " + square_name(from) + ".";
        if ((sight.other & bit(from)) != 0) {
            return "That " + name + " is not yours: it is " + player_name(state.side) + "'s turn.";
        }
        if (to >= squares || to == from) {
            std::array<Move, about.max_moves> all;
            MoveList moves(all.data());
            legal(state, moves);
            const auto from_here = [&](Move move) { return from_of(move) == from; };
            if (std::any_of(moves.begin(), moves.end(), from_here)) return {};
            if (state.checked != 0 && kind != king)
                return "Your king is in check, and that " + name + " cannot help.";
            return "That " + name + " cannot move now.";
        }
        if ((sight.own & bit(to)) != 0) {
            return "Your own " + std::string(kind_names[kind_at(state, to)]) + " stands there.";
        }
        if ((targets_of(sight, from, kind) & bit(to)) == 0) return why_not_that_way(sight, from, to, kind);
        if (kind == king) return "The king would be in check there.";
        return state.checked != 0 ? "Your king is in check." : "That would leave your king in check.";
    }

    // ---- the board: cells 0..35 are the squares ----

    void layout(parlour::Board &board) const {
        board.extent(-0.3f, -0.3f, 6.3f, 6.3f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x453A50FF,
                    .x = 3,
                    .y = 3,
                    .w = 6.4f,
                    .h = 6.4f});
        for (unsigned square = 0; square < squares; ++square) {
            const bool dark = (file_of(square) + rank_of(square)) % 2 == 0;
            const std::string label = square_name(square);
            board.cell({.id = square,
                        .color = static_cast<std::uint8_t>(dark ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                        .x = static_cast<float>(file_of(square)) + 0.5f,
                        .y = 5.5f - static_cast<float>(rank_of(square)),
                        .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        const Sight sight(state);
        for (Squares left = sight.taken; left != 0; left &= left - 1) {
            const unsigned square = lowest(left), kind = kind_at(state, square);
            const bool of_black = (state.black & bit(square)) != 0;
            // The first letter stands for the piece on a text board, as in FEN.
            const std::string label = std::string(1, letter_of(kind, of_black)) +
                                      (of_black ? " (black " : " (white ") + kind_names[kind] + ")";
            board.piece({.cell = square,
                         .kind = PARLOUR_PIECE_GLYPH,
                         .color = static_cast<std::uint8_t>(of_black ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                         .scale = 1.25f,
                         .glyph = glyphs[kind],
                         .label = label.c_str()});
        }
        if (state.checked != 0) {
            board.mark({.cell_a = sight.home, .kind = PARLOUR_MARK_RING, .color = PARLOUR_COLOR_WARN});
        }
        if (state.quiet >= draw_plies / 2 && state.ending == running) {
            const std::string value = std::to_string((draw_plies - state.quiet + 1) / 2);
            board.widget({.kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = value.c_str()});
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        path.cell(from_of(move));
        path.cell(to_of(move));
    }

private:
    // The pieces by kind, seen by the side to move.
    struct Sight {
        Squares taken, pawns, knights, kings, slanting, straight; // queens are in both of the last
        Squares own, other;
        unsigned home; // its king's square
        unsigned side;

        explicit Sight(const State &state)
            : taken(state.planes[0] | state.planes[1] | state.planes[2]),
              pawns(state.planes[2] & ~(state.planes[0] | state.planes[1])),
              knights(state.planes[2] & state.planes[0]),
              kings(state.planes[2] & state.planes[1]),
              slanting(state.planes[0] & ~state.planes[2]),
              straight(state.planes[1] & ~state.planes[2]),
              own(state.side == 0 ? taken & ~state.black : state.black),
              other(taken & ~own),
              home(lowest(kings & own)),
              side(state.side & 1u) {}

        // Whether one of `enemies` attacks a square of `defender` when the squares of `blockers` are taken.
        bool attacked(unsigned square, unsigned defender, Squares enemies, Squares blockers) const {
            if ((((pawn_captures[defender][square] & pawns) | (knight_steps[square] & knights) |
                  (king_steps[square] & kings)) &
                 enemies) != 0) {
                return true;
            }
            const Squares sliders = straight & enemies;
            return (in_line[square] & sliders) != 0 &&
                   ((slide(square, blockers, straight_rays) & sliders) != 0 ||
                    (slide(square, blockers, all_rays) & sliders & slanting) != 0);
        }
    };

    static unsigned kind_at(const State &state, unsigned square) {
        return static_cast<unsigned>((state.planes[0] >> square & 1) | (state.planes[1] >> square & 1) << 1 |
                                     (state.planes[2] >> square & 1) << 2);
    }
    static void clear(State &state, Squares set) {
        for (Squares &plane : state.planes) plane &= ~set;
        state.black &= ~set;
    }
    // Puts a piece of the side to move onto an empty square.
    static void put(State &state, Squares square, unsigned kind) {
        for (unsigned i = 0; i < 3; ++i) state.planes[i] |= square & (0 - Squares{kind >> i & 1});
        state.black |= square & (0 - Squares{state.side});
    }
    static char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }
    static char letter_of(unsigned kind, bool of_black) {
        return of_black ? static_cast<char>(kind_letters[kind] | 32) : kind_letters[kind];
    }
    static std::string square_name(unsigned square) {
        return {static_cast<char>('a' + file_of(square)), static_cast<char>('1' + rank_of(square))};
    }
    static unsigned turned_square(unsigned square) {
        return std::min(square - square % size + size - 1 - square % size, squares - 1);
    }
    static Squares turned(Squares set) {
        Squares image = 0;
        for (; set != 0; set &= set - 1) image |= bit(turned_square(lowest(set)));
        return image;
    }

    // Where a piece of the side to move goes if its king is left out of account.
    static Squares targets_of(const Sight &sight, unsigned from, unsigned kind) {
        switch (kind) {
            case pawn:
                return (pawn_steps[sight.side][from] & ~sight.taken) |
                       (pawn_captures[sight.side][from] & sight.other);
            case knight:
                return knight_steps[from] & ~sight.own;
            case king:
                return king_steps[from] & ~sight.own;
            default:
                return slide(from, sight.taken, kind == queen ? all_rays : straight_rays) & ~sight.own;
        }
    }

    // The moves of the side to move if its king is left out of account.
    static void list_candidates(const State &state, const Sight &sight, MoveList &moves) {
        for (Squares pieces = sight.own; pieces != 0; pieces &= pieces - 1) {
            const unsigned from = lowest(pieces), kind = kind_at(state, from);
            for (Squares left = targets_of(sight, from, kind); left != 0; left &= left - 1) {
                const unsigned to = lowest(left);
                if (kind == pawn && (bit(to) & end_rows) != 0) {
                    for (const unsigned promoted : promotions) moves.add(encode(from, to, promoted));
                } else {
                    moves.add(encode(from, to));
                }
            }
        }
    }

    // Whether a candidate does not leave its king in check: only moves of the king, out of check, or of a piece in
    // line with the king can.
    static bool is_safe(const State &state, const Sight &sight, Move move) {
        const Squares from = bit(from_of(move)), to = bit(to_of(move));
        const bool of_king = from_of(move) == sight.home;
        if (!of_king && state.checked == 0 && (in_line[sight.home] & from) == 0) return true;
        return !sight.attacked(of_king ? to_of(move) : sight.home, sight.side, sight.other & ~to,
                               (sight.taken & ~from) | to);
    }

    // Fills in what follows from the pieces, the side to move and the history.
    void settle(State &state) const {
        const Sight sight(state);
        state.checked = sight.attacked(sight.home, sight.side, sight.other, sight.taken);
        state.ending = ending_of(state, sight);
    }

    Ending ending_of(const State &state, const Sight &sight) const {
        std::array<Move, about.max_moves> all;
        MoveList candidates(all.data());
        list_candidates(state, sight, candidates);
        const auto is_legal = [&](Move move) { return is_safe(state, sight, move); };
        if (std::none_of(candidates.begin(), candidates.end(), is_legal)) {
            return state.checked != 0 ? checkmate : stalemate;
        }
        if (early_draws_ && (sight.pawns | sight.straight) == 0 && count(sight.knights) <= 1) return dead_position;
        if (early_draws_ && repeated_twice(state)) return repetition;
        return state.quiet >= draw_plies ? fifty_moves : running;
    }

    // Whether the position has stood twice before: takes the known steps back, keeping the squares whose content
    // differs from now.
    static bool repeated_twice(const State &state) {
        Squares differs[4] = {0, 0, 0, 0};
        int before = 0;
        for (unsigned back = 1; back <= state.known; ++back) {
            const unsigned step = state.steps[(state.known - back) % draw_plies];
            const Squares ends = bit(step & 63) | bit(step >> 6 & 63);
            for (unsigned i = 0; i < 4; ++i) differs[i] ^= ends & (0 - Squares{step >> (12 + i) & 1});
            const bool same = (differs[0] | differs[1] | differs[2] | differs[3]) == 0;
            if (same && back % 2 == 0 && ++before == 2) return true;
        }
        return false;
    }

    static int judge(const State &state, const Sight &sight, Squares own, unsigned side) {
        const Squares other = sight.taken & ~own, queens = sight.slanting & sight.straight;
        const unsigned home = lowest(sight.kings & own), their_home = lowest(sight.kings & other);
        const auto &worth = worth_table[(queens & other) != 0];
        int sum = 0;
        for (Squares left = own; left != 0; left &= left - 1) {
            const unsigned square = lowest(left), kind = kind_at(state, square);
            const unsigned seen = side == 0 ? square : squares - size - square + 2 * (square % size);
            sum += worth[kind][seen];
            if (kind == knight) sum += 4 * count(knight_steps[square] & ~own);
            if (kind == rook) sum += 4 * count(slide(square, sight.taken, straight_rays) & ~own);
            if (kind == queen) sum += 2 * count(slide(square, sight.taken, all_rays) & ~own);
            if (kind == queen || kind == knight) sum += 8 * count(king_steps[square] & bit(their_home));
        }
        sum += 10 * count(king_steps[home] & sight.pawns & own);
        if (count(other) == 1 && (sight.straight & own) != 0) {
            const int distance = std::max(std::abs(file_of(home) - file_of(their_home)),
                                          std::abs(rank_of(home) - rank_of(their_home)));
            sum += 15 * (5 - distance) - 20 * worth_on(king, their_home, false) / 10;
        }
        return sum;
    }

    // ---- words ----

    // What tells the move's piece from others of its kind that can go to the same square: nothing, its file, its
    // rank or both. A pawn that captures always names its file.
    std::string distinction(const State &state, Move move, unsigned kind, bool captures) const {
        const unsigned from = from_of(move);
        const std::string name = square_name(from);
        if (kind == pawn) return captures ? name.substr(0, 1) : std::string{};
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        bool shared = false, same_file = false, same_rank = false;
        for (const Move other : moves) {
            const unsigned square = from_of(other);
            if (square == from || to_of(other) != to_of(move) || kind_at(state, square) != kind) continue;
            shared = true;
            same_file = same_file || file_of(square) == file_of(from);
            same_rank = same_rank || rank_of(square) == rank_of(from);
        }
        if (!shared) return {};
        return !same_file ? name.substr(0, 1) : !same_rank ? name.substr(1) : name;
    }

    // What a text without marks says of a move; each part but the target is there or not.
    struct Wish {
        std::optional<unsigned> kind, promoted;
        std::optional<int> file, rank;
        unsigned to = 0;
    };
    static std::optional<Wish> read_wish(std::string_view text) {
        const auto kind_of = [](char letter) -> std::optional<unsigned> {
            const std::size_t kind = kind_letters.find(letter);
            if (letter == '?' || kind == std::string_view::npos) return std::nullopt;
            return static_cast<unsigned>(kind);
        };
        const auto is_file = [](char c) { return c >= 'a' && c <= 'f'; };
        const auto is_rank = [](char c) { return c >= '1' && c <= '6'; };
        Wish wish;
        if (!text.empty() && (wish.kind = kind_of(text.front()))) text.remove_prefix(1);
        if (text.size() > 2 && (wish.promoted = kind_of(upper(text.back())))) text.remove_suffix(1);
        if (text.size() < 2 || !is_file(text[text.size() - 2]) || !is_rank(text.back())) return std::nullopt;
        wish.to =
            size * static_cast<unsigned>(text.back() - '1') + static_cast<unsigned>(text[text.size() - 2] - 'a');
        text.remove_suffix(2);
        if (!text.empty() && is_file(text.front())) {
            wish.file = text.front() - 'a';
            text.remove_prefix(1);
        }
        if (!text.empty() && is_rank(text.front())) {
            wish.rank = text.front() - '1';
            text.remove_prefix(1);
        }
        if (!text.empty()) return std::nullopt;
        if (!wish.kind && !(wish.file && wish.rank)) wish.kind = pawn;
        return wish;
    }
    static std::vector<Move> find_moves(const State &state, const MoveList &moves, std::string_view plain) {
        std::vector<Move> fitting;
        const std::optional<Wish> wish = read_wish(plain);
        if (!wish) return fitting;
        for (const Move move : moves) {
            const unsigned from = from_of(move);
            const bool fits = wish->to == to_of(move) && (!wish->kind || *wish->kind == kind_at(state, from)) &&
                              (!wish->file || *wish->file == file_of(from)) &&
                              (!wish->rank || *wish->rank == rank_of(from)) &&
                              (!wish->promoted || *wish->promoted == promoted_of(move));
            if (fits) fitting.push_back(move);
        }
        return fitting;
    }

    // Why no legal move is what was wished for: what keeps back the piece that comes nearest to it.
    std::string why_not_wish(const State &state, const MoveList &moves, Wish wish) const {
        if (state.ending != running) return "The game is over.";
        const Sight sight(state);
        if (!wish.kind)
            return why_not(state, size * static_cast<unsigned>(*wish.rank) + static_cast<unsigned>(*wish.file),
                           wish.to);
        if (*wish.kind == pawn && !wish.file) wish.file = file_of(wish.to);
        unsigned nearest = squares;
        bool reaches = false;
        for (Squares left = sight.own; left != 0; left &= left - 1) {
            const unsigned from = lowest(left);
            if (kind_at(state, from) != *wish.kind || (wish.file && *wish.file != file_of(from)) ||
                (wish.rank && *wish.rank != rank_of(from)) || reaches) {
                continue;
            }
            reaches = (targets_of(sight, from, *wish.kind) & bit(wish.to)) != 0;
            if (reaches || nearest == squares) nearest = from;
        }
        if (nearest == squares) {
            std::string place;
            if (wish.file) place += " on the " + std::string(1, static_cast<char>('a' + *wish.file)) + "-file";
            if (wish.rank) place += " on row " + std::to_string(*wish.rank + 1);
            return "You have no " + std::string(kind_names[*wish.kind]) + place + ".";
        }
        const auto is_it = [&](Move move) { return from_of(move) == nearest && to_of(move) == wish.to; };
        if (std::any_of(moves.begin(), moves.end(), is_it)) {
            return "Only a pawn becomes another piece, on the last row: a queen, rook or knight.";
        }
        return why_not(state, nearest, wish.to);
    }

    static std::string why_not_that_way(const Sight &sight, unsigned from, unsigned to, unsigned kind) {
        const bool straight = (slide(from, 0, straight_rays) & bit(to)) != 0;
        switch (kind) {
            case pawn:
                if ((pawn_captures[sight.side][from] & bit(to)) != 0) {
                    return "A pawn moves diagonally only when it captures.";
                }
                if ((pawn_steps[sight.side][from] & bit(to)) != 0) {
                    return "That pawn is blocked: it captures diagonally.";
                }
                return "A pawn moves one square forward.";
            case knight:
                return "A knight moves two squares straight and one aside.";
            case king:
                return "A king moves one square in any direction.";
            case rook:
                return straight ? "Something stands in the way." : "A rook moves straight.";
            default:
                return (in_line[from] & bit(to)) != 0 ? "Something stands in the way."
                                                      : "A queen moves straight or diagonally.";
        }
    }

    // ---- reading and checking ----

    static Failure refusal(const std::string &what) {
        return Failure(PARLOUR_E_PARSE,
                       what + "; a position is FEN like \"rnqknr/pppppp/6/6/PPPPPP/RNQKNR w - - 0 1\"");
    }
    static void read_board(std::string_view text, State &state) {
        unsigned rank = size - 1, file = 0;
        const auto finish_row = [&] {
            if (file == size) return;
            throw refusal("row " + std::to_string(rank + 1) + " has " + std::to_string(file) + " squares");
        };
        for (const char c : text) {
            const std::size_t kind = kind_letters.find(upper(c));
            if (c == '/') {
                finish_row();
                if (rank-- == 0) throw refusal("there are more than six rows");
                file = 0;
            } else if (c >= '1' && c <= '6') {
                file += static_cast<unsigned>(c - '0');
            } else if (kind == std::string_view::npos || c == '?') {
                throw refusal("\"" + std::string(1, c) + "\" is not a piece");
            } else {
                const Squares square = bit(size * rank + std::min(file++, size));
                for (unsigned i = 0; i < 3; ++i) state.planes[i] |= square & (0 - Squares{kind >> i & 1});
                if (std::islower(static_cast<unsigned char>(c))) state.black |= square;
            }
            if (file > size) throw refusal("row " + std::to_string(rank + 1) + " has more than six squares");
        }
        if (rank != 0) throw refusal("there are only " + std::to_string(size - rank) + " rows");
        finish_row();
    }
    static unsigned read_number(std::string_view text, unsigned least, unsigned most) {
        const auto value = parlour::whole_number(text, least, most);
        if (!value) throw refusal(parlour::not_a_number(text, least, most));
        return *value;
    }

    // What is wrong with the pieces.
    static std::string board_problem(const State &state) {
        const Sight sight(state);
        if ((state.planes[0] & state.planes[1] & state.planes[2]) != 0 || (sight.slanting & ~sight.straight) != 0) {
            return "a square holds an unknown piece";
        }
        if (((sight.taken & ~all_squares) | (state.black & ~sight.taken)) != 0) return "an empty square is Black's";
        for (const unsigned side : {0u, 1u}) {
            const Squares own = side == 0 ? sight.taken & ~state.black : state.black;
            const std::string name = side == 0 ? "White" : "Black";
            if (count(sight.kings & own) != 1) return name + " needs one king";
            const auto beyond = [&](Squares set, int first) { return std::max(0, count(set & own) - first); };
            const int promoted =
                beyond(sight.slanting, 1) + beyond(sight.straight & ~sight.slanting, 2) + beyond(sight.knights, 2);
            if (promoted + count(sight.pawns & own) > 6) {
                return name + " has more pieces than six pawns can have become";
            }
        }
        if ((sight.pawns & end_rows) != 0) return "a pawn stands on " + square_name(lowest(sight.pawns & end_rows));
        if (sight.attacked(lowest(sight.kings & sight.other), sight.side ^ 1, sight.own, sight.taken)) {
            return "the side that has just moved is in check";
        }
        return {};
    }

    // Whether the known steps can be taken back from the position, and the rest of their room is clear.
    static bool history_fits(const State &state) {
        State past = state;
        for (unsigned i = draw_plies; i-- > 0;) {
            const unsigned step = state.steps[i], from = step & 63, to = step >> 6 & 63, kind = step >> 12 & 7;
            if (i >= state.known) {
                if (step != 0) return false;
                continue;
            }
            past.side ^= 1;
            if (from >= squares || to >= squares || kind == nothing || kind == pawn || kind_at(past, to) != kind ||
                step >> 15 != past.side || (past.black >> to & 1) != past.side || kind_at(past, from) != nothing) {
                return false;
            }
            clear(past, bit(to));
            put(past, bit(from), kind);
            if ((targets_of(Sight(past), from, kind) & bit(to)) == 0) return false;
        }
        return true;
    }

    bool early_draws_;
};

} // namespace

PARLOUR_GAME(Minichess);
