// Scripts: text files that one plugin runs as games and engines (parlour/scripts.h). Each is a row of the registry
// like a plugin file, described in a process of its own that sees nothing but it.
#pragma once

#include "host/plugins/kept_scripts.hpp"
#include "host/plugins/probe_cache.hpp"
#include "host/plugins/search_path.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace parlour::host {

// What makes a folder of Python files a script.
inline constexpr const char *package_file = "__init__.py";

// The folders where scripts are looked for, in the order in which they count: $PARLOUR_SCRIPT_PATH,
// $XDG_DATA_HOME/parlour/opponents and .../games, and scripts/ beside the plugin that runs them. They need not exist.
// [any]
std::vector<std::filesystem::path> script_folders(const std::filesystem::path &runner);

// The scripts in those folders: *.py, and __init__.py of folders; names that begin with '_' or '.' are no scripts. Of
// two with the same stem the first counts. A link to nothing, and a folder with Python files but no __init__.py, are
// among them: they are broken scripts. [any]
std::vector<PluginFile> script_files(const std::filesystem::path &runner);

// A sentence about the scripts that are left out because this one has their stem; "" where there is none. [any]
std::string hidden_scripts(const std::filesystem::path &script, const std::filesystem::path &runner);

// Why no script can run and what to do about it, in a sentence; `refusal` is what the plugin that would run them was
// refused with, "" where there is no such plugin. [any]
std::string scripts_trouble(const std::string &refusal);

// Whether a script came with the program. [any]
bool is_shipped_script(const std::filesystem::path &script, const std::filesystem::path &runner);

// "greedy" of greedy.py and of greedy/__init__.py. [any]
std::string script_stem(const std::filesystem::path &script);

// What tells one content of a script (of a package: of all its files) from another, whatever its date says; changes
// with the plugin that runs it and with the chosen Python as well. nullopt if there is no such file. [any]
std::optional<FileStamp> script_stamp(const std::filesystem::path &script, const std::filesystem::path &runner);

// The variables of the environment with which a process sees these scripts and no others, "NAME=value" each. [any]
std::vector<std::string> script_environment(const std::vector<ScriptFile> &scripts);
// The same environment with another copy of one of its scripts.
std::vector<std::string> with_kept_script(std::vector<std::string> environment, const ScriptFile &script);
// Puts them into this process's own environment. [main], before there are other threads.
void set_script_environment(const std::vector<std::filesystem::path> &scripts);

// What a process with that environment has to be able to read for its scripts, to stand among the plugin files that
// become_expendable() and readable_for_plugin() are given. [any]
std::vector<std::filesystem::path> files_of_script_environment();

} // namespace parlour::host
