// Options of games and engines: plain Python values on one side, texts on the other. Needs the GIL.
#pragma once

#include "plugins.hpp"

#include <pybind11/pybind11.h>

#include <string>
#include <utility>
#include <vector>

namespace parlour::python {

// Option values as text, in the order given.
using Options = std::vector<std::pair<std::string, std::string>>;

// Keyword arguments as the options of `whose` ("game reversi"): bools as true and false, numbers in decimal, text as
// it is. Throws OptionError for an option that is not among the `known` ones, and for anything that is no such value.
Options options_of(const pybind11::dict &arguments, const std::vector<OptionSpec> &known, const std::string &whose);

// The other way round, a new dict: bool, int, float or str by the option's kind; of a choice whose ids are all whole
// numbers an int.
pybind11::dict values_of(const Options &options, const std::vector<OptionSpec> &known);

// The named tuples parlour.OptionInfo of all of them.
pybind11::tuple option_infos(const std::vector<OptionSpec> &options);

} // namespace parlour::python
