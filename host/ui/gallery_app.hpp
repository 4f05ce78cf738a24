#pragma once
// The window program: gallery, new-game panel, boards and plugins page, over a registry that was scanned.
//
// This header includes neither SDL nor ImGui; words that a person typed (theme, renderer) are checked in
// run_gallery(). [main]
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "host/match/match.hpp"
#include "host/plugins/registry.hpp"

namespace parlour::host {
class SettingsFile;
class Store;
} // namespace parlour::host

namespace parlour::host::ui {

/// What the window shows first.
struct StartScreen {
    enum class Page : std::uint8_t { gallery, new_game, game, rules, plugins, history, statistics };
    Page page = Page::gallery;
    std::string game;               ///< id; needed for new_game, game and rules
    OptionMap options;              ///< of the game
    std::vector<Seat> seats;        ///< missing ones: a person, then the engine that plays the game best
    TimeControl time;               ///< none: no clocks
    std::string position;           ///< the start as text; "": the game's own
    std::vector<std::string> moves; ///< played at once, in the game's notation; chance is drawn from the seed
    std::size_t random_moves = 0; ///< so many more moves after those, drawn from the seed; stops where the game ends
    bool hint = false;            ///< for pictures: asks for a hint and waits for it
    bool evaluation = false;      ///< switches the evaluation on
    std::size_t back = 0;         ///< looks so many moves back
};

/// How run_gallery() looks and what it does.
struct GalleryOptions {
    // What is not given comes from the settings, or is the usual without them.
    std::string theme;  ///< "dark", "light" or "high-contrast"; "": not given
    std::string render; ///< "auto", "gpu" or "software"; "": not given
    float scale = 0;    ///< real pixels per design pixel, 0.5..4; 0: not given
    int width = 0;      ///< real pixels, at least 640; 0: not given
    int height = 0;     ///< real pixels, at least 480; 0: not given
    bool fullscreen = false;
    bool reduced_motion = false; ///< animations jump to their end
    std::uint64_t seed = 0;      ///< of the first new game; 0: from the clock
    StartScreen start;
    Store *store = nullptr;           ///< where games are kept; null: nowhere
    std::filesystem::path program;    ///< this program's file, to look at plugins in a child; empty: no children
    SettingsFile *settings = nullptr; ///< what the person has chosen for good; null: the usual, for this run only
    std::string screenshot;           ///< a PNG file: draws the start screen into it without any window, and returns
};

/// run_gallery() could not open a window; it has said why on standard error. A caller may go on in the terminal.
inline constexpr int no_window = -1;

/// Runs the window until it is closed. `registry` was scanned and outlives the call; it may be scanned again inside.
///
/// Returns 0; no_window; 1 when the screenshot or the start screen cannot be made; 2 for a word of `options` that is
/// none; 3 for a game that does not exist. Other than 0 comes with one sentence on standard error.
int run_gallery(Registry &registry, const GalleryOptions &options);

} // namespace parlour::host::ui
