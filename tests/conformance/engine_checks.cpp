// Engines: every engine with every game that it supports, on budgets so small that the suite stays quick.
#include "conformance/checks.hpp"
#include "conformance/guarded.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

namespace parlour::conformance {
namespace {

// Not a broken contract: the machine has less memory than an option allows.
class NoMemory : public std::runtime_error {
public:
    NoMemory() : std::runtime_error("there is not enough memory") {}
};

// Throws NoMemory, or Broken with the engine's own sentence after `what`.
void require_done(parlour_status status, const parlour_error &error, const char *what) {
    if (status == PARLOUR_OK) return;
    require_sentence(what, status, error);
    if (status == PARLOUR_E_NOMEM) throw NoMemory();
    throw Broken(std::string(what) + " fails: " + error.text);
}

// One search through the C table, with everything that it reports checked as it comes.
class SearchRun {
public:
    SearchRun(const GameRef &game, const void *state, const parlour_limits &limits, std::uint32_t stop = PARLOUR_GO)
        : game_(game), limits_(limits), stop_(stop), player_(game.turn(state).player()), root_(game, state) {
        if (game.hidden() != nullptr) game.hidden()->view(game.self(), state, player_, root_.data());
        moves_ = game.legal_moves(root_.data());
    }

    // Searches and throws Broken when the result, or a report, is not as the contract says.
    parlour_result run(const parlour_engine_api &api, void *engine) {
        const GuardedState before(game_, root_.data());
        parlour_root root{};
        root.size = sizeof root;
        root.player = player_;
        root.state = root_.data();
        parlour_control control{};
        control.size = sizeof control;
        control.context = this;
        control.stop = &stop_;
        control.now = [](void *self) { return static_cast<SearchRun *>(self)->elapsed(); };
        control.info = [](void *self, const parlour_info *info) { static_cast<SearchRun *>(self)->note(*info); };
        parlour_result result{};
        result.size = sizeof result;
        result.move = PARLOUR_MOVE_NONE;
        parlour_error error{};
        const parlour_status status = api.search(engine, &root, &limits_, &control, &result, &error);
        require_done(status, error, "the search");
        root_.verify("search()");
        require(before.equals(root_.data()), "the search has changed the position that it was given");
        require(problem_.empty(), [&] { return problem_; });
        require(is_legal(result.move), "the search gives a move that is not legal");
        require(!(limits_.mask & PARLOUR_LIMIT_MOVES) || std::find(limits_.only, limits_.only + limits_.n_only,
                                                                   result.move) != limits_.only + limits_.n_only,
                "the search gives a move that it was not to consider");
        if ((result.flags & (PARLOUR_RESULT_VALUE | PARLOUR_RESULT_PROVEN)) != 0) {
            require(is_value(result.value), "the value of the search is not from -1 to 1");
        }
        return result;
    }

    std::uint32_t best_rank() const { return best_rank_; }

private:
    bool is_legal(Move move) const { return std::find(moves_.begin(), moves_.end(), move) != moves_.end(); }
    static bool is_value(float value) { return std::isfinite(value) && value >= -1 && value <= 1; }
    std::uint64_t elapsed() const {
        return static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - start_).count());
    }
    void expect(bool holds, const char *problem) {
        if (!holds && problem_.empty()) problem_ = problem;
    }

    void note(const parlour_info &info) {
        expect(info.size == sizeof info, "a report's size is not set");
        expect(info.rank >= 1 && info.rank <= std::max(1u, limits_.lines),
               "a report has a rank beyond the lines asked");
        best_rank_ = std::max(best_rank_, info.rank);
        if (info.mask & PARLOUR_INFO_VALUE) expect(is_value(info.value), "a reported value is not from -1 to 1");
        if (info.mask & PARLOUR_INFO_TEXT)
            expect(info.text && is_clean_text(info.text), "a reported text is not clean");
        if (info.mask & PARLOUR_INFO_NODES) {
            expect(info.nodes >= nodes_, "the nodes reported become fewer");
            nodes_ = info.nodes;
        }
        if (info.mask & PARLOUR_INFO_LINE) {
            expect(info.line != nullptr && info.n_line > 0, "a reported line is empty");
            if (info.line != nullptr && info.n_line > 0) note_line({info.line, info.n_line}, info.rank);
        }
        if (info.mask & PARLOUR_INFO_STATS) {
            expect(info.stats != nullptr && info.n_stats <= moves_.size(), "there are statistics of too many moves");
            for (std::uint32_t i = 0; info.stats != nullptr && i < info.n_stats; ++i) {
                expect(is_legal(info.stats[i].move), "there are statistics of a move that is not legal");
                expect(is_value(info.stats[i].value), "a move's value is not from -1 to 1");
                expect(info.stats[i].prior >= 0 && info.stats[i].prior <= 1, "a move's prior is not from 0 to 1");
            }
        }
    }

    // A line can be played; of hidden games only its first move means anything for the true position.
    void note_line(std::span<const Move> line, std::uint32_t rank) {
        expect(is_legal(line[0]), "a reported line begins with a move that is not legal");
        if (rank == 1) line_heads_.clear();
        expect(line_heads_.insert(line[0]).second, "two reported lines begin with one move");
        if (game_.hidden() != nullptr || game_.simultaneous() != nullptr) return;
        GuardedState state(game_, root_.data());
        for (const Move move : line) {
            const std::vector<Move> moves = game_.legal_moves(state.data());
            if (std::find(moves.begin(), moves.end(), move) == moves.end()) {
                expect(false, "a reported line has a move that is not legal");
                return;
            }
            game_.apply(state.data(), move);
        }
    }

    const GameRef &game_;
    const parlour_limits limits_;
    const std::uint32_t stop_, player_;
    GuardedState root_;
    std::vector<Move> moves_;
    std::string problem_;
    std::uint32_t best_rank_ = 0;
    std::uint64_t nodes_ = 0;
    std::set<Move> line_heads_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

parlour_limits limits_of(std::uint64_t nodes, std::uint64_t seed = 1) {
    parlour_limits limits{};
    limits.size = sizeof limits;
    limits.mask = PARLOUR_LIMIT_NODES | PARLOUR_LIMIT_PLAYOUTS;
    limits.nodes = limits.playouts = nodes;
    limits.seed = seed;
    limits.lines = 1;
    return limits;
}

// An engine bound to a game.
class Bound {
public:
    Bound(const EngineSubject &subject, const GameRef &game, const test::Options &options = {})
        : engine_(subject.file, subject.id, options), game_(game) {
        bind();
    }
    void bind() {
        parlour_error error{};
        require_done(engine_->bind(engine_.self(), &game_.raw(), &error), error, "binding the engine to the game");
    }
    parlour_result search(const void *state, const parlour_limits &limits, std::uint32_t stop = PARLOUR_GO) {
        return SearchRun(game_, state, limits, stop).run(*engine_.operator->(), engine_.self());
    }

private:
    test::OpenEngine engine_;
    const GameRef &game_;
};

// Plays nature's and, where `engine_moves` says no, the players' moves at random until it is over or an engine's
// turn.
template <class Stop>
Turn play_random(const GameRef &game, void *state, Rng &rng, Stop stop) {
    Turn turn = game.turn(state);
    while (!turn.is_over() && (turn.is_chance() || !stop(turn))) {
        if (turn.is_simultaneous()) {
            turn = play_joint(game, state, rng);
            continue;
        }
        const std::vector<Move> moves = game.legal_moves(state);
        turn = game.apply(state, moves[rng.below(static_cast<std::uint32_t>(moves.size()))]);
    }
    return turn;
}

// Positions to search from: some plies into random games.
std::vector<GuardedState> positions(const GameRef &game) {
    std::vector<GuardedState> found;
    for (std::uint32_t i = 0; i < (is_nightly() ? 20u : 4u); ++i) {
        GuardedState state(game);
        game.initial(state.data(), i);
        Rng rng{{i}};
        std::uint32_t left = 4 * i;
        const Turn turn = play_random(game, state.data(), rng, [&](Turn) { return left-- == 0; });
        if (!turn.is_over()) found.emplace_back(game, state.data());
    }
    return found;
}

void check_searches(const EngineSubject &subject, const GameRef &game, const void *state) {
    const std::vector<Move> moves = game.legal_moves(state);
    Bound engine(subject, game), twin(subject, game);
    for (const std::uint64_t nodes : {1u, 30u, 400u}) {
        engine.bind();
        twin.bind();
        const parlour_result first = engine.search(state, limits_of(nodes, 11));
        const parlour_result second = twin.search(state, limits_of(nodes, 11));
        require(first.move == second.move && first.nodes == second.nodes && first.value == second.value,
                "two searches with one seed and one budget differ");
    }
    for (const std::uint32_t stop : {PARLOUR_STOP_SOON, PARLOUR_STOP_NOW}) {
        engine.search(state, limits_of(UINT64_MAX), stop);
    }
    parlour_limits limits = limits_of(200);
    limits.mask |= PARLOUR_LIMIT_DEPTH;
    limits.depth = 1;
    engine.search(state, limits);
    limits = limits_of(200);
    limits.lines = 3;
    engine.search(state, limits);
    limits = limits_of(200);
    limits.mask |= PARLOUR_LIMIT_MOVES;
    limits.only = &moves.back();
    limits.n_only = 1;
    engine.search(state, limits);
    for (const std::uint32_t strength : {0u, 500u, 1000u}) {
        limits = limits_of(100);
        limits.mask |= PARLOUR_LIMIT_STRENGTH;
        limits.strength = strength;
        engine.search(state, limits);
    }
    limits = limits_of(100);
    limits.mask |= PARLOUR_LIMIT_SOFT_TIME | PARLOUR_LIMIT_HARD_TIME;
    limits.soft_ns = 1;
    limits.hard_ns = 2;
    engine.search(state, limits);
}

// A whole game against random moves, at each seat.
void check_games(const EngineSubject &subject, const GameRef &game) {
    Bound engine(subject, game);
    const std::uint32_t most = is_nightly() ? 100'000 : 400;
    for (std::uint32_t seat = 0; seat < game.players(); ++seat) {
        engine.bind();
        GuardedState state(game);
        game.initial(state.data(), seat);
        Rng rng{{seat + 100}};
        for (std::uint32_t searches = 0; searches < most; ++searches) {
            const Turn turn = play_random(game, state.data(), rng, [&](Turn now) { return now.player() == seat; });
            if (turn.is_over()) break;
            game.apply(state.data(), engine.search(state.data(), limits_of(20, searches)).move);
        }
    }
}

// The address sanitizer's operator new ends the program where others throw, so a number that may be an amount of
// memory stays small under it.
#if defined(__SANITIZE_ADDRESS__)
constexpr double largest_number = 1024;
#else
constexpr double largest_number = HUGE_VAL;
#endif

void check_options(const EngineSubject &subject, const GameRef &game, const void *state) {
    for (OptionCopy option : options_of(engines_of(subject.file)->option, subject.id)) {
        option.max = std::min(option.max, std::max(option.min, largest_number));
        for (const std::string &value : option.extremes()) {
            try {
                Bound(subject, game, {{option.id, value}}).search(state, limits_of(50));
            } catch (const NoMemory &) {
                continue;
            } catch (const std::exception &exception) {
                throw Broken("with " + option.id + "=" + value + ": " + exception.what());
            }
        }
    }
}

} // namespace

void check_engine_description(const EngineSubject &subject) {
    const parlour_engine_factory &factory = *engines_of(subject.file);
    parlour_engine_desc about{};
    for (std::uint32_t i = 0; i < factory.count(); ++i) {
        about.size = sizeof about;
        require(factory.describe(i, &about) == PARLOUR_OK, "describe() refuses an index below count()");
        if (subject.id == about.id) break;
    }
    require(about.name[0] != '\0' && is_clean_text(about.name), "the engine has no clean name");
    require(about.summary[0] != '\0' && is_clean_text(about.summary), "the engine has no summary");
    require(about.version != nullptr && about.author != nullptr, "the engine's version or author is NULL");
    require(factory.describe(factory.count(), &about) == PARLOUR_E_NOTFOUND,
            "describe() knows more engines than count()");
    const auto refused = [&](const std::string &engine, const char *id, const std::string &value) {
        const parlour_kv option{id, value.c_str()};
        parlour_engine made{};
        parlour_error error{};
        const parlour_status status = factory.create(&test::quiet_host(), engine.c_str(), &option, 1, &made, &error);
        if (status == PARLOUR_OK) made.api->destroy(made.self);
        require_sentence((std::string("option ") + id + "=" + value).c_str(), status, error);
    };
    refused(subject.id, "no_such_option", "1");
    refused("no_such_engine", "no_such_option", "1");
    for (const OptionCopy &option : options_of(factory.option, subject.id)) {
        require(!option.label.empty() && is_clean_text(option.label), "an option has no clean label");
        if (option.type == PARLOUR_OPTION_TEXT) continue;
        refused(subject.id, option.id.c_str(), "no such value");
        if (option.type != PARLOUR_OPTION_INT && option.type != PARLOUR_OPTION_FLOAT) continue;
        refused(subject.id, option.id.c_str(), std::to_string(option.min - 1));
        refused(subject.id, option.id.c_str(), std::to_string(option.max + 1));
    }
}

void check_engine(const EngineSubject &subject, const GameSubject &game_subject) {
    const test::OpenGame game(game_subject.file, game_subject.id, game_subject.options);
    Guarded<char> why(256, Fill{0x00});
    const std::int32_t support =
        engines_of(subject.file)->supports(subject.id.c_str(), &game->raw(), why.data(), 256);
    why.verify("supports()");
    require(support <= 100, "supports() says more than 100");
    if (support < 1) {
        require(why[0] != '\0' && is_clean_text(why.data()),
                "the engine does not play the game and does not say why");
        return;
    }
    for (const GuardedState &state : positions(*game)) {
        try {
            check_searches(subject, *game, state.data());
        } catch (const Broken &broken) {
            throw Broken(where(*game, state.data()) + broken.what());
        }
    }
    check_games(subject, *game);
    const std::vector<GuardedState> start = positions(*game);
    if (!start.empty()) check_options(subject, *game, start.front().data());
}

} // namespace parlour::conformance
