#include "host/plugins/layers/counting.hpp"

#include "host/plugins/layers/tables.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <atomic>
#include <chrono>

namespace parlour::host {

namespace {

enum Function : std::size_t {
    f_legal,
    f_apply,
    f_turn,
    f_outcome,
    f_hash,
    f_initial,
    f_info,
    f_check,
    f_move_text,
    f_parse_move,
    f_state_text,
    f_parse_state,
    f_outcomes,
    f_sample,
    f_view,
    f_determinize,
    f_active,
    f_legal_for,
    f_apply_joint,
    f_choice_text,
    f_eval,
    f_order,
    f_noisy,
    f_playout,
    f_map_state,
    f_map_move,
    f_score,
    f_rules,
    f_reason,
    f_why_not,
    f_player_name,
    f_layout,
    f_scene,
    f_path,
    function_count
};

constexpr std::array<const char *, function_count> names{
    "legal",  "apply",       "turn",        "outcome",    "hash",        "initial",     "info",
    "check",  "move_text",   "parse_move",  "state_text", "parse_state", "outcomes",    "sample",
    "view",   "determinize", "active",      "legal_for",  "apply_joint", "choice_text", "eval",
    "order",  "noisy",       "playout",     "map_state",  "map_move",    "score",       "rules",
    "reason", "why_not",     "player_name", "layout",     "scene",       "path"};

struct alignas(64) Counter {
    std::atomic<std::uint64_t> calls = 0, nanoseconds = 0;
};

class Counting {
public:
    explicit Counting(const parlour_game &raw);

    static const void *get_extension(void *self, const char *id) {
        const auto &layer = *static_cast<const Counting *>(self);
        return layer_extension(id, trace_report_id, layer.report_, layer.outer, layer.inner);
    }
    static void destroy(void *self) {
        auto *layer = static_cast<Counting *>(self);
        layer->inner.api().destroy(layer->inner.self);
        delete layer;
    }

    GameTables inner, outer;
    std::array<Counter, function_count> counters{};

private:
    struct Row {
        const char *name;
        std::uint64_t calls, nanoseconds;
    };
    std::vector<Row> rows() const {
        std::vector<Row> out;
        for (std::size_t i = 0; i < function_count; ++i) {
            const std::uint64_t calls = counters[i].calls.load(std::memory_order_relaxed);
            if (calls > 0) out.push_back({names[i], calls, counters[i].nanoseconds.load(std::memory_order_relaxed)});
        }
        std::stable_sort(out.begin(), out.end(),
                         [](const Row &a, const Row &b) { return a.nanoseconds > b.nanoseconds; });
        return out;
    }
    std::uint64_t plies() const {
        return counters[f_apply].calls.load(std::memory_order_relaxed) +
               counters[f_apply_joint].calls.load(std::memory_order_relaxed);
    }
    std::string game_id() const {
        parlour_game_info info{};
        info.size = sizeof info;
        inner.api().info(inner.self, &info);
        return info.id;
    }
    static std::string text(const void *layer);
    static std::string json(const void *layer);

    GameLayerReport report_{text, json, this};
};

// One function of a table, counted.
template <Function index, auto Member>
struct Counted;
template <Function index, class Table, class Return, class... Args, Return (*Table::*Member)(void *, Args...)>
struct Counted<index, Member> {
    static Return call(void *self, Args... args) {
        using Clock = std::chrono::steady_clock;
        struct Stopwatch {
            Counter &counter;
            Clock::time_point began = Clock::now();
            ~Stopwatch() {
                const auto took = std::chrono::nanoseconds(Clock::now() - began).count();
                counter.calls.fetch_add(1, std::memory_order_relaxed);
                counter.nanoseconds.fetch_add(static_cast<std::uint64_t>(took), std::memory_order_relaxed);
            }
        };
        auto &layer = *static_cast<Counting *>(self);
        const Stopwatch stopwatch{layer.counters[index]};
        return (layer.inner.get<Table>().*Member)(layer.inner.self, args...);
    }
    // Puts the counted function where the game has one.
    static void put(Counting &layer) {
        if (layer.inner.get<Table>().*Member != nullptr) layer.outer.get<Table>().*Member = call;
    }
};

Counting::Counting(const parlour_game &raw) : inner(raw), outer(inner) {
    outer.self = this;
    Counted<f_legal, &parlour_game_api::legal>::put(*this);
    Counted<f_apply, &parlour_game_api::apply>::put(*this);
    Counted<f_turn, &parlour_game_api::turn>::put(*this);
    Counted<f_outcome, &parlour_game_api::outcome>::put(*this);
    Counted<f_hash, &parlour_game_api::hash>::put(*this);
    Counted<f_initial, &parlour_game_api::initial>::put(*this);
    Counted<f_info, &parlour_game_api::info>::put(*this);
    Counted<f_check, &parlour_game_api::check>::put(*this);
    Counted<f_move_text, &parlour_game_api::move_text>::put(*this);
    Counted<f_parse_move, &parlour_game_api::parse_move>::put(*this);
    Counted<f_state_text, &parlour_game_api::state_text>::put(*this);
    Counted<f_parse_state, &parlour_game_api::parse_state>::put(*this);
    Counted<f_outcomes, &parlour_game_chance::outcomes>::put(*this);
    Counted<f_sample, &parlour_game_chance::sample>::put(*this);
    Counted<f_view, &parlour_game_hidden::view>::put(*this);
    Counted<f_determinize, &parlour_game_hidden::determinize>::put(*this);
    Counted<f_active, &parlour_game_simultaneous::active>::put(*this);
    Counted<f_legal_for, &parlour_game_simultaneous::legal_for>::put(*this);
    Counted<f_apply_joint, &parlour_game_simultaneous::apply_joint>::put(*this);
    Counted<f_choice_text, &parlour_game_simultaneous::choice_text>::put(*this);
    Counted<f_eval, &parlour_game_eval::eval>::put(*this);
    Counted<f_order, &parlour_game_hints::order>::put(*this);
    Counted<f_noisy, &parlour_game_hints::noisy>::put(*this);
    Counted<f_playout, &parlour_game_playout::playout>::put(*this);
    Counted<f_map_state, &parlour_game_symmetry::map_state>::put(*this);
    Counted<f_map_move, &parlour_game_symmetry::map_move>::put(*this);
    Counted<f_score, &parlour_game_score::score>::put(*this);
    Counted<f_rules, &parlour_game_help::rules>::put(*this);
    Counted<f_reason, &parlour_game_help::reason>::put(*this);
    Counted<f_why_not, &parlour_game_help::why_not>::put(*this);
    Counted<f_player_name, &parlour_game_help::player_name>::put(*this);
    Counted<f_layout, &parlour_game_board::layout>::put(*this);
    Counted<f_scene, &parlour_game_board::scene>::put(*this);
    Counted<f_path, &parlour_game_board::path>::put(*this);
    outer.get<parlour_game_api>().get_extension = get_extension;
    outer.get<parlour_game_api>().destroy = destroy;
}

std::string Counting::text(const void *layer) {
    const auto &self = *static_cast<const Counting *>(layer);
    const std::uint64_t plies = self.plies();
    const double per = static_cast<double>(std::max<std::uint64_t>(1, plies));
    std::string out = fmt::format("{}: {} plies\n{:<12} {:>12} {:>12} {:>12} {:>12}\n", self.game_id(), plies,
                                  "function", "calls", "calls/ply", "ns/call", "ns/ply");
    for (const Row &row : self.rows()) {
        const auto calls = static_cast<double>(row.calls), ns = static_cast<double>(row.nanoseconds);
        out += fmt::format("{:<12} {:>12} {:>12.2f} {:>12.1f} {:>12.1f}\n", row.name, row.calls, calls / per,
                           ns / calls, ns / per);
    }
    return out;
}

std::string Counting::json(const void *layer) {
    const auto &self = *static_cast<const Counting *>(layer);
    nlohmann::ordered_json out{{"game", self.game_id()}, {"plies", self.plies()}};
    out["functions"] = nlohmann::ordered_json::object();
    for (const Row &row : self.rows())
        out["functions"][row.name] = {{"calls", row.calls}, {"nanoseconds", row.nanoseconds}};
    return out.dump();
}

} // namespace

parlour_game counting_layer(const parlour_game &inner) {
    auto *layer = new Counting(inner);
    return {&layer->outer.get<parlour_game_api>(), layer};
}

} // namespace parlour::host
