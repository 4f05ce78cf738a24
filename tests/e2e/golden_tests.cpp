// Pictures of every screen against those in golden/, drawn by the program's own --screenshot way.
#include <cstdlib>
#include <ostream>

#include "host/ui/base/fonts.hpp"
#include "host/ui/gallery_app.hpp"
#include "tests/e2e/driver.hpp"
#include "tests/support/golden.hpp"

namespace parlour::test {
namespace {

struct Row {
    std::string name;
    StartScreen start;
    std::string theme = "dark";
    int width = 1280, height = 800;
    float scale = 1;
};

void PrintTo(const Row &row, std::ostream *out) {
    *out << row.name;
}

StartScreen game(const std::string &id, std::size_t random_moves, std::size_t players) {
    StartScreen start;
    start.page = StartScreen::Page::game;
    start.game = id;
    start.random_moves = random_moves;
    // Persons only: a picture does not wait for what an engine makes of its time.
    start.seats.assign(players, Seat::person());
    return start;
}

std::unique_ptr<Registry> open_registry() {
    RegistryOptions options;
    options.search_path = {PARLOUR_PLUGIN_DIR};
    auto registry = std::make_unique<Registry>(std::move(options));
    registry->rescan();
    return registry;
}

std::vector<Row> rows() {
    StartScreen new_game;
    new_game.page = StartScreen::Page::new_game;
    new_game.game = "reversi";
    std::vector<Row> all{{"gallery", {}},
                         {"gallery_light_small", {}, "light", 900, 640},
                         {"gallery_contrast", {}, "high-contrast", 900, 640},
                         {"new_game", new_game},
                         {"game_light", game("reversi", 20, 2), "light", 900, 640},
                         {"game_double", game("draughts", 30, 2), "dark", 1800, 1280, 2},
                         {"game_over", game("tic_tac_toe", 9, 2), "dark", 900, 640}};
    const auto registry = open_registry();
    for (const GameEntry &entry : registry->games()) {
        if (entry.id.find(':') == std::string::npos) // scripts are tested on their own
            all.push_back({"game_" + entry.id, game(entry.id, 12, entry.players_min)});
    }
    return all;
}

class Picture : public ::testing::TestWithParam<Row> {};

TEST_P(Picture, LooksAsItDid) {
    if (find_font("Inter", 400).empty())
        GTEST_SKIP() << "the golden pictures are set in Inter, which is not installed";
    unsetenv("XDG_DATA_HOME");
    const Row &row = GetParam();
    const auto registry = open_registry();
    GalleryOptions options;
    options.start = row.start;
    options.theme = row.theme;
    options.width = row.width;
    options.height = row.height;
    options.scale = row.scale;
    options.seed = 7;
    const auto file = std::filesystem::temp_directory_path() / ("parlour-e2e-" + row.name + ".png");
    options.screenshot = file.string();
    ASSERT_EQ(run_gallery(*registry, options), 0);
    Image picture;
    const auto problem = load_image(file.string(), picture);
    std::filesystem::remove(file);
    ASSERT_FALSE(problem) << *problem;
    EXPECT_EQ(compare_with_golden(picture, PARLOUR_SOURCE_DIR "/tests/e2e/golden", row.name), "");
}

INSTANTIATE_TEST_SUITE_P(Screens, Picture, ::testing::ValuesIn(rows()),
                         [](const auto &each) { return each.param.name; });

} // namespace
} // namespace parlour::test
