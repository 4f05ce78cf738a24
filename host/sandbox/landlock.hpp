// Landlock by its three system calls, with constants of our own: the headers of Debian 12 know only its beginnings.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace parlour::host {

// The version of Landlock that this kernel has in force; 0 without, and then `why` says what is missing. [any]
int landlock_version(std::string &why);

// From now on this thread and all that it starts can read and execute what lies below `readable`, and nothing else;
// can write, make, remove or rename nothing; and, as far as `version` has it, neither bind nor connect TCP ports,
// reach abstract sockets nor send signals to processes outside. Paths that do not exist are passed over. Returns "",
// or what failed. [main]
std::string restrict_files(const std::vector<std::filesystem::path> &readable, int version);

} // namespace parlour::host
