// `parlour bench`: how fast rules and engines are, against the same rules inlined and against other programs.
#include "host/cli/bench.hpp"
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"
#include "host/cli/wording.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace parlour::host::cli {

namespace {

using nlohmann::ordered_json;

struct Benchmark {
    const char *name, *unit;
    std::vector<BenchRow> (*run)(const BenchSetup &setup);
};
constexpr Benchmark benchmarks[] = {{"playouts", "games/s", bench_playouts},
                                    {"mcts", "simulations/s", bench_mcts},
                                    {"alphabeta", "nodes/s", bench_alphabeta},
                                    {"perft", "leaves/s", bench_perft},
                                    {"workers", "nodes/s", bench_workers}};

constexpr const char *border = "border"; // has sections of figures, not rows of rates

std::string processor_name() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("model name")) continue;
        const std::size_t at = line.find(": ");
        if (at != std::string::npos) return one_line(line.substr(at + 2), 100);
    }
    return "unknown";
}

ordered_json machine_json() {
    return {{"processor", processor_name()},
            {"threads", std::thread::hardware_concurrency()},
            {"compiler", PARLOUR_COMPILER},
            {"build", PARLOUR_BUILD_TYPE}};
}

ordered_json row_json(const BenchRow &row) {
    ordered_json out{{"game", row.game}, {"what", row.what}, {"per_second", row.per_second}};
    if (row.inlined) out["inlined_per_second"] = *row.inlined;
    if (row.ratio) out["ratio_to_inlined"] = *row.ratio;
    for (const auto &[name, number] : row.numbers) out[name] = number;
    if (row.peers == nullptr) return out;
    out["peers"] = row.peers->rates;
    if (const auto factor = row.factor()) {
        out["against"] = row.peers->against;
        out["factor"] = *factor;
    }
    if (row.peers->goal > 0) out["goal"] = row.peers->goal;
    return out;
}

void print_rows(const Benchmark &bench, const std::vector<BenchRow> &rows, std::ostream &out) {
    std::size_t width = 4, what = 4;
    for (const BenchRow &row : rows) {
        width = std::max(width, row.game.size());
        what = std::max(what, row.what.size());
    }
    out << fmt::format("{:<{}}  {:<{}} {:>13} {:>9} {:>7}   {}\n", bench.name, width, "", what, bench.unit, "inlined",
                       "ratio", "against");
    for (const BenchRow &row : rows) {
        out << fmt::format("{:<{}}  {:<{}} {:>13} {:>9} {:>7}", row.game, width, row.what, what,
                           short_count(row.per_second), row.inlined ? short_count(*row.inlined) : "",
                           row.ratio ? fmt::format("{:.2f}", *row.ratio) : "");
        if (const auto start = row.numbers.find("start_ms"); start != row.numbers.end())
            out << fmt::format(
                "   {:.3f} of in-process; start {:.1f} ms, end seen {:.2f} ms, round trip {:.0f} us, {:.1f} MB",
                row.numbers.at("ratio_to_in_process"), start->second, row.numbers.at("end_seen_ms"),
                row.numbers.at("round_trip_us"), row.numbers.at("private_kB") / 1024);
        if (const auto factor = row.factor()) {
            out << fmt::format("   {:.1f}x {} ({})", *factor, row.peers->against,
                               short_count(row.peers->rates.at(row.peers->against)));
            if (row.peers->goal > 0) out << fmt::format(", goal {:g}x", row.peers->goal);
        }
        out << "\n";
    }
}

const Benchmark &benchmark_named(const std::string &name) {
    std::vector<std::string> known;
    for (const Benchmark &bench : benchmarks) {
        if (name == bench.name) return bench;
        known.emplace_back(bench.name);
    }
    known.emplace_back(border);
    const std::string near = suggestion(name, known);
    throw Refusal(ExitCode::usage, "there is no benchmark \"" + one_line(name, 40) + "\"" +
                                       (near.empty() ? "; there are " + listed(known) : near));
}

} // namespace

ExitCode bench_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"bench",
         "playouts|mcts|alphabeta|perft|workers|border [OPTION]...",
         "Measures how fast rules and engines are, in processor time of one thread. playouts plays random games, by "
         "legal and apply and by the playout call, in turn with the same rules inlined into the benchmark; mcts "
         "counts "
         "simulations, alphabeta nodes, perft leaves; workers compares an engine in a process of its own with the "
         "same in this; border measures calls between Python and native code, and moves of scripts. Rates of other "
         "programs stand beside, where they are known.",
         {{"parlour bench playouts", "every game, with the ratio to inlined rules"},
          {"parlour bench mcts --game reversi --seconds 5", "one game, longer"},
          {"parlour bench alphabeta --engine minimax:hash_mb=256", "another engine, or other options of it"},
          {"parlour bench border", "nanoseconds a call, and what a script's move costs in a worker"},
          {"parlour bench perft --json > perft.json", "for a script; it names machine, compiler and build"}}});
    line.word("WHAT");
    line.values("game", "ID", "only this game; may be repeated")
        .value("engine", "ENGINE", "the engine to measure (default: mcts or minimax)")
        .value("seconds", "S", "processor time a row, roughly (default 1)")
        .flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    if (*line.text("WHAT") == border) {
        const auto seconds = line.duration("seconds");
        ordered_json out = bench_border(line, seconds && *seconds < std::chrono::seconds(1), streams.err);
        out["machine"] = machine_json();
        if (line.has("json"))
            streams.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        else
            print_border(out, streams.out);
        return ExitCode::success;
    }
    const Benchmark &bench = benchmark_named(*line.text("WHAT"));
    const auto seconds = line.duration("seconds");
    const auto registry = open_registry(line);
    std::vector<std::string> games = line.texts("game");
    for (const std::string &id : games) static_cast<void>(open_game(*registry, id, {}));
    if (games.empty()) {
        for (const GameEntry &game : registry->games()) games.push_back(game.id);
    }
    const std::filesystem::path program = own_program();
    const PeerTable peers = PeerTable::read(program.parent_path() / "bench" / "peers.json");
    const BenchSetup setup{*registry,
                           peers,
                           program,
                           games,
                           seconds ? std::chrono::duration<double>(*seconds).count() : 1.0,
                           line.text_or("engine", ""),
                           streams.err};
    const std::vector<BenchRow> rows = bench.run(setup);
    if (line.has("json")) {
        ordered_json out{{"benchmark", bench.name}, {"unit", bench.unit}, {"machine", machine_json()}};
        out["rows"] = ordered_json::array();
        for (const BenchRow &row : rows) out["rows"].push_back(row_json(row));
        out["peers"] = peers.source();
        streams.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return ExitCode::success;
    }
    print_rows(bench, rows, streams.out);
    streams.out << processor_name() << ", " << PARLOUR_COMPILER << ", " << PARLOUR_BUILD_TYPE << " build\n";
    if (!peers.source().empty()) streams.out << "Others: " << peers.source() << "\n";
    return ExitCode::success;
}

} // namespace parlour::host::cli
