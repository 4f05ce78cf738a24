// The benchmarks of engines: simulations of a Monte Carlo search, nodes of an alpha-beta search.
#include "host/cli/bench.hpp"
#include "host/cli/bench_measure.hpp"
#include "host/cli/setup.hpp"
#include "host/cli/wording.hpp"

#include <algorithm>
#include <exception>
#include <thread>

namespace parlour::host::cli {

namespace {

// Nodes and processor time of one search from the starting position, on the thread that it is called on.
struct Cost {
    std::uint64_t nodes = 0;
    double seconds = 0;
    float value = 0;
};

class Searcher {
public:
    Searcher(const Registry &registry, const EngineSpec &spec, GamePtr game)
        : engine_(value_or_refuse(registry.create_engine(spec.id, spec.options))),
          game_(std::move(game)),
          start_(game_->initial(1)) {
        // The first decision of a player, where nature moves first.
        Rng rng{{1}};
        while (game_->turn(start_).is_chance()) {
            value_or_refuse(game_->play(start_, game_->sample_chance(start_, rng)));
        }
    }

    Cost search(const SearchLimits &limits) {
        const std::atomic<std::uint32_t> stop{PARLOUR_GO};
        const auto bound = engine_->bind(game_);
        if (!bound.ok()) throw Refusal(ExitCode::failed, bound.sentence());
        const double begin = thread_seconds();
        const SearchResult result = value_or_refuse(engine_->search({&start_, nullptr, {}}, limits, stop, {}));
        return {result.nodes, std::max(1e-9, thread_seconds() - begin), result.value.value_or(0)};
    }

private:
    EnginePtr engine_;
    GamePtr game_;
    StateBuffer start_;
};

// Engines search on a thread of their own.
template <class Body>
void on_worker(Body body) {
    std::exception_ptr problem;
    std::thread([&] {
        try {
            body();
        } catch (...) {
            problem = std::current_exception();
        }
    }).join();
    if (problem) std::rethrow_exception(problem);
}

// Games of the setup that an engine plays, where something is to be looked ahead at: without hidden information.
std::vector<std::pair<std::string, GamePtr>> games_for(const BenchSetup &setup, const std::string &engine) {
    std::vector<std::pair<std::string, GamePtr>> out;
    for (const std::string &id : setup.games) {
        const GamePtr game = value_or_refuse(setup.registry.create_game(id, {}));
        if (setup.registry.supports(engine, *game).score > 0) out.emplace_back(id, game);
    }
    return out;
}

bool has_option(const Registry &registry, const std::string &engine, const std::string &option,
                const std::string &value) {
    const EngineEntry *entry = registry.find_engine(engine);
    return entry != nullptr && std::any_of(entry->options.begin(), entry->options.end(), [&](const OptionSpec &spec) {
               return spec.id == option && spec.problem(value).empty();
           });
}

} // namespace

std::vector<BenchRow> bench_mcts(const BenchSetup &setup) {
    const EngineSpec spec = known_engine(setup.registry, setup.engine.empty() ? "mcts" : setup.engine);
    std::vector<BenchRow> rows;
    for (const auto &[id, game] : games_for(setup, spec.id)) {
        setup.err << "simulations in " << id << "\n";
        Searcher searcher(setup.registry, spec, game);
        std::vector<double> rates;
        double spent = 0;
        std::uint64_t nodes = 0;
        on_worker([&] {
            SearchLimits limits;
            limits.playouts = 1000;
            Cost cost = searcher.search(limits);
            // Searches of about an eighth of the time each; one that ends early, proven, is repeated more often.
            while (cost.seconds < setup.seconds / 16 && cost.nodes >= *limits.playouts) {
                limits.playouts = *limits.playouts * 2;
                cost = searcher.search(limits);
            }
            for (; rates.size() < 3 || spent < setup.seconds; ++limits.seed) {
                cost = searcher.search(limits);
                rates.push_back(static_cast<double>(cost.nodes) / cost.seconds);
                spent += cost.seconds;
                nodes += cost.nodes;
            }
        });
        rows.push_back({.game = id,
                        .what = "simulations",
                        .per_second = median(rates),
                        .inlined = {},
                        .ratio = {},
                        .peers = setup.peers.find("mcts", id),
                        .numbers = {{"searches", static_cast<double>(rates.size())},
                                    {"simulations", static_cast<double>(nodes)}}});
    }
    return rows;
}

std::vector<BenchRow> bench_alphabeta(const BenchSetup &setup) {
    const EngineSpec usual = known_engine(setup.registry, setup.engine.empty() ? "minimax" : setup.engine);
    // Plain: without a table, and without judging positions where the search ends, as far as the engine has options
    // for that.
    EngineSpec plain = usual;
    if (has_option(setup.registry, usual.id, "table", "false")) plain.options["table"] = "false";
    if (has_option(setup.registry, usual.id, "leaf", "zero")) plain.options["leaf"] = "zero";
    std::vector<BenchRow> rows;
    for (const auto &[id, game] : games_for(setup, usual.id)) {
        setup.err << "alpha-beta in " << id << "\n";
        const PeerFigures *peers = setup.peers.find("alphabeta", id);
        std::uint32_t depth = peers == nullptr ? 0 : peers->depth;
        for (const bool is_plain : {true, false}) {
            Searcher searcher(setup.registry, is_plain ? plain : usual, game);
            std::vector<double> rates, times;
            Cost cost;
            on_worker([&] {
                SearchLimits limits;
                // The depth of the peers' figures, or the first that takes a sixteenth of the time.
                for (limits.depth = depth == 0 ? 1 : depth;; limits.depth = *limits.depth + 1) {
                    cost = searcher.search(limits);
                    if (depth != 0 || cost.seconds > setup.seconds / 16 || *limits.depth >= 64) break;
                }
                depth = *limits.depth;
                for (double spent = 0; rates.size() < 3 || spent < setup.seconds; spent += cost.seconds) {
                    cost = searcher.search(limits);
                    rates.push_back(static_cast<double>(cost.nodes) / cost.seconds);
                    times.push_back(cost.seconds);
                }
            });
            const char *variant = plain.options == usual.options ? "" : is_plain ? ", plain" : ", with table";
            rows.push_back(
                {.game = id,
                 .what = "depth " + std::to_string(depth) + variant,
                 .per_second = median(rates),
                 .inlined = {},
                 .ratio = {},
                 .peers = is_plain ? peers : nullptr,
                 .numbers = {
                     {"depth", depth}, {"nodes", static_cast<double>(cost.nodes)}, {"seconds", median(times)}}});
            if (plain.options == usual.options) break;
        }
    }
    return rows;
}

} // namespace parlour::host::cli
