// Gomoku on boards of 3x3 to 19x19: five in a row, freestyle (five or more win) or standard (exactly five).
//
// clang-format off
//        a  b  c  d  e        point = size * row + column, rows from the top; here 5x5. Moves are points, written by
//     5  0  1  2  3  4        the column's letter (all of them, also i) and the row's number from below: "h8" is the
//     4  5  6  7  8  9        middle of 15x15.
//     3 10 11 12 13 14
//     2 15 16 17 18 19        Black moves first. A full board without a row that wins is a draw.
//     1 20 21 22 23 24
// clang-format on
//
// A position is written row by row from the top, b and w for stones and numbers for runs of empty points, then the
// side to move: "15/15/15/15/15/15/15/7b7/15/15/15/15/15/15/15 w". Two more forms are read: the moves from the empty
// board ("h8i9 j8"), as RenLib and other gomoku programs write them, and SGF with SZ, AB, AW, PL and the moves B and
// W, whose points are two letters from the top left ("hh").
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using parlour::Board;
using parlour::Failure;
using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::quote;
using parlour::Rng;
using parlour::squeezed;
using parlour::Turn;

constexpr unsigned most_size = 19, most_points = most_size * most_size, words = (most_points + 63) / 64;
constexpr unsigned most_line = 6;
constexpr unsigned off_board = 0xffff;

// A set of points, one bit each.
struct Points {
    std::uint64_t word[words];

    bool has(unsigned point) const { return (word[point / 64] >> point % 64 & 1) != 0; }
    void add(unsigned point) { word[point / 64] |= std::uint64_t{1} << point % 64; }
    unsigned count() const {
        int sum = 0;
        for (const std::uint64_t part : word) sum += std::popcount(part);
        return static_cast<unsigned>(sum);
    }
};

// Calls `each` for every point of the set, in order.
template <class Each>
void for_each_point(const Points &points, Each each) {
    for (unsigned i = 0; i < words; ++i) {
        for (std::uint64_t left = points.word[i]; left != 0; left &= left - 1) {
            each(64 * i + lowest_bit(left));
        }
    }
}

// Half of the eight directions, as row and column: level, upright and both slants.
constexpr std::array<std::array<int, 2>, 4> directions{{{0, 1}, {1, 0}, {1, 1}, {1, -1}}};

constexpr std::array<const char *, 2> rules_ids{"free", "standard"};
constexpr std::array<const char *, 2> rules_labels{"Freestyle: five or more", "Standard: exactly five"};

enum Ending : std::uint8_t { running = 0, by_line = 1, by_full_board = 2 };

class Gomoku {
public:
    static constexpr parlour::GameAbout about{.id = "gomoku",
                                              .name = "Gomoku",
                                              .family = "row",
                                              .summary = "Five stones in a row win.",
                                              .author = "Parlour",
                                              .max_moves = most_points, // one for every empty point
                                              .move_space = most_points,
                                              .max_plies = most_points, // one for every point
                                              .accent = 0x8a6430ff};

    static constexpr std::array options{
        Option::integer("size", "Board", "How many points a side of the board has.", "15", 3, most_size),
        Option::choice("rules", "Rules", "Whether a row of six or more wins too.", "free", rules_ids, rules_labels),
        Option::integer("line", "Row", "How many stones in a row win; on a smaller board as many as it is wide.", "5",
                        3, most_line)};

    explicit Gomoku(const OptionValues &values)
        : size_(static_cast<unsigned>(values.integer("size"))),
          points_(size_ * size_),
          line_(std::min(static_cast<unsigned>(values.integer("line")), size_)),
          exact_(values.text("rules") == "standard") {
        for (unsigned point = 0; point < points_; ++point) {
            board_.add(point);
            padded_[point] = static_cast<std::uint16_t>((point / size_ + 1) * (size_ + 2) + point % size_ + 1);
        }
    }

    struct State {
        Points stones[2]; // of Black and of White
        std::uint8_t mover;
        std::uint8_t ending;
        std::uint8_t reserved[6];
    };
    static_assert(sizeof(State) == 104);

    // ---- rules ----

    State initial() const { return {}; }

    Turn turn(const State &state) const { return state.ending != running ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        for_each_point(empty_points(state), [&](unsigned point) { moves.add(point); });
    }

    Turn apply(State &state, Move move) const {
        if (move >= points_ || state.ending != running || state.stones[0].has(move) || state.stones[1].has(move))
            [[unlikely]]
            return Turn::fault();
        state.stones[state.mover].add(move);
        if (makes_line(state.stones[state.mover], move)) {
            state.ending = by_line;
        } else if (is_full(state)) {
            state.ending = by_full_board;
        }
        state.mover ^= 1;
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] = util[1] = 0;
        if (state.ending != by_line) return;
        util[state.mover] = -1.0f;
        util[state.mover ^ 1] = 1.0f;
    }

    std::uint64_t hash(const State &state) const {
        std::uint64_t hash = 1u + state.mover;
        for (unsigned i = 0; 64 * i < points_; ++i) {
            hash = parlour::mix64(hash ^ state.stones[0].word[i]) + 0x9e3779b97f4a7c15u;
            hash = parlour::mix64(hash ^ state.stones[1].word[i]) + 0x9e3779b97f4a7c15u;
        }
        return hash;
    }

    // On a board of bytes with a rim, one draw from the list of empty points a ply.
    std::uint32_t playout(State &state, Rng &rng, std::uint32_t max_plies, float *util) const {
        std::array<std::uint8_t, (most_size + 2) * (most_size + 2)> board{};
        for (const unsigned side : {0u, 1u}) {
            for_each_point(state.stones[side], [&](unsigned point) { board[padded_[point]] = stone_of(side); });
        }
        std::array<std::uint16_t, most_points> empty;
        unsigned left = 0;
        for_each_point(empty_points(state),
                       [&](unsigned point) { empty[left++] = static_cast<std::uint16_t>(point); });
        const int width = static_cast<int>(size_) + 2;
        std::uint32_t plies = 0;
        while (plies < max_plies && state.ending == running) {
            const unsigned drawn = rng.below(left), point = empty[drawn];
            empty[drawn] = empty[--left];
            const std::uint8_t stone = stone_of(state.mover);
            const std::uint8_t *at = board.data() + padded_[point];
            board[padded_[point]] = stone;
            state.stones[state.mover].add(point);
            if (left == 0) state.ending = by_full_board;
            for (const int step : {1, width, width + 1, width - 1}) {
                unsigned length = 1;
                for (const std::uint8_t *next = at + step; *next == stone; next += step) ++length;
                for (const std::uint8_t *next = at - step; *next == stone; next -= step) ++length;
                if (wins(length)) state.ending = by_line;
            }
            state.mover ^= 1;
            ++plies;
        }
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const { return move < points_ ? point_name(move) : "?"; }

    // As move_text writes it, in any case; or as SGF does, "hh".
    Move parse_move(const State &state, std::string_view text) const {
        const std::string name = squeezed(text), quoted = quote(text);
        unsigned point = named_point(name);
        if (point == off_board) point = sgf_point(name);
        if (point == off_board) {
            throw Failure(PARLOUR_E_PARSE,
                          quoted + " is no point of this board; they are a1 to " + point_name(size_ - 1));
        }
        if (state.ending != running) throw Failure(PARLOUR_E_ILLEGAL, "the game is over");
        if (!empty_points(state).has(point))
            throw Failure(PARLOUR_E_ILLEGAL, quoted + " is not a legal move here; the point is taken");
        return point;
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < size_; ++row) {
            unsigned gap = 0;
            const auto end_gap = [&] {
                if (gap > 0) text += std::to_string(gap);
                gap = 0;
            };
            if (row > 0) text += '/';
            for (unsigned point = row * size_; point < (row + 1) * size_; ++point) {
                const bool black = state.stones[0].has(point), white = state.stones[1].has(point);
                if (black || white) {
                    end_gap();
                    text += black ? 'b' : 'w';
                } else {
                    ++gap;
                }
            }
            end_gap();
        }
        return text + (state.mover == 0 ? " b" : " w");
    }

    State parse_state(std::string_view text) const {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
        if (text.starts_with('(') || text.starts_with(';')) return parse_sgf(text);
        return text.find('/') == std::string_view::npos ? parse_moves(text) : parse_rows(text);
    }

    std::string check(const State &state) const {
        for (unsigned i = 0; i < words; ++i) {
            if (((state.stones[0].word[i] | state.stones[1].word[i]) & ~board_.word[i]) != 0)
                return "there is a stone outside the board";
            if ((state.stones[0].word[i] & state.stones[1].word[i]) != 0) return "a point has two stones";
        }
        if (state.mover > 1 || state.ending > by_full_board) return "the bytes are not a position of gomoku";
        for (const std::uint8_t byte : state.reserved) {
            if (byte != 0) return "the bytes are not a position of gomoku";
        }
        if (state.stones[0].count() != state.stones[1].count() + state.mover)
            return "the numbers of stones do not fit the side to move";
        if (has_line(state.stones[state.mover])) return "the side to move has a row that wins already";
        if (state.ending != ending_of(state)) return "the position is marked as finished or unfinished wrongly";
        return {};
    }

    // ---- search ----

    // Every row of five points that one side alone has stones in counts, the more the more of them; a row that the
    // side to move can complete wins, and two points where the other side could complete one lose. Counting open
    // fives is the common ground of gomoku programs (Allis, Searching for Solutions, 1994, on threats); the weights
    // are hand-set, in thousandths of a game.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Survey survey = look(state);
        const unsigned mover = state.mover, other = mover ^ 1;
        std::int32_t sum = survey.sum[mover] - survey.sum[other];
        if (survey.completing[mover].count() > 0) {
            sum += 3000;
        } else if (survey.completing[other].count() > 1) {
            sum -= 2500;
        } else {
            sum += 15;
        }
        return player == mover ? sum : -sum;
    }

    // Points by what they add to own rows and take from the other side's.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Survey survey = look(state);
        const unsigned mover = state.mover;
        for (std::uint32_t i = 0; i < n; ++i) {
            const int worth = 4 * survey.worth[mover][moves[i]] + 3 * survey.worth[mover ^ 1][moves[i]];
            const int urgent = survey.completing[mover].has(moves[i])       ? 20000
                               : survey.completing[mover ^ 1].has(moves[i]) ? 10000
                                                                            : 0;
            score[i] = static_cast<std::int16_t>(urgent + std::min(worth, 9000));
        }
    }

    // A row that can be completed has to be, or to be blocked.
    void noisy(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        const Survey survey = look(state);
        const bool can_win = survey.completing[state.mover].count() > 0;
        for_each_point(survey.completing[can_win ? state.mover : state.mover ^ 1],
                       [&](unsigned point) { moves.add(point); });
    }

    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (const unsigned side : {0u, 1u}) {
            image.stones[side] = {};
            for_each_point(state.stones[side],
                           [&](unsigned point) { image.stones[side].add(image_of(symmetry, point)); });
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const { return image_of(symmetry, move); }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        if (state.ending == by_full_board) return "the board is full";
        constexpr std::array<const char *, most_line + 1> names{"", "", "", "three", "four", "five", "six"};
        return std::string("by ") + names[line_] + " in a row";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (state.ending != running) return "The game is over.";
        return from < points_ && !empty_points(state).has(from) ? "That point is taken." : "";
    }

    std::string rules() const {
        const std::string line = std::to_string(line_);
        return "# Gomoku\n\n"
               "**Black** and **White** take turns to put a stone on any empty point of the board. Black begins. "
               "Stones never move and are never taken.\n\n"
               "## The end\n\n"
               "- Whoever first has **" +
               line + " stones in a row**, level, upright or slanting and without a gap, wins.\n" +
               (exact_ ? "- It has to be exactly " + line + ": a longer row does **not** win.\n"
                       : "- A longer row wins as well.\n") +
               "- When the board is full and nobody has such a row, the game is a **draw**.\n\n"
               "## Good to know\n\n"
               "A row that lacks one stone has to be blocked at once. So make two threats with one stone: a row of "
               "four that is open at both ends, or two rows that cross.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        const auto size = static_cast<float>(size_);
        board.extent(-0.5f, -0.5f, size + 0.5f, size + 0.5f);
        const auto draw = [&](std::uint8_t shape, std::uint32_t rgba, float x, float y, float w, float h,
                              unsigned flags = 0) {
            const std::array<float, 8> corners{-w / 2, -h / 2, w / 2, -h / 2, w / 2, h / 2, -w / 2, h / 2};
            const std::span<const float> none;
            board.cell({.shape = shape,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = static_cast<std::uint8_t>(PARLOUR_CELL_DECOR | flags),
                        .rgba = rgba,
                        .x = x,
                        .y = y,
                        .w = w,
                        .h = h,
                        .xy = shape == PARLOUR_SHAPE_POLYGON ? std::span<const float>(corners) : none});
        };
        constexpr std::uint32_t wood = 0xe2bd7cff, ink = 0x5b4526ff;
        draw(PARLOUR_SHAPE_ROUND, wood, size / 2, size / 2, size + 0.5f, size + 0.5f, PARLOUR_CELL_RAISED);
        const float width = 0.03f + 0.002f * size;
        for (unsigned i = 0; i < size_; ++i) {
            const float at = static_cast<float>(i) + 0.5f;
            draw(PARLOUR_SHAPE_POLYGON, ink, size / 2, at, size - 1 + width, width);
            draw(PARLOUR_SHAPE_POLYGON, ink, at, size / 2, width, size - 1 + width);
        }
        const float star = 0.12f + 0.008f * size;
        for (unsigned point = 0; point < points_; ++point) {
            if (is_star(point)) draw(PARLOUR_SHAPE_CIRCLE, ink, x_of(point), y_of(point), star, star);
        }
        for (unsigned point = 0; point < points_; ++point) {
            const std::string name = point_name(point);
            board.cell({.id = point,
                        .shape = PARLOUR_SHAPE_CIRCLE,
                        .color = PARLOUR_COLOR_NONE,
                        .x = x_of(point),
                        .y = y_of(point),
                        .label = name.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (const unsigned side : {0u, 1u}) {
            for_each_point(state.stones[side], [&](unsigned point) {
                board.piece({.cell = point,
                             .color = static_cast<std::uint8_t>(side == 0 ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                             .id = point + 1,
                             .scale = 1.1f,
                             .label = side == 0 ? "X, black stone" : "O, white stone"});
            });
        }
        if (state.ending != by_line) return;
        const Points &winner = state.stones[state.mover ^ 1];
        for_each_point(winner, [&](unsigned point) {
            for (const auto &way : directions) {
                const unsigned length = run_from(winner, point, way, 1);
                if (run_from(winner, point, way, -1) > 1 || !wins(length)) continue;
                const auto last = static_cast<int>(point) + static_cast<int>(length - 1) * step_of(way);
                board.mark({.cell_a = point, .cell_b = static_cast<std::uint32_t>(last)});
            }
        });
    }

    void path(const State &, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative == 0) path.cell(move);
    }

private:
    // ---- rows ----

    static constexpr std::uint8_t stone_of(unsigned side) { return static_cast<std::uint8_t>(side + 1); }
    bool wins(unsigned length) const { return exact_ ? length == line_ : length >= line_; }
    int step_of(const std::array<int, 2> &way) const { return way[0] * static_cast<int>(size_) + way[1]; }

    // How many stones stand in a row from a stone on, itself among them, along a direction or against it.
    unsigned run_from(const Points &stones, unsigned point, const std::array<int, 2> &way, int sign) const {
        const int size = static_cast<int>(size_), dy = sign * way[0], dx = sign * way[1];
        int y = static_cast<int>(point) / size + dy, x = static_cast<int>(point) % size + dx;
        unsigned length = 1;
        for (; x >= 0 && y >= 0 && x < size && y < size; x += dx, y += dy, ++length) {
            if (!stones.has(static_cast<unsigned>(y * size + x))) break;
        }
        return length;
    }
    bool makes_line(const Points &stones, unsigned point) const {
        for (const auto &way : directions) {
            if (wins(run_from(stones, point, way, 1) + run_from(stones, point, way, -1) - 1)) return true;
        }
        return false;
    }
    bool has_line(const Points &stones) const {
        bool found = false;
        for_each_point(stones, [&](unsigned point) { found = found || makes_line(stones, point); });
        return found;
    }
    Ending ending_of(const State &state) const {
        if (has_line(state.stones[0]) || has_line(state.stones[1])) return by_line;
        return is_full(state) ? by_full_board : running;
    }
    bool is_full(const State &state) const {
        for (unsigned i = 0; i < words; ++i) {
            if ((state.stones[0].word[i] | state.stones[1].word[i]) != board_.word[i]) return false;
        }
        return true;
    }
    Points empty_points(const State &state) const {
        Points empty;
        for (unsigned i = 0; i < words; ++i) {
            empty.word[i] = board_.word[i] & ~(state.stones[0].word[i] | state.stones[1].word[i]);
        }
        return empty;
    }

    // What all possible rows tell of a position, for each side.
    struct Survey {
        std::array<std::int32_t, 2> sum{};
        std::array<std::array<std::int32_t, most_points>, 2> worth{}; // of an empty point, to that side
        std::array<Points, 2> completing{};                           // points that complete a row
    };
    Survey look(const State &state) const {
        std::array<std::uint8_t, most_points> worth_of{}; // Black's stones count 1, White's 16
        for_each_point(state.stones[0], [&](unsigned point) { worth_of[point] = 1; });
        for_each_point(state.stones[1], [&](unsigned point) { worth_of[point] = 16; });
        Survey survey;
        const int size = static_cast<int>(size_), reach = static_cast<int>(line_) - 1;
        for (const auto &[dy, dx] : directions) {
            const int step = step_of({dy, dx});
            const int last_y = size - dy * reach, first_x = dx < 0 ? reach : 0, last_x = size - (dx > 0 ? reach : 0);
            for (int y = 0; y < last_y; ++y) {
                for (int x = first_x; x < last_x; ++x) count_row(worth_of, y * size + x, step, survey);
            }
        }
        return survey;
    }
    void count_row(const std::array<std::uint8_t, most_points> &worth_of, int first, int step, Survey &survey) const {
        unsigned content = 0;
        int at = first;
        for (unsigned i = 0; i < line_; ++i, at += step) content += worth_of[static_cast<std::size_t>(at)];
        const unsigned black = content & 15, white = content >> 4;
        if (black > 0 && white > 0) return;
        // What a row is worth by how many stones it lacks.
        constexpr std::array<std::int32_t, most_line + 1> by_missing{0, 180, 45, 12, 3, 1, 1};
        const std::int32_t worth = by_missing[line_ - black - white];
        at = first;
        if (content != 0) survey.sum[white > 0] += worth;
        for (unsigned i = 0; i < line_; ++i, at += step) {
            const auto point = static_cast<unsigned>(at);
            if (worth_of[point] != 0) continue;
            if (white == 0) survey.worth[0][point] += worth;
            if (black == 0) survey.worth[1][point] += worth;
            if (black + white + 1 < line_) continue;
            const unsigned side = white > 0;
            if (!exact_ || completes_exactly(worth_of, first, step, side)) survey.completing[side].add(point);
        }
    }
    // Whether no stone of the side stands right before or behind a row that is to be completed.
    bool completes_exactly(const std::array<std::uint8_t, most_points> &worth_of, int first, int step,
                           unsigned side) const {
        const int size = static_cast<int>(size_), dy = (step + 1) / size, dx = step - dy * size;
        const auto is_own = [&](int y, int x) {
            return y >= 0 && x >= 0 && y < size && x < size &&
                   worth_of[static_cast<std::size_t>(y * size + x)] == (side == 0 ? 1 : 16);
        };
        const int y = first / size, x = first % size, reach = static_cast<int>(line_);
        return !is_own(y - dy, x - dx) && !is_own(y + reach * dy, x + reach * dx);
    }

    unsigned image_of(std::uint32_t symmetry, unsigned point) const {
        unsigned row = point / size_, column = point % size_;
        if ((symmetry & 4) != 0) column = size_ - 1 - column;
        for (unsigned turns = 0; turns < (symmetry & 3); ++turns) {
            const unsigned turned = size_ - 1 - row;
            row = column;
            column = turned;
        }
        return row * size_ + column;
    }

    // ---- reading ----

    std::string point_name(unsigned point) const {
        return static_cast<char>('a' + point % size_) + std::to_string(size_ - point / size_);
    }
    unsigned named_point(std::string_view name) const {
        if (name.size() < 2 || name.size() > 3 || name[0] < 'a' || name[1] == '0') return off_board;
        const auto column = static_cast<unsigned>(name[0] - 'a');
        const auto row = parlour::whole_number(name.substr(1), 1, size_);
        return column < size_ && row ? (size_ - *row) * size_ + column : off_board;
    }
    unsigned sgf_point(std::string_view name) const {
        if (name.size() != 2 || name[0] < 'a' || name[1] < 'a') return off_board;
        const auto column = static_cast<unsigned>(name[0] - 'a'), row = static_cast<unsigned>(name[1] - 'a');
        return column < size_ && row < size_ ? row * size_ + column : off_board;
    }

    Failure refusal(const std::string &why) const {
        return {PARLOUR_E_PARSE, why + "; a position is written like " + state_text(initial())};
    }

    State parse_rows(std::string_view text) const {
        State state{};
        const std::size_t end = std::min(text.find(' '), text.size());
        unsigned row = 0, column = 0, run = 0;
        const auto end_run = [&] {
            column += run;
            run = 0;
            if (column > size_)
                throw refusal("row " + std::to_string(row + 1) + " has more than " + std::to_string(size_) +
                              " points");
        };
        for (const char c : text.substr(0, end)) {
            if (c >= '0' && c <= '9') {
                run = std::min(run * 10 + static_cast<unsigned>(c - '0'), 1000u);
                continue;
            }
            end_run();
            if (c == '/') {
                if (column != size_) throw refusal("row " + std::to_string(row + 1) + " is not complete");
                if (++row == size_) throw refusal("there are more than " + std::to_string(size_) + " rows");
                column = 0;
            } else if (c == 'b' || c == 'w' || c == 'B' || c == 'W') {
                if (column < size_) state.stones[c == 'w' || c == 'W'].add(row * size_ + column);
                ++run;
                end_run();
            } else {
                throw refusal("\"" + std::string(1, c) + "\" is neither a stone nor a number");
            }
        }
        end_run();
        if (row + 1 != size_ || column != size_) throw refusal("the board is not complete");
        const std::string side = squeezed(text.substr(end));
        if (side != "b" && side != "w") throw refusal("the side to move is missing");
        state.mover = side == "w";
        state.ending = ending_of(state);
        return state;
    }

    // Moves from the empty board, each a letter and a number, with blanks or nothing between them.
    State parse_moves(std::string_view text) const {
        State state{};
        const std::string moves = squeezed(text);
        if (moves.empty()) throw refusal("there is no position");
        for (std::size_t at = 0; at < moves.size();) {
            std::size_t end = at + 1;
            while (end < moves.size() && moves[end] >= '0' && moves[end] <= '9') ++end;
            const std::string name = moves.substr(at, end - at);
            if (named_point(name) == off_board)
                throw refusal("\"" + name.substr(0, 10) + "\" is no point of this board");
            apply(state, parse_move(state, name));
            at = end;
        }
        return state;
    }

    // The first variation of a game in SGF: stones set up, then moves played by the rules.
    State parse_sgf(std::string_view text) const {
        State state{};
        std::string property;
        bool fresh = true; // the next letter begins a property's name
        std::size_t at = 0;
        for (; at < text.size() && text[at] != ')'; ++at) {
            const char c = text[at];
            if (c >= 'A' && c <= 'Z') {
                if (fresh) property.clear();
                fresh = false;
                property += c;
            } else if (c == '[') {
                const std::size_t end = text.find(']', at);
                if (end == std::string_view::npos) throw refusal("a value of the SGF text has no ] at its end");
                read_property(property, squeezed(text.substr(at + 1, end - at - 1)), state);
                at = end;
                fresh = true;
            }
        }
        if (at == text.size() && text.starts_with('(')) throw refusal("the SGF text has no ) at its end");
        return state;
    }
    void read_property(std::string_view property, const std::string &value, State &state) const {
        const bool sets = property == "AB" || property == "AW", plays = property == "B" || property == "W";
        const unsigned side = property.ends_with('W');
        if (property == "SZ" && value != std::to_string(size_)) {
            throw Failure(PARLOUR_E_PARSE, "the SGF text is about a board of size " + value.substr(0, 10) +
                                               ", this one has " + std::to_string(size_) +
                                               "; start the game with --option size=" + value.substr(0, 10));
        }
        if (property == "GM" && value != "4") {
            throw Failure(PARLOUR_E_PARSE,
                          "the SGF text is of another game: GM[" + value.substr(0, 10) + "], gomoku has GM[4]");
        }
        if (property == "PL") state.mover = value.starts_with('w');
        if (!sets && !plays) return;
        if (plays && state.mover != side)
            throw refusal("it is not the turn of the stone on \"" + value.substr(0, 10) + "\"");
        const auto point_in = [&](const std::string &name) {
            const unsigned point = sgf_point(name);
            if (point != off_board) return point;
            const auto end = static_cast<char>('a' + size_ - 1);
            throw Failure(PARLOUR_E_PARSE, "\"" + name.substr(0, 10) +
                                               "\" is no point of this board; in SGF they are aa to " +
                                               std::string(2, end) + ", and lists like aa:cc");
        };
        if (plays) {
            apply(state, parse_move(state, point_name(point_in(value))));
            return;
        }
        const std::size_t colon = value.find(':');
        const unsigned first = point_in(value.substr(0, colon));
        const unsigned last = colon == std::string::npos ? first : point_in(value.substr(colon + 1));
        for (unsigned row = first / size_; row <= last / size_; ++row) {
            for (unsigned column = first % size_; column <= last % size_; ++column) {
                state.stones[side].add(row * size_ + column);
            }
        }
        state.mover = state.stones[0].count() > state.stones[1].count();
        state.ending = ending_of(state);
    }

    // ---- drawing ----

    float x_of(unsigned point) const { return static_cast<float>(point % size_) + 0.5f; }
    float y_of(unsigned point) const { return static_cast<float>(point / size_) + 0.5f; }
    // The nine dots of larger boards, the middle alone of smaller ones.
    bool is_star(unsigned point) const {
        const unsigned row = point / size_, column = point % size_, middle = size_ / 2;
        if (size_ % 2 == 1 && row == middle && column == middle) return true;
        if (size_ < 11) return false;
        const auto on_star = [&](unsigned at) {
            return at == 3 || at == size_ - 4 || (size_ > 15 && size_ % 2 == 1 && at == middle);
        };
        return on_star(row) && on_star(column);
    }

    unsigned size_, points_, line_;
    bool exact_;
    Points board_{};
    std::array<std::uint16_t, most_points> padded_{}; // a point's place on the playout's board
};

} // namespace

PARLOUR_GAME(Gomoku);
