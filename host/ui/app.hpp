#pragma once
// The screens and the ways between them.
#include <future>
#include <memory>

#include "host/match/plugin_watch.hpp"
#include "host/ui/gallery_page.hpp"
#include "host/ui/game_page.hpp"
#include "host/ui/history_page.hpp"
#include "host/ui/new_game_page.hpp"
#include "host/ui/plugins_page.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class App {
public:
    /// `registry`, `window` and `store` outlive the app; without a store games are not kept.
    App(Registry &registry, Window &window, Store *store = nullptr);

    /// Draws one frame of whatever screen is shown.
    void draw(Frame &frame);

    enum class Screen : std::uint8_t { gallery, new_game, game, plugins, history };
    [[nodiscard]] Screen screen() const { return screen_; }
    [[nodiscard]] Shell &shell() { return shell_; }
    [[nodiscard]] GalleryPage &gallery() { return gallery_; }
    [[nodiscard]] NewGamePage &new_game() { return new_game_; }
    [[nodiscard]] GamePage &game() { return game_; }
    [[nodiscard]] HistoryPage &history() { return history_; }
    [[nodiscard]] PluginsPage &plugins() { return plugins_; }

    /// Looks every second whether plugin files or scripts have changed, and says what became of them. The app then
    /// outlives the window's loop.
    void watch_plugins();

    void show_gallery();
    void show_new_game(const std::string &game_id);
    void show_plugins();
    void show_history();
    /// Opens a game of the store and shows it; on a Problem nothing changes.
    Result<void> open(GameId id);
    /// Begins a game and shows it; on a Problem nothing changes.
    Result<void> start(MatchSetup setup);

private:
    void travel();
    void show_game();
    void take_dropped_files(const Frame &frame);
    bool look_at_plugins();
    void take_plugin_news();
    void draw_question();

    Shell shell_;
    GalleryPage gallery_;
    NewGamePage new_game_;
    GamePage game_;
    PluginsPage plugins_;
    HistoryPage history_;
    Screen screen_ = Screen::gallery;
    PluginWatch watch_;
    std::future<void> probing_;                    ///< while changed files are looked at on another thread
    bool asking_ = false, focus_question_ = false; ///< whether the game takes a script's new version
};

} // namespace parlour::host::ui
