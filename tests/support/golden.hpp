#pragma once
// Comparing a picture with the one kept in the tree.
//
// Tolerant on purpose: another version of FreeType or of the C library may move an edge by a hair. A golden is taken
// anew with PARLOUR_UPDATE_GOLDEN=1 in the environment; look at it before committing it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "host/ui/base/image.hpp"

namespace parlour::test {

/// How far two pictures of equal size are apart.
struct PictureDifference {
    double mean = 0;           ///< of all channels, 0..255
    std::size_t differing = 0; ///< pixels with a channel off by more than 8
    std::size_t pixels = 0;

    /// Share of the pixels that visibly differ, 0..1.
    [[nodiscard]] double share() const {
        return pixels ? static_cast<double>(differing) / static_cast<double>(pixels) : 0.0;
    }
};

/// Both pictures must have the same size.
[[nodiscard]] inline PictureDifference difference(const host::ui::Image &a, const host::ui::Image &b) {
    PictureDifference result;
    result.pixels = std::min(a.pixels.size(), b.pixels.size());
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < result.pixels; ++i) {
        int worst = 0;
        for (unsigned shift = 0; shift < 24; shift += 8) {
            const int x = static_cast<int>((a.pixels[i] >> shift) & 255u),
                      y = static_cast<int>((b.pixels[i] >> shift) & 255u);
            sum += static_cast<std::uint64_t>(std::abs(x - y));
            worst = std::max(worst, std::abs(x - y));
        }
        if (worst > 8) ++result.differing;
    }
    if (result.pixels) result.mean = static_cast<double>(sum) / (3.0 * static_cast<double>(result.pixels));
    return result;
}

/// Compares `picture` with `folder`/`name`.png. Returns an empty text when they agree, else what is wrong; the
/// picture is then kept beside the tests' output as `name`.actual.png so that one can look at it. `allowed_share`:
/// pixels that may visibly differ; `allowed_mean`: mean difference of a channel.
[[nodiscard]] inline std::string compare_with_golden(const host::ui::Image &picture, const std::string &folder,
                                                     const std::string &name, double allowed_share = 0.004,
                                                     double allowed_mean = 0.4) {
    const std::string golden_path = folder + "/" + name + ".png";
    const char *update = std::getenv("PARLOUR_UPDATE_GOLDEN");
    if (update && std::string(update) == "1") {
        std::error_code ignored;
        std::filesystem::create_directories(folder, ignored);
        const auto error = host::ui::save_png(picture, golden_path);
        return error.value_or("");
    }
    host::ui::Image golden;
    const auto error = host::ui::load_image(golden_path, golden);
    std::string complaint;
    if (error) {
        complaint = *error + " Run once with PARLOUR_UPDATE_GOLDEN=1 to make it.";
    } else if (golden.width != picture.width || golden.height != picture.height) {
        complaint = name + " is " + std::to_string(picture.width) + "x" + std::to_string(picture.height) +
                    ", the golden picture " + std::to_string(golden.width) + "x" + std::to_string(golden.height) +
                    ".";
    } else {
        const PictureDifference d = difference(golden, picture);
        if (d.share() <= allowed_share && d.mean <= allowed_mean) return "";
        complaint = name + " differs from the golden picture: " + std::to_string(d.differing) + " of " +
                    std::to_string(d.pixels) + " pixels, mean difference " + std::to_string(d.mean) + " of 255.";
    }
    const std::string kept = (std::filesystem::temp_directory_path() / (name + ".actual.png")).string();
    if (!picture.empty() && !host::ui::save_png(picture, kept)) complaint += " The picture is kept at " + kept + ".";
    return complaint;
}

} // namespace parlour::test
