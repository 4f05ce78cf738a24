// The built program, run with settings of nobody: no display, no plugins but its own, a home of its own.
#pragma once

#include "support/scratch_folder.hpp"
#include "support/subprocess.hpp"

namespace parlour::tests {

// What the built plugins said when they were probed, as tests/support/CMakeLists.txt has it made, so that not every
// test asks them anew. Copied, and nothing where it was not made: the program then probes them.
inline void take_probe_cache(const std::filesystem::path &cache) {
    std::error_code missing;
    std::filesystem::create_directories(cache, missing);
    std::filesystem::copy(PARLOUR_BINARY_DIR "/tests/probe_cache", cache, std::filesystem::copy_options::recursive,
                          missing);
}

// Runs `parlour` with these words.
inline Finished run_parlour(std::vector<std::string> words, const std::string &input = {}, bool terminal = false,
                            const std::map<std::string, std::string> &environment = {}) {
    static const ScratchFolder home;
    [[maybe_unused]] static const bool warm = (take_probe_cache(home / "cache"), true);
    Subprocess process;
    process.words = std::move(words);
    process.words.insert(process.words.begin(), std::string(PARLOUR_BINARY_DIR) + "/parlour");
    process.input = input;
    process.terminal = terminal;
    process.environment = {{"HOME", home.path().string()},
                           {"XDG_CACHE_HOME", (home / "cache").string()},
                           {"XDG_CONFIG_HOME", ""},
                           {"XDG_DATA_HOME", ""},
                           {"XDG_STATE_HOME", ""},
                           {"PARLOUR_PLUGIN_PATH", ""},
                           {"DISPLAY", ""},
                           {"WAYLAND_DISPLAY", ""},
                           {"SDL_VIDEODRIVER", ""},
                           {"NO_COLOR", ""},
                           {"COLORTERM", ""},
                           {"TERM", "xterm-256color"}};
    for (const auto &[name, value] : environment) process.environment[name] = value;
    return process.run();
}

} // namespace parlour::tests
