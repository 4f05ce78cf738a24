// Checks of what a game says beyond its rules: chance, hidden information, playouts, symmetries, the board.
#include "host/plugins/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace parlour::host {

namespace {

// How many standard deviations a sample may lie away before it is called wrong: less than one in a million.
constexpr double most_sigmas = 5.5;

// Everything that a game draws, as text: two pictures are the same if the texts are. Also the ids of what was drawn.
class Picture {
public:
    parlour_draw face() { return {sizeof(parlour_draw), 0, this, extent, cell, piece, mark, widget}; }

    std::string text;
    std::set<std::uint32_t> cells, buttons, untouchable;
    std::set<std::uint32_t> named; // cells that pieces and marks stand on

private:
    static Picture &self(void *context) { return *static_cast<Picture *>(context); }
    static const char *word(const char *text) { return text != nullptr ? text : "-"; }

    static void extent(void *context, float x0, float y0, float x1, float y1) {
        self(context).text += fmt::format("extent {} {} {} {}\n", x0, y0, x1, y1);
    }
    static void cell(void *context, const parlour_cell *c) {
        Picture &picture = self(context);
        if (c->id != PARLOUR_CELL_NONE) {
            picture.cells.insert(c->id);
            if (c->flags & PARLOUR_CELL_DECOR)
                picture.untouchable.insert(c->id);
            else
                picture.untouchable.erase(c->id);
        }
        picture.text += fmt::format("cell {} {} {} {} {} {} {} {} {} {} {}\n", c->id, c->shape, c->color, c->flags,
                                    c->rgba, c->x, c->y, c->w, c->h, c->angle, word(c->label));
    }
    static void piece(void *context, const parlour_piece *p) {
        Picture &picture = self(context);
        picture.named.insert(p->cell);
        picture.text +=
            fmt::format("piece {} {} {} {} {} {} {} {} {} {} {} {} {}\n", p->id, p->cell, p->kind, p->color, p->level,
                        p->flags, p->rgba, p->dx, p->dy, p->scale, p->count, word(p->glyph), word(p->label));
    }
    static void mark(void *context, const parlour_mark *m) {
        Picture &picture = self(context);
        if (m->cell_a != PARLOUR_CELL_NONE) picture.named.insert(m->cell_a);
        if (m->cell_b != PARLOUR_CELL_NONE) picture.named.insert(m->cell_b);
        picture.text +=
            fmt::format("mark {} {} {} {} {} {}\n", m->cell_a, m->cell_b, m->kind, m->color, m->rgba, word(m->text));
    }
    static void widget(void *context, const parlour_widget *w) {
        Picture &picture = self(context);
        if (w->kind == PARLOUR_WIDGET_BUTTON) picture.buttons.insert(w->id);
        picture.text += fmt::format("widget {} {} {} {} {} {}\n", w->id, w->kind, w->player, w->key, word(w->label),
                                    word(w->value));
    }
};

Picture drawn(const GameRef &game, const void *state, std::uint32_t viewer) {
    Picture picture;
    const parlour_draw face = picture.face();
    game.board()->layout(game.self(), &face);
    game.board()->scene(game.self(), state, viewer, &face);
    return picture;
}

bool same_bytes(const Game &game, const StateBuffer &a, const StateBuffer &b) {
    return std::memcmp(a.data(), b.data(), game.ref().state_size()) == 0;
}

// The mean of a sample and its standard error.
struct Mean {
    double sum = 0, squares = 0, n = 0;
    void add(double value) {
        sum += value;
        squares += value * value;
        ++n;
    }
    double mean() const { return sum / n; }
    double variance_of_mean() const { return std::max(0.0, squares / n - mean() * mean()) / n; }
    // Whether two samples may be of the same thing.
    bool agrees(const Mean &other) const {
        const double sigma = std::sqrt(variance_of_mean() + other.variance_of_mean());
        return std::abs(mean() - other.mean()) <= most_sigmas * sigma + 1e-6;
    }
};

// What one player must not find out from a position.
void check_view(Validation &run, const GameUnderTest &subject, const StateBuffer &state, Turn turn,
                const std::vector<Move> &legal, std::uint32_t player, Rng &rng, bool &hides, bool &varies) {
    constexpr int draws = 4;
    const Game &game = *subject.game;
    const parlour_game_hidden &hidden = *game.ref().hidden();
    const StateBuffer view = game.view(state, player);
    if (!same_bytes(game, view, state)) hides = true;
    const bool to_move = !turn.is_over() && !turn.is_chance() && turn.player() == player;
    if (to_move && game.legal_moves(view) != legal)
        run.error(subject.name, "legal of view", "lists other moves for a view than for the position");
    const bool board = game.ref().board() != nullptr;
    const std::string seen = board ? drawn(game.ref(), state.data(), player).text : std::string();
    if (board && drawn(game.ref(), view.data(), player).text != seen)
        run.error(subject.name, "scene of view",
                  fmt::format("draws for player {} what the view of that player does not have", player + 1));
    game.state_text(view);
    for (int i = 0; i < draws; ++i) {
        StateBuffer guess(game.ref().state_size());
        if (hidden.determinize(game.ref().self(), view.data(), player, &rng.raw, guess.data()) != PARLOUR_OK)
            continue;
        if (!same_bytes(game, guess, state)) varies = true;
        if (game.turn(guess) != turn)
            run.error(subject.name, "turn of guess", "draws a position in which another player is to move");
        if (to_move && game.legal_moves(guess) != legal)
            run.error(subject.name, "legal of guess",
                      "lists other moves in two positions that the player to move cannot tell apart");
        if (board && drawn(game.ref(), guess.data(), player).text != seen)
            run.error(subject.name, "scene of guess",
                      fmt::format("draws two positions differently that player {} cannot tell apart", player + 1));
    }
}

} // namespace

void check_chance(Validation &run) {
    constexpr std::uint32_t samples = 4000, nodes_each = 6;
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        const parlour_game_chance *chance = game.ref().chance();
        if (chance == nullptr) return;
        Rng rng = run.rng("chance " + subject.name);
        std::uint32_t nodes = 0;
        for (std::uint32_t round = 0; round < subject.rounds && nodes < nodes_each; ++round) {
            StateBuffer state = game.initial(rng.next());
            play_randomly(
                game, state, rng, 500, [&](const StateBuffer &at, Turn turn, const std::vector<Move> &legal) {
                    if (!turn.is_chance() || nodes >= nodes_each) return true;
                    ++nodes;
                    std::vector<Move> moves(legal.size());
                    std::vector<float> probabilities(legal.size());
                    const std::uint32_t n =
                        chance->outcomes(game.ref().self(), at.data(), moves.data(), probabilities.data(),
                                         static_cast<std::uint32_t>(moves.size()));
                    if (n != moves.size()) return true;
                    std::map<Move, double> drawn_times;
                    for (std::uint32_t i = 0; i < samples; ++i) ++drawn_times[game.sample_chance(at, rng)];
                    for (std::uint32_t i = 0; i < n; ++i) {
                        const auto p = static_cast<double>(probabilities[i]);
                        const double sigma = std::sqrt(samples * p * (1 - p));
                        if (std::abs(drawn_times[moves[i]] - samples * p) > most_sigmas * sigma + 1)
                            run.error(subject.name, "sample",
                                      fmt::format("draws {} {} times in {}, but says that its probability is {:.4f}",
                                                  game.move_text(at, moves[i]), drawn_times[moves[i]], samples, p));
                    }
                    return true;
                });
        }
        if (nodes == 0) run.warning(subject.name, "none", "says that it has chance, but no random game met any");
    });
}

void check_hidden(Validation &run) {
    constexpr std::uint32_t positions_for_all = 40;
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        if (game.ref().hidden() == nullptr) return;
        Rng rng = run.rng("hidden " + subject.name);
        bool hides = false, varies = false;
        for (std::uint32_t round = 0; round < subject.rounds; ++round) {
            StateBuffer state = game.initial(rng.next());
            std::uint32_t positions = 0;
            play_randomly(game, state, rng, 500,
                          [&](const StateBuffer &at, Turn turn, const std::vector<Move> &legal) {
                              // Late in a long game a sample tells as much.
                              if (++positions > positions_for_all && rng.below(4) != 0) return true;
                              for (std::uint32_t player = 0; player < game.players(); ++player)
                                  check_view(run, subject, at, turn, legal, player, rng, hides, varies);
                              return true;
                          });
        }
        if (!hides)
            run.error(subject.name, "nothing hidden",
                      "says that it hides something, but every view is the whole position");
        else if (!varies)
            run.error(subject.name, "always the same",
                      "always guesses the true position from a view: the view gives away what it should hide");
    });
}

void check_playout(Validation &run) {
    constexpr std::uint32_t games = 200;
    run.each_game([&](GameUnderTest &subject) {
        const Game &checked = *subject.game;
        if (checked.ref().playout() == nullptr) return;
        Rng rng = run.rng("playout " + subject.name);
        std::vector<float> util(checked.players());
        for (std::uint32_t round = 0; round < subject.rounds; ++round) {
            StateBuffer state = checked.initial(rng.next());
            checked.ref().playout()->playout(checked.ref().self(), state.data(), &rng.raw,
                                             round % 2 == 0 ? longest_random_game : 1 + rng.below(20), util.data());
        }
        const Result<parlour_game> raw = subject.make_raw();
        if (!raw) return;
        const Game bare(*raw, subject.options);
        const auto most = bare.info().max_plies != 0 ? bare.info().max_plies : 2000;
        Mean length_a, length_b, util_a, util_b;
        for (std::uint32_t i = 0; i < games; ++i) {
            StateBuffer a = bare.initial(i), b = a;
            const std::uint32_t one =
                bare.ref().playout()->playout(bare.ref().self(), a.data(), &rng.raw, most, util.data());
            length_a.add(one);
            if (bare.turn(a).is_over()) util_a.add(static_cast<double>(bare.outcome(a)[0]));
            const std::uint32_t two = play_randomly(
                bare, b, rng, most, [](const StateBuffer &, Turn, const std::vector<Move> &) { return true; });
            length_b.add(two);
            if (bare.turn(b).is_over()) util_b.add(static_cast<double>(bare.outcome(b)[0]));
        }
        if (!length_a.agrees(length_b))
            run.error(subject.name, "length",
                      fmt::format("plays {:.1f} moves a playout, but random games have {:.1f}", length_a.mean(),
                                  length_b.mean()));
        if (util_a.n > 0 && util_b.n > 0 && !util_a.agrees(util_b))
            run.error(subject.name, "utility",
                      fmt::format("gives player 1 {:.3f} a playout, but random games give {:.3f}", util_a.mean(),
                                  util_b.mean()));
    });
}

void check_symmetry(Validation &run) {
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        const parlour_game_symmetry *table = game.ref().symmetry();
        if (table == nullptr) return;
        void *self = game.ref().self();
        Rng rng = run.rng("symmetry " + subject.name);
        for (std::uint32_t round = 0; round < subject.rounds; ++round) {
            StateBuffer state = game.initial(rng.next());
            play_randomly(
                game, state, rng, 300, [&](const StateBuffer &at, Turn turn, const std::vector<Move> &legal) {
                    const std::uint32_t symmetry = rng.below(table->count);
                    StateBuffer image(game.ref().state_size());
                    table->map_state(self, symmetry, at.data(), image.data());
                    if (turn.is_over()) {
                        if (game.outcome(at) != game.outcome(image))
                            run.error(subject.name, "outcome",
                                      fmt::format("symmetry {} changes the outcome", symmetry));
                        return true;
                    }
                    std::vector<Move> mapped, of_image = game.legal_moves(image);
                    for (const Move move : legal) mapped.push_back(table->map_move(self, symmetry, at.data(), move));
                    std::ranges::sort(mapped);
                    std::ranges::sort(of_image);
                    if (mapped != of_image)
                        run.error(
                            subject.name, "moves",
                            fmt::format("symmetry {} does not map the legal moves to those of the image", symmetry));
                    else if (!legal.empty()) {
                        const Move move = legal[rng.below(static_cast<std::uint32_t>(legal.size()))];
                        StateBuffer after = at, mapped_after(game.ref().state_size());
                        game.ref().apply(after.data(), move);
                        table->map_state(self, symmetry, after.data(), mapped_after.data());
                        game.ref().apply(image.data(), table->map_move(self, symmetry, at.data(), move));
                        if (!same_bytes(game, image, mapped_after))
                            run.error(
                                subject.name, "apply",
                                fmt::format("symmetry {} and a move lead elsewhere than the move and the symmetry",
                                            symmetry));
                    }
                    return true;
                });
        }
    });
}

void check_board(Validation &run) {
    constexpr std::uint32_t most_alternatives = 64;
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        const parlour_game_board *board = game.ref().board();
        if (board == nullptr) {
            run.note(subject.name, "none", "has no board: people play it from a list of moves");
            return;
        }
        Rng rng = run.rng("board " + subject.name);
        std::vector<parlour_step> steps(4096);
        for (std::uint32_t round = 0; round < std::max(1u, subject.rounds / 4); ++round) {
            StateBuffer state = game.initial(rng.next());
            play_randomly(
                game, state, rng, 500, [&](const StateBuffer &at, Turn turn, const std::vector<Move> &legal) {
                    const Picture picture = drawn(game.ref(), at.data(), PARLOUR_VIEWER_ALL);
                    for (std::uint32_t player = 0; player < game.players(); ++player)
                        drawn(game.ref(), at.data(), player);
                    for (const std::uint32_t cell : picture.named) {
                        if (!picture.cells.contains(cell))
                            run.error(subject.name, "cell",
                                      fmt::format("draws something on cell {}, which there is not", cell));
                    }
                    if (turn.is_chance()) return true;
                    for (const Move move : legal) {
                        for (std::uint32_t alternative = 0;; ++alternative) {
                            const std::uint32_t n =
                                board->path(game.ref().self(), at.data(), move, alternative, steps.data(),
                                            static_cast<std::uint32_t>(steps.size()));
                            if (n == 0) break;
                            if (alternative == most_alternatives || n > steps.size()) {
                                run.error(subject.name, "paths",
                                          fmt::format("has no end of ways to enter {}", game.move_text(at, move)));
                                break;
                            }
                            for (std::uint32_t i = 0; i < n; ++i) {
                                const bool is_cell = steps[i].kind == PARLOUR_STEP_CELL;
                                const auto &known = is_cell ? picture.cells : picture.buttons;
                                if (!known.contains(steps[i].id) ||
                                    (is_cell && picture.untouchable.contains(steps[i].id)))
                                    run.error(subject.name, is_cell ? "touched cell" : "touched button",
                                              fmt::format("enters {} by {} {}, which nobody can touch there",
                                                          game.move_text(at, move), is_cell ? "cell" : "button",
                                                          steps[i].id));
                            }
                        }
                    }
                    return true;
                });
        }
    });
}

} // namespace parlour::host
