#include "host/plugins/layers/sequentialiser.hpp"

#include "host/plugins/layers/checked.hpp"
#include "host/plugins/registry.hpp"
#include "host/plugins/validate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace parlour::host {
namespace {

using testing::HasSubstr;

// Rock, paper, scissors out of its plugin, as every user of the registry gets it.
class Sequentialised : public testing::Test {
protected:
    Sequentialised() {
        RegistryOptions options;
        options.search_path = {std::filesystem::path(TEST_PLUGINS) / "good"};
        options.check_plugins = true;
        registry_ = std::make_unique<Registry>(options);
        game_ = *registry_->create_game("rock_paper_scissors", {});
    }
    Move hand(const StateBuffer &state, const std::string &text) const {
        const Result<Move> move = game_->parse_move(state, text);
        EXPECT_TRUE(move) << move.sentence();
        return move ? *move : PARLOUR_MOVE_NONE;
    }
    StateBuffer after(std::initializer_list<const char *> hands) const {
        StateBuffer state = game_->initial(1);
        for (const char *text : hands) EXPECT_TRUE(game_->play(state, hand(state, text)));
        return state;
    }

    std::unique_ptr<Registry> registry_;
    GamePtr game_;
};

TEST_F(Sequentialised, PlayersChooseOneAfterTheOther) {
    StateBuffer state = game_->initial(1);
    EXPECT_EQ(game_->turn(state).player(), 0u);
    EXPECT_EQ(game_->legal_moves(state).size(), 3u);
    const Result<Turn> second = game_->play(state, hand(state, "rock"));
    ASSERT_TRUE(second);
    EXPECT_EQ(second->player(), 1u);
    EXPECT_EQ(game_->ref().score()->score(game_->ref().self(), state.data(), 0), 0);
    const Result<Turn> third = game_->play(state, hand(state, "Scissors"));
    ASSERT_TRUE(third);
    EXPECT_EQ(third->player(), 0u);
    EXPECT_EQ(game_->ref().score()->score(game_->ref().self(), state.data(), 0), 1);
}

TEST_F(Sequentialised, JointMoveDecidesTheGame) {
    const StateBuffer state = after({"rock", "scissors", "paper", "paper", "paper", "rock"});
    EXPECT_TRUE(game_->turn(state).is_over());
    EXPECT_TRUE(game_->legal_moves(state).empty());
    EXPECT_THAT(game_->outcome(state), testing::ElementsAre(1.0f, -1.0f));
}

TEST_F(Sequentialised, ChoiceOfThisRoundIsHiddenFromTheOthers) {
    const StateBuffer rock = after({"rock"}), paper = after({"paper"});
    const std::size_t size = game_->ref().state_size();
    const StateBuffer seen_rock = game_->view(rock, 1), seen_paper = game_->view(paper, 1);
    EXPECT_EQ(std::memcmp(seen_rock.data(), seen_paper.data(), size), 0);
    EXPECT_NE(std::memcmp(game_->view(rock, 0).data(), game_->view(paper, 0).data(), size), 0);
    EXPECT_EQ(game_->turn(seen_rock).player(), 1u);
    EXPECT_EQ(game_->legal_moves(seen_rock), game_->legal_moves(rock));
    EXPECT_TRUE(game_->check(seen_rock));
    EXPECT_EQ(game_->state_text(seen_rock), game_->state_text(seen_paper));
}

TEST_F(Sequentialised, GuessesAreEvenAndFitTheView) {
    const StateBuffer view = game_->view(after({"rock"}), 1);
    StateBuffer guess(game_->ref().state_size());
    Rng rng{{3}};
    std::map<std::string, int> drawn;
    constexpr int draws = 3000;
    for (int i = 0; i < draws; ++i) {
        ASSERT_EQ(game_->ref().hidden()->determinize(game_->ref().self(), view.data(), 1, &rng.raw, guess.data()),
                  PARLOUR_OK);
        ++drawn[game_->state_text(guess)];
        ASSERT_EQ(std::memcmp(game_->view(guess, 1).data(), view.data(), game_->ref().state_size()), 0);
    }
    EXPECT_EQ(drawn.size(), 3u);
    for (const auto &[text, count] : drawn) EXPECT_NEAR(count, draws / 3, 150) << text;
}

TEST_F(Sequentialised, PositionsReadBackFromTheirText) {
    for (const StateBuffer &state : {game_->initial(1), after({"paper"}), after({"paper", "rock", "scissors"}),
                                     game_->view(after({"rock"}), 1)}) {
        const std::string text = game_->state_text(state);
        const Result<StateBuffer> parsed = game_->parse_state(text);
        ASSERT_TRUE(parsed) << text << ": " << parsed.sentence();
        EXPECT_EQ(std::memcmp(parsed->data(), state.data(), game_->ref().state_size()), 0) << text;
    }
    EXPECT_EQ(game_->state_text(after({"paper"})), "[0:1] 0033");
}

TEST_F(Sequentialised, DamagedTextsAreRefusedWithASentence) {
    for (const char *text : {"[0:1 0033", "[0:9] 0033", "[2:1] 0033", "[x] 0033", "[0:1 1:1] 0033", "[0:1x] 0033",
                             "[0:] 0033", "[0:1]0033", "[0:1] 2012", ""}) {
        const Result<StateBuffer> parsed = game_->parse_state(text);
        EXPECT_FALSE(parsed) << text;
        EXPECT_FALSE(parsed.sentence().empty()) << text;
    }
}

TEST_F(Sequentialised, CheckRefusesWhatCannotBe) {
    StateBuffer state = after({"rock"});
    ASSERT_TRUE(game_->check(state));
    auto *bytes = static_cast<unsigned char *>(state.data());
    Rng rng{{8}};
    const StateBuffer good = state;
    int refused = 0;
    for (int i = 0; i < 500; ++i) {
        std::memcpy(bytes, good.data(), game_->ref().state_size());
        bytes[rng.below(static_cast<std::uint32_t>(game_->ref().state_size()))] ^=
            static_cast<unsigned char>(1 + rng.below(255));
        if (!game_->check(state)) {
            ++refused;
            continue;
        }
        EXPECT_FALSE(game_->legal_moves(state).empty() && !game_->turn(state).is_over());
        game_->state_text(state);
    }
    EXPECT_GT(refused, 400);
}

TEST_F(Sequentialised, UnknownChoiceIsRefusedWithTheKnownOnes) {
    const StateBuffer state = game_->initial(1);
    const Result<Move> move = game_->parse_move(state, "lizard");
    ASSERT_FALSE(move);
    EXPECT_EQ(move.problem().code, PARLOUR_E_ILLEGAL);
    EXPECT_THAT(move.sentence(), HasSubstr("rock, paper and scissors"));
}

TEST_F(Sequentialised, ChoicesWithoutAPathGetButtons) {
    const StateBuffer state = game_->initial(1);
    const parlour_game_board *board = game_->ref().board();
    ASSERT_NE(board, nullptr);
    std::map<std::uint32_t, std::string> buttons;
    parlour_draw draw{};
    draw.size = sizeof draw;
    draw.context = &buttons;
    draw.extent = [](void *, float, float, float, float) {};
    draw.cell = [](void *, const parlour_cell *) {};
    draw.piece = [](void *, const parlour_piece *) {};
    draw.mark = [](void *, const parlour_mark *) {};
    draw.widget = [](void *context, const parlour_widget *widget) {
        (*static_cast<std::map<std::uint32_t, std::string> *>(context))[widget->id] = widget->label;
    };
    board->scene(game_->ref().self(), state.data(), 0, &draw);
    EXPECT_EQ(buttons.size(), 3u);
    for (const Move move : game_->legal_moves(state)) {
        parlour_step step{};
        ASSERT_EQ(board->path(game_->ref().self(), state.data(), move, 0, &step, 1), 1u);
        EXPECT_EQ(step.kind, PARLOUR_STEP_BUTTON);
        EXPECT_EQ(buttons[step.id], game_->move_text(state, move));
        EXPECT_EQ(board->path(game_->ref().self(), state.data(), move, 1, &step, 1), 0u);
    }
}

TEST_F(Sequentialised, RandomGamesEndAndTheGameSeesNothingWrong) {
    Rng rng{{11}};
    for (int round = 0; round < 200; ++round) {
        StateBuffer state = game_->initial(rng.next());
        Turn turn = game_->turn(state);
        int plies = 0;
        for (; !turn.is_over() && plies < 1000; ++plies) {
            const std::vector<Move> legal = game_->legal_moves(state);
            const Result<Turn> next = game_->play(state, legal[rng.below(static_cast<std::uint32_t>(legal.size()))]);
            ASSERT_TRUE(next) << next.sentence();
            turn = *next;
            ASSERT_EQ(turn, game_->turn(state));
        }
        ASSERT_TRUE(turn.is_over());
        EXPECT_EQ(plies % 2, 0);
        EXPECT_EQ(game_->outcome(state)[0], -game_->outcome(state)[1]);
    }
}

} // namespace
} // namespace parlour::host
