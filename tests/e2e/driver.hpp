#pragma once
// Drives the whole window under SDL's dummy driver as a person would: events go through SDL's own queue.
#include <SDL.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "host/ui/app.hpp"

namespace parlour::test {

using namespace parlour::host;
using namespace parlour::host::ui;

/// How long a test waits for an engine before it fails.
inline constexpr std::chrono::seconds patience{30};

class Driver {
public:
    explicit Driver(std::vector<std::filesystem::path> folders = {PARLOUR_PLUGIN_DIR}, int width = 1280,
                    int height = 800, Store *store = nullptr)
        : Driver(searching(std::move(folders)), width, height, store) {}
    explicit Driver(RegistryOptions options, int width = 1280, int height = 800, Store *store = nullptr) {
        setenv("SDL_VIDEODRIVER", "dummy", 1);
        registry = std::make_unique<Registry>(std::move(options));
        registry->rescan();
        WindowOptions wanted;
        wanted.width = width;
        wanted.height = height;
        wanted.scale = 1;
        wanted.deterministic = true;
        std::string error;
        window = Window::create(wanted, error);
        if (!window) throw std::runtime_error(error);
        window->context().on_item = [this](std::string_view label, const Rect &place) {
            items[std::string(label)] = place;
        };
        app = std::make_unique<App>(*registry, *window, store);
        app->shell().set_seed(5);
        settle();
    }

    void step() { window->step(draw_function()); }
    void settle() { window->settle(draw_function()); }

    /// Draws until `done` or the patience ends; whether it was done.
    bool wait(const std::function<bool()> &done) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (!done()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            step();
        }
        settle();
        return true;
    }

    // ---- hands ----

    void move(Vec2 at) {
        SDL_Event event{};
        event.type = SDL_MOUSEMOTION;
        event.motion.x = static_cast<int>(at.x);
        event.motion.y = static_cast<int>(at.y);
        SDL_PushEvent(&event);
    }
    void press(Vec2 at, bool down, std::uint8_t which = SDL_BUTTON_LEFT) {
        SDL_Event event{};
        event.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
        event.button.button = which;
        event.button.x = static_cast<int>(at.x);
        event.button.y = static_cast<int>(at.y);
        SDL_PushEvent(&event);
    }
    void click(Vec2 at) {
        move(at);
        settle();
        press(at, true);
        press(at, false);
        settle();
    }
    void drag(Vec2 from, Vec2 to) {
        move(from);
        settle();
        press(from, true);
        settle();
        move({(from.x + to.x) / 2, (from.y + to.y) / 2});
        settle();
        move(to);
        settle();
        press(to, false);
        settle();
    }
    void key(SDL_Keycode code, std::uint16_t modifiers = KMOD_NONE) {
        for (const bool down : {true, false}) {
            SDL_Event event{};
            event.type = down ? SDL_KEYDOWN : SDL_KEYUP;
            event.key.keysym.sym = code;
            event.key.keysym.scancode = SDL_GetScancodeFromKey(code);
            event.key.keysym.mod = down ? modifiers : static_cast<std::uint16_t>(KMOD_NONE);
            SDL_PushEvent(&event);
        }
        settle();
    }
    /// Letters as keys: outside of text fields.
    void keys(const std::string &letters) {
        for (const char letter : letters) key(static_cast<SDL_Keycode>(letter));
    }
    /// Text as a text field gets it.
    void type(const std::string &text) {
        for (std::size_t from = 0; from < text.size(); from += 24) {
            SDL_Event event{};
            event.type = SDL_TEXTINPUT;
            SDL_strlcpy(event.text.text, text.substr(from, 24).c_str(), sizeof event.text.text);
            SDL_PushEvent(&event);
        }
        settle();
    }

    void pad(SDL_GameControllerButton which) {
        for (const bool down : {true, false}) {
            SDL_Event event{};
            event.type = down ? SDL_CONTROLLERBUTTONDOWN : SDL_CONTROLLERBUTTONUP;
            event.cbutton.button = static_cast<Uint8>(which);
            SDL_PushEvent(&event);
        }
        settle();
    }
    void drop_file(const std::filesystem::path &file) {
        SDL_Event event{};
        event.type = SDL_DROPFILE;
        event.drop.file = SDL_strdup(file.c_str());
        SDL_PushEvent(&event);
        settle();
    }

    // ---- eyes ----

    [[nodiscard]] bool shows(const std::string &item) const { return items.contains(item); }
    /// Presses a button by its label.
    void click_item(const std::string &item) {
        settle();
        ASSERT_TRUE(shows(item)) << "there is no \"" << item << "\" on the screen";
        click(items.at(item).center());
    }
    [[nodiscard]] const Match &match() const { return app->game().controller().match(); }
    [[nodiscard]] Vec2 cell(std::uint32_t id) const { return app->game().board().cell_rect(id).center(); }
    [[nodiscard]] bool persons_turn() const { return app->game().state().person_to_move; }
    bool wait_for_person() {
        return wait([this] { return persons_turn() || match().is_over(); });
    }

    /// Begins a game with these seats.
    void start(const std::string &game_id, std::vector<Seat> seats, OptionMap options = {}) {
        auto game = registry->create_game(game_id, options);
        ASSERT_TRUE(game) << game.sentence();
        MatchSetup setup;
        setup.game = *game;
        setup.seats = std::move(seats);
        setup.seed = 7;
        const auto started = app->start(std::move(setup));
        ASSERT_TRUE(started) << started.sentence();
        settle();
        ASSERT_TRUE(wait_for_person());
    }
    /// Enters a move by its touches.
    void enter(Move move_) {
        const StateBuffer before = match().state();
        const std::vector<Touch> path = move_path(match().game(), before, move_);
        for (const Touch &touch : path) {
            if (touch.is_cell()) {
                click(cell(touch.id));
                continue;
            }
            const SceneWidget *widget = app->game().board().scene().button(touch.id);
            ASSERT_NE(widget, nullptr);
            click_item(widget->label + "##widget" + std::to_string(widget->id));
        }
        // Several moves may be touched in the same way: the dialog then asks which, by their texts.
        if (const std::string text = match().game().move_text(before, move_); shows(text)) click_item(text);
    }

    std::unique_ptr<Registry> registry;
    std::unique_ptr<Window> window;
    std::unique_ptr<App> app;
    std::map<std::string, Rect> items; ///< what stood on the screen in the last frame, by label

private:
    static RegistryOptions searching(std::vector<std::filesystem::path> folders) {
        RegistryOptions options;
        options.search_path = std::move(folders);
        return options;
    }
    DrawFunction draw_function() {
        return [this](Frame &frame) {
            items.clear();
            app->draw(frame);
        };
    }
};

} // namespace parlour::test
