// 2048: slide and merge numbered tiles, for one player, on 4x4, 3x3 or 2x2.
//
// clang-format off
//     a4 b4 c4 d4        0  1  2  3        board: four bits a square, at 4 * its number, also on the smaller boards,
//     a3 b3 c3 d3        4  5  6  7        which lie in the corner of 0. A square has 0 or n for the tile 2^n; so
//     a2 b2 c2 d2        8  9 10 11        32768 is the largest tile, and two of them do not merge.
//     a1 b1 c1 d1       12 13 14 15
// clang-format on
//
//     Moves 0..3 are left, right, up and down. Nature's moves are  4 + 2 * square  for a 2,  one more for a 4.
//
// A game begins with two tiles, and every move is followed by one: on any empty square alike, 2 nine times in ten and
// otherwise 4. A move slides all tiles as far as they go; two equal ones that meet become one of twice the number,
// which is so many points, and is not merged again in that move. A move has to change something. The game is over
// when none does, or, with a target, when that tile is there.
//
// The utility is, with a target, 1 when it is reached and otherwise 0; without, the points on a scale of doublings:
// log2(1 + points / 4) / 21, below 1 for all that can be reached.
//
// A position is the rows from the top with 0 for an empty square, the points, and how many tiles nature has to place:
// "2,0,0,0/0,0,4,0/0,0,0,0/0,0,0,0 score 0 place 1".
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Failure;
using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::Option;
using parlour::OptionValues;
using parlour::OutcomeList;
using parlour::Path;
using parlour::quote;
using parlour::Rng;
using parlour::Turn;
using Tiles = std::uint64_t;

enum Direction : Move { left = 0, right = 1, up = 2, down = 3 };
constexpr std::array<const char *, 4> direction_names{"left", "right", "up", "down"};
constexpr unsigned largest = 15;
constexpr Tiles ones = 0x1111111111111111u; // the lowest bit of every square

constexpr Move placing(unsigned square, bool four) {
    return 4 + 2 * square + four;
}

// The lowest bit of every square that is not empty.
constexpr Tiles filled(Tiles tiles) {
    tiles |= tiles >> 2;
    return (tiles | tiles >> 1) & ones;
}

constexpr Tiles transposed(Tiles tiles) {
    Tiles swap = (tiles ^ tiles >> 12) & 0x0000f0f00000f0f0u;
    tiles ^= swap ^ swap << 12;
    swap = (tiles ^ tiles >> 24) & 0x00000000ff00ff00u;
    return tiles ^ swap ^ swap << 24;
}
constexpr Tiles mirrored_columns(Tiles tiles) {
    tiles = (tiles >> 4 & 0x0f0f0f0f0f0f0f0fu) | (tiles & 0x0f0f0f0f0f0f0f0fu) << 4;
    return (tiles >> 8 & 0x00ff00ff00ff00ffu) | (tiles & 0x00ff00ff00ff00ffu) << 8;
}
constexpr Tiles mirrored_rows(Tiles tiles) {
    tiles = (tiles >> 16 & 0x0000ffff0000ffffu) | (tiles & 0x0000ffff0000ffffu) << 16;
    return tiles >> 32 | tiles << 32;
}

// For every row of four squares: what it becomes when it slides towards its first square, and how it looks to eval().
struct Rows {
    std::array<std::uint16_t, 65536> slid;
    std::array<std::int16_t, 65536> worth;

    Rows() {
        for (unsigned row = 0; row < slid.size(); ++row) {
            std::array<unsigned, 4> tiles{row & 15, row >> 4 & 15, row >> 8 & 15, row >> 12};
            worth[row] = worth_of(tiles);
            unsigned to = 0, before = 0; // `before`: the last tile put down, if it may still be merged
            std::array<unsigned, 4> after{};
            for (const unsigned tile : tiles) {
                if (tile == 0) continue;
                if (tile == before && tile < largest) {
                    after[to - 1] = tile + 1;
                    before = 0;
                } else {
                    after[to++] = before = tile;
                }
            }
            slid[row] = static_cast<std::uint16_t>(after[0] | after[1] << 4 | after[2] << 8 | after[3] << 12);
        }
    }

    // In thousandths of a doubling of the final points: room, pairs to be merged, and tiles that rise or fall from
    // one end to the other.
    static std::int16_t worth_of(const std::array<unsigned, 4> &tiles) {
        int sum = 0, rises = 0, falls = 0;
        unsigned before = 0;
        for (unsigned i = 0; i < 4; ++i) {
            if (tiles[i] == 0) {
                sum += 60;
            } else {
                if (tiles[i] == before) sum += 80;
                before = tiles[i];
            }
            if (i == 0) continue;
            const auto square = [](unsigned tile) { return static_cast<int>(tile * tile); };
            const int step = square(tiles[i]) - square(tiles[i - 1]);
            (step > 0 ? rises : falls) += std::abs(step);
        }
        return static_cast<std::int16_t>(sum - 5 * std::min(rises, falls));
    }
};

const Rows &rows() {
    static const Rows table;
    return table;
}

constexpr std::array<const char *, 3> sizes{"4", "3", "2"};
constexpr std::array<const char *, 3> size_labels{"4 x 4", "3 x 3", "2 x 2"};
constexpr std::array<const char *, 14> targets{"none", "8",    "16",   "32",   "64",   "128",   "256",
                                               "512",  "1024", "2048", "4096", "8192", "16384", "32768"};

class Game2048 {
public:
    static constexpr parlour::GameAbout about{
        .id = "game_2048",
        .name = "2048",
        .family = "puzzle",
        .summary = "Slide the tiles; equal ones merge into one of twice the number.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_CHANCE | PARLOUR_GAME_COMPOUND,
        .players_min = 1,
        .players_max = 1,
        .max_moves = 32, // nature's: two tiles on each of sixteen squares
        .move_space = 36,
        // Every tile that is placed adds two or more to the sum of all, which is at most 16 * 32768, and a move comes
        // before each but the first two.
        .max_plies = 2 * 16 * 32768 / 2,
        .util_min = 0,
        .util_max = 1,
        .accent = 0xc8652bff};

    static constexpr std::array options{
        Option::choice("size", "Board", "How many squares a side of the board has.", "4", sizes, size_labels),
        Option::choice("target", "Target", "The tile that wins the game; without one you play for points.", "none",
                       targets, targets)};

    explicit Game2048(const OptionValues &values)
        : size_(static_cast<unsigned>(std::stoi(values.text("size")))), rows_(&rows()) {
        if (const std::string &target = values.text("target"); target != "none") {
            target_ = static_cast<unsigned>(std::countr_zero(static_cast<unsigned>(std::stoi(target))));
        }
        for (unsigned row = 0; row < size_; ++row) {
            for (unsigned column = 0; column < size_; ++column) {
                const Tiles square = Tiles{1} << 4 * (4 * row + column);
                squares_ |= square;
                if (column + 1 < size_) has_right_ |= square;
                if (row + 1 < size_) has_below_ |= square;
            }
        }
    }

    struct State {
        Tiles tiles;
        std::uint32_t fours; // how many fours nature has placed: with the tiles they tell the points
        std::uint32_t due;   // tiles that nature has to place now
    };

    // ---- rules ----

    State initial() const { return {0, 0, 2}; }

    Turn turn(const State &state) const {
        if (state.due > 0) return Turn::chance();
        return directions(state) == 0 ? Turn::over() : Turn::of(0);
    }

    void legal(const State &state, MoveList &moves) const {
        if (state.due > 0) {
            for (Tiles empty = empties(state); empty != 0; empty &= empty - 1) {
                const unsigned square = lowest_bit(empty) / 4;
                moves.add(placing(square, false));
                moves.add(placing(square, true));
            }
            return;
        }
        for (unsigned set = directions(state); set != 0; set &= set - 1) {
            moves.add(static_cast<Move>(std::countr_zero(set)));
        }
    }

    void outcomes(const State &state, OutcomeList &list) const {
        if (state.due == 0) return;
        const Tiles all = empties(state);
        const auto n = static_cast<float>(std::popcount(all));
        for (Tiles empty = all; empty != 0; empty &= empty - 1) {
            const unsigned square = lowest_bit(empty) / 4;
            list.add(placing(square, false), 0.9f / n);
            list.add(placing(square, true), 0.1f / n);
        }
    }
    Move sample(const State &state, Rng &rng) const {
        const Tiles empty = empties(state);
        const std::uint32_t drawn = rng.below(10 * static_cast<std::uint32_t>(std::popcount(empty)));
        return placing(nth_bit(empty, drawn / 10) / 4, drawn % 10 == 0);
    }

    Turn apply(State &state, Move move) const {
        if (state.due > 0) {
            const unsigned square = (move - 4) / 2 % 16, four = move & 1;
            if (move < 4 || move >= about.move_space || (empties(state) >> 4 * square & 1) == 0) [[unlikely]]
                return Turn::fault();
            state.tiles |= Tiles{1 + four} << 4 * square;
            state.fours += four;
            --state.due;
        } else {
            if (move > down || (directions(state) >> move & 1) == 0) [[unlikely]]
                return Turn::fault();
            state.tiles = slid(state.tiles, move);
            state.due = has_won(state) ? 0 : 1;
        }
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] =
            target_ > 0 ? (has_won(state) ? 1.0f : 0.0f) : static_cast<float>(doublings(state) / most_doublings);
    }

    // With a target, points do not matter.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t rest = state.due + 1 + (target_ > 0 ? 0u : std::uint64_t{state.fours} << 8);
        return parlour::mix64(parlour::mix64(state.tiles) + rest * 0x9e3779b97f4a7c15u);
    }

    Move random_move(const State &state, Rng &rng) const {
        const unsigned set = directions(state);
        return nth_bit(set, rng.below(static_cast<std::uint32_t>(std::popcount(set))));
    }

    // ---- texts ----

    // "left"; nature's are the tile and its square: "4@b3".
    std::string move_text(const State &, Move move) const {
        if (move <= down) return direction_names[move];
        return std::string(move & 1 ? "4@" : "2@") + square_name((move - 4) / 2 % 16);
    }

    // Reads also the first letters, and w, a, s, d.
    Move parse_move(const State &state, std::string_view text) const {
        const std::string plain = parlour::squeezed(text);
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        constexpr std::array<std::array<std::string_view, 2>, 4> short_names{
            {{"l", "a"}, {"r", "d"}, {"u", "w"}, {"", "s"}}};
        for (const Move move : moves) {
            if (plain == move_text(state, move)) return move;
            if (move > down || plain.empty()) continue;
            if (plain == short_names[move][0] || plain == short_names[move][1]) return move;
        }
        const std::string quoted = quote(text);
        if (state.due > 0) {
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here; a tile is placed now, as " +
                                                 move_text(state, moves[0]));
        }
        std::string ways;
        for (const Move move : moves) ways += (ways.empty() ? "; possible are " : ", ") + move_text(state, move);
        throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here" + ways);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < size_; ++row) {
            for (unsigned column = 0; column < size_; ++column) {
                text += column > 0 ? "," : row > 0 ? "/" : "";
                text += std::to_string(number_of(tile_at(state, 4 * row + column)));
            }
        }
        text += " score " + std::to_string(points(state));
        return state.due > 0 ? text + " place " + std::to_string(state.due) : text;
    }

    State parse_state(std::string_view text) const {
        const auto refuse = [&](const std::string &what) {
            return Failure(PARLOUR_E_PARSE,
                           what + "; a position of this game looks like \"" + state_text(initial()) + "\"");
        };
        const auto read = [&](const std::string &before) {
            if (!text.starts_with(before)) throw refuse("\"" + before + "\" is missing");
            text.remove_prefix(before.size());
            const auto number = parlour::take_number<std::uint64_t>(text);
            if (!number || *number > 100'000'000) throw refuse("a number is missing");
            return *number;
        };
        State state{};
        for (unsigned row = 0; row < size_; ++row) {
            for (unsigned column = 0; column < size_; ++column) {
                const std::uint64_t number = read(column > 0 ? "," : row > 0 ? "/" : "");
                if (number != 0 && (number < 2 || number > 32768 || !std::has_single_bit(number))) {
                    throw refuse(std::to_string(number) + " is no tile");
                }
                if (number > 0) state.tiles |= Tiles(std::countr_zero(number)) << 4 * (4 * row + column);
            }
        }
        const auto score = static_cast<std::int64_t>(read(" score "));
        const std::int64_t most = points(state);
        if (score > most || (most - score) % 4 != 0) {
            throw refuse("these tiles are worth " + std::to_string(most) + " points, less 4 for every 4 that was " +
                         "placed, not " + std::to_string(score));
        }
        state.fours = static_cast<std::uint32_t>((most - score) / 4);
        if (!text.empty()) state.due = static_cast<std::uint32_t>(read(" place "));
        if (!text.empty()) throw refuse("there is something behind the position");
        return state;
    }

    std::string check(const State &state) const {
        if ((filled(state.tiles) & ~squares_) != 0) return "there is a tile outside the board";
        const int tiles = std::popcount(filled(state.tiles));
        std::uint32_t most_fours = 0;
        for (unsigned square = 0; square < 16; ++square) {
            const unsigned tile = tile_at(state, square);
            if (target_ > 0 && tile > target_) return "there is a tile above the target";
            most_fours += tile < 2 ? 0 : 1u << (tile - 2);
        }
        if (state.fours > most_fours) return "more fours were placed than these tiles can be made of";
        if (state.due > 2 || (state.due == 2 && tiles > 0)) return "two tiles are placed on an empty board only";
        if (state.due == 1 && (tiles == 0 || tiles == static_cast<int>(size_ * size_))) {
            return "one tile is placed on a board that has some tiles and an empty square";
        }
        if (has_won(state) && state.due > 0) return "the target is reached, so no tile is placed";
        if (!has_won(state) && state.due == 0 && tiles < 2) return "there are always two tiles or more to move";
        return {};
    }

    // ---- search ----

    // The points so far in doublings, and how many more the board promises: room, pairs and orderly lines (the
    // features of R. Xiao's solver of 2014; the weights are hand-set). With a target, the sum of the tiles stands for
    // the points.
    std::int32_t eval(const State &state, std::uint32_t) const {
        int worth = 0;
        for (const Tiles tiles : {state.tiles, transposed(state.tiles)}) {
            for (unsigned row = 0; row < 4; ++row) worth += rows_->worth[tiles >> 16 * row & 0xffff];
        }
        const double promise = std::max(0.3, 2.5 + worth / 1000.0);
        double share = (doublings(state) + promise) / most_doublings;
        if (target_ > 0) {
            double sum = 0;
            for (unsigned square = 0; square < 16; ++square) sum += number_of(tile_at(state, square));
            share = (std::log2(1 + sum) / (target_ + 1) * 4 + promise) / 10;
        }
        const double unit = std::clamp(2 * share - 1, -0.98, 0.98);
        return static_cast<std::int32_t>(std::lround(1000 * unit / (1 - std::abs(unit))));
    }

    // What merges most first.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = moves[i] > down
                           ? std::int16_t{0}
                           : static_cast<std::int16_t>(-std::popcount(filled(slid(state.tiles, moves[i]))));
        }
    }

    // 1 mirrors the columns, 2 the rows, and 4 then exchanges the two.
    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        if ((symmetry & 1) != 0) image.tiles = mirrored_columns(image.tiles) >> 4 * (4 - size_);
        if ((symmetry & 2) != 0) image.tiles = mirrored_rows(image.tiles) >> 16 * (4 - size_);
        if ((symmetry & 4) != 0) image.tiles = transposed(image.tiles);
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        if (move > down) {
            unsigned row = (move - 4) / 2 / 4 % 4, column = (move - 4) / 2 % 4;
            if ((symmetry & 1) != 0) column = size_ - 1 - column;
            if ((symmetry & 2) != 0) row = size_ - 1 - row;
            if ((symmetry & 4) != 0) std::swap(row, column);
            return placing(4 * row + column, move & 1);
        }
        if ((symmetry & (move < up ? 1u : 2u)) != 0) move ^= 1;
        return (symmetry & 4) != 0 ? move ^ 2 : move;
    }

    // ---- people ----

    std::int64_t score(const State &state, std::uint32_t) const { return points(state); }

    std::string player_name(std::uint32_t) const { return "Player"; }

    std::string reason(const State &state) const {
        // Without a target there is nothing to win or lose.
        return (target_ == 0 ? "Finished with " : "with ") + std::to_string(points(state)) + " points, best tile " +
               std::to_string(number_of(best_tile(state)));
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.due > 0) return "A tile is being placed.";
        if (directions(state) == 0) return "The game is over.";
        if (from >= 16 || to >= 16 || from == to) return "Swipe along a row or a column: all tiles slide that way.";
        const bool level = from / 4 == to / 4, upright = from % 4 == to % 4;
        return level || upright ? "Nothing would move that way." : "Tiles slide along rows and columns only.";
    }

    std::string rules() const {
        const std::string goal =
            target_ > 0 ? "You win when there is a tile of **" + std::to_string(number_of(target_)) + "**."
                        : std::string("You play for **points**: go on as long as you can.");
        return "# 2048\n\n" + goal +
               "\n\n## A move\n\n"
               "Choose a direction. **All tiles slide** that way as far as they go. Two equal tiles that meet "
               "**merge** "
               "into one of twice the number, and you get that many points. A tile that was just made is not merged "
               "again in the same move.\n\n"
               "After each move a new tile comes up on an empty square: mostly a 2, sometimes (one in ten) a 4.\n\n"
               "## The end\n\n"
               "The game is over when the board is full and no two equal tiles lie side by side.\n\n"
               "## Entering moves\n\n"
               "Swipe across the board, press **A**, **D**, **W** or **S**, or use the buttons.\n\n"
               "## A hint\n\n"
               "Keep the largest tile in a corner and the others falling away from it along the edge, and avoid one "
               "of "
               "the four directions altogether.\n";
    }

    // ---- board ----

    void layout(parlour::Board &board) const {
        const auto size = static_cast<float>(size_);
        board.extent(-0.2f, -0.2f, size + 0.2f, size + 0.2f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x4a4f63ff,
                    .x = size / 2,
                    .y = size / 2,
                    .w = size + 0.2f,
                    .h = size + 0.2f});
        for (unsigned row = 0; row < size_; ++row) {
            for (unsigned column = 0; column < size_; ++column) {
                const std::string name = square_name(4 * row + column);
                board.cell({.id = 4 * row + column,
                            .shape = PARLOUR_SHAPE_ROUND,
                            .color = PARLOUR_COLOR_RGBA,
                            .rgba = 0x616880ff,
                            .x = static_cast<float>(column) + 0.5f,
                            .y = static_cast<float>(row) + 0.5f,
                            .w = 0.9f,
                            .h = 0.9f,
                            .label = name.c_str()});
            }
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        // Lighter to darker through blue, then gold to wine.
        constexpr std::array<std::uint32_t, 16> colors{
            0,          0xe9edf2ff, 0xcfdcecff, 0xa3c5e8ff, 0x6aa6dcff, 0x3f86c8ff, 0x2c69adff, 0xf2cb5eff,
            0xeeae3eff, 0xe88e30ff, 0xdd6b28ff, 0xc8442bff, 0x9d2f3bff, 0x702652ff, 0x4b1f5cff, 0x2a1a4aff};
        for (unsigned square = 0; square < 16; ++square) {
            const unsigned tile = tile_at(state, square);
            if (tile == 0) continue;
            const std::string number = std::to_string(number_of(tile));
            board.piece({.cell = square,
                         .kind = PARLOUR_PIECE_TILE,
                         .color = PARLOUR_COLOR_RGBA,
                         .rgba = colors[tile],
                         .scale = 1.2f,
                         .glyph = number.c_str(),
                         .label = number.c_str()});
        }
        const std::string score = std::to_string(points(state)), best = std::to_string(number_of(best_tile(state)));
        board.widget(
            {.id = 10, .kind = PARLOUR_WIDGET_COUNTER, .player = 0, .label = "Points", .value = score.c_str()});
        board.widget({.id = 11, .kind = PARLOUR_WIDGET_COUNTER, .label = "Best tile", .value = best.c_str()});
        constexpr std::array<const char *, 4> labels{"Left", "Right", "Up", "Down"};
        constexpr std::array<std::uint32_t, 4> keys{0x2190, 0x2192, 0x2191, 0x2193};
        for (const Move move : {left, up, down, right}) {
            board.widget({.id = move, .player = 0, .key = keys[move], .label = labels[move]});
        }
    }

    // The button, then swipes: from every square to every other of its row or column that lies in the direction.
    void path(const State &, Move move, std::uint32_t alternative, Path &path) const {
        if (move > down) return;
        if (alternative == 0) {
            path.button(move);
            return;
        }
        for (std::uint32_t line = 0; line < size_; ++line) {
            for (std::uint32_t from = 0; from < size_; ++from) {
                for (std::uint32_t to = 0; to < from; ++to) {
                    if (--alternative > 0) continue;
                    const bool back = (move & 1) != 0; // towards the last square of the line
                    const auto square = [&](std::uint32_t at) { return move < up ? 4 * line + at : 4 * at + line; };
                    path.cell(square(back ? to : from));
                    path.cell(square(back ? from : to));
                    return;
                }
            }
        }
    }

private:
    static constexpr double most_doublings = 21;

    static unsigned tile_at(const State &state, unsigned square) {
        return static_cast<unsigned>(state.tiles >> 4 * square & 15);
    }
    static unsigned number_of(unsigned tile) { return tile == 0 ? 0 : 1u << tile; }
    std::string square_name(unsigned square) const {
        return {static_cast<char>('a' + static_cast<char>(square % 4)),
                static_cast<char>('0' + static_cast<char>(size_ - std::min(square / 4, size_)))};
    }
    static unsigned best_tile(const State &state) {
        unsigned best = 0;
        for (unsigned square = 0; square < 16; ++square) best = std::max(best, tile_at(state, square));
        return best;
    }

    Tiles empties(const State &state) const { return squares_ & ~filled(state.tiles); }

    // Making a tile 2^n of twos brings (n - 1) * 2^n points; of a placed four the four points of its making are
    // missing.
    static std::int64_t points(const State &state) {
        std::int64_t sum = 0;
        for (unsigned square = 0; square < 16; ++square) {
            const unsigned tile = tile_at(state, square);
            if (tile > 0) sum += std::int64_t{tile - 1} << tile;
        }
        return sum - 4 * std::int64_t{state.fours};
    }
    static double doublings(const State &state) { return std::log2(1 + static_cast<double>(points(state)) / 4); }

    bool has_won(const State &state) const { return target_ > 0 && filled(state.tiles ^ ones * target_) != ones; }

    // A bit for each direction in which something moves or merges.
    unsigned directions(const State &state) const {
        if (has_won(state)) return 0;
        const Tiles tiles = state.tiles, here = filled(tiles);
        const Tiles mergeable = here & ~(tiles & tiles >> 1 & tiles >> 2 & tiles >> 3);
        const Tiles level = mergeable & ~filled(tiles ^ tiles >> 4) & has_right_;
        const Tiles upright = mergeable & ~filled(tiles ^ tiles >> 16) & has_below_;
        const Tiles beside = here >> 4, below = here >> 16;
        return static_cast<unsigned>((level | (beside & ~here & has_right_)) != 0) << left |
               static_cast<unsigned>((level | (here & ~beside & has_right_)) != 0) << right |
               static_cast<unsigned>((upright | (below & ~here & has_below_)) != 0) << up |
               static_cast<unsigned>((upright | (here & ~below & has_below_)) != 0) << down;
    }

    Tiles slid(Tiles tiles, Move direction) const {
        const unsigned spare = 4 * (4 - size_);
        if (direction >= up) tiles = transposed(tiles);
        if ((direction & 1) != 0) tiles = mirrored_columns(tiles) >> spare;
        const auto row = [&](unsigned i) { return Tiles{rows_->slid[tiles >> 16 * i & 0xffff]} << 16 * i; };
        tiles = row(0) | row(1) | row(2) | row(3);
        if ((direction & 1) != 0) tiles = mirrored_columns(tiles) >> spare;
        return direction >= up ? transposed(tiles) : tiles;
    }

    unsigned size_, target_ = 0; // target_: the exponent of two, or 0
    Tiles squares_ = 0, has_right_ = 0, has_below_ = 0;
    const Rows *rows_;
};

} // namespace

PARLOUR_GAME(Game2048);
