// Every plugin file that was found, loaded or refused, and the games and engines in them. Main thread only, but for
// objects it made. Nothing is ever unloaded; the registry's handles outlive the program's other objects.
#pragma once

#include "host/plugins/engine.hpp"
#include "host/plugins/engine_launch.hpp"
#include "host/plugins/game.hpp"

#include <filesystem>
#include <functional>
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
    bool isolated = false; // runs in a process of its own
};

// Where a file came from: with the program, or from a person.
enum class PluginOrigin { shipped, dropped };

// Whose engines run in processes of their own, and whose rules: see RegistryOptions::worker_games.
enum class Isolation { none, dropped, all };

// One plugin file: loaded, or refused with a sentence.
struct PluginRow {
    std::filesystem::path file;
    bool loaded = false; // its games and engines can be played, in this process or in one of their own
    PluginOrigin origin = PluginOrigin::dropped;
    // Its engines run in processes of their own. Such a file is loaded into this one only if it has games.
    bool isolated = false;
    // Set aside after it did harm; `sentence` says what. See Registry::try_again().
    bool quarantined = false;
    // A script that another plugin runs (scripts.hpp); `file` is the script. One that worked before it was changed
    // for the worse is still loaded, with the problem in `sentence`.
    bool script = false;
    bool outdated = false; // a script that is loaded as it was before its newest version, which does not work
    std::string details;   // of a quarantine or a script: a trace, last words; often ""
    std::string sentence;  // why it was refused, or a warning; "" when all is well
    std::string id, name, version, vendor, summary; // as far as known
    std::uint16_t abi_major = 0, abi_minor = 0;
    std::vector<std::string> games, engines; // ids
};

struct RegistryOptions {
    std::vector<std::filesystem::path> search_path; // see default_search_path()
    std::filesystem::path probe_program;            // run as: PROGRAM probe --raw FILE; empty: no probing (tests)
    std::filesystem::path cache_file;               // results of probes; empty: none
    std::chrono::milliseconds probe_limit{5000};
    // Files below these came with the program, all others from a person; see shipped_plugin_folders().
    std::vector<std::filesystem::path> shipped_folders;
    // Whose engines run in processes of their own: needs probe_program and worker_engines, else none do.
    Isolation isolate = Isolation::dropped;
    RemoteEngineMaker worker_engines;
    RemoteSupportAsker worker_support; // empty: such engines are taken to play everything that they are asked about
    // Makes games whose rules run in processes of their own: those that are scripts unless isolate is none, and those
    // of a person's files if it is all. Empty: all rules run in this process.
    RemoteGameMaker worker_games;
    // The state folder: files that did harm are remembered there (quarantine.json), and which files of a person are
    // loaded while the program runs (running/). Empty: nothing is remembered.
    std::filesystem::path state_folder;
    bool reload_scripts = true;     // engines that are scripts go on with their new version in the middle of a game
    bool hold_new_versions = false; // but only when script_versions() are released
    bool check_plugins = false;     // wrap every game in the checked layer
    bool trace_calls = false;       // wrap every game in the counting layer
};

class ScriptVersions; // reloading_engine.hpp

class Registry {
public:
    explicit Registry(RegistryOptions options);
    ~Registry();

    // Looks through the search path again; new and changed files are probed and loaded, files that are gone stay
    // loaded. Returns whether anything changed.
    bool rescan();

    // The slow part of the next rescan(), to be called once on any thread: it probes what is new or has changed, and
    // the rescan() after it finds what came out. Empty when there is nothing to probe, or no program to do it.
    // Scripts whose runner is itself new are left to rescan(). May outlive the registry.
    std::function<void()> prepare_rescan() const;

    // The plugin that runs scripts (scripts.hpp); empty if none does.
    std::filesystem::path script_runner() const;
    // Why no script can run, in a sentence; "" where script_runner() is there.
    std::string why_no_script_runs() const;

    // The versions of scripts that engines in the middle of a game go on with. Never null; outlives the registry.
    std::shared_ptr<ScriptVersions> script_versions() const;

    // Whether a plugin file or script came, went or changed since the last scan: worth a rescan(). Cheap enough to
    // ask every second.
    bool changed() const;

    const std::vector<PluginRow> &plugins() const; // in the order of the search path
    const std::vector<GameEntry> &games() const;   // sorted by name
    const std::vector<EngineEntry> &engines() const;
    const GameEntry *find_game(const std::string &id) const;
    const EngineEntry *find_engine(const std::string &id) const;

    // A game with these options (missing ones have their defaults), layered as RegistryOptions says; simultaneous
    // games come sequentialised. Unknown ids and options are a Problem that names the nearest known ones.
    Result<GamePtr> create_game(const std::string &id, const OptionMap &options) const;
    Result<EnginePtr> create_engine(const std::string &id, const OptionMap &options) const;

    // 0..100, and why not. Asks the engine's own process where it is isolated, once for a game and its options.
    using Support = EngineSupport;
    Support supports(const std::string &engine_id, const Game &game) const;
    // The same, but nullopt where a process would have to be started to ask.
    std::optional<Support> known_support(const std::string &engine_id, const Game &game) const;
    // Asks all that known_support() does not know of these games, one process an engine. To be called once on any
    // thread; empty when there is nothing to ask. May outlive the registry.
    std::function<void()> prepare_supports(std::span<const GamePtr> games) const;

    // Sets a file aside because of what it did: its games and engines are taken from the lists at once and it is not
    // loaded again, here or at later starts, until it changes or a person says try_again. `reason` is a sentence to
    // stand after the file's name ("crashed twice at the same move"); `details` may be empty. Objects made of it
    // before stay usable. Fails if the file is not one of plugins() or that could not be written down; it is set
    // aside for this run nevertheless.
    Result<void> quarantine(const std::filesystem::path &file, const std::string &reason, const std::string &details);
    // Lifts a quarantine and looks at the file again; its row says what came of it. Fails if it was not in quarantine
    // or that could not be written down.
    Result<void> try_again(const std::filesystem::path &file);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// $PARLOUR_PLUGIN_PATH (colon-separated), $XDG_DATA_HOME/parlour/plugins, the installed plugin folder, plugins/
// beside the executable; folders that do not exist are left out. Where the processor can run it,
// DIR/x86-64-v3/NAME.so is taken in place of DIR/NAME.so.
std::vector<std::filesystem::path> default_search_path();

// Those folders of it that come with the program: the installed plugin folder, and plugins/ beside the executable.
std::vector<std::filesystem::path> shipped_plugin_folders();

// $XDG_STATE_HOME/parlour (~/.local/state without it); empty where neither is known. It need not exist.
std::filesystem::path default_state_folder();

// $XDG_CACHE_HOME/parlour/plugins.json (~/.cache without it); empty where neither is known.
std::filesystem::path default_cache_file();

} // namespace parlour::host
