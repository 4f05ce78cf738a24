// The rasteriser: every pixel once, nothing outside, the same bytes each time.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "host/ui/base/geometry.hpp"
#include "host/ui/base/raster.hpp"

namespace parlour::host::ui {
namespace {

/// A picture and one draw list to fill it with; no ImGui context is needed.
class RasterTest : public ::testing::Test {
protected:
    static constexpr int width = 64, height = 48;

    void triangle(Vec2 a, Vec2 b, Vec2 c, Color color) {
        for (const Vec2 &p : {a, b, c}) vertex(p, {0, 0}, color);
        const auto base = static_cast<ImDrawIdx>(list_.VtxBuffer.Size - 3);
        for (const int i : {0, 1, 2}) list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(base + i));
    }

    void quad(Vec2 min, Vec2 max, Color color, Vec2 uv_min = {0, 0}, Vec2 uv_max = {0, 0}) {
        vertex(min, uv_min, color);
        vertex({max.x, min.y}, {uv_max.x, uv_min.y}, color);
        vertex(max, uv_max, color);
        vertex({min.x, max.y}, {uv_min.x, uv_max.y}, color);
        const auto base = static_cast<ImDrawIdx>(list_.VtxBuffer.Size - 4);
        for (const int i : {0, 1, 2, 0, 2, 3}) list_.IdxBuffer.push_back(static_cast<ImDrawIdx>(base + i));
    }

    /// Changes the colour of one corner of the triangle added last.
    void recolor_last(int corner, Color color) { list_.VtxBuffer[list_.VtxBuffer.Size - 3 + corner].col = color; }

    const std::vector<std::uint32_t> &draw(const RasterTexture *texture = nullptr,
                                           ImVec4 clip = {0, 0, width, height}) {
        ImDrawCmd command;
        command.ClipRect = clip;
        // ImGui's texture ids are mutable pointers; the rasteriser only reads.
        command.TextureId = const_cast<RasterTexture *>(texture);
        command.ElemCount = static_cast<unsigned>(list_.IdxBuffer.Size);
        list_.CmdBuffer.clear();
        list_.CmdBuffer.push_back(command);
        ImDrawList *lists[] = {&list_};
        ImDrawData data;
        data.Valid = true;
        data.CmdLists = lists;
        data.CmdListsCount = 1;
        data.DisplaySize = {width, height};
        pixels_.assign(static_cast<std::size_t>(width * height), 0xff000000u);
        rasterise(data, {pixels_.data(), width, height, width});
        return pixels_;
    }

    [[nodiscard]] std::uint32_t at(int x, int y) const { return pixels_[static_cast<std::size_t>(y * width + x)]; }

    void start_over() {
        list_.VtxBuffer.clear();
        list_.IdxBuffer.clear();
    }

private:
    void vertex(Vec2 p, Vec2 uv, Color color) {
        ImDrawVert v;
        v.pos = p;
        v.uv = uv;
        v.col = color;
        list_.VtxBuffer.push_back(v);
    }

    ImDrawList list_{nullptr};
    std::vector<std::uint32_t> pixels_;
};

constexpr Color white = IM_COL32(255, 255, 255, 255);

TEST_F(RasterTest, ARectangleCoversThePixelsWhoseCentresItHolds) {
    quad({2.5f, 3.0f}, {6.5f, 5.0f}, white);
    draw();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool inside = x >= 2 && x < 6 && y >= 3 && y < 5;
            ASSERT_EQ(at(x, y), inside ? 0xffffffffu : 0xff000000u) << x << "," << y;
        }
    }
}

TEST_F(RasterTest, ColoursLandInTheirChannels) {
    quad({0, 0}, {1, 1}, IM_COL32(10, 20, 30, 255));
    draw();
    EXPECT_EQ(at(0, 0), 0xff0a141eu);
}

TEST_F(RasterTest, ATranslucentColourMixesWithWhatIsBelow) {
    quad({0, 0}, {4, 4}, IM_COL32(255, 0, 0, 128));
    draw();
    const int red_channel = static_cast<int>((at(1, 1) >> 16) & 255u);
    EXPECT_NEAR(red_channel, 128, 1);
}

// A fan of translucent triangles over a polygon: a pixel drawn twice would be brighter, a missed one dark.
TEST_F(RasterTest, NeighbouringTrianglesCoverEveryPixelExactlyOnce) {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> jitter(-0.45f, 0.45f);
    for (int round = 0; round < 60; ++round) {
        start_over();
        const Vec2 middle(32 + 5 * jitter(random), 24 + 5 * jitter(random));
        std::array<Vec2, 9> rim;
        for (std::size_t i = 0; i < rim.size(); ++i) {
            const float angle = static_cast<float>(i) * 6.2831853f / static_cast<float>(rim.size());
            rim[i] = {32 + 20 * std::cos(angle) + jitter(random), 24 + 18 * std::sin(angle) + jitter(random)};
        }
        for (std::size_t i = 0; i < rim.size(); ++i) {
            // Both windings, to show that it does not matter.
            if (i % 2)
                triangle(middle, rim[i], rim[(i + 1) % rim.size()], IM_COL32(255, 255, 255, 100));
            else
                triangle(rim[(i + 1) % rim.size()], rim[i], middle, IM_COL32(255, 255, 255, 100));
        }
        draw();
        const std::uint32_t once = at(32, 24);
        ASSERT_NE(once, 0xff000000u);
        for (int y = 14; y < 34; ++y) {
            for (int x = 22; x < 42; ++x) ASSERT_EQ(at(x, y), once) << "round " << round << " at " << x << "," << y;
        }
    }
}

TEST_F(RasterTest, NothingIsDrawnOutsideTheClipRectangle) {
    triangle({-500, -500}, {900, -200}, {10, 900}, white);
    draw(nullptr, {10, 8, 20, 16});
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool outside = x < 10 || x >= 20 || y < 8 || y >= 16;
            ASSERT_EQ(at(x, y), outside ? 0xff000000u : 0xffffffffu) << x << "," << y;
        }
    }
}

TEST_F(RasterTest, AlphaChangesEvenlyOverATriangle) {
    const Color clear_white = IM_COL32(255, 255, 255, 0);
    triangle({0, 0}, {64, 0}, {0, 48}, clear_white);
    recolor_last(1, white);
    draw();
    for (int x = 0; x < 50; ++x) EXPECT_NEAR(static_cast<double>(at(x, 5) & 255u), (x + 0.5) / 64 * 255, 1.5) << x;
}

TEST_F(RasterTest, ColoursChangeEvenlyOverATriangle) {
    triangle({0, 0}, {64, 0}, {0, 48}, IM_COL32(200, 0, 40, 255));
    recolor_last(1, IM_COL32(0, 100, 40, 255));
    draw();
    for (int x = 0; x < 50; ++x) {
        const double part = (x + 0.5) / 64;
        EXPECT_NEAR(static_cast<double>((at(x, 5) >> 16) & 255u), 200 * (1 - part), 1.5) << x;
        EXPECT_NEAR(static_cast<double>((at(x, 5) >> 8) & 255u), 100 * part, 1.5) << x;
        EXPECT_EQ(at(x, 5) & 255u, 40u);
    }
}

TEST_F(RasterTest, AnUnscaledGlyphIsCopiedTexelByTexel) {
    std::vector<std::uint8_t> atlas(16 * 16);
    for (std::size_t i = 0; i < atlas.size(); ++i) atlas[i] = static_cast<std::uint8_t>(i);
    const RasterTexture texture{RasterTexture::Format::alpha8, 16, 16, atlas.data()};
    quad({5, 6}, {9, 10}, white, {4.0f / 16, 8.0f / 16}, {8.0f / 16, 12.0f / 16});
    draw(&texture);
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
            const int expected = atlas[static_cast<std::size_t>((8 + y) * 16 + 4 + x)];
            EXPECT_NEAR(static_cast<int>(at(5 + x, 6 + y) & 255u), expected, 1);
        }
    }
}

TEST_F(RasterTest, AStretchedTextureIsSmooth) {
    const std::vector<std::uint8_t> atlas{0, 255, 0, 255};
    const RasterTexture texture{RasterTexture::Format::alpha8, 2, 2, atlas.data()};
    quad({0, 0}, {64, 48}, white, {0.25f, 0.25f}, {0.75f, 0.75f});
    draw(&texture);
    int before = -1;
    for (int x = 0; x < width; ++x) {
        const int value = static_cast<int>(at(x, 20) & 255u);
        EXPECT_GE(value, before);
        EXPECT_NEAR(value, (static_cast<double>(x) + 0.5) / 64 * 255, 4);
        before = value;
    }
}

TEST_F(RasterTest, APictureKeepsItsColours) {
    const std::vector<std::uint32_t> picture{0xffff0000u, 0xff00ff00u, 0xff0000ffu, 0x00ffffffu};
    const RasterTexture texture{RasterTexture::Format::argb32, 2, 2, picture.data()};
    quad({0, 0}, {64, 48}, white, {0, 0}, {1, 1});
    draw(&texture);
    EXPECT_EQ(at(2, 2), 0xffff0000u);
    EXPECT_EQ(at(61, 2), 0xff00ff00u);
    EXPECT_EQ(at(2, 45), 0xff0000ffu);
    EXPECT_EQ(at(62, 46), 0xff000000u);
}

TEST_F(RasterTest, AbsurdCoordinatesDoNoHarm) {
    const float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<std::uint8_t> atlas(64, 200);
    const RasterTexture texture{RasterTexture::Format::alpha8, 8, 8, atlas.data()};
    std::mt19937 random(3);
    std::uniform_real_distribution<float> far(-40000, 40000), thin(-0.01f, 0.01f);
    triangle({nan, 1}, {5, infinity}, {-infinity, 9}, white);
    triangle({1e30f, -1e30f}, {3, 3}, {-1e30f, 1e30f}, IM_COL32(1, 2, 3, 4));
    quad({nan, nan}, {infinity, infinity}, white);
    for (int i = 0; i < 500; ++i) {
        triangle({far(random), far(random)}, {far(random), far(random)}, {far(random), far(random)},
                 static_cast<Color>(0x80000000u + random() % 0xffffffu));
        // Slivers whose area is next to nothing.
        const Vec2 a(far(random) * 0.001f, far(random) * 0.001f), b(far(random), far(random));
        triangle(a, b, {b.x + thin(random), b.y + thin(random)}, 0xffffffffu);
        quad(a, {a.x + thin(random), a.y + 50}, white, {0, 0}, {1, 1});
    }
    draw(&texture);
    draw(nullptr, {-1e9f, -1e9f, 1e9f, 1e9f});
    SUCCEED();
}

TEST_F(RasterTest, TheSameDrawDataGiveTheSameBytesOnEveryMachine) {
    // Numbers from Knuth's linear congruential generator (MMIX): the same in every C++ library.
    std::uint64_t state = 42;
    const auto next = [&state] {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        return static_cast<std::uint32_t>(state >> 33);
    };
    const auto place = [&next] { return static_cast<float>(next() % 20480) / 256.0f - 8.0f; };
    for (int i = 0; i < 200; ++i) {
        const Vec2 a(place(), place()), b(place(), place()), c(place(), place());
        triangle(a, b, c, next());
        recolor_last(1, next());
        recolor_last(2, next());
    }
    const auto first = draw();
    EXPECT_EQ(first, draw());
    std::uint64_t digest = 1469598103934665603ull; // FNV-1a over the pixels
    for (const std::uint32_t pixel : first) digest = (digest ^ pixel) * 1099511628211ull;
    EXPECT_EQ(digest, 4866935873898576471ull);
}

} // namespace
} // namespace parlour::host::ui
