// Go on boards of 2x2 to 19x19: area scoring, suicide forbidden, positional superko, two passes end the game. It is
// played out: all stones on the board at the end are alive.
//
//        A  B  C  D  E  F  G  H  J        point = size * row + column, rows from the top; here 9x9. Point `points_`
//     9  0  1  2  3  4  5  6  7  8        is the pass. Texts have the letters of go players (there is no I) and
//     8  9 10 11 12 13 14 15 16 17        numbers from below ("D6"), or those of SGF, both from the top left ("dd").
//     7 18 19 20 21 22 23 24 25 26
//     ...                                 X (Black) moves first.
//
// Positional superko: nobody may play a stone so that the whole board becomes as it was after any earlier move. The
// state keeps the stones placed and taken since the beginning, two bytes each, the last 706 of them: a whole game of
// 19x19 as people play it, and nearly every random one of 9x9. Taking them back gives the earlier boards exactly,
// without comparing hashes. That is why it is about two kilobytes.
//
// So that every game ends, the board is counted as it stands after 200 + 4 * points plies.
//
// A position is written as rows from the top, X, O and . a point, with / between, then b or w to move, and perhaps
// "pass 1" after a pass, "ko D6,E5" for points where a stone would repeat, "ply 37". SGF is read as well: SZ, AB, AW,
// AE, PL and the moves B and W of the first variation.
#include <parlour/bits.hpp>
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <bit>
#include <cmath>

namespace {

using parlour::lowest_bit;
using parlour::Move;
using parlour::MoveList;
using parlour::nth_bit;
using parlour::Option;
using parlour::OptionValues;
using parlour::quote;
using parlour::read_number;
using parlour::squeezed;
using parlour::Turn;

constexpr unsigned most_size = 19, most_points = most_size * most_size;
constexpr unsigned board_bytes = 384; // the points, and beyond them nothing but `outside`
constexpr unsigned off_board = board_bytes - 1;

// What is on a point. The stone of player 0 is 1, that of player 1 is 2.
constexpr std::uint8_t nothing = 0, outside = 3;
constexpr std::uint8_t stone_of(unsigned player) {
    return static_cast<std::uint8_t>(player + 1);
}
constexpr std::uint8_t other_stone(std::uint8_t stone) {
    return static_cast<std::uint8_t>(3 - stone);
}

// A set of points, one bit each.
struct Points {
    std::uint64_t word[board_bytes / 64];

    bool test(unsigned point) const { return (word[point / 64] >> point % 64 & 1) != 0; }
    void add(unsigned point) { word[point / 64] |= std::uint64_t{1} << point % 64; }
    void remove(unsigned point) { word[point / 64] &= ~(std::uint64_t{1} << point % 64); }
    unsigned count() const {
        unsigned sum = 0;
        for (const std::uint64_t part : word) sum += static_cast<unsigned>(std::popcount(part));
        return sum;
    }
    bool meets(const Points &other) const {
        std::uint64_t common = 0;
        for (std::size_t i = 0; i < std::size(word); ++i) common |= word[i] & other.word[i];
        return common != 0;
    }
    bool within(const Points &other) const {
        std::uint64_t beyond = 0;
        for (std::size_t i = 0; i < std::size(word); ++i) beyond |= word[i] & ~other.word[i];
        return beyond == 0;
    }
    // The index-th of its points, counted from 0; there are more than that.
    unsigned nth(unsigned index) const {
        unsigned base = 0;
        for (const std::uint64_t part : word) {
            const auto here = static_cast<unsigned>(std::popcount(part));
            if (index < here) return base + nth_bit(part, index);
            index -= here;
            base += 64;
        }
        return off_board;
    }
    template <class Visit>
    void each(Visit visit) const {
        for (unsigned i = 0; i < std::size(word); ++i) {
            for (std::uint64_t left = word[i]; left != 0; left &= left - 1) {
                visit(64 * i + lowest_bit(left));
            }
        }
    }
    bool operator==(const Points &) const = default;
};

// A stack for walks over a chain or a region, each point once at most.
struct Stack {
    std::array<std::uint16_t, most_points> point;
    unsigned size = 0;
    void push(unsigned next) { point[size++] = static_cast<std::uint16_t>(next); }
    unsigned pop() { return point[--size]; }
};

// Random-looking numbers by stone and point, for the key of a board.
constexpr std::uint64_t key_of(std::uint8_t stone, unsigned point) {
    return parlour::mix64(0x476f00000000u + 1024u * stone + point);
}
constexpr auto keys = [] {
    std::array<std::array<std::uint64_t, most_points>, 3> table{};
    for (std::uint8_t stone = 1; stone <= 2; ++stone) {
        for (unsigned point = 0; point < most_points; ++point) table[stone][point] = key_of(stone, point);
    }
    return table;
}();

// One entry of the history: a stone that was placed, or taken off.
constexpr std::uint16_t taken_flag = 1 << 11;
constexpr std::uint16_t placed(unsigned point, std::uint8_t stone) {
    return static_cast<std::uint16_t>(point | stone * 512u);
}
constexpr unsigned point_of(std::uint16_t entry) {
    return entry & 511;
}
constexpr std::uint8_t stone_in(std::uint16_t entry) {
    return static_cast<std::uint8_t>(entry >> 9 & 3);
}

constexpr unsigned most_plies(unsigned points) {
    return 200 + 4 * points;
}

class Go {
public:
    static constexpr parlour::GameAbout about{
        .id = "go",
        .name = "Go",
        .family = "territory",
        .summary = "Surround more of the board than the other side. Area scoring, positional superko.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        .max_moves = most_points + 1, // every point, and the pass
        .move_space = most_points + 1,
        .max_plies = most_plies(most_points), // after which turn() says that it is over
        .accent = 0xb5833fff};

    static constexpr std::array options{
        Option::integer("size", "Board", "How many lines a side of the board has: 9, 13 and 19 are usual.", "9", 2,
                        most_size),
        Option::real("komi", "Komi", "Points that White is given for moving second.", "7.5", -100, 100)};

    explicit Go(const OptionValues &values)
        : size_(static_cast<unsigned>(values.integer("size"))),
          points_(size_ * size_),
          limit_(most_plies(points_)),
          komi_(values.real("komi")) {
        for (unsigned point = 0; point < points_; ++point) {
            board_.add(point);
            const int row = static_cast<int>(point / size_), column = static_cast<int>(point % size_);
            const auto at = [&](int y, int x) {
                const int n = static_cast<int>(size_);
                const bool on = y >= 0 && y < n && x >= 0 && x < n;
                return static_cast<std::uint16_t>(on ? y * n + x : static_cast<int>(off_board));
            };
            beside_[point] = {at(row - 1, column), at(row, column - 1), at(row, column + 1), at(row + 1, column)};
            slant_[point] = {at(row - 1, column - 1), at(row - 1, column + 1), at(row + 1, column - 1),
                             at(row + 1, column + 1)};
        }
    }

    static constexpr unsigned log_room = 706;

    struct State {
        std::uint64_t key; // of the stones on the board
        Points empty;
        Points banned;   // where the side to move would repeat an earlier board
        Points taken[2]; // where stones of that player have been taken off, at least as far back as `log` goes
        std::uint8_t at[board_bytes];
        std::uint16_t log[log_room]; // a ring; zero where nothing was written yet
        std::uint16_t logged, next;  // how many entries are there; where the next one goes
        std::uint16_t plies, mover, passes, reserved;
    };
    static_assert(sizeof(State) == 2008);

    // ---- rules ----

    State initial() const {
        State state{};
        state.empty = board_;
        std::fill(state.at + points_, state.at + board_bytes, outside);
        return state;
    }

    Turn turn(const State &state) const { return is_over(state) ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        if (is_over(state)) return;
        state.empty.each([&](unsigned point) {
            if (!state.banned.test(point) && !is_suicide(state, point)) moves.add(point);
        });
        moves.add(points_);
    }

    Turn apply(State &state, Move move) const {
        if (is_over(state) || move > points_ || (move < points_ && state.at[move] != nothing)) return Turn::fault();
        play(state, move);
        find_banned(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        const double ahead = lead(state);
        util[0] = ahead > 0 ? 1.0f : ahead < 0 ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    // Stones, side, passes and what superko forbids right now; the count of plies only near the limit, so that equal
    // positions meet in a search's tables.
    std::uint64_t hash(const State &state) const {
        const unsigned left = limit_ - std::min<unsigned>(limit_, state.plies);
        std::uint64_t rest = (left < 64 ? left : 64u) << 4 | unsigned{state.passes} << 1 | state.mover;
        for (const std::uint64_t word : state.banned.word) rest = std::rotl(rest, 11) ^ word * 0x9e3779b97f4a7c15u;
        return parlour::mix64(state.key ^ parlour::mix64(rest));
    }

    // A game of random moves. What superko forbids is not looked for after every move, but asked of the point that is
    // drawn.
    std::uint32_t playout(State &state, parlour::Rng &rng, std::uint32_t max_plies, float *util) const {
        Boards boards = boards_before(state);
        std::uint32_t plies = 0;
        for (; !is_over(state) && plies < max_plies; ++plies) {
            const Move move = draw(state, rng, [&](unsigned point) {
                return plies == 0 ? state.banned.test(point) : repeats(state, point, boards);
            });
            boards.add(state.key);
            play(state, move);
        }
        if (plies > 0) find_banned(state);
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const { return move >= points_ ? "pass" : point_text(move); }

    // "D6" or the SGF form "dd"; "pass" or "tt".
    Move parse_move(const State &state, std::string_view text) const {
        const std::string plain = squeezed(text);
        const std::string quoted = quote(text);
        unsigned point = points_;
        if (plain != "pass" && plain != "tt") {
            point = plain.size() == 2 ? sgf_point(plain) : off_board;
            if (point == off_board) point = named_point(plain);
            if (point == off_board) {
                throw parlour::Failure(PARLOUR_E_PARSE, quoted + " is not a point of this board; write " +
                                                            point_text(points_ / 2) + ", or pass");
            }
        }
        if (is_over(state)) throw parlour::Failure(PARLOUR_E_ILLEGAL, "the game is over");
        const std::string problem = point == points_ ? std::string{} : why_not(state, point, PARLOUR_CELL_NONE);
        if (!problem.empty()) {
            throw parlour::illegal_move(*this, state, text, problem);
        }
        return point;
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned point = 0; point < points_; ++point) {
            if (point > 0 && point % size_ == 0) text += '/';
            text += ".XO"[state.at[point]];
        }
        text += state.mover == 0 ? " b" : " w";
        if (state.passes > 0) text += " pass " + std::to_string(state.passes);
        std::string points;
        state.banned.each([&](unsigned point) { points += (points.empty() ? " ko " : ",") + point_text(point); });
        text += points;
        if (state.plies > 0) text += " ply " + std::to_string(state.plies);
        return text;
    }

    State parse_state(std::string_view text) const {
        const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
        text.remove_prefix(begin);
        return text.starts_with('(') || text.starts_with(';') ? parse_sgf(text) : parse_rows(text);
    }

    std::string check(const State &state) const {
        State fresh = initial();
        for (unsigned point = 0; point < board_bytes; ++point) {
            if (point >= points_ ? state.at[point] != outside : state.at[point] >= outside) {
                return "the bytes are not a board";
            }
            if (point < points_ && state.at[point] != nothing) {
                fresh.empty.remove(point);
                fresh.key ^= keys[state.at[point]][point];
            }
        }
        if (!(fresh.empty == state.empty) || fresh.key != state.key) return "the empty points are listed wrongly";
        for (unsigned point = 0; point < points_; ++point) {
            if (state.at[point] != nothing && !has_liberty(state, point, off_board)) {
                return "the stone at " + point_text(point) + " has no liberty";
            }
        }
        if (state.mover > 1 || state.passes > 2 || state.reserved != 0) return "there are two sides and two passes";
        if (state.plies > limit_) return "the game ends after " + std::to_string(limit_) + " plies";
        if (!history_fits(state)) return "the history does not lead to this position";
        State known = state;
        find_banned(known);
        if (known.banned == state.banned) return {};
        if (state.logged > 0) return "the points that would repeat a position are listed wrongly";
        return state.banned.within(state.empty) ? "" : "a stone stands on a point where nobody may play";
    }

    // ---- for engines ----

    // Every empty point counts for whose stone is nearest, and chains that the side to move can take for that side
    // (the crudest of influence functions, after Zobrist 1969).
    std::int32_t eval(const State &state, std::uint32_t player) const {
        std::array<std::uint8_t, board_bytes> owner;
        std::memcpy(owner.data(), state.at, board_bytes);
        const std::uint8_t own = stone_of(state.mover), other = other_stone(own);
        Points seen{};
        for (unsigned point = 0; point < points_; ++point) {
            if (state.at[point] != other || seen.test(point)) continue;
            const Chain chain = chain_at(state, point);
            chain.stones.each([&](unsigned stone) {
                seen.add(stone);
                if (chain.liberties.count() == 1) owner[stone] = own;
            });
        }
        constexpr std::uint8_t shared = 4;
        for (bool changed = true; changed;) {
            changed = false;
            const std::array<std::uint8_t, board_bytes> before = owner;
            state.empty.each([&](unsigned point) {
                if (before[point] != nothing) return;
                unsigned reached = 0;
                for (const unsigned next : beside_[point]) {
                    if (before[next] == 1 || before[next] == 2) reached |= before[next];
                }
                if (reached == 0) return;
                owner[point] = reached == 3 ? shared : static_cast<std::uint8_t>(reached);
                changed = true;
            });
        }
        int ahead = 0;
        for (unsigned point = 0; point < points_; ++point) ahead += (owner[point] == 1) - (owner[point] == 2);
        // Early on most of the board is still open, so a lead in it says less.
        const double filled = 1.0 - state.empty.count() / static_cast<double>(points_);
        const double points = (ahead * (0.3 + 0.7 * filled) - komi_ * filled) + (state.mover == 0 ? 1 : -1);
        const auto score = static_cast<std::int32_t>(std::lround(1000 * points / (0.15 * points_ + 4)));
        return player == 0 ? score : -score;
    }

    // Taking stones and saving one's own first, then near the last stone and away from the edge; the pass and one's
    // own eyes last, but for a pass that ends the game with more area.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const std::uint8_t own = stone_of(state.mover);
        const unsigned last = state.logged > 0 ? point_of(last_placed(state)) : off_board;
        const auto line = [&](unsigned x) { return static_cast<int>(std::min(x, size_ - 1 - x)); };
        for (std::uint32_t i = 0; i < n; ++i) {
            const unsigned point = moves[i];
            if (point >= points_) {
                const double ahead = state.mover == 0 ? lead(state) : -lead(state);
                score[i] = state.passes == 1 && ahead > 0 ? 1000 : -200;
                continue;
            }
            const unsigned row = point / size_, column = point % size_;
            int value = 4 * std::min({line(row), line(column), 3});
            for (const unsigned next : beside_[point]) {
                if (state.at[next] == nothing || state.at[next] == outside) continue;
                const Chain chain = chain_at(state, next);
                if (chain.liberties.count() > 1) continue;
                value +=
                    (state.at[next] == own ? 30 : 60) + 10 * std::min(20, static_cast<int>(chain.stones.count()));
            }
            if (last != off_board) {
                const int away = std::abs(static_cast<int>(row) - static_cast<int>(last / size_)) +
                                 std::abs(static_cast<int>(column) - static_cast<int>(last % size_));
                value += std::max(0, 12 - 3 * away);
            }
            if (is_eye(state, point, state.mover)) value -= 150;
            score[i] = static_cast<std::int16_t>(value);
        }
    }

    // Taking two stones or more.
    void noisy(const State &state, MoveList &moves) const {
        if (is_over(state)) return;
        const std::uint8_t other = other_stone(stone_of(state.mover));
        Points seen{}, targets{};
        for (unsigned point = 0; point < points_; ++point) {
            if (state.at[point] != other || seen.test(point)) continue;
            const Chain chain = chain_at(state, point);
            chain.stones.each([&](unsigned stone) { seen.add(stone); });
            if (chain.liberties.count() == 1 && chain.stones.count() > 1) targets.add(chain.liberties.nth(0));
        }
        targets.each([&](unsigned point) {
            if (!state.banned.test(point)) moves.add(point);
        });
    }

    // Only of small boards: on larger ones a search hardly ever meets a mirrored position, and looks for it in vain.
    // The history of theirs never fills its room, so that its image is a whole one.
    std::uint32_t symmetries() const { return size_ <= 6 ? 8 : 1; }
    static_assert(2 * most_plies(36) <= log_room);
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        image.key = 0;
        const auto map_set = [&](const Points &set) {
            Points mapped{};
            set.each([&](unsigned point) { mapped.add(image_of(symmetry, point)); });
            return mapped;
        };
        image.empty = map_set(state.empty);
        image.banned = map_set(state.banned);
        image.taken[0] = map_set(state.taken[0]);
        image.taken[1] = map_set(state.taken[1]);
        for (unsigned point = 0; point < points_; ++point) {
            const unsigned to = image_of(symmetry, point);
            image.at[to] = state.at[point];
            if (state.at[point] != nothing) image.key ^= keys[state.at[point]][to];
        }
        // The stones that a move takes are written in the order of their points.
        const auto by_point = [](std::uint16_t a, std::uint16_t b) { return point_of(a) < point_of(b); };
        std::uint16_t *run = image.log;
        for (unsigned i = 0; i < state.logged; ++i) {
            const std::uint16_t entry = state.log[i];
            image.log[i] = static_cast<std::uint16_t>((entry & ~511u) | image_of(symmetry, point_of(entry)));
            if ((entry & taken_flag) == 0) run = image.log + i + 1;
            if (i + 1 == state.logged || (state.log[i + 1] & taken_flag) == 0)
                std::sort(run, image.log + i + 1, by_point);
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return move >= points_ ? move : image_of(symmetry, move);
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return area_of(state).owned[player].count();
    }
    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        const double ahead = std::abs(lead(state));
        char text[80];
        std::snprintf(text, sizeof text, "by %g point%s", ahead, ahead == 1 ? "" : "s");
        const std::string by = ahead == 0 ? "with equal areas" : text;
        return state.passes >= 2 ? by : by + ", counted after " + std::to_string(limit_) + " moves";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (is_over(state)) return "The game is over.";
        if (from >= points_) return {};
        if (state.at[from] != nothing) return "That point is taken.";
        if (state.banned.test(from))
            return "That would repeat an earlier position of the whole board; play elsewhere.";
        if (is_suicide(state, from)) return "A stone there would have no liberty.";
        return {};
    }

    std::string rules() const {
        char komi[40];
        std::snprintf(komi, sizeof komi, "%g", komi_);
        return "# Go\n\n"
               "**Black** and **White** take turns to put a stone on an empty point, where lines cross, or to pass. "
               "Black moves first. Stones are never moved. Whoever holds more of the board at the end wins.\n\n"
               "## Taking stones\n\n"
               "- Stones of one colour that touch along the lines are a **chain**. The empty points beside it are "
               "its "
               "**liberties**.\n"
               "- A chain whose last liberty you fill is **taken off** the board.\n"
               "- You may not play a stone that would have no liberty itself, unless it takes something.\n"
               "- You may not play so that **the whole board becomes as it was** at any time before (superko). In "
               "the "
               "common case, a *ko*, you cannot take straight back: play elsewhere first.\n\n"
               "## The end\n\n"
               "When both sides pass one after the other, the board is counted. Your **area** is your stones and the "
               "empty points that only your stones surround. White is given **" +
               std::string(komi) +
               "** more for moving second (komi).\n\n"
               "All stones that are still there count as alive: take dead ones off by playing before you pass. It "
               "costs nothing, as every stone that you put into your own area replaces a point of it. After " +
               std::to_string(limit_) +
               " moves the board is counted as it stands.\n\n"
               "## Entering moves\n\n"
               "Touch a point; **Pass** (P) is a button. In writing, `D6` is a point and `pass` a pass; the letters "
               "leave out I.\n\n"
               "## Good to know\n\n"
               "A chain with two separate eyes, empty points that it surrounds, can never be taken. Corners are the "
               "easiest to surround, then sides, then the centre.\n";
    }

    // ---- the board: cells have the numbers of the points ----

    static constexpr std::uint32_t pass_button = 1000;

    void layout(parlour::Board &board) const {
        const auto n = static_cast<float>(size_);
        board.extent(-0.5f, -0.5f, n + 0.5f, n + 0.5f);
        const auto decor = [&](float x, float y, float w, float h, std::uint8_t shape, std::uint32_t rgba,
                               std::uint8_t flags = 0) {
            board.cell({.shape = shape,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = static_cast<std::uint8_t>(PARLOUR_CELL_DECOR | flags),
                        .rgba = rgba,
                        .x = x,
                        .y = y,
                        .w = w,
                        .h = h});
        };
        constexpr std::uint32_t wood = 0xdcb068ff, ink = 0x4a3820ff;
        decor(n / 2, n / 2, n + 0.5f, n + 0.5f, PARLOUR_SHAPE_ROUND, wood, PARLOUR_CELL_RAISED);
        // Lines are polygons, which are not moved to whole pixels: so all are equally thick.
        const auto line = [&](float x, float y, float w, float h) {
            const std::array<float, 8> corners{-w / 2, -h / 2, w / 2, -h / 2, w / 2, h / 2, -w / 2, h / 2};
            board.cell({.shape = PARLOUR_SHAPE_POLYGON,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_DECOR,
                        .rgba = ink,
                        .x = x,
                        .y = y,
                        .w = w,
                        .h = h,
                        .xy = corners});
        };
        const float width = 0.03f + 0.002f * n;
        for (unsigned i = 0; i < size_; ++i) {
            const float at = static_cast<float>(i) + 0.5f;
            line(n / 2, at, n - 1 + width, width);
            line(at, n / 2, width, n - 1 + width);
        }
        const float star = 0.12f + 0.008f * n;
        for (unsigned point = 0; point < points_; ++point) {
            if (is_star(point)) decor(x_of(point), y_of(point), star, star, PARLOUR_SHAPE_CIRCLE, ink);
        }
        for (unsigned point = 0; point < points_; ++point) {
            const std::string label = point_text(point);
            board.cell({.id = point,
                        .shape = PARLOUR_SHAPE_CIRCLE,
                        .color = PARLOUR_COLOR_NONE,
                        .x = x_of(point),
                        .y = y_of(point),
                        .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        const Area area = area_of(state);
        for (unsigned point = 0; point < points_; ++point) {
            const std::uint8_t stone = state.at[point];
            if (stone != nothing) {
                board.piece(
                    {.cell = point,
                     .color = stone == 1 ? std::uint8_t{PARLOUR_COLOR_DARK} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                     .id = point + 1,
                     .scale = 1.1f,
                     .label = stone == 1 ? "X, black stone" : "O, white stone"});
            } else if (is_over(state) && (area.owned[0].test(point) || area.owned[1].test(point))) {
                const bool black = area.owned[0].test(point);
                board.piece({.cell = point,
                             .kind = PARLOUR_PIECE_SQUARE,
                             .color = black ? std::uint8_t{PARLOUR_COLOR_DARK} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                             .id = point + 1,
                             .scale = 0.4f,
                             .label = black ? "x, black area" : "o, white area"});
            }
        }
        for (std::uint32_t player = 0; player < 2; ++player) {
            unsigned stones = 0;
            for (unsigned point = 0; point < points_; ++point) stones += state.at[point] == stone_of(player);
            const unsigned shown = is_over(state) ? area.owned[player].count() : stones;
            char value[40];
            if (player == 1 && komi_ != 0) {
                std::snprintf(value, sizeof value, "%u %c %g", shown, komi_ > 0 ? '+' : '-', std::abs(komi_));
            } else {
                std::snprintf(value, sizeof value, "%u", shown);
            }
            board.widget({.id = player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = is_over(state) ? "Area" : "Stones",
                          .value = value});
        }
        if (!is_over(state)) {
            board.widget({.id = pass_button, .player = state.mover, .key = 'p', .label = "Pass"});
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        if (move == points_) {
            path.button(pass_button);
        } else {
            path.cell(move);
        }
    }

private:
    struct Chain {
        Points stones{}, liberties{};
    };
    struct Area {
        Points owned[2]{};
    };

    bool is_over(const State &state) const { return state.passes >= 2 || state.plies >= limit_; }

    // ---- chains ----

    // Whether the chain of the stone has an empty point beside it, other than `except`.
    bool has_liberty(const State &state, unsigned stone, unsigned except) const {
        const auto open = [&](unsigned point) { return state.at[point] == nothing && point != except; };
        const auto &first = beside_[stone];
        if (open(first[0]) || open(first[1]) || open(first[2]) || open(first[3])) return true;
        const std::uint8_t colour = state.at[stone];
        Points seen{};
        Stack stack;
        seen.add(stone);
        stack.push(stone);
        while (stack.size > 0) {
            for (const unsigned next : beside_[stack.pop()]) {
                if (open(next)) return true;
                if (state.at[next] != colour || seen.test(next)) continue;
                seen.add(next);
                stack.push(next);
            }
        }
        return false;
    }

    Chain chain_at(const State &state, unsigned stone) const {
        Chain chain;
        Stack stack;
        chain.stones.add(stone);
        stack.push(stone);
        while (stack.size > 0) {
            for (const unsigned next : beside_[stack.pop()]) {
                if (state.at[next] == nothing) chain.liberties.add(next);
                if (state.at[next] != state.at[stone] || chain.stones.test(next)) continue;
                chain.stones.add(next);
                stack.push(next);
            }
        }
        return chain;
    }

    // Whether a stone of the side to move on this empty point would have no liberty.
    bool is_suicide(const State &state, unsigned point) const {
        const auto &beside = beside_[point];
        for (const unsigned next : beside) {
            if (state.at[next] == nothing) return false;
        }
        const std::uint8_t own = stone_of(state.mover);
        for (const unsigned next : beside) {
            if (state.at[next] == outside) continue;
            if (has_liberty(state, next, point) == (state.at[next] == own)) return false;
        }
        return true;
    }

    // An empty point with stones of that player all around, of which the corners do not let the other in.
    bool is_eye(const State &state, unsigned point, unsigned player) const {
        const std::uint8_t own = stone_of(player), other = other_stone(own);
        for (const unsigned next : beside_[point]) {
            if (state.at[next] != own && state.at[next] != outside) return false;
        }
        int lost = 0;
        bool edge = false;
        for (const unsigned next : slant_[point]) {
            lost += state.at[next] == other;
            edge |= state.at[next] == outside;
        }
        return lost + edge < 2;
    }

    // ---- playing ----

    // One of the legal moves, each as likely, without listing them: a point that turns out to be forbidden leaves the
    // draw, and another is drawn. `banned` says of a point whether a stone there would repeat an earlier board.
    template <class Banned>
    Move draw(const State &state, parlour::Rng &rng, Banned banned) const {
        Points left = state.empty;
        for (unsigned n = left.count(); n > 0; --n) {
            const unsigned index = rng.below(n + 1);
            if (index == n) break;
            const unsigned point = left.nth(index);
            if (!is_suicide(state, point) && !banned(point)) return point;
            left.remove(point);
        }
        return points_;
    }

    // Plays a legal move, but for finding what superko forbids then.
    void play(State &state, Move move) const {
        if (move == points_) {
            ++state.passes;
        } else {
            state.passes = 0;
            place(state, move);
        }
        ++state.plies;
        state.mover ^= 1;
    }

    void place(State &state, unsigned point) const {
        const std::uint8_t own = stone_of(state.mover), other = other_stone(own);
        state.at[point] = own;
        state.empty.remove(point);
        state.key ^= keys[own][point];
        write(state, placed(point, own));
        Points lifted{};
        bool takes = false;
        for (const unsigned next : beside_[point]) {
            if (state.at[next] != other || has_liberty(state, next, off_board)) continue;
            take(state, next, lifted);
            takes = true;
        }
        if (!takes) return;
        lifted.each([&](unsigned stone) { write(state, placed(stone, other) | taken_flag); });
    }

    // Takes the chain of the stone off the board, and adds its points to `lifted`.
    void take(State &state, unsigned stone, Points &lifted) const {
        const std::uint8_t colour = state.at[stone];
        Stack stack;
        const auto lift = [&](unsigned point) {
            state.at[point] = nothing;
            state.empty.add(point);
            state.taken[colour - 1].add(point);
            state.key ^= keys[colour][point];
            lifted.add(point);
            stack.push(point);
        };
        lift(stone);
        while (stack.size > 0) {
            for (const unsigned next : beside_[stack.pop()]) {
                if (state.at[next] == colour) lift(next);
            }
        }
    }

    // ---- history ----

    static void write(State &state, unsigned entry) {
        state.log[state.next] = static_cast<std::uint16_t>(entry);
        state.next = static_cast<std::uint16_t>(state.next + 1 == log_room ? 0 : state.next + 1);
        if (state.logged < log_room) ++state.logged;
    }
    // The entry so many before the last one.
    static std::uint16_t entry_back(const State &state, unsigned back) {
        const unsigned index = state.next + log_room - 1 - back;
        return state.log[index >= log_room ? index - log_room : index];
    }
    static std::uint16_t last_placed(const State &state) {
        unsigned back = 0;
        while (back + 1 < state.logged && (entry_back(state, back) & taken_flag) != 0) ++back;
        return entry_back(state, back);
    }

    // Takes the entries back one by one, to each earlier board, and compares it with now. A stone of the side to move
    // on `point` makes that board again when it has one more stone of that side than now, there, and lacks those of
    // the other side that this stone would take, and nothing else differs.
    void find_banned(State &state) const {
        state.banned = {};
        if (!state.taken[state.mover].meets(state.empty)) return; // such a stone has been taken since
        const std::uint8_t own = stone_of(state.mover), other = other_stone(own);
        std::array<std::uint8_t, board_bytes> then;
        std::memcpy(then.data(), state.at, points_);
        unsigned more = 0, sum_of_more = 0, lacking = 0, differing = 0;
        const auto tally = [&](unsigned point, unsigned by) {
            const std::uint8_t now = state.at[point], before = then[point];
            if (now == before) return;
            if (now == nothing && before == own) {
                more += by;
                sum_of_more += by * point;
            } else if (now == other && before == nothing) {
                lacking += by;
            } else {
                differing += by;
            }
        };
        for (unsigned back = 0; back < state.logged; ++back) {
            const std::uint16_t entry = entry_back(state, back);
            const unsigned point = point_of(entry);
            const bool was_taken = (entry & taken_flag) != 0;
            tally(point, ~0u);
            then[point] = was_taken ? stone_in(entry) : nothing;
            tally(point, 1);
            if (was_taken) continue;
            if (more == 1 && differing == 0 && takes_exactly(state, sum_of_more, then, lacking)) {
                state.banned.add(sum_of_more);
            }
            // A stone that came to its point for the first time is on no earlier board. One's own stays; the other
            // side's stays too if it has two liberties.
            const std::uint8_t stone = stone_in(entry);
            if (state.at[point] != stone || state.taken[stone - 1].test(point)) continue;
            if (stone == own || empty_beside(state, point) > 1) return;
        }
    }

    // Keys of boards, of which it is told for sure that one is not among them (a Bloom filter).
    struct Boards {
        static constexpr unsigned bits = 8192;
        std::array<std::uint64_t, bits / 64> word{};

        void add(std::uint64_t key) { word[key % bits / 64] |= std::uint64_t{1} << key / bits % 64; }
        bool may_have(std::uint64_t key) const { return (word[key % bits / 64] >> key / bits % 64 & 1) != 0; }
    };
    static Boards boards_before(const State &state) {
        Boards boards;
        std::uint64_t key = state.key;
        for (unsigned back = 0; back < state.logged; ++back) {
            const std::uint16_t entry = entry_back(state, back);
            key ^= keys[stone_in(entry)][point_of(entry)];
            if ((entry & taken_flag) == 0) boards.add(key);
        }
        return boards;
    }

    // Whether a stone of the side to move on this point, where it is no suicide, would make one of the earlier boards
    // again. Then there was such a stone, taken since; and the boards' keys are equal; only then it is found out.
    bool repeats(State &state, unsigned point, const Boards &boards) const {
        if (!state.taken[state.mover].test(point)) return false;
        const std::uint8_t own = stone_of(state.mover), other = other_stone(own);
        std::uint64_t key = state.key ^ keys[own][point];
        Points taken{};
        for (const unsigned next : beside_[point]) {
            if (state.at[next] != other || taken.test(next) || has_liberty(state, next, point)) continue;
            chain_at(state, next).stones.each([&](unsigned stone) {
                taken.add(stone);
                key ^= keys[other][stone];
            });
        }
        if (!boards.may_have(key)) return false;
        find_banned(state);
        return state.banned.test(point);
    }

    unsigned empty_beside(const State &state, unsigned point) const {
        unsigned n = 0;
        for (const unsigned next : beside_[point]) n += state.at[next] == nothing;
        return n;
    }

    // Whether a stone of the side to move on `point` would take `n` stones, all of them where `then` has none.
    bool takes_exactly(const State &state, unsigned point, const std::array<std::uint8_t, board_bytes> &then,
                       unsigned n) const {
        const std::uint8_t other = other_stone(stone_of(state.mover));
        Points taken{};
        for (const unsigned next : beside_[point]) {
            if (state.at[next] != other || taken.test(next) || has_liberty(state, next, point)) continue;
            chain_at(state, next).stones.each([&](unsigned stone) { taken.add(stone); });
        }
        bool fits = taken.count() == n;
        taken.each([&](unsigned stone) { fits = fits && then[stone] == nothing; });
        return fits;
    }

    // Whether the entries can be taken back from the position, and the rest of their room is clear.
    bool history_fits(const State &state) const {
        if (state.logged > log_room || state.next >= log_room) return false;
        if (state.logged < log_room && state.next != state.logged) return false;
        for (unsigned i = state.logged; i < log_room; ++i) {
            if (state.log[i] != 0) return false;
        }
        if (!state.banned.within(board_) || !state.taken[0].within(board_) || !state.taken[1].within(board_)) {
            return false;
        }
        std::array<std::uint8_t, board_bytes> then;
        std::memcpy(then.data(), state.at, board_bytes);
        for (unsigned back = 0; back < state.logged; ++back) {
            const std::uint16_t entry = entry_back(state, back);
            const unsigned point = point_of(entry);
            const std::uint8_t stone = stone_in(entry);
            const bool was_taken = (entry & taken_flag) != 0;
            if (point >= points_ || (stone != 1 && stone != 2) || entry >= 2 * taken_flag) return false;
            if (then[point] != (was_taken ? nothing : stone)) return false;
            if (was_taken && !state.taken[stone - 1].test(point)) return false;
            then[point] = was_taken ? stone : nothing;
        }
        return true;
    }

    // ---- counting ----

    Area area_of(const State &state) const {
        Area area;
        Points seen{};
        for (unsigned point = 0; point < points_; ++point) {
            if (state.at[point] != nothing) {
                area.owned[state.at[point] - 1].add(point);
                continue;
            }
            if (seen.test(point)) continue;
            Points region{};
            Stack stack;
            unsigned reached = 0;
            region.add(point);
            stack.push(point);
            while (stack.size > 0) {
                for (const unsigned next : beside_[stack.pop()]) {
                    if (state.at[next] == 1 || state.at[next] == 2) reached |= state.at[next];
                    if (state.at[next] != nothing || region.test(next)) continue;
                    region.add(next);
                    stack.push(next);
                }
            }
            for (std::size_t i = 0; i < std::size(region.word); ++i) {
                seen.word[i] |= region.word[i];
                if (reached == 1 || reached == 2) area.owned[reached - 1].word[i] |= region.word[i];
            }
        }
        return area;
    }

    // How much Black is ahead, komi counted.
    double lead(const State &state) const {
        const Area area = area_of(state);
        return static_cast<double>(area.owned[0].count()) - static_cast<double>(area.owned[1].count()) - komi_;
    }

    // ---- reading and writing ----

    static constexpr std::string_view letters = "ABCDEFGHJKLMNOPQRST";

    std::string point_text(unsigned point) const {
        return letters[point % size_] + std::to_string(size_ - point / size_);
    }
    // The point of "d6", in lower case, or off_board.
    unsigned named_point(std::string_view text) const {
        if (text.size() < 2 || text.size() > 3 || text[0] < 'a' || text[0] > 'z' || text[1] == '0') return off_board;
        const std::size_t column = letters.find(static_cast<char>(text[0] - 'a' + 'A'));
        const auto row = parlour::whole_number(text.substr(1), 1, size_);
        if (column >= size_ || !row) return off_board;
        return (size_ - *row) * size_ + static_cast<unsigned>(column);
    }
    // The point of "dd", or off_board.
    unsigned sgf_point(std::string_view text) const {
        if (text.size() != 2) return off_board;
        const int column = text[0] - 'a', row = text[1] - 'a', n = static_cast<int>(size_);
        if (column < 0 || column >= n || row < 0 || row >= n) return off_board;
        return static_cast<unsigned>(row * n + column);
    }

    static parlour::Failure refusal(const std::string &what) { return {PARLOUR_E_PARSE, what}; }

    void set(State &state, unsigned point, std::uint8_t stone) const {
        if (state.at[point] != nothing) state.key ^= keys[state.at[point]][point];
        if (stone != nothing) state.key ^= keys[stone][point];
        state.at[point] = stone;
        if (stone == nothing) {
            state.empty.add(point);
        } else {
            state.empty.remove(point);
        }
    }

    State parse_rows(std::string_view text) const {
        const std::string rows = std::to_string(size_);
        const std::size_t end = std::min(text.find(' '), text.size());
        State state = initial();
        unsigned point = 0, column = 0;
        for (const char c : text.substr(0, end)) {
            if (c == '/') {
                if (column != size_ || point == points_) throw refusal("the board has " + rows + " rows of " + rows);
                column = 0;
                continue;
            }
            const bool black = c == 'X' || c == 'x' || c == '#', white = c == 'O' || c == 'o';
            if (!black && !white && c != '.' && c != '+' && c != '-') {
                throw refusal("\"" + std::string(1, c) + "\" is not a point; a board has X, O and . with / between " +
                              rows + " rows");
            }
            if (column == size_) throw refusal("a row has more than " + rows + " points");
            if (black || white) set(state, point, black ? 1 : 2);
            ++point;
            ++column;
        }
        if (point != points_ || column != size_)
            throw refusal("the board needs " + rows + " rows of " + rows + " points");

        text.remove_prefix(end);
        const std::string_view side = next_word(text);
        if (side != "b" && side != "w" && side != "B" && side != "W") {
            throw refusal("b or w, who moves, comes after the board");
        }
        state.mover = side == "w" || side == "W";
        while (true) {
            const std::string_view what = next_word(text);
            if (what.empty()) return state;
            const std::string_view value = next_word(text);
            if (what == "pass") {
                state.passes = static_cast<std::uint16_t>(read_number(value, 0, 2));
            } else if (what == "ply") {
                state.plies = static_cast<std::uint16_t>(read_number(value, 0, limit_));
            } else if (what == "ko") {
                read_banned(value, state);
            } else {
                throw refusal(quote(what) + " is not part of a position");
            }
        }
    }

    void read_banned(std::string_view text, State &state) const {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            const std::string_view name = text.substr(at, end - at);
            const unsigned point = named_point(parlour::small(name));
            if (point == off_board) {
                throw refusal(quote(name) + " is not a point of this board; they are A1 to " + point_text(size_ - 1));
            }
            state.banned.add(point);
            at = end + 1;
        }
    }

    // The first variation of a game in SGF: setup, and moves played by the rules.
    State parse_sgf(std::string_view text) const {
        State state = initial();
        std::string property;
        std::size_t at = 0;
        for (; at < text.size() && text[at] != ')'; ++at) {
            const char c = text[at];
            if (c >= 'A' && c <= 'Z') {
                if (at == 0 || text[at - 1] < 'A' || text[at - 1] > 'Z') property.clear();
                property += c;
            }
            if (c != '[') continue;
            std::string value;
            for (++at; at < text.size() && text[at] != ']'; ++at) {
                if (text[at] == '\\' && at + 1 < text.size()) ++at;
                value += text[at];
            }
            if (at >= text.size()) throw refusal("a value of the SGF text has no ] at its end");
            use_property(state, property, value);
        }
        if (at == text.size() && text.starts_with('(')) throw refusal("the SGF text has no ) at its end");
        return state;
    }

    void use_property(State &state, const std::string &property, const std::string &value) const {
        const auto point_in = [&](std::string_view name) {
            const unsigned point = sgf_point(name);
            if (point == off_board) {
                const auto last = static_cast<char>('a' + size_ - 1);
                throw refusal(quote(name) + " is not a point of this board; in SGF they are aa to " +
                              std::string(2, last));
            }
            return point;
        };
        if (property == "SZ") {
            if (value != std::to_string(size_)) {
                throw refusal("the SGF text is about a board of size " + value.substr(0, 10) + ", this one has " +
                              std::to_string(size_) + "; start the game with --option size=" + value.substr(0, 10));
            }
        } else if (property == "GM") {
            if (value != "1")
                throw refusal("the SGF text is of another game: GM[" + value.substr(0, 10) + "], go has GM[1]");
        } else if (property == "PL") {
            state.mover = value.starts_with('W') || value.starts_with('w');
        } else if (property == "AB" || property == "AW" || property == "AE") {
            const std::uint8_t stone = property == "AB" ? 1 : property == "AW" ? 2 : nothing;
            const std::size_t colon = value.find(':');
            const unsigned first = point_in(std::string_view(value).substr(0, colon));
            const unsigned last = colon == std::string::npos ? first : point_in(value.substr(colon + 1));
            for (unsigned row = first / size_; row <= last / size_; ++row) {
                for (unsigned column = first % size_; column <= last % size_; ++column) {
                    set(state, row * size_ + column, stone);
                }
            }
            forget(state);
        } else if (property == "B" || property == "W") {
            state.mover = property == "W";
            find_banned(state);
            apply(state, parse_move(state, value.empty() ? "pass" : value));
        }
    }

    // Setup is not a move: what was before it is no history of it.
    static void forget(State &state) {
        std::fill(std::begin(state.log), std::end(state.log), std::uint16_t{0});
        state.logged = state.next = 0;
        state.banned = state.taken[0] = state.taken[1] = {};
    }

    static std::string_view next_word(std::string_view &text) {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end);
        return word;
    }
    // ---- geometry ----

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

    float x_of(unsigned point) const { return static_cast<float>(point % size_) + 0.5f; }
    float y_of(unsigned point) const { return static_cast<float>(point / size_) + 0.5f; }

    // Third lines up to 11x11, fourth ones beyond; the centre of odd boards, and the sides' middles of large ones.
    bool is_star(unsigned point) const {
        if (size_ < 7) return size_ % 2 == 1 && point == points_ / 2;
        const unsigned low = size_ < 12 ? 2 : 3, middle = size_ / 2;
        const unsigned row = point / size_, column = point % size_;
        const auto outer = [&](unsigned x) { return x == low || x == size_ - 1 - low; };
        const auto central = [&](unsigned x) { return size_ % 2 == 1 && x == middle; };
        if (outer(row) && outer(column)) return true;
        if (central(row) && central(column)) return true;
        return size_ > 13 && (outer(row) || central(row)) && (outer(column) || central(column));
    }

    unsigned size_, points_, limit_;
    double komi_;
    Points board_{};
    std::array<std::array<std::uint16_t, 4>, most_points> beside_{}, slant_{};
};

} // namespace

PARLOUR_GAME(Go);
