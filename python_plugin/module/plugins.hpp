// Finds and loads plugins for the module: the same files and the same checks of the entry as the program's own
// loader, without a probe: whoever imports Parlour runs its plugins in their own process.
//
// Searched in this order, the first plugin with an id wins: PARLOUR_PLUGIN_PATH (folders with ':' between),
// $XDG_DATA_HOME/parlour/plugins, then the shipped ones, relative to the module's own file. Nothing is ever unloaded.
//
// The plugin that runs scripts, python.so, has to run all of them to describe them: it is loaded when somebody asks
// for a script or for a list. Where this is a script's own process it is not loaded by itself at all.
//
// Thread-safe. Call without the GIL: loading may take long, and scripts that are read take the GIL themselves.
#pragma once

#include <parlour/parlour.h>
#include <parlour/scripts.h>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace parlour::python {

// A loaded plugin file. Lives as long as the process.
struct Library {
    std::filesystem::path file;
    parlour_entry_t entry{};
    parlour_game_factory games{};      // count is null if it has none
    parlour_engine_factory engines{};  // likewise
    parlour_scripts_factory scripts{}; // details is null if it has none

    // What it says of the last failure on this thread beyond its parlour_error: a script's traceback, or "". [any]
    std::string details() const { return scripts.details != nullptr ? scripts.details() : ""; }
};

// One option, strings owned; see parlour_option.
struct OptionSpec {
    std::uint8_t type = PARLOUR_OPTION_TEXT;
    bool advanced = false;
    std::string id, label, help, default_text;
    double min = 0, max = 0, step = 0;
    std::vector<std::pair<std::string, std::string>> choices; // id, label
};

struct GameEntry {
    const Library *library = nullptr;
    std::string id, name, family, summary;
    std::uint32_t flags = 0, players_min = 0, players_max = 0;
    std::vector<OptionSpec> options;
};

struct EngineEntry {
    const Library *library = nullptr;
    std::string id, name, version, author, summary;
    std::uint32_t flags = 0;
    std::vector<OptionSpec> options;
};

using GameEntryPtr = std::shared_ptr<const GameEntry>;
using EngineEntryPtr = std::shared_ptr<const EngineEntry>;

// A file that was refused, and the sentence that says why.
struct Refused {
    std::filesystem::path file;
    std::string sentence;
};

class Catalogue {
public:
    // The one of this process. Whatever is asked first looks through the folders.
    static Catalogue &instance();

    // Looks again: new files are loaded, and plugins asked what they have now.
    void refresh();

    // Loads one file (the faster build of its x86-64-v3 folder is not looked for) and adds what it offers. Null when
    // the file is refused; `why` has the sentence.
    const Library *load(const std::filesystem::path &file, std::string &why);

    // Loads the plugin that runs scripts. Null when there is none, or it is refused; `why` has the sentence.
    const Library *load_scripts(std::string &why);

    // By id, those of scripts too.
    std::vector<GameEntryPtr> games();
    std::vector<EngineEntryPtr> engines();
    // Plugins and scripts.
    std::vector<Refused> refused();
    // The entry with this id, or null.
    GameEntryPtr game(const std::string &id);
    EngineEntryPtr engine(const std::string &id);

private:
    using Lock = std::lock_guard<std::recursive_mutex>; // recursive: a script that is read may ask for a game

    void look_once();
    void look();
    const Library *take_in(const std::filesystem::path &file, std::string &why);
    void want_scripts();
    bool has_game(const std::string &id) const;
    bool has_engine(const std::string &id) const;
    void describe(const Library &library);
    void describe_all();

    std::recursive_mutex mutex_; // guards everything below; whoever waits for it does not hold the GIL
    bool looked_ = false;
    std::filesystem::path scripts_plugin_;                    // python.so; empty where there is none
    std::map<std::filesystem::path, const Library *> loaded_; // by real path; null for refused files
    std::vector<const Library *> order_;
    std::vector<GameEntryPtr> games_;
    std::vector<EngineEntryPtr> engines_;
    std::vector<Refused> refused_;
};

// The folders that refresh() looks through, in order.
std::vector<std::filesystem::path> plugin_folders();

// The host object that plugins of this process are given.
const parlour_host *host_object();

} // namespace parlour::python
