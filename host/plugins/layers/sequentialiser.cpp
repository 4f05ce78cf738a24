#include "host/plugins/layers/sequentialiser.hpp"

#include "host/plugins/layers/tables.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>
#include <parlour/game_ref.hpp>

#include <bit>
#include <charconv>
#include <string>
#include <vector>

namespace parlour::host {

namespace {

// Ids of the buttons for choices to which the game gives no path.
constexpr std::uint32_t first_button = 0x70000000u;

using detail::guarded;
using detail::guarded_hot;
using detail::guarded_text;

class Sequentialiser {
public:
    explicit Sequentialiser(const parlour_game &raw);

    // ---- the functions of the tables, in their order ----
    std::uint32_t legal(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
        const std::uint32_t chooser = chooser_of(state);
        return chooser == nobody ? inner_.legal(state, moves, capacity)
                                 : at_once().legal_for(inner_.self(), state, chooser, moves, capacity);
    }
    std::uint32_t apply(void *state, std::uint32_t move);
    std::uint32_t turn(const void *state) {
        const std::uint32_t chooser = chooser_of(state);
        return chooser == nobody ? inner_.turn(state).word : chooser;
    }
    void outcome(const void *state, float *util) { inner_.outcome(state, util); }
    std::uint64_t hash(const void *state) { return mix64(inner_.hash(state) ^ hash_bytes(tail(state), tail_size())); }
    std::uint32_t initial(void *state, std::uint64_t seed) {
        std::memset(state, 0, state_size_);
        inner_.initial(state, seed);
        return turn(state);
    }
    void info(parlour_game_info *out);
    const void *get_extension(const char *id) { return layer_extension(id, nullptr, {}, outer_, tables_); }
    parlour_status check(const void *state, parlour_error *error);
    std::int32_t move_text(const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity) {
        return guarded_text(buffer, capacity, [&] { return text_of(state, move); });
    }
    parlour_status parse_move(const void *state, const char *text, std::uint32_t *move, parlour_error *error);
    std::int32_t state_text(const void *state, char *buffer, std::uint32_t capacity);
    parlour_status parse_state(const char *text, void *state, parlour_error *error);
    void destroy() {
        tables_.api().destroy(tables_.self);
        delete this;
    }

    void view(const void *state, std::uint32_t player, void *view_out);
    parlour_status determinize(const void *view, std::uint32_t player, parlour_rng *rng, void *state_out);
    std::uint32_t outcomes(const void *state, std::uint32_t *moves, float *probabilities, std::uint32_t capacity) {
        return inner_.chance()->outcomes(inner_.self(), state, moves, probabilities, capacity);
    }
    std::uint32_t sample(const void *state, parlour_rng *rng) {
        return inner_.chance()->sample(inner_.self(), state, rng);
    }
    std::int32_t eval(const void *state, std::uint32_t player) {
        return inner_.eval()->eval(inner_.self(), state, player);
    }
    std::int64_t score(const void *state, std::uint32_t player) {
        return inner_.score()->score(inner_.self(), state, player);
    }
    std::int32_t rules(char *buffer, std::uint32_t capacity) {
        return inner_.help()->rules(inner_.self(), buffer, capacity);
    }
    std::int32_t reason(const void *state, char *buffer, std::uint32_t capacity) {
        return inner_.help()->reason(inner_.self(), state, buffer, capacity);
    }
    std::int32_t why_not(const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                         std::uint32_t capacity) {
        return inner_.help()->why_not(inner_.self(), state, from, to, buffer, capacity);
    }
    std::int32_t player_name(std::uint32_t player, char *buffer, std::uint32_t capacity) {
        return inner_.help()->player_name(inner_.self(), player, buffer, capacity);
    }
    void layout(const parlour_draw *draw) { inner_.board()->layout(inner_.self(), draw); }
    void scene(const void *state, std::uint32_t viewer, const parlour_draw *draw);
    std::uint32_t path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *steps,
                       std::uint32_t capacity);

    parlour_game face() { return {&outer_.get<parlour_game_api>(), this}; }

private:
    static constexpr std::uint32_t nobody = UINT32_MAX;
    static constexpr std::uint32_t unknown_shift = 16;

    const parlour_game_simultaneous &at_once() const { return *inner_.simultaneous(); }

    // The choices that stand behind the game's own position.
    struct Choices {
        std::uint32_t chosen = 0; // bit p: player p has; bit 16+p: but what is hidden
        std::uint32_t move[PARLOUR_MAX_PLAYERS] = {};

        bool has(std::uint32_t player) const { return (chosen >> player & 1) != 0; }
        bool hides(std::uint32_t player) const { return (chosen >> (unknown_shift + player) & 1) != 0; }
        void hide(std::uint32_t player) {
            chosen |= 1u << (unknown_shift + player);
            move[player] = 0;
        }
        void set(std::uint32_t player, std::uint32_t choice) {
            chosen = (chosen | 1u << player) & ~(1u << (unknown_shift + player));
            move[player] = choice;
        }
    };
    const void *tail(const void *state) const { return static_cast<const char *>(state) + tail_at_; }
    std::size_t tail_size() const { return sizeof(std::uint32_t) * (1 + inner_.players()); }
    Choices choices_of(const void *state) const {
        Choices out;
        std::memcpy(&out, tail(state), tail_size());
        return out;
    }
    void put_choices(void *state, const Choices &choices) const {
        std::memcpy(static_cast<char *>(state) + tail_at_, &choices, tail_size());
    }

    // Who is to choose next at a node of simultaneous moves; nobody elsewhere.
    std::uint32_t chooser_of(const void *state) const { return chooser_of(state, choices_of(state)); }
    std::uint32_t chooser_of(const void *state, const Choices &choices) const {
        if (!inner_.turn(state).is_simultaneous()) return nobody;
        const std::uint64_t waiting =
            at_once().active(inner_.self(), state) & ~std::uint64_t{choices.chosen & 0xffffu};
        return waiting == 0 ? nobody : static_cast<std::uint32_t>(std::countr_zero(waiting));
    }
    std::vector<Move> choices_for(const void *state, std::uint32_t player) const {
        std::vector<Move> moves(inner_.info().max_moves);
        const std::uint32_t n =
            at_once().legal_for(inner_.self(), state, player, moves.data(), static_cast<std::uint32_t>(moves.size()));
        moves.resize(n == PARLOUR_COUNT_FAULT ? 0 : std::min<std::size_t>(n, moves.size()));
        return moves;
    }
    std::string text_of(const void *state, Move move) const {
        const std::uint32_t chooser = chooser_of(state);
        if (chooser == nobody) return inner_.move_text(state, move);
        return read_text([&](char *buffer, std::uint32_t capacity) {
            return at_once().choice_text(inner_.self(), state, chooser, move, buffer, capacity);
        });
    }
    // What is wrong with the choices behind a position whose own part is right; empty when nothing is.
    std::string choices_problem(const void *state, const Choices &choices) const;
    // Whether the game gives a choice a path of its own.
    bool has_path(const void *state, Move move) const {
        parlour_step step;
        return inner_.board()->path(inner_.self(), state, move, 0, &step, 1) > 0;
    }

    GameTables tables_, outer_;
    GameRef inner_;
    std::size_t tail_at_, state_size_;
};

Sequentialiser::Sequentialiser(const parlour_game &raw)
    : tables_(raw), inner_(raw), tail_at_((inner_.state_size() + 3) / 4 * 4), state_size_(tail_at_ + tail_size()) {
    using S = Sequentialiser;
    outer_.get<parlour_game_api>() = {sizeof(parlour_game_api), 0,
                                      slot<&S::legal>,          slot<&S::apply>,
                                      slot<&S::turn>,           slot<&S::outcome>,
                                      slot<&S::hash>,           slot<&S::initial>,
                                      slot<&S::info>,           slot<&S::get_extension>,
                                      slot<&S::check>,          slot<&S::move_text>,
                                      slot<&S::parse_move>,     slot<&S::state_text>,
                                      slot<&S::parse_state>,    slot<&S::destroy>};
    outer_.get<parlour_game_hidden>() = {sizeof(parlour_game_hidden), 0, slot<&S::view>, slot<&S::determinize>};
    if (inner_.chance())
        outer_.get<parlour_game_chance>() = {sizeof(parlour_game_chance), 0, slot<&S::outcomes>, slot<&S::sample>};
    if (inner_.eval()) outer_.get<parlour_game_eval>() = {sizeof(parlour_game_eval), 0, slot<&S::eval>};
    if (inner_.score()) outer_.get<parlour_game_score>() = {sizeof(parlour_game_score), 0, slot<&S::score>};
    if (const parlour_game_help *help = inner_.help())
        outer_.get<parlour_game_help>() = {sizeof(parlour_game_help),
                                           0,
                                           slot<&S::rules>,
                                           help->reason != nullptr ? slot<&S::reason> : nullptr,
                                           help->why_not != nullptr ? slot<&S::why_not> : nullptr,
                                           help->player_name != nullptr ? slot<&S::player_name> : nullptr};
    if (const parlour_game_board *board = inner_.board())
        outer_.get<parlour_game_board>() = {sizeof(parlour_game_board), board->accent, slot<&S::layout>,
                                            slot<&S::scene>, slot<&S::path>};
}

std::uint32_t Sequentialiser::apply(void *state, std::uint32_t move) {
    const std::uint32_t chooser = chooser_of(state);
    if (chooser == nobody) {
        inner_.apply(state, move);
        return turn(state);
    }
    Choices choices = choices_of(state);
    choices.set(chooser, move);
    if (chooser_of(state, choices) != nobody) {
        put_choices(state, choices);
        return turn(state);
    }
    std::uint32_t joint[PARLOUR_MAX_PLAYERS];
    for (std::uint32_t player = 0; player < inner_.players(); ++player)
        joint[player] = choices.has(player) ? choices.move[player] : PARLOUR_MOVE_NONE;
    const Turn after{at_once().apply_joint(inner_.self(), state, joint)};
    put_choices(state, {});
    return after.is_fault() ? after.word : turn(state);
}

void Sequentialiser::info(parlour_game_info *out) {
    parlour_game_info mine = inner_.info();
    mine.flags &= ~static_cast<std::uint32_t>(PARLOUR_GAME_SIMULTANEOUS);
    mine.flags |= PARLOUR_GAME_HIDDEN | PARLOUR_GAME_COMPOUND;
    mine.state_size = static_cast<std::uint32_t>(state_size_);
    mine.max_plies = mine.max_plies > UINT32_MAX / mine.players ? 0 : mine.max_plies * mine.players;
    detail::copy_sized(mine, out);
}

std::string Sequentialiser::choices_problem(const void *state, const Choices &choices) const {
    const bool choosing = inner_.turn(state).is_simultaneous();
    const std::uint64_t active = choosing ? at_once().active(inner_.self(), state) : 0;
    if (choices.chosen >> unknown_shift & ~choices.chosen) return "a choice is hidden that was not made";
    if ((choices.chosen & 0xffffu) & ~active) return "a player has chosen who had no choice";
    if (choosing && chooser_of(state, choices) == nobody) return "all players have chosen, but nothing was played";
    for (std::uint32_t player = 0; player < inner_.players(); ++player) {
        if (!choices.has(player) || choices.hides(player)) {
            if (choices.move[player] != 0) return "there is a choice where none was made or known";
            continue;
        }
        const std::vector<Move> known = choices_for(state, player);
        if (std::find(known.begin(), known.end(), choices.move[player]) == known.end())
            return fmt::format("player {} has chosen what is no choice here", player + 1);
    }
    return {};
}

parlour_status Sequentialiser::check(const void *state, parlour_error *error) {
    return guarded(error, [&]() -> parlour_status {
        const auto *bytes = static_cast<const unsigned char *>(state);
        for (std::size_t i = inner_.state_size(); i < tail_at_; ++i) {
            if (bytes[i] != 0) return fail(error, PARLOUR_E_PARSE, "the padding behind the position is not zero");
        }
        if (const parlour_status status = inner_.check(state, error); status != PARLOUR_OK) return status;
        const std::string problem = choices_problem(state, choices_of(state));
        return problem.empty() ? parlour_status{PARLOUR_OK} : fail(error, PARLOUR_E_PARSE, problem);
    });
}

parlour_status Sequentialiser::parse_move(const void *state, const char *text, std::uint32_t *move,
                                          parlour_error *error) {
    return guarded(error, [&]() -> parlour_status {
        const std::uint32_t chooser = chooser_of(state);
        if (chooser == nobody) return inner_.parse_move(state, text, move, error);
        const auto folded = [](std::string_view word) {
            std::string out;
            for (const char c : word) {
                if (c != ' ' && c != '\t') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            }
            return out;
        };
        std::vector<std::string> known;
        std::size_t close = 0;
        for (const Move choice : choices_for(state, chooser)) {
            known.push_back(text_of(state, choice));
            if (known.back() == text) {
                *move = choice;
                return PARLOUR_OK;
            }
            if (folded(known.back()) == folded(text)) {
                *move = choice;
                ++close;
            }
        }
        if (close == 1) return PARLOUR_OK;
        return fail(error, PARLOUR_E_ILLEGAL,
                    fmt::format("\"{}\" is no choice here; there are {}", one_line(text, 40), listed(known)));
    });
}

// "[0:2 1:?] POSITION" once somebody has chosen, else the position as the game writes it.
std::int32_t Sequentialiser::state_text(const void *state, char *buffer, std::uint32_t capacity) {
    return guarded_text(buffer, capacity, [&] {
        const Choices choices = choices_of(state);
        std::string inner = inner_.state_text(state), made;
        for (std::uint32_t player = 0; player < inner_.players(); ++player) {
            if (!choices.has(player)) continue;
            if (!made.empty()) made += ' ';
            made += choices.hides(player) ? fmt::format("{}:?", player)
                                          : fmt::format("{}:{}", player, choices.move[player]);
        }
        return made.empty() && !inner.starts_with('[') ? inner : fmt::format("[{}] {}", made, inner);
    });
}

parlour_status Sequentialiser::parse_state(const char *text, void *state, parlour_error *error) {
    return guarded(error, [&]() -> parlour_status {
        const auto wrong = [&](const char *sentence) { return fail(error, PARLOUR_E_PARSE, sentence); };
        std::string_view rest = text, made;
        if (rest.starts_with('[')) {
            const std::size_t end = rest.find("] ");
            if (end == std::string_view::npos)
                return wrong("the choices at the beginning have no \"] \" behind them");
            made = rest.substr(1, end - 1);
            rest.remove_prefix(end + 2);
        }
        StateBuffer fresh(state_size_);
        if (const parlour_status status = inner_.parse_state(std::string(rest).c_str(), fresh.data(), error);
            status != PARLOUR_OK)
            return status;
        Choices choices;
        while (!made.empty()) {
            const std::string_view one = made.substr(0, made.find(' '));
            made.remove_prefix(std::min(made.size(), one.size() + 1));
            std::uint32_t player = 0, move = 0;
            const char *end = one.data() + one.size();
            const auto [colon, code] = std::from_chars(one.data(), end, player);
            if (code != std::errc{} || colon == end || *colon != ':' || player >= inner_.players())
                return wrong("a choice is written as PLAYER:NUMBER or PLAYER:?, players counted from 0");
            choices.set(player, 0);
            if (std::string_view(colon, end) == ":?") {
                choices.hide(player);
                continue;
            }
            const auto [last, move_code] = std::from_chars(colon + 1, end, move);
            if (move_code != std::errc{} || last != end)
                return wrong("a choice is written as PLAYER:NUMBER or PLAYER:?, players counted from 0");
            choices.set(player, move);
        }
        put_choices(fresh.data(), choices);
        if (const parlour_status status = check(fresh.data(), error); status != PARLOUR_OK) return status;
        std::memcpy(state, fresh.data(), state_size_);
        return PARLOUR_OK;
    });
}

void Sequentialiser::view(const void *state, std::uint32_t player, void *view_out) {
    std::memcpy(view_out, state, state_size_);
    if (const parlour_game_hidden *hidden = inner_.hidden()) {
        hidden->view(inner_.self(), state, player, view_out);
        std::memset(static_cast<char *>(view_out) + inner_.state_size(), 0, tail_at_ - inner_.state_size());
    }
    Choices choices = choices_of(state);
    for (std::uint32_t other = 0; other < inner_.players(); ++other) {
        if (other != player && choices.has(other)) choices.hide(other);
    }
    put_choices(view_out, choices);
}

parlour_status Sequentialiser::determinize(const void *seen, std::uint32_t player, parlour_rng *rng,
                                           void *state_out) {
    return guarded(nullptr, [&]() -> parlour_status {
        std::memcpy(state_out, seen, state_size_);
        if (const parlour_game_hidden *hidden = inner_.hidden()) {
            const parlour_status status = hidden->determinize(inner_.self(), seen, player, rng, state_out);
            if (status != PARLOUR_OK) return status;
        }
        Choices choices = choices_of(seen);
        for (std::uint32_t other = 0; other < inner_.players(); ++other) {
            if (!choices.hides(other)) continue;
            const std::vector<Move> known = choices_for(state_out, other);
            if (known.empty()) return PARLOUR_E_FAIL;
            choices.set(other, known[parlour_rng_below(rng, static_cast<std::uint32_t>(known.size()))]);
        }
        put_choices(state_out, choices);
        return PARLOUR_OK;
    });
}

void Sequentialiser::scene(const void *state, std::uint32_t viewer, const parlour_draw *draw) {
    inner_.board()->scene(inner_.self(), state, viewer, draw);
    guarded_hot(0, [&] {
        const std::uint32_t chooser = chooser_of(state);
        if (chooser == nobody || draw->widget == nullptr) return 0;
        const std::vector<Move> moves = choices_for(state, chooser);
        for (std::size_t i = 0; i < moves.size(); ++i) {
            if (has_path(state, moves[i])) continue;
            const std::string label = text_of(state, moves[i]);
            parlour_widget button{};
            button.size = sizeof button;
            button.id = first_button + static_cast<std::uint32_t>(i);
            button.kind = PARLOUR_WIDGET_BUTTON;
            button.player = static_cast<std::int32_t>(chooser);
            button.label = label.c_str();
            draw->widget(draw->context, &button);
        }
        return 0;
    });
}

std::uint32_t Sequentialiser::path(const void *state, std::uint32_t move, std::uint32_t alternative,
                                   parlour_step *steps, std::uint32_t capacity) {
    const std::uint32_t own = inner_.board()->path(inner_.self(), state, move, alternative, steps, capacity);
    const std::uint32_t chooser = chooser_of(state);
    if (own > 0 || alternative > 0 || chooser == nobody) return own;
    return guarded_hot(std::uint32_t{0}, [&]() -> std::uint32_t {
        const std::vector<Move> moves = choices_for(state, chooser);
        const auto at = std::find(moves.begin(), moves.end(), move);
        if (at == moves.end()) return 0;
        if (capacity > 0)
            steps[0] = {PARLOUR_STEP_BUTTON, 0, 0, first_button + static_cast<std::uint32_t>(at - moves.begin())};
        return 1;
    });
}

} // namespace

Result<parlour_game> sequentialiser_layer(const parlour_game &inner) {
    const GameRef game(inner);
    const std::size_t needed = (game.state_size() + 3) / 4 * 4 + sizeof(std::uint32_t) * (1 + game.players());
    if (game.simultaneous() == nullptr) return Problem{"has no moves that players make at once"};
    if (needed > PARLOUR_MAX_STATE_SIZE)
        return Problem{fmt::format("has positions of {} bytes, which leaves no room for choices made at once",
                                   game.state_size())};
    return (new Sequentialiser(inner))->face();
}

} // namespace parlour::host
