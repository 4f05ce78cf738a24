// Every plugin file that was found, loaded or refused, and the games and engines in them. Main thread only, but for
// objects it made. Nothing is ever unloaded; the registry's handles outlive the program's other objects.
#pragma once

#include "host/plugins/engine.hpp"
#include "host/plugins/game.hpp"

#include <filesystem>
#include <vector>

namespace parlour::host {

// A typed option, owned; parlour_option with C++ types.
struct OptionSpec {
    std::uint8_t type = PARLOUR_OPTION_TEXT;
    bool advanced = false;
    std::string id, label, help, default_text;
    double min = 0, max = 0, step = 1;
    std::vector<std::pair<std::string, std::string>> choices; // id, label

    // What is wrong with a value, in a sentence; empty when it is right.
    std::string problem(const std::string &value) const;
};

struct GameEntry {
    std::string id, name, family, summary;
    std::uint32_t flags = 0, players_min = 0, players_max = 0;
    std::vector<OptionSpec> options;
    std::filesystem::path file;
};

struct EngineEntry {
    std::string id, name, version, author, summary;
    std::uint32_t flags = 0;
    std::vector<OptionSpec> options;
    std::filesystem::path file;
};

// One plugin file: loaded, or refused with a sentence.
struct PluginRow {
    std::filesystem::path file;
    bool loaded = false;
    std::string sentence;                           // why it was refused, or a warning; "" when all is well
    std::string id, name, version, vendor, summary; // as far as known
    std::uint16_t abi_major = 0, abi_minor = 0;
    std::vector<std::string> games, engines; // ids
};

struct RegistryOptions {
    std::vector<std::filesystem::path> search_path; // see default_search_path()
    std::filesystem::path probe_program;            // run as: PROGRAM probe --raw FILE; empty: no probing (tests)
    std::filesystem::path cache_file;               // results of probes; empty: none
    std::chrono::milliseconds probe_limit{5000};
    bool check_plugins = false; // wrap every game in the checked layer
    bool trace_calls = false;   // wrap every game in the counting layer
};

class Registry {
public:
    explicit Registry(RegistryOptions options);
    ~Registry();

    // Looks through the search path again; new and changed files are probed and loaded, files that are gone stay
    // loaded. Returns whether anything changed.
    bool rescan();

    const std::vector<PluginRow> &plugins() const; // in the order of the search path
    const std::vector<GameEntry> &games() const;   // sorted by name
    const std::vector<EngineEntry> &engines() const;
    const GameEntry *find_game(const std::string &id) const;
    const EngineEntry *find_engine(const std::string &id) const;

    // A game with these options (missing ones have their defaults), layered as RegistryOptions says; simultaneous
    // games come sequentialised. Unknown ids and options are a Problem that names the nearest known ones.
    Result<GamePtr> create_game(const std::string &id, const OptionMap &options) const;
    Result<EnginePtr> create_engine(const std::string &id, const OptionMap &options) const;

    // 0..100, and why not.
    struct Support {
        int score = 0;
        std::string why;
    };
    Support supports(const std::string &engine_id, const Game &game) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// $PARLOUR_PLUGIN_PATH (colon-separated), $XDG_DATA_HOME/parlour/plugins, the installed plugin folder, plugins/
// beside the executable; folders that do not exist are left out. Where the processor can run it,
// DIR/x86-64-v3/NAME.so is taken in place of DIR/NAME.so.
std::vector<std::filesystem::path> default_search_path();

// $XDG_CACHE_HOME/parlour/plugins.json (~/.cache without it); empty where neither is known.
std::filesystem::path default_cache_file();

} // namespace parlour::host
