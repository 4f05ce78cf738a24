// The C++ words of the SDK: random numbers, options, texts, state buffers, tables that are older than this host.
#include <gtest/gtest.h>

#include <parlour/engine.hpp>
#include <parlour/game.hpp>
#include <parlour/game_ref.hpp>

namespace {

using namespace parlour;

TEST(Rng, IsSplitmix64) {
    // The first outputs for seed 1234567, as published with the reference implementation
    // (prng.di.unimi.it/splitmix64.c).
    Rng rng{{1234567}};
    EXPECT_EQ(rng.next(), 6457827717110365317u);
    EXPECT_EQ(rng.next(), 3203168211198807973u);
    EXPECT_EQ(rng.next(), 9817491932198370423u);
}

TEST(Rng, BelowCoversItsRange) {
    Rng rng{{7}};
    std::array<int, 6> seen{};
    for (int i = 0; i < 6000; ++i) ++seen.at(rng.below(6));
    for (const int count : seen) EXPECT_NEAR(count, 1000, 150);
}

constexpr const char *ids[] = {"small", "large"};
constexpr const char *labels[] = {"Small", "Large"};
constexpr std::array schema{Option::integer("size", "Size", "How large.", "8", 4, 10, 2),
                            Option::boolean("swap", "Swap", "May swap.", false),
                            Option::real("speed", "Speed", "How fast.", "0.5", 0, 1),
                            Option::choice("kind", "Kind", "Which.", "small", ids, labels)};

std::string refusal(const char *id, const char *value) {
    const parlour_kv pair{id, value};
    try {
        OptionValues(schema, {&pair, 1});
    } catch (const Failure &failure) {
        EXPECT_EQ(failure.status(), PARLOUR_E_ARG);
        return failure.what();
    }
    return "";
}

TEST(OptionValues, TakesDefaultsAndNamesWhatDiffers) {
    EXPECT_EQ(OptionValues(schema, {}).variant(), "");
    const parlour_kv given[] = {{"size", "6"}, {"kind", "large"}};
    const OptionValues values(schema, given);
    EXPECT_EQ(values.integer("size"), 6);
    EXPECT_FALSE(values.boolean("swap"));
    EXPECT_DOUBLE_EQ(values.real("speed"), 0.5);
    EXPECT_EQ(values.variant(), "size=6,kind=large");
}

TEST(OptionValues, RefusesWithASentence) {
    EXPECT_EQ(refusal("size", "7"), "option size takes a whole number from 4 to 10, not \"7\" in steps of 2");
    EXPECT_EQ(refusal("size", "12"), "option size takes a whole number from 4 to 10, not \"12\"");
    EXPECT_EQ(refusal("size", "6x"), "option size takes a whole number from 4 to 10, not \"6x\"");
    EXPECT_EQ(refusal("size", ""), "option size takes a whole number from 4 to 10, not \"\"");
    EXPECT_EQ(refusal("speed", "nan"), "option speed takes a number from 0 to 1, not \"nan\"");
    EXPECT_EQ(refusal("swap", "yes"), "option swap takes true or false, not \"yes\"");
    EXPECT_EQ(refusal("kind", "huge"), "option kind takes one of small, large, not \"huge\"");
    EXPECT_EQ(refusal("colour", "red"), "there is no option \"colour\"");
}

TEST(Texts, FollowTheSnprintfRule) {
    char buffer[4] = "xxx";
    EXPECT_EQ(copy_text("abcdef", buffer, 4), 6);
    EXPECT_STREQ(buffer, "abc");
    EXPECT_EQ(copy_text("abc", nullptr, 0), 3);
    const std::string longer(1000, 'q');
    EXPECT_EQ(read_text([&](char *b, std::uint32_t n) { return copy_text(longer, b, n); }), longer);
    EXPECT_EQ(read_text([](char *, std::uint32_t) { return PARLOUR_E_FAIL; }), "");
}

TEST(Texts, ErrorsAreCutBetweenCharacters) {
    parlour_error error{};
    std::string sentence(246, 'a');
    sentence += "\xc3\xa9\xc3\xa9"; // two-byte letters across the end of the buffer
    EXPECT_EQ(fail(&error, PARLOUR_E_PARSE, sentence), PARLOUR_E_PARSE);
    EXPECT_EQ(std::string(error.text), std::string(246, 'a'));
}

TEST(StateBuffer, IsAlignedZeroedAndCopies) {
    StateBuffer one(5, 3);
    EXPECT_EQ(one.stride() % 16, 0u);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(one.at(2)) % 16, 0u);
    EXPECT_EQ(static_cast<const char *>(one.at(2))[4], 0);
    static_cast<char *>(one.at(1))[0] = 7;
    const StateBuffer two(one);
    static_cast<char *>(one.at(1))[0] = 8;
    EXPECT_EQ(static_cast<const char *>(two.at(1))[0], 7);
}

// A game of one choice, with every name that a game needs and one that it may have.
struct Coin {
    static constexpr GameAbout about{.id = "coin", .name = "Coin", .max_moves = 2};
    struct State {
        std::uint8_t side;
    };
    State initial() const { return {0}; }
    Turn turn(const State &state) const { return state.side == 0 ? Turn::of(0) : Turn::over(); }
    void legal(const State &state, MoveList &moves) const {
        if (state.side == 0) moves.add(1), moves.add(2);
    }
    Turn apply(State &state, Move move) const {
        if (move == 99) throw std::runtime_error("no such side");
        state.side = static_cast<std::uint8_t>(move);
        return turn(state);
    }
    void outcome(const State &state, float *util) const {
        util[0] = state.side == 1 ? 1.0f : -1.0f;
        util[1] = -util[0];
    }
    std::string move_text(const State &, Move move) const { return move == 1 ? "Heads" : "Tails"; }
    std::string state_text(const State &state) const { return std::to_string(state.side); }
    State parse_state(std::string_view text) const { return {static_cast<std::uint8_t>(text.at(0) - '0')}; }
    std::string check(const State &state) const { return state.side > 2 ? "a coin has two sides" : ""; }
    std::string reason(const State &) const { return "by a toss"; }
};

class CoinTable : public testing::Test {
protected:
    void SetUp() override { ASSERT_EQ(GameSlots<Coin>::row().create(nullptr, 0, &game, nullptr), PARLOUR_OK); }
    void TearDown() override { game.api->destroy(game.self); }
    parlour_game game{};
    Coin::State state{0};
};

TEST_F(CoinTable, CountsMovesBeyondTheCapacity) {
    Move moves[2] = {77, 77};
    EXPECT_EQ(game.api->legal(game.self, &state, moves, 1), 2u);
    EXPECT_EQ(moves[0], 1u);
    EXPECT_EQ(moves[1], 77u);
}

TEST_F(CoinTable, LetsNoExceptionOut) {
    EXPECT_EQ(game.api->apply(game.self, &state, 99), PARLOUR_TURN_FAULT);
    parlour_error error{};
    EXPECT_EQ(game.api->parse_state(game.self, "", &state, &error), PARLOUR_E_FAIL);
    EXPECT_EQ(game.api->parse_state(game.self, "5", &state, &error), PARLOUR_E_PARSE);
    EXPECT_STREQ(error.text, "a coin has two sides");
    EXPECT_EQ(state.side, 0);
}

TEST_F(CoinTable, FindsMovesByTheirText) {
    Move move = 0;
    parlour_error error{};
    EXPECT_EQ(game.api->parse_move(game.self, &state, "tails ", &move, &error), PARLOUR_OK);
    EXPECT_EQ(move, 2u);
    EXPECT_EQ(game.api->parse_move(game.self, &state, "edge", &move, &error), PARLOUR_E_ILLEGAL);
    EXPECT_STREQ(error.text, "\"edge\" is not a legal move here; a legal one is Heads");
}

// A game built against an older interface has shorter tables; a GameRef must cope at every field boundary.
TEST_F(CoinTable, CopesWithTablesCutAtEachField) {
    parlour_game_info info{};
    for (std::uint32_t size = sizeof(std::uint32_t); size <= sizeof info; size += 4) {
        std::memset(&info, 0xee, sizeof info);
        info.size = size;
        game.api->info(game.self, &info);
        EXPECT_EQ(info.size, size);
        const auto *bytes = reinterpret_cast<const unsigned char *>(&info);
        for (std::size_t at = size; at < sizeof info; ++at) ASSERT_EQ(bytes[at], 0xee) << "written beyond " << size;
    }
    parlour_game_api shorter = *game.api;
    for (std::uint32_t size = offsetof(parlour_game_api, get_extension); size <= sizeof shorter; size += 8) {
        shorter.size = size;
        const GameRef ref(parlour_game{&shorter, game.self});
        EXPECT_EQ(ref.players(), 2u);
        EXPECT_EQ(ref.playout() != nullptr, size >= offsetof(parlour_game_api, check));
    }
}

TEST_F(CoinTable, ExplainsItselfWithoutARulesText) {
    const GameRef ref(game);
    ASSERT_NE(ref.help(), nullptr);
    char text[40];
    EXPECT_EQ(ref.help()->reason(ref.self(), &state, text, sizeof text), 9);
    EXPECT_STREQ(text, "by a toss");
    EXPECT_EQ(ref.help()->rules(ref.self(), text, sizeof text), 0);
    EXPECT_EQ(ref.help()->why_not, nullptr);
}

TEST_F(CoinTable, PlaysOutInOneCall) {
    const GameRef ref(game);
    ASSERT_NE(ref.playout(), nullptr);
    parlour_rng rng{5};
    int heads = 0;
    for (int i = 0; i < 1000; ++i) {
        float util[2];
        Coin::State at{0};
        EXPECT_EQ(ref.playout()->playout(ref.self(), &at, &rng, 10, util), 1u);
        EXPECT_EQ(util[0], -util[1]);
        heads += util[0] > 0;
    }
    EXPECT_NEAR(heads, 500, 60);
}

} // namespace
