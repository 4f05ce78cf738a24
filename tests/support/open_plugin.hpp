// tests/support/open_plugin.hpp - a shipped plugin opened with nothing but dlopen, so that tests of rules and engines
// do not stand on the host's loader.
//
//     const parlour::test::OpenGame game("reversi", {{"size", "4"}});
//     parlour::StateBuffer state(game->state_size());
//     game->initial(state.data(), 0);
//
// Everything that goes wrong (no such file, no entry, a refused option) is a std::runtime_error with a sentence; in a
// test that is a failure. Plugins are never closed.
#pragma once

#include <parlour/engine.h>
#include <parlour/game_ref.hpp>

#include <dlfcn.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace parlour::test {

// Options of a game or engine as text, in any order: {{"size", "4"}}.
using Options = std::vector<std::pair<std::string, std::string>>;

// A host that keeps log lines to itself.
inline const parlour_host &quiet_host() {
    static const parlour_host host{
        sizeof host,
        PARLOUR_ABI_MAJOR,
        PARLOUR_ABI_MINOR,
        nullptr,
        "parlour-tests",
        "1.0",
        [](const parlour_host *, std::int32_t, const char *) {},
        [](const parlour_host *, const char *) -> const void * { return nullptr; },
    };
    return host;
}

// The folder into which the build puts the shipped plugins.
inline std::filesystem::path plugin_folder() {
    return std::filesystem::path(PARLOUR_BINARY_DIR) / "plugins";
}

// Opens a plugin, checks the frozen head of its entry and runs init, once a file and process.
inline const parlour_entry_t &open_plugin(const std::filesystem::path &file) {
    static std::mutex mutex;
    static std::map<std::string, const parlour_entry_t *> opened;
    const std::lock_guard lock(mutex);
    const parlour_entry_t *&entry = opened[file.string()];
    if (entry != nullptr) return *entry;

    void *handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) throw std::runtime_error("cannot open " + file.string() + ": " + dlerror());
    const auto *found = static_cast<const parlour_entry_t *>(dlsym(handle, "parlour_entry"));
    if (found == nullptr) throw std::runtime_error(file.string() + " exports no parlour_entry");
    if (found->magic != PARLOUR_ABI_MAGIC || found->abi_major != PARLOUR_ABI_MAJOR ||
        found->min_host_minor > PARLOUR_ABI_MINOR) {
        throw std::runtime_error(file.string() + " was built for another interface");
    }
    parlour_error error{};
    if (found->init(&quiet_host(), file.c_str(), &error) != PARLOUR_OK) {
        throw std::runtime_error(file.string() + " refuses to start: " + error.text);
    }
    entry = found;
    return *entry;
}

// The options as the C interface takes them; `options` outlives the result.
inline std::vector<parlour_kv> to_c(const Options &options) {
    std::vector<parlour_kv> pairs;
    for (const auto &[id, value] : options) pairs.push_back({id.c_str(), value.c_str()});
    return pairs;
}

// A game made by a plugin and destroyed with this object. Use it as a pointer to a GameRef.
class OpenGame {
public:
    // The game `id` of plugins/`id`.so.
    explicit OpenGame(const std::string &id, const Options &options = {})
        : OpenGame(plugin_folder() / (id + ".so"), id, options) {}

    // The game `id` of any plugin file.
    OpenGame(const std::filesystem::path &file, const std::string &id, const Options &options) {
        const auto *factory =
            static_cast<const parlour_game_factory *>(open_plugin(file).get_factory(PARLOUR_GAMES_FACTORY));
        if (factory == nullptr) throw std::runtime_error(file.string() + " has no games");
        const std::vector<parlour_kv> pairs = to_c(options);
        parlour_error error{};
        if (factory->create(&quiet_host(), id.c_str(), pairs.data(), static_cast<std::uint32_t>(pairs.size()), &raw_,
                            &error) != PARLOUR_OK) {
            throw std::runtime_error("cannot create " + id + ": " + error.text);
        }
        ref_ = GameRef(raw_);
    }
    ~OpenGame() {
        if (raw_.self != nullptr) raw_.api->destroy(raw_.self);
    }
    OpenGame(const OpenGame &) = delete;
    OpenGame &operator=(const OpenGame &) = delete;

    const GameRef &operator*() const { return ref_; }
    const GameRef *operator->() const { return &ref_; }

private:
    parlour_game raw_{};
    GameRef ref_;
};

// An engine made by a plugin and destroyed with this object.
class OpenEngine {
public:
    // The engine `id` of plugins/`id`.so.
    explicit OpenEngine(const std::string &id, const Options &options = {})
        : OpenEngine(plugin_folder() / (id + ".so"), id, options) {}

    // The engine `id` of any plugin file.
    OpenEngine(const std::filesystem::path &file, const std::string &id, const Options &options) {
        const auto *factory =
            static_cast<const parlour_engine_factory *>(open_plugin(file).get_factory(PARLOUR_ENGINES_FACTORY));
        if (factory == nullptr) throw std::runtime_error(file.string() + " has no engines");
        const std::vector<parlour_kv> pairs = to_c(options);
        parlour_error error{};
        if (factory->create(&quiet_host(), id.c_str(), pairs.data(), static_cast<std::uint32_t>(pairs.size()), &raw_,
                            &error) != PARLOUR_OK) {
            throw std::runtime_error("cannot create " + id + ": " + error.text);
        }
    }
    ~OpenEngine() {
        if (raw_.self != nullptr) raw_.api->destroy(raw_.self);
    }
    OpenEngine(const OpenEngine &) = delete;
    OpenEngine &operator=(const OpenEngine &) = delete;

    const parlour_engine_api *operator->() const { return raw_.api; }
    void *self() const { return raw_.self; }

private:
    parlour_engine raw_{};
};

} // namespace parlour::test
