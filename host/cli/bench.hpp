// What `parlour bench` measures. Each function gives rows for a table and for JSON; rates are a second of processor
// time of one thread. Main thread only.
#pragma once

#include "host/cli/command_line.hpp"
#include "host/plugins/registry.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace parlour::host::cli {

// What other programs do in the same measure, from a file of published and measured figures: see assets.
struct PeerFigures {
    std::map<std::string, double> rates; // by the program's name, a second
    std::string against;                 // which of them the goal is meant against
    double goal = 0;                     // the factor wanted; 0: none
    std::uint32_t depth = 0;             // at which the figures hold; 0: no matter
};

// The figures of one benchmark ("playouts") by game; empty where the file is missing or damaged.
class PeerTable {
public:
    static PeerTable read(const std::filesystem::path &file);
    // Null where there are none.
    const PeerFigures *find(const std::string &bench, const std::string &game) const;
    const std::string &source() const { return source_; }

private:
    std::map<std::string, std::map<std::string, PeerFigures>> figures_;
    std::string source_;
};

// One line of a result.
struct BenchRow {
    std::string game, what;        // what: "legal+apply", "playout call", "depth 10, table off"
    double per_second = 0;         // of whatever the benchmark counts
    std::optional<double> inlined; // the same rules inlined, a second
    std::optional<double> ratio;   // ours over inlined, median within rounds
    const PeerFigures *peers = nullptr;
    std::map<std::string, double> numbers; // further figures, for JSON: "depth", "nodes"

    // Ours over the peer that the goal is meant against, or nothing.
    std::optional<double> factor() const;
};

struct BenchSetup {
    const Registry &registry;
    const PeerTable &peers;
    std::filesystem::path program;  // beside which the benchmark modules are
    std::vector<std::string> games; // ids
    double seconds = 1;             // for a row or a pair of rows
    std::string engine;             // "": the benchmark's usual one
    std::ostream &err;              // progress
};

std::vector<BenchRow> bench_playouts(const BenchSetup &setup);
std::vector<BenchRow> bench_mcts(const BenchSetup &setup);
std::vector<BenchRow> bench_alphabeta(const BenchSetup &setup);
std::vector<BenchRow> bench_perft(const BenchSetup &setup);
// What it costs that an engine runs in a process of its own; what is searched is the same there and here. Of its
// numbers "start_ms" is from nothing to ready for a game, "end_seen_ms" from its being killed to that being known.
std::vector<BenchRow> bench_workers(const BenchSetup &setup);

// What calls between Python and native code cost, and moves of scripts, by section; the table says the units. `quick`
// measures less often. Reads --game and --plugins of the line; puts variables into this process's environment, and
// Python into the process. Throws Refusal with a sentence where Python, the module or the plugin for scripts is
// missing.
nlohmann::ordered_json bench_border(const CommandLine &line, bool quick, std::ostream &err);
void print_border(const nlohmann::ordered_json &figures, std::ostream &out);

} // namespace parlour::host::cli
