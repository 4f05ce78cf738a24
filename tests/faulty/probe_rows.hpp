// What the registry says of each plugin of plugins/ that the probe refuses.
#pragma once

#include <string>
#include <vector>

namespace parlour::host {

// A plugin and the words of its sentence.
struct ProbeRow {
    const char *name;
    std::vector<std::string> words;
};

// Those that fail at once.
inline std::vector<ProbeRow> probe_rows() {
    const std::string crash = "crashed while probing (SIGSEGV)", described = "described itself", tried = "tried",
                      started = "loaded and started";
    return {
        // what kind of file it is
        {"missing_entry", {"not a Parlour plugin", "does not export parlour_entry"}},
        {"undefined_symbol", {"undefined symbol: function_that_nobody_wrote"}},
        {"wrong_magic", {"not a Parlour plugin", "magic"}},
        {"wrong_major", {"built for interface 2, this program has 1.1"}},
        {"newer_minor", {"needs interface 1.7 or later, this program has 1.1"}},
        {"short_entry", {"entry", "too short", "88 bytes"}},
        {"short_factory", {"table of games", "too short", "24 bytes"}},
        {"short_table", {"short_table", "table of functions", "too short", "48 bytes"}},
        {"engine_short_factory", {"table of engines", "too short", "24 bytes"}},
        {"engine_short_table", {"engine_short_table", "table of functions", "too short"}},
        {"null_function", {"NULL function", "outcome"}},
        {"engine_without_search", {"NULL function", "search"}},
        {"nothing_in_it", {"neither a factory of games nor one of engines"}},
        // what it says of itself
        {"null_name", {"no name", "NULL"}},
        {"empty_name", {"empty name"}},
        {"name_not_utf8", {"name", "not UTF-8"}},
        {"name_without_end", {"name"}},
        {"odd_game_id", {"Odd Game!", "id"}},
        {"null_game_id", {"id", "NULL"}},
        {"engine_odd_id", {"Odd Engine!", "id"}},
        {"engine_empty_name", {"empty name"}},
        {"engine_twice", {"engine_twice", "twice"}},
        {"describe_fails", {"does not describe its game 1"}},
        {"players_from_nine_to_two", {"for 9 to 2 players"}},
        {"endless_count", {"says that it has 4294967295 games"}},
        {"endless_options", {"no end to the options"}},
        {"endless_choices", {"no choices"}},
        {"wrong_default", {"default", "heap", "from 1 to 5"}},
        {"same_plugin", {"same id, good", "_good.so", "comes first"}},
        {"same_game", {"game good is left out", "_good.so", "comes first"}},
        // init
        {"init_fails", {"could not start", "the table of openings is missing; put it beside"}},
        {"init_fails_silently", {"could not start"}},
        {"crash_in_init", {crash, started}},
        {"crash_in_constructor", {crash}},
        {"exception_in_constructor", {"crashed while probing (SIGABRT)", started}},
        {"abort_in_init", {"crashed while probing (SIGABRT)"}},
        {"exit_in_init", {"ended the probing process with code 3"}},
        {"exception_in_init", {"threw an exception"}},
        {"kills_itself_in_init", {"crashed while probing (SIGKILL)", started}},
        {"stack_overflow", {crash}},
        {"endless_output", {"wrote more than 4 MB while probing"}},
        {"closes_descriptors", {"ended the probing process"}},
        // each other call
        {"crash_in_get_factory", {crash}},
        {"crash_in_describe", {crash, described}},
        {"exception_in_describe", {"threw an exception in describe"}},
        {"crash_in_option", {crash, described}},
        {"crash_in_create", {crash, tried}},
        {"quick_exit_in_create", {"ended the probing process with code 0"}},
        {"double_free_in_create", {"crashed while probing (SIGABRT)", tried}},
        {"creates_nothing", {"a game creates_nothing that has no table of functions"}},
        {"create_fails_silently", {"create_fails_silently"}},
        {"crash_in_info", {crash, tried}},
        {"crash_in_get_extension", {crash, tried}},
        {"crash_in_initial", {crash, tried}},
        {"divides_by_zero_in_initial", {"crashed while probing (SIGFPE)", tried}},
        {"crash_in_check", {crash, tried}},
        {"illegal_instruction_in_check", {"crashed while probing (SIGILL)", tried}},
        {"crash_in_legal", {crash, tried}},
        {"exit_in_legal", {"ended the probing process with code 0", tried}},
        {"crash_in_apply", {crash, tried}},
        {"abort_in_apply", {"crashed while probing (SIGABRT)", tried}},
        {"exception_in_apply", {"threw an exception in apply"}},
        {"crash_in_move_text", {crash, tried}},
        {"crash_in_state_text", {crash, tried}},
        {"crash_in_destroy", {crash, tried}},
        {"crash_at_the_end", {crash, "at its end"}},
        {"crash_in_destructor", {crash, "at its end"}},
        {"engine_crash_in_describe", {crash, described}},
        {"engine_crash_in_create", {crash, tried}},
        {"engine_crash_in_destroy", {crash, tried}},
        {"engine_exit_in_create", {"ended the probing process with code 7", tried}},
        // numbers and texts that cannot be
        {"no_state_size", {"positions have 0 bytes"}},
        {"huge_state_size", {"positions have 4294967295 bytes"}},
        {"no_players", {"says that it has 0 players"}},
        {"too_many_players", {"says that it has 1000000 players"}},
        {"no_bound_of_moves", {"at most 4294967295 moves"}},
        {"nan_utilities", {"outcomes lie between"}},
        {"swapped_utilities", {"outcomes lie between 1 and -1"}},
        {"null_variant", {"variant", "NULL"}},
        {"own_start_refused", {"does not accept its own starting position", "nothing is a position of mine"}},
        {"faults_at_once", {"fails at the rules of faults_at_once after 1 moves"}},
        {"player_of_no_game", {"player 201", "2 players"}},
        {"no_moves", {"lists 0 legal moves"}},
        {"too_many_moves_for_the_list", {"lists 4000000 legal moves", "bound is 3"}},
        {"rules_fail_at_once", {"rules_fail_at_once"}},
        {"refuses_its_own_moves", {"fails at the rules of refuses_its_own_moves after 3 moves"}},
        {"crash_in_the_middle", {crash, tried}},
        {"writes_past_the_list", {crash, tried}},
        {"no_move_text", {"no text for a legal move"}},
        {"endless_move_text", {"takes 2147483647 letters to write"}},
        {"move_text_not_utf8", {"no text for a legal move"}},
        {"state_text_not_utf8", {"not UTF-8"}},
    };
}

// Those that never come back, in what they are killed at.
inline std::vector<ProbeRow> hanging_probe_rows() {
    const std::string late = "did not answer within 2 s while probing";
    return {{"hang_in_init", {late, "loaded and started"}},
            {"stops_itself_in_init", {late}},
            {"deadlock_in_init", {late}},
            {"floods_errors_in_init", {late}},
            {"floods_log_in_init", {"while probing"}},
            {"hang_in_describe", {late}},
            {"hang_in_create", {late}},
            {"engine_hang_in_create", {late}},
            {"hang_in_legal", {late}},
            {"hang_in_apply", {late}},
            {"hang_at_the_end", {late}}};
}

} // namespace parlour::host
