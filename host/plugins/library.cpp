#include "host/plugins/library.hpp"

#include "host/plugins/host_object.hpp"
#include "host/plugins/text.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>
#include <sys/stat.h>
#include <boost/dll/shared_library.hpp>

#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>

namespace parlour::host {

namespace {

// The sizes that the tables had in version 1.0. They never grow: what a plugin lacks of later fields is zero.
constexpr std::uint32_t pinned_entry = offsetof(parlour_entry_t, get_factory) + sizeof(void *);
constexpr std::uint32_t pinned_games = offsetof(parlour_game_factory, create) + sizeof(void *);
constexpr std::uint32_t pinned_engines = offsetof(parlour_engine_factory, create) + sizeof(void *);
constexpr std::size_t frozen_bytes = 16;
constexpr std::size_t longest_field = 4096;

// Copies a SIZED struct into ours; what it lacks stays zero.
template <class Table>
void take(Table &mine, const void *theirs) {
    std::uint32_t size;
    std::memcpy(&size, theirs, sizeof size);
    std::memcpy(&mine, theirs, std::min<std::size_t>(size, sizeof mine));
    mine.size = std::min<std::uint32_t>(size, sizeof mine);
}

// The loader's own words out of what Boost.DLL made of them, as a sentence.
std::string load_sentence(const std::string &what, const std::string &file) {
    constexpr std::string_view before = "dlerror system message: ";
    std::string text = what;
    if (const std::size_t at = text.find(before); at != std::string::npos) {
        text.erase(0, at + before.size());
        if (const std::size_t end = text.rfind("):"); end != std::string::npos) text.resize(end);
    }
    if (text.starts_with(file + ": ")) text.erase(0, file.size() + 2);
    constexpr std::string_view undefined = "undefined symbol: ";
    if (text.starts_with(undefined)) {
        const std::string symbol = text.substr(undefined.size());
        int status = 0;
        char *plain = abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status);
        if (status == 0 && plain != nullptr) text = fmt::format("{}{} ({})", undefined, symbol, plain);
        std::free(plain);
        return fmt::format("cannot be loaded: {}; link it with what defines that", one_line(text));
    }
    return fmt::format("cannot be loaded: {}", one_line(text));
}

// What is wrong with the entry's strings and functions.
std::string entry_problem(const parlour_entry_t &entry) {
    const std::pair<const char *, const char *> strings[] = {
        {"id", entry.id},           {"name", entry.name}, {"version", entry.version}, {"vendor", entry.vendor},
        {"license", entry.license}, {"url", entry.url},   {"summary", entry.summary}};
    for (const auto &[what, text] : strings) {
        if (text == nullptr) return fmt::format("has no {} in its entry: the pointer is NULL", what);
        const std::size_t length = strnlen(text, longest_field);
        if (length == longest_field) return fmt::format("has a {} longer than {} bytes", what, longest_field);
        if (!valid_utf8({text, length})) return fmt::format("has a {} that is not UTF-8", what);
    }
    if (*entry.id == '\0') return "has an empty id";
    if (*entry.name == '\0') return "has an empty name";
    if (entry.init == nullptr) return "has no init function in its entry: the pointer is NULL";
    if (entry.get_factory == nullptr) return "has no get_factory function in its entry: the pointer is NULL";
    return {};
}

template <class Factory>
std::string factory_problem(const Factory &factory, std::uint32_t pinned, const char *what) {
    if (factory.size < pinned)
        return fmt::format("has a table of {} that is too short: {} bytes, but version 1.0 has {}", what,
                           factory.size, pinned);
    if (factory.count == nullptr || factory.describe == nullptr || factory.option == nullptr ||
        factory.create == nullptr)
        return fmt::format("has a NULL function in its table of {}", what);
    return {};
}

// The entry of a freshly loaded object, if it is one that this program understands.
Refusal read_entry(void *handle, parlour_entry_t &out) {
    const void *symbol = ::dlsym(handle, "parlour_entry");
    if (symbol == nullptr) return {.sentence = "not a Parlour plugin: it does not export parlour_entry"};
    Dl_info info{};
    link_map *origin = nullptr;
    if (::dladdr1(symbol, &info, reinterpret_cast<void **>(&origin), RTLD_DL_LINKMAP) == 0 || origin != handle)
        return {.sentence = fmt::format("not a Parlour plugin: its parlour_entry comes from {}",
                                        info.dli_fname != nullptr ? one_line(info.dli_fname) : "another file")};

    std::memcpy(&out, symbol, frozen_bytes);
    Refusal refusal{.sentence = {}, .abi_major = out.abi_major, .abi_minor = out.abi_minor};
    if (out.magic != PARLOUR_ABI_MAGIC) {
        refusal.sentence = "not a Parlour plugin: its parlour_entry does not begin with the magic number";
        refusal.abi_major = refusal.abi_minor = 0;
    } else if (out.abi_major != PARLOUR_ABI_MAJOR) {
        refusal.sentence = fmt::format("built for interface {}, this program has {}.{}", out.abi_major,
                                       PARLOUR_ABI_MAJOR, PARLOUR_ABI_MINOR);
    } else if (out.min_host_minor > PARLOUR_ABI_MINOR) {
        refusal.sentence = fmt::format("needs interface {}.{} or later, this program has {}.{}", out.abi_major,
                                       out.min_host_minor, PARLOUR_ABI_MAJOR, PARLOUR_ABI_MINOR);
    } else if (out.size < pinned_entry) {
        refusal.sentence =
            fmt::format("has an entry that is too short: {} bytes, but version 1.0 has {}", out.size, pinned_entry);
    } else {
        std::memcpy(&out, symbol, std::min<std::size_t>(sizeof out, out.size));
        refusal.sentence = entry_problem(out);
    }
    return refusal;
}

// Calls init and asks for the factories.
std::string start_plugin(Library &library) {
    parlour_error error{};
    parlour_status status = PARLOUR_E_FAIL;
    library.host = make_host_object(library.entry.id);
    try {
        status = library.entry.init(library.host, library.file.c_str(), &error);
        if (status != PARLOUR_OK)
            return fmt::format("could not start: {}", sentence_of(error, "its init failed and does not say why"));
        if (const void *games = library.entry.get_factory(PARLOUR_GAMES_FACTORY)) {
            take(library.games, games);
            if (std::string problem = factory_problem(library.games, pinned_games, "games"); !problem.empty())
                return problem;
        }
        if (const void *engines = library.entry.get_factory(PARLOUR_ENGINES_FACTORY)) {
            take(library.engines, engines);
            if (std::string problem = factory_problem(library.engines, pinned_engines, "engines"); !problem.empty())
                return problem;
        }
    } catch (...) {
        return "threw an exception while it started; no exception may leave a plugin";
    }
    if (const void *scripts = library.entry.get_factory(PARLOUR_SCRIPTS_FACTORY)) take(library.scripts, scripts);
    if (library.games.count == nullptr && library.engines.count == nullptr)
        return "has neither a factory of games nor one of engines";
    return {};
}

// Every file that was ever loaded, with what became of it. Never destroyed, so that nothing is unloaded.
struct Loaded {
    boost::dll::shared_library handle;
    LoadOutcome outcome;
};
using FileKey = std::tuple<dev_t, ino_t>;
std::map<FileKey, Loaded> &loaded_files() {
    static auto &files = *new std::map<FileKey, Loaded>;
    return files;
}

// Libraries that are to be ended, the latest last.
std::vector<std::weak_ptr<const Library>> &to_end() {
    static auto &libraries = *new std::vector<std::weak_ptr<const Library>>;
    return libraries;
}

// Runs at exit, once for each library, before the destructors of its statics.
void end_latest() {
    const LibraryPtr library = to_end().back().lock();
    to_end().pop_back();
    constexpr long ours = 2; // the one in loaded_files() and the one here
    if (library && library.use_count() <= ours && library->entry.deinit != nullptr) library->entry.deinit();
}

} // namespace

LoadOutcome load_library(const std::filesystem::path &file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) return {nullptr, {.sentence = "cannot be read", .may_heal = true}};
    auto [at, fresh] = loaded_files().try_emplace(FileKey{facts.st_dev, facts.st_ino});
    Loaded &loaded = at->second;
    if (!fresh) return loaded.outcome;

    LoadOutcome &outcome = loaded.outcome;
    try {
        loaded.handle.load(boost::dll::fs::path(file.string()), boost::dll::load_mode::rtld_now);
    } catch (const std::exception &exception) {
        LoadOutcome failure{nullptr, {.sentence = load_sentence(exception.what(), file.string()), .may_heal = true}};
        loaded_files().erase(at);
        return failure;
    }
    const auto library = std::make_shared<Library>();
    library->file = file;
    outcome.refusal = read_entry(loaded.handle.native(), library->entry);
    if (outcome.refusal.sentence.empty()) outcome.refusal.sentence = start_plugin(*library);
    if (outcome.refusal.sentence.empty()) {
        outcome.library = library;
        to_end().push_back(library);
        std::atexit(end_latest);
    }
    return outcome;
}

} // namespace parlour::host
