#include "host/plugins/quarantine.hpp"

#include "host/base/atomic_file.hpp"
#include "host/base/sealed_text.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_bytes = 8u << 20;
constexpr std::size_t longest_reason = 400, longest_details = 64u << 10;

// Holds other processes off while this one reads and writes; without a lock (a file system that has none) it goes on.
class FileLock {
public:
    explicit FileLock(const fs::path &file)
        : descriptor_(::open((file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX) != 0) {
            ::close(descriptor_);
            descriptor_ = -1;
        }
    }
    ~FileLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

private:
    int descriptor_;
};

// Newlines stay, everything else is made fit for people.
std::string fit_details(const std::string &text) {
    std::string out;
    for (std::size_t at = 0; at < std::min(text.size(), longest_details);) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        out += (at == 0 ? "" : "\n") + one_line(std::string_view(text).substr(at, end - at), 2000);
        at = end + 1;
    }
    return out;
}

Result<std::vector<QuarantineEntry>> parse(const std::string &sealed) {
    const Result<std::string_view> text = unseal(sealed);
    if (!text) return Problem{"it " + text.sentence(), PARLOUR_E_PARSE};
    std::vector<QuarantineEntry> out;
    try {
        const Json json = Json::parse(*text);
        for (const Json &row : json.at("files")) {
            QuarantineEntry entry;
            entry.file = row.at("file").get<std::string>();
            entry.content = one_line(row.at("content").get<std::string>(), 80);
            entry.reason = one_line(row.at("reason").get<std::string>(), longest_reason);
            entry.details = fit_details(row.at("details").get<std::string>());
            entry.when = row.at("when").get<std::int64_t>();
            if (!entry.file.is_absolute() || entry.reason.empty()) throw std::runtime_error("an entry lacks a field");
            out.push_back(std::move(entry));
        }
    } catch (const std::exception &problem) {
        return Problem{one_line(problem.what(), 200), PARLOUR_E_PARSE};
    }
    return out;
}

// The entries in the file; an absent one has none. A damaged one is moved aside; one that cannot be read at all is a
// Problem, and stays.
Result<std::vector<QuarantineEntry>> load(const fs::path &file) {
    const Result<std::string> text = read_file(file, most_bytes);
    if (!text && text.problem().code == PARLOUR_E_NOTFOUND) return std::vector<QuarantineEntry>();
    if (!text && text.problem().code != PARLOUR_E_PARSE) return text.problem();
    Result<std::vector<QuarantineEntry>> entries = text ? parse(*text) : text.problem();
    if (entries) return entries;
    const fs::path aside = file.string() + ".damaged";
    std::error_code failed;
    fs::rename(file, aside, failed);
    if (failed) return entries.problem();
    log_line(
        PARLOUR_LOG_WARN, "plugins",
        fmt::format("the list of plugins in quarantine, {}, is damaged ({}); it was set aside as {}, and no plugin "
                    "is in quarantine",
                    file.string(), entries.sentence(), aside.string()));
    return std::vector<QuarantineEntry>();
}

Result<void> save(const fs::path &file, const std::vector<QuarantineEntry> &entries) {
    Json files = Json::array();
    for (const QuarantineEntry &entry : entries)
        files.push_back({{"file", entry.file.string()},
                         {"content", entry.content},
                         {"reason", entry.reason},
                         {"details", entry.details},
                         {"when", entry.when}});
    const Json json{{"files", std::move(files)}};
    return write_file_atomically(file, seal(json.dump(1, ' ', false, Json::error_handler_t::replace)));
}

} // namespace

std::string content_of(const PluginFile &file) {
    // FNV-1a: it has to tell a file from its next version, not to withstand anybody.
    std::uint64_t hash = 0xcbf29ce484222325ull;
    std::uint64_t size = 0;
    std::array<char, 1u << 16> buffer;
    for (const fs::path &build : file.builds) {
        std::ifstream stream(build, std::ios::binary);
        while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0) {
            size += static_cast<std::uint64_t>(stream.gcount());
            for (std::streamsize i = 0; i < stream.gcount(); ++i)
                hash = (hash ^ static_cast<unsigned char>(buffer[static_cast<std::size_t>(i)])) * 0x100000001b3ull;
        }
    }
    return fmt::format("{:016x}-{}", hash, size);
}

Quarantine::Quarantine(fs::path file) : file_(std::move(file)) {
    if (const Result<void> read = refresh(); !read) log_line(PARLOUR_LOG_WARN, "plugins", read.sentence());
}

Result<void> Quarantine::refresh() {
    if (file_.empty()) return {};
    Result<std::vector<QuarantineEntry>> read = load(file_);
    if (!read)
        return Problem{fmt::format("the list of plugins in quarantine cannot be read: {}", read.sentence()),
                       read.problem().code};
    entries_ = *std::move(read);
    return {};
}

const QuarantineEntry *Quarantine::find(const PluginFile &plugin) {
    const auto at = std::find_if(entries_.begin(), entries_.end(),
                                 [&](const QuarantineEntry &entry) { return entry.file == plugin.plain; });
    if (at == entries_.end()) return nullptr;
    if (at->content == content_of(plugin)) return &*at;
    if (const Result<void> lifted = lift(plugin.plain); !lifted)
        log_line(PARLOUR_LOG_WARN, "plugins", lifted.sentence());
    return nullptr;
}

Result<void> Quarantine::add(QuarantineEntry entry) {
    using namespace std::chrono;
    entry.reason = one_line(entry.reason, longest_reason);
    entry.details = fit_details(entry.details);
    if (entry.when == 0) entry.when = duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
    return change(&entry, nullptr);
}

Result<void> Quarantine::lift(const fs::path &file) {
    if (const Result<void> read = refresh(); !read) return read;
    const bool there = std::any_of(entries_.begin(), entries_.end(),
                                   [&](const QuarantineEntry &entry) { return entry.file == file; });
    if (!there) return Problem{fmt::format("{} is not in quarantine", file.string()), PARLOUR_E_NOTFOUND};
    return change(nullptr, &file);
}

Result<void> Quarantine::change(const QuarantineEntry *added, const fs::path *lifted) {
    const auto apply = [&] {
        const fs::path &file = added != nullptr ? added->file : *lifted;
        std::erase_if(entries_, [&](const QuarantineEntry &entry) { return entry.file == file; });
        if (added != nullptr) entries_.push_back(*added);
    };
    if (file_.empty()) {
        apply();
        return {};
    }
    std::error_code problem;
    fs::create_directories(file_.parent_path(), problem);
    const FileLock lock(file_);
    const Result<void> read = refresh();
    apply();
    if (!read) return read; // what could not be read is not overwritten
    const Result<void> saved = save(file_, entries_);
    if (saved) return {};
    return Problem{fmt::format("the list of plugins in quarantine could not be kept: {}", saved.sentence()),
                   saved.problem().code};
}

fs::path quarantine_file(const fs::path &state_folder) {
    return state_folder.empty() ? state_folder : state_folder / "quarantine.json";
}

} // namespace parlour::host
