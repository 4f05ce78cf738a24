#pragma once
// What all screens share: the registry, the window, settings, the catalogue of games, messages, and the way to other
// screens.
#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "host/match/controller.hpp"
#include "host/scene/scene.hpp"
#include "host/ui/base/widgets.hpp"
#include "host/ui/base/window.hpp"

namespace parlour::host {
class SettingsFile;
class Store;
} // namespace parlour::host

namespace parlour::host::ui {

enum class Motion : std::uint8_t { off, fast, normal, slow };

struct Settings {
    ThemeName theme = ThemeName::dark;
    float scale = 0; ///< 0: from the system
    Motion motion = Motion::normal;
    bool coordinates = true;
    bool targets = true;
    std::chrono::nanoseconds least_move_time{std::chrono::milliseconds(450)}; ///< until an engine's move is shown

    /// How many times faster than normal things move on a board; 0: they do not.
    [[nodiscard]] float speed() const;
};

/// A game as the gallery shows it: its entry, one instance with default options, a typical position as a picture.
struct GameCard {
    GameEntry entry;
    GamePtr game;        ///< null when it cannot be made
    std::string problem; ///< why not, in a sentence
    std::optional<Scene> picture;
    std::uint32_t accent = 0; ///< 0xRRGGBBAA, never 0
    std::optional<std::size_t>
        engines; ///< how many play it; unknown until those in processes of their own were asked
};

class Shell {
public:
    /// `store` may be null: games are then not kept.
    Shell(Registry &registry, Window &window, Store *store = nullptr);

    Registry &registry;
    Window &window;
    Store *const store;
    std::filesystem::path program; ///< this program's file, to be run as a child; empty: no children (tests)
    Settings settings;
    EngineServices services;

    /// Where to go next; taken by the App at the end of the frame.
    struct Destination {
        enum class Page : std::uint8_t { gallery, new_game, game, plugins, history };
        Page page = Page::gallery;
        std::string game{};                ///< new_game: whose
        std::optional<MatchSetup> setup{}; ///< game: begin this one; empty: go on with the one under way
        std::int64_t stored = 0;           ///< game: the one of this id in the store, when not 0
    };
    void go(Destination destination) { next_ = std::move(destination); }
    [[nodiscard]] std::optional<Destination> take_destination() { return std::exchange(next_, std::nullopt); }

    /// The card of a game; made when first asked for and after every change of the registry. Null for unknown ids.
    const GameCard *card(const std::string &game_id);
    /// Drops all cards: the registry has changed.
    void forget_cards();
    /// Counts the engines of new cards, once a frame. Those in processes of their own are asked beside the window's
    /// thread, but at once where the window keeps a time of its own.
    void count_engines();

    /// The moment, for controllers. Tests may replace it.
    std::function<std::chrono::nanoseconds()> now;
    /// A seed for a new game: the fixed one first, then ever new ones.
    std::uint64_t next_seed();
    void set_seed(std::uint64_t seed) { seed_ = seed; }

    /// A person against the engine that plays the game best, at a middling level; persons only where none plays it.
    [[nodiscard]] std::vector<Seat> usual_seats(const Game &game) const;

    /// An engine has failed again and again: its plugin is kept out until its file changes.
    void report_offence(const std::string &engine_id, const Problem &problem);

    /// Shows a sentence for some seconds at the foot of the window.
    void say(std::string sentence, Role role = Role::info);
    void draw_messages(Frame &frame);
    [[nodiscard]] const std::string &last_message() const { return last_message_; }

    /// Puts the settings into force, and keeps what has changed.
    void apply_settings();
    /// Where changes are kept from now on; null: nowhere. Says what is wrong with the file.
    void keep_settings_in(SettingsFile *file);
    /// The settings of engines and scripts that differ from their defaults; nothing where none are kept.
    [[nodiscard]] std::optional<OptionMap> start_settings() const;
    /// Keeps them for the next start, and says so where they differ.
    void keep_start_settings(const OptionMap &values);
    std::optional<OptionMap> edited_start_settings; ///< while the settings dialog is open

private:
    [[nodiscard]] std::optional<std::size_t> engines_of(const Game &game) const;
    void take_counts();

    struct Message {
        std::string text;
        Role role = Role::info;
        double until = 0;
    };
    std::map<std::string, std::unique_ptr<GameCard>> cards_;
    bool uncounted_ = false;   ///< there are cards whose engines were not asked yet
    std::future<void> asking_; ///< valid while engines are asked
    std::optional<Destination> next_;
    std::deque<Message> messages_;
    std::string last_message_;
    std::uint64_t seed_ = 0;
    SettingsFile *settings_file_ = nullptr;
    Settings kept_; ///< as they were written last
};

/// Where a person puts plugins of their own, with "~" for the home folder.
[[nodiscard]] std::string plugin_folder_text();

/// "2 players", "1 player", "2-4 players".
[[nodiscard]] std::string players_text(std::uint32_t least, std::uint32_t most);
/// "1 engine", "3 engines": a number with its word.
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular);

/// Draws the button of the settings menu at `at`, and the dialog when it is open.
void settings_button(Shell &shell, const Rect &at);

} // namespace parlour::host::ui
