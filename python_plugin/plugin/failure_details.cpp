#include "failure_details.hpp"

namespace parlour::python_plugin {

namespace {

thread_local std::string details_of_thread;

} // namespace

parlour_status report_failure(parlour_error *error, const ScriptFailure &failure) {
    details_of_thread = failure.details();
    return report(error, failure);
}

void remember_details(std::string details) {
    details_of_thread = std::move(details);
}

const char *last_details() {
    return details_of_thread.c_str();
}

} // namespace parlour::python_plugin
