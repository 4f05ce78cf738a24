// `parlour analyse`: what an engine thinks of a position, as it thinks.
#include "host/cli/command.hpp"
#include "host/cli/interrupt.hpp"
#include "host/cli/setup.hpp"
#include "host/cli/wording.hpp"
#include "host/match/engine_runner.hpp"
#include "host/match/engine_services.hpp"
#include "host/plugins/text.hpp"
#include "host/terminal/move_input.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <mutex>
#include <sstream>

namespace parlour::host::cli {

namespace {

using std::chrono::nanoseconds;

nanoseconds now() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

// The best lines that a search has told of so far, by rank.
struct Findings {
    std::vector<SearchInfo> ranks;

    void take(const SearchInfo &info) {
        if (info.rank == 0 || info.rank > 64) return;
        if (ranks.size() < info.rank) ranks.resize(info.rank);
        ranks[info.rank - 1] = info;
    }
};

struct Position {
    GamePtr game;
    StateBuffer start, state;
    std::vector<Move> moves;
    std::uint32_t player = 0;
};

// The moves of --moves, played one after the other. A move's text may itself have spaces, so the longest run of words
// that is a legal move is taken. Nature's moves may be left out: they are drawn from the seed.
class MoveReader {
public:
    MoveReader(Position &at, std::uint64_t seed) : at_(at), rng_{{seed}} {}

    void read(const std::string &text) {
        std::istringstream stream(text);
        std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
        for (std::size_t begin = 0; begin < words.size();) {
            std::size_t used = take(words, begin);
            if (used == 0) used = take_of_player(words, begin);
            begin += used;
        }
        settle();
    }

private:
    std::size_t take(const std::vector<std::string> &words, std::size_t begin) {
        constexpr std::size_t most_words = 8;
        for (std::size_t n = std::min(most_words, words.size() - begin); n > 0; --n) {
            std::string text = words[begin];
            for (std::size_t i = 1; i < n; ++i) text += " " + words[begin + i];
            const auto move = at_.game->parse_move(at_.state, text);
            if (!move.ok() || !at_.game->play(at_.state, *move).ok()) continue;
            at_.moves.push_back(*move);
            return n;
        }
        return 0;
    }
    // The move of a player behind moves of nature's that were left out, or in one of the forms that people may type.
    std::size_t take_of_player(const std::vector<std::string> &words, std::size_t begin) {
        const auto refused = at_.game->parse_move(at_.state, words[begin]);
        const std::size_t number = at_.moves.size() + 1;
        if (settle() > 0) {
            if (const std::size_t used = take(words, begin); used > 0) return used;
        }
        if (at_.game->turn(at_.state).is_over()) refuse(words[begin], at_.moves.size() + 1, "the game is over");
        const auto parsed = at_.game->parse_move(at_.state, words[begin]);
        // It has the form of nature's move, but is none here.
        if (!refused.ok() && !parsed.ok() && refused.problem().code == PARLOUR_E_ILLEGAL &&
            parsed.problem().code == PARLOUR_E_PARSE) {
            refuse(words[begin], number, refused.sentence());
        }
        const terminal::MoveInput input = terminal::read_move(*at_.game, at_.state, words[begin]);
        if (input.move && at_.game->play(at_.state, *input.move).ok()) {
            at_.moves.push_back(*input.move);
            return 1;
        }
        std::string why = input.sentence;
        for (std::size_t i = 0; i < std::min<std::size_t>(input.choices.size(), 3); ++i) {
            why += (i == 0 ? "it can be " : " or ") + at_.game->move_text(at_.state, input.choices[i]);
        }
        refuse(words[begin], at_.moves.size() + 1, why);
    }
    [[noreturn]] static void refuse(const std::string &word, std::size_t number, std::string why) {
        if (why.ends_with('.')) why.pop_back();
        throw Refusal(ExitCode::usage,
                      fmt::format("--moves: \"{}\" is not possible as move {}: {}", one_line(word, 40), number, why));
    }
    std::size_t settle() {
        std::size_t n = 0;
        for (Turn turn = at_.game->turn(at_.state); turn.is_chance() && !turn.is_over(); ++n) {
            at_.moves.push_back(at_.game->sample_chance(at_.state, rng_));
            turn = value_or_refuse(at_.game->play(at_.state, at_.moves.back()));
        }
        return n;
    }

    Position &at_;
    Rng rng_;
};

// The position that the command line describes; refuses one where there is nothing to think about.
Position read_position(const CommandLine &line, const GamePtr &game) {
    Position at{game, position_of(*game, line.text("position"), seed_of(line)), {}, {}, 0};
    at.state = at.start;
    MoveReader(at, seed_of(line)).read(line.text_or("moves", ""));
    if (game->turn(at.state).is_over()) {
        const std::string reason = game->reason(at.state);
        throw Refusal(ExitCode::failed, "the game is over in this position" + (reason.empty() ? "" : ", " + reason) +
                                            "; there is nothing to analyse");
    }
    at.player = game->turn(at.state).player();
    return at;
}

std::string joined(const std::vector<std::string> &words) {
    std::string out;
    for (const std::string &word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

double speed_of(std::uint64_t nodes, nanoseconds time) {
    return static_cast<double>(nodes) / std::max(1e-9, std::chrono::duration<double>(time).count());
}

void print_progress(const Position &at, const SearchInfo &info, bool ranked, std::ostream &out) {
    std::string text = fmt::format("depth {:>3}  nodes {:>7}  {:>8}", info.depth,
                                   short_count(static_cast<double>(info.nodes)), time_words(info.time));
    if (ranked) text += fmt::format("  line {}", info.rank);
    if (info.value) text += "  " + value_words(*at.game, at.player, *info.value, info.proven);
    if (!info.line.empty()) text += "  " + joined(line_texts(*at.game, at.state, info.line));
    if (!info.text.empty()) text += "  " + info.text;
    out << text << "\n" << std::flush;
}

nlohmann::ordered_json line_json(const Position &at, const SearchInfo &info) {
    nlohmann::ordered_json out{{"rank", info.rank},
                               {"depth", info.depth},
                               {"line", line_texts(*at.game, at.state, info.line)},
                               {"proven", info.proven}};
    if (info.value) {
        out["value"] = *info.value;
        out["words"] = value_words(*at.game, at.player, *info.value, info.proven);
    }
    if (!info.stats.empty()) {
        auto &stats = out["moves"] = nlohmann::ordered_json::array();
        for (const parlour_move_stat &stat : info.stats) {
            stats.push_back(
                {{"move", at.game->move_text(at.state, stat.move)}, {"visits", stat.visits}, {"value", stat.value}});
        }
    }
    return out;
}

// All progress of a search, handed from its thread to this one.
struct News {
    std::mutex mutex;
    std::vector<SearchInfo> waiting;

    void put(const SearchInfo &info) {
        const std::lock_guard lock(mutex);
        waiting.push_back(info);
    }
    std::vector<SearchInfo> take() {
        const std::lock_guard lock(mutex);
        return std::exchange(waiting, {});
    }
};

SearchResult think(EngineRunner &runner, SearchJob job, const std::function<void(const SearchInfo &)> &on_info) {
    const InterruptGuard guard;
    const auto news = std::make_shared<News>();
    runner.on_every_progress([news](const SearchInfo &info) { news->put(info); });
    if (const auto started = runner.start(std::move(job), now()); !started.ok()) {
        throw Refusal(ExitCode::failed, started.sentence());
    }
    bool stopping = false;
    for (;;) {
        auto result = runner.wait_result(std::chrono::milliseconds(50));
        for (const SearchInfo &info : news->take()) on_info(info);
        if (result) return value_or_refuse(std::move(*result));
        if (InterruptGuard::wanted() && !stopping) {
            runner.stop(PARLOUR_STOP_NOW, now());
            stopping = true;
        }
        // A command line can wait: ten seconds beyond what an engine was given.
        if (const auto late = runner.overdue_at(); late && now() > *late + std::chrono::seconds(10)) {
            const std::string name = runner.engine_name();
            runner.give_up();
            throw Refusal(ExitCode::failed, name + " did not answer when its time was over");
        }
    }
}

} // namespace

ExitCode analyse_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"analyse",
         "GAME [--engine ENGINE] [OPTION]...",
         "Shows what an engine thinks of a position: a line whenever it has found something better, and at the end "
         "the value, the best move, the line it expects, the positions looked at and the speed. A search ends early "
         "when its value is proven. Without a limit it takes two seconds; Ctrl-C ends it with what it has.",
         {{"parlour analyse tic_tac_toe --engine minimax", "proves that the game is a draw"},
          {"parlour analyse four_in_a_row --engine mcts --time 5s --lines 3", "the three best moves after 5 seconds"},
          {"parlour analyse reversi --option size=4 --moves \"b1 a1\" --depth 8",
           "from the position after two moves"},
          {"parlour analyse draughts --engine minimax:hash_mb=256 --nodes 1M --json",
           "an engine with an option of its own, for a script"}}});
    line.word("GAME");
    line.value("engine", "ENGINE", "id or id:option=value,...; without it, the engine that plays the game best")
        .value("position", "TEXT", "this position, in the game's notation")
        .value("moves", "TEXT", "the position after these moves, separated by spaces")
        .values("option", "ID=VALUE", "an option of the game; may be repeated")
        .value("time", "TIME", "how long: 2s, 500ms, 1m");
    add_limit_options(line);
    line.value("lines", "K", "how many best moves to show")
        .value("seed", "N", "of the engine's random numbers and of the starting position")
        .flag("json", "print JSON to standard output, progress to standard error");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    const SeatLimits limits = limits_of(line, "time");
    const auto lines = static_cast<std::uint32_t>(line.number("lines", 1, 64).value_or(1));
    const bool json = line.has("json");
    const auto registry = open_registry(line);
    const GamePtr game = open_game(*registry, *line.text("GAME"), line.texts("option"));
    const auto wanted = line.text("engine");
    const EngineSpec spec =
        known_engine(*registry, wanted ? *wanted : value_or_refuse(services_of(*registry).best(*game)));
    require_support(*registry, spec, *game);
    const Position at = read_position(line, game);

    SearchJob job;
    job.game = game;
    job.state = at.state;
    job.start = at.start;
    job.moves = at.moves;
    job.limits.hard_time = limits.any() ? limits.time : std::chrono::seconds(2);
    job.limits.nodes = limits.nodes;
    job.limits.playouts = limits.playouts;
    job.limits.depth = limits.depth;
    job.limits.lines = lines;
    job.limits.seed = seed_of(line);

    EngineRunner runner(value_or_refuse(registry->create_engine(spec.id, spec.options)));
    Findings findings;
    std::ostream &progress = json ? streams.err : streams.out;
    const SearchResult result = think(runner, std::move(job), [&](const SearchInfo &info) {
        findings.take(info);
        print_progress(at, info, lines > 1, progress);
    });

    report_layers(*game, streams.err);
    std::vector<Move> expected{result.move};
    if (!findings.ranks.empty() && !findings.ranks.front().line.empty() &&
        findings.ranks.front().line.front() == result.move) {
        expected = findings.ranks.front().line;
    }
    const std::string best = game->move_text(at.state, result.move);
    const std::string value =
        result.value ? value_words(*game, at.player, *result.value, result.proven) : std::string("not given");
    const double speed = speed_of(result.nodes, result.time);
    if (json) {
        nlohmann::ordered_json out{{"game", game->id()},
                                   {"variant", game->variant()},
                                   {"position", game->state_text(at.state)},
                                   {"player", game->player_name(at.player)},
                                   {"engine", runner.engine_id()},
                                   {"best", best},
                                   {"line", line_texts(*game, at.state, expected)},
                                   {"proven", result.proven},
                                   {"words", value},
                                   {"depth", result.depth},
                                   {"nodes", result.nodes},
                                   {"seconds", std::chrono::duration<double>(result.time).count()},
                                   {"nodes_per_second", speed}};
        out["value"] = result.value ? nlohmann::ordered_json(*result.value) : nlohmann::ordered_json(nullptr);
        out["lines"] = nlohmann::ordered_json::array();
        for (const SearchInfo &info : findings.ranks) {
            if (!info.line.empty()) out["lines"].push_back(line_json(at, info));
        }
        streams.out << out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
        return ExitCode::success;
    }
    streams.out << "\n"
                << "engine  " << runner.engine_name() << "\n"
                << "to move " << game->player_name(at.player) << "\n"
                << "value   " << value << "\n"
                << "best    " << best << "\n"
                << "line    " << joined(line_texts(*game, at.state, expected)) << "\n"
                << fmt::format("nodes   {}, depth {}, {}, {} nodes/s\n", result.nodes, result.depth,
                               time_words(result.time), short_count(speed))
                << "proven  " << (result.proven ? "yes" : "no") << "\n";
    return ExitCode::success;
}

} // namespace parlour::host::cli
