// Whole files: read with a bound, written so that a crash, a full disk or a power failure leaves the old content or
// the new one, never half of it. All functions are [any].
#pragma once

#include "host/base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace parlour::host {

// The content of a regular file. PARLOUR_E_NOTFOUND where there is none, PARLOUR_E_PARSE for one of more than
// `most_bytes`.
Result<std::string> read_file(const std::filesystem::path &file, std::size_t most_bytes);

// Replaces a file, or makes it, in a folder that exists: writes a temporary file beside it, brings that to the disk
// and renames it. A symbolic link stays and its target is replaced; the permissions of an old file stay. A failure is
// one sentence, the old content is still there and the temporary file is gone. Only when the folder itself cannot be
// brought to the disk at the end is the new content there nevertheless; the sentence says so.
Result<void> write_file_atomically(const std::filesystem::path &file, std::string_view bytes);

} // namespace parlour::host
