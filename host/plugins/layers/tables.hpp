// The tables of a game, and how a layer puts its own in front of them.
//
// A layer is an object that owns the game below it and is itself a parlour_game: its table's `self` is the layer. It
// answers get_extension from tables of its own, which have what the game below has. Extensions that it does not know
// are hidden, because their functions would be given the wrong `self`.
#pragma once

#include <parlour/parlour.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <tuple>

namespace parlour::host {

// Every table of the interface that a game has, each copied once; what it lacks is zero.
class GameTables {
public:
    GameTables() = default;
    explicit GameTables(const parlour_game &raw) : self(raw.self) {
        take<parlour_game_api>(raw.api);
        for_each_extension([&](const char *id, auto *table) {
            if (get<parlour_game_api>().get_extension == nullptr) return;
            take<std::remove_pointer_t<decltype(table)>>(get<parlour_game_api>().get_extension(self, id));
        });
    }

    template <class Table>
    Table &get() {
        return std::get<Table>(tables_);
    }
    template <class Table>
    const Table &get() const {
        return std::get<Table>(tables_);
    }
    const parlour_game_api &api() const { return get<parlour_game_api>(); }

    // The table of an extension, null if it is empty or unknown.
    const void *extension(std::string_view want) const {
        const void *found = nullptr;
        const_cast<GameTables *>(this)->for_each_extension([&](const char *id, auto *table) {
            if (want == id && table->size != 0) found = table;
        });
        return found;
    }

    void *self = nullptr;

private:
    template <class Visit>
    void for_each_extension(Visit visit) {
        visit(PARLOUR_GAME_CHANCE_ID, &get<parlour_game_chance>());
        visit(PARLOUR_GAME_HIDDEN_ID, &get<parlour_game_hidden>());
        visit(PARLOUR_GAME_SIMULTANEOUS_ID, &get<parlour_game_simultaneous>());
        visit(PARLOUR_GAME_EVAL_ID, &get<parlour_game_eval>());
        visit(PARLOUR_GAME_HINTS_ID, &get<parlour_game_hints>());
        visit(PARLOUR_GAME_PLAYOUT_ID, &get<parlour_game_playout>());
        visit(PARLOUR_GAME_SYMMETRY_ID, &get<parlour_game_symmetry>());
        visit(PARLOUR_GAME_SCORE_ID, &get<parlour_game_score>());
        visit(PARLOUR_GAME_HELP_ID, &get<parlour_game_help>());
        visit(PARLOUR_GAME_BOARD_ID, &get<parlour_game_board>());
    }
    template <class Table>
    void take(const void *theirs) {
        if (theirs == nullptr) return;
        Table &mine = get<Table>();
        std::uint32_t size;
        std::memcpy(&size, theirs, sizeof size);
        std::memcpy(&mine, theirs, std::min<std::size_t>(size, sizeof mine));
        mine.size = std::min<std::uint32_t>(size, sizeof mine);
    }

    std::tuple<parlour_game_api, parlour_game_chance, parlour_game_hidden, parlour_game_simultaneous,
               parlour_game_eval, parlour_game_hints, parlour_game_playout, parlour_game_symmetry, parlour_game_score,
               parlour_game_help, parlour_game_board>
        tables_{};
};

// A member function of a layer as a function of a table: slot<&Layer::legal>.
template <auto Method>
struct SlotOf;
template <class Layer, class Return, class... Args, Return (Layer::*Method)(Args...)>
struct SlotOf<Method> {
    static Return call(void *self, Args... args) { return (static_cast<Layer *>(self)->*Method)(args...); }
};
template <auto Method>
constexpr auto slot = &SlotOf<Method>::call;

// What a layer has to tell afterwards. Found through get_extension by an id that only layers know; lives as long as
// the layer.
struct GameLayerReport {
    std::string (*text)(const void *layer);
    std::string (*json)(const void *layer);
    const void *layer;
};
constexpr std::string_view layer_ids = "parlour.host.";
constexpr const char *trace_report_id = "parlour.host.trace/1";
constexpr const char *check_report_id = "parlour.host.check/1";

// get_extension of a layer: its own report, its own tables, or a report of a layer below.
inline const void *layer_extension(const char *id, const char *report_id, const GameLayerReport &report,
                                   const GameTables &outer, const GameTables &inner) {
    const std::string_view want(id);
    if (report_id != nullptr && want == report_id) return &report;
    if (!want.starts_with(layer_ids)) return outer.extension(want);
    return inner.api().get_extension != nullptr ? inner.api().get_extension(inner.self, id) : nullptr;
}

} // namespace parlour::host
