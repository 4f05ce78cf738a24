// The demo page in its themes and sizes against the pictures in golden/.
#include <gtest/gtest.h>

#include <cstdlib>
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
