#pragma once
// The row of games that were not finished, at the head of the gallery: each with the position that was reached.
#include <string>
#include <vector>

#include "host/records/store.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class ContinueRow {
public:
    explicit ContinueRow(Shell &shell) : shell_(shell) {}

    /// Looks for unfinished games; `under_way`, which may be null, is the one in the window and comes first. Without
    /// a store there are none.
    void refresh(const Match *under_way);
    [[nodiscard]] bool any() const { return !entries_.empty(); }
    /// Pixels that draw() needs, with the gap below.
    [[nodiscard]] float height() const;
    void draw(const Frame &frame, const Rect &r);

private:
    struct Entry {
        GameId id = 0; // 0: the one in the window
        std::string game, name, who, line;
        std::optional<Scene> picture;
    };
    [[nodiscard]] Entry entry_of(const Match &match, GameId id, std::string when) const;
    /// Whether it was dismissed.
    bool draw_tile(const Frame &frame, const Entry &entry, const Rect &r);

    Shell &shell_;
    std::vector<Entry> entries_;
    std::vector<GameId> dismissed_; // until the program ends; the history still has them
    std::size_t more_ = 0;          // in the store, beyond those looked at
};

} // namespace parlour::host::ui
