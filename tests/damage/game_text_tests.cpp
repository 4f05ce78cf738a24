// Texts of moves and positions of every shipped game, damaged: refused with a sentence, or a legal move, a valid
// position, that says itself in the same words. And whole records of every game, with a check and without.
#include "damaged.hpp"
#include "host/match/record.hpp"
#include "host/plugins/registry.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace parlour::host {
namespace {

const Registry &registry() {
    static const auto all = [] {
        RegistryOptions options;
        options.search_path = {std::filesystem::path(PARLOUR_BINARY_DIR) / "plugins"};
        options.isolate = Isolation::none;
        auto made = std::make_unique<Registry>(options);
        made->rescan();
        return made;
    }();
    return *all;
}

std::vector<std::string> games() {
    std::vector<std::string> ids;
    for (const GameEntry &game : registry().games()) ids.push_back(game.id);
    return ids;
}

GamePtr game_of(const std::string &id) {
    auto game = registry().create_game(id, {});
    EXPECT_TRUE(game) << game.sentence();
    return *game;
}

// A game played at random for so many plies at most.
Match played(const GamePtr &game, std::size_t plies, std::uint64_t seed) {
    Match match = *Match::create({.game = game, .seed = seed});
    Rng rng{{seed}};
    match.settle(std::chrono::nanoseconds(0));
    while (match.plies() < plies && !match.outcome()) {
        const auto moves = game->legal_moves(match.state());
        if (moves.empty()) break;
        const auto turn = rng.below(static_cast<std::uint32_t>(moves.size()));
        if (!match.play(moves[turn], std::chrono::nanoseconds(0))) break;
        match.settle(std::chrono::nanoseconds(0));
    }
    return match;
}

class GameTexts : public testing::TestWithParam<std::string> {};

TEST_P(GameTexts, DamagedMovesAreRefusedOrLegal) {
    const GamePtr game = game_of(GetParam());
    for (const std::size_t plies : {0u, 3u, 8u, 20u}) {
        const Match match = played(game, plies, 7 + plies);
        const StateBuffer before = match.state();
        const auto legal = game->legal_moves(before);
        const std::string position = game->state_text(before);
        for (std::size_t i = 0; i < std::min<std::size_t>(legal.size(), 6); ++i) {
            tests::for_each_damage(
                game->move_text(before, legal[i]), [&](const std::string &text, const std::string &how) {
                    const auto move = game->parse_move(before, text);
                    if (!move) {
                        ASSERT_FALSE(move.sentence().empty()) << text << ", " << how;
                        return;
                    }
                    ASSERT_NE(std::find(legal.begin(), legal.end(), *move), legal.end()) << text << ", " << how;
                    const auto again = game->parse_move(before, game->move_text(before, *move));
                    ASSERT_TRUE(again && *again == *move) << text << ", " << how;
                });
        }
        EXPECT_EQ(game->state_text(before), position) << "nothing has changed";
    }
}

TEST_P(GameTexts, DamagedPositionsAreRefusedOrValid) {
    const GamePtr game = game_of(GetParam());
    for (const std::size_t plies : {0u, 2u, 9u, 25u, 500u}) {
        const Match match = played(game, plies, 11 + plies);
        tests::for_each_damage(game->state_text(match.state()), [&](const std::string &text, const std::string &how) {
            const auto state = game->parse_state(text);
            if (!state) {
                ASSERT_FALSE(state.sentence().empty()) << text << ", " << how;
                return;
            }
            ASSERT_TRUE(game->check(*state)) << text << ", " << how;
            const std::string said = game->state_text(*state);
            const auto again = game->parse_state(said);
            ASSERT_TRUE(again) << said << ", " << how << ": " << again.sentence();
            ASSERT_EQ(game->state_text(*again), said) << text << ", " << how;
            const auto moves = game->legal_moves(*state);
            if (game->turn(*state).is_over()) {
                ASSERT_TRUE(moves.empty()) << text;
            } else {
                ASSERT_FALSE(moves.empty()) << text << ", " << how;
            }
        });
    }
}

TEST_P(GameTexts, DamagedRecordsAreRefusedOrTheSameAndByHandTheyPlayByTheRules) {
    const GamePtr game = game_of(GetParam());
    const std::string whole = write_record(played(game, 30, 5));
    const auto make = [](const std::string &id, const OptionMap &options) {
        return registry().create_game(id, options);
    };
    const auto right = parse_record(whole);
    ASSERT_TRUE(right && load_record(*right, make)) << whole;
    tests::for_each_damage(whole, [&](const std::string &text, const std::string &how) {
        const auto record = parse_record(text);
        if (!record) {
            ASSERT_FALSE(record.sentence().empty()) << how;
        } else {
            ASSERT_EQ(write_record(*record), whole) << how;
        }
    });

    // As if written by hand: no check catches it, the rules have to.
    const std::string body = whole.substr(0, whole.rfind("[Check"));
    std::size_t accepted = 0;
    tests::for_each_flip(body, [&](const std::string &text, const std::string &how) {
        const auto record = parse_record(text + "[Check \"none\"]\n");
        if (!record) return;
        const auto match = load_record(*record, make);
        ASSERT_TRUE(match || !match.sentence().empty()) << how;
        if (!match) return;
        ++accepted;
        ASSERT_EQ(match->plies(), record->plies.size()) << how;
        ASSERT_TRUE(match->game().check(match->state())) << how;
    });
    EXPECT_GT(accepted, 0u) << "a date, a name or a seed may differ";
}

INSTANTIATE_TEST_SUITE_P(Shipped, GameTexts, testing::ValuesIn(games()),
                         [](const auto &tested) { return tested.param; });

} // namespace
} // namespace parlour::host
