#include "host/settings/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <type_traits>

namespace parlour::host {

namespace {

constexpr std::size_t longest_text = 4000; // bytes

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// The shortest decimal that reads back as the same number.
std::string number_text(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

// A wrong value within a sentence: its beginning, on one line.
std::string shown(std::string_view text) {
    constexpr std::size_t most = 40;
    std::string out(text.substr(0, most));
    if (text.size() > most) {
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
        if (!out.empty()) out.back() = '.';
        out += "..";
    }
    for (char &c : out) {
        if (is_control(c)) c = ' ';
    }
    return out;
}

template <class Number>
bool read_number(std::string_view text, const SettingRow &row, Number &value) {
    Number read{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (code != std::errc{} || end != text.data() + text.size()) return false;
    const auto number = static_cast<double>(read);
    const bool within = number >= row.least && number <= row.most;
    if (!within && !(row.or_zero && number == 0)) return false;
    value = read + Number{}; // no minus zero
    return true;
}

bool read_value(std::string_view text, const SettingRow &row, bool &value) {
    if (!row.choices.empty() || (text != "true" && text != "false")) return false;
    value = text == "true";
    return true;
}
bool read_value(std::string_view text, const SettingRow &row, std::int64_t &value) {
    return read_number(text, row, value);
}
bool read_value(std::string_view text, const SettingRow &row, double &value) {
    return read_number(text, row, value);
}
bool read_value(std::string_view text, const SettingRow &row, std::string &value) {
    const bool one_line = text.size() <= longest_text && std::none_of(text.begin(), text.end(), is_control);
    const bool choice = std::find(row.choices.begin(), row.choices.end(), text) != row.choices.end();
    if (row.choices.empty() ? !one_line : !choice) return false;
    value = text;
    return true;
}

} // namespace

std::span<const SettingRow> setting_rows() {
    static const std::vector<SettingRow> rows{
        {.name = "theme",
         .help = "the colours of the window",
         .member = &Settings::theme,
         .choices = {"dark", "light", "high-contrast"}},
        {.name = "scale",
         .help = "the size of everything; 0 asks the system",
         .member = &Settings::scale,
         .least = 0.5,
         .most = 4,
         .or_zero = true},
        {.name = "motion",
         .help = "how fast pieces move; off makes them jump",
         .member = &Settings::motion,
         .choices = {"off", "fast", "normal", "slow"}},
        {.name = "coordinates", .help = "letters and numbers around boards", .member = &Settings::coordinates},
        {.name = "targets", .help = "marks on what can be moved, and where to", .member = &Settings::targets},
        {.name = "least_move_time",
         .help = "seconds that pass at least until an engine's move is shown",
         .member = &Settings::least_move_time,
         .least = 0,
         .most = 10},
        {.name = "render",
         .help = "what draws the window: the graphics card, or the processor alone",
         .member = &Settings::render,
         .choices = {"auto", "gpu", "software"}},
        {.name = "window_width",
         .help = "the width of the window in pixels",
         .member = &Settings::window_width,
         .least = 640,
         .most = 16384},
        {.name = "window_height",
         .help = "the height of the window in pixels",
         .member = &Settings::window_height,
         .least = 480,
         .most = 16384},
        {.name = "fullscreen", .help = "whether the window fills the screen", .member = &Settings::fullscreen},
        {.name = "isolate",
         .help = "which engines run in a locked process of their own: none, those of files you dropped in, or all",
         .member = &Settings::isolate,
         .choices = {"none", "dropped", "all"}},
        {.name = "worker_memory",
         .help = "MiB of memory that such a process may take",
         .member = &Settings::worker_memory,
         .least = 64,
         .most = 65536},
        {.name = "scripts_reload",
         .help = "whether a game under way goes on with a script's new version",
         .member = &Settings::scripts_reload,
         .choices = {"automatic", "ask", "never"}},
        {.name = "scripts_python",
         .help = "the Python of a virtual environment that scripts run with; empty is the system's",
         .member = &Settings::scripts_python}};
    return rows;
}

const SettingRow *find_setting(std::string_view name) {
    const auto rows = setting_rows();
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const SettingRow &row) { return row.name == name; });
    return at == rows.end() ? nullptr : &*at;
}

std::string setting_takes(const SettingRow &row) {
    if (!row.choices.empty()) {
        std::string text;
        for (std::size_t i = 0; i < row.choices.size(); ++i) {
            if (i > 0) text += i + 1 < row.choices.size() ? ", " : " or ";
            text += row.choices[i];
        }
        return text;
    }
    if (std::holds_alternative<std::string Settings::*>(row.member)) return "a text on one line";
    if (std::holds_alternative<bool Settings::*>(row.member)) return "true or false";
    const bool whole = std::holds_alternative<std::int64_t Settings::*>(row.member);
    return std::string(whole ? "a whole number from " : "a number from ") + number_text(row.least) + " to " +
           number_text(row.most) + (row.or_zero ? ", or 0" : "");
}

std::string setting_text(const SettingRow &row, const Settings &settings) {
    return std::visit(
        [&](auto member) -> std::string {
            using Value = std::remove_cvref_t<decltype(settings.*member)>;
            if constexpr (std::is_same_v<Value, std::string>) {
                return settings.*member;
            } else if constexpr (std::is_same_v<Value, bool>) {
                return settings.*member ? "true" : "false";
            } else if constexpr (std::is_same_v<Value, double>) {
                return number_text(settings.*member);
            } else {
                return std::to_string(settings.*member);
            }
        },
        row.member);
}

std::string setting_toml(const SettingRow &row, const Settings &settings) {
    const std::string text = setting_text(row, settings);
    if (!std::holds_alternative<std::string Settings::*>(row.member)) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

Result<void> set_setting(const SettingRow &row, Settings &settings, std::string_view text) {
    const bool right = std::visit([&](auto member) { return read_value(text, row, settings.*member); }, row.member);
    if (right) return {};
    return Problem{std::string(row.name) + " takes " + setting_takes(row) + ", not \"" + shown(text) + "\"",
                   PARLOUR_E_ARG};
}

} // namespace parlour::host
