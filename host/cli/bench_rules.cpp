// The benchmarks of rules: random games and perft.
#include "host/cli/bench.hpp"
#include "host/cli/bench_measure.hpp"
#include "host/cli/perft.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/bench_module.hpp"

#include <cmath>

namespace parlour::host::cli {

namespace {

// Random games through the tables of the interface, by the same generator as in a benchmark module.
class TablePlayer {
public:
    explicit TablePlayer(GamePtr game)
        : game_(std::move(game)), start_(game_->initial(1)), state_(start_), moves_(game_->info().max_moves) {}

    void list_playouts(std::uint64_t count, std::uint64_t seed, BenchWork *work) {
        const GameRef &ref = game_->ref();
        const auto capacity = static_cast<std::uint32_t>(moves_.size());
        const parlour_game_chance *chance = ref.chance();
        float util[PARLOUR_MAX_PLAYERS] = {};
        Rng rng{{seed}};
        *work = {0, 0};
        for (std::uint64_t i = 0; i < count; ++i) {
            copy_state(state_.data(), start_.data(), start_.stride());
            Turn turn = ref.turn(state_.data());
            while (!turn.is_over()) {
                Move move;
                if (turn.is_chance()) {
                    move = chance->sample(ref.self(), state_.data(), &rng.raw);
                } else {
                    const std::uint32_t n = ref.legal(state_.data(), moves_.data(), capacity);
                    move = moves_[rng.below(n)];
                }
                turn = ref.apply(state_.data(), move);
                ++work->plies;
            }
            ref.outcome(state_.data(), util);
            work->score += static_cast<double>(util[0]);
        }
    }

    void playouts(std::uint64_t count, std::uint64_t seed, BenchWork *work) {
        // Everything in variables of this function: the call may change any memory, so nothing would stay in
        // registers.
        const auto playout = game_->ref().playout()->playout;
        void *const self = game_->ref().self(), *const state = state_.data();
        const void *const start = start_.data();
        const std::size_t stride = start_.stride();
        float util[PARLOUR_MAX_PLAYERS] = {};
        Rng rng{{seed}};
        BenchWork done{0, 0};
        for (std::uint64_t i = 0; i < count; ++i) {
            copy_state(state, start, stride);
            done.plies += playout(self, state, &rng.raw, UINT32_MAX, util);
            done.score += static_cast<double>(util[0]);
        }
        *work = done;
    }

    bool has_playout() const { return game_->ref().playout() != nullptr; }

private:
    GamePtr game_;
    StateBuffer start_, state_;
    std::vector<Move> moves_;
};

using Play = std::function<void(std::uint64_t count, std::uint64_t seed, BenchWork *work)>;

// Measures one way through the interface, against the inlined one where there is one; refuses when the two do not
// play the same games.
BenchRow compare(const std::string &game, const std::string &what, const Play &table, const Play &inlined,
                 double seconds) {
    constexpr std::uint64_t seed = 20240501;
    BenchRow row{.game = game, .what = what, .per_second = 0, .inlined = {}, .ratio = {}, .numbers = {}};
    BenchWork ours{}, theirs{};
    table(1000, seed, &ours);
    row.numbers["plies_per_game"] = static_cast<double>(ours.plies) / 1000;
    std::vector<Kernel> kernels{[&](std::uint64_t count) { table(count, seed, &ours); }};
    if (inlined) {
        inlined(1000, seed, &theirs);
        if (ours.plies != theirs.plies || std::fabs(ours.score - theirs.score) > 1e-6) {
            throw Refusal(ExitCode::failed,
                          "the benchmark module of " + game + " plays other games than the plugin; build both again");
        }
        kernels.push_back([&](std::uint64_t count) { inlined(count, seed, &theirs); });
    }
    const std::vector<Measured> measured = measure_in_turn(kernels, seconds);
    row.per_second = measured[0].per_second;
    if (inlined) {
        row.inlined = measured[1].per_second;
        row.ratio = measured[0].ratio;
    }
    return row;
}

} // namespace

std::vector<BenchRow> bench_playouts(const BenchSetup &setup) {
    std::vector<BenchRow> rows;
    for (const std::string &id : setup.games) {
        setup.err << "playouts of " << id << "\n";
        TablePlayer player(value_or_refuse(setup.registry.create_game(id, {})));
        const auto file = bench_module_of(setup.program, setup.registry.find_game(id)->file);
        const BenchTable *module = nullptr;
        if (const auto loaded = load_bench_module(file, id); loaded.ok()) module = *loaded;
        const auto list = [&](std::uint64_t count, std::uint64_t seed, BenchWork *work) {
            player.list_playouts(count, seed, work);
        };
        const auto call = [&](std::uint64_t count, std::uint64_t seed, BenchWork *work) {
            player.playouts(count, seed, work);
        };
        rows.push_back(
            compare(id, "legal+apply", list, module ? Play(module->list_playouts) : Play(), setup.seconds));
        rows.back().peers = setup.peers.find("playouts", id);
        if (!player.has_playout()) continue;
        rows.push_back(compare(id, "playout call", call, module ? Play(module->playouts) : Play(), setup.seconds));
        rows.back().peers = setup.peers.find("playouts", id);
    }
    return rows;
}

std::vector<BenchRow> bench_perft(const BenchSetup &setup) {
    std::vector<BenchRow> rows;
    for (const std::string &id : setup.games) {
        setup.err << "perft of " << id << "\n";
        const GamePtr game = value_or_refuse(setup.registry.create_game(id, {}));
        const StateBuffer start = game->initial(1);
        const PeerFigures *peers = setup.peers.find("perft", id);
        // The depth of the peers' figures, or the first that takes a tenth of the time; chance and long games end
        // the search for one.
        std::uint32_t depth = peers != nullptr && peers->depth > 0 ? peers->depth : 1;
        double taken = 0;
        PerftResult result;
        for (;; ++depth) {
            const double begin = thread_seconds();
            result = value_or_refuse(perft(*game, start, depth));
            taken = thread_seconds() - begin;
            if ((peers != nullptr && peers->depth > 0) || taken > setup.seconds / 10 || depth >= 64) break;
            if (result.total.leaves == 0) break;
        }
        if (result.total.leaves == 0 && depth > 1) {
            --depth;
            result = value_or_refuse(perft(*game, start, depth));
        }
        const auto measured = measure_in_turn({[&](std::uint64_t count) {
                                                  for (std::uint64_t i = 0; i < count; ++i) {
                                                      static_cast<void>(perft(*game, start, depth));
                                                  }
                                              }},
                                              setup.seconds);
        const auto leaves = static_cast<double>(result.total.leaves);
        rows.push_back({.game = id,
                        .what = "depth " + std::to_string(depth),
                        .per_second = measured[0].per_second * leaves,
                        .inlined = {},
                        .ratio = {},
                        .peers = peers,
                        .numbers = {{"depth", depth}, {"leaves", leaves}}});
    }
    return rows;
}

} // namespace parlour::host::cli
