// Counts of positions, nodes and games.
#include "facts/kinds.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

namespace parlour::facts {
namespace {

using Positions = std::unordered_set<std::string>;

// The leaves at a depth, and the games that ended above it.
struct Leaves {
    std::uint64_t full = 0, ended = 0;
};

void count_leaves(const GameRef &game, const void *state, unsigned depth, Leaves &leaves) {
    if (depth == 0) {
        ++leaves.full;
        return;
    }
    const std::vector<Move> moves = game.legal_moves(state);
    if (moves.empty()) ++leaves.ended;
    StateBuffer child(game.state_size());
    for (const Move move : moves) {
        std::memcpy(child.data(), state, game.state_size());
        game.apply(child.data(), move);
        count_leaves(game, child.data(), depth - 1, leaves);
    }
}

// Counts of endings: won by the first player, won by the second, drawn.
struct Endings {
    std::uint64_t wins0 = 0, wins1 = 0, draws = 0;

    void add(const GameRef &game, const void *state) {
        float util[PARLOUR_MAX_PLAYERS];
        game.outcome(state, util);
        ++(util[0] > util[1] ? wins0 : util[0] < util[1] ? wins1 : draws);
    }
    std::uint64_t total() const { return wins0 + wins1 + draws; }
};

void count_games(const GameRef &game, const void *state, Endings &endings) {
    if (game.turn(state).is_over()) return endings.add(game, state);
    StateBuffer child(game.state_size());
    for (const Move move : game.legal_moves(state)) {
        std::memcpy(child.data(), state, game.state_size());
        game.apply(child.data(), move);
        count_games(game, child.data(), endings);
    }
}

// The positions one ply after those of `now`, each as `bytes_of_position` has it, but for those already in `known`
// (which may be null).
Positions next_positions(const GameRef &game, const Positions &now, const Positions *known,
                         std::string (*bytes_of_position)(const GameRef &, const void *) = bytes_of) {
    Positions next;
    StateBuffer state(game.state_size()), child(game.state_size());
    for (const std::string &bytes : now) {
        std::memcpy(state.data(), bytes.data(), bytes.size());
        for (const Move move : game.legal_moves(state.data())) {
            std::memcpy(child.data(), state.data(), game.state_size());
            game.apply(child.data(), move);
            std::string reached = bytes_of_position(game, child.data());
            if (known == nullptr || !known->contains(reached)) next.insert(std::move(reached));
        }
    }
    return next;
}

Positions all_positions(const Subject &subject) {
    Positions all, now{bytes_of(subject.game, subject.start.data())};
    while (!now.empty()) {
        all.insert(now.begin(), now.end());
        now = next_positions(subject.game, now, &all);
    }
    return all;
}

// Whether some move leads to one of these positions, which are kept as canonical bytes.
bool leads_into(const GameRef &game, const void *state, const Positions &positions) {
    StateBuffer child(game.state_size());
    for (const Move move : game.legal_moves(state)) {
        std::memcpy(child.data(), state, game.state_size());
        game.apply(child.data(), move);
        if (positions.contains(canonical_bytes(game, child.data()))) return true;
    }
    return false;
}

} // namespace

std::uint64_t perft(const GameRef &game, const void *state, unsigned depth) {
    if (depth == 0) return 1;
    constexpr std::uint32_t capacity = 256;
    Move few[capacity];
    std::vector<Move> many;
    const Move *moves = few;
    const std::uint32_t n = game.legal(state, few, capacity);
    if (depth == 1) return n;
    if (n > capacity) {
        many = game.legal_moves(state);
        moves = many.data();
    }
    std::uint64_t leaves = 0;
    StateBuffer child(game.state_size());
    for (std::uint32_t i = 0; i < n; ++i) {
        std::memcpy(child.data(), state, game.state_size());
        game.apply(child.data(), moves[i]);
        leaves += perft(game, child.data(), depth - 1);
    }
    return leaves;
}

void check_perft(const Subject &subject) {
    const auto depth = static_cast<unsigned>(to_count(subject.row.arguments.at(0)));
    EXPECT_EQ(perft(subject.game, subject.start.data(), depth), to_count(subject.row.results.at(0)));
}

void check_perft_ended(const Subject &subject) {
    Leaves leaves;
    const auto depth = static_cast<unsigned>(to_count(subject.row.arguments.at(0)));
    count_leaves(subject.game, subject.start.data(), depth, leaves);
    EXPECT_EQ(leaves.full, to_count(value_of(subject.row.results, "full")));
    EXPECT_EQ(leaves.ended, to_count(value_of(subject.row.results, "ended")));
}

void check_nodes_by_ply(const Subject &subject) {
    for (unsigned depth = 0; depth < subject.row.results.size(); ++depth) {
        EXPECT_EQ(perft(subject.game, subject.start.data(), depth), to_count(subject.row.results[depth]))
            << "at ply " << depth;
    }
}

void check_distinct_by_ply(const Subject &subject) {
    Positions now{bytes_of(subject.game, subject.start.data())};
    for (std::size_t ply = 0; ply < subject.row.results.size(); ++ply) {
        if (ply > 0) now = next_positions(subject.game, now, nullptr);
        EXPECT_EQ(now.size(), to_count(subject.row.results[ply])) << "at ply " << ply;
    }
}

void check_classes_by_ply(const Subject &subject) {
    Positions now{canonical_bytes(subject.game, subject.start.data())};
    for (std::size_t ply = 0; ply < subject.row.results.size(); ++ply) {
        if (ply > 0) now = next_positions(subject.game, now, nullptr, canonical_bytes);
        EXPECT_EQ(now.size(), to_count(subject.row.results[ply])) << "at ply " << ply;
    }
}

void check_reachable(const Subject &subject) {
    EXPECT_EQ(all_positions(subject).size(), to_count(subject.row.results.at(0)));
}

void check_reachable_classes(const Subject &subject) {
    Positions classes;
    for (const std::string &bytes : all_positions(subject)) {
        StateBuffer state(subject.game.state_size());
        std::memcpy(state.data(), bytes.data(), bytes.size());
        classes.insert(canonical_bytes(subject.game, state.data()));
    }
    EXPECT_EQ(classes.size(), to_count(subject.row.results.at(0)));
}

void check_games(const Subject &subject) {
    Endings endings;
    count_games(subject.game, subject.start.data(), endings);
    EXPECT_EQ(endings.total(), to_count(subject.row.results.at(0)));
    EXPECT_EQ(endings.wins0, to_count(value_of(subject.row.results, "wins0")));
    EXPECT_EQ(endings.wins1, to_count(value_of(subject.row.results, "wins1")));
    EXPECT_EQ(endings.draws, to_count(value_of(subject.row.results, "draws")));
}

void check_terminal(const Subject &subject) {
    Endings endings;
    StateBuffer state(subject.game.state_size());
    for (const std::string &bytes : all_positions(subject)) {
        std::memcpy(state.data(), bytes.data(), bytes.size());
        if (subject.game.turn(state.data()).is_over()) endings.add(subject.game, state.data());
    }
    EXPECT_EQ(endings.total(), to_count(subject.row.results.at(0)));
    EXPECT_EQ(endings.wins0, to_count(subject.row.results.at(1)));
    EXPECT_EQ(endings.wins1, to_count(subject.row.results.at(2)));
    EXPECT_EQ(endings.draws, to_count(subject.row.results.at(3)));
}

void check_winnable_by_ply(const Subject &subject) {
    const GameRef &game = subject.game;
    std::vector<Positions> plies{{canonical_bytes(game, subject.start.data())}};
    while (!plies.back().empty()) plies.push_back(next_positions(game, plies.back(), nullptr, canonical_bytes));

    // From the last ply back: winnable is what is won, and what leads to something winnable.
    std::vector<std::uint64_t> counts(plies.size());
    Positions winnable;
    StateBuffer state(game.state_size());
    for (std::size_t ply = plies.size(); ply-- > 0;) {
        Positions here;
        for (const std::string &bytes : plies[ply]) {
            std::memcpy(state.data(), bytes.data(), bytes.size());
            const bool over = game.turn(state.data()).is_over();
            if (over ? is_won(game, state.data()) : leads_into(game, state.data(), winnable)) here.insert(bytes);
        }
        counts[ply] = here.size();
        winnable = std::move(here);
        plies[ply] = {};
    }
    for (std::size_t ply = 0; ply < subject.row.results.size(); ++ply) {
        EXPECT_EQ(ply < counts.size() ? counts[ply] : 0, to_count(subject.row.results[ply])) << "at ply " << ply;
    }
}

void check_choices(const Subject &subject) {
    const GameRef &game = subject.game;
    std::unordered_set<std::uint64_t> known{canonical_hash(game, subject.start.data())};
    std::vector<std::string> open{bytes_of(game, subject.start.data())};
    StateBuffer state(game.state_size()), child(game.state_size());
    std::uint64_t choices = 0;
    while (!open.empty()) {
        std::memcpy(state.data(), open.back().data(), game.state_size());
        open.pop_back();
        const Turn turn = game.turn(state.data());
        choices += !turn.is_over() && !turn.is_chance();
        for (const Move move : game.legal_moves(state.data())) {
            std::memcpy(child.data(), state.data(), game.state_size());
            game.apply(child.data(), move);
            if (known.insert(canonical_hash(game, child.data())).second) open.push_back(bytes_of(game, child.data()));
        }
    }
    EXPECT_EQ(choices, to_count(subject.row.results.at(0)));
}

void check_accepted_positions(const Subject &subject) {
    ASSERT_TRUE(subject.row.position.has_value()) << "the row needs a {position} with ? in it";
    std::uint64_t accepted = 0;
    for_each_position(subject.game, *subject.row.position, subject.row.arguments.at(0),
                      [&](const StateBuffer &) { ++accepted; });
    EXPECT_EQ(accepted, to_count(subject.row.results.at(0)));
}

} // namespace parlour::facts
