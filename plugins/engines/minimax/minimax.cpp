// Minimax: looks ahead move by move, supposing that everybody plays their best, ever deeper while it is given time.
//
// One player, or two with opposite interests: AlphaBeta. More players: MaxN. Hidden information: either of them in
// positions drawn from the view (root_search.hpp). Without a time limit a search starts from nothing and depends on
// its arguments alone; with one it keeps the table of the searches before it.
#include "alpha_beta.hpp"
#include "max_n.hpp"
#include "root_search.hpp"

#include <cmath>
#include <memory>

namespace {

using minimax::AlphaBeta;
using minimax::Budget;
using minimax::Evaluator;
using minimax::Leaf;
using minimax::MaxN;
using minimax::RootMove;
using minimax::RootPlan;
using minimax::RootResult;
using minimax::TranspositionTable;
using parlour::Answer;
using parlour::GameRef;
using parlour::Move;
using parlour::Option;
using parlour::OptionValues;
using parlour::Search;
using parlour::Support;

constexpr std::array<const char *, 3> leaf_ids{"eval", "playouts", "zero"};
constexpr std::array<const char *, 3> leaf_labels{"The game's evaluation", "Random games", "All even"};

// A level below full strength: how deep it looks and how much luck is mixed into what it sees.
struct Level {
    std::uint32_t depth = UINT32_MAX;
    std::uint64_t nodes = UINT64_MAX;
    double noise = 0; // added to or taken from each value in [-1, 1], evenly spread

    // From 200 nodes, one ply and mostly luck at 0 to a million nodes and no luck near 1000.
    static Level of(std::uint32_t strength) {
        if (strength >= 1000) return {};
        const double weakness = 1 - strength / 1000.0;
        return {.depth = 1 + strength / 100,
                .nodes = static_cast<std::uint64_t>(200 * std::exp2(strength / 80.0)),
                .noise = 2 * weakness * weakness * weakness};
    }
};

class Minimax {
public:
    static constexpr parlour::EngineAbout about{
        .id = "minimax",
        .name = "Minimax",
        .summary =
            "Looks ahead move by move and proves what it can; alpha-beta search with a table of positions, "
            "or max^n with more than two players. Guesses what is hidden.",
        .author = "Parlour",
        .flags = PARLOUR_ENGINE_LEVELS};

    static constexpr std::array options{
        Option::integer("hash_mb", "Memory for positions", "Megabytes at most for the table of positions seen.", "64",
                        1, 16384),
        Option::choice("leaf", "Judges by", "What a position is worth where the search ends.", "eval", leaf_ids,
                       leaf_labels),
        Option::integer("leaf_playouts", "Random games",
                        "How many random games judge a position, with leaf=playouts.", "8", 1, 1000)
            .advanced(),
        Option::integer("samples", "Guesses", "How many full positions are drawn where something is hidden.", "20", 1,
                        1000)
            .advanced(),
        Option::boolean("table", "Use the table",
                        "Off: plain alpha-beta without table, move ordering and quiescence, for comparison.", true)
            .advanced()};

    explicit Minimax(const OptionValues &values)
        : table_(static_cast<std::size_t>(values.integer("hash_mb")) << 20),
          leaf_(values.text("leaf") == "eval"       ? Leaf::eval
                : values.text("leaf") == "playouts" ? Leaf::playouts
                                                    : Leaf::zero),
          leaf_playouts_(static_cast<std::uint32_t>(values.integer("leaf_playouts"))),
          samples_(static_cast<std::uint32_t>(values.integer("samples"))),
          use_table_(values.boolean("table")) {}

    static Support supports(const GameRef &game) {
        if (game.has(PARLOUR_GAME_SIMULTANEOUS)) return {0, "it needs players who move one after the other"};
        if (game.has(PARLOUR_GAME_CHANCE) && game.chance() == nullptr) {
            return {0, "the game does not tell the odds of its chance moves"};
        }
        if (game.has(PARLOUR_GAME_HIDDEN) && game.hidden() == nullptr) {
            return {0, "the game does not tell what is hidden from whom"};
        }
        std::int32_t score = 80;
        if (game.eval() == nullptr) score -= 30;
        if (game.has(PARLOUR_GAME_HIDDEN)) score -= 40;
        if (game.has(PARLOUR_GAME_CHANCE)) score -= 15;
        if (game.players() > 2) score -= 20;
        return {std::max(score, 5), ""};
    }

    void bind(const GameRef &game) {
        tree_ = nullptr;
        alpha_beta_ = nullptr;
        game_ = game;
        table_.clear();
        evaluator_ = Evaluator(game_, leaf_, leaf_playouts_);
        const bool opposite = game.players() == 2 && game.has(PARLOUR_GAME_ZERO_SUM);
        if (opposite || game.players() == 1) {
            auto tree = std::make_unique<AlphaBeta>(game_, evaluator_, budget_, use_table_ ? &table_ : nullptr);
            alpha_beta_ = tree.get();
            tree_ = std::move(tree);
        } else {
            tree_ = std::make_unique<MaxN>(game_, evaluator_, budget_);
        }
    }

    Answer search(Search &search) {
        const Level level = Level::of(search.limits().strength);
        RootPlan plan{.moves = plan_moves(search)};
        if (plan.moves.empty()) throw parlour::Failure(PARLOUR_E_ARG, "there is no legal move to choose from");
        plan.most_depth = std::max(1u, std::min({search.limits().depth, level.depth, minimax::plies_for(game_)}));
        plan.lines = level.noise > 0 ? static_cast<std::uint32_t>(plan.moves.size()) : search.limits().lines;

        budget_.begin(search, level.nodes);
        evaluator_.set_seed(search.limits().seed);
        if (is_reproducible(search)) {
            table_.clear();
        } else {
            table_.age();
        }
        if (alpha_beta_ != nullptr) alpha_beta_->reset();

        RootResult result = game_.has(PARLOUR_GAME_HIDDEN)
                                ? minimax::iterate_samples(search, *tree_, budget_, plan, samples_)
                                : minimax::iterate(search, *tree_, budget_, plan);
        const RootMove &chosen =
            level.noise > 0 ? blunder(result, search.limits().seed, level.noise) : result.moves[0];
        return {.move = chosen.move,
                .value = minimax::to_float(chosen.score.value),
                .has_value = result.has_value,
                .proven = result.proven && &chosen == &result.moves[0] && !game_.has(PARLOUR_GAME_HIDDEN),
                .nodes = budget_.nodes(),
                .depth = result.depth};
    }

private:
    static bool is_reproducible(const Search &search) {
        return !search.has(PARLOUR_LIMIT_SOFT_TIME) && !search.has(PARLOUR_LIMIT_HARD_TIME) &&
               (search.has(PARLOUR_LIMIT_NODES) || search.has(PARLOUR_LIMIT_DEPTH) ||
                search.has(PARLOUR_LIMIT_PLAYOUTS));
    }

    // The root moves, shuffled by the seed so that equally good ones all have their turn, without those that a
    // symmetry of the position makes the same as an earlier one (unless several lines are asked for).
    std::vector<Move> plan_moves(const Search &search) const {
        std::vector<Move> moves = search.root_moves();
        parlour::Rng rng{{search.limits().seed}};
        for (std::size_t i = moves.size(); search.limits().seed != 0 && i > 1; --i) {
            std::swap(moves[i - 1], moves[rng.below(static_cast<std::uint32_t>(i))]);
        }
        const auto *symmetry = game_.symmetry();
        if (symmetry == nullptr || search.limits().lines > 1 || game_.has(PARLOUR_GAME_HIDDEN)) return moves;
        parlour::StateBuffer image(game_.state_size());
        for (std::uint32_t s = 1; s < symmetry->count; ++s) {
            symmetry->map_state(game_.self(), s, search.state(), image.data());
            if (std::memcmp(image.data(), search.state(), game_.state_size()) != 0) continue;
            for (std::size_t i = 0; i < moves.size(); ++i) {
                const Move twin = symmetry->map_move(game_.self(), s, search.state(), moves[i]);
                moves.erase(std::remove(moves.begin() + static_cast<std::ptrdiff_t>(i) + 1, moves.end(), twin),
                            moves.end());
            }
        }
        return moves;
    }

    // The best move after luck is mixed in.
    static const RootMove &blunder(const RootResult &result, std::uint64_t seed, double noise) {
        parlour::Rng rng{{parlour::mix64(seed ^ 0x6c65766cu)}};
        const RootMove *best = &result.moves[0];
        double best_value = -1e9;
        for (const RootMove &move : result.moves) {
            const double value =
                static_cast<double>(minimax::to_float(move.score.value)) + noise * (2 * rng.unit() - 1);
            if (value <= best_value) continue;
            best_value = value;
            best = &move;
        }
        return *best;
    }

    GameRef game_;
    TranspositionTable table_;
    Evaluator evaluator_;
    Budget budget_;
    std::unique_ptr<minimax::TreeSearch> tree_;
    AlphaBeta *alpha_beta_ = nullptr; // tree_, where it is one
    Leaf leaf_;
    std::uint32_t leaf_playouts_, samples_;
    bool use_table_;
};

} // namespace

PARLOUR_ENGINE(Minimax);
