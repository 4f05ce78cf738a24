#include "host/plugins/scripts.hpp"

#include <parlour/scripts.h>
#include <parlour/common.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string_view>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

const std::string files_variable = std::string(PARLOUR_SCRIPT_FILES) + "=";
const std::string kept_variable = std::string(PARLOUR_SCRIPT_KEPT) + "=";
constexpr const char *environment_variable = "PARLOUR_PYTHON"; // the Python, or the folder of its environment

// The parts of a list, empty ones too.
std::vector<fs::path> parts_of(std::string_view list) {
    std::vector<fs::path> out;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        out.emplace_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

std::vector<fs::path> split(const char *list) {
    std::vector<fs::path> out = parts_of(list == nullptr ? "" : list);
    std::erase(out, fs::path());
    return out;
}

fs::path data_folder() {
    if (const char *set = std::getenv("XDG_DATA_HOME"); set != nullptr && *set == '/') return set;
    if (const char *home = std::getenv("HOME"); home != nullptr && *home != '\0')
        return fs::path(home) / ".local/share";
    return {};
}

fs::path shipped_folder(const fs::path &runner) {
    return runner.parent_path() / "scripts";
}

std::string joined(const std::vector<fs::path> &paths) {
    std::string out;
    for (const fs::path &path : paths) out += (&path == &paths.front() ? "" : ":") + path.string();
    return out;
}

// The folder of an environment, which may be named by its program.
fs::path environment_folder(const fs::path &chosen) {
    std::error_code ignored;
    return fs::is_directory(chosen, ignored) ? chosen : chosen.parent_path().parent_path();
}

void mix_in(const struct stat &facts, FileStamp &into) {
    into.size += static_cast<std::uint64_t>(facts.st_size);
    const std::uint64_t words[] = {
        static_cast<std::uint64_t>(into.changed),         static_cast<std::uint64_t>(facts.st_ino),
        static_cast<std::uint64_t>(facts.st_mtim.tv_sec), static_cast<std::uint64_t>(facts.st_mtim.tv_nsec),
        static_cast<std::uint64_t>(facts.st_ctim.tv_sec), static_cast<std::uint64_t>(facts.st_ctim.tv_nsec),
        static_cast<std::uint64_t>(facts.st_size)};
    into.changed = static_cast<std::int64_t>(hash_bytes(words, sizeof words));
}

// Size and times of one file, mixed into a stamp. The time of change of the inode cannot be set back.
bool mix_in(const fs::path &file, FileStamp &into) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
    mix_in(facts, into);
    return true;
}

// Of a script that cannot be read: a link to nothing, or a folder where __init__.py is missing.
bool mix_in_unreadable(const fs::path &script, FileStamp &into) {
    struct stat facts {};
    const bool package = script.filename() == package_file;
    if (package ? ::stat(script.parent_path().c_str(), &facts) != 0 : ::lstat(script.c_str(), &facts) != 0)
        return false;
    if (package ? !S_ISDIR(facts.st_mode) : !S_ISLNK(facts.st_mode)) return false;
    mix_in(facts, into);
    return true;
}

bool has_python_files(const fs::path &folder) {
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
        if (at->path().extension() == ".py") return true;
    }
    return false;
}

// What of a folder's entry is the script; empty where it is none. One that cannot be read is one too, so that its row
// says so.
fs::path script_of(const fs::directory_entry &entry) {
    std::error_code ignored;
    const fs::path &path = entry.path();
    const std::string name = path.filename().string();
    if (name.starts_with('_') || name.starts_with('.')) return {};
    const bool dangles = entry.is_symlink(ignored) && !entry.exists(ignored);
    if (path.extension() == ".py" && (entry.is_regular_file(ignored) || dangles)) return path;
    if (fs::is_regular_file(path / package_file, ignored)) return path / package_file;
    return entry.is_directory(ignored) && has_python_files(path) ? path / package_file : fs::path();
}

// The scripts of all folders, in the order in which they count.
std::vector<fs::path> every_script(const fs::path &runner) {
    std::vector<fs::path> out;
    for (const fs::path &folder : script_folders(runner)) {
        std::vector<fs::path> found;
        std::error_code problem, ignored;
        for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
            if (const fs::path script = script_of(*at); !script.empty())
                found.push_back(fs::absolute(script, ignored).lexically_normal());
        }
        std::sort(found.begin(), found.end());
        out.insert(out.end(), found.begin(), found.end());
    }
    return out;
}

} // namespace

std::vector<fs::path> script_folders(const fs::path &runner) {
    std::vector<fs::path> out = split(std::getenv("PARLOUR_SCRIPT_PATH"));
    if (const fs::path data = data_folder(); !data.empty()) {
        out.push_back(data / "parlour" / "opponents");
        out.push_back(data / "parlour" / "games");
    }
    out.push_back(shipped_folder(runner) / "opponents");
    out.push_back(shipped_folder(runner) / "games");
    return out;
}

std::vector<PluginFile> script_files(const fs::path &runner) {
    std::vector<PluginFile> out;
    std::set<std::string> stems;
    for (const fs::path &script : every_script(runner)) {
        if (stems.insert(script_stem(script)).second) out.push_back({script, {script}});
    }
    return out;
}

std::string hidden_scripts(const fs::path &script, const fs::path &runner) {
    std::string hidden;
    for (const fs::path &other : every_script(runner)) {
        if (other != script && script_stem(other) == script_stem(script))
            hidden += (hidden.empty() ? "" : ", ") + other.string();
    }
    if (hidden.empty()) return {};
    return "it comes before " + hidden + ", which has the same name and is left out; rename one of them to have both";
}

std::string scripts_trouble(const std::string &refusal) {
    const std::size_t begin = refusal.find("libpython");
    if (begin == std::string::npos) {
        return "Python scripts cannot run: " +
               (refusal.empty() ? std::string("the plugin python.so that runs them is not among the plugins")
                                : refusal);
    }
    const std::size_t end = std::min(refusal.find_first_of(": ", begin), refusal.size());
    const std::string library = refusal.substr(begin, end - begin);
    return "Python scripts cannot run, for the library " + library +
           " is missing; install it (on Debian and Ubuntu: apt install " + library.substr(0, library.find(".so")) +
           ")";
}

bool is_shipped_script(const fs::path &script, const fs::path &runner) {
    const fs::path shipped = shipped_folder(runner);
    return std::mismatch(shipped.begin(), shipped.end(), script.begin(), script.end()).first == shipped.end();
}

std::string script_stem(const fs::path &script) {
    return script.filename() == package_file ? script.parent_path().filename().string() : script.stem().string();
}

std::optional<FileStamp> script_stamp(const fs::path &script, const fs::path &runner) {
    FileStamp out;
    if (!mix_in(script, out) && !mix_in_unreadable(script, out)) return std::nullopt;
    if (script.filename() == package_file) {
        std::vector<fs::path> parts;
        std::error_code problem;
        for (fs::recursive_directory_iterator at(script.parent_path(), problem), end; !problem && at != end;
             at.increment(problem)) {
            if (at->path().extension() == ".py" && at->path() != script) parts.push_back(at->path());
        }
        std::sort(parts.begin(), parts.end());
        for (const fs::path &part : parts) mix_in(part, out);
    }
    const std::uint64_t size = out.size;
    mix_in(runner, out);
    if (const char *chosen = std::getenv(environment_variable); chosen != nullptr && *chosen != '\0') {
        const std::string mixed = std::to_string(out.changed) + chosen;
        out.changed = static_cast<std::int64_t>(hash_bytes(mixed.data(), mixed.size()));
        mix_in(environment_folder(chosen) / "pyvenv.cfg", out);
    }
    out.size = size;
    return out;
}

std::vector<std::string> script_environment(const std::vector<ScriptFile> &scripts) {
    std::vector<fs::path> files, kept;
    for (const ScriptFile &one : scripts) {
        files.push_back(one.script);
        kept.push_back(one.kept);
    }
    std::vector<std::string> out{files_variable + joined(files), kept_variable + joined(kept)};
    if (const char *chosen = std::getenv(environment_variable))
        out.push_back(std::string(environment_variable) + "=" + chosen);
    return out;
}

std::vector<std::string> with_kept_script(std::vector<std::string> environment, const ScriptFile &script) {
    const auto find = [&](const std::string &variable) {
        return std::find_if(environment.begin(), environment.end(),
                            [&](const std::string &one) { return one.starts_with(variable); });
    };
    const auto files = find(files_variable), kept = find(kept_variable);
    if (files == environment.end() || kept == environment.end()) return environment;
    const std::vector<fs::path> names = parts_of(std::string_view(*files).substr(files_variable.size()));
    std::vector<fs::path> copies = parts_of(std::string_view(*kept).substr(kept_variable.size()));
    const auto at = std::find(names.begin(), names.end(), script.script);
    if (at == names.end() || copies.size() != names.size()) return environment;
    copies[static_cast<std::size_t>(at - names.begin())] = script.kept;
    *kept = kept_variable + joined(copies);
    return environment;
}

void set_script_environment(const std::vector<fs::path> &scripts) {
    ::setenv(PARLOUR_SCRIPT_FILES, joined(scripts).c_str(), 1);
}

std::vector<fs::path> files_of_script_environment() {
    std::vector<fs::path> out = split(std::getenv(PARLOUR_SCRIPT_FILES));
    for (fs::path &kept : split(std::getenv(PARLOUR_SCRIPT_KEPT))) out.push_back(std::move(kept));
    if (const char *chosen = std::getenv(environment_variable); chosen != nullptr && *chosen != '\0') {
        // The folder of an environment holds more than its programs.
        out.push_back(environment_folder(chosen) / "pyvenv.cfg");
    }
    return out;
}

} // namespace parlour::host
