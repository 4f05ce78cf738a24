// Whether playouts choose evenly: those of one or two plies lead where the legal moves lead, each as often as they
// should.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <cmath>
#include <unordered_map>

namespace parlour::conformance {
namespace {

// Pearson's chi-squared of one position or of many.
class Fairness {
public:
    void add(double expected, double seen) { squares_ += (seen - expected) * (seen - expected) / expected; }
    void add_freedom(std::size_t outcomes) { freedom_ += static_cast<double>(outcomes) - 1; }
    void add(const Fairness &other) {
        squares_ += other.squares_;
        freedom_ += other.freedom_;
    }
    // For fair draws about normal, with mean 0 and variance 1 (Wilson and Hilferty 1931).
    double deviation() const {
        if (freedom_ == 0) return 0;
        const double variance = 2 / (9 * freedom_);
        return (std::cbrt(squares_ / freedom_) - (1 - variance)) / std::sqrt(variance);
    }
    // The draws are the same in every run, so that no good game fails now and then.
    void require_within(double deviations) const {
        require(std::fabs(deviation()) < deviations, [&] {
            return "playouts do not choose evenly among the legal moves: chi-squared is " +
                   std::to_string(deviation()) + " standard deviations from what it should be";
        });
    }

private:
    double squares_ = 0, freedom_ = 0;
};

struct Outcome {
    double probability = 0, seen = 0;
};
using Outcomes = std::unordered_map<std::string, Outcome>; // by the bytes of the position after the move

std::string bytes_of(const GuardedState &state) {
    return {reinterpret_cast<const char *>(state.data()), state.count()};
}

// Adds where so many plies from `state` can lead.
void add_outcomes(const GameRef &game, const GuardedState &state, std::uint32_t plies, double probability,
                  Outcomes &outcomes) {
    const Turn turn = game.turn(state.data());
    if (plies == 0 || turn.is_over()) {
        outcomes[bytes_of(state)].probability += probability;
        return;
    }
    std::vector<Move> moves = game.legal_moves(state.data());
    std::vector<float> probabilities(moves.size(), 1.0f / static_cast<float>(moves.size()));
    if (turn.is_chance()) {
        game.chance()->outcomes(game.self(), state.data(), moves.data(), probabilities.data(),
                                static_cast<std::uint32_t>(moves.size()));
    }
    for (std::size_t i = 0; i < moves.size(); ++i) {
        GuardedState after(game, state.data());
        game.apply(after.data(), moves[i]);
        add_outcomes(game, after, plies - 1, probability * static_cast<double>(probabilities[i]), outcomes);
    }
}

// Plays so many plies from the place, again and again, and counts where they lead.
void draw(const Place &place, std::uint32_t plies, std::size_t draws, Outcomes &outcomes) {
    const GameRef &game = place.game;
    Guarded<float> util(game.players());
    for (std::size_t i = 0; i < draws; ++i) {
        GuardedState after(game, place.state);
        game.playout()->playout(game.self(), after.data(), &place.rng.raw, plies, util.data());
        const auto outcome = outcomes.find(bytes_of(after));
        require(outcome != outcomes.end(), [&] {
            return "a playout of " + std::to_string(plies) + " plies leads where no legal moves do, to \"" +
                   game.state_text(after.data()) + "\"";
        });
        ++outcome->second.seen;
    }
}

} // namespace

void check_even_playouts(const GameRef &game) {
    if (game.playout() == nullptr) return;
#if defined(__SANITIZE_ADDRESS__)
    constexpr std::size_t enough = 20'000;
#else
    constexpr std::size_t enough = 150'000;
#endif
    // Many draws in few positions find more than few in many.
    constexpr std::size_t draws_an_outcome = 100, most_moves = 600, most_at_two_plies = 6;
    std::size_t draws = 0;
    Fairness all;
    walk_games(game, [&](const Place &place) {
        const std::size_t moves = place.moves.size();
        if (moves < 1 || moves > most_moves || draws >= enough) return;
        if (place.rng.below(place.turn.is_chance() ? 64 : 8) != 0) return;
        // Two plies where there are few moves: a playout may keep something from one to the next.
        const std::uint32_t plies = moves <= most_at_two_plies ? 2 : 1;
        Outcomes outcomes;
        add_outcomes(game, GuardedState(game, place.state), plies, 1, outcomes);
        const std::size_t n = draws_an_outcome * outcomes.size();
        draw(place, plies, n, outcomes);
        draws += n;
        Fairness here;
        for (const auto &[bytes, outcome] : outcomes) {
            here.add(outcome.probability * static_cast<double>(n), outcome.seen);
        }
        here.add_freedom(outcomes.size());
        here.require_within(6);
        all.add(here);
    });
    all.require_within(5);
}

} // namespace parlour::conformance
