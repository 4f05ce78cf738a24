#pragma once
// The games that were played: a list to search, open, export and delete from, and how persons did against whom.
#include <optional>
#include <string>
#include <vector>

#include "host/records/store.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

/// What was pressed in a row of the list.
enum class HistoryAction : std::uint8_t { none, open, save, remove };

class HistoryPage {
public:
    explicit HistoryPage(Shell &shell) : shell_(shell) {}

    /// The page is shown: reads the store again.
    void enter();
    void draw(Frame &frame);
    /// Chooses the tab with the statistics.
    void show_statistics() { tab_ = 1; }
    [[nodiscard]] const std::vector<StoredGame> &games() const { return games_; }

private:
    void refresh();
    void draw_header(Frame &frame, Rect head);
    void draw_list(Frame &frame, const Rect &area);
    void draw_statistics(const Rect &area);
    void draw_dialogs();
    void act(HistoryAction action, const StoredGame &game);
    void save();
    void import();
    void remove();

    Shell &shell_;
    std::vector<StoredGame> games_;
    std::vector<Statistics> statistics_;
    std::string problem_; // why there is no list
    std::string query_;
    int tab_ = 0, which_ = 0;      // which: all, finished, unfinished
    std::optional<GameId> chosen_; // whose dialog is open; none: all of the list
    std::string chosen_name_;
    bool saving_ = false, importing_ = false, removing_ = false, focus_ = false, focus_first_ = true;
    std::string path_, path_problem_;
};

/// One game of the list, at ImGui's cursor. `deletes`: the key for that was pressed.
HistoryAction history_row(Shell &shell, const StoredGame &game, bool want_focus, bool deletes);
/// One opponent's line of the statistics, at ImGui's cursor.
void statistics_row(Shell &shell, const Statistics &row);

} // namespace parlour::host::ui
