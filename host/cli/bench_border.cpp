// `parlour bench border`: what crossing the border between Python and native code costs. The calls are measured by a
// Python program of the module's own, border.py; moves of scripts, their processes and their reloading are measured
// here.
#include "host/cli/bench.hpp"
#include "host/cli/bench_measure.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/scripts.hpp"
#include "host/plugins/search_path.hpp"
#include "host/worker/remote_engine.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>

namespace parlour::host::cli {

namespace {

using nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr int script_starts = 9, reloads = 9, moves = 3000;
constexpr const char *smallest = "def choose(state, clock):\n    return state.legal_moves()[0]\n";

double microseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

double rounded(double value) {
    return std::round(value * 10) / 10;
}

// A folder of scripts that goes when this does, and is the first where scripts are looked for.
class ScriptFolder {
public:
    ScriptFolder() {
        std::string name = (fs::temp_directory_path() / "parlour-border-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw Refusal(ExitCode::failed, "no folder can be made in /tmp");
        path_ = name;
        ::setenv("PARLOUR_SCRIPT_PATH", name.c_str(), 1);
    }
    ~ScriptFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    ScriptFolder(const ScriptFolder &) = delete;
    ScriptFolder &operator=(const ScriptFolder &) = delete;

    fs::path write(const std::string &name, const std::string &text) const {
        fs::path file = path_ / (name + ".py");
        std::ofstream(file) << text;
        return file;
    }

private:
    fs::path path_;
};

// The Python that scripts run with: the one chosen, or else the one that Parlour was built for.
std::string python_program() {
    const char *chosen = std::getenv("PARLOUR_PYTHON");
    if (chosen == nullptr || *chosen == '\0') return PARLOUR_PYTHON_PROGRAM;
    std::error_code ignored;
    return fs::is_directory(chosen, ignored) ? (fs::path(chosen) / "bin" / "python3").string() : chosen;
}

// The folder with the package `parlour` that has its benchmark beside it.
fs::path module_folder() {
    std::vector<fs::path> folders{own_program().parent_path() / "python"};
    for (const fs::path &plugins : shipped_plugin_folders()) folders.push_back(plugins / "python");
    std::error_code ignored;
    for (const fs::path &folder : folders) {
        if (fs::is_regular_file(folder / "bench" / "border.py", ignored)) return folder;
    }
    throw Refusal(ExitCode::not_found,
                  "the Python module is not beside this program, so there is nothing to measure: build Parlour with "
                  "python3-dev and pybind11-dev installed");
}

// What a program writes to its standard output; its error output is ours.
std::string output_of(const std::vector<std::string> &words) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Refusal(ExitCode::failed, "no pipe can be made");
    std::vector<char *> arguments;
    for (const std::string &word : words) arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::string out;
    char buffer[4096];
    for (ssize_t got = 0; failed == 0 && (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        out.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    if (failed != 0)
        throw Refusal(ExitCode::not_found,
                      "there is no Python at " + words[0] + ": install python3, or name another in PARLOUR_PYTHON");
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw Refusal(ExitCode::failed, "the benchmark in Python did not end well; what it says stands above");
    return out;
}

ordered_json measured_in_python(const fs::path &folder, bool quick) {
    ::setenv("PYTHONPATH", folder.c_str(), 1);
    ::setenv("PARLOUR_PLUGIN_PATH", shipped_plugin_folders().empty() ? "" : shipped_plugin_folders().back().c_str(),
             0);
    std::vector<std::string> words{python_program(), (folder / "bench" / "border.py").string()};
    if (quick) words.emplace_back("--quick");
    ordered_json found = ordered_json::parse(output_of(words), nullptr, false);
    if (!found.is_object()) throw Refusal(ExitCode::failed, "the benchmark in Python did not answer with JSON");
    return found;
}

// The first game that is no script and begins with a player's move, or the one that was asked for.
GamePtr game_of(const Registry &registry, const CommandLine &line) {
    std::vector<std::string> ids = line.texts("game");
    if (ids.empty()) {
        for (const GameEntry &entry : registry.games()) ids.push_back(entry.id);
    }
    for (const std::string &id : ids) {
        GamePtr game = need(registry.create_game(id, {}));
        if (game->file().empty() || game->file() == registry.script_runner()) continue;
        if (!game->turn(game->initial(1)).is_chance()) return game;
    }
    throw Refusal(ExitCode::not_found, "there is no game that is a plugin and begins with a player's move");
}

void move_once(Engine &engine, const StateBuffer &state) {
    SearchLimits limits;
    limits.hard_time = std::chrono::seconds(10);
    const std::atomic<std::uint32_t> stop{PARLOUR_GO};
    need(engine.search({&state, nullptr, {}}, limits, stop, {}));
}

// Asks a bound engine for many moves; the median and what 99 of 100 stay below, in microseconds.
void measure_moves(Engine &engine, const StateBuffer &state, const std::string &name, ordered_json &out) {
    std::vector<double> took;
    for (int i = 0; i < moves; ++i) {
        const auto begin = Clock::now();
        move_once(engine, state);
        took.push_back(microseconds_since(begin));
    }
    std::sort(took.begin(), took.end());
    out[name + "_median_us"] = rounded(median(took));
    out[name + "_99_percent_us"] = rounded(took[took.size() * 99 / 100]);
}

// How long it takes from no process to the first move, in milliseconds.
double start_of(RemoteEngine &engine, const GamePtr &game, const StateBuffer &state) {
    std::vector<double> took;
    for (int i = 0; i < script_starts; ++i) {
        const auto begin = Clock::now();
        need(engine.bind(game));
        move_once(engine, state);
        took.push_back(microseconds_since(begin) / 1000);
        ::kill(engine.process(), SIGKILL);
        while (engine.ping()) continue;
    }
    return rounded(median(took));
}

// From a script's being saved to the first move of its new version in a game under way, in milliseconds.
double reload_of(Registry &registry, const ScriptFolder &folder, const GamePtr &game, const StateBuffer &state) {
    const EnginePtr engine = need(registry.create_engine("python:border_smallest", {}));
    need(engine->bind(game));
    move_once(*engine, state);
    std::vector<double> took;
    for (int i = 0; i < reloads; ++i) {
        folder.write("border_smallest", fmt::format("# {}\n{}", i, smallest));
        const auto begin = Clock::now();
        if (!registry.rescan()) throw Refusal(ExitCode::failed, "a script that was saved again was not noticed");
        move_once(*engine, state);
        took.push_back(microseconds_since(begin) / 1000);
    }
    return rounded(median(took));
}

ordered_json measured_here(const CommandLine &line) {
    const ScriptFolder folder;
    const fs::path small = folder.write("border_smallest", smallest);
    const fs::path numpy = folder.write("border_numpy", std::string("import numpy\n") + smallest);
    const auto registry = open_registry(line);
    const fs::path runner = registry->script_runner();
    if (runner.empty() || registry->find_engine("python:border_smallest") == nullptr)
        throw Refusal(ExitCode::not_found, "scripts do not run here: `parlour list plugins` says why");
    const GamePtr game = game_of(*registry, line);
    const StateBuffer state = game->initial(1);
    const auto engine_for = [&](const fs::path &script) {
        const std::string id = "python:" + script_stem(script);
        return RemoteEngine(worker_setup(), {id, id, runner, {}, {}, script_environment({{script}})});
    };

    ordered_json out{{"game", game->id()}};
    RemoteEngine there = engine_for(small);
    out["worker_start_to_first_move_ms"] = start_of(there, game, state);
    need(there.bind(game));
    measure_moves(there, state, "move_in_a_worker", out);
    if (registry->find_engine("python:border_numpy") != nullptr) {
        RemoteEngine heavy = engine_for(numpy);
        out["worker_start_with_numpy_to_first_move_ms"] = start_of(heavy, game, state);
    }
    out["reload_to_first_move_ms"] = reload_of(*registry, folder, game, state);

    std::vector<std::string> words{"--isolate", "none"};
    for (const std::string &plugins : line.texts("plugins")) words.insert(words.end(), {"--plugins", plugins});
    CommandLine inside({"border", "", "", {}});
    inside.parse(words);
    const auto own = open_registry(inside);
    const EnginePtr here = need(own->create_engine("python:border_smallest", {}));
    const GamePtr same = need(own->create_game(game->id(), {}));
    need(here->bind(same));
    measure_moves(*here, same->initial(1), "move_in_process", out);
    return out;
}

std::string words_of(std::string key) {
    std::replace(key.begin(), key.end(), '_', ' ');
    return key;
}

std::string text_of(const ordered_json &value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// A list of rows as a table, anything else a figure a line.
void print_section(const std::string &name, const ordered_json &section, std::ostream &out) {
    out << "\n" << words_of(name) << "\n";
    if (section.is_object()) {
        for (const auto &[key, value] : section.items())
            out << fmt::format("  {:<44} {:>14}\n", words_of(key), text_of(value));
        return;
    }
    for (const ordered_json &row : section) {
        bool first = true;
        for (const auto &[key, value] : row.items()) {
            if (first)
                out << fmt::format("  {}\n", text_of(value));
            else
                out << fmt::format("    {:<42} {:>14}\n", words_of(key), text_of(value));
            first = false;
        }
    }
}

} // namespace

ordered_json bench_border(const CommandLine &line, bool quick, std::ostream &err) {
    const fs::path folder = module_folder();
    err << "moves of scripts\n";
    ordered_json scripts = measured_here(line);
    err << "calls between Python and native code\n";
    ordered_json out = measured_in_python(folder, quick);
    out["scripts"] = std::move(scripts);
    return out;
}

void print_border(const ordered_json &figures, std::ostream &out) {
    out << "Python " << text_of(figures.value("python", ordered_json("?")))
        << ": nanoseconds a call where no unit is named\n";
    for (const auto &[name, section] : figures.items()) {
        if (section.is_structured()) print_section(name, section, out);
    }
}

} // namespace parlour::host::cli
