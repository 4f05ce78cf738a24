#include "host/worker/program/survey.hpp"

#include "host/plugins/text.hpp"
#include "host/worker/program/loading.hpp"

#include <algorithm>
#include <cstring>

namespace parlour::host::worker {

namespace {

constexpr std::int32_t without_a_word = 50; // the score of an engine that has no supports()

Message score_of(const Library &engines, const Survey &survey, const PluginChoice &choice, std::uint64_t request) {
    const auto failed = [&](const Problem &problem) {
        return Failure{request, problem.code, one_line(problem.sentence), {}};
    };
    if (engines.engines.supports == nullptr) return Score{request, without_a_word, {}};
    const Result<LibraryPtr> rules = library_of(choice);
    if (!rules) return failed(rules.problem());
    const Result<GamePtr> game = game_of(choice, *rules);
    if (!game) return failed(game.problem());
    char why[400] = {};
    try {
        const std::int32_t score = engines.engines.supports(survey.engine.id.c_str(), &(*game)->ref().raw(), why,
                                                            static_cast<std::uint32_t>(sizeof why));
        return Score{request, std::clamp(score, 0, 100), one_line({why, strnlen(why, sizeof why)})};
    } catch (...) {
        return Score{request, 0,
                     survey.engine_name + " threw an exception when it was asked about " + (*game)->name()};
    }
}

} // namespace

void answer_survey(Wire &wire, const Survey &survey, std::uint64_t request) {
    const Result<LibraryPtr> engines = library_of(survey.engine);
    for (const PluginChoice &game : survey.games) {
        if (engines) {
            wire.send(score_of(**engines, survey, game, request));
        } else {
            wire.send(Failure{request, engines.problem().code, one_line(engines.sentence()), {}});
        }
    }
}

} // namespace parlour::host::worker
