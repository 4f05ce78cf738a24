#include "arguments.hpp"

namespace py = pybind11;

namespace parlour::python {

void raise(PyObject *type, const std::string &sentence) {
    set_error(type, sentence);
    throw py::error_already_set();
}

py::object str_of(std::string_view text) {
    PyObject *object = to_str(text);
    if (object == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(object);
}

std::uint64_t whole_number(py::handle given, const std::string &name, std::uint64_t least, std::uint64_t most) {
    const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(given.ptr()));
    if (!number) {
        PyErr_Clear();
        raise(PyExc_TypeError, name + " is a whole number, not " + Py_TYPE(given.ptr())->tp_name);
    }
    const unsigned long long value = PyLong_AsUnsignedLongLong(number.ptr());
    const bool beyond = PyErr_Occurred() != nullptr;
    PyErr_Clear();
    if (beyond || value < least || value > most) {
        auto shown = py::cast<std::string>(py::repr(number));
        if (shown.size() > 30) shown = shown.substr(0, 27) + "...";
        raise(errors.argument, name + " is a whole number from " + std::to_string(least) + " to " +
                                   (most == UINT64_MAX ? "2**64 - 1" : std::to_string(most)) + ", not " + shown);
    }
    return value;
}

std::string text_of(py::handle given, const std::string &name, PyObject *wrong) {
    if (wrong == nullptr) wrong = errors.argument;
    if (!PyUnicode_Check(given.ptr())) {
        raise(PyExc_TypeError, name + " is a text, not " + Py_TYPE(given.ptr())->tp_name);
    }
    Py_ssize_t length = 0;
    const char *text = PyUnicode_AsUTF8AndSize(given.ptr(), &length);
    if (text == nullptr) {
        PyErr_Clear();
        raise(wrong, name + " has characters that are none: " + py::cast<std::string>(py::repr(given)));
    }
    const std::string_view whole(text, static_cast<std::size_t>(length));
    if (whole.find('\0') != whole.npos) {
        raise(wrong, name + " has a NUL character: " + py::cast<std::string>(py::repr(given)));
    }
    return std::string(whole);
}

} // namespace parlour::python
