// Every save with every one of its calls failing in turn: the file is the old one or the new one, the program ends by
// itself, with a sentence where it could not do what it was asked for.
#include "fault_runs.hpp"
#include "host/base/atomic_file.hpp"
#include "host/match/record.hpp"
#include "host/settings/settings_text.hpp"
#include "support/program.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace parlour::host {
namespace {

using testing::HasSubstr;
using tests::Finished;

std::string text_of(const std::filesystem::path &file) {
    const auto text = read_file(file, 1 << 24);
    return text ? *text : "";
}

// One command that saves something below a folder.
struct Save {
    std::string name;
    // Puts what was there before into the folder.
    std::function<void(const std::filesystem::path &)> prepare = [](const std::filesystem::path &) {};
    std::function<std::vector<std::string>(const std::filesystem::path &)> words;
    std::function<std::string(const std::filesystem::path &)> input = [](const std::filesystem::path &) {
        return "";
    };
    // "old", "new", or what else is there. Called after every run.
    std::function<std::string(const std::filesystem::path &)> state;
    // Whether the program says that it has saved.
    std::function<bool(const Finished &)> saved = [](const Finished &finished) { return finished.code == 0; };
    // The command's other work goes on when the save fails: its exit code says nothing about it.
    bool goes_on = false;
};

void PrintTo(const Save &save, std::ostream *out) {
    *out << save.name;
}

// Settings.

std::string settings_state(const std::filesystem::path &folder, const std::string &old_text,
                           const std::string &new_text) {
    const auto file = folder / "config/parlour/settings.toml";
    const std::string text = text_of(file);
    if (text == old_text) return "old";
    if (old_text.empty() ? text.ends_with(new_text) && read_settings(text).ok() : text == new_text) return "new";
    return text;
}

const std::string settings_before = "# mine\ntheme = \"light\" # stays\nother = 1\n";

Save first_setting() {
    return {.name = "settings_first",
            .words =
                [](const auto &) {
                    return std::vector<std::string>{"settings", "set", "scale", "2"};
                },
            .state = [](const auto &folder) { return settings_state(folder, "", "scale = 2\n"); }};
}

Save changed_setting() {
    return {.name = "settings_changed",
            .prepare =
                [](const auto &folder) {
                    std::filesystem::create_directories(folder / "config/parlour");
                    ASSERT_TRUE(write_file_atomically(folder / "config/parlour/settings.toml", settings_before));
                },
            .words =
                [](const auto &) {
                    return std::vector<std::string>{"settings", "set", "theme", "dark"};
                },
            .state =
                [](const auto &folder) {
                    return settings_state(folder, settings_before, "# mine\ntheme = \"dark\" # stays\nother = 1\n");
                }};
}

// Records of matches: whole games, added one after the other.

std::string games_state(const std::filesystem::path &file, std::size_t before, std::size_t after) {
    const std::string text = text_of(file);
    const auto records = parse_records(text);
    if (!records && text.find_first_not_of(" \n") != std::string::npos) return records.sentence();
    const std::size_t games = records ? records->size() : 0;
    if (games == after) return "new";
    return games >= before && games < after ? "old" : std::to_string(games) + " games";
}

std::vector<std::string> match_words(const std::filesystem::path &file, const char *games) {
    return {"match", "tic_tac_toe", "--engine", "random", "--games", games, "--record", file.string()};
}

Save match_record(bool there_before) {
    Save save{.name = there_before ? "match_record_added" : "match_record_first",
              .words = [](const auto &folder) { return match_words(folder / "games.txt", "3"); },
              .state =
                  [=](const auto &folder) {
                      return games_state(folder / "games.txt", there_before ? 2 : 0, there_before ? 5 : 3);
                  }};
    if (there_before) {
        save.prepare = [](const auto &folder) {
            ASSERT_EQ(tests::run_parlour(match_words(folder / "games.txt", "2")).code, 0);
        };
    }
    return save;
}

// A game saved from the terminal.

Save saved_game(bool over) {
    Save save{.name = over ? "play_save_over" : "play_save",
              .words =
                  [](const auto &) {
                      return std::vector<std::string>{"play", "tic_tac_toe", "--seat", "person", "--seat", "person"};
                  },
              .input = [](const auto &folder) { return "a1\nsave! " + (folder / "game.txt").string() + "\nquit\n"; },
              .state =
                  [=](const auto &folder) {
                      const std::string text = text_of(folder / "game.txt");
                      if (text == (over ? "old" : "")) return std::string("old");
                      const auto record = parse_record(text);
                      return record ? std::string("new") : record.sentence();
                  },
              .saved = [](const Finished &finished) { return finished.out.find("Saved to") != std::string::npos; },
              .goes_on = true};
    if (over) {
        save.prepare = [](const auto &folder) { ASSERT_TRUE(write_file_atomically(folder / "game.txt", "old")); };
    }
    return save;
}

// Kept games exported over a file that was there. The database stands where no call fails: journal_tests.cpp has it.

const std::filesystem::path &kept_games() {
    static const tests::ScratchFolder folder;
    static const std::filesystem::path database = [] {
        const std::string text = (folder / "games.txt").string(), games = (folder / "games.sqlite").string();
        EXPECT_EQ(tests::run_parlour(match_words(text, "3")).code, 0);
        EXPECT_EQ(tests::run_parlour({"history", "import", text, "--records", games}).code, 0);
        return folder / "games.sqlite";
    }();
    return database;
}

Save exported_history() {
    return {.name = "history_export_over",
            .prepare = [](const auto &folder) { ASSERT_TRUE(write_file_atomically(folder / "games.txt", "old")); },
            .words =
                [](const auto &folder) {
                    return std::vector<std::string>{"history", "export", (folder / "games.txt").string(), "--records",
                                                    kept_games().string()};
                },
            .state = [](const auto &folder) -> std::string {
                const std::string text = text_of(folder / "games.txt");
                if (text == "old") return text;
                const auto records = parse_records(text);
                if (!records) return records.sentence();
                return records->size() == 3 ? "new" : std::to_string(records->size()) + " games";
            }};
}

// The sources of a new plugin: a whole folder or none.

Save new_plugin() {
    return {.name = "new_game",
            .words =
                [](const auto &folder) {
                    return std::vector<std::string>{"new", "game", "nim", "--directory", folder.string()};
                },
            .state = [](const auto &folder) -> std::string {
                if (!std::filesystem::exists(folder / "nim")) return "old";
                const bool whole = text_of(folder / "nim/nim.cpp").ends_with("\n") &&
                                   text_of(folder / "nim/CMakeLists.txt").ends_with("\n");
                return whole ? "new" : "half of a folder";
            }};
}

std::size_t temporary_files(const std::filesystem::path &folder) {
    std::size_t count = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        count += entry.path().extension() == ".new";
    }
    return count;
}

class Faults : public testing::TestWithParam<Save> {};

TEST_P(Faults, OldOrNewNeverHalf) {
    const Save &save = GetParam();
    const auto run = [&](const std::filesystem::path &folder, std::map<std::string, std::string> environment) {
        save.prepare(folder);
        environment["XDG_CONFIG_HOME"] = (folder / "config").string();
        return tests::run_parlour(save.words(folder), save.input(folder), false, environment);
    };
    const auto check = [&](const std::filesystem::path &folder, const tests::FaultRun &result) {
        const Finished &finished = result.finished;
        const std::string state = save.state(folder);
        EXPECT_TRUE(state == "old" || state == "new") << state;
        EXPECT_EQ(temporary_files(folder), 0u);
        const bool saved = save.saved(finished);
        if (saved) {
            EXPECT_EQ(state, "new");
        }
        if (save.goes_on) {
            EXPECT_EQ(finished.code, 0);
        }
        if (!saved) {
            EXPECT_THAT(finished.out + finished.err, HasSubstr(folder.string())) << "names the file";
        }
        if (!saved && !save.goes_on) {
            EXPECT_EQ(finished.code, 1);
            EXPECT_THAT(finished.err, testing::StartsWith("parlour " + save.words(folder)[0] + ": "));
        }
        const bool harmless = result.error == "EINTR" || result.error == "short" || result.failed.empty();
        if (harmless) {
            EXPECT_TRUE(saved) << "what can be tried again or went well is no failure";
        }
    };
    tests::for_each_fault(3, run, check);
}

INSTANTIATE_TEST_SUITE_P(Saves, Faults,
                         testing::Values(first_setting(), changed_setting(), match_record(false), match_record(true),
                                         saved_game(false), saved_game(true), exported_history(), new_plugin()),
                         [](const auto &tested) { return tested.param.name; });

} // namespace
} // namespace parlour::host
