#pragma once
// The screens and the ways between them.
#include <memory>

#include "host/ui/gallery_page.hpp"
#include "host/ui/game_page.hpp"
#include "host/ui/new_game_page.hpp"
#include "host/ui/plugins_page.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class App {
public:
    /// `registry` and `window` outlive the app.
    App(Registry &registry, Window &window);

    /// Draws one frame of whatever screen is shown.
    void draw(Frame &frame);

    enum class Screen : std::uint8_t { gallery, new_game, game, plugins };
    [[nodiscard]] Screen screen() const { return screen_; }
    [[nodiscard]] Shell &shell() { return shell_; }
    [[nodiscard]] GalleryPage &gallery() { return gallery_; }
    [[nodiscard]] NewGamePage &new_game() { return new_game_; }
    [[nodiscard]] GamePage &game() { return game_; }

    void show_gallery();
    void show_new_game(const std::string &game_id);
    void show_plugins();
    /// Begins a game and shows it; on a Problem nothing changes.
    Result<void> start(MatchSetup setup);

private:
    void travel();
    void show_game();
    void take_dropped_files(const Frame &frame);

    Shell shell_;
    GalleryPage gallery_;
    NewGamePage new_game_;
    GamePage game_;
    PluginsPage plugins_;
    Screen screen_ = Screen::gallery;
};

} // namespace parlour::host::ui
