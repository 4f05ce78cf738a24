// Small engines for the tests of match logic, good and bad, made with the SDK inside the test program.
#pragma once

#include "host/match/engine_services.hpp"
#include "host/plugins/host_object.hpp"

#include <parlour/engine.hpp>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace parlour::host::fake {

// Plays the last legal move and reports it.
struct Last {
    static constexpr EngineAbout about{.id = "last", .name = "Last"};
    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        const Move line[] = {moves.back()};
        search.report({.depth = 1, .nodes = moves.size(), .value = 0.25f, .line = line});
        return {.move = moves.back(), .value = 0.25f, .has_value = true, .nodes = moves.size(), .depth = 1};
    }
};

// Plays a move chosen by the seed and by nothing else, unless it forgot to forget: it counts searches since bind.
struct Seeded {
    static constexpr EngineAbout about{.id = "seeded", .name = "Seeded"};
    std::uint64_t searches = 0;
    void bind(const GameRef &) { searches = 0; }
    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        Rng rng{{search.limits().seed + ++searches}};
        return {.move = moves[rng.below(static_cast<std::uint32_t>(moves.size()))]};
    }
};

// Plays its first move in its first search since bind, its second in the second, and so on.
struct Counting {
    static constexpr EngineAbout about{.id = "counting", .name = "Counting"};
    std::size_t searches = 0;
    void bind(const GameRef &) { searches = 0; }
    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        return {.move = moves[searches++ % moves.size()]};
    }
};

// Wins at Nim whenever it can; knows nothing else.
struct NimMaster {
    static constexpr EngineAbout about{.id = "nim_master", .name = "Nim Master"};
    Answer search(Search &search) {
        std::uint32_t left;
        std::memcpy(&left, search.state(), sizeof left);
        const std::uint32_t take = left % 4;
        return {.move = take == 0 ? 1 : take, .value = take == 0 ? -1.0f : 1.0f, .has_value = true, .proven = true};
    }
};

struct Failing {
    static constexpr EngineAbout about{.id = "failing", .name = "Failing"};
    Answer search(Search &) { throw Failure(PARLOUR_E_FAIL, "it lost its head"); }
};

// Says that it was stopped, though nobody did.
struct Quitting {
    static constexpr EngineAbout about{.id = "quitting", .name = "Quitting"};
    Answer search(Search &) { throw Failure(PARLOUR_E_STOPPED, "it was stopped"); }
};

struct Illegal {
    static constexpr EngineAbout about{.id = "illegal", .name = "Illegal"};
    Answer search(Search &) { return {.move = 99}; }
};

struct Resigning {
    static constexpr EngineAbout about{.id = "resigning", .name = "Resigning"};
    Answer search(Search &search) { return {.move = search.root_moves()[0], .resign = true}; }
};

// Prints what it does.
struct Talking {
    static constexpr EngineAbout about{.id = "talking", .name = "Talking"};
    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        log_line(PARLOUR_LOG_INFO, "talking", "I see " + std::to_string(moves.size()) + " moves");
        return {.move = moves[0]};
    }
};

struct NotThisGame {
    static constexpr EngineAbout about{.id = "not_this_game", .name = "Not This Game"};
    void bind(const GameRef &) { throw Failure(PARLOUR_E_UNSUPPORTED, "it only plays other games"); }
    Answer search(Search &) { return {}; }
};

// Thinks until it is told to stop, whatever its limits; reports all the while.
struct Sleeper {
    static constexpr EngineAbout about{.id = "sleeper", .name = "Sleeper"};
    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        std::uint32_t depth = 0;
        while (search.stop_level() == PARLOUR_GO) {
            search.report({.depth = ++depth, .value = 0.5f, .line = moves});
            std::this_thread::yield();
        }
        return {.move = moves[0], .value = 0.5f, .has_value = true, .depth = depth};
    }
};

// Says that it has nothing when it is stopped the first time, then plays.
struct Hesitant {
    static constexpr EngineAbout about{.id = "hesitant", .name = "Hesitant"};
    int searches = 0;
    Answer search(Search &search) {
        if (++searches > 1) return {.move = search.root_moves()[0]};
        while (search.stop_level() == PARLOUR_GO) std::this_thread::yield();
        throw Failure(PARLOUR_E_STOPPED, "nothing yet");
    }
};

// Remembers the ends of games that it was told.
struct Listener {
    static constexpr EngineAbout about{.id = "listener", .name = "Listener"};
    static inline std::atomic<int> told{0};
    static inline std::atomic<std::uint32_t> seat{99}, moves{99};
    Answer search(Search &search) { return {.move = search.root_moves()[0]}; }
    void game_over(const GameRef &, const parlour_root &last) {
        seat = last.player;
        moves = last.n_moves;
        ++told;
    }
};

// Does not come back before the test lets it.
struct Stuck {
    static constexpr EngineAbout about{.id = "stuck", .name = "Stuck"};
    static inline std::atomic<bool> released{false};
    static inline std::atomic<int> alive{0};
    Answer search(Search &search) {
        ++alive;
        while (!released) std::this_thread::yield();
        --alive;
        return {.move = search.root_moves()[0]};
    }
};

template <class E>
Result<EnginePtr> try_engine(const OptionMap &options) {
    std::vector<parlour_kv> given;
    for (const auto &[id, value] : options) given.push_back({id.c_str(), value.c_str()});
    parlour_engine raw{};
    parlour_error error{};
    if (EngineSlots<E>::row().create(given.data(), static_cast<std::uint32_t>(given.size()), &raw, &error) !=
        PARLOUR_OK)
        return Problem{error.text, error.code};
    return EnginePtr(std::make_unique<LoadedEngine>(raw, E::about.id, E::about.name));
}

// The engines by id, as a registry would make them.
inline Result<EnginePtr> engine_by_id(const std::string &id, const OptionMap &options) {
    Result<EnginePtr> out = Problem{"There is no engine \"" + id + "\".", PARLOUR_E_NOTFOUND};
    const auto offer = [&]<class E>(std::type_identity<E>) {
        if (id == E::about.id) out = try_engine<E>(options);
    };
    offer(std::type_identity<Last>{});
    offer(std::type_identity<Seeded>{});
    offer(std::type_identity<Counting>{});
    offer(std::type_identity<NimMaster>{});
    offer(std::type_identity<Failing>{});
    offer(std::type_identity<Quitting>{});
    offer(std::type_identity<Illegal>{});
    offer(std::type_identity<Resigning>{});
    offer(std::type_identity<Talking>{});
    offer(std::type_identity<NotThisGame>{});
    offer(std::type_identity<Sleeper>{});
    offer(std::type_identity<Hesitant>{});
    offer(std::type_identity<Stuck>{});
    offer(std::type_identity<Listener>{});
    return out;
}

inline EnginePtr make_engine(const std::string &id) {
    Result<EnginePtr> engine = engine_by_id(id, {});
    if (!engine) throw std::runtime_error(engine.sentence());
    return std::move(*engine);
}

// Services whose best engine is always the one given.
inline EngineServices services(const std::string &best = "last") {
    return {engine_by_id, [best](const Game &) -> Result<std::string> { return best; }};
}

} // namespace parlour::host::fake
