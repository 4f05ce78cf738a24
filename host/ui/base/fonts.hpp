#pragma once
// The fonts of the window: Inter in three weights, symbols from DejaVu Sans, baked by FreeType.
//
// Text is drawn at the sizes baked here only, so it stays sharp; pieces and numbers of any size go through
// Canvas::text_fit, which takes the nearest larger baked size.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "host/ui/base/geometry.hpp"

namespace parlour::host::ui {

/// Text by its place on the page, with its line height in design pixels (an em is about 5/6 of it).
enum class FontRole : std::uint8_t {
    small,   ///< 14, regular: captions, coordinates, badges
    body,    ///< 16, regular: running text
    medium,  ///< 16, medium: buttons, rows
    strong,  ///< 16, semibold: names
    heading, ///< 20, semibold: card titles, dialog titles
    title,   ///< 30, semibold: page titles
    number,  ///< 24, semibold: clocks, scores
    code,    ///< 13, of one width: what programs print
    count_
};

inline constexpr std::size_t font_role_count = static_cast<std::size_t>(FontRole::count_);

/// The fonts and the soft-shadow picture baked into one atlas. Pointers belong to the ImGui atlas.
class Fonts {
public:
    /// Clears `atlas` and bakes everything for `scale` (real pixels per design pixel). [main], between frames.
    /// Never fails: without Inter it takes DejaVu Sans, without that ImGui's built-in font.
    void build(ImFontAtlas &atlas, float scale);

    [[nodiscard]] ImFont *operator[](FontRole role) const { return roles_[static_cast<std::size_t>(role)]; }

    /// The baked face with letters, digits and board symbols whose size is the nearest not below `pixels`
    /// (the largest if there is none).
    [[nodiscard]] ImFont *piece_font(float pixels) const;

    /// The blurred corner of a shadow in the atlas: nothing at `uv_outer`, full at `uv_inner`.
    struct Shadow {
        Vec2 uv_outer, uv_inner;
    };
    [[nodiscard]] const Shadow &shadow() const { return shadow_; }

    /// The family that was found: "Inter", "DejaVu Sans" or "built-in".
    [[nodiscard]] const std::string &family() const { return family_; }

private:
    std::array<ImFont *, font_role_count> roles_{};
    std::vector<ImFont *> piece_fonts_;
    Shadow shadow_;
    std::string family_;
};

/// Path of the file with that family and weight (100..900, Inter's own names), by fontconfig, else from a fixed
/// list of the usual places; empty when it is not installed. [main]
[[nodiscard]] std::string find_font(const std::string &family, int weight);

} // namespace parlour::host::ui
