// The benchmark of workers: what it costs that an engine runs in a process of its own.
#include "host/cli/bench.hpp"
#include "host/cli/bench_measure.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/search_path.hpp"
#include "host/worker/remote_engine.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <optional>

namespace parlour::host::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int worker_starts = 15, trips = 2000;

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// The engine as the registry would launch it, with its default options.
EngineLaunch launch_of(const Registry &registry, const EngineSpec &spec) {
    const EngineEntry &entry = *registry.find_engine(spec.id);
    const std::filesystem::path faster = entry.file.parent_path() / "x86-64-v3" / entry.file.filename();
    std::error_code ignored;
    const bool v3 = processor_runs_x86_64_v3() && std::filesystem::is_regular_file(faster, ignored);
    return {entry.id, entry.name, v3 ? faster : entry.file, spec.options, {}, {}};
}

// What a process has for itself, in kilobytes; 0 where the system does not tell.
double private_kilobytes(int process) {
    std::ifstream in(fmt::format("/proc/{}/smaps_rollup", process));
    double sum = 0, value = 0;
    for (std::string word; in >> word;) {
        if ((word == "Private_Clean:" || word == "Private_Dirty:") && in >> value) sum += value;
    }
    return sum;
}

// How long a worker takes to be ready for a game, to be missed when it is killed, and to answer nothing but a sign of
// life; milliseconds, the last in microseconds.
void measure_process(RemoteEngine &engine, const GamePtr &game, std::map<std::string, double> &numbers) {
    std::vector<double> ready, seen, trip;
    for (int i = 0; i < worker_starts; ++i) {
        const auto begin = Clock::now();
        need(engine.bind(game));
        ready.push_back(milliseconds_since(begin));
        if (i == 0) numbers["private_kB"] = private_kilobytes(engine.process());
        const auto killed = Clock::now();
        ::kill(engine.process(), SIGKILL);
        while (engine.ping()) continue;
        seen.push_back(milliseconds_since(killed));
    }
    need(engine.bind(game));
    for (int i = 0; i < trips; ++i) {
        const auto begin = Clock::now();
        need(engine.ping());
        trip.push_back(1000 * milliseconds_since(begin));
    }
    numbers["start_ms"] = median(ready);
    numbers["end_seen_ms"] = median(seen);
    numbers["round_trip_us"] = median(trip);
}

// Processor time that a process's first thread, on which a worker searches, has used, in seconds; nothing where the
// system does not tell.
std::optional<double> seconds_of(int process) {
    double nanoseconds = 0;
    std::ifstream in(fmt::format("/proc/{0}/task/{0}/schedstat", process));
    if (!(in >> nanoseconds)) return std::nullopt;
    return nanoseconds / 1e9;
}

// What one search of so much work took, in seconds by `clock`.
struct SearchCost {
    double nodes = 0, seconds = 0;
    double rate() const { return nodes / std::max(1e-9, seconds); }
};
template <class SecondsClock>
SearchCost search(Engine &engine, const StateBuffer &state, std::uint64_t work, std::uint64_t seed,
                  SecondsClock clock) {
    SearchLimits limits;
    limits.nodes = limits.playouts = work;
    limits.seed = seed;
    const std::atomic<std::uint32_t> stop{PARLOUR_GO};
    const double begin = clock();
    const SearchResult result = need(engine.search({&state, nullptr, {}}, limits, stop, {}));
    return {static_cast<double>(result.nodes), clock() - begin};
}

// The same searches here and there, in turn, by processor time: rates, and the median of there over here.
void measure_searches(Engine &here, RemoteEngine &there, const StateBuffer &state, double seconds, BenchRow &row) {
    const auto clock_there = [&] { return seconds_of(there.process()).value_or(thread_seconds()); };
    std::uint64_t work = 1000;
    SearchCost cost = search(here, state, work, 1, thread_seconds);
    for (; cost.seconds < std::min(0.2, seconds / 16) && cost.nodes >= static_cast<double>(work) / 2; work *= 2)
        cost = search(here, state, work, 1, thread_seconds);
    constexpr int least_rounds = 5;
    std::vector<double> inside, outside, ratios;
    double spent = 0;
    for (std::uint64_t round = 1; round <= least_rounds || spent < seconds; ++round) {
        // Who comes first changes, so that what one leaves in the caches helps both.
        SearchCost ours, theirs;
        if (round % 2 == 0) ours = search(here, state, work, round, thread_seconds);
        theirs = search(there, state, work, round, clock_there);
        if (round % 2 == 1) ours = search(here, state, work, round, thread_seconds);
        inside.push_back(ours.rate());
        outside.push_back(theirs.rate());
        ratios.push_back(theirs.rate() / ours.rate());
        spent += ours.seconds + theirs.seconds;
    }
    row.per_second = median(outside);
    row.numbers["in_process_per_second"] = median(inside);
    row.numbers["ratio_to_in_process"] = median(ratios);
}

} // namespace

std::vector<BenchRow> bench_workers(const BenchSetup &setup) {
    const EngineSpec spec = known_engine(setup.registry, setup.engine.empty() ? "mcts" : setup.engine);
    const WorkerSetup workers = worker_setup();
    std::vector<BenchRow> rows;
    for (const std::string &id : setup.games) {
        const GamePtr game = need(setup.registry.create_game(id, {}));
        if (game->file().empty() || setup.registry.supports(spec.id, *game).score == 0) continue;
        setup.err << "workers in " << id << "\n";
        BenchRow row{
            .game = id, .what = spec.id + " in a worker", .per_second = 0, .inlined = {}, .ratio = {}, .numbers = {}};
        RemoteEngine there(workers, launch_of(setup.registry, spec));
        measure_process(there, game, row.numbers);
        const EnginePtr here = need(setup.registry.create_engine(spec.id, spec.options));
        need(here->bind(game));

        StateBuffer state = game->initial(1);
        Rng rng{{1}};
        while (game->turn(state).is_chance()) need(game->play(state, game->sample_chance(state, rng)));
        measure_searches(*here, there, state, setup.seconds, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace parlour::host::cli
