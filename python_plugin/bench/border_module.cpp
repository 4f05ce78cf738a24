// `_border`: the other side of the calls that border.py measures, native and across the border, the same work on both
// sides: take a number and give one back; add a string's length; add up the numbers of a dict of 5 or of 100.
// Raw CPython as the module's hot methods are, and one function by pybind11 to compare.
#include <Python.h>
#include <pybind11/pybind11.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Numbers = std::map<std::string, long>;

__attribute__((noinline)) long native_simple(long value) {
    asm volatile("" : "+r"(value));
    return value + 1;
}
__attribute__((noinline)) long native_text(const std::string &text) {
    asm volatile("" ::: "memory");
    return static_cast<long>(text.size());
}
__attribute__((noinline)) long native_numbers(const Numbers &numbers) {
    long sum = 0;
    for (const auto &[name, value] : numbers) sum += value;
    return sum;
}

Numbers make_numbers(long count) {
    Numbers out;
    for (long i = 0; i < count; ++i) out.emplace("key" + std::to_string(i), i);
    return out;
}

double nanoseconds(Clock::time_point since, long calls) {
    return std::chrono::duration<double, std::nano>(Clock::now() - since).count() / static_cast<double>(calls);
}

// ---- Python to native ----

PyObject *simple(PyObject *, PyObject *value) {
    const long number = PyLong_AsLong(value);
    return number == -1 && PyErr_Occurred() != nullptr ? nullptr : PyLong_FromLong(native_simple(number));
}

PyObject *text(PyObject *, PyObject *value) {
    Py_ssize_t length = 0;
    const char *utf8 = PyUnicode_AsUTF8AndSize(value, &length);
    if (utf8 == nullptr) return nullptr;
    return PyLong_FromLong(native_text(std::string(utf8, static_cast<std::size_t>(length))));
}

PyObject *numbers(PyObject *, PyObject *dict) {
    if (PyDict_Check(dict) == 0) return PyErr_Format(PyExc_TypeError, "a dict is needed");
    PyObject *key = nullptr, *value = nullptr;
    Py_ssize_t at = 0;
    long sum = 0;
    while (PyDict_Next(dict, &at, &key, &value) != 0) {
        const long number = PyLong_AsLong(value);
        if (PyUnicode_AsUTF8(key) == nullptr || (number == -1 && PyErr_Occurred() != nullptr)) return nullptr;
        sum += number;
    }
    return PyLong_FromLong(sum);
}

// As many numbers at once through the buffer protocol: what to do instead of a dict of 100.
PyObject *buffer(PyObject *, PyObject *object) {
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) != 0) return nullptr;
    const auto *from = static_cast<const long *>(view.buf);
    long sum = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(view.len) / sizeof(long); ++i) sum += from[i];
    PyBuffer_Release(&view);
    return PyLong_FromLong(sum);
}

// ---- native to native: native(kind, calls) -> nanoseconds a call ----

PyObject *native(PyObject *, PyObject *arguments) {
    const char *kind = nullptr;
    long calls = 0;
    if (PyArg_ParseTuple(arguments, "sl", &kind, &calls) == 0) return nullptr;
    const std::string name = kind, sample = "four in a row";
    const Numbers five = make_numbers(5), hundred = make_numbers(100);
    volatile long sink = 0;
    const auto began = Clock::now();
    for (long i = 0; i < calls; ++i) {
        if (name == "simple") {
            sink = native_simple(i);
        } else if (name == "string") {
            sink = native_text(sample);
        } else {
            sink = native_numbers(name == "dict of 5" ? five : hundred);
        }
    }
    static_cast<void>(sink);
    return PyFloat_FromDouble(nanoseconds(began, calls));
}

// ---- native to Python: call(function, kind, calls, with_gil) -> nanoseconds a call ----

// The names of a dict are made once, as bindings keep them; the values each time.
using Names = std::vector<PyObject *>;

PyObject *argument_of(const std::string &kind, const Numbers &values, const Names &names) {
    if (kind == "simple") return PyLong_FromLong(1);
    if (kind == "string") return PyUnicode_FromString("four in a row");
    PyObject *dict = PyDict_New();
    std::size_t at = 0;
    for (const auto &[name, value] : values) {
        PyObject *number = dict != nullptr ? PyLong_FromLong(value) : nullptr;
        if (number == nullptr || PyDict_SetItem(dict, names[at++], number) != 0) Py_CLEAR(dict);
        Py_XDECREF(number);
        if (dict == nullptr) return nullptr;
    }
    return dict;
}

PyObject *call(PyObject *, PyObject *arguments) {
    PyObject *function = nullptr;
    const char *kind = nullptr;
    long calls = 0;
    int release = 0;
    if (PyArg_ParseTuple(arguments, "Oslp", &function, &kind, &calls, &release) == 0) return nullptr;
    const std::string name = kind;
    const Numbers values = make_numbers(name == "dict of 5" ? 5 : 100);
    Names names;
    for (const auto &[key, value] : values) names.push_back(PyUnicode_InternFromString(key.c_str()));
    bool failed = false;
    const auto began = Clock::now();
    for (long i = 0; i < calls && !failed; ++i) {
        PyThreadState *let_go = release != 0 ? PyEval_SaveThread() : nullptr;
        if (let_go != nullptr) PyEval_RestoreThread(let_go);
        PyObject *argument = argument_of(name, values, names);
        PyObject *returned = argument != nullptr ? PyObject_CallOneArg(function, argument) : nullptr;
        Py_XDECREF(argument);
        failed = returned == nullptr;
        Py_XDECREF(returned);
    }
    const double each = nanoseconds(began, calls);
    for (PyObject *key : names) Py_XDECREF(key);
    return failed ? nullptr : PyFloat_FromDouble(each);
}

PyMethodDef methods[] = {
    {"simple", simple, METH_O, "value + 1"},
    {"text", text, METH_O, "The string's length, read as std::string."},
    {"numbers", numbers, METH_O, "The sum of a dict's values, item by item."},
    {"buffer", buffer, METH_O, "The sum of a buffer of C longs."},
    {"native", native, METH_VARARGS, "native(kind, calls): nanoseconds a call in C++ alone."},
    {"call", call, METH_VARARGS,
     "call(function, kind, calls, release): nanoseconds a call of a Python function, its argument "
     "made of native values each time; with release the GIL is let go of and taken each time."},
    {nullptr, nullptr, 0, nullptr}};

} // namespace

PYBIND11_MODULE(_border, module) {
    if (PyModule_AddFunctions(module.ptr(), methods) != 0) throw pybind11::error_already_set();
    module.def("simple_by_pybind11", [](long value) { return native_simple(value); });
}
