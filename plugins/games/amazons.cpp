// Amazons: an amazon moves like a chess queen and from where it stands shoots an arrow, which flies like a queen,
// too, and closes its square for good. Whoever cannot move loses. Boards from 10x10 down to 4x5.
//
//     10   0  1  2  b  4  5  b  7  8  9       A square's number is 10 * row + column, rows from the top, also on the
//      9  10 11 12 13 14 15 16 17 18 19       smaller boards, which lie in the corner of square 0. White (w) begins.
//      8  20 21 22 23 24 25 26 27 28 29
//      7   b 31 32 33 34 35 36 37 38  b       A move is  from (7 bits) | to (7 bits) | arrow (7 bits),  written
//      6  40 41 42 43 44 45 46 47 48 49       "d1-d7/g7": one move of one player.
//      5  50 51 52 53 54 55 56 57 58 59
//      4   w 61 62 63 64 65 66 67 68  w       The amazons begin 3 squares from the corners on 10x10, 2 on 8x8 and 1
//      3  70 71 72 73 74 75 76 77 78 79       on smaller boards; a size 4x6 has four columns and six rows.
//      2  80 81 82 83 84 85 86 87 88 89
//      1  90 91 92  w 94 95  w 97 98 99
//          a  b  c  d  e  f  g  h  i  j
//
// A position is written as the FEN of other programs: rows from the top, Q and q for amazons of White and Black, *
// for arrows, numbers for empty squares, then who moves: "3q2q3/10/10/q8q/10/10/Q8Q/10/10/3Q2Q3 w".
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
using parlour::Turn;

constexpr unsigned stride = 10, places = stride * stride, most_amazons = 4;

// ---- sets of squares ------------------------------------------------------------------------------------------

__extension__ using Set = unsigned __int128; // one bit each
using Product = Set;                         // of two numbers of 64 bits

constexpr Set bit(unsigned square) {
    return Set{1} << square;
}
constexpr std::uint64_t low_half(Set set) {
    return static_cast<std::uint64_t>(set);
}
constexpr std::uint64_t high_half(Set set) {
    return static_cast<std::uint64_t>(set >> 64);
}
constexpr unsigned lowest(Set set) {
    return low_half(set) != 0 ? lowest_bit(low_half(set)) : 64 + lowest_bit(high_half(set));
}
constexpr int count(Set set) {
    return std::popcount(low_half(set)) + std::popcount(high_half(set));
}

constexpr Set column_of_all(unsigned column) {
    Set set = 0;
    for (unsigned square = column; square < places; square += stride) set |= bit(square);
    return set;
}
constexpr Set all_squares = bit(places) - 1;
constexpr Set not_first_column = all_squares & ~column_of_all(0), not_last_column = all_squares & ~column_of_all(9);

// The squares beside those of a set, level, upright and slanting, and the set itself.
constexpr Set around(Set set) {
    const Set row = set | (set << 1 & not_first_column) | (set >> 1 & not_last_column);
    return row | row << stride | row >> stride;
}

// The empty squares that queens on a set reach in one move: a doubling fill (Kogge-Stone) in each direction.
template <unsigned shift, bool forward>
constexpr Set slide(Set from, Set through) {
    const auto move = [](Set set, unsigned by) { return forward ? set << by : set >> by; };
    Set reached = through & move(from, shift);
    reached |= through & move(reached, shift);
    through &= move(through, shift);
    reached |= through & move(reached, 2 * shift);
    through &= move(through, 2 * shift);
    reached |= through & move(reached, 4 * shift);
    return reached | (through & move(through, 4 * shift) & move(reached, 8 * shift));
}
constexpr Set queens_reach(Set from, Set empty) {
    const Set east = empty & not_first_column, west = empty & not_last_column;
    return slide<1, true>(from, east) | slide<1, false>(from, west) | slide<10, true>(from, empty) |
           slide<10, false>(from, empty) | slide<11, true>(from, east) | slide<11, false>(from, west) |
           slide<9, true>(from, west) | slide<9, false>(from, east);
}

// ---- lines of squares -----------------------------------------------------------------------------------------

// reach_in_line[place][taken]: where a queen gets along a line of ten, of which some are taken.
constexpr auto reach_in_line = [] {
    std::array<std::array<std::uint16_t, 1u << stride>, stride> table{};
    for (unsigned from = 0; from < stride; ++from) {
        for (unsigned taken = 0; taken < table[from].size(); ++taken) {
            unsigned reached = 0;
            for (unsigned to = from + 1; to < stride && (taken >> to & 1) == 0; ++to) reached |= 1u << to;
            for (unsigned to = from; to-- > 0 && (taken >> to & 1) == 0;) reached |= 1u << to;
            table[from][taken] = static_cast<std::uint16_t>(reached);
        }
    }
    return table;
}();

// The four lines through a square: its row, its column and its diagonals, the falling and the rising one. Places are
// counted by columns, in a column by rows.
constexpr unsigned lines_through = 4, all_lines = 2 * stride + 2 * (2 * stride - 1);
constexpr std::array<int, lines_through> line_steps{1, stride, stride + 1, 1 - static_cast<int>(stride)};
struct Crossing {
    std::uint8_t row, column;
    std::array<std::uint8_t, lines_through> line;   // of all_lines
    std::array<std::int16_t, lines_through> origin; // the square of place 0, if there were one

    constexpr unsigned place(unsigned way) const { return way == 1 ? row : column; }
};
constexpr auto crossings = [] {
    std::array<Crossing, places> table{};
    for (unsigned square = 0; square < places; ++square) {
        const unsigned row = square / stride, column = square % stride;
        Crossing &crossing = table[square];
        crossing = {static_cast<std::uint8_t>(row), static_cast<std::uint8_t>(column), {}, {}};
        const std::array<unsigned, lines_through> line{row, stride + column, 3 * stride - 1 + row - column,
                                                       4 * stride - 1 + row + column};
        for (unsigned way = 0; way < lines_through; ++way) {
            crossing.line[way] = static_cast<std::uint8_t>(line[way]);
            crossing.origin[way] = static_cast<std::int16_t>(static_cast<int>(square) -
                                                             line_steps[way] * static_cast<int>(crossing.place(way)));
        }
    }
    return table;
}();

// The squares that a queen reaches from one square: 16 bits for each line through it, by places.
struct Reach {
    std::uint64_t bits;
    const Crossing *at;

    unsigned size() const { return static_cast<unsigned>(std::popcount(bits)); }
    // Of a bit that is set: the line, and the square.
    static unsigned way(unsigned bit) { return bit / 16; }
    unsigned square(unsigned bit) const {
        return static_cast<unsigned>(at->origin[way(bit)] + line_steps[way(bit)] * static_cast<int>(bit % 16));
    }
    // The index-th bit that is set, counted from 0; there are more than that.
    unsigned nth(unsigned index) const { return nth_bit(bits, index); }
    template <class Visit>
    void each(const Visit &visit) const {
        for (std::uint64_t left = bits; left != 0; left &= left - 1) {
            visit(square(lowest_bit(left)));
        }
    }
};

// The taken squares by lines; all that is outside the board is taken.
struct Lines {
    std::array<std::uint16_t, all_lines> taken;

    Lines() { taken.fill(0x3ff); }
    void toggle(unsigned square) {
        for (unsigned way = 0; way < lines_through; ++way) toggle(square, way);
    }
    // In one of its lines only.
    void toggle(unsigned square, unsigned way) {
        std::uint16_t &line = taken[crossings[square].line[way]];
        line = static_cast<std::uint16_t>(line ^ 1u << crossings[square].place(way));
    }
    Reach reach(unsigned square) const {
        const Crossing &at = crossings[square];
        const auto in_line = [&](unsigned way) -> std::uint64_t {
            return reach_in_line[at.place(way)][taken[at.line[way]]];
        };
        return {in_line(0) | in_line(1) << 16 | in_line(2) << 32 | in_line(3) << 48, &at};
    }
};

// ---- moves ----------------------------------------------------------------------------------------------------

constexpr Move encode(unsigned from, unsigned to, unsigned arrow) {
    return from | to << 7 | arrow << 14;
}
constexpr unsigned from_of(Move move) {
    return move & 127;
}
constexpr unsigned to_of(Move move) {
    return move >> 7 & 127;
}
constexpr unsigned arrow_of(Move move) {
    return move >> 14;
}

constexpr std::array<const char *, 9> sizes{"10x10", "8x8", "6x6", "5x5", "5x6", "6x4", "4x6", "5x4", "4x5"};
constexpr std::array<const char *, 9> size_labels{"10 x 10", "8 x 8", "6 x 6", "5 x 5", "5 x 6",
                                                  "6 x 4",   "4 x 6", "5 x 4", "4 x 5"};

class Amazons {
public:
    static constexpr parlour::GameAbout about{
        .id = "amazons",
        .name = "Amazons",
        .family = "territory",
        .summary = "Move an amazon, shoot an arrow, and be the last who can.",
        .author = "Parlour",
        // On 10x10 a queen reaches at most 35 squares, and so does an arrow; there are four amazons a side.
        .max_moves = most_amazons * 35 * 35,
        .max_plies = places - 2 * most_amazons, // every move closes a square
        .accent = 0x7B5E3BFF};

    static constexpr std::array options{
        Option::choice("size", "Board", "How many columns and rows the board has.", "10x10", sizes, size_labels)};

    explicit Amazons(const parlour::OptionValues &values) {
        const std::string &size = values.text("size");
        const std::size_t cross = size.find('x');
        columns_ = static_cast<unsigned>(std::stoi(size.substr(0, cross)));
        rows_ = static_cast<unsigned>(std::stoi(size.substr(cross + 1)));
        for (unsigned row = 0; row < rows_; ++row) {
            for (unsigned column = 0; column < columns_; ++column) {
                board_ |= bit(stride * row + column);
                empty_lines_.toggle(stride * row + column);
            }
        }
        for (Set left = board_; left != 0; left &= left - 1) {
            longest_reach_ = std::max(longest_reach_, empty_lines_.reach(lowest(left)).size());
        }
    }

    struct State {
        std::uint64_t amazons[2][2]; // White's and Black's: the lower 64 squares, then the others
        std::uint64_t arrows[2];
        std::uint32_t mover;
        std::uint32_t over; // 1 when the side to move has lost
    };

    // ---- rules ----

    State initial() const {
        const unsigned offset = columns_ == 10 ? 3 : columns_ == 8 ? 2 : 1;
        State state{};
        for (const unsigned column : {0u, offset, columns_ - 1 - offset, columns_ - 1}) {
            const unsigned depth = column == 0 || column == columns_ - 1 ? offset : 0;
            put(state.amazons[0], bit(stride * (rows_ - 1 - depth) + column));
            put(state.amazons[1], bit(stride * depth + column));
        }
        return state;
    }

    Turn turn(const State &state) const { return state.over != 0 ? Turn::over() : Turn::of(state.mover); }

    void legal(const State &state, MoveList &moves) const {
        Lines lines = lines_of(state);
        for (Set left = own(state); left != 0; left &= left - 1) {
            const unsigned from = lowest(left);
            lines.toggle(from);
            lines.reach(from).each([&](unsigned to) {
                lines.reach(to).each([&](unsigned arrow) { moves.add(encode(from, to, arrow)); });
            });
            lines.toggle(from);
        }
    }

    Turn apply(State &state, Move move) const {
        const unsigned from = from_of(move), to = to_of(move), arrow = arrow_of(move);
        if (from >= places || to >= places || arrow >= places || (own(state) & bit(from)) == 0) [[unlikely]]
            return Turn::fault();
        put(state.amazons[state.mover], bit(from) | bit(to));
        put(state.arrows, bit(arrow));
        state.mover ^= 1;
        state.over = !can_move(state);
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[state.mover] = -1;
        util[1 - state.mover] = 1;
    }

    std::uint64_t hash(const State &state) const { return parlour::hash_bytes(&state, sizeof state); }

    // A game of random moves, in which the lines are kept from move to move.
    std::uint32_t playout(State &state, parlour::Rng &rng, std::uint32_t max_plies, float *util) const {
        Lines lines = lines_of(state);
        std::array<std::array<unsigned, most_amazons>, 2> amazons{};
        unsigned sizes_of[2] = {0, 0};
        for (const unsigned side : {0u, 1u}) {
            for (Set left = set_of(state.amazons[side]); left != 0; left &= left - 1) {
                amazons[side][sizes_of[side]++] = lowest(left);
            }
        }
        auto room = static_cast<unsigned>(count(empty(state)));
        Set arrows = 0;
        unsigned mover = state.mover;
        std::uint32_t plies = 0;
        while (plies < max_plies) {
            const Shot shot = draw(lines, {amazons[mover].data(), sizes_of[mover]}, room, rng);
            if (shot.amazon == most_amazons) break;
            unsigned &square = amazons[mover][shot.amazon];
            lines.toggle(square);
            lines.toggle(shot.to);
            lines.toggle(shot.arrow);
            square = shot.to;
            arrows |= bit(shot.arrow);
            --room;
            mover ^= 1;
            ++plies;
        }
        put(state.arrows, arrows);
        for (const unsigned side : {0u, 1u}) {
            Set stand = 0;
            for (unsigned i = 0; i < sizes_of[side]; ++i) stand |= bit(amazons[side][i]);
            put(state.amazons[side], stand ^ set_of(state.amazons[side]));
        }
        state.mover = mover;
        state.over = !can_move(state);
        parlour::end_playout(*this, state, turn(state), util);
        return plies;
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        return name(from_of(move)) + "-" + name(to_of(move)) + "/" + name(arrow_of(move));
    }

    // Reads that with anything or nothing between the squares, and the form of programs that name the arrow's start.
    Move parse_move(const State &state, std::string_view text) const {
        std::vector<unsigned> named = squares_named(text);
        if (named.size() == 4 && named[1] == named[2]) named.erase(named.begin() + 2);
        if (named.size() != 3) throw parlour::not_a_move(*this, text, "d1-d7/g7: from, to, arrow");
        if (is_legal(state, named[0], named[1], named[2])) return encode(named[0], named[1], named[2]);
        throw parlour::illegal_move(*this, state, text, why_not_shot(state, named[0], named[1], named[2]));
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 0; row < rows_; ++row) {
            if (row > 0) text += '/';
            unsigned free = 0;
            for (unsigned column = 0; column <= columns_; ++column) {
                const char c = column < columns_ ? letter(state, stride * row + column) : '/';
                if (c == '.') {
                    ++free;
                    continue;
                }
                if (free > 0) text += std::to_string(free);
                free = 0;
                if (column < columns_) text += c;
            }
        }
        return text + (state.mover == 0 ? " w" : " b");
    }

    // Arrows in brackets, which other programs keep in hand, are passed over, and so are the numbers that may follow.
    State parse_state(std::string_view text) const {
        const std::string size = std::to_string(columns_) + " columns and " + std::to_string(rows_) + " rows";
        const auto refuse = [](const std::string &what) {
            return parlour::Failure(PARLOUR_E_PARSE, what +
                                                         "; rows are written from the top, Q and q are amazons of "
                                                         "White and Black, * arrows, numbers empty squares, then w "
                                                         "or b moves");
        };
        State state{};
        unsigned row = 0, column = 0, free = 0;
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view board = text.substr(0, std::min(end, text.find('[')));
        for (const char c : std::string(board) + "/") {
            if (c >= '0' && c <= '9') {
                free = std::min(100u, 10 * free + static_cast<unsigned>(c - '0'));
                continue;
            }
            column += free;
            free = 0;
            if (c == '/') {
                if (column != columns_ || ++row > rows_) throw refuse("the board has " + size);
                column = 0;
                continue;
            }
            if (column >= columns_ || row >= rows_) throw refuse("the board has " + size);
            const Set here = bit(stride * row + column++);
            if (c == 'Q' || c == 'q') {
                put(state.amazons[c == 'q'], here);
            } else if (c == '*' || c == 'x' || c == 'X' || c == 'P' || c == 'p') {
                put(state.arrows, here);
            } else {
                throw refuse("\"" + std::string(1, c) + "\" is not a square");
            }
        }
        if (row != rows_) throw refuse("the board has " + size);
        const std::string_view side = text.substr(end, 2), rest = text.substr(std::min(text.size(), end + 2));
        if ((side != " w" && side != " b") || (!rest.empty() && rest[0] != ' ')) throw refuse("who moves is missing");
        const std::size_t rubbish = rest.find_first_not_of(" -0123456789");
        if (rubbish != std::string_view::npos) {
            throw refuse("\"" + std::string(rest.substr(rubbish, 40)) + "\" is not part of a position");
        }
        state.mover = side == " b";
        state.over = !can_move(state);
        return state;
    }

    std::string check(const State &state) const {
        const Set white = set_of(state.amazons[0]), black = set_of(state.amazons[1]), arrows = set_of(state.arrows);
        if (((white | black | arrows) & ~board_) != 0) return "there is something outside the board";
        const Set twice = (white & black) | ((white | black) & arrows);
        if (twice != 0) return "two things are on " + name(lowest(twice));
        for (const Set side : {white, black}) {
            if (side == 0 || count(side) > static_cast<int>(most_amazons)) return "each side has one to four amazons";
        }
        if (state.mover > 1) return "there are two sides";
        if (state.over != static_cast<std::uint32_t>(!can_move(state)))
            return "whether the game is over does not fit the position";
        return {};
    }

    // ---- for engines ----

    // Squares that a side reaches in fewer moves than the other, by moves of queens and by moves of kings, and how
    // many it reaches in one: territory as in Lieberum, An evaluation function for the game of Amazons (2005).
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const Set free = empty(state);
        const auto nearer = [&](auto &&step, int ties) {
            Set reached[2] = {set_of(state.amazons[0]), set_of(state.amazons[1])}, open = free;
            int ahead = 0;
            while (open != 0) {
                const Set white = step(reached[0]) & open, black = step(reached[1]) & open;
                if ((white | black) == 0) break;
                ahead += 10 * (count(white & ~black) - count(black & ~white)) + ties * count(white & black);
                open &= ~(white | black);
                reached[0] |= white;
                reached[1] |= black;
            }
            return ahead;
        };
        const int tie = state.mover == 0 ? 2 : -2;
        const int queens = nearer([&](Set from) { return queens_reach(from, free); }, tie);
        const int kings = nearer([&](Set from) { return around(from); }, tie);
        const int moves =
            count(queens_reach(set_of(state.amazons[0]), free)) - count(queens_reach(set_of(state.amazons[1]), free));
        // Nearness of kings and open lines matter while the board is open, nearness of queens to the end.
        const int open = 100 * count(free) / count(board_);
        const int score = 5 * queens + (kings * open + 4 * moves * open) / 50;
        return player == 0 ? score : -score;
    }

    // By the evaluation after the move, with what wins at once first; where there are too many moves for that, moves
    // to where an amazon has room, and arrows beside amazons of the other side.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        constexpr std::uint32_t few_moves = 400;
        const Lines lines = lines_of(state);
        const Set other = set_of(state.amazons[1 - state.mover]), mine = own(state);
        for (std::uint32_t i = 0; i < n; ++i) {
            if (n <= few_moves) {
                State next = state;
                const bool wins = apply(next, moves[i]).is_over();
                score[i] = wins ? std::int16_t{32000}
                                : static_cast<std::int16_t>(std::clamp(eval(next, state.mover), -30000, 30000));
                continue;
            }
            const Set beside_arrow = around(bit(arrow_of(moves[i])));
            const auto room = static_cast<int>(lines.reach(to_of(moves[i])).size());
            const auto room_before = static_cast<int>(lines.reach(from_of(moves[i])).size());
            score[i] = static_cast<std::int16_t>(2 * (room - room_before) + 12 * count(beside_arrow & other) -
                                                 6 * count(beside_arrow & mine));
        }
    }

    std::uint32_t symmetries() const { return 2; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (std::uint64_t *halves : {image.amazons[0], image.amazons[1], image.arrows}) {
            const Set before = set_of(halves);
            Set after = 0;
            for (Set left = before; left != 0; left &= left - 1) after |= bit(image_of(symmetry, lowest(left)));
            put(halves, before ^ after);
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        return encode(image_of(symmetry, from_of(move)), image_of(symmetry, to_of(move)),
                      image_of(symmetry, arrow_of(move)));
    }

    // ---- for people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "White" : "Black"; }

    std::string reason(const State &) const { return "by making the last move"; }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.over != 0) return "The game is over.";
        const auto on_board = [&](std::uint32_t square) { return square < places && (board_ & bit(square)) != 0; };
        if (!on_board(from)) return {};
        if ((set_of(state.arrows) & bit(from)) != 0) return "An arrow has closed that square.";
        if ((empty(state) & bit(from)) != 0) return "There is no amazon on that square.";
        if ((own(state) & bit(from)) == 0)
            return "That is not your amazon: it is " + player_name(state.mover) + "'s turn.";
        if ((around(bit(from)) & empty(state)) == 0) return "That amazon cannot move: it is shut in.";
        if (!on_board(to) || to == from) return {};
        if ((empty(state) & bit(to)) == 0) return "That square is taken.";
        return "Amazons and arrows go straight, like a chess queen, and not over squares that are taken.";
    }

    std::string rules() const {
        return "# Amazons\n\n"
               "**White** and **Black** have four amazons each, which never leave the board. White begins.\n\n"
               "## A move\n\n"
               "1. Move one of your amazons **like a chess queen**: any number of squares level, upright or "
               "slanting, "
               "over and onto empty squares only.\n"
               "2. From where it stands now, it shoots an **arrow**, which flies in the same way to any empty square "
               "(the one that the amazon came from is empty, too). Nobody can move or shoot onto or over that "
               "square any more.\n\n"
               "Both parts are a must. Nothing is ever captured.\n\n"
               "## The end\n\n"
               "Who cannot move on their turn **loses**. There are no draws.\n\n"
               "## Good to know\n\n"
               "Late in the game the board falls into regions. Who has more squares alone has more moves left: early "
               "on, keep your amazons mobile and shut the others in.\n\n"
               "## Entering moves\n\n"
               "Touch the amazon, where it goes, and where the arrow lands. Written, that is `d1-d7/g7`.\n";
    }

    // ---- the board: a cell's id is its square's number ----

    void layout(parlour::Board &board) const {
        const auto width = static_cast<float>(columns_), height = static_cast<float>(rows_);
        board.extent(-0.4f, -0.4f, width + 0.4f, height + 0.4f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x5A3A26FF,
                    .x = width / 2,
                    .y = height / 2,
                    .w = width + 0.5f,
                    .h = height + 0.5f});
        for (Set left = board_; left != 0; left &= left - 1) {
            const unsigned square = lowest(left), row = square / stride, column = square % stride;
            const std::string label = name(square);
            const bool dark = (row + column + rows_) % 2 != 0;
            board.cell({.id = square,
                        .color = dark ? std::uint8_t{PARLOUR_COLOR_DARK} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                        .x = static_cast<float>(column) + 0.5f,
                        .y = static_cast<float>(row) + 0.5f,
                        .label = label.c_str()});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        for (Set left = set_of(state.arrows); left != 0; left &= left - 1) {
            board.piece({.cell = lowest(left), .kind = PARLOUR_PIECE_SQUARE, .scale = 1.1f, .label = "*arrow"});
        }
        for (const unsigned side : {0u, 1u}) {
            for (Set left = set_of(state.amazons[side]); left != 0; left &= left - 1) {
                board.piece(
                    {.cell = lowest(left),
                     .kind = PARLOUR_PIECE_GLYPH,
                     .color = side == 0 ? std::uint8_t{PARLOUR_COLOR_LIGHT} : std::uint8_t{PARLOUR_COLOR_DARK},
                     .scale = 1.15f,
                     .glyph = "\u265b",
                     .label = side == 0 ? "White amazon" : "Black amazon"});
            }
        }
    }

    void path(const State &, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (alternative != 0) return;
        path.cell(from_of(move));
        path.cell(to_of(move));
        path.cell(arrow_of(move));
    }

private:
    static Set set_of(const std::uint64_t *halves) { return Set{halves[1]} << 64 | halves[0]; }
    // Puts the squares of a set in where they are not, and takes them out where they are.
    static void put(std::uint64_t *halves, Set set) {
        halves[0] ^= low_half(set);
        halves[1] ^= high_half(set);
    }

    static Set own(const State &state) { return set_of(state.amazons[state.mover]); }
    Set empty(const State &state) const {
        return board_ & ~(set_of(state.amazons[0]) | set_of(state.amazons[1]) | set_of(state.arrows));
    }
    bool can_move(const State &state) const { return (around(own(state)) & empty(state)) != 0; }

    bool is_legal(const State &state, unsigned from, unsigned to, unsigned arrow) const {
        if ((own(state) & bit(from)) == 0) return false;
        Lines lines = lines_of(state);
        lines.toggle(from);
        bool gets_there = false, arrow_gets_there = false;
        lines.reach(from).each([&](unsigned square) { gets_there = gets_there || square == to; });
        lines.reach(to).each([&](unsigned square) { arrow_gets_there = arrow_gets_there || square == arrow; });
        return gets_there && arrow_gets_there;
    }

    std::string why_not_shot(const State &state, unsigned from, unsigned to, unsigned arrow) const {
        if (state.over != 0 || (own(state) & bit(from)) == 0) return why_not(state, from, to);
        Lines lines = lines_of(state);
        lines.toggle(from);
        bool gets_there = false;
        lines.reach(from).each([&](unsigned square) { gets_there = gets_there || square == to; });
        if (!gets_there) {
            return to == from ? "An amazon has to move before it shoots." : why_not(state, from, to);
        }
        if (arrow == to) return "An arrow cannot stay where the amazon stands.";
        if (arrow != from && (empty(state) & bit(arrow)) == 0) return "The square for the arrow is taken.";
        return "The arrow flies straight from " + name(to) + ", and not over squares that are taken.";
    }

    Lines lines_of(const State &state) const {
        Lines lines = empty_lines_;
        for (Set left = board_ & ~empty(state); left != 0; left &= left - 1) lines.toggle(lowest(left));
        return lines;
    }

    // A move of the amazon of that index, which is most_amazons where there is no move.
    struct Shot {
        unsigned amazon, to, arrow;
    };

    // A random move, each as likely, or none. Where there are many, an amazon's step is drawn, and then one of as
    // many tickets as no amazon has arrows more; a ticket beyond the arrows there begins anew. `room` is the number
    // of empty squares.
    Shot draw(Lines &lines, std::span<const unsigned> amazons, unsigned room, parlour::Rng &rng) const {
        std::array<Reach, most_amazons> reaches;
        unsigned steps = 0;
        for (std::size_t i = 0; i < amazons.size(); ++i) {
            reaches[i] = lines.reach(amazons[i]);
            steps += reaches[i].size();
        }
        if (steps == 0) return {most_amazons, 0, 0};
        constexpr unsigned few_steps = 16;
        if (steps <= few_steps) return draw_of_few(lines, amazons, reaches, rng);
        const unsigned tickets = std::min(longest_reach_, room);
        for (;;) {
            // The part of a random number that the step leaves over is as random, and chooses the ticket.
            const Product drawn = Product{rng.next()} * steps;
            const auto ticket = static_cast<unsigned>(Product{static_cast<std::uint64_t>(drawn)} * tickets >> 64);
            auto step = static_cast<unsigned>(drawn >> 64), i = 0u;
            for (; step >= reaches[i].size(); ++i) step -= reaches[i].size();
            const unsigned end = reaches[i].nth(step), to = reaches[i].square(end);
            const Reach arrows = arrows_from(lines, amazons[i], to, Reach::way(end));
            if (ticket < arrows.size()) return {i, to, arrows.square(arrows.nth(ticket))};
        }
    }

    // What an arrow reaches after a step: the square that is left is free, which only the line of the step sees.
    static Reach arrows_from(Lines &lines, unsigned from, unsigned to, unsigned way) {
        lines.toggle(from, way);
        const Reach arrows = lines.reach(to);
        lines.toggle(from, way);
        return arrows;
    }

    static Shot draw_of_few(Lines &lines, std::span<const unsigned> amazons,
                            const std::array<Reach, most_amazons> &reaches, parlour::Rng &rng) {
        struct Step {
            unsigned amazon, to;
            Reach arrows;
        };
        std::array<Step, 16> steps;
        unsigned size = 0, total = 0;
        for (unsigned i = 0; i < amazons.size(); ++i) {
            for (std::uint64_t left = reaches[i].bits; left != 0; left &= left - 1) {
                const auto end = lowest_bit(left), to = reaches[i].square(end);
                steps[size] = {i, to, arrows_from(lines, amazons[i], to, Reach::way(end))};
                total += steps[size++].arrows.size();
            }
        }
        unsigned drawn = rng.below(total);
        const Step *step = steps.data();
        for (; drawn >= step->arrows.size(); ++step) drawn -= step->arrows.size();
        return {step->amazon, step->to, step->arrows.square(step->arrows.nth(drawn))};
    }

    // The second symmetry is the mirror image.
    unsigned image_of(std::uint32_t symmetry, unsigned square) const {
        return symmetry == 0 ? square : square / stride * stride + columns_ - 1 - square % stride;
    }

    std::string name(unsigned square) const {
        return static_cast<char>('a' + square % stride) + std::to_string(rows_ - square / stride);
    }

    static char letter(const State &state, unsigned square) {
        if ((set_of(state.amazons[0]) & bit(square)) != 0) return 'Q';
        if ((set_of(state.amazons[1]) & bit(square)) != 0) return 'q';
        return (set_of(state.arrows) & bit(square)) != 0 ? '*' : '.';
    }

    // The squares of a move text, none where it names something else.
    std::vector<unsigned> squares_named(std::string_view text) const {
        std::vector<unsigned> named;
        for (std::size_t i = 0; i < text.size();) {
            const char c = parlour::small(text[i++]);
            if (c == ' ' || c == '-' || c == '/' || c == ',' || c == '(' || c == ')' || c == 'x') continue;
            unsigned row = 0;
            while (i < text.size() && text[i] >= '0' && text[i] <= '9' && row < stride) {
                row = 10 * row + static_cast<unsigned>(text[i++] - '0');
            }
            if (c < 'a' || c >= static_cast<char>('a' + columns_) || row < 1 || row > rows_) return {};
            named.push_back(stride * (rows_ - row) + static_cast<unsigned>(c - 'a'));
        }
        return named;
    }

    unsigned columns_ = 0, rows_ = 0, longest_reach_ = 0;
    Set board_ = 0;
    Lines empty_lines_;
};

} // namespace

PARLOUR_GAME(Amazons);
