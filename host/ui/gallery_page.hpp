#pragma once
// The first page: all games as tiles, searched by typing, filtered by chips.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "host/ui/continue_row.hpp"
#include "host/ui/gallery_tile.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class GalleryPage {
public:
    explicit GalleryPage(Shell &shell);

    /// Which game is under way, "" for none; its tile offers to go on.
    void set_in_progress(std::string game_id) { in_progress_ = std::move(game_id); }
    /// The page is shown again: the tile that was left gets the focus back, and unfinished games are looked up.
    /// `under_way` is the match that is paused in the window, or null.
    void enter(const Match *under_way = nullptr);
    void draw(Frame &frame);

    [[nodiscard]] const std::string &query() const { return query_; }
    /// Ids of the games shown, in order.
    [[nodiscard]] std::vector<std::string> shown() const;

private:
    struct Filter {
        std::string label;
        std::function<bool(const GameEntry &)> accepts;
    };
    void take_keys(Frame &frame);
    void draw_header(Rect header);
    void draw_filters(Rect row);
    void draw_tiles(Frame &frame, const Rect &area);
    void draw_footer(const Rect &bar);
    [[nodiscard]] bool matches(const GameEntry &entry) const;
    [[nodiscard]] std::vector<Filter> filters() const;

    Shell &shell_;
    ContinueRow continue_;
    std::string query_, in_progress_;
    std::string filter_ = "All";  // label of the chosen one
    std::set<std::string> known_; // games that were there at the start; others are new
    ImGuiID search_id_ = 0;
    bool focus_first_ = true;
    std::string focus_game_; // gets the focus when it is drawn next
};

} // namespace parlour::host::ui
