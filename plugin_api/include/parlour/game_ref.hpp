// parlour/game_ref.hpp - a game as its users see it, engines and hosts alike: the C tables with C++ names.
// A GameRef does not own the game. It copies each table once into a zero-filled struct of its own, so that a game
// built against an older minor version just lacks what came later. All functions are [any].
#pragma once

#include <parlour/common.hpp>

#include <cstdlib>
#include <memory>
#include <optional>

namespace parlour {

// Owned bytes of one or many positions, 16-byte aligned, zeroed; positions stand `stride` bytes apart.
class StateBuffer {
public:
    StateBuffer() = default;
    explicit StateBuffer(std::size_t state_size, std::size_t count = 1)
        : stride_((state_size + 15) / 16 * 16), count_(count) {
        bytes_.reset(static_cast<std::byte *>(std::aligned_alloc(16, std::max<std::size_t>(16, stride_ * count))));
        if (bytes_ == nullptr) throw std::bad_alloc();
        std::memset(bytes_.get(), 0, std::max<std::size_t>(16, stride_ * count));
    }
    StateBuffer(const StateBuffer &other) : StateBuffer(other.stride_, other.count_) {
        if (other.bytes_) std::memcpy(bytes_.get(), other.bytes_.get(), stride_ * count_);
    }
    StateBuffer(StateBuffer &&) noexcept = default;
    StateBuffer &operator=(StateBuffer other) noexcept {
        std::swap(bytes_, other.bytes_);
        std::swap(stride_, other.stride_);
        std::swap(count_, other.count_);
        return *this;
    }

    void *data() { return bytes_.get(); }
    const void *data() const { return bytes_.get(); }
    void *at(std::size_t index) { return bytes_.get() + index * stride_; }
    const void *at(std::size_t index) const { return bytes_.get() + index * stride_; }
    std::size_t stride() const { return stride_; }
    std::size_t count() const { return count_; }

private:
    struct Free {
        void operator()(std::byte *bytes) const { std::free(bytes); }
    };
    std::unique_ptr<std::byte, Free> bytes_;
    std::size_t stride_ = 0, count_ = 0;
};

// Copies one position between places of StateBuffers; `stride` is theirs. Small positions, by far the most, are moved
// in registers without a call.
inline void copy_state(void *to, const void *from, std::size_t stride) {
    switch (stride) {
        case 16:
            std::memcpy(to, from, 16);
            return;
        case 32:
            std::memcpy(to, from, 32);
            return;
        case 48:
            std::memcpy(to, from, 48);
            return;
        case 64:
            std::memcpy(to, from, 64);
            return;
        default:
            std::memcpy(to, from, stride);
    }
}

class GameRef {
public:
    GameRef() = default;

    // `game` outlives this object.
    explicit GameRef(const parlour_game &game) : raw_(game) {
        take(api_, game.api);
        info_.size = sizeof info_;
        api_.info(raw_.self, &info_);
        take(chance_, extension(PARLOUR_GAME_CHANCE_ID));
        take(hidden_, extension(PARLOUR_GAME_HIDDEN_ID));
        take(simultaneous_, extension(PARLOUR_GAME_SIMULTANEOUS_ID));
        take(eval_, extension(PARLOUR_GAME_EVAL_ID));
        take(hints_, extension(PARLOUR_GAME_HINTS_ID));
        take(playout_, extension(PARLOUR_GAME_PLAYOUT_ID));
        take(symmetry_, extension(PARLOUR_GAME_SYMMETRY_ID));
        take(score_, extension(PARLOUR_GAME_SCORE_ID));
        take(help_, extension(PARLOUR_GAME_HELP_ID));
        take(board_, extension(PARLOUR_GAME_BOARD_ID));
    }

    const parlour_game &raw() const { return raw_; }
    const parlour_game_info &info() const { return info_; }
    std::uint32_t players() const { return info_.players; }
    std::size_t state_size() const { return info_.state_size; }
    bool has(std::uint32_t flags) const { return (info_.flags & flags) == flags; }

    // ---- hot ----
    std::uint32_t legal(const void *state, Move *moves, std::uint32_t capacity) const {
        return api_.legal(raw_.self, state, moves, capacity);
    }
    Turn apply(void *state, Move move) const { return {api_.apply(raw_.self, state, move)}; }
    Turn turn(const void *state) const { return {api_.turn(raw_.self, state)}; }
    void outcome(const void *state, float *util) const { api_.outcome(raw_.self, state, util); }
    std::uint64_t hash(const void *state) const { return api_.hash(raw_.self, state); }

    // A utility as a value in [-1, 1].
    float scaled(float util) const {
        const float span = info_.util_max - info_.util_min;
        return span > 0 ? std::clamp(2 * (util - info_.util_min) / span - 1, -1.0f, 1.0f) : 0.0f;
    }

    // ---- cold ----
    Turn initial(void *state, std::uint64_t seed) const { return {api_.initial(raw_.self, state, seed)}; }
    // All legal moves; empty when the game is over.
    std::vector<Move> legal_moves(const void *state) const {
        std::vector<Move> moves(std::max<std::size_t>(16, info_.max_moves));
        const std::uint32_t n = legal(state, moves.data(), static_cast<std::uint32_t>(moves.size()));
        moves.resize(n == PARLOUR_COUNT_FAULT ? 0 : std::min<std::size_t>(n, moves.size()));
        return moves;
    }
    parlour_status check(const void *state, parlour_error *error) const {
        return api_.check(raw_.self, state, error);
    }
    std::string move_text(const void *state, Move move) const {
        return read_text([&](char *b, std::uint32_t n) { return api_.move_text(raw_.self, state, move, b, n); });
    }
    parlour_status parse_move(const void *state, const char *text, Move *move, parlour_error *error) const {
        return api_.parse_move(raw_.self, state, text, move, error);
    }
    std::string state_text(const void *state) const {
        return read_text([&](char *b, std::uint32_t n) { return api_.state_text(raw_.self, state, b, n); });
    }
    parlour_status parse_state(const char *text, void *state, parlour_error *error) const {
        return api_.parse_state(raw_.self, text, state, error);
    }

    // ---- optional: null where the game has none, or leaves a required function out ----
    const parlour_game_chance *chance() const { return chance_.outcomes && chance_.sample ? &chance_ : nullptr; }
    const parlour_game_hidden *hidden() const { return hidden_.view && hidden_.determinize ? &hidden_ : nullptr; }
    const parlour_game_simultaneous *simultaneous() const {
        const bool whole =
            simultaneous_.active && simultaneous_.legal_for && simultaneous_.apply_joint && simultaneous_.choice_text;
        return whole ? &simultaneous_ : nullptr;
    }
    const parlour_game_eval *eval() const { return eval_.eval ? &eval_ : nullptr; }
    const parlour_game_hints *hints() const { return hints_.order ? &hints_ : nullptr; }
    const parlour_game_playout *playout() const { return playout_.playout ? &playout_ : nullptr; }
    const parlour_game_symmetry *symmetry() const {
        return symmetry_.map_state && symmetry_.map_move && symmetry_.count > 1 ? &symmetry_ : nullptr;
    }
    const parlour_game_score *score() const { return score_.score ? &score_ : nullptr; }
    const parlour_game_help *help() const { return help_.rules ? &help_ : nullptr; }
    const parlour_game_board *board() const {
        return board_.layout && board_.scene && board_.path ? &board_ : nullptr;
    }
    void *self() const { return raw_.self; }

private:
    const void *extension(const char *id) const {
        return api_.get_extension ? api_.get_extension(raw_.self, id) : nullptr;
    }

    template <class Table>
    static void take(Table &mine, const void *theirs) {
        if (theirs == nullptr) return;
        std::uint32_t size;
        std::memcpy(&size, theirs, sizeof size);
        std::memcpy(&mine, theirs, std::min<std::size_t>(size, sizeof mine));
    }

    parlour_game raw_{};
    parlour_game_api api_{};
    parlour_game_info info_{};
    parlour_game_chance chance_{};
    parlour_game_hidden hidden_{};
    parlour_game_simultaneous simultaneous_{};
    parlour_game_eval eval_{};
    parlour_game_hints hints_{};
    parlour_game_playout playout_{};
    parlour_game_symmetry symmetry_{};
    parlour_game_score score_{};
    parlour_game_help help_{};
    parlour_game_board board_{};
};

} // namespace parlour
