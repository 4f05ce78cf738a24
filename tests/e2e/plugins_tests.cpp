// The plugins page: a refused file is a row with its sentence; a file dropped in later is found by Rescan.
#include <algorithm>
#include <fstream>

#include "tests/e2e/driver.hpp"

namespace parlour::test {
namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder() : path(fs::temp_directory_path() / ("parlour-e2e-" + std::to_string(SDL_GetPerformanceCounter()))) {
        fs::create_directories(path);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    fs::path path;
};

TEST(PluginsPage, ShowsWhyAFileWasRefused) {
    Folder folder;
    std::ofstream(folder.path / "broken.so") << "this is no plugin";
    Driver driver({folder.path, PARLOUR_PLUGIN_DIR});
    driver.click_item("plugins");
    ASSERT_EQ(driver.app->screen(), App::Screen::plugins);
    const auto &rows = driver.registry->plugins();
    const auto broken = std::find_if(rows.begin(), rows.end(), [](const PluginRow &row) { return !row.loaded; });
    ASSERT_NE(broken, rows.end());
    EXPECT_EQ(broken->file.filename(), "broken.so");
    EXPECT_FALSE(broken->sentence.empty());
    driver.key(SDLK_ESCAPE);
    EXPECT_EQ(driver.app->screen(), App::Screen::gallery);
}

TEST(PluginsPage, RescanFindsAPluginDroppedInMeanwhile) {
    Folder folder;
    Driver driver({folder.path});
    EXPECT_TRUE(driver.app->gallery().shown().empty());
    driver.app->show_plugins();
    driver.settle();
    fs::copy_file(fs::path(PARLOUR_PLUGIN_DIR) / "reversi.so", folder.path / "reversi.so");
    driver.click_item("Rescan");
    driver.key(SDLK_ESCAPE);
    EXPECT_EQ(driver.app->gallery().shown(), std::vector<std::string>{"reversi"});
    driver.click({driver.items.at("reversi").center().x, driver.items.at("reversi").y + 60});
    EXPECT_EQ(driver.app->screen(), App::Screen::new_game);
}

} // namespace
} // namespace parlour::test
