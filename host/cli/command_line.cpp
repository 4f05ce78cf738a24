#include "host/cli/command_line.hpp"

#include "host/match/duration.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace parlour::host::cli {

namespace po = boost::program_options;

namespace {

constexpr unsigned help_width = 100;

// Paragraphs broken at spaces so that no line is longer than the help's width.
std::string wrapped(const std::string &text, const std::string &indent) {
    std::istringstream words(text);
    std::string out, line = indent, word;
    while (words >> word) {
        if (line.size() > indent.size() && line.size() + 1 + word.size() > help_width) {
            out += line + "\n";
            line = indent;
        }
        line += (line.size() > indent.size() ? " " : "") + word;
    }
    return out + line + "\n";
}

} // namespace

std::optional<std::uint64_t> parse_number(const std::string &text) {
    std::uint64_t amount = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (code != std::errc{}) return std::nullopt;
    const std::string unit(end, text.data() + text.size());
    std::uint64_t factor = 1;
    if (unit == "k" || unit == "K") {
        factor = 1000;
    } else if (unit == "M") {
        factor = 1000000;
    } else if (!unit.empty()) {
        return std::nullopt;
    }
    if (amount > UINT64_MAX / factor) return std::nullopt;
    return amount * factor;
}

std::string suggestion(const std::string &word, std::span<const std::string> known) {
    const std::string near = nearest_word(word, known);
    return near.empty() ? std::string{} : "; did you mean " + near + "?";
}

CommandLine::CommandLine(CommandAbout about)
    : about_(std::move(about)),
      own_("Options", help_width),
      common_("Common options", help_width),
      hidden_("Words", help_width) {
    const auto add = [&](const char *name, const po::value_semantic *semantic, const char *help) {
        common_.add_options()(name, semantic, help);
        option_names_.emplace_back(std::string("--") + name);
    };
    add("help", new po::untyped_value(true), "show this help");
    add("plugins", po::value<std::vector<std::string>>()->value_name("DIR")->composing(),
        "look for plugins in this folder first; may be repeated");
    add("isolate", po::value<std::string>()->value_name("WHOSE"),
        "run engines in processes of their own: all, dropped (those not shipped; default) or none");
    add("check-plugins", new po::untyped_value(true), "check every call of a game against the contract");
    add("trace-calls", new po::untyped_value(true), "count the calls of every game and report them at the end");
    add("verbose", new po::untyped_value(true), "say more on standard error");
}

CommandLine &CommandLine::value(const std::string &name, const std::string &placeholder, const std::string &help) {
    own_.add_options()(name.c_str(), po::value<std::string>()->value_name(placeholder), help.c_str());
    option_names_.push_back("--" + name);
    return *this;
}

CommandLine &CommandLine::values(const std::string &name, const std::string &placeholder, const std::string &help) {
    own_.add_options()(name.c_str(), po::value<std::vector<std::string>>()->value_name(placeholder)->composing(),
                       help.c_str());
    option_names_.push_back("--" + name);
    return *this;
}

CommandLine &CommandLine::flag(const std::string &name, const std::string &help) {
    own_.add_options()(name.c_str(), new po::untyped_value(true), help.c_str());
    option_names_.push_back("--" + name);
    return *this;
}

CommandLine &CommandLine::word(const std::string &name, bool optional) {
    hidden_.add_options()(name.c_str(), po::value<std::string>());
    positions_.add(name.c_str(), 1);
    ++words_;
    if (!optional) required_.push_back(name);
    return *this;
}

CommandLine &CommandLine::words(const std::string &name, std::size_t minimum) {
    hidden_.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing());
    positions_.add(name.c_str(), -1);
    many_ = name;
    many_minimum_ = minimum;
    return *this;
}

void CommandLine::parse(const std::vector<std::string> &words) {
    const std::string see =
        "; \"parlour " + about_.name + (about_.name.empty() ? "" : " ") + "--help\" shows what there is";
    try {
        po::options_description all;
        all.add(own_).add(common_).add(hidden_);
        const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing &
                          ~po::command_line_style::allow_short;
        po::store(po::command_line_parser(words).options(all).positional(positions_).style(style).run(), given_);
        po::notify(given_);
    } catch (const po::unknown_option &wrong) {
        const std::string name = wrong.get_option_name();
        const std::string near = suggestion(name, option_names_);
        throw Refusal(ExitCode::usage, "there is no option " + name + (near.empty() ? see : near));
    } catch (const po::multiple_occurrences &wrong) {
        throw Refusal(ExitCode::usage, wrong.get_option_name() + " may be given only once");
    } catch (const po::too_many_positional_options_error &) {
        throw Refusal(ExitCode::usage, "there are more words than it takes: the usage is parlour " + about_.name +
                                           (about_.name.empty() ? "" : " ") + about_.usage);
    } catch (const po::invalid_command_line_syntax &wrong) {
        const std::string name = wrong.get_option_name();
        const bool extra = wrong.kind() == po::invalid_command_line_syntax::extra_parameter;
        throw Refusal(ExitCode::usage, name + (extra ? " takes no value" : " needs a value"));
    } catch (const po::error &wrong) {
        throw Refusal(ExitCode::usage, std::string(wrong.what()) + see);
    }
    if (wants_help()) return;
    for (const std::string &name : required_) {
        if (given_.count(name) == 0) {
            throw Refusal(ExitCode::usage,
                          "it needs " + name + ": the usage is parlour " + about_.name + " " + about_.usage);
        }
    }
    if (!many_.empty() && texts(many_).size() < many_minimum_) {
        throw Refusal(ExitCode::usage,
                      "it needs " + many_ + ": the usage is parlour " + about_.name + " " + about_.usage);
    }
}

bool CommandLine::has(const std::string &name) const {
    return given_.count(name) > 0;
}

std::optional<std::string> CommandLine::text(const std::string &name) const {
    if (!has(name)) return std::nullopt;
    return given_[name].as<std::string>();
}

std::string CommandLine::text_or(const std::string &name, const std::string &fallback) const {
    return text(name).value_or(fallback);
}

std::vector<std::string> CommandLine::texts(const std::string &name) const {
    if (!has(name)) return {};
    return given_[name].as<std::vector<std::string>>();
}

std::optional<std::uint64_t> CommandLine::number(const std::string &name, std::uint64_t least,
                                                 std::uint64_t most) const {
    const auto given = text(name);
    if (!given) return std::nullopt;
    const auto amount = parse_number(*given);
    const std::string label =
        std::find(option_names_.begin(), option_names_.end(), "--" + name) != option_names_.end() ? "--" + name
                                                                                                  : name;
    if (!amount || *amount < least || *amount > most) {
        const std::string range =
            most == UINT64_MAX ? fmt::format("of at least {}", least) : fmt::format("from {} to {}", least, most);
        throw Refusal(ExitCode::usage,
                      fmt::format("{} takes a whole number {}, not \"{}\"", label, range, one_line(*given, 40)));
    }
    return amount;
}

std::optional<std::chrono::nanoseconds> CommandLine::duration(const std::string &name) const {
    const auto given = text(name);
    if (!given) return std::nullopt;
    const auto amount = parse_duration(*given);
    if (!amount || amount->count() <= 0) {
        throw Refusal(ExitCode::usage, fmt::format("--{} takes a time above zero like 2s, 100ms or 1m, not \"{}\"",
                                                   name, one_line(*given, 40)));
    }
    return *amount;
}

void CommandLine::print_help(std::ostream &out) const {
    out << "Usage: parlour " << about_.name << (about_.name.empty() ? "" : " ") << about_.usage << "\n\n"
        << wrapped(about_.description, "");
    if (!own_.options().empty()) out << "\n" << own_;
    out << "\n" << common_;
    if (!about_.examples.empty()) out << "\nExamples:\n";
    for (const auto &[line, what] : about_.examples) {
        out << "  " << line << "\n" << wrapped(what, "      ");
    }
    out << "\nExit codes: 0 it worked; 1 what was asked for failed or was refused; 2 the command line is wrong;\n"
           "            3 there is no such game, engine or file.\n";
}

} // namespace parlour::host::cli
