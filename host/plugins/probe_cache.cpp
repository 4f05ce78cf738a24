#include "host/plugins/probe_cache.hpp"

#include "host/base/atomic_file.hpp"
#include "host/base/sealed_text.hpp"
#include "host/plugins/description_json.hpp"
#include "host/plugins/host_object.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <nlohmann/json.hpp>

#include <chrono>

namespace parlour::host {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t believe_time_outs_for = 24 * 60 * 60; // seconds

std::string program_version() {
    return fmt::format("{} interface {}.{} checks {}", PARLOUR_VERSION, PARLOUR_ABI_MAJOR, PARLOUR_ABI_MINOR,
                       probe_revision);
}

std::int64_t now_seconds() {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace

std::optional<FileStamp> stamp_of(const std::filesystem::path &file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
    return FileStamp{static_cast<std::uint64_t>(facts.st_size),
                     facts.st_mtim.tv_sec * std::int64_t{1'000'000'000} + facts.st_mtim.tv_nsec};
}

ProbeCache::ProbeCache(std::filesystem::path file) : file_(std::move(file)) {
    std::error_code ignored;
    if (file_.empty() || !std::filesystem::exists(file_, ignored)) return;
    constexpr std::size_t largest = 64 << 20;
    const auto text = read_file(file_, largest);
    const auto whole = text ? unseal(*text) : Result<std::string_view>(text.problem());
    const Json json = Json::parse(whole ? *whole : std::string_view(), nullptr, false);
    try {
        if (json.is_discarded()) throw std::runtime_error("not JSON");
        if (json.at("program").get<std::string>() != program_version()) return;
        std::map<std::string, Entry> entries;
        for (const auto &[path, row] : json.at("files").items()) {
            Entry entry;
            entry.stamp.size = row.at("size").get<std::uint64_t>();
            entry.stamp.changed = row.at("changed").get<std::int64_t>();
            entry.probed = row.at("probed").get<std::int64_t>();
            ProbeResult &result = entry.result;
            result.fine = row.at("fine").get<bool>();
            result.sentence = row.at("sentence").get<std::string>();
            result.timed_out = row.at("timed_out").get<bool>();
            result.abi_major = row.at("abi_major").get<std::uint16_t>();
            result.abi_minor = row.at("abi_minor").get<std::uint16_t>();
            result.id = row.at("id").get<std::string>();
            result.name = row.at("name").get<std::string>();
            result.version = row.at("version").get<std::string>();
            result.vendor = row.at("vendor").get<std::string>();
            result.summary = row.at("summary").get<std::string>();
            result.details = row.value("details", std::string());
            Result<Description> description = read_description(row);
            if (!description) throw std::runtime_error(description.sentence());
            result.description = *std::move(description);
            entries.emplace(path, std::move(entry));
        }
        entries_ = std::move(entries);
    } catch (const std::exception &) {
        log_line(PARLOUR_LOG_WARN, "plugins",
                 fmt::format("the cache {} is damaged; every plugin is probed again", file_.string()));
    }
}

std::optional<ProbeResult> ProbeCache::find(const std::filesystem::path &plugin, const FileStamp &stamp) const {
    const auto at = entries_.find(plugin.string());
    if (at == entries_.end() || at->second.stamp != stamp) return std::nullopt;
    const std::int64_t age = now_seconds() - at->second.probed;
    if (at->second.result.timed_out && (age < 0 || age > believe_time_outs_for)) return std::nullopt;
    return at->second.result;
}

void ProbeCache::remember(const std::filesystem::path &plugin, const FileStamp &stamp, const ProbeResult &result) {
    if (file_.empty()) return;
    changed_ = true;
    if (result.may_heal)
        entries_.erase(plugin.string());
    else
        entries_[plugin.string()] = {stamp, now_seconds(), result};
}

void ProbeCache::forget(const std::filesystem::path &plugin) {
    if (entries_.erase(plugin.string()) > 0) changed_ = true;
}

void ProbeCache::save() {
    if (!std::exchange(changed_, false)) return;
    Json files = Json::object();
    for (const auto &[path, entry] : entries_) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) continue;
        const ProbeResult &result = entry.result;
        files[path] = {
            {"size", entry.stamp.size},      {"changed", entry.stamp.changed}, {"probed", entry.probed},
            {"fine", result.fine},           {"sentence", result.sentence},    {"timed_out", result.timed_out},
            {"abi_major", result.abi_major}, {"abi_minor", result.abi_minor},  {"id", result.id},
            {"name", result.name},           {"version", result.version},      {"vendor", result.vendor},
            {"summary", result.summary},     {"details", result.details}};
        files[path].update(description_json(result.description));
    }
    const Json json{{"program", program_version()}, {"files", std::move(files)}};
    std::error_code problem;
    std::filesystem::create_directories(file_.parent_path(), problem);
    const auto written = write_file_atomically(file_, seal(json.dump(1, ' ', false, Json::error_handler_t::replace)));
    if (!written) log_line(PARLOUR_LOG_WARN, "plugins", "the cache of probes: " + written.sentence());
}

} // namespace parlour::host
