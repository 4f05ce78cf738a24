// `parlour match`: games between engines, counted.
#include "host/base/appended_file.hpp"
#include "host/cli/command.hpp"
#include "host/cli/interrupt.hpp"
#include "host/cli/setup.hpp"
#include "host/cli/wording.hpp"
#include "host/match/tournament.hpp"
#include "host/plugins/text.hpp"
#include "host/records/store.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>

namespace parlour::host::cli {

namespace {

using std::chrono::steady_clock;

std::string today() {
    const std::time_t at = std::time(nullptr);
    std::tm parts{};
    localtime_r(&at, &parts);
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

// Appends finished games to a file, in the order of the games.
class RecordFile {
public:
    explicit RecordFile(const std::optional<std::string> &path) : path_(path.value_or("")) {
        if (path_.empty()) return;
        auto opened = AppendedFile::open(path_);
        if (!opened) throw Refusal(ExitCode::failed, "--record: " + opened.sentence());
        file_.emplace(std::move(*opened));
    }
    bool wanted() const { return !path_.empty(); }
    void take(const TournamentGame &game) {
        if (!wanted() || !game.record) return;
        waiting_[game.index] = write_record(*game.record);
        while (!waiting_.empty() && waiting_.begin()->first == next_) write_first();
    }
    // Writes what is left; refuses when something could not be written.
    void close() {
        if (!wanted()) return;
        while (!waiting_.empty()) write_first();
        const auto closed = file_->close();
        if (problem_.empty()) problem_ = closed.sentence();
        if (!problem_.empty()) throw Refusal(ExitCode::failed, "--record: not all games were written: " + problem_);
    }

private:
    void write_first() {
        // After a failure the games still count; the file keeps those before it, without a gap.
        if (problem_.empty()) {
            if (const auto added = file_->append(waiting_.begin()->second + "\n"); !added)
                problem_ = added.sentence();
        }
        waiting_.erase(waiting_.begin());
        ++next_;
    }

    std::string path_;
    std::optional<AppendedFile> file_;
    std::string problem_; // why games are no longer written
    std::map<std::size_t, std::string> waiting_;
    std::size_t next_ = 0;
};

// One line that is written over and over, on a terminal only.
class ProgressBar {
public:
    ProgressBar(std::ostream &err, std::size_t games, bool shown) : err_(err), games_(games), shown_(shown) {}
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar &) = delete;
    ProgressBar &operator=(const ProgressBar &) = delete;

    void show(const TournamentResult &so_far) {
        if (!shown_) return;
        constexpr std::size_t width = 24;
        const std::size_t full = games_ == 0 ? width : width * so_far.games / games_;
        const auto spent = steady_clock::now() - begin_;
        const auto left = so_far.games == 0
                              ? spent
                              : spent / static_cast<long>(so_far.games) * static_cast<long>(games_ - so_far.games);
        std::string text =
            fmt::format("[{}{}] {}/{}", std::string(full, '#'), std::string(width - full, '.'), so_far.games, games_);
        for (const ContestantScore &score : so_far.scores) text += fmt::format("  {} {:g}", score.name, score.points);
        err_ << "\r\x1b[K" << text << "  " << time_words(left) << " left" << std::flush;
        dirty_ = true;
    }
    void clear() {
        if (std::exchange(dirty_, false)) err_ << "\r\x1b[K" << std::flush;
    }

private:
    std::ostream &err_;
    std::size_t games_;
    bool shown_, dirty_ = false;
    steady_clock::time_point begin_ = steady_clock::now();
};

// Seats for the engines of the command line; engines given twice get a number behind their name.
std::vector<Seat> contestants_of(const CommandLine &line, const Registry &registry, const Game &game,
                                 const SeatLimits &limits) {
    std::vector<Seat> seats;
    std::map<std::string, int> seen;
    for (const std::string &text : line.texts("engine")) {
        const EngineSpec spec = known_engine(registry, text);
        require_support(registry, spec, game);
        Seat seat = Seat::of_engine(spec.id, highest_level, spec.options, limits);
        const int count = ++seen[text];
        seat.name = count == 1 ? text : fmt::format("{} ({})", text, count);
        seats.push_back(std::move(seat));
    }
    if (seats.empty()) throw Refusal(ExitCode::usage, "it needs --engine at least once");
    if (seats.size() > game.players()) {
        throw Refusal(ExitCode::usage, fmt::format("{} has {} players, so at most {} engines can meet, not {}",
                                                   game.name(), game.players(), game.players(), seats.size()));
    }
    return seats;
}

TimeControl clock_of(const CommandLine &line) {
    const auto text = line.text("clock");
    if (!text) return TimeControl::none();
    auto control = TimeControl::parse(*text);
    if (!control.ok()) throw Refusal(ExitCode::usage, "--clock: " + control.sentence());
    return *control;
}

std::string elo_words(const TournamentResult &result) {
    const EloEstimate &elo = *result.elo;
    const std::string &first = result.scores[0].name, &second = result.scores[1].name;
    if (!std::isfinite(elo.elo)) {
        return fmt::format("{} over {}: {}infinite, as one side made every point", first, second,
                           elo.elo < 0 ? "minus " : "");
    }
    const std::string error =
        std::isfinite(elo.error) ? fmt::format("+- {:.0f}", elo.error) : std::string("with an error without bound");
    return fmt::format("{} over {}: {:+.0f} {} (95 %), likelihood of superiority {:.1f} %", first, second, elo.elo,
                       error, 100 * elo.los);
}

// The first game that a contestant lost by an ending of its own fault and that says why; null where none does.
const TournamentGame *first_reason(const TournamentResult &result, std::size_t contestant, Ending ending) {
    for (const TournamentGame &game : result.list) {
        const Outcome &outcome = game.outcome;
        if (outcome.ending == ending && outcome.fault && game.contestants[*outcome.fault] == contestant &&
            !outcome.detail.empty())
            return &game;
    }
    return nullptr;
}

nlohmann::ordered_json result_json(const Game &game, const TournamentResult &result, std::uint64_t seed,
                                   double seconds) {
    nlohmann::ordered_json out{{"game", game.id()},
                               {"variant", game.variant()},
                               {"seed", seed},
                               {"games", result.games},
                               {"stopped", result.stopped},
                               {"seconds", seconds},
                               {"scores", nlohmann::ordered_json::array()}};
    for (std::size_t contestant = 0; contestant < result.scores.size(); ++contestant) {
        const ContestantScore &score = result.scores[contestant];
        nlohmann::ordered_json faults = nlohmann::ordered_json::object(), reasons = faults;
        for (std::size_t i = 0; i < ending_count; ++i) {
            if (score.faults[i] == 0) continue;
            const auto ending = static_cast<Ending>(i);
            const std::string name(ending_text(ending));
            faults[name] = score.faults[i];
            if (const TournamentGame *lost = first_reason(result, contestant, ending))
                reasons[name] = {{"game", lost->index + 1}, {"sentence", one_line(lost->outcome.detail)}};
        }
        out["scores"].push_back({{"name", score.name},
                                 {"games", score.games},
                                 {"wins", score.wins},
                                 {"draws", score.draws},
                                 {"losses", score.losses},
                                 {"points", score.points},
                                 {"utility", score.utility},
                                 {"faults", faults},
                                 {"reasons", reasons}}); // of the first game lost by each ending
    }
    if (result.elo) {
        // What is infinite becomes null.
        out["elo"] = {{"difference", result.elo->elo},
                      {"error", result.elo->error},
                      {"low", result.elo->low},
                      {"high", result.elo->high},
                      {"superiority", result.elo->los}};
    }
    auto &endings = out["endings"] = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < ending_count; ++i) {
        if (result.endings[i] > 0) endings[std::string(ending_text(static_cast<Ending>(i)))] = result.endings[i];
    }
    return out;
}

void print_result(const Game &game, const TournamentResult &result, double seconds, std::ostream &out) {
    std::size_t width = 8;
    for (const ContestantScore &score : result.scores) width = std::max(width, score.name.size());
    out << fmt::format("{:<{}} {:>7} {:>7} {:>7} {:>7} {:>8}", "engine", width, "games", "wins", "draws", "losses",
                       "points");
    const bool money = game.info().util_max > 1.5f || !game.has(PARLOUR_GAME_ZERO_SUM);
    out << (money ? fmt::format(" {:>10}\n", "utility") : std::string("\n"));
    for (const ContestantScore &score : result.scores) {
        out << fmt::format("{:<{}} {:>7} {:>7} {:>7} {:>7} {:>8g}", score.name, width, score.games, score.wins,
                           score.draws, score.losses, score.points);
        out << (money ? fmt::format(" {:>+10g}\n", score.utility) : std::string("\n"));
    }
    if (result.elo && result.games > 0) out << "Elo      " << elo_words(result) << "\n";
    out << "endings ";
    const char *separator = " ";
    for (std::size_t i = 0; i < ending_count; ++i) {
        if (result.endings[i] == 0) continue;
        out << separator << ending_text(static_cast<Ending>(i)) << " " << result.endings[i];
        separator = ", ";
    }
    out << "\n";
    for (std::size_t contestant = 0; contestant < result.scores.size(); ++contestant) {
        const ContestantScore &score = result.scores[contestant];
        for (std::size_t i = 0; i < ending_count; ++i) {
            if (score.faults[i] == 0) continue;
            const auto ending = static_cast<Ending>(i);
            out << "         " << score.name << " lost " << score.faults[i] << " by " << ending_text(ending);
            if (const TournamentGame *lost = first_reason(result, contestant, ending))
                out << ", first in game " << lost->index + 1 << ": " << one_line(lost->outcome.detail);
            out << "\n";
        }
    }
    out << fmt::format("{} games in {:.1f} s{}\n", result.games, seconds, result.stopped ? ", stopped early" : "");
}

} // namespace

ExitCode match_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"match",
         "GAME --engine ENGINE --engine ENGINE [OPTION]...",
         "Plays games between engines, who change sides from game to game, and prints wins, draws, losses, the "
         "difference in Elo with its error, and how the games ended. Without a limit each move takes at most 100 ms. "
         "Ctrl-C ends with the games finished so far.",
         {{"parlour match four_in_a_row --engine mcts --engine random --games 100 --playouts 1000",
           "how often 1,000 playouts a move beat chance"},
          {"parlour match reversi --engine minimax --engine mcts --time-per-move 50ms --concurrency 2",
           "two games at a time, 50 ms a move"},
          {"parlour match draughts --engine minimax:table=false --engine minimax --clock 10s+0.1s --record games.txt",
           "a game clock; the games are appended to a file"},
          {"parlour match kuhn_poker --engine mcts --engine random --games 1000 --json | jq .elo", "for a script"}}});
    line.word("GAME");
    line.values("engine", "ENGINE", "id or id:option=value,...; once for each side")
        .value("games", "N", "how many games (default 10)")
        .value("time-per-move", "TIME", "how long an engine may think: 100ms, 2s");
    add_limit_options(line);
    line.value("clock", "TIME", "a clock for each side: 60s, 5m+3s (time and increment a move)")
        .value("concurrency", "N", "games at once (default 1)")
        .value("max-plies", "N", "a game that is longer is nobody's (default: none)")
        .values("option", "ID=VALUE", "an option of the game; may be repeated")
        .value("record", "FILE", "append the games to this file")
        .flag("keep", "keep the games among your own, for \"parlour history\"")
        .value("seed", "N", "of all random numbers: the same seed and limits without time play the same games")
        .flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    TournamentSetup setup;
    SeatLimits limits = limits_of(line, "time-per-move");
    setup.time = clock_of(line);
    if (!limits.any() && setup.time.kind == TimeControl::Kind::none) limits.time = std::chrono::milliseconds(100);
    setup.games = line.number("games", 1, 10000000).value_or(10);
    setup.concurrency = static_cast<std::uint32_t>(line.number("concurrency", 1, 64).value_or(1));
    setup.max_plies = static_cast<std::uint32_t>(line.number("max-plies", 1, 1000000).value_or(0));
    setup.seed = seed_of(line);
    const auto registry = open_registry(line);
    setup.game = open_game(*registry, *line.text("GAME"), line.texts("option"));
    setup.contestants = contestants_of(line, *registry, *setup.game, limits);
    setup.create_engine = services_of(*registry).create;
    RecordFile file(line.text("record"));
    const std::unique_ptr<Store> store =
        line.has("keep") ? value_or_refuse(Store::open(default_store_file())) : nullptr;
    if (store && !store->notice().empty()) streams.err << "parlour match: " << store->notice() << "\n";
    setup.keep_records = file.wanted() || store != nullptr;
    std::string not_kept; // why
    setup.date = today();

    const auto begin = steady_clock::now();
    TournamentResult result;
    {
        const InterruptGuard guard;
        setup.stop = &InterruptGuard::wanted();
        ProgressBar bar(streams.err, setup.games, isatty(STDERR_FILENO) != 0);
        setup.on_game = [&](const TournamentResult &so_far, const TournamentGame &game) {
            file.take(game);
            if (store && game.record && not_kept.empty()) not_kept = store->add(*game.record).sentence();
            bar.show(so_far);
        };
        result = value_or_refuse(run_tournament(setup));
    }
    file.close();
    report_layers(*setup.game, streams.err);
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    if (line.has("json")) {
        streams.out << result_json(*setup.game, result, setup.seed, seconds)
                           .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                    << "\n";
    } else {
        print_result(*setup.game, result, seconds, streams.out);
    }
    if (!not_kept.empty()) throw Refusal(ExitCode::failed, "--keep: " + not_kept);
    return ExitCode::success;
}

} // namespace parlour::host::cli
