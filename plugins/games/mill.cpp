// Mill (nine men's morris): nine stones each, one removal a move also where two mills close, stones in a mill are
// safe while there are others, flying with three stones.
//
//      7   23----------16----------17        bit = 8 * ring + place: the inner ring first, clockwise from the middle
//      of 6    |  15-------8-------9  |         its top. Odd places are corners. A mill is three in a row: a corner,
//      the 5    |   |  7----0----1  |  |         middle beside it and the next corner, or the middles of one side. 4
//      22--14--6         2-10-18 3    |   |  5----4----3  |  | 2    |  13------12------11  | 1
//      21----------20----------19
//           a   b  c    d    e  f  g
//
// A move is  to (5 bits) | from (5 bits) | removed (5 bits);  24 stands for none: a stone from the hand, or no
// removal. It is written "d6", "d6-d5", and with what it removes "d6xd2", "d6-d5xd2".
//
// Lost is a side with fewer than three stones, or without a move. Drawn is a number of moves of each side without a
// removal once all stones are placed, and the third time of a position with the same side to move (both options).
//
// A position is written by rings in the order of bits, O for White and @ for Black, then who moves and the stones in
// White's and Black's hand:  "O@******/********/******** w 8 8". Positions of the program Sanmill, which begin alike,
// are read, too.
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
using Points = std::uint32_t; // a set of points, one bit each

// ---- geometry -------------------------------------------------------------------------------------------------

constexpr unsigned points = 24, none = 24, stones_each = 9;
constexpr Points all_points = 0xffffff, middles = 0x555555, corners = 0xaaaaaa;

constexpr Points bit(unsigned point) {
    return Points{1} << point;
}
constexpr unsigned count(Points set) {
    return static_cast<unsigned>(std::popcount(set));
}

// The sets turned by one place along their rings.
constexpr Points clockwise(Points set) {
    return (set & 0x7f7f7f) << 1 | (set >> 7 & 0x010101);
}
constexpr Points anticlockwise(Points set) {
    return (set >> 1 & 0x7f7f7f) | (set & 0x010101) << 7;
}

// The sets moved along the lines: around the ring both ways, outwards, inwards. A way and its opposite differ in the
// lowest bit.
constexpr unsigned ways = 4;
constexpr Points step(Points set, unsigned way) {
    switch (way) {
        case 0:
            return clockwise(set);
        case 1:
            return anticlockwise(set);
        case 2:
            return (set & middles) << 8 & all_points;
        default:
            return (set & middles) >> 8;
    }
}
constexpr Points beside(Points set) {
    return step(set, 0) | step(set, 1) | step(set, 2) | step(set, 3);
}

// The stones of a side that stand in a mill.
constexpr Points in_mills(Points stones) {
    const Points sides = stones & clockwise(stones) & anticlockwise(stones) & middles;
    const Points across = stones & stones >> 8 & stones >> 16 & 0x55;
    return sides | clockwise(sides) | anticlockwise(sides) | across * 0x010101;
}

// The points at which one more stone would be the third at the same place of all rings: a mill, if it is a middle.
constexpr Points across_closing(Points stones) {
    const Points inner = stones & 0xff, middle = stones >> 8 & 0xff, outer = stones >> 16;
    return (middle & outer) | (inner & outer) << 8 | (inner & middle) << 16;
}
// The points at which one more stone would close a mill with two of these.
constexpr Points closing(Points stones) {
    const Points after = clockwise(stones), before = anticlockwise(stones);
    const Points at_corners = (after & clockwise(after)) | (before & anticlockwise(before));
    return ((across_closing(stones) | (after & before)) & middles) | (at_corners & corners);
}

constexpr auto neighbours = [] {
    std::array<Points, points> table{};
    for (unsigned point = 0; point < points; ++point) table[point] = beside(bit(point));
    return table;
}();

// Columns and rows from the centre of the board, -3 to 3, downwards.
struct Spot {
    int x, y;
};
constexpr Spot spot_of(unsigned point) {
    constexpr std::array<int, 8> across{0, 1, 1, 1, 0, -1, -1, -1};
    const int ring = static_cast<int>(point / 8) + 1;
    return {across[point % 8] * ring, across[(point + 6) % 8] * ring};
}

// ---- moves ----------------------------------------------------------------------------------------------------

constexpr Move encode(unsigned from, unsigned to, unsigned removed) {
    return to | from << 5 | removed << 10;
}
constexpr unsigned to_of(Move move) {
    return move & 31;
}
constexpr unsigned from_of(Move move) {
    return move >> 5 & 31;
}
constexpr unsigned removed_of(Move move) {
    return move >> 10;
}

enum Ending : std::uint8_t { running, no_moves, few_stones, quiet_moves, repetition };

class Mill {
public:
    static constexpr parlour::GameAbout about{
        .id = "mill",
        .name = "Mill",
        .family = "row",
        .summary = "Three in a row close a mill and take a stone of the other side. Nine men's morris.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        // Placing: at most 24 points with nine removals each. Moving: at most nine stones with four ways each, each
        // with nine removals. Flying: three stones to 21 points; two of them lie on at most one mill, so that each
        // stone has at most one point with removals.
        .max_moves = 9 * 4 * 9,
        .move_space = 25u << 10,
        // 18 stones are placed; then each of the at most 13 removals ends at most 99 quiet plies, and 100 end the
        // game.
        .max_plies = 18 + 14 * 100,
        .accent = 0x8A5A3BFF};

    static constexpr std::array options{
        Option::boolean("fly", "Fly with three stones",
                        "Whether a side with three stones left moves to any empty point.", true),
        Option::integer("draw_after", "Draw after",
                        "After how many moves of each side without a removal the game is drawn.", "50", 10, 50),
        Option::boolean("repetition", "Third repetition draws",
                        "Whether the third time of a position draws the game.", true)};

    explicit Mill(const parlour::OptionValues &values)
        : fly_(values.boolean("fly")),
          repetition_(values.boolean("repetition")),
          quiet_limit_(2 * static_cast<unsigned>(values.integer("draw_after"))) {}

    static constexpr unsigned most_quiet = 100;
    static constexpr unsigned kept_steps = most_quiet + 1; // one more than needed leaves no padding

    // The position, and the moves of stones since the last removal, with which earlier positions are found again.
    // `quiet` can be more than `known` in a position read from text.
    struct State {
        Points stones[2]; // White's, Black's
        std::uint8_t hand[2];
        std::uint8_t mover, ending;
        std::uint8_t quiet;              // plies without a removal since all stones are placed
        std::uint8_t known;              // how many of them stand in `steps`
        std::uint16_t steps[kept_steps]; // to | from << 5, oldest first, zero beyond `known`
    };
    static_assert(sizeof(State) == 216);

    // ---- rules ----

    State initial() const {
        State state{};
        state.hand[0] = state.hand[1] = stones_each;
        return state;
    }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.mover) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Points own = state.stones[state.mover], removable = removable_of(state);
        const auto add = [&](unsigned from, Points targets, Points closes) {
            for (; targets != 0; targets &= targets - 1) {
                const unsigned to = lowest_bit(targets);
                if ((closes & bit(to)) == 0 || removable == 0) {
                    moves.add(encode(from, to, none));
                    continue;
                }
                for (Points left = removable; left != 0; left &= left - 1)
                    moves.add(encode(from, to, lowest_bit(left)));
            }
        };
        if (state.hand[state.mover] > 0) {
            add(none, empty(state), closing(own));
            return;
        }
        for (Points left = own; left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left);
            add(from, targets_of(state, from), closing(own ^ bit(from)));
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned from = from_of(move), to = to_of(move), removed = removed_of(move);
        if (to >= points || from > none || removed > none || state.ending != running) return Turn::fault();
        const unsigned mover = state.mover;
        if ((empty(state) & bit(to)) == 0) return Turn::fault();
        if (from == none ? state.hand[mover] == 0 : (state.stones[mover] & bit(from)) == 0) return Turn::fault();
        play(state, move);
        state.ending = ending_of(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] = util[1] = 0;
        if (state.ending == quiet_moves || state.ending == repetition) return;
        util[state.mover] = -1;
        util[1 - state.mover] = 1;
    }

    // Repetition history is left out, and the count of quiet plies until it matters to a search.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t late = state.quiet + 30u >= quiet_limit_ ? state.quiet : 0u;
        const std::uint64_t rest = state.mover | std::uint64_t{state.ending} << 1 | late << 8;
        const std::uint64_t hands = state.hand[0] | std::uint64_t{state.hand[1]} << 4;
        return parlour::mix64(parlour::mix64(state.stones[0] | std::uint64_t{state.stones[1]} << 24 | hands << 48) ^
                              rest * 0x9e3779b97f4a7c15u);
    }

    // A game of random moves, none of which are listed.
    std::uint32_t playout(State &state, parlour::Rng &rng, std::uint32_t max_plies, float *util) const {
        std::uint32_t plies = 0;
        for (; state.ending == running && plies < max_plies; ++plies) {
            play(state, draw_of(state).move(state, rng));
            state.ending = ending_of(state);
        }
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        std::string text = from_of(move) == none ? "" : name(from_of(move)) + "-";
        text += name(to_of(move));
        if (removed_of(move) != none) text += "x" + name(removed_of(move));
        return text;
    }

    // Reads that with anything or nothing between the points; where a stone closes no mill, "d5" is enough for the
    // only stone that can go there.
    Move parse_move(const State &state, std::string_view text) const {
        const std::vector<unsigned> named = points_named(text);
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        Move close = PARLOUR_MOVE_NONE;
        int fitting = 0;
        for (const Move move : moves) {
            std::vector<unsigned> touched;
            if (from_of(move) != none) touched.push_back(from_of(move));
            touched.push_back(to_of(move));
            if (removed_of(move) != none) touched.push_back(removed_of(move));
            if (touched == named) return move;
            if (named.size() == 1 && removed_of(move) == none && to_of(move) == named[0]) close = move, ++fitting;
        }
        if (fitting == 1) return close;
        const std::string quoted = quote(text);
        if (fitting > 1) {
            throw parlour::Failure(PARLOUR_E_ILLEGAL, quoted + " is short for several moves, as for " +
                                                          move_text(state, close) + "; name where the stone stands");
        }
        std::string example;
        if (!moves.empty()) example = "; a legal one is " + move_text(state, moves[0]);
        throw parlour::Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here" + example);
    }

    // After who moves and the hands: " H12" for twelve quiet plies, " R3" when the third repetition has ended the
    // game.
    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned point = 0; point < points; ++point) {
            if (point == 8 || point == 16) text += '/';
            const bool white = (state.stones[0] & bit(point)) != 0, black = (state.stones[1] & bit(point)) != 0;
            text += white ? 'O' : black ? '@' : '*';
        }
        text += state.mover == 0 ? " w " : " b ";
        text += std::to_string(state.hand[0]) + " " + std::to_string(state.hand[1]);
        if (state.quiet > 0) text += " H" + std::to_string(state.quiet);
        if (state.ending == repetition) text += " R3";
        return text;
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [](const std::string &what) {
            return parlour::Failure(PARLOUR_E_PARSE,
                                    what + "; a position looks like \"O@******/********/******** w 8 8\"");
        };
        const std::vector<std::string_view> words = words_of(text);
        if (words.size() < 4) throw refuse("the points, who moves and the stones in both hands are needed");
        State state{};
        read_points(words[0], state);
        if (words[1] != "w" && words[1] != "b") throw refuse("w or b, who moves, is missing");
        state.mover = words[1] == "b";
        const bool foreign = words[2] == "p" || words[2] == "m" || words[2] == "g";
        if (foreign) {
            if (words.size() < 8) throw refuse("the numbers of stones are missing");
            if (words[3] == "r") throw refuse("in that position a stone is being removed; take the one before");
        }
        bool repeated = false;
        for (const std::size_t player : {0u, 1u}) {
            state.hand[player] =
                static_cast<std::uint8_t>(read_number(words[foreign ? 5 + 2 * player : 2 + player], 0, stones_each));
        }
        for (std::size_t i = 4; i < words.size() && !foreign; ++i) {
            if (words[i] == "R3") {
                repeated = true;
            } else if (words[i].front() == 'H') {
                state.quiet = static_cast<std::uint8_t>(read_number(words[i].substr(1), 0, quiet_limit_));
            } else {
                throw refuse(quote(words[i]) + " is not part of a position");
            }
        }
        state.ending = ending_of(state);
        if (repeated && state.ending == running) state.ending = repetition;
        return state;
    }

    std::string check(const State &state) const {
        if (((state.stones[0] | state.stones[1]) & ~all_points) != 0) return "there is a stone outside the board";
        if ((state.stones[0] & state.stones[1]) != 0)
            return "two stones lie on " + name(lowest_bit(state.stones[0] & state.stones[1]));
        if (state.mover > 1) return "the bytes are not a position";
        for (const unsigned player : {0u, 1u}) {
            if (state.hand[player] > stones_each || stones_of(state, player) > stones_each)
                return "a side has more than nine stones";
        }
        if (stones_of(state, 1u - state.mover) < 3) return "the side that has just moved has fewer than three stones";
        const bool in_order = state.hand[1] == state.hand[0] + state.mover;
        if (!in_order && state.hand[0] + state.hand[1] > 0) return "the stones are placed by turns, White first";
        if (state.quiet > quiet_limit_ || state.known > state.quiet) return "the count of quiet moves is wrong";
        if (state.quiet > 0 && state.hand[0] + state.hand[1] > 0)
            return "quiet moves are counted when all stones are placed";
        if (!history_fits(state)) return "the history of quiet moves does not lead to this position";
        const bool may_have_repeated = repetition_ && state.known < state.quiet && state.quiet >= 8;
        if (state.ending == repetition && ending_of(state) == running && may_have_repeated) return {};
        if (state.ending != ending_of(state)) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Stones above all, then mills, points where one may be closed, and room to move: material and mobility, the
    // weights our own, not tuned.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Points free = empty(state);
        const auto worth = [&](unsigned side) {
            const Points own = state.stones[side];
            const int stones = static_cast<int>(stones_of(state, side));
            const Points open = closing(own) & free;
            int sum = 160 * stones + 12 * static_cast<int>(count(in_mills(own))) + 30 * static_cast<int>(count(open));
            if (state.hand[side] == 0 && stones > 3) {
                sum += 9 * static_cast<int>(count(beside(own) & free));
                sum -= 12 * static_cast<int>(count(own & ~beside(free)));
                sum += 25 * static_cast<int>(count(open & beside(own & ~in_mills(own))));
            } else {
                sum += 5 * static_cast<int>(count(beside(own) & free));
            }
            if (stones == 3 && state.hand[side] == 0) sum += fly_ ? 60 : -200;
            return sum;
        };
        const int score = worth(0) - worth(1) + (state.mover == 0 ? 15 : -15);
        return player == 0 ? score : -score;
    }

    // An order of our own: mills first, then the points where the other side would close one, then crossings.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Points threats = closing(state.stones[1 - state.mover]);
        const Points own_open = closing(state.stones[state.mover]);
        for (std::uint32_t i = 0; i < n; ++i) {
            const Points to = bit(to_of(moves[i]) & 31);
            int value = removed_of(moves[i]) != none ? 200 : 0;
            if (removed_of(moves[i]) < points) value += static_cast<int>(count(neighbours[removed_of(moves[i])]));
            if ((to & threats) != 0) value += 80;
            if ((to & own_open) != 0) value += 10;
            value += 3 * static_cast<int>(count(neighbours[to_of(moves[i]) % points]));
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    // The moves that close a mill.
    void noisy(const State &state, MoveList &moves) const {
        std::array<Move, about.max_moves> all;
        MoveList list(all.data());
        legal(state, list);
        for (const Move move : list) {
            if (removed_of(move) != none) moves.add(move);
        }
    }

    // Four turns of the square, their mirror images, and all that with the inner and the outer ring exchanged.
    std::uint32_t symmetries() const { return 16; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (const unsigned player : {0u, 1u}) {
            image.stones[player] = 0;
            for (Points left = state.stones[player]; left != 0; left &= left - 1) {
                image.stones[player] |= bit(image_of(symmetry, lowest_bit(left)));
            }
        }
        for (unsigned i = 0; i < state.known; ++i) {
            image.steps[i] = static_cast<std::uint16_t>(image_of(symmetry, to_of(state.steps[i])) |
                                                        image_of(symmetry, from_of(state.steps[i])) << 5);
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return encode(image_of(symmetry, from_of(move)), image_of(symmetry, to_of(move)),
                      image_of(symmetry, removed_of(move)));
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const { return stones_of(state, player); }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &state) const {
        switch (state.ending) {
            case few_stones:
                return "by leaving two stones";
            case quiet_moves:
                return "by " + std::to_string(quiet_limit_ / 2) + " moves each without a mill";
            case repetition:
                return "by the same position for the third time";
            default:
                return "by leaving no move";
        }
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        if (from >= points || (to != PARLOUR_CELL_NONE && to >= points)) return {};
        const Points own = state.stones[state.mover], other = state.stones[1 - state.mover];
        const bool placing = state.hand[state.mover] > 0;
        if (to == PARLOUR_CELL_NONE || to == from) {
            if (placing) return ((own | other) & bit(from)) != 0 ? "That point is taken." : "";
            if ((other & bit(from)) != 0) return "That stone is not yours.";
            if ((own & bit(from)) == 0) return "All your stones are placed; move one of them.";
            return targets_of(state, from) == 0 ? "That stone cannot move: the points beside it are taken." : "";
        }
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        const bool may_remove = std::any_of(moves.begin(), moves.end(), [&](Move move) {
            return (placing ? to_of(move) : from_of(move)) == from && removed_of(move) != none;
        });
        if (may_remove && (other & bit(to)) != 0)
            return "That stone is safe in its mill; take one that stands outside.";
        if (placing) return may_remove ? "You have closed a mill: take a stone of the other side." : "";
        if (((own | other) & bit(to)) != 0) return "That point is taken.";
        return "A stone moves along a line to the next point.";
    }

    std::string rules() const {
        return "# Mill\n\n"
               "**White** and **Black** have nine stones each. Three stones of one colour in a row along a line are "
               "a "
               "**mill**. White begins.\n\n"
               "## Placing\n\n"
               "The players take turns to place a stone on any empty point, until all eighteen are placed.\n\n"
               "## Moving\n\n"
               "Then they take turns to move one of their stones along a line to the next point, if it is empty. " +
               std::string(fly_ ? "Who has only **three stones** left may **fly**: move to any empty point.\n\n"
                                : "That is so to the end: there is no flying.\n\n") +
               "## Mills\n\n"
               "Whoever closes a mill, in placing or in moving, **takes a stone** of the other side off the board. A "
               "stone that stands in a mill is safe as long as there are others outside. Two mills closed at once "
               "take one stone. A mill may be opened and closed again, and takes another stone then.\n\n"
               "## The end\n\n"
               "- Who has fewer than three stones, or cannot move, **loses**.\n"
               "- After " +
               std::to_string(quiet_limit_ / 2) + " moves of each side without a mill the game is a **draw**" +
               (repetition_ ? ", and so it is when a position comes for the **third time**.\n\n" : ".\n\n") +
               "## Entering moves\n\n"
               "Touch the point for a new stone, or a stone and where it goes; after a mill touch the stone that you "
               "take. Written, that is `d6`, `d6-d5` and `d6-d5xa1`.\n";
    }

    // ---- the board: cells 0..23 are the points, those beyond lie beside the board and hold stones to be placed ----

    void layout(parlour::Board &board) const {
        board.extent(-1.55f, -0.85f, 7.55f, 6.85f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x5A3A26FF,
                    .x = 3,
                    .y = 3,
                    .w = 7.6f,
                    .h = 7.6f});
        board.cell({.color = PARLOUR_COLOR_DARK, .flags = PARLOUR_CELL_DECOR, .x = 3, .y = 3, .w = 7.2f, .h = 7.2f});
        constexpr float thin = 0.07f;
        const auto line = [&](float x, float y, float w, float h) {
            board.cell({.color = PARLOUR_COLOR_LIGHT, .flags = PARLOUR_CELL_DECOR, .x = x, .y = y, .w = w, .h = h});
        };
        for (float ring = 1; ring <= 3; ++ring) {
            for (const float side : {-ring, ring}) {
                line(3, 3 + side, 2 * ring + thin, thin);
                line(3 + side, 3, thin, 2 * ring + thin);
            }
        }
        for (const float side : {-2.0f, 2.0f}) {
            line(3, 3 + side, thin, 2);
            line(3 + side, 3, 2, thin);
        }
        for (unsigned point = 0; point < points; ++point) {
            const float x = 3 + static_cast<float>(spot_of(point).x), y = 3 + static_cast<float>(spot_of(point).y);
            board.cell({.shape = PARLOUR_SHAPE_CIRCLE,
                        .color = PARLOUR_COLOR_LIGHT,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = x,
                        .y = y,
                        .w = 0.26f,
                        .h = 0.26f});
            const std::string label = name(point);
            board.cell({.id = point,
                        .shape = PARLOUR_SHAPE_CIRCLE,
                        .color = PARLOUR_COLOR_NONE,
                        .x = x,
                        .y = y,
                        .w = 0.9f,
                        .h = 0.9f,
                        .label = label.c_str()});
        }
        for (const float x : {-1.2f, 7.2f}) { // trays, as a theme's page may be as dark as the stones
            board.cell({.shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_DARK,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = x,
                        .y = 3.66f,
                        .w = 0.7f,
                        .h = 6.06f});
        }
        for (unsigned i = 0; i < 2 * stones_each; ++i) {
            board.cell({.id = points + i,
                        .shape = PARLOUR_SHAPE_CIRCLE,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = i < stones_each ? -1.2f : 7.2f,
                        .y = 6.3f - 0.66f * static_cast<float>(i % stones_each),
                        .w = 0.62f,
                        .h = 0.62f});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (std::uint32_t player = 0; player < 2; ++player) {
            const std::uint8_t color = player == 0 ? PARLOUR_COLOR_LIGHT : PARLOUR_COLOR_DARK;
            const char *label = player == 0 ? "White stone" : "Black stone";
            for (Points left = state.stones[player]; left != 0; left &= left - 1) {
                board.piece({.cell = lowest_bit(left), .color = color, .label = label});
            }
            for (unsigned i = 0; i < state.hand[player]; ++i) {
                board.piece({.cell = points + player * stones_each + i, .color = color, .label = label});
            }
            const std::string value = std::to_string(score(state, player));
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Stones",
                          .value = value.c_str()});
        }
        if (2 * state.quiet >= quiet_limit_) {
            const std::string value = std::to_string((quiet_limit_ - state.quiet + 1) / 2);
            board.widget(
                {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = value.c_str()});
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        if (from_of(move) != none) path.cell(from_of(move));
        path.cell(to_of(move));
        if (removed_of(move) != none) path.cell(removed_of(move));
    }

private:
    static Points empty(const State &state) { return all_points & ~(state.stones[0] | state.stones[1]); }

    static unsigned stones_of(const State &state, unsigned player) {
        return count(state.stones[player]) + state.hand[player];
    }

    bool flies(const State &state) const { return fly_ && count(state.stones[state.mover]) == 3; }

    // The moves of a side as sets of targets, of which a random one is drawn without listing them: those that close a
    // mill and those that do not, from the hand, or of each stone that flies, or of all stones each way.
    struct Draw {
        std::array<Points, ways> quiet, closing;
        std::array<unsigned, ways> origin; // of a set's stones, where it is one point or the hand
        bool slides;

        Move move(const State &state, parlour::Rng &rng) const {
            unsigned n_quiet = 0, n_closing = 0;
            for (unsigned i = 0; i < ways; ++i) {
                n_quiet += count(quiet[i]);
                n_closing += count(closing[i]);
            }
            const Points removable = n_closing > 0 ? removable_of(state) : 0;
            const unsigned each = std::max(1u, count(removable));
            unsigned drawn = rng.below(n_quiet + n_closing * each);
            if (drawn < n_quiet) return pick(quiet, drawn, none);
            drawn -= n_quiet;
            return pick(closing, drawn / each, removable == 0 ? none : nth_bit(removable, drawn % each));
        }
        Move pick(const std::array<Points, ways> &sets, unsigned index, unsigned removed) const {
            unsigned i = 0;
            for (; index >= count(sets[i]); ++i) index -= count(sets[i]);
            const unsigned to = nth_bit(sets[i], index);
            return encode(slides ? lowest_bit(step(bit(to), i ^ 1)) : origin[i], to, removed);
        }
    };

    Draw draw_of(const State &state) const {
        const Points own = state.stones[state.mover], free = empty(state);
        Draw draw{{}, {}, {none, none, none, none}, false};
        const auto put = [&](unsigned i, Points targets, Points closes) {
            draw.quiet[i] = targets & ~closes;
            draw.closing[i] = targets & closes;
        };
        if (state.hand[state.mover] > 0) {
            put(0, free, closing(own));
        } else if (flies(state)) {
            Points left = own;
            for (unsigned i = 0; i < 3; ++i, left &= left - 1) {
                draw.origin[i] = lowest_bit(left);
                put(i, free, closing(own ^ bit(draw.origin[i])));
            }
        } else {
            // A stone closes no mill along the line that it moves on: around a ring it closes one across, or from a
            // corner ahead; outwards or inwards one in its side of the ring.
            const Points after = clockwise(own), before = anticlockwise(own), across = across_closing(own) & middles;
            draw.slides = true;
            put(0, after & free, across | (before & anticlockwise(before) & corners));
            put(1, before & free, across | (after & clockwise(after) & corners));
            put(2, step(own, 2) & free, after & before);
            put(3, step(own, 3) & free, after & before);
        }
        return draw;
    }

    // Where a stone of the side to move can go when all are placed.
    Points targets_of(const State &state, unsigned from) const {
        return flies(state) ? empty(state) : neighbours[from] & empty(state);
    }

    // The other side's stones outside mills; all of them where there are none such.
    static Points removable_of(const State &state) {
        const Points other = state.stones[1 - state.mover], outside = other & ~in_mills(other);
        return outside != 0 ? outside : other;
    }

    // Plays a legal move, but for saying whether the game has ended.
    static void play(State &state, Move move) {
        const unsigned from = from_of(move), to = to_of(move), removed = removed_of(move);
        const unsigned mover = state.mover, other = 1 - mover;
        if (from == none) {
            --state.hand[mover];
        } else {
            state.stones[mover] ^= bit(from);
        }
        state.stones[mover] |= bit(to);
        if (removed != none) state.stones[other] &= ~bit(removed);

        if (from != none && removed == none && state.quiet < most_quiet) {
            state.steps[state.known++] = static_cast<std::uint16_t>(move & 0x3ff);
            ++state.quiet;
        } else if (state.quiet > 0) {
            std::memset(state.steps, 0, sizeof state.steps);
            state.quiet = state.known = 0;
        }
        state.mover ^= 1;
    }

    Ending ending_of(const State &state) const {
        const unsigned mover = state.mover;
        if (stones_of(state, mover) < 3) return few_stones;
        if (state.hand[mover] == 0 && !flies(state) && (beside(state.stones[mover]) & empty(state)) == 0)
            return no_moves;
        if (state.quiet >= quiet_limit_) return quiet_moves;
        return repetition_ && repeated_twice(state) ? repetition : running;
    }

    // Whether the position has stood twice before: takes the known steps back, two by two, keeping the points whose
    // content differs from now, one half of a word a side.
    static bool repeated_twice(const State &state) {
        if (state.known < 8) return false;
        const auto ends_of = [&](unsigned at) { return bit(from_of(state.steps[at])) ^ bit(to_of(state.steps[at])); };
        std::uint64_t differs = 0;
        int before = 0;
        for (unsigned at = state.known; at >= 2; at -= 2) {
            differs ^= ends_of(at - 1) | std::uint64_t{ends_of(at - 2)} << 32;
            if (differs == 0 && ++before == 2) return true;
        }
        return false;
    }

    // Whether the known steps can be taken back from the position, and the rest of their room is clear.
    static bool history_fits(const State &state) {
        Points sides[2] = {state.stones[0], state.stones[1]};
        for (unsigned i = kept_steps; i-- > 0;) {
            const unsigned step = state.steps[i];
            if (i >= state.known) {
                if (step != 0) return false;
                continue;
            }
            if (step >> 10 != 0 || from_of(step) >= points || to_of(step) >= points) return false;
            Points &side = sides[(state.mover + state.known - i) & 1];
            if ((side & bit(to_of(step))) == 0 || ((sides[0] | sides[1]) & bit(from_of(step))) != 0) return false;
            side ^= bit(from_of(step)) | bit(to_of(step));
        }
        return true;
    }

    static unsigned image_of(std::uint32_t symmetry, unsigned point) {
        if (point >= points) return point;
        unsigned ring = point / 8, place = point % 8;
        if ((symmetry & 4) != 0) place = (8 - place) % 8;
        place = (place + 2 * (symmetry & 3)) % 8;
        if ((symmetry & 8) != 0) ring = 2 - ring;
        return 8 * ring + place;
    }

    // ---- reading and writing ----

    static std::string name(unsigned point) {
        const Spot spot = spot_of(point);
        return {static_cast<char>('d' + spot.x), static_cast<char>('4' - spot.y)};
    }

    static unsigned point_named(char column, char row) {
        for (unsigned point = 0; point < points; ++point) {
            if (name(point)[0] == column && name(point)[1] == row) return point;
        }
        return none;
    }

    static std::vector<unsigned> points_named(std::string_view text) {
        std::vector<unsigned> named;
        bool understood = true;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = parlour::small(text[i]);
            if (c == ' ' || c == '-' || c == 'x' || c == ':' || c == ',') continue;
            const unsigned point = i + 1 < text.size() ? point_named(c, text[++i]) : none;
            understood = understood && point != none;
            named.push_back(point);
        }
        if (!understood || named.empty() || named.size() > 3) {
            throw parlour::Failure(PARLOUR_E_PARSE, quote(text) + " is not a move; write d6, d6-d5 or d6-d5xa1");
        }
        return named;
    }

    static void read_points(std::string_view text, State &state) {
        if (text.size() != points + 2 || text[8] != '/' || text[17] != '/') {
            throw parlour::Failure(PARLOUR_E_PARSE,
                                   "the points are three rings of eight, as in "
                                   "O@******/********/********");
        }
        unsigned point = 0;
        for (const char c : text) {
            if (c == '/') continue;
            if (c == 'O') {
                state.stones[0] |= bit(point);
            } else if (c == '@') {
                state.stones[1] |= bit(point);
            } else if (c != '*') {
                throw parlour::Failure(PARLOUR_E_PARSE,
                                       "\"" + std::string(1, c) + "\" is not a point; O is White, @ Black, * empty");
            }
            ++point;
        }
    }

    bool fly_, repetition_;
    unsigned quiet_limit_;
};

} // namespace

PARLOUR_GAME(Mill);
