// What the engines say against the definition (reference.hpp), on random positions of every game found.
#include "driver.hpp"
#include "games_of_our_own.hpp"
#include "reference.hpp"

#include <gtest/gtest.h>

#include <list>

namespace parlour::test {
namespace {

// Every shipped game without hidden information, also with options, and our own.
const std::vector<const GameRef *> &open_games() {
    static const std::vector<const GameRef *> games = [] {
        static std::list<OpenGame> opened;
        std::vector<const GameRef *> out{&heap_game(), &ladder_game()};
        for (const auto &file : std::filesystem::directory_iterator(plugin_folder())) {
            if (file.path().extension() != ".so") continue;
            const auto *factory = static_cast<const parlour_game_factory *>(
                open_plugin(file.path()).get_factory(PARLOUR_GAMES_FACTORY));
            for (std::uint32_t i = 0; factory != nullptr && i < factory->count(); ++i) {
                parlour_game_desc about{};
                about.size = sizeof about;
                if (factory->describe(i, &about) != PARLOUR_OK) continue;
                const std::string id = about.id;
                opened.emplace_back(file.path(), id, Options{});
                if (opened.back()->hidden() == nullptr) out.push_back(&*opened.back());
                parlour_option option{};
                option.size = sizeof option;
                for (std::uint32_t o = 0; factory->option(id.c_str(), o, &option) == PARLOUR_OK; ++o) {
                    if (std::string(option.id) != "players") continue;
                    opened.emplace_back(file.path(), id, Options{{"players", "3"}});
                    if (opened.back()->hidden() == nullptr) out.push_back(&*opened.back());
                }
            }
        }
        return out;
    }();
    return games;
}

// The depth up to `most` to which the definition is quick enough here, by how many moves there are and what chance
// makes of the first.
std::uint32_t depth_for(const Position &position, std::uint32_t most) {
    constexpr double most_leaves = 3'000;
    auto branches = static_cast<double>(std::max<std::size_t>(position.legal().size(), 3));
    if (!position.legal().empty()) {
        Position after = position;
        after.play(position.legal().front());
        if (after.turn().is_chance()) branches *= static_cast<double>(after.legal().size());
    }
    std::uint32_t depth = 1;
    for (double leaves = branches * branches; depth < most && leaves <= most_leaves; leaves *= branches) ++depth;
    return depth;
}

void compare(const Options &options, bool evaluate, bool with_returns, bool with_noisy_moves = true) {
    for (const GameRef *game : open_games()) {
        const bool returns = game->chance() != nullptr || game->players() == 1;
        if (returns && !with_returns) continue;
        if (game->hints() != nullptr && game->hints()->noisy != nullptr && !with_noisy_moves) continue;
        Player player("minimax", *game, options);
        for (std::uint64_t seed = 1; seed <= 80; ++seed) {
            Position position(*game, seed);
            position.wander(seed, static_cast<std::uint32_t>(seed % 20 * 3));
            const std::uint32_t most = depth_for(position, game->chance() != nullptr ? 3 : 4);
            const std::uint32_t depth = 1 + static_cast<std::uint32_t>(seed) % most;
            const Found found = player.search(position, Limits().depth(depth).seed(seed));
            ASSERT_TRUE(found.has_value());
            EXPECT_NEAR(static_cast<double>(found.result.value),
                        reference_value(*game, position.state(), depth, evaluate), 2e-6)
                << game->info().id << " seed " << seed << " depth " << depth << " at "
                << game->state_text(position.state());
        }
    }
}

TEST(Property, PlainAlphaBetaIsMinimax) {
    ASSERT_GE(open_games().size(), 3u);
    compare({{"table", "false"}, {"leaf", "zero"}}, false, true);
}

TEST(Property, PlainAlphaBetaIsMinimaxOfEvaluations) {
    compare({{"table", "false"}, {"leaf", "eval"}}, true, true);
}

// Where the same position comes at different depths, by chance or because one player moves alone, a deeper entry of
// the table makes a better value than the definition's; so only without such games.
TEST(Property, PrincipalVariationSearchWithTableIsMinimax) {
    compare({{"leaf", "zero"}}, false, false);
}

// Beyond the horizon noisy moves are followed, which the definition does not; so only where there are none.
TEST(Property, PrincipalVariationSearchWithTableIsMinimaxOfEvaluations) {
    compare({{"leaf", "eval"}}, true, false, false);
}

TEST(Property, EveryLineOfSeveralHasItsMovesOwnValue) {
    std::uint32_t compared = 0;
    for (const GameRef *game : open_games()) {
        if (game->chance() != nullptr || game->players() != 2) continue;
        Player player("minimax", *game, {{"leaf", "zero"}});
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            Position position(*game, seed);
            position.wander(seed + 100, static_cast<std::uint32_t>(seed * 3));
            const Found found = player.search(position, Limits().depth(depth_for(position, 3)).lines(3));
            const auto lines = std::min<std::size_t>(3, position.legal().size());
            float before = 1;
            for (std::uint32_t rank = 1; rank <= lines; ++rank) {
                const Heard &heard = found.last(rank);
                if (heard.depth < found.result.depth) break;
                EXPECT_LE(heard.value, before);
                before = heard.value;
                Position after = position;
                ASSERT_FALSE(heard.line.empty());
                after.play(heard.line[0]);
                const double sign =
                    after.turn().is_over() || after.turn().player() != position.turn().player() ? -1 : 1;
                double value = 0;
                if (after.turn().is_over()) {
                    std::array<float, PARLOUR_MAX_PLAYERS> util{};
                    game->outcome(after.state(), util.data());
                    value = static_cast<double>(game->scaled(util[position.turn().player()]));
                } else {
                    value = sign * reference_value(*game, after.state(), heard.depth - 1, false);
                }
                EXPECT_NEAR(static_cast<double>(heard.value), value, 2e-6)
                    << game->info().id << " seed " << seed << " rank " << rank;
                ++compared;
            }
        }
    }
    EXPECT_GE(compared, 60u);
}

TEST(Property, EnginesAgreeOnWhatTheyProve) {
    std::list<OpenGame> games;
    games.emplace_back("tic_tac_toe");
    games.emplace_back("reversi", Options{{"size", "4"}});
    games.emplace_back("four_in_a_row", Options{{"width", "4"}, {"height", "4"}});
    std::uint32_t proven = 0;
    std::vector<const GameRef *> all{&heap_game()};
    for (const OpenGame &game : games) all.push_back(&*game);
    for (const GameRef *game : all) {
        Player minimax("minimax", *game), mcts("mcts", *game);
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            Position position(*game);
            position.wander(seed, static_cast<std::uint32_t>(seed));
            const Found a = minimax.search(position, Limits().nodes(2'000'000));
            const Found b = mcts.search(position, Limits().playouts(50'000).seed(seed));
            if (!a.proven() || !b.proven()) continue;
            ++proven;
            EXPECT_FLOAT_EQ(a.result.value, b.result.value)
                << game->info().id << " " << game->state_text(position.state());
        }
    }
    EXPECT_GE(proven, 30u) << "too few positions were proven for the comparison to mean anything";
}

} // namespace
} // namespace parlour::test
