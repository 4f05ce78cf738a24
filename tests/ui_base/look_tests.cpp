// Colours, themes, fonts, pictures and rectangles.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "host/ui/base/canvas.hpp"
#include "host/ui/base/fonts.hpp"
#include "host/ui/base/image.hpp"
#include "host/ui/base/presenter.hpp"
#include "host/ui/base/theme.hpp"

namespace parlour::host::ui {
namespace {

TEST(Rectangles, CutsTakeTheirPieceAndLeaveTheRest) {
    Rect r{10, 20, 100, 50};
    EXPECT_EQ(r.cut_left(30, 5), (Rect{10, 20, 30, 50}));
    EXPECT_EQ(r, (Rect{45, 20, 65, 50}));
    EXPECT_EQ(r.cut_bottom(10), (Rect{45, 60, 65, 10}));
    EXPECT_EQ(r.cut_right(1000).w, 65) << "never more than there is";
    EXPECT_EQ(r.w, 0);
}

TEST(Colours, MixingEndsExactlyAtBothColours) {
    const Color a = rgb(0x123456), b = rgba(0xfedcba40);
    EXPECT_EQ(mix(a, b, 0), a);
    EXPECT_EQ(mix(a, b, 1), b);
    EXPECT_EQ(alpha(faded(a, 0.5f)), 128u);
}

TEST(Colours, InkIsMovedOnlyAsFarAsReadingNeeds) {
    const Color page = rgb(0xf3f4f8), yellow = rgb(0xf2c233), brown = rgb(0x5a3a20);
    ASSERT_LT(contrast(page, yellow), 3);
    EXPECT_GE(contrast(page, legible_on(page, yellow)), 3);
    EXPECT_GT(red(legible_on(page, yellow)), blue(legible_on(page, yellow))) << "it stays yellowish";
    EXPECT_EQ(legible_on(page, brown), brown) << "what can be read is left alone";
    EXPECT_GE(contrast(rgb(0x12151c), legible_on(rgb(0x12151c), rgb(0x23262e))), 3);
    for (std::uint32_t grey = 0; grey < 256; grey += 5) {
        const Color ground = rgb(grey * 0x10101);
        EXPECT_GE(contrast(ground, legible_on(ground, ground)), 3) << grey;
    }
}

TEST(Themes, AnEmptyHoleIsDarkInEveryTheme) {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light, ThemeName::high_contrast}) {
        const Theme t = make_theme(name, 1);
        for (const Color plate : {t[Role::board_frame], rgb(0x8d6a4d), rgb(0xe9dcc3)})
            EXPECT_GE(contrast(plate, hole_in(t, plate)), 1.8f) << theme_name_text(name);
        EXPECT_LT(luminance(hole_in(t, t[Role::board_frame])), luminance(t[Role::board_frame]));
    }
}

TEST(Themes, NamesRoundTrip) {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light, ThemeName::high_contrast})
        EXPECT_EQ(parse_theme_name(theme_name_text(name)), name);
    EXPECT_FALSE(parse_theme_name("mauve"));
    EXPECT_FALSE(parse_render_mode("opengl"));
    EXPECT_EQ(parse_render_mode("software"), RenderMode::software);
}

TEST(Themes, EveryRoleHasAColourInEveryTheme) {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light, ThemeName::high_contrast}) {
        const Theme theme = make_theme(name, 1);
        for (std::size_t i = 0; i < role_count; ++i) EXPECT_NE(alpha(theme.colors[i]), 0u) << i;
    }
}

TEST(Themes, TextReadsOnEveryPlate) {
    for (const ThemeName name : {ThemeName::dark, ThemeName::light, ThemeName::high_contrast}) {
        const Theme t = make_theme(name, 1);
        for (const Role plate :
             {Role::background, Role::panel, Role::panel_inset, Role::card, Role::card_hover, Role::control}) {
            EXPECT_GE(contrast(t[Role::text], t[plate]), 7.0f)
                << theme_name_text(name) << " " << static_cast<int>(plate);
            EXPECT_GE(contrast(t[Role::text_dim], t[plate]), 4.5f)
                << theme_name_text(name) << " " << static_cast<int>(plate);
        }
        EXPECT_GE(contrast(t[Role::accent_text], t[Role::accent]), 4.5f) << theme_name_text(name);
        EXPECT_GE(contrast(t[Role::tooltip_text], t[Role::tooltip]), 7.0f) << theme_name_text(name);
    }
}

// Colour alone need not tell all eight players apart (the shape cue does), but neighbours must differ to any eye:
// simulated with the matrices of Viénot, Brettel and Mollon (1999) in linear light.
TEST(Themes, NeighbouringPlayersDifferForRedAndGreenBlindEyes) {
    struct Matrix {
        float m[3][3];
    };
    const Matrix protan{{{0.11238f, 0.88762f, 0}, {0.11238f, 0.88762f, 0}, {0.00401f, -0.00401f, 1}}};
    const Matrix deutan{{{0.29275f, 0.70725f, 0}, {0.29275f, 0.70725f, 0}, {-0.02234f, 0.02234f, 1}}};
    const auto seen = [](const Matrix &matrix, Color c) {
        const float linear[3] = {std::pow(static_cast<float>(red(c)) / 255, 2.2f),
                                 std::pow(static_cast<float>(green(c)) / 255, 2.2f),
                                 std::pow(static_cast<float>(blue(c)) / 255, 2.2f)};
        std::array<float, 3> out{};
        for (std::size_t i = 0; i < 3; ++i) {
            float sum = 0;
            for (std::size_t k = 0; k < 3; ++k) sum += matrix.m[i][k] * linear[k];
            out[i] = std::pow(std::max(0.0f, sum), 1 / 2.2f) * 255;
        }
        return out;
    };
    const Theme t = make_theme(ThemeName::dark, 1);
    for (const Matrix &matrix : {protan, deutan}) {
        for (std::size_t i = 0; i + 1 < player_color_count; ++i) {
            const auto a = seen(matrix, t.player(i)), b = seen(matrix, t.player(i + 1));
            const float distance = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            EXPECT_GE(distance, 30) << "players " << i << " and " << i + 1;
        }
    }
}

class ScaleChoice : public ::testing::Test {
protected:
    void SetUp() override {
        unsetenv("GDK_SCALE");
        unsetenv("QT_SCALE_FACTOR");
    }
    void TearDown() override { SetUp(); }
};

TEST_F(ScaleChoice, ThePersonsWishBeatsTheSystem) {
    setenv("GDK_SCALE", "2", 1);
    EXPECT_EQ(choose_scale(1.5f, 192, 300), 1.5f);
    EXPECT_EQ(choose_scale(0, 96, 96), 2.0f);
    unsetenv("GDK_SCALE");
    setenv("QT_SCALE_FACTOR", "1.25", 1);
    EXPECT_EQ(choose_scale(0, 96, 96), 1.25f);
}

TEST_F(ScaleChoice, TheDesktopBeatsTheMonitorAndNonsenseIsOne) {
    EXPECT_EQ(choose_scale(0, 144, 300), 1.5f);
    EXPECT_EQ(choose_scale(0, 0, 157), 1.5f);
    EXPECT_EQ(choose_scale(0, 0, 75), 1.0f);
    EXPECT_EQ(choose_scale(0, 0, 0), 1.0f);
    setenv("GDK_SCALE", "wide", 1);
    EXPECT_EQ(choose_scale(0, -5, NAN), 1.0f);
    EXPECT_EQ(choose_scale(1000, 0, 0), 4.0f);
}

TEST(FontAtlas, HasTheSymbolsBoardsNeedAtEveryScale) {
    for (const float scale : {1.0f, 1.5f, 2.0f}) {
        ImFontAtlas atlas;
        Fonts fonts;
        fonts.build(atlas, scale);
        if (fonts.family() == "built-in") GTEST_SKIP() << "neither Inter nor DejaVu Sans is installed";
        for (const unsigned code : {0x41u, 0xe9u, 0x416u, 0x3a9u, 0x2192u, 0x2026u}) {
            const auto glyph = static_cast<ImWchar>(code);
            EXPECT_NE(fonts[FontRole::body]->FindGlyphNoFallback(glyph), nullptr) << code;
        }
        if (!find_font("DejaVu Sans", 400).empty()) {
            for (const unsigned code : {0x2654u, 0x265fu, 0x2660u, 0x2666u, 0x2680u, 0x2605u, 0x2691u})
                EXPECT_NE(fonts.piece_font(40)->FindGlyphNoFallback(static_cast<ImWchar>(code)), nullptr) << code;
        }
        EXPECT_GE(fonts.piece_font(30 * scale)->FontSize + 0.5f, 30 * scale);
        EXPECT_GT(fonts.piece_font(100000)->FontSize, 0);
        EXPECT_NE(fonts.shadow().uv_inner.x, fonts.shadow().uv_outer.x);
    }
}

TEST(Pictures, AreWrittenAndReadBackExactly) {
    Image image{3, 2, {0xff102030u, 0xffffffffu, 0xff000000u, 0xff0000ffu, 0xff00ff00u, 0xffff0000u}};
    const std::string path = (std::filesystem::temp_directory_path() / "parlour_picture_test.png").string();
    ASSERT_FALSE(save_png(image, path));
    Image again;
    ASSERT_FALSE(load_image(path, again));
    EXPECT_EQ(again.width, 3);
    EXPECT_EQ(again.pixels, image.pixels);
    std::filesystem::remove(path);
}

TEST(Pictures, FailuresAreSentencesAndLeaveNothingBehind) {
    const Image image{1, 1, {0xffffffffu}};
    const auto where = save_png(image, "/nowhere/at/all.png");
    ASSERT_TRUE(where);
    EXPECT_NE(where->find("/nowhere/at/all.png"), std::string::npos);
    EXPECT_EQ(where->back(), '.');
    EXPECT_TRUE(save_png(Image{}, "x.png"));
    Image kept{1, 1, {7}};
    const std::string path = (std::filesystem::temp_directory_path() / "parlour_no_picture.png").string();
    std::ofstream(path) << "this is not a picture";
    EXPECT_TRUE(load_image(path, kept));
    EXPECT_EQ(kept.pixels.front(), 7u);
    std::filesystem::remove(path);
}

} // namespace
} // namespace parlour::host::ui
