// Minesweeper for one player: open every square without a mine. A number says how many of the up to eight squares
// around have one; opening a square without any opens those around it too, and so on.
//
// clang-format off
//     0  1  2 .. w-1       cell = width * row + column, also as a move; written "c2": column c, row 2 from above.
//     w w+1 ..             A cell's low four bits are what is seen of it (0 to 8, covered, exploded), and the bit
//    2w ..                 above says that there is a mine; in a view that bit is clear on covered squares.
// clang-format on
//
// The mines are laid at the first opening, from a seed that the starting position has, so that it is safe: with
// "first=clear" there is none beside that square either (as in most programs since 2007), with "first=safe" only that
// square is spared. The view of the player has neither the seed nor the mines; determinize() draws all layouts that
// fit what is seen with the same probability. Laying them by a seed and not by chance moves keeps the mines out of
// the record's moves, where a player would read them.
//
// A position is all rows from above, separated by '/': # covered, * covered and mined, . open without a mine around,
// 1 to 8, X the mine that was opened; before the first opening " seed N" follows. Without any * it is a view.
#include <parlour/game.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using parlour::Failure;
using parlour::Move;
using parlour::MoveList;
using parlour::Option;
using parlour::Rng;
using parlour::Turn;
using Cell = std::uint16_t;

constexpr unsigned most_cells = 480;
constexpr std::uint8_t covered = 9, exploded = 10, seen_bits = 15, mine_bit = 16;

constexpr std::array<const char *, 4> level_ids{"beginner", "intermediate", "expert", "custom"};
constexpr std::array<const char *, 4> level_labels{"Beginner, 9 x 9 with 10 mines",
                                                   "Intermediate, 16 x 16 with 40 mines",
                                                   "Expert, 30 x 16 with 99 mines", "Custom"};
constexpr std::array<const char *, 2> first_ids{"clear", "safe"};
constexpr std::array<const char *, 2> first_labels{"Has no mine around it", "Is not a mine"};

// The squares around each square.
struct Around {
    std::uint8_t size = 0;
    std::array<Cell, 8> cells{};
    const Cell *begin() const { return cells.data(); }
    const Cell *end() const { return cells.data() + size; }
};
using Grid = std::array<Around, most_cells>;

// Draws layouts that fit the numbers seen, all with the same probability.
//
// What single numbers prove is settled first. Of the rest, covered squares beside the same numbers are alike and make
// a group, so that only how many mines a group has matters. Groups are taken one after another along the numbers; a
// layer has every combination of what the numbers in work still lack, with the weight of all ways to get there (a
// transfer matrix along the frontier, so a long frontier costs no more than its length). A layout with m mines in the
// groups goes with binomial(outside, rest - m) ways to lay the others. That is log-concave in m and so stays below a
// geometric curve that touches it at a middle m: the groups are drawn with that geometric weight, and the draw is
// kept with the ratio of the two.
class LayoutSampler {
public:
    LayoutSampler(const Grid &grid, const std::uint8_t *cells, unsigned n_cells, unsigned mines)
        : grid_(grid), n_mines_(mines), index_of_(n_cells) {
        std::vector<Fate> fate(n_cells);
        for (unsigned cell = 0; cell < n_cells; ++cell) {
            fate[cell] = (cells[cell] & seen_bits) == covered ? Fate::unknown : Fate::open;
            if (fate[cell] == Fate::open) add_number(static_cast<Cell>(cell), cells);
        }
        settle_proven(fate);
        find_groups(fate);
        order_groups();
    }

    // Sets the mine bits of `cells`, which has none on covered squares; false when nothing fits.
    bool draw(std::uint8_t *cells, Rng &rng) {
        const auto outside = static_cast<unsigned>(outside_.size());
        const unsigned low = n_mines_ > outside ? n_mines_ - outside : 0, high = std::min(n_mines_, n_frontier_);
        if (low > high) return false;
        unsigned middle = std::clamp(static_cast<unsigned>(std::lround(expected_)), low, high);
        for (int round = 0; round < 40; ++round) {
            const double odds = touching_odds(middle, outside);
            if (!build_layers(odds)) return false;
            double sum = 0;
            constexpr int tries = 50;
            for (int i = 0; i < tries; ++i) {
                const unsigned m = draw_groups(rng);
                sum += m;
                if (m < low || m > high) continue;
                const double ratio = log_ways(outside, m) - log_ways(outside, middle) -
                                     (static_cast<double>(m) - middle) * std::log(odds);
                if (std::log(rng.unit() + 1e-300) > ratio) continue;
                lay(cells, m, rng);
                return true;
            }
            middle = std::clamp(static_cast<unsigned>(std::lround(sum / tries)), low, high);
        }
        return false;
    }

private:
    struct Group {
        std::vector<Cell> cells;
        std::array<Cell, 8> numbers{}; // indices into numbers_
        unsigned n_numbers = 0, drawn = 0;
        bool ordered = false;
    };
    enum class Fate : std::uint8_t { open, unknown, mine, safe };
    struct Number {
        Cell cell = 0;
        unsigned value = 0, n_covered = 0; // but for the squares that are proven
        unsigned left = 0;                 // squares of groups that are not taken yet
        unsigned slot = no_slot;           // of its lack
        std::vector<Cell> groups;
    };
    // What the numbers in work still lack, four bits each.
    struct Lacks {
        std::array<std::uint64_t, 2> words{};

        bool operator==(const Lacks &) const = default;
        unsigned at(unsigned slot) const { return words[slot / 16] >> 4 * (slot % 16) & 15; }
        void set(unsigned slot, unsigned lack) {
            std::uint64_t &word = words[slot / 16];
            word = (word & ~(std::uint64_t{15} << 4 * (slot % 16))) | std::uint64_t{lack} << 4 * (slot % 16);
        }
        std::uint64_t hash() const { return parlour::mix64(words[0] ^ parlour::mix64(words[1] + 1)); }
    };
    // One way to stand in the middle of the frontier, with the weight of all ways there.
    struct Entry {
        Lacks lacks;
        double weight;
    };
    // What happens to a number when a group is taken.
    struct Touch {
        unsigned slot, value, left;
        bool opens;
    };
    struct Layer {
        std::size_t begin = 0; // in entries_
        std::array<Touch, 8> touches{};
    };
    static constexpr unsigned no_slot = 32;
    static constexpr std::size_t most_entries = 200'000;

    void add_number(Cell cell, const std::uint8_t *cells) {
        Number number;
        number.cell = cell;
        number.value = cells[cell] & seen_bits;
        for (const Cell near : grid_[cell]) number.n_covered += (cells[near] & seen_bits) == covered;
        if (number.n_covered > 0) numbers_.push_back(number);
    }

    // Squares of numbers that have all their mines, or room for no more than these, until there are none of them.
    void settle_proven(std::vector<Fate> &fate) {
        for (bool again = true; again;) {
            again = false;
            for (const Number &number : numbers_) {
                unsigned n_unknown = 0, n_known = 0;
                for (const Cell near : grid_[number.cell]) {
                    n_unknown += fate[near] == Fate::unknown;
                    n_known += fate[near] == Fate::mine;
                }
                if (n_unknown == 0 || (number.value != n_known && number.value != n_known + n_unknown)) continue;
                for (const Cell near : grid_[number.cell]) {
                    if (fate[near] != Fate::unknown) continue;
                    fate[near] = number.value == n_known ? Fate::safe : Fate::mine;
                    if (fate[near] == Fate::mine) proven_.push_back(near);
                }
                again = true;
            }
        }
        n_mines_ -= std::min(n_mines_, static_cast<unsigned>(proven_.size()));
        std::size_t kept = 0;
        for (Number number : numbers_) {
            number.n_covered = 0;
            for (const Cell near : grid_[number.cell]) {
                number.n_covered += fate[near] == Fate::unknown;
                number.value -= fate[near] == Fate::mine;
            }
            if (number.n_covered == 0) continue;
            index_of_[number.cell] = static_cast<Cell>(kept + 1);
            numbers_[kept++] = number;
        }
        numbers_.resize(kept);
    }

    void find_groups(const std::vector<Fate> &fate) {
        for (unsigned cell = 0; cell < fate.size(); ++cell) {
            if (fate[cell] != Fate::unknown) continue;
            Group mine;
            double share = 0;
            for (const Cell near : grid_[cell]) {
                if (index_of_[near] == 0) continue;
                const auto index = static_cast<Cell>(index_of_[near] - 1);
                mine.numbers[mine.n_numbers++] = index;
                share += static_cast<double>(numbers_[index].value) / numbers_[index].n_covered;
            }
            if (mine.n_numbers == 0) {
                outside_.push_back(static_cast<Cell>(cell));
                continue;
            }
            ++n_frontier_;
            expected_ += std::min(1.0, share / mine.n_numbers);
            std::vector<Cell> &near_groups = numbers_[mine.numbers[0]].groups;
            const auto same = std::find_if(near_groups.begin(), near_groups.end(), [&](Cell other) {
                return groups_[other].n_numbers == mine.n_numbers && groups_[other].numbers == mine.numbers;
            });
            if (same != near_groups.end()) {
                groups_[*same].cells.push_back(static_cast<Cell>(cell));
                continue;
            }
            mine.cells.push_back(static_cast<Cell>(cell));
            for (unsigned i = 0; i < mine.n_numbers; ++i) {
                numbers_[mine.numbers[i]].groups.push_back(static_cast<Cell>(groups_.size()));
            }
            groups_.push_back(std::move(mine));
        }
    }

    // Takes the groups of one number after another, always of the number in work that has fewest left to take.
    void order_groups() {
        std::vector<Cell> in_work;
        std::size_t next = 0;
        while (order_.size() < groups_.size()) {
            if (in_work.empty()) {
                while (groups_[next].ordered) ++next;
                take(static_cast<Cell>(next), in_work);
                continue;
            }
            const auto fewest = std::min_element(in_work.begin(), in_work.end(), [&](Cell a, Cell b) {
                return groups_left(numbers_[a]) < groups_left(numbers_[b]);
            });
            const Cell number = *fewest;
            in_work.erase(fewest);
            for (const Cell group : numbers_[number].groups) {
                if (!groups_[group].ordered) take(group, in_work);
            }
        }
    }
    void take(Cell group, std::vector<Cell> &in_work) {
        groups_[group].ordered = true;
        order_.push_back(group);
        for (unsigned i = 0; i < groups_[group].n_numbers; ++i) {
            const Cell number = groups_[group].numbers[i];
            if (std::find(in_work.begin(), in_work.end(), number) == in_work.end() &&
                groups_left(numbers_[number]) > 0)
                in_work.push_back(number);
        }
    }
    unsigned groups_left(const Number &number) const {
        unsigned left = 0;
        for (const Cell group : number.groups) left += !groups_[group].ordered;
        return left;
    }

    // Weighs every way through the groups; false when there is none, or too many numbers are in work at once.
    bool build_layers(double odds) {
        entries_.assign(1, {{}, 1.0});
        layers_.assign(1, {});
        std::uint32_t free_slots = 0xffffffff;
        for (Number &number : numbers_) {
            number.left = number.n_covered;
            number.slot = no_slot;
        }
        for (const Cell index : order_) {
            const Group &group = groups_[index];
            Layer layer;
            for (unsigned i = 0; i < group.n_numbers; ++i) {
                Number &number = numbers_[group.numbers[i]];
                const bool opens = number.slot == no_slot;
                if (opens) {
                    if (free_slots == 0) return false;
                    number.slot = static_cast<unsigned>(std::countr_zero(free_slots));
                    free_slots &= free_slots - 1;
                }
                number.left -= static_cast<unsigned>(group.cells.size());
                layer.touches[i] = {number.slot, number.value, number.left, opens};
            }
            for (unsigned i = 0; i < group.n_numbers; ++i) {
                const Number &number = numbers_[group.numbers[i]];
                if (number.left == 0) free_slots |= 1u << number.slot;
            }
            layer.begin = entries_.size();
            if (!extend(group, layer, odds)) return false;
            layers_.push_back(layer);
        }
        return true;
    }

    bool extend(const Group &group, const Layer &layer, double odds) {
        const std::size_t before = layers_.back().begin, end = layer.begin;
        const auto size = static_cast<unsigned>(group.cells.size());
        index_.clear();
        double largest = 0;
        for (std::size_t at = before; at < end; ++at) {
            double ways = 1; // binomial(size, x) * odds^x
            for (unsigned x = 0; x <= size; ++x) {
                Lacks lacks = entries_[at].lacks;
                if (subtract(group, layer, x, lacks)) {
                    const double weight = entries_[at].weight * ways;
                    Entry &entry = found(lacks, layer.begin);
                    entry.weight += weight;
                    largest = std::max(largest, entry.weight);
                }
                ways *= odds * (size - x) / (x + 1);
            }
        }
        if (entries_.size() == layer.begin || entries_.size() > most_entries) return false;
        for (std::size_t at = layer.begin; at < entries_.size(); ++at) entries_[at].weight /= largest;
        return true;
    }

    // Takes x mines off what the numbers beside a group lack; false when one has no room for that.
    static bool subtract(const Group &group, const Layer &layer, unsigned x, Lacks &lacks) {
        for (unsigned i = 0; i < group.n_numbers; ++i) {
            const Touch &touch = layer.touches[i];
            const unsigned lack = touch.opens ? touch.value : lacks.at(touch.slot);
            if (x > lack || lack - x > touch.left) return false;
            lacks.set(touch.slot, lack - x);
        }
        return true;
    }

    // The entry of the layer under way with these lacks, made where there is none: by a table of open addresses.
    Entry &found(Lacks lacks, std::size_t layer_begin) {
        const std::size_t here = entries_.size() - layer_begin;
        if (2 * here >= index_.size()) {
            index_.assign(std::max<std::size_t>(64, 4 * here), 0);
            for (std::size_t i = 0; i < here; ++i)
                index_[slot_of(entries_[layer_begin + i].lacks, layer_begin)] = i + 1;
        }
        std::size_t &slot = index_[slot_of(lacks, layer_begin)];
        if (slot == 0) {
            entries_.push_back({lacks, 0});
            slot = here + 1;
        }
        return entries_[layer_begin + slot - 1];
    }
    std::size_t slot_of(Lacks lacks, std::size_t layer_begin) const {
        std::size_t slot = lacks.hash() % index_.size();
        while (index_[slot] != 0 && entries_[layer_begin + index_[slot] - 1].lacks != lacks) {
            slot = (slot + 1) % index_.size();
        }
        return slot;
    }

    // Goes back through the layers, each step by its weight, and returns how many mines the groups have.
    unsigned draw_groups(Rng &rng) {
        unsigned mines = 0;
        Lacks lacks;
        for (std::size_t i = order_.size(); i-- > 0;) {
            Group &group = groups_[order_[i]];
            const Layer &layer = layers_[i + 1];
            const auto size = static_cast<unsigned>(group.cells.size());
            double total = 0;
            Lacks chosen;
            double ways = 1;
            for (unsigned x = 0; x <= size; ++x) {
                Lacks earlier = lacks;
                if (give_back(group, layer, x, earlier)) {
                    const double weight = ways * weight_of(earlier, layers_[i].begin, layer.begin);
                    total += weight;
                    if (weight > 0 && rng.unit() * total < weight) {
                        chosen = earlier;
                        group.drawn = x;
                    }
                }
                ways *= odds_ * (size - x) / (x + 1);
            }
            mines += group.drawn;
            lacks = chosen;
        }
        return mines;
    }

    static bool give_back(const Group &group, const Layer &layer, unsigned x, Lacks &lacks) {
        for (unsigned i = 0; i < group.n_numbers; ++i) {
            const Touch &touch = layer.touches[i];
            const unsigned lack = lacks.at(touch.slot) + x;
            if (touch.opens ? lack != touch.value : lack > 8) return false;
            lacks.set(touch.slot, touch.opens ? 0 : lack);
        }
        return true;
    }

    double weight_of(Lacks lacks, std::size_t begin, std::size_t end) const {
        for (std::size_t at = begin; at < end; ++at) {
            if (entries_[at].lacks == lacks) return entries_[at].weight;
        }
        return 0;
    }

    // The logarithm of how many ways there are to lay the mines that the groups do not have.
    double log_ways(unsigned outside, unsigned m) const {
        const unsigned rest = n_mines_ - m;
        return std::lgamma(outside + 1.0) - std::lgamma(rest + 1.0) - std::lgamma(outside - rest + 1.0);
    }

    // The factor from one m to the next of a geometric curve that touches the binomial at `middle` and lies above it
    // everywhere else: between the binomial's own factors on both sides.
    double touching_odds(unsigned middle, unsigned outside) {
        const double rest = n_mines_ - middle, room = outside - rest;
        const double up = rest / (room + 1), down = (rest + 1) / std::max(room, 0.0);
        if (rest > 0 && room > 0) {
            odds_ = std::sqrt(up * down);
        } else if (rest > 0) {
            odds_ = 2 * up;
        } else if (room > 0) {
            odds_ = down / 2;
        } else {
            odds_ = (middle + 0.5) / (n_frontier_ - middle + 0.5);
        }
        return odds_;
    }

    void lay(std::uint8_t *cells, unsigned in_groups, Rng &rng) {
        const auto lay_some = [&](std::vector<Cell> &from, unsigned count) {
            for (unsigned i = 0; i < count; ++i) {
                std::swap(from[i], from[i + rng.below(static_cast<std::uint32_t>(from.size() - i))]);
                cells[from[i]] |= mine_bit;
            }
        };
        for (Group &group : groups_) lay_some(group.cells, group.drawn);
        lay_some(outside_, n_mines_ - in_groups);
        lay_some(proven_, static_cast<unsigned>(proven_.size()));
    }

    const Grid &grid_;
    unsigned n_mines_, n_frontier_ = 0; // but for the proven ones
    double expected_ = 0, odds_ = 1;
    std::vector<Cell> index_of_; // 1 + the place in numbers_ of the number on a square; 0 where there is none
    std::vector<Cell> proven_, outside_, order_;
    std::vector<Group> groups_;
    std::vector<Number> numbers_;
    std::vector<Entry> entries_;
    std::vector<Layer> layers_;
    std::vector<std::size_t> index_;
};

class Minesweeper {
public:
    static constexpr parlour::GameAbout about{.id = "minesweeper",
                                              .name = "Minesweeper",
                                              .family = "puzzle",
                                              .summary = "Open every square without a mine; the numbers tell where.",
                                              .author = "Parlour",
                                              .flags = PARLOUR_GAME_HIDDEN,
                                              .players_min = 1,
                                              .players_max = 1,
                                              .max_moves = most_cells,
                                              .move_space = most_cells,
                                              // Every move opens a square, or ends the game.
                                              .max_plies = most_cells,
                                              .util_min = 0,
                                              .util_max = 1,
                                              .accent = 0x4c6a92ff};

    static constexpr std::array options{
        Option::choice("level", "Level", "The size of the field and the number of mines.", "beginner", level_ids,
                       level_labels),
        Option::integer("width", "Columns", "Counts with level=custom only.", "12", 2, 30),
        Option::integer("height", "Rows", "Counts with level=custom only.", "12", 2, 16),
        Option::integer("mines", "Mines", "Counts with level=custom only.", "20", 1, 450),
        Option::choice("first", "The first square", "What is promised of the square that is opened first.", "clear",
                       first_ids, first_labels),
        Option::boolean("flags", "Flag the obvious mines",
                        "Where a number has no more covered squares around it than it counts.", true)};

    explicit Minesweeper(const parlour::OptionValues &values)
        : first_clear_(values.text("first") == "clear"), flags_(values.boolean("flags")) {
        const std::string &level = values.text("level");
        struct Size {
            unsigned width, height, mines;
        };
        const auto number = [&](const char *id) { return static_cast<unsigned>(values.integer(id)); };
        const Size size = level == "beginner"       ? Size{9, 9, 10}
                          : level == "intermediate" ? Size{16, 16, 40}
                          : level == "expert"       ? Size{30, 16, 99}
                                                    : Size{number("width"), number("height"), number("mines")};
        width_ = size.width;
        height_ = size.height;
        n_cells_ = width_ * height_;
        mines_ = size.mines;
        const unsigned spared = first_clear_ ? std::min(3u, width_) * std::min(3u, height_) : 1;
        if (n_cells_ <= spared || mines_ > n_cells_ - spared) {
            throw Failure(PARLOUR_E_ARG, "a field of " + std::to_string(width_) + " x " + std::to_string(height_) +
                                             " has no room for " + std::to_string(mines_) + " mines and the " +
                                             std::to_string(spared) + " squares of the first opening");
        }
        for (unsigned cell = 0; cell < n_cells_; ++cell) surround(cell);
    }

    enum Phase : std::uint8_t { untouched = 0, playing, won, lost };

    struct State {
        std::uint8_t cells[most_cells]; // zero beyond the field
        std::uint64_t seed;             // of the mines, until they are laid; zero in a view
        std::uint16_t opened;           // squares without a mine
        std::uint8_t phase;
        std::uint8_t is_view;
        std::uint32_t reserved;
    };

    // ---- rules ----

    State initial(std::uint64_t seed) const {
        State state{};
        for (unsigned cell = 0; cell < n_cells_; ++cell) state.cells[cell] = covered;
        state.seed = some_seed(seed);
        return state;
    }

    Turn turn(const State &state) const { return state.phase >= won ? Turn::over() : Turn::of(0); }

    void legal(const State &state, MoveList &moves) const {
        if (state.phase >= won) return;
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            if (is_covered(state, cell)) moves.add(cell);
        }
    }

    Turn apply(State &state, Move move) const {
        if (move >= n_cells_ || state.phase >= won || state.is_view != 0 || !is_covered(state, move)) [[unlikely]]
            return Turn::fault();
        if (state.phase == untouched) lay_mines(state, move);
        if ((state.cells[move] & mine_bit) != 0) {
            state.cells[move] = exploded | mine_bit;
            state.phase = lost;
        } else {
            open(state, move);
            if (state.opened == n_cells_ - mines_) state.phase = won;
        }
        return turn(state);
    }

    // A won game is worth 1, a lost one up to a half, by the share of the safe squares that were opened.
    void outcome(const State &state, float *util) const { util[0] = state.phase == won ? 1.0f : 0.5f * share(state); }

    // ---- what the player knows ----

    State view(const State &state, std::uint32_t) const {
        State seen = state;
        if (state.phase >= won) return seen;
        for (unsigned cell = 0; cell < n_cells_; ++cell) seen.cells[cell] &= seen_bits;
        seen.seed = 0;
        seen.is_view = 1;
        return seen;
    }

    State determinize(const State &seen, std::uint32_t, Rng &rng) const {
        if (seen.is_view == 0) return seen;
        State full = seen;
        full.is_view = 0;
        if (full.phase == untouched) {
            full.seed = some_seed(rng.next());
        } else if (!LayoutSampler(around_, seen.cells, n_cells_, mines_).draw(full.cells, rng)) {
            throw Failure(PARLOUR_E_FAIL, "no layout of mines fits these numbers");
        }
        return full;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const { return cell_name(move); }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            if (cell > 0 && cell % width_ == 0) text += '/';
            const std::uint8_t seen = state.cells[cell] & seen_bits;
            const bool mined = (state.cells[cell] & mine_bit) != 0;
            text += seen == covered    ? (mined ? '*' : '#')
                    : seen == exploded ? 'X'
                    : seen == 0        ? '.'
                                       : static_cast<char>('0' + seen);
        }
        return state.seed != 0 ? text + " seed " + std::to_string(state.seed) : text;
    }

    State parse_state(std::string_view text) const {
        State state{};
        const std::size_t blank = text.find(' ');
        if (blank != std::string_view::npos) {
            const std::string_view rest = text.substr(blank);
            const auto [end, code] = std::from_chars(rest.data() + std::min<std::size_t>(6, rest.size()),
                                                     rest.data() + rest.size(), state.seed);
            if (rest.substr(0, 6) != " seed " || code != std::errc{} || end != rest.data() + rest.size()) {
                throw refusal("only \" seed \" and a number may follow the rows");
            }
        }
        unsigned cell = 0, row = 0, column = 0;
        for (const char c : text.substr(0, blank)) {
            if (c == '/') {
                if (column != width_) break;
                ++row;
                column = 0;
                continue;
            }
            if (column++ == width_ || row == height_) break;
            state.cells[cell++] = read_cell(c);
        }
        if (cell != n_cells_ || column != width_ || row != height_ - 1) {
            throw refusal("the field has " + std::to_string(height_) + " rows of " + std::to_string(width_) +
                          " squares, separated by /");
        }
        settle(state);
        return state;
    }

    std::string check(const State &state) const {
        unsigned n_mines = 0, n_exploded = 0;
        for (unsigned cell = 0; cell < most_cells; ++cell) {
            const std::uint8_t value = state.cells[cell], seen = value & seen_bits;
            if (cell >= n_cells_ && value != 0) return "there is something outside of the field";
            if (seen > exploded || (value & ~(seen_bits | mine_bit)) != 0) return "a square has no known content";
            n_mines += (value & mine_bit) != 0;
            n_exploded += seen == exploded;
            if ((value & mine_bit) != 0 ? seen < covered : seen == exploded) return "an open square has a mine";
        }
        State again = state;
        settle(again);
        if (again.opened != state.opened || again.phase != state.phase || again.is_view != state.is_view ||
            state.reserved != 0) {
            return "the position does not fit what it says of itself";
        }
        if (n_exploded > 1) return "two mines were opened";
        if (state.opened > n_cells_ - mines_) return "more squares are open than have no mine";
        if (state.phase == untouched) return n_mines > 0 ? "mines are laid when the first square is opened" : "";
        if (state.seed != 0) return "a seed is there only before the first opening";
        if (state.is_view == 0 && n_mines != mines_) {
            return "there are " + std::to_string(n_mines) + " mines instead of " + std::to_string(mines_);
        }
        if (state.is_view != 0 && state.opened == n_cells_ - mines_) return "a finished game has its mines (*)";
        return wrong_number(state);
    }

    // ---- for engines ----

    // The share of the safe squares that are open, on which the utility goes as well: a measure of our own.
    std::int32_t eval(const State &state, std::uint32_t) const {
        return static_cast<std::int32_t>(std::lround(1000 * share(state))) - 500;
    }

    // An order of our own: by the chance of a mine as the most threatening number beside a square has it, mines that
    // are certain taken off; squares beside no number have the average. Looks only at what the player sees.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        std::array<bool, most_cells> sure{};
        find_obvious(state, sure.data());
        const float average = static_cast<float>(mines_) / static_cast<float>(n_cells_ - state.opened);
        std::array<float, most_cells> threat;
        threat.fill(-1);
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            if (is_covered(state, cell)) continue;
            float lack = static_cast<float>(state.cells[cell] & seen_bits);
            unsigned unsure = 0;
            for (const Cell near : around_[cell]) {
                if (!is_covered(state, near)) continue;
                lack -= sure[near];
                unsure += !sure[near];
            }
            for (const Cell near : around_[cell]) {
                if (unsure == 0 || threat[near] == 0) continue;
                threat[near] = lack <= 0 ? 0 : std::max(threat[near], lack / static_cast<float>(unsure));
            }
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned cell = moves[i] % n_cells_;
            const float chance = sure[cell] ? 1 : threat[cell] < 0 ? average : threat[cell];
            score[i] = static_cast<std::int16_t>(-1000 * chance);
        }
    }

    // A square at a time until one is covered: most of them are as long as the game lasts.
    Move random_move(const State &state, Rng &rng) const {
        for (int i = 0; i < 32; ++i) {
            const std::uint32_t cell = rng.below(n_cells_);
            if (is_covered(state, cell)) return cell;
        }
        const unsigned n_covered = n_cells_ - state.opened;
        unsigned index = rng.below(n_covered), cell = 0;
        while (!is_covered(state, cell) || index-- > 0) ++cell;
        return cell;
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t) const { return state.opened; }

    std::string player_name(std::uint32_t) const { return "Sweeper"; }

    std::string reason(const State &state) const {
        if (state.phase == won) return "with every safe square open";
        const unsigned left = n_cells_ - mines_ - state.opened;
        return "by opening a mine, with " + std::to_string(left) + " safe " + (left == 1 ? "square" : "squares") +
               " left";
    }

    std::string rules() const {
        return "# Minesweeper\n\n"
               "Under the " +
               std::to_string(n_cells_) + " squares lie **" + std::to_string(mines_) +
               " mines**. Open every square that has none, and you win. Open a mine, and you lose.\n\n"
               "- The **number** on an open square says how many of the squares around it, also across the corners, "
               "have a mine.\n"
               "- A square with no mine around it has no number, and opens all the squares around it by itself.\n"
               "- The mines are laid after your first opening: that square " +
               (first_clear_ ? "and those around it never have one" : "never has one") +
               ".\n\n"
               "## Reasoning\n\n"
               "Where a number has only as many covered squares around it as it counts, all of these are mines" +
               (flags_ ? std::string(" (they get a **flag** by themselves)") : std::string()) +
               ". Where a number has all its mines already, its other squares are safe. Compare two numbers that "
               "share squares. Now and then you have to guess: then count what is most likely.\n\n"
               "## Entering moves\n\n"
               "Touch a covered square to open it; `c2` is the second square from above in column c.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.phase >= won) return "The game is over.";
        return from < n_cells_ && !is_covered(state, from) ? "That square is open already." : "";
    }

    // ---- the board ----

    void layout(parlour::Board &board) const {
        const auto width = static_cast<float>(width_), height = static_cast<float>(height_);
        board.extent(-0.2f, -0.2f, width + 0.2f, height + 0.2f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x37465bff,
                    .x = width / 2,
                    .y = height / 2,
                    .w = width + 0.4f,
                    .h = height + 0.4f});
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            const std::string label = cell_name(cell);
            board.cell({.id = cell,
                        .color = PARLOUR_COLOR_RGBA,
                        .rgba = open_color,
                        .x = column_x(cell),
                        .y = row_y(cell),
                        .w = 0.97f,
                        .h = 0.97f,
                        .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t viewer, parlour::Board &board) const {
        const State seen = viewer == 0 ? view(state, 0) : state;
        std::array<bool, most_cells> sure{};
        if (flags_) find_obvious(seen, sure.data());
        unsigned n_flags = 0;
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            const std::uint8_t value = seen.cells[cell] & seen_bits;
            const bool mined = (seen.cells[cell] & mine_bit) != 0;
            if (value == exploded) {
                draw_cell(board, cell, exploded_color);
                draw_mine(board, cell, "X mine that was opened");
            } else if (value == covered) {
                const bool flagged = seen.phase == won || sure[cell];
                n_flags += flagged;
                draw_cover(board, cell);
                if (flagged) {
                    draw_glyph(board, cell, "\u2691", 0xffb000ff, 0.8f, "F flag");
                } else if (mined) {
                    draw_mine(board, cell, "* mine");
                }
            } else {
                // The blank tells an open square from a covered one where the board is text.
                const char digit[] = {value > 0 ? static_cast<char>('0' + value) : ' ', '\0'};
                draw_glyph(board, cell, digit, digit_colors[value], 0.82f, value > 0 ? digit : " open");
            }
        }
        const std::string mines = std::to_string(static_cast<int>(mines_) - static_cast<int>(n_flags));
        const std::string squares = std::to_string(n_cells_ - mines_ - seen.opened);
        board.widget({.id = 1, .kind = PARLOUR_WIDGET_COUNTER, .label = "Mines", .value = mines.c_str()});
        board.widget(
            {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Safe squares left", .value = squares.c_str()});
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative == 0) path.cell(move);
    }

private:
    static constexpr std::uint32_t open_color = 0xe9e4d8ff, cover_color = 0x6f8fb9ff, exploded_color = 0xb3261eff;
    // Dark enough for the light ground, apart in hue and lightness for every kind of colour vision.
    static constexpr std::array<std::uint32_t, 9> digit_colors{
        0, 0x0050b5ff, 0x006b4cff, 0xb8400eff, 0x5b2a86ff, 0x7a1d12ff, 0x00708aff, 0x1c1c1cff, 0x6a6a6aff};

    static std::uint64_t some_seed(std::uint64_t seed) {
        return std::max<std::uint64_t>(1, parlour::mix64(seed + 1));
    }
    static bool is_covered(const State &state, unsigned cell) { return (state.cells[cell] & seen_bits) == covered; }
    float share(const State &state) const {
        return static_cast<float>(state.opened) / static_cast<float>(n_cells_ - mines_);
    }

    void surround(unsigned cell) {
        Around &around = around_[cell];
        const unsigned row = cell / width_, column = cell % width_;
        for (unsigned y = row - (row > 0); y <= std::min(row + 1, height_ - 1); ++y) {
            for (unsigned x = column - (column > 0); x <= std::min(column + 1, width_ - 1); ++x) {
                if (x != column || y != row) around.cells[around.size++] = static_cast<Cell>(width_ * y + x);
            }
        }
    }

    // All layouts that spare the first opening are equally likely.
    void lay_mines(State &state, unsigned first) const {
        std::array<Cell, most_cells> from;
        unsigned size = 0;
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            const auto near = std::find(around_[first].begin(), around_[first].end(), cell);
            const bool spared = cell == first || (first_clear_ && near != around_[first].end());
            if (!spared) from[size++] = static_cast<Cell>(cell);
        }
        Rng rng{{state.seed}};
        for (unsigned i = 0; i < mines_; ++i) {
            std::swap(from[i], from[i + rng.below(size - i)]);
            state.cells[from[i]] |= mine_bit;
        }
        state.seed = 0;
        state.phase = playing;
    }

    unsigned mines_around(const State &state, unsigned cell) const {
        unsigned count = 0;
        for (const Cell near : around_[cell]) count += (state.cells[near] & mine_bit) != 0;
        return count;
    }

    void open(State &state, unsigned first) const {
        std::array<Cell, most_cells> queue;
        unsigned size = 0;
        const auto show = [&](unsigned cell) {
            state.cells[cell] = static_cast<std::uint8_t>(mines_around(state, cell));
            if (state.cells[cell] == 0) queue[size++] = static_cast<Cell>(cell);
            ++state.opened;
        };
        show(first);
        for (unsigned i = 0; i < size; ++i) {
            for (const Cell near : around_[queue[i]]) {
                if (is_covered(state, near)) show(near);
            }
        }
    }

    // Squares that are certainly mines, because a number has no more covered squares around it than it counts.
    void find_obvious(const State &state, bool *sure) const {
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            const std::uint8_t value = state.cells[cell] & seen_bits;
            if (value == 0 || value > 8) continue;
            unsigned n_covered = 0;
            for (const Cell near : around_[cell]) n_covered += is_covered(state, near);
            if (n_covered != value) continue;
            for (const Cell near : around_[cell]) sure[near] = sure[near] || is_covered(state, near);
        }
    }

    // Works out what follows from the squares and the seed.
    void settle(State &state) const {
        unsigned n_covered = 0, n_mines = 0;
        bool has_exploded = false;
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            n_covered += is_covered(state, cell);
            n_mines += (state.cells[cell] & mine_bit) != 0;
            has_exploded |= (state.cells[cell] & seen_bits) == exploded;
        }
        state.opened = static_cast<std::uint16_t>(n_cells_ - n_covered - has_exploded);
        state.is_view = n_mines == 0 && state.seed == 0;
        state.phase = has_exploded                                              ? lost
                      : n_covered == n_cells_                                   ? untouched
                      : state.opened == n_cells_ - mines_ && state.is_view == 0 ? won
                                                                                : playing;
    }

    // What is wrong with the numbers, in a sentence. That all of a view's numbers fit together is not looked into.
    std::string wrong_number(const State &state) const {
        for (unsigned cell = 0; cell < n_cells_; ++cell) {
            const std::uint8_t value = state.cells[cell] & seen_bits;
            if (value >= covered) continue;
            unsigned n_covered = 0;
            for (const Cell near : around_[cell]) n_covered += (state.cells[near] & seen_bits) >= covered;
            const std::string name = cell_name(cell);
            if (value == 0 && n_covered > 0)
                return name + " is open without a number, but not all squares around it are";
            if (value > n_covered) return name + " counts more mines than there are covered squares around it";
            if (state.is_view == 0 && value != mines_around(state, cell)) {
                return name + " does not count the mines around it";
            }
        }
        return {};
    }

    static std::uint8_t read_cell(char c) {
        if (c >= '1' && c <= '8') return static_cast<std::uint8_t>(c - '0');
        switch (c) {
            case '.':
            case '0':
                return 0;
            case '#':
                return covered;
            case '*':
                return covered | mine_bit;
            case 'X':
            case 'x':
                return exploded | mine_bit;
            default:
                throw Failure(PARLOUR_E_PARSE,
                              std::string("\"") + (c > ' ' && c <= '~' ? c : '?') +
                                  "\" is not a square; # is covered, * covered and mined, . open and "
                                  "empty, 1 to 8 a number, X an opened mine");
        }
    }

    // Gives the field before its first opening as an example, of a large one its first row.
    Failure refusal(const std::string &what) const {
        const std::string row(width_, '#');
        std::string rows = row;
        for (unsigned i = 1; i < height_; ++i) rows += "/" + row;
        const bool is_large = rows.size() > 120;
        return {PARLOUR_E_PARSE,
                what + (is_large ? "; a covered row is " + row + ", and \" seed 1\" may end the field"
                                 : "; the covered field is \"" + rows + " seed 1\"")};
    }

    std::string cell_name(unsigned cell) const {
        const unsigned column = cell % width_;
        std::string name;
        if (column >= 26) name += 'a';
        name += static_cast<char>('a' + column % 26);
        return name + std::to_string(cell / width_ + 1);
    }
    float column_x(unsigned cell) const { return static_cast<float>(cell % width_) + 0.5f; }
    float row_y(unsigned cell) const { return static_cast<float>(cell / width_) + 0.5f; }

    void draw_cell(parlour::Board &board, unsigned cell, std::uint32_t color) const {
        board.cell({.id = cell,
                    .color = PARLOUR_COLOR_RGBA,
                    .rgba = color,
                    .x = column_x(cell),
                    .y = row_y(cell),
                    .w = 0.97f,
                    .h = 0.97f});
    }
    void draw_cover(parlour::Board &board, unsigned cell) const {
        board.cell({.id = cell,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_RAISED,
                    .rgba = cover_color,
                    .x = column_x(cell),
                    .y = row_y(cell),
                    .w = 0.97f,
                    .h = 0.97f});
    }
    static void draw_mine(parlour::Board &board, unsigned cell, const char *label) {
        board.piece({.cell = cell,
                     .color = PARLOUR_COLOR_RGBA,
                     .rgba = 0x1b1f27ff,
                     .id = 1000 + cell,
                     .scale = 0.7f,
                     .label = label});
    }
    static void draw_glyph(parlour::Board &board, unsigned cell, const char *glyph, std::uint32_t color, float scale,
                           const char *label) {
        board.piece({.cell = cell,
                     .kind = PARLOUR_PIECE_GLYPH,
                     .color = PARLOUR_COLOR_RGBA,
                     .rgba = color,
                     .id = 1000 + cell,
                     .scale = scale,
                     .glyph = glyph,
                     .label = label});
    }

    unsigned width_ = 0, height_ = 0, n_cells_ = 0, mines_ = 0;
    bool first_clear_, flags_;
    Grid around_{};
};

} // namespace

PARLOUR_GAME(Minesweeper);
