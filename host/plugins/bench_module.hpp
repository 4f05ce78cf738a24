// Loads benchmark modules, which are no plugins: they are built with the program and only the benchmark uses them.
#pragma once

#include "host/base/result.hpp"
#include "host/plugins/bench_table.hpp"

#include <filesystem>
#include <string>

namespace parlour::host {

// The module beside the program that belongs to a plugin file: PROGRAM_FOLDER/bench/NAME.so, or the one in x86-64-v3/
// when the plugin's file is from such a folder too. It need not exist.
std::filesystem::path bench_module_of(const std::filesystem::path &program, const std::filesystem::path &plugin);

// Loads a module for a game; it stays loaded. A Problem when there is none, or it is for another game. [main]
Result<const BenchTable *> load_bench_module(const std::filesystem::path &file, const std::string &game_id);

} // namespace parlour::host
