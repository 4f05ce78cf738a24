#include "host/worker/worker_setup.hpp"

namespace parlour::host {

namespace fs = std::filesystem;

fs::path find_worker_program(const fs::path &own) {
    const fs::path folder = own.parent_path();
    for (const fs::path &candidate :
         {folder / "parlour-worker", (folder / PARLOUR_WORKER_FROM_PROGRAM).lexically_normal(),
          fs::path(PARLOUR_INSTALLED_WORKER)}) {
        std::error_code ignored;
        if (fs::is_regular_file(candidate, ignored)) return candidate;
    }
    return {};
}

} // namespace parlour::host
