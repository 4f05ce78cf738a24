// Monte Carlo tree search: plays random games from the positions that have gone well so far, and takes the move that
// it has looked at most.
//
// Tree for games in which everything is seen, InformationSetTree for the others. A number of simulations (playouts or
// nodes) is kept exactly. Without a time limit a search starts from nothing and depends on its arguments alone; with
// one, and in games without hidden information, the tree of the search before is kept as far as it still applies.
#include "information_set_tree.hpp"
#include "tree.hpp"

#include <optional>

namespace {

using mcts::InformationSetTree;
using mcts::Playouts;
using mcts::RootChild;
using mcts::Tree;
using parlour::Answer;
using parlour::GameRef;
using parlour::Move;
using parlour::Option;
using parlour::OptionValues;
using parlour::Rng;
using parlour::Search;
using parlour::Support;

constexpr std::uint64_t report_interval_ns = 100'000'000;
constexpr std::uint64_t clock_interval_ns = 500'000; // about how often the clock is read

// When a search ends, and when it reports: counted in simulations, the clock read only now and then.
class Pace {
public:
    Pace(const Search &search, std::uint64_t most) : search_(search), most_(most) {
        deadline_ = std::min(search.limits().soft_ns, search.limits().hard_ns);
        timed_ = search.has(PARLOUR_LIMIT_SOFT_TIME) || search.has(PARLOUR_LIMIT_HARD_TIME);
    }

    // Whether there may be another simulation after `done`.
    bool goes_on(std::uint64_t done) {
        if (done >= most_ || search_.stop_level() != PARLOUR_GO) return false;
        if (done >= next_clock_) read_clock(done);
        return !late_;
    }
    // As goes_on(), by the clock and the stop word alone, for work between simulations.
    bool goes_on_now() { return search_.stop_level() == PARLOUR_GO && (!timed_ || search_.elapsed_ns() < deadline_); }

    // True at powers of two from 256 on, and every tenth of a second between.
    bool report_due(std::uint64_t done) {
        const bool round = done >= 256 && (done & (done - 1)) == 0;
        const bool due = round || report_wanted_;
        report_wanted_ = false;
        return due;
    }

private:
    void read_clock(std::uint64_t done) {
        const std::uint64_t now = search_.elapsed_ns();
        late_ = timed_ && now >= deadline_;
        if (now - last_report_ >= report_interval_ns) {
            report_wanted_ = true;
            last_report_ = now;
        }
        // As many simulations until the next reading as take the interval, judged by the last ones.
        if (now - last_clock_ < clock_interval_ns / 2) step_ = std::min<std::uint64_t>(step_ * 2, 4096);
        if (now - last_clock_ > clock_interval_ns) step_ = std::max<std::uint64_t>(step_ / 4, 1);
        last_clock_ = now;
        next_clock_ = done + step_;
    }

    const Search &search_;
    std::uint64_t most_, deadline_, next_clock_ = 0, step_ = 1, last_clock_ = 0, last_report_ = 0;
    bool timed_, late_ = false, report_wanted_ = false;
};

class MonteCarlo {
public:
    static constexpr parlour::EngineAbout about{
        .id = "mcts",
        .name = "Monte Carlo",
        .summary =
            "Plays random games from the lines that have gone well so far: Monte Carlo tree search, with proven "
            "results, for any game.",
        .author = "Parlour",
        .flags = PARLOUR_ENGINE_LEVELS};

    static constexpr std::array options{
        Option::integer("memory_mb", "Memory for the tree", "Megabytes at most for the search tree.", "256", 1,
                        65536),
        Option::real("exploration", "Exploration",
                     "How much it tries moves that have looked worse so far; results go from -1 to 1.", "1.0", 0.01,
                     10),
        Option::integer("playouts_per_leaf", "Random games a leaf", "How many random games judge a new position.",
                        "1", 1, 1000),
        Option::boolean("reuse", "Keep the tree", "Go on with the tree of the last move when there is a time limit.",
                        true)};

    explicit MonteCarlo(const OptionValues &values)
        : bytes_(static_cast<std::size_t>(values.integer("memory_mb")) << 20),
          exploration_(static_cast<float>(values.real("exploration"))),
          playouts_per_leaf_(static_cast<std::uint32_t>(values.integer("playouts_per_leaf"))),
          reuse_(values.boolean("reuse")) {}

    static Support supports(const GameRef &game) {
        if (game.has(PARLOUR_GAME_SIMULTANEOUS)) return {0, "it needs players who move one after the other"};
        if (game.has(PARLOUR_GAME_CHANCE) && game.chance() == nullptr) {
            return {0, "the game does not tell the odds of its chance moves"};
        }
        if (game.has(PARLOUR_GAME_HIDDEN) && game.hidden() == nullptr) {
            return {0, "the game does not tell what is hidden from whom"};
        }
        return {game.has(PARLOUR_GAME_HIDDEN) ? 60 : 70, ""};
    }

    void bind(const GameRef &game) {
        tree_.reset();
        hidden_tree_.reset();
        game_ = game;
        playouts_ = Playouts(game_, playouts_per_leaf_);
        if (game_.has(PARLOUR_GAME_HIDDEN)) {
            hidden_tree_.emplace(game_, playouts_, exploration_, bytes_);
        } else {
            tree_.emplace(game_, playouts_, mcts::TreeSettings{exploration_, bytes_});
        }
    }

    Answer search(Search &search) {
        const std::vector<Move> moves = search.root_moves();
        if (moves.empty()) throw parlour::Failure(PARLOUR_E_ARG, "there is no legal move to choose from");
        const bool timed = search.has(PARLOUR_LIMIT_SOFT_TIME) || search.has(PARLOUR_LIMIT_HARD_TIME);
        Pace pace(search, simulations(search, moves.size() == 1 && timed));
        Rng rng{{parlour::mix64(search.limits().seed + 1)}};
        if (tree_) {
            tree_->start(search, moves, reuse_ && timed, search.limits().depth);
            return run(search, pace, rng);
        }
        hidden_tree_->start(search, moves, search.limits().depth);
        return run_hidden(search, pace, rng);
    }

private:
    // How many simulations at most. A depth alone is worth ten thousand a ply; levels go from 8 to 120,000.
    static std::uint64_t simulations(const Search &search, bool only_one_move) {
        std::uint64_t most = std::min(search.limits().playouts, search.limits().nodes);
        const std::uint32_t others = search.limits().mask & (PARLOUR_LIMIT_PLAYOUTS | PARLOUR_LIMIT_NODES |
                                                             PARLOUR_LIMIT_SOFT_TIME | PARLOUR_LIMIT_HARD_TIME);
        if (search.has(PARLOUR_LIMIT_DEPTH) && others == 0) most = std::uint64_t{10'000} * search.limits().depth;
        if (search.limits().strength < 1000) {
            most = std::min(most, static_cast<std::uint64_t>(8 * std::exp2(search.limits().strength / 72.0)));
        }
        if (only_one_move) most = std::min<std::uint64_t>(most, 1000); // enough for a value to show
        return std::max<std::uint64_t>(most, 1);
    }

    Answer run(const Search &search, Pace &pace, Rng &rng) {
        std::uint64_t done = 0;
        while (!tree_->finished() && pace.goes_on(done)) {
            if (tree_->crowded()) [[unlikely]] {
                const std::vector<RootChild> ranked = tree_->ranking(search.limits().lines);
                if (!tree_->make_room([&pace] { return pace.goes_on_now(); })) {
                    return answer(search, ranked, done, tree_->deepest());
                }
            }
            tree_->simulate(rng);
            if (pace.report_due(++done)) {
                report(search, tree_->ranking(search.limits().lines), done, tree_->deepest());
            }
        }
        return answer(search, tree_->ranking(search.limits().lines), done, tree_->deepest());
    }

    Answer run_hidden(const Search &search, Pace &pace, Rng &rng) {
        std::uint64_t done = 0;
        while (pace.goes_on(done)) {
            hidden_tree_->simulate(rng);
            if (pace.report_due(++done)) report(search, hidden_tree_->ranking(), done, hidden_tree_->deepest());
        }
        return answer(search, hidden_tree_->ranking(), done, hidden_tree_->deepest());
    }

    void report(const Search &search, const std::vector<RootChild> &ranked, std::uint64_t done,
                std::uint32_t depth) const {
        std::vector<parlour_move_stat> stats;
        for (const RootChild &child : ranked) stats.push_back({child.move, 0, child.visits, child.value, 0});
        const std::size_t lines = std::min<std::size_t>(search.limits().lines, ranked.size());
        for (std::size_t i = 0; i < lines; ++i) {
            parlour::Progress progress{.rank = static_cast<std::uint32_t>(i + 1),
                                       .depth = depth,
                                       .nodes = done,
                                       .value = ranked[i].value,
                                       .proven = i == 0 ? is_proven() : ranked[i].proven,
                                       .line = ranked[i].line};
            if (i == 0) progress.stats = stats;
            search.report(progress);
        }
    }

    // The last report and the result. Weak levels do not always play what they have looked at most.
    Answer answer(const Search &search, const std::vector<RootChild> &ranked, std::uint64_t done,
                  std::uint32_t depth) const {
        report(search, ranked, done, depth);
        const bool weak = search.limits().strength < 300;
        const RootChild &chosen = weak ? by_visits(ranked, search.limits().seed) : ranked[0];
        return {.move = chosen.move,
                .value = chosen.value,
                .has_value = chosen.visits > 0 || chosen.proven,
                .proven = &chosen == &ranked[0] && is_proven(),
                .nodes = done,
                .depth = depth};
    }

    // Whether the value of the first move is that of the root.
    bool is_proven() const { return tree_.has_value() && tree_->proven(); }

    static const RootChild &by_visits(const std::vector<RootChild> &ranked, std::uint64_t seed) {
        std::uint64_t total = 0;
        for (const RootChild &child : ranked) total += child.visits;
        Rng rng{{parlour::mix64(seed ^ 0x6c65766cu)}};
        auto left = static_cast<std::int64_t>(rng.unit() * static_cast<double>(total));
        for (const RootChild &child : ranked) {
            left -= static_cast<std::int64_t>(child.visits);
            if (left < 0) return child;
        }
        return ranked[0];
    }

    GameRef game_;
    std::size_t bytes_;
    float exploration_;
    std::uint32_t playouts_per_leaf_;
    bool reuse_;
    Playouts playouts_;
    std::optional<Tree> tree_;
    std::optional<InformationSetTree> hidden_tree_;
};

} // namespace

PARLOUR_ENGINE(MonteCarlo);
