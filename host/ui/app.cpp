#include "host/ui/app.hpp"

#include <algorithm>

#include "host/plugins/reloading_engine.hpp"
#include "host/plugins/text.hpp"

namespace parlour::host::ui {

App::App(Registry &registry, Window &window, Store *store)
    : shell_(registry, window, store),
      gallery_(shell_),
      new_game_(shell_),
      game_(shell_),
      plugins_(shell_),
      history_(shell_),
      watch_(registry) {}

void App::watch_plugins() {
    shell_.window.watch(std::chrono::seconds(1), [this] { return look_at_plugins(); });
}

// A script that hangs while it is looked at would hold up the window, so that happens beside it.
bool App::look_at_plugins() {
    if (probing_.valid() || !watch_.due()) return false;
    auto probe = watch_.prepare();
    if (!probe) {
        take_plugin_news();
        return true;
    }
    probing_ = std::async(std::launch::async, [this, probe = std::move(probe)] {
        probe();
        shell_.window.post([this] {
            probing_.get();
            take_plugin_news();
        });
    });
    return false;
}

void App::take_plugin_news() {
    for (const PluginNews &news : watch_.look()) shell_.say(news.sentence, news.good ? Role::good : Role::warn);
    shell_.forget_cards();
    new_game_.look_again();
    const auto versions = shell_.registry.script_versions();
    const std::vector<std::string> waiting = versions->waiting();
    const auto playing = [&](const Seat &seat) {
        return std::find(waiting.begin(), waiting.end(), seat.engine) != waiting.end();
    };
    if (game_.under_way()) {
        const auto &seats = game_.controller().match().seats();
        asking_ = focus_question_ = std::any_of(seats.begin(), seats.end(), playing);
    }
    if (!asking_) versions->release();
}

void App::draw_question() {
    const auto versions = shell_.registry.script_versions();
    const bool asked = asking_;
    if (!modal_begin("A script has changed", asking_, {.width = 440})) return;
    std::vector<std::string> names;
    for (const std::string &id : versions->waiting()) names.push_back(engine_name(shell_.registry, id));
    paragraph("There is a new version of " + listed(names) +
              ". Shall it go on with the game at its next move? Otherwise the version before finishes the game.");
    gap(14);
    if (std::exchange(focus_question_, false)) context().request_default_focus();
    if (button("Take the new version", {.kind = ButtonKind::primary, .icon = Icon::check})) {
        asking_ = false;
        versions->release();
    }
    ImGui::SameLine(0, px(10));
    if (button("Keep the one before")) asking_ = false;
    modal_end();
    if (asked && !asking_) versions->decline();
}

void App::draw(Frame &frame) {
    take_dropped_files(frame);
    switch (screen_) {
        case Screen::gallery:
            gallery_.set_in_progress(game_.under_way() ? game_.game_id() : std::string());
            gallery_.draw(frame);
            break;
        case Screen::new_game:
            new_game_.draw(frame);
            break;
        case Screen::game:
            game_.draw(frame);
            break;
        case Screen::plugins:
            plugins_.draw(frame);
            break;
        case Screen::history:
            history_.draw(frame);
            break;
    }
    shell_.count_engines();
    draw_question();
    shell_.draw_messages(frame);
    travel();
}

void App::travel() {
    auto next = shell_.take_destination();
    if (!next) return;
    using Page = Shell::Destination::Page;
    context().request_frame_in(0);
    switch (next->page) {
        case Page::gallery:
            show_gallery();
            break;
        case Page::new_game:
            show_new_game(next->game);
            break;
        case Page::plugins:
            show_plugins();
            break;
        case Page::history:
            show_history();
            break;
        case Page::game:
            if (next->stored != 0) {
                if (const auto opened = open(next->stored); !opened) shell_.say(opened.sentence(), Role::bad);
            } else if (!next->setup) {
                show_game();
            } else if (const auto started = start(std::move(*next->setup)); !started) {
                shell_.say(started.sentence(), Role::bad);
            }
            break;
    }
}

void App::show_gallery() {
    if (screen_ == Screen::game) game_.leave();
    screen_ = Screen::gallery;
    gallery_.enter(game_.under_way() ? &game_.controller().match() : nullptr);
    shell_.window.set_title("Parlour");
}

void App::show_new_game(const std::string &game_id) {
    if (screen_ == Screen::game) game_.leave();
    screen_ = Screen::new_game;
    new_game_.enter(game_id);
}

void App::show_plugins() {
    if (screen_ == Screen::game) game_.leave();
    screen_ = Screen::plugins;
}

void App::show_history() {
    if (screen_ == Screen::game) game_.leave();
    screen_ = Screen::history;
    history_.enter();
}

Result<void> App::open(GameId id) {
    auto opened = game_.open(id);
    if (opened) show_game();
    return opened;
}

void App::show_game() {
    screen_ = Screen::game;
    game_.enter();
    if (game_.has_game()) shell_.window.set_title(game_.controller().match().game().name() + " - Parlour");
}

Result<void> App::start(MatchSetup setup) {
    auto started = game_.begin(std::move(setup));
    if (started) show_game();
    return started;
}

void App::take_dropped_files(const Frame &frame) {
    if (frame.input.dropped_files.empty()) return;
    for (const std::string &file : frame.input.dropped_files) plugins_.drop(file);
    show_plugins();
}

} // namespace parlour::host::ui
