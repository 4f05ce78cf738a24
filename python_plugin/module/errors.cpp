#include "errors.hpp"

#include <cstring>

namespace parlour::python {

ErrorTypes errors;

namespace {

// A new exception type with one or two bases, added to the module; null with an error set when that fails.
PyObject *add_type(PyObject *module, const char *name, const char *doc, PyObject *base, PyObject *second = nullptr) {
    PyObject *bases = second != nullptr ? PyTuple_Pack(2, base, second) : PyTuple_Pack(1, base);
    if (bases == nullptr) return nullptr;
    const std::string full = std::string("parlour.") + name;
    PyObject *type = PyErr_NewExceptionWithDoc(full.c_str(), doc, bases, nullptr);
    Py_DECREF(bases);
    if (type != nullptr && PyModule_AddObjectRef(module, name, type) < 0) Py_CLEAR(type);
    return type;
}

} // namespace

bool add_errors(PyObject *module) {
    errors.base = add_type(module, "ParlourError", "What Parlour raises; every other of its exceptions is one.",
                           PyExc_Exception);
    if (errors.base == nullptr) return false;
    errors.illegal_move =
        add_type(module, "IllegalMove", "A move that the rules do not allow here, or a text that names none.",
                 errors.base, PyExc_ValueError);
    errors.game_over = add_type(module, "GameOver", "A move or a search after the end of the game.", errors.base);
    errors.not_found =
        add_type(module, "NotFound", "There is no game or engine with that id.", errors.base, PyExc_LookupError);
    errors.option = add_type(module, "OptionError",
                             "An option that a game or engine does not have, or a value that it does not take.",
                             errors.base, PyExc_ValueError);
    errors.argument = add_type(module, "ArgumentError",
                               "An argument that cannot be: a position's text or bytes, a limit, an array.",
                               errors.base, PyExc_ValueError);
    errors.plugin = add_type(module, "PluginError",
                             "A plugin failed or cannot be used. `plugin` is its id or file, `remote_traceback` the "
                             "script's own traceback, or None.",
                             errors.base, PyExc_RuntimeError);
    errors.cancelled =
        add_type(module, "SearchCancelled", "A search was stopped before it had any result.", errors.base);
    errors.busy =
        add_type(module, "EngineBusy", "The engine is searching already; one engine does one search at a time.",
                 errors.base, PyExc_RuntimeError);
    if (errors.plugin != nullptr) {
        PyObject_SetAttrString(errors.plugin, "plugin", Py_None);
        PyObject_SetAttrString(errors.plugin, "remote_traceback", Py_None);
    }
    return PyErr_Occurred() == nullptr;
}

PyObject *to_str(std::string_view text) {
    return PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
}

PyObject *set_error(PyObject *type, std::string_view sentence) {
    if (PyObject *text = to_str(sentence)) {
        PyErr_SetObject(type, text);
        Py_DECREF(text);
    }
    return nullptr;
}

namespace {

void set_plugin_error(const std::string &who, const std::string &sentence, const std::string &details = {}) {
    PyObject *text = to_str(sentence);
    PyObject *error = text != nullptr ? PyObject_CallOneArg(errors.plugin, text) : nullptr;
    PyObject *plugin = error != nullptr ? to_str(who) : nullptr;
    PyObject *traceback = plugin == nullptr ? nullptr : details.empty() ? Py_NewRef(Py_None) : to_str(details);
    if (traceback != nullptr && PyObject_SetAttrString(error, "plugin", plugin) == 0 &&
        PyObject_SetAttrString(error, "remote_traceback", traceback) == 0) {
        PyErr_SetObject(errors.plugin, error);
    }
    Py_XDECREF(traceback);
    Py_XDECREF(plugin);
    Py_XDECREF(error);
    Py_XDECREF(text);
}

} // namespace

PyObject *set_status_error(parlour_status status, const parlour_error &error, const std::string &who,
                           const std::string &details) {
    if (PyErr_Occurred() != nullptr) return nullptr;
    const std::string said(error.text, strnlen(error.text, sizeof error.text));
    const std::string sentence = said.empty() ? who + " failed and does not say why" : said;
    switch (status) {
        case PARLOUR_E_ARG:
            return set_error(errors.option, sentence);
        case PARLOUR_E_NOTFOUND:
            return set_error(errors.not_found, sentence);
        case PARLOUR_E_ILLEGAL:
        case PARLOUR_E_PARSE:
            return set_error(errors.illegal_move, sentence);
        case PARLOUR_E_STOPPED:
            return set_error(errors.cancelled, sentence);
        case PARLOUR_E_NOMEM:
            return set_error(PyExc_MemoryError, sentence);
        default:
            set_plugin_error(who, sentence, details);
            return nullptr;
    }
}

PyObject *set_fault(const std::string &who, std::string_view what) {
    if (PyErr_Occurred() == nullptr) set_plugin_error(who, "the rules of " + who + " failed " + std::string(what));
    return nullptr;
}

} // namespace parlour::python
