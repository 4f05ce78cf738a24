// Checks of engines: legal answers, sensible reports, the same answer again, budgets, an end when asked for one.
#include "host/plugins/engine.hpp"
#include "host/plugins/layers/checked.hpp"
#include "host/plugins/text.hpp"
#include "host/plugins/validation.hpp"
#include "host/plugins/validation_games.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <mutex>
#include <thread>

namespace parlour::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t positions_each = 5;
constexpr std::chrono::milliseconds patience{1000};

// An engine of the plugin, bare.
class Player {
public:
    Player(const Library &library, const std::string &id) : made_(make_engine(library, id, {})) {}
    ~Player() {
        if (made_) made_->api->destroy(made_->self);
    }
    Player(const Player &) = delete;
    Player &operator=(const Player &) = delete;

    const Result<parlour_engine> &made() const { return made_; }
    parlour_status bind(const Game &game, parlour_error &error) {
        return made_->api->bind(made_->self, &game.ref().raw(), &error);
    }

    struct Answer {
        parlour_status status = PARLOUR_E_FAIL;
        parlour_result result{};
        parlour_error error{};
        std::chrono::nanoseconds took{0};
    };
    // What a report may be wrong about: a kind and a sentence.
    using Complaint = std::function<void(const std::string &kind, const std::string &sentence)>;

    Answer search(const Game &game, const StateBuffer &state, const parlour_limits &limits,
                  const std::atomic<std::uint32_t> &stop, const Complaint &complain) {
        const StateBuffer view = game.view(state, game.turn(state).player());
        const parlour_root root{sizeof root, game.turn(state).player(), view.data(), nullptr, nullptr, 0, 0};
        // Leaked on purpose: an engine that reports after its end finds it still there.
        auto &ear = *ears().emplace_back(std::make_unique<Ear>());
        ear.legal = game.legal_moves(state);
        ear.complain = complain;
        const parlour_control control{
            sizeof control, 0, &ear, reinterpret_cast<const std::uint32_t *>(&stop), now, info};
        Answer out;
        out.result.size = sizeof out.result;
        out.result.move = PARLOUR_MOVE_NONE;
        try {
            out.status = made_->api->search(made_->self, &root, &limits, &control, &out.result, &out.error);
        } catch (...) {
            complain("exception", "threw an exception out of search");
        }
        out.took = Clock::now() - ear.began;
        const std::lock_guard lock(ear.mutex);
        ear.complain = [](const std::string &, const std::string &) {};
        return out;
    }

private:
    struct Ear {
        Clock::time_point began = Clock::now();
        std::mutex mutex;
        std::vector<Move> legal;
        Complaint complain;
    };
    static std::vector<std::unique_ptr<Ear>> &ears() {
        static auto &all = *new std::vector<std::unique_ptr<Ear>>;
        return all;
    }
    static std::uint64_t now(void *context) {
        return static_cast<std::uint64_t>((Clock::now() - static_cast<Ear *>(context)->began).count());
    }
    static void info(void *context, const parlour_info *theirs) {
        auto &ear = *static_cast<Ear *>(context);
        const std::lock_guard lock(ear.mutex);
        parlour_info in{};
        std::memcpy(&in, theirs, std::min<std::size_t>(theirs->size, sizeof in));
        const auto legal = [&](Move move) {
            return std::find(ear.legal.begin(), ear.legal.end(), move) != ear.legal.end();
        };
        if ((in.mask & PARLOUR_INFO_VALUE) && !(in.value >= -1 && in.value <= 1))
            ear.complain("report value", fmt::format("reports the value {}, outside -1 to 1", in.value));
        if ((in.mask & PARLOUR_INFO_LINE) && in.n_line > 0 && !legal(in.line[0]))
            ear.complain("report line",
                         fmt::format("reports a line that begins with the illegal move {}", in.line[0]));
        if (in.rank == 0) ear.complain("report rank", "reports a line of rank 0; the best one is 1");
        if (in.mask & PARLOUR_INFO_STATS) {
            for (std::uint32_t i = 0; i < in.n_stats; ++i) {
                const parlour_move_stat &stat = in.stats[i];
                if (!legal(stat.move))
                    ear.complain("report stats", fmt::format("reports on the illegal move {}", stat.move));
                if (!(stat.value >= -1 && stat.value <= 1))
                    ear.complain("report stat value", fmt::format("reports a move's value as {}", stat.value));
            }
        }
        if ((in.mask & PARLOUR_INFO_TEXT) && !valid_utf8({in.text, strnlen(in.text, 4096)}))
            ear.complain("report text", "reports a text that is not UTF-8");
    }

    Result<parlour_engine> made_;
};

// A game to try engines on.
struct Ground {
    GamePtr game;
    std::shared_ptr<CheckLog> log; // null if bare
};

// The plugin's own games, the validator's and the companions'.
std::vector<Ground> grounds(Validation &run, bool checked) {
    std::vector<Ground> out;
    for (const parlour_game &raw : make_validation_games()) {
        const auto log = checked ? std::make_shared<CheckLog>() : nullptr;
        out.push_back({std::make_shared<Game>(checked ? checked_layer(raw, log) : raw, OptionMap{}), log});
    }
    const auto add = [&](const Library &library) {
        const Result<Description> described = describe(library);
        if (!described) return;
        for (const GameEntry &entry : described->games) {
            if (checked || (entry.flags & PARLOUR_GAME_SIMULTANEOUS)) {
                if (Result<GameUnderTest> subject = run.open(library, entry, {}))
                    out.push_back({subject->game, subject->log});
            } else if (const Result<parlour_game> raw = make_game(library, entry.id, {})) {
                out.push_back({std::make_shared<Game>(*raw, OptionMap{}), nullptr});
            }
        }
    };
    add(run.library());
    for (const LibraryPtr &companion : run.companions()) add(*companion);
    return out;
}

// Positions in which a player is to move, from one random game.
std::vector<StateBuffer> positions_of(const Game &game, Rng rng, std::uint32_t most) {
    std::vector<StateBuffer> out;
    StateBuffer state = game.initial(rng.next());
    play_randomly(game, state, rng, 200, [&](const StateBuffer &at, Turn turn, const std::vector<Move> &) {
        if (!turn.is_over() && !turn.is_chance()) out.push_back(at);
        return out.size() < most;
    });
    return out;
}

// Whether the engine plays the game; says so if it refuses without a reason.
bool plays(Validation &run, const EngineEntry &entry, const Game &game) {
    const parlour_engine_factory &factory = run.library().engines;
    if (factory.supports == nullptr) return true;
    char why[300] = {};
    const std::int32_t score = factory.supports(entry.id.c_str(), &game.ref().raw(), why, sizeof why);
    if (score < 0 || score > 100)
        run.error(entry.id, "supports", fmt::format("says that it plays {} with {} of 100", game.id(), score));
    if (score < 1 && why[0] == '\0')
        run.error(entry.id, "why", fmt::format("does not play {} and does not say why", game.id()));
    return score >= 1;
}

parlour_limits limits_for(std::uint32_t index, const std::vector<Move> &legal) {
    parlour_limits limits{};
    limits.size = sizeof limits;
    limits.seed = 7;
    limits.lines = 1 + index % 3;
    switch (index % 5) {
        case 0:
            limits.mask = PARLOUR_LIMIT_NODES;
            limits.nodes = 300;
            break;
        case 1:
            limits.mask = PARLOUR_LIMIT_PLAYOUTS;
            limits.playouts = 60;
            break;
        case 2:
            limits.mask = PARLOUR_LIMIT_DEPTH | PARLOUR_LIMIT_NODES | PARLOUR_LIMIT_PLAYOUTS;
            limits.depth = 2;
            limits.nodes = limits.playouts = 300;
            break;
        case 3:
            limits.mask = PARLOUR_LIMIT_NODES | PARLOUR_LIMIT_MOVES;
            limits.nodes = 200;
            limits.n_only = 1;
            limits.only = &legal.back();
            break;
        default:
            limits.mask = PARLOUR_LIMIT_NODES | PARLOUR_LIMIT_STRENGTH;
            limits.nodes = 300;
            limits.strength = 200;
            break;
    }
    return limits;
}

// A series of searches in one binding, with what each came to.
struct Series {
    std::vector<Move> moves;
    std::vector<std::uint64_t> nodes;
    std::vector<float> values;
    bool operator==(const Series &) const = default;
};

Series search_series(Validation &run, const EngineEntry &entry, Player &player, const Game &game,
                     const std::vector<StateBuffer> &positions) {
    constexpr std::uint64_t slack = 1000; // nodes: budgets are looked at now and then
    const auto complain = [&](const std::string &kind, const std::string &sentence) {
        run.error(entry.id, kind, fmt::format("{} in {}", sentence, game.id()));
    };
    Series out;
    parlour_error error{};
    if (player.bind(game, error) != PARLOUR_OK) {
        complain("bind", fmt::format("says that it plays the game, but bind fails: {}",
                                     sentence_of(error, "it does not say why")));
        return out;
    }
    std::atomic<std::uint32_t> stop{PARLOUR_GO};
    for (std::uint32_t i = 0; i < positions.size(); ++i) {
        const std::vector<Move> legal = game.legal_moves(positions[i]);
        const parlour_limits limits = limits_for(i, legal);
        const Player::Answer answer = player.search(game, positions[i], limits, stop, complain);
        if (answer.status != PARLOUR_OK) {
            complain("search", fmt::format("finds no move: {}", sentence_of(answer.error, "it does not say why")));
            continue;
        }
        const parlour_result &result = answer.result;
        if (std::find(legal.begin(), legal.end(), result.move) == legal.end())
            complain("illegal", fmt::format("answers with the illegal move number {}", result.move));
        else if ((limits.mask & PARLOUR_LIMIT_MOVES) && result.move != *limits.only)
            complain("only", "answers with another move than the only one that it may consider");
        const bool has_value = (result.flags & PARLOUR_RESULT_VALUE) != 0;
        if (has_value && !(result.value >= -1 && result.value <= 1))
            complain("value", fmt::format("gives the value {}, outside -1 to 1", result.value));
        const std::uint64_t budget = (limits.mask & PARLOUR_LIMIT_NODES) ? limits.nodes : limits.playouts;
        // Every move of the position may be looked at once, however small the budget is.
        if (result.nodes > 2 * budget + slack + legal.size())
            complain("budget", fmt::format("looks at {} nodes with a budget of {}", result.nodes, budget));
        out.moves.push_back(result.move);
        out.nodes.push_back(result.nodes);
        out.values.push_back(has_value ? result.value : 0.0f);
    }
    return out;
}

} // namespace

void check_engines(Validation &run) {
    for (const EngineEntry &entry : run.description().engines) {
        std::uint32_t played = 0;
        for (const Ground &ground : grounds(run, true)) {
            const Game &game = *ground.game;
            run.stage(fmt::format("{} on {}", entry.id, game.id()));
            if (!plays(run, entry, game)) continue;
            ++played;
            const auto positions = positions_of(game, run.rng("engines " + game.id()), positions_each);
            Player first(run.library(), entry.id), second(run.library(), entry.id);
            if (!first.made() || !second.made()) {
                run.error(entry.id, "create", first.made() ? second.made().sentence() : first.made().sentence());
                continue;
            }
            ground.log->clear();
            const Series once = search_series(run, entry, first, game, positions);
            if (search_series(run, entry, first, game, positions) != once)
                run.error(entry.id, "again",
                          fmt::format("gives other answers in {} when it is bound again", game.id()));
            if (search_series(run, entry, second, game, positions) != once)
                run.error(entry.id, "twin",
                          fmt::format("gives other answers in {} in another object of the same engine", game.id()));
            for (const Breach &breach : ground.log->breaches()) {
                if (breach.by_host)
                    run.error(entry.id, breach.where + breach.sentence,
                              fmt::format("as the caller of {} in {} {}", breach.where, game.id(), breach.sentence));
            }
        }
        if (played == 0) run.warning(entry.id, "none", "plays none of the games that there are to try it on");
    }
}

void check_engine_stops(Validation &run) {
    using namespace std::chrono_literals;
    struct Way {
        const char *name;
        std::uint32_t mask;
        std::uint32_t at_first, later; // the stop word
        bool may_fail;
    };
    constexpr Way ways[] = {
        {"a stop at once", 0, PARLOUR_GO, PARLOUR_STOP_NOW, false},
        {"a stop soon", 0, PARLOUR_GO, PARLOUR_STOP_SOON, false},
        {"a stop before it begins", 0, PARLOUR_STOP_NOW, PARLOUR_STOP_NOW, true},
        {"a hard time limit", PARLOUR_LIMIT_HARD_TIME, PARLOUR_GO, PARLOUR_GO, false},
        {"a soft time limit", PARLOUR_LIMIT_SOFT_TIME, PARLOUR_GO, PARLOUR_GO, false},
    };
    for (const EngineEntry &entry : run.description().engines) {
        for (const Ground &ground : grounds(run, false)) {
            const Game &game = *ground.game;
            if (!plays(run, entry, game)) continue;
            const auto positions = positions_of(game, run.rng("stops " + game.id()), 1);
            Player player(run.library(), entry.id);
            parlour_error error{};
            if (positions.empty() || !player.made() || player.bind(game, error) != PARLOUR_OK) continue;
            for (const Way &way : ways) {
                run.stage(fmt::format("{} on {}, waiting for it to obey {}", entry.id, game.id(), way.name));
                parlour_limits limits{};
                limits.size = sizeof limits;
                limits.mask = way.mask;
                limits.hard_ns = limits.soft_ns = 40'000'000;
                limits.lines = 1;
                std::atomic<std::uint32_t> stop{way.at_first};
                std::jthread stopper([&] {
                    std::this_thread::sleep_for(30ms);
                    stop = way.later;
                });
                const Player::Answer answer = player.search(
                    game, positions[0], limits, stop, [&](const std::string &kind, const std::string &sentence) {
                        run.error(entry.id, kind, fmt::format("{} in {}", sentence, game.id()));
                    });
                stopper.join();
                const std::vector<Move> legal = game.legal_moves(positions[0]);
                if (answer.status == PARLOUR_E_STOPPED && way.may_fail) continue;
                if (answer.status != PARLOUR_OK ||
                    std::find(legal.begin(), legal.end(), answer.result.move) == legal.end())
                    run.error(entry.id, way.name,
                              fmt::format("has no legal move to give after {} in {}", way.name, game.id()));
                if (answer.took > patience)
                    run.warning(
                        entry.id, std::string("late ") + way.name,
                        fmt::format("obeys {} in {} only after {} ms", way.name, game.id(),
                                    std::chrono::duration_cast<std::chrono::milliseconds>(answer.took).count()));
            }
        }
    }
}

} // namespace parlour::host
