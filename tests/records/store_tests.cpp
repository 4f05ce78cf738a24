// What a store gives back: games to go on with, history, statistics, and games as text.
#include "samples.hpp"

#include <gmock/gmock.h>

namespace parlour::host::records_tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class StoreTest : public testing::Test {
protected:
    GameId add(const Match &match) {
        const Result<GameId> id = store_->add(to_record(match, "2024-05-01"));
        EXPECT_TRUE(id.ok()) << id.sentence();
        return id ? *id : 0;
    }
    // Nim with three left: whoever is first takes them all, or gives up.
    GameId add_nim(std::vector<Seat> seats, bool first_wins) {
        Match match =
            *Match::create({.game = fake::make_game<fake::Nim>({{"heap", "3"}}), .seats = std::move(seats)});
        if (first_wins)
            EXPECT_TRUE(match.play(3, 0s).ok());
        else
            match.resign(0, 0s);
        return add(match);
    }
    std::vector<GameId> ids(const HistoryFilter &filter) {
        const Result<std::vector<StoredGame>> games = store_->history(filter);
        EXPECT_TRUE(games.ok()) << games.sentence();
        std::vector<GameId> out;
        for (const StoredGame &game : *games) out.push_back(game.id);
        return out;
    }

    const tests::ScratchFolder folder_;
    std::unique_ptr<Store> store_ = open_store(folder_ / "games.sqlite");
};

TEST_F(StoreTest, HistoryIsFiltered) {
    const GameId rich = add(fake::rich_match());
    const GameId dice = add(fake::dice_match());
    const GameId odd = add(fake::odd_match());
    EXPECT_THAT(ids({}), ElementsAre(odd, dice, rich));
    EXPECT_THAT(ids({.game = "dice"}), ElementsAre(dice));
    EXPECT_THAT(ids({.opponent = "ANNA"}), ElementsAre(rich));
    EXPECT_THAT(ids({.opponent = "an_eng"}), ElementsAre(rich));
    EXPECT_THAT(ids({.text = "resign"}), ElementsAre(odd));
    EXPECT_THAT(ids({.text = "2024-05"}), ElementsAre(odd, dice, rich));
    EXPECT_THAT(ids({.text = "nowhere"}), ElementsAre());
    EXPECT_THAT(ids({.finished = false}), ElementsAre(dice));
    EXPECT_THAT(ids({.finished = true}), ElementsAre(odd, rich));
    EXPECT_THAT(ids({.offset = 1, .limit = 1}), ElementsAre(dice));
    EXPECT_THAT(ids({.offset = 7}), ElementsAre());
}

TEST_F(StoreTest, AStoredGameIsDescribed) {
    const auto before = std::chrono::system_clock::now() - 1s;
    const GameId id = add(fake::rich_match());
    const StoredGame game = *store_->summary(id);
    EXPECT_EQ(game.uid.size(), 32u);
    EXPECT_EQ(game.plies, 2u);
    EXPECT_EQ(game.record.options.at("heap"), "5");
    EXPECT_EQ(game.record.time.text(), "5m+3s");
    EXPECT_EQ(game.record.ending, Ending::normal);
    EXPECT_TRUE(game.record.plies.empty());
    EXPECT_GT(game.begun, before);
    EXPECT_LE(game.begun, game.changed);
    EXPECT_EQ(stored_text(*store_, id), write_record(fake::rich_match(), "2024-05-01"));
}

TEST_F(StoreTest, UnknownIdsAreRefused) {
    EXPECT_EQ(store_->load(7).problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_EQ(store_->summary(7).problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_EQ(store_->remove({7}).problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_EQ(store_->export_text(std::vector<GameId>{7}).problem().code, PARLOUR_E_NOTFOUND);
    EXPECT_FALSE(store_->journal()->continue_next(0).ok());
}

TEST_F(StoreTest, RemovingIsAllOrNothingAndIdsAreNotGivenAgain) {
    const GameId first = add(fake::rich_match()), second = add(fake::dice_match());
    EXPECT_FALSE(store_->remove({first, 99}).ok());
    EXPECT_EQ(ids({}).size(), 2u);
    EXPECT_TRUE(store_->remove({first, second}).ok());
    EXPECT_TRUE(ids({}).empty());
    EXPECT_GT(add(fake::rich_match()), second);
}

TEST_F(StoreTest, StatisticsCountFromThePersonsSide) {
    const Seat anna = Seat::person("Anna"), engine = Seat::of_engine("an_engine", 7);
    add_nim({anna, engine}, true);
    add_nim({anna, engine}, true);
    add_nim({engine, anna}, true);
    add_nim({anna, engine}, false);
    add_nim({anna, Seat::person("Ben")}, true);
    add_nim({engine, engine}, true);
    add(fake::dice_match()); // not finished
    const std::vector<Statistics> rows = *store_->statistics();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].game, "nim");
    EXPECT_EQ(rows[0].opponent, "an_engine (level 7)");
    EXPECT_EQ(rows[0].played, 4u);
    EXPECT_EQ(rows[0].won, 2u);
    EXPECT_EQ(rows[0].drawn, 0u);
    EXPECT_EQ(rows[0].lost, 2u);
    EXPECT_EQ(rows[0].longest, 1u);
    EXPECT_EQ(rows[1].opponent, "persons");
    EXPECT_EQ(rows[1].played, 1u);
    EXPECT_EQ(rows[1].won + rows[1].drawn + rows[1].lost, 0u);
    EXPECT_LE(rows[1].last, std::chrono::system_clock::now());
}

TEST_F(StoreTest, ADrawAndAGameThatNobodyCouldWinAreToldApart) {
    Match drawn = long_nim();
    drawn.finish(Ending::agreed_draw, std::nullopt, {}, 0s);
    add(drawn);
    Match failed = long_nim();
    failed.finish(Ending::rules_failed, std::nullopt, "they broke", 0s);
    add(failed);
    const std::vector<Statistics> rows = *store_->statistics();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].played, 2u);
    EXPECT_EQ(rows[0].drawn, 1u);
    EXPECT_EQ(rows[0].won + rows[0].lost, 0u);
}

TEST_F(StoreTest, ExportedGamesComeIntoAnotherStoreOnce) {
    add(fake::rich_match());
    add(fake::dice_match());
    add(fake::odd_match());
    const ExportedGames exported = *store_->export_text();
    EXPECT_EQ(exported.games, 3u);
    EXPECT_TRUE(exported.left_out.empty());
    ASSERT_TRUE(parse_records(exported.text).ok());

    auto other = open_store(folder_ / "other.sqlite");
    Result<ImportCount> count = other->import_text(exported.text);
    ASSERT_TRUE(count.ok()) << count.sentence();
    EXPECT_EQ(count->added, 3u);
    EXPECT_EQ(count->known, 0u);
    EXPECT_EQ(other->export_text()->text, exported.text);
    for (const StoredGame &game : all_games(*other)) EXPECT_TRUE(load_record(*other->load(game.id), make_fake).ok());
    count = other->import_text(exported.text);
    EXPECT_EQ(count->added, 0u);
    EXPECT_EQ(count->known, 3u);
    EXPECT_EQ(store_->import_text(exported.text)->known, 3u);
}

TEST_F(StoreTest, TextsWithoutAnIdAreRecognisedWordForWord) {
    const std::string text = fake::rich_text() + "\n" + fake::rich_text() + "\n" + fake::odd_text();
    const Result<ImportCount> count = store_->import_text(text);
    ASSERT_TRUE(count.ok()) << count.sentence();
    EXPECT_EQ(count->added, 2u);
    EXPECT_EQ(count->known, 1u);
    EXPECT_EQ(store_->import_text(store_->export_text()->text)->added, 0u);
}

TEST_F(StoreTest, ExportFollowsIdsAndFilters) {
    const GameId rich = add(fake::rich_match()), dice = add(fake::dice_match());
    EXPECT_EQ(store_->export_text({.game = "dice"})->text, store_->export_text(std::vector{dice})->text);
    EXPECT_EQ(store_->export_text(std::vector{dice, rich})->games, 2u);
    EXPECT_EQ(store_->export_text({.game = "none"})->text, "");
}

TEST_F(StoreTest, ImportIsAllOrNothing) {
    std::string damaged = fake::odd_text();
    damaged[damaged.find("Seed")] = 'D';
    Result<ImportCount> count = store_->import_text(fake::rich_text() + "\n" + damaged);
    ASSERT_FALSE(count.ok());
    EXPECT_THAT(count.sentence(), HasSubstr("Line"));
    EXPECT_TRUE(ids({}).empty());

    const auto by_the_rules = [](const Record &record) -> Result<void> {
        const Result<Match> match = load_record(record, make_fake);
        return match ? Result<void>{} : match.problem();
    };
    Record cheat = to_record(fake::rich_match());
    cheat.plies[0].text = "take 9";
    count = store_->import_text(fake::odd_text() + "\n" + write_record(cheat), by_the_rules);
    ASSERT_FALSE(count.ok());
    EXPECT_THAT(count.sentence(), HasSubstr("The game that begins in line"));
    EXPECT_TRUE(ids({}).empty());
    EXPECT_TRUE(store_->import_text(fake::odd_text() + "\n" + fake::rich_text(), by_the_rules).ok());
    EXPECT_EQ(ids({}).size(), 2u);
}

TEST_F(StoreTest, EveryColumnOfAGameIsSealed) {
    const GameId id = add(fake::rich_match());
    const StoredGame before = *store_->summary(id);
    records::Database database(folder_ / "games.sqlite");
    for (const std::string change :
         {"begun = begun + 1", "changed = changed - 1", "uid = replace(uid, substr(uid, 1, 1), 'x')", "finished = 0",
          "game = 'nix'", "header = header || char(10)", "plies = 1", "seal = seal + 1"}) {
        SCOPED_TRACE(change);
        database.run("CREATE TEMP TABLE kept AS SELECT * FROM games");
        database.run(("UPDATE games SET " + change).c_str());
        EXPECT_THAT(store_->summary(id)->problem, HasSubstr("is damaged"));
        EXPECT_FALSE(store_->load(id).ok());
        database.run("DELETE FROM games; INSERT INTO games SELECT * FROM kept; DROP TABLE kept");
        EXPECT_EQ(store_->summary(id)->problem, "");
    }
    EXPECT_EQ(store_->summary(id)->begun, before.begun);
}

TEST_F(StoreTest, ADamagedGameIsListedWithASentenceAndStays) {
    const GameId rich = add(fake::rich_match()), dice = add(fake::dice_match()), odd = add(fake::odd_match());
    records::Database database(folder_ / "games.sqlite");
    database.run(("UPDATE plies SET text = 'take 1' WHERE game = " + std::to_string(rich) + " AND ply = 0").c_str());
    database.run(
        ("UPDATE games SET header = replace(header, 'dice', 'mice') WHERE id = " + std::to_string(dice)).c_str());
    EXPECT_THAT(ids({}), ElementsAre(odd, dice, rich));
    EXPECT_THAT(store_->load(rich).sentence(), HasSubstr("is damaged"));
    EXPECT_THAT(store_->summary(dice)->problem, HasSubstr("is damaged"));
    EXPECT_EQ(store_->summary(dice)->record.game, "dice");
    EXPECT_TRUE(store_->load(odd).ok());
    const ExportedGames exported = *store_->export_text();
    EXPECT_EQ(exported.games, 1u);
    EXPECT_EQ(exported.left_out.size(), 2u);
    EXPECT_EQ(store_->unfinished()->size(), 1u);
    EXPECT_TRUE(store_->remove({rich, dice}).ok());
}

} // namespace
} // namespace parlour::host::records_tests
