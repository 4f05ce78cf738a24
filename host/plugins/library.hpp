// One plugin file, loaded: its entry and factories, each table copied once into a zero-filled struct of our version.
// Loading runs the plugin's code in this process; strangers' files go through a probe first (probe.hpp).
#pragma once

#include "host/base/result.hpp"
#include "host/plugins/registry.hpp"

#include <parlour/parlour.h>
#include <parlour/scripts.h>

#include <filesystem>
#include <memory>
#include <string>

namespace parlour::host {

// Why a file is refused.
struct Refusal {
    std::string sentence; // to stand after the file's name
    std::uint16_t abi_major = 0, abi_minor = 0;
    // Something beside the file may have been missing: worth another try although the file has not changed.
    bool may_heal = false;
};

struct Library {
    std::filesystem::path file;
    parlour_entry_t entry{}; // strings checked: UTF-8, not null
    const parlour_host *host = nullptr;
    parlour_game_factory games{};      // count is null if it has none
    parlour_engine_factory engines{};  // likewise
    parlour_scripts_factory scripts{}; // problem is null if it runs no scripts
};
using LibraryPtr = std::shared_ptr<const Library>;

struct LoadOutcome {
    LibraryPtr library; // null if refused
    Refusal refusal;
};

// Loads a file and calls its init, once in the life of the process: asked again for the same file, it gives the same
// answer. The library stays loaded until the process ends, when its deinit is called if none of its objects is left.
// [main]
LoadOutcome load_library(const std::filesystem::path &file);

// What a library offers, as it says itself, checked for sense.
struct Description {
    std::vector<GameEntry> games;
    std::vector<EngineEntry> engines;
    bool scripts = false; // what it offers are people's scripts: see scripts.hpp
};
// [main]
Result<Description> describe(const Library &library);

// What is wrong with the first script that cannot be used, with a traceback; nothing where all can. [main]
std::optional<Problem> script_problem(const Library &library);

// What a library that runs scripts has to say about the last failure on this thread: a traceback; often "". [any]
std::string failure_details(const Library &library);

// What is wrong with a game object that a plugin made (its table, its numbers), in a sentence; empty when it is
// right. [any]
std::string game_problem(const parlour_game &raw);

// Makes a game or engine by the library's factory and checks its table. The object is the caller's to destroy.
// [main]
Result<parlour_game> make_game(const Library &library, const std::string &id, const OptionMap &options);
Result<parlour_engine> make_engine(const Library &library, const std::string &id, const OptionMap &options);

// Makes every game and engine with its default options and plays a few moves, to see that nothing breaks. [main]
Result<void> exercise(const Library &library, const Description &description);

} // namespace parlour::host
