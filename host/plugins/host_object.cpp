#include "host/plugins/host_object.hpp"

#include "host/plugins/console.hpp"
#include "host/plugins/text.hpp"

#include <spdlog/spdlog.h>

#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

namespace parlour::host {

namespace {

constexpr std::size_t longest_line = 2000;

struct Log {
    std::mutex mutex;
    LogSink sink;
};

// Never destroyed: plugins may log until the process ends.
Log &log_of_the_process() {
    static Log &log = *new Log;
    return log;
}

spdlog::level::level_enum level_of(std::int32_t severity) {
    switch (severity) {
        case PARLOUR_LOG_DEBUG:
            return spdlog::level::debug;
        case PARLOUR_LOG_INFO:
            return spdlog::level::info;
        case PARLOUR_LOG_WARN:
            return spdlog::level::warn;
        default:
            return spdlog::level::err;
    }
}

struct HostObject {
    parlour_host host{};
    std::string who;
};

void log_from_plugin(const parlour_host *host, std::int32_t severity, const char *text) {
    if (host == nullptr || text == nullptr) return;
    const auto &object = *static_cast<const HostObject *>(host->impl);
    log_line(severity, object.who, std::string(text, strnlen(text, longest_line + 4)));
}

const void *no_extension(const parlour_host *, const char *) {
    return nullptr;
}

} // namespace

void set_log_sink(LogSink sink) {
    Log &log = log_of_the_process();
    const std::lock_guard lock(log.mutex);
    log.sink = std::move(sink);
}

void log_line(std::int32_t severity, const std::string &who, const std::string &text) {
    const std::string line = one_line(text, longest_line);
    if (Console *console = ConsoleScope::current(); console != nullptr && !console->add(severity, line)) return;
    Log &log = log_of_the_process();
    const std::lock_guard lock(log.mutex);
    if (log.sink)
        log.sink(severity, who, line);
    else
        spdlog::log(level_of(severity), "{}: {}", who, line);
}

const parlour_host *make_host_object(const std::string &who) {
    static auto &objects = *new std::vector<std::unique_ptr<HostObject>>;
    objects.push_back(std::make_unique<HostObject>());
    HostObject &object = *objects.back();
    object.who = who;
    object.host.size = sizeof object.host;
    object.host.abi_major = PARLOUR_ABI_MAJOR;
    object.host.abi_minor = PARLOUR_ABI_MINOR;
    object.host.impl = &object;
    object.host.name = "parlour";
    object.host.version = PARLOUR_VERSION;
    object.host.log = log_from_plugin;
    object.host.get_extension = no_extension;
    return &object.host;
}

} // namespace parlour::host
