#include "host/plugins/kept_scripts.hpp"

#include "host/plugins/scripts.hpp"

#include <parlour/common.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_copies = 8; // of one script

// The copies of a script, the newest first.
std::vector<fs::path> copies_in(const fs::path &folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code problem, ignored;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
        if (at->path().extension().empty()) found.emplace_back(at->last_write_time(ignored), at->path());
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    std::vector<fs::path> out;
    for (auto &[time, path] : found) out.push_back(std::move(path));
    return out;
}

// Where a script lies below the folder of its copy: "greedy.py", "pack/__init__.py".
fs::path inside(const fs::path &script) {
    return script.filename() == package_file ? script.parent_path().filename() / package_file : script.filename();
}

// Copies the script's *.py files below `to`; throws fs::filesystem_error.
void copy_script(const fs::path &script, const fs::path &to) {
    const fs::path copied = to / inside(script);
    fs::create_directories(copied.parent_path());
    fs::copy_file(script, copied);
    if (script.filename() != package_file) return;
    for (const fs::directory_entry &part : fs::recursive_directory_iterator(script.parent_path())) {
        if (part.path().extension() != ".py" || part.path() == script) continue;
        const fs::path target = copied.parent_path() / fs::relative(part.path(), script.parent_path());
        fs::create_directories(target.parent_path());
        fs::copy_file(part.path(), target);
    }
}

} // namespace

fs::path KeptScripts::folder_of(const fs::path &script) const {
    const std::string path = script.string();
    return folder_ / fmt::format("{}-{:016x}", script_stem(script), hash_bytes(path.data(), path.size()));
}

fs::path KeptScripts::keep(const fs::path &script, const FileStamp &stamp, const fs::path &runner) const {
    if (folder_.empty()) return {};
    const fs::path folder = folder_of(script);
    const fs::path copied =
        folder / fmt::format("{:x}-{:016x}", stamp.size, static_cast<std::uint64_t>(stamp.changed));
    const fs::path unfinished = copied.string() + fmt::format(".{}", getpid());
    std::error_code ignored;
    try {
        if (!fs::exists(copied)) {
            fs::remove_all(unfinished);
            copy_script(script, unfinished);
            if (script_stamp(script, runner) != stamp) {
                fs::remove_all(unfinished, ignored);
                return {};
            }
            fs::rename(unfinished, copied);
        }
        fs::last_write_time(copied, fs::file_time_type::clock::now());
        const std::vector<fs::path> copies = copies_in(folder);
        for (std::size_t i = most_copies; i < copies.size(); ++i) fs::remove_all(copies[i], ignored);
        return copied / inside(script);
    } catch (const fs::filesystem_error &) {
        fs::remove_all(unfinished, ignored);
        return {};
    }
}

fs::path KeptScripts::newest(const fs::path &script) const {
    if (folder_.empty()) return {};
    const std::vector<fs::path> copies = copies_in(folder_of(script));
    return copies.empty() ? fs::path() : copies.front() / inside(script);
}

} // namespace parlour::host
