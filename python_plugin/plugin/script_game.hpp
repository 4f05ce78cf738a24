// A game of a script as a game object of the interface. The Python half is parlour.script.rules.Rules.
#pragma once

#include "object.hpp"

#include <parlour/game.h>
#include <parlour/game_board.h>
#include <parlour/game_chance.h>
#include <parlour/game_hidden.h>
#include <parlour/game_people.h>
#include <parlour/game_search.h>

#include <array>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace parlour::python_plugin {

// What a position's bytes begin with; the JSON text of the position follows, then zeros.
struct StateHead {
    std::uint32_t length; // of the text, in bytes
    std::uint32_t turn;   // the turn word
};

class ScriptGame {
public:
    // The functions of Rules that the tables call.
    enum Function {
        initial,
        legal,
        apply,
        outcome,
        check,
        move_text,
        parse_move,
        state_text,
        parse_state,
        evaluate,
        layout,
        scene,
        path,
        reason,
        outcomes,
        known,
        determinize,
        n_functions
    };

    // Makes the game; with the GIL. Throws ScriptFailure.
    ScriptGame(const std::string &id, const parlour_kv *options, std::uint32_t n_options);

    const parlour_game_info &info() const { return info_; }
    bool has_view() const { return has_view_; }
    bool has_evaluate() const { return has_evaluate_; }
    bool has_chance() const { return (info_.flags & PARLOUR_GAME_CHANCE) != 0; }
    bool has_secrets() const { return (info_.flags & PARLOUR_GAME_HIDDEN) != 0; }
    const std::string &rules_text() const { return rules_text_; }
    const std::vector<std::string> &player_names() const { return player_names_; }
    const parlour_game_board &board() const { return board_; }

    // The part of a position's bytes that says something, as Python bytes. Throws for a length that cannot be.
    Ref key(const void *state) const;
    // Writes Python bytes as a position; returns its turn word. Throws for anything else.
    std::uint32_t store(PyObject *key, void *state) const;
    // Makes a position one at which the rules failed.
    std::uint32_t spoil(void *state) const;

    // Calls one of the functions; with the GIL. Throws ScriptFailure.
    template <class... Arguments>
    Ref call(Function which, Arguments... arguments) const {
        PyObject *const list[] = {arguments..., nullptr};
        return need(PyObject_Vectorcall(functions_[which].get(), list, sizeof...(arguments), nullptr));
    }

    // Tells the log of a rule function that failed: of each failure once, and of the first few.
    void tell(const ScriptFailure &failure) const;

private:
    Ref rules_;
    std::array<Ref, n_functions> functions_;
    parlour_game_info info_{};
    std::string id_, name_, variant_, rules_text_;
    std::vector<std::string> player_names_;
    bool has_view_ = false, has_evaluate_ = false;
    parlour_game_board board_{};
    mutable std::mutex telling_; // guards what follows
    mutable std::set<std::string> told_;
};

// Runs a rule function of a script: with the GIL, within the time that a rule may take. A failure is `fault`; the
// exception stays set where Python itself is the caller, else it goes to the log.
template <class Result, class Body>
Result run_rule(const ScriptGame &game, Result fault, Body body) noexcept;

// The table of the picture, with the colour of the game's tile.
parlour_game_board script_board_table(std::uint32_t accent);

// The extension tables; null where the game has none of that name.
const void *script_game_extension(const ScriptGame &game, const char *id);

} // namespace parlour::python_plugin

#include "failure_details.hpp"
#include "interpreter.hpp"
#include "watchdog.hpp"

namespace parlour::python_plugin {

inline constexpr std::chrono::seconds longest_rule{2};

template <class Result, class Body>
Result run_rule(const ScriptGame &game, Result fault, Body body) noexcept {
    try {
        const bool from_python = PyGILState_Check() != 0;
        const Gil gil;
        PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
        {
            const Watch watch(SteadyClock::now() + longest_rule, nullptr);
            try {
                return body();
            } catch (const ScriptFailure &failure) {
                game.tell(failure);
                remember_details(std::string(failure.what()) + "\n" + failure.details());
                if (from_python) PyErr_Fetch(&type, &value, &trace);
                if (from_python && type == nullptr) PyErr_SetString(PyExc_RuntimeError, failure.what());
            }
        }
        if (type != nullptr) PyErr_Restore(type, value, trace);
    } catch (...) {
        // out of memory: the fault says that something went wrong
    }
    return fault;
}

} // namespace parlour::python_plugin
