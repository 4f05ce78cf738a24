#include "options.hpp"

#include "arguments.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace py = pybind11;

namespace parlour::python {

namespace {

const OptionSpec *find(const std::vector<OptionSpec> &known, const std::string &id) {
    const auto at = std::find_if(known.begin(), known.end(), [&](const OptionSpec &one) { return one.id == id; });
    return at != known.end() ? &*at : nullptr;
}

std::string text_of_value(const std::string &id, py::handle value) {
    if (PyBool_Check(value.ptr())) return value.ptr() == Py_True ? "true" : "false";
    if (PyUnicode_Check(value.ptr())) return text_of(value, "option " + id, errors.option);
    if (PyFloat_Check(value.ptr())) return py::cast<std::string>(py::repr(value));
    if (PyObject *number = PyNumber_Index(value.ptr())) {
        const auto whole = py::reinterpret_steal<py::object>(number);
        const auto digits = py::reinterpret_steal<py::object>(PyObject_Str(whole.ptr()));
        if (digits) return py::cast<std::string>(digits);
    }
    PyErr_Clear();
    raise(errors.option, "option " + id + " takes a bool, a number or a text, not " + Py_TYPE(value.ptr())->tp_name);
}

bool whole(const std::string &text) {
    long long number = 0;
    const char *end = text.data() + text.size();
    const auto [at, problem] = std::from_chars(text.data(), end, number);
    return problem == std::errc() && at == end && std::to_string(number) == text;
}

// Whether a value of the option is an int for Python.
bool is_int(const OptionSpec &option) {
    if (option.type == PARLOUR_OPTION_INT) return true;
    return option.type == PARLOUR_OPTION_CHOICE && !option.choices.empty() &&
           std::all_of(option.choices.begin(), option.choices.end(),
                       [](const auto &one) { return whole(one.first); });
}

py::object value_of(const OptionSpec &option, const std::string &text) {
    const py::object same = str_of(text);
    if (option.type == PARLOUR_OPTION_BOOL) return py::bool_(text == "true");
    PyObject *number = is_int(option)                        ? PyLong_FromUnicodeObject(same.ptr(), 10)
                       : option.type == PARLOUR_OPTION_FLOAT ? PyFloat_FromString(same.ptr())
                                                             : nullptr;
    if (number != nullptr) return py::reinterpret_steal<py::object>(number);
    PyErr_Clear();
    return same;
}

py::object option_info(const OptionSpec &option) {
    static const char *const types[] = {"bool", "int", "float", "choice", "text"};
    py::tuple choices(option.choices.size());
    for (std::size_t i = 0; i < option.choices.size(); ++i) {
        choices[i] = py::make_tuple(value_of(option, option.choices[i].first), str_of(option.choices[i].second));
    }
    const auto bound = [&](double number) -> py::object {
        if (option.type == PARLOUR_OPTION_INT) return py::int_(static_cast<long long>(number));
        if (option.type == PARLOUR_OPTION_FLOAT) return py::float_(number);
        return py::none();
    };
    const py::object type = py::module_::import("parlour._types").attr("OptionInfo");
    return type(str_of(option.id), types[std::min<std::size_t>(option.type, std::size(types) - 1)],
                str_of(option.label), str_of(option.help), value_of(option, option.default_text), bound(option.min),
                bound(option.max), choices, option.advanced);
}

} // namespace

Options options_of(const py::dict &arguments, const std::vector<OptionSpec> &known, const std::string &whose) {
    Options out;
    for (const auto &[key, value] : arguments) {
        const std::string id = text_of(key, "an option's name", errors.option);
        if (find(known, id) == nullptr) {
            std::string there;
            for (const OptionSpec &one : known) there += (there.empty() ? "" : ", ") + one.id;
            raise(errors.option,
                  whose + " has no option \"" + id + "\"; " + (there.empty() ? "it has none" : "there are " + there));
        }
        out.emplace_back(id, text_of_value(id, value));
    }
    return out;
}

py::dict values_of(const Options &options, const std::vector<OptionSpec> &known) {
    py::dict out;
    for (const auto &[id, text] : options) {
        const OptionSpec *option = find(known, id);
        out[str_of(id)] = option != nullptr ? value_of(*option, text) : str_of(text);
    }
    return out;
}

py::tuple option_infos(const std::vector<OptionSpec> &options) {
    py::tuple out(options.size());
    for (std::size_t i = 0; i < options.size(); ++i) out[i] = option_info(options[i]);
    return out;
}

} // namespace parlour::python
