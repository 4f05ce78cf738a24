#include "host/plugins/raw_commands.hpp"

#include "host/plugins/probe.hpp"
#include "host/plugins/validate.hpp"
#include "host/sandbox/attempts.hpp"

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace parlour::host {

namespace {

constexpr int wrong_usage = 2;

template <class Number>
bool read_number(std::string_view text, Number &out) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    return code == std::errc{} && end == text.data() + text.size();
}

} // namespace

std::optional<int> run_raw_command(int argc, const char *const *argv) {
    const auto word = [&](int i) { return i < argc ? std::string_view(argv[i]) : std::string_view{}; };
    if (word(1) == "probe" && word(2) == "--raw") {
        if (argc == 5) return run_raw_probe(argv[3], argv[4]);
        return argc == 4 ? run_raw_probe(argv[3]) : wrong_usage;
    }
    if (word(1) == "workers" && word(2) == "--raw") return argc == 4 ? run_sandbox_check(argv[3]) : wrong_usage;
    if (word(1) != "validate" || word(2) != "--raw-check") return std::nullopt;

    const std::string name(word(3));
    std::uint64_t seed = 1;
    std::uint32_t rounds = 100;
    std::vector<std::filesystem::path> companions;
    int at = 4;
    for (; at + 1 < argc; at += 2) {
        if (word(at) == "--with")
            companions.emplace_back(word(at + 1));
        else if (!(word(at) == "--seed" && read_number(word(at + 1), seed)) &&
                 !(word(at) == "--rounds" && read_number(word(at + 1), rounds)))
            return wrong_usage;
    }
    return at + 1 == argc ? run_raw_check(name, seed, rounds, companions, argv[at]) : wrong_usage;
}

} // namespace parlour::host
