// One command's line: what it takes, what it was given, and the help that teaches it by example. Main thread only.
#pragma once

#include "host/cli/exit_code.hpp"

#include <boost/program_options.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace parlour::host::cli {

// What a command is, for its help.
struct CommandAbout {
    std::string name;                                          // "perft"; "" for the program itself
    std::string usage;                                         // what follows the name: "GAME DEPTH [OPTION]..."
    std::string description;                                   // a sentence or two, wrapped by the help
    std::vector<std::pair<std::string, std::string>> examples; // a whole command line, what it does
};

class CommandLine {
public:
    explicit CommandLine(CommandAbout about);

    // ---- what it takes, in the order of the help ----
    // An option with one value: --name PLACEHOLDER.
    CommandLine &value(const std::string &name, const std::string &placeholder, const std::string &help);
    // The same, but it may be given several times.
    CommandLine &values(const std::string &name, const std::string &placeholder, const std::string &help);
    CommandLine &flag(const std::string &name, const std::string &help);
    // The next word without an option name; required unless `optional`.
    CommandLine &word(const std::string &name, bool optional = false);
    // All further words without an option name; at least `minimum` of them.
    CommandLine &words(const std::string &name, std::size_t minimum);

    // ---- what it was given ----
    // Throws Refusal (usage) with the nearest known option when something is wrong. With --help among the words
    // nothing is required: ask wants_help() first.
    void parse(const std::vector<std::string> &words);
    bool wants_help() const { return has("help"); }
    bool has(const std::string &name) const;
    std::optional<std::string> text(const std::string &name) const;
    // The text of a required word, or of an option with a default.
    std::string text_or(const std::string &name, const std::string &fallback) const;
    std::vector<std::string> texts(const std::string &name) const;
    // A whole number, "1000", "250k" or "2M"; throws Refusal (usage) unless it is from `least` to `most`.
    std::optional<std::uint64_t> number(const std::string &name, std::uint64_t least, std::uint64_t most) const;
    // "2s", "100ms", "1m" and what else parse_duration reads; throws Refusal (usage) unless it is above zero.
    std::optional<std::chrono::nanoseconds> duration(const std::string &name) const;

    void print_help(std::ostream &out) const;

private:
    CommandAbout about_;
    boost::program_options::options_description own_, common_, hidden_;
    boost::program_options::positional_options_description positions_;
    boost::program_options::variables_map given_;
    std::vector<std::string> option_names_, required_;
    std::string many_;
    std::size_t many_minimum_ = 0, words_ = 0;
};

// "1000", "250k", "2M" as a number, or nothing if it is none.
std::optional<std::uint64_t> parse_number(const std::string &text);

// "; did you mean X?" for a word that is close to a known one, or "".
std::string suggestion(const std::string &word, std::span<const std::string> known);

} // namespace parlour::host::cli
