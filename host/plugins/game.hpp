// A loaded game with its options, as the rest of the host holds it: the C tables behind GameRef, owned, with C++
// types and sentences. Immutable; all functions are [any]. Positions are bytes: nothing here keeps one.
#pragma once

#include "host/base/result.hpp"
#include "host/plugins/isolated_rules.hpp"

#include <parlour/game_ref.hpp>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parlour::host {

// Option values by id, as text.
using OptionMap = std::map<std::string, std::string>;

class Game {
public:
    // Takes ownership of `raw` and destroys it at the end, before letting go of `keep_alive` (the layers or whatever
    // else the tables stand on). `file`: the shared object with its rules, where there is one.
    Game(const parlour_game &raw, OptionMap options, std::shared_ptr<const void> keep_alive = {},
         std::filesystem::path file = {});
    ~Game();
    Game(const Game &) = delete;
    Game &operator=(const Game &) = delete;

    const GameRef &ref() const { return ref_; }
    const parlour_game_info &info() const { return ref_.info(); }
    std::string id() const { return ref_.info().id; }
    std::string name() const { return ref_.info().name; }
    std::string variant() const { return ref_.info().variant; } // "" for the default options
    const OptionMap &options() const { return options_; }       // as given at creation
    const std::filesystem::path &file() const { return file_; } // with its rules; "" for one without a file
    std::uint32_t players() const { return ref_.players(); }
    bool has(std::uint32_t flags) const { return ref_.has(flags); }
    // Whether the rules run in a process of their own.
    bool isolated() const { return isolated_ != nullptr; }
    // Why such rules failed the last time; an empty sentence if they never did, and for rules in this process.
    Problem trouble() const;

    // The starting position for a seed.
    StateBuffer initial(std::uint64_t seed) const;
    Turn turn(const StateBuffer &state) const { return ref_.turn(state.data()); }
    std::vector<Move> legal_moves(const StateBuffer &state) const { return ref_.legal_moves(state.data()); }
    // Plays a move that must be legal: PARLOUR_E_ILLEGAL with a sentence otherwise, and `state` is as before.
    Result<Turn> play(StateBuffer &state, Move move) const;
    // Draws a chance move; only at chance nodes.
    Move sample_chance(const StateBuffer &state, Rng &rng) const;
    // What `player` may see: the position itself in games without hidden information.
    StateBuffer view(const StateBuffer &state, std::uint32_t player) const;
    // A utility a player, in [util_min, util_max]; only on finished positions.
    std::vector<float> outcome(const StateBuffer &state) const;

    std::string move_text(const StateBuffer &state, Move move) const { return ref_.move_text(state.data(), move); }
    Result<Move> parse_move(const StateBuffer &state, const std::string &text) const;
    std::string state_text(const StateBuffer &state) const { return ref_.state_text(state.data()); }
    Result<StateBuffer> parse_state(const std::string &text) const;
    // Whether untrusted bytes are a position of this game.
    Result<void> check(const StateBuffer &state) const;

    // Texts for people, with fallbacks where the game says nothing.
    std::string player_name(std::uint32_t player) const; // "Player 1" if it has none
    std::string reason(const StateBuffer &state) const;  // "" if it has none
    std::string rules() const;                           // Markdown, "" if it has none
    std::string why_not(const StateBuffer &state, std::uint32_t from, std::uint32_t to) const;

private:
    std::shared_ptr<const void> keep_alive_;
    GameRef ref_;
    OptionMap options_;
    std::filesystem::path file_;
    const IsolatedRules *isolated_ = nullptr;
};

using GamePtr = std::shared_ptr<const Game>;

} // namespace parlour::host
