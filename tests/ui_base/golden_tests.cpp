// The demo page in its themes and sizes against the pictures in golden/.
#include <SDL.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>
#include <string>

#include "tests/support/golden.hpp"
#include "tests/ui_base/demo_page.hpp"

namespace parlour::host::ui {
namespace {

struct Row {
    const char *name;
    int page, width, height;
    float scale;
    ThemeName theme;
    bool dialog;
};

void PrintTo(const Row &row, std::ostream *out) {
    *out << row.name;
}

class Golden : public ::testing::TestWithParam<Row> {};

TEST_P(Golden, LooksAsItDid) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    const Row &row = GetParam();
    WindowOptions options;
    options.width = row.width;
    options.height = row.height;
    options.scale = row.scale;
    options.theme = row.theme;
    options.deterministic = true;
    std::string error;
    const auto window = Window::create(options, error);
    ASSERT_TRUE(window) << error;
    if (window->context().fonts.family() != "Inter")
        GTEST_SKIP() << "the golden pictures are set in Inter, which is not installed";
    test::DemoState state;
    state.page = row.page;
    state.dialog = row.dialog;
    window->settle([&state](Frame &frame) { test::draw_demo(frame, state); });
    EXPECT_EQ(test::compare_with_golden(window->capture(), PARLOUR_SOURCE_DIR "/tests/ui_base/golden", row.name), "");
}

// The first stop of the keyboard: its ring, and the tooltip that comes after a moment.
TEST(GoldenKeyboard, TheFocusShowsItsRingAndItsTip) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    WindowOptions options;
    options.width = 900;
    options.height = 640;
    options.scale = 1;
    options.deterministic = true;
    std::string error;
    const auto window = Window::create(options, error);
    ASSERT_TRUE(window) << error;
    if (window->context().fonts.family() != "Inter") GTEST_SKIP() << "Inter is not installed";
    test::DemoState state;
    const auto draw = [&state](Frame &frame) { test::draw_demo(frame, state); };
    window->settle(draw);
    for (const bool down : {true, false}) {
        SDL_Event event{};
        event.type = down ? SDL_KEYDOWN : SDL_KEYUP;
        event.key.keysym.sym = SDLK_TAB;
        SDL_PushEvent(&event);
    }
    for (int i = 0; i < 40; ++i) window->step(draw);
    EXPECT_EQ(test::compare_with_golden(window->capture(), PARLOUR_SOURCE_DIR "/tests/ui_base/golden", "keyboard"),
              "");
}

INSTANTIATE_TEST_SUITE_P(Pages, Golden,
                         ::testing::Values(Row{"widgets_dark", 0, 1280, 800, 1, ThemeName::dark, false},
                                           Row{"widgets_light", 0, 1280, 800, 1, ThemeName::light, false},
                                           Row{"widgets_contrast_small_dialog", 0, 900, 640, 1,
                                               ThemeName::high_contrast, true},
                                           Row{"widgets_dark_1.5x", 0, 1280, 900, 1.5f, ThemeName::dark, false},
                                           Row{"pieces_dark", 1, 1280, 800, 1, ThemeName::dark, false},
                                           Row{"pieces_light", 1, 1280, 800, 1, ThemeName::light, false},
                                           Row{"gallery_dark_small", 2, 900, 640, 1, ThemeName::dark, false}),
                         [](const auto &row) {
                             std::string name = row.param.name;
                             std::replace(name.begin(), name.end(), '.', '_');
                             return name;
                         });

} // namespace
} // namespace parlour::host::ui
