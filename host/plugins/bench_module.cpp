#include "host/plugins/bench_module.hpp"

#include "host/plugins/text.hpp"

#include <dlfcn.h>

namespace parlour::host {

std::filesystem::path bench_module_of(const std::filesystem::path &program, const std::filesystem::path &plugin) {
    std::filesystem::path folder = program.parent_path() / "bench";
    const std::filesystem::path special = "x86-64-v3";
    if (plugin.parent_path().filename() == special) folder /= special;
    return folder / plugin.filename();
}

Result<const BenchTable *> load_bench_module(const std::filesystem::path &file, const std::string &game_id) {
    void *handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        const char *why = dlerror();
        return Problem{"no benchmark module: " + one_line(why == nullptr ? "unknown error" : why),
                       PARLOUR_E_NOTFOUND};
    }
    const auto *table = static_cast<const BenchTable *>(dlsym(handle, bench_symbol));
    if (table == nullptr || table->size < sizeof(BenchTable)) {
        return Problem{file.string() + " is no benchmark module of this program", PARLOUR_E_VERSION};
    }
    if (table->id != game_id) {
        return Problem{file.string() + " has the rules of " + one_line(table->id, 60) + ", not of " + game_id,
                       PARLOUR_E_NOTFOUND};
    }
    return table;
}

} // namespace parlour::host
