// International draughts on 10x10, by the rules of the FMJD: men capture backwards too, kings fly, the capture that
// takes most is a must, captured pieces leave the board only when the move is over.
//
// Squares have the numbers of the game's literature, 1..50. White starts at the bottom and moves first, upwards.
// A square's bit is its number less one plus one for every two rows above it, so that four bits (10, 21, 32, 43) are
// nowhere and every row has the same shifts: 6 up left, 5 up right, and the other way down.
//
//        .  1  .  2  .  3  .  4  .  5         .  0  .  1  .  2  .  3  .  4
//        6  .  7  .  8  .  9  . 10  .         5  .  6  .  7  .  8  .  9  .  (10)
//        . 11  . 12  . 13  . 14  . 15         . 11  . 12  . 13  . 14  . 15
//       16  . 17  . 18  . 19  . 20  .        16  . 17  . 18  . 19  . 20  .  (21)
//        . 21  . 22  . 23  . 24  . 25         . 22  . 23  . 24  . 25  . 26
//       26  . 27  . 28  . 29  . 30  .        27  . 28  . 29  . 30  . 31  .  (32)
//        . 31  . 32  . 33  . 34  . 35         . 33  . 34  . 35  . 36  . 37
//       36  . 37  . 38  . 39  . 40  .        38  . 39  . 40  . 41  . 42  .  (43)
//        . 41  . 42  . 43  . 44  . 45         . 44  . 45  . 46  . 47  . 48
//       46  . 47  . 48  . 49  . 50  .        49  . 50  . 51  . 52  . 53  .
//
// A move is  from (6 bits) | to (6 bits) | captured (20 bits, one for each piece of the other side in the order of
// squares). Routes that start and end alike and capture the same pieces are one move ("duplicates dropped" in the
// published perft rows).
//
// Drawn is the third time of a position with the same side to move; 25 moves each of kings without a capture; 16
// moves each of one king against three pieces with a king among them; 5 moves each of one king against two such
// pieces or one king. The last two are counted from when that material arises; a capture begins the count anew.
// Without the option early_draws only the 25 moves of kings are drawn.
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
using Squares = std::uint64_t; // a set of squares, one bit each

// ---- geometry -------------------------------------------------------------------------------------------------

enum Direction : unsigned { up_left = 0, up_right = 1, down_left = 2, down_right = 3 };
constexpr unsigned opposite(unsigned direction) {
    return 3 - direction;
}

constexpr unsigned places = 54; // bits, with those that are nowhere
constexpr unsigned place_of_number(unsigned number) {
    return number - 1 + (number - 1) / 10;
}
constexpr unsigned number_of_place(unsigned place) {
    return place + 1 - (place + 1) / 11;
}

constexpr Squares nowhere = Squares{1} << 10 | Squares{1} << 21 | Squares{1} << 32 | Squares{1} << 43;
constexpr Squares whole_board = ((Squares{1} << places) - 1) & ~nowhere;
constexpr Squares top_row = 0x1f, bottom_row = Squares{0x1f} << 49;

constexpr Squares bit(unsigned place) {
    return Squares{1} << place;
}
constexpr unsigned highest(Squares set) {
    return 63 - static_cast<unsigned>(std::countl_zero(set));
}
constexpr int count(Squares set) {
    return std::popcount(set);
}

// Every square of the set moved by one in a direction; those that would leave the board vanish.
constexpr Squares step(Squares set, unsigned direction) {
    switch (direction) {
        case up_left:
            return set >> 6 & whole_board;
        case up_right:
            return set >> 5 & whole_board;
        case down_left:
            return set << 5 & whole_board;
        default:
            return set << 6 & whole_board;
    }
}

// rays[place][direction]: all squares from there to the edge.
constexpr auto rays = [] {
    std::array<std::array<Squares, 4>, places> table{};
    for (unsigned place = 0; place < places; ++place) {
        for (unsigned direction = 0; direction < 4; ++direction) {
            for (Squares at = step(bit(place) & whole_board, direction); at != 0; at = step(at, direction)) {
                table[place][direction] |= at;
            }
        }
    }
    return table;
}();

// The square of `blockers` that is met first in a direction; there is one.
constexpr unsigned first_of(Squares blockers, unsigned direction) {
    return direction < down_left ? highest(blockers) : lowest_bit(blockers);
}

// The empty squares that are met one after the other in a direction.
constexpr Squares run(unsigned place, unsigned direction, Squares taken) {
    const Squares ray = rays[place][direction], blockers = ray & taken;
    if (blockers == 0) return ray;
    const unsigned first = first_of(blockers, direction);
    return ray & ~(rays[first][direction] | bit(first));
}

// ---- moves ----------------------------------------------------------------------------------------------------

constexpr Move encode(unsigned from, unsigned to, unsigned captured = 0) {
    return from | to << 6 | captured << 12;
}
constexpr unsigned from_of(Move move) {
    return move & 63;
}
constexpr unsigned to_of(Move move) {
    return move >> 6 & 63;
}
constexpr unsigned captured_of(Move move) {
    return move >> 12;
}

// The squares of `other` that a move's bits mean.
constexpr Squares captured_squares(Move move, Squares other) {
    Squares captured = 0;
    for (unsigned bits = captured_of(move); bits != 0 && other != 0; bits >>= 1, other &= other - 1) {
        if ((bits & 1) != 0) captured |= other & (~other + 1);
    }
    return captured;
}

constexpr unsigned men_each = 20;
constexpr unsigned quiet_plies = 50, sixteen_plies = 32, five_plies = 10; // 25, 16 and 5 moves a side
constexpr unsigned kept_steps = quiet_plies - 1;

enum Ending : std::uint8_t { running, no_moves, twenty_five_moves, sixteen_moves, five_moves, repetition };

constexpr std::uint32_t most_moves = 1024;

// The captures that take most, as they are found. One that takes more than those before drops them.
struct Captures {
    std::array<Move, most_moves> moves;
    unsigned size = 0, most = 1;

    void add(Move move, unsigned taken) {
        if (taken < most) return;
        if (taken > most) {
            most = taken;
            size = 0;
        }
        for (unsigned i = size; i-- > 0 && from_of(moves[i]) == from_of(move);) {
            if (moves[i] == move) return;
        }
        if (size < most_moves) moves[size++] = move;
    }
};

// A way that a capture can go: every square on which the piece lands, its start first.
struct Route {
    std::array<std::uint8_t, men_each + 1> places{};
    unsigned size = 0;
};

struct InternationalDraughts {
    static constexpr parlour::GameAbout about{
        .id = "draughts_10x10",
        .name = "International Draughts",
        .family = "capture",
        .summary = "Draughts on a hundred squares: flying kings, and the capture that takes most is a must.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        // Steps: at most 20 kings, each with 17 squares in the four directions, are 340. Of captures no sharp bound
        // is known: the most that hill climbing over positions of kings has found are 407. The list ends at this
        // number, whatever the position.
        .max_moves = most_moves,
        // A man steps forward at most 9 times, and once more for each row that captures have taken it back: two a
        // captured piece. So the 40 men step at most 40 * 9 + 2 * 39 times; with 39 captures those are 477 plies
        // that are not quiet, and fewer than 50 quiet ones stand before each and after the last.
        .max_plies = 478 * quiet_plies,
        .accent = 0x6B3F2AFF};

    static constexpr std::array options{parlour::Option::boolean(
        "early_draws", "Early draws",
        "The third repetition and a king that holds out end the game, not only 25 moves of kings.", true)};

    explicit InternationalDraughts(const parlour::OptionValues &values)
        : early_draws_(values.boolean("early_draws")) {}

    // The position, and what makes the third repetition exact without comparing hashes: since the last capture or
    // man's move all plies were steps of kings, so the earlier positions are had by taking those steps back. They are
    // cleared at every capture and man's move. `quiet` can be more than `known` in a position read from text.
    struct State {
        Squares white, black, kings;
        std::uint8_t side;               // 0 White, 1 Black
        std::uint8_t ending;             // an Ending
        std::uint8_t quiet;              // plies since the last capture or man's move
        std::uint8_t known;              // how many of them stand in `steps`
        std::uint16_t lonely;            // plies since one king stands against three pieces or fewer
        std::uint16_t steps[kept_steps]; // from | to << 6, oldest first, zero beyond `known`
    };
    static_assert(sizeof(State) == 128);

    // ---- rules ----

    // What the side to move sees.
    struct Sight {
        Squares own, other, empty, men, kings, promotion;
        unsigned forward; // the first of the two directions of men; the other is the next

        explicit Sight(const State &state)
            : own(state.side == 0 ? state.white : state.black),
              other(state.side == 0 ? state.black : state.white),
              empty(whole_board & ~(state.white | state.black)),
              men(own & ~state.kings),
              kings(own & state.kings),
              promotion(state.side == 0 ? top_row : bottom_row),
              forward(state.side == 0 ? up_left : down_left) {}

        // The men that can step in a direction.
        Squares steppers(unsigned direction) const { return men & step(empty, opposite(direction)); }
        // The pieces that can jump over a neighbour to the square behind it.
        Squares jumpers(Squares pieces, unsigned direction) const {
            return pieces & step(other & step(empty, opposite(direction)), opposite(direction));
        }
        Squares all_jumpers(Squares pieces) const {
            return jumpers(pieces, up_left) | jumpers(pieces, up_right) | jumpers(pieces, down_left) |
                   jumpers(pieces, down_right);
        }
        // A king with a far capture has an empty square beside it, too.
        bool can_move() const {
            const Squares beside =
                step(kings, up_left) | step(kings, up_right) | step(kings, down_left) | step(kings, down_right);
            return (steppers(forward) | steppers(forward + 1) | (beside & empty) | all_jumpers(own)) != 0;
        }
    };

    State initial() const {
        State state{};
        for (unsigned number = 1; number <= men_each; ++number) {
            state.black |= bit(place_of_number(number));
            state.white |= bit(place_of_number(number + 30));
        }
        return state;
    }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.side) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Sight sight(state);
        if (may_capture(sight)) {
            list_captures(sight, moves);
        } else {
            list_steps(sight, moves);
        }
    }

    Turn apply(State &state, Move move) const {
        const Squares from = bit(from_of(move)), to = bit(to_of(move));
        Squares &own = state.side == 0 ? state.white : state.black;
        Squares &other = state.side == 0 ? state.black : state.white;
        if ((own & from) == 0 || (to & whole_board) == 0 || state.ending != running) return Turn::fault();
        const Squares captured = captured_squares(move, other);
        const unsigned limit_before = lonely_limit(state);
        const bool king = (state.kings & from) != 0;
        own = (own & ~from) | to;
        other &= ~captured;
        state.kings &= ~(captured | from);
        if (king || (to & (state.side == 0 ? top_row : bottom_row)) != 0) state.kings |= to;

        const bool is_quiet = king && captured == 0;
        if (is_quiet && state.quiet < kept_steps && state.known <= state.quiet) {
            state.steps[state.known++] = static_cast<std::uint16_t>(encode(from_of(move), to_of(move)));
        } else {
            std::memset(state.steps, 0, sizeof state.steps);
            state.known = 0;
        }
        state.quiet = is_quiet ? static_cast<std::uint8_t>(state.quiet + 1) : std::uint8_t{0};
        const bool counts = captured == 0 && limit_before > 0 && lonely_limit(state) > 0;
        state.lonely = counts ? static_cast<std::uint16_t>(state.lonely + 1) : std::uint16_t{0};
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
        const std::uint64_t late = state.quiet >= quiet_plies / 2 ? state.quiet : 0u;
        const std::uint64_t rest =
            state.side | std::uint64_t{state.ending} << 8 | late << 16 | std::uint64_t{state.lonely} << 24;
        return parlour::mix64(parlour::mix64(parlour::mix64(state.white ^ rest << 20) + state.black) ^ state.kings);
    }

    // ---- texts: PDN moves, PDN-FEN positions ----

    // "32-28", "37x28"; where several captures start and end alike, every square on which the piece lands.
    std::string move_text(const State &state, Move move) const {
        const std::string ends[2] = {number(from_of(move)), number(to_of(move))};
        if (captured_of(move) == 0) return ends[0] + "-" + ends[1];
        std::array<Move, most_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        const auto alike = [&](Move other) { return from_of(other) == from_of(move) && to_of(other) == to_of(move); };
        const Route route = find_route(state, move, 0);
        if (std::count_if(moves.begin(), moves.end(), alike) <= 1 || route.size == 0) return ends[0] + "x" + ends[1];
        std::string text = ends[0];
        for (unsigned i = 1; i < route.size; ++i) text += "x" + number(route.places[i]);
        return text;
    }

    // Reads that; a capture may name any of the squares on which the piece lands, in order.
    Move parse_move(const State &state, std::string_view text) const {
        const std::vector<unsigned> named = places_named(text);
        std::array<Move, most_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        std::vector<Move> fitting;
        for (const Move move : moves) {
            if (from_of(move) != named.front() || to_of(move) != named.back()) continue;
            if (named.size() == 2 || passes_by(state, move, named)) fitting.push_back(move);
        }
        if (fitting.size() == 1) return fitting.front();
        const std::string quoted = "\"" + std::string(text.substr(0, 80)) + "\"";
        if (!fitting.empty()) {
            for (const Move move : fitting) {
                if (same_route(find_route(state, move, 0), named)) return move;
            }
            throw parlour::Failure(PARLOUR_E_ILLEGAL,
                                   quoted + " is short for several captures; name every square, as in " +
                                       move_text(state, fitting.front()));
        }
        std::string example;
        if (!moves.empty()) example = "; a legal one is " + move_text(state, moves[0]);
        throw parlour::Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here" + example);
    }

    // "W:W31-50:B1-20", then ":H7" for seven quiet plies, ":E3" for three plies of a lonely king, and ":R3" when the
    // third repetition has ended the game.
    std::string state_text(const State &state) const {
        std::string text = state.side == 0 ? "W" : "B";
        text += ":W" + list_text(state.white, state.kings) + ":B" + list_text(state.black, state.kings);
        if (state.quiet > 0) text += ":H" + std::to_string(state.quiet);
        if (state.lonely > 0) text += ":E" + std::to_string(state.lonely);
        if (state.ending == repetition) text += ":R3";
        return text;
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [](const std::string &what) {
            return parlour::Failure(PARLOUR_E_PARSE,
                                    what + "; a position looks like \"W:W31-50:B1-20\", kings as K9");
        };
        while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.remove_suffix(1);
        State state{};
        bool repeated = false, seen_white = false, seen_black = false;
        std::size_t part = 0;
        for (std::size_t at = 0; at <= text.size(); ++part) {
            const std::size_t end = std::min(text.find(':', at), text.size());
            const std::string_view field = text.substr(at, end - at);
            at = end + 1;
            const char kind =
                field.empty() ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(field[0])));
            const std::string_view rest = field.empty() ? field : field.substr(1);
            if (part == 0) {
                if (field.size() != 1 || (kind != 'B' && kind != 'W')) throw refuse("W or B, who moves, comes first");
                state.side = kind == 'W' ? 0 : 1;
            } else if (kind == 'W' && !seen_white) {
                seen_white = true;
                read_list(rest, state.white, state.kings);
            } else if (kind == 'B' && !seen_black) {
                seen_black = true;
                read_list(rest, state.black, state.kings);
            } else if (kind == 'H') {
                state.quiet = static_cast<std::uint8_t>(read_number(rest, 0, quiet_plies));
            } else if (kind == 'E') {
                state.lonely = static_cast<std::uint16_t>(read_number(rest, 0, sixteen_plies));
            } else if (kind == 'F') {
                read_number(rest, 0, 100000);
            } else if (kind == 'R' && rest == "3") {
                repeated = true;
            } else {
                throw refuse(quote(field) + " is not part of a position");
            }
        }
        if (!seen_white || !seen_black) throw refuse("the pieces of both sides are needed");
        state.ending = ending_of(state);
        if (repeated && !early_draws_) throw refuse("repetition does not end this game");
        if (repeated && state.ending == running) state.ending = repetition;
        return state;
    }

    std::string check(const State &state) const {
        if (state.side > 1) return "there are two sides";
        const Squares taken = state.white | state.black;
        if (((taken | state.kings) & ~whole_board) != 0) return "there is a piece outside the board";
        if ((state.white & state.black) != 0)
            return "two pieces stand on square " + number(lowest_bit(state.white & state.black));
        if (taken == 0) return "there are no pieces";
        if ((state.kings & ~taken) != 0)
            return "there is a crown on empty square " + number(lowest_bit(state.kings & ~taken));
        if (count(state.white) > 20 || count(state.black) > 20) return "a side has more than twenty pieces";
        const Squares stuck = ((state.white & top_row) | (state.black & bottom_row)) & ~state.kings;
        if (stuck != 0)
            return "the man on square " + number(lowest_bit(stuck)) + " has reached its last row, so it is a king";
        if (state.quiet > quiet_plies || state.known > state.quiet || state.known > kept_steps)
            return "the count of quiet moves is wrong";
        if (state.lonely > lonely_limit(state)) return "the count of moves of a lonely king does not fit the pieces";
        if (!history_fits(state)) return "the history of quiet moves does not lead to this position";
        const bool may_have_repeated = early_draws_ && state.known < state.quiet && state.quiet >= 8;
        if (state.ending == repetition && ending_of(state) == running && may_have_repeated) return {};
        if (state.ending != ending_of(state)) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Material (a flying king is worth about three men, as in most programs of the game), worth more the fewer pieces
    // are left; then the men's advance, the centre, men with a friend behind them, and who moves.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Squares white_men = state.white & ~state.kings, black_men = state.black & ~state.kings;
        const int white_kings = count(state.white & state.kings), black_kings = count(state.black & state.kings);
        const int material = 100 * (count(white_men) - count(black_men)) + 300 * (white_kings - black_kings);
        const int pieces = count(state.white | state.black);
        int score = material * (20 + (40 - pieces) / 2) / 10;

        int advance = 0;
        for (unsigned rows = 2; rows < 10; rows += 2) {
            const Squares above = bit(rows / 2 * 11) - 1;
            advance += count(white_men & above) - count(black_men & ~above);
        }
        score += 3 * advance;
        constexpr Squares centre = bit(place_of_number(22)) | bit(place_of_number(23)) | bit(place_of_number(24)) |
                                   bit(place_of_number(27)) | bit(place_of_number(28)) | bit(place_of_number(29)) |
                                   bit(place_of_number(18)) | bit(place_of_number(33));
        score += 6 * (count(state.white & centre) - count(state.black & centre));
        const Squares white_backed = step(white_men, up_left) | step(white_men, up_right);
        const Squares black_backed = step(black_men, down_left) | step(black_men, down_right);
        score += 3 * (count(white_men & white_backed) - count(black_men & black_backed));
        score += state.side == 0 ? 5 : -5;
        // Towards a draw every advantage is worth less; one king among few pieces is hard to catch at all.
        if (state.quiet > 20) score = score * static_cast<int>(quiet_plies - state.quiet + 10) / 40;
        if (lonely_limit(state) > 0) score /= 4;
        return player == 0 ? score : -score;
    }

    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Sight sight(state);
        constexpr Squares back_rows = top_row | bottom_row;
        for (std::uint32_t i = 0; i < n; ++i) {
            const Squares from = bit(from_of(moves[i])), to = bit(to_of(moves[i]));
            const Squares captured = captured_squares(moves[i], sight.other);
            int value = 100 * count(captured) + 100 * count(captured & state.kings);
            if ((sight.men & from) != 0 && (to & sight.promotion) != 0) value += 150;
            if ((sight.men & from & back_rows) != 0) value -= 10;
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    // Captures are a must, so a position in which there are any is not quiet.
    void noisy(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Sight sight(state);
        if (may_capture(sight)) list_captures(sight, moves);
    }

    // One of the legal moves, each as likely: steps of men are counted, and only the one that is drawn is looked up.
    Move random_move(const State &state, parlour::Rng &rng) const {
        const Sight sight(state);
        if (sight.kings != 0 || may_capture(sight)) {
            std::array<Move, most_moves> all;
            MoveList moves(all.data());
            legal(state, moves);
            return moves[moves.size() == 1 ? 0 : rng.below(moves.size())];
        }
        const Squares left = sight.steppers(sight.forward), right = sight.steppers(sight.forward + 1);
        const int total = count(left) + count(right);
        int drawn = static_cast<int>(rng.below(static_cast<std::uint32_t>(total)));
        const bool goes_left = drawn < count(left);
        if (!goes_left) drawn -= count(left);
        const unsigned from = nth_bit(goes_left ? left : right, static_cast<unsigned>(drawn));
        const unsigned direction = goes_left ? sight.forward : sight.forward + 1;
        return encode(from, lowest_bit(step(bit(from), direction)));
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return count(player == 0 ? state.white : state.black);
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &state) const {
        if (state.ending == twenty_five_moves) return "by 25 moves each of kings without a capture";
        if (state.ending == sixteen_moves) return "by 16 moves each of one king against three pieces";
        if (state.ending == five_moves) return "by 5 moves each of one king against two pieces or one";
        if (state.ending == repetition) return "by the same position for the third time";
        const Squares left = state.side == 0 ? state.white : state.black;
        return left == 0 ? "by capturing every piece" : "by leaving no move";
    }

    std::string rules() const {
        const std::string early =
            early_draws_ ? "- The same position comes for the **third time** with the same side to move.\n"
                           "- **16 moves** of each side with one king against three pieces, a king among them.\n"
                           "- **5 moves** of each side with one king against two pieces, a king among them, or "
                           "against one king.\n"
                         : "";
        return "# International Draughts\n\n"
               "**White** and **Black** have twenty men each on the dark squares of a board of ten by ten. White "
               "moves first. You win when the other side has no move: all its pieces are captured or blocked.\n\n"
               "## Moving\n\n"
               "- A **man** moves one square diagonally forward, to an empty square.\n"
               "- A man whose move ends on the far row becomes a **king** (it gets a crown).\n"
               "- A **king** flies: it moves any number of empty squares diagonally, in all four directions.\n\n"
               "## Capturing\n\n"
               "- A **man** captures by jumping over a piece of the other side on the next square, to the empty "
               "square right behind it, **forward or backward**.\n"
               "- A **king** captures a piece anywhere on its diagonal, if the squares up to it and the one behind "
               "it are empty; it lands on any of the empty squares behind.\n"
               "- A capture **goes on** in the same move as long as there is more to take from where the piece "
               "landed.\n"
               "- **You must capture if you can, and you must take as many pieces as possible.** A king counts no "
               "more than a man. Among captures that take equally many you choose freely.\n"
               "- Captured pieces are lifted off **only when the move is over**: no piece is jumped twice, and it "
               "stays in the way until then. Empty squares may be crossed again.\n"
               "- A man that only passes the far row in a capture stays a man.\n\n"
               "## Draws\n\n" +
               early +
               "- **25 moves** of each side with kings only, without a capture.\n\n"
               "## Entering moves\n\n"
               "Touch the piece, then the square it goes to; in a capture, every square on which it lands, or the "
               "last one where only one way leads to it. Squares have the numbers 1 to 50: `32-28` is a step, "
               "`28x17` a capture.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        if (from < 1 || from > 50) return {};
        const Sight sight(state);
        const unsigned place = place_of_number(from);
        const bool has_target = to >= 1 && to <= 50;
        if ((sight.empty & bit(place)) != 0) return "There is no piece on that square.";
        if ((sight.other & bit(place)) != 0)
            return "That is not your piece: it is " + player_name(state.side) + "'s turn.";
        std::array<Move, most_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        if (captured_of(moves[0]) != 0) {
            Move shown = moves[0];
            bool begins = false;
            for (const Move move : moves) {
                if (from_of(move) == place) shown = move, begins = true;
            }
            if (begins && !has_target) return {};
            const int most = std::popcount(captured_of(shown));
            if (most == 1) return "You must capture: " + move_text(state, shown) + " is possible.";
            return "You must take as many as you can: " + move_text(state, shown) + " takes " + std::to_string(most) +
                   ".";
        }
        const auto moves_it = [&](Move move) { return from_of(move) == place; };
        if (std::none_of(moves.begin(), moves.end(), moves_it))
            return "That piece cannot move: every way is blocked.";
        if (!has_target) return {};
        if ((sight.empty & bit(place_of_number(to))) == 0) return "That square is taken.";
        if ((sight.men & bit(place)) != 0) return "A man moves one square diagonally forward.";
        return "A king moves along a diagonal, over empty squares.";
    }

    // ---- the board: cells 1..50 are the squares ----

    void layout(parlour::Board &board) const {
        board.extent(-0.45f, -0.45f, 10.45f, 10.45f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x5A3A26FF,
                    .x = 5,
                    .y = 5,
                    .w = 10.7f,
                    .h = 10.7f});
        for (unsigned row = 0; row < 10; ++row) {
            for (unsigned column = 0; column < 10; ++column) {
                const float x = static_cast<float>(column) + 0.5f, y = static_cast<float>(row) + 0.5f;
                if ((row + column) % 2 == 0) {
                    board.cell({.color = PARLOUR_COLOR_LIGHT, .flags = PARLOUR_CELL_DECOR, .x = x, .y = y});
                } else {
                    const std::uint32_t square = 5 * row + column / 2 + 1;
                    const std::string label = std::to_string(square);
                    board.cell({.id = square, .color = PARLOUR_COLOR_DARK, .x = x, .y = y, .label = label.c_str()});
                }
            }
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (Squares left = state.white | state.black; left != 0; left &= left - 1) {
            const Squares here = left & (~left + 1);
            const bool white = (state.white & here) != 0, king = (state.kings & here) != 0;
            board.piece({.cell = number_of_place(lowest_bit(here)),
                         .color = white ? std::uint8_t{PARLOUR_COLOR_LIGHT} : std::uint8_t{PARLOUR_COLOR_DARK},
                         .level = king,
                         .label = white ? (king ? "White king" : "white man") : (king ? "Black king" : "black man")});
        }
        for (std::uint32_t player = 0; player < 2; ++player) {
            const std::string value = std::to_string(score(state, player));
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Pieces",
                          .value = value.c_str()});
        }
        const unsigned limit = lonely_limit(state);
        const unsigned lonely_left = limit > 0 ? limit - state.lonely : quiet_plies;
        const unsigned left = std::min(lonely_left, quiet_plies - state.quiet);
        if (limit > 0 || state.quiet >= quiet_plies / 2) {
            const std::string value = std::to_string((left + 1) / 2);
            board.widget(
                {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = value.c_str()});
        }
    }

    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        constexpr std::uint32_t most_alternatives = 16;
        if (captured_of(move) == 0) {
            if (alternative > 0) return;
            path.cell(number_of_place(from_of(move)));
            path.cell(number_of_place(to_of(move)));
            return;
        }
        if (alternative >= most_alternatives) return;
        const Route route = find_route(state, move, alternative);
        for (unsigned i = 0; i < route.size; ++i) path.cell(number_of_place(route.places[i]));
    }

private:
    // ---- listing moves ----

    static bool may_capture(const Sight &sight) {
        if (sight.all_jumpers(sight.own) != 0) return true;
        for (Squares left = sight.kings; left != 0; left &= left - 1) {
            for (unsigned direction = 0; direction < 4; ++direction) {
                const Squares blockers = rays[lowest_bit(left)][direction] & ~sight.empty;
                if (blockers == 0) continue;
                const unsigned victim = first_of(blockers, direction);
                if ((sight.other & bit(victim)) != 0 && (step(bit(victim), direction) & sight.empty) != 0)
                    return true;
            }
        }
        return false;
    }

    static void list_steps(const Sight &sight, MoveList &moves) {
        for (unsigned direction = sight.forward; direction < sight.forward + 2; ++direction) {
            for (Squares left = sight.steppers(direction); left != 0; left &= left - 1) {
                moves.add(encode(lowest_bit(left), lowest_bit(step(left & (~left + 1), direction))));
            }
        }
        for (Squares left = sight.kings; left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left);
            for (unsigned direction = 0; direction < 4; ++direction) {
                for (Squares to = run(from, direction, ~sight.empty); to != 0; to &= to - 1) {
                    moves.add(encode(from, lowest_bit(to)));
                }
            }
        }
    }

    // Of all captures those that take most, by the squares where they start.
    static void list_captures(const Sight &sight, MoveList &moves) {
        Captures captures;
        for (Squares left = sight.all_jumpers(sight.men); left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left);
            continue_by_man(sight, sight.empty | bit(from), from, from, 0, 0, captures);
        }
        for (Squares left = sight.kings; left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left);
            continue_by_king(sight, ~(sight.empty | bit(from)), from, from, 0, 0, 0xf, captures);
        }
        for (unsigned i = 0; i < captures.size; ++i) moves.add(captures.moves[i]);
    }

    // The bit of a move that stands for a victim.
    static unsigned victim_bit(const Sight &sight, unsigned victim) {
        return 1u << count(sight.other & (bit(victim) - 1));
    }

    // Adds every way to go on with jumps from `at`, where `captured` are those taken so far. They stay in the way.
    static void continue_by_man(const Sight &sight, Squares empty, unsigned from, unsigned at, unsigned captured,
                                unsigned taken, Captures &captures) {
        for (unsigned direction = 0; direction < 4; ++direction) {
            const Squares over = step(bit(at), direction) & sight.other;
            const Squares landing = step(over, direction) & empty;
            if (landing == 0) continue;
            const unsigned with = captured | victim_bit(sight, lowest_bit(over));
            if (with == captured) continue;
            const unsigned to = lowest_bit(landing);
            captures.add(encode(from, to, with), taken + 1);
            continue_by_man(sight, empty, from, to, with, taken + 1, captures);
        }
    }

    // The same for a king, in a set of directions. Going straight on gives the same from every square behind a
    // victim, and going back gives nothing.
    static void continue_by_king(const Sight &sight, Squares taken_squares, unsigned from, unsigned at,
                                 unsigned captured, unsigned taken, unsigned directions, Captures &captures) {
        for (unsigned direction = 0; direction < 4; ++direction) {
            const Squares blockers = rays[at][direction] & taken_squares;
            if ((directions >> direction & 1) == 0 || blockers == 0) continue;
            const unsigned victim = first_of(blockers, direction);
            if ((sight.other & bit(victim)) == 0) continue;
            const unsigned with = captured | victim_bit(sight, victim);
            if (with == captured) continue;
            unsigned onward = 0xf & ~(1u << opposite(direction));
            for (Squares left = run(victim, direction, taken_squares); left != 0; left &= left - 1) {
                const unsigned to = lowest_bit(left);
                captures.add(encode(from, to, with), taken + 1);
                continue_by_king(sight, taken_squares, from, to, with, taken + 1, onward, captures);
                onward &= ~(1u << direction);
            }
        }
    }

    // ---- routes of captures ----

    // Looks for the ways in which a piece can take exactly some pieces and end on a square.
    struct RouteSearch {
        Squares victims, taken_squares;
        unsigned to;
        bool king;
        Route route;

        // Calls `found` with every route, until it returns true.
        template <class Found>
        bool search(const Found &found) {
            const unsigned at = route.places[route.size - 1];
            if (victims == 0) return at == to && found(route);
            for (unsigned direction = 0; direction < 4; ++direction) {
                const Squares ray = king ? rays[at][direction] : step(bit(at), direction);
                const Squares blockers = ray & taken_squares;
                if (blockers == 0) continue;
                const unsigned victim = first_of(blockers, direction);
                if ((victims & bit(victim)) == 0) continue;
                Squares landings = run(victim, direction, taken_squares);
                if (!king) landings &= step(bit(victim), direction);
                victims ^= bit(victim);
                for (; landings != 0; landings &= landings - 1) {
                    route.places[route.size++] = static_cast<std::uint8_t>(lowest_bit(landings));
                    if (search(found)) return true;
                    --route.size;
                }
                victims ^= bit(victim);
            }
            return false;
        }
    };

    static RouteSearch routes_of(const State &state, Move move) {
        const Sight sight(state);
        const Squares from = bit(from_of(move));
        RouteSearch routes{
            captured_squares(move, sight.other), ~(sight.empty | from), to_of(move), (sight.kings & from) != 0, {}};
        routes.route.places[0] = static_cast<std::uint8_t>(from_of(move));
        routes.route.size = 1;
        return routes;
    }

    // The index-th route of a capture; empty when there are no more.
    static Route find_route(const State &state, Move move, std::uint32_t index) {
        Route found;
        if (captured_of(move) == 0) return found;
        routes_of(state, move).search([&](const Route &route) {
            if (index-- > 0) return false;
            found = route;
            return true;
        });
        return found;
    }

    static bool same_route(const Route &route, const std::vector<unsigned> &named) {
        return std::equal(named.begin(), named.end(), route.places.begin(), route.places.begin() + route.size);
    }

    // Whether a capture can land on these squares, in this order and perhaps on others between.
    static bool passes_by(const State &state, Move move, const std::vector<unsigned> &named) {
        if (captured_of(move) == 0) return false;
        return routes_of(state, move).search([&](const Route &route) {
            std::size_t next = 0;
            for (unsigned i = 0; i < route.size && next < named.size(); ++i) next += route.places[i] == named[next];
            return next == named.size();
        });
    }

    // ---- endings ----

    // How many plies one king may hold out against the pieces that are left; 0 when there is no such count.
    unsigned lonely_limit(const State &state) const {
        if (!early_draws_) return 0;
        const int white = count(state.white), black = count(state.black);
        if (std::min(white, black) != 1 || white + black > 4) return 0;
        if ((state.white & state.kings) == 0 || (state.black & state.kings) == 0) return 0;
        return white + black == 4 ? sixteen_plies : five_plies;
    }

    Ending ending_of(const State &state) const {
        if (!Sight(state).can_move()) return no_moves;
        if (state.quiet >= quiet_plies) return twenty_five_moves;
        const unsigned limit = lonely_limit(state);
        if (limit > 0 && state.lonely >= limit) return limit == sixteen_plies ? sixteen_moves : five_moves;
        return early_draws_ && repeated_twice(state) ? repetition : running;
    }

    // Whether the position has stood twice before: takes the known steps back, keeping the squares whose content
    // differs from now, a set a side.
    static bool repeated_twice(const State &state) {
        Squares differs[2] = {0, 0};
        int before = 0;
        for (unsigned back = 1; back <= state.known; ++back) {
            const unsigned taken_back = state.steps[state.known - back];
            differs[back & 1] ^= bit(from_of(taken_back)) ^ bit(to_of(taken_back));
            if (back % 2 == 0 && (differs[0] | differs[1]) == 0 && ++before == 2) return true;
        }
        return false;
    }

    // Whether the known steps can be taken back from the position, and the rest of their room is clear.
    static bool history_fits(const State &state) {
        Squares side[2] = {state.white, state.black}, kings = state.kings;
        for (unsigned i = kept_steps; i-- > 0;) {
            const unsigned taken_back = state.steps[i];
            if (i >= state.known) {
                if (taken_back != 0) return false;
                continue;
            }
            if (taken_back >> 12 != 0) return false;
            const unsigned mover = (state.side + state.known - i) & 1;
            const Squares from = bit(from_of(taken_back)), to = bit(to_of(taken_back));
            if ((kings & side[mover] & to) == 0 || (from & ~whole_board) != 0) return false;
            if (((side[0] | side[1]) & from) != 0) return false;
            side[mover] ^= from | to;
            kings ^= from | to;
        }
        return true;
    }

    // ---- reading and writing ----

    static std::string number(unsigned place) { return std::to_string(number_of_place(place)); }

    // "1-4,9,K21": men in a row of three or more as a range.
    static std::string list_text(Squares set, Squares kings) {
        const auto has_man = [&](unsigned square) {
            return square <= 50 && (set & ~kings & bit(place_of_number(square))) != 0;
        };
        std::string text;
        for (unsigned square = 1; square <= 50; ++square) {
            const Squares here = bit(place_of_number(square));
            if ((set & here) == 0) continue;
            if (!text.empty()) text += ',';
            if ((kings & here) != 0) text += 'K';
            text += std::to_string(square);
            unsigned end = square;
            while (has_man(square) && has_man(end + 1)) ++end;
            if (end < square + 2) continue;
            text += '-' + std::to_string(end);
            square = end;
        }
        return text;
    }

    static unsigned read_square(std::string_view text) {
        const auto square = parlour::whole_number(text, 1, 50);
        if (!square) {
            throw parlour::Failure(PARLOUR_E_PARSE, quote(text) + " is not a square; they have the numbers 1 to 50");
        }
        return *square;
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
                side |= bit(place_of_number(square));
                if (king) kings |= bit(place_of_number(square));
            }
        }
    }

    // The squares of a move text, whatever stands between them ("3228" has them without); at least two.
    static std::vector<unsigned> places_named(std::string_view text) {
        std::vector<unsigned> named;
        std::string digits, whole(text);
        if (whole.size() == 4 && whole.find_first_not_of("0123456789") == std::string::npos) whole.insert(2, "-");
        for (const char c : whole + "-") {
            if (c == ' ') continue;
            if (c >= '0' && c <= '9') {
                digits += c;
                continue;
            }
            const bool between = c == '-' || c == 'x' || c == 'X' || c == ':' || c == '*';
            const int square = digits.empty() || digits.size() > 2 ? 0 : std::stoi(digits);
            if (!between || square < 1 || square > 50) {
                named.clear();
                break;
            }
            named.push_back(place_of_number(static_cast<unsigned>(square)));
            digits.clear();
        }
        if (named.size() < 2) {
            throw parlour::Failure(PARLOUR_E_PARSE,
                                   quote(text) + " is not a move; write 32-28 for a step, 28x17 for a capture");
        }
        return named;
    }

    bool early_draws_;
};

} // namespace

PARLOUR_GAME(InternationalDraughts);
