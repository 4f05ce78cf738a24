#include "host/plugins/crash_marker.hpp"

#include "host/plugins/child_process.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/quarantine.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fstream>
#include <sstream>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

// Signals that a faulty plugin brings about, and those by which somebody ends a program that is all right.
constexpr int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP};
constexpr int requests[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGALRM, SIGXCPU, SIGUSR1, SIGUSR2};

// What the signal handlers see of the markers of this process: there is one for each registry, seldom more than one.
struct Slot {
    std::atomic<int> descriptor{-1};
    std::array<char, PATH_MAX> path{};
};
constexpr std::size_t most_markers = 16;
std::array<Slot, most_markers> slots;
static_assert(std::atomic<int>::is_always_lock_free, "signal handlers read it");

// Both handlers end with the signal's own effect: SA_RESETHAND has put its default action back.
void on_crash(int signal) {
    char line[] = "{\"signal\": 00}\n";
    line[11] = static_cast<char>('0' + signal / 10 % 10);
    line[12] = static_cast<char>('0' + signal % 10);
    if (signal < 10) line[11] = ' ';
    for (const Slot &slot : slots) {
        if (slot.descriptor >= 0 && ::write(slot.descriptor, line, sizeof line - 1) < 0) continue;
    }
    ::raise(signal);
}

void on_request(int signal) {
    for (const Slot &slot : slots) {
        if (slot.descriptor >= 0) ::unlink(slot.path.data());
    }
    ::raise(signal);
}

void handle(int signal, void (*handler)(int)) {
    struct sigaction before {};
    if (::sigaction(signal, nullptr, &before) != 0 || before.sa_handler != SIG_DFL) return;
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

void install_handlers() {
    static const bool once = [] {
        // A stack for the handler of a stack that overflowed.
        static std::array<char, 1u << 16> stack;
        stack_t given{};
        if (::sigaltstack(nullptr, &given) == 0 && (given.ss_flags & SS_DISABLE) != 0) {
            given = {};
            given.ss_sp = stack.data();
            given.ss_size = stack.size();
            ::sigaltstack(&given, nullptr);
        }
        for (const int signal : crashes) handle(signal, on_crash);
        for (const int signal : requests) handle(signal, on_request);
        return true;
    }();
    static_cast<void>(once);
}

// Another one each time the system starts.
std::string boot_id() {
    std::ifstream stream("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(stream, id);
    return id;
}

// When this process started, in clock ticks since the system did.
std::string start_time() {
    std::ifstream stream("/proc/self/stat");
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    std::istringstream rest(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string word;
    constexpr int fields_after_name = 20;
    for (int field = 0; field < fields_after_name; ++field) rest >> word;
    return word;
}

bool append(int descriptor, const Json &json) {
    const std::string line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    return ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

// Reads a marker whose process is gone; lines that are damaged are passed over.
void read_marker(const fs::path &file, std::vector<Suspect> &suspects) {
    std::ifstream stream(file, std::ios::binary);
    std::string line, signal;
    std::vector<Suspect> found;
    bool this_boot = false;
    while (std::getline(stream, line)) {
        const Json json = Json::parse(line, nullptr, false);
        if (!json.is_object()) continue;
        const auto text = [&](const char *key) {
            const auto at = json.find(key);
            return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
        };
        if (json.contains("boot")) this_boot = text("boot") == boot_id();
        if (const auto at = json.find("signal"); at != json.end() && at->is_number_integer() && signal.empty())
            signal = signal_name(at->get<int>());
        if (const fs::path path = text("file"); path.is_absolute()) found.push_back({path, text("content"), {}});
    }
    if (!this_boot) return;
    for (Suspect &suspect : found) {
        suspect.signal = signal;
        suspects.push_back(std::move(suspect));
    }
}

} // namespace

CrashMarker::CrashMarker(fs::path folder) : folder_(std::move(folder)) {}

CrashMarker::~CrashMarker() {
    if (descriptor_ < 0) return;
    ::unlink(file_.c_str());
    for (Slot &slot : slots) {
        int mine = descriptor_;
        slot.descriptor.compare_exchange_strong(mine, -1);
    }
    ::close(descriptor_);
}

// The marker gets its name only when it is locked and begun, so that no other process takes it for one left behind.
bool CrashMarker::open() {
    if (descriptor_ >= 0) return true;
    static int count = 0;
    const std::string name = fmt::format("{}-{}-{}", ::getpid(), start_time(), ++count);
    const fs::path fresh = folder_ / (name + ".new");
    file_ = folder_ / (name + ".json");
    const auto slot = std::find_if(slots.begin(), slots.end(), [](const Slot &each) { return each.descriptor < 0; });
    std::error_code problem;
    fs::create_directories(folder_, problem);
    if (problem || slot == slots.end() || file_.native().size() >= slot->path.size()) return false;
    const int made = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (made < 0) return false;
    const Json head{{"pid", ::getpid()}, {"started", start_time()}, {"boot", boot_id()}};
    if (::flock(made, LOCK_EX | LOCK_NB) != 0 || !append(made, head) || ::rename(fresh.c_str(), file_.c_str()) != 0) {
        ::unlink(fresh.c_str());
        ::close(made);
        return false;
    }
    std::memcpy(slot->path.data(), file_.c_str(), file_.native().size() + 1);
    slot->descriptor = descriptor_ = made;
    install_handlers();
    return true;
}

void CrashMarker::note(const PluginFile &plugin) {
    if (folder_.empty() || std::find(noted_.begin(), noted_.end(), plugin.plain) != noted_.end()) return;
    noted_.push_back(plugin.plain);
    const Json line{{"file", plugin.plain.string()}, {"content", content_of(plugin)}};
    if (!open() || !append(descriptor_, line))
        log_line(PARLOUR_LOG_WARN, "plugins",
                 fmt::format("{} cannot be written: if {} brings the program down, the next start will not know",
                             folder_.string(), plugin.plain.string()));
}

std::vector<Suspect> collect_suspects(const fs::path &folder) {
    std::vector<Suspect> out;
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
        const fs::path &file = at->path();
        if (file.extension() != ".json") continue;
        const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (descriptor < 0) continue;
        struct stat facts {};
        // Another start may have collected it between the opening and the lock: then it has no name any more.
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &facts) == 0 && facts.st_nlink > 0) {
            read_marker(file, out);
            ::unlink(file.c_str());
        }
        ::close(descriptor);
    }
    return out;
}

fs::path marker_folder(const fs::path &state_folder) {
    return state_folder.empty() ? state_folder : state_folder / "running";
}

} // namespace parlour::host
