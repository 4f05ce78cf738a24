#include "host/match/engine_services.hpp"

#include <algorithm>

namespace parlour::host {

EngineServices services_of(const Registry &registry) {
    EngineServices out;
    out.create = [&registry](const std::string &id, const OptionMap &options) {
        return registry.create_engine(id, options);
    };
    out.ranked = [&registry](const Game &game) {
        std::vector<std::pair<int, std::string>> scored;
        for (const EngineEntry &entry : registry.engines()) {
            if (const int score = registry.supports(entry.id, game).score; score > 0)
                scored.emplace_back(score, entry.id);
        }
        std::stable_sort(scored.begin(), scored.end(),
                         [](const auto &a, const auto &b) { return a.first > b.first; });
        std::vector<std::string> ids;
        for (auto &[score, id] : scored) ids.push_back(std::move(id));
        return ids;
    };
    out.best = [ranked = out.ranked](const Game &game) -> Result<std::string> {
        std::vector<std::string> ids = ranked(game);
        if (ids.empty())
            return Problem{"No engine here can play " + game.name() + "; add one on the plugins page.",
                           PARLOUR_E_NOTFOUND};
        return std::move(ids.front());
    };
    return out;
}

std::string set_aside(Registry &registry, const std::string &engine_id, const Problem &problem) {
    const EngineEntry *entry = registry.find_engine(engine_id);
    if (entry == nullptr) return {};
    const std::string name = entry->name;
    std::string reason = problem.sentence;
    while (reason.ends_with('.')) reason.pop_back();
    const Result<void> done =
        registry.quarantine(entry->file, "failed twice at the same move: " + reason, problem.details);
    return name + " failed twice at the same move and was set aside " +
           (done ? "until its file changes." : "for now: " + done.sentence());
}

} // namespace parlour::host
