// The value of Kuhn poker, -1/18 to the first player: by the equilibria that Kuhn (1950) gives, against every pure
// strategy of the other side; and by counterfactual regret minimisation (Zinkevich et al. 2007), which knows nothing
// of them.
#include "support/open_plugin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

namespace parlour {
namespace {

constexpr double published_value = -1.0 / 18;

// Probabilities of a player's moves, in the order of legal(), by the text of what that player sees.
using Strategy = std::map<std::string, std::vector<double>>;

class Kuhn : public ::testing::Test {
protected:
    // What the player to move sees, as text: an information set.
    std::string seen_text(const void *state, std::uint32_t player) const {
        StateBuffer seen(game->state_size());
        game->hidden()->view(game->self(), state, player, seen.data());
        return game->state_text(seen.data());
    }

    using Visit = std::function<double(const StateBuffer &)>;
    // The mean of `visit` over what nature does at a chance node.
    double mean_over_chance(const StateBuffer &state, const Visit &visit) const {
        std::vector<Move> moves(game->info().max_moves);
        std::vector<float> probabilities(moves.size());
        const std::uint32_t n = game->chance()->outcomes(
            game->self(), state.data(), moves.data(), probabilities.data(), static_cast<std::uint32_t>(moves.size()));
        double mean = 0;
        for (std::uint32_t i = 0; i < n; ++i)
            mean += static_cast<double>(probabilities[i]) * visit(after(state, moves[i]));
        return mean;
    }

    StateBuffer after(const StateBuffer &state, Move move) const {
        StateBuffer next = state;
        game->apply(next.data(), move);
        return next;
    }
    StateBuffer start() const {
        StateBuffer state(game->state_size());
        game->initial(state.data(), 0);
        return state;
    }
    double outcome0(const StateBuffer &state) const {
        float util[2];
        game->outcome(state.data(), util);
        return static_cast<double>(util[0]);
    }

    // The first player's mean utility.
    double expected(const StateBuffer &state, const Strategy &strategy) const {
        const Turn turn = game->turn(state.data());
        if (turn.is_over()) return outcome0(state);
        if (turn.is_chance()) {
            return mean_over_chance(state, [&](const StateBuffer &next) { return expected(next, strategy); });
        }
        const std::vector<Move> moves = game->legal_moves(state.data());
        const std::vector<double> &mix = strategy.at(seen_text(state.data(), turn.player()));
        double mean = 0;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            if (mix[i] > 0) mean += mix[i] * expected(after(state, moves[i]), strategy);
        }
        return mean;
    }

    // Every information set of a player, with the number of moves there.
    void collect(const StateBuffer &state, std::uint32_t player, std::map<std::string, std::size_t> &sets) const {
        const Turn turn = game->turn(state.data());
        if (turn.is_over()) return;
        const std::vector<Move> moves = game->legal_moves(state.data());
        if (!turn.is_chance() && turn.player() == player) sets[seen_text(state.data(), player)] = moves.size();
        for (const Move move : moves) collect(after(state, move), player, sets);
    }

    // The best that `player` can do against the other's part of `strategy`, as the first player's utility: every pure
    // strategy is tried.
    double best_response(Strategy strategy, std::uint32_t player) const {
        std::map<std::string, std::size_t> sets;
        collect(start(), player, sets);
        std::vector<std::size_t> choice(sets.size(), 0);
        double best = player == 0 ? -9 : 9;
        for (;;) {
            std::size_t i = 0;
            for (const auto &[set, n] : sets) {
                strategy[set].assign(n, 0.0);
                strategy[set][choice[i++]] = 1;
            }
            const double value = expected(start(), strategy);
            best = player == 0 ? std::max(best, value) : std::min(best, value);
            auto set = sets.begin();
            for (i = 0; i < choice.size() && ++choice[i] == set->second; ++i, ++set) choice[i] = 0;
            if (i == choice.size()) return best;
        }
    }

    const test::OpenGame game{"kuhn_poker"};
};

// Kuhn's equilibria: one number, alpha in 0..1/3, for the first player; one strategy for the second.
Strategy kuhn_equilibrium(double alpha) {
    const auto puts_in = [](double probability) { return std::vector<double>{1 - probability, probability}; };
    return {
        {"J?", puts_in(alpha)},
        {"Q?", puts_in(0)},
        {"K?", puts_in(3 * alpha)},
        {"J? check bet", puts_in(0)},
        {"Q? check bet", puts_in(alpha + 1.0 / 3)},
        {"K? check bet", puts_in(1)},
        {"?J check", puts_in(1.0 / 3)},
        {"?Q check", puts_in(0)},
        {"?K check", puts_in(1)},
        {"?J bet", puts_in(0)},
        {"?Q bet", puts_in(1.0 / 3)},
        {"?K bet", puts_in(1)},
    };
}

TEST_F(Kuhn, PublishedEquilibriaCannotBeBeaten) {
    for (const double alpha : {0.0, 0.1, 1.0 / 6, 1.0 / 3}) {
        SCOPED_TRACE(alpha);
        const Strategy strategy = kuhn_equilibrium(alpha);
        EXPECT_NEAR(expected(start(), strategy), published_value, 1e-6);
        EXPECT_NEAR(best_response(strategy, 0), published_value, 1e-6);
        EXPECT_NEAR(best_response(strategy, 1), published_value, 1e-6);
    }
}

TEST_F(Kuhn, OutsideThatFamilyTheFirstPlayerCanBeBeaten) {
    Strategy never_bluffs = kuhn_equilibrium(0);
    never_bluffs["K?"] = {0, 1};
    EXPECT_LT(best_response(never_bluffs, 1), published_value - 0.01);
}

// Plain counterfactual regret minimisation: one visit of the whole tree an iteration, both players at once.
class Regrets : public Kuhn {
protected:
    struct InformationSet {
        std::vector<double> regret, strategy_sum;
        std::vector<double> current() const {
            std::vector<double> mix(regret.size());
            double sum = 0;
            for (std::size_t i = 0; i < mix.size(); ++i) sum += mix[i] = std::max(0.0, regret[i]);
            for (double &p : mix) p = sum > 0 ? p / sum : 1.0 / static_cast<double>(mix.size());
            return mix;
        }
    };

    // Returns the first player's utility; `reach` are the probabilities with which each player, and nature, plays
    // here.
    double visit(const StateBuffer &state, double reach0, double reach1, double nature) {
        const Turn turn = game->turn(state.data());
        if (turn.is_over()) return outcome0(state);
        if (turn.is_chance()) {
            return mean_over_chance(state,
                                    [&](const StateBuffer &next) { return visit(next, reach0, reach1, nature / 6); });
        }
        const bool first = turn.player() == 0;
        const std::vector<Move> moves = game->legal_moves(state.data());
        InformationSet &set = sets[seen_text(state.data(), turn.player())];
        set.regret.resize(moves.size());
        set.strategy_sum.resize(moves.size());
        const std::vector<double> mix = set.current();
        std::vector<double> values(moves.size());
        double mean = 0;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            values[i] = visit(after(state, moves[i]), first ? reach0 * mix[i] : reach0,
                              first ? reach1 : reach1 * mix[i], nature);
            mean += mix[i] * values[i];
        }
        const double sign = first ? 1 : -1;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            set.regret[i] += nature * (first ? reach1 : reach0) * sign * (values[i] - mean);
            set.strategy_sum[i] += (first ? reach0 : reach1) * mix[i];
        }
        return mean;
    }

    std::map<std::string, InformationSet> sets;
};

TEST_F(Regrets, MinimisingThemFindsTheValue) {
    for (int iteration = 0; iteration < 20000; ++iteration) visit(start(), 1, 1, 1);
    ASSERT_EQ(sets.size(), 12u) << "information sets";
    Strategy mean;
    for (const auto &[text, set] : sets) {
        double sum = 0;
        for (const double p : set.strategy_sum) sum += p;
        for (const double p : set.strategy_sum) mean[text].push_back(p / sum);
    }
    EXPECT_NEAR(expected(start(), mean), published_value, 1e-3);
    EXPECT_LT(best_response(mean, 0), published_value + 5e-3);
    EXPECT_GT(best_response(mean, 1), published_value - 5e-3);
}

} // namespace
} // namespace parlour
