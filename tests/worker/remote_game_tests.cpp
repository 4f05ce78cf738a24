// Games whose rules run in a worker: the same answers as in this process, and what becomes of rules that do harm.
#include "host/match/match.hpp"
#include "host/worker/remote_game.hpp"
#include "worker/rules_kinds.hpp"
#include "worker/worker_fixture.hpp"

#include <signal.h>

#include <random>
#include <thread>

namespace parlour::host {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using tests::RulesKind;

class RemoteGameTest : public WorkerTest {
protected:
    static GamePtr remote(const std::string &id, const std::filesystem::path &file, const OptionMap &options = {}) {
        const Result<parlour_game> raw =
            make_remote_game(test_setup(), {id, id, file.filename().string(), file, options});
        if (!raw) throw std::runtime_error(raw.sentence());
        return std::make_shared<Game>(*raw, options, nullptr, file);
    }
    static GamePtr faulty() { return remote("faulty_rules", FAULTY_RULES); }
    // The position after a move of the beginning.
    static StateBuffer after(const Game &game, Move move) {
        StateBuffer state = game.initial(1);
        game.ref().apply(state.data(), move);
        return state;
    }
    static std::uint32_t starts(const GamePtr &game) { return rules_starts(game->ref().raw()); }
};

struct Drawn {
    int cells = 0, things = 0;
    std::string texts;
    parlour_draw face() {
        parlour_draw out{};
        out.size = sizeof out;
        out.context = this;
        out.extent = [](void *context, float, float, float, float) { ++static_cast<Drawn *>(context)->things; };
        out.cell = [](void *context, const parlour_cell *cell) {
            auto &self = *static_cast<Drawn *>(context);
            ++self.cells;
            if (cell->label != nullptr) self.texts += cell->label;
        };
        out.piece = [](void *context, const parlour_piece *piece) {
            auto &self = *static_cast<Drawn *>(context);
            ++self.things;
            if (piece->glyph != nullptr) self.texts += piece->glyph;
            self.texts += std::to_string(piece->cell) + " ";
        };
        out.mark = [](void *context, const parlour_mark *) { ++static_cast<Drawn *>(context)->things; };
        out.widget = [](void *context, const parlour_widget *widget) {
            auto &self = *static_cast<Drawn *>(context);
            ++self.things;
            self.texts += widget->label;
        };
        return out;
    }
    bool operator==(const Drawn &) const = default;
};

Drawn drawn(const Game &game, const StateBuffer &state) {
    Drawn out;
    const parlour_draw face = out.face();
    game.ref().board()->layout(game.ref().self(), &face);
    game.ref().board()->scene(game.ref().self(), state.data(), 0, &face);
    return out;
}

// Plays random games here and there and compares everything on the way.
void compare(const Game &here, const Game &there, std::uint32_t seed) {
    ASSERT_EQ(there.info().state_size, here.info().state_size);
    EXPECT_EQ(there.info().flags, here.info().flags);
    EXPECT_EQ(there.info().max_moves, here.info().max_moves);
    EXPECT_EQ(there.name(), here.name());
    EXPECT_EQ(there.variant(), here.variant());
    EXPECT_EQ(there.rules(), here.rules());
    EXPECT_EQ(there.player_name(1), here.player_name(1));
    const std::size_t size = here.info().state_size;
    const auto same = [&](const StateBuffer &a, const StateBuffer &b) {
        return std::memcmp(a.data(), b.data(), size) == 0;
    };
    std::mt19937 random(seed);
    StateBuffer a = here.initial(seed), b = there.initial(seed);
    for (int ply = 0; ply < 60; ++ply) {
        ASSERT_TRUE(same(a, b)) << ply;
        ASSERT_EQ(there.turn(b).word, here.turn(a).word);
        EXPECT_EQ(there.state_text(b), here.state_text(a));
        EXPECT_EQ(there.ref().hash(b.data()), here.ref().hash(a.data()));
        EXPECT_TRUE(there.check(b));
        const std::vector<Move> moves = here.legal_moves(a);
        ASSERT_EQ(there.legal_moves(b), moves);
        if (here.ref().board() != nullptr) {
            EXPECT_TRUE(drawn(there, b) == drawn(here, a));
        }
        if (moves.empty()) break;
        const Move move = moves[random() % moves.size()];
        const std::string text = here.move_text(a, move);
        EXPECT_EQ(there.move_text(b, move), text);
        if (const auto parsed = here.parse_move(a, text); parsed) {
            EXPECT_EQ(*there.parse_move(b, text), *parsed);
        }
        if (here.turn(a).is_chance()) {
            Rng one{{seed}}, other{{seed}};
            EXPECT_EQ(there.sample_chance(b, other), here.sample_chance(a, one));
            EXPECT_EQ(other.raw.state, one.raw.state);
        } else if (const parlour_game_eval *eval = here.ref().eval()) {
            EXPECT_EQ(there.ref().eval()->eval(there.ref().self(), b.data(), 0),
                      eval->eval(here.ref().self(), a.data(), 0));
        }
        if (here.ref().hidden() != nullptr) {
            EXPECT_TRUE(same(there.view(b, 0), here.view(a, 0)));
        }
        ASSERT_TRUE(here.play(a, move));
        ASSERT_TRUE(there.play(b, move));
    }
    if (here.turn(a).is_over()) {
        EXPECT_EQ(there.outcome(b), here.outcome(a));
        EXPECT_EQ(there.reason(b), here.reason(a));
    }
    EXPECT_EQ(there.trouble().sentence, "");
}

TEST_F(RemoteGameTest, AnswersAsInThisProcess) {
    const std::pair<std::string, OptionMap> games[] = {
        {"four_in_a_row", {}}, {"reversi", {{"size", "6"}}}, {"pig", {{"players", "3"}}}, {"kuhn_poker", {}}};
    for (const auto &[id, options] : games) {
        SCOPED_TRACE(id);
        const GamePtr here = open_game(id, options), there = remote(id, shipped(id), options);
        EXPECT_TRUE(there->isolated());
        EXPECT_FALSE(here->isolated());
        for (std::uint32_t seed = 1; seed <= 3; ++seed) compare(*here, *there, seed);
        EXPECT_EQ(starts(there), 1u);
    }
}

TEST_F(RemoteGameTest, SaysWhatIsWrongWithTexts) {
    const GamePtr here = open_game("four_in_a_row"), there = remote("four_in_a_row", shipped("four_in_a_row"));
    const StateBuffer state = here->initial(1);
    EXPECT_EQ(there->parse_move(state, "zz").sentence(), here->parse_move(state, "zz").sentence());
    EXPECT_EQ(there->parse_state("nonsense").sentence(), here->parse_state("nonsense").sentence());
    StateBuffer wrong = state;
    std::memset(wrong.data(), 0xee, here->info().state_size);
    EXPECT_EQ(there->check(wrong).sentence(), here->check(wrong).sentence());
    EXPECT_FALSE(there->check(wrong));
}

TEST_F(RemoteGameTest, ACrashIsTriedOnceMoreThenTheRulesFail) {
    const GamePtr game = faulty();
    StateBuffer state = game->initial(1);
    const Result<Turn> played = game->play(state, RulesKind::crashes);
    ASSERT_FALSE(played);
    EXPECT_EQ(played.problem().code, PARLOUR_E_FAIL);
    EXPECT_THAT(played.sentence(),
                AllOf(HasSubstr("the rules of Faulty rules failed on the move 10"),
                      HasSubstr("faulty_rules.so, asked to play a move, crashed (SIGABRT), twice")));
    EXPECT_THAT(played.problem().details, HasSubstr("last words of the rules"));
    EXPECT_EQ(starts(game), 3u); // the third told the move's text
    // The position is as before, and the game goes on; the same question is not asked again.
    EXPECT_TRUE(game->play(state, RulesKind::fine));
    EXPECT_EQ(starts(game), 3u);
    StateBuffer again = game->initial(1);
    EXPECT_FALSE(game->play(again, RulesKind::crashes));
    EXPECT_EQ(starts(game), 3u);
}

TEST_F(RemoteGameTest, OneCrashIsNotNoticed) {
    const GamePtr game = faulty();
    StateBuffer state = game->initial(1);
    ASSERT_TRUE(game->play(state, RulesKind::fine));
    ASSERT_TRUE(game->play(state, RulesKind::crashes_once));
    EXPECT_EQ(game->state_text(state), "12 2");
    EXPECT_EQ(starts(game), 2u);
    EXPECT_EQ(game->trouble().sentence, "");
}

TEST_F(RemoteGameTest, AKilledWorkerIsReplaced) {
    const GamePtr game = remote("four_in_a_row", shipped("four_in_a_row"));
    StateBuffer state = game->initial(1);
    ASSERT_EQ(kill(rules_process(game->ref().raw()), SIGKILL), 0);
    EXPECT_TRUE(game->play(state, game->legal_moves(state)[3]));
    EXPECT_EQ(starts(game), 2u);
}

TEST_F(RemoteGameTest, EndsAMatchWhoseRulesHang) {
    const GamePtr game = faulty();
    Match match = std::move(*Match::create({.game = game}));
    ASSERT_TRUE(match.play(RulesKind::fine, {}));
    ASSERT_TRUE(match.play(RulesKind::hangs_in_legal, {}));
    ASSERT_TRUE(match.is_over());
    EXPECT_EQ(match.outcome()->ending, Ending::rules_failed);
    EXPECT_EQ(match.outcome()->sentence, "The game was stopped because its rules failed.");
    EXPECT_THAT(match.outcome()->detail,
                HasSubstr("faulty_rules.so, asked for the legal moves, did not answer within 1 s, twice"));
    // What can be told is still told.
    EXPECT_EQ(game->state_text(match.state()), "14 2");
}

TEST_F(RemoteGameTest, LiesAreFailures) {
    const GamePtr game = faulty();
    const StateBuffer listing = after(*game, RulesKind::lists_too_many);
    Move any = 0;
    EXPECT_EQ(game->ref().legal(listing.data(), &any, 1), PARLOUR_COUNT_FAULT);
    EXPECT_THAT(game->trouble().sentence, HasSubstr("lists 80 moves where it says that there are at most 40"));
    StateBuffer state = game->initial(1);
    EXPECT_FALSE(game->play(state, RulesKind::nobody));
    EXPECT_THAT(game->trouble().sentence, HasSubstr("as the next to move, who does not exist"));
    EXPECT_EQ(game->move_text(state, RulesKind::text_of_bytes), "");
    EXPECT_THAT(game->trouble().sentence, HasSubstr("a text that is not UTF-8"));
}

TEST_F(RemoteGameTest, IsNotAskedForEver) {
    const GamePtr game = faulty();
    StateBuffer state = game->initial(1);
    ASSERT_TRUE(game->play(state, RulesKind::fine));
    for (const Move move : {RulesKind::crashes, RulesKind::exits, RulesKind::nobody})
        EXPECT_FALSE(game->play(state, move));
    const std::uint32_t before = starts(game);
    EXPECT_FALSE(game->play(state, RulesKind::fine));
    EXPECT_EQ(starts(game), before);
}

TEST_F(RemoteGameTest, SeveralThreadsMayAsk) {
    const GamePtr here = open_game("reversi"), there = remote("reversi", shipped("reversi"));
    std::vector<std::jthread> threads;
    for (std::uint32_t seed = 1; seed <= 4; ++seed) threads.emplace_back([&, seed] { compare(*here, *there, seed); });
    threads.clear();
    EXPECT_EQ(starts(there), 1u);
}

TEST_F(RemoteGameTest, WhatCannotBeLoadedIsSaid) {
    const auto made = make_remote_game(test_setup(), {"none", "none", "none.so", "/nowhere/none.so", {}});
    EXPECT_THAT(made.sentence(), HasSubstr("/nowhere/none.so"));
    const auto other = make_remote_game(test_setup(), {"chess", "chess", "reversi.so", shipped("reversi"), {}});
    EXPECT_THAT(other.sentence(), HasSubstr("chess"));
}

} // namespace
} // namespace parlour::host
