#include "root_search.hpp"

#include <cmath>

namespace minimax {

using parlour::Move;
using parlour::Search;

namespace {

// Whether one more iteration would end within the soft time, judged by how the last two have grown.
class SoftTime {
public:
    explicit SoftTime(const Search &search) : search_(search) {}

    bool allows_another() {
        if (!search_.has(PARLOUR_LIMIT_SOFT_TIME)) return true;
        const auto now = static_cast<double>(search_.elapsed_ns());
        const double last = now - started_;
        const double growth = before_ > 0 ? std::clamp(last / before_, 1.5, 8.0) : 3.0;
        before_ = last;
        started_ = now;
        return now + last * growth <= static_cast<double>(search_.limits().soft_ns);
    }

private:
    const Search &search_;
    double started_ = 0, before_ = 0;
};

std::vector<RootMove> root_moves(const RootPlan &plan) {
    std::vector<RootMove> moves;
    for (const Move move : plan.moves) moves.push_back({move, {}, 0, {move}});
    return moves;
}

// The root move, what the search expects after it, and what the tree remembers beyond that; legal moves only.
std::vector<Move> whole_line(const Search &search, const TreeSearch &tree, Move first, std::uint32_t depth) {
    const parlour::GameRef &game = search.game();
    parlour::StateBuffer state(game.state_size());
    std::memcpy(state.data(), search.state(), game.state_size());
    std::vector<Move> line{first};
    const std::span<const Move> expected = tree.line();
    parlour::Turn turn = game.apply(state.data(), first);
    while (!turn.is_over() && !turn.is_chance() && line.size() < depth) {
        const std::size_t at = line.size() - 1;
        const Move move = at < expected.size() ? expected[at] : tree.known_move(state.data());
        const std::vector<Move> legal = game.legal_moves(state.data());
        if (std::find(legal.begin(), legal.end(), move) == legal.end()) break;
        line.push_back(move);
        turn = game.apply(state.data(), move);
    }
    return line;
}

// One progress line a rank, at most as many as the host asked for, statistics of all moves with the first.
void report(const Search &search, const Budget &budget, const RootResult &result, std::uint32_t lines,
            std::uint32_t depth) {
    std::vector<parlour_move_stat> stats;
    for (const RootMove &root : result.moves) {
        stats.push_back({root.move, 0, root.nodes, to_float(root.score.value), 0});
    }
    for (std::uint32_t rank = 0; rank < std::min(lines, search.limits().lines); ++rank) {
        const RootMove &root = result.moves[rank];
        parlour::Progress progress{.rank = rank + 1,
                                   .depth = depth,
                                   .nodes = budget.nodes(),
                                   .value = to_float(root.score.value),
                                   .proven = root.score.exact(),
                                   .line = root.line};
        if (rank == 0) progress.stats = stats;
        search.report(progress);
    }
}

} // namespace

RootResult iterate(const Search &search, TreeSearch &tree, const Budget &budget, const RootPlan &plan) {
    RootResult result;
    result.moves = root_moves(plan);
    std::vector<RootMove> &moves = result.moves;
    const auto n = static_cast<std::uint32_t>(moves.size());
    const std::uint32_t lines = std::min(plan.lines, n);
    SoftTime soft_time(search);

    for (std::uint32_t depth = 1; depth <= plan.most_depth; ++depth) {
        bool settled = true;
        for (std::uint32_t rank = 0; rank < lines && !budget.has_stopped(); ++rank) {
            // The line of this rank is the best of the moves that no better rank has taken.
            std::int32_t alpha = -score_one;
            std::uint32_t upper_proof = proof_upper;
            for (std::uint32_t i = rank; i < n; ++i) {
                const std::uint64_t before = budget.nodes();
                const bool whole = i == rank || !tree.has_windows();
                Score score =
                    tree.child(search.state(), moves[i].move, depth - 1, alpha, whole ? score_one : alpha + 1);
                if (!whole && score.value > alpha && !budget.has_stopped()) {
                    score = tree.child(search.state(), moves[i].move, depth - 1, alpha, score_one);
                }
                moves[i].nodes += budget.nodes() - before;
                if (budget.has_stopped()) break;
                upper_proof &= score.proof;
                if (i > rank && score.value <= alpha) {
                    if (rank == 0) moves[i].score = score;
                    continue;
                }
                alpha = score.value;
                moves[i].score = score;
                moves[i].line = whole_line(search, tree, moves[i].move, depth);
                std::rotate(moves.begin() + rank, moves.begin() + i, moves.begin() + i + 1);
                if (rank == 0) result.has_value = true;
                if (alpha == score_one) break;
            }
            if (budget.has_stopped()) break;
            // All others are at most as good as the best; the best utility needs no such proof.
            Score &best = moves[rank].score;
            best.proof = Score{best.value, (best.proof & proof_lower) | upper_proof}.with_limits().proof;
            if (rank == 0) result.proven = best.exact();
            settled = settled && (best.exact() || best.value == score_one || best.value == -score_one);
        }
        if (budget.has_stopped()) break;
        result.depth = depth;
        report(search, budget, result, lines, depth);
        if (settled || !soft_time.allows_another()) break;
        if (n == 1 && search.has(PARLOUR_LIMIT_SOFT_TIME)) break;
    }
    return result;
}

RootResult iterate_samples(const Search &search, TreeSearch &tree, const Budget &budget, const RootPlan &plan,
                           std::uint32_t samples) {
    const parlour::GameRef &game = search.game();
    RootResult result;
    result.moves = root_moves(plan);
    parlour::Rng rng{{search.limits().seed}};
    parlour::StateBuffer states(game.state_size(), samples);
    std::uint32_t drawn = 0;
    for (std::uint32_t i = 0; i < samples; ++i) {
        const parlour_status status =
            game.hidden()->determinize(game.self(), search.state(), search.player(), &rng.raw, states.at(drawn));
        if (status == PARLOUR_OK) ++drawn;
    }

    const std::size_t n = plan.moves.size();
    SoftTime soft_time(search);
    std::vector<double> sum(n), count(n);
    for (std::uint32_t depth = 1; drawn > 0 && depth <= plan.most_depth && !budget.has_stopped(); ++depth) {
        std::fill(sum.begin(), sum.end(), 0);
        std::fill(count.begin(), count.end(), 0);
        bool all_proven = true;
        for (std::uint32_t s = 0; s < drawn && !budget.has_stopped(); ++s) {
            for (std::size_t i = 0; i < n; ++i) {
                const std::uint64_t before = budget.nodes();
                const Score score = tree.child(states.at(s), result.moves[i].move, depth - 1, -score_one, score_one);
                result.moves[i].nodes += budget.nodes() - before;
                if (budget.has_stopped()) break;
                sum[i] += score.value;
                count[i] += 1;
                all_proven = all_proven && score.exact();
            }
        }
        // An iteration that was cut short counts only if there is no other.
        if (budget.has_stopped() && result.depth > 0) break;
        for (std::size_t i = 0; i < n; ++i) {
            if (count[i] > 0) result.moves[i].score.value = static_cast<std::int32_t>(sum[i] / count[i]);
            result.has_value = result.has_value || count[i] > 0;
        }
        if (budget.has_stopped()) break;
        result.depth = depth;
        RootResult sorted = result;
        std::stable_sort(sorted.moves.begin(), sorted.moves.end(),
                         [](const RootMove &a, const RootMove &b) { return a.score.value > b.score.value; });
        report(search, budget, sorted, std::min<std::uint32_t>(plan.lines, static_cast<std::uint32_t>(n)), depth);
        if (all_proven || !soft_time.allows_another()) break;
    }
    std::stable_sort(result.moves.begin(), result.moves.end(),
                     [](const RootMove &a, const RootMove &b) { return a.score.value > b.score.value; });
    return result;
}

} // namespace minimax
