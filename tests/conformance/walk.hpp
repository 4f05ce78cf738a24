// Random games through a plugin's tables, with a check at every position. A check throws Broken with a sentence; the
// walk adds where it happened, so that the game can be played again.
#pragma once

#include <parlour/game_ref.hpp>

#include <functional>
#include <stdexcept>

namespace parlour::conformance {

// A broken contract, as a sentence.
class Broken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Throws Broken with `sentence` unless `holds`.
inline void require(bool holds, const char *sentence) {
    if (!holds) throw Broken(sentence);
}
inline void require(bool holds, const std::function<std::string()> &sentence) {
    if (!holds) throw Broken(sentence());
}

// A position on a walk. `moves` are the legal ones; the first active player's at a simultaneous node.
struct Place {
    const GameRef &game;
    const void *state;
    Turn turn;
    std::span<const Move> moves;
    Rng &rng; // the check's own
};
using PlaceCheck = std::function<void(const Place &)>;

// Which of `n` (at least 1) moves a walk takes.
using Choose = std::function<std::uint32_t(std::uint32_t n)>;

// Plays from `state` in place until the game is over or `max_plies` were played, and calls `check` at every position,
// the last one too. Returns the number of plies.
std::uint32_t walk(const GameRef &game, void *state, std::uint32_t max_plies, const Choose &choose, Rng &rng,
                   const PlaceCheck &check);

// How much a run does: about fifty games a variant, or ten thousand with PARLOUR_NIGHTLY=1. No game begins after so
// many plies, or so many legal moves of the positions on the way: where there are hundreds of them, few games do.
// Less under the address sanitizer, where each step is many times slower.
struct Effort {
    std::uint32_t games, plies;
    std::uint64_t moves;
    std::uint32_t damaged;        // positions of random or changed bytes that are offered
    std::uint32_t damaged_played; // of those accepted, played on
    std::uint32_t cases;          // of RapidCheck, of each property
};
bool is_nightly();
Effort effort();

// That many random games from the start, each with a seed of its own, checked at every position.
void walk_games(const GameRef &game, const PlaceCheck &check);

// Plays one move of a simultaneous node: every active player's choice at random.
Turn play_joint(const GameRef &game, void *state, Rng &rng);

// "seed 3, ply 17, at "B:W21:B5": " and the like, for sentences.
std::string where(const GameRef &game, const void *state);

// Whether text is well-formed UTF-8 without control characters; line breaks only where `lines`.
bool is_clean_text(std::string_view text, bool lines = false);

// A text by the snprintf rule of the interface, with the rule checked: the length is the same for every capacity,
// nothing is written beyond it, and a short buffer holds the beginning and a NUL.
std::string checked_text(const char *what, const std::function<std::int32_t(char *, std::uint32_t)> &call);

// What a cold function's failure has to look like: a negative status and one clean sentence.
void require_sentence(const char *what, parlour_status status, const parlour_error &error);

} // namespace parlour::conformance
