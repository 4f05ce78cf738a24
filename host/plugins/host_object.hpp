// The host as plugins see it, one object a plugin, so that every line of the log carries the plugin's name.
#pragma once

#include <parlour/host.h>

#include <functional>
#include <string>

namespace parlour::host {

// Takes a line of the log: a PARLOUR_LOG_* severity, who wrote it, and one line of text. Called from any thread, one
// call at a time.
using LogSink = std::function<void(std::int32_t severity, const std::string &who, const std::string &text)>;

// Sends log lines to `sink` from now on; an empty one means spdlog's default logger, as at the start. [any]
void set_log_sink(LogSink sink);

// Writes one line to the log in the name of a plugin or a layer, and to this thread's console where it has one. [any]
void log_line(std::int32_t severity, const std::string &who, const std::string &text);

// The host object for the plugin `who`; lives as long as the process. [main]
const parlour_host *make_host_object(const std::string &who);

} // namespace parlour::host
