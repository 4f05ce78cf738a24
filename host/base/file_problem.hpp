// Why a file could not be read or written, as a sentence, and calls that begin again when a signal interrupts them.
#pragma once

#include "host/base/result.hpp"

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>

namespace parlour::host {

// "FILE could not be written: No space left on device; make room there and try again". `error` is an errno; the
// Problem's code is PARLOUR_E_NOTFOUND for a file that is not there, PARLOUR_E_FAIL otherwise. [any]
Problem file_problem(const std::filesystem::path &file, std::string_view what_failed, int error);

inline constexpr std::string_view not_written = "could not be written";

// Calls a function of the system until no signal interrupts it; gives what it returned, errno as it left it. [any]
template <class Call>
auto uninterrupted(Call call) {
    auto result = call();
    while (result < 0 && errno == EINTR) result = call();
    return result;
}

// Writes all of `bytes` to an open file, however many calls that takes. Gives 0 or an errno. [any]
int write_all(int descriptor, std::string_view bytes);

// Brings an open file or folder to the disk; a file system that cannot is taken for one that need not. Gives 0 or an
// errno. [any]
int bring_to_disk(int descriptor);

} // namespace parlour::host
