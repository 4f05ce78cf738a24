// `parlour.BatchEnv`: many games of one kind, stepped together in C++ over arrays that Python shares.
#pragma once

#include "buffers.hpp"
#include "game.hpp"

#include <atomic>
#include <map>

namespace parlour::python {

// The arrays of n games; each is ours or the caller's.
//   states   uint8    (n, stride)      the positions' bytes, stride a multiple of 16
//   players  int8     (n,)             who is to move; -1 where the game is over
//   rewards  float32  (n, players)     what the last step brought: utilities of games that it ended, else 0
//   done     uint8    (n,)             1 where the last step ended the game
//   legal    uint32   (n, max_moves)   the legal moves, then 0xffffffff
//   counts   uint32   (n,)             how many they are
//   masks    uint8    (n, move_space)  1 at legal moves; only where moves are numbered from 0
class BatchEnv {
public:
    // `arrays` has the caller's own by name. Throws error_already_set.
    BatchEnv(const pybind11::object &game, const pybind11::object &n, const pybind11::object &seed,
             const pybind11::dict &arrays);

    std::uint32_t size() const { return n_; }
    const pybind11::object &game() const { return game_object_; }
    // The memoryview or the caller's own object; None for masks of games without.
    pybind11::object array(const std::string &name) const;

    // Starts all games anew.
    void reset(const pybind11::object &seed);
    // Plays one move a game; see the docstring.
    void step(const pybind11::object &moves, bool auto_reset);
    // One legal move a game, drawn evenly, into a uint32 buffer of n; 0xffffffff where a game is over.
    pybind11::object sample(const pybind11::object &seed, const pybind11::object &out) const;
    // The boards of all games, as State.board, into an int8 buffer.
    pybind11::object boards(const pybind11::object &out) const;
    // The planes of all games, as State.planes(), into a float32 buffer.
    pybind11::object planes(const pybind11::object &out) const;
    // A State of one game, without history.
    pybind11::object state(const pybind11::object &index) const;

private:
    struct Array {
        Element element;
        std::vector<pybind11::ssize_t> shape;
        pybind11::object object; // what Python sees; None where there is none
        std::unique_ptr<HeldBuffer> held;
        std::shared_ptr<Block> block;
        void *data = nullptr;
    };
    class Busy;

    void add(const std::string &name, Element element, std::vector<pybind11::ssize_t> shape,
             const pybind11::dict &given);
    template <class T>
    T *data(const std::string &name) const {
        return static_cast<T *>(arrays_.at(name).data);
    }
    // Without the GIL: the start of one game, and what follows from its position.
    bool begin(std::uint32_t index);
    bool settle(std::uint32_t index, Turn turn);

    GamePtr game_;
    pybind11::object game_object_;
    std::uint32_t n_ = 0;
    std::size_t stride_ = 0;
    std::map<std::string, Array> arrays_;
    std::byte *states_ = nullptr;
    std::int8_t *players_ = nullptr;
    float *rewards_ = nullptr;
    std::uint8_t *done_ = nullptr, *masks_ = nullptr;
    std::uint32_t *legal_ = nullptr, *counts_ = nullptr;
    std::vector<parlour_rng> luck_; // one a game: starts and chance moves
    std::vector<std::uint32_t> turns_;
    std::vector<Move> moves_; // scratch of step()
    mutable std::atomic<bool> busy_{false};
};

// Adds the class.
void add_batch_env(pybind11::module_ &module);

} // namespace parlour::python
