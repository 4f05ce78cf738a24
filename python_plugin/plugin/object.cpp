#include "object.hpp"

#include <parlour/common.hpp>

namespace parlour::python_plugin {

namespace {

// An attribute as text or number, or what stands for it where there is none.
std::string text_attribute(PyObject *object, const char *name) {
    const Ref value = Ref::take(PyObject_GetAttrString(object, name));
    if (!value || !PyUnicode_Check(value.get())) {
        PyErr_Clear();
        return {};
    }
    return text_of(value.get());
}

std::uint32_t line_attribute(PyObject *object) {
    const Ref value = Ref::take(PyObject_GetAttrString(object, "line"));
    const long line = value && PyLong_Check(value.get()) ? PyLong_AsLong(value.get()) : 0;
    PyErr_Clear();
    return line > 0 ? static_cast<std::uint32_t>(line) : 0;
}

} // namespace

ScriptFailure take_failure() {
    PyObject *raw_type = nullptr, *raw_value = nullptr, *raw_trace = nullptr;
    PyErr_Fetch(&raw_type, &raw_value, &raw_trace);
    PyErr_NormalizeException(&raw_type, &raw_value, &raw_trace);
    const Ref type = Ref::take(raw_type), value = Ref::take(raw_value), trace = Ref::take(raw_trace);
    if (!value) return ScriptFailure("Python failed and does not say why");
    if (trace) PyException_SetTraceback(value.get(), trace.get());
    std::string sentence = text_attribute(value.get(), "sentence");
    if (!sentence.empty()) {
        const std::string which = text_attribute(value.get(), "kind");
        const parlour_status code = which == "illegal"    ? PARLOUR_E_ILLEGAL
                                    : which == "argument" ? PARLOUR_E_ARG
                                                          : PARLOUR_E_SCRIPT;
        return ScriptFailure(sentence, line_attribute(value.get()), text_attribute(value.get(), "details"), code);
    }
    const std::string kind = Py_TYPE(value.get())->tp_name;
    const Ref said = Ref::take(PyObject_Str(value.get()));
    if (said) sentence = text_of(said.get());
    PyErr_Clear();
    return ScriptFailure(kind + (sentence.empty() ? "" : ": ") + sentence, 0, {},
                         kind == "TimeUp" ? PARLOUR_E_STOPPED : PARLOUR_E_SCRIPT);
}

std::string text_of(PyObject *object) {
    const Ref bytes = need(PyUnicode_AsEncodedString(object, "utf-8", "backslashreplace"));
    char *at = nullptr;
    Py_ssize_t size = 0;
    if (PyBytes_AsStringAndSize(bytes.get(), &at, &size) != 0) throw take_failure();
    return {at, static_cast<std::size_t>(size)};
}

PyObject *item_of(PyObject *dict, const char *key) {
    PyObject *item = PyDict_GetItemString(dict, key);
    if (item == nullptr) throw ScriptFailure(std::string("the Python half says nothing as ") + key);
    return item;
}

long long integer_of(PyObject *object) {
    const long long out = PyLong_AsLongLong(object);
    if (out == -1 && PyErr_Occurred()) throw take_failure();
    return out;
}

double real_of(PyObject *object) {
    const double out = PyFloat_AsDouble(object);
    if (out == -1.0 && PyErr_Occurred()) throw take_failure();
    return out;
}

Ref make_text(std::string_view text) {
    return need(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}

parlour_status report(parlour_error *error, const ScriptFailure &failure) {
    fail(error, failure.code(), failure.what());
    if (error != nullptr) error->line = failure.line();
    return failure.code();
}

} // namespace parlour::python_plugin
