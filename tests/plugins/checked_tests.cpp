#include "host/plugins/layers/checked.hpp"

#include "host/plugins/layers/layers.hpp"
#include "plugins/test_games.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlour::host {
namespace {

using testing::HasSubstr;
using tests::HideAndGuess;

template <class G>
struct Watched {
    std::shared_ptr<CheckLog> log = std::make_shared<CheckLog>();
    GamePtr game = std::make_shared<Game>(checked_layer(tests::make_raw<G>(), log), OptionMap{});

    std::string said() const { return log->text(); }
};

TEST(Checked, SaysNothingOfAGoodGame) {
    const Watched<HideAndGuess> watched;
    const Game &game = *watched.game;
    Rng rng{{5}};
    StateBuffer state = game.initial(1), guess(game.ref().state_size());
    ASSERT_TRUE(game.play(state, 2));
    game.ref().hash(state.data());
    const StateBuffer view = game.view(state, 1);
    game.ref().hidden()->determinize(game.ref().self(), view.data(), 1, &rng.raw, guess.data());
    ASSERT_TRUE(game.play(state, 3));
    game.outcome(state);
    std::vector<float> util(2);
    StateBuffer fresh = game.initial(1);
    game.ref().playout()->playout(game.ref().self(), fresh.data(), &rng.raw, 100, util.data());
    EXPECT_TRUE(game.parse_state(game.state_text(state)));
    EXPECT_FALSE(game.parse_state("nonsense"));
    EXPECT_EQ(watched.said(), "");
    EXPECT_EQ(check_report(game), "");
}

TEST(Checked, IllegalMoveOfTheHostDoesNotReachTheGame) {
    const Watched<HideAndGuess> watched;
    StateBuffer state = watched.game->initial(1);
    EXPECT_TRUE(watched.game->ref().apply(state.data(), 77).is_fault());
    EXPECT_EQ(watched.game->state_text(state), "0/0");
    EXPECT_THAT(watched.said(), HasSubstr("the caller of apply played move number 77"));
    ASSERT_EQ(watched.log->breaches().size(), 1u);
    EXPECT_TRUE(watched.log->breaches()[0].by_host);
}

TEST(Checked, OutcomeOfAnUnfinishedGameIsTheHostsFault) {
    const Watched<HideAndGuess> watched;
    watched.game->outcome(watched.game->initial(1));
    EXPECT_THAT(watched.said(), HasSubstr("the caller of outcome"));
}

TEST(Checked, PositionThatIsNotAlignedIsTheHostsFault) {
    const Watched<HideAndGuess> watched;
    alignas(16) unsigned char bytes[64] = {};
    watched.game->ref().hash(bytes + 4);
    EXPECT_THAT(watched.said(), HasSubstr("not 16-byte aligned"));
}

struct Forgetful : HideAndGuess {
    State view(const State &s, std::uint32_t) const { return {s.hidden == 0 ? s.hidden : unknown, s.guess}; }
    State determinize(const State &, std::uint32_t, Rng &) const { return {1, 1}; }
};

TEST(Checked, GuessThatDoesNotFitTheViewIsABreach) {
    const Watched<Forgetful> watched;
    const Game &game = *watched.game;
    StateBuffer state = game.initial(1), guess(game.ref().state_size());
    ASSERT_TRUE(game.play(state, 2));
    const StateBuffer view = game.view(state, 1);
    Rng rng{{1}};
    game.ref().hidden()->determinize(game.ref().self(), view.data(), 1, &rng.raw, guess.data());
    EXPECT_THAT(watched.said(), HasSubstr("determinize draws a position whose view is not"));
}

struct Loose : HideAndGuess {
    Turn apply(State &s, Move move) const {
        HideAndGuess::apply(s, move);
        s.guess = s.guess == 3 ? 200 : s.guess;
        return turn(s);
    }
};

TEST(Checked, MoveIntoAPositionThatCheckRefusesIsABreach) {
    const Watched<Loose> watched;
    StateBuffer state = watched.game->initial(1);
    ASSERT_TRUE(watched.game->play(state, 1));
    ASSERT_TRUE(watched.game->play(state, 3));
    EXPECT_THAT(watched.said(), HasSubstr("apply makes a position that check does not accept: numbers are 1 to 3"));
}

TEST(Checked, SameBreachIsCountedNotRepeated) {
    const Watched<HideAndGuess> watched;
    StateBuffer state = watched.game->initial(1);
    for (Move move = 100; move < 110; ++move) watched.game->ref().apply(state.data(), move);
    ASSERT_EQ(watched.log->breaches().size(), 1u);
    EXPECT_EQ(watched.log->breaches()[0].count, 10u);
    EXPECT_THAT(watched.said(), HasSubstr("(10 times)"));
}

} // namespace
} // namespace parlour::host
