// A file that grows by whole pieces: each is there completely or not at all.
#pragma once

#include "host/base/result.hpp"

#include <filesystem>
#include <string_view>
#include <utility>

namespace parlour::host {

// One thread at a time. Destruction closes.
class AppendedFile {
public:
    // Opens a file to be added to, or makes it, in a folder that exists.
    static Result<AppendedFile> open(std::filesystem::path file);
    ~AppendedFile();
    AppendedFile(AppendedFile &&other) noexcept
        : file_(std::move(other.file_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
    AppendedFile &operator=(AppendedFile &&) = delete;

    // Adds a piece at the end. After a failure the file is as it was, and further pieces may be tried.
    Result<void> append(std::string_view bytes);
    // Brings everything to the disk and closes; nothing may follow.
    Result<void> close();

private:
    AppendedFile(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}

    std::filesystem::path file_;
    int descriptor_;
};

} // namespace parlour::host
