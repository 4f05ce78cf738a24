// JSON as commands print it.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace parlour::host::cli {

// Indented, with a new line at its end; bytes that are no UTF-8 are replaced. [any]
inline std::string dumped(const nlohmann::ordered_json &json) {
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace parlour::host::cli
