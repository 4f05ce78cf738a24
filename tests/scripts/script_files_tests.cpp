// Scripts as the registry sees them: which files count, when they have changed, and how a running engine goes on with
// a new version.
#include "host/plugins/console.hpp"
#include "host/plugins/registry.hpp"
#include "host/plugins/reloading_engine.hpp"
#include "host/plugins/scripts.hpp"
#include "host/worker/remote_engine.hpp"
#include "host/worker/support_asker.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace parlour::host {
namespace {

namespace fs = std::filesystem;

const fs::path build = PARLOUR_BINARY_DIR;

class Scripts : public testing::Test {
protected:
    void SetUp() override {
        std::string name = "/tmp/parlour-scripts-XXXXXX";
        folder_ = mkdtemp(name.data());
        opponents_ = folder_ / "parlour/opponents";
        fs::create_directories(opponents_);
        fs::create_directories(folder_ / "parlour/games");
        setenv("XDG_DATA_HOME", folder_.c_str(), 1);
    }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path write(const std::string &name, const std::string &text) const {
        const fs::path file = opponents_ / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
        return file;
    }
    static std::string plays(int index, const std::string &more = "") {
        return more + "def choose(state, clock):\n    return state.legal_moves()[" + std::to_string(index) + "]\n";
    }

    fs::path folder_, opponents_;
};

TEST_F(Scripts, HelpersAndSecondOnesOfAStemAreLeftOut) {
    write("b.py", "");
    write("a.py", "");
    write("_helper.py", "");
    write(".hidden.py", "");
    write("notes.txt", "");
    write("package/__init__.py", "");
    write("package/part.py", "");
    write("../games/a.py", "");
    std::vector<std::string> stems;
    for (const PluginFile &file : script_files("/nonexistent/python.so")) stems.push_back(script_stem(file.plain));
    EXPECT_EQ(stems, (std::vector<std::string>{"a", "b", "package"}));
}

TEST_F(Scripts, WhatCannotBeReadIsAScriptAllTheSame) {
    const fs::path link = opponents_ / "link.py", folder = opponents_ / "half", none = "/nonexistent/python.so";
    fs::create_symlink(folder_ / "nowhere.py", link);
    write("half/part.py", "");
    write("pictures/note.txt", "");
    std::vector<fs::path> found;
    for (const PluginFile &file : script_files(none)) found.push_back(file.plain);
    EXPECT_EQ(found, (std::vector<fs::path>{folder / "__init__.py", link}));
    const auto broken = script_stamp(link, none), without = script_stamp(folder / "__init__.py", none);
    ASSERT_TRUE(broken && without);
    std::ofstream(folder_ / "nowhere.py") << "x = 1";
    write("half/__init__.py", "");
    EXPECT_NE(broken, script_stamp(link, none));
    EXPECT_NE(without, script_stamp(folder / "__init__.py", none));
}

TEST_F(Scripts, OneThatHidesAnotherIsKnown) {
    const fs::path first = write("a.py", ""), second = folder_ / "parlour/games/a.py",
                   none = "/nonexistent/python.so";
    EXPECT_EQ(hidden_scripts(first, none), "");
    write("../games/a.py", "");
    EXPECT_NE(hidden_scripts(first, none).find("comes before " + second.string()), std::string::npos);
}

TEST_F(Scripts, AnotherPythonIsAnotherStamp) {
    const fs::path file = write("a.py", "one");
    const auto before = script_stamp(file, "/nonexistent/python.so");
    setenv("PARLOUR_PYTHON", "/nonexistent/venv", 1);
    const auto with = script_stamp(file, "/nonexistent/python.so");
    unsetenv("PARLOUR_PYTHON");
    EXPECT_NE(before, with);
    EXPECT_EQ(before, script_stamp(file, "/nonexistent/python.so"));
}

TEST(WhyNoScriptRuns, NamesTheLibraryAndWhatToInstall) {
    EXPECT_EQ(scripts_trouble("cannot be loaded: libpython3.11.so.1.0: cannot open shared object file: No such file"),
              "Python scripts cannot run, for the library libpython3.11.so.1.0 is missing; install it (on Debian and "
              "Ubuntu: apt install libpython3.11)");
    EXPECT_EQ(scripts_trouble("is broken"), "Python scripts cannot run: is broken");
    EXPECT_NE(scripts_trouble("").find("python.so"), std::string::npos);
}

TEST_F(Scripts, AChangeIsSeenWhateverTheDateSays) {
    const fs::path file = write("a.py", "one");
    const timespec old[2] = {{1, 0}, {1, 0}};
    utimensat(AT_FDCWD, file.c_str(), old, 0);
    const auto before = script_stamp(file, "/nonexistent/python.so");
    ASSERT_TRUE(before);
    EXPECT_EQ(before, script_stamp(file, "/nonexistent/python.so"));
    write("a.py", "two");
    utimensat(AT_FDCWD, file.c_str(), old, 0);
    EXPECT_NE(before, script_stamp(file, "/nonexistent/python.so"));
    EXPECT_FALSE(script_stamp(opponents_ / "none.py", "/nonexistent/python.so"));
}

TEST_F(Scripts, APackageChangesWithEachOfItsFiles) {
    const fs::path file = write("package/__init__.py", "");
    const fs::path part = write("package/part.py", "1");
    const auto before = script_stamp(file, "/nonexistent/python.so");
    write("package/part.py", "2 ");
    EXPECT_NE(before, script_stamp(file, "/nonexistent/python.so"));
}

class RunningScripts : public Scripts {
protected:
    RegistryOptions options() const {
        RegistryOptions out;
        out.search_path = {build / "plugins"};
        out.shipped_folders = out.search_path;
        out.probe_program = build / "parlour";
        WorkerSetup setup;
        setup.program = build / "parlour-worker";
        out.worker_engines = remote_engine_maker(setup);
        out.worker_support = remote_support_asker(setup);
        return out;
    }
    RegistryOptions with_cache() const {
        RegistryOptions out = options();
        out.cache_file = folder_ / "cache/plugins.json";
        return out;
    }
    // The first move of a new game that a newly made engine plays in tic-tac-toe.
    static Move new_game(const Registry &registry, const std::string &engine_id) {
        auto game = registry.create_game("tic_tac_toe", {});
        auto engine = registry.create_engine(engine_id, {});
        EXPECT_TRUE(engine.ok()) << engine.sentence();
        if (!engine || !(*engine)->bind(*game)) return PARLOUR_MOVE_NONE;
        return search(**engine, **game);
    }
    static Move search(Engine &engine, const Game &game) {
        const StateBuffer state = game.initial(1);
        SearchLimits limits;
        limits.hard_time = std::chrono::seconds(5);
        const std::atomic<std::uint32_t> stop{PARLOUR_GO};
        const auto found = engine.search({&state}, limits, stop, {});
        EXPECT_TRUE(found.ok()) << (found.ok() ? "" : found.sentence());
        return found.ok() ? found->move : PARLOUR_MOVE_NONE;
    }
    static const PluginRow *row(const Registry &registry, const fs::path &file) {
        for (const PluginRow &row : registry.plugins()) {
            if (row.file == file) return &row;
        }
        return nullptr;
    }
};

TEST_F(RunningScripts, ANewScriptAppearsAndAChangedOnePlaysOnInTheGame) {
    Registry registry(options());
    ASSERT_FALSE(registry.script_runner().empty());
    EXPECT_FALSE(registry.changed());
    const fs::path file = write("mine.py", plays(0));
    EXPECT_TRUE(registry.changed());
    EXPECT_TRUE(registry.rescan());
    EXPECT_FALSE(registry.changed());
    ASSERT_NE(registry.find_engine("python:mine"), nullptr);
    EXPECT_TRUE(registry.find_engine("python:mine")->isolated);

    auto game = registry.create_game("tic_tac_toe", {});
    ASSERT_TRUE(game.ok()) << game.sentence();
    auto engine = registry.create_engine("python:mine", {});
    ASSERT_TRUE(engine.ok()) << engine.sentence();
    ASSERT_TRUE((*engine)->bind(*game).ok());
    const Move first = search(**engine, **game);

    write("mine.py", plays(-1));
    EXPECT_TRUE(registry.changed());
    EXPECT_TRUE(registry.rescan());
    const Move second = search(**engine, **game);
    EXPECT_NE(first, second);

    // A version with an error: its row says so, the last good one plays on.
    write("mine.py", "def choose(state, clock):\n    return (\n");
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(search(**engine, **game), second);
    ASSERT_NE(row(registry, file), nullptr);
    EXPECT_NE(row(registry, file)->sentence.find("mine.py, line 2: SyntaxError"), std::string::npos);
    EXPECT_NE(registry.find_engine("python:mine"), nullptr);

    write("mine.py", plays(0));
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(search(**engine, **game), first);
    EXPECT_EQ(row(registry, file)->sentence, "");

    fs::remove(file);
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(registry.find_engine("python:mine"), nullptr);
}

TEST_F(RunningScripts, ANewGameAfterABrokenSaveIsPlayedByTheLastGoodVersion) {
    const fs::path file = write("mine.py", plays(3));
    Registry registry(with_cache());
    EXPECT_EQ(new_game(registry, "python:mine"), 3u);
    write("mine.py", "def choose(state, clock):\n    return (\n");
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(new_game(registry, "python:mine"), 3u);
    EXPECT_TRUE(row(registry, file)->outdated);
    EXPECT_NE(row(registry, file)->sentence.find("mine.py, line 2: SyntaxError"), std::string::npos);
    // The program starts anew, and the script is still broken.
    const Registry next(with_cache());
    EXPECT_EQ(new_game(next, "python:mine"), 3u);
    EXPECT_TRUE(row(next, file)->outdated);
    EXPECT_NE(row(next, file)->sentence.find("mine.py, line 2: SyntaxError"), std::string::npos);
    write("mine.py", plays(4));
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(new_game(registry, "python:mine"), 4u);
    EXPECT_FALSE(row(registry, file)->outdated);
}

TEST_F(RunningScripts, ABrokenPartOfAPackageLeavesTheLastGoodVersion) {
    const fs::path file = write("pack/__init__.py", "from .part import choose\n");
    write("pack/part.py", plays(5));
    Registry registry(with_cache());
    EXPECT_EQ(new_game(registry, "python:pack"), 5u);
    write("pack/part.py", "import nothing_of_that_name\n");
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(new_game(registry, "python:pack"), 5u);
    EXPECT_NE(row(registry, file)->sentence.find("part.py, line 1: ModuleNotFoundError"), std::string::npos)
        << row(registry, file)->sentence;
}

TEST_F(RunningScripts, AProcessThatIsStartedAgainRunsTheVersionThatPlayed) {
    const std::string ends_itself =
        "import os\n"
        "def choose(state, clock):\n"
        "    if clock.seed == 99:\n"
        "        os._exit(1)\n"
        "    return 3\n";
    write("mine.py", ends_itself);
    RegistryOptions held = with_cache();
    held.hold_new_versions = true;
    Registry registry(held);
    auto game = registry.create_game("tic_tac_toe", {});
    auto engine = registry.create_engine("python:mine", {});
    ASSERT_TRUE(engine.ok() && (*engine)->bind(*game).ok());
    EXPECT_EQ(search(**engine, **game), 3u);
    write("mine.py", plays(7));
    EXPECT_TRUE(registry.rescan());
    EXPECT_EQ(registry.script_versions()->waiting().size(), 1u);
    const StateBuffer state = (*game)->initial(1);
    SearchLimits limits;
    limits.seed = 99;
    const std::atomic<std::uint32_t> stop{PARLOUR_GO};
    ASSERT_FALSE((*engine)->search({&state}, limits, stop, {}).ok()) << "its process ends";
    EXPECT_EQ(search(**engine, **game), 3u) << "the newest file is not what this game is played with";
    registry.script_versions()->release();
    EXPECT_EQ(search(**engine, **game), 7u);
}

TEST_F(RunningScripts, WhatAScriptPrintsComesToTheConsoleOfItsSeat) {
    write("says.py", "def choose(state, clock):\n    print('one', 2)\n    print('three')\n    return 3\n");
    const Registry registry(options());
    Console console;
    {
        const ConsoleScope scope(&console);
        EXPECT_EQ(new_game(registry, "python:says"), 3u);
    }
    EXPECT_EQ(new_game(registry, "python:says"), 3u);
    std::vector<std::string> texts;
    for (const ConsoleLine &line : console.lines()) texts.push_back(line.text);
    EXPECT_EQ(texts, (std::vector<std::string>{"one 2", "three"}));
}

TEST_F(Scripts, OldCopiesGo) {
    const KeptScripts kept(folder_ / "cache");
    fs::path first, last;
    for (int i = 0; i < 20; ++i) {
        const fs::path file =
            write("a.py", "x = " + std::to_string(i) + std::string(static_cast<std::size_t>(i), ' '));
        last = kept.keep(file, *script_stamp(file, "/nonexistent/python.so"), "/nonexistent/python.so");
        ASSERT_FALSE(last.empty());
        if (i == 0) first = last;
    }
    EXPECT_FALSE(fs::exists(first));
    EXPECT_EQ(kept.newest(opponents_ / "a.py"), last);
    EXPECT_TRUE(kept.keep(opponents_ / "a.py", {1, 2}, "/nonexistent/python.so").empty()) << "another content";
    EXPECT_TRUE(KeptScripts({}).newest(opponents_ / "a.py").empty());
}

TEST_F(RunningScripts, AScriptThatDoesNotWorkIsARowAndTheReasonWhyThereIsNoEngine) {
    const fs::path file = write("broken.py", "x = 1\nimport nothing_of_that_name\n");
    const Registry registry(options());
    const PluginRow *broken = row(registry, file);
    ASSERT_NE(broken, nullptr);
    EXPECT_FALSE(broken->loaded);
    EXPECT_TRUE(broken->script);
    EXPECT_EQ(broken->origin, PluginOrigin::dropped);
    EXPECT_NE(broken->details.find("Traceback"), std::string::npos) << broken->details;
    const auto engine = registry.create_engine("python:broken", {});
    ASSERT_FALSE(engine.ok());
    EXPECT_NE(engine.sentence().find("broken.py, line 2: ModuleNotFoundError"), std::string::npos)
        << engine.sentence();
}

TEST_F(RunningScripts, AFailureOfASearchCarriesItsTraceback) {
    write("boom.py", "def helper():\n    return 1 / 0\ndef choose(state, clock):\n    return helper()\n");
    const Registry registry(options());
    auto game = registry.create_game("tic_tac_toe", {});
    auto engine = registry.create_engine("python:boom", {});
    ASSERT_TRUE(game.ok() && engine.ok());
    ASSERT_TRUE((*engine)->bind(*game).ok());
    const StateBuffer state = (*game)->initial(1);
    const std::atomic<std::uint32_t> stop{PARLOUR_GO};
    const auto found = (*engine)->search({&state}, {}, stop, {});
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.problem().code, PARLOUR_E_SCRIPT);
    EXPECT_NE(found.sentence().find("boom.py, line 2: ZeroDivisionError"), std::string::npos) << found.sentence();
    EXPECT_NE(found.problem().details.find("in helper"), std::string::npos) << found.problem().details;
}

TEST_F(RunningScripts, ACrashInCSaysWhereTheScriptWas) {
    write("crashes.py", "import ctypes\ndef choose(state, clock):\n    ctypes.string_at(0)\n");
    const Registry registry(options());
    auto game = registry.create_game("tic_tac_toe", {});
    auto engine = registry.create_engine("python:crashes", {});
    ASSERT_TRUE(game.ok() && engine.ok());
    ASSERT_TRUE((*engine)->bind(*game).ok());
    const StateBuffer state = (*game)->initial(1);
    const std::atomic<std::uint32_t> stop{PARLOUR_GO};
    const auto found = (*engine)->search({&state}, {}, stop, {});
    ASSERT_FALSE(found.ok());
    EXPECT_NE(found.sentence().find("SIGSEGV"), std::string::npos) << found.sentence();
    // Written from the crash itself, into what was open before the process was locked down.
    EXPECT_NE(found.problem().details.find("crashes.py\", line 3"), std::string::npos) << found.problem().details;
}

} // namespace
} // namespace parlour::host
