// What a journal is told outlives the program, in order and exactly.
#include "samples.hpp"

#include <sys/resource.h>

#include <csignal>
#include <thread>

namespace parlour::host::records_tests {
namespace {

GameId only_game(Store &store) {
    const Result<std::vector<StoredGame>> games = store.history();
    EXPECT_TRUE(games.ok() && games->size() == 1);
    return games && !games->empty() ? games->front().id : 0;
}

TEST(Journal, WhatIsToldIsThereAfterOpeningAgain) {
    const tests::ScratchFolder folder;
    Match match = long_nim();
    {
        auto store = open_store(folder / "games.sqlite");
        auto journal = store->journal();
        journal->begin(match);
        for (const Move move : {1u, 2u, 3u}) play_told(*journal, match, move, {0.5f, 3, 100, "good"});
        journal->flush();
        ASSERT_EQ(journal->problem(), "");
        ASSERT_TRUE(journal->game().has_value());
        EXPECT_TRUE(store->unfinished()->empty()) << "it is being played";
    }
    auto store = open_store(folder / "games.sqlite");
    EXPECT_EQ(store->notice(), "");
    const auto games = store->unfinished();
    ASSERT_TRUE(games.ok());
    ASSERT_EQ(games->size(), 1u);
    EXPECT_EQ(games->front().problem, "");
    EXPECT_EQ(games->front().plies, 3u);
    EXPECT_EQ(games->front().record.game, "nim");
    EXPECT_EQ(games->front().record.seats, match.seats());
    const Result<Record> record = store->load(games->front().id);
    ASSERT_TRUE(record.ok()) << record.sentence();
    const Result<Match> loaded = load_record(*record, make_fake);
    ASSERT_TRUE(loaded.ok()) << loaded.sentence();
    EXPECT_EQ(loaded->moves(), match.moves());
    EXPECT_EQ(loaded->ply(2).note, match.ply(2).note);
    EXPECT_EQ(loaded->ply(0).used, 10ms);
}

TEST(Journal, EveryKindOfGameComesBackWordForWord) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    for (const Match &match : {fake::rich_match(), fake::dice_match(), fake::odd_match()}) {
        journal->begin(match); // with all that was already played
        journal->leave(match);
        journal->flush();
        ASSERT_EQ(journal->problem(), "");
        const StoredGame newest = store->history()->front();
        Record expected = to_record(match, newest.record.date);
        EXPECT_EQ(stored_text(*store, newest.id), write_record(expected));
        EXPECT_EQ(newest.finished(), match.is_over());
    }
    EXPECT_EQ(store->history()->size(), 3u);
    EXPECT_EQ(store->unfinished()->size(), 1u);
}

TEST(Journal, TicketsGrowAndBecomeDurableInOrder) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    std::atomic<int> wakes{0};
    std::atomic<Journal::Ticket> seen{0};
    std::atomic<bool> grows{true};
    Journal *raw = journal.get();
    journal->on_progress([&] {
        const Journal::Ticket now = raw->durable();
        if (now < seen.exchange(now)) grows = false;
        ++wakes;
    });
    Match match = long_nim();
    Journal::Ticket last = journal->begin(match);
    for (int at = 0; at < 40; ++at) {
        const Journal::Ticket ticket = play_told(*journal, match, 1);
        EXPECT_GT(ticket, last);
        last = ticket;
    }
    journal->flush();
    EXPECT_EQ(journal->durable(), last);
    EXPECT_TRUE(grows);
    EXPECT_EQ(wakes, 41);
    journal->on_progress({});
    play_told(*journal, match, 1);
    journal->flush();
    EXPECT_EQ(wakes, 41) << "nobody is told any more";
    // A durable move is there for everybody at once.
    EXPECT_EQ(open_store(folder / "games.sqlite")->load(*journal->game())->plies.size(), 41u);
}

TEST(Journal, TakingBackAndEndingsAreFollowed) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    for (const Move move : {1u, 2u, 3u, 1u}) play_told(*journal, match, move);
    journal->cut(match, 2);
    ASSERT_TRUE(match.undo_to(2, 0s).ok());
    play_told(*journal, match, 3);
    journal->flush();
    const GameId id = only_game(*store);
    EXPECT_EQ(stored_text(*store, id), write_record([&] {
                  Record record = to_record(match, store->summary(id)->record.date);
                  for (RecordPly &ply : record.plies) ply.used = 10ms;
                  return record;
              }()));

    match.resign(0, 0s);
    journal->outcome(match);
    journal->flush();
    EXPECT_EQ(store->summary(id)->record.ending, Ending::resign);
    EXPECT_EQ(store->summary(id)->record.utilities, match.outcome()->utilities);
    ASSERT_TRUE(match.undo(0s).ok()); // takes the resignation back
    journal->outcome(match);
    journal->flush();
    EXPECT_FALSE(store->summary(id)->finished());
    EXPECT_EQ(store->summary(id)->plies, 3u);
}

TEST(Journal, WhoSitsThereFromNowOnIsKept) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    play_told(*journal, match, 1);
    Match other = *Match::create({.game = match.game_ptr(), .seats = {Seat::person("Anna"), Seat::person("Ben")}});
    const Journal::Ticket ticket = journal->seats(other);
    journal->flush();
    EXPECT_EQ(journal->durable(), ticket);
    EXPECT_EQ(store->summary(only_game(*store))->record.seats, other.seats());
}

TEST(Journal, TheLastMoveAndTheEndAreOneTransaction) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = *Match::create({.game = fake::make_game<fake::Nim>({{"heap", "3"}})});
    journal->begin(match);
    Ply ply{3, 0, "take 3", 0ns, {}};
    journal->play(match, ply);
    journal->flush();
    // Nothing was told of the outcome, as if the program had died here.
    const StoredGame game = store->history()->front();
    EXPECT_EQ(game.record.ending, Ending::normal);
    EXPECT_TRUE(load_record(*store->load(game.id), make_fake).ok());

    Match limited = *Match::create({.game = fake::make_game<fake::Nim>(), .max_plies = 1});
    journal->begin(limited);
    journal->play(limited, Ply{1, 0, "take 1", 0ns, {}});
    journal->flush();
    EXPECT_EQ(store->summary(*journal->game())->record.ending, Ending::too_long);
    EXPECT_TRUE(load_record(*store->load(*journal->game()), make_fake).ok());
}

TEST(Journal, AGameWithoutMovesIsNotKept) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    journal->begin(match);
    play_told(*journal, match, 1);
    journal->cut(match, 0);
    journal->leave(match);
    journal->flush();
    EXPECT_TRUE(store->history()->empty());
    EXPECT_EQ(journal->problem(), "");
}

TEST(Journal, AStoredGameIsGoneOnWith) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    for (const Move move : {1u, 2u, 3u}) play_told(*journal, match, move);
    journal->leave(match);
    journal->flush();
    const GameId id = only_game(*store);

    Match again = *load_record(*store->load(id), make_fake);
    ASSERT_TRUE(journal->continue_next(id).ok());
    EXPECT_TRUE(store->unfinished()->empty()) << "it is taken";
    journal->begin(again);
    play_told(*journal, again, 1);
    journal->flush();
    EXPECT_EQ(journal->problem(), "");
    EXPECT_EQ(only_game(*store), id);
    EXPECT_EQ(store->summary(id)->plies, 4u);
    journal->leave(again);
    journal->flush();
    EXPECT_EQ(store->unfinished()->size(), 1u) << "it is free again";
}

TEST(Journal, ContinuingMakesTheStoredGameWhatTheMatchIs) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    for (const Move move : {1u, 2u, 3u}) play_told(*journal, match, move);
    journal->leave(match);
    journal->flush();
    const GameId id = only_game(*store);

    Match other = long_nim();
    for (const Move move : {1u, 3u, 3u, 2u}) ASSERT_TRUE(other.play(move, 0s).ok());
    ASSERT_TRUE(journal->continue_next(id).ok());
    journal->begin(other);
    journal->leave(other);
    journal->flush();
    EXPECT_EQ(only_game(*store), id);
    EXPECT_EQ(load_record(*store->load(id), make_fake)->moves(), other.moves());

    // Another game altogether never writes over it.
    Match stranger = long_nim(43);
    ASSERT_TRUE(stranger.play(1, 0s).ok());
    ASSERT_TRUE(journal->continue_next(id).ok());
    journal->begin(stranger);
    journal->flush();
    EXPECT_EQ(store->history()->size(), 2u);
    EXPECT_EQ(load_record(*store->load(id), make_fake)->moves(), other.moves());
}

TEST(Journal, AGameIsPlayedByOneAtATime) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto other = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    play_told(*journal, match, 1);
    journal->flush();
    const GameId id = only_game(*store);
    EXPECT_TRUE(other->unfinished()->empty());
    EXPECT_FALSE(other->journal()->continue_next(id).ok());
    const Result<void> removed = other->remove({id});
    ASSERT_FALSE(removed.ok());
    EXPECT_NE(removed.sentence().find("is being played"), std::string::npos) << removed.sentence();
    journal.reset();
    EXPECT_EQ(other->unfinished()->size(), 1u);
    EXPECT_TRUE(other->remove({id}).ok());
}

TEST(Journal, ManyGamesAtOnceFromManyThreads) {
    const tests::ScratchFolder folder;
    constexpr int writers = 4, plies = 30;
    std::vector<std::thread> threads;
    open_store(folder / "games.sqlite");
    for (int number = 0; number < writers; ++number) {
        threads.emplace_back([&, number] {
            auto store = open_store(folder / "games.sqlite");
            auto journal = store->journal();
            Match match = long_nim(static_cast<std::uint64_t>(number));
            journal->begin(match);
            for (int at = 0; at < plies; ++at) play_told(*journal, match, 1 + static_cast<Move>(number) % 3);
            journal->flush();
            EXPECT_EQ(journal->problem(), "");
        });
    }
    for (std::thread &thread : threads) thread.join();
    auto store = open_store(folder / "games.sqlite");
    const auto games = store->unfinished();
    ASSERT_EQ(games->size(), static_cast<std::size_t>(writers));
    for (const StoredGame &game : *games) {
        EXPECT_EQ(game.plies, static_cast<std::size_t>(plies));
        EXPECT_TRUE(load_record(*store->load(game.id), make_fake).ok());
    }
}

TEST(Journal, ARemovedGameGoesOnUnsavedWithASentence) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    play_told(*journal, match, 1);
    journal->flush();
    { // Somebody with another tool, who knows nothing of marks.
        std::filesystem::remove(folder / "games.sqlite-open");
        ASSERT_TRUE(open_store(folder / "games.sqlite")->remove({*journal->game()}).ok());
    }
    const Journal::Ticket ticket = play_told(*journal, match, 1);
    journal->flush();
    EXPECT_NE(journal->problem().find("was removed"), std::string::npos) << journal->problem();
    EXPECT_EQ(journal->durable(), ticket) << "the game goes on";
    EXPECT_TRUE(store->history()->empty());
    journal->begin(match); // the next game is kept again
    journal->flush();
    EXPECT_EQ(journal->problem(), "");
    EXPECT_EQ(only_game(*store), *journal->game());
}

// Files of this process cannot grow while one of these lives.
class NoSpace {
public:
    NoSpace() {
        getrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit tight = before_;
        tight.rlim_cur = 4096;
        setrlimit(RLIMIT_FSIZE, &tight);
    }
    ~NoSpace() { setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

TEST(Journal, WithoutSpaceTheGameGoesOnUnsavedAndWhatWasKeptStays) {
    const tests::ScratchFolder folder;
    auto store = open_store(folder / "games.sqlite");
    auto journal = store->journal();
    Match match = long_nim();
    journal->begin(match);
    for (const Move move : {1u, 2u, 3u}) play_told(*journal, match, move);
    journal->flush();
    const GameId id = *journal->game();
    {
        const NoSpace none;
        const Journal::Ticket ticket = play_told(*journal, match, 1);
        journal->flush();
        EXPECT_EQ(journal->durable(), ticket);
        EXPECT_NE(journal->problem().find("The game is no longer kept, because"), std::string::npos)
            << journal->problem();
    }
    play_told(*journal, match, 1); // there is space again, but a move is missing
    journal->flush();
    EXPECT_FALSE(journal->problem().empty());
    EXPECT_EQ(store->load(id)->plies.size(), 3u);
    journal->begin(match); // which begins it again as a whole
    journal->flush();
    EXPECT_EQ(journal->problem(), "");
    EXPECT_EQ(store->load(*journal->game())->plies.size(), 5u);
}

} // namespace
} // namespace parlour::host::records_tests
