// What the scripts are: engines, games, and those that cannot be used. Read by running them.
#pragma once

#include <parlour/option.h>

#include <cstdint>
#include <string>
#include <vector>

namespace parlour::python_plugin {

// An option of a script, owned, with what the C struct points to.
struct ScriptOption {
    std::string id, label, help, default_text;
    std::uint8_t type = PARLOUR_OPTION_TEXT;
    bool advanced = false;
    double low = 0, high = 0, step = 1;
    std::vector<std::string> choices;
    std::vector<const char *> choice_pointers;
};

struct EngineEntry {
    std::string id, name, version, author, summary;
    std::vector<std::string> games; // ids; empty: all
    bool sees_all = false;          // cannot play where something is hidden
    std::vector<ScriptOption> options;
};

struct GameEntry {
    std::string id, name, family, summary;
    std::uint32_t flags = 0, low = 2, high = 2; // players
    std::vector<ScriptOption> options;
};

// A script that cannot be used.
struct ScriptProblem {
    std::string file, sentence, details;
    std::uint32_t line = 0;
};

struct Catalogue {
    std::uint64_t stamp = 0; // of the scripts that it was made of
    std::vector<EngineEntry> engines;
    std::vector<GameEntry> games;
    std::vector<ScriptProblem> problems;
};

// The catalogue, read when it is asked for the first time. A script that asks in turn while it is read sees an empty
// one. [main]
const Catalogue &catalogue();

// Reads it anew if a script changed, and returns its stamp. [main]
std::uint64_t refresh_catalogue();

} // namespace parlour::python_plugin
