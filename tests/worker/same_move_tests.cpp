// An engine in a worker finds what it finds in this process: the same move for the same seed and the same work, in
// every shipped game, from a few plies in.
#include "host/plugins/registry.hpp"
#include "support/scratch_folder.hpp"
#include "worker/worker_fixture.hpp"

#include <atomic>
#include <sstream>

namespace parlour::host {
namespace {

const Registry &shipped_registry() {
    static const Registry &registry = []() -> const Registry & {
        // The native plugins alone, copied: a worker reads its plugin's own folder only.
        static const tests::ScratchFolder folder;
        std::istringstream names(SHIPPED_PLUGINS);
        for (std::string name; names >> name;) std::filesystem::copy_file(shipped(name), folder / (name + ".so"));
        RegistryOptions options;
        options.search_path = {folder.path()};
        return *new Registry(std::move(options));
    }();
    return registry;
}

class SameMove : public WorkerTest, public testing::WithParamInterface<const char *> {};

TEST_P(SameMove, InEveryGame) {
    const Registry &registry = shipped_registry();
    const EngineEntry *entry = registry.find_engine(GetParam());
    ASSERT_NE(entry, nullptr);
    std::size_t games = 0;
    for (const GameEntry &row : registry.games()) {
        const GamePtr game = *registry.create_game(row.id, {});
        if (registry.supports(entry->id, *game).score == 0) continue;
        ++games;
        const EnginePtr here = std::move(*registry.create_engine(entry->id, {}));
        RemoteEngine there(test_setup(), launch_of(entry->id, entry->file));
        ASSERT_TRUE(here->bind(game));
        const Result<void> bound = there.bind(game);
        ASSERT_TRUE(bound) << bound.sentence();

        const StateBuffer start = game->initial(3);
        StateBuffer state = start;
        std::vector<Move> moves;
        Rng rng{{7}};
        SearchLimits limits;
        limits.nodes = limits.playouts = sanitized_build ? 60 : 400;
        const std::atomic<std::uint32_t> stop{PARLOUR_GO};
        for (int ply = 0; ply < 6 && !game->turn(state).is_over(); ++ply) {
            Move move = 0;
            if (game->turn(state).is_chance()) {
                move = game->sample_chance(state, rng);
            } else {
                limits.seed = static_cast<std::uint64_t>(ply) + 1;
                const SearchRoot root{&state, &start, moves};
                const Result<SearchResult> ours = here->search(root, limits, stop, {});
                const Result<SearchResult> theirs = there.search(root, limits, stop, {});
                ASSERT_TRUE(ours) << ours.sentence();
                ASSERT_TRUE(theirs) << row.id << ": " << theirs.sentence();
                EXPECT_EQ(ours->move, theirs->move) << row.id << ", ply " << ply;
                EXPECT_EQ(ours->value, theirs->value) << row.id << ", ply " << ply;
                EXPECT_EQ(ours->nodes, theirs->nodes) << row.id << ", ply " << ply;
                move = ours->move;
            }
            ASSERT_TRUE(game->play(state, move));
            moves.push_back(move);
        }
    }
    EXPECT_GT(games, 0u);
}

INSTANTIATE_TEST_SUITE_P(All, SameMove, testing::Values("mcts", "minimax", "random"),
                         [](const auto &one) { return std::string(one.param); });

} // namespace
} // namespace parlour::host
