#include "host/cli/setup.hpp"

#include "host/plugins/layers/layers.hpp"
#include "host/plugins/text.hpp"
#include "host/settings/settings_file.hpp"
#include "host/worker/remote_engine.hpp"
#include "host/worker/remote_game.hpp"
#include "host/worker/support_asker.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>

namespace parlour::host::cli {

void set_up_log(bool verbose) {
    static const auto logger = [] {
        auto made = spdlog::stderr_color_mt("parlour");
        made->set_pattern("parlour: %v");
        spdlog::set_default_logger(made);
        return made;
    }();
    logger->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
}

std::filesystem::path own_program() {
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{} : path;
}

Isolation isolation_of(const CommandLine &line) {
    const std::string whose = line.text_or("isolate", SettingsFile().values().isolate);
    if (whose == "none") return Isolation::none;
    if (whose == "dropped") return Isolation::dropped;
    if (whose == "all") return Isolation::all;
    throw Refusal(ExitCode::usage, "--isolate takes all, dropped or none, not \"" + one_line(whose, 40) + "\"");
}

WorkerSetup worker_setup() {
    WorkerSetup setup;
    setup.program = find_worker_program(own_program());
    setup.memory_bytes = static_cast<std::uint64_t>(SettingsFile().values().worker_memory) << 20;
    return setup;
}

// The Python that scripts run with: the environment's, else the setting's. Whether it can be used is found by the
// plugin that runs scripts, in processes with other working folders.
static void choose_python(const std::string &setting) {
    const char *home = std::getenv("HOME"), *given = std::getenv("PARLOUR_PYTHON");
    std::string chosen = given != nullptr && *given != '\0' ? given : setting;
    if (chosen.starts_with("~/") && home != nullptr) chosen = home + chosen.substr(1);
    std::error_code error;
    if (!chosen.empty()) ::setenv("PARLOUR_PYTHON", std::filesystem::absolute(chosen, error).c_str(), 1);
}

std::unique_ptr<Registry> open_registry(const CommandLine &line) {
    set_up_log(line.has("verbose"));
    const Settings chosen = SettingsFile().values();
    choose_python(chosen.scripts_python);
    RegistryOptions options;
    options.reload_scripts = chosen.scripts_reload != "never";
    options.hold_new_versions = chosen.scripts_reload == "ask";
    options.isolate = isolation_of(line);
    options.worker_engines = remote_engine_maker(worker_setup());
    options.worker_games = remote_game_maker(worker_setup());
    options.worker_support = remote_support_asker(worker_setup());
    options.shipped_folders = shipped_plugin_folders();
    options.state_folder = default_state_folder();
    for (const std::string &folder : line.texts("plugins")) {
        std::error_code error;
        if (!std::filesystem::is_directory(folder, error)) {
            throw Refusal(ExitCode::not_found, "--plugins names " + folder + ", which is not a folder");
        }
        options.search_path.emplace_back(std::filesystem::absolute(folder));
    }
    for (auto &folder : default_search_path()) options.search_path.push_back(std::move(folder));
    options.probe_program = own_program();
    options.cache_file = default_cache_file();
    options.check_plugins = line.has("check-plugins");
    options.trace_calls = line.has("trace-calls");
    return std::make_unique<Registry>(std::move(options));
}

OptionMap parse_options(const std::vector<std::string> &pairs) {
    OptionMap options;
    for (const std::string &pair : pairs) {
        const std::size_t at = pair.find('=');
        if (at == std::string::npos || at == 0) {
            throw Refusal(ExitCode::usage, "an option is given as id=value, not \"" + one_line(pair, 60) + "\"");
        }
        options[pair.substr(0, at)] = pair.substr(at + 1);
    }
    return options;
}

GamePtr open_game(const Registry &registry, const std::string &id, const std::vector<std::string> &options) {
    const OptionMap values = parse_options(options);
    return value_or_refuse(registry.create_game(id, values));
}

EngineSpec parse_engine_spec(const std::string &text) {
    const std::size_t equals = text.find('=');
    const std::size_t colon = equals == std::string::npos ? std::string::npos : text.rfind(':', equals);
    EngineSpec spec{text.substr(0, colon), {}};
    if (equals != std::string::npos && colon == std::string::npos) {
        throw Refusal(ExitCode::usage,
                      "an engine is given as id or id:option=value,option=value, not \"" + one_line(text, 60) + "\"");
    }
    if (colon == std::string::npos) return spec;
    std::vector<std::string> pairs;
    std::size_t begin = colon + 1;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        pairs.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    spec.options = parse_options(pairs);
    return spec;
}

EngineSpec known_engine(const Registry &registry, const std::string &text) {
    EngineSpec spec = parse_engine_spec(text);
    // Creating it says best what is wrong with an id or an option.
    static_cast<void>(value_or_refuse(registry.create_engine(spec.id, spec.options)));
    return spec;
}

void require_support(const Registry &registry, const EngineSpec &engine, const Game &game) {
    const Registry::Support support = registry.supports(engine.id, game);
    if (support.score > 0) return;
    throw Refusal(ExitCode::failed,
                  engine.id + " does not play " + game.name() + (support.why.empty() ? "" : ": " + support.why));
}

void add_limit_options(CommandLine &line) {
    line.value("nodes", "N", "positions an engine may look at for a move")
        .value("depth", "N", "plies an engine may look ahead")
        .value("playouts", "N", "simulations an engine may play for a move");
}

SeatLimits limits_of(const CommandLine &line, const std::string &time_option) {
    SeatLimits limits;
    limits.time = line.duration(time_option);
    limits.nodes = line.number("nodes", 1, UINT64_MAX);
    limits.playouts = line.number("playouts", 1, UINT64_MAX);
    if (const auto depth = line.number("depth", 1, 10000)) limits.depth = static_cast<std::uint32_t>(*depth);
    return limits;
}

StateBuffer position_of(const Game &game, const std::optional<std::string> &position, std::uint64_t seed) {
    if (!position) return game.initial(seed);
    auto parsed = game.parse_state(*position);
    if (!parsed.ok())
        throw Refusal(ExitCode::usage, "--position is none of " + game.name() + ": " + parsed.sentence());
    return std::move(parsed).value();
}

std::uint64_t seed_of(const CommandLine &line) {
    return line.number("seed", 0, UINT64_MAX).value_or(1);
}

void report_layers(const Game &game, std::ostream &err) {
    for (const std::string &report : {trace_report(game), check_report(game)}) {
        if (!report.empty()) err << report << (report.ends_with('\n') ? "" : "\n");
    }
}

} // namespace parlour::host::cli
