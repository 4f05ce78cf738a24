// What the suite is about: every game with every extreme of its options, and every engine, found by opening the
// plugins of the build.
#pragma once

#include "support/open_plugin.hpp"

namespace parlour::conformance {

// A game with options that differ from the defaults in at most one value.
struct GameSubject {
    std::filesystem::path file;
    std::string id;
    test::Options options;
    std::string suite;   // "pig", "pig_v3": a name for tests
    std::string variant; // "default", "players_6"
};

struct EngineSubject {
    std::filesystem::path file;
    std::string id, suite;
};

// Something that could not be opened, and why.
struct Unopened {
    std::string name, why;
};

struct Subjects {
    std::vector<GameSubject> games;
    std::vector<EngineSubject> engines;
    std::vector<Unopened> unopened;
};

// Looks through <build>/plugins, and through the builds for newer processors where this one can run them.
Subjects find_subjects();

// One option of a game or engine, its strings copied.
struct OptionCopy {
    std::uint8_t type;
    std::string id, label, help, default_text;
    double min, max, step;
    std::vector<std::string> choices;

    // The values that are worth trying: both ends, or every choice.
    std::vector<std::string> extremes() const;
};

// The options that a factory lists for an id; `option` is its function.
using OptionFunction = parlour_status (*)(const char *, std::uint32_t, parlour_option *);
std::vector<OptionCopy> options_of(OptionFunction option, const std::string &id);

// The factories of a file; null where it has none.
const parlour_game_factory *games_of(const std::filesystem::path &file);
const parlour_engine_factory *engines_of(const std::filesystem::path &file);

} // namespace parlour::conformance
