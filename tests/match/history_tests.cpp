// Undo, redo, jumping about: on bytes, against a plain model, and what the policy keeps.
#include "fake_games.hpp"
#include "made_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::HasSubstr;

std::string text(const Match &match) {
    return match.game().state_text(match.state());
}
std::string bytes(const StateBuffer &state) {
    return {static_cast<const char *>(state.data()), state.stride()};
}

// Plays the first moves of two persons, some at random, taking back and forth: the match always equals a match that
// was played straight to the same moves.
template <class G>
void wander(UndoPolicy policy) {
    const GamePtr game = make_game<G>();
    const std::uint64_t seed = *rc::gen::arbitrary<std::uint64_t>();
    const TimeControl time = TimeControl::total(1h, 1s);
    Match match = make_match({.game = game, .time = time, .seed = seed, .undo = policy});
    nanoseconds now{0};
    match.start_clock(now);
    std::vector<std::pair<Move, nanoseconds>> model; // the players' moves and their times
    std::vector<std::pair<Move, nanoseconds>> undone;
    const auto decisions = *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>());
    const auto settle = [&] { match.settle(now); };
    settle();
    for (const std::uint8_t decision : decisions) {
        const std::uint32_t what = decision % 8;
        now += nanoseconds(1s);
        if (what < 5) {
            const std::vector<Move> legal = match.legal_moves();
            if (legal.empty()) continue;
            const nanoseconds used = match.clock().turn_time(now);
            const Move move = legal[(decision / 8) % legal.size()];
            RC_ASSERT(match.play(move, now).ok());
            model.emplace_back(move, used);
            undone.clear();
            settle();
        } else if (what == 5) {
            const Result<std::size_t> target = match.undo_target();
            const std::size_t before = match.plies();
            RC_ASSERT(match.undo(now).ok() == target.ok());
            if (!target) {
                RC_ASSERT(match.plies() == before);
                continue;
            }
            RC_ASSERT(match.plies() == *target);
            undone.push_back(model.back());
            model.pop_back();
        } else if (what == 6) {
            const bool can = match.can_redo();
            RC_ASSERT(can == !undone.empty());
            RC_ASSERT(match.redo(now).ok() == can);
            if (can) {
                model.push_back(undone.back());
                undone.pop_back();
            }
        } else {
            match.jump(decision);
            RC_ASSERT(match.cursor() <= match.plies());
        }
        Match straight = make_match({.game = game, .time = time, .seed = seed, .undo = policy});
        nanoseconds straight_now{0};
        straight.start_clock(straight_now);
        straight.settle(straight_now);
        for (const auto &[move, used] : model) {
            straight_now += used;
            RC_ASSERT(straight.play(move, straight_now).ok());
            straight.settle(straight_now);
        }
        RC_ASSERT(bytes(match.state()) == bytes(straight.state()));
        RC_ASSERT(match.moves() == straight.moves());
        RC_ASSERT(match.is_over() == straight.is_over());
        RC_ASSERT(match.clock().times() == straight.clock().times());
        for (std::size_t at = 0; at <= match.plies(); ++at)
            RC_ASSERT(bytes(match.position(at)) == bytes(straight.position(at)));
    }
}

RC_GTEST_PROP(History, AnyWayBackAndForthIsAsPlayedStraight, ()) {
    wander<Nim>(UndoPolicy::fair);
}
RC_GTEST_PROP(History, WithChanceFreelyTakenBackTheSameIsRolledAgain, ()) {
    wander<Dice>(UndoPolicy::free);
}
RC_GTEST_PROP(History, WithChanceFairly, ()) {
    wander<Dice>(UndoPolicy::fair);
}

TEST(History, AgainstAnEngineUndoGoesBackToThePersonsOwnTurn) {
    Match match = make_match({.game = make_game<Nim>({{"players", "3"}, {"heap", "30"}}),
                              .seats = {Seat::of_engine("x"), Seat::person(), Seat::of_engine("x")}});
    EXPECT_THAT(match.undo(0s).sentence(), HasSubstr("nothing to take back"));
    ASSERT_TRUE(match.play(1, 0s).ok());
    EXPECT_THAT(match.undo(0s).sentence(), HasSubstr("You have not moved yet"));
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(match.play(1, 0s).ok());
    EXPECT_EQ(match.plies(), 5u);
    ASSERT_TRUE(match.undo(0s).ok());
    EXPECT_EQ(match.plies(), 4u);
    ASSERT_TRUE(match.undo(0s).ok());
    EXPECT_EQ(match.plies(), 1u);
    EXPECT_EQ(match.to_move(), 1u);
    ASSERT_TRUE(match.redo(0s).ok());
    EXPECT_EQ(match.plies(), 4u) << "with the engines' answers";
    EXPECT_EQ(match.to_move(), 1u);
    ASSERT_TRUE(match.redo(0s).ok());
    EXPECT_EQ(match.plies(), 5u);
    EXPECT_FALSE(match.redo(0s).ok());
}

TEST(History, ANewMoveDropsWhatCouldBeRedone) {
    Match match = make_match({.game = make_game<Nim>()});
    ASSERT_TRUE(match.play(1, 0s).ok());
    ASSERT_TRUE(match.play(1, 0s).ok());
    ASSERT_TRUE(match.undo(0s).ok());
    EXPECT_TRUE(match.can_redo());
    ASSERT_TRUE(match.play(3, 0s).ok());
    EXPECT_FALSE(match.can_redo());
    EXPECT_EQ(text(match), "6 0");
}

TEST(History, AResignationIsTakenBackAlone) {
    Match match = make_match({.game = make_game<Nim>()});
    ASSERT_TRUE(match.play(1, 0s).ok());
    match.resign(1, 0s);
    ASSERT_TRUE(match.undo(0s).ok());
    EXPECT_FALSE(match.is_over());
    EXPECT_EQ(match.plies(), 1u);
}

TEST(History, AFairUndoKeepsWhatChanceDecided) {
    Match match = make_match({.game = make_game<Dice>()});
    ASSERT_TRUE(match.play(Dice::roll, 0s).ok());
    match.settle(0s);
    EXPECT_THAT(match.undo(0s).sentence(), HasSubstr("chance has decided"));
    EXPECT_EQ(match.plies(), 2u);
    EXPECT_FALSE(match.undo_to(0, 0s).ok());
    match.jump(0);
    EXPECT_FALSE(match.play_from_here(0s).ok());
    ASSERT_TRUE(match.play(Dice::stop, 0s).ok());
    EXPECT_TRUE(match.undo(0s).ok()) << "nothing was rolled since";
}

TEST(History, AFreeUndoRollsTheSameAgain) {
    Match match = make_match({.game = make_game<Dice>(), .seed = 3, .undo = UndoPolicy::free});
    ASSERT_TRUE(match.play(Dice::roll, 0s).ok());
    match.settle(0s);
    const std::string rolled = text(match);
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(match.undo(0s).ok());
        EXPECT_EQ(match.plies(), 0u);
        ASSERT_TRUE(match.play(Dice::roll, 0s).ok());
        match.settle(0s);
        EXPECT_EQ(text(match), rolled);
    }
}

TEST(History, InAGameWithSecretsAnAnsweredMoveStays) {
    Match match = make_match({.game = make_game<Cards>()});
    match.settle(0s);
    ASSERT_TRUE(match.play(0, 0s).ok());
    EXPECT_TRUE(match.undo(0s).ok()) << "not answered yet";
    ASSERT_TRUE(match.play(0, 0s).ok());
    ASSERT_TRUE(match.play(0, 0s).ok());
    ASSERT_TRUE(match.is_over());
    EXPECT_THAT(match.undo(0s).sentence(), HasSubstr("secrets are open"));
}

TEST(History, LookingBackLosesNothing) {
    Match match = make_match({.game = make_game<Nim>()});
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(match.play(1, 0s).ok());
    match.jump(1);
    EXPECT_EQ(match.game().state_text(match.viewed()), "9 1");
    EXPECT_EQ(text(match), "6 0") << "the game stands where it stood";
    ASSERT_TRUE(match.play(2, 0s).ok()) << "an engine may go on meanwhile";
    EXPECT_EQ(match.cursor(), 1u);
    EXPECT_EQ(match.plies(), 5u);
    match.jump(99);
    EXPECT_TRUE(match.at_end());
    ASSERT_TRUE(match.play(1, 0s).ok());
    EXPECT_TRUE(match.at_end()) << "who looks at the end keeps looking at it";
}

TEST(History, PlayFromHere) {
    Match match = make_match({.game = make_game<Nim>()});
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(match.play(1, 0s).ok());
    match.jump(2);
    ASSERT_TRUE(match.play_from_here(0s).ok());
    EXPECT_EQ(match.plies(), 2u);
    EXPECT_TRUE(match.can_redo());
    ASSERT_TRUE(match.play(3, 0s).ok());
    EXPECT_EQ(text(match), "5 1");
}

TEST(History, ClocksComeBackWithUndo) {
    Match match = make_match({.game = make_game<Nim>(), .time = TimeControl::total(60s)});
    match.start_clock(0s);
    ASSERT_TRUE(match.play(1, 10s).ok());
    ASSERT_TRUE(match.play(1, 30s).ok());
    ASSERT_TRUE(match.undo(40s).ok());
    EXPECT_EQ(match.clock().remaining(0, 40s), 50s);
    EXPECT_EQ(match.clock().remaining(1, 40s), 60s);
    EXPECT_EQ(match.clock().running(), 1u);
    EXPECT_EQ(match.clock().remaining(1, 45s), 55s);
}

TEST(History, AMatchIsAValue) {
    Match match = make_match({.game = make_game<Nim>()});
    ASSERT_TRUE(match.play(1, 0s).ok());
    Match copy = match;
    ASSERT_TRUE(copy.play(3, 0s).ok());
    EXPECT_EQ(text(match), "9 1");
    EXPECT_EQ(text(copy), "6 0");
}

} // namespace
} // namespace parlour::host
