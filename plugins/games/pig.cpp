// Pig: roll a die as often as you dare, or bank what you have. For two to six players; source of the rules and of the
// optimal play that the tests know: Neller and Presser, Optimal Play of the Dice Game Pig (2004).
//
// A turn is several plies of one player: roll, then nature's die, then roll or hold, and so on. Holding needs points
// to hold, and rolling on is not offered when holding would win; so the turn total never passes the target by more
// than five.
#include <parlour/game.hpp>
#include <parlour/text.hpp>

#include <cmath>

namespace {

using parlour::Move;
using parlour::MoveList;
using parlour::Turn;

constexpr std::uint32_t most_players = 6;

// Moves: what the player does, then the faces of the die.
constexpr Move roll = 0, hold = 1;
constexpr Move face_move(std::uint32_t pips) {
    return 1 + pips;
}
constexpr std::uint32_t pips_of(Move move) {
    return move - 1;
}

struct Pig {
    static constexpr parlour::GameAbout about{
        .id = "pig",
        .name = "Pig",
        .family = "dice",
        .summary = "Roll on and risk the turn, or hold and bank it: the first to the target wins.",
        .author = "Parlour",
        .flags = PARLOUR_GAME_ZERO_SUM | PARLOUR_GAME_CHANCE | PARLOUR_GAME_COMPOUND,
        .players_min = 2,
        .players_max = most_players,
        .max_moves = 6,
        .move_space = 8,
        .accent = 0xC9567AFF};

    static constexpr std::array options{
        parlour::Option::integer("players", "Players", "How many play.", "2", 2, most_players),
        parlour::Option::integer("target", "Target", "Who banks this many points first wins.", "100", 10, 200)};

    explicit Pig(const parlour::OptionValues &values)
        : n_players_(static_cast<std::uint32_t>(values.integer("players"))),
          target_(static_cast<std::uint32_t>(values.integer("target"))) {}

    enum Phase : std::uint8_t { choosing = 0, rolling = 1 };

    struct State {
        std::uint16_t bank[most_players]; // zero beyond the players
        std::uint16_t total;              // of the turn so far
        std::uint8_t mover;               // whose turn it is; at the end, the winner
        std::uint8_t phase;
        std::uint8_t die; // the last roll, for people to see; 0 before the first and after a hold
        std::uint8_t reserved;
    };

    // ---- rules ----

    std::uint32_t players() const { return n_players_; }
    State initial() const { return {}; }

    Turn turn(const State &state) const {
        if (is_won(state)) return Turn::over();
        return state.phase == rolling ? Turn::chance() : Turn::of(state.mover);
    }

    void legal(const State &state, MoveList &moves) const {
        if (is_won(state)) return;
        if (state.phase == rolling) {
            for (std::uint32_t pips = 1; pips <= 6; ++pips) moves.add(face_move(pips));
            return;
        }
        if (may_roll(state)) moves.add(roll);
        if (state.total > 0) moves.add(hold);
    }

    void outcomes(const State &state, parlour::OutcomeList &list) const {
        if (is_won(state) || state.phase != rolling) return;
        for (std::uint32_t pips = 1; pips <= 6; ++pips) list.add(face_move(pips), 1.0f / 6.0f);
    }
    Move sample(const State &, parlour::Rng &rng) const { return face_move(1 + rng.below(6)); }

    Turn apply(State &state, Move move) const {
        const bool die = move >= face_move(1) && move <= face_move(6);
        if (is_won(state) || die != (state.phase == rolling) || (!die && move > hold)) return Turn::fault();
        if (move == roll) {
            state.phase = rolling;
        } else if (move == hold) {
            std::uint16_t &bank = state.bank[state.mover];
            bank = static_cast<std::uint16_t>(bank + state.total);
            state.total = 0;
            state.die = 0;
            if (bank < target_) pass_on(state);
        } else {
            state.phase = choosing;
            state.die = static_cast<std::uint8_t>(pips_of(move));
            if (state.die == 1) {
                state.total = 0;
                pass_on(state);
            } else {
                state.total = static_cast<std::uint16_t>(state.total + state.die);
            }
        }
        return turn(state);
    }

    // The winner has 1, and the others share the loss, so that it adds up to zero for any number of players.
    void outcome(const State &state, float *util) const {
        for (std::uint32_t player = 0; player < n_players_; ++player) {
            util[player] = player == state.mover ? 1.0f : -1.0f / static_cast<float>(n_players_ - 1);
        }
    }

    // The die that lies on the table does not decide anything.
    std::uint64_t hash(const State &state) const {
        State plain = state;
        plain.die = 0;
        return parlour::hash_bytes(&plain, sizeof plain);
    }

    // ---- texts ----

    std::string move_text(const State &, Move move) const {
        if (move == roll) return "roll";
        if (move == hold) return "hold";
        return std::to_string(pips_of(move));
    }

    // "12,30 player 2 total 14 die 5", with " rolling" while the die is in the air.
    std::string state_text(const State &state) const {
        std::string text;
        for (std::uint32_t player = 0; player < n_players_; ++player) {
            text += (player > 0 ? "," : "") + std::to_string(state.bank[player]);
        }
        text += " player " + std::to_string(state.mover + 1) + " total " + std::to_string(state.total) + " die " +
                std::to_string(state.die);
        return state.phase == rolling ? text + " rolling" : text;
    }

    State parse_state(std::string_view text) const {
        State state{};
        const auto refuse = [&] {
            return parlour::Failure(PARLOUR_E_PARSE, "a position of this game looks like \"" + state_text(initial()) +
                                                         "\", with \" rolling\" while the die rolls");
        };
        const auto read = [&](std::string_view before) {
            if (text.substr(0, before.size()) != before) throw refuse();
            text.remove_prefix(before.size());
            const auto value = parlour::take_number<std::uint16_t>(text);
            if (!value) throw refuse();
            return *value;
        };
        for (std::uint32_t player = 0; player < n_players_; ++player)
            state.bank[player] = read(player > 0 ? "," : "");
        const std::uint16_t mover = read(" player ");
        if (mover < 1 || mover > n_players_) throw refuse();
        state.mover = static_cast<std::uint8_t>(mover - 1);
        state.total = read(" total ");
        const std::uint16_t die = read(" die ");
        if (die > 6) throw refuse();
        state.die = static_cast<std::uint8_t>(die);
        if (text == " rolling") {
            state.phase = rolling;
        } else if (!text.empty()) {
            throw refuse();
        }
        return state;
    }

    std::string check(const State &state) const {
        if (state.mover >= n_players_) return "there are " + std::to_string(n_players_) + " players";
        if (state.phase > rolling || state.die > 6 || state.reserved != 0) return "the die is not one of six faces";
        for (std::uint32_t player = 0; player < most_players; ++player) {
            const std::string who = "player " + std::to_string(player + 1);
            if (player >= n_players_ && state.bank[player] != 0) return who + " does not play, but has points";
            if (state.bank[player] < target_) continue;
            if (player != state.mover) return who + " has reached the target, so the game is over and theirs";
            if (state.bank[player] > target_ + 5) return who + " has more points than can be won";
            if (state.total != 0 || state.phase != choosing || state.die != 0) return "the game is over, but goes on";
        }
        if (is_won(state)) return {};
        if (state.bank[state.mover] + state.total > target_ + 5u) return "the turn total is more than can be rolled";
        if (state.phase == rolling && !may_roll(state)) return "the die rolls, but holding would win";
        if (state.total > 0 ? state.die < 2 : state.die > 1) return "the die does not fit the turn total";
        return {};
    }

    // ---- for engines ----

    // Each player's share of the chances: every 22 points nearer to the target double them, roughly as in optimal
    // play for two. Who is to roll has the eight points that an average turn brings, and what is at stake counts in
    // part, as it may still be lost.
    std::int32_t eval(const State &state, std::uint32_t player) const {
        std::array<double, most_players> weight{};
        double sum = 0;
        for (std::uint32_t p = 0; p < n_players_; ++p) {
            double points = state.bank[p];
            if (p == state.mover) {
                const double total = state.total;
                points += may_roll(state) ? 4 + 0.75 * total : 20 + total;
            }
            weight[p] = std::exp2((points - target_) / 22);
            sum += weight[p];
        }
        const auto worth = [&](std::uint32_t p) {
            const double even = 1.0 / n_players_;
            return static_cast<std::int32_t>(std::lround(1000 * (weight[p] / sum - even) / (1 - even)));
        };
        return n_players_ == 2 && player == 1 ? -worth(0) : worth(player);
    }

    // ---- for people ----

    std::int64_t score(const State &state, std::uint32_t player) const { return state.bank[player]; }
    std::string player_name(std::uint32_t player) const { return "Player " + std::to_string(player + 1); }
    std::string reason(const State &state) const {
        return "with " + std::to_string(state.bank[state.mover]) + " points banked";
    }

    std::string rules() const {
        const std::string target = std::to_string(target_);
        return "# Pig\n\n"
               "Who first **banks " +
               target +
               " points** wins.\n\n"
               "On your turn you roll the die as often as you like:\n\n"
               "- **2 to 6** is added to the turn total. Then you choose again.\n"
               "- **1** ends your turn, and the whole turn total is lost.\n"
               "- **Hold** ends your turn, and the turn total goes to your bank, where it is safe.\n\n"
               "You must roll at least once. As soon as your bank and the turn total together reach " +
               target +
               ", you have only to hold.\n\n"
               "## Entering moves\n\n"
               "Press **Roll** (R) or **Hold** (H); or touch the die to roll, and your own lane to hold.\n\n"
               "## A hint\n\n"
               "Holding at 20 or more is a good rule of thumb. Risk more when someone else is about to win.\n";
    }

    std::string why_not(const State &state, std::uint32_t from, std::uint32_t) const {
        if (is_won(state)) return "The game is over.";
        if (state.phase == rolling) return "The die is still rolling.";
        if (from == die_cell) return "You have enough to win: hold.";
        if (from == lane_cell(state.mover)) return "There is nothing to hold yet: roll first.";
        if (from < most_players + lane_cell(0)) {
            return "That lane is not yours: it is " + player_name(state.mover) + "'s turn.";
        }
        return "Touch the die to roll, or your own lane to hold.";
    }

    // ---- the board: a table with the die on it, and a lane a player that fills towards the target ----

    static constexpr std::uint32_t die_cell = 1, lane_cell_0 = 2, points_cell = 10, total_cell = 20, bar_cell = 30;
    static constexpr std::uint32_t roll_button = 1, hold_button = 2;
    static constexpr std::uint32_t lane_cell(std::uint32_t player) { return lane_cell_0 + player; }

    void layout(parlour::Board &board) const {
        board.extent(0, 0, 12, height());
        board.cell({.shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_RAISED,
                    .rgba = 0x2E6B52FF,
                    .x = 6,
                    .y = height() / 2,
                    .w = 11.8f,
                    .h = height() - 0.2f});
        board.cell({.id = die_cell,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_NONE,
                    .x = 4.6f,
                    .y = 2,
                    .w = 2.4f,
                    .h = 2.4f,
                    .label = "die"});
        board.cell({.id = total_cell,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = PARLOUR_COLOR_RGBA,
                    .flags = PARLOUR_CELL_DECOR | PARLOUR_CELL_HOLE,
                    .rgba = 0x1D4737FF,
                    .x = 7.6f,
                    .y = 2,
                    .w = 2.4f,
                    .h = 1.6f});
        for (std::uint32_t player = 0; player < n_players_; ++player) {
            const std::string label = player_name(player);
            board.cell({.id = lane_cell(player),
                        .shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_RGBA,
                        .flags = PARLOUR_CELL_HOLE,
                        .rgba = 0x1D4737FF,
                        .x = (lane_left + lane_right) / 2,
                        .y = lane_y(player),
                        .w = lane_right - lane_left,
                        .h = 0.8f,
                        .label = label.c_str()});
            board.cell({.id = points_cell + player,
                        .shape = PARLOUR_SHAPE_ROUND,
                        .color = PARLOUR_COLOR_NONE,
                        .flags = PARLOUR_CELL_DECOR,
                        .x = lane_left / 2 + 0.1f,
                        .y = lane_y(player),
                        .w = lane_left - 0.5f,
                        .h = 0.8f});
        }
    }

    void scene(const State &state, std::uint32_t, parlour::Board &board) const {
        const bool over = is_won(state);
        for (std::uint32_t player = 0; player < n_players_; ++player) {
            const auto color = static_cast<std::uint8_t>(PARLOUR_COLOR_PLAYER0 + player);
            const float banked = lane_x(state.bank[player]);
            if (player == state.mover && state.total > 0) {
                bar(board, bar_cell + 2 * player, player, lane_left, lane_x(state.bank[player] + state.total),
                    PARLOUR_COLOR_ACCENT);
            }
            if (state.bank[player] > 0) bar(board, bar_cell + 2 * player + 1, player, lane_left, banked, color);
            const std::string points = std::to_string(state.bank[player]);
            board.mark({.cell_a = points_cell + player,
                        .kind = PARLOUR_MARK_TEXT,
                        .color = PARLOUR_COLOR_LIGHT,
                        .text = points.c_str()});
            board.widget({.id = 10 + player,
                          .kind = PARLOUR_WIDGET_COUNTER,
                          .player = static_cast<std::int32_t>(player),
                          .label = "Bank",
                          .value = points.c_str()});
        }
        if (!over) {
            board.mark(
                {.cell_a = points_cell + state.mover, .kind = PARLOUR_MARK_RING, .color = PARLOUR_COLOR_ACCENT});
        }

        const std::string pips = state.die > 0 ? "die showing " + std::to_string(state.die) : "die";
        const auto faded = state.phase == rolling || state.die == 0;
        board.piece({.cell = die_cell,
                     .kind = PARLOUR_PIECE_DIE,
                     .color = state.die == 1 ? std::uint8_t{PARLOUR_COLOR_WARN} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                     .flags = faded ? std::uint8_t{PARLOUR_PIECE_FADED} : std::uint8_t{0},
                     .id = 1,
                     .count = state.die > 0 ? state.die : 6u,
                     .label = pips.c_str()});
        const std::string total = std::to_string(state.total), stake = "+" + total;
        board.mark({.cell_a = total_cell,
                    .kind = PARLOUR_MARK_TEXT,
                    .color = state.total > 0 ? std::uint8_t{PARLOUR_COLOR_ACCENT} : std::uint8_t{PARLOUR_COLOR_LIGHT},
                    .text = stake.c_str()});
        board.widget({.id = 9, .kind = PARLOUR_WIDGET_COUNTER, .label = "Turn total", .value = total.c_str()});
        board.widget({.id = roll_button, .player = over ? -1 : state.mover, .key = 'r', .label = "Roll"});
        board.widget({.id = hold_button, .player = over ? -1 : state.mover, .key = 'h', .label = "Hold"});
    }

    void path(const State &state, Move move, std::uint32_t alternative, parlour::Path &path) const {
        if (move > hold || alternative > 1) return;
        if (alternative == 0) {
            path.button(move == roll ? roll_button : hold_button);
        } else {
            path.cell(move == roll ? die_cell : lane_cell(state.mover));
        }
    }

private:
    static constexpr float lane_left = 2.2f, lane_right = 11.3f;

    bool is_won(const State &state) const { return state.bank[state.mover] >= target_; }
    bool may_roll(const State &state) const { return state.bank[state.mover] + state.total < target_; }
    void pass_on(State &state) const { state.mover = static_cast<std::uint8_t>((state.mover + 1u) % n_players_); }

    float height() const { return 4.4f + static_cast<float>(n_players_); }
    static float lane_y(std::uint32_t player) { return 4.4f + static_cast<float>(player); }
    float lane_x(int points) const {
        const float share = std::min(1.0f, static_cast<float>(points) / static_cast<float>(target_));
        return lane_left + share * (lane_right - lane_left);
    }
    // Fills a lane from one x to another; the ends stay round, so that a few points are seen as well.
    static void bar(parlour::Board &board, std::uint32_t id, std::uint32_t player, float from, float to,
                    std::uint8_t color) {
        const float width = std::max(0.6f, to - from);
        board.cell({.id = id,
                    .shape = PARLOUR_SHAPE_ROUND,
                    .color = color,
                    .flags = PARLOUR_CELL_DECOR,
                    .x = from + width / 2,
                    .y = lane_y(player),
                    .w = width,
                    .h = 0.6f});
    }

    std::uint32_t n_players_, target_;
};

} // namespace

PARLOUR_GAME(Pig);
