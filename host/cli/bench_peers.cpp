#include "host/cli/bench.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace parlour::host::cli {

PeerTable PeerTable::read(const std::filesystem::path &file) {
    PeerTable table;
    std::ifstream in(file);
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (!json.is_object()) return table;
    try {
        table.source_ = json.value("source", "");
        for (const auto &[bench, games] : json.at("benchmarks").items()) {
            for (const auto &[game, row] : games.items()) {
                PeerFigures &figures = table.figures_[bench][game];
                figures.rates = row.at("rates").get<std::map<std::string, double>>();
                figures.against = row.value("against", "");
                figures.goal = row.value("goal", 0.0);
                figures.depth = row.value("depth", 0u);
            }
        }
    } catch (const nlohmann::json::exception &) {
        return {};
    }
    return table;
}

const PeerFigures *PeerTable::find(const std::string &bench, const std::string &game) const {
    const auto games = figures_.find(bench);
    if (games == figures_.end()) return nullptr;
    const auto row = games->second.find(game);
    return row == games->second.end() ? nullptr : &row->second;
}

std::optional<double> BenchRow::factor() const {
    if (peers == nullptr) return std::nullopt;
    const auto peer = peers->rates.find(peers->against);
    if (peer == peers->rates.end() || peer->second <= 0) return std::nullopt;
    return per_second / peer->second;
}

} // namespace parlour::host::cli
