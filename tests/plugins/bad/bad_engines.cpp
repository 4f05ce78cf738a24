// Engines, the first one right, each other one wrong in one way.
#include <parlour/engine.hpp>

#include <chrono>
#include <limits>
#include <thread>

namespace {

using namespace parlour;

struct First {
    static constexpr EngineAbout about{.id = "first", .name = "First move", .summary = "Plays the first move."};
    Answer search(Search &search) { return {.move = search.root_moves()[0], .nodes = 1}; }
};
struct Illegal {
    static constexpr EngineAbout about{.id = "illegal", .name = "Illegal", .summary = "Plays anything."};
    Answer search(Search &) { return {.move = 12345}; }
};
struct Moody {
    static constexpr EngineAbout about{.id = "moody", .name = "Moody", .summary = "Plays as it feels."};
    Answer search(Search &search) {
        static std::uint32_t mood = 0;
        const std::vector<Move> moves = search.root_moves();
        return {.move = moves[++mood % moves.size()], .nodes = mood};
    }
};
struct NotANumber {
    static constexpr EngineAbout about{.id = "not_a_number", .name = "NaN", .summary = "Values nothing."};
    Answer search(Search &search) {
        return {.move = search.root_moves()[0], .value = std::numeric_limits<float>::quiet_NaN(), .has_value = true};
    }
};
struct Disobedient {
    static constexpr EngineAbout about{.id = "disobedient", .name = "Disobedient", .summary = "Plays what it likes."};
    Answer search(Search &search) { return {.move = search.game().legal_moves(search.state())[0]}; }
};
struct Spendthrift {
    static constexpr EngineAbout about{.id = "spendthrift", .name = "Spendthrift", .summary = "Ignores budgets."};
    Answer search(Search &search) { return {.move = search.root_moves()[0], .nodes = 1'000'000}; }
};
struct Deaf {
    static constexpr EngineAbout about{.id = "deaf", .name = "Deaf", .summary = "Never stops without a budget."};
    Answer search(Search &search) {
        const bool bounded = search.has(PARLOUR_LIMIT_NODES) || search.has(PARLOUR_LIMIT_PLAYOUTS);
        while (!bounded) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return {.move = search.root_moves()[0], .nodes = 1};
    }
};
struct Thrower {
    static constexpr EngineAbout about{.id = "thrower", .name = "Thrower", .summary = "Gives up."};
    Answer search(Search &) { throw Failure(PARLOUR_E_FAIL, "I do not feel like it"); }
};
struct Cheat {
    static constexpr EngineAbout about{
        .id = "cheat", .name = "Cheat", .summary = "Tries illegal moves on the board."};
    Answer search(Search &search) {
        StateBuffer copy(search.game().state_size());
        std::memcpy(copy.data(), search.state(), search.game().state_size());
        search.game().apply(copy.data(), 12345);
        return {.move = search.root_moves()[0], .nodes = 1};
    }
};

constexpr PluginAbout about{.id = "bad_engines", .name = "Bad engines"};

} // namespace

PARLOUR_PLUGIN(
    about, (parlour::games<>()),
    (parlour::engines<First, Illegal, Moody, NotANumber, Disobedient, Spendthrift, Deaf, Thrower, Cheat>()));
