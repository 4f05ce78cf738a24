#include "conformance/subjects.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace parlour::conformance {
namespace {

std::string plain(std::string text) {
    for (char &c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    return text;
}

// As an option's value is written: whole numbers without an exponent.
std::string number_text(double value) {
    constexpr double largest_whole = 1e15;
    char text[32];
    const bool whole = std::trunc(value) == value && std::abs(value) < largest_whole;
    const auto [end, code] =
        std::to_chars(text, text + sizeof text, value, whole ? std::chars_format::fixed : std::chars_format::general);
    static_cast<void>(code);
    return {text, end};
}

// Scripts ("python:greedy") are files of their own, which the build does not make: tests/python has them.
bool is_script(std::string_view id) {
    return id.find(':') != std::string_view::npos;
}

void add_games(const std::filesystem::path &file, const std::string &suffix, Subjects &subjects) {
    const parlour_game_factory *factory = games_of(file);
    if (factory == nullptr) return;
    for (std::uint32_t i = 0; i < factory->count(); ++i) {
        parlour_game_desc about{};
        about.size = sizeof about;
        if (factory->describe(i, &about) != PARLOUR_OK) throw std::runtime_error("describe() refuses a game");
        if (is_script(about.id)) continue;
        const GameSubject game{file, about.id, {}, about.id + suffix, "default"};
        subjects.games.push_back(game);
        if (!suffix.empty()) continue;
        for (const OptionCopy &option : options_of(factory->option, game.id)) {
            for (const std::string &value : option.extremes()) {
                if (value == option.default_text) continue;
                GameSubject variant = game;
                variant.options = {{option.id, value}};
                variant.variant = plain(option.id + "_" + value);
                subjects.games.push_back(variant);
            }
        }
    }
}

void add_engines(const std::filesystem::path &file, const std::string &suffix, Subjects &subjects) {
    const parlour_engine_factory *factory = engines_of(file);
    if (factory == nullptr) return;
    for (std::uint32_t i = 0; i < factory->count(); ++i) {
        parlour_engine_desc about{};
        about.size = sizeof about;
        if (factory->describe(i, &about) != PARLOUR_OK) throw std::runtime_error("describe() refuses an engine");
        if (!is_script(about.id)) subjects.engines.push_back({file, about.id, about.id + suffix});
    }
}

void add_folder(const std::filesystem::path &folder, const std::string &suffix, Subjects &subjects) {
    if (!std::filesystem::is_directory(folder)) return;
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".so") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path &file : files) {
        try {
            add_games(file, suffix, subjects);
            add_engines(file, suffix, subjects);
        } catch (const std::exception &exception) {
            subjects.unopened.push_back({plain(file.stem().string() + suffix), exception.what()});
        }
    }
}

} // namespace

const parlour_game_factory *games_of(const std::filesystem::path &file) {
    return static_cast<const parlour_game_factory *>(test::open_plugin(file).get_factory(PARLOUR_GAMES_FACTORY));
}

const parlour_engine_factory *engines_of(const std::filesystem::path &file) {
    return static_cast<const parlour_engine_factory *>(test::open_plugin(file).get_factory(PARLOUR_ENGINES_FACTORY));
}

std::vector<std::string> OptionCopy::extremes() const {
    switch (type) {
        case PARLOUR_OPTION_BOOL:
            return {"false", "true"};
        case PARLOUR_OPTION_INT:
        case PARLOUR_OPTION_FLOAT:
            return {number_text(min), number_text(max)};
        case PARLOUR_OPTION_CHOICE:
            return choices;
        default:
            return {};
    }
}

std::vector<OptionCopy> options_of(OptionFunction option, const std::string &id) {
    std::vector<OptionCopy> all;
    for (std::uint32_t i = 0; i < 1000; ++i) {
        parlour_option raw{};
        raw.size = sizeof raw;
        if (option(id.c_str(), i, &raw) != PARLOUR_OK) break;
        all.push_back({raw.type, raw.id, raw.label, raw.help, raw.default_text, raw.min, raw.max, raw.step, {}});
        for (std::uint32_t k = 0; k < raw.n_choices; ++k) all.back().choices.emplace_back(raw.choice_ids[k]);
    }
    return all;
}

Subjects find_subjects() {
    Subjects subjects;
    add_folder(test::plugin_folder(), "", subjects);
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
        __builtin_cpu_supports("fma")) {
        add_folder(test::plugin_folder() / "x86-64-v3", "_v3", subjects);
    }
#endif
    if (subjects.games.empty() && subjects.engines.empty()) {
        subjects.unopened.push_back({"plugins", "there is no plugin in " + test::plugin_folder().string()});
    }
    return subjects;
}

} // namespace parlour::conformance
