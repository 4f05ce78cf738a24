// What every command needs first: the registry, a game with its options, an engine's specification. Main thread only.
#pragma once

#include "host/cli/command_line.hpp"
#include "host/match/seat.hpp"
#include "host/plugins/registry.hpp"
#include "host/worker/worker_setup.hpp"

#include <filesystem>
#include <memory>
#include <ostream>

namespace parlour::host::cli {

// Sends log lines to standard error: warnings and worse, or everything with --verbose. Call it before a registry.
void set_up_log(bool verbose);

// The program's own file, to be run as a child; empty where the system does not tell.
std::filesystem::path own_program();

// Whose engines run in processes of their own, as --isolate or else the settings say; throws Refusal (usage).
Isolation isolation_of(const CommandLine &line);

// Workers of the program that belongs to this one, bounded as the settings say.
WorkerSetup worker_setup();

// A registry over --plugins and the default search path, already scanned, layered as --check-plugins and
// --trace-calls say.
std::unique_ptr<Registry> open_registry(const CommandLine &line);

// "id=value" words as a map; throws Refusal (usage).
OptionMap parse_options(const std::vector<std::string> &pairs);

// A game by id with "id=value" options; throws Refusal (not_found, or usage for its options).
GamePtr open_game(const Registry &registry, const std::string &id, const std::vector<std::string> &options);

// "id" or "id:option=value,option=value" (an id may itself contain ':').
struct EngineSpec {
    std::string id;
    OptionMap options;
};
EngineSpec parse_engine_spec(const std::string &text);

// The specification of an engine that there is; throws Refusal (not_found, usage).
EngineSpec known_engine(const Registry &registry, const std::string &text);

// Throws Refusal (failed) with the engine's own sentence when it does not play the game.
void require_support(const Registry &registry, const EngineSpec &engine, const Game &game);

// Adds --nodes, --depth and --playouts.
void add_limit_options(CommandLine &line);
// Reads them; the time option has the given name.
SeatLimits limits_of(const CommandLine &line, const std::string &time_option);

// The position of --position, or the starting one for `seed`; throws Refusal (usage).
StateBuffer position_of(const Game &game, const std::optional<std::string> &position, std::uint64_t seed);

// The seed of --seed, or 1.
std::uint64_t seed_of(const CommandLine &line);

// What --trace-calls and --check-plugins found out about a game, as tables; nothing without them.
void report_layers(const Game &game, std::ostream &err);

// The value of a Result; throws Refusal with its sentence: `code`, or what its status says (not_found, usage).
template <class T>
T value_or_refuse(Result<T> result, ExitCode code = ExitCode::failed) {
    if (!result.ok()) {
        if (result.problem().code == PARLOUR_E_NOTFOUND) code = ExitCode::not_found;
        if (result.problem().code == PARLOUR_E_ARG) code = ExitCode::usage;
        throw Refusal(code, result.sentence(), result.problem().details);
    }
    return std::move(result).value();
}

// What a benchmark cannot do without: the value, or a Refusal.
template <class T>
T need(Result<T> result) {
    return value_or_refuse(std::move(result));
}
inline void need(const Result<void> &done) {
    if (!done) throw Refusal(ExitCode::failed, done.sentence());
}

} // namespace parlour::host::cli
