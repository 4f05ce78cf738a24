// What becomes of a match when a worker fails: each failure has an ending of its own, and the match goes on.
#include "host/match/tournament.hpp"
#include "worker/worker_fixture.hpp"

namespace parlour::host {
namespace {

// Answers as it was made to.
class Scripted : public Engine {
public:
    explicit Scripted(Result<SearchResult> answer) : Engine("scripted", "Scripted"), answer_(std::move(answer)) {}

    Result<void> bind(GamePtr game) override {
        game_ = std::move(game);
        late_ = 0;
        return {};
    }
    Result<SearchResult> search(const SearchRoot &root, const SearchLimits &, const std::atomic<std::uint32_t> &,
                                const std::function<void(const SearchInfo &)> &) override {
        Result<SearchResult> out = answer_;
        if (out) {
            out->move = game_->legal_moves(*root.state)[0];
            out->late_answers = ++late_;
        }
        return out;
    }

private:
    Result<SearchResult> answer_;
    GamePtr game_;
    std::uint32_t late_ = 0;
};

struct Case {
    const char *name;
    parlour_status code; // 0: answers late, again and again
    Ending ending;
};

class Endings : public WorkerTest, public testing::WithParamInterface<Case> {};

TEST_P(Endings, AreNamedAndTheMatchIsPlayedToItsEnd) {
    TournamentSetup setup;
    setup.game = open_game("four_in_a_row");
    setup.contestants = {Seat::of_engine("first"), Seat::of_engine("scripted")};
    setup.games = 4;
    setup.create_engine = [](const std::string &id, const OptionMap &) -> Result<EnginePtr> {
        if (id == "scripted") {
            Result<SearchResult> answer = SearchResult{};
            if (GetParam().code != 0) answer = Problem{"Scripted failed", GetParam().code};
            return EnginePtr(std::make_unique<Scripted>(answer));
        }
        return EnginePtr(std::make_unique<RemoteEngine>(test_setup(), launch_of("random", shipped("random"))));
    };
    const Result<TournamentResult> result = run_tournament(setup);
    ASSERT_TRUE(result) << result.sentence();
    EXPECT_EQ(result->games, 4u);
    EXPECT_EQ(result->scores[1].faults[static_cast<std::size_t>(GetParam().ending)], 4u);
}

INSTANTIATE_TEST_SUITE_P(All, Endings,
                         testing::Values(Case{"crash", problem_crashed, Ending::crash},
                                         Case{"stall", problem_stalled, Ending::stall},
                                         Case{"illegal", PARLOUR_E_ILLEGAL, Ending::illegal_move},
                                         Case{"failure", PARLOUR_E_FAIL, Ending::crash},
                                         Case{"three_late_answers", 0, Ending::time}),
                         [](const auto &one) { return std::string(one.param.name); });

} // namespace
} // namespace parlour::host
