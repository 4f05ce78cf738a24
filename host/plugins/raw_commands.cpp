#include "host/plugins/raw_commands.hpp"

#include "host/plugins/probe.hpp"

#include <string_view>

namespace parlour::host {

std::optional<int> run_raw_command(int argc, const char *const *argv) {
    const auto word = [&](int i) { return i < argc ? std::string_view(argv[i]) : std::string_view{}; };
    if (argc == 4 && word(1) == "probe" && word(2) == "--raw") return run_raw_probe(argv[3]);
    return std::nullopt;
}

} // namespace parlour::host
