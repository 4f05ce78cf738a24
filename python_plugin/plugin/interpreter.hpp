// The Python of this process: started on the first use, or the one that runs already; never ended.
#pragma once

#include "object.hpp"

#include <parlour/host.h>
#include <module/core.hpp>

#include <string>

namespace parlour::python_plugin {

// Called by the plugin's init: where it lies and whom it logs to. Starts nothing. [main]
void set_surroundings(const parlour_host *host, const char *plugin_path);

// One line to the host's log. [any]
void log_line(std::int32_t severity, const std::string &text);

// Every line of a failure's traceback to the host's log. [any]
void log_failure(const std::string &who, const ScriptFailure &failure);

// Starts Python if need be. Afterwards Gil may be used on any thread. Throws ScriptFailure with a sentence where
// there is no Python or no package `parlour`. Started on the main thread, scripts that run there can be interrupted
// by signals. Without the GIL, or with it. [any]
void start_python();

// A function or class of parlour.script.runtime; with the GIL, after start_python(). Throws ScriptFailure.
Ref runtime(const char *name);

// What the module parlour offers for wrapping games and positions; with the GIL. Throws ScriptFailure.
const python::Core &core();

// A call of a script begins: it may print so much again. With the GIL.
void begin_console();

} // namespace parlour::python_plugin
