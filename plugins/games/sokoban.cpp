// Sokoban for one player: push every box onto a goal. Boxes are pushed one at a time and never pulled.
//
// clang-format off
//        column 0 .. 15
//   row 0   0   1   2 ..  15        cell = 16 * row + column; a set is four words of 64 bits, four rows each.
//   row 1  16  17  18 ..  31        A level lies in the middle of the instance's board, whose top left corner is
//   ...                             cell 0. Levels are closed by walls, so no step leads over the rim of the grid.
//   row 15 240 ..        255
// clang-format on
//
// One ply is one push: a move is 4 * the box's cell + direction (left, up, right, down), and the walk to it is found
// by itself. Its text is in LURD notation, the walk in small letters and the push in a capital one: "uulD"; so the
// texts of a game, one after another, are a solution as people exchange them.
//
// A position is an XSB level on one line: # wall, - floor, . goal, $ box, * box on a goal, @ player, + player on a
// goal, rows separated by '/', then ";7" after seven pushes. Reading takes blanks and '_' for floor, '|' and line
// feeds between rows, and run lengths ("5#"), as other programs write them.
//
// The game is won when all boxes stand on goals. It is lost as soon as no solution can be left: a box stands where
// it could not reach any goal even if it were alone, or boxes that block each other for ever are not all on goals;
// or there is no push at all; or after 1000 pushes. Ending early takes nothing from anybody (no solution leads
// through such a position), and a push can be taken back.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Failure;
using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::Turn;

constexpr unsigned stride = 16, n_cells = stride * stride, most_boxes = 32, most_pushes = 1000;
constexpr std::array<int, 4> deltas{-1, -16, 1, 16};
constexpr std::string_view walk_letters = "lurd", push_letters = "LURD";

constexpr unsigned neighbour(unsigned cell, unsigned direction) {
    return (cell + static_cast<unsigned>(deltas[direction])) % n_cells;
}
constexpr unsigned opposite(unsigned direction) {
    return direction ^ 2;
}

struct Cells {
    std::uint64_t words[4];

    bool operator==(const Cells &) const = default;
    bool has(unsigned cell) const { return (words[cell / 64] >> cell % 64 & 1) != 0; }
    void put(unsigned cell) { words[cell / 64] |= std::uint64_t{1} << cell % 64; }
    void take(unsigned cell) { words[cell / 64] &= ~(std::uint64_t{1} << cell % 64); }
    bool empty() const { return (words[0] | words[1] | words[2] | words[3]) == 0; }
    unsigned size() const {
        unsigned sum = 0;
        for (const std::uint64_t word : words) sum += static_cast<unsigned>(std::popcount(word));
        return sum;
    }
    // The lowest cell; there is one.
    unsigned first() const {
        unsigned at = 0;
        while (words[at] == 0) ++at;
        return 64 * at + lowest_bit(words[at]);
    }
    // The index-th cell, counted from 0; there are more than that.
    unsigned nth(unsigned index) const {
        unsigned at = 0;
        for (unsigned n; index >= (n = static_cast<unsigned>(std::popcount(words[at]))); ++at) index -= n;
        return 64 * at + parlour::nth_bit(words[at], index);
    }
    template <class Each>
    void each(Each do_it) const {
        for (unsigned i = 0; i < 4; ++i) {
            for (std::uint64_t left = words[i]; left != 0; left &= left - 1) {
                do_it(64 * i + lowest_bit(left));
            }
        }
    }
};

template <class Combine>
inline Cells combined(const Cells &a, const Cells &b, Combine combine) {
    Cells out{};
    for (unsigned i = 0; i < 4; ++i) out.words[i] = combine(a.words[i], b.words[i]);
    return out;
}
inline Cells operator|(const Cells &a, const Cells &b) {
    return combined(a, b, [](auto x, auto y) { return x | y; });
}
inline Cells operator&(const Cells &a, const Cells &b) {
    return combined(a, b, [](auto x, auto y) { return x & y; });
}
inline Cells operator~(const Cells &a) {
    return combined(a, a, [](auto x, auto) { return ~x; });
}
inline Cells lone(unsigned cell) {
    Cells out{};
    out.put(cell);
    return out;
}

// All cells of a set, moved by one step.
inline Cells moved(const Cells &cells, unsigned direction) {
    const auto &w = cells.words;
    switch (direction) {
        case 0:
            return {{w[0] >> 1 | w[1] << 63, w[1] >> 1 | w[2] << 63, w[2] >> 1 | w[3] << 63, w[3] >> 1}};
        case 1:
            return {{w[0] >> 16 | w[1] << 48, w[1] >> 16 | w[2] << 48, w[2] >> 16 | w[3] << 48, w[3] >> 16}};
        case 2:
            return {{w[0] << 1, w[1] << 1 | w[0] >> 63, w[2] << 1 | w[1] >> 63, w[3] << 1 | w[2] >> 63}};
        default:
            return {{w[0] << 16, w[1] << 16 | w[0] >> 48, w[2] << 16 | w[1] >> 48, w[3] << 16 | w[2] >> 48}};
    }
}

// The cells of `open` that a walk from `from` reaches: along rows at once, by a carry to the right and by doubling
// steps to the left, then one row up and down, until nothing is added.
inline Cells walked(const Cells &from, const Cells &open) {
    Cells reached = from & open;
    for (;;) {
        Cells grown = reached;
        for (unsigned i = 0; i < 4; ++i) {
            const std::uint64_t through = open.words[i], seeds = grown.words[i];
            std::uint64_t fill = seeds | (((through + seeds) ^ through) & through), pass = through;
            for (const unsigned step : {1u, 2u, 4u, 8u}) {
                fill |= pass & fill >> step;
                pass &= pass >> step;
            }
            grown.words[i] = fill;
        }
        grown = (grown | moved(grown, 1) | moved(grown, 3)) & open;
        if (grown == reached) return reached;
        reached = grown;
    }
}

// Levels made for this program: goals and walls by hand and by a generator that takes, of all positions from which
// the goals can be filled, one that needs most pushes. `pushes` is the least number that solves it, found by an
// exhaustive search from the goals backwards and found again by one from the start forwards.
struct Level {
    const char *name, *xsb;
    unsigned pushes;
};
constexpr std::array<Level, 26> levels{{
    {"First steps", "########/#--.---#/#-$--$.#/#---@--#/########", 3},
    {"Round the bend", "####/#@-####/#---$-#/#-----#/####-.#/---####", 7},
    {"The far side", "#######/#@##--#/#-##--#/#.$---#/###--##/--####", 7},
    {"Two in a nook", "--#####/--#@-.#/###-#-#/#--$--#/#--$.-#/#######", 13},
    {"Side by side", "#####/#+--#/#---###/#--$--#/#-.$--#/#######", 13},
    {"Make room", "#######/#+-#--#/#--#--#/#-$---#/#.-$-##/######", 15},
    {"Hand in hand", "########/#..----#/#----#-#/#--#---#/#-$@$--#/#####--#/----####", 17},
    {"The pillar", "#######/#@-..-##/#--##$-#/#--##--#/#----$-#/#----###/######", 17},
    {"The cellar", "#####/#@--#/#.#$####/#.#-$--#/#------#/#---####/#####", 19},
    {"Three steps", "########/#@-##--#/#--#...#/#--#$--#/#---$$##/#-----#/#######", 25},
    {"The shelf", "--######/###@---#/#.-.---#/#--$-$*#/#-###--#/###-#--#/----####", 24},
    {"The roof", "########/#@--.--#/#-.---.#/#--$-$$#/#####--#/----#--#/----####", 24},
    {"Zigzag", "#####/#+..#/#--##/#---###/#--$--###/#--$--$-#/####----#/---######", 25},
    {"The long way", "########/#+.----#/#.--##-#/#---##-#/#------#/#-$-$$-#/#####--#/----####", 26},
    {"Chimney", "#######/#@...-###/#-##----#/#-##----#/#-$-----#/#-$$##--#/#---#####/#####", 31},
    {"Delivery", "#########/#@--#...#/#-$$#---#/#-$--#--#/#--#-#--#/#------##/#-------#/#########", 39},
    {"Cloakroom", "#######/#..---#/#..---##/##-----#/#@$----#/#-$-$$-#/#####--#/----####", 32},
    {"Side door", "#########/#..-----#/#..---$-#/#---$-$##/#####$@#/----#--#/----####", 33},
    {"Top shelf", "#######/#....-#/#-#--$#/#-----###/#-----$@#/#--##$$-#/#--##---#/#########", 38},
    {"The lock", "####-####/#--#-#--#/#--###--#/#--$@$--#/#--$#.#-#/#---*.#-#/#-##.---#/#########", 38},
    {"Two rooms", "#########/#@--#...#/#--$--.-#/###-##-$#/###$----#/#---$-###/#---###/#####", 48},
    {"Nest", "########/#-.----#/#..----#/#..-#$-#/#--$@$-#/####$$-#/---#---#/---#####", 38},
    {"Knot", "########/#@--.--#/#-$-$$.#/##$##.-#/#-.-.$$#/#--.---#/########", 34},
    {"Six pack", "---#####/---#+..#/####...#/#-$-$--#/#-$--$-#/#--$-$-#/#---####/#####", 34},
    {"Ladder", "########/#+.#---#/#.-#---##/#.-##-$-#/#.-##-$-#/#---$$$-#/#-------#/#########", 46},
    {"Warehouse", "#########/#-#@--..#/#-$$#-..#/#--$-#.-#/#-#$-#--#/#----$--#/#---#---#/#########", 51},
}};

class Sokoban {
public:
    static constexpr parlour::GameAbout about{.id = "sokoban",
                                              .name = "Sokoban",
                                              .family = "puzzle",
                                              .summary = "Push every box onto a goal, and think before you push.",
                                              .author = "Parlour",
                                              .flags = 0,
                                              .players_min = 1,
                                              .players_max = 1,
                                              // A box can be pushed in four directions at most.
                                              .max_moves = 4 * most_boxes,
                                              .move_space = 4 * n_cells,
                                              .max_plies = most_pushes,
                                              .util_min = 0,
                                              .util_max = 1,
                                              .accent = 0x8a5a2bff};

    static constexpr std::array options{
        parlour::Option::integer("level", "Level", "From the easiest to the hardest.", "1", 1,
                                 static_cast<double>(levels.size())),
        parlour::Option::text("xsb", "A level of your own",
                              "In XSB form on one line, rows separated by /; instead of the level above.", "")};

    explicit Sokoban(const parlour::OptionValues &values) {
        const std::string &own = values.text("xsb");
        level_ = own.empty() ? static_cast<unsigned>(values.integer("level")) : 0;
        const Sheet sheet = own.empty() ? Sheet(levels[level_ - 1].xsb) : sheet_of_option(own);
        width_ = sheet.width;
        height_ = sheet.height;
        start_ = placed(sheet);
        if (const std::string problem = check(start_); !problem.empty()) throw Failure(PARLOUR_E_ARG, problem);
    }

    enum Ending : std::uint8_t { running = 0, solved, stuck, no_push, too_long };

    struct State {
        Cells walls, goals, boxes;
        Cells live;  // from where a box that is alone can be pushed to a goal
        Cells reach; // where the player can walk to
        std::uint16_t pushes;
        std::uint8_t player;
        std::uint8_t ending;
        std::uint32_t reserved;
    };

    // ---- rules ----

    State initial() const { return start_; }

    Turn turn(const State &state) const { return state.ending != running ? Turn::over() : Turn::of(0); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        for (unsigned direction = 0; direction < 4; ++direction) {
            pushable(state, direction).each([&](unsigned box) { moves.add(4 * box + direction); });
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned box = move / 4, direction = move % 4;
        if (move >= about.move_space || state.ending != running || !pushable(state, direction).has(box)) [[unlikely]]
            return Turn::fault();
        state.boxes.take(box);
        state.boxes.put(neighbour(box, direction));
        state.player = static_cast<std::uint8_t>(box);
        ++state.pushes;
        settle(state);
        return turn(state);
    }

    // A solution is worth 1, and a lost game up to a half, by the share of the boxes that stand on goals.
    void outcome(const State &state, float *util) const {
        const float share = static_cast<float>(home(state)) / static_cast<float>(std::max(1u, state.boxes.size()));
        util[0] = state.ending == solved ? 1.0f : 0.5f * share;
    }

    // Where the player stands inside the part that can be walked does not matter, nor how many pushes were made.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t region = state.reach.empty() ? n_cells : state.reach.first();
        std::uint64_t sum = parlour::mix64(region + (std::uint64_t{state.ending} << 32));
        for (const Cells *cells : {&state.boxes, &state.walls, &state.goals}) {
            for (const std::uint64_t word : cells->words) sum = parlour::mix64(sum ^ word) + 0x9e3779b97f4a7c15u;
        }
        return sum;
    }

    // ---- texts ----

    std::string move_text(const State &state, Move move) const {
        const unsigned box = move / 4 % n_cells, direction = move % 4;
        return walk_text(state, neighbour(box, opposite(direction))) + push_letters[direction];
    }

    // LURD by any walk, in any case; or the box and where it goes: "c4-c5", "c4d".
    Move parse_move(const State &state, std::string_view text) const {
        const std::string shown(text.substr(0, 40));
        std::string word;
        for (const char c : text) {
            if (c != ' ') word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
        Move move = PARLOUR_MOVE_NONE;
        if (!word.empty() && word.find_first_not_of(walk_letters) == std::string::npos) {
            unsigned player = state.player;
            for (std::size_t i = 0; i < word.size(); ++i) {
                const auto direction = static_cast<unsigned>(walk_letters.find(word[i]));
                const unsigned next = neighbour(player, direction);
                if (i + 1 == word.size()) {
                    move = 4 * next + direction;
                } else if (!state.reach.has(next)) {
                    throw Failure(PARLOUR_E_ILLEGAL, "\"" + shown + "\" is no walk with one push at its end");
                }
                player = next;
            }
        } else {
            const unsigned box = read_cell(word);
            if (!word.empty() && word.front() == '-') word.erase(0, 1);
            unsigned direction = word.size() == 1 ? static_cast<unsigned>(walk_letters.find(word.front())) : 4;
            if (box < n_cells && word.size() > 1) {
                const unsigned to = read_cell(word);
                for (direction = 0; direction < 4 && neighbour(box, direction) != to;) ++direction;
            }
            if (box >= n_cells || direction > 3 || word.size() > 1) {
                throw Failure(PARLOUR_E_PARSE, "\"" + shown +
                                                   "\" is not a move; write the walk and the push as in \"uulD\", or "
                                                   "the box and where it goes as in \"c4-c5\"");
            }
            move = 4 * box + direction;
        }
        if (state.ending != running || !pushable(state, move % 4).has(move / 4)) {
            throw Failure(PARLOUR_E_ILLEGAL, "\"" + shown + "\" is not a legal move here: no box can be pushed so");
        }
        return move;
    }

    std::string state_text(const State &state) const {
        const Frame frame(state.walls);
        std::string text;
        for (unsigned row = frame.top; row <= frame.bottom; ++row) {
            std::string line;
            for (unsigned column = frame.left; column <= frame.right; ++column) {
                line += symbol(state, stride * row + column);
            }
            text += (row > frame.top ? "/" : "") + line.substr(0, line.find_last_not_of('-') + 1);
        }
        return state.pushes > 0 ? text + ";" + std::to_string(state.pushes) : text;
    }

    State parse_state(std::string_view text) const {
        const Sheet sheet(text);
        if (sheet.width > width_ || sheet.height > height_) {
            throw Failure(PARLOUR_E_PARSE, "this level is " + size_text(sheet.width, sheet.height) +
                                               ", larger than the board of " + size_text(width_, height_) +
                                               ": start it by the option \"xsb\"");
        }
        return placed(sheet);
    }

    std::string check(const State &state) const {
        if (state.walls.empty()) return "there are no walls";
        const Frame frame(state.walls);
        if (frame.left != (width_ - std::min(width_, frame.width())) / 2 || frame.right >= width_ ||
            frame.top != (height_ - std::min(height_, frame.height())) / 2 || frame.bottom >= height_) {
            return "the level does not lie in the middle of the board";
        }
        if (state.walls.has(state.player)) return "the player stands in a wall";
        if (state.boxes.has(state.player)) return "the player stands on a box";
        const Cells inside = walked(lone(state.player), ~state.walls);
        for (unsigned i = 0; i < stride; ++i) {
            if (inside.has(i) || inside.has(240 + i) || inside.has(stride * i) || inside.has(stride * i + 15)) {
                return "the walls do not close the level";
            }
        }
        if (!(state.boxes & ~inside).empty()) return "a box stands where the player cannot come";
        if (!(state.goals & ~inside).empty()) return "a goal lies where the player cannot come";
        const unsigned boxes = state.boxes.size();
        if (boxes == 0) return "there is no box";
        if (boxes > most_boxes) return "there are more than " + std::to_string(most_boxes) + " boxes";
        if (boxes != state.goals.size()) return "there are not as many goals as boxes";
        if (state.pushes > most_pushes) return "there were more pushes than the rules allow";
        State again = state;
        settle(again);
        if (again.reach != state.reach || live_squares(state) != state.live || again.ending != state.ending ||
            state.reserved != 0) {
            return "the position does not fit what it says of itself";
        }
        return {};
    }

    // ---- for engines ----

    // How far the boxes are from their nearest goals, each as if it were alone (a lower bound of the pushes that are
    // left but for boxes sharing a goal; the usual one since A. Junghanns, Pushing the Limits, 1999).
    std::int32_t eval(const State &state, std::uint32_t) const {
        std::int32_t far = 0;
        Cells left = state.boxes & ~state.goals;
        const std::int32_t away = static_cast<std::int32_t>(left.size());
        Cells near = state.goals;
        for (std::int32_t distance = 1; !left.empty() && distance < 100; ++distance) {
            near = near | one_push_before(state, near);
            far += distance * static_cast<std::int32_t>((left & near).size());
            left = left & ~near;
        }
        return 800 - std::min(1700, 25 * far + 60 * away + state.pushes / 4);
    }

    // Pushes towards the goals first, those into corners last.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        std::array<std::int16_t, n_cells> distance;
        distance.fill(100);
        Cells near{};
        for (std::int16_t at = 0; at < 100; ++at) {
            const Cells next = at == 0 ? state.goals : one_push_before(state, near) & ~near;
            if (next.empty()) break;
            next.each([&](unsigned cell) { distance[cell] = at; });
            near = near | next;
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned box = moves[i] / 4 % n_cells, to = neighbour(box, moves[i] % 4);
            score[i] = static_cast<std::int16_t>(10 * (distance[box] - distance[to]) - distance[to]);
        }
    }

    Move random_move(const State &state, parlour::Rng &rng) const {
        std::array<Cells, 4> sets;
        std::array<unsigned, 4> sizes;
        unsigned total = 0;
        for (unsigned direction = 0; direction < 4; ++direction) {
            sets[direction] = pushable(state, direction);
            total += sizes[direction] = sets[direction].size();
        }
        unsigned index = rng.below(total), direction = 0;
        while (index >= sizes[direction]) index -= sizes[direction++];
        return 4 * sets[direction].nth(index) + direction;
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t) const { return home(state); }

    std::string player_name(std::uint32_t) const { return "Warehouse keeper"; }

    std::string reason(const State &state) const {
        switch (state.ending) {
            case solved:
                return "in " + counted(state.pushes);
            case stuck:
                return "by a box stuck for ever";
            case no_push:
                return "with no box that can be pushed";
            default:
                return "after " + counted(most_pushes);
        }
    }

    std::string rules() const {
        std::string text =
            "# Sokoban\n\n"
            "You keep a warehouse. Push every **box** onto a **goal**, a ring on the floor. Any box may go to any "
            "goal.\n\n"
            "- You walk over free floor and push a box by walking against it.\n"
            "- You push **one box at a time**, and only onto free floor: not against a wall or another box.\n"
            "- You **cannot pull**. A box in a corner stays there for ever.\n\n"
            "The game is lost when a box can never reach a goal any more, because it stands in a corner, along a "
            "wall "
            "without a goal, or in a knot of boxes. Take the push back and try another way.\n\n"
            "## Entering moves\n\n"
            "Touch a box, then the square next to it to which it shall go; or drag it there. The keeper walks by "
            "himself. In the list of moves small letters are steps and a capital one is the push: `uulD` is up, up, "
            "left, and a push down.\n";
        if (level_ > 0) {
            const Level &level = levels[level_ - 1];
            text += "\n## This level\n\nLevel " + std::to_string(level_) + " of " + std::to_string(levels.size()) +
                    ", *" + level.name + "*, can be solved in **" + counted(level.pushes) + "**, and not in fewer.\n";
        }
        return text;
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over; take a push back to go on.";
        if (from >= n_cells) return {};
        if (state.walls.has(from)) return "That is a wall.";
        if (!state.boxes.has(from)) return "Touch a box, then the square next to it to which it shall go.";
        unsigned direction = 0;
        while (direction < 4 && neighbour(from, direction) != to) ++direction;
        if (direction == 4) {
            for (unsigned d = 0; d < 4; ++d) {
                if (pushable(state, d).has(from)) return "A box goes one square at a time: touch a square beside it.";
            }
            return "You cannot push that box in any direction now.";
        }
        if (state.walls.has(to)) return "There is a wall in the way.";
        if (state.boxes.has(to)) return "Another box is in the way: you push one at a time.";
        const unsigned behind = neighbour(from, opposite(direction));
        if (state.walls.has(behind)) return "You would have to stand in the wall to push it there.";
        return state.boxes.has(behind) ? "You would have to stand where another box is to push it there."
                                       : "You cannot get behind that box to push it there.";
    }

    // ---- the board ----

    void layout(parlour::Board &board) const {
        board.extent(-0.1f, -0.1f, static_cast<float>(width_) + 0.1f, static_cast<float>(height_) + 0.1f);
        for (unsigned row = 0; row < height_; ++row) {
            for (unsigned column = 0; column < width_; ++column) {
                const std::string label = cell_name(stride * row + column);
                board.cell({.id = stride * row + column,
                            .color = PARLOUR_COLOR_NONE,
                            .x = static_cast<float>(column) + 0.5f,
                            .y = static_cast<float>(row) + 0.5f,
                            .label = label.c_str()});
            }
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        draw_floor(state, board);
        state.boxes.each([&](unsigned cell) {
            const bool at_home = state.goals.has(cell);
            board.piece({.cell = cell,
                         .kind = PARLOUR_PIECE_SQUARE,
                         .color = PARLOUR_COLOR_RGBA,
                         .rgba = at_home ? box_home_color : box_color,
                         .scale = 1.02f,
                         .label = at_home ? "* box on a goal" : "$ box"});
            board.piece({.cell = cell,
                         .kind = at_home ? std::uint8_t{PARLOUR_PIECE_RING} : std::uint8_t{PARLOUR_PIECE_CROSS},
                         .color = PARLOUR_COLOR_RGBA,
                         .rgba = at_home ? 0xffffffe0 : 0x7a4a1ce0,
                         .scale = at_home ? 0.42f : 0.62f,
                         .label = at_home ? "* box on a goal" : "$ box"});
        });
        board.piece(
            {.cell = state.player, .color = PARLOUR_COLOR_PLAYER0, .id = 1, .scale = 0.92f, .label = "@ keeper"});
        board.piece({.cell = state.player,
                     .kind = PARLOUR_PIECE_GLYPH,
                     .color = PARLOUR_COLOR_LIGHT,
                     .id = 2,
                     .scale = 0.66f,
                     .glyph = "\u265f",
                     .label = "@ keeper"});
        const std::string pushes = std::to_string(state.pushes);
        const std::string at_home = std::to_string(home(state)) + " of " + std::to_string(state.boxes.size());
        board.widget({.id = 1, .kind = PARLOUR_WIDGET_COUNTER, .label = "Pushes", .value = pushes.c_str()});
        board.widget({.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "On goals", .value = at_home.c_str()});
        if (level_ == 0) return;
        const std::string best = std::to_string(levels[level_ - 1].pushes);
        board.widget({.id = 3, .kind = PARLOUR_WIDGET_COUNTER, .label = "Least possible", .value = best.c_str()});
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        path.cell(move / 4);
        path.cell(neighbour(move / 4 % n_cells, move % 4));
    }

private:
    static constexpr std::uint32_t wall_color = 0x5b6472ff, floor_color = 0xd9cfbcff, goal_color = 0x1f7a8cff;
    static constexpr std::uint32_t box_color = 0xc98a3dff, box_home_color = 0x1f7a8cff;

    // The rows and columns that a set of cells takes.
    struct Frame {
        unsigned top = stride, bottom = 0, left = stride, right = 0;

        explicit Frame(const Cells &cells) {
            cells.each([&](unsigned cell) {
                top = std::min(top, cell / stride);
                bottom = std::max(bottom, cell / stride);
                left = std::min(left, cell % stride);
                right = std::max(right, cell % stride);
            });
        }
        unsigned width() const { return right + 1 - left; }
        unsigned height() const { return bottom + 1 - top; }
    };

    // A level as it is written, cropped to its walls.
    struct Sheet {
        Cells walls{}, goals{}, boxes{};
        unsigned player = n_cells, width = 0, height = 0;
        std::uint16_t pushes = 0;

        explicit Sheet(std::string_view text) {
            const std::size_t semicolon = text.find(';');
            if (semicolon != std::string_view::npos) pushes = read_pushes(text.substr(semicolon + 1));
            unsigned row = 0, column = 0, run = 0;
            for (const char c : text.substr(0, semicolon)) {
                if (c >= '0' && c <= '9') {
                    run = 10 * run + static_cast<unsigned>(c - '0');
                    if (run > stride) throw refusal("a level has at most 16 columns");
                    continue;
                }
                if (c == '/' || c == '|' || c == '\n') {
                    ++row;
                    column = run = 0;
                    continue;
                }
                for (unsigned n = std::max(1u, run); n > 0; --n) read(c, row, column++);
                run = 0;
            }
            crop();
        }

    private:
        void read(char c, unsigned row, unsigned column) {
            if (row >= stride || column >= stride) {
                if (c == ' ' || c == '-' || c == '_' || c == '\r') return;
                throw refusal("a level has at most 16 rows and 16 columns");
            }
            const unsigned cell = stride * row + column;
            const auto is_one_of = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
            if (!is_one_of("#.$*@+ -_\r")) {
                throw Failure(PARLOUR_E_PARSE, std::string("\"") + (c >= ' ' && c <= '~' ? c : '?') +
                                                   "\" is not part of a level; # wall, - floor, . goal, $ box, * box "
                                                   "on a goal, @ player, + player on a goal");
            }
            if (is_one_of("#")) walls.put(cell);
            if (is_one_of(".*+")) goals.put(cell);
            if (is_one_of("$*")) boxes.put(cell);
            if (!is_one_of("@+")) return;
            if (player != n_cells) throw refusal("there are two players");
            player = cell;
        }

        static Failure refusal(const std::string &what) {
            return {PARLOUR_E_PARSE, what + "; a level is written like #####/#@$.#/#####"};
        }

        static std::uint16_t read_pushes(std::string_view text) {
            const auto value = parlour::whole_number(text, 0, most_pushes);
            if (!value) throw refusal("the number of pushes after ';' is not one from 0 to 1000");
            return static_cast<std::uint16_t>(*value);
        }

        void crop() {
            if (walls.empty()) throw refusal("there are no walls");
            if (player == n_cells) throw refusal("there is no player (@ or +)");
            const Frame frame(walls);
            const Frame all(walls | goals | boxes | lone(player));
            if (all.top < frame.top || all.bottom > frame.bottom || all.left < frame.left ||
                all.right > frame.right) {
                throw refusal("the walls do not close the level");
            }
            width = frame.width();
            height = frame.height();
            const unsigned back = stride * frame.top + frame.left;
            for (Cells *cells : {&walls, &goals, &boxes}) *cells = shifted(*cells, 0u - back);
            player -= back;
        }
    };

    static Sheet sheet_of_option(std::string_view text) {
        try {
            return Sheet(text);
        } catch (const Failure &failure) {
            throw Failure(PARLOUR_E_ARG, std::string("xsb: ") + failure.what());
        }
    }

    static Cells shifted(const Cells &cells, unsigned by) {
        Cells out{};
        cells.each([&](unsigned cell) { out.put((cell + by) % n_cells); });
        return out;
    }

    State placed(const Sheet &sheet) const {
        const unsigned by = stride * ((height_ - sheet.height) / 2) + (width_ - sheet.width) / 2;
        State state{};
        state.walls = shifted(sheet.walls, by);
        state.goals = shifted(sheet.goals, by);
        state.boxes = shifted(sheet.boxes, by);
        state.player = static_cast<std::uint8_t>(sheet.player + by);
        state.pushes = sheet.pushes;
        state.live = live_squares(state);
        settle(state);
        return state;
    }

    // Works out where the player can walk, and whether the game is over.
    static void settle(State &state) {
        state.reach = walked(lone(state.player), ~(state.walls | state.boxes));
        state.ending = running;
        if ((state.boxes & ~state.goals).empty()) {
            state.ending = solved;
        } else if (!((state.boxes & ~state.live) | (frozen(state) & ~state.goals)).empty()) {
            state.ending = stuck;
        } else if (state.pushes >= most_pushes) {
            state.ending = too_long;
        } else {
            bool any = false;
            for (unsigned direction = 0; direction < 4; ++direction) any |= !pushable(state, direction).empty();
            if (!any) state.ending = no_push;
        }
    }

    // The boxes that the player can push in a direction now.
    static Cells pushable(const State &state, unsigned direction) {
        const Cells free = ~(state.walls | state.boxes);
        return state.boxes & moved(state.reach, direction) & moved(free, opposite(direction));
    }

    // The squares from which one push of a box that is alone leads into `cells`, the player standing behind it.
    static Cells one_push_before(const State &state, const Cells &cells) {
        const Cells open = ~state.walls;
        Cells before{};
        for (unsigned direction = 0; direction < 4; ++direction) {
            before = before | (moved(cells, opposite(direction)) & open & moved(open, direction));
        }
        return before;
    }

    static Cells live_squares(const State &state) {
        Cells live = state.goals;
        for (;;) {
            const Cells grown = live | one_push_before(state, live);
            if (grown == live) return live;
            live = grown;
        }
    }

    // The largest set of boxes of which every one is blocked level and upright, by a wall or a box of the set on
    // either side, or because both ways lead where no goal can be reached from. None of them can be the first to
    // move on the way to a solution, so none ever does.
    static Cells frozen(const State &state) {
        Cells still = state.boxes;
        for (;;) {
            const Cells firm = state.walls | still;
            Cells next = still;
            for (const unsigned direction : {0u, 1u}) {
                const unsigned back = opposite(direction);
                const Cells no_use = moved(~state.live, direction) & moved(~state.live, back);
                next = next & (moved(firm, direction) | moved(firm, back) | no_use);
            }
            if (next == still) return still;
            still = next;
        }
    }

    static unsigned home(const State &state) { return (state.boxes & state.goals).size(); }

    // A shortest walk to a square that the player can reach, found backwards from there.
    static std::string walk_text(const State &state, unsigned target) {
        std::array<std::uint8_t, n_cells> way, queue;
        way.fill(4);
        unsigned size = 0;
        queue[size++] = static_cast<std::uint8_t>(target);
        way[target] = 0;
        for (unsigned i = 0; i < size && way[state.player] == 4; ++i) {
            for (unsigned direction = 0; direction < 4; ++direction) {
                const unsigned next = neighbour(queue[i], opposite(direction));
                if (!state.reach.has(next) || way[next] != 4) continue;
                way[next] = static_cast<std::uint8_t>(direction);
                queue[size++] = static_cast<std::uint8_t>(next);
            }
        }
        std::string text;
        for (unsigned at = state.player; at != target && way[at] < 4 && text.size() < n_cells;) {
            text += walk_letters[way[at]];
            at = neighbour(at, way[at]);
        }
        return text;
    }

    static char symbol(const State &state, unsigned cell) {
        const bool goal = state.goals.has(cell);
        if (state.walls.has(cell)) return '#';
        if (state.boxes.has(cell)) return goal ? '*' : '$';
        if (state.player == cell) return goal ? '+' : '@';
        return goal ? '.' : '-';
    }

    static std::string cell_name(unsigned cell) {
        return static_cast<char>('a' + cell % stride) + std::to_string(cell / stride + 1);
    }

    // Takes a square's name off the front of a text; n_cells when there is none.
    static unsigned read_cell(std::string &text) {
        unsigned row = 0;
        if (text.empty() || text.front() < 'a' || text.front() > 'p') return n_cells;
        const auto [end, code] = std::from_chars(text.data() + 1, text.data() + text.size(), row);
        if (code != std::errc{} || row < 1 || row > stride) return n_cells;
        const unsigned cell = stride * (row - 1) + static_cast<unsigned>(text.front() - 'a');
        text.erase(0, static_cast<std::size_t>(end - text.data()));
        return cell;
    }

    static std::string counted(unsigned pushes) {
        return std::to_string(pushes) + (pushes == 1 ? " push" : " pushes");
    }
    static std::string size_text(unsigned width, unsigned height) {
        return std::to_string(width) + " x " + std::to_string(height);
    }

    // Floor inside of the walls, stones, and a ring on each goal; nothing outside.
    void draw_floor(const State &state, parlour::Board &board) const {
        const Cells inside = walked(lone(state.player), ~state.walls);
        for (unsigned row = 0; row < height_; ++row) {
            for (unsigned column = 0; column < width_; ++column) {
                const unsigned cell = stride * row + column;
                const float x = static_cast<float>(column) + 0.5f, y = static_cast<float>(row) + 0.5f;
                if (inside.has(cell)) {
                    const bool odd = (row + column) % 2 != 0;
                    board.cell({.id = cell,
                                .color = PARLOUR_COLOR_RGBA,
                                .rgba = odd ? floor_color - 0x08080800u : floor_color,
                                .x = x,
                                .y = y});
                } else if (state.walls.has(cell)) {
                    board.cell({.id = cell,
                                .color = PARLOUR_COLOR_RGBA,
                                .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_OUTLINE,
                                .rgba = wall_color,
                                .x = x,
                                .y = y});
                } else {
                    board.cell(
                        {.id = cell, .color = PARLOUR_COLOR_NONE, .flags = PARLOUR_CELL_DECOR, .x = x, .y = y});
                }
            }
        }
        state.goals.each([&](unsigned cell) {
            const float x = static_cast<float>(cell % stride) + 0.5f, y = static_cast<float>(cell / stride) + 0.5f;
            for (const float size : {0.5f, 0.3f}) {
                board.cell({.shape = PARLOUR_SHAPE_CIRCLE,
                            .color = PARLOUR_COLOR_RGBA,
                            .flags = PARLOUR_CELL_DECOR,
                            .rgba = size > 0.4f ? goal_color : floor_color,
                            .x = x,
                            .y = y,
                            .w = size,
                            .h = size});
            }
        });
    }

    unsigned level_ = 1, width_ = stride, height_ = stride;
    State start_{};
};

} // namespace

PARLOUR_GAME(Sokoban);
