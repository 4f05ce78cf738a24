// Means of random games: cheap, needs no engine, and catches wrong endings and unfair random moves.
#include "facts/kinds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>

namespace parlour::facts {
namespace {

// Mean and variance of numbers as they come (Welford 1962).
class Sample {
public:
    void add(double x) {
        const double before = x - mean_;
        mean_ += before / ++n_;
        squares_ += before * (x - mean_);
    }
    double mean() const { return mean_; }
    double variance() const { return n_ > 1 ? squares_ / (n_ - 1) : 0; }

private:
    double n_ = 0, mean_ = 0, squares_ = 0;
};

struct RandomGames {
    Sample plies, score0;

    void add(const GameRef &game, double length, const float *util) {
        plies.add(length);
        score0.add(50 * (1 + static_cast<double>(game.scaled(util[0]))));
    }
};

// Plays one game by legal() and apply(), chance by the game's own sample().
std::uint32_t play_by_moves(const GameRef &game, void *state, Rng &rng, float *util) {
    std::uint32_t plies = 0;
    std::vector<Move> moves(std::max(1u, game.info().max_moves));
    for (Turn turn = game.turn(state); !turn.is_over(); ++plies) {
        Move move;
        if (turn.is_chance()) {
            move = game.chance()->sample(game.self(), state, &rng.raw);
        } else {
            move = moves[rng.below(game.legal(state, moves.data(), static_cast<std::uint32_t>(moves.size())))];
        }
        turn = game.apply(state, move);
    }
    game.outcome(state, util);
    return plies;
}

// What a random game leaves behind is a finished position of the rules, and its utilities are that position's.
void expect_finished(const GameRef &game, const void *state, const float *util) {
    parlour_error error{};
    ASSERT_EQ(game.check(state, &error), PARLOUR_OK) << error.text;
    ASSERT_TRUE(game.turn(state).is_over()) << game.state_text(state);
    float again[PARLOUR_MAX_PLAYERS];
    game.outcome(state, again);
    ASSERT_TRUE(std::equal(again, again + game.players(), util)) << game.state_text(state);
}

// Three standard errors of the difference of two means, one of n and one of `published` numbers, and the rounding of
// the published one.
double allowance(const Sample &sample, double n, double published) {
    return 3 * std::sqrt(sample.variance() * (1 / n + 1 / published)) + 0.005;
}

} // namespace

void check_random_play(const Subject &subject) {
    const GameRef &game = subject.game;
    const std::uint64_t n = to_count(value_of(subject.row.arguments, "games"));
    const double published = to_number(value_of(subject.row.results, "over"));
    const std::vector<std::string> &results = subject.row.results;
    const auto is_published = [&](const char *name) {
        return std::find(results.begin(), results.end(), name) != results.end();
    };
    ASSERT_TRUE(is_published("mean_plies") || is_published("score0")) << "the row has no mean";
    const parlour_game_playout *playout = game.playout();

    for (const bool in_one_call : {false, true}) {
        if (in_one_call && playout == nullptr) continue;
        SCOPED_TRACE(in_one_call ? "by the playout call" : "by legal and apply");
        RandomGames games;
        Rng rng{{2024}};
        for (std::uint64_t i = 0; i < n; ++i) {
            StateBuffer state = subject.start;
            float util[PARLOUR_MAX_PLAYERS];
            const std::uint32_t plies = in_one_call
                                            ? playout->playout(game.self(), state.data(), &rng.raw, 1'000'000, util)
                                            : play_by_moves(game, state.data(), rng, util);
            expect_finished(game, state.data(), util);
            games.add(game, plies, util);
        }
        const auto count = static_cast<double>(n);
        const auto expect_mean = [&](const char *name, const Sample &sample) {
            if (!is_published(name)) return;
            EXPECT_NEAR(sample.mean(), to_number(value_of(results, name)), allowance(sample, count, published))
                << name;
        };
        expect_mean("mean_plies", games.plies);
        expect_mean("score0", games.score0);
    }
}

void check_share(const Subject &subject) {
    const GameRef &game = subject.game;
    const std::vector<std::string> &arguments = subject.row.arguments;
    const std::uint64_t seeds = to_count(value_of(arguments, "seeds"));
    const std::vector<std::string> moves(arguments.begin() + 2, arguments.end());
    const double share = to_number(subject.row.results.at(0));
    const std::regex looks(value_of(subject.row.results, "look"));

    StateBuffer state(game.state_size());
    std::uint64_t n_looking_so = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        game.initial(state.data(), seed);
        play_texts(game, state.data(), moves);
        const std::string text = game.state_text(state.data());
        n_looking_so += std::regex_search(text, looks, std::regex_constants::match_continuous);
    }
    // Three standard errors, and the rounding of the published share.
    const auto n = static_cast<double>(seeds);
    EXPECT_NEAR(static_cast<double>(n_looking_so) / n, share, 3 * std::sqrt(share * (1 - share) / n) + 0.0005);
}

} // namespace parlour::facts
