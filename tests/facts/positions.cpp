// Single positions: their moves, where moves lead, how texts are refused, and files of positions.
#include "facts/kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace parlour::facts {
namespace {

std::filesystem::path positions_file(const Row &row) {
    return std::filesystem::path(PARLOUR_SHARED_DIR) / "facts" / "positions" / row.arguments.at(0);
}

// The position of a text, or a failed expectation.
bool read_position(const GameRef &game, const std::string &text, void *state) {
    parlour_error error{};
    const parlour_status status = game.parse_state(text.c_str(), state, &error);
    EXPECT_EQ(status, PARLOUR_OK) << text << ": " << error.text;
    return status == PARLOUR_OK;
}

// The moves of "POSITION; MOVE:+4; MOVE:-2;" as texts.
std::vector<std::string> listed_moves(const std::string &line) {
    std::vector<std::string> moves;
    for (std::size_t at = line.find(';'); at != std::string::npos; at = line.find(';', at + 1)) {
        const std::size_t begin = line.find_first_not_of(" \t\r;", at);
        if (begin == std::string::npos) break;
        moves.push_back(line.substr(begin, line.find_first_of(":;", begin) - begin));
    }
    return moves;
}

} // namespace

void check_legal(const Subject &subject) {
    EXPECT_EQ(subject.game.legal(subject.start.data(), nullptr, 0), to_count(subject.row.results.at(0)));
}

void check_moves(const Subject &subject) {
    std::vector<std::string> texts;
    for (const Move move : subject.game.legal_moves(subject.start.data())) {
        texts.push_back(subject.game.move_text(subject.start.data(), move));
    }
    EXPECT_THAT(texts, testing::UnorderedElementsAreArray(subject.row.results));
}

void check_play(const Subject &subject) {
    StateBuffer state = subject.start;
    play_texts(subject.game, state.data(), subject.row.arguments);
    EXPECT_EQ(subject.game.state_text(state.data()), subject.row.result);
}

void check_illegal(const Subject &subject) {
    Move move = PARLOUR_MOVE_NONE;
    parlour_error error{};
    const parlour_status status =
        subject.game.parse_move(subject.start.data(), subject.row.arguments.at(0).c_str(), &move, &error);
    EXPECT_TRUE(status == PARLOUR_E_ILLEGAL || status == PARLOUR_E_PARSE) << "status " << status;
    EXPECT_THAT(error.text, testing::HasSubstr(subject.row.result));
}

void check_refused(const Subject &subject) {
    ASSERT_TRUE(subject.row.position.has_value()) << "the row needs a {position}";
    StateBuffer state = subject.start;
    parlour_error error{};
    EXPECT_NE(subject.game.parse_state(subject.row.position->c_str(), state.data(), &error), PARLOUR_OK);
    EXPECT_THAT(error.text, testing::HasSubstr(subject.row.result));
    EXPECT_EQ(bytes_of(subject.game, state.data()), bytes_of(subject.game, subject.start.data()))
        << "a refused text leaves the state as it was";
}

void check_outcome(const Subject &subject) {
    StateBuffer state = subject.start;
    play_texts(subject.game, state.data(), subject.row.arguments);
    ASSERT_TRUE(subject.game.turn(state.data()).is_over()) << subject.game.state_text(state.data());
    ASSERT_EQ(subject.row.results.size(), subject.game.players()) << "one utility a player";
    float util[PARLOUR_MAX_PLAYERS];
    subject.game.outcome(state.data(), util);
    for (std::size_t player = 0; player < subject.row.results.size(); ++player) {
        EXPECT_NEAR(static_cast<double>(util[player]), to_number(subject.row.results[player]), 1e-5)
            << "player " << player;
    }
}

void check_reason(const Subject &subject) {
    StateBuffer state = subject.start;
    play_texts(subject.game, state.data(), subject.row.arguments);
    const parlour_game_help *help = subject.game.help();
    ASSERT_TRUE(help != nullptr && help->reason != nullptr) << "the game gives no reasons";
    EXPECT_EQ(read_text([&](char *buffer, std::uint32_t capacity) {
                  return help->reason(subject.game.self(), state.data(), buffer, capacity);
              }),
              subject.row.result);
}

void check_positions_moves(const Subject &subject) {
    std::ifstream in(positions_file(subject.row));
    if (!in) GTEST_SKIP() << positions_file(subject.row) << " is not there";
    const GameRef &game = subject.game;
    StateBuffer state(game.state_size());
    std::uint64_t lines = 0;
    for (std::string line; std::getline(in, line); ++lines) {
        SCOPED_TRACE("line " + std::to_string(lines + 1));
        if (!read_position(game, line, state.data())) continue;
        std::vector<Move> listed;
        for (const std::string &text : listed_moves(line)) {
            Move move = PARLOUR_MOVE_NONE;
            parlour_error error{};
            EXPECT_EQ(game.parse_move(state.data(), text.c_str(), &move, &error), PARLOUR_OK) << error.text;
            listed.push_back(move);
        }
        EXPECT_THAT(game.legal_moves(state.data()), testing::UnorderedElementsAreArray(listed));
    }
    EXPECT_EQ(lines, to_count(subject.row.results.at(0)));
}

void check_positions_open(const Subject &subject) {
    std::ifstream in(positions_file(subject.row));
    if (!in) GTEST_SKIP() << positions_file(subject.row) << " is not there";
    StateBuffer state(subject.game.state_size());
    std::uint64_t lines = 0;
    for (std::string line; std::getline(in, line); ++lines) {
        SCOPED_TRACE("line " + std::to_string(lines + 1));
        if (!read_position(subject.game, line.substr(0, line.find(' ')), state.data())) continue;
        EXPECT_FALSE(subject.game.turn(state.data()).is_over());
        EXPECT_FALSE(subject.game.legal_moves(state.data()).empty());
    }
    EXPECT_EQ(lines, to_count(subject.row.results.at(0)));
}

} // namespace parlour::facts
