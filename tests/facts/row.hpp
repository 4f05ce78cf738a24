// A row of a facts file: KIND [options] {position} arguments = results. README.md has the grammar for people.
#pragma once

#include "support/open_plugin.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parlour::facts {

struct Row {
    std::filesystem::path file;
    int line = 0;
    std::string text;
    std::string problem; // why the row cannot be read; empty when it can
    bool nightly = false;
    std::string kind;
    test::Options options;
    std::optional<std::string> position;
    std::vector<std::string> arguments, results;
    std::string result; // the results as they are written

    // The game's id: the file's name.
    std::string game() const { return file.stem().string(); }
    // A name for the test, unique in its file: "line_012_perft_size_4_8".
    std::string test_name() const;
};

// All rows of a file in order; lines that are empty or begin with '#' are none.
std::vector<Row> read_rows(const std::filesystem::path &file);

// Reads one line.
Row read_row(std::string_view line);

// A whole number in decimal; throws std::invalid_argument with a sentence for anything else.
std::uint64_t to_count(const std::string &word);
// A number; throws std::invalid_argument with a sentence for anything else.
double to_number(const std::string &word);
// The word after `name` in a list "name value name value"; throws std::invalid_argument when there is none.
std::string value_of(const std::vector<std::string> &words, std::string_view name);

} // namespace parlour::facts
