// The exceptions of the module `parlour`, and how statuses of the C interface become them.
//
//   ParlourError (Exception)
//     IllegalMove (ValueError)    a move that the rules do not allow here
//     GameOver                    a move or search after the end
//     NotFound (LookupError)      no game or engine with that id
//     OptionError (ValueError)    an option that the plugin does not have, or a value that it does not take
//     ArgumentError (ValueError)  another argument whose value does not fit; of the wrong type: TypeError
//     PluginError (RuntimeError)  a plugin failed; .plugin and .remote_traceback say more
//     SearchCancelled             the search was stopped before it had a result
//     EngineBusy (RuntimeError)   the engine is searching already
//
// Everything here needs the GIL.
#pragma once

#include <Python.h>
#include <parlour/abi.h>

#include <string>
#include <string_view>

namespace parlour::python {

struct ErrorTypes {
    PyObject *base = nullptr, *illegal_move = nullptr, *game_over = nullptr, *not_found = nullptr, *option = nullptr,
             *argument = nullptr, *plugin = nullptr, *cancelled = nullptr, *busy = nullptr;
};
// Filled by add_errors(); the references live as long as the process.
extern ErrorTypes errors;

// Makes the exception types and adds them to the module; false with a Python error set when that fails.
bool add_errors(PyObject *module);

// Text of a plugin as a str; bytes that are not UTF-8 become U+FFFD. A new reference, or null with an error set.
PyObject *to_str(std::string_view text);

// Sets a Python error and returns null, for functions of the C API.
PyObject *set_error(PyObject *type, std::string_view sentence);

// Sets the error that belongs to a failed status of the plugin `who`; an error that is set already (a script's own
// exception) stays. `details` becomes a PluginError's remote_traceback. Returns null.
PyObject *set_status_error(parlour_status status, const parlour_error &error, const std::string &who,
                           const std::string &details = {});

// Sets PluginError for rules that answered PARLOUR_TURN_FAULT, unless a script's own exception is set. Returns null.
PyObject *set_fault(const std::string &who, std::string_view what);

} // namespace parlour::python
