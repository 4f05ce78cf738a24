#include "host/plugins/search_path.hpp"

#include "host/plugins/registry.hpp"

#include <boost/dll/runtime_symbol_info.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string_view>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

// The folder that an XDG variable names, or the one below the home folder that stands for it; empty without either.
fs::path xdg_folder(const char *variable, const char *below_home) {
    if (const char *set = std::getenv(variable); set != nullptr && *set == '/') return set;
    if (const char *home = std::getenv("HOME"); home != nullptr && *home != '\0') return fs::path(home) / below_home;
    return {};
}

void add_folder(std::vector<fs::path> &to, const fs::path &folder) {
    std::error_code ignored;
    if (!folder.empty() && fs::is_directory(folder, ignored)) to.push_back(folder);
}

} // namespace

std::vector<PluginFile> plugin_files(const std::vector<fs::path> &search_path) {
    static const bool v3 = processor_runs_x86_64_v3();
    std::vector<PluginFile> out;
    std::set<fs::path> folders;
    for (const fs::path &folder : search_path) {
        std::error_code problem;
        const fs::path real = fs::canonical(folder, problem);
        if (problem || !folders.insert(real).second) continue;
        std::vector<fs::path> files;
        for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
            std::error_code ignored;
            if (at->path().extension() == ".so" && at->is_regular_file(ignored))
                files.push_back(fs::absolute(at->path(), ignored).lexically_normal());
        }
        std::sort(files.begin(), files.end());
        for (const fs::path &file : files) {
            PluginFile found{file, {}};
            const fs::path faster = file.parent_path() / "x86-64-v3" / file.filename();
            if (v3 && fs::is_regular_file(faster, problem)) found.builds.push_back(faster);
            found.builds.push_back(file);
            out.push_back(std::move(found));
        }
    }
    return out;
}

std::vector<fs::path> shipped_plugin_folders() {
    std::vector<fs::path> out;
    add_folder(out, PARLOUR_INSTALLED_PLUGINS);
    boost::dll::fs::error_code problem;
    const boost::dll::fs::path program = boost::dll::program_location(problem);
    if (!problem) {
        // Installed plugins are found as well when the whole installation was moved.
        const fs::path folder = fs::path(program.string()).parent_path();
        add_folder(out, (folder / PARLOUR_PLUGINS_FROM_PROGRAM).lexically_normal());
        add_folder(out, folder / "plugins");
    }
    return out;
}

std::vector<fs::path> default_search_path() {
    std::vector<fs::path> out;
    if (const char *set = std::getenv("PARLOUR_PLUGIN_PATH")) {
        std::string_view rest = set;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(':'), rest.size());
            add_folder(out, rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    if (const fs::path data = xdg_folder("XDG_DATA_HOME", ".local/share"); !data.empty())
        add_folder(out, data / "parlour" / "plugins");
    for (fs::path &folder : shipped_plugin_folders()) out.push_back(std::move(folder));
    return out;
}

fs::path default_state_folder() {
    const fs::path state = xdg_folder("XDG_STATE_HOME", ".local/state");
    return state.empty() ? state : state / "parlour";
}

fs::path default_cache_file() {
    const fs::path cache = xdg_folder("XDG_CACHE_HOME", ".cache");
    return cache.empty() ? cache : cache / "parlour" / "plugins.json";
}

} // namespace parlour::host
