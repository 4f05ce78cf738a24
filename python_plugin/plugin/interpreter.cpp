#include "interpreter.hpp"

#include "watchdog.hpp"

#include <parlour/scripts.h>
#include <parlour/common.hpp>

#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

namespace parlour::python_plugin {

namespace {

constexpr std::size_t longest_shown_path = 80;

struct Surroundings {
    const parlour_host *host = nullptr;
    std::filesystem::path plugin;
    std::mutex starting;
    bool started = false;
    // Kept for ever, once started.
    PyObject *runtime_module = nullptr, *begin = nullptr;
    const python::Core *core = nullptr;
};

Surroundings &surroundings() {
    static auto &one = *new Surroundings;
    return one;
}

// In a worker the process is this plugin's: it may take signals and redirect what scripts print.
bool in_worker() {
    const char *said = std::getenv("PARLOUR_WORKER");
    return said != nullptr && *said == '1';
}

// Debian's extension modules and NumPy do not name libpython as a library they need; its symbols have to be global.
// Without this json is silently slow and ctypes, _decimal, asyncio and numpy cannot be imported.
void promote_libpython() {
    constexpr int mode = RTLD_NOW | RTLD_GLOBAL;
    if (dlopen(PARLOUR_LIBPYTHON, mode | RTLD_NOLOAD) == nullptr) dlopen(PARLOUR_LIBPYTHON, mode);
}

// "3.11" of the line "version = 3.11.2" in the file that makes a folder a virtual environment; "" without one.
std::string version_of_environment(const std::filesystem::path &folder) {
    std::ifstream file(folder / "pyvenv.cfg");
    for (std::string line; std::getline(file, line);) {
        const std::size_t equals = line.find('='), digits = line.find_first_of("0123456789");
        if (!line.starts_with("version") || equals == std::string::npos || digits == std::string::npos) continue;
        return line.substr(digits, line.find('.', line.find('.', digits) + 1) - digits);
    }
    return {};
}

// What is wrong with a program as a Python of this library's version; "" when nothing is. Programs are not run: in a
// locked-down process none can be.
std::string problem_of(const std::filesystem::path &program) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(program, ignored)) return "there is no such file";
    if (::access(program.c_str(), X_OK) != 0) return "that is no program";
    const std::string wanted = "python" PARLOUR_PYTHON_VERSION;
    const std::string name = std::filesystem::canonical(program, ignored).filename().string();
    if (!name.starts_with("python")) return "that is no Python";
    if (const std::string found = version_of_environment(program.parent_path().parent_path()); !found.empty())
        return found == PARLOUR_PYTHON_VERSION ? "" : "that is Python " + found;
    const std::string version = name.substr(std::min(name.find_first_of("0123456789."), name.size()));
    if (version.find('.') != std::string::npos && name != wanted) return "that is " + name;
    const auto prefix = std::filesystem::canonical(program.parent_path(), ignored).parent_path();
    return std::filesystem::is_directory(prefix / "lib" / wanted, ignored)
               ? ""
               : "there is no lib/" + wanted + " beside its folder";
}

// The Python to be: PARLOUR_PYTHON may name a virtual environment's. Throws for one that cannot be used: Python
// itself would quietly take another.
std::string python_program() {
    const char *chosen = std::getenv("PARLOUR_PYTHON");
    if (chosen == nullptr || *chosen == '\0') return PARLOUR_PYTHON_PROGRAM;
    std::error_code ignored;
    const std::filesystem::path path(chosen);
    const bool folder = std::filesystem::is_directory(path, ignored);
    const std::filesystem::path program = folder ? path / "bin" / "python3" : path;
    std::string problem = problem_of(program);
    if (problem.empty()) return program.string();
    if (folder && !std::filesystem::exists(program, ignored)) problem = "there is no bin/python3 in that folder";
    std::string shown = chosen;
    if (shown.size() > longest_shown_path) shown = "..." + shown.substr(shown.size() - longest_shown_path);
    throw ScriptFailure("PARLOUR_PYTHON (or the setting scripts_python) is " + shown + ", but " + problem +
                        "; name a program of Python " PARLOUR_PYTHON_VERSION " or a virtual environment's folder");
}

void check(const PyStatus &status, PyConfig *config) {
    if (!PyStatus_Exception(status)) return;
    const std::string why = status.err_msg != nullptr ? status.err_msg : "it does not say why";
    if (config != nullptr) PyConfig_Clear(config);
    throw ScriptFailure("Python does not start: " + why);
}

// Isolated, UTF-8, unbuffered, repeatable; writes no .pyc files and takes no signals.
void start_interpreter() {
    PyPreConfig before;
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1;
    check(Py_PreInitialize(&before), nullptr);
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.buffered_stdio = 0;
    config.use_hash_seed = 1;
    config.hash_seed = 0;
    config.write_bytecode = 0;
    config.install_signal_handlers = 0;
    config.parse_argv = 0;
    check(PyConfig_SetBytesString(&config, &config.program_name, python_program().c_str()), &config);
    check(Py_InitializeFromConfig(&config), &config);
    PyConfig_Clear(&config);
}

// Puts the folder of the package `parlour` onto sys.path, behind everything else, where it is not found anyway.
void find_package() {
    if (PyDict_GetItemString(PyImport_GetModuleDict(), "parlour") != nullptr) return; // imported from elsewhere
    const std::filesystem::path folder = surroundings().plugin.parent_path();
    const Ref path = Ref::share(PySys_GetObject("path"));
    if (!path || !PyList_Check(path.get())) throw ScriptFailure("sys.path is no list");
    for (const std::filesystem::path &candidate : {folder / "python", folder.parent_path() / "python"}) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(candidate / "parlour", ignored)) continue;
        const Ref text = make_text(candidate.string());
        if (PyList_Insert(path.get(), 0, text.get()) != 0) throw take_failure();
        return;
    }
}

PyObject *console_line(PyObject *, PyObject *line) {
    try {
        log_line(PARLOUR_LOG_INFO, text_of(line));
    } catch (const ScriptFailure &) {
        PyErr_Clear();
    }
    Py_RETURN_NONE;
}

PyMethodDef console_method{"console_line", console_line, METH_O, nullptr};

// In a worker: prints go to the host, and a crash or SIGUSR1 writes where the script is.
void take_over_process() {
    const Ref write = need(PyCFunction_New(&console_method, nullptr));
    const Ref open = runtime("open_console");
    const Ref console = need(PyObject_CallOneArg(open.get(), write.get()));
    surroundings().begin = need(PyObject_GetAttrString(console.get(), "begin")).release();
    if (!in_worker()) return;
    const Ref handler = need(PyImport_ImportModule("faulthandler"));
    const Ref signals = need(PyImport_ImportModule("signal"));
    const Ref number = need(PyObject_GetAttrString(signals.get(), "SIGUSR1"));
    need(PyObject_CallMethod(handler.get(), "enable", "i", 2));
    need(PyObject_CallMethod(handler.get(), "register", "Oi", number.get(), 2));
}

void import_package() {
    Surroundings &here = surroundings();
    here.runtime_module = need(PyImport_ImportModule("parlour.script.runtime")).release();
    const Ref loader = need(PyImport_ImportModule("parlour.script.loader"));
    const Ref shipped = make_text((here.plugin.parent_path() / "scripts").string());
    if (PyObject_SetAttrString(loader.get(), "shipped_folder", shipped.get()) != 0) throw take_failure();
    const Ref module = need(PyImport_ImportModule("parlour._parlour"));
    const auto *core = static_cast<const python::Core *>(PyCapsule_Import(python::core_capsule, 0));
    if (core == nullptr) throw take_failure();
    if (core->version != python::core_version)
        throw ScriptFailure("the Python package parlour is of another version than this plugin");
    here.core = core;
}

void prepare(bool attached) {
    find_package();
    import_package();
    const Ref trouble = need(PyImport_ImportModule("parlour.script.trouble"));
    start_watchdog(need(PyObject_GetAttrString(trouble.get(), "TimeUp")), !attached);
    if (!attached) take_over_process();
}

} // namespace

void set_surroundings(const parlour_host *host, const char *plugin_path) {
    if (surroundings().host != nullptr) return; // the module may load this plugin once more
    surroundings().host = host;
    surroundings().plugin = plugin_path != nullptr ? plugin_path : "";
}

void log_line(std::int32_t severity, const std::string &text) {
    const parlour_host *host = surroundings().host;
    if (host != nullptr && PARLOUR_HAS(host, parlour_host, log)) host->log(host, severity, text.c_str());
}

void log_failure(const std::string &who, const ScriptFailure &failure) {
    log_line(PARLOUR_LOG_ERROR, who + ": " + failure.what());
    std::string_view rest = failure.details();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (end > 0) log_line(PARLOUR_LOG_ERROR, std::string(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void start_python() {
    Surroundings &here = surroundings();
    if (__atomic_load_n(&here.started, __ATOMIC_ACQUIRE)) return;
    const bool attached = Py_IsInitialized() != 0;
    if (attached) {
        // The GIL first, then the mutex: whoever holds the mutex may be waiting for the GIL.
        const Gil gil;
        if (here.started) return;
        prepare(true);
        __atomic_store_n(&here.started, true, __ATOMIC_RELEASE);
        return;
    }
    const std::lock_guard lock(here.starting);
    if (here.started) return;
    // Where scripts look for engines: this process was started for them.
    if (in_worker() || std::getenv(PARLOUR_SCRIPT_FILES) != nullptr)
        ::setenv("PARLOUR_PLUGIN_PATH", here.plugin.parent_path().c_str(), 0);
    promote_libpython();
    start_interpreter();
    std::string trouble;
    try {
        prepare(false);
    } catch (const ScriptFailure &failure) {
        trouble = failure.what();
    }
    PyEval_SaveThread();
    if (!trouble.empty()) throw ScriptFailure("the Python package parlour cannot be used: " + trouble);
    __atomic_store_n(&here.started, true, __ATOMIC_RELEASE);
}

Ref runtime(const char *name) {
    return need(PyObject_GetAttrString(surroundings().runtime_module, name));
}

const python::Core &core() {
    return *surroundings().core;
}

void begin_console() {
    if (surroundings().begin == nullptr) return;
    const Ref done = Ref::take(PyObject_CallNoArgs(surroundings().begin));
    if (!done) PyErr_Clear();
}

} // namespace parlour::python_plugin
