// `parlour perft`: how many games of a length there are, by first move.
#include "host/cli/command.hpp"
#include "host/cli/perft.hpp"
#include "host/cli/setup.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace parlour::host::cli {

ExitCode perft_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"perft",
         "GAME DEPTH [OPTION]...",
         "Counts the sequences of DEPTH moves from a position, for each first move and in all: the usual "
         "check that rules are right. Games that are over earlier are not carried down; they are "
         "reported apart, as ended. Chance moves count like others.",
         {{"parlour perft reversi 6", "prints the count of each first move and the total, 8200"},
          {"parlour perft reversi 8 --option size=6", "the same on a smaller board"},
          {"parlour perft tic_tac_toe 3 --position \"x.. .o. ... x\"", "from a position, in the game's own notation"},
          {"parlour perft draughts 9 --json | jq .total", "only the total"}}});
    line.word("GAME").word("DEPTH");
    line.value("position", "TEXT", "count from this position")
        .values("option", "ID=VALUE", "an option of the game; may be repeated")
        .value("seed", "N", "chooses the starting position, in games that have several")
        .flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    const auto depth = static_cast<std::uint32_t>(*line.number("DEPTH", 0, 1000));
    const auto registry = open_registry(line);
    const GamePtr game = open_game(*registry, *line.text("GAME"), line.texts("option"));
    const StateBuffer state = position_of(*game, line.text("position"), seed_of(line));

    const auto begin = std::chrono::steady_clock::now();
    const PerftResult result = value_or_refuse(perft(*game, state, depth));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const double speed = static_cast<double>(result.total.leaves) / std::max(seconds, 1e-9);

    report_layers(*game, streams.err);
    std::vector<std::string> texts;
    for (const PerftMove &each : result.moves) texts.push_back(game->move_text(state, each.move));
    if (line.has("json")) {
        nlohmann::ordered_json out{
            {"game", game->id()}, {"variant", game->variant()},   {"position", game->state_text(state)},
            {"depth", depth},     {"total", result.total.leaves}, {"ended", result.total.ended},
            {"seconds", seconds}, {"leaves_per_second", speed},   {"moves", nlohmann::ordered_json::object()}};
        for (std::size_t i = 0; i < texts.size(); ++i) out["moves"][texts[i]] = result.moves[i].count.leaves;
        streams.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return ExitCode::success;
    }
    std::size_t width = 5;
    for (const std::string &text : texts) width = std::max(width, text.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        streams.out << fmt::format("{:<{}} {:>15}\n", texts[i], width, result.moves[i].count.leaves);
    }
    streams.out << fmt::format("{:<{}} {:>15}\n", "total", width, result.total.leaves);
    if (result.total.ended > 0) {
        streams.out << fmt::format("{:<{}} {:>15}\n", "ended", width, result.total.ended);
    }
    streams.out << fmt::format("{:.3f} s, {:.1f} M leaves/s\n", seconds, speed / 1e6);
    return ExitCode::success;
}

} // namespace parlour::host::cli
