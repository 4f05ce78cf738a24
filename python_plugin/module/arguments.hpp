// Between Python's values and ours: what callers give is read with a sentence for what does not fit. Needs the GIL.
#pragma once

#include "errors.hpp"

#include <pybind11/pybind11.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace parlour::python {

// Throws error_already_set with this sentence.
[[noreturn]] void raise(PyObject *type, const std::string &sentence);

// Text of a plugin as a str.
pybind11::object str_of(std::string_view text);

// A whole number in these bounds; throws TypeError for other things, ArgumentError for other numbers. `name` is the
// argument's.
std::uint64_t whole_number(pybind11::handle given, const std::string &name, std::uint64_t least, std::uint64_t most);

// Any seed.
inline std::uint64_t seed_of(pybind11::handle given) {
    return whole_number(given, "seed", 0, UINT64_MAX);
}

// A text that C can read; throws TypeError for other things, and `wrong` (ArgumentError if null) for lone surrogates
// and NUL characters. `name` is the argument's.
std::string text_of(pybind11::handle given, const std::string &name, PyObject *wrong = nullptr);

// What `function` returns, called without the GIL.
template <class Function>
auto without_gil(Function function) {
    const pybind11::gil_scoped_release no_gil;
    return function();
}

} // namespace parlour::python
