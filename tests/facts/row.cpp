#include "facts/row.hpp"

#include <charconv>
#include <fstream>
#include <sstream>

namespace parlour::facts {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

// Takes the next word off the front.
std::string next_word(std::string_view &text) {
    text = trim(text);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::string word(text.substr(0, end));
    text = trim(text.substr(end));
    return word;
}

// Takes what stands between brackets off the front, if the text begins with one.
std::optional<std::string> next_bracket(std::string_view &text, char open, char close) {
    if (text.empty() || text.front() != open) return std::nullopt;
    const std::size_t end = text.find(close);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string inside(text.substr(1, end - 1));
    text = trim(text.substr(end + 1));
    return inside;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!trim(text).empty()) words.push_back(next_word(text));
    return words;
}

} // namespace

std::string Row::test_name() const {
    char number[16];
    std::snprintf(number, sizeof number, "line_%03d_", line);
    std::string name = number + text.substr(0, text.find('='));
    for (char &c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain) c = '_';
    }
    while (name.back() == '_') name.pop_back();
    return name.substr(0, 60);
}

Row read_row(std::string_view line) {
    Row row;
    line = trim(line);
    row.text = line;
    const std::size_t equals = line.find(" = ");
    if (equals == std::string_view::npos) {
        row.problem = "a row needs \" = \" and a result after it";
        return row;
    }
    std::string_view left = line.substr(0, equals);
    row.result = trim(line.substr(equals + 3));
    row.results = words_of(row.result);
    if (row.results.empty()) row.problem = "a row needs a result after \" = \"";

    row.kind = next_word(left);
    if (row.kind == "nightly") {
        row.nightly = true;
        row.kind = next_word(left);
    }
    if (const auto options = next_bracket(left, '[', ']')) {
        std::istringstream pairs(*options);
        for (std::string pair; std::getline(pairs, pair, ',');) {
            const std::size_t at = pair.find('=');
            if (at == std::string::npos) {
                row.problem = "options are written [id=value,id=value]";
                return row;
            }
            row.options.emplace_back(trim(std::string_view(pair).substr(0, at)), pair.substr(at + 1));
        }
    }
    row.position = next_bracket(left, '{', '}');
    row.arguments = words_of(left);
    return row;
}

std::vector<Row> read_rows(const std::filesystem::path &file) {
    std::vector<Row> rows;
    std::ifstream in(file);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const std::string_view text = trim(line);
        if (text.empty() || text.front() == '#') continue;
        Row row = read_row(text);
        row.file = file;
        row.line = number;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::uint64_t to_count(const std::string &word) {
    std::uint64_t count = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), count);
    if (code != std::errc{} || end != word.data() + word.size()) {
        throw std::invalid_argument("\"" + word + "\" is not a whole number");
    }
    return count;
}

double to_number(const std::string &word) {
    double number = 0;
    const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (code != std::errc{} || end != word.data() + word.size()) {
        throw std::invalid_argument("\"" + word + "\" is not a number");
    }
    return number;
}

std::string value_of(const std::vector<std::string> &words, std::string_view name) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == name) return words[i + 1];
    }
    throw std::invalid_argument("the row lacks \"" + std::string(name) + " VALUE\"");
}

} // namespace parlour::facts
