// Runs one search of an engine and keeps everything that it said.
#pragma once

#include "support/open_plugin.hpp"

#include <parlour/engine.h>

#include <atomic>
#include <functional>

namespace parlour::test {

// One progress report, copied.
struct Heard {
    std::uint32_t mask = 0, rank = 0, depth = 0;
    std::uint64_t nodes = 0;
    float value = 0;
    std::vector<Move> line;
    std::vector<parlour_move_stat> stats;

    bool operator==(const Heard &other) const {
        return mask == other.mask && rank == other.rank && depth == other.depth && nodes == other.nodes &&
               value == other.value && line == other.line;
    }
};

struct Found {
    parlour_result result{};
    std::vector<Heard> heard;

    bool proven() const { return (result.flags & PARLOUR_RESULT_PROVEN) != 0; }
    bool has_value() const { return (result.flags & PARLOUR_RESULT_VALUE) != 0; }
    // The last report of a rank.
    const Heard &last(std::uint32_t rank = 1) const {
        for (std::size_t i = heard.size(); i-- > 0;) {
            if (heard[i].rank == rank) return heard[i];
        }
        throw std::runtime_error("there was no report of that rank");
    }
};

// Limits with a mask that fits.
struct Limits {
    parlour_limits raw{};
    std::vector<Move> only_moves;

    Limits() {
        raw.size = sizeof raw;
        raw.lines = 1;
    }
    Limits &nodes(std::uint64_t n) { return set(PARLOUR_LIMIT_NODES, raw.nodes, n); }
    Limits &playouts(std::uint64_t n) { return set(PARLOUR_LIMIT_PLAYOUTS, raw.playouts, n); }
    Limits &hard_ns(std::uint64_t n) { return set(PARLOUR_LIMIT_HARD_TIME, raw.hard_ns, n); }
    Limits &soft_ns(std::uint64_t n) { return set(PARLOUR_LIMIT_SOFT_TIME, raw.soft_ns, n); }
    Limits &depth(std::uint32_t n) { return set(PARLOUR_LIMIT_DEPTH, raw.depth, n); }
    Limits &strength(std::uint32_t n) { return set(PARLOUR_LIMIT_STRENGTH, raw.strength, n); }
    Limits &only(std::vector<Move> moves) {
        only_moves = std::move(moves);
        raw.mask |= PARLOUR_LIMIT_MOVES;
        return *this;
    }
    Limits &lines(std::uint32_t n) {
        raw.lines = n;
        return *this;
    }
    Limits &seed(std::uint64_t n) {
        raw.seed = n;
        return *this;
    }

private:
    template <class Number>
    Limits &set(std::uint32_t bit, Number &field, Number value) {
        raw.mask |= bit;
        field = value;
        return *this;
    }
};

// A position of a game, with the moves that led to it.
class Position {
public:
    explicit Position(const GameRef &game, std::uint64_t seed = 1)
        : game_(&game), start_(game.state_size()), state_(game.state_size()) {
        game.initial(start_.data(), seed);
        state_ = start_;
    }
    Position(const GameRef &game, const std::string &text) : Position(game) {
        parlour_error error{};
        if (game.parse_state(text.c_str(), state_.data(), &error) != PARLOUR_OK) throw std::runtime_error(error.text);
        start_ = state_;
    }

    const GameRef &game() const { return *game_; }
    const void *state() const { return state_.data(); }
    const void *start() const { return start_.data(); }
    const std::vector<Move> &moves() const { return moves_; }
    Turn turn() const { return game_->turn(state_.data()); }
    std::vector<Move> legal() const { return game_->legal_moves(state_.data()); }

    void play(Move move) {
        game_->apply(state_.data(), move);
        moves_.push_back(move);
    }
    void play(const std::string &text) { play(parse(text)); }
    Move parse(const std::string &text) const {
        Move move = 0;
        parlour_error error{};
        if (game_->parse_move(state_.data(), text.c_str(), &move, &error) != PARLOUR_OK) {
            throw std::runtime_error(error.text);
        }
        return move;
    }
    std::string text(Move move) const { return game_->move_text(state_.data(), move); }

    // Up to `plies` random moves, chance by its probabilities; stops before the end, at a player's turn.
    void wander(std::uint64_t seed, std::uint32_t plies) {
        Rng rng{{seed}};
        StateBuffer before = state_;
        for (std::uint32_t i = 0; i < plies || turn().is_chance(); ++i) {
            if (turn().is_over()) {
                state_ = before;
                return;
            }
            if (turn().is_chance()) {
                play(game_->chance()->sample(game_->self(), state_.data(), &rng.raw));
                continue;
            }
            before = state_;
            const std::vector<Move> moves = legal();
            play(moves[rng.below(static_cast<std::uint32_t>(moves.size()))]);
        }
        if (turn().is_over()) state_ = before;
    }

private:
    const GameRef *game_;
    StateBuffer start_, state_;
    std::vector<Move> moves_;
};

// An engine bound to a game.
class Player {
public:
    Player(const std::string &id, const GameRef &game, const Options &options = {}) : engine_(id, options) {
        bind(game);
    }
    void bind(const GameRef &game) {
        game_ = &game;
        parlour_error error{};
        if (engine_->bind(engine_.self(), &game.raw(), &error) != PARLOUR_OK) throw std::runtime_error(error.text);
    }

    // Where reports are listened to while they come; it may raise the stop word.
    std::function<void(const parlour_info &)> on_info;
    std::uint32_t stop = PARLOUR_GO;

    // Searches a position; of hidden games the view of the player to move. `say_way`: tell the moves that led here.
    Found search(const Position &position, Limits limits, bool say_way = false) {
        StateBuffer seen(game_->state_size());
        std::memcpy(seen.data(), position.state(), game_->state_size());
        const std::uint32_t player = position.turn().player();
        if (game_->hidden() != nullptr) game_->hidden()->view(game_->self(), position.state(), player, seen.data());

        parlour_root root{};
        root.size = sizeof root;
        root.player = player;
        root.state = seen.data();
        if (say_way && game_->hidden() == nullptr) {
            root.start = position.start();
            root.moves = position.moves().data();
            root.n_moves = static_cast<std::uint32_t>(position.moves().size());
        }
        limits.raw.only = limits.only_moves.data();
        limits.raw.n_only = static_cast<std::uint32_t>(limits.only_moves.size());

        Call call{this, {}, 0};
        parlour_control control{};
        control.size = sizeof control;
        control.context = &call;
        control.stop = &stop;
        // A clock that is a counter: each look at it is a microsecond.
        control.now = [](void *context) { return static_cast<Call *>(context)->clock += 1000; };
        control.info = [](void *context, const parlour_info *info) { static_cast<Call *>(context)->hear(*info); };
        parlour_error error{};
        call.found.result.size = sizeof call.found.result;
        if (engine_->search(engine_.self(), &root, &limits.raw, &control, &call.found.result, &error) != PARLOUR_OK) {
            throw std::runtime_error(error.text);
        }
        return call.found;
    }

private:
    struct Call {
        Player *player;
        Found found;
        std::uint64_t clock;

        void hear(const parlour_info &info) {
            Heard copy;
            copy.mask = info.mask;
            copy.rank = info.rank;
            copy.depth = info.depth;
            copy.nodes = info.nodes;
            copy.value = info.value;
            copy.line.assign(info.line, info.line + info.n_line);
            copy.stats.assign(info.stats, info.stats + info.n_stats);
            found.heard.push_back(std::move(copy));
            if (player->on_info) player->on_info(info);
        }
    };

    OpenEngine engine_;
    const GameRef *game_ = nullptr;
};

} // namespace parlour::test
