#include "host/plugins/support_answers.hpp"

#include "host/plugins/game.hpp"

namespace parlour::host {

GameQuestion question_about(const Game &game) {
    return {game.file(), game.id(), game.name(), game.options()};
}

std::optional<EngineSupport> SupportAnswers::find(const std::string &engine_id, const GameQuestion &game) const {
    const std::lock_guard lock(mutex_);
    const auto found = answers_.find({engine_id, game.id, game.options});
    if (found == answers_.end()) return std::nullopt;
    return found->second;
}

std::vector<Result<EngineSupport>> SupportAnswers::ask(const RemoteSupportAsker &asker, const EngineLaunch &launch,
                                                       std::span<const GameQuestion> games) {
    std::vector<Result<EngineSupport>> out = asker(launch, games);
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out[i]) answers_.insert_or_assign({launch.id, games[i].id, games[i].options}, *out[i]);
    }
    return out;
}

} // namespace parlour::host
