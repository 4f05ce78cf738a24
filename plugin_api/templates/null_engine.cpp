// Null engine: an engine in one file, for you to make your own. It looks one move ahead: it plays each legal move on
// a copy of the position, asks the game what the result looks like, and takes the best.
//
// Build it, put the .so into ~/.local/share/parlour/plugins (or a folder named in PARLOUR_PLUGIN_PATH), and it can be
// chosen as an opponent in every game. `parlour validate FILE` tells in sentences what is still wrong.
#include <parlour/engine.hpp>

namespace {

using parlour::Answer;
using parlour::GameRef;
using parlour::Move;
using parlour::Search;

class NullEngine {
public:
    // ---- 1. What it is.
    // --------------------------------------------------------------------------------------------
    static constexpr parlour::EngineAbout about{
        .id = "null_engine", .name = "Null engine", .summary = "Looks one move ahead.", .author = ""};

    // ---- 2. Options, shown as a form. Delete both if there are none.
    // -----------------------------------------------
    static constexpr std::array options{parlour::Option::real(
        "noise", "Noise", "How much luck is mixed into its judgement, 0 for none.", "0.01", 0.0, 1.0)};
    explicit NullEngine(const parlour::OptionValues &values) : noise_(values.real("noise")) {}

    // ---- 3. Which games it plays: 0 not at all (and why), 100 made for it.
    // -----------------------------------------
    static parlour::Support supports(const GameRef &game) {
        if (game.hidden() != nullptr) return {0, "it has to see the whole position"};
        return {10, ""};
    }

    // ---- 4. The search: called on a thread of its own; returns a legal move.
    // ----------------------------------------
    Answer search(Search &search) {
        const GameRef &game = search.game();
        parlour::StateBuffer next(game.state_size());
        parlour::Rng rng{{search.limits().seed}}; // the only source of luck: the same seed plays the same game
        Answer best;
        for (const Move move : search.root_moves()) {
            std::memcpy(next.data(), search.state(), game.state_size());
            const parlour::Turn turn = game.apply(next.data(), move);
            const double value = worth(game, next.data(), turn, search.player()) + noise_ * (rng.unit() - 0.5);
            ++best.nodes;
            if (best.move == PARLOUR_MOVE_NONE || value > static_cast<double>(best.value)) {
                best.move = move;
                best.value = static_cast<float>(std::clamp(value, -1.0, 1.0));
                best.has_value = true;
            }
            if (search.should_stop()) break; // there is a move already: stopping is always possible
        }
        best.depth = 1;
        search.report({.depth = 1, .nodes = best.nodes, .value = best.value, .line = {&best.move, 1}});
        return best;
    }

private:
    // What a position is worth to `player`, from -1 to 1.
    static double worth(const GameRef &game, const void *state, parlour::Turn turn, std::uint32_t player) {
        if (turn.is_over()) {
            float util[PARLOUR_MAX_PLAYERS];
            game.outcome(state, util);
            return static_cast<double>(game.scaled(util[player]));
        }
        if (turn.is_chance() || game.eval() == nullptr) return 0;
        const double eval = game.eval()->eval(game.self(), state, player);
        return eval / (1000.0 + (eval < 0 ? -eval : eval));
    }

    double noise_;
};

} // namespace

PARLOUR_ENGINE(NullEngine);
