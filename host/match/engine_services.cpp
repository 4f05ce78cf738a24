#include "host/match/engine_services.hpp"

namespace parlour::host {

EngineServices services_of(const Registry &registry) {
    EngineServices out;
    out.create = [&registry](const std::string &id, const OptionMap &options) {
        return registry.create_engine(id, options);
    };
    out.best = [&registry](const Game &game) -> Result<std::string> {
        const EngineEntry *best = nullptr;
        int highest = 0;
        for (const EngineEntry &entry : registry.engines()) {
            const int score = registry.supports(entry.id, game).score;
            if (score > highest) {
                highest = score;
                best = &entry;
            }
        }
        if (best == nullptr)
            return Problem{"No engine here can play " + game.name() + "; add one on the plugins page.",
                           PARLOUR_E_NOTFOUND};
        return best->id;
    };
    return out;
}

} // namespace parlour::host
