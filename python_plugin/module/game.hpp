// A game as the module keeps it: the rules' tables and what belongs to them. `parlour.Game` in Python.
// Everything here needs the GIL, but for what GameRef marks [any].
#pragma once

#include "errors.hpp"
#include "options.hpp"

#include <pybind11/pybind11.h>
#include <parlour/game_ref.hpp>

#include <memory>
#include <string>

namespace parlour::python {

struct Grid;

// A position before a move, in a chain that copies of a State share: the newest first. `bytes()` follows the struct.
struct alignas(16) HistoryNode {
    HistoryNode *previous; // holds a reference
    std::uint32_t references;
    std::uint32_t move; // the move that was played here
    std::uint32_t turn;
    std::uint32_t ply;

    std::byte *bytes() { return reinterpret_cast<std::byte *>(this + 1); }
};

class Game : public std::enable_shared_from_this<Game> {
public:
    // `raw` is destroyed at the end if `owned`; else it is borrowed and lives as long as `keep_alive`. Throws
    // std::runtime_error with a sentence when the tables are not usable. `entry` is null for games that nobody found.
    Game(const parlour_game &raw, bool owned, pybind11::object keep_alive, Options options, GameEntryPtr entry);
    ~Game();
    Game(const Game &) = delete;
    Game &operator=(const Game &) = delete;

    const GameRef &rules() const { return rules_; }
    const std::string &id() const { return id_; }
    const std::string &variant() const { return variant_; }
    // Those that were given, as Python values; a new dict.
    pybind11::dict options() const;
    // Whether it was made by parlour.game() and can be made again from its id and options.
    bool registered() const { return owned_; }
    // At least 1: how many moves legal() may write.
    std::uint32_t capacity() const { return capacity_; }
    bool serialized() const { return rules_.has(PARLOUR_GAME_SERIALIZED); }
    // Same rules: states of the two may be compared.
    bool same_as(const Game &other) const {
        return this == &other || (id_ == other.id_ && variant_ == other.variant_);
    }
    // Where pieces stand, for boards and planes; null where the game draws nothing. Made on the first call.
    const Grid *grid() const;

    // Nodes of States' histories; freed ones are kept for the next. The size is that of this game.
    HistoryNode *new_node() const {
        if (HistoryNode *node = spare_; node != nullptr) {
            spare_ = node->previous;
            return node;
        }
        return allocate_node();
    }
    // Drops one reference to a chain.
    void release(HistoryNode *node) const {
        while (node != nullptr && --node->references == 0) {
            HistoryNode *previous = node->previous;
            node->previous = spare_;
            spare_ = node;
            node = previous;
        }
    }

private:
    HistoryNode *allocate_node() const;

    parlour_game raw_;
    bool owned_;
    pybind11::object keep_alive_;
    GameRef rules_;
    Options options_;
    GameEntryPtr entry_;
    std::string id_, variant_;
    std::uint32_t capacity_ = 1;
    mutable HistoryNode *spare_ = nullptr;
    mutable std::unique_ptr<Grid> grid_;
};

using GamePtr = std::shared_ptr<Game>;

// The parlour.Game around a borrowed game: see Core::wrap_game.
PyObject *wrap_game(const parlour_game *game, PyObject *keep_alive);

// The Game of a parlour.Game object; null with TypeError set.
Game *game_of_object(PyObject *object);

// Adds class Game and the functions that list and make games.
void add_game(pybind11::module_ &module);

} // namespace parlour::python
