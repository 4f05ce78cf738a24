// Kalah: sowing with extra turns. One to six houses a side, one to ten seeds a house; 6 and 4 are usual.
//
//             F  E  D  C  B  A             North sows from A to F, then into its store, then from a on.
//     North                     South      South sows from a to f, then into its store, then from A on.
//     store   a  b  c  d  e  f  store
//
//     side[p]:  byte i is house i of player p as that player counts them, byte 6 the store, byte 7 is 0.
//     A move is the house's number. Opposite of house i lies house  houses - 1 - i  of the other side.
//
// - The seeds of a house are sown one by one along one's own houses, one's own store and the other side's houses, not
//   into the other side's store. Thirteen seeds come around to the house that they began in.
// - If the last one falls into one's own store, one moves again.
// - If it falls into an empty house of one's own, it goes to the store with all seeds of the house opposite; also
//   where that house is empty, unless the option empty_capture is off.
// - The game ends as soon as either side has no seeds in its houses; then each side takes what lies in its houses.
//
// Each sowing is a ply. Of the four variants that are about, this is the one that the published table of outcomes
// belongs to (Irving, Donkers, Uiterwijk, Solving Kalah, ICGA Journal 2000).
//
// A position is the houses and store of South, those of North, and who moves: "4,4,4,4,4,4:0 4,4,4,4,4,4:0 S".
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Board;
using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using Side = std::uint64_t;                      // houses and store of a player, a byte each
__extension__ using Product = unsigned __int128; // of two numbers of 64 bits

constexpr unsigned most_houses = 6, most_seeds_a_house = 10, store = 6;
constexpr unsigned most_seeds = 2 * most_houses * most_seeds_a_house; // fewer than 128: a byte's top bit stays free

constexpr Side in_house(unsigned house, unsigned seeds) {
    return Side{seeds} << 8 * house;
}
constexpr unsigned seeds_in(Side side, unsigned house) {
    return static_cast<unsigned>(side >> 8 * house & 0xff);
}
constexpr Side emptied(Side side, unsigned house) {
    return side & ~in_house(house, 0xff);
}
// The index-th of the houses whose top bits are set, counted from 0; there are more than that.
inline unsigned nth_house(Side tops, unsigned index) {
    return parlour::nth_bit(tops, index) / 8;
}

// What sowing so many seeds from a house adds to either side, and where it ends: 0..5 a house of the sower's,
// `store`, or `abroad` for a house of the other side.
constexpr unsigned abroad = 7;
struct Sowing {
    Side own = 0, other = 0;
    unsigned last = abroad;
};
using SowingTable = std::array<std::array<Sowing, most_seeds + 1>, most_houses>;

constexpr SowingTable sowings_of(unsigned houses) {
    SowingTable table{};
    for (unsigned house = 0; house < houses; ++house) {
        Sowing sowing;
        unsigned at = house; // 0..houses-1 own houses, `houses` the store, then the other side's houses
        for (unsigned seeds = 1; seeds <= most_seeds; ++seeds) {
            at = at == 2 * houses ? 0 : at + 1;
            if (at <= houses) {
                sowing.last = at < houses ? at : store;
                sowing.own += in_house(sowing.last, 1);
            } else {
                sowing.last = abroad;
                sowing.other += in_house(at - houses - 1, 1);
            }
            table[house][seeds] = sowing;
        }
    }
    return table;
}

constexpr std::array<SowingTable, most_houses> sowings{sowings_of(1), sowings_of(2), sowings_of(3),
                                                       sowings_of(4), sowings_of(5), sowings_of(6)};

class Kalah {
public:
    static constexpr parlour::GameAbout about{
        .id = "kalah",
        .name = "Kalah",
        .family = "capture",
        .summary = "Sow seeds around the board; end in your store and you move again.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_COMPOUND,
        .max_moves = most_houses,
        .move_space = most_houses,
        // A sowing puts a seed into a store for good, which happens at most 120 times, or stays within its side's
        // houses. Of these there are at most 2 * 31 in a row: house i gets seeds only from the houses before it, one
        // with each sowing, so it is sown at most 1 + (sowings of the houses before it) <= 2^i times, and the last
        // house never.
        .max_plies = most_seeds + (most_seeds + 1) * 62,
        .accent = 0x7a5230ff};

    static constexpr std::array options{
        Option::integer("houses", "Houses", "How many houses each side has.", "6", 1, most_houses),
        Option::integer("seeds", "Seeds", "How many seeds lie in each house at the start.", "4", 1,
                        most_seeds_a_house),
        Option::boolean("empty_capture", "Capture beside an empty house",
                        "A last seed in an empty house of your own goes to your store even if nothing lies opposite.",
                        true)};

    explicit Kalah(const OptionValues &values)
        : houses_(static_cast<unsigned>(values.integer("houses"))),
          seeds_(static_cast<unsigned>(values.integer("seeds"))),
          empty_capture_(values.boolean("empty_capture")),
          all_houses_((Side{1} << 8 * houses_) - 1),
          sowings_(&sowings[houses_ - 1]) {}

    struct State {
        Side side[2];
        std::uint64_t mover; // 0 South, 1 North
    };

    // ---- rules ----

    State initial() const {
        Side side = 0;
        for (unsigned house = 0; house < houses_; ++house) side |= in_house(house, seeds_);
        return {{side, side}, 0};
    }

    Turn turn(const State &state) const {
        return is_over(state) ? Turn::over() : Turn::of(static_cast<std::uint32_t>(state.mover));
    }

    void legal(const State &state, MoveList &moves) const {
        if (is_over(state)) return;
        for (Side left = filled(state.side[state.mover & 1]); left != 0; left &= left - 1) {
            moves.add(static_cast<Move>(std::countr_zero(left) / 8));
        }
    }

    Turn apply(State &state, Move house) const {
        Side own = state.side[state.mover & 1], other = state.side[~state.mover & 1];
        const unsigned seeds = house < houses_ ? seeds_in(own, house) : 0;
        if (seeds == 0 || seeds > most_seeds) [[unlikely]]
            return Turn::fault();
        const bool again = sow(own, other, house, seeds);
        state.side[state.mover & 1] = own;
        state.side[~state.mover & 1] = other;
        if (!again) state.mover ^= 1;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        const auto ahead = score(state, 0) - score(state, 1);
        util[0] = ahead > 0 ? 1.0f : ahead < 0 ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    std::uint64_t hash(const State &state) const {
        return parlour::mix64(state.side[0] * 0x9e3779b97f4a7c15u +
                              parlour::mix64(state.side[1] * 2 + state.mover + 1));
    }

    // A random game with the sides in local variables. One random number serves several moves: the part that a move
    // leaves over, still uniform, goes on to the next, until it gets short.
    std::uint32_t playout(State &state, Rng &rng, std::uint32_t max_plies, float *util) const {
        Side own = state.side[state.mover & 1], other = state.side[~state.mover & 1];
        std::uint64_t mover = state.mover & 1;
        std::uint32_t plies = 0;
        while (((own | other) & all_houses_) != 0 && plies < max_plies) {
            constexpr std::uint32_t moves_a_number = 8; // which take less than 8 * 2.6 of its 64 bits
            std::uint64_t number = rng.next();
            const std::uint32_t stop = plies + std::min(moves_a_number, max_plies - plies);
            do {
                const Side left = filled(own);
                const Product product = Product{number} * static_cast<unsigned>(std::popcount(left));
                number = static_cast<std::uint64_t>(product);
                const unsigned house = nth_house(left, static_cast<unsigned>(product >> 64));
                const bool again = sow(own, other, house, seeds_in(own, house));
                const Side sides = again ? 0 : own ^ other;
                own ^= sides;
                other ^= sides;
                mover ^= !again;
                ++plies;
            } while (plies < stop && ((own | other) & all_houses_) != 0);
        }
        state.side[mover] = own;
        state.side[1 - mover] = other;
        state.mover = mover;
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    // South's houses are a to f, North's A to F, either from its own left.
    std::string move_text(const State &state, Move house) const {
        return house_name(static_cast<unsigned>(state.mover), house);
    }

    // Reads the letter in either case, and the number of a house counted from one.
    Move parse_move(const State &state, std::string_view text) const {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        const char c = text.size() == 1 ? parlour::small(text[0]) : ' ';
        const std::string quoted = quote(text);
        const unsigned house = c >= 'a' && c <= 'f'   ? static_cast<unsigned>(c - 'a')
                               : c >= '1' && c <= '6' ? static_cast<unsigned>(c - '1')
                                                      : most_houses;
        if (house >= houses_) {
            throw Failure(PARLOUR_E_PARSE,
                          quoted + " is not a move; write the house to sow from, a to " + house_name(0, houses_ - 1));
        }
        if (is_over(state)) throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here: the game is over");
        if (seeds_in(state.side[state.mover & 1], house) == 0) {
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here: the house is empty");
        }
        return house;
    }

    std::string state_text(const State &state) const {
        return side_text(state.side[0]) + " " + side_text(state.side[1]) + (state.mover == 0 ? " S" : " N");
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&]() -> Failure {
            return Failure(PARLOUR_E_PARSE,
                           "a position is the houses and store of South, those of North, and S or N "
                           "to move, like \"" +
                               state_text(initial()) + "\"");
        };
        State state{};
        const auto read = [&](char after) {
            const auto seeds = parlour::take_number(text);
            if (!seeds || *seeds > most_seeds || text.empty() || text.front() != after) throw refuse();
            text.remove_prefix(1);
            return *seeds;
        };
        for (Side &side : state.side) {
            for (unsigned house = 0; house < houses_; ++house) {
                side |= in_house(house, read(house + 1 < houses_ ? ',' : ':'));
            }
            side |= in_house(store, read(' '));
        }
        if (text != "S" && text != "s" && text != "N" && text != "n") throw refuse();
        state.mover = text == "N" || text == "n";
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover > 1) return "there are two players";
        unsigned seeds = 0;
        for (const Side side : state.side) {
            if ((side & ~(all_houses_ | in_house(store, 0xff))) != 0) return "there is a seed outside the board";
            for (unsigned house = 0; house <= store; ++house) seeds += seeds_in(side, house);
        }
        const unsigned all = 2 * houses_ * seeds_;
        if (seeds != all) {
            return "there are " + std::to_string(all) + " seeds in this game, not " + std::to_string(seeds);
        }
        const bool empty[2] = {(state.side[0] & all_houses_) == 0, (state.side[1] & all_houses_) == 0};
        if (empty[0] != empty[1]) {
            return std::string(empty[0] ? "South" : "North") +
                   " has no seeds in its houses, so the game is over and the other side's seeds are in its store";
        }
        return {};
    }

    // ---- search ----

    // What is in the stores decides, so their difference counts most; seeds in one's own houses are a quarter won, as
    // what is left there at the end is one's own, and a move that ends in the store is worth a seed (the features of
    // Irving, Donkers and Uiterwijk's solver; the weights are hand-set).
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const auto worth = [&](unsigned side) {
            int points = 4 * static_cast<int>(seeds_in(state.side[side], store)) +
                         static_cast<int>(seeds_at_home(state.side[side]));
            if (state.mover != side) return points;
            for (unsigned house = 0; house < houses_; ++house) {
                const unsigned seeds = seeds_in(state.side[side], house);
                if (seeds > 0 && seeds <= most_seeds && (*sowings_)[house][seeds].last == store) points += 4;
            }
            return points;
        };
        const int ahead = (worth(0) - worth(1)) * 1000 / static_cast<int>(4 * houses_ * seeds_);
        return player == 0 ? ahead : -ahead;
    }

    // First what ends in the store, nearest first, then captures by their size.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned gain = gain_of(state, moves[i]);
            score[i] = static_cast<std::int16_t>(gain == moves_again ? 500 + moves[i] : 4 * gain + moves[i]);
        }
    }

    // Captures, and moves that are followed by another.
    void noisy(const State &state, MoveList &moves) const {
        if (is_over(state)) return;
        for (Side left = filled(state.side[state.mover & 1]); left != 0; left &= left - 1) {
            const auto house = static_cast<Move>(std::countr_zero(left) / 8);
            if (gain_of(state, house) > 0) moves.add(house);
        }
    }

    // ---- people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return seeds_in(state.side[player & 1], store);
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "South" : "North"; }

    std::string reason(const State &state) const {
        const auto first = score(state, 0), second = score(state, 1);
        return "on seeds " + std::to_string(std::max(first, second)) + "-" + std::to_string(std::min(first, second));
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (is_over(state)) return "The game is over.";
        const unsigned side = from / 8, house = from % 8;
        if (side > 1) return {};
        if (house == store) return "Seeds in a store stay there; sow from one of your houses.";
        if (house >= houses_) return {};
        if (side != state.mover) return "That house is " + player_name(side) + "'s; sow from one of your own.";
        return seeds_in(state.side[side], house) == 0 ? "That house is empty." : "";
    }

    std::string rules() const {
        return "# Kalah\n\n"
               "**South** has the " +
               std::to_string(houses_) +
               " houses of the lower row and the store at the right, **North** the upper row and the store at the "
               "left. Whoever has **more seeds in the store** at the end wins.\n\n"
               "## A move\n\n"
               "Take all seeds of one of your houses and **sow** them one by one, counter-clockwise: into your next "
               "houses, your store, the other side's houses, and on around. The other side's store is left out.\n\n"
               "- If the last seed falls into **your store**, you move again.\n"
               "- If it falls into an **empty house of yours**, you capture: this seed and all in the house opposite "
               "go to your store" +
               std::string(empty_capture_ ? ", even if none are there" : "; if none are there, nothing happens") +
               ".\n\n"
               "## The end\n\n"
               "As soon as one side has no seeds in its houses, the game is over, and the other side puts what is in "
               "its own houses into its own store. Equal stores are a draw.\n\n"
               "## A hint\n\n"
               "A house that reaches your store exactly gives you a second move: play the one nearest to the store "
               "first, so that it is not filled by the others.\n";
    }

    // ---- board: cell 8 * side + house; 8 * side + 6 is a store ----

    static constexpr std::uint32_t count_cell = 20, name_cell = 40; // + 8 * side + house

    void layout(Board &board) const {
        const float width = static_cast<float>(houses_) + 2.6f;
        board.extent(0, 0, width, 3.5f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x8a5f3bff,
                    .x = width / 2,
                    .y = 1.75f,
                    .w = width - 0.1f,
                    .h = 3.4f});
        for (unsigned side = 0; side < 2; ++side) {
            for (unsigned house = 0; house < houses_; ++house) {
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
            for (unsigned house = 0; house <= store; house = house + 1 == houses_ ? store : house + 1) {
                const unsigned seeds = std::min(seeds_in(state.side[side], house), most_seeds);
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
                          .label = "Store",
                          .value = value.c_str()});
        }
    }

    void path(const State &state, Move house, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(static_cast<std::uint32_t>(8 * state.mover + house));
    }

private:
    static constexpr std::uint32_t wood = 0x5d3c22ff;
    static constexpr unsigned moves_again = 1000;

    bool is_over(const State &state) const { return ((state.side[0] | state.side[1]) & all_houses_) == 0; }

    // The top bit of every house that has seeds.
    Side filled(Side side) const {
        constexpr Side low = 0x7f7f7f7f7f7f7f7fu;
        return ((side & all_houses_) + low) & ~low;
    }
    unsigned seeds_at_home(Side side) const {
        return static_cast<unsigned>(((side & all_houses_) * 0x0101010101010101u) >> 56);
    }

    // Sows from a house that has so many seeds; says whether the same side moves again.
    bool sow(Side &own, Side &other, unsigned house, unsigned seeds) const {
        const Sowing &sowing = (*sowings_)[house][seeds];
        own = emptied(own, house) + sowing.own;
        other += sowing.other;
        if (sowing.last < store && seeds_in(own, sowing.last) == 1) {
            const unsigned opposite = houses_ - 1 - sowing.last, prey = seeds_in(other, opposite);
            if (prey > 0 || empty_capture_) {
                own = emptied(own, sowing.last) + in_house(store, 1 + prey);
                other = emptied(other, opposite);
            }
        }
        if ((own & all_houses_) == 0 || (other & all_houses_) == 0) {
            own = in_house(store, seeds_in(own, store) + seeds_at_home(own));
            other = in_house(store, seeds_in(other, store) + seeds_at_home(other));
        }
        return sowing.last == store;
    }

    // The seeds that a move captures together with its own last one, `moves_again`, or 0.
    unsigned gain_of(const State &state, Move house) const {
        const Side own = state.side[state.mover & 1], other = state.side[~state.mover & 1];
        const Sowing &sowing = (*sowings_)[house][std::min(seeds_in(own, house), most_seeds)];
        if (sowing.last == store) return moves_again;
        if (sowing.last > store || seeds_in(emptied(own, house) + sowing.own, sowing.last) != 1) return 0;
        const unsigned prey = seeds_in(other + sowing.other, houses_ - 1 - sowing.last);
        return prey > 0 || empty_capture_ ? 1 + prey : 0;
    }

    static std::string house_name(unsigned side, unsigned house) {
        return {static_cast<char>((side == 0 ? 'a' : 'A') + static_cast<char>(house))};
    }
    std::string side_text(Side side) const {
        std::string text;
        for (unsigned house = 0; house < houses_; ++house) {
            text += (house > 0 ? "," : "") + std::to_string(seeds_in(side, house));
        }
        return text + ":" + std::to_string(seeds_in(side, store));
    }

    float house_x(unsigned side, unsigned house) const {
        return 1.8f + static_cast<float>(side == 0 ? house : houses_ - 1 - house);
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

    unsigned houses_, seeds_;
    bool empty_capture_;
    Side all_houses_;
    const SowingTable *sowings_;
};

} // namespace

PARLOUR_GAME(Kalah);
