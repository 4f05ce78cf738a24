// The store of games with every one of its calls failing in turn: what the journal called durable is there
// afterwards, games of earlier days are, and nothing was set aside as damaged that was not.
#include "fault_runs.hpp"
#include "host/base/atomic_file.hpp"
#include "host/records/store.hpp"
#include "match/fake_games.hpp"

#include <gmock/gmock.h>

namespace parlour::host {
namespace {

using namespace std::chrono_literals;

Result<GamePtr> make_game(const std::string &id, const OptionMap &options) {
    if (id == "nim") return fake::try_game<fake::Nim>(options);
    return Problem{"there is no game " + id, PARLOUR_E_NOTFOUND};
}

// A game that ended long ago.
std::string earlier_game() {
    Match match = *Match::create({.game = fake::make_game<fake::Nim>({{"heap", "4"}}), .seed = 9});
    while (!match.is_over()) {
        if (!match.play(match.legal_moves()[0], 0s)) break;
    }
    return write_record(match, "2001-01-01");
}

TEST(JournalFaults, WhatWasAcceptedIsThereAndEarlierGamesAre) {
    // The same start for every run: a closed store with one game in it.
    const tests::ScratchFolder before;
    {
        auto store = Store::open(before / "games.sqlite");
        ASSERT_TRUE(store) << store.sentence();
        ASSERT_TRUE((*store)->import_text(earlier_game()));
    }
    const auto run = [&](const std::filesystem::path &folder, std::map<std::string, std::string> environment) {
        for (const auto &entry : std::filesystem::directory_iterator(before.path())) {
            if (entry.is_regular_file()) std::filesystem::copy(entry.path(), folder / entry.path().filename());
        }
        EXPECT_TRUE(write_file_atomically(folder / "export.txt", "old"));
        tests::Subprocess process;
        process.words = {JOURNAL_PLAYER, (folder / "games.sqlite").string(), (folder / "export.txt").string()};
        process.environment = std::move(environment);
        return process.run();
    };
    const auto check = [&](const std::filesystem::path &folder, const tests::FaultRun &result) {
        std::size_t accepted = 0;
        for (std::size_t at = 0; (at = result.finished.out.find("accepted ", at)) != std::string::npos; ++at)
            ++accepted;
        if (result.finished.code != 0) {
            EXPECT_EQ(result.finished.code, 1);
            EXPECT_THAT(result.finished.err, testing::StartsWith("journal_player: "));
            EXPECT_THAT(result.finished.err, testing::Not(testing::HasSubstr("set aside")));
        }
        if (result.failed.empty()) {
            EXPECT_EQ(result.finished.code, 0);
        }

        const auto exported = read_file(folder / "export.txt", 1 << 20);
        ASSERT_TRUE(exported) << exported.sentence();
        if (*exported != "old") {
            const auto records = parse_records(*exported);
            ASSERT_TRUE(records) << records.sentence();
            EXPECT_EQ(records->size(), 2u);
        }
        EXPECT_EQ(*exported == "old", result.finished.out.find("exported") == std::string::npos &&
                                          result.finished.err.find("outlive a power failure") == std::string::npos);

        auto store = Store::open(folder / "games.sqlite");
        ASSERT_TRUE(store) << store.sentence();
        EXPECT_EQ((*store)->notice(), "");
        const auto finished = (*store)->history({.finished = true});
        ASSERT_TRUE(finished) << finished.sentence();
        EXPECT_EQ(finished->size(), 1u) << "the earlier game";
        const auto unfinished = (*store)->unfinished();
        ASSERT_TRUE(unfinished) << unfinished.sentence();
        if (unfinished->empty()) {
            EXPECT_EQ(accepted, 0u);
            return;
        }
        ASSERT_EQ(unfinished->size(), 1u);
        const auto record = (*store)->load(unfinished->front().id);
        ASSERT_TRUE(record) << record.sentence();
        const auto match = load_record(*record, make_game);
        ASSERT_TRUE(match) << match.sentence();
        EXPECT_GE(match->plies(), accepted);
        EXPECT_LE(match->plies(), accepted + 1) << "at most the move that was under way";
    };
    tests::for_each_fault(15, run, check);
}

} // namespace
} // namespace parlour::host
