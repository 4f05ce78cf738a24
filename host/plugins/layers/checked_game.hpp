// The object behind checked_layer(): one method for each function of the tables. Its methods are in checked.cpp (the
// rules), checked_extensions.cpp (chance, secrets, searches, people) and checked_board.cpp.
#pragma once

#include "host/plugins/layers/check_log.hpp"
#include "host/plugins/layers/guarded.hpp"
#include "host/plugins/layers/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace parlour::host::checked {

constexpr float utility_slack = 1e-4f, probability_slack = 1e-5f;
// What outputs are filled with before two calls that must write the same.
constexpr unsigned char first_fill = 0x00, second_fill = 0xff;

using Moves = std::vector<std::uint32_t>;

class Checked {
public:
    Checked(const parlour_game &raw, std::shared_ptr<CheckLog> log);

    // ---- the functions of the tables, in their order ----
    std::uint32_t legal(const void *state, std::uint32_t *moves, std::uint32_t capacity);
    std::uint32_t apply(void *state, std::uint32_t move);
    std::uint32_t turn(const void *state);
    void outcome(const void *state, float *util);
    std::uint64_t hash(const void *state);
    std::uint32_t initial(void *state, std::uint64_t seed);
    void info(parlour_game_info *out);
    const void *get_extension(const char *id) {
        return layer_extension(id, check_report_id, report_, outer_, inner_);
    }
    parlour_status check(const void *state, parlour_error *error);
    std::int32_t move_text(const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity);
    parlour_status parse_move(const void *state, const char *text, std::uint32_t *move, parlour_error *error);
    std::int32_t state_text(const void *state, char *buffer, std::uint32_t capacity);
    parlour_status parse_state(const char *text, void *state, parlour_error *error);
    void destroy() {
        inner_.api().destroy(inner_.self);
        delete this;
    }

    std::uint32_t outcomes(const void *state, std::uint32_t *moves, float *probabilities, std::uint32_t capacity);
    std::uint32_t sample(const void *state, parlour_rng *rng);
    void view(const void *state, std::uint32_t player, void *view_out);
    parlour_status determinize(const void *view, std::uint32_t player, parlour_rng *rng, void *state_out);
    std::uint64_t active(const void *state);
    std::uint32_t legal_for(const void *state, std::uint32_t player, std::uint32_t *moves, std::uint32_t capacity);
    std::uint32_t apply_joint(void *state, const std::uint32_t *moves);
    std::int32_t choice_text(const void *state, std::uint32_t player, std::uint32_t move, char *buffer,
                             std::uint32_t capacity);
    std::int32_t eval(const void *state, std::uint32_t player);
    void order(const void *state, const std::uint32_t *moves, std::uint32_t n, std::int16_t *score);
    std::uint32_t noisy(const void *state, std::uint32_t *moves, std::uint32_t capacity);
    std::uint32_t playout(void *state, parlour_rng *rng, std::uint32_t max_plies, float *util);
    void map_state(std::uint32_t symmetry, const void *in, void *out);
    std::uint32_t map_move(std::uint32_t symmetry, const void *state, std::uint32_t move);
    std::int64_t score(const void *state, std::uint32_t player);
    std::int32_t rules(char *buffer, std::uint32_t capacity);
    std::int32_t reason(const void *state, char *buffer, std::uint32_t capacity);
    std::int32_t why_not(const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                         std::uint32_t capacity);
    std::int32_t player_name(std::uint32_t player, char *buffer, std::uint32_t capacity);
    void layout(const parlour_draw *draw);
    void scene(const void *state, std::uint32_t viewer, const parlour_draw *draw);
    std::uint32_t path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *steps,
                       std::uint32_t capacity);

    parlour_game face() { return {&outer_.get<parlour_game_api>(), this}; }

private:
    void plugin_breach(const char *where, const char *kind, const std::string &sentence) const {
        log_->add(false, where, kind, sentence);
    }
    void host_breach(const char *where, const char *kind, const std::string &sentence) const {
        log_->add(true, where, kind, sentence);
    }
    template <class Table>
    const Table &below() const {
        return inner_.get<Table>();
    }

    // Calls the game; an exception becomes a breach and `fault`.
    template <class Result, class Call>
    Result guard(const char *where, Result fault, Call call) const {
        try {
            return call();
        } catch (...) {
            plugin_breach(where, "exception", "threw an exception");
            return fault;
        }
    }
    // Calls a function that only reads a position, on a guarded copy of it.
    template <class Result, class Call>
    Result reading(const char *where, const void *state, Result fault, Call call) const {
        aligned(where, state);
        const Guarded copy(state, info_.state_size);
        const Result result = guard(where, fault, [&] { return call(static_cast<const void *>(copy.data())); });
        if (!copy.intact() || !copy.same_as(state))
            plugin_breach(where, "writes", "changed the position that it was only to read");
        return result;
    }
    void aligned(const char *where, const void *state) const {
        if (reinterpret_cast<std::uintptr_t>(state) % 16 != 0)
            host_breach(where, "alignment", "gave it a position that is not 16-byte aligned");
    }
    void intact(const char *where, const Guarded &memory, const char *what) const {
        if (!memory.intact()) plugin_breach(where, what, fmt::format("wrote outside the {} that it was given", what));
    }

    std::uint32_t inner_turn(const void *state) const { return inner_.api().turn(inner_.self, state); }
    bool is_over(const void *state) const { return (inner_turn(state) & PARLOUR_TURN_TERMINAL) != 0; }
    bool is_chance(const void *state) const { return (inner_turn(state) & PARLOUR_TURN_CHANCE) != 0; }
    bool is_simultaneous(const void *state) const { return (inner_turn(state) & PARLOUR_TURN_SIMULTANEOUS) != 0; }

    // Everything that the game lists, through buffers large enough for it to lie about its bound.
    Moves inner_moves(const void *state) const {
        return listed_moves(
            [&](std::uint32_t *moves, std::uint32_t n) { return inner_.api().legal(inner_.self, state, moves, n); });
    }
    template <class List>
    Moves listed_moves(List list) const {
        Guarded buffer(info_.max_moves * sizeof(std::uint32_t));
        const std::uint32_t n = list(buffer.as<std::uint32_t>(), info_.max_moves);
        const std::uint32_t *at = buffer.as<std::uint32_t>();
        return {at, at + (n == PARLOUR_COUNT_FAULT ? 0 : std::min(n, info_.max_moves))};
    }
    static bool among(const Moves &moves, std::uint32_t move) {
        return std::find(moves.begin(), moves.end(), move) != moves.end();
    }

    void check_turn(const char *where, std::uint32_t word) const;
    using ListCall = std::function<std::uint32_t(std::uint32_t *moves, std::uint32_t capacity)>;
    using TextCall = std::function<std::int32_t(char *buffer, std::uint32_t capacity)>;
    using StatusCall = std::function<parlour_status(parlour_error *error)>;
    // Lists moves twice, looks at them, and copies them to the caller.
    std::uint32_t move_list(const char *where, std::uint32_t *moves, std::uint32_t capacity,
                            const ListCall &list) const;
    // Asks for a text in the caller's capacity and in none at all.
    std::int32_t text(const char *where, char *buffer, std::uint32_t capacity, bool one_line_only,
                      const TextCall &call) const;
    // Calls a cold function that fills an error when it fails.
    parlour_status status(const char *where, parlour_error *error, const StatusCall &call) const;
    void check_utilities(const char *where, const float *util, bool final) const;
    void check_position(const char *where, const void *state) const;

    static std::string report_text(const void *layer) { return static_cast<const Checked *>(layer)->log_->text(); }
    static std::string report_json(const void *layer) { return static_cast<const Checked *>(layer)->log_->json(); }

    GameTables inner_, outer_;
    parlour_game_info info_{};
    std::shared_ptr<CheckLog> log_;
    GameLayerReport report_{report_text, report_json, this};
};

} // namespace parlour::host::checked
