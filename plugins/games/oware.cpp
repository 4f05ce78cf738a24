// Oware by the abapa rules, as in tournaments: six houses a side, four seeds in each.
//
//             F  E  D  C  B  A             North sows from A to F, then on from a.
//     North                     South      South sows from a to f, then on from A.
//     store   a  b  c  d  e  f  store
//
//     side[p]:  byte i is house i of player p as that player counts them, byte 6 what it has captured, byte 7 is 0.
//     A move is the house's number.
//
// - The seeds of a house are sown one by one around the board; the house that they come from is left out.
// - If the last one makes two or three in a house of the other side, these are captured, and so are twos and threes
//   in the houses just before it, on that side, without a gap. A move that would capture all seeds of the other side
//   is legal but captures nothing.
// - Whoever faces a side without seeds has to give it some. If that cannot be done, each side takes what lies in its
//   houses, and the game is over.
// - More than half of the seeds win at once (the option play_out goes on to the last). Where a position comes back,
//   or after as many plies without a capture as the option limit says, each side takes what lies in its houses.
//
// A position is the houses and captures of South, those of North, who moves, and, where there are any, the plies
// since the last capture: "4,4,4,4,4,4:0 4,4,4,4,4,4:0 S 3". A game that ended so has "repeated" or "quiet" in their
// place.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Board;
using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using Side = std::uint64_t; // houses and captures of a player, a byte each

constexpr unsigned houses = 6, store = 6, all_seeds = 48, most_quiet = 48;
constexpr Side all_houses = (Side{1} << 8 * houses) - 1, low_bits = 0x7f7f7f7f7f7f7f7fu;

constexpr Side in_house(unsigned house, unsigned seeds) {
    return Side{seeds} << 8 * house;
}
constexpr unsigned seeds_in(Side side, unsigned house) {
    return static_cast<unsigned>(side >> 8 * house & 0xff);
}
constexpr Side emptied(Side side, unsigned house) {
    return side & ~in_house(house, 0xff);
}
constexpr unsigned seeds_at_home(Side side) {
    return static_cast<unsigned>(((side & all_houses) * 0x0101010101010101u) >> 56);
}

// What sowing so many seeds from a house adds to either side, and in which house of the other side it ends.
constexpr unsigned at_home = 7;
struct Sowing {
    Side own = 0, other = 0;
    unsigned last = at_home;
};
constexpr std::array<std::array<Sowing, all_seeds + 1>, houses> sowings = [] {
    std::array<std::array<Sowing, all_seeds + 1>, houses> table{};
    for (unsigned house = 0; house < houses; ++house) {
        Sowing sowing;
        unsigned at = house; // 0..5 own houses, 6..11 the other side's
        for (unsigned seeds = 1; seeds <= all_seeds; ++seeds) {
            do at = (at + 1) % (2 * houses);
            while (at == house);
            (at < houses ? sowing.own : sowing.other) += in_house(at % houses, 1);
            sowing.last = at < houses ? at_home : at - houses;
            table[house][seeds] = sowing;
        }
    }
    return table;
}();

enum Ending : std::uint8_t { running = 0, majority = 1, no_move = 2, repetition = 3, no_capture = 4 };

class Oware {
public:
    static constexpr parlour::GameAbout about{
        .id = "oware",
        .name = "Oware",
        .family = "capture",
        .summary = "Sow seeds around the board; make twos and threes on the other side to capture them.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        .max_moves = houses,
        .move_space = houses,
        // A capture takes two seeds or more, so there are at most 24; before each, and after the last, lie fewer than
        // 48 quiet plies, or 48 that end the game.
        .max_plies = (all_seeds / 2 + 1) * most_quiet,
        .accent = 0x7d4f33ff};

    static constexpr std::array options{
        Option::integer("limit", "Plies without a capture", "After so many, each side takes the seeds in its houses.",
                        "48", 12, most_quiet),
        Option::boolean("play_out", "Play to the last seed", "Go on even when one side has more than half.", false)};

    explicit Oware(const OptionValues &values)
        : limit_(static_cast<unsigned>(values.integer("limit"))), play_out_(values.boolean("play_out")) {}

    // The position, and what makes its coming back exact without comparing hashes: the positions since the last
    // capture, each in a word of its own. `quiet` can be more than `known` in a position that was read from text.
    struct State {
        Side side[2];
        std::uint8_t mover; // 0 South, 1 North
        std::uint8_t quiet; // plies since the last capture
        std::uint8_t known; // how many positions stand in `past`
        std::uint8_t ending;
        std::uint32_t reserved;
        std::uint64_t past[most_quiet]; // oldest first, zero beyond `known`
    };

    // ---- rules ----

    State initial() const {
        State state{};
        for (Side &side : state.side) {
            for (unsigned house = 0; house < houses; ++house) side |= in_house(house, all_seeds / (2 * houses));
        }
        return state;
    }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.mover) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        for (Side left = movable(state); left != 0; left &= left - 1) {
            moves.add(static_cast<Move>(std::countr_zero(left) / 8));
        }
    }

    Turn apply(State &state, Move house) const {
        if (house >= houses || state.ending != running || (movable(state) & in_house(house, 0x80)) == 0) [[unlikely]]
            return Turn::fault();
        const std::uint64_t before = code_of(state);
        Side &own = state.side[state.mover & 1], &other = state.side[~state.mover & 1];
        const Sowing &sowing = sowings[house][std::min(seeds_in(own, house), all_seeds)];
        own = emptied(own, house) + sowing.own;
        other += sowing.other;
        const Side kept = after_capture(other, sowing.last);
        const unsigned captured = seeds_at_home(other) - seeds_at_home(kept);
        own += in_house(store, captured);
        other = kept;
        state.mover ^= 1;
        if (captured > 0) {
            forget(state);
        } else if (state.known < most_quiet) {
            state.past[state.known++] = before;
            ++state.quiet;
        }
        end_where_due(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        const auto ahead = score(state, 0) - score(state, 1);
        util[0] = ahead > 0 ? 1.0f : ahead < 0 ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    // The past is left out. The count of quiet plies is in it only from half of the limit on: before, no search looks
    // far enough ahead for it to matter, and equal positions should meet in its tables.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t late = 2u * state.quiet >= limit_ ? state.quiet : 0u;
        const std::uint64_t rest =
            state.mover | late << 8 | std::uint64_t{state.ending} << 16 | std::uint64_t{1} << 24;
        return parlour::mix64(state.side[0] * 0x9e3779b97f4a7c15u + parlour::mix64(state.side[1] ^ rest << 32));
    }

    Move random_move(const State &state, Rng &rng) const {
        const Side houses_with_seeds = movable(state);
        const auto count = static_cast<std::uint32_t>(std::popcount(houses_with_seeds));
        return nth_bit(houses_with_seeds, rng.below(count)) / 8;
    }

    // ---- texts ----

    // South's houses are a to f, North's A to F, either from its own left.
    std::string move_text(const State &state, Move house) const { return house_name(state.mover, house); }

    // Reads the letter in either case, and the number of a house counted from one.
    Move parse_move(const State &state, std::string_view text) const {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        const char c = text.size() == 1 ? parlour::small(text[0]) : ' ';
        const std::string quoted = quote(text);
        const unsigned house = c >= 'a' && c <= 'f'   ? static_cast<unsigned>(c - 'a')
                               : c >= '1' && c <= '6' ? static_cast<unsigned>(c - '1')
                                                      : houses;
        if (house >= houses) {
            throw Failure(PARLOUR_E_PARSE, quoted + " is not a move; write the house to sow from, a to f");
        }
        const std::string why = refusal(state, house);
        if (!why.empty()) throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here: " + why);
        return house;
    }

    std::string state_text(const State &state) const {
        std::string text =
            side_text(state.side[0]) + " " + side_text(state.side[1]) + (state.mover == 0 ? " S" : " N");
        if (state.ending == repetition) return text + " repeated";
        if (state.ending == no_capture) return text + " quiet";
        return state.quiet > 0 ? text + " " + std::to_string(state.quiet) : text;
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&]() -> Failure {
            return Failure(PARLOUR_E_PARSE,
                           "a position is the houses and captures of South, those of North, S or N to "
                           "move, and perhaps the plies since a capture, like \"" +
                               state_text(initial()) + "\"");
        };
        State state{};
        const auto read = [&](unsigned most) {
            const auto number = parlour::take_number(text);
            if (!number || *number > most) throw refuse();
            return *number;
        };
        for (Side &side : state.side) {
            for (unsigned house = 0; house <= store; ++house) {
                side |= in_house(house, read(all_seeds));
                if (text.empty() || text.front() != (house + 1 < houses ? ',' : house < store ? ':' : ' '))
                    throw refuse();
                text.remove_prefix(1);
            }
        }
        if (text.empty() || std::string_view("SsNn").find(text.front()) == std::string_view::npos) throw refuse();
        state.mover = text.front() == 'N' || text.front() == 'n';
        text.remove_prefix(1);
        const bool bare = ((state.side[0] | state.side[1]) & all_houses) == 0;
        if (text == " repeated" || text == " quiet") {
            state.ending = text == " quiet" ? no_capture : repetition;
        } else {
            if (!text.empty()) {
                text.remove_prefix(1);
                state.quiet = static_cast<std::uint8_t>(read(most_quiet));
                if (!text.empty()) throw refuse();
            }
            state.ending = bare ? no_move : has_won(state) ? majority : running;
        }
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover > 1) return "there are two players";
        unsigned seeds = 0;
        for (const Side side : state.side) {
            if (side >> 56 != 0) return "there is a seed outside the board";
            for (unsigned house = 0; house <= store; ++house) seeds += seeds_in(side, house);
        }
        if (seeds != all_seeds) return "there are 48 seeds in this game, not " + std::to_string(seeds);
        if (state.ending > no_capture || state.reserved != 0) return "the bytes are not a position of oware";
        const bool bare = ((state.side[0] | state.side[1]) & all_houses) == 0;
        const bool won = !bare && has_won(state);
        if (bare != (state.ending >= no_move) || won != (state.ending == majority)) {
            return "whether the game is over does not fit the seeds";
        }
        if (state.known > state.quiet || state.quiet > limit_ || (bare && state.quiet > 0)) {
            return "the count of plies without a capture is wrong";
        }
        if (state.ending == running && state.quiet == limit_) {
            return "after " + std::to_string(limit_) + " plies without a capture the game is over";
        }
        if (!past_fits(state)) return "the positions before do not lead to this one";
        if (state.ending == running && movable(state) == 0) {
            return player_name(state.mover) + " cannot move, so the game is over and each side takes its own seeds";
        }
        return {};
    }

    // ---- search ----

    // What is captured decides; houses with one or two seeds stand in danger, and moves to choose from are worth
    // having (the features of Davis and Kendall, An Investigation, using Co-Evolution, to Evolve an Awari Player,
    // 2002; the weights are hand-set).
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const auto worth = [](Side side) {
            int points = 40 * static_cast<int>(seeds_in(side, store));
            for (unsigned house = 0; house < houses; ++house) {
                const unsigned seeds = seeds_in(side, house);
                points += seeds == 0 ? -6 : seeds <= 2 ? -8 : seeds > 11 ? 12 : 2;
            }
            return points;
        };
        const int ahead = worth(state.side[0]) - worth(state.side[1]);
        return player == 0 ? ahead : -ahead;
    }

    // Captures first, the large ones before the small.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = static_cast<std::int16_t>(8 * captured_by(state, moves[i]) + moves[i]);
        }
    }

    void noisy(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        for (Side left = movable(state); left != 0; left &= left - 1) {
            const auto house = static_cast<Move>(std::countr_zero(left) / 8);
            if (captured_by(state, house) > 0) moves.add(house);
        }
    }

    // ---- people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return seeds_in(state.side[player & 1], store);
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "South" : "North"; }

    std::string reason(const State &state) const {
        const auto first = score(state, 0), second = score(state, 1);
        const std::string seeds =
            "on seeds " + std::to_string(std::max(first, second)) + "-" + std::to_string(std::min(first, second));
        if (state.ending == repetition) return seeds + ", as the position came back";
        if (state.ending == no_capture) return seeds + ", as nothing was captured for long";
        return seeds;
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.ending != running) return "The game is over.";
        const unsigned side = from / 8, house = from % 8;
        if (side > 1 || house > store) return {};
        if (house == store) return "Captured seeds stay where they are; sow from one of your houses.";
        if (side != state.mover) return "That house is " + player_name(side) + "'s; sow from one of your own.";
        std::string why = refusal(state, house);
        if (why.empty()) return {};
        why[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(why[0])));
        return why + ".";
    }

    std::string rules() const {
        return "# Oware\n\n"
               "**South** has the six houses of the lower row, **North** those of the upper row. In each lie four "
               "seeds. Whoever **captures more** of the 48 wins" +
               std::string(play_out_ ? ".\n\n" : "; 25 are enough.\n\n") +
               "## A move\n\n"
               "Take all seeds of one of your houses and **sow** them one by one, counter-clockwise, around the "
               "whole "
               "board. The house they come from is left out and stays empty.\n\n"
               "- If the last seed makes **two or three** in a house of the other side, you **capture** them. If the "
               "house just before has two or three as well, you capture these too, and so on without a gap, on the "
               "other side only.\n"
               "- A move that would capture **all** seeds of the other side is allowed, but captures nothing.\n"
               "- If the other side has no seeds, you **have to give it some**.\n\n"
               "## The end\n\n"
               "When nobody can do so, each side takes the seeds in its own houses. The same is done when a position "
               "comes back, and after " +
               std::to_string(limit_) +
               " moves in a row without a capture. Equal numbers are a draw.\n\n"
               "## A hint\n\n"
               "Keep many seeds in one house until it reaches all around the board: it makes twos and threes of the "
               "other side's singles.\n";
    }

    // ---- board: cell 8 * side + house; 8 * side + 6 is a store ----

    static constexpr std::uint32_t count_cell = 20, name_cell = 40; // + 8 * side + house

    void layout(Board &board) const {
        const float width = static_cast<float>(houses) + 2.6f;
        board.extent(0, 0, width, 3.5f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x7d4f33ff,
                    .x = width / 2,
                    .y = 1.75f,
                    .w = width - 0.1f,
                    .h = 3.4f});
        for (unsigned side = 0; side < 2; ++side) {
            for (unsigned house = 0; house < houses; ++house) {
                const std::string name = house_name(side, house);
                board.cell({.id = 8 * side + house,
                            .shape = PARLOUR_SHAPE_CIRCLE,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_OUTLINE,
                            .rgba = wood,
                            .x = house_x(side, house),
                            .y = side == 0 ? 2.27f : 1.23f,
                            .w = 0.96f,
                            .h = 0.96f,
                            .label = name.c_str()});
                count_place(board, side, house, house_x(side, house), side == 0 ? 3.05f : 0.45f);
                board.cell({.id = name_cell + 8 * side + house,
                            .color = PARLOUR_COLOR_NONE,
                            .flags = PARLOUR_CELL_DECOR,
                            .x = house_x(side, house) - 0.36f,
                            .y = side == 0 ? 2.76f : 0.74f,
                            .w = 0.3f,
                            .h = 0.3f});
            }
            const float x = side == 0 ? width - 0.75f : 0.75f;
            board.cell({.shape = PARLOUR_SHAPE_ROUND,
                        .color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + side),
                        .flags = PARLOUR_CELL_DECOR,
                        .x = x,
                        .y = 1.75f,
                        .w = 1.1f,
                        .h = 2.1f});
            board.cell({.id = 8 * side + store,
                        .shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_OUTLINE,
                        .rgba = wood,
                        .x = x,
                        .y = 1.75f,
                        .w = 1,
                        .h = 2,
                        .label = side == 0 ? "store" : "STORE"});
            count_place(board, side, store, x, side == 0 ? 3.05f : 0.45f);
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (unsigned side = 0; side < 2; ++side) {
            for (unsigned house = 0; house <= store; ++house) {
                const unsigned seeds = std::min(seeds_in(state.side[side], house), all_seeds);
                draw_seeds(board, 8 * side + house, seeds, house == store ? 2.2f : 1.0f);
                const std::string count = std::to_string(seeds), name = house_name(side, house);
                if (house != store) {
                    board.mark({.cell_a = name_cell + 8 * side + house,
                                .kind = PARLOUR_MARK_TEXT,
                                .color = PARLOUR_COLOR_RGBA,
                                .rgba = 0xd9b68cff,
                                .text = name.c_str()});
                }
                board.mark({.cell_a = count_cell + 8 * side + house,
                            .kind = PARLOUR_MARK_TEXT,
                            .color = PARLOUR_COLOR_RGBA,
                            .rgba = house == store ? 0xffffffff : 0xf6e6cfff,
                            .text = count.c_str()});
            }
            const std::string value = std::to_string(score(state, side));
            board.widget({.id = side,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(side),
                          .label = "Seeds",
                          .value = value.c_str()});
        }
    }

    void path(const State &state, Move house, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(static_cast<std::uint32_t>(8u * state.mover + house));
    }

private:
    static constexpr std::uint32_t wood = 0x4f2f1eff;

    // The top bit of every house of the side to move that may be sown: those with seeds; where the other side has
    // none, those that reach it.
    static Side movable(const State &state) {
        const Side own = state.side[state.mover & 1] & all_houses, other = state.side[~state.mover & 1] & all_houses;
        constexpr Side reaching = 0x00007f7e7d7c7b7a; // 128 - what house i needs to reach the other side
        return (own + (other != 0 ? low_bits : reaching)) & ~low_bits & all_houses;
    }

    // The other side's word without what a sowing that ended in its house `last` captures.
    static Side after_capture(Side other, unsigned last) {
        if (last >= houses) return other;
        Side kept = other;
        for (unsigned house = last + 1; house-- > 0 && (seeds_in(other, house) & ~1u) == 2;)
            kept = emptied(kept, house);
        return (kept & all_houses) != 0 ? kept : other;
    }

    static unsigned captured_by(const State &state, Move house) {
        const Side own = state.side[state.mover & 1], other = state.side[~state.mover & 1];
        const Sowing &sowing = sowings[house][std::min(seeds_in(own, house), all_seeds)];
        return seeds_at_home(other + sowing.other) - seeds_at_home(after_capture(other + sowing.other, sowing.last));
    }

    bool has_won(const State &state) const {
        return !play_out_ && std::max(seeds_in(state.side[0], store), seeds_in(state.side[1], store)) > all_seeds / 2;
    }

    // The houses of a position in unary, a one after as many zeros as there are seeds, and who moves: at most 61
    // bits, different for different positions with equally many seeds.
    static std::uint64_t code_of(const State &state) {
        std::uint64_t code = 0;
        for (const Side side : state.side) {
            for (unsigned house = 0; house < houses; ++house) code = code << (seeds_in(side, house) + 1) | 1;
        }
        return code * 2 + state.mover;
    }

    static void forget(State &state) {
        std::fill_n(state.past, state.known, 0u);
        state.quiet = state.known = 0;
    }

    void end_where_due(State &state) const {
        if (has_won(state)) {
            state.ending = majority;
            return;
        }
        Ending ending = running;
        if (movable(state) == 0) {
            ending = no_move;
        } else if (state.known > 3) {
            const std::uint64_t code = code_of(state);
            if (std::find(state.past, state.past + state.known, code) != state.past + state.known)
                ending = repetition;
        }
        if (ending == running && state.quiet >= limit_) ending = no_capture;
        if (ending == running) return;
        for (Side &side : state.side) side = in_house(store, seeds_in(side, store) + seeds_at_home(side));
        forget(state);
        state.ending = ending;
    }

    // Whether the known positions could have stood before this one: with as many seeds, and the sides to move in
    // turn.
    static bool past_fits(const State &state) {
        const unsigned seeds = seeds_at_home(state.side[0]) + seeds_at_home(state.side[1]);
        for (unsigned i = 0; i < most_quiet; ++i) {
            const std::uint64_t code = state.past[i];
            if (i >= state.known) {
                if (code != 0) return false;
                continue;
            }
            const bool south = ((state.mover + state.known - i) & 1) == 0;
            if ((code & 1) != (south ? 0u : 1u) || std::popcount(code >> 1) != 2 * houses || (code & 2) == 0)
                return false;
            if (static_cast<unsigned>(std::bit_width(code >> 1)) > seeds + 2 * houses) return false;
        }
        return true;
    }

    // Why a house cannot be sown by the side to move, or "".
    std::string refusal(const State &state, unsigned house) const {
        if (state.ending != running) return "the game is over";
        if (seeds_in(state.side[state.mover & 1], house) == 0) return "that house is empty";
        if ((movable(state) & in_house(house, 0x80)) == 0) {
            return player_name(state.mover ^ 1u) + " has no seeds, so it has to be given some";
        }
        return {};
    }

    static std::string house_name(unsigned side, unsigned house) {
        return {static_cast<char>((side == 0 ? 'a' : 'A') + static_cast<char>(house))};
    }
    static std::string side_text(Side side) {
        std::string text;
        for (unsigned house = 0; house < houses; ++house) {
            text += (house > 0 ? "," : "") + std::to_string(seeds_in(side, house));
        }
        return text + ":" + std::to_string(seeds_in(side, store));
    }

    static float house_x(unsigned side, unsigned house) {
        return 1.8f + static_cast<float>(side == 0 ? house : houses - 1 - house);
    }
    static void count_place(Board &board, unsigned side, unsigned house, float x, float y) {
        board.cell({.id = count_cell + 8 * side + house,
                    .color = PARLOUR_COLOR_NONE,
                    .flags = PARLOUR_CELL_DECOR,
                    .x = x,
                    .y = y,
                    .w = 0.8f,
                    .h = 0.46f});
    }
    // A heap of seeds, laid like those of a sunflower (Vogel 1979), so that any number fills the place evenly.
    static void draw_seeds(Board &board, std::uint32_t cell, unsigned seeds, float tall) {
        const float reach =
            std::min(0.125f, 0.36f / std::sqrt(static_cast<float>(std::max(seeds, 1u))) * (tall > 1 ? 1.0f : 0.97f));
        for (unsigned seed = 0; seed < seeds; ++seed) {
            const float far = reach * std::sqrt(static_cast<float>(seed) + (seeds > 1 ? 0.5f : 0.0f));
            const float angle = 2.399963f * static_cast<float>(seed);
            board.piece({.cell = cell,
                         .color = PARLOUR_COLOR_LIGHT,
                         .dx = far * std::cos(angle),
                         .dy = tall * far * std::sin(angle),
                         .scale = 0.24f,
                         .label = "seed"});
        }
    }

    unsigned limit_;
    bool play_out_;
};

} // namespace

PARLOUR_GAME(Oware);
