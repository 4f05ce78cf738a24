// ui_base_demo [PAGE 0..2] [--light|--contrast] [--scale X] [--size WxH] [--render auto|software|gpu] [--screenshot
// FILE] Opens the demo page in a window, or draws it once into FILE without one.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/ui_base/demo_page.hpp"

int main(int argc, char **argv) {
    using namespace parlour::host::ui;
    WindowOptions options;
    parlour::test::DemoState state;
    std::string screenshot;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto value = [&] { return i + 1 < argc ? std::string(argv[++i]) : std::string(); };
        if (word == "--light")
            options.theme = ThemeName::light;
        else if (word == "--contrast")
            options.theme = ThemeName::high_contrast;
        else if (word == "--scale")
            options.scale = std::strtof(value().c_str(), nullptr);
        else if (word == "--size")
            std::sscanf(value().c_str(), "%dx%d", &options.width, &options.height);
        else if (word == "--render")
            options.render = parse_render_mode(value()).value_or(RenderMode::automatic);
        else if (word == "--screenshot")
            screenshot = value();
        else if (word == "--dialog")
            state.dialog = true;
        else
            state.page = std::atoi(word.c_str());
    }
    options.offscreen = options.deterministic = !screenshot.empty();
    std::string error;
    const auto window = Window::create(options, error);
    if (!window) {
        std::fprintf(stderr, "%s\n", error.c_str());
        return 1;
    }
    const auto draw = [&state](Frame &frame) { parlour::test::draw_demo(frame, state); };
    if (screenshot.empty()) {
        window->run(draw);
        std::printf("%s, %llu frames, last %.1f ms\n", window->presenter().name().c_str(),
                    static_cast<unsigned long long>(window->frame_count()), window->last_frame_milliseconds());
        return 0;
    }
    window->settle(draw);
    if (const auto reason = window->screenshot(screenshot)) {
        std::fprintf(stderr, "%s\n", reason->c_str());
        return 1;
    }
    return 0;
}
