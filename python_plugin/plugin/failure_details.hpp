// The traceback of the last failure on a thread, for the host to ask for.
#pragma once

#include "object.hpp"

namespace parlour::python_plugin {

// Remembers a failure's details and writes the failure to `error` (may be null); returns its code. [any]
parlour_status report_failure(parlour_error *error, const ScriptFailure &failure);
// Remembers details of a failure that no error struct carries. [any]
void remember_details(std::string details);
// What the last report_failure() or remember_details() on this thread remembered; "" without one. [any]
const char *last_details();

// Runs a cold function of the interface: starts Python, holds the GIL, and turns every exception into a status.
template <class Body>
parlour_status guarded_script(parlour_error *error, Body body) noexcept;

} // namespace parlour::python_plugin

#include "interpreter.hpp"

#include <parlour/common.hpp>

namespace parlour::python_plugin {

template <class Body>
parlour_status guarded_script(parlour_error *error, Body body) noexcept {
    return detail::guarded(error, [&]() -> parlour_status {
        try {
            start_python();
            const Gil gil;
            return body();
        } catch (const ScriptFailure &failure) {
            return report_failure(error, failure);
        }
    });
}

} // namespace parlour::python_plugin
