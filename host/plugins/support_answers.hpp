// What engines in processes of their own have said about games.
#pragma once

#include "host/plugins/engine_launch.hpp"

#include <map>
#include <mutex>
#include <optional>

namespace parlour::host {

class Game;

// What such an engine is asked about a game.
GameQuestion question_about(const Game &game);

// All functions are [any].
class SupportAnswers {
public:
    std::optional<EngineSupport> find(const std::string &engine_id, const GameQuestion &game) const;
    // Asks one engine about games and keeps what it said. Problems are not kept: another time it may answer.
    std::vector<Result<EngineSupport>> ask(const RemoteSupportAsker &asker, const EngineLaunch &launch,
                                           std::span<const GameQuestion> games);

private:
    using Key = std::tuple<std::string, std::string, OptionMap>; // engine, game, its options
    mutable std::mutex mutex_;
    std::map<Key, EngineSupport> answers_;
};

} // namespace parlour::host
