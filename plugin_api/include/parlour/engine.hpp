// parlour/engine.hpp - write an engine in one file: one class, one line at the end.
//
//     class First {
//     public:
//         static constexpr parlour::EngineAbout about{.id = "first", .name = "First move", ...};
//         parlour::Answer search(parlour::Search &search) {
//             return {.move = search.game().legal_moves(search.state())[0]};
//         }
//     };
//     PARLOUR_ENGINE(First);
//
// Optional: `static constexpr std::array options` and a constructor that takes `const OptionValues &`;
// `static Support supports(const GameRef &)`; `void bind(const GameRef &)` when a new game begins;
// `void game_over(const GameRef &, const parlour_root &last)` when it has ended. One object serves one search at a
// time; the slots made here let no exception cross the border.
#pragma once

#include <parlour/common.hpp>
#include <parlour/game_ref.hpp>
#include <parlour/plugin.hpp>

#include <atomic>
#include <concepts>

namespace parlour {

// What an engine is.
struct EngineAbout {
    const char *id, *name; // "mcts", "Monte Carlo"
    const char *summary = "";
    const char *version = "1.0";
    const char *author = "";
    std::uint32_t flags = 0; // PARLOUR_ENGINE_*
};

// How well an engine plays a game, 0 (not at all; `why` says why not) to 100 (made for it).
struct Support {
    std::int32_t score = 50;
    std::string why{};
};

// What a search returns.
struct Answer {
    Move move = PARLOUR_MOVE_NONE;
    float value = 0; // [-1, 1] for the player to move, if has_value
    bool has_value = false;
    bool proven = false; // value is exact
    bool resign = false;
    std::uint64_t nodes = 0;
    std::uint32_t depth = 0;
};

// Progress for report().
struct Progress {
    std::uint32_t rank = 1, depth = 0;
    std::uint64_t nodes = 0;
    float value = 0;
    bool proven = false;
    std::span<const Move> line{};
    std::span<const parlour_move_stat> stats{};
    const char *text = nullptr;
};

// One search: the root, its limits, and the host's side of it. Valid during search() only; for the searching thread.
class Search {
public:
    Search(const GameRef &game, const parlour_root &root, const parlour_limits &limits,
           const parlour_control &control)
        : game_(&game), root_(&root), control_(&control) {
        std::memcpy(&limits_, &limits, std::min<std::size_t>(limits.size, sizeof limits_));
        if (!has(PARLOUR_LIMIT_HARD_TIME)) limits_.hard_ns = UINT64_MAX;
        if (!has(PARLOUR_LIMIT_SOFT_TIME)) limits_.soft_ns = limits_.hard_ns;
        if (!has(PARLOUR_LIMIT_NODES)) limits_.nodes = UINT64_MAX;
        if (!has(PARLOUR_LIMIT_PLAYOUTS)) limits_.playouts = UINT64_MAX;
        if (!has(PARLOUR_LIMIT_DEPTH)) limits_.depth = UINT32_MAX;
        if (!has(PARLOUR_LIMIT_STRENGTH)) limits_.strength = 1000;
        if (limits_.lines == 0) limits_.lines = 1;
    }

    const GameRef &game() const { return *game_; }
    const parlour_root &root() const { return *root_; }
    const void *state() const { return root_->state; } // a view in games with hidden information
    std::uint32_t player() const { return root_->player; }
    // Limits that are not set hold the largest value of their type; `lines` is at least 1, `strength` 1000.
    const parlour_limits &limits() const { return limits_; }
    bool has(std::uint32_t limit) const { return (limits_.mask & limit) != 0; }

    // The legal root moves that the limits allow, at least one.
    std::vector<Move> root_moves() const {
        std::vector<Move> moves = game_->legal_moves(root_->state);
        if (has(PARLOUR_LIMIT_MOVES) && limits_.n_only > 0) {
            std::vector<Move> kept;
            const std::span only(limits_.only, limits_.n_only);
            for (const Move move : moves) {
                if (std::find(only.begin(), only.end(), move) != only.end()) kept.push_back(move);
            }
            if (!kept.empty()) return kept;
        }
        return moves;
    }

    // PARLOUR_GO, PARLOUR_STOP_SOON or PARLOUR_STOP_NOW; a relaxed load, cheap enough for every node.
    std::uint32_t stop_level() const { return __atomic_load_n(control_->stop, __ATOMIC_RELAXED); }
    // Nanoseconds since search() began; costs a clock reading.
    std::uint64_t elapsed_ns() const { return control_->now(control_->context); }
    // Whether the host wants an end or the hard time is over; reads the clock, so ask every few hundred nodes.
    bool should_stop() const {
        return stop_level() != PARLOUR_GO || (limits_.hard_ns != UINT64_MAX && elapsed_ns() >= limits_.hard_ns);
    }

    void report(const Progress &progress) const {
        if (!PARLOUR_HAS(control_, parlour_control, info)) return;
        parlour_info out{};
        out.size = sizeof out;
        out.mask = PARLOUR_INFO_DEPTH | PARLOUR_INFO_NODES | PARLOUR_INFO_VALUE;
        if (!progress.line.empty()) out.mask |= PARLOUR_INFO_LINE;
        if (!progress.stats.empty()) out.mask |= PARLOUR_INFO_STATS;
        if (progress.proven) out.mask |= PARLOUR_INFO_PROVEN;
        if (progress.text != nullptr) out.mask |= PARLOUR_INFO_TEXT;
        out.rank = progress.rank;
        out.depth = progress.depth;
        out.nodes = progress.nodes;
        out.value = progress.value;
        out.n_line = static_cast<std::uint32_t>(progress.line.size());
        out.n_stats = static_cast<std::uint32_t>(progress.stats.size());
        out.line = progress.line.data();
        out.stats = progress.stats.data();
        out.text = progress.text;
        control_->info(control_->context, &out);
    }

private:
    const GameRef *game_;
    const parlour_root *root_;
    const parlour_control *control_;
    parlour_limits limits_{};
};

template <class E>
concept EngineClass = requires(E &engine, Search &search) {
    { E::about } -> std::convertible_to<const EngineAbout &>;
    { engine.search(search) } -> std::same_as<Answer>;
};

// The C tables of an engine class.
template <class E>
class EngineSlots {
    static_assert(EngineClass<E>, "an engine has about and Answer search(Search &)");

    struct Object {
        E engine;
        GameRef game{};
        bool bound = false;
    };

    static std::span<const Option> options() {
        if constexpr (requires { E::options; })
            return E::options;
        else
            return {};
    }
    static void describe(parlour_engine_desc *out) {
        const parlour_engine_desc mine{sizeof mine,      E::about.flags,  E::about.id,     E::about.name,
                                       E::about.version, E::about.author, E::about.summary};
        detail::copy_sized(mine, out);
    }
    static std::int32_t supports(const parlour_game *game, char *why, std::uint32_t capacity) {
        return detail::guarded_hot(std::int32_t{0}, [&]() -> std::int32_t {
            Support support;
            if constexpr (requires(const GameRef &g) {
                              { E::supports(g) } -> std::same_as<Support>;
                          }) {
                support = E::supports(GameRef(*game));
            }
            copy_text(support.why, why, capacity);
            return support.score;
        });
    }
    static parlour_status bind(void *self, const parlour_game *game, parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            auto &object = *static_cast<Object *>(self);
            object.bound = false;
            object.game = GameRef(*game);
            if constexpr (requires(E & e, const GameRef &g) { e.bind(g); }) object.engine.bind(object.game);
            object.bound = true;
            return PARLOUR_OK;
        });
    }
    static parlour_status search(void *self, const parlour_root *root, const parlour_limits *limits,
                                 const parlour_control *control, parlour_result *result, parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            auto &object = *static_cast<Object *>(self);
            if (!object.bound) return fail(error, PARLOUR_E_ARG, "search was called before bind");
            Search search(object.game, *root, *limits, *control);
            const Answer answer = object.engine.search(search);
            parlour_result mine{};
            mine.size = sizeof mine;
            if (answer.resign) mine.flags |= PARLOUR_RESULT_RESIGN;
            if (answer.proven) mine.flags |= PARLOUR_RESULT_PROVEN;
            if (answer.has_value) mine.flags |= PARLOUR_RESULT_VALUE;
            mine.move = answer.move;
            mine.value = answer.value;
            mine.nodes = answer.nodes;
            mine.depth = answer.depth;
            return detail::copy_sized(mine, result);
        });
    }
    static void destroy(void *self) { delete static_cast<Object *>(self); }
    static parlour_status game_over(void *self, const parlour_root *last, parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            auto &object = *static_cast<Object *>(self);
            if constexpr (requires(E & e, const GameRef &g) { e.game_over(g, *last); }) {
                if (object.bound) object.engine.game_over(object.game, *last);
            }
            return PARLOUR_OK;
        });
    }

    static constexpr parlour_engine_api api{sizeof(parlour_engine_api), 0, bind, search, destroy, game_over};

    static parlour_status create(const parlour_kv *given, std::uint32_t n, parlour_engine *out,
                                 parlour_error *error) {
        return detail::guarded(error, [&]() -> parlour_status {
            const OptionValues values(options(), {given, n});
            out->api = &api;
            if constexpr (std::is_constructible_v<E, const OptionValues &>)
                out->self = new Object{E(values)};
            else
                out->self = new Object{E{}};
            return PARLOUR_OK;
        });
    }

public:
    static constexpr detail::EngineRow row() { return {E::about.id, describe, options, supports, create}; }
};

} // namespace parlour
