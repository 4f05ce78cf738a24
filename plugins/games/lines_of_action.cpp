// Lines of Action (C. Soucie, 1969) on bitboards, 8x8.
//
//      8  .  b  b  b  b  b  b  .        bit = 8 * row + column, a1 is 0, h8 is 63
//      7  w  .  .  .  .  .  .  w
//      ...                              Black moves first.
//      2  w  .  .  .  .  .  .  w
//      1  .  b  b  b  b  b  b  .        directions        3 2 1
//         a  b  c  d  e  f  g  h                          4 . 0
//                                                         5 6 7
//
// A piece moves as many squares as there are pieces, of both sides, in the line along which it moves: over its own,
// not over the other side's, and it captures where it lands. Whoever has all pieces in one group, joined level,
// upright or slanting, wins, also by the other side's move. The rest is that of the tournament rules (J. Winands,
// Informed Search in Complex Games, 2004): a move that joins both sides is a draw, a side that cannot move passes,
// and the third time that a position stands with the same side to move is a draw. By Sackson's first rules the mover
// wins where both are joined: that is an option. So that every game ends, fifty moves of each side without a capture
// are a draw as well.
//
// A move is 8 * from + direction, and 512 the pass. A position is written row by row from the top, b, w and numbers
// for runs of empty squares, the side to move, the number of plies since the last capture, and "repeated" where that
// has ended the game: "1bbbbbb1/w6w/w6w/w6w/w6w/w6w/w6w/1bbbbbb1 b 0".
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
using parlour::nth_bit;
using parlour::Option;
using parlour::OptionValues;
using parlour::Path;
using parlour::Rng;
using parlour::Turn;
using Squares = std::uint64_t;

// ---- geometry -------------------------------------------------------------------------------------------------

constexpr Move pass_move = 512;
constexpr std::uint32_t pass_button = 100;
constexpr std::uint8_t off_board = 64;

constexpr Squares one(unsigned square) {
    return Squares{1} << square;
}

constexpr std::array<int, 8> step_x{1, 1, 0, -1, -1, -1, 0, 1}, step_y{0, 1, 1, 1, 0, -1, -1, -1};

// Where a piece comes by so many squares in a direction, or off_board; and the squares that it passes over.
constexpr auto landing = [] {
    std::array<std::array<std::array<std::uint8_t, 16>, 64>, 8> table{};
    for (unsigned direction = 0; direction < 8; ++direction) {
        for (unsigned square = 0; square < 64; ++square) {
            for (unsigned steps = 0; steps < 16; ++steps) {
                const int x = static_cast<int>(square % 8) + static_cast<int>(steps) * step_x[direction];
                const int y = static_cast<int>(square / 8) + static_cast<int>(steps) * step_y[direction];
                const bool inside = x >= 0 && x < 8 && y >= 0 && y < 8;
                table[direction][square][steps] = inside ? static_cast<std::uint8_t>(8 * y + x) : off_board;
            }
        }
    }
    return table;
}();

// All squares from one on in a direction, without itself.
constexpr auto rays = [] {
    std::array<std::array<Squares, 64>, 8> table{};
    for (unsigned direction = 0; direction < 8; ++direction) {
        for (unsigned square = 0; square < 64; ++square) {
            for (unsigned steps = 1; steps < 8; ++steps) {
                const unsigned to = landing[direction][square][steps];
                if (to != off_board) table[direction][square] |= one(to);
            }
        }
    }
    return table;
}();

constexpr unsigned opposite(unsigned direction) {
    return direction ^ 4;
}

// Whole lines through a square: a direction and its opposite have the same, and the square is in it.
constexpr auto lines = [] {
    std::array<std::array<Squares, 64>, 4> table{};
    for (unsigned direction = 0; direction < 4; ++direction) {
        for (unsigned square = 0; square < 64; ++square) {
            table[direction][square] = rays[direction][square] | rays[opposite(direction)][square] | one(square);
        }
    }
    return table;
}();

// The squares of the set and all that touch them.
constexpr Squares grown(Squares set) {
    constexpr Squares not_west = ~Squares{0x0101010101010101u}, not_east = ~Squares{0x8080808080808080u};
    const Squares row = set | (set << 1 & not_west) | (set >> 1 & not_east);
    return row | row << 8 | row >> 8;
}

// The group of the set's lowest square.
constexpr Squares group_of(Squares set) {
    Squares group = set & (~set + 1), before = 0;
    while (group != before) {
        before = group;
        group = grown(group) & set;
    }
    return group;
}
constexpr bool is_joined(Squares set) {
    return group_of(set) == set;
}

// Half the sum, in quarters of a square, of how far so many pieces have to be from their middle at least.
constexpr std::array<int, 13> least_spread{0, 0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28};

constexpr int draw_plies = 100; // fifty moves a side

enum Ending : std::uint8_t {
    running = 0,
    black_joined = 1,
    white_joined = 2,
    both_joined = 3,
    repetition = 4,
    no_captures = 5
};

constexpr std::array<const char *, 2> both_ids{"draw", "mover"};
constexpr std::array<const char *, 2> both_labels{"A draw", "The player who moved wins"};

class LinesOfAction {
public:
    static constexpr parlour::GameAbout about{
        .id = "lines_of_action",
        .name = "Lines of Action",
        .family = "connection",
        .summary = "Bring all your pieces together; the lines say how far they move.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_PATH_DEPENDENT,
        .max_moves = 96, // twelve pieces, eight directions each
        .move_space = pass_move + 1,
        // A side with one piece left has won: so there are at most 22 captures, with 99 plies before each of them and
        // a hundred after the last.
        .max_plies = 22 * draw_plies + draw_plies,
        .accent = 0x35506eff};

    static constexpr std::array options{Option::choice("both", "Both joined", "What a move that joins both sides is.",
                                                       "draw", both_ids, both_labels)};

    explicit LinesOfAction(const OptionValues &values) : mover_wins_both_(values.text("both") == "mover") {}

    // The position, and what makes the third repetition exact without comparing hashes: the moves since the last
    // capture, which can be taken back. `quiet` can be more than `known` in a position that was read from text.
    struct State {
        Squares pieces[2]; // of Black and of White
        std::uint8_t mover;
        std::uint8_t quiet; // plies since the last capture
        std::uint8_t known; // how many of them stand in `steps`
        std::uint8_t ending;
        std::uint8_t reserved[4];
        std::uint16_t steps[draw_plies]; // from | to << 6 | step_mark, oldest first; zero beyond `known`
    };
    static_assert(sizeof(State) == 224);

    // ---- rules ----

    State initial() const {
        State state{};
        state.pieces[0] = 0x7e0000000000007eu;
        state.pieces[1] = 0x0081818181818100u;
        return state;
    }

    Turn turn(const State &state) const { return state.ending == running ? Turn::of(state.mover) : Turn::over(); }

    void legal(const State &state, MoveList &moves) const {
        if (state.ending != running) return;
        list_moves(state, state.mover, [&](unsigned from, unsigned direction) { moves.add(8 * from + direction); });
        if (moves.empty()) moves.add(pass_move);
    }

    Turn apply(State &state, Move move) const {
        if (move > pass_move || state.ending != running) [[unlikely]]
            return Turn::fault();
        const unsigned side = state.mover;
        bool captures = false;
        if (move == pass_move) {
            note_step(state, step_mark);
        } else {
            const unsigned from = move / 8, to = target_of(state, side, from, move % 8);
            if (to == off_board || (state.pieces[side] & one(from)) == 0) [[unlikely]]
                return Turn::fault();
            captures = (state.pieces[side ^ 1] & one(to)) != 0;
            state.pieces[side] ^= one(from) | one(to);
            state.pieces[side ^ 1] &= ~one(to);
            if (captures) {
                std::memset(state.steps, 0, 2u * state.known);
                state.quiet = state.known = 0;
            } else {
                note_step(state, from | to << 6 | step_mark);
            }
        }
        state.mover ^= 1;
        // Without a capture, the other side is as it was: not joined.
        if (captures || is_joined(state.pieces[side])) {
            state.ending = ending_of(state);
        } else {
            state.ending = quiet_ending_of(state);
        }
        return turn(state);
    }

    void outcome(const State &state, float *util) const {
        util[0] = state.ending == black_joined ? 1.0f : state.ending == white_joined ? -1.0f : 0.0f;
        util[1] = 0.0f - util[0];
    }

    // The history is left out. The count of quiet plies is in it only from half of the limit on: before, no search
    // looks far enough ahead for it to matter, and equal positions should meet in its tables.
    std::uint64_t hash(const State &state) const {
        const std::uint64_t late = state.quiet >= draw_plies / 2 ? state.quiet : 0u;
        const std::uint64_t rest = state.mover | std::uint64_t{state.ending} << 8 | late << 16;
        return parlour::mix64(state.pieces[0] * 0x9e3779b97f4a7c15u +
                              std::rotl(state.pieces[1], 29) * 0xd6e8feb86659fd93u +
                              (rest + 1) * 0x632be59bd9b4e019u);
    }

    // One of the mover's pieces and one of the eight directions, drawn anew until the move is legal: so each legal
    // one is as likely. About every third draw is; after many that are not, the list is made.
    Move random_move(const State &state, Rng &rng) const {
        const Squares mine = state.pieces[state.mover];
        const auto pieces = static_cast<unsigned>(std::popcount(mine));
        for (int tries = 0; tries < 40; ++tries) {
            const unsigned drawn = rng.below(8 * pieces), square = nth_bit(mine, drawn / 8);
            if (target_of(state, state.mover, square, drawn % 8) != off_board) return 8 * square + drawn % 8;
        }
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        return moves[rng.below(moves.size())];
    }

    // ---- texts ----

    std::string move_text(const State &state, Move move) const {
        if (move >= pass_move) return "pass";
        const unsigned from = move / 8, side = state.mover & 1u;
        const unsigned to = landing[move % 8][from][line_count(occupied(state), from, move % 8)];
        if (to == off_board) return "?";
        const bool captures = (state.pieces[side ^ 1] & one(to)) != 0;
        return square_name(from) + (captures ? "x" : "-") + square_name(to);
    }

    // As move_text writes it, in any case; what stands between the squares (-, x, : or nothing) does not matter.
    Move parse_move(const State &state, std::string_view text) const {
        const std::string squares = parlour::squeezed(text, "xX-: ");
        const auto is_square = [&](std::size_t at) {
            return squares[at] >= 'a' && squares[at] <= 'h' && squares[at + 1] >= '1' && squares[at + 1] <= '8';
        };
        if (squares != "pass" && !(squares.size() == 4 && is_square(0) && is_square(2))) {
            throw parlour::not_a_move(*this, text, "two squares, like b1-b3 or b1xb3");
        }
        std::array<Move, about.max_moves> buffer;
        MoveList moves(buffer.data());
        legal(state, moves);
        for (const Move move : moves) {
            std::string name = move_text(state, move);
            if (move != pass_move) name.erase(2, 1);
            if (name == squares) return move;
        }
        if (squares == "pass" && state.ending == running)
            throw parlour::illegal_move(*this, state, text, "you pass only when none of your pieces can move");
        if (squares == "pass") throw parlour::illegal_move(*this, state, text, "the game is over");
        const auto square_at = [&](std::size_t at) {
            return 8u * static_cast<unsigned>(squares[at + 1] - '1') + static_cast<unsigned>(squares[at] - 'a');
        };
        throw parlour::illegal_move(*this, state, text, square_at(0), square_at(2));
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned row = 8; row-- > 0;) {
            unsigned gap = 0;
            const auto end_gap = [&] {
                if (gap > 0) text += static_cast<char>('0' + gap);
                gap = 0;
            };
            for (unsigned square = 8 * row; square < 8 * row + 8; ++square) {
                const bool black = (state.pieces[0] & one(square)) != 0;
                if (!black && (state.pieces[1] & one(square)) == 0) {
                    ++gap;
                    continue;
                }
                end_gap();
                text += black ? 'b' : 'w';
            }
            end_gap();
            if (row > 0) text += '/';
        }
        text += (state.mover == 0 ? " b " : " w ") + std::to_string(state.quiet);
        return state.ending == repetition ? text + " repeated" : text;
    }

    // The count may be left out.
    State parse_state(std::string_view text) const {
        const auto refuse = [&](const std::string &why) {
            return Failure(PARLOUR_E_PARSE, why + "; a position is written like " + state_text(initial()));
        };
        const auto next_word = [&] {
            while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
            const std::string_view word = text.substr(0, text.find(' '));
            text.remove_prefix(word.size());
            return word;
        };
        State state{};
        unsigned row = 7, column = 0;
        for (const char c : next_word()) {
            if (c == '/') {
                if (column != 8) throw refuse("row " + std::to_string(row + 1) + " is not complete");
                if (row == 0) throw refuse("there are more than eight rows");
                --row;
                column = 0;
                continue;
            }
            const bool black = c == 'b' || c == 'B', digit = c >= '1' && c <= '8';
            if (!black && !digit && c != 'w' && c != 'W')
                throw refuse("\"" + std::string(1, c) + "\" is neither a piece nor a number");
            const unsigned run = digit ? static_cast<unsigned>(c - '0') : 1;
            if (column + run > 8) throw refuse("row " + std::to_string(row + 1) + " has more than eight squares");
            if (!digit) state.pieces[black ? 0 : 1] |= one(8 * row + column);
            column += run;
        }
        if (row != 0 || column != 8) throw refuse("the board is not complete");
        const std::string_view side = next_word();
        if (side != "b" && side != "B" && side != "w" && side != "W") throw refuse("the side to move is missing");
        state.mover = side == "w" || side == "W";
        if (const std::string_view count = next_word(); !count.empty()) {
            const auto quiet = parlour::whole_number(count, 0, draw_plies);
            if (!quiet)
                throw refuse("the plies since the last capture are a number up to " + std::to_string(draw_plies));
            state.quiet = static_cast<decltype(state.quiet)>(*quiet);
        }
        const std::string_view last = next_word();
        if (!next_word().empty() || !(last.empty() || last == "repeated"))
            throw refuse("there is something after the position");
        if (state.pieces[0] != 0 && state.pieces[1] != 0) state.ending = ending_of(state);
        if (!last.empty() && state.ending == running) state.ending = repetition;
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover > 1 || state.ending > no_captures) return "the bytes are not a position of lines of action";
        for (const std::uint8_t byte : state.reserved) {
            if (byte != 0) return "the bytes are not a position of lines of action";
        }
        if ((state.pieces[0] & state.pieces[1]) != 0) return "a square has two pieces";
        for (const Squares pieces : state.pieces) {
            if (pieces == 0) return "a side has no pieces";
            if (std::popcount(pieces) > 12) return "a side has more than twelve pieces";
        }
        if (state.quiet > draw_plies || state.known > state.quiet) return "the count of quiet plies is wrong";
        if (!history_fits(state)) return "the history of quiet moves does not lead to this position";
        const Ending right = ending_of(state);
        const bool may_have_repeated = state.known < state.quiet && state.quiet >= 8;
        if (state.ending == repetition && right == running && may_have_repeated) return {};
        if (state.ending != right) return "whether the game is over does not fit the position";
        return {};
    }

    // ---- search ----

    // Concentration (how far the pieces stand from their middle, against the least for so many), central squares,
    // pairs that touch, groups and mobility: the chief terms of MIA's evaluation (Winands, 2004). The weights are
    // hand-set, in thousandths of a game.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        std::int32_t sum = state.mover == 0 ? 20 : -20;
        for (const unsigned side : {0u, 1u}) {
            const std::int32_t worth = side_worth(state, side);
            sum += side == 0 ? worth : -worth;
        }
        return player == 0 ? sum : -sum;
    }

    // Whatever brings a piece nearer to the middle of its side, then captures.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        const Middle middle(state.pieces[state.mover]);
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = 0;
            if (moves[i] >= pass_move) continue;
            const unsigned from = moves[i] / 8, to = target_of(state, state.mover, from, moves[i] % 8);
            if (to == off_board) continue;
            const Squares mine = state.pieces[state.mover] & ~one(from);
            int points = 4 * (middle.distance(from) - middle.distance(to));
            points += 3 * std::popcount(grown(one(to)) & mine) - 3 * std::popcount(grown(one(from)) & mine);
            if ((state.pieces[state.mover ^ 1] & one(to)) != 0) points += 6;
            score[i] = static_cast<std::int16_t>(points);
        }
    }

    // Mirrored left to right (1), top to bottom (2), or both.
    std::uint32_t symmetries() const { return 4; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (const unsigned side : {0u, 1u}) {
            image.pieces[side] = 0;
            for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
                image.pieces[side] |= one(image_of(symmetry, lowest_bit(left)));
            }
        }
        for (unsigned i = 0; i < state.known && i < draw_plies; ++i) {
            const unsigned step = state.steps[i];
            if (step == step_mark) continue;
            image.steps[i] = static_cast<std::uint16_t>(image_of(symmetry, step & 63) |
                                                        image_of(symmetry, step >> 6 & 63) << 6 | step_mark);
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &, Move move) const {
        if (move >= pass_move) return move;
        unsigned direction = move % 8;
        if ((symmetry & 1) != 0) direction = (4 - direction) & 7;
        if ((symmetry & 2) != 0) direction = (8 - direction) & 7;
        return 8 * image_of(symmetry, move / 8) + direction;
    }

    // ---- people ----

    std::string player_name(std::uint32_t player) const { return player == 0 ? "Black" : "White"; }

    std::string reason(const State &state) const {
        switch (state.ending) {
            case both_joined:
                return "both sides are joined by one move";
            case repetition:
                return "by the same position for the third time";
            case no_captures:
                return "by fifty moves each without a capture";
            default:
                break;
        }
        const unsigned winner = state.ending == black_joined ? 0 : 1;
        if (std::has_single_bit(state.pieces[winner])) return "with the last piece";
        return is_joined(state.pieces[winner ^ 1]) ? "both sides are joined, and the mover wins"
                                                   : "by joining all pieces";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (state.ending != running) return "The game is over.";
        if (from >= 64) return {};
        const Squares mine = state.pieces[state.mover], theirs = state.pieces[state.mover ^ 1];
        if ((theirs & one(from)) != 0) return "That piece is the other side's.";
        if ((mine & one(from)) == 0) return "There is no piece to move.";
        if (to >= 64 || to == from) {
            for (unsigned direction = 0; direction < 8; ++direction) {
                if (target_of(state, state.mover, from, direction) != off_board) return {};
            }
            return "That piece cannot move now: every line takes it off the board, onto its own or over the others.";
        }
        for (unsigned direction = 0; direction < 8; ++direction) {
            if ((rays[direction][from] & one(to)) == 0) continue;
            const unsigned steps = line_count(occupied(state), from, direction);
            if (landing[direction][from][steps] != to) {
                return "In that line " + std::string(steps == 1 ? "there is one piece" : "there are ") +
                       (steps == 1 ? "" : std::to_string(steps) + " pieces") + ", so it has to move exactly " +
                       std::to_string(steps) + (steps == 1 ? " square." : " squares.");
            }
            if ((mine & one(to)) != 0) return "Your own piece stands there.";
            if ((rays[direction][from] & rays[opposite(direction)][to] & theirs) != 0)
                return "A piece does not jump over the other side's pieces.";
            return {};
        }
        return "A piece moves in a straight line: level, upright or slanting.";
    }

    std::string rules() const {
        return "# Lines of Action\n\n"
               "**Black** begins with twelve pieces at the top and the bottom, **White** with twelve at the left and "
               "the right. Black moves first. You win when **all your pieces are joined** in one group.\n\n"
               "## Moving\n\n"
               "- A piece moves in a straight line, level, upright or slanting, exactly as many squares as there "
               "are **pieces in that line**: both sides' pieces count, before and behind it, and the piece itself.\n"
               "- It may jump over pieces of its own side, but **not over the other side's**.\n"
               "- It may land on a piece of the other side, which is **captured**, not on one of its own.\n"
               "- If you cannot move at all, you pass.\n\n"
               "## The end\n\n"
               "Pieces are joined when they touch level, upright or slanting. Whoever has all pieces in one group "
               "wins, also when the other side's move did it. A single piece is joined. " +
               std::string(mover_wins_both_ ? "If a move joins both sides, the player who **moved** wins."
                                            : "If a move joins both sides, the game is a **draw**.") +
               "\n\nThe game is a draw, too, when the same position comes for the **third time** with the same side "
               "to move, or after **fifty moves** of each side without a capture.\n\n"
               "## Good to know\n\n"
               "To capture is not always good: who has fewer pieces has fewer to join. Take the middle, and keep the "
               "other side's stragglers at the edge by standing in their lines.\n";
    }

    // ---- board ----

    void layout(Board &board) const {
        board.extent(-0.4f, -0.4f, 8.4f, 8.4f);
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x26384dff,
                    .x = 4,
                    .y = 4,
                    .w = 8.4f,
                    .h = 8.4f});
        for (unsigned square = 0; square < 64; ++square) {
            draw_square(square, (square / 8 + square) % 2 == 0 ? 0x7e9ab5ffu : 0xc6d4e1ffu, board);
        }
    }

    void scene(const State &state, std::uint32_t, Board &board) const {
        for (const unsigned side : {0u, 1u}) {
            if (state.ending == (side == 0 ? black_joined : white_joined)) {
                for (Squares left = state.pieces[side]; left != 0; left &= left - 1)
                    draw_square(lowest_bit(left), 0xe9b949ffu, board);
            }
        }
        for (const unsigned side : {0u, 1u}) {
            for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
                board.piece({.cell = lowest_bit(left),
                             .color = static_cast<std::uint8_t>(side == 0 ? PARLOUR_COLOR_DARK : PARLOUR_COLOR_LIGHT),
                             .scale = 0.85f,
                             .label = side == 0 ? "black piece" : "white piece"});
            }
            const std::string groups = std::to_string(count_groups(state.pieces[side]));
            board.widget({.id = side,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(side),
                          .label = "Groups",
                          .value = groups.c_str()});
        }
        if (state.quiet >= draw_plies / 2 && state.ending == running) {
            const std::string moves = std::to_string((draw_plies - state.quiet + 1) / 2);
            board.widget(
                {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Moves until a draw", .value = moves.c_str()});
        }
        if (state.ending == running && !can_move(state)) {
            board.widget({.id = pass_button,
                          .kind = PARLOUR_WIDGET_BUTTON,
                          .player = state.mover,
                          .key = 'p',
                          .label = "Pass"});
        }
    }

    void path(const State &state, Move move, std::uint32_t alternative, Path &path) const {
        if (alternative != 0) return;
        if (move >= pass_move) {
            path.button(pass_button);
            return;
        }
        path.cell(move / 8);
        path.cell(landing[move % 8][move / 8][line_count(occupied(state), move / 8, move % 8)]);
    }

private:
    static constexpr unsigned step_mark = 1u << 12;

    // ---- moves ----

    static Squares occupied(const State &state) { return state.pieces[0] | state.pieces[1]; }

    // How many pieces stand in a line, the one on `from` among them.
    static unsigned line_count(Squares all, unsigned from, unsigned direction) {
        return static_cast<unsigned>(std::popcount(lines[direction & 3][from] & all));
    }

    // Where a piece of a side on `from` comes to in a direction, or off_board where it may not move.
    static unsigned target_of(const State &state, unsigned side, unsigned from, unsigned direction) {
        const unsigned to = landing[direction][from][line_count(occupied(state), from, direction)];
        if (to == off_board || (state.pieces[side] & one(to)) != 0) return off_board;
        const Squares between = rays[direction][from] & rays[opposite(direction)][to];
        return (between & state.pieces[side ^ 1]) == 0 ? to : off_board;
    }

    template <class Each>
    static void list_moves(const State &state, unsigned side, Each each) {
        for (Squares left = state.pieces[side]; left != 0; left &= left - 1) {
            const unsigned from = lowest_bit(left);
            for (unsigned direction = 0; direction < 8; ++direction) {
                if (target_of(state, side, from, direction) != off_board) each(from, direction);
            }
        }
    }
    static int mobility(const State &state, unsigned side) {
        int moves = 0;
        list_moves(state, side, [&](unsigned, unsigned) { ++moves; });
        return moves;
    }
    static bool can_move(const State &state) { return mobility(state, state.mover) > 0; }

    // ---- endings and history ----

    static void note_step(State &state, unsigned step) {
        if (state.known <= state.quiet && state.known < draw_plies)
            state.steps[state.known++] = static_cast<std::uint16_t>(step);
        if (state.quiet < draw_plies) ++state.quiet;
    }

    Ending ending_of(const State &state) const {
        const bool black = is_joined(state.pieces[0]), white = is_joined(state.pieces[1]);
        if (black && white) {
            if (!mover_wins_both_) return both_joined;
            return state.mover == 1 ? black_joined : white_joined;
        }
        if (black) return black_joined;
        if (white) return white_joined;
        return quiet_ending_of(state);
    }
    static Ending quiet_ending_of(const State &state) {
        if (state.known >= 8 && repeated_twice(state)) return repetition;
        return state.quiet >= draw_plies ? no_captures : running;
    }

    // Both squares of a step; none of a pass.
    static Squares step_ends(unsigned step) { return one(step & 63) ^ one(step >> 6 & 63); }

    // Whether the position has stood twice before: takes the known steps back, keeping the squares whose content
    // differs from now, a set a side.
    static bool repeated_twice(const State &state) {
        Squares differs[2] = {0, 0};
        int before = 0;
        for (unsigned back = 1; back <= state.known; ++back) {
            differs[back & 1] ^= step_ends(state.steps[state.known - back]);
            if (back % 2 == 0 && (differs[0] | differs[1]) == 0 && ++before == 2) return true;
        }
        return false;
    }

    // Whether the known steps can be taken back from the position, and the rest of their room is clear.
    static bool history_fits(const State &state) {
        Squares side[2] = {state.pieces[0], state.pieces[1]};
        for (unsigned i = draw_plies; i-- > 0;) {
            const unsigned step = state.steps[i];
            if (i >= state.known) {
                if (step != 0) return false;
                continue;
            }
            if ((step & ~0xfffu) != step_mark) return false;
            if (step == step_mark) continue;
            const unsigned mover = (state.mover + state.known - i) & 1;
            const Squares from = one(step & 63), to = one(step >> 6 & 63);
            if ((side[mover] & to) == 0 || ((side[0] | side[1]) & from) != 0) return false;
            side[mover] ^= from | to;
        }
        return true;
    }

    // ---- evaluation ----

    // The middle of a side's pieces, in quarters of a square.
    struct Middle {
        int x = 0, y = 0;

        explicit Middle(Squares pieces) {
            const int n = std::max(std::popcount(pieces), 1);
            for (Squares left = pieces; left != 0; left &= left - 1) {
                x += static_cast<int>(lowest_bit(left) % 8);
                y += static_cast<int>(lowest_bit(left) / 8);
            }
            x = (4 * x + n / 2) / n;
            y = (4 * y + n / 2) / n;
        }
        int distance(unsigned square) const {
            const int across = 4 * static_cast<int>(square % 8) - x, up = 4 * static_cast<int>(square / 8) - y;
            return std::max(across < 0 ? -across : across, up < 0 ? -up : up);
        }
    };

    static int count_groups(Squares pieces) {
        int groups = 0;
        for (; pieces != 0; pieces &= ~group_of(pieces)) ++groups;
        return groups;
    }

    static std::int32_t side_worth(const State &state, unsigned side) {
        const Squares pieces = state.pieces[side];
        const Middle middle(pieces);
        int spread = 0, touching = 0;
        for (Squares left = pieces; left != 0; left &= left - 1) {
            const unsigned square = lowest_bit(left);
            spread += middle.distance(square);
            touching += std::popcount(grown(one(square)) & pieces) - 1;
        }
        const auto n = static_cast<std::size_t>(std::min(std::popcount(pieces), 12));
        constexpr Squares centre = 0x00003c3c3c3c0000u, edge = 0xff818181818181ffu;
        return -6 * (spread - 2 * least_spread[n]) + 8 * touching - 25 * count_groups(pieces) +
               8 * std::popcount(pieces & centre) - 12 * std::popcount(pieces & edge) + 3 * mobility(state, side);
    }

    // ---- squares ----

    static unsigned image_of(std::uint32_t symmetry, unsigned square) {
        return square ^ ((symmetry & 1) != 0 ? 7u : 0u) ^ ((symmetry & 2) != 0 ? 56u : 0u);
    }
    static std::string square_name(unsigned square) {
        return {static_cast<char>('a' + square % 8), static_cast<char>('1' + square / 8)};
    }
    static void draw_square(unsigned square, std::uint32_t rgba, Board &board) {
        const std::string name = square_name(square);
        board.cell({.id = square,
                    .color = PARLOUR_COLOR_RGBA,
                    .rgba = rgba,
                    .x = static_cast<float>(square % 8) + 0.5f,
                    .y = 7.5f - static_cast<float>(square / 8),
                    .label = name.c_str()});
    }

    bool mover_wins_both_;
};

} // namespace

PARLOUR_GAME(LinesOfAction);
