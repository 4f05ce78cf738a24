// What a plugin offers, as JSON: the probe's child says it, the cache of probes keeps it, and entries of files that
// are never loaded come from it. All functions are [any].
#pragma once

#include "host/plugins/library.hpp"

#include <nlohmann/json_fwd.hpp>

namespace parlour::host {

// {"games": [...], "engines": [...]}, each with everything in its entry but the file.
nlohmann::ordered_json description_json(const Description &description);

// The same back again. What it reads may have been written by a hostile plugin or a damaged disk: a description that
// describe() would not have let through is a Problem, texts are cut to what people can read.
Result<Description> read_description(const nlohmann::ordered_json &json);

} // namespace parlour::host
