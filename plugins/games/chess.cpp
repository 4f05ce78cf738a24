// Chess by the laws of FIDE. Five endings come by themselves, without a claim: checkmate, stalemate, a position in
// which neither side has what it takes to mate, the third repetition of a position, and fifty moves of each side
// without a capture or a pawn's move. Option early_draws leaves the third and the fourth of them out.
//
//      8  56 57 58 59 60 61 62 63      bit = 8 * rank + file, a1 = 0
//      7  48 49 50 51 52 53 54 55
//      ...                             A position is four planes of 64 bits: three for the kind of piece on a square,
//      2   8  9 10 11 12 13 14 15      one for those that are Black's.
//      1   0  1  2  3  4  5  6  7
//          a  b  c  d  e  f  g  h      move = from | to << 6 | kind promoted to << 12
//
// Castling is the king's move by two squares. Two positions are the same when the same pieces stand on the same
// squares, the same side moves, and it may castle and capture en passant in the same ways; so an en passant square is
// only kept where such a capture is legal. Moves are written in the standard algebraic notation, positions as FEN;
// " rc 3" at its end (the repetition count of EPD) says that the third repetition has ended the game.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>
#include <cctype>
#include <optional>

namespace {

using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using parlour::words_of;
using Squares = std::uint64_t; // a set of squares, one bit each

// ---- geometry -------------------------------------------------------------------------------------------------

constexpr unsigned no_square = 64;
constexpr Squares a_file = 0x0101010101010101, h_file = 0x8080808080808080;
constexpr Squares first_row = 0xff, last_row = first_row << 56, end_rows = first_row | last_row;
constexpr Squares dark_squares = 0xaa55aa55aa55aa55;

constexpr Squares bit(unsigned square) {
    return Squares{1} << square;
}
// The lowest square of a set, and always a square.
constexpr unsigned lowest(Squares set) {
    return static_cast<unsigned>(std::countr_zero(set)) & 63;
}
constexpr int count(Squares set) {
    return std::popcount(set);
}
constexpr bool has_two(Squares set) {
    return (set & (set - 1)) != 0;
}
constexpr Squares west(Squares set) {
    return set >> 1 & ~h_file;
}
constexpr Squares east(Squares set) {
    return set << 1 & ~a_file;
}

// From each square, the squares reached by one of some steps {files, ranks}.
template <std::size_t N>
constexpr std::array<Squares, 64> leaper(const int (&steps)[N][2]) {
    std::array<Squares, 64> table{};
    for (int square = 0; square < 64; ++square) {
        for (const auto &step : steps) {
            const int file = square % 8 + step[0], rank = square / 8 + step[1];
            if (file < 0 || file > 7 || rank < 0 || rank > 7) continue;
            table[static_cast<unsigned>(square)] |= bit(static_cast<unsigned>(8 * rank + file));
        }
    }
    return table;
}
constexpr auto knight_steps = leaper({{1, 2}, {2, 1}, {2, -1}, {1, -2}, {-1, -2}, {-2, -1}, {-2, 1}, {-1, 2}});
constexpr auto king_steps = leaper({{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}});
// Where a pawn of a side captures.
constexpr std::array<std::array<Squares, 64>, 2> pawn_captures{leaper({{-1, 1}, {1, 1}}),
                                                               leaper({{-1, -1}, {1, -1}})};

// The four lines through a square, without the square itself, and none.
enum Line : unsigned { level = 0, upright = 1, rising = 2, falling = 3, no_line = 4 };
constexpr auto lines = [] {
    constexpr int directions[4][2] = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};
    std::array<std::array<Squares, 64>, 5> table{};
    for (unsigned line = 0; line < 4; ++line) {
        for (int square = 0; square < 64; ++square) {
            for (int sign = -1; sign <= 1; sign += 2) {
                const int dx = sign * directions[line][0], dy = sign * directions[line][1];
                for (int x = square % 8 + dx, y = square / 8 + dy; x >= 0 && x < 8 && y >= 0 && y < 8;
                     x += dx, y += dy) {
                    table[line][static_cast<unsigned>(square)] |= bit(static_cast<unsigned>(8 * y + x));
                }
            }
        }
    }
    return table;
}();
constexpr auto line_of = [] {
    std::array<std::array<std::uint8_t, 64>, 64> table{};
    for (unsigned a = 0; a < 64; ++a) {
        for (unsigned b = 0; b < 64; ++b) {
            unsigned line = 0;
            while (line < no_line && (lines[line][a] & bit(b)) == 0) ++line;
            table[a][b] = static_cast<std::uint8_t>(line);
        }
    }
    return table;
}();
constexpr Squares straight_lines(unsigned square) {
    return lines[level][square] | lines[upright][square];
}
constexpr Squares diagonal_lines(unsigned square) {
    return lines[rising][square] | lines[falling][square];
}
// The whole line through two squares, without the first.
constexpr Squares line_through(unsigned a, unsigned b) {
    return lines[line_of[a][b]][a];
}
constexpr Squares between(unsigned a, unsigned b) {
    const unsigned low = std::min(a, b), high = std::max(a, b);
    return line_through(a, b) & (bit(high) - 1) & ~((bit(low) << 1) - 1);
}

// What a slider attacks along one line, for each of the 64 ways in which the six inner squares of the line can be
// taken ("Kindergarten" bitboards of G. Isenberg, chessprogramming.org). The pieces of a line are gathered into six
// bits by one multiplication; all tables together are 9 KB and need no start-up. The attack is that of a rank,
// copied to all ranks (and cut to the line), or for an upright line that of a file.
struct SliderTables {
    std::array<std::array<Squares, 64>, 8> by_file{}, by_rank{};
};
constexpr SliderTables slider_tables = [] {
    SliderTables tables;
    for (unsigned at = 0; at < 8; ++at) {
        for (unsigned inner = 0; inner < 64; ++inner) {
            const unsigned taken = inner << 1;
            unsigned reached = 0;
            for (unsigned i = at + 1; i < 8; ++i) {
                reached |= 1u << i;
                if ((taken >> i & 1) != 0) break;
            }
            for (unsigned i = at; i-- > 0;) {
                reached |= 1u << i;
                if ((taken >> i & 1) != 0) break;
            }
            tables.by_file[at][inner] = reached * a_file;
            // The multiplication for files gathers the highest rank into the lowest bit.
            unsigned turned = 0;
            for (unsigned i = 0; i < 6; ++i) turned |= (inner >> i & 1) << (5 - i);
            for (unsigned i = 0; i < 8; ++i) tables.by_rank[at][turned] |= Squares{reached >> i & 1} << 8 * i;
        }
    }
    return tables;
}();
constexpr Squares attack_across(Line line, unsigned square, Squares taken) {
    const Squares mask = lines[line][square];
    return slider_tables.by_file[square & 7][((mask & taken) * (a_file << 1)) >> 58] & mask;
}
constexpr Squares attack_upright(unsigned square, Squares taken) {
    constexpr Squares diagonal = 0x0080402010080400;
    const unsigned file = square & 7;
    return slider_tables.by_rank[square >> 3][((taken >> file & a_file) * diagonal) >> 58] << file;
}
constexpr Squares bishop_attacks(unsigned square, Squares taken) {
    return attack_across(rising, square, taken) | attack_across(falling, square, taken);
}
constexpr Squares rook_attacks(unsigned square, Squares taken) {
    return attack_across(level, square, taken) | attack_upright(square, taken);
}

// ---- pieces and moves -----------------------------------------------------------------------------------------

// Bit 0: slides slanting, or is a knight; bit 1: slides straight, or is a king; bit 2: does not slide.
enum Kind : unsigned { nothing = 0, bishop = 1, rook = 2, queen = 3, pawn = 4, knight = 5, king = 6 };
constexpr std::array<unsigned, 4> promotions{queen, knight, rook, bishop};
constexpr std::array<const char *, 8> kind_names{"", "bishop", "rook", "queen", "pawn", "knight", "king", ""};
constexpr std::string_view kind_letters = "?BRQPNK?";

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
// Whether a king's move is castling.
constexpr bool castles(unsigned from, unsigned to) {
    return to == from + 2 || from == to + 2;
}

constexpr std::uint8_t castle_short = 1, castle_long = 2; // White's; Black's are two bits higher
// The rights that are left when something moves from or to a square.
constexpr auto rights_kept = [] {
    std::array<std::uint8_t, 64> table{};
    table.fill(15);
    for (unsigned side = 0; side < 2; ++side) {
        const unsigned row = 56 * side, shift = 2 * side;
        table[row] = static_cast<std::uint8_t>(15 ^ castle_long << shift);
        table[row + 7] = static_cast<std::uint8_t>(15 ^ castle_short << shift);
        table[row + 4] = table[row] & table[row + 7];
    }
    return table;
}();

constexpr unsigned draw_plies = 100; // fifty moves of each side

enum Ending : std::uint8_t {
    running = 0,
    checkmate = 1,
    stalemate = 2,
    dead_position = 3,
    repetition = 4,
    fifty_moves = 5
};

// ---- evaluation -----------------------------------------------------------------------------------------------

// A value in the middlegame and in the endgame, in hundredths of a pawn.
struct Worth {
    int middle = 0, end = 0;
    constexpr Worth operator+(Worth other) const { return {middle + other.middle, end + other.end}; }
    constexpr Worth operator-(Worth other) const { return {middle - other.middle, end - other.end}; }
    constexpr Worth operator*(int times) const { return {middle * times, end * times}; }
    constexpr Worth &operator+=(Worth other) { return *this = *this + other; }
};

// What White's piece is worth on a square: its material, then what the usual advice says in numbers: knights to the
// centre, pawns forward and in the centre first, rooks to the seventh, the king into the corner until the queens are
// gone and to the centre then. The numbers are our own, set by hand; no published table was taken over.
constexpr Worth worth_on(unsigned kind, unsigned square) {
    const auto file = static_cast<int>(square & 7), rank = static_cast<int>(square >> 3);
    const int inward = std::min(file, 7 - file), centre = inward + std::min(rank, 7 - rank);
    const int advance = rank - 1;
    switch (kind) {
        case pawn:
            return {88 + 3 * advance + (inward == 3 ? std::min(advance, 3) * 8 : 0) - (inward == 0 ? 6 : 0),
                    104 + 3 * advance * advance};
        case knight:
            return {290 + 8 * centre - (rank == 0 ? 8 : 0), 275 + 7 * centre};
        case bishop:
            return {322 + 4 * centre - (rank == 0 ? 8 : 0), 308 + 3 * centre};
        case rook:
            return {476 + 4 * inward + (rank == 6 ? 16 : 0), 520 + (rank == 6 ? 12 : 0)};
        case queen:
            return {945 + 2 * centre, 955 + 5 * centre};
        case king:
            return {(rank == 0 ? (inward == 1   ? 32
                                  : inward == 0 ? 24
                                  : inward == 2 ? 6
                                                : -2)
                               : -18 * rank - 6 * inward),
                    -30 + 10 * centre};
        default:
            return {};
    }
}
constexpr auto worth_table = [] {
    std::array<std::array<Worth, 64>, 8> table{};
    for (unsigned kind = 0; kind < 8; ++kind) {
        for (unsigned square = 0; square < 64; ++square) table[kind][square] = worth_on(kind, square);
    }
    return table;
}();
constexpr std::array<int, 8> rough_values{0, 3, 5, 9, 1, 3, 20, 0}; // by kind, for the order of captures

struct Chess {
    static constexpr parlour::GameAbout about{
        .id = "chess",
        .name = "Chess",
        .family = "capture",
        .summary = "Attack the other side's king so that it cannot escape.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        // The author of lichess.org/@/Tobs40/blog proved by integer programming that no position has more, without
        // asking whether it can be reached but for its material; check() holds positions to that material.
        .max_moves = 218,
        .move_space = 6 << 12,
        // At most 16 pawns move 6 times each and 30 pieces are captured; between such moves lie 99 plies at most.
        .max_plies = (16 * 6 + 30 + 1) * draw_plies,
        .accent = 0x6B5B4BFF};

    static constexpr std::array options{parlour::Option::boolean(
        "early_draws", "Early draws",
        "The third repetition and insufficient material end the game, not only fifty moves without progress.", true)};

    explicit Chess(const parlour::OptionValues &values) : early_draws_(values.boolean("early_draws")) {}

    // The position, what follows from it (so that it is found once), and what makes the third repetition exact
    // without comparing hashes: since the last move that cannot be taken back, all plies were moves of pieces to
    // empty squares, two bytes each and at most 100 of them, so the earlier positions are had by taking those back.
    // `quiet` can be more than `known` after a position was read from text, or castling or en passant was given up.
    struct State {
        Squares planes[3];     // the bits of the kind of piece on each square
        Squares black;         // squares with Black's pieces
        Squares checkers;      // what gives check to the side to move
        Squares pinned;        // its pieces that stand between its king and a slider
        std::uint8_t side;     // 0 White, 1 Black
        std::uint8_t castling; // rights: two bits White's, two bits Black's
        std::uint8_t passing;  // the square onto which a pawn can capture en passant, or no_square
        std::uint8_t ending;
        std::uint8_t quiet;              // plies since the last capture or pawn's move
        std::uint8_t known;              // how many of them stand in `steps`
        std::uint16_t number;            // of the move, from 1
        std::uint16_t steps[draw_plies]; // from | to << 6 | kind << 12 | side << 15, zero beyond `known`
    };
    static_assert(sizeof(State) == 256);

    // ---- rules ----

    // The pieces by kind.
    struct Pieces {
        Squares taken, pawns, knights, kings, diagonal, straight; // queens are in both of the last

        explicit Pieces(const State &state)
            : taken(state.planes[0] | state.planes[1] | state.planes[2]),
              pawns(state.planes[2] & ~(state.planes[0] | state.planes[1])),
              knights(state.planes[2] & state.planes[0]),
              kings(state.planes[2] & state.planes[1]),
              diagonal(state.planes[0] & ~state.planes[2]),
              straight(state.planes[1] & ~state.planes[2]) {}

        // The first row for the last.
        Pieces mirrored() const {
            Pieces image = *this;
            for (Squares *set :
                 {&image.taken, &image.pawns, &image.knights, &image.kings, &image.diagonal, &image.straight}) {
                *set = __builtin_bswap64(*set);
            }
            return image;
        }

        // What attacks a square of `side` when `blockers` are taken; pieces of that side count only if wanted.
        Squares attackers(unsigned square, unsigned side, Squares blockers) const {
            return (pawn_captures[side][square] & pawns) | (knight_steps[square] & knights) |
                   (king_steps[square] & kings) | (bishop_attacks(square, blockers) & diagonal) |
                   (rook_attacks(square, blockers) & straight);
        }
    };

    // The same, seen by the side to move.
    struct Sight : Pieces {
        Squares own, other;
        unsigned home; // its king's square
        unsigned side;

        explicit Sight(const State &state)
            : Pieces(state),
              own(state.side == 0 ? taken & ~state.black : state.black),
              other(taken & ~own),
              home(lowest(kings & own)),
              side(state.side & 1u) {}

        // How far pawns of the side to move turn the board's bits with a step ahead; captures are one more or less.
        int ahead() const { return side == 0 ? 8 : 56; }

        // The squares that the other side attacks; the king does not hide what lies behind it.
        Squares danger() const {
            const Squares blockers = taken ^ bit(home), their_pawns = pawns & other;
            const Squares ranks = side == 0 ? their_pawns >> 8 : their_pawns << 8;
            Squares attacked = west(ranks) | east(ranks) | king_steps[lowest(kings & other)];
            for (Squares left = knights & other; left != 0; left &= left - 1) attacked |= knight_steps[lowest(left)];
            for (Squares left = diagonal & other; left != 0; left &= left - 1) {
                attacked |= bishop_attacks(lowest(left), blockers);
            }
            for (Squares left = straight & other; left != 0; left &= left - 1) {
                attacked |= rook_attacks(lowest(left), blockers);
            }
            return attacked;
        }

        // The pawns that capture onto an en passant square without leaving their king in check.
        Squares passing_pawns(unsigned target) const {
            const Squares victim = std::rotr(bit(target), ahead());
            Squares found = 0;
            for (Squares left = pawn_captures[side ^ 1][target] & pawns & own; left != 0; left &= left - 1) {
                const Squares from = left & (~left + 1), blockers = (taken ^ from ^ victim) | bit(target);
                if ((attackers(home, side, blockers) & other & ~victim) == 0) found |= from;
            }
            return found;
        }
    };

    State initial() const { return parse_state("rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"); }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.side) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        Lister lister{moves};
        generate(state, Sight(state), everywhere, everywhere, lister);
    }

    Turn apply(State &state, Move move) const {
        const unsigned from = from_of(move), to = to_of(move), promoted = promoted_of(move);
        const unsigned kind = kind_at(state, from);
        const Squares start = bit(from), target = bit(to), all = taken_of(state);
        const bool captures = (all & target) != 0, of_black = (state.black & start) != 0;
        const bool own_target = captures && ((state.black & target) != 0) == of_black;
        if (state.ending != running || promoted > 5 || kind == nothing || of_black != (state.side != 0) ||
            own_target || kind_at(state, to) == king) [[unlikely]] {
            return Turn::fault();
        }

        clear(state, start | target);
        put(state, target, promoted != nothing ? promoted : kind);
        const std::uint8_t rights = state.castling & rights_kept[from] & rights_kept[to];
        const bool goes_back = kind != pawn && !captures && rights == state.castling && state.passing == no_square;
        if (goes_back && state.known < draw_plies) {
            state.steps[state.known++] =
                static_cast<std::uint16_t>(from | to << 6 | kind << 12 | unsigned{state.side} << 15);
        } else {
            std::memset(state.steps, 0, state.known * sizeof state.steps[0]);
            state.known = 0;
        }
        state.quiet = kind == pawn || captures ? std::uint8_t{0} : static_cast<std::uint8_t>(state.quiet + 1);

        std::uint8_t passed = no_square;
        if (kind == pawn) {
            if (to == state.passing) clear(state, bit(to ^ 8));
            if ((from ^ to) == 16) passed = static_cast<std::uint8_t>((from + to) / 2);
        } else if (kind == king && castles(from, to)) {
            const unsigned row = to & 56;
            clear(state, bit(to > from ? row + 7 : row));
            put(state, bit((from + to) / 2), rook);
        }
        state.castling = rights;
        state.passing = passed;
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
    // half of the limit on: before, no search looks far enough ahead for it to matter, and equal positions should
    // meet in its tables.
    std::uint64_t hash(const State &state) const {
        const unsigned late = state.quiet >= draw_plies / 2 ? state.quiet : 0u;
        const std::uint64_t rest = state.side | unsigned{state.castling} << 1 | unsigned{state.passing} << 5 |
                                   unsigned{state.ending} << 12 | late << 15 | std::uint64_t{1} << 40;
        const std::uint64_t one = parlour::mix64(state.planes[0] ^ parlour::mix64(rest)) ^ state.planes[1];
        const std::uint64_t two = parlour::mix64(state.planes[2] + 0x9e3779b97f4a7c15u) ^ state.black;
        return parlour::mix64(parlour::mix64(one) + std::rotl(two, 32) * 0xd6e8feb86659fd93u);
    }

    // ---- texts: SAN moves, FEN positions ----

    std::string move_text(const State &state, Move move) const {
        const unsigned from = from_of(move), to = to_of(move), kind = kind_at(state, from);
        std::string text;
        if (kind == king && castles(from, to)) {
            text = to > from ? "O-O" : "O-O-O";
        } else {
            const bool captures = kind_at(state, to) != nothing || (kind == pawn && to == state.passing);
            if (kind != pawn) text += kind_letters[kind];
            text += distinction(state, move, kind, captures);
            if (captures) text += 'x';
            text += square_name(to);
            if (promoted_of(move) != nothing) text += {'=', kind_letters[promoted_of(move) & 7]};
        }
        State next = state;
        apply(next, move);
        if (next.checkers != 0) text += next.ending == checkmate ? '#' : '+';
        return text;
    }

    // Reads that without its marks, with the start named in full ("Ng1f3", "e2-e4") or not at all, promotions with
    // and without "=", castling with zeros, and bare coordinates ("e2e4", "e7e8q").
    Move parse_move(const State &state, std::string_view text) const {
        const std::string quoted = quote(text);
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        const std::string plain = without_marks(text);
        std::string capital = plain;
        if (!plain.empty()) capital[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(plain[0])));
        std::vector<Move> fitting = find_moves(state, moves, plain);
        if (fitting.empty()) fitting = find_moves(state, moves, capital);
        if (fitting.size() == 1) return fitting.front();
        if (!fitting.empty()) {
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " fits several moves: " + move_text(state, fitting[0]) +
                                                 " or " + move_text(state, fitting[1]));
        }
        std::optional<Wish> wish = read_wish(plain);
        if (!wish) wish = read_wish(capital);
        if (!wish) throw parlour::not_a_move(*this, text, "e4, Nf3, exd5, O-O, e8=Q or e2e4");
        throw parlour::illegal_move(*this, state, text, why_not_wish(state, moves, *wish));
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned rank = 8; rank-- > 0;) {
            int empty = 0;
            for (unsigned file = 0; file < 8; ++file) {
                const unsigned square = 8 * rank + file, kind = kind_at(state, square);
                if (kind == nothing) {
                    ++empty;
                    continue;
                }
                if (empty > 0) text += std::to_string(empty);
                empty = 0;
                const char letter = kind_letters[kind];
                const bool of_black = (state.black & bit(square)) != 0;
                text += of_black ? static_cast<char>(letter - 'A' + 'a') : letter;
            }
            if (empty > 0) text += std::to_string(empty);
            if (rank > 0) text += '/';
        }
        text += state.side == 0 ? " w " : " b ";
        for (unsigned right = 0; right < 4; ++right) {
            if ((state.castling >> right & 1) != 0) text += "KQkq"[right];
        }
        if (state.castling == 0) text += '-';
        text += ' ' + (state.passing == no_square ? std::string("-") : square_name(state.passing));
        text += ' ' + std::to_string(state.quiet) + ' ' + std::to_string(state.number);
        if (state.ending == repetition) text += " rc 3";
        return text;
    }

    // Reads FEN, also without its last two or four fields, and EPD, of whose operations hmvc, fmvn and rc count.
    State parse_state(std::string_view text) const {
        std::vector<std::string_view> words = words_of(text);
        if (words.size() == 1 && words[0] == "startpos") return initial();
        if (words.empty()) throw refusal("the text is empty");
        State state{};
        state.passing = no_square;
        state.number = 1;
        read_board(words[0], state);
        if (words.size() > 1) state.side = read_side(words[1]);
        if (words.size() > 2) state.castling = read_castling(words[2]);
        if (words.size() > 3) state.passing = read_passing(words[3]);
        bool repeated = false;
        std::size_t at = 4;
        if (at < words.size() && std::isdigit(static_cast<unsigned char>(words[at][0]))) {
            state.quiet = static_cast<std::uint8_t>(read_number(words[at++], 0, draw_plies));
            if (at < words.size() && std::isdigit(static_cast<unsigned char>(words[at][0]))) {
                state.number = static_cast<std::uint16_t>(std::max(1u, read_number(words[at++], 0, 0xffff)));
            }
        }
        for (; at < words.size(); ++at) {
            const std::string_view name = words[at];
            const bool known_name = name == "rc" || name == "hmvc" || name == "fmvn";
            if (known_name && at + 1 == words.size()) throw refusal("a number follows " + std::string(name));
            if (name == "rc") repeated = read_number(words[++at], 1, 5) >= 3;
            if (name == "hmvc") state.quiet = static_cast<std::uint8_t>(read_number(words[++at], 0, draw_plies));
            if (name == "fmvn") state.number = static_cast<std::uint16_t>(read_number(words[++at], 1, 0xffff));
            if (known_name) continue;
            if (!std::isalpha(static_cast<unsigned char>(name[0]))) {
                throw refusal(quote(name) + " is not part of a position");
            }
            const auto ends = [](std::string_view word) { return word.back() == ';'; };
            const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at);
            const auto end = std::find_if(begin, words.end(), ends);
            if (end == words.end()) {
                throw refusal(quote(name) + " is not part of a position, and an operation of EPD ends in ;");
            }
            at = static_cast<std::size_t>(end - words.begin());
        }
        const std::string problem = board_problem(state);
        if (!problem.empty()) throw refusal(problem);
        settle(state);
        if (state.passing != no_square) state.quiet = 0;
        if (repeated && !early_draws_) throw refusal("repetition does not end this game");
        if (repeated && state.ending == running) state.ending = repetition;
        return state;
    }

    std::string check(const State &state) const {
        if (state.side > 1 || state.castling > 15 || state.passing > no_square || state.number == 0) {
            return "the bytes are not a position of chess";
        }
        const std::string problem = board_problem(state);
        if (!problem.empty()) return problem;
        if (state.quiet > draw_plies || state.known > state.quiet) return "the count of quiet moves is wrong";
        if (!history_fits(state)) return "the history of quiet moves does not lead to this position";
        State settled = state;
        settle(settled);
        if (state.passing != settled.passing || (state.passing != no_square && state.quiet != 0)) {
            return "nothing can be captured en passant on " + square_name(state.passing);
        }
        if (state.checkers != settled.checkers || state.pinned != settled.pinned) {
            return "checks and pins are noted wrongly";
        }
        const bool may_have_repeated = early_draws_ && state.known < state.quiet && state.quiet >= 8;
        if (state.ending == repetition && settled.ending == running && may_have_repeated) return {};
        if (state.ending != settled.ending) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Material and squares between middlegame and endgame by the pieces that are left (a tapered evaluation), then
    // pawns, mobility, the bishops' pair, rooks on open files, and attacks on the squares around the king. These
    // terms are common to chess programs (the Chess Programming Wiki, "Evaluation", lists them); the weights are our
    // own, set by hand. A pawn is worth 200: a rook ahead is about won.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Pieces pieces(state);
        const Worth sum =
            judge(pieces, pieces.taken & ~state.black) - judge(pieces.mirrored(), __builtin_bswap64(state.black));
        const int phase = std::min(24, count(pieces.knights) + count(pieces.diagonal & ~pieces.straight) +
                                           2 * count(pieces.straight & ~pieces.diagonal) +
                                           4 * count(pieces.straight & pieces.diagonal));
        int score = (sum.middle * phase + sum.end * (24 - phase)) / 12;
        score += state.side == 0 ? 20 : -20;
        const Squares leaders = score > 0 ? pieces.taken & ~state.black : state.black;
        if (!can_win(pieces, leaders)) score /= 8;
        // Towards the fifty-move draw every advantage is worth less.
        if (state.quiet > 20) score = score * (static_cast<int>(draw_plies) + 10 - state.quiet) / 90;
        return player == 0 ? score : -score;
    }

    // Captures of much by little first (MVV-LVA, as most programs do); those that lose a piece to a pawn last, as
    // quiet moves onto a square that a pawn attacks. Quiet moves are otherwise alike, which leaves their order to
    // what the search has learnt.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Sight sight(state);
        const Squares ranks = sight.side == 0 ? (sight.pawns & sight.other) >> 8 : (sight.pawns & sight.other) << 8;
        const Squares guarded = west(ranks) | east(ranks);
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned to = to_of(moves[i]);
            const int mover = rough_values[kind_at(state, from_of(moves[i]))];
            const int victim = rough_values[kind_at(state, to)];
            const bool loses = (guarded & bit(to)) != 0 && mover > victim;
            int value = victim > 0 ? 20 * victim - mover : 0;
            if (victim == 0 && to == state.passing && mover == 1) value = 19;
            if (loses) value = victim - mover - 20;
            if (promoted_of(moves[i]) != nothing) value += promoted_of(moves[i]) == queen ? 150 : -50;
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    // Captures and promotions; every move out of check, as there is no standing still then.
    void noisy(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        Lister lister{moves};
        const Sight sight(state);
        if (state.checkers != 0) {
            generate(state, sight, everywhere, everywhere, lister);
        } else {
            generate(state, sight, sight.other, end_rows, lister);
        }
    }

    // One of the legal moves, each as likely: they are counted by sets, and only the one that is drawn is made.
    Move random_move(const State &state, Rng &rng) const {
        Drawer drawer;
        generate(state, Sight(state), everywhere, everywhere, drawer);
        return drawer.draw(rng);
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
                           "- **Insufficient material**: bare kings, with a single knight or bishop at most, or with "
                           "bishops that all stand on one colour.\n\n"
                         : "\n";
        return "# Chess\n\n"
               "**White** and **Black** have sixteen pieces each. White moves first. You win by **checkmate**: you "
               "attack the other side's king, and no move saves it.\n\n"
               "## The pieces\n\n"
               "- The **king** moves one square in any direction.\n"
               "- The **queen** moves any distance straight or diagonally.\n"
               "- The **rook** moves any distance straight.\n"
               "- The **bishop** moves any distance diagonally.\n"
               "- The **knight** jumps two squares straight and one aside, also over other pieces.\n"
               "- The **pawn** moves one square forward, from its first square two if it likes, and captures one "
               "square diagonally forward.\n\n"
               "A piece captures by moving to a square where a piece of the other side stands. Only the knight jumps "
               "over others.\n\n"
               "## Check\n\n"
               "A king that is attacked is **in check**, and its side must move out of it. No move may leave or put "
               "one's own king in check.\n\n"
               "## Special moves\n\n"
               "- **Castling**: if neither has moved yet and nothing stands between them, the king moves two squares "
               "towards a rook, and the rook to the square that it crossed. The king may not be in check, nor cross "
               "an attacked square. Touch the king, then the square where it goes.\n"
               "- **En passant**: a pawn that has just moved two squares can be captured by a pawn as if it had "
               "moved "
               "only one; but at once, not later.\n"
               "- **Promotion**: a pawn that reaches the last row becomes a queen, rook, bishop or knight.\n\n"
               "## Draws\n\n"
               "- **Stalemate**: who is to move is not in check, but has no legal move.\n"
               "- **Fifty moves** of each side without a capture or a pawn's move.\n" +
               early +
               "## Notation\n\n"
               "K, Q, R, B, N are the pieces, pawns have no letter: `Nf3`, `exd5`, `O-O`, `e8=Q`. Moves like `e2e4` "
               "can be typed as well.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        if (from > 63) return {};
        const Sight sight(state);
        const unsigned kind = kind_at(state, from);
        const std::string name = kind_names[kind];
        if (kind == nothing) return "There is no piece on " + square_name(from) + ".";
        if ((sight.other & bit(from)) != 0) {
            return "That " + name + " is not yours: it is " + player_name(state.side) + "'s turn.";
        }
        if (to > 63 || to == from) {
            if (has_move_from(state, from)) return {};
            if (state.checkers != 0 && kind != king)
                return "Your king is in check, and that " + name + " cannot help.";
            if ((state.pinned & bit(from)) != 0)
                return "That " + name + " is pinned: it has to stay before its king.";
            return "That " + name + " cannot move now.";
        }
        if ((sight.own & bit(to)) != 0)
            return "Your own " + std::string(kind_names[kind_at(state, to)]) + " stands there.";
        if (kind == king && castles(from, to)) return why_not_castle(state, sight, to > from);
        if ((pseudo_targets(state, sight, from, kind) & bit(to)) == 0) return why_not_that_way(sight, from, to, kind);
        if (kind == king) return "The king would be in check there.";
        if (state.checkers != 0) return "Your king is in check.";
        return "That would leave your king in check.";
    }

    // ---- the board: cells 0..63 are the squares ----

    void layout(parlour::Board &board) const {
        board.extent(-0.35f, -0.35f, 8.35f, 8.35f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x4F3828FF,
                    .x = 4,
                    .y = 4,
                    .w = 8.5f,
                    .h = 8.5f});
        for (unsigned square = 0; square < 64; ++square) {
            const bool dark = (dark_squares & bit(square)) != 0;
            const std::string label = square_name(square);
            board.cell({.id = square,
                        .color = static_cast<std::uint8_t>(dark ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                        .x = static_cast<float>(square % 8) + 0.5f,
                        .y = 7.5f - static_cast<float>(square / 8),
                        .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        constexpr std::array<const char *, 8> glyphs{"",       "\u265d", "\u265c", "\u265b",
                                                     "\u265f", "\u265e", "\u265a", ""};
        for (Squares left = taken_of(state); left != 0; left &= left - 1) {
            const unsigned square = lowest(left), kind = kind_at(state, square);
            const bool of_black = (state.black & bit(square)) != 0;
            // The first letter stands for the piece on a text board, as in FEN.
            const char letter = kind_letters[kind];
            const std::string label = std::string(1, of_black ? static_cast<char>(letter | 32) : letter) + " (" +
                                      (of_black ? "black " : "white ") + kind_names[kind] + ")";
            board.piece({.cell = square,
                         .kind = PARLOUR_PIECE_GLYPH,
                         .color = static_cast<std::uint8_t>(of_black ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                         .scale = 1.25f,
                         .glyph = glyphs[kind],
                         .label = label.c_str()});
        }
        if (state.checkers != 0) {
            board.mark({.cell_a = Sight(state).home, .kind = PARLOUR_MARK_RING, .color = PARLOUR_COLOR_WARN});
        }
        if (state.quiet >= draw_plies / 2 && state.ending == running) {
            const std::string value = std::to_string((draw_plies - state.quiet + 1) / 2);
            board.widget({.kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = value.c_str()});
        }
    }

    // Castling can also be entered by the king and the rook.
    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        const unsigned from = from_of(move), to = to_of(move);
        const bool castling = kind_at(state, from) == king && castles(from, to);
        if (alternative > (castling ? 1u : 0u)) return;
        path.cell(from);
        path.cell(alternative == 0 ? to : to > from ? (to | 7) : to & 56);
    }

private:
    static constexpr Squares everywhere = ~Squares{0};

    static Squares taken_of(const State &state) { return state.planes[0] | state.planes[1] | state.planes[2]; }
    static unsigned kind_at(const State &state, unsigned square) {
        return static_cast<unsigned>((state.planes[0] >> square & 1) | (state.planes[1] >> square & 1) << 1 |
                                     (state.planes[2] >> square & 1) << 2);
    }
    static void clear(State &state, Squares squares) {
        for (Squares &plane : state.planes) plane &= ~squares;
        state.black &= ~squares;
    }
    // Puts a piece of the side to move onto an empty square.
    static void put(State &state, Squares square, unsigned kind) {
        for (unsigned i = 0; i < 3; ++i) state.planes[i] |= square & (0 - Squares{kind >> i & 1});
        state.black |= square & (0 - Squares{state.side});
    }
    static std::string square_name(unsigned square) {
        return {static_cast<char>('a' + square % 8), static_cast<char>('1' + square / 8)};
    }

    // ---- moves ----

    // Takes moves as sets of targets; each of its functions says whether that is enough.
    struct Lister {
        MoveList &moves;
        bool piece(unsigned from, Squares targets) {
            for (; targets != 0; targets &= targets - 1) moves.add(encode(from, lowest(targets)));
            return false;
        }
        bool pawns(Squares targets, int turn) {
            for (; targets != 0; targets &= targets - 1) {
                const unsigned to = lowest(targets);
                moves.add(encode((to - static_cast<unsigned>(turn)) & 63, to));
            }
            return false;
        }
        bool promoting(Squares targets, int turn) {
            for (; targets != 0; targets &= targets - 1) {
                const unsigned to = lowest(targets), from = (to - static_cast<unsigned>(turn)) & 63;
                for (const unsigned kind : promotions) moves.add(encode(from, to, kind));
            }
            return false;
        }
    };
    // Wants to know only whether there is a move.
    struct Finder {
        bool piece(unsigned, Squares targets) { return targets != 0; }
        bool pawns(Squares targets, int) { return targets != 0; }
        bool promoting(Squares targets, int) { return targets != 0; }
    };
    // Counts, and draws one by lot.
    class Drawer {
    public:
        bool piece(unsigned from, Squares targets) { return add(targets, from, false, 1); }
        bool pawns(Squares targets, int turn) { return add(targets, static_cast<unsigned>(turn), true, 1); }
        bool promoting(Squares targets, int turn) { return add(targets, static_cast<unsigned>(turn), true, 4); }
        Move draw(Rng &rng) const {
            unsigned left = rng.below(total_);
            const Group *group = groups_.data();
            for (; left >= group->moves; ++group) left -= group->moves;
            const unsigned to = nth_bit(group->targets, group->each == 1 ? left : left / 4);
            const unsigned from = group->of_pawns ? (to - group->from) & 63 : group->from;
            return encode(from, to, group->each == 1 ? unsigned{nothing} : promotions[left % 4]);
        }

    private:
        struct Group {
            Squares targets;
            unsigned from; // of pawns: how far the board was turned
            unsigned moves, each;
            bool of_pawns;
        };
        bool add(Squares targets, unsigned from, bool of_pawns, unsigned each) {
            const unsigned moves = static_cast<unsigned>(count(targets)) * each;
            groups_[n_] = {targets, from, moves, each, of_pawns};
            n_ += moves != 0;
            total_ += moves;
            return false;
        }
        // Sixteen pieces of which queens come twice, three ways of pawns that are free and of each that is pinned
        // (two of them may be promotions besides), castling and en passant.
        std::array<Group, 96> groups_;
        unsigned n_ = 0, total_ = 0;
    };

    // Hands the legal moves to a taker, pawns first and the king last: those of pieces with targets in `targets`,
    // steps of pawns onto `steps`. True when the taker had enough.
    template <class Taker>
    static bool generate(const State &state, const Sight &sight, Squares targets, Squares steps, Taker &taker) {
        if (!has_two(state.checkers)) {
            Squares wanted = ~sight.own & targets, helps = everywhere;
            if (state.checkers != 0) helps = state.checkers | between(sight.home, lowest(state.checkers));
            wanted &= helps;
            if (generate_pawns(state, sight, targets, steps, helps, taker)) return true;
            for (Squares left = sight.knights & sight.own & ~state.pinned; left != 0; left &= left - 1) {
                const unsigned from = lowest(left);
                if (taker.piece(from, knight_steps[from] & wanted)) return true;
            }
            for (Squares left = sight.diagonal & sight.own; left != 0; left &= left - 1) {
                const unsigned from = lowest(left);
                Squares to = bishop_attacks(from, sight.taken) & wanted;
                if ((state.pinned & bit(from)) != 0) to &= line_through(sight.home, from);
                if (taker.piece(from, to)) return true;
            }
            for (Squares left = sight.straight & sight.own; left != 0; left &= left - 1) {
                const unsigned from = lowest(left);
                Squares to = rook_attacks(from, sight.taken) & wanted;
                if ((state.pinned & bit(from)) != 0) to &= line_through(sight.home, from);
                if (taker.piece(from, to)) return true;
            }
        }
        return generate_king(state, sight, targets, taker);
    }

    template <class Taker>
    static bool generate_pawns(const State &state, const Sight &sight, Squares targets, Squares steps, Squares helps,
                               Taker &taker) {
        const Squares pawns = sight.pawns & sight.own, free = pawns & ~state.pinned;
        const auto hand_on = [&](Squares to, int turn) {
            return taker.pawns(to & ~end_rows, turn) ||
                   ((to & end_rows) != 0 && taker.promoting(to & end_rows, turn));
        };
        const auto generate_set = [&](Squares set, Squares allowed) {
            const int ahead = sight.ahead();
            const Squares third = sight.side == 0 ? Squares{0xff0000} : Squares{0xff0000000000};
            const Squares single = std::rotl(set, ahead) & ~sight.taken;
            const Squares twice = std::rotl(single & third, ahead) & ~sight.taken;
            const Squares captures = sight.other & targets & allowed;
            return hand_on(single & allowed & steps, ahead) || taker.pawns(twice & allowed & steps, 2 * ahead & 63) ||
                   hand_on(std::rotl(set & ~a_file, ahead - 1) & captures, ahead - 1) ||
                   hand_on(std::rotl(set & ~h_file, ahead + 1) & captures, ahead + 1);
        };
        if (generate_set(free, helps)) return true;
        for (Squares left = pawns & state.pinned; left != 0; left &= left - 1) {
            const unsigned from = lowest(left);
            if (generate_set(bit(from), helps & line_through(sight.home, from))) return true;
        }
        if (state.passing != no_square) [[unlikely]] {
            for (Squares left = sight.passing_pawns(state.passing); left != 0; left &= left - 1) {
                if (taker.piece(lowest(left), bit(state.passing))) return true;
            }
        }
        return false;
    }

    template <class Taker>
    static bool generate_king(const State &state, const Sight &sight, Squares targets, Taker &taker) {
        const Squares near = king_steps[sight.home] & ~sight.own & targets;
        const unsigned rights = state.checkers == 0 ? state.castling >> 2 * sight.side & 3u : 0u;
        const unsigned row = 56 * sight.side;
        Squares castling = 0;
        if ((rights & castle_short) != 0 && (sight.taken >> row & 0x60) == 0) castling |= Squares{0x40} << row;
        if ((rights & castle_long) != 0 && (sight.taken >> row & 0x0e) == 0) castling |= Squares{0x04} << row;
        castling &= targets;
        if ((near | castling) == 0) return false;
        const Squares danger = sight.danger();
        if ((danger >> row & 0x60) != 0) castling &= ~(Squares{0x40} << row);
        if ((danger >> row & 0x0c) != 0) castling &= ~(Squares{0x04} << row);
        return taker.piece(sight.home, (near & ~danger) | castling);
    }

    // Fills in what follows from the pieces, the side to move and the history.
    void settle(State &state) const {
        const Sight sight(state);
        state.checkers =
            ((knight_steps[sight.home] & sight.knights) | (pawn_captures[sight.side][sight.home] & sight.pawns)) &
            sight.other;
        state.pinned = 0;
        Squares snipers =
            ((diagonal_lines(sight.home) & sight.diagonal) | (straight_lines(sight.home) & sight.straight)) &
            sight.other;
        for (; snipers != 0; snipers &= snipers - 1) {
            const Squares inside = between(sight.home, lowest(snipers)) & sight.taken;
            if (inside == 0) {
                state.checkers |= snipers & (~snipers + 1);
            } else if (!has_two(inside)) {
                state.pinned |= inside & sight.own;
            }
        }
        if (state.passing != no_square && sight.passing_pawns(state.passing) == 0) state.passing = no_square;
        state.ending = ending_of(state, sight);
    }

    Ending ending_of(const State &state, const Sight &sight) const {
        Finder finder;
        if (!generate(state, sight, everywhere, everywhere, finder)) {
            return state.checkers != 0 ? checkmate : stalemate;
        }
        if (early_draws_ && is_dead(sight)) return dead_position;
        if (early_draws_ && repeated_twice(state)) return repetition;
        return state.quiet >= draw_plies ? fifty_moves : running;
    }

    // Kings with one knight or bishop at most, or with bishops on squares of one colour.
    static bool is_dead(const Pieces &pieces) {
        if ((pieces.pawns | pieces.straight) != 0) return false;
        const Squares minor = pieces.knights | pieces.diagonal;
        if (!has_two(minor)) return true;
        return pieces.knights == 0 && ((minor & dark_squares) == 0 || (minor & ~dark_squares) == 0);
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
            same_file = same_file || (square & 7) == (from & 7);
            same_rank = same_rank || square >> 3 == from >> 3;
        }
        if (!shared) return {};
        return !same_file ? name.substr(0, 1) : !same_rank ? name.substr(1) : name;
    }

    static std::string without_marks(std::string_view text) {
        std::string plain;
        for (const char c : text) {
            if (std::string_view(" +#!?=xX:-.()").find(c) == std::string_view::npos) plain += c;
        }
        if (plain.size() > 4 && plain.ends_with("ep")) plain.resize(plain.size() - 2);
        return plain;
    }

    // What a text without marks says of a move; each part is there or not.
    struct Wish {
        std::optional<unsigned> kind, file, rank, promoted;
        unsigned to = 0;
        int castle = 0; // 1 short, 2 long
    };
    static std::optional<Wish> read_wish(std::string_view text) {
        Wish wish;
        if (text.find_first_not_of("0Oo") == std::string_view::npos && (text.size() == 2 || text.size() == 3)) {
            wish.castle = static_cast<int>(text.size()) - 1;
            return wish;
        }
        const auto kind_of = [](char letter) -> std::optional<unsigned> {
            const std::size_t kind = kind_letters.find(letter);
            if (letter == '?' || kind == std::string_view::npos) return std::nullopt;
            return static_cast<unsigned>(kind);
        };
        if (!text.empty() && (wish.kind = kind_of(text.front()))) text.remove_prefix(1);
        if (text.size() > 2 && std::isalpha(static_cast<unsigned char>(text.back()))) {
            wish.promoted = kind_of(static_cast<char>(std::toupper(static_cast<unsigned char>(text.back()))));
            if (!wish.promoted) return std::nullopt;
            text.remove_suffix(1);
        }
        const auto file_of = [](char c) { return static_cast<unsigned>(parlour::small(c) - 'a'); };
        const auto rank_of = [](char c) { return static_cast<unsigned>(c - '1'); };
        if (text.size() < 2 || text.size() > 4) return std::nullopt;
        const unsigned to_file = file_of(text[text.size() - 2]), to_rank = rank_of(text.back());
        if (to_file > 7 || to_rank > 7) return std::nullopt;
        wish.to = 8 * to_rank + to_file;
        text.remove_suffix(2);
        if (!text.empty() && file_of(text.front()) < 8) {
            wish.file = file_of(text.front());
            text.remove_prefix(1);
        }
        if (!text.empty() && rank_of(text.front()) < 8) {
            wish.rank = rank_of(text.front());
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
            const unsigned from = from_of(move), to = to_of(move), kind = kind_at(state, from);
            const bool castling = kind == king && castles(from, to);
            bool fits = wish->to == to && (!wish->kind || *wish->kind == kind) &&
                        (!wish->file || *wish->file == (from & 7)) && (!wish->rank || *wish->rank == from >> 3) &&
                        (!wish->promoted || *wish->promoted == promoted_of(move)) && !(castling && !wish->file);
            if (wish->castle != 0) fits = castling && (to > from) == (wish->castle == 1);
            if (fits) fitting.push_back(move);
        }
        return fitting;
    }

    // Why no legal move is what was wished for: what keeps back the piece that comes nearest to it.
    std::string why_not_wish(const State &state, const MoveList &moves, Wish wish) const {
        if (state.ending != running) return "The game is over.";
        const Sight sight(state);
        if (wish.castle != 0) {
            if (sight.home != 56 * sight.side + 4) return "Your king has moved, so it cannot castle.";
            return why_not_castle(state, sight, wish.castle == 1);
        }
        if (!wish.kind) return why_not(state, 8 * *wish.rank + *wish.file, wish.to);
        if (*wish.kind == pawn && !wish.file) wish.file = wish.to & 7;
        unsigned nearest = no_square;
        bool reaches = false;
        for (Squares left = sight.own; left != 0; left &= left - 1) {
            const unsigned from = lowest(left);
            if (kind_at(state, from) != *wish.kind || (wish.file && *wish.file != (from & 7)) ||
                (wish.rank && *wish.rank != from >> 3) || reaches) {
                continue;
            }
            reaches = (pseudo_targets(state, sight, from, *wish.kind) & bit(wish.to)) != 0;
            if (reaches || nearest == no_square) nearest = from;
        }
        if (nearest == no_square) {
            std::string place;
            if (wish.file) place += " on the " + std::string(1, static_cast<char>('a' + *wish.file)) + "-file";
            if (wish.rank) place += " on row " + std::to_string(*wish.rank + 1);
            return "You have no " + std::string(kind_names[*wish.kind]) + place + ".";
        }
        const auto is_it = [&](Move move) { return from_of(move) == nearest && to_of(move) == wish.to; };
        if (std::any_of(moves.begin(), moves.end(), is_it)) {
            return "Only a pawn becomes another piece, on the last row: a queen, rook, bishop or knight.";
        }
        return why_not(state, nearest, wish.to);
    }

    static bool has_move_from(const State &state, unsigned from) {
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        Lister lister{moves};
        generate(state, Sight(state), everywhere, everywhere, lister);
        return std::any_of(moves.begin(), moves.end(), [&](Move move) { return from_of(move) == from; });
    }

    // Where a piece of the side to move goes if its king is left out of account.
    static Squares pseudo_targets(const State &state, const Sight &sight, unsigned from, unsigned kind) {
        Squares found = 0;
        switch (kind) {
            case pawn: {
                const Squares start = bit(from), second = sight.side == 0 ? first_row << 8 : last_row >> 8;
                const Squares single = std::rotl(start, sight.ahead()) & ~sight.taken;
                const Squares passing = state.passing == no_square ? 0 : bit(state.passing);
                found = single | (pawn_captures[sight.side][from] & (sight.other | passing));
                if ((start & second) != 0) found |= std::rotl(single, sight.ahead()) & ~sight.taken;
                break;
            }
            case knight:
                found = knight_steps[from];
                break;
            case king:
                found = king_steps[from];
                break;
            default:
                if ((kind & bishop) != 0) found |= bishop_attacks(from, sight.taken);
                if ((kind & rook) != 0) found |= rook_attacks(from, sight.taken);
        }
        return found & ~sight.own;
    }

    static std::string why_not_castle(const State &state, const Sight &sight, bool is_short) {
        const unsigned row = 56 * sight.side;
        const unsigned right = unsigned{is_short ? castle_short : castle_long} << 2 * sight.side;
        if (sight.home != row + 4) return "A king moves one square in any direction.";
        if ((state.castling & right) == 0) return "That king or that rook has moved, so it cannot castle there.";
        if (state.checkers != 0) return "A king in check cannot castle.";
        if ((sight.taken >> row & (is_short ? 0x60 : 0x0e)) != 0) return "Something stands between king and rook.";
        return "The king cannot castle over or onto a square that is attacked.";
    }

    static std::string why_not_that_way(const Sight &sight, unsigned from, unsigned to, unsigned kind) {
        const unsigned line = line_of[from][to];
        const bool straight = line == level || line == upright, diagonal = line == rising || line == falling;
        switch (kind) {
            case pawn:
                if ((pawn_captures[sight.side][from] & bit(to)) != 0) {
                    return "A pawn moves diagonally only when it captures.";
                }
                if (line == upright && (sight.taken & (bit(to) | between(from, to))) != 0) {
                    return "That pawn is blocked: it captures diagonally.";
                }
                return "A pawn moves forward one square, or two from its first.";
            case knight:
                return "A knight moves two squares straight and one aside.";
            case king:
                return "A king moves one square in any direction.";
            default:
                if (((kind & rook) != 0 && straight) || ((kind & bishop) != 0 && diagonal)) {
                    return "Something stands in the way.";
                }
                return kind == rook     ? "A rook moves straight."
                       : kind == bishop ? "A bishop moves diagonally."
                                        : "A queen moves straight or diagonally.";
        }
    }

    // ---- evaluation of the side that moves up the board ----

    static Worth judge(const Pieces &pieces, Squares own) {
        const Squares other = pieces.taken & ~own, queens = pieces.diagonal & pieces.straight;
        const Squares pawns = pieces.pawns & own, their_pawns = pieces.pawns & other;
        const unsigned home = lowest(pieces.kings & own), their_home = lowest(pieces.kings & other);
        const Squares open = ~own & ~(west(their_pawns >> 8) | east(their_pawns >> 8));
        const Squares around = king_steps[their_home];
        Worth sum = worth_table[king][home] + judge_pawns(pawns, their_pawns);
        int pressure = 0;
        const auto add = [&](unsigned kind, Squares set, const auto &attacks_of, Worth freedom, int usual,
                             int weight) {
            for (; set != 0; set &= set - 1) {
                const unsigned square = lowest(set);
                const Squares attacks = attacks_of(square);
                sum += worth_table[kind][square] + freedom * (count(attacks & open) - usual);
                pressure += weight * count(attacks & around);
            }
        };
        const Squares taken = pieces.taken;
        const auto slanting = [&](unsigned square) { return bishop_attacks(square, taken); };
        const auto upright_and_level = [&](unsigned square) { return rook_attacks(square, taken); };
        const auto both = [&](unsigned square) {
            return bishop_attacks(square, taken) | rook_attacks(square, taken);
        };
        const Squares bishops = pieces.diagonal & ~queens & own, rooks = pieces.straight & ~queens & own;
        add(
            knight, pieces.knights & own, [](unsigned square) { return knight_steps[square]; }, {4, 4}, 4, 2);
        add(bishop, bishops, slanting, {5, 5}, 6, 2);
        add(rook, rooks, upright_and_level, {2, 4}, 7, 3);
        add(queen, queens & own, both, {1, 2}, 13, 4);
        if (has_two(bishops)) sum += {28, 45};
        for (Squares left = rooks; left != 0; left &= left - 1) {
            const Squares file = a_file << (lowest(left) & 7);
            if ((file & pawns) == 0) sum += (file & their_pawns) == 0 ? Worth{24, 10} : Worth{11, 4};
        }
        const Squares shelter = (king_steps[home] | king_steps[home] << 8) & ~(king_steps[home] >> 8);
        sum.middle += 9 * std::min(count(shelter & pawns), 4);
        sum.middle += std::min(pressure * pressure, 2400) / ((queens & own) != 0 ? 8 : 20);
        if (!has_two(other) && (pieces.straight & own) != 0) sum.end += drive(home, their_home);
        return sum;
    }

    static Worth judge_pawns(Squares pawns, Squares their_pawns) {
        constexpr std::array<Worth, 8> passed{{{}, {2, 8}, {4, 14}, {10, 28}, {26, 54}, {52, 92}, {90, 140}, {}}};
        Squares guarded = their_pawns >> 8; // squares on or beside the way of a pawn of theirs
        guarded |= guarded >> 8;
        guarded |= guarded >> 16;
        guarded |= guarded >> 32;
        guarded |= west(guarded) | east(guarded);
        Squares files = pawns | pawns >> 8, behind = pawns >> 8;
        files |= files >> 16;
        files |= files >> 32;
        files = (files & first_row) * a_file;
        behind |= behind >> 8;
        behind |= behind >> 16;
        behind |= behind >> 32;
        Worth sum =
            Worth{-10, -14} * count(pawns & ~(west(files) | east(files))) + Worth{-8, -18} * count(pawns & behind);
        for (Squares left = pawns; left != 0; left &= left - 1) sum += worth_table[pawn][lowest(left)];
        for (Squares left = pawns & ~guarded & ~behind; left != 0; left &= left - 1) sum += passed[lowest(left) >> 3];
        return sum;
    }

    // A lone king is mated at the edge, with the other king near it.
    static int drive(unsigned home, unsigned their_home) {
        const auto apart = [](unsigned a, unsigned b) { return static_cast<int>(a > b ? a - b : b - a); };
        const int distance = apart(home & 7, their_home & 7) + apart(home >> 3, their_home >> 3);
        return 10 * (14 - distance) - 2 * worth_table[king][their_home].end;
    }

    // Whether a side's pieces can win at all, as far as material tells.
    static bool can_win(const Pieces &pieces, Squares own) {
        if (((pieces.pawns | pieces.straight) & own) != 0) return true;
        const int knights = count(pieces.knights & own), bishops = count(pieces.diagonal & own);
        return knights + bishops > 2 || (bishops >= 1 && knights + bishops == 2);
    }

    // ---- reading ----

    static Failure refusal(const std::string &what) {
        return Failure(
            PARLOUR_E_PARSE,
            what + "; a position is FEN like \"rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1\"");
    }

    static void read_board(std::string_view text, State &state) {
        unsigned rank = 7, file = 0;
        for (const char c : text) {
            if (c == '/') {
                if (file != 8)
                    throw refusal("row " + std::to_string(rank + 1) + " has " + std::to_string(file) + " squares");
                if (rank == 0) throw refusal("there are more than eight rows");
                --rank;
                file = 0;
                continue;
            }
            const std::size_t kind =
                kind_letters.find(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
            if (c >= '1' && c <= '8') {
                file += static_cast<unsigned>(c - '0');
            } else if (kind != std::string_view::npos && c != '?' && file < 8) {
                const Squares square = bit(8 * rank + file++);
                for (unsigned i = 0; i < 3; ++i) state.planes[i] |= square & (0 - Squares{kind >> i & 1});
                if (std::islower(static_cast<unsigned char>(c))) state.black |= square;
            } else if (kind == std::string_view::npos || c == '?') {
                throw refusal("\"" + std::string(1, c) + "\" is not a piece");
            } else {
                ++file;
            }
            if (file > 8) throw refusal("row " + std::to_string(rank + 1) + " has more than eight squares");
        }
        if (rank != 0) throw refusal("there are only " + std::to_string(8 - rank) + " rows");
        if (file != 8) throw refusal("row 1 has " + std::to_string(file) + " squares");
    }
    static std::uint8_t read_side(std::string_view text) {
        if (text == "w" || text == "W") return 0;
        if (text == "b" || text == "B") return 1;
        throw refusal("w or b, who moves, comes after the board");
    }
    static std::uint8_t read_castling(std::string_view text) {
        unsigned rights = 0;
        if (text == "-") return 0;
        for (const char c : text) {
            const std::size_t right = std::string_view("KQkq").find(c);
            if (right == std::string_view::npos || (rights >> right & 1) != 0) {
                throw refusal(quote(text) + " are no castling rights");
            }
            rights |= 1u << right;
        }
        return static_cast<std::uint8_t>(rights);
    }
    static std::uint8_t read_passing(std::string_view text) {
        if (text == "-") return no_square;
        if (text.size() != 2 || text[0] < 'a' || text[0] > 'h' || text[1] < '1' || text[1] > '8') {
            throw refusal(quote(text) + " is not an en passant square");
        }
        return static_cast<std::uint8_t>(8 * (text[1] - '1') + (text[0] - 'a'));
    }
    static unsigned read_number(std::string_view text, unsigned least, unsigned most) {
        while (!text.empty() && text.back() == ';') text.remove_suffix(1);
        const auto value = parlour::whole_number(text, least, most);
        if (!value) throw refusal(parlour::not_a_number(text, least, most));
        return *value;
    }

    // ---- checking ----

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
            const bool of_black = (past.black & bit(to)) != 0;
            if (kind == nothing || kind == pawn || kind_at(past, to) != kind || step >> 15 != past.side ||
                of_black != (past.side != 0) || kind_at(past, from) != nothing) {
                return false;
            }
            clear(past, bit(to));
            put(past, bit(from), kind);
            if ((pseudo_targets(past, Sight(past), from, kind) & bit(to)) == 0) return false;
        }
        return true;
    }

    // What is wrong with the pieces, the castling rights or the en passant square.
    static std::string board_problem(const State &state) {
        const Pieces pieces(state);
        if ((state.planes[0] & state.planes[1] & state.planes[2]) != 0) return "a square holds an unknown piece";
        if ((state.black & ~pieces.taken) != 0) return "an empty square is Black's";
        for (const unsigned side : {0u, 1u}) {
            const Squares own = side == 0 ? pieces.taken & ~state.black : state.black;
            const std::string name = side == 0 ? "White" : "Black";
            if (count(pieces.kings & own) != 1) return name + " needs one king";
            if (count(own) > 16) return name + " has more than sixteen pieces";
            const auto beyond = [&](Squares set, int first) { return std::max(0, count(set & own) - first); };
            const Squares queens = pieces.diagonal & pieces.straight, bishops = pieces.diagonal & ~queens;
            const int promoted =
                beyond(queens, 1) + beyond(pieces.straight & ~queens, 2) + beyond(pieces.knights, 2) +
                std::max(beyond(bishops, 2), beyond(bishops & dark_squares, 1) + beyond(bishops & ~dark_squares, 1));
            if (promoted + count(pieces.pawns & own) > 8) {
                return name + " has more pieces than eight pawns can have become";
            }
            const unsigned row = 56 * side, rights = state.castling >> 2 * side & 3u;
            const Squares rooks = pieces.straight & ~pieces.diagonal & own;
            if (rights != 0 && (pieces.kings & own & bit(row + 4)) == 0) {
                return name + " can castle only with the king on " + square_name(row + 4);
            }
            for (const unsigned right : {unsigned{castle_short}, unsigned{castle_long}}) {
                const unsigned corner = right == castle_short ? row + 7 : row;
                if ((rights & right) != 0 && (rooks & bit(corner)) == 0) {
                    return name + " can castle only with a rook on " + square_name(corner);
                }
            }
        }
        if ((pieces.pawns & end_rows) != 0) return "a pawn stands on " + square_name(lowest(pieces.pawns & end_rows));
        const Squares other = state.side == 0 ? state.black : pieces.taken & ~state.black;
        if ((pieces.attackers(lowest(pieces.kings & other), state.side ^ 1u, pieces.taken) & ~other) != 0) {
            return "the side that has just moved is in check";
        }
        if (state.passing != no_square) {
            const Squares target = bit(state.passing);
            const Squares victim = state.side == 0 ? target >> 8 : target << 8;
            const Squares start = state.side == 0 ? target << 8 : target >> 8;
            const Squares row = state.side == 0 ? Squares{0xff0000000000} : Squares{0xff0000};
            if ((target & row) == 0 || (pieces.pawns & other & victim) == 0 ||
                (pieces.taken & (target | start)) != 0) {
                return "no pawn has just passed over " + square_name(state.passing);
            }
        }
        return {};
    }

    bool early_draws_;
};

} // namespace

PARLOUR_GAME(Chess);
