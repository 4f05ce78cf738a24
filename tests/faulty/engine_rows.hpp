// What becomes of a match in which one side is each of the engines of engines/, in a worker of its own.
#pragma once

#include "host/match/outcome.hpp"
#include "host/sandbox/sandbox.hpp"

#include <set>
#include <string>
#include <vector>

namespace parlour::host {

// An engine and how its games may end.
struct EngineRow {
    const char *name;
    std::set<Ending> endings;         // every game ends in one of these ways; all but normal are the engine's fault
    std::vector<std::string> words{}; // of the sentence behind it, each
    std::uint32_t needs = 0;          // layers without which the engine would harm this computer
    bool hangs_at_start = false;
};

// Those that the match asks nothing of: they say, or die when asked, which games they play.
inline std::vector<EngineRow> refused_engine_rows() {
    return {{"crash_in_supports", {}, {"SIGSEGV"}},
            {"endless_supports", {}, {"not answer"}, 0, true},
            {"supports_nothing", {}, {}}};
}

inline std::vector<EngineRow> engine_rows() {
    const std::set<Ending> plays{Ending::normal}, crash{Ending::crash}, stall{Ending::stall}, late{Ending::time},
        illegal{Ending::illegal_move}, slow{Ending::stall, Ending::time}, any{Ending::normal, Ending::crash},
        anything{Ending::normal, Ending::crash, Ending::stall, Ending::time};
    return {
        // it crashes
        {"crash_in_bind", crash, {"SIGSEGV"}},
        {"crash_in_search", crash, {"SIGSEGV"}},
        {"crash_late", any}, // a new process with the same position may get it over the move
        {"crash_in_a_position", crash, {"SIGSEGV", "twice"}},
        {"crash_in_thread", crash, {"SIGSEGV"}},
        {"crash_after_answer", any},
        {"abort_in_search", crash, {"SIGABRT"}},
        {"divides_by_zero", crash, {"SIGFPE"}},
        {"illegal_instruction", crash, {"SIGILL"}},
        {"bus_error", crash, {"SIGBUS"}},
        {"double_free", crash, {"SIGABRT"}},
        {"stack_overflow_in_search", crash, {"SIGSEGV"}},
        {"exception_in_search", crash, {"threw an exception"}},
        {"exception_in_thread", crash, {"SIGABRT"}},
        {"exception_of_no_class", crash, {"threw an exception"}},
        {"allocates_beyond", crash, {"threw an exception"}},
        // it ends its process, or others
        {"exit_in_search", crash},
        {"quick_exit_in_search", crash, {"3"}},
        {"kills_itself", crash, {"SIGKILL"}},
        {"terminates_itself", crash, {"SIGTERM"}},
        {"kills_its_group", anything},
        {"kills_its_parent", anything, {}, layer_calls},
        {"alarm", anything},
        // it does not come back
        {"endless_search", slow},
        {"endless_bind", slow, {"when it was given"}, 0, true},
        {"endless_sleep", slow},
        {"endless_destroy", plays},
        {"deadlock", slow},
        {"stops_itself", slow},
        {"deaf_to_signals", slow},
        {"survives_its_crashes", slow},
        {"ignores_stop", slow},
        {"answers_late", {Ending::normal, Ending::stall, Ending::time}},
        {"slow_to_bind", plays},
        // it talks too much, or nonsense
        {"floods_stdout", slow},
        {"floods_stderr", slow},
        {"floods_info", slow},
        {"floods_log", slow},
        {"much_info", {Ending::normal, Ending::stall, Ending::time}},
        {"much_output", {Ending::normal, Ending::stall, Ending::time}},
        {"huge_text", plays},
        {"odd_text", plays},
        {"long_line", any},
        {"many_stats", any},
        {"null_pointers", plays},
        {"wild_pointers", crash, {"SIGSEGV"}},
        {"illegal_line", plays},
        {"odd_size", any},
        {"null_size", plays},
        {"nan_info", plays},
        {"null_info", plays},
        {"info_from_threads", plays},
        {"progress_after_end", plays},
        // it answers with nonsense
        {"illegal_move", illegal, {"12345"}},
        {"illegal_late", illegal},
        {"no_move", illegal},
        {"full_column", {Ending::normal, Ending::illegal_move}},
        {"resigns", {Ending::resign, Ending::illegal_move}},
        {"fails", crash, {"the stars are not right"}},
        {"fails_silently", crash},
        {"unknown_status", crash},
        {"bind_fails", crash, {"this board is too blue"}},
        {"supports_beyond", plays},
        {"nan_value", plays},
        {"value_out_of_range", plays},
        {"odd_flags", plays},
        // it writes where it must not
        {"writes_past_result", crash, {"SIGSEGV"}},
        {"writes_root", plays},
        {"writes_limits", plays},
        {"writes_table", any},
        {"writes_control", crash, {"SIGSEGV"}},
        {"plays_illegal_moves", plays},
        // it takes what there is
        {"eats_memory", {Ending::crash, Ending::stall, Ending::time}},
        {"maps_memory", {Ending::crash, Ending::stall, Ending::time}},
        {"leaks_memory", plays},
        {"thread_bomb", anything},
        {"thread_outlives", plays},
        {"opens_all", anything},
        {"changes_limits", anything},
        // it meddles with the process
        {"closes_stdout", plays},
        {"closes_all", crash},
        {"babbles_to_host", crash, {"broke the protocol"}},
        {"huge_frame", crash, {"broke the protocol", "a message of 4294967295 bytes"}},
        {"deep_frame", crash, {"broke the protocol", "nested too deeply"}},
        {"wide_frame", crash, {"broke the protocol", "longer than they are"}},
        {"long_text_frame", crash, {"broke the protocol", "longer than they are"}},
        {"empty_frame", crash, {"broke the protocol", "a message of 0 bytes"}},
        {"odd_frame", crash, {"broke the protocol", "lacks type"}},
        {"old_frame", crash, {"broke the protocol", "message number 1 where"}},
        {"many_frames", crash, {"broke the protocol"}},
        {"half_frame", slow},
        {"steals_messages", slow},
        {"changes_locale", plays},
        {"changes_rounding", any},
        {"changes_signals", plays},
        {"changes_folder", plays},
        {"changes_environment", plays},
        // it brings others
        {"forks", anything, {}, layer_calls},
        {"fork_bomb", anything, {}, layer_calls},
        {"becomes_another", anything, {}, layer_calls},
        {"runs_shell", anything, {}, layer_calls},
    };
}

} // namespace parlour::host
