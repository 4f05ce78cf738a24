// The plugin's three faces towards the host. Each file beside this one makes one.
#pragma once

#include "catalogue.hpp"

#include <parlour/engine.h>
#include <parlour/scripts.h>

namespace parlour::python_plugin {

const parlour_engine_factory &engine_factory();
const parlour_game_factory &game_factory();
const parlour_scripts_factory &scripts_factory();

// Fills the index-th of a script's options; PARLOUR_E_NOTFOUND beyond the last.
parlour_status fill_option(const std::vector<ScriptOption> &options, std::uint32_t index, parlour_option *out);

} // namespace parlour::python_plugin
