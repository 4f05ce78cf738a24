// The questions that a worker answers about the rules of a game: one for each function of the interface's tables, its
// arguments and results packed in the order of the C function (packing.hpp), a position as its bytes.
#pragma once

#include "host/worker/packing.hpp"

namespace parlour::host::worker {

enum class RulesCall : std::uint32_t {
    facts, // RulesFacts
    initial,
    legal,
    apply,
    turn,
    outcome,
    hash,
    check,
    move_text,
    parse_move,
    state_text,
    parse_state,
    outcomes,
    sample,
    view,
    determinize,
    eval,
    order,
    noisy,
    playout,
    score,
    rules,
    reason,
    why_not,
    player_name,
    layout,
    scene,
    path,
    count
};

// What a game has beyond the rules, as bits.
enum RulesParts : std::uint32_t {
    part_chance = 1u << 0,
    part_hidden = 1u << 1,
    part_eval = 1u << 2,
    part_hints = 1u << 3,
    part_noisy = 1u << 4,
    part_playout = 1u << 5,
    part_score = 1u << 6,
    part_help = 1u << 7,
    part_reason = 1u << 8,
    part_why_not = 1u << 9,
    part_player_name = 1u << 10,
    part_board = 1u << 11
};

// parlour_game_info with its strings, and what else does not change.
struct RulesFacts {
    std::uint32_t flags = 0, players = 0, state_size = 0, max_moves = 0, move_space = 0, max_plies = 0;
    float util_min = 0, util_max = 0;
    std::uint32_t parts = 0, accent = 0;
    std::string id, name, variant;

    bool operator==(const RulesFacts &) const = default;
};

inline constexpr std::uint32_t longest_path = 4096; // of touches

Bytes pack(const RulesFacts &facts);
// Throws Malformed.
RulesFacts unpack_facts(Unpacker &from);

// Writes down what a game draws.
class DrawingRecorder {
public:
    static constexpr std::size_t most_things = 20000;

    // Valid as long as this object.
    const parlour_draw *face() const { return &face_; }
    // Whether more was drawn than there can be; the rest was left out.
    bool overflowed() const { return things_ > most_things; }
    Bytes take() { return packer_.take(); }

    DrawingRecorder();
    DrawingRecorder(const DrawingRecorder &) = delete;
    DrawingRecorder &operator=(const DrawingRecorder &) = delete;

private:
    bool begin(std::uint8_t kind);
    void optional_text(const char *text);

    parlour_draw face_{};
    Packer packer_;
    std::size_t things_ = 0;
};

// Draws what was written down; with a null visitor only looks whether it can be drawn. Throws Malformed.
void replay_drawing(Unpacker &from, const parlour_draw *visitor);

} // namespace parlour::host::worker
