// Which files may be plugins, in the order in which they count.
#pragma once

#include <parlour/processor.hpp>

#include <filesystem>
#include <vector>

namespace parlour::host {

// One plugin as it is named, and the files to load in its place, the best first.
struct PluginFile {
    std::filesystem::path plain;               // DIR/NAME.so, absolute
    std::vector<std::filesystem::path> builds; // DIR/x86-64-v3/NAME.so if it is there and runs here; plain last
};

// The *.so files of each folder, by name; a folder that comes twice counts once. [any]
std::vector<PluginFile> plugin_files(const std::vector<std::filesystem::path> &search_path);

} // namespace parlour::host
