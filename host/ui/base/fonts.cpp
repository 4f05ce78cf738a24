#include "host/ui/base/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <imgui_freetype.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace parlour::host::ui {
namespace {

// Inclusive ranges, ended by 0. Text faces cover what running text in European languages needs; every glyph costs
// start-up time, so faces for headings and numbers cover less.
constexpr ImWchar text_ranges[] = {0x0020, 0x024F, // Latin with Extended-A and -B
                                   0x0370, 0x03FF, // Greek
                                   0x0400, 0x052F, // Cyrillic
                                   0x1E9E, 0x1E9E, // capital sharp s
                                   0x2010, 0x205E, // punctuation
                                   0x2070, 0x209C, // superscripts and subscripts
                                   0x20A0, 0x20BF, // currency
                                   0x2116, 0x2116, 0x2122,
                                   0x2122, 0x2150, 0x215E, // number sign, trade mark, fractions
                                   0x2190, 0x21FF,         // arrows
                                   0x2200, 0x22FF,         // mathematics
                                   0xFFFD, 0xFFFD, 0};
constexpr ImWchar code_ranges[] = {0x0020, 0x017F, 0x2010, 0x2044, 0x2190, 0x2193, 0x2500, 0x25FF, 0xFFFD, 0xFFFD, 0};
constexpr ImWchar large_ranges[] = {0x0020, 0x017F, 0x0370, 0x03FF, 0x0400, 0x045F,
                                    0x2010, 0x2044, 0x2190, 0x2193, 0};
// What Inter lacks: box drawing, geometric shapes, stars, chess, card suits, dice, ticks.
constexpr ImWchar symbol_ranges[] = {0x2190, 0x21FF, 0x2500, 0x25FF, 0x2600, 0x2606, 0x2610, 0x2612, 0x2654,
                                     0x2667, 0x2680, 0x2691, 0x2713, 0x2718, 0x27A1, 0x27A1, 0};
constexpr ImWchar large_symbol_ranges[] = {0x25A0, 0x25FF, 0x2605, 0x2606, 0x2654, 0x2667,
                                           0x2680, 0x2685, 0x2713, 0x2718, 0};
constexpr ImWchar piece_ranges[] = {0x0020, 0x00FF, 0x2012, 0x2014, 0x2190, 0x2193, 0};
constexpr ImWchar piece_symbol_ranges[] = {0x21B6, 0x21BB, 0x25A0, 0x25A1, 0x25B2, 0x25B6, 0x25C6,
                                           0x25C7, 0x25CB, 0x25CF, 0x2605, 0x2606, 0x2654, 0x2667,
                                           0x2680, 0x2685, 0x2691, 0x2691, 0};

struct RoleFace {
    FontRole role;
    float height; ///< line height in design pixels
    int weight;
    bool large;
};
constexpr RoleFace role_faces[] = {
    {FontRole::small, 14, 400, false}, {FontRole::body, 16, 400, false},   {FontRole::medium, 16, 500, false},
    {FontRole::strong, 16, 600, true}, {FontRole::heading, 20, 600, true}, {FontRole::title, 30, 600, true},
    {FontRole::number, 24, 600, true},
};
constexpr float code_height = 13;
constexpr float piece_heights[] = {20, 32, 52, 84};

constexpr int shadow_texels = 32;

std::vector<char> read_file(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A font file kept in memory while the atlas is being baked (the atlas does not own it).
struct Face {
    std::vector<char> bytes;

    [[nodiscard]] bool usable() const {
        // TrueType, OpenType/CFF or a collection: anything else would make the whole bake fail.
        if (bytes.size() < 1024) return false;
        static constexpr const char *signatures[] = {"\x00\x01\x00\x00", "OTTO", "true", "ttcf"};
        for (const char *signature : signatures) {
            if (std::memcmp(bytes.data(), signature, 4) == 0) return true;
        }
        return false;
    }
};

ImFont *add(ImFontAtlas &atlas, Face &face, float pixels, const ImWchar *ranges, bool merge) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.MergeMode = merge;
    config.OversampleH = config.OversampleV = 1;
    config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    return atlas.AddFontFromMemoryTTF(face.bytes.data(), static_cast<int>(face.bytes.size()), pixels, &config,
                                      ranges);
}

/// Rising from 0 to 255 over 0..steps, flat at both ends (3t^2 - 2t^3), in integers.
int smooth_step(int t, int steps) {
    return 255 * t * t * (3 * steps - 2 * t) / (steps * steps * steps);
}

std::string from_fontconfig(const std::string &family, int weight) {
    FcPattern *wanted = FcPatternCreate();
    if (!wanted) return {};
    FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8 *>(family.c_str()));
    FcPatternAddInteger(wanted, FC_WEIGHT, FcWeightFromOpenType(weight));
    FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
    FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    FcResult result = FcResultNoMatch;
    FcPattern *match = FcFontMatch(nullptr, wanted, &result);
    std::string path;
    FcChar8 *found_family = nullptr, *file = nullptr;
    if (match && FcPatternGetString(match, FC_FAMILY, 0, &found_family) == FcResultMatch &&
        FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch &&
        family == reinterpret_cast<const char *>(found_family)) {
        path = reinterpret_cast<const char *>(file);
    }
    if (match) FcPatternDestroy(match);
    FcPatternDestroy(wanted);
    return path;
}

} // namespace

std::string find_font(const std::string &family, int weight) {
    // The usual places first: looking there is free, loading fontconfig's caches is not.
    const std::string name = weight >= 600 ? "SemiBold" : weight >= 500 ? "Medium" : "Regular";
    std::vector<std::string> places;
    if (family == "Inter") {
        for (const char *folder : {"/usr/share/fonts/opentype/inter/", "/usr/share/fonts/inter/",
                                   "/usr/share/fonts/OTF/", "/usr/local/share/fonts/"})
            places.push_back(folder + ("Inter-" + name) + ".otf");
    } else if (family == "DejaVu Sans" || family == "DejaVu Sans Mono") {
        const std::string base = family == "DejaVu Sans" ? "DejaVuSans" : "DejaVuSansMono";
        const std::string file = base + (weight >= 600 ? "-Bold.ttf" : ".ttf");
        for (const char *folder :
             {"/usr/share/fonts/truetype/dejavu/", "/usr/share/fonts/dejavu/", "/usr/share/fonts/TTF/"})
            places.push_back(folder + file);
    }
    std::error_code error;
    for (const std::string &place : places) {
        if (std::filesystem::is_regular_file(place, error)) return place;
    }
    return from_fontconfig(family, weight);
}

void Fonts::build(ImFontAtlas &atlas, float scale) {
    atlas.Clear();
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.Flags =
        ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoPowerOfTwoHeight;
    atlas.TexGlyphPadding = 1;
    atlas.TexDesiredWidth = scale > 1.5f ? 2048 : 1024;
    piece_fonts_.clear();

    Face regular{read_file(find_font("Inter", 400))}, medium{read_file(find_font("Inter", 500))};
    Face semibold{read_file(find_font("Inter", 600))};
    Face symbols{read_file(find_font("DejaVu Sans", 400))}, code{read_file(find_font("DejaVu Sans Mono", 400))};
    family_ = "Inter";
    if (!regular.usable()) {
        regular = symbols;
        medium = symbols;
        semibold = Face{read_file(find_font("DejaVu Sans", 600))};
        family_ = "DejaVu Sans";
    }
    if (!medium.usable()) medium = regular;
    if (!semibold.usable()) semibold = medium;
    if (!code.usable()) code = regular;

    const auto pixels = [scale](float height) { return std::floor(height * scale + 0.5f); };
    int shadow_id = atlas.AddCustomRectRegular(shadow_texels, shadow_texels);
    bool built = false;
    if (regular.usable()) {
        for (const RoleFace &face : role_faces) {
            Face &file = face.weight >= 600 ? semibold : face.weight >= 500 ? medium : regular;
            ImFont *font = add(atlas, file, pixels(face.height), face.large ? large_ranges : text_ranges, false);
            if (symbols.usable())
                add(atlas, symbols, pixels(face.height), face.large ? large_symbol_ranges : symbol_ranges, true);
            roles_[static_cast<std::size_t>(face.role)] = font;
        }
        roles_[static_cast<std::size_t>(FontRole::code)] = add(atlas, code, pixels(code_height), code_ranges, false);
        for (const float height : piece_heights) {
            piece_fonts_.push_back(add(atlas, semibold, pixels(height), piece_ranges, false));
            if (symbols.usable()) add(atlas, symbols, pixels(height), piece_symbol_ranges, true);
        }
        built = atlas.Build();
    }
    if (!built) {
        atlas.ClearInputData();
        atlas.ClearFonts();
        shadow_id = atlas.AddCustomRectRegular(shadow_texels, shadow_texels);
        family_ = "built-in";
        ImFontConfig config;
        config.SizePixels = pixels(13);
        roles_.fill(atlas.AddFontDefault(&config));
        piece_fonts_ = {roles_[0]};
        atlas.Build();
    }
    const ImFontAtlasCustomRect *place = atlas.GetCustomRectByIndex(shadow_id);
    if (place && place->IsPacked() && atlas.TexPixelsAlpha8) {
        for (int y = 0; y < shadow_texels; ++y) {
            for (int x = 0; x < shadow_texels; ++x) {
                const int value = smooth_step(x, shadow_texels - 1) * smooth_step(y, shadow_texels - 1) / 255;
                atlas.TexPixelsAlpha8[(place->Y + y) * atlas.TexWidth + place->X + x] =
                    static_cast<unsigned char>(value);
            }
        }
        const auto uv = [&](int x, int y) {
            return Vec2((static_cast<float>(x) + 0.5f) / static_cast<float>(atlas.TexWidth),
                        (static_cast<float>(y) + 0.5f) / static_cast<float>(atlas.TexHeight));
        };
        shadow_ = {uv(place->X, place->Y), uv(place->X + shadow_texels - 1, place->Y + shadow_texels - 1)};
    }
    // The font files go out of scope here; the atlas must not look at them again.
    atlas.ClearInputData();
}

ImFont *Fonts::piece_font(float pixels) const {
    for (ImFont *font : piece_fonts_) {
        if (font->FontSize + 0.5f >= pixels) return font;
    }
    return piece_fonts_.back();
}

} // namespace parlour::host::ui
