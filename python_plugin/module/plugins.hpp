// Finds and loads plugins for the module: the same files and the same checks of the entry as the program's own
// loader, without a probe: whoever imports Parlour runs its plugins in their own process.
//
// Searched in this order, the first plugin with an id wins: PARLOUR_PLUGIN_PATH (folders with ':' between),
// $XDG_DATA_HOME/parlour/plugins, then the shipped ones, relative to the module's own file. Nothing is ever unloaded.
// Not thread-safe: call with the GIL held.
#pragma once

#include <parlour/parlour.h>
#include <parlour/scripts.h>

#include <filesystem>
#include <map>
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

// A file that was refused, and the sentence that says why.
struct Refused {
    std::filesystem::path file;
    std::string sentence;
};

class Catalogue {
public:
    // The one of this process. The first call looks through the folders.
    static Catalogue &instance();

    // Looks again: new files are loaded, and plugins asked what they have now.
    void refresh();

    // Loads one file (the faster build of its x86-64-v3 folder is not looked for) and adds what it offers. Null when
    // the file is refused; `why` has the sentence.
    const Library *load(const std::filesystem::path &file, std::string &why);

    const std::vector<GameEntry> &games() const { return games_; }
    const std::vector<EngineEntry> &engines() const { return engines_; }
    const std::vector<Refused> &refused() const { return refused_; }
    // The entry with this id, or null; valid until the next refresh or load.
    const GameEntry *game(const std::string &id) const;
    const EngineEntry *engine(const std::string &id) const;

private:
    void describe(const Library &library);
    void describe_all();

    std::map<std::filesystem::path, const Library *> loaded_; // by real path; null for refused files
    std::vector<const Library *> order_;
    std::vector<GameEntry> games_;
    std::vector<EngineEntry> engines_;
    std::vector<Refused> refused_;
};

// The folders that refresh() looks through, in order.
std::vector<std::filesystem::path> plugin_folders();

// The host object that plugins of this process are given.
const parlour_host *host_object();

} // namespace parlour::python
