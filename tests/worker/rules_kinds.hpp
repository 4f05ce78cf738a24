// What the game "faulty_rules" does when a move is played, or after it. Shared by the plugin and its tests.
#pragma once

namespace parlour::tests {

inline constexpr unsigned most_listed = 40; // legal moves of every position, as the game says

struct RulesKind {
    enum : unsigned {
        fine = 1,       // nothing
        crashes = 10,   // in apply, after a line on the error output
        exits,          // in apply
        crashes_once,   // in apply, but not in a new process
        nobody,         // apply says that an eighth player is to move
        hangs_in_legal, // of the position after it
        lists_too_many, // in the position after it
        text_of_bytes   // a move's text that is not UTF-8
    };
};

} // namespace parlour::tests
