// Battleship for two players, on 10 x 10 squares (7 to 11) with ships of 5, 4, 3, 3 and 2 squares that may touch but
// not overlap. After the rules that came with the boxed game of 1967 and later ones: one shot a turn, whether it hits
// or not (option "again": on after a hit), and a ship whose last square is hit is sunk, which is announced; as usual
// on a screen, it is then shown. Whoever has sunk all five wins at once.
//
//        1  2  3 .. 10         cell = size * row + column, a bit of 128 in a set of squares; written "B7", row B and
//    A   0  1  2 ..            column 7. A placing is 2 * its first cell, plus 1 when the ship stands upright, and
//    B  10 11 12 ..            written by both ends, "B3-B6". Moves are placings, then 256 + the cell of a shot.
//
// The first player places all ships, one a ply, then the second, who does not see them; then shots alternate. With
// "placing=smallest" the ships come in the order 2, 3, 3, 4, 5, by which the published counts are made.
//
// A position is five parts: the first fleet, the second, the shots at the first, those at the second (an x behind
// each hit), and who moves: "A1-A5 B1-B4 C1-C3 D1-D3 E1-E2; ? ? ? ? ?; A1x B7; J10; 1". A ship that is not placed is
// "-", and one that a view does not know "?".
#include <parlour/bits.hpp>
#include <parlour/game.hpp>

#include <array>
#include <bit>
#include <cctype>
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
__extension__ typedef unsigned __int128 Squares;

constexpr unsigned n_ships = 5, most_size = 11, n_codes = 2 * most_size * most_size, fleet_squares = 17;
constexpr std::uint8_t not_placed = 255, unknown = 254;
constexpr Move first_shot = 256;

constexpr Squares bit(unsigned cell) {
    return Squares{1} << cell;
}
constexpr unsigned count(Squares set) {
    return static_cast<unsigned>(std::popcount(static_cast<std::uint64_t>(set)) +
                                 std::popcount(static_cast<std::uint64_t>(set >> 64)));
}
// The lowest square; there is one.
constexpr unsigned lowest(Squares set) {
    const auto low = static_cast<std::uint64_t>(set);
    return static_cast<unsigned>(low != 0 ? std::countr_zero(low)
                                          : 64 + std::countr_zero(static_cast<std::uint64_t>(set >> 64)));
}
// The index-th square, counted from 0; there are more than that.
inline unsigned nth(Squares set, unsigned index) {
    auto word = static_cast<std::uint64_t>(set);
    unsigned offset = 0;
    const auto below = static_cast<unsigned>(std::popcount(word));
    if (index >= below) {
        index -= below;
        word = static_cast<std::uint64_t>(set >> 64);
        offset = 64;
    }
    return offset + parlour::nth_bit(word, index);
}

constexpr std::array<const char *, 2> placing_ids{"largest", "smallest"};
constexpr std::array<const char *, 2> placing_labels{"5, 4, 3, 3, 2", "2, 3, 3, 4, 5"};

class Battleship {
public:
    static constexpr parlour::GameAbout about{
        .id = "battleship",
        .name = "Battleship",
        .family = "board",
        .summary = "Hide your fleet, and find and sink the other one shot by shot.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_HIDDEN | PARLOUR_GAME_COMPOUND,
        // A ship of two squares on 11 x 11: 2 * 11 * 10 placings; shots are at most 121.
        .max_moves = 2 * most_size * (most_size - 1),
        .move_space = first_shot + most_size * most_size,
        // Ten placings, and nobody shoots at a square twice.
        .max_plies = 2 * n_ships + 2 * most_size * most_size,
        .accent = 0x1c5d86ff};

    static constexpr std::array options{
        Option::integer("size", "Board", "How many squares a side of each sea has.", "10", 7, most_size),
        Option::boolean("again", "Shoot again after a hit", "Whoever hits has another shot at once.", false),
        Option::choice("placing", "Placing", "In which order ships are placed.", "largest", placing_ids,
                       placing_labels)};

    explicit Battleship(const parlour::OptionValues &values)
        : size_(static_cast<unsigned>(values.integer("size"))), again_(values.boolean("again")) {
        lengths_ = {5, 4, 3, 3, 2};
        if (values.text("placing") == "smallest") std::reverse(lengths_.begin(), lengths_.end());
        board_ = bit(size_ * size_) - 1;
        for (unsigned length = 2; length <= 5; ++length) {
            for (unsigned code = 0; code < 2 * size_ * size_; ++code) {
                const unsigned at = code / 2 % size_, down = code / 2 / size_;
                if ((code % 2 == 0 ? at : down) + length > size_) continue;
                Squares squares = 0;
                for (unsigned i = 0; i < length; ++i) squares |= bit(code / 2 + i * (code % 2 == 0 ? 1 : size_));
                squares_[length][code] = squares;
                placings_[length].codes[placings_[length].size++] = static_cast<std::uint8_t>(code);
            }
        }
    }

    struct State {
        std::uint64_t shots[2][2]; // at each player's sea: squares 0 to 63, and from 64
        std::uint64_t hits[2][2];  // those of them that hit
        std::uint8_t ships[2][n_ships];
        std::uint8_t mover; // who shoots next, and at the end who has won; 0 while ships are placed
        std::uint8_t reserved[5];
    };

    // ---- rules ----

    State initial() const {
        State state{};
        for (auto &fleet : state.ships) std::fill_n(fleet, n_ships, not_placed);
        return state;
    }

    Turn turn(const State &state) const {
        if (placing(state)) return Turn::of(placer(state));
        return is_over(state) ? Turn::over() : Turn::of(state.mover);
    }

    void legal(const State &state, MoveList &moves) const {
        if (placing(state)) {
            const std::uint8_t *fleet = state.ships[placer(state)];
            const unsigned ship = next_ship(fleet);
            const Squares taken = squares_of(fleet);
            const Placings &placings = placings_[lengths_[ship]];
            for (unsigned i = 0; i < placings.size; ++i) {
                if ((squares_[lengths_[ship]][placings.codes[i]] & taken) == 0) moves.add(placings.codes[i]);
            }
        } else if (!is_over(state)) {
            for (Squares left = board_ & ~wide(state.shots[1 - state.mover]); left != 0; left &= left - 1) {
                moves.add(first_shot + lowest(left));
            }
        }
    }

    Turn apply(State &state, Move move) const {
        if (placing(state)) {
            std::uint8_t *fleet = state.ships[placer(state)];
            const unsigned ship = next_ship(fleet);
            const Squares squares = move < n_codes ? squares_[lengths_[ship]][move] : 0;
            if (squares == 0 || (squares & squares_of(fleet)) != 0) [[unlikely]]
                return Turn::fault();
            fleet[ship] = static_cast<std::uint8_t>(move);
            return turn(state);
        }
        const unsigned cell = move - first_shot, sea = 1u - (state.mover & 1u);
        if (move < first_shot || cell >= size_ * size_ || has_unknown(state.ships[sea]) || is_over(state) ||
            (state.shots[sea][cell / 64] >> cell % 64 & 1) != 0) [[unlikely]]
            return Turn::fault();
        const std::uint64_t here = std::uint64_t{1} << cell % 64;
        state.shots[sea][cell / 64] |= here;
        const bool hit = (squares_of(state.ships[sea]) & bit(cell)) != 0;
        if (hit) {
            state.hits[sea][cell / 64] |= here;
            if (all_sunk(state, sea)) return Turn::over();
        }
        if (!hit || !again_) state.mover ^= 1;
        return Turn::of(state.mover);
    }

    void outcome(const State &state, float *util) const {
        util[state.mover & 1] = 1;
        util[1 - (state.mover & 1)] = -1;
    }

    // ---- what each player knows: the own fleet, all shots, and what is sunk ----

    State view(const State &state, std::uint32_t player) const {
        State seen = state;
        if (!placing(state) && is_over(state)) return seen;
        const unsigned other = 1 - (player & 1);
        for (unsigned ship = 0; ship < n_ships; ++ship) {
            std::uint8_t &code = seen.ships[other][ship];
            if (code != not_placed && !is_sunk(state, other, ship)) code = unknown;
        }
        return seen;
    }

    // Evenly among the fleets that fit, if no more than one square of ships afloat is hit, or if few fleets fit: then
    // all are listed. Otherwise by importance resampling (Rubin 1987): of sixteen fleets built hit by hit, one is
    // taken with the weight by which it was built too rarely. These weights also tell about how many fleets fit.
    State determinize(const State &seen, std::uint32_t player, Rng &rng) const {
        constexpr int most_draws = 16;
        constexpr double few = 200;
        const unsigned other = 1 - (player & 1);
        State full = seen;
        if (!has_unknown(seen.ships[other])) return full;
        const Search search(*this, seen, other);
        Fleet hidden, chosen{};
        std::copy_n(seen.ships[other], n_ships, hidden.begin());
        double total = 0;
        for (int draw = 0; draw < (search.draws_evenly() ? 100 : most_draws); ++draw) {
            Fleet fleet = hidden;
            const double weight = search.draw(fleet, rng);
            if (weight <= 0) continue;
            total += weight;
            if (rng.unit() * total < weight) chosen = fleet;
            if (search.draws_evenly()) break;
        }
        if (total <= 0 || (!search.draws_evenly() && total * search.fleets_a_weight(hidden) < few * most_draws)) {
            Census census;
            search.list(hidden, rng, census);
            if (census.found == 0) throw Failure(PARLOUR_E_FAIL, "no fleet fits these shots");
            chosen = census.chosen;
        }
        std::copy_n(chosen.begin(), n_ships, full.ships[other]);
        return full;
    }

    // ---- texts ----

    std::string move_text(const State &state, Move move) const {
        if (move >= first_shot) return cell_name(move - first_shot);
        return placing_text(static_cast<std::uint8_t>(move), lengths_[next_ship(state.ships[placer(state)])]);
    }

    // In any case, and a placing by its ends in any order, with or without the dash.
    Move parse_move(const State &state, std::string_view text) const {
        std::string word;
        for (const char c : text) {
            if (c != ' ' && c != '-') word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        const std::string shown(text.substr(0, 40));
        const unsigned from = read_cell(word);
        Move move = PARLOUR_MOVE_NONE;
        if (from < size_ * size_ && word.empty()) {
            move = first_shot + from;
        } else if (const unsigned to = read_cell(word); from < size_ * size_ && to < size_ * size_ && word.empty()) {
            move = 2 * std::min(from, to) + (from % size_ == to % size_);
            const unsigned span = from / size_ == to / size_ ? std::max(from, to) - std::min(from, to)
                                                             : (std::max(from, to) - std::min(from, to)) / size_;
            const bool straight = from % size_ == to % size_ || from / size_ == to / size_;
            const bool fits = placing(state) && span + 1 == lengths_[next_ship(state.ships[placer(state)])];
            if (!straight || !fits) move = PARLOUR_MOVE_NONE - 1;
        }
        if (move == PARLOUR_MOVE_NONE) {
            throw Failure(PARLOUR_E_PARSE, "\"" + shown +
                                               "\" is not a move; write both ends of a ship as in B3-B6, "
                                               "or the square of a shot as in B7");
        }
        std::array<Move, about.max_moves> all;
        MoveList moves(all.data());
        legal(state, moves);
        if (std::find(moves.begin(), moves.end(), move) != moves.end()) return move;
        std::string example;
        if (!moves.empty()) example = "; a legal one is " + move_text(state, moves[0]);
        throw Failure(PARLOUR_E_ILLEGAL, "\"" + shown + "\" is not a legal move here" + example);
    }

    std::string state_text(const State &state) const {
        std::string text;
        for (unsigned player = 0; player < 2; ++player) {
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                const std::uint8_t code = state.ships[player][ship];
                if (ship > 0) text += ' ';
                text += code == not_placed ? "-" : code == unknown ? "?" : placing_text(code, lengths_[ship]);
            }
            text += "; ";
        }
        for (unsigned sea = 0; sea < 2; ++sea) {
            std::string list;
            for (Squares left = wide(state.shots[sea]); left != 0; left &= left - 1) {
                const unsigned cell = lowest(left);
                list += (list.empty() ? "" : " ") + cell_name(cell);
                if ((wide(state.hits[sea]) & bit(cell)) != 0) list += 'x';
            }
            text += list + "; ";
        }
        return text + static_cast<char>('1' + (state.mover & 1));
    }

    State parse_state(std::string_view text) const {
        State state = initial();
        const auto next_part = [&] {
            const std::size_t end = std::min(text.find(';'), text.size());
            std::vector<std::string> words;
            std::string word;
            for (const char c : std::string(text.substr(0, end)) + " ") {
                if (c != ' ') word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
                if (c != ' ' || word.empty()) continue;
                words.push_back(word);
                word.clear();
            }
            text.remove_prefix(std::min(end + 1, text.size()));
            return words;
        };
        for (auto &fleet : state.ships) read_fleet(next_part(), fleet);
        for (unsigned sea = 0; sea < 2; ++sea) read_shots(next_part(), state.shots[sea], state.hits[sea]);
        const std::vector<std::string> mover = next_part();
        if (mover.size() != 1 || (mover[0] != "1" && mover[0] != "2") || !text.empty()) {
            throw refusal("who moves, 1 or 2, comes last, after two fleets and two lists of shots");
        }
        state.mover = mover[0] == "2";
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover > 1) return "there are two players";
        for (const std::uint8_t byte : state.reserved) {
            if (byte != 0) return "there is something in the gap behind the fleets";
        }
        for (unsigned player = 0; player < 2; ++player) {
            if (const std::string problem = fleet_problem(state, player); !problem.empty()) return problem;
        }
        if (has_unknown(state.ships[0]) && has_unknown(state.ships[1])) return "a player knows the own fleet";
        const unsigned at_first = count(wide(state.shots[0])), at_second = count(wide(state.shots[1]));
        if (placing(state)) {
            if (state.ships[0][n_ships - 1] == not_placed && state.ships[1][0] != not_placed) {
                return "the second player places ships after the first";
            }
            if (at_first + at_second > 0) return "nobody shoots before all ships are placed";
            return state.mover != 0 ? "while ships are placed, the first player is to shoot next" : "";
        }
        if (all_sunk(state, 0) && all_sunk(state, 1)) return "both fleets are sunk";
        if (all_sunk(state, state.mover)) return "whose fleet is sunk does not move any more";
        if (is_over(state) && (has_unknown(state.ships[0]) || has_unknown(state.ships[1]))) {
            return "at the end both fleets are known";
        }
        const unsigned expected = is_over(state) ? 1 - state.mover : state.mover;
        if (!again_ && at_second != at_first + expected) return "the players do not shoot in turn";
        return {};
    }

    // ---- for engines ----

    // The difference in hits; the weight is our own, not tuned.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        const int ahead = static_cast<int>(count(wide(state.hits[1]))) - static_cast<int>(count(wide(state.hits[0])));
        return player == 0 ? 60 * ahead : -60 * ahead;
    }

    // Shots where most placings of the ships still afloat fit, those through hits counted far more (the density map
    // of N. Berry, Battleship, 2011). Looks only at what the shooter sees.
    void order(const State &state, const Move *moves, std::uint32_t n, std::int16_t *score) const {
        std::fill_n(score, n, std::int16_t{0});
        if (placing(state)) return;
        const unsigned sea = 1 - state.mover;
        const Search search(*this, state, sea);
        std::array<int, most_size * most_size> density{};
        for (unsigned ship = 0; ship < n_ships; ++ship) {
            if (is_sunk(state, sea, ship)) continue;
            const Placings &placings = placings_[lengths_[ship]];
            for (unsigned i = 0; i < placings.size; ++i) {
                const Squares squares = squares_[lengths_[ship]][placings.codes[i]];
                if (!search.may_be(squares)) continue;
                const int worth = 1 << std::min(4 * count(squares & search.open_hits), 12u);
                for (Squares left = squares; left != 0; left &= left - 1) density[lowest(left)] += worth;
            }
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            score[i] = static_cast<std::int16_t>(std::min(density[moves[i] - first_shot], 32000));
        }
    }

    Move random_move(const State &state, Rng &rng) const {
        if (!placing(state)) {
            const Squares left = board_ & ~wide(state.shots[1 - state.mover]);
            return first_shot + nth(left, rng.below(count(left)));
        }
        const std::uint8_t *fleet = state.ships[placer(state)];
        const unsigned length = lengths_[next_ship(fleet)];
        const Squares taken = squares_of(fleet);
        for (;;) {
            const std::uint8_t code = placings_[length].codes[rng.below(placings_[length].size)];
            if ((squares_[length][code] & taken) == 0) return code;
        }
    }

    // The eight of the square, for both seas at once.
    std::uint32_t symmetries() const { return 8; }
    State map_state(std::uint32_t symmetry, const State &state) const {
        State image = state;
        for (unsigned player = 0; player < 2; ++player) {
            map_set(symmetry, state.shots[player], image.shots[player]);
            map_set(symmetry, state.hits[player], image.hits[player]);
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                const std::uint8_t code = state.ships[player][ship];
                if (code < n_codes) image.ships[player][ship] = map_placing(symmetry, code, lengths_[ship]);
            }
        }
        return image;
    }
    Move map_move(std::uint32_t symmetry, const State &state, Move move) const {
        if (move >= first_shot) return first_shot + map_cell(symmetry, move - first_shot);
        return map_placing(symmetry, static_cast<std::uint8_t>(move),
                           lengths_[next_ship(state.ships[placer(state)])]);
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const {
        return count(wide(state.hits[1 - (player & 1)]));
    }

    std::string player_name(std::uint32_t player) const { return player == 0 ? "First" : "Second"; }

    std::string reason(const State &state) const {
        return "by sinking all five ships with " + std::to_string(count(wide(state.shots[1 - state.mover]))) +
               " shots";
    }

    std::string rules() const {
        const std::string side = std::to_string(size_);
        return "# Battleship\n\n"
               "Each player has a sea of " +
               side + " x " + side +
               " squares and hides a fleet of five ships in it: a carrier of **5** squares, a battleship of **4**, a "
               "cruiser and a submarine of **3**, and a destroyer of **2**. Find and sink the other fleet first.\n\n"
               "## Placing\n\n"
               "Ships lie level or upright. They may touch each other, but not overlap. First one player places all "
               "five, then the other; nobody sees the other's.\n\n"
               "## Shooting\n\n" +
               (again_
                    ? std::string("You shoot at a square of the other sea, and again after every hit; after a miss "
                                  "the other player shoots.")
                    : std::string("In turn, you shoot at a square of the other sea, once, whether you hit or not.")) +
               " A cross is a hit and a small ring is a miss. When all squares of a ship are hit, it is **sunk** and "
               "shown. Whoever has sunk the whole other fleet wins at once.\n\n"
               "## Entering moves\n\n"
               "To place a ship, touch the squares of its two ends, or drag from one to the other, on your own sea. "
               "To "
               "shoot, touch a square of the other sea. Squares are written by row and column, `B7`, and ships by "
               "their ends, `B3-B6`.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t to) const {
        if (!placing(state) && is_over(state)) return "The game is over.";
        const unsigned player = turn(state).player(), sea = from / sea_ids, cell = from % sea_ids;
        if (sea > 1 || cell >= size_ * size_) return {};
        if (!placing(state)) {
            if (sea == player) return "That is your own sea: shoot at the other one.";
            return (wide(state.shots[sea]) & bit(cell)) != 0 ? "You have shot at that square already." : "";
        }
        if (sea != player) return "Place your ships on your own sea.";
        const std::uint8_t *fleet = state.ships[player];
        const unsigned length = lengths_[next_ship(fleet)];
        if ((squares_of(fleet) & bit(cell)) != 0) return "There is a ship already; ships may not overlap.";
        if (to == PARLOUR_CELL_NONE) return {};
        const unsigned last = to % sea_ids, distance = last > cell ? last - cell : cell - last;
        const bool level = last / size_ == cell / size_, upright = last % size_ == cell % size_;
        if (to / sea_ids == sea && (level || upright) && distance == (length - 1) * (level ? 1 : size_)) {
            return "Another ship is in the way; ships may touch, but not overlap.";
        }
        return "The ship to be placed is " + std::to_string(length) + " squares long: touch its two ends.";
    }

    // ---- the board: the first player's sea on the left, the second's on the right ----

    void layout(parlour::Board &board) const {
        const auto side = static_cast<float>(size_);
        board.extent(0, 0, 2 * side + 3.4f, side + 2.1f);
        for (unsigned sea = 0; sea < 2; ++sea) {
            board.cell({.shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                        .rgba = 0x123f5cff,
                        .x = left_of(sea) + side / 2,
                        .y = top + side / 2,
                        .w = side + 0.3f,
                        .h = side + 0.3f});
            for (unsigned cell = 0; cell < size_ * size_; ++cell) {
                const std::string label = cell_name(cell);
                board.cell({.id = sea_ids * sea + cell,
                            .color = PARLOUR_COLOR_RGBA,
                            .rgba = (cell / size_ + cell % size_) % 2 == 0 ? 0x2e7ba6ffu : 0x2a739dffu,
                            .x = x_of(sea, cell),
                            .y = y_of(cell),
                            .w = 0.97f,
                            .h = 0.97f,
                            .label = label.c_str()});
            }
            for (unsigned i = 0; i < size_; ++i) {
                note_cell(board, names_id(sea) + i, left_of(sea) - 0.6f, top + 0.5f + static_cast<float>(i), 0.7f);
                note_cell(board, names_id(sea) + 20 + i, left_of(sea) + 0.5f + static_cast<float>(i), top - 0.5f,
                          0.7f);
            }
            note_cell(board, title_id + sea, left_of(sea) + side / 2, 0.5f, side);
        }
    }

    void scene(const State &state, std::uint32_t viewer, parlour::Board &board) const {
        const State seen = viewer < 2 ? view(state, viewer) : state;
        for (unsigned sea = 0; sea < 2; ++sea) {
            write_names(board, sea);
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                if (seen.ships[sea][ship] < n_codes) draw_ship(board, seen, sea, ship);
            }
            draw_shots(board, seen, sea);
            unsigned afloat = 0;
            for (unsigned ship = 0; ship < n_ships; ++ship) afloat += !is_sunk(seen, sea, ship);
            const std::string value = std::to_string(afloat);
            board.widget({.id = sea,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(sea),
                          .label = "Ships afloat",
                          .value = value.c_str()});
        }
        if (placing(state)) {
            const std::string length = std::to_string(lengths_[next_ship(state.ships[placer(state)])]) + " squares";
            board.widget(
                {.id = 2, .kind = PARLOUR_WIDGET_COUNTER, .label = "Ship to place", .value = length.c_str()});
        }
    }

    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (move >= first_shot) {
            if (alternative == 0) path.cell(sea_ids * (1 - state.mover) + move - first_shot);
            return;
        }
        if (alternative > 1) return;
        const unsigned player = placer(state), length = lengths_[next_ship(state.ships[player])];
        const unsigned first = sea_ids * player + move / 2, last = first + (length - 1) * (move % 2 == 0 ? 1 : size_);
        path.cell(alternative == 0 ? first : last);
        path.cell(alternative == 0 ? last : first);
    }

private:
    using Fleet = std::array<std::uint8_t, n_ships>;
    struct Placings {
        unsigned size = 0;
        std::array<std::uint8_t, n_codes> codes{};
    };

    // Of fleets that are listed: how many, and one of them by chance.
    struct Census {
        unsigned found = 0, looked = 0;
        Fleet chosen{};
    };

    // Looks for fleets that fit what is seen of a sea.
    class Search {
    public:
        Squares open_hits; // of no ship that is sunk

        Search(const Battleship &game, const State &state, unsigned sea) : hits_(wide(state.hits[sea])) {
            Squares sunk = 0;
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                if (game.is_sunk(state, sea, ship))
                    sunk |= game.squares_[game.lengths_[ship]][state.ships[sea][ship]];
            }
            open_hits = hits_ & ~sunk;
            barred_ = (wide(state.shots[sea]) & ~hits_) | sunk;
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                length_[ship] = game.lengths_[ship];
                begin_[ship] = n_placings_;
                unsigned n_free = 0;
                const Placings &placings = game.placings_[length_[ship]];
                for (unsigned i = 0; i < placings.size; ++i) {
                    const Squares squares = game.squares_[length_[ship]][placings.codes[i]];
                    if (!may_be(squares)) continue;
                    placings_[n_placings_++] = {squares, placings.codes[i]};
                    n_free += (squares & open_hits) == 0;
                }
                share_[ship] = 1 / std::max(0.5, static_cast<double>(n_free));
            }
            begin_[n_ships] = n_placings_;
        }

        // A ship that is not sunk lies beside all misses, and not on hits alone.
        bool may_be(Squares squares) const { return (squares & barred_) == 0 && (squares & ~hits_) != 0; }
        bool draws_evenly() const { return count(open_hits) < 2; }

        // Places the unknown ships of a fleet at random; returns its weight, or 0 when that came to nothing.
        double draw(Fleet &fleet, Rng &rng) const {
            Squares taken = 0;
            double weight = 1;
            while ((open_hits & ~taken) != 0) {
                double total = 0;
                unsigned chosen = n_ships;
                const Placing *placing = nullptr;
                each_through(hardest_hit(fleet, taken), fleet, taken, [&](unsigned ship, const Placing &option) {
                    total += share_[ship];
                    if (rng.unit() * total >= share_[ship]) return;
                    chosen = ship;
                    placing = &option;
                });
                if (placing == nullptr) return 0;
                fleet[chosen] = placing->code;
                taken |= placing->squares;
                weight *= total;
            }
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                if (fleet[ship] != unknown) continue;
                const Placing *placing = nullptr;
                unsigned n = 0;
                for (unsigned i = begin_[ship]; i < begin_[ship + 1]; ++i) {
                    if ((placings_[i].squares & open_hits) == 0 && rng.below(++n) == 0) placing = &placings_[i];
                }
                if (placing == nullptr || (placing->squares & taken) != 0) return 0;
                fleet[ship] = placing->code;
                taken |= placing->squares;
            }
            return weight;
        }

        // How many fleets the mean weight of draws stands for, by what one has: a fleet is built with the product of
        // its ships' shares, divided by its weight.
        double fleets_a_weight(const Fleet &fleet) const {
            double product = 1;
            for (unsigned ship = 0; ship < n_ships; ++ship) product *= fleet[ship] == unknown ? share_[ship] : 1;
            return 1 / product;
        }

        // Lists all fleets, each once, in random order: what covers the hardest hit first, then the ship with least
        // room. Ends early when there are many.
        void list(Fleet &fleet, Rng &rng, Census &census, Squares taken = 0) const {
            constexpr unsigned most_looks = 20'000;
            std::array<std::uint16_t, n_ships * n_codes> choices; // 256 * ship + placing
            unsigned n = 0;
            const auto add = [&](unsigned ship, const Placing &option) {
                choices[n++] = static_cast<std::uint16_t>(256 * ship + option.code);
            };
            if ((open_hits & ~taken) != 0) {
                each_through(hardest_hit(fleet, taken), fleet, taken, add);
            } else {
                const unsigned ship = tightest_ship(fleet, taken);
                if (ship == n_ships) {
                    if (rng.below(++census.found) == 0) census.chosen = fleet;
                    return;
                }
                for (unsigned i = begin_[ship]; i < begin_[ship + 1]; ++i) {
                    if ((placings_[i].squares & (taken | open_hits)) == 0) add(ship, placings_[i]);
                }
            }
            for (; n > 0 && (++census.looked < most_looks || census.found == 0); --n) {
                std::swap(choices[rng.below(n)], choices[n - 1]);
                const unsigned ship = choices[n - 1] / 256, code = choices[n - 1] % 256;
                const auto *begin = placings_.data() + begin_[ship], *end = placings_.data() + begin_[ship + 1];
                const auto *placing =
                    std::find_if(begin, end, [code](const Placing &one) { return one.code == code; });
                fleet[ship] = placing->code;
                list(fleet, rng, census, taken | placing->squares);
                fleet[ship] = unknown;
            }
        }

    private:
        struct Placing {
            Squares squares;
            std::uint8_t code;
        };

        // The open hit that fewest placings cover. It depends only on what is placed, so that every fleet is built in
        // one order.
        Squares hardest_hit(const Fleet &fleet, Squares taken) const {
            const Squares left = open_hits & ~taken;
            if (count(left) == 1) return left;
            std::array<std::uint16_t, most_size * most_size> ways{};
            each_through(left, fleet, taken, [&](unsigned, const Placing &option) {
                for (Squares covered = option.squares & left; covered != 0; covered &= covered - 1) {
                    ++ways[lowest(covered)];
                }
            });
            unsigned hardest = lowest(left);
            for (Squares rest = left; rest != 0; rest &= rest - 1) {
                if (ways[lowest(rest)] < ways[hardest]) hardest = lowest(rest);
            }
            return bit(hardest);
        }

        unsigned tightest_ship(const Fleet &fleet, Squares taken) const {
            unsigned tightest = n_ships, least = n_codes;
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                if (fleet[ship] != unknown) continue;
                unsigned room = 0;
                for (unsigned i = begin_[ship]; i < begin_[ship + 1]; ++i)
                    room += (placings_[i].squares & taken) == 0;
                if (room < least) tightest = ship, least = room;
            }
            return tightest;
        }

        // The placings of unknown ships through one of `through`, after which the others can still cover what is
        // left: all but one square each.
        template <class Each>
        void each_through(Squares through, const Fleet &fleet, Squares taken, Each do_it) const {
            unsigned reach = 0;
            for (unsigned ship = 0; ship < n_ships; ++ship) reach += fleet[ship] == unknown ? length_[ship] - 1 : 0;
            for (unsigned ship = 0; ship < n_ships; ++ship) {
                if (fleet[ship] != unknown) continue;
                for (unsigned i = begin_[ship]; i < begin_[ship + 1]; ++i) {
                    const Squares squares = placings_[i].squares;
                    if ((squares & through) == 0 || (squares & taken) != 0) continue;
                    if (count(open_hits & ~taken & ~squares) + length_[ship] - 1 <= reach) do_it(ship, placings_[i]);
                }
            }
        }

        Squares hits_, barred_; // barred: missed, or under a sunk ship
        std::array<unsigned, n_ships> length_;
        std::array<unsigned, n_ships + 1> begin_;
        std::array<double, n_ships> share_;
        unsigned n_placings_ = 0;
        std::array<Placing, n_ships * 2 * most_size *(most_size - 1)> placings_;
    };

    static Squares wide(const std::uint64_t words[2]) { return Squares{words[1]} << 64 | words[0]; }

    static bool placing(const State &state) { return state.ships[1][n_ships - 1] == not_placed; }
    static unsigned placer(const State &state) { return state.ships[0][n_ships - 1] == not_placed ? 0 : 1; }
    // The first ship that is not placed; while somebody places, there is one.
    static unsigned next_ship(const std::uint8_t *fleet) {
        unsigned ship = 0;
        while (ship < n_ships - 1 && fleet[ship] != not_placed) ++ship;
        return ship;
    }
    static bool has_unknown(const std::uint8_t *fleet) {
        return std::find(fleet, fleet + n_ships, unknown) != fleet + n_ships;
    }
    static bool all_sunk(const State &state, unsigned sea) { return count(wide(state.hits[sea])) == fleet_squares; }
    static bool is_over(const State &state) { return all_sunk(state, 0) || all_sunk(state, 1); }

    // The squares of the ships that are known.
    Squares squares_of(const std::uint8_t *fleet) const {
        Squares taken = 0;
        for (unsigned ship = 0; ship < n_ships; ++ship) {
            if (fleet[ship] < n_codes) taken |= squares_[lengths_[ship]][fleet[ship]];
        }
        return taken;
    }
    bool is_sunk(const State &state, unsigned sea, unsigned ship) const {
        const std::uint8_t code = state.ships[sea][ship];
        return code < n_codes && (squares_[lengths_[ship]][code] & ~wide(state.hits[sea])) == 0;
    }

    std::string fleet_problem(const State &state, unsigned player) const {
        const Squares shots = wide(state.shots[player]), hits = wide(state.hits[player]);
        const std::uint8_t *fleet = state.ships[player];
        if ((shots & ~board_) != 0) return "a shot fell outside of the board";
        if ((hits & ~shots) != 0) return "a square is hit that nobody shot at";
        Squares taken = 0;
        unsigned hidden = 0, hidden_squares = 0;
        const bool any_unknown = has_unknown(fleet);
        for (unsigned ship = 0; ship < n_ships; ++ship) {
            const std::uint8_t code = fleet[ship];
            if (code == not_placed) {
                if (ship + 1 < n_ships && fleet[ship + 1] != not_placed) return "ships are placed in another order";
            } else if (code == unknown) {
                ++hidden;
                hidden_squares += lengths_[ship];
            } else {
                const Squares squares = code < n_codes ? squares_[lengths_[ship]][code] : 0;
                if (squares == 0) return "a ship is not on the board";
                if ((squares & taken) != 0) return "two ships overlap";
                if (any_unknown && !is_sunk(state, player, ship)) return "only ships that are sunk are known to both";
                taken |= squares;
            }
        }
        if ((taken & shots & ~hits) != 0) return "a shot at a ship is marked as a miss";
        const unsigned other_hits = count(hits & ~taken);
        if (hidden == 0 ? other_hits > 0 : other_hits > hidden_squares - hidden) {
            return "a hit is marked where there can be no ship";
        }
        return {};
    }

    std::string cell_name(unsigned cell) const {
        return static_cast<char>('A' + cell / size_) + std::to_string(cell % size_ + 1);
    }
    std::string placing_text(std::uint8_t code, unsigned length) const {
        return cell_name(code / 2u) + "-" + cell_name(code / 2u + (length - 1) * (code % 2 == 0 ? 1 : size_));
    }

    // Takes a square's name off the front of a text in capitals; beyond the board when there is none.
    unsigned read_cell(std::string &text) const {
        unsigned column = 0;
        if (text.empty() || text.front() < 'A' || text.front() >= static_cast<char>('A' + size_)) return ~0u;
        const auto [end, code] = std::from_chars(text.data() + 1, text.data() + text.size(), column);
        if (code != std::errc{} || column < 1 || column > size_) return ~0u;
        const unsigned cell = size_ * static_cast<unsigned>(text.front() - 'A') + column - 1;
        text.erase(0, static_cast<std::size_t>(end - text.data()));
        return cell;
    }

    Failure refusal(const std::string &what) const {
        return {PARLOUR_E_PARSE, what + "; a position looks like \"" + state_text(initial()) + "\""};
    }

    void read_fleet(const std::vector<std::string> &words, std::uint8_t *fleet) const {
        if (words.size() != n_ships) throw refusal("a fleet has five ships, with - or ? for some");
        for (unsigned ship = 0; ship < n_ships; ++ship) {
            std::string word = words[ship];
            if (word == "-" || word == "?") {
                fleet[ship] = word == "-" ? not_placed : unknown;
                continue;
            }
            const unsigned from = read_cell(word);
            const bool dash = !word.empty() && word.front() == '-';
            if (dash) word.erase(0, 1);
            const unsigned to = read_cell(word);
            const unsigned code = from < size_ * size_ ? 2 * from + (from % size_ == to % size_) : n_codes;
            if (!dash || !word.empty() || code >= 2 * size_ * size_ || squares_[lengths_[ship]][code] == 0 ||
                placing_text(static_cast<std::uint8_t>(code), lengths_[ship]) != words[ship]) {
                throw Failure(PARLOUR_E_PARSE, "\"" + words[ship].substr(0, 20) + "\" is not a ship of " +
                                                   std::to_string(lengths_[ship]) + " squares, like " +
                                                   placing_text(0, lengths_[ship]));
            }
            fleet[ship] = static_cast<std::uint8_t>(code);
        }
    }

    void read_shots(const std::vector<std::string> &words, std::uint64_t *shots, std::uint64_t *hits) const {
        for (std::string word : words) {
            const unsigned cell = read_cell(word);
            if (cell >= size_ * size_ || (!word.empty() && word != "X")) {
                throw Failure(PARLOUR_E_PARSE,
                              "\"" + word.substr(0, 20) + "\" is not a square like B7, or B7x for a hit");
            }
            shots[cell / 64] |= std::uint64_t{1} << cell % 64;
            if (!word.empty()) hits[cell / 64] |= std::uint64_t{1} << cell % 64;
        }
    }

    // Bit 0 mirrors left and right, bit 1 above and below, bit 2 exchanges rows and columns.
    unsigned map_cell(std::uint32_t symmetry, unsigned cell) const {
        unsigned column = cell % size_, row = cell / size_;
        if ((symmetry & 1) != 0) column = size_ - 1 - column;
        if ((symmetry & 2) != 0) row = size_ - 1 - row;
        if ((symmetry & 4) != 0) std::swap(column, row);
        return size_ * row + column;
    }
    void map_set(std::uint32_t symmetry, const std::uint64_t from[2], std::uint64_t to[2]) const {
        to[0] = to[1] = 0;
        for (Squares left = wide(from); left != 0; left &= left - 1) {
            const unsigned cell = map_cell(symmetry, lowest(left));
            to[cell / 64] |= std::uint64_t{1} << cell % 64;
        }
    }
    std::uint8_t map_placing(std::uint32_t symmetry, std::uint8_t code, unsigned length) const {
        const unsigned last = code / 2u + (length - 1) * (code % 2 == 0 ? 1 : size_);
        const unsigned a = map_cell(symmetry, code / 2u), b = map_cell(symmetry, last);
        return static_cast<std::uint8_t>(2 * std::min(a, b) + (a % size_ == b % size_));
    }

    // ---- drawing ----

    static constexpr std::uint32_t sea_ids = 200, title_id = 400, deck_ids = 2000;
    static constexpr float top = 1.9f;
    static std::uint32_t names_id(unsigned sea) { return 500 + 100 * sea; }
    float left_of(unsigned sea) const { return 1.2f + static_cast<float>(sea) * (static_cast<float>(size_) + 1.8f); }
    float x_of(unsigned sea, unsigned cell) const { return left_of(sea) + static_cast<float>(cell % size_) + 0.5f; }
    float y_of(unsigned cell) const { return top + static_cast<float>(cell / size_) + 0.5f; }

    static void note_cell(parlour::Board &board, std::uint32_t id, float x, float y, float width) {
        board.cell({.id = id,
                    .color = PARLOUR_COLOR_NONE,
                    .flags = PARLOUR_CELL_DECOR,
                    .x = x,
                    .y = y,
                    .w = width,
                    .h = 0.8f});
    }

    void write_names(parlour::Board &board, unsigned sea) const {
        const auto write = [&](std::uint32_t id, std::uint8_t color, const std::string &text) {
            board.mark(
                {.cell_a = id, .kind = PARLOUR_MARK_TEXT, .color = color, .rgba = 0x8492a6ff, .text = text.c_str()});
        };
        for (unsigned i = 0; i < size_; ++i) {
            write(names_id(sea) + i, PARLOUR_COLOR_RGBA, std::string(1, static_cast<char>('A' + i)));
            write(names_id(sea) + 20 + i, PARLOUR_COLOR_RGBA, std::to_string(i + 1));
        }
        write(title_id + sea, static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + sea), player_name(sea) + "'s sea");
    }

    // A hull with its bow to the left or above; a sunk one is dark.
    void draw_ship(parlour::Board &board, const State &state, unsigned sea, unsigned ship) const {
        const std::uint8_t code = state.ships[sea][ship];
        const bool upright = code % 2 != 0, sunk = is_sunk(state, sea, ship);
        const auto length = static_cast<float>(lengths_[ship]);
        const float half = length / 2 - 0.08f, beam = 0.36f;
        const std::array<std::array<float, 2>, 7> corners{{{-half, 0},
                                                           {-half + 0.35f, -beam * 0.8f},
                                                           {-half + 0.75f, -beam},
                                                           {half - 0.15f, -beam},
                                                           {half, -beam * 0.5f},
                                                           {half, beam * 0.5f},
                                                           {half - 0.15f, beam}}};
        std::array<float, 18> xy{};
        for (unsigned i = 0; i < 9; ++i) {
            const std::array<float, 2> at = i < 7    ? corners[i]
                                            : i == 7 ? std::array<float, 2>{-half + 0.75f, beam}
                                                     : std::array<float, 2>{-half + 0.35f, beam * 0.8f};
            xy[2 * i] = upright ? -at[1] : at[0];
            xy[2 * i + 1] = upright ? at[0] : at[1];
        }
        const float middle = (length - 1) / 2;
        board.cell({.shape = PARLOUR_SHAPE_POLYGON,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_OUTLINE,
                    .rgba = sunk ? 0x38434fffu : 0xb4bfcaffu,
                    .x = x_of(sea, code / 2u) + (upright ? 0 : middle),
                    .y = y_of(code / 2u) + (upright ? middle : 0),
                    .xy = xy});
        for (Squares left = squares_[lengths_[ship]][code] & ~wide(state.hits[sea]); left != 0; left &= left - 1) {
            const unsigned cell = lowest(left);
            board.piece({.cell = sea_ids * sea + cell,
                         .color = PARLOUR_COLOR_RGBA,
                         .rgba = 0x6b7887ff,
                         .id = deck_ids + sea_ids * sea + cell,
                         .scale = 0.42f,
                         .label = "# ship"});
        }
    }

    void draw_shots(parlour::Board &board, const State &state, unsigned sea) const {
        for (Squares left = wide(state.shots[sea]); left != 0; left &= left - 1) {
            const unsigned cell = lowest(left);
            const bool hit = (wide(state.hits[sea]) & bit(cell)) != 0;
            board.piece({.cell = sea_ids * sea + cell,
                         .kind = hit ? std::uint8_t{PARLOUR_PIECE_CROSS} : std::uint8_t{PARLOUR_PIECE_RING},
                         .color = PARLOUR_COLOR_RGBA,
                         .rgba = hit ? 0xff5a36ffu : 0xd7e6f0ffu,
                         .id = 1 + sea_ids * sea + cell,
                         .scale = hit ? 0.8f : 0.42f,
                         .label = hit ? "X hit" : "o miss"});
        }
    }

    unsigned size_;
    bool again_;
    Squares board_ = 0;
    std::array<unsigned, n_ships> lengths_{};
    std::array<Placings, 6> placings_{};                    // by length
    std::array<std::array<Squares, n_codes>, 6> squares_{}; // by length and placing; none where it is off the board
};

} // namespace

PARLOUR_GAME(Battleship);
