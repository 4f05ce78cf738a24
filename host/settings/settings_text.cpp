#include "host/settings/settings_text.hpp"

// Where a text is wrong, toml++ 3.3 asserts that it is not before it looks and says so; only the saying is wanted.
// (With NDEBUG and clang it would promise the compiler what it asserts.)
#undef NDEBUG
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>
#include <type_traits>

namespace parlour::host {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::string at_line(std::size_t line) {
    return "line " + std::to_string(line) + ": ";
}

std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return text;
}

// Keys nest as deep as they have dots, and the parser's stack with them: the line at which it becomes absurd.
std::optional<std::size_t> line_of_absurd_nesting(std::string_view text) {
    constexpr std::size_t most_dots = 4000; // outside comments, in the whole text
    std::size_t line = 1, dots = 0;
    bool comment = false;
    for (const char c : text) {
        if (c == '\n') {
            ++line;
            comment = false;
        }
        comment = comment || c == '#';
        if (c == '.' && !comment && ++dots > most_dots) return line;
    }
    return std::nullopt;
}

// How many bytes the code point at the beginning of `text` has; 1 where that is not UTF-8.
std::size_t length_of_code_point(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (length > text.size()) return 1;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 1;
    }
    return length;
}

// The text as the parser may see it: in ASCII. Asked whether a code point beyond that is white space, toml++ 3.3 runs
// into undefined behaviour for many of them, \u00e9 among them. Outside quotation marks and comments TOML allows
// none, so there they are refused; inside, another character stands for each. That is enough: what is taken from the
// parsed text is places, which stay the same, whether two texts say the same, and our own keys and values, which have
// no such character in them; texts of a person's own are taken from the place (own_text()).
Result<std::string> fit_for_parser(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::string_view closing; // of the string that we are in; "#" in a comment, "" outside
    std::size_t line = 1;
    while (!text.empty()) {
        const char c = text.front();
        std::size_t length = length_of_code_point(text);
        if (length > 1) {
            if (closing.empty()) {
                return Problem{at_line(line) + "\"" + std::string(text.substr(0, length)) +
                                   "\" stands outside quotation marks; put what it belongs to into them",
                               PARLOUR_E_PARSE};
            }
            constexpr std::string_view instead = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!$%&*+/:;<>?@^|~";
            std::size_t sum = 0;
            for (const char byte : text.substr(0, length)) sum = sum * 64 + (static_cast<unsigned char>(byte) & 63);
            out += instead[sum % instead.size()];
            text.remove_prefix(length);
            continue;
        }
        if (c == '\n') {
            ++line;
            if (closing.size() == 1) closing = {};
        } else if (closing.empty() && c == '#') {
            closing = "#";
        } else if (closing.empty() && (c == '"' || c == '\'')) {
            const std::string_view three = c == '"' ? "\"\"\"" : "'''";
            closing = text.starts_with(three) ? three : three.substr(2);
            length = closing.size();
        } else if (!closing.empty() && closing.front() == '"' && c == '\\' && text.size() > 1 &&
                   (text[1] == '"' || text[1] == '\\')) {
            length = 2;
        } else if (!closing.empty() && closing != "#" && text.starts_with(closing)) {
            length = closing.size();
            // Up to two quotation marks may stand right before the three that close.
            while (closing.size() == 3 && length < 5 && length < text.size() && text[length] == c) ++length;
            closing = {};
        }
        out.append(text.substr(0, length));
        text.remove_prefix(length);
    }
    return out;
}

// `text` without a byte order mark.
Result<toml::table> parsed(std::string_view text) {
    if (const auto line = line_of_absurd_nesting(text)) {
        return Problem{at_line(*line) + "there are thousands of dots up to here; remove them", PARLOUR_E_PARSE};
    }
    const auto fit = fit_for_parser(text);
    if (!fit) return fit.problem();
    toml::parse_result result = toml::parse(std::string_view(*fit));
    if (result) return std::move(result).table();
    const toml::parse_error &error = result.error();
    return Problem{at_line(error.source().begin.line) + on_one_line(std::string(error.description())),
                   PARLOUR_E_PARSE};
}

// The byte of a line and column, both 1-based; columns count code points.
std::size_t offset_of(std::string_view text, toml::source_position at) {
    std::size_t offset = 0;
    for (toml::source_index line = 1; line < at.line; ++line) {
        offset = text.find('\n', offset);
        if (offset == std::string_view::npos) return text.size();
        ++offset;
    }
    for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column) {
        ++offset;
        while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0) == 0x80) ++offset;
    }
    return offset;
}

std::string_view source_of(std::string_view text, const toml::source_region &region) {
    const std::size_t begin = offset_of(text, region.begin), end = offset_of(text, region.end);
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

// A text with whatever characters, from its place in the file; nothing for one whose escapes only a parser knows
// that also has characters beyond ASCII, which the parser did not see (fit_for_parser()).
std::optional<std::string> own_text(const toml::node &node, std::string_view text) {
    if (!node.is_string()) return std::nullopt;
    std::string_view source = source_of(text, node.source());
    const auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(source.begin(), source.end(), ascii)) return node.value_exact<std::string>();
    if (source.size() < 2 || source.starts_with("\"\"\"") || source.starts_with("'''")) return std::nullopt;
    const bool escapes = source.front() == '"';
    source = source.substr(1, source.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (escapes && source[i] == '\\') {
            if (++i == source.size() || (source[i] != '"' && source[i] != '\\')) return std::nullopt;
        }
        out += source[i];
    }
    return out;
}

// A value as set_setting() reads it; nothing for a value of another type than the setting's. `text` is what the node
// was parsed from.
std::optional<std::string> value_text(const SettingRow &row, const toml::node &node, std::string_view text) {
    if (std::holds_alternative<std::string Settings::*>(row.member)) {
        return row.choices.empty() ? own_text(node, text) : node.value_exact<std::string>();
    }
    if (std::holds_alternative<bool Settings::*>(row.member)) {
        const auto value = node.value_exact<bool>();
        if (!value) return std::nullopt;
        return *value ? "true" : "false";
    }
    if (const auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
    const auto number = node.value_exact<double>();
    if (!number || !std::isfinite(*number) || std::holds_alternative<std::int64_t Settings::*>(row.member)) {
        return std::nullopt;
    }
    std::ostringstream out;
    out.precision(17);
    out << *number;
    return out.str();
}

// Reads one setting; a sentence when its value is not taken.
std::string read_row(const SettingRow &row, const toml::node &node, std::string_view text, Settings &values) {
    const std::string instead = "; " + setting_toml(row, values) + " is used";
    if (const auto value = value_text(row, node, text)) {
        const auto set = set_setting(row, values, *value);
        return set ? std::string() : at_line(node.source().begin.line) + set.sentence() + instead;
    }
    constexpr std::size_t most_shown = 40;
    std::string shown(source_of(text, node.source()).substr(0, most_shown));
    shown = node.is_table() || !parsed("x = " + shown) ? "what is there" : on_one_line(shown);
    return at_line(node.source().begin.line) + std::string(row.name) + " takes " + setting_takes(row) + ", not " +
           shown + instead;
}

// Whether two nodes say the same; NaN is the same as NaN here.
bool same(const toml::node &one, const toml::node &other) {
    if (one.type() != other.type()) return false;
    if (const toml::table *table = one.as_table()) {
        const toml::table &others = *other.as_table();
        if (table->size() != others.size()) return false;
        return std::all_of(table->begin(), table->end(), [&](const auto &entry) {
            const toml::node *value = others.get(entry.first.str());
            return value != nullptr && same(entry.second, *value);
        });
    }
    if (const toml::array *array = one.as_array()) {
        const toml::array &others = *other.as_array();
        if (array->size() != others.size()) return false;
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (!same((*array)[i], others[i])) return false;
        }
        return true;
    }
    if (const auto number = one.value_exact<double>(); number && std::isnan(*number)) {
        return std::isnan(*other.value_exact<double>());
    }
    return one.visit([&](const auto &value) {
        using Node = std::remove_cvref_t<decltype(value)>;
        if constexpr (toml::is_value<Node>) {
            return value == *other.as<typename Node::value_type>();
        } else {
            return false;
        }
    });
}

// Whether two tables say the same but for one key.
bool same_but(toml::table one, toml::table other, std::string_view key) {
    one.erase(key);
    other.erase(key);
    return same(one, other);
}

bool is_inline(const toml::node &node) {
    return !node.is_table() || node.as_table()->is_inline();
}

// Where a new top-level key may stand: behind the line of the last one, or else behind the comment that opens the
// text.
std::size_t place_of_new_key(std::string_view text, const toml::table &table) {
    std::size_t place = 0;
    bool found = false;
    for (const auto &[key, node] : table) {
        if (!is_inline(node) || node.is_array_of_tables()) continue;
        found = true;
        place = std::max(place, offset_of(text, node.source().end));
    }
    if (found) return std::min(text.find('\n', place), text.size() - 1) + 1;
    std::size_t behind_comments = 0;
    while (place < text.size()) {
        const std::size_t end = std::min(text.find('\n', place), text.size() - 1) + 1;
        const std::size_t first = std::min(text.find_first_not_of(" \t\r\n", place), end);
        if (first < end && text[first] != '#') break;
        place = end;
        if (first == end || end == text.size()) behind_comments = end; // an empty line ends the opening
    }
    return behind_comments;
}

std::string with_new_key(std::string_view text, const toml::table &table, const std::string &line) {
    const std::string_view newline = text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    const std::size_t place = place_of_new_key(text, table);
    std::string out(text.substr(0, place));
    if (!out.empty() && out.back() != '\n') out += newline;
    out.append(line).append(newline).append(text.substr(place));
    return out;
}

} // namespace

Result<SettingsReading> read_settings(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const auto table = parsed(text);
    if (!table) return table.problem();
    SettingsReading reading;
    for (const auto &[key, node] : *table) {
        const SettingRow *row = find_setting(key.str());
        if (row == nullptr) {
            std::string_view name = source_of(text, key.source());
            const bool quoted = name.size() > 2 && (name.front() == '"' || name.front() == '\'');
            if (quoted) name = name.substr(1, name.size() - 2);
            reading.unknown.emplace_back(name, key.source().begin.line);
        } else if (std::string problem = read_row(*row, node, text, reading.values); !problem.empty()) {
            reading.problems.push_back(std::move(problem));
        }
    }
    return reading;
}

Result<std::string> with_setting(std::string_view whole, const SettingRow &row, const Settings &settings) {
    std::string_view text = whole;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const auto table = parsed(text);
    if (!table) return table.problem();

    const std::string value = setting_toml(row, settings);
    const toml::node *old = table->get(row.name);
    std::string out;
    if (old == nullptr) {
        out = with_new_key(text, *table, std::string(row.name) + " = " + value);
    } else if (is_inline(*old)) {
        const std::size_t begin = offset_of(text, old->source().begin), end = offset_of(text, old->source().end);
        out = std::string(text.substr(0, begin)).append(value).append(text.substr(std::max(begin, end)));
    }

    // A person's file is too dear to trust arithmetic: what came out has to say the same but for the one value.
    const auto changed = parsed(out);
    const toml::node *fresh = changed ? changed->get(row.name) : nullptr;
    Settings read;
    if (fresh == nullptr || !value_text(row, *fresh, out) || !set_setting(row, read, *value_text(row, *fresh, out)) ||
        setting_text(row, read) != setting_text(row, settings) || !same_but(*changed, *table, row.name)) {
        const std::size_t line = old == nullptr ? 1 : old->source().begin.line;
        return Problem{at_line(line) + std::string(row.name) + " cannot be changed where it stands; write " +
                           std::string(row.name) + " = " + value + " there yourself",
                       PARLOUR_E_PARSE};
    }
    return std::string(whole.substr(0, whole.size() - text.size())) + out;
}

} // namespace parlour::host
