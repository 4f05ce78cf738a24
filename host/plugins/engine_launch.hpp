// What the registry hands over so that an engine of an isolated file, or the rules of a game, run in a process of its
// own. The registry only decides; how such a process is started and talked to is the affair of whoever gives it the
// functions below.
#pragma once

#include "host/plugins/engine.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace parlour::host {

struct EngineLaunch {
    std::string id, name;
    std::filesystem::path file; // the shared object to load: the build for this processor, if there is one
    OptionMap options;          // checked against the engine's description
    // The shared object with the rules of a game, by the game's id; nullopt for an unknown one. Valid as long as the
    // registry; [main].
    std::function<std::optional<std::filesystem::path>(const std::string &game_id)> game_file;
    std::vector<std::string> environment{}; // "NAME=value": which scripts its process sees; see scripts.hpp
};

// How well an engine plays a game: 0..100, and why not where it is 0.
struct EngineSupport {
    int score = 0;
    std::string why;
};

// A game that an engine is asked about: the shared object with its rules, and its options.
struct GameQuestion {
    std::filesystem::path file;
    std::string id, name;
    OptionMap options;
};

struct GameLaunch {
    std::string id, name;
    std::string what;                       // what people know the rules by: the file name of the script or plugin
    std::filesystem::path file;             // the shared object to load
    OptionMap options;                      // checked against the game's description
    std::vector<std::string> environment{}; // "NAME=value": the script that its process sees; see scripts.hpp
};

// Makes a game whose rules run elsewhere; its process has started, and the object is the caller's to destroy. [main]
using RemoteGameMaker = std::function<Result<parlour_game>(const GameLaunch &launch)>;
// Makes an engine that runs elsewhere; it need not have started yet. [main]
using RemoteEngineMaker = std::function<Result<EnginePtr>(const EngineLaunch &launch)>;
// Asks such an engine about games, in one process of its own; one answer for each game, in their order. It does not
// call launch.game_file. [any]
using RemoteSupportAsker = std::function<std::vector<Result<EngineSupport>>(const EngineLaunch &launch,
                                                                            std::span<const GameQuestion> games)>;

} // namespace parlour::host
