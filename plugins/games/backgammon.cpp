// Backgammon for two, without the doubling cube: a single game, in which a gammon counts two and a backgammon three.
//
//      13 14 15 16 17 18 |   | 19 20 21 22 23 24        Points as White (X, player 0) counts them. Both sides count
//       X           O    |   |  O              X        from their own bearing-off end, so point n of Black (O) is
//       X           O    |bar|  O              X        point 25 - n of White. In a state each side has its own
//       ...                                            numbers: 0 is off the board, 1..24 the points, 25 the bar.
//       O           X    |   |  X              O
//      12 11 10  9  8  7 |   |  6  5  4  3  2  1        White moves from 24 down to 1.
//
// Nature rolls; the whole play of a roll is one move: up to four starting points of 5 bits each, in the order in
// which the steps are made, then whether the lower die comes first. Plays that lead to one position are one move. As
// many dice are played as possible, and the higher one where only one can be; who can play none has the move "no
// play". The first roll has no doubles: "5-3" is White's die and Black's, and the higher of them begins with both.
//
// A position is written as an XGID, of which the points, whose turn it is (1 White, -1 Black, 0 before the first
// roll) and the dice count: "XGID=-b----E-C---eE---c-e----B-:0:0:1:52:0:0:0:0:10". The 14 letters of a GNU position
// ID are read as well; it says nothing of sides, so White is to roll.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>

namespace {

using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::quote;
using parlour::Turn;

constexpr unsigned off = 0, bar = 25, n_checkers = 15, no_point = 26;
constexpr unsigned start[][2] = {{24, 2}, {13, 5}, {8, 3}, {6, 5}};

// ---- moves: rolls, first rolls, plays ---------------------------------------------------------------------------

constexpr Move first_roll_base = 64, play_flag = 1u << 21, low_first_flag = 1u << 20, no_play = play_flag;
constexpr unsigned n_rolls = 21;

struct Roll {
    std::uint8_t high, low;
};
constexpr auto rolls = [] {
    std::array<Roll, n_rolls> all{};
    std::size_t n = 0;
    for (std::uint8_t high = 1; high <= 6; ++high) {
        for (std::uint8_t low = 1; low <= high; ++low) all[n++] = {high, low};
    }
    return all;
}();
constexpr Move first_roll(unsigned white, unsigned black) {
    return first_roll_base + 6 * (white - 1) + black - 1;
}
constexpr unsigned white_die(Move move) {
    return (move - first_roll_base) / 6 + 1;
}
constexpr unsigned black_die(Move move) {
    return (move - first_roll_base) % 6 + 1;
}
constexpr unsigned from_of(Move move, unsigned step) {
    return move >> 5 * step & 31;
}
constexpr unsigned end_of(unsigned from, unsigned die) {
    return from > die ? from - die : off;
}

// One side's checkers while a play is being made, and where the other side stands, in this side's numbers.
struct Side {
    std::uint8_t count[26];
    std::uint32_t occupied = 0, blocked = 0, blots = 0;

    Side(const std::uint8_t *own, const std::uint8_t *other) {
        for (unsigned point = 0; point <= bar; ++point) {
            count[point] = own[point];
            if (point == off) continue;
            if (own[point] > 0) occupied |= 1u << point;
            if (point == bar) continue;
            if (other[point] > 1) blocked |= 1u << (25 - point);
            if (other[point] == 1) blots |= 1u << (25 - point);
        }
    }

    // The points from which a checker can go that many pips.
    std::uint32_t movable(unsigned die) const {
        if ((occupied >> bar & 1) != 0) return (blocked >> (bar - die) & 1) != 0 ? 0 : 1u << bar;
        const std::uint32_t beyond = ~((2u << die) - 1);
        std::uint32_t set = occupied & beyond & ~(blocked << die);
        if (occupied >> 7 == 0 && occupied != 0) {
            const auto highest = static_cast<unsigned>(std::bit_width(occupied)) - 1;
            if (highest <= die) {
                set |= 1u << highest;
            } else {
                set |= occupied & 1u << die;
            }
        }
        return set;
    }
    void step(unsigned from, unsigned to) {
        if (--count[from] == 0) occupied &= ~(1u << from);
        ++count[to];
        if (to != off) occupied |= 1u << to;
    }
    void step_back(unsigned from, unsigned to) {
        if (--count[to] == 0 && to != off) occupied &= ~(1u << to);
        ++count[from];
        occupied |= 1u << from;
    }
    // The other side has so many checkers on a point, which is in this side's numbers.
    void see(unsigned point, unsigned checkers) {
        const std::uint32_t here = 1u << point;
        blocked = checkers > 1 ? blocked | here : blocked & ~here;
        blots = checkers == 1 ? blots | here : blots & ~here;
    }
};
constexpr unsigned highest(std::uint32_t set) {
    return static_cast<unsigned>(std::bit_width(set)) - 1;
}
constexpr unsigned size_of(std::uint32_t set) {
    return static_cast<unsigned>(std::popcount(set));
}

// One side moves a checker, with what that is for the other.
inline void move_checker(Side &own, Side &other, unsigned from, unsigned to) {
    own.step(from, to);
    if (from != bar) other.see(bar - from, own.count[from]);
    if (to == off) return;
    if ((own.blots >> to & 1) != 0) {
        other.step(bar - to, bar);
        own.see(to, 0);
    }
    other.see(bar - to, own.count[to]);
}

// What two steps do, in a number: equal numbers lead to equal positions.
inline std::uint32_t effect_of(const Side &side, unsigned from_a, unsigned to_a, unsigned from_b, unsigned to_b) {
    std::uint32_t hits = 0;
    for (const unsigned to : {to_a, to_b}) {
        if (to != off) hits |= side.blots & 1u << to;
    }
    // A point that is left and taken again is as it was.
    if (to_a != off && to_a == from_b) {
        from_b = to_a = off;
    } else if (to_b != off && to_b == from_a) {
        from_a = to_b = off;
    }
    if (from_a < from_b) std::swap(from_a, from_b);
    if (to_a < to_b) std::swap(to_a, to_b);
    const unsigned first_hit = hits == 0 ? 0 : lowest_bit(hits), rest = hits & (hits - 1);
    return from_a | from_b << 5 | to_a << 10 | to_b << 15 | first_hit << 20 |
           (rest == 0 ? 0 : lowest_bit(rest)) << 25;
}

enum Phase : std::uint8_t { first_rolling = 0, rolling = 1, playing = 2, finished = 3 };

class Backgammon {
public:
    static constexpr parlour::GameAbout about{
        .id = "backgammon",
        .name = "Backgammon",
        .family = "dice",
        .summary = "Race fifteen checkers home and off the board; a lone checker can be hit.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE,
        // All plays of a roll have the same number of steps. Four steps of a double are shared out among fifteen
        // checkers: C(18, 4) ways at most. Two dice have 15 * 15 ways, twice for their order.
        .max_moves = 3060,
        .util_min = -3,
        .util_max = 3,
        .accent = 0x8c2f2fff};

    static constexpr std::array options{
        parlour::Option::boolean("gammons", "Gammons", "A gammon counts two points and a backgammon three.", true)};

    explicit Backgammon(const parlour::OptionValues &values) : gammons_(values.boolean("gammons")) {}

    struct State {
        std::uint8_t count[2][26]; // by player and that player's numbers
        std::uint8_t mover;        // at the end, the winner
        std::uint8_t phase;
        std::uint8_t high, low; // the dice; 0 when none lie on the table
    };
    static_assert(sizeof(State) == 56);

    // ---- rules ----

    State initial() const {
        State state{};
        for (auto &count : state.count) {
            for (const auto &[point, n] : start) count[point] = static_cast<std::uint8_t>(n);
        }
        return state;
    }

    Turn turn(const State &state) const {
        if (state.phase == finished) return Turn::over();
        return state.phase == playing ? Turn::of(state.mover) : Turn::chance();
    }

    void legal(const State &state, MoveList &moves) const {
        if (state.phase == finished) return;
        if (state.phase == rolling) {
            for (Move roll = 0; roll < n_rolls; ++roll) moves.add(roll);
        } else if (state.phase == first_rolling) {
            each_first_roll([&](Move move) { moves.add(move); });
        } else {
            list_plays(state, moves);
        }
    }

    void outcomes(const State &state, parlour::OutcomeList &list) const {
        if (state.phase == first_rolling) {
            each_first_roll([&](Move move) { list.add(move, 1.0f / 30); });
        } else if (state.phase == rolling) {
            for (Move roll = 0; roll < n_rolls; ++roll) {
                list.add(roll, rolls[roll].high == rolls[roll].low ? 1.0f / 36 : 2.0f / 36);
            }
        }
    }
    Move sample(const State &state, parlour::Rng &rng) const {
        if (state.phase == first_rolling) {
            const unsigned white = rng.below(6), black = rng.below(5);
            return first_roll(white + 1, black + (black >= white) + 1);
        }
        const unsigned a = rng.below(6), b = rng.below(6), high = std::max(a, b);
        return high * (high + 1) / 2 + std::min(a, b);
    }

    Turn apply(State &state, Move move) const {
        if (state.phase == playing) return play(state, move);
        if (state.phase == rolling && move < n_rolls) {
            state.high = rolls[move].high;
            state.low = rolls[move].low;
        } else if (state.phase == first_rolling && move >= first_roll_base && move < first_roll_base + 36 &&
                   white_die(move) != black_die(move)) {
            state.high = static_cast<std::uint8_t>(std::max(white_die(move), black_die(move)));
            state.low = static_cast<std::uint8_t>(std::min(white_die(move), black_die(move)));
            state.mover = white_die(move) < black_die(move);
        } else {
            return Turn::fault();
        }
        state.phase = playing;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        const auto points = static_cast<float>(gammons_ ? points_won(state) : 1);
        util[state.mover] = points;
        util[1 - state.mover] = 0.0f - points;
    }

    std::uint64_t hash(const State &state) const { return parlour::hash_bytes(&state, sizeof state); }

    // A random game in which plays are counted, not listed, to draw one.
    std::uint32_t playout(State &state, parlour::Rng &rng, std::uint32_t max_plies, float *util) const {
        Side sides[2] = {{state.count[0], state.count[1]}, {state.count[1], state.count[0]}};
        std::uint32_t plies = 0;
        for (; state.phase != finished && plies < max_plies; ++plies) {
            if (state.phase != playing) {
                apply(state, sample(state, rng));
                continue;
            }
            Side &own = sides[state.mover], &other = sides[1 - state.mover];
            if (state.high == state.low) {
                play_random_double(own, other, state.high, rng);
            } else {
                play_random_pair(own, other, state.high, state.low, rng);
            }
            end_play(state, own.count[off]);
        }
        for (const unsigned player : {0u, 1u}) std::copy_n(sides[player].count, 26, state.count[player]);
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    std::string move_text(const State &state, Move move) const {
        if (state.phase == rolling && move < n_rolls) return dice_text(rolls[move].high, rolls[move].low);
        if (state.phase == first_rolling && move >= first_roll_base && move < first_roll_base + 36) {
            return dice_text(white_die(move), black_die(move));
        }
        if ((move & ~low_first_flag) == no_play) return "no play";
        return play_text(state, move);
    }

    // A play in any order, with or without the stars of hits, "24/18,13/11" or "24/18 13/11", "bar" or 25, "off" or
    // 0.
    Move parse_move(const State &state, std::string_view text) const {
        std::vector<Move> all(about.max_moves);
        MoveList moves(all.data());
        legal(state, moves);
        const std::string plain = parlour::small(text);
        const std::string quoted = quote(text);
        const auto illegal = [&]() {
            std::string example;
            if (!moves.empty()) example = "; a legal one is " + move_text(state, moves[0]);
            return parlour::Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here" + example);
        };
        for (const Move move : moves) {
            if (move_text(state, move) == plain) return move;
        }
        if (state.phase == finished) throw parlour::Failure(PARLOUR_E_ILLEGAL, "the game is over");
        if (state.phase != playing) {
            std::string digits;
            for (const char c : plain) {
                if (c >= '1' && c <= '6') digits += c;
            }
            const bool has_more = plain.find_first_not_of("123456-, ") != std::string::npos;
            if (digits.size() != 2 || has_more)
                throw parlour::Failure(PARLOUR_E_PARSE, quoted + " is not a roll; write 6-5");
            if (state.phase == rolling && digits[0] < digits[1]) std::swap(digits[0], digits[1]);
            const std::string roll{digits[0], '-', digits[1]};
            for (const Move move : moves) {
                if (move_text(state, move) == roll) return move;
            }
            throw parlour::illegal_move(*this, state, text, "the first roll is never a double; write one like 6-5");
        }
        if (plain == "pass" || plain == "no play" || plain == "noplay") {
            if (moves[0] == no_play) return no_play;
            throw illegal();
        }
        if (plain.find('/') == std::string::npos) {
            throw parlour::Failure(PARLOUR_E_PARSE, not_a_play(quoted));
        }
        const State named = after_named(state, plain, quoted);
        Move close = PARLOUR_MOVE_NONE;
        unsigned n_close = 0;
        for (const Move move : moves) {
            State after = state;
            play(after, move);
            if (std::memcmp(after.count, named.count, sizeof after.count) == 0) return move;
            if (std::memcmp(after.count[state.mover], named.count[state.mover], sizeof after.count[0]) != 0) continue;
            close = move;
            ++n_close;
        }
        if (n_close == 1) return close;
        throw illegal();
    }

    std::string state_text(const State &state) const {
        std::string text = "XGID=";
        for (unsigned point = 0; point <= bar; ++point) {
            const unsigned white = point == 0 ? 0u : state.count[0][point];
            const unsigned black = point == bar ? 0u : state.count[1][25 - point];
            text += white > 0   ? static_cast<char>('A' + white - 1)
                    : black > 0 ? static_cast<char>('a' + black - 1)
                                : '-';
        }
        text += ":0:0:";
        text += state.phase == first_rolling ? "0" : state.mover == 0 ? "1" : "-1";
        text += ':' + std::to_string(state.high) + std::to_string(state.low);
        return text + ":0:0:0:0:10";
    }

    State parse_state(std::string_view text) const {
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r'))
            text.remove_suffix(1);
        if (text.starts_with("XGID=") || text.starts_with("xgid=")) {
            text.remove_prefix(5);
        } else if (text.size() == 14) {
            return parse_position_id(text);
        }
        return parse_xgid(text);
    }

    std::string check(const State &state) const {
        if (state.mover > 1 || state.phase > finished) return "there are two sides";
        for (const auto &count : state.count) {
            unsigned sum = 0;
            for (const std::uint8_t n : count) sum += n;
            if (sum != n_checkers) return "a side has " + std::to_string(sum) + " checkers instead of 15";
        }
        for (unsigned point = 1; point < bar; ++point) {
            if (state.count[0][point] > 0 && state.count[1][25 - point] > 0) {
                return "both sides have checkers on point " + std::to_string(point);
            }
        }
        if (state.count[0][off] == n_checkers && state.count[1][off] == n_checkers) return "both sides have won";
        const bool won = state.count[state.mover][off] == n_checkers;
        if (won != (state.phase == finished) || state.count[1 - state.mover][off] == n_checkers) {
            return "who has all checkers off has won, and nobody else";
        }
        if (state.phase != playing ? state.high != 0 || state.low != 0
                                   : state.high > 6 || state.low < 1 || state.low > state.high) {
            return "the dice do not fit the position";
        }
        if (state.phase == first_rolling) {
            const State fresh = initial();
            if (std::memcmp(&fresh, &state, sizeof fresh) != 0) return "the first roll is made before anything moves";
        }
        if (shut_out(state, 0) && shut_out(state, 1)) return "neither side could ever move again";
        return {};
    }

    // ---- for engines ----

    // The race, as pips ahead in proportion to those left (with the eight that a roll brings for who has it); then
    // what a race does not see: blots within reach, points held at home and in a row, checkers on the bar. Hand-set
    // weights for the features that Tesauro's and Berliner's programs looked at.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const int value = worth(state, state.mover, 8);
        return player == state.mover ? value : -value;
    }

    // By the evaluation of what each play leaves: a search of one ply, the usual order of backgammon programs.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            State after = state;
            play(after, moves[i]);
            const int value = worth(after, state.mover, -8);
            score[i] = static_cast<std::int16_t>(std::clamp(value, -30000, 30000));
        }
    }

    // ---- for people ----

    // Pips that are left to go: the fewer the better.
    std::int64_t score(const State &state, std::uint32_t player) const { return pips(state.count[player]); }
    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &state) const {
        const int points = points_won(state);
        return points == 3 ? "a backgammon" : points == 2 ? "a gammon" : "by bearing off every checker";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.phase == finished) return "The game is over.";
        if (state.phase != playing) return "The dice are rolled first.";
        const unsigned first = point_of(from, state.mover), last = point_of(to, state.mover);
        if (first == no_point || first == off) return {};
        const std::uint8_t *own = state.count[state.mover], *other = state.count[1 - state.mover];
        const Side side(own, other);
        const std::uint32_t movable = side.movable(state.high) | side.movable(state.low);
        if (movable == 0) return "No checker can move with this roll.";
        if (own[first] == 0) {
            const bool theirs = first < bar && other[25 - first] > 0;
            return theirs ? "Those are not your checkers: it is " + player_name(state.mover) + "'s turn."
                          : "You have no checker there.";
        }
        if (own[bar] > 0 && first != bar) return "Your checkers on the bar have to enter first.";
        if ((movable >> first & 1) == 0) return "That checker cannot move with this roll.";
        if (last == no_point || last == bar) return {};
        if (last == off) {
            return side.occupied >> 7 != 0 ? "You bear off only when all your checkers are in your home board."
                                           : "That point is not the roll's, and there are checkers behind it.";
        }
        if ((side.blocked >> last & 1) != 0) return "That point is held by two or more checkers of the other side.";
        if (last >= first) return "Checkers move towards your home board only.";
        if (first - last != state.high && first - last != state.low) {
            return "The dice say " + std::to_string(state.high) + " and " + std::to_string(state.low) +
                   "; a longer way is made step by step.";
        }
        return "You have to play both dice if you can, or else the higher one.";
    }

    std::string rules() const {
        return "# Backgammon\n\n"
               "**White** and **Black** have fifteen checkers each. Move all of them into your home board and then "
               "off the board before the other side does.\n\n"
               "## Moving\n\n"
               "White moves from point 24 down to point 1, Black the other way; each side counts from its own home. "
               "The home board is points 1 to 6. To begin, each side rolls one die, and the higher one begins with "
               "both dice; from then on you roll two dice in turn.\n\n"
               "- Each die moves one checker that many points. The same checker may use both, one after the other.\n"
               "- **Doubles** are played four times.\n"
               "- You may not land on a point that two or more checkers of the other side hold.\n"
               "- You have to play as many dice as you can; if only one of them can be played, the higher.\n\n"
               "## Hitting\n\n"
               "A single checker on a point is a **blot**. Land on it, and it goes to the **bar**. Who has checkers "
               "on "
               "the bar has to enter them first, in the other side's home board, before anything else may move.\n\n"
               "## Bearing off\n\n"
               "When all your checkers are in your home board, a die takes one off from its point. If that point and "
               "all above it are empty, it takes one from the highest point that you hold.\n\n"
               "## The end\n\n" +
               std::string(gammons_ ? "Whoever has borne off all fifteen wins **one point**; **two** for a *gammon*, "
                                      "when the other side has borne off none; **three** for a *backgammon*, when it "
                                      "also has a checker on the bar or in the winner's home board. "
                                    : "Whoever has borne off all fifteen wins. ") +
               "There is no doubling cube.\n\n"
               "## Entering moves\n\n"
               "Touch a checker and the point where it goes, once for each step, in any order. In writing, `24/18 "
               "13/11` are two checkers, `13/7(2)` two from the same point, `bar/22` enters, `6/off` bears off, and "
               "a "
               "star is a hit: `8/3*`.\n";
    }

    // ---- the board: cells 1..24 are White's points; then the bars and the trays of both ----

    static constexpr std::uint32_t bar_cell = 25, tray_cell = 27, dice_cell = 30, no_play_button = 40;

    void layout(parlour::Board &board) const {
        board.extent(-0.4f, -0.75f, 15.0f, 11.75f);
        const auto plate = [&](float x, float y, float w, float h, std::uint32_t rgba, std::uint8_t flags,
                               std::uint8_t shape = PARLOUR_SHAPE_RECT) {
            board.cell({.shape = shape,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = static_cast<std::uint8_t>(PARLOUR_CELL_DECOR | flags),
                        .rgba = rgba,
                        .x = x,
                        .y = y,
                        .w = w,
                        .h = h});
        };
        constexpr std::uint32_t frame = 0x4a2c1dff, felt = 0x2f5d50ff, dark = 0x8c3b2eff, light = 0xd9b98aff;
        plate(7.3f, 5.5f, 15.2f, 12.3f, frame, PARLOUR_CELL_RAISED, PARLOUR_SHAPE_ROUND);
        plate(3, 5.5f, 6, 11, felt, PARLOUR_CELL_HOLE);
        plate(10, 5.5f, 6, 11, felt, PARLOUR_CELL_HOLE);
        for (unsigned point = 1; point <= 24; ++point) {
            const bool top = point > 12;
            const float tip = top ? 2.4f : -2.4f;
            const std::array<float, 6> corners{-0.48f, -tip, 0.48f, -tip, 0, tip};
            board.cell({.shape = PARLOUR_SHAPE_POLYGON,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_DECOR,
                        .rgba = point % 2 == 0 ? dark : light,
                        .x = x_of(point),
                        .y = top ? 2.4f : 8.6f,
                        .w = 0.96f,
                        .h = 4.8f,
                        .xy = corners});
        }
        for (unsigned point = 1; point <= 24; ++point) {
            const std::string label = std::to_string(point);
            board.cell({.id = point,
                        .color = PARLOUR_COLOR_NONE,
                        .x = x_of(point),
                        .y = point > 12 ? 2.5f : 8.5f,
                        .w = 1,
                        .h = 5,
                        .label = label.c_str()});
            board.cell({.id = number_cell + point,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = x_of(point),
                        .y = point > 12 ? -0.3f : 11.3f,
                        .w = 0.45f,
                        .h = 0.45f});
        }
        for (unsigned player = 0; player < 2; ++player) {
            const float y = player == 0 ? 8.5f : 2.5f;
            const std::string name = player == 0 ? "White's " : "Black's ";
            const std::string bar_name = name + "bar", tray_name = name + "tray";
            board.cell({.id = bar_cell + player,
                        .color = PARLOUR_COLOR_NONE,
                        .x = 6.5f,
                        .y = 11 - y,
                        .w = 1,
                        .h = 5,
                        .label = bar_name.c_str()});
            board.cell({.id = tray_cell + player,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_HOLE,
                        .rgba = 0x33200fff,
                        .x = 13.9f,
                        .y = y,
                        .w = 1.2f,
                        .h = 5,
                        .label = tray_name.c_str()});
        }
        for (std::uint32_t i = 0; i < 4; ++i) {
            board.cell({.id = dice_cell + i,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = (i < 2 ? 9.4f : 2.4f) + 1.2f * static_cast<float>(i % 2),
                        .y = 5.5f,
                        .w = 1,
                        .h = 1});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (unsigned point = 1; point <= 24; ++point) {
            const std::string number =
                std::to_string(state.phase != first_rolling && state.mover == 1 ? 25 - point : point);
            board.mark({.cell_a = number_cell + point,
                        .kind = PARLOUR_MARK_TEXT,
                        .color = PARLOUR_COLOR_LIGHT,
                        .text = number.c_str()});
        }
        for (unsigned player = 0; player < 2; ++player) {
            for (unsigned point = 0; point <= bar; ++point) {
                stack(board, player, point, state.count[player][point]);
            }
            const std::string left = std::to_string(score(state, player));
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Pips",
                          .value = left.c_str()});
        }
        if (state.phase != playing) return;
        for (std::uint32_t i = 0; i < 2; ++i) {
            const unsigned pips_shown = i == 0 ? state.high : state.low;
            const std::string label = "die showing " + std::to_string(pips_shown);
            board.piece({.cell = dice_cell + 2 * state.mover + i,
                         .kind = PARLOUR_PIECE_DIE,
                         .color = color_of(state.mover),
                         .id = 100 + i,
                         .count = pips_shown,
                         .label = label.c_str()});
        }
        const Side side(state.count[state.mover], state.count[1 - state.mover]);
        if ((side.movable(state.high) | side.movable(state.low)) == 0) {
            board.widget({.id = no_play_button, .player = state.mover, .key = 'n', .label = "No play"});
        }
    }

    // Every order of the steps, and either way of one checker that uses both dice, where they lead to the same.
    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (state.phase != playing) return;
        if (move == no_play) {
            if (alternative == 0) path.button(no_play_button);
            return;
        }
        if (alternative == 0) return add_path(state, move, path);
        State target = state;
        play(target, move);
        std::uint32_t left = alternative;
        each_variant(state, move, [&](Move variant) {
            State reached = state;
            if (variant == move || !is_playable(state, variant)) return true;
            play(reached, variant);
            if (std::memcmp(&reached, &target, sizeof reached) != 0 || --left > 0) return true;
            add_path(state, variant, path);
            return false;
        });
    }

private:
    static constexpr std::uint32_t number_cell = 50;

    template <class Visit>
    static void each_first_roll(Visit visit) {
        for (unsigned white = 1; white <= 6; ++white) {
            for (unsigned black = 1; black <= 6; ++black) {
                if (white != black) visit(first_roll(white, black));
            }
        }
    }

    // ---- plays ----

    static unsigned die_of(const State &state, Move move, unsigned step) {
        return (step % 2 == 0) == ((move & low_first_flag) == 0) ? state.high : state.low;
    }

    static void list_plays(const State &state, MoveList &moves) {
        Side side(state.count[state.mover], state.count[1 - state.mover]);
        if (state.high == state.low) {
            const unsigned steps = most_steps(side, state.high, bar, 4);
            if (steps > 0) list_doubles(side, state.high, bar, steps, 0, play_flag, moves);
        } else {
            list_pairs(side, state.high, state.low, moves);
        }
        if (moves.empty()) moves.add(no_play);
    }

    // Of a double, the rearmost checker goes first: each set of starting points is met once, in an order in which it
    // can be played if it can be played at all.
    static unsigned most_steps(Side &side, unsigned die, unsigned from_most, unsigned limit) {
        unsigned most = 0;
        for (std::uint32_t left = side.movable(die) & ((2u << from_most) - 1); left != 0 && most < limit;) {
            const auto from = static_cast<unsigned>(std::bit_width(left)) - 1, to = end_of(from, die);
            left &= ~(1u << from);
            side.step(from, to);
            most = std::max(most, 1 + (limit > 1 ? most_steps(side, die, from, limit - 1) : 0));
            side.step_back(from, to);
        }
        return most;
    }
    static void list_doubles(Side &side, unsigned die, unsigned from_most, unsigned steps, unsigned step, Move so_far,
                             MoveList &moves) {
        for (std::uint32_t left = side.movable(die) & ((2u << from_most) - 1); left != 0;) {
            const auto from = static_cast<unsigned>(std::bit_width(left)) - 1, to = end_of(from, die);
            left &= ~(1u << from);
            const Move move = so_far | from << 5 * step;
            if (step + 1 == steps) {
                moves.add(move);
                continue;
            }
            side.step(from, to);
            list_doubles(side, die, from, steps, step + 1, move, moves);
            side.step_back(from, to);
        }
    }

    static void list_pairs(Side &side, unsigned high, unsigned low, MoveList &moves) {
        std::array<std::uint32_t, 450> effects;
        std::uint32_t n = 0;
        for (const bool low_first : {false, true}) {
            const unsigned first = low_first ? low : high, second = low_first ? high : low;
            for (std::uint32_t left = side.movable(first); left != 0; left &= left - 1) {
                const unsigned from = lowest_bit(left), to = end_of(from, first);
                side.step(from, to);
                for (std::uint32_t then = side.movable(second); then != 0; then &= then - 1) {
                    const unsigned next = lowest_bit(then);
                    const std::uint32_t effect = effect_of(side, from, to, next, end_of(next, second));
                    if (std::find(effects.begin(), effects.begin() + n, effect) != effects.begin() + n) continue;
                    effects[n++] = effect;
                    moves.add(play_flag | (low_first ? low_first_flag : 0) | from | next << 5);
                }
                side.step_back(from, to);
            }
        }
        if (n > 0) return;
        const std::uint32_t with_high = side.movable(high);
        for (std::uint32_t left = with_high != 0 ? with_high : side.movable(low); left != 0; left &= left - 1) {
            moves.add(play_flag | (with_high != 0 ? 0 : low_first_flag) | lowest_bit(left));
        }
    }

    static Turn play(State &state, Move move) {
        if ((move & play_flag) == 0) return Turn::fault();
        std::uint8_t *own = state.count[state.mover], *other = state.count[1 - state.mover];
        for (unsigned step = 0; step < 4 && from_of(move, step) != 0; ++step) {
            const unsigned from = from_of(move, step), to = end_of(from, die_of(state, move, step));
            if (from > bar || own[from] == 0) return Turn::fault();
            --own[from];
            ++own[to];
            if (to == off || other[25 - to] == 0) continue;
            --other[25 - to];
            ++other[bar];
        }
        return end_play(state, own[off]);
    }
    // After a play, with so many of the side's checkers off the board.
    static Turn end_play(State &state, unsigned borne_off) {
        state.high = state.low = 0;
        if (borne_off == n_checkers) {
            state.phase = finished;
            return Turn::over();
        }
        state.phase = rolling;
        state.mover ^= 1;
        return Turn::chance();
    }

    // ---- random plays, each as likely ----

    // Of a double: all but the last steps, and from where the last one can be. Three steps are shared out among
    // fifteen checkers.
    struct LastSteps {
        static constexpr std::size_t most = 680; // C(17, 3)
        struct Row {
            Move before;
            std::uint32_t last;
        };
        std::array<Row, most> rows;
        std::size_t size = 0;
        unsigned plays = 0;
    };
    static void list_last_steps(Side &side, unsigned die, unsigned from_most, unsigned steps, unsigned step,
                                Move so_far, LastSteps &list) {
        std::uint32_t left = side.movable(die) & ((2u << from_most) - 1);
        if (left == 0) return;
        if (step + 1 == steps) {
            list.rows[list.size++] = {so_far, left};
            list.plays += size_of(left);
            return;
        }
        for (; left != 0; left ^= 1u << highest(left)) {
            const unsigned from = highest(left), to = end_of(from, die);
            side.step(from, to);
            list_last_steps(side, die, from, steps, step + 1, so_far | from << 5 * step, list);
            side.step_back(from, to);
        }
    }
    static void play_random_double(Side &own, Side &other, unsigned die, parlour::Rng &rng) {
        LastSteps list;
        for (unsigned steps = 4; steps > 0 && list.plays == 0; --steps) {
            list_last_steps(own, die, bar, steps, 0, 0, list);
        }
        if (list.plays == 0) return;
        unsigned drawn = rng.below(list.plays);
        const LastSteps::Row *row = list.rows.data();
        for (; drawn >= size_of(row->last); ++row) drawn -= size_of(row->last);
        for (Move before = row->before; before != 0; before >>= 5) {
            move_checker(own, other, before & 31, end_of(before & 31, die));
        }
        const unsigned last = nth_bit(row->last, drawn);
        move_checker(own, other, last, end_of(last, die));
    }

    static void play_random_pair(Side &own, Side &other, unsigned high, unsigned low, parlour::Rng &rng) {
        const std::uint32_t outside = own.occupied >> 7; // of the home board; two there let nothing off in one play
        const bool two_outside =
            (outside & (outside - 1)) != 0 || (outside != 0 && own.count[highest(own.occupied)] > 1);
        const bool free = two_outside && (own.occupied >> bar & 1) == 0;
        if (free ? play_of_free(own, other, high, low, rng) : play_of_all(own, other, high, low, rng)) return;
        const std::uint32_t with_high = own.movable(high), set = with_high != 0 ? with_high : own.movable(low);
        if (set == 0) return;
        const unsigned from = nth_bit(set, rng.below(size_of(set)));
        move_checker(own, other, from, end_of(from, with_high != 0 ? high : low));
    }

    // Where nothing enters and nothing can be borne off, two steps either are of two checkers, and do not depend on
    // each other, or make one way of a checker. Of the ways over either middle those that hit nothing there are one
    // play, and so is it to move on who stands in the middle. False where both dice cannot be played.
    static bool play_of_free(Side &own, Side &other, unsigned high, unsigned low, parlour::Rng &rng) {
        const std::uint32_t with_high = own.movable(high), with_low = own.movable(low);
        const std::uint32_t both = own.occupied & ~((2u << (high + low)) - 1) & ~(own.blocked << (high + low));
        const std::uint32_t filled = own.blocked | own.blots;
        const std::uint32_t clear_ways = both & ~(filled << high & filled << low);
        const std::uint32_t hits_high = both & own.blots << high, hits_low = both & own.blots << low;
        const unsigned n_clear = size_of(clear_ways), n_high = size_of(hits_high), n_low = size_of(hits_low);
        const unsigned pairs = size_of(with_high) * size_of(with_low);
        unsigned no_pairs = size_of(with_high & with_low << high) + size_of(with_low & with_high << low);
        for (std::uint32_t left = with_high & with_low; left != 0; left &= left - 1) {
            no_pairs += own.count[lowest_bit(left)] == 1;
        }
        if (n_clear + n_high + n_low + pairs == no_pairs) return false;
        for (;;) {
            unsigned drawn = rng.below(n_clear + n_high + n_low + pairs);
            if (drawn < pairs) {
                const unsigned a = nth_bit(with_high, drawn / size_of(with_low));
                const unsigned b = nth_bit(with_low, drawn % size_of(with_low));
                if (a == b + high || b == a + low || (a == b && own.count[a] == 1)) continue;
                move_checker(own, other, a, a - high);
                move_checker(own, other, b, b - low);
                return true;
            }
            drawn -= pairs;
            if (drawn < n_clear) {
                const unsigned from = nth_bit(clear_ways, drawn);
                move_checker(own, other, from, from - high - low);
                return true;
            }
            drawn -= n_clear;
            const unsigned from = drawn < n_high ? nth_bit(hits_high, drawn) : nth_bit(hits_low, drawn - n_high);
            const unsigned middle = from - (drawn < n_high ? high : low);
            move_checker(own, other, from, middle);
            move_checker(own, other, middle, from - high - low);
            return true;
        }
    }

    // In any position: finds for each point that a checker leaves with the higher die from where the lower one can be
    // played, in either order. False where both dice cannot be played.
    static bool play_of_all(Side &own, Side &other, unsigned high, unsigned low, parlour::Rng &rng) {
        std::array<std::uint32_t, bar + 1> with{};
        std::uint32_t starts = 0;
        for (std::uint32_t left = own.movable(high); left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left), to = end_of(from, high);
            own.step(from, to);
            with[from] = own.movable(low);
            own.step_back(from, to);
            starts |= 1u << from;
        }
        for (std::uint32_t left = own.movable(low); left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left), to = end_of(from, low);
            own.step(from, to);
            for (std::uint32_t then = own.movable(high); then != 0; then &= then - 1) {
                with[lowest_bit(then)] |= 1u << from;
                starts |= 1u << lowest_bit(then);
            }
            own.step_back(from, to);
        }
        // One checker's ways over either middle lead to the same if they hit nothing there. (So do two checkers that
        // are borne off by either die, but then there is no other play.)
        for (std::uint32_t left = starts; left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left), middle = end_of(from, high);
            if (middle == off || (with[from] >> middle & 1) == 0) continue;
            if (((own.blots >> middle | own.blots >> (from - low)) & 1) == 0) with[from - low] &= ~(1u << from);
        }
        unsigned plays = 0;
        for (std::uint32_t left = starts; left != 0; left &= left - 1) plays += size_of(with[lowest_bit(left)]);
        if (plays == 0) return false;
        unsigned drawn = rng.below(plays);
        for (; drawn >= size_of(with[lowest_bit(starts)]); starts &= starts - 1)
            drawn -= size_of(with[lowest_bit(starts)]);
        const unsigned a = lowest_bit(starts), b = nth_bit(with[a], drawn);
        const bool low_first = own.count[a] == 0;
        if (!low_first) move_checker(own, other, a, end_of(a, high));
        move_checker(own, other, b, end_of(b, low));
        if (low_first) move_checker(own, other, a, end_of(a, high));
        return true;
    }

    // Whether every step of the play can be made in its order.
    static bool is_playable(const State &state, Move move) {
        Side side(state.count[state.mover], state.count[1 - state.mover]);
        for (unsigned step = 0; step < 4 && from_of(move, step) != 0; ++step) {
            const unsigned from = from_of(move, step), die = die_of(state, move, step);
            if ((side.movable(die) >> from & 1) == 0) return false;
            side.step(from, end_of(from, die));
        }
        return true;
    }

    // Plays with the same steps in another order, and those of one checker by the other die first; `visit` says
    // whether to go on.
    template <class Visit>
    static void each_variant(const State &state, Move move, Visit visit) {
        unsigned steps = 0;
        std::array<unsigned, 4> from{};
        while (steps < 4 && from_of(move, steps) != 0) {
            from[steps] = from_of(move, steps);
            ++steps;
        }
        if (state.high != state.low) {
            const unsigned first_die = die_of(state, move, 0);
            const Move other_order = play_flag | (~move & low_first_flag);
            if (steps < 2) return;
            if (!visit(other_order | from[1] | from[0] << 5)) return;
            const unsigned other_die = state.high + state.low - first_die;
            const bool one_checker = from[1] == end_of(from[0], first_die);
            if (one_checker && from[0] > other_die) visit(other_order | from[0] | (from[0] - other_die) << 5);
            return;
        }
        std::sort(from.begin(), from.begin() + steps);
        do {
            Move variant = play_flag | (move & low_first_flag);
            for (unsigned i = 0; i < steps; ++i) variant |= from[i] << 5 * i;
            if (!visit(variant)) return;
        } while (std::next_permutation(from.begin(), from.begin() + steps));
    }

    static void add_path(const State &state, Move move, parlour::Path &path) {
        for (unsigned step = 0; step < 4 && from_of(move, step) != 0; ++step) {
            const unsigned from = from_of(move, step);
            path.cell(cell_of(state.mover, from));
            path.cell(cell_of(state.mover, end_of(from, die_of(state, move, step))));
        }
    }

    // ---- counting ----

    static int pips(const std::uint8_t *count) {
        int sum = 0;
        for (unsigned point = 1; point <= bar; ++point) sum += static_cast<int>(point) * count[point];
        return sum;
    }

    static int points_won(const State &state) {
        const std::uint8_t *loser = state.count[1 - state.mover];
        if (loser[off] > 0) return 1;
        for (unsigned point = 19; point <= bar; ++point) {
            if (loser[point] > 0) return 3;
        }
        return 2;
    }

    // Whether a side has a checker on the bar and all points of entry are held against it.
    static bool shut_out(const State &state, unsigned player) {
        if (state.count[player][bar] == 0) return false;
        for (unsigned point = 1; point <= 6; ++point) {
            if (state.count[1 - player][point] < 2) return false;
        }
        return true;
    }

    // What the checkers look worth to a player, who has so many pips of the roll in hand.
    static int worth(const State &state, unsigned player, int in_hand) {
        const std::uint8_t *own = state.count[player], *other = state.count[1 - player];
        const int to_go = pips(own), theirs = pips(other);
        int value = 8000 * (theirs - to_go + in_hand) / (to_go + theirs + 40);
        value += held(own, other) - held(other, own);
        return value;
    }
    static int held(const std::uint8_t *own, const std::uint8_t *other) {
        unsigned rearmost = bar; // of the other side, in our numbers: what stands below it is past all contact
        for (unsigned point = bar; point > 0; --point) {
            if (other[point] > 0) {
                rearmost = 25 - point;
                break;
            }
        }
        int value = -70 * own[bar], row = 0;
        for (unsigned point = 24; point >= 1; --point) {
            if (own[point] >= 2) {
                ++row;
                if (rearmost < point) value += (point <= 6 ? 35 : 12) + 8 * row;
                continue;
            }
            row = 0;
            if (own[point] != 1 || rearmost > point) continue;
            // Shots: checkers of the other side within eleven points behind the blot.
            int shots = 0;
            for (unsigned away = 1; away <= 11 && away < point + 1; ++away) {
                if (other[25 - (point - away)] > 0) shots += away <= 6 ? 3 : 1;
            }
            value -= shots * static_cast<int>(25 - point) / 2;
        }
        return value;
    }

    // ---- reading and writing ----

    static std::string dice_text(unsigned a, unsigned b) { return std::to_string(a) + "-" + std::to_string(b); }

    static std::string stop_text(unsigned point) {
        return point == bar ? "bar" : point == off ? "off" : std::to_string(point);
    }

    // One checker's way: where it stops, and where it hits.
    struct Way {
        std::array<unsigned, 5> stop{};
        std::array<bool, 5> hit{};
        unsigned size = 0;
        bool same_stops(const Way &way) const { return size == way.size && stop == way.stop; }
    };

    static std::string play_text(const State &state, Move move) {
        std::array<std::uint8_t, 26> other;
        std::copy_n(state.count[1 - state.mover], 26, other.begin());
        std::vector<Way> ways;
        for (unsigned step = 0; step < 4 && from_of(move, step) != 0; ++step) {
            const unsigned from = from_of(move, step), to = end_of(from, die_of(state, move, step));
            const bool hit = to != off && other[25 - to] == 1;
            if (hit) other[25 - to] = 0;
            auto way = std::find_if(ways.begin(), ways.end(),
                                    [&](const Way &known) { return known.stop[known.size - 1] == from; });
            if (way == ways.end()) {
                ways.push_back({});
                way = ways.end() - 1;
                way->stop[way->size++] = from;
            } else if (!way->hit[way->size - 1]) {
                way->stop[--way->size] = 0; // a stop where nothing happened is not written
                if (way->size == 0) way->stop[way->size++] = from;
            }
            way->stop[way->size] = to;
            way->hit[way->size++] = hit;
        }
        std::sort(ways.begin(), ways.end(), [](const Way &a, const Way &b) { return a.stop > b.stop; });
        std::string text;
        for (std::size_t i = 0; i < ways.size();) {
            Way shown = ways[i];
            std::size_t n = 0;
            for (; i < ways.size() && ways[i].same_stops(shown); ++i, ++n) {
                for (unsigned k = 0; k < shown.size; ++k) shown.hit[k] = shown.hit[k] || ways[i].hit[k];
            }
            if (!text.empty()) text += ' ';
            for (unsigned k = 0; k < shown.size; ++k) {
                if (k > 0) text += '/';
                text += stop_text(shown.stop[k]) + (shown.hit[k] ? "*" : "");
            }
            if (n > 1) text += "(" + std::to_string(n) + ")";
        }
        return text;
    }

    static unsigned stop_named(std::string_view name) {
        if (name == "bar" || name == "b") return bar;
        if (name == "off" || name == "o") return off;
        return parlour::whole_number(name, 0, bar).value_or(no_point);
    }

    static std::string not_a_play(const std::string &quoted) {
        return quoted + " is not a play; write 24/18 13/11, bar/22 or 6/off";
    }

    // The position after the ways that a text names, whether or not the rules allow them.
    static State after_named(const State &state, std::string_view text, const std::string &quoted) {
        State after = state;
        std::uint8_t *own = after.count[state.mover], *other = after.count[1 - state.mover];
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find_first_of(" ,;", at), text.size());
            std::string_view way = text.substr(at, end - at);
            at = end + 1;
            if (way.empty()) continue;
            unsigned times = 1;
            if (way.size() > 3 && way.back() == ')' && way[way.size() - 3] == '(') {
                times = static_cast<unsigned>(way[way.size() - 2] - '0');
                way.remove_suffix(3);
            }
            std::vector<unsigned> stops;
            for (std::size_t i = 0; i <= way.size();) {
                const std::size_t slash = std::min(way.find('/', i), way.size());
                std::string_view name = way.substr(i, slash - i);
                i = slash + 1;
                if (!name.empty() && name.back() == '*') name.remove_suffix(1);
                stops.push_back(stop_named(name));
            }
            if (stops.size() < 2 || times < 1 || times > 4 || std::count(stops.begin(), stops.end(), no_point) > 0) {
                throw parlour::Failure(PARLOUR_E_PARSE, not_a_play(quoted));
            }
            for (unsigned i = 0; i < times; ++i) {
                own[stops.front()] = static_cast<std::uint8_t>(own[stops.front()] - 1);
                own[stops.back()] = static_cast<std::uint8_t>(own[stops.back()] + 1);
            }
            for (std::size_t i = 1; i < stops.size(); ++i) {
                if (stops[i] == off || stops[i] == bar || other[25 - stops[i]] != 1) continue;
                other[25 - stops[i]] = 0;
                ++other[bar];
            }
        }
        return after;
    }

    static parlour::Failure refusal(const std::string &what) {
        return {PARLOUR_E_PARSE,
                what + "; a position is an XGID, like " + "\"XGID=-b----E-C---eE---c-e----B-:0:0:1:52:0:0:0:0:10\""};
    }

    // Puts off the board what is not on it, and finds out who has won.
    static void complete(State &state) {
        for (unsigned player = 0; player < 2; ++player) {
            unsigned sum = 0;
            for (unsigned point = 1; point <= bar; ++point) sum += state.count[player][point];
            if (sum > n_checkers) {
                throw parlour::Failure(PARLOUR_E_PARSE,
                                       "a side has " + std::to_string(sum) + " checkers; there are 15");
            }
            state.count[player][off] = static_cast<std::uint8_t>(n_checkers - sum);
            if (sum > 0) continue;
            state.phase = finished;
            state.mover = static_cast<std::uint8_t>(player);
            state.high = state.low = 0;
        }
    }

    static State parse_xgid(std::string_view text) {
        std::vector<std::string_view> fields;
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(':', at), text.size());
            fields.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        if (fields.size() == 1 && fields[0].size() != 26) {
            throw refusal(quote(text) + " is no position ID, which has 14 letters");
        }
        if (fields[0].size() != 26) {
            throw refusal("the board has " + std::to_string(fields[0].size()) + " places instead of 26");
        }
        if (fields.size() < 5) throw refusal("whose turn it is and the dice are missing");
        State state{};
        for (unsigned place = 0; place < 26; ++place) {
            const char c = fields[0][place];
            const bool white = c >= 'A' && c <= 'O', black = c >= 'a' && c <= 'o';
            if (c == '-') continue;
            if ((!white && !black) || (white && place == 0) || (black && place == bar)) {
                throw refusal("\"" + std::string(1, c) + "\" cannot stand at place " + std::to_string(place));
            }
            const auto n = static_cast<std::uint8_t>(white ? c - 'A' + 1 : c - 'a' + 1);
            state.count[white ? 0 : 1][white ? place : 25 - place] = n;
        }
        const std::string_view side = fields[3], dice = fields[4];
        if (side != "1" && side != "-1" && side != "0") throw refusal("1 or -1 says whose turn it is");
        state.mover = side == "-1";
        state.phase = side == "0" ? first_rolling : rolling;
        if (dice.size() != 2 || dice[0] < '0' || dice[0] > '6' || dice[1] < '0' || dice[1] > '6' ||
            (dice[0] == '0') != (dice[1] == '0')) {
            throw refusal("the dice are two numbers from 1 to 6, or 00");
        }
        if (dice[0] != '0') {
            state.phase = playing;
            state.high = static_cast<std::uint8_t>(std::max(dice[0], dice[1]) - '0');
            state.low = static_cast<std::uint8_t>(std::min(dice[0], dice[1]) - '0');
        }
        complete(state);
        return state;
    }

    // 80 bits, six a letter: for the side to roll and then the other, from point 1 to the bar, a 1 for each checker
    // and a 0 after each point (GNU Backgammon manual, A technical description of the Position ID).
    static State parse_position_id(std::string_view text) {
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        std::array<std::uint8_t, 11> bytes{};
        for (std::size_t i = 0; i < text.size(); ++i) {
            const std::size_t value = alphabet.find(text[i]);
            if (value == std::string_view::npos) throw refusal("\"" + std::string(text) + "\" is no position ID");
            for (std::size_t k = 0; k < 6; ++k) {
                const std::size_t bit = 6 * i + k;
                if ((value >> (5 - k) & 1) != 0) bytes[bit / 8] |= static_cast<std::uint8_t>(128u >> bit % 8);
            }
        }
        State state{};
        state.phase = rolling;
        unsigned place = 0; // 0..24 of the side to roll, 25..49 of the other
        for (std::size_t bit = 0; bit < 80 && place < 50; ++bit) {
            if ((bytes[bit / 8] >> bit % 8 & 1) == 0) {
                ++place;
            } else {
                ++state.count[place / 25][place % 25 + 1];
            }
        }
        if (place < 50) throw refusal("\"" + std::string(text) + "\" is no position ID");
        complete(state);
        return state;
    }

    // ---- drawing ----

    static std::uint8_t color_of(unsigned player) { return player == 0 ? PARLOUR_COLOR_LIGHT : PARLOUR_COLOR_DARK; }

    static std::uint32_t cell_of(unsigned player, unsigned point) {
        if (point == off) return tray_cell + player;
        if (point == bar) return bar_cell + player;
        return player == 0 ? point : 25 - point;
    }
    // The mover's number of a touched cell, or no_point.
    static unsigned point_of(std::uint32_t cell, unsigned player) {
        if (cell >= 1 && cell <= 24) return player == 0 ? cell : 25 - cell;
        return cell == tray_cell + player ? off : cell == bar_cell + player ? bar : no_point;
    }

    static float x_of(unsigned point) {
        const unsigned column = point > 12 ? point - 13 : 12 - point;
        return static_cast<float>(column) + (column >= 6 ? 1.5f : 0.5f);
    }

    // A side's checkers on one place, from the edge of the board inwards, closer together when there are many.
    static void stack(parlour::Board &board, unsigned player, unsigned point, unsigned n) {
        const std::uint32_t cell = cell_of(player, point);
        const bool top = point == off || point == bar ? (player == 1) == (point == off) : cell > 12;
        const float room = point == off ? 0.3f : std::min(0.9f, 4.1f / static_cast<float>(std::max(1u, n - 1)));
        for (unsigned i = 0; i < n; ++i) {
            const float from_edge = -2.03f + room * static_cast<float>(i);
            board.piece({.cell = cell,
                         .color = color_of(player),
                         .dy = top ? from_edge : -from_edge,
                         .scale = point == off ? 0.8f : 1.08f,
                         .label = player == 0 ? "X, white checker" : "O, black checker"});
        }
    }

    bool gammons_;
};

} // namespace

PARLOUR_GAME(Backgammon);
