#include "host/worker/remote_game.hpp"

#include "host/plugins/isolated_rules.hpp"
#include "host/plugins/layers/tables.hpp"
#include "host/worker/rules_worker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace parlour::host {

using namespace worker;

namespace {

constexpr const char *remote_game_id = "parlour.host.remote_game/1";

// A status with its sentence, and what came with it.
template <class Value>
struct Told {
    parlour_status status = PARLOUR_E_FAIL;
    std::string sentence;
    Value value{};
};

class RemoteGame {
public:
    explicit RemoteGame(std::unique_ptr<RulesWorker> worker);

    // ---- the functions of the tables, in their order ----
    std::uint32_t legal(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
        return list(RulesCall::legal, state, moves, capacity, PARLOUR_COUNT_FAULT);
    }
    std::uint32_t apply(void *state, std::uint32_t move) {
        return into_state(RulesCall::apply, of(state).put(move), state);
    }
    std::uint32_t turn(const void *state) {
        return worker_->ask(RulesCall::turn, of(state), [&](Unpacker &from) { return turn_word(from); })
            .value_or(PARLOUR_TURN_FAULT);
    }
    void outcome(const void *state, float *util);
    std::uint64_t hash(const void *state) { return number<std::uint64_t>(RulesCall::hash, of(state)).value_or(0); }
    std::uint32_t initial(void *state, std::uint64_t seed) {
        return into_state(RulesCall::initial, Packer().put(seed), state);
    }
    void info(parlour_game_info *out) {
        parlour_game_info all = info_;
        all.size = std::min<std::uint32_t>(out->size, sizeof all);
        std::memcpy(out, &all, all.size);
    }
    const void *get_extension(const char *id) {
        const std::string_view want(id);
        if (want == isolated_rules_id) return &isolated_;
        if (want == remote_game_id) return worker_.get();
        return tables_.extension(want);
    }
    parlour_status check(const void *state, parlour_error *error);
    std::int32_t move_text(const void *state, std::uint32_t move, char *buffer, std::uint32_t capacity) {
        return text(RulesCall::move_text, of(state).put(move), buffer, capacity);
    }
    parlour_status parse_move(const void *state, const char *text, std::uint32_t *move, parlour_error *error);
    std::int32_t state_text(const void *state, char *buffer, std::uint32_t capacity) {
        return text(RulesCall::state_text, of(state), buffer, capacity);
    }
    parlour_status parse_state(const char *text, void *state, parlour_error *error);
    void destroy() { delete this; }

    std::uint32_t outcomes(const void *state, std::uint32_t *moves, float *probabilities, std::uint32_t capacity);
    std::uint32_t sample(const void *state, parlour_rng *rng);
    void view(const void *state, std::uint32_t player, void *view_out);
    parlour_status determinize(const void *view, std::uint32_t player, parlour_rng *rng, void *state_out);
    std::int32_t eval(const void *state, std::uint32_t player) {
        const auto value = number<std::int32_t>(RulesCall::eval, of(state).put(player));
        return std::clamp(value.value_or(0), 1 - PARLOUR_EVAL_LIMIT, PARLOUR_EVAL_LIMIT - 1);
    }
    void order(const void *state, const std::uint32_t *moves, std::uint32_t n, std::int16_t *score);
    std::uint32_t noisy(const void *state, std::uint32_t *moves, std::uint32_t capacity) {
        return list(RulesCall::noisy, state, moves, capacity, 0);
    }
    std::uint32_t playout(void *state, parlour_rng *rng, std::uint32_t max_plies, float *util);
    std::int64_t score(const void *state, std::uint32_t player) {
        return number<std::int64_t>(RulesCall::score, of(state).put(player)).value_or(0);
    }
    std::int32_t rules(char *buffer, std::uint32_t capacity) {
        return text(RulesCall::rules, Packer(), buffer, capacity);
    }
    std::int32_t reason(const void *state, char *buffer, std::uint32_t capacity) {
        return text(RulesCall::reason, of(state), buffer, capacity);
    }
    std::int32_t why_not(const void *state, std::uint32_t from, std::uint32_t to, char *buffer,
                         std::uint32_t capacity) {
        return text(RulesCall::why_not, of(state).put(from).put(to), buffer, capacity);
    }
    std::int32_t player_name(std::uint32_t player, char *buffer, std::uint32_t capacity) {
        return text(RulesCall::player_name, Packer().put(player), buffer, capacity);
    }
    void layout(const parlour_draw *draw) { drawing(RulesCall::layout, Packer(), draw); }
    void scene(const void *state, std::uint32_t viewer, const parlour_draw *draw) {
        drawing(RulesCall::scene, of(state).put(viewer), draw);
    }
    std::uint32_t path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *out,
                       std::uint32_t capacity);

    parlour_game face() { return {&tables_.api(), this}; }

private:
    Packer of(const void *state) const {
        Packer out;
        out.raw(state, facts_.state_size);
        return out;
    }
    // A turn word that can be.
    std::uint32_t turn_word(Unpacker &from) const {
        const auto word = from.get<std::uint32_t>();
        const std::uint32_t kind = word & ~0xffu;
        const bool chance = kind == PARLOUR_TURN_CHANCE && (facts_.flags & PARLOUR_GAME_CHANCE) != 0;
        const bool player = kind == 0 && PARLOUR_TURN_PLAYER(word) < facts_.players;
        if (!chance && !player && kind != PARLOUR_TURN_TERMINAL)
            throw Malformed{fmt::format("names {:#x} as the next to move, who does not exist", word)};
        return word;
    }
    std::vector<float> utilities(Unpacker &from) const {
        std::vector<float> out = from.list<float>(facts_.players);
        if (out.size() != facts_.players) throw Malformed{"has not one result a player"};
        for (float &value : out) {
            if (!std::isfinite(value)) throw Malformed{"gives a result that is not a number"};
            value = std::clamp(value, facts_.util_min, facts_.util_max);
        }
        return out;
    }
    template <class Number>
    std::optional<Number> number(RulesCall call, const Packer &arguments) {
        return worker_->ask(call, arguments, [](Unpacker &from) { return from.get<Number>(); });
    }
    // Writes the position that a call gives and returns its turn word; a position is left alone by a failure.
    std::uint32_t into_state(RulesCall call, const Packer &arguments, void *state) {
        return worker_
            ->ask(call, arguments,
                  [&](Unpacker &from) {
                      const std::uint32_t word = turn_word(from);
                      std::memcpy(state, from.raw(facts_.state_size), facts_.state_size);
                      return word;
                  })
            .value_or(PARLOUR_TURN_FAULT);
    }
    std::uint32_t list(RulesCall call, const void *state, std::uint32_t *moves, std::uint32_t capacity,
                       std::uint32_t failed) {
        const auto listed =
            worker_->ask(call, of(state), [&](Unpacker &from) { return from.list<std::uint32_t>(facts_.max_moves); });
        if (!listed) return failed;
        std::copy_n(listed->begin(), std::min<std::size_t>(capacity, listed->size()), moves);
        return static_cast<std::uint32_t>(listed->size());
    }
    std::int32_t text(RulesCall call, const Packer &arguments, char *buffer, std::uint32_t capacity) {
        const auto told = worker_->ask(call, arguments, [](Unpacker &from) {
            const auto status = from.get<std::int32_t>();
            return std::pair(std::min(status, 0), from.text());
        });
        if (!told || told->first < 0) return told ? told->first : PARLOUR_E_FAIL;
        const std::string &out = told->second;
        if (capacity > 0) {
            const std::size_t n = std::min<std::size_t>(out.size(), capacity - 1);
            std::memcpy(buffer, out.data(), n);
            buffer[n] = '\0';
        }
        return static_cast<std::int32_t>(out.size());
    }
    template <class Read>
    auto status_call(RulesCall call, const Packer &arguments, parlour_error *error, Read read) {
        using Value = decltype(read(std::declval<Unpacker &>()));
        const auto told = worker_->ask(call, arguments, [&](Unpacker &from) {
            Told<Value> out;
            out.status = std::min<parlour_status>(from.get<parlour_status>(), PARLOUR_OK);
            out.sentence = from.text();
            out.value = read(from);
            return out;
        });
        Told<Value> out = told.value_or(Told<Value>{});
        if (!told) out.sentence = worker_->trouble().sentence;
        if (out.status != PARLOUR_OK && error != nullptr) {
            error->code = out.status;
            const std::string sentence = one_line(out.sentence, sizeof error->text - 1);
            const std::size_t n = std::min(sentence.size(), sizeof error->text - 1);
            std::memcpy(error->text, sentence.data(), n);
            error->text[n] = '\0';
        }
        return out;
    }
    void drawing(RulesCall call, const Packer &arguments, const parlour_draw *draw) {
        const auto drawn =
            worker_->answer(call, arguments.bytes(), [](Unpacker &from) { replay_drawing(from, nullptr); });
        if (drawn == nullptr) return;
        Unpacker from(*drawn);
        replay_drawing(from, draw);
    }

    std::unique_ptr<RulesWorker> worker_;
    const RulesFacts &facts_;
    parlour_game_info info_{};
    GameTables tables_;
    IsolatedRules isolated_{};
};

RemoteGame::RemoteGame(std::unique_ptr<RulesWorker> worker) : worker_(std::move(worker)), facts_(worker_->facts()) {
    info_ = {sizeof info_,          facts_.flags & ~static_cast<std::uint32_t>(PARLOUR_GAME_SIMULTANEOUS),
             facts_.players,        facts_.state_size,
             facts_.max_moves,      facts_.move_space,
             facts_.max_plies,      0,
             facts_.util_min,       facts_.util_max,
             facts_.id.c_str(),     facts_.name.c_str(),
             facts_.variant.c_str()};
    tables_.self = this;
    tables_.get<parlour_game_api>() = {sizeof(parlour_game_api),       0,
                                       slot<&RemoteGame::legal>,       slot<&RemoteGame::apply>,
                                       slot<&RemoteGame::turn>,        slot<&RemoteGame::outcome>,
                                       slot<&RemoteGame::hash>,        slot<&RemoteGame::initial>,
                                       slot<&RemoteGame::info>,        slot<&RemoteGame::get_extension>,
                                       slot<&RemoteGame::check>,       slot<&RemoteGame::move_text>,
                                       slot<&RemoteGame::parse_move>,  slot<&RemoteGame::state_text>,
                                       slot<&RemoteGame::parse_state>, slot<&RemoteGame::destroy>};
    const auto has = [&](std::uint32_t part) { return (facts_.parts & part) != 0; };
    if (has(part_chance))
        tables_.get<parlour_game_chance>() = {sizeof(parlour_game_chance), 0, slot<&RemoteGame::outcomes>,
                                              slot<&RemoteGame::sample>};
    if (has(part_hidden))
        tables_.get<parlour_game_hidden>() = {sizeof(parlour_game_hidden), 0, slot<&RemoteGame::view>,
                                              slot<&RemoteGame::determinize>};
    if (has(part_eval)) tables_.get<parlour_game_eval>() = {sizeof(parlour_game_eval), 0, slot<&RemoteGame::eval>};
    if (has(part_hints))
        tables_.get<parlour_game_hints>() = {sizeof(parlour_game_hints), 0, slot<&RemoteGame::order>,
                                             has(part_noisy) ? slot<&RemoteGame::noisy> : nullptr};
    if (has(part_playout))
        tables_.get<parlour_game_playout>() = {sizeof(parlour_game_playout), 0, slot<&RemoteGame::playout>};
    if (has(part_score))
        tables_.get<parlour_game_score>() = {sizeof(parlour_game_score), 0, slot<&RemoteGame::score>};
    if (has(part_help))
        tables_.get<parlour_game_help>() = {sizeof(parlour_game_help),
                                            0,
                                            slot<&RemoteGame::rules>,
                                            has(part_reason) ? slot<&RemoteGame::reason> : nullptr,
                                            has(part_why_not) ? slot<&RemoteGame::why_not> : nullptr,
                                            has(part_player_name) ? slot<&RemoteGame::player_name> : nullptr};
    if (has(part_board))
        tables_.get<parlour_game_board>() = {sizeof(parlour_game_board), facts_.accent, slot<&RemoteGame::layout>,
                                             slot<&RemoteGame::scene>, slot<&RemoteGame::path>};
    isolated_ = {worker_.get(), [](const void *rules) { return static_cast<const RulesWorker *>(rules)->trouble(); }};
}

void RemoteGame::outcome(const void *state, float *util) {
    const auto told = worker_->ask(RulesCall::outcome, of(state), [&](Unpacker &from) { return utilities(from); });
    if (told)
        std::copy(told->begin(), told->end(), util);
    else
        std::fill_n(util, facts_.players, (facts_.util_min + facts_.util_max) / 2);
}

parlour_status RemoteGame::check(const void *state, parlour_error *error) {
    return status_call(RulesCall::check, of(state), error, [](Unpacker &) { return 0; }).status;
}

parlour_status RemoteGame::parse_move(const void *state, const char *text, std::uint32_t *move,
                                      parlour_error *error) {
    const auto told = status_call(RulesCall::parse_move, of(state).text(text), error,
                                  [](Unpacker &from) { return from.get<std::uint32_t>(); });
    if (told.status == PARLOUR_OK) *move = told.value;
    return told.status;
}

parlour_status RemoteGame::parse_state(const char *text, void *state, parlour_error *error) {
    const auto told = status_call(RulesCall::parse_state, Packer().text(text), error, [&](Unpacker &from) {
        const std::byte *bytes = from.raw(facts_.state_size);
        return Bytes(bytes, bytes + facts_.state_size);
    });
    if (told.status == PARLOUR_OK) std::memcpy(state, told.value.data(), facts_.state_size);
    return told.status;
}

std::uint32_t RemoteGame::outcomes(const void *state, std::uint32_t *moves, float *probabilities,
                                   std::uint32_t capacity) {
    const auto told = worker_->ask(RulesCall::outcomes, of(state), [&](Unpacker &from) {
        std::pair<std::vector<std::uint32_t>, std::vector<float>> out;
        out.first = from.list<std::uint32_t>(facts_.max_moves);
        out.second = from.list<float>(facts_.max_moves);
        const auto possible = [](float p) { return p >= 0 && p <= 1; };
        if (out.first.size() != out.second.size() || !std::all_of(out.second.begin(), out.second.end(), possible))
            throw Malformed{"gives chances that cannot be"};
        return out;
    });
    if (!told) return 0;
    const std::size_t n = std::min<std::size_t>(capacity, told->first.size());
    std::copy_n(told->first.begin(), n, moves);
    std::copy_n(told->second.begin(), n, probabilities);
    return static_cast<std::uint32_t>(told->first.size());
}

std::uint32_t RemoteGame::sample(const void *state, parlour_rng *rng) {
    const auto told = worker_->ask(RulesCall::sample, of(state).put(rng->state), [](Unpacker &from) {
        const auto move = from.get<std::uint32_t>();
        return std::pair(move, from.get<std::uint64_t>());
    });
    if (!told) return PARLOUR_MOVE_NONE;
    rng->state = told->second;
    return told->first;
}

void RemoteGame::view(const void *state, std::uint32_t player, void *view_out) {
    const auto seen = worker_->ask(RulesCall::view, of(state).put(player), [&](Unpacker &from) {
        std::memcpy(view_out, from.raw(facts_.state_size), facts_.state_size);
        return true;
    });
    if (!seen) std::memset(view_out, 0, facts_.state_size);
}

parlour_status RemoteGame::determinize(const void *view, std::uint32_t player, parlour_rng *rng, void *state_out) {
    const auto told = worker_->ask(RulesCall::determinize, of(view).put(player).put(rng->state), [&](Unpacker &from) {
        const auto status = std::min<parlour_status>(from.get<parlour_status>(), PARLOUR_OK);
        const auto next = from.get<std::uint64_t>();
        const std::byte *bytes = from.raw(facts_.state_size);
        return std::tuple(status, next, Bytes(bytes, bytes + facts_.state_size));
    });
    if (!told) return PARLOUR_E_FAIL;
    rng->state = std::get<1>(*told);
    if (std::get<0>(*told) == PARLOUR_OK) std::memcpy(state_out, std::get<2>(*told).data(), facts_.state_size);
    return std::get<0>(*told);
}

void RemoteGame::order(const void *state, const std::uint32_t *moves, std::uint32_t n, std::int16_t *score) {
    const auto told = worker_->ask(RulesCall::order, of(state).list(moves, n), [&](Unpacker &from) {
        std::vector<std::int16_t> out = from.list<std::int16_t>(n);
        if (out.size() != n) throw Malformed{"has not one number a move"};
        return out;
    });
    if (told)
        std::copy(told->begin(), told->end(), score);
    else
        std::fill_n(score, n, std::int16_t{0});
}

std::uint32_t RemoteGame::playout(void *state, parlour_rng *rng, std::uint32_t max_plies, float *util) {
    const auto told = worker_->ask(RulesCall::playout, of(state).put(rng->state).put(max_plies), [&](Unpacker &from) {
        const auto plies = from.get_up_to<std::uint32_t>(max_plies);
        const auto next = from.get<std::uint64_t>();
        const std::vector<float> results = utilities(from);
        std::memcpy(state, from.raw(facts_.state_size), facts_.state_size);
        std::copy(results.begin(), results.end(), util);
        rng->state = next;
        return plies;
    });
    if (!told) std::fill_n(util, facts_.players, (facts_.util_min + facts_.util_max) / 2);
    return told.value_or(0);
}

std::uint32_t RemoteGame::path(const void *state, std::uint32_t move, std::uint32_t alternative, parlour_step *out,
                               std::uint32_t capacity) {
    const auto told = worker_->ask(RulesCall::path, of(state).put(move).put(alternative), [](Unpacker &from) {
        std::vector<parlour_step> steps = from.list<parlour_step>(longest_path);
        for (const parlour_step &step : steps) {
            if (step.kind > PARLOUR_STEP_BUTTON) throw Malformed{"touches what there is not"};
        }
        return steps;
    });
    if (!told) return 0;
    std::copy_n(told->begin(), std::min<std::size_t>(capacity, told->size()), out);
    return static_cast<std::uint32_t>(told->size());
}

const RulesWorker &worker_of(const parlour_game &game) {
    return *static_cast<const RulesWorker *>(game.api->get_extension(game.self, remote_game_id));
}

} // namespace

Result<parlour_game> make_remote_game(const WorkerSetup &setup, const GameLaunch &launch) {
    auto worker = std::make_unique<RulesWorker>(setup, launch);
    if (const Result<void> begun = worker->begin(); !begun) {
        const Problem &problem = begun.problem();
        const bool ended = problem.code == problem_crashed || problem.code == problem_stalled;
        return Problem{
            ended ? fmt::format("{} {} while it was started", launch.what, problem.sentence) : problem.sentence,
            ended ? PARLOUR_E_FAIL : problem.code, problem.details};
    }
    return (new RemoteGame(std::move(worker)))->face();
}

RemoteGameMaker remote_game_maker(WorkerSetup setup) {
    return [setup = std::move(setup)](const GameLaunch &launch) { return make_remote_game(setup, launch); };
}

int rules_process(const parlour_game &game) {
    return worker_of(game).process();
}

std::uint32_t rules_starts(const parlour_game &game) {
    return worker_of(game).starts();
}

} // namespace parlour::host
