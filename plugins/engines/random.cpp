// Random: plays any legal move, all equally likely. The weakest opponent, and the yardstick for the others.
#include <parlour/engine.hpp>

namespace {

using parlour::Answer;
using parlour::GameRef;
using parlour::Move;
using parlour::Rng;
using parlour::Search;
using parlour::Support;

class Random {
public:
    static constexpr parlour::EngineAbout about{.id = "random",
                                                .name = "Random",
                                                .summary = "Plays any legal move, all equally likely.",
                                                .author = "Parlour"};

    // Every game: it needs nothing but the list of legal moves, which a view has too.
    static Support supports(const GameRef &) { return {10, ""}; }

    // The luck comes from the seed and the position, so that one seed for a whole game does not pick the same place
    // of the list again and again.
    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        if (moves.empty()) throw parlour::Failure(PARLOUR_E_ARG, "there is no legal move to choose from");
        const std::uint64_t position = parlour::hash_bytes(search.state(), search.game().state_size());
        Rng rng{{search.limits().seed ^ position}};
        return {.move = moves[rng.below(static_cast<std::uint32_t>(moves.size()))], .nodes = 1};
    }
};

} // namespace

PARLOUR_ENGINE(Random);
