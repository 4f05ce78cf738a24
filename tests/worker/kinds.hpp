// What the engine "trouble" does in a search, by the search's seed. Shared by the plugin and its tests.
#pragma once

namespace parlour::tests {

enum Kind : unsigned long {
    plays = 1,      // the first legal move
    crashes = 100,  // by a null pointer
    crashes_second, // unless it is the first search of its process
    aborts,         // after a line on the error output
    exits,          // with code 3
    hangs,          // and hears no stop; at SIGUSR1 it says where it is
    until_stopped,  // then plays
    illegal,        // a move that there is not
    floods_output,  // writes until it is stopped, then plays
    eats_memory,    // until it gets no more
    late,           // plays 120 ms after the hard time
    floods_info,    // 200,000 reports, then plays
    floods_log,     // 20,000 lines, then plays
    forks,          // says as its text what came of it, then plays
    traces_itself,  // ptrace
    garbage,        // writes nonsense to the host
    hangs_up,       // closes the line, and goes on
    not_a_number    // as the value of a legal move
};

} // namespace parlour::tests
