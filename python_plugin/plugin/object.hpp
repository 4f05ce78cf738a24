// Python objects as values, and the GIL as a scope. The plugin talks to CPython through its C interface alone: no
// global Python objects, no destructors that need the GIL without having it.
#pragma once

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <parlour/abi.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace parlour::python_plugin {

// Holds the GIL. May be nested, on any thread.
class Gil {
public:
    Gil() : state_(PyGILState_Ensure()) {}
    ~Gil() { PyGILState_Release(state_); }
    Gil(const Gil &) = delete;
    Gil &operator=(const Gil &) = delete;

private:
    PyGILState_STATE state_;
};

// An owned reference. Made, copied and destroyed with the GIL held.
class Ref {
public:
    Ref() = default;
    // Takes over a new reference, which may be null.
    static Ref take(PyObject *object) {
        Ref out;
        out.object_ = object;
        return out;
    }
    // Another reference to a borrowed one.
    static Ref share(PyObject *object) {
        Py_XINCREF(object);
        return take(object);
    }
    Ref(const Ref &other) : object_(other.object_) { Py_XINCREF(object_); }
    Ref(Ref &&other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Ref &operator=(Ref other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() { Py_XDECREF(object_); }

    PyObject *get() const { return object_; }
    PyObject *release() { return std::exchange(object_, nullptr); }
    explicit operator bool() const { return object_ != nullptr; }

private:
    PyObject *object_ = nullptr;
};

// A failure of a script, taken out of Python: safe to carry anywhere.
class ScriptFailure : public std::runtime_error {
public:
    explicit ScriptFailure(std::string sentence, std::uint32_t line = 0, std::string details = {},
                           parlour_status code = PARLOUR_E_SCRIPT)
        : std::runtime_error(std::move(sentence)), line_(line), details_(std::move(details)), code_(code) {}

    std::uint32_t line() const { return line_; }            // of the script; 0: none
    const std::string &details() const { return details_; } // the traceback; may be ""
    // PARLOUR_E_SCRIPT; PARLOUR_E_STOPPED: its time was over; PARLOUR_E_ILLEGAL: a move that the rules do not
    // allow; PARLOUR_E_ARG: an option's value that does not fit.
    parlour_status code() const { return code_; }

private:
    std::uint32_t line_;
    std::string details_;
    parlour_status code_;
};

// The Python error that is set, as a ScriptFailure; clears it. ScriptError and TimeUp of parlour.script are known.
ScriptFailure take_failure();

// A new reference that must be there; throws take_failure() for null.
inline Ref need(PyObject *object) {
    if (object == nullptr) throw take_failure();
    return Ref::take(object);
}

// Text of a str; surrogates become backslash escapes. Throws for anything else.
std::string text_of(PyObject *object);
inline std::string text_of(const Ref &object) {
    return text_of(object.get());
}

// An item of a dict, borrowed; throws where it is missing.
PyObject *item_of(PyObject *dict, const char *key);
// Numbers; throw for anything else.
long long integer_of(PyObject *object);
double real_of(PyObject *object);

Ref make_text(std::string_view text);

// Writes a failure with its code and line to a caller's error struct (may be null). Returns the code.
parlour_status report(parlour_error *error, const ScriptFailure &failure);

} // namespace parlour::python_plugin
