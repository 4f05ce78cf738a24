// English draughts (checkers) on 8x8: the rules of the WCDF, with a draw at the third repetition or after forty moves
// a side without a capture or a man's move.
//
// Squares have the numbers of the game's literature, 1..32; square n is bit n - 1. Black starts at the top and moves
// first, downwards.
//
//        .  1  .  2  .  3  .  4      even rows: the dark squares stand on the odd columns
//        5  .  6  .  7  .  8  .      odd rows: on the even columns
//        .  9  . 10  . 11  . 12
//       13  . 14  . 15  . 16  .
//        . 17  . 18  . 19  . 20
//       21  . 22  . 23  . 24  .
//        . 25  . 26  . 27  . 28
//       29  . 30  . 31  . 32  .
//
// A move is  from (5 bits) | jumps (4 bits) | one direction of 2 bits a jump;  a step without capture has jumps = 0
// and one direction. No move jumps more than nine times: a piece that jumps stays among squares of one kind of 4x4,
// and between those lie nine squares, each jumped at most once. Different routes are different moves, also where they
// capture the same pieces and end on the same square ("duplicates kept" in the published perft rows).
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>
#include <cctype>

namespace {

using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::quote;
using parlour::read_number;
using parlour::Turn;
using Squares = std::uint32_t; // a set of squares, one bit each

// ---- geometry -------------------------------------------------------------------------------------------------

enum Direction : unsigned { up_left = 0, up_right = 1, down_left = 2, down_right = 3 };
constexpr unsigned opposite(unsigned direction) {
    return 3 - direction;
}

constexpr Squares even_rows = 0x0f0f0f0f, odd_rows = 0xf0f0f0f0;
constexpr Squares even_inner = 0x07070707; // even rows without the right edge
constexpr Squares odd_inner = 0xe0e0e0e0;  // odd rows without the left edge
constexpr Squares top_row = 0x0000000f, bottom_row = 0xf0000000;

// Every square of the set moved by one in a direction; those that would leave the board vanish.
constexpr Squares step(Squares set, unsigned direction) {
    switch (direction) {
        case up_left:
            return (set & even_rows) >> 4 | (set & odd_inner) >> 5;
        case up_right:
            return (set & even_inner) >> 3 | (set & odd_rows) >> 4;
        case down_left:
            return (set & even_rows) << 4 | (set & odd_inner) << 3;
        default:
            return (set & even_inner) << 5 | (set & odd_rows) << 4;
    }
}

constexpr Squares bit(unsigned square) {
    return Squares{1} << square;
}
constexpr int count(Squares set) {
    return std::popcount(set);
}

constexpr std::uint8_t off_board = 32;

// neighbour[square][direction], or off_board.
constexpr auto neighbour = [] {
    std::array<std::array<std::uint8_t, 4>, 32> table{};
    for (unsigned square = 0; square < 32; ++square) {
        for (unsigned direction = 0; direction < 4; ++direction) {
            const Squares to = step(bit(square), direction);
            table[square][direction] = to == 0 ? off_board : static_cast<std::uint8_t>(lowest_bit(to));
        }
    }
    return table;
}();

// Both ends of a king's step, by its byte in the history (square | direction << 5); empty when it leaves the board.
constexpr auto step_ends = [] {
    std::array<Squares, 128> table{};
    for (unsigned i = 0; i < 128; ++i) {
        const Squares to = step(bit(i & 31), i >> 5);
        table[i] = to == 0 ? 0 : to | bit(i & 31);
    }
    return table;
}();

// ---- moves ----------------------------------------------------------------------------------------------------

constexpr unsigned max_jumps = 9;
constexpr Move encode_step(unsigned from, unsigned direction) {
    return from | direction << 9;
}
constexpr unsigned from_of(Move move) {
    return move & 31;
}
constexpr unsigned jumps_of(Move move) {
    return move >> 5 & 15;
}

// The squares that a move touches, its start first; empty for a number that is no move on any board.
struct Route {
    std::array<std::uint8_t, max_jumps + 1> squares{};
    unsigned size = 0;
    Squares captured = 0;

    explicit Route(Move move) {
        const unsigned jumps = jumps_of(move);
        unsigned at = from_of(move), directions = move >> 9;
        if (jumps > max_jumps) return;
        squares[size++] = static_cast<std::uint8_t>(at);
        for (unsigned i = 0; i < std::max(jumps, 1u); ++i, directions >>= 2) {
            unsigned next = neighbour[at][directions & 3];
            if (jumps > 0 && next != off_board) {
                captured |= bit(next);
                next = neighbour[next][directions & 3];
            }
            if (next == off_board) {
                size = 0;
                return;
            }
            squares[size++] = static_cast<std::uint8_t>(next);
            at = next;
        }
    }
    unsigned from() const { return squares[0]; }
    unsigned to() const { return squares[size - 1]; }
};

constexpr int draw_plies = 80; // forty moves a side

enum Ending : std::uint8_t { running = 0, no_moves = 1, forty_moves = 2, repetition = 3 };

struct Draughts {
    static constexpr parlour::GameAbout about{
        .id = "draughts",
        .name = "Draughts",
        .family = "capture",
        .summary = "Jump over the other side's men until it cannot move. English rules: captures are a must.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        // Steps: at most 12 kings with 4 each. Captures: each of the four sets of 8 squares that jumping pieces stay
        // on gives at most 17 routes (two kings; every placing and every set of victims tried), so 68 together.
        .max_moves = 68,
        // Each of the at most 24 men moves at most 7 times and 24 captures more, with 79 quiet plies between.
        .max_plies = (24 * 7 + 24 + 1) * draw_plies,
        .accent = 0x7A4B32FF};

    // The position, and what makes the third repetition exact without comparing hashes: since the last capture or
    // man's move all plies were steps of kings, one byte each and at most 80 of them, so the earlier positions are
    // had by taking those steps back. They are cleared at every capture and man's move. `quiet` can be more than
    // `known` in a position that was read from text.
    struct State {
        Squares black, white, kings;
        std::uint8_t side;  // 0 Black, 1 White
        std::uint8_t quiet; // plies since the last capture or man's move
        std::uint8_t known; // how many of them stand in `steps`
        std::uint8_t ending;
        std::uint8_t steps[draw_plies]; // square | direction << 5, oldest first, zero beyond `known`
    };
    static_assert(sizeof(State) == 96);

    // ---- rules ----

    // What the side to move sees: its own, the other's, the empty squares, and which ways its men go.
    struct Sight {
        Squares own, other, empty, kings, promotion;
        unsigned forward; // the first of the two directions of men; the other is the next

        explicit Sight(const State &state)
            : own(state.side == 0 ? state.black : state.white),
              other(state.side == 0 ? state.white : state.black),
              empty(~(state.black | state.white)),
              kings(own & state.kings),
              promotion(state.side == 0 ? bottom_row : top_row),
              forward(state.side == 0 ? down_left : up_left) {}

        // Those that may move in a direction at all.
        Squares movers(unsigned direction) const { return (direction & 2) == (forward & 2) ? own : kings; }
        // Those that have a step, or a jump, in a direction.
        Squares steppers(unsigned direction) const { return movers(direction) & step(empty, opposite(direction)); }
        Squares jumpers(unsigned direction) const {
            const Squares victims = other & step(empty, opposite(direction));
            return movers(direction) & step(victims, opposite(direction));
        }
        Squares all_steppers() const {
            return steppers(up_left) | steppers(up_right) | steppers(down_left) | steppers(down_right);
        }
        Squares all_jumpers() const {
            return jumpers(up_left) | jumpers(up_right) | jumpers(down_left) | jumpers(down_right);
        }
    };

    State initial() const {
        State state{};
        state.black = 0x00000fff;
        state.white = 0xfff00000;
        return state;
    }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.side) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Sight sight(state);
        const Squares jumpers = sight.all_jumpers();
        if (jumpers != 0) {
            list_captures(sight, jumpers, moves);
        } else {
            for (unsigned direction = 0; direction < 4; ++direction) {
                for (Squares left = sight.steppers(direction); left != 0; left &= left - 1) {
                    moves.add(encode_step(lowest_bit(left), direction));
                }
            }
        }
    }

    Turn apply(State &state, Move move) const {
        const Route route(move);
        if (route.size == 0 || state.ending != running) return Turn::fault();
        Squares &own = state.side == 0 ? state.black : state.white;
        Squares &other = state.side == 0 ? state.white : state.black;
        const Squares from = bit(route.from()), to = bit(route.to());
        const bool king = (state.kings & from) != 0;
        own = (own & ~from) | to;
        other &= ~route.captured;
        state.kings &= ~(route.captured | from);
        if (king || (to & (state.side == 0 ? bottom_row : top_row)) != 0) state.kings |= to;

        if (king && route.captured == 0 && state.quiet < draw_plies && state.known <= state.quiet) {
            const unsigned direction = move >> 9 & 3;
            state.steps[state.known++] = static_cast<std::uint8_t>(route.from() | direction << 5);
            ++state.quiet;
        } else {
            std::memset(state.steps, 0, sizeof state.steps);
            state.quiet = state.known = 0;
        }
        state.side ^= 1;
        state.ending = ending_of(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] = util[1] = 0;
        if (state.ending != no_moves) return;
        util[state.side] = -1;
        util[1 - state.side] = 1;
    }

    // Repetition history is left out. The count of quiet plies is in it only from half of the limit on: before, no
    // search looks far enough ahead for it to matter, and equal positions should meet in its tables.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t late = state.quiet >= draw_plies / 2 ? state.quiet : 0u;
        const std::uint64_t men = state.black | std::uint64_t{state.white} << 32;
        const std::uint64_t rest = state.kings | std::uint64_t{state.side} << 32 | late << 40 |
                                   std::uint64_t{state.ending} << 48 | std::uint64_t{1} << 63;
        return parlour::mix64(parlour::mix64(men) ^ rest);
    }

    // ---- texts: PDN moves, PDN-FEN positions ----

    // Every square that is touched, so that different routes have different texts: "11-15", "22x15x6".
    std::string move_text(const State &, Move move) const {
        const Route route(move);
        std::string text;
        for (unsigned i = 0; i < route.size; ++i) {
            if (i > 0) text += route.captured != 0 ? 'x' : '-';
            text += std::to_string(route.squares[i] + 1);
        }
        return text;
    }

    // Reads that, and shorter forms ("22x6") where only one move fits.
    Move parse_move(const State &state, std::string_view text) const {
        const std::vector<unsigned> named = squares_named(text);
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        std::vector<Move> fitting;
        for (const Move move : moves) {
            const Route route(move);
            const std::span squares(route.squares.data(), route.size);
            if (std::equal(squares.begin(), squares.end(), named.begin(), named.end())) return move;
            if (route.from() != named.front() || route.to() != named.back()) continue;
            std::size_t next = 0;
            for (const unsigned square : squares) {
                if (next < named.size() && square == named[next]) ++next;
            }
            if (next == named.size()) fitting.push_back(move);
        }
        if (fitting.size() == 1) return fitting.front();
        const std::string quoted = quote(text);
        if (!fitting.empty()) {
            throw parlour::Failure(PARLOUR_E_ILLEGAL, quoted +
                                                          " is short for several moves; name every square, as in " +
                                                          move_text(state, fitting.front()));
        }
        throw parlour::illegal_move(*this, state, text, named.front() + 1, named.back() + 1);
    }

    // "B:W21-32:B1-12", then ":H7" for seven quiet plies, and ":R3" when the third repetition has ended the game.
    std::string state_text(const State &state) const {
        std::string text = state.side == 0 ? "B" : "W";
        text += ":W" + list_text(state.white, state.kings) + ":B" + list_text(state.black, state.kings);
        if (state.quiet > 0) text += ":H" + std::to_string(state.quiet);
        if (state.ending == repetition) text += ":R3";
        return text;
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [](const std::string &what) {
            return parlour::Failure(PARLOUR_E_PARSE,
                                    what + "; a position looks like \"B:W21-32:B1-12\", kings as K9");
        };
        State state{};
        bool repeated = false, seen_black = false, seen_white = false;
        std::size_t part = 0;
        for (std::size_t at = 0; at <= text.size(); ++part) {
            const std::size_t end = std::min(text.find(':', at), text.size());
            const std::string_view field = text.substr(at, end - at);
            at = end + 1;
            const char kind =
                field.empty() ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(field[0])));
            const std::string_view rest = field.empty() ? field : field.substr(1);
            if (part == 0) {
                if (field.size() != 1 || (kind != 'B' && kind != 'W')) throw refuse("B or W, who moves, comes first");
                state.side = kind == 'B' ? 0 : 1;
            } else if (kind == 'B' && !seen_black) {
                seen_black = true;
                read_list(rest, state.black, state.kings);
            } else if (kind == 'W' && !seen_white) {
                seen_white = true;
                read_list(rest, state.white, state.kings);
            } else if (kind == 'H') {
                state.quiet = static_cast<std::uint8_t>(read_number(rest, 0, draw_plies));
            } else if (kind == 'F') {
                read_number(rest, 0, 100000);
            } else if (kind == 'R' && rest == "3") {
                repeated = true;
            } else {
                throw refuse(quote(field) + " is not part of a position");
            }
        }
        if (!seen_black || !seen_white) throw refuse("the pieces of both sides are needed");
        state.ending = ending_of(state);
        if (repeated && state.ending == running) state.ending = repetition;
        return state;
    }

    std::string check(const State &state) const {
        if (state.side > 1) return "there are two sides";
        if ((state.black & state.white) != 0)
            return "two pieces stand on square " + number(state.black & state.white);
        const Squares taken = state.black | state.white;
        if (taken == 0) return "there are no pieces";
        if ((state.kings & ~taken) != 0) return "there is a crown on empty square " + number(state.kings & ~taken);
        if (count(state.black) > 12 || count(state.white) > 12) return "a side has more than twelve pieces";
        const Squares stuck = ((state.black & bottom_row) | (state.white & top_row)) & ~state.kings;
        if (stuck != 0) return "the man on square " + number(stuck) + " has reached its last row, so it is a king";
        if (state.quiet > draw_plies || state.known > state.quiet) return "the count of quiet moves is wrong";
        if (!history_fits(state)) return "the history of quiet moves does not lead to this position";
        const bool may_have_repeated = state.known < state.quiet && state.quiet >= 8;
        if (state.ending == repetition && ending_of(state) == running && may_have_repeated) return {};
        if (state.ending != ending_of(state)) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Material, worth more the fewer pieces are left, then the men's advance, the back row, the centre and mobility.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Squares black_men = state.black & ~state.kings, white_men = state.white & ~state.kings;
        const int black_kings = count(state.black & state.kings), white_kings = count(state.white & state.kings);
        const int material = 100 * (count(black_men) - count(white_men)) + 130 * (black_kings - white_kings);
        const int pieces = count(state.black | state.white);
        int score = material * (20 + (24 - pieces)) / 10;

        int advance = 0;
        for (unsigned row = 2; row < 8; row += 2) {
            advance += count(black_men & ~Squares{0} << 4 * row);
            advance -= count(white_men & ~Squares{0} >> 4 * row);
        }
        score += 4 * advance;
        constexpr Squares bridge_black = 0x00000005, bridge_white = 0xa0000000; // squares 1 and 3, 30 and 32
        if ((black_men & bridge_black) == bridge_black && state.white != 0) score += 15;
        if ((white_men & bridge_white) == bridge_white && state.black != 0) score -= 15;
        constexpr Squares centre = 0x00666600;
        score += 5 * (count(state.black & centre) - count(state.white & centre));
        score += 2 * (mobility(state, 0) - mobility(state, 1));
        score += state.side == 0 ? 5 : -5;
        // Towards the forty-move draw every advantage is worth less.
        if (state.quiet > 20) score = score * (draw_plies - state.quiet + 10) / (draw_plies - 10);
        return player == 0 ? score : -score;
    }

    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Sight sight(state);
        constexpr Squares back_rows = top_row | bottom_row;
        for (std::uint32_t i = 0; i < n; ++i) {
            const Route route(moves[i]);
            int value = 0;
            if (route.size > 0) {
                const Squares from = bit(route.from()), to = bit(route.to());
                const bool man = (sight.kings & from) == 0;
                value = 100 * count(route.captured) + 30 * count(route.captured & state.kings);
                if (man && (to & sight.promotion) != 0) value += 80;
                if (man && (from & back_rows) != 0) value -= 10;
            }
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    // Captures are a must, so a position in which there are any is not quiet.
    void noisy(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Sight sight(state);
        const Squares jumpers = sight.all_jumpers();
        if (jumpers != 0) list_captures(sight, jumpers, moves);
    }

    // One of the legal moves, each as likely: steps are counted, and only the one that is drawn is looked up.
    Move random_move(const State &state, parlour::Rng &rng) const {
        const Sight sight(state);
        const Squares jumpers = sight.all_jumpers();
        if (jumpers != 0) {
            std::array<Move, about.max_moves> all;
            MoveList moves(all.data());
            list_captures(sight, jumpers, moves);
            return moves[moves.size() == 1 ? 0 : rng.below(moves.size())];
        }
        std::array<Squares, 4> steppers;
        int total = 0;
        for (unsigned direction = 0; direction < 4; ++direction) {
            steppers[direction] = sight.steppers(direction);
            total += count(steppers[direction]);
        }
        int left = static_cast<int>(rng.below(static_cast<std::uint32_t>(total)));
        unsigned direction = 0;
        while (left >= count(steppers[direction])) left -= count(steppers[direction++]);
        return encode_step(nth_bit(steppers[direction], static_cast<unsigned>(left)), direction);
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return count(player == 0 ? state.black : state.white);
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        if (state.ending == forty_moves) return "by forty moves each without a capture or a man's move";
        if (state.ending == repetition) return "by the same position for the third time";
        const Squares left = state.side == 0 ? state.black : state.white;
        return left == 0 ? "by capturing every piece" : "by leaving no move";
    }

    std::string rules() const {
        return "# Draughts\n\n"
               "**Black** and **White** have twelve men each on the dark squares. Black moves first. You win when "
               "the "
               "other side has no move: all its pieces are captured or blocked.\n\n"
               "## Moving\n\n"
               "- A **man** moves one square diagonally forward, to an empty square.\n"
               "- A man that reaches the far row becomes a **king** (it gets a crown), and the move ends there.\n"
               "- A **king** moves one square diagonally, forward or backward.\n\n"
               "## Capturing\n\n"
               "- A piece captures by **jumping** over a piece of the other side on the next square, to the empty "
               "square right behind it. Men jump forward only, kings in all four directions.\n"
               "- If the piece can jump again from where it landed, it **goes on** in the same move, in any "
               "direction it may jump; a man that has just become a king stops.\n"
               "- **You must capture if you can.** Where there are several captures you choose freely; it need not "
               "be the one that takes most.\n\n"
               "## Draws\n\n"
               "The game is drawn when the same position comes for the **third time** with the same side to move, "
               "or after **forty moves** of each side without a capture or a man's move.\n\n"
               "## Entering moves\n\n"
               "Touch the piece, then the square it goes to; in a multiple jump, every square on which it lands. "
               "Squares have the numbers 1 to 32: `11-15` is a step, `22x15x6` a double jump.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        if (from < 1 || from > 32) return {};
        const Sight sight(state);
        const Squares start = bit(from - 1);
        if ((sight.empty & start) != 0) return "There is no piece on that square.";
        const std::string mine = player_name(state.side);
        if ((sight.other & start) != 0) return "That is not your piece: it is " + mine + "'s turn.";
        const Squares jumpers = sight.all_jumpers();
        if (jumpers != 0) {
            std::array<Move, about.max_moves> all;
            MoveList moves(all.data());
            list_captures(sight, jumpers, moves);
            Move shown = moves[0];
            for (const Move move : moves) {
                if (from_of(move) == from - 1) shown = move;
            }
            if ((jumpers & start) == 0 || (to >= 1 && to <= 32)) {
                return "You must capture: " + move_text(state, shown) + " is possible.";
            }
            return {};
        }
        if ((sight.all_steppers() & start) == 0) return "That piece cannot move: every way is blocked.";
        if (to < 1 || to > 32) return {};
        if ((sight.empty & bit(to - 1)) == 0) return "That square is taken.";
        if ((sight.kings & start) != 0) return "A king moves one square diagonally.";
        return "A man moves one square diagonally forward.";
    }

    // ---- the board: cells 1..32 are the squares ----

    void layout(parlour::Board &board) const {
        board.extent(-0.45f, -0.45f, 8.45f, 8.45f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x5A3A26FF,
                    .x = 4,
                    .y = 4,
                    .w = 8.7f,
                    .h = 8.7f});
        for (unsigned row = 0; row < 8; ++row) {
            for (unsigned column = 0; column < 8; ++column) {
                const float x = static_cast<float>(column) + 0.5f, y = static_cast<float>(row) + 0.5f;
                if ((row + column) % 2 == 0) {
                    board.cell({.color = PARLOUR_COLOR_LIGHT, .flags = PARLOUR_CELL_DECOR, .x = x, .y = y});
                } else {
                    const std::uint32_t square = 4 * row + column / 2 + 1;
                    const std::string label = std::to_string(square);
                    board.cell({.id = square, .color = PARLOUR_COLOR_DARK, .x = x, .y = y, .label = label.c_str()});
                }
            }
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (Squares left = state.black | state.white; left != 0; left &= left - 1) {
            const Squares here = left & (~left + 1);
            const bool black = (state.black & here) != 0, king = (state.kings & here) != 0;
            board.piece({.cell = lowest_bit(here) + 1,
                         .color = black ? std::uint8_t{PARLOUR_COLOR_DARK} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                         .level = king,
                         .label = black ? (king ? "Black king" : "black man") : (king ? "White king" : "white man")});
        }
        for (std::uint32_t player = 0; player < 2; ++player) {
            const std::string value = std::to_string(score(state, player));
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Pieces",
                          .value = value.c_str()});
        }
        if (state.quiet >= draw_plies / 2) {
            const std::string value = std::to_string((draw_plies - state.quiet + 1) / 2);
            board.widget(
                {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = value.c_str()});
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        const Route route(move);
        for (unsigned i = 0; i < route.size; ++i) path.cell(route.squares[i] + 1u);
    }

private:
    // The captures of all `jumpers`, by square and then by direction at every fork.
    static void list_captures(const Sight &sight, Squares jumpers, MoveList &moves) {
        for (; jumpers != 0; jumpers &= jumpers - 1) {
            const unsigned from = lowest_bit(jumpers);
            const bool king = (sight.kings & bit(from)) != 0;
            const unsigned first = king ? 0 : sight.forward, last = king ? 4 : sight.forward + 2;
            continue_capture(sight.other, sight.empty | bit(from), first, last, from, from, 0, moves);
        }
    }

    // Adds every way to go on from `at`, or the move so far where there is none. `route` is the move so far; victims
    // leave `other` as they are jumped, while their squares stay taken until the move is over.
    static void continue_capture(Squares other, Squares empty, unsigned first, unsigned last, unsigned at, Move route,
                                 unsigned jumps, MoveList &moves) {
        bool ends = true;
        for (unsigned direction = first; direction < last; ++direction) {
            const unsigned victim = neighbour[at][direction];
            if (victim == off_board || (other & bit(victim)) == 0) continue;
            const unsigned landing = neighbour[victim][direction];
            if (landing == off_board || (empty & bit(landing)) == 0) continue;
            ends = false;
            continue_capture(other & ~bit(victim), empty, first, last, landing, route | direction << (9 + 2 * jumps),
                             jumps + 1, moves);
        }
        if (ends && jumps > 0) moves.add(route | jumps << 5);
    }

    static Ending ending_of(const State &state) {
        const Sight sight(state);
        if ((sight.all_steppers() | sight.all_jumpers()) == 0) return no_moves;
        if (repeated_twice(state)) return repetition;
        return state.quiet >= draw_plies ? forty_moves : running;
    }

    // Whether the position has stood twice before: takes the known steps back, keeping the squares whose content
    // differs from now, a set a side.
    static bool repeated_twice(const State &state) {
        Squares differs[2] = {0, 0};
        int before = 0;
        for (unsigned back = 1; back <= state.known; ++back) {
            differs[back & 1] ^= step_ends[state.steps[state.known - back] & 127];
            if (back % 2 == 0 && (differs[0] | differs[1]) == 0 && ++before == 2) return true;
        }
        return false;
    }

    // Whether the known steps can be taken back from the position, and the rest of their room is clear.
    static bool history_fits(const State &state) {
        Squares side[2] = {state.black, state.white}, kings = state.kings;
        for (unsigned i = draw_plies; i-- > 0;) {
            const unsigned byte = state.steps[i];
            if (i >= state.known) {
                if (byte != 0) return false;
                continue;
            }
            if (byte > 127) return false;
            const unsigned mover = (state.side + state.known - i) & 1;
            const Squares from = bit(byte & 31), to = step_ends[byte] & ~from;
            if ((kings & side[mover] & to) == 0 || ((side[0] | side[1]) & from) != 0) return false;
            side[mover] ^= step_ends[byte];
            kings ^= step_ends[byte];
        }
        return true;
    }

    // How many steps a side has.
    static int mobility(const State &state, std::uint8_t side) {
        const Squares own = side == 0 ? state.black : state.white, kings = own & state.kings;
        const Squares empty = ~(state.black | state.white);
        const Squares down = side == 0 ? own : kings, up = side == 0 ? kings : own;
        return count(step(down, down_left) & empty) + count(step(down, down_right) & empty) +
               count(step(up, up_left) & empty) + count(step(up, up_right) & empty);
    }

    static std::string number(Squares set) { return std::to_string(lowest_bit(set) + 1); }

    // "1-4,9,K21": men in a row of three or more as a range.
    static std::string list_text(Squares set, Squares kings) {
        std::string text;
        for (unsigned square = 0; square < 32; ++square) {
            if ((set & bit(square)) == 0) continue;
            if (!text.empty()) text += ',';
            if ((kings & bit(square)) != 0) text += 'K';
            text += std::to_string(square + 1);
            const Squares men = set & ~kings;
            unsigned end = square;
            while ((men & bit(square)) != 0 && end < 31 && (men & bit(end + 1)) != 0) ++end;
            if (end < square + 2) continue;
            text += '-' + std::to_string(end + 1);
            square = end;
        }
        return text;
    }

    static unsigned read_square(std::string_view text) {
        const auto square = parlour::whole_number(text, 1, 32);
        if (!square) {
            throw parlour::Failure(PARLOUR_E_PARSE, quote(text) + " is not a square; they have the numbers 1 to 32");
        }
        return *square - 1;
    }

    static void read_list(std::string_view text, Squares &side, Squares &kings) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            std::string_view item = text.substr(at, end - at);
            at = end + 1;
            const bool king = !item.empty() && (item.front() == 'K' || item.front() == 'k');
            if (king) item.remove_prefix(1);
            const std::size_t dash = item.find('-');
            const unsigned first = read_square(item.substr(0, dash));
            const unsigned last = dash == std::string_view::npos ? first : read_square(item.substr(dash + 1));
            for (unsigned square = first; square <= last; ++square) {
                side |= bit(square);
                if (king) kings |= bit(square);
            }
        }
    }

    // The squares of a move text, whatever stands between them; at least two.
    static std::vector<unsigned> squares_named(std::string_view text) {
        std::vector<unsigned> named;
        std::string digits;
        for (const char c : std::string(text) + "-") {
            const bool between = c == '-' || c == 'x' || c == 'X' || c == ':' || c == '*';
            if (c == ' ') continue;
            if (!between && !(c >= '0' && c <= '9')) digits += '?';
            if (!between) digits += c;
            if (!between) continue;
            if (digits.empty() || digits.size() > 2 || digits.find('?') != std::string::npos || digits == "0" ||
                std::stoi(digits) > 32) {
                named.clear();
                break;
            }
            named.push_back(static_cast<unsigned>(std::stoi(digits)) - 1);
            digits.clear();
        }
        if (named.size() < 2) {
            throw parlour::Failure(PARLOUR_E_PARSE,
                                   quote(text) + " is not a move; write 11-15 for a step, 22x15x6 for jumps");
        }
        return named;
    }
};

} // namespace

PARLOUR_GAME(Draughts);
