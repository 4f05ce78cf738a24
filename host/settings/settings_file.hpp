// The file in which a person's settings live, $XDG_CONFIG_HOME/parlour/settings.toml. It is theirs: comments, order
// and keys of other versions stay, a value that makes no sense is said by its line and its default used, and a file
// that cannot be read is left alone, with changes kept in memory. One thread at a time.
#pragma once

#include "host/settings/settings.hpp"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace parlour::host {

// $XDG_CONFIG_HOME/parlour/settings.toml, or below ~/.config; empty where there is no home either. [any]
std::filesystem::path usual_settings_file();

class SettingsFile {
public:
    // Reads a file; one that is not there is one that says nothing. What is wrong with it is in problems().
    explicit SettingsFile(std::filesystem::path file = usual_settings_file());

    const std::filesystem::path &file() const { return file_; }
    const Settings &values() const { return values_; }
    // One sentence each, with the file and the line: values that are not taken, or why the whole file is not.
    const std::vector<std::string> &problems() const { return problems_; }
    // Keys that are none of this program's, with their lines; they stay.
    const std::vector<std::pair<std::string, std::size_t>> &unknown() const { return unknown_; }

    // Changes one setting in memory. PARLOUR_E_NOTFOUND for an unknown name, PARLOUR_E_ARG for a value that it does
    // not take.
    Result<void> set(const std::string &name, const std::string &text);
    // Changes every setting that differs from values().
    void change(const Settings &wanted);

    // Writes what was changed since the last time, and nothing else; makes the file where it is missing. What another
    // program has written meanwhile stays, and is in values() afterwards. Failure is a sentence: the file is as it
    // was, values() hold until the program ends, and the next save() tries again.
    Result<void> save();

private:
    void read();
    Result<std::string> text_on_disk() const;

    std::filesystem::path file_;
    Settings values_;
    std::vector<std::string> problems_;
    std::vector<std::pair<std::string, std::size_t>> unknown_;
    std::map<std::string, std::string> changed_; // by name, as setting_text()
};

} // namespace parlour::host
