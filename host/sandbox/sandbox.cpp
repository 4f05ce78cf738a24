#include "host/sandbox/sandbox.hpp"

#include "host/sandbox/calls.hpp"
#include "host/sandbox/landlock.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

constexpr rlim_t most_descriptors = 64;
constexpr std::uint64_t addresses_beyond_memory = 1ull << 30;
constexpr long call_close_range = 436; // the same on every architecture

bool may_trace = true; // this process may still use ptrace

// What became of a layer.
struct Outcome {
    bool in_force;
    std::string sentence;
};

Outcome failure(const char *what) {
    return {false, fmt::format("{} ({})", what, std::strerror(errno))};
}

Outcome close_descriptors(const SandboxRules &rules) {
    const auto first = static_cast<unsigned>(rules.last_kept_descriptor + 1);
    if (::syscall(call_close_range, first, ~0u, 0) != 0) {
        // Before Linux 5.9. The folder's own descriptor is among them; closing it twice does no harm.
        std::vector<int> open;
        std::error_code problem;
        for (fs::directory_iterator at("/proc/self/fd", problem), end; !problem && at != end; at.increment(problem))
            open.push_back(std::atoi(at->path().filename().c_str()));
        if (problem) return {false, "what the program had open could not be listed and stays open"};
        for (const int descriptor : open) {
            if (descriptor > rules.last_kept_descriptor) ::close(descriptor);
        }
    }
    return {true, "nothing that the program had open can be reached"};
}

bool set_limit(__rlimit_resource resource, rlim_t value) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) != 0) return false;
    limit.rlim_cur = limit.rlim_max = std::min(value, limit.rlim_max);
    return ::setrlimit(resource, &limit) == 0;
}

Outcome set_limits(const SandboxRules &rules) {
    ::signal(SIGXFSZ, SIG_IGN); // writing to a file then fails instead of killing
    bool set = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, 0) && set_limit(RLIMIT_NOFILE, most_descriptors);
    std::string words;
    if (rules.memory_bytes > 0 && !sanitized_build) {
        set = set_limit(RLIMIT_DATA, rules.memory_bytes) && set;
        set = set_limit(RLIMIT_AS, rules.memory_bytes + addresses_beyond_memory) && set;
        words = fmt::format("at most {} MB of memory, ", rules.memory_bytes >> 20);
    }
    if (rules.cpu_seconds > 0) {
        set = set_limit(RLIMIT_CPU, rules.cpu_seconds) && set;
        words += fmt::format("{} s of processor time, ", rules.cpu_seconds);
    }
    if (!set) return failure("limits could not be set");
    return {true, fmt::format("{}{} open descriptors, no file contents, no core files", words, most_descriptors)};
}

Outcome follow_parent(const SandboxRules &rules, bool &orphaned) {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return failure("it may outlive the program");
    orphaned = rules.parent != 0 && ::getppid() != rules.parent;
    if (orphaned) return {false, "the program that started it is gone"};
    return {true, "ends when the program ends"};
}

Outcome give_up_privileges() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failure("no_new_privs is not to be had");
    return {true, "gains no rights from programs that have more"};
}

Outcome lock_files(const SandboxRules &rules, int &version) {
    std::string why;
    version = landlock_version(why);
    if (version == 0) return {false, fmt::format("files are not locked: {}", why)};
    std::vector<fs::path> readable{"/usr",
                                   "/lib",
                                   "/lib32",
                                   "/lib64",
                                   "/libx32",
                                   "/bin",
                                   "/dev/null",
                                   "/dev/urandom",
                                   "/etc/localtime",
                                   "/dev/zero",
                                   "/proc/cpuinfo",
                                   "/etc/ld.so.cache",
                                   "/sys/devices/system/cpu"};
    if (sanitized_build) readable.emplace_back("/proc"); // sanitizers read their own maps
    readable.insert(readable.end(), rules.read_only.begin(), rules.read_only.end());
    if (const std::string problem = restrict_files(readable, version); !problem.empty())
        return {false, fmt::format("files are not locked: {}", problem)};
    return {true, fmt::format("reads system files and the plugin's own only, writes none (Landlock {})", version)};
}

Outcome lock_calls() {
    if (std::string problem = restrict_calls(); !problem.empty()) return {false, std::move(problem)};
    return {true, "no other programs or processes, no network, nothing opened for writing (seccomp)"};
}

// The folder `inner` is `outer`, or lies below it.
bool lies_within(const fs::path &inner, const fs::path &outer) {
    const auto [end, rest] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
    return end == outer.end() || (end->empty() && std::next(end) == outer.end());
}

} // namespace

bool SandboxReport::in_force(SandboxLayer layer) const {
    return all_in_force(layer);
}

bool SandboxReport::all_in_force(std::uint32_t wanted) const {
    std::uint32_t held = 0;
    for (const LayerReport &each : layers) held |= each.in_force ? each.layer : 0u;
    return (held & wanted) == wanted;
}

SandboxReport lock_down(const SandboxRules &rules) {
    SandboxReport report;
    const auto layer = [&](SandboxLayer which, const char *id, const auto &apply) {
        if ((rules.layers & which) == 0) return;
        const Outcome outcome = apply();
        report.layers.push_back({which, id, outcome.in_force, outcome.sentence});
    };
    layer(layer_descriptors, "descriptors", [&] { return close_descriptors(rules); });
    layer(layer_limits, "limits", [&] { return set_limits(rules); });
    layer(layer_parent, "parent", [&] { return follow_parent(rules, report.orphaned); });
    layer(layer_privileges, "privileges", [] { return give_up_privileges(); });
    if ((rules.layers & (layer_files | layer_calls)) != 0) give_up_privileges(); // both stand on it
    layer(layer_files, "files", [&] { return lock_files(rules, report.landlock_version); });
    layer(layer_calls, "calls", [] { return lock_calls(); });
    may_trace = !report.all_in_force(layer_calls);
    return report;
}

#if defined(__SANITIZE_ADDRESS__)
// The leak sanitizer asks this at the end of a process; it looks for leaks by ptrace.
extern "C" int __lsan_is_turned_off() { // NOLINT(bugprone-reserved-identifier): its name there
    return may_trace ? 0 : 1;
}
#endif

std::string report_json(const SandboxReport &report) {
    nlohmann::ordered_json layers = nlohmann::ordered_json::array();
    for (const LayerReport &each : report.layers)
        layers.push_back({{"id", each.id}, {"in_force", each.in_force}, {"sentence", each.sentence}});
    const nlohmann::ordered_json out{{"layers", std::move(layers)}, {"landlock", report.landlock_version}};
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<fs::path> readable_for_plugin(const fs::path &file) {
    std::error_code ignored;
    const fs::path real = fs::weakly_canonical(file, ignored);
    const auto holds_more = [&](const fs::path &folder) {
        if (folder == folder.root_path()) return true;
        for (const fs::path &shared : {fs::path("/tmp"), fs::path("/var/tmp"), fs::path("/home")}) {
            if (folder == shared) return true;
        }
        const char *home = std::getenv("HOME");
        return home != nullptr && *home == '/' && lies_within(fs::weakly_canonical(home, ignored), folder);
    };
    std::vector<fs::path> out;
    for (const fs::path &named : {file, real}) {
        fs::path folder = named.parent_path();
        if (folder.filename() == "x86-64-v3") folder = folder.parent_path();
        out.push_back(holds_more(fs::weakly_canonical(folder, ignored)) ? named : folder);
    }
    return out;
}

} // namespace parlour::host
