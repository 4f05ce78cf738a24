#include "plugins.hpp"

#include <dlfcn.h>
#include <parlour/processor.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <set>
#include <string_view>

namespace parlour::python {

namespace fs = std::filesystem;

namespace {

// The sizes that the tables had in version 1.0; later fields may be missing and are then zero.
constexpr std::uint32_t pinned_entry = offsetof(parlour_entry_t, get_factory) + sizeof(void *);
constexpr std::uint32_t pinned_games = offsetof(parlour_game_factory, create) + sizeof(void *);
constexpr std::uint32_t pinned_engines = offsetof(parlour_engine_factory, create) + sizeof(void *);
constexpr std::uint32_t most_entries = 4096, most_options = 256, most_choices = 1024;

void log_to_stderr(const parlour_host *, std::int32_t severity, const char *text) {
    if (severity >= PARLOUR_LOG_WARN && text != nullptr) std::fprintf(stderr, "parlour: %s\n", text);
}

// Copies a SIZED struct into ours; what it lacks stays zero.
template <class Table>
void take(Table &mine, const void *theirs) {
    std::uint32_t size;
    std::memcpy(&size, theirs, sizeof size);
    std::memcpy(&mine, theirs, std::min<std::size_t>(size, sizeof mine));
    mine.size = std::min<std::uint32_t>(size, sizeof mine);
}

// Reads the entry of a loaded object; a sentence when it is not one that this module understands.
std::string read_entry(void *handle, parlour_entry_t &out) {
    constexpr std::size_t frozen_bytes = 16;
    const void *symbol = ::dlsym(handle, "parlour_entry");
    if (symbol == nullptr) return "not a Parlour plugin: it does not export parlour_entry";
    std::memcpy(&out, symbol, frozen_bytes);
    const std::string ours = std::to_string(PARLOUR_ABI_MAJOR) + "." + std::to_string(PARLOUR_ABI_MINOR);
    if (out.magic != PARLOUR_ABI_MAGIC) {
        return "not a Parlour plugin: its parlour_entry does not begin with the magic number";
    }
    if (out.abi_major != PARLOUR_ABI_MAJOR) {
        return "built for interface " + std::to_string(out.abi_major) + ", this module has " + ours;
    }
    if (out.min_host_minor > PARLOUR_ABI_MINOR) {
        return "needs interface " + std::to_string(out.abi_major) + "." + std::to_string(out.min_host_minor) +
               " or later, this module has " + ours;
    }
    if (out.size < pinned_entry) return "has an entry that is shorter than that of version 1.0";
    std::memcpy(&out, symbol, std::min<std::size_t>(sizeof out, out.size));
    if (out.id == nullptr || out.name == nullptr || out.init == nullptr || out.get_factory == nullptr) {
        return "has a NULL pointer in its entry";
    }
    return {};
}

// Calls init, unless somebody else has, and asks for the factories; a sentence when that fails.
std::string start(Library &library, bool started) {
    parlour_error error{};
    if (!started && library.entry.init(host_object(), library.file.c_str(), &error) != PARLOUR_OK) {
        const std::string said(error.text, strnlen(error.text, sizeof error.text));
        return "could not start: " + (said.empty() ? "its init failed and does not say why" : said);
    }
    if (const void *games = library.entry.get_factory(PARLOUR_GAMES_FACTORY)) take(library.games, games);
    if (const void *engines = library.entry.get_factory(PARLOUR_ENGINES_FACTORY)) take(library.engines, engines);
    if (const void *scripts = library.entry.get_factory(PARLOUR_SCRIPTS_FACTORY)) take(library.scripts, scripts);
    const auto whole = [](const auto &factory, std::uint32_t pinned) {
        return factory.size == 0 ||
               (factory.size >= pinned && factory.count != nullptr && factory.describe != nullptr &&
                factory.option != nullptr && factory.create != nullptr);
    };
    if (!whole(library.games, pinned_games)) return "has an incomplete table of games";
    if (!whole(library.engines, pinned_engines)) return "has an incomplete table of engines";
    if (library.games.count == nullptr && library.engines.count == nullptr) return "has neither games nor engines";
    return {};
}

std::string text_of(const char *text) {
    return text != nullptr ? text : "";
}

// All options of a game or engine.
template <class Factory>
std::vector<OptionSpec> options_of(const Factory &factory, const std::string &id) {
    std::vector<OptionSpec> out;
    for (std::uint32_t i = 0; i < most_options; ++i) {
        parlour_option raw{};
        raw.size = sizeof raw;
        if (factory.option(id.c_str(), i, &raw) != PARLOUR_OK || raw.id == nullptr) break;
        OptionSpec option{.type = raw.type,
                          .advanced = (raw.flags & PARLOUR_OPTION_ADVANCED) != 0,
                          .id = raw.id,
                          .label = text_of(raw.label),
                          .help = text_of(raw.help),
                          .default_text = text_of(raw.default_text),
                          .min = raw.min,
                          .max = raw.max,
                          .step = raw.step,
                          .choices = {}};
        for (std::uint32_t c = 0; raw.choice_ids != nullptr && c < std::min(raw.n_choices, most_choices); ++c) {
            option.choices.emplace_back(text_of(raw.choice_ids[c]),
                                        raw.choice_labels != nullptr ? text_of(raw.choice_labels[c]) : "");
        }
        out.push_back(std::move(option));
    }
    return out;
}

void add_folder(std::vector<fs::path> &to, const fs::path &folder) {
    std::error_code ignored;
    if (!folder.empty() && fs::is_directory(folder, ignored)) to.push_back(folder.lexically_normal());
}

// The folder of the module's own file.
fs::path own_folder() {
    static const char here = 0;
    Dl_info info{};
    if (::dladdr(&here, &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code ignored;
    return fs::absolute(info.dli_fname, ignored).parent_path();
}

constexpr const char *scripts_plugin = "python.so";
constexpr std::string_view script_prefix = "python:"; // of the ids of scripts

// Whether this process was started to run scripts: these find the scripts that they were given, and no others.
bool runs_for_scripts() {
    return std::getenv("PARLOUR_WORKER") != nullptr || std::getenv(PARLOUR_SCRIPT_FILES) != nullptr;
}

// The plugins of a folder, each as its fastest build that this processor runs.
std::vector<fs::path> files_of(const fs::path &folder) {
    static const bool v3 = processor_runs_x86_64_v3();
    std::vector<fs::path> out;
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
        std::error_code ignored;
        if (at->path().extension() != ".so" || !at->is_regular_file(ignored)) continue;
        if (at->path().filename() == scripts_plugin) continue;
        const fs::path faster = folder / "x86-64-v3" / at->path().filename();
        out.push_back(v3 && fs::is_regular_file(faster, ignored) ? faster : at->path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

const parlour_host *host_object() {
    static constexpr parlour_host host{
        .size = sizeof(parlour_host),
        .abi_major = PARLOUR_ABI_MAJOR,
        .abi_minor = PARLOUR_ABI_MINOR,
        .impl = nullptr,
        .name = "parlour-python",
        .version = PARLOUR_VERSION,
        .log = log_to_stderr,
        .get_extension = [](const parlour_host *, const char *) -> const void * { return nullptr; }};
    return &host;
}

std::vector<fs::path> plugin_folders() {
    std::vector<fs::path> out;
    if (const char *set = std::getenv("PARLOUR_PLUGIN_PATH")) {
        std::string_view rest = set;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(':'), rest.size());
            add_folder(out, rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    if (const char *data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/') {
        add_folder(out, fs::path(data) / "parlour" / "plugins");
    } else if (const char *home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        add_folder(out, fs::path(home) / ".local/share/parlour/plugins");
    }
    if (const fs::path own = own_folder(); !own.empty()) {
        const fs::path above = own.parent_path().parent_path();
        add_folder(out, own / "plugins");                          // installed by pip
        add_folder(out, own / PARLOUR_PLUGINS_FROM_MODULE);        // installed by CMake
        add_folder(out, above / "plugins");                        // the build folder
        if (above.filename() == "plugins") add_folder(out, above); // the copy beside the plugin that runs scripts
    }
    return out;
}

Catalogue &Catalogue::instance() {
    static auto &catalogue = *new Catalogue;
    return catalogue;
}

void Catalogue::refresh() {
    const Lock lock(mutex_);
    looked_ = true;
    look();
}

void Catalogue::look_once() {
    if (!looked_) refresh();
}

void Catalogue::look() {
    std::set<fs::path> folders;
    for (const fs::path &folder : plugin_folders()) {
        std::error_code problem;
        const fs::path real = fs::canonical(folder, problem);
        if (problem || !folders.insert(real).second) continue;
        for (const fs::path &file : files_of(real)) {
            std::string why;
            take_in(file, why);
        }
        std::error_code ignored;
        if (scripts_plugin_.empty() && fs::is_regular_file(real / scripts_plugin, ignored)) {
            scripts_plugin_ = real / scripts_plugin;
        }
    }
    describe_all();
}

const Library *Catalogue::load(const fs::path &file, std::string &why) {
    const Lock lock(mutex_);
    look_once();
    return take_in(file, why);
}

const Library *Catalogue::load_scripts(std::string &why) {
    const Lock lock(mutex_);
    look_once();
    if (scripts_plugin_.empty()) {
        why = "the plugin that runs scripts, python.so, is in none of the plugin folders";
        return nullptr;
    }
    return take_in(scripts_plugin_, why);
}

void Catalogue::want_scripts() {
    std::string why;
    if (!scripts_plugin_.empty() && !runs_for_scripts()) take_in(scripts_plugin_, why);
}

const Library *Catalogue::take_in(const fs::path &file, std::string &why) {
    std::error_code problem;
    const fs::path real = fs::canonical(file, problem);
    if (problem) {
        why = "there is no file " + file.string();
        return nullptr;
    }
    if (const auto known = loaded_.find(real); known != loaded_.end()) {
        if (known->second == nullptr) {
            for (const Refused &one : refused_) {
                if (one.file == real) why = one.sentence;
            }
        }
        return known->second;
    }
    auto library = std::make_unique<Library>();
    library->file = real;
    // A program that runs Python inside itself may use the plugin already: it has been started then.
    void *running = ::dlopen(real.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
    void *handle = ::dlopen(real.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char *said = ::dlerror();
        why = "cannot be loaded: " + std::string(said != nullptr ? said : "the loader does not say why");
    } else {
        why = read_entry(handle, library->entry);
        if (why.empty()) why = start(*library, running != nullptr);
    }
    if (!why.empty()) {
        refused_.push_back({real, why});
        loaded_.emplace(real, nullptr);
        return nullptr;
    }
    const Library *kept = library.release();
    loaded_.emplace(real, kept);
    order_.push_back(kept);
    describe(*kept);
    return kept;
}

std::vector<GameEntryPtr> Catalogue::games() {
    const Lock lock(mutex_);
    look_once();
    want_scripts();
    return games_;
}

std::vector<EngineEntryPtr> Catalogue::engines() {
    const Lock lock(mutex_);
    look_once();
    want_scripts();
    return engines_;
}

std::vector<Refused> Catalogue::refused() {
    const Lock lock(mutex_);
    look_once();
    want_scripts();
    std::vector<Refused> out = refused_;
    for (const Library *library : order_) {
        for (std::uint32_t i = 0; library->scripts.problem != nullptr && i < most_entries; ++i) {
            parlour_script_problem raw{};
            raw.size = sizeof raw;
            if (library->scripts.problem(i, &raw) != PARLOUR_OK) break;
            out.push_back({text_of(raw.file), text_of(raw.sentence)});
        }
    }
    return out;
}

GameEntryPtr Catalogue::game(const std::string &id) {
    const Lock lock(mutex_);
    look_once();
    if (id.starts_with(script_prefix)) want_scripts();
    const auto at = std::find_if(games_.begin(), games_.end(), [&](const auto &entry) { return entry->id == id; });
    return at != games_.end() ? *at : nullptr;
}

EngineEntryPtr Catalogue::engine(const std::string &id) {
    const Lock lock(mutex_);
    look_once();
    if (id.starts_with(script_prefix)) want_scripts();
    const auto at =
        std::find_if(engines_.begin(), engines_.end(), [&](const auto &entry) { return entry->id == id; });
    return at != engines_.end() ? *at : nullptr;
}

bool Catalogue::has_game(const std::string &id) const {
    return std::any_of(games_.begin(), games_.end(), [&](const auto &entry) { return entry->id == id; });
}

bool Catalogue::has_engine(const std::string &id) const {
    return std::any_of(engines_.begin(), engines_.end(), [&](const auto &entry) { return entry->id == id; });
}

void Catalogue::describe_all() {
    games_.clear();
    engines_.clear();
    for (std::size_t i = 0; i < order_.size(); ++i) { // more may be loaded meanwhile, by a script that is read
        const Library &library = *order_[i];
        if (library.games.refresh != nullptr) library.games.refresh();
        if (library.engines.refresh != nullptr) library.engines.refresh();
        describe(library);
    }
}

void Catalogue::describe(const Library &library) {
    for (std::uint32_t i = 0; library.games.count != nullptr && i < std::min(library.games.count(), most_entries);
         ++i) {
        parlour_game_desc raw{};
        raw.size = sizeof raw;
        if (library.games.describe(i, &raw) != PARLOUR_OK || raw.id == nullptr || has_game(raw.id)) continue;
        const GameEntry entry{&library,
                              raw.id,
                              text_of(raw.name),
                              text_of(raw.family),
                              text_of(raw.summary),
                              raw.flags,
                              raw.players_min,
                              raw.players_max,
                              options_of(library.games, raw.id)};
        games_.push_back(std::make_shared<const GameEntry>(entry));
    }
    for (std::uint32_t i = 0; library.engines.count != nullptr && i < std::min(library.engines.count(), most_entries);
         ++i) {
        parlour_engine_desc raw{};
        raw.size = sizeof raw;
        if (library.engines.describe(i, &raw) != PARLOUR_OK || raw.id == nullptr || has_engine(raw.id)) continue;
        const EngineEntry entry{&library,
                                raw.id,
                                text_of(raw.name),
                                text_of(raw.version),
                                text_of(raw.author),
                                text_of(raw.summary),
                                raw.flags,
                                options_of(library.engines, raw.id)};
        engines_.push_back(std::make_shared<const EngineEntry>(entry));
    }
    const auto by_id = [](const auto &a, const auto &b) { return a->id < b->id; };
    std::stable_sort(games_.begin(), games_.end(), by_id);
    std::stable_sort(engines_.begin(), engines_.end(), by_id);
}

} // namespace parlour::python
