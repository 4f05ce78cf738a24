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

TEST(PluginsPage, AFileDroppedOnTheWindowIsAddedAndAnotherIsRefused) {
    Folder data, elsewhere;
    setenv("XDG_DATA_HOME", data.path.c_str(), 1);
    const fs::path own = data.path / "parlour/plugins";
    std::ofstream(elsewhere.path / "nothing.so") << "this is no plugin";
    std::ofstream(elsewhere.path / "notes.txt") << "neither is this";
    {
        Driver driver({own});
        for (const char *name : {"nothing.so", "notes.txt"}) {
            driver.drop_file(elsewhere.path / name);
            EXPECT_EQ(driver.app->screen(), App::Screen::plugins);
            EXPECT_NE(driver.app->shell().last_message().find(name), std::string::npos);
            EXPECT_FALSE(fs::exists(own / name));
        }
        driver.drop_file(fs::path(PARLOUR_PLUGIN_DIR) / "reversi.so");
        EXPECT_TRUE(fs::exists(own / "reversi.so"));
        EXPECT_NE(driver.app->shell().last_message().find("Reversi"), std::string::npos);
        EXPECT_NE(driver.registry->find_game("reversi"), nullptr);
        // The same once more: it asks first.
        driver.drop_file(fs::path(PARLOUR_PLUGIN_DIR) / "reversi.so");
        driver.click_item("Keep the old one");
        EXPECT_FALSE(driver.app->plugins().busy());
        driver.drop_file(fs::path(PARLOUR_PLUGIN_DIR) / "reversi.so");
        driver.click_item("Replace");
        EXPECT_FALSE(driver.app->plugins().busy());
        EXPECT_NE(driver.app->shell().last_message().find("reversi.so was added"), std::string::npos);
    }
    unsetenv("XDG_DATA_HOME");
}

} // namespace
} // namespace parlour::test
