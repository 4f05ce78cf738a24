#include "host/ui/gallery_app.hpp"

#include <cstdio>
#include <thread>

#include "host/records/store.hpp"
#include "host/settings/settings_file.hpp"
#include "host/ui/app.hpp"
#include "host/ui/board/sample_position.hpp"
#include "host/ui/settings_store.hpp"

namespace parlour::host::ui {
namespace {

constexpr int failed = 1, usage = 2, not_found = 3;
/// How long a picture waits for an engine: a hint or an evaluation.
constexpr std::chrono::seconds picture_patience{10};

int tell(int code, const std::string &sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return code;
}

/// The match that the start screen asks for, with its moves made.
Result<Match> make_match(App &app, const StartScreen &start) {
    Registry &registry = app.shell().registry;
    auto game = registry.create_game(start.game, start.options);
    if (!game) return game.problem();
    MatchSetup setup;
    setup.game = *game;
    setup.seats = start.seats;
    const std::vector<Seat> usual = app.shell().usual_seats(**game);
    for (std::size_t i = setup.seats.size(); i < usual.size(); ++i) setup.seats.push_back(usual[i]);
    setup.time = start.time;
    setup.seed = app.shell().next_seed();
    if (!start.position.empty()) {
        auto position = (*game)->parse_state(start.position);
        if (!position) return position.problem();
        setup.start = std::move(*position);
    }
    const std::uint64_t seed = setup.seed;
    auto match = Match::create(std::move(setup));
    if (!match) return match.problem();
    const std::chrono::nanoseconds moment{0};
    match->settle(moment);
    for (const std::string &text : start.moves) {
        if (auto played = match->play_text(text, moment); !played) return played.problem();
        match->settle(moment);
    }
    Rng rng{{seed}};
    for (std::size_t i = 0; i < start.random_moves && !match->is_over(); ++i) {
        const std::vector<Move> moves = match->legal_moves();
        if (moves.empty()) break;
        if (auto played = match->play(moves[rng.below(static_cast<std::uint32_t>(moves.size()))], moment); !played)
            return played.problem();
        match->settle(moment);
    }
    return std::move(*match);
}

/// Goes to the start screen; nothing, or what is wrong.
std::optional<std::pair<int, std::string>> open_start(App &app, const StartScreen &start) {
    using Page = StartScreen::Page;
    if (start.page == Page::plugins) app.show_plugins();
    if (start.page == Page::history || start.page == Page::statistics) {
        app.show_history();
        if (start.page == Page::statistics) app.history().show_statistics();
        return std::nullopt;
    }
    if (start.page == Page::gallery || start.page == Page::plugins) return std::nullopt;
    if (app.shell().registry.find_game(start.game) == nullptr) {
        const auto made = app.shell().registry.create_game(start.game, {});
        return std::pair{not_found, made.ok() ? std::string("There is no such game.") : made.sentence()};
    }
    if (start.page == Page::new_game) {
        app.show_new_game(start.game);
        return std::nullopt;
    }
    auto match = make_match(app, start);
    if (!match) return std::pair{failed, match.sentence()};
    if (auto adopted = app.game().adopt(std::move(*match)); !adopted) return std::pair{failed, adopted.sentence()};
    const auto now = app.shell().now();
    if (start.back > 0) {
        const std::size_t plies = app.game().controller().match().plies();
        app.game().controller().jump(plies - std::min(plies, start.back), now);
    }
    if (start.evaluation) {
        if (auto on = app.game().controller().set_evaluation(true, now); !on) return std::pair{failed, on.sentence()};
    }
    if (start.page == Page::rules) app.game().show_rules();
    app.shell().go({Shell::Destination::Page::game, start.game, std::nullopt});
    return std::nullopt;
}

int take_screenshot(Window &window, App &app, const GalleryOptions &options) {
    const auto draw = [&app](Frame &frame) { app.draw(frame); };
    window.settle(draw);
    const auto until = std::chrono::steady_clock::now() + picture_patience;
    const auto wait_while = [&](auto &&waiting) {
        while (waiting() && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            window.step(draw);
        }
    };
    wait_while([&] { return app.plugins().busy(); });
    if (options.start.hint) {
        if (auto asked = app.game().controller().request_hint(app.shell().now()); !asked)
            return tell(failed, asked.sentence());
        wait_while([&] { return !app.game().state().hint; });
    }
    if (options.start.evaluation) {
        const auto enough = std::chrono::steady_clock::now() + std::chrono::milliseconds(1500);
        wait_while([&] { return !app.game().state().evaluation || std::chrono::steady_clock::now() < enough; });
    }
    window.settle(draw);
    if (const auto problem = window.screenshot(options.screenshot)) return tell(failed, *problem);
    return 0;
}

} // namespace

int run_gallery(Registry &registry, const GalleryOptions &options) {
    const host::Settings chosen = options.settings != nullptr ? options.settings->values() : host::Settings{};
    const std::string theme = options.theme.empty() ? chosen.theme : options.theme;
    const auto theme_name = parse_theme_name(theme);
    if (!theme_name) return tell(usage, "There is no theme \"" + theme + "\"; choose dark, light or high-contrast.");
    const std::string renderer = options.render.empty() ? chosen.render : options.render;
    const auto render = parse_render_mode(renderer);
    if (!render) return tell(usage, "There is no renderer \"" + renderer + "\"; choose auto, gpu or software.");
    WindowOptions wanted;
    wanted.width = options.width > 0 ? options.width : static_cast<int>(chosen.window_width);
    wanted.height = options.height > 0 ? options.height : static_cast<int>(chosen.window_height);
    wanted.render = *render;
    wanted.theme = *theme_name;
    wanted.scale = options.scale > 0 ? options.scale : static_cast<float>(chosen.scale);
    wanted.fullscreen = options.fullscreen || chosen.fullscreen;
    wanted.reduced_motion = options.reduced_motion;
    wanted.offscreen = wanted.deterministic = !options.screenshot.empty();
    std::string error;
    const auto window = Window::create(wanted, error);
    if (!window) return tell(no_window, error);

    App app(registry, *window, options.store);
    Shell &shell = app.shell();
    shell.program = options.program;
    shell.settings = settings_from(chosen);
    shell.settings.theme = *theme_name;
    if (options.scale > 0) shell.settings.scale = options.scale;
    if (options.reduced_motion) shell.settings.motion = Motion::off;
    shell.keep_settings_in(options.settings);
    shell.apply_settings();
    if (options.seed != 0) shell.set_seed(options.seed);
    if (options.store != nullptr) shell.say(options.store->notice(), Role::warn);
    if (const auto problem = open_start(app, options.start)) return tell(problem->first, problem->second);
    if (!options.screenshot.empty()) return take_screenshot(*window, app, options);
    app.watch_plugins();
    window->run([&app](Frame &frame) { app.draw(frame); });
    return 0;
}

} // namespace parlour::host::ui
