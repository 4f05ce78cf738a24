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

} // namespace parlour::host
