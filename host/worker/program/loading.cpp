#include "host/worker/program/loading.hpp"

#include "host/plugins/layers/sequentialiser.hpp"

#include <fmt/format.h>

namespace parlour::host::worker {

Result<LibraryPtr> library_of(const PluginChoice &choice) {
    LoadOutcome outcome = load_library(choice.file);
    if (!outcome.library)
        return Problem{fmt::format("{} cannot be used in a worker: it {}", choice.file, outcome.refusal.sentence)};
    return std::move(outcome.library);
}

Result<GamePtr> game_of(const PluginChoice &choice, const LibraryPtr &library) {
    const Result<parlour_game> raw = make_game(*library, choice.id, choice.options);
    if (!raw) return raw.problem();
    parlour_game layered = *raw;
    if (GameRef(layered).simultaneous() != nullptr) {
        const Result<parlour_game> in_turn = sequentialiser_layer(layered);
        if (!in_turn) return in_turn.problem();
        layered = *in_turn;
    }
    return GamePtr(std::make_shared<Game>(layered, choice.options, library, choice.file));
}

} // namespace parlour::host::worker
