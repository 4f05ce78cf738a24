// `parlour settings`: what a person has chosen for good, shown, asked for and changed.
#include "host/cli/command.hpp"
#include "host/cli/json_output.hpp"
#include "host/plugins/text.hpp"
#include "host/settings/settings_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace parlour::host::cli {

namespace {

using Json = nlohmann::ordered_json;

Json value_json(const SettingRow &row, const Settings &settings) {
    return std::visit([&](auto member) { return Json(settings.*member); }, row.member);
}

const SettingRow &known_setting(const std::string &name) {
    if (const SettingRow *row = find_setting(name)) return *row;
    std::vector<std::string> known;
    for (const SettingRow &row : setting_rows()) known.emplace_back(row.name);
    const std::string near = suggestion(name, known);
    throw Refusal(ExitCode::not_found, "there is no setting \"" + one_line(name, 40) + "\"" +
                                           (near.empty() ? "; \"parlour settings\" lists them" : near));
}

void print_rows(std::ostream &out) {
    out << "\nSettings:\n";
    for (const SettingRow &row : setting_rows()) {
        out << fmt::format("  {:<16} {}: {} (usually {})\n", row.name, row.help, setting_takes(row),
                           setting_text(row, Settings()));
    }
    const auto file = usual_settings_file();
    out << "\nThe file: " << (file.empty() ? "none, as there is no home folder" : file.string())
        << ". It may be edited; comments and keys that this program does not know stay.\n";
}

void list(const SettingsFile &file, bool as_json, std::ostream &out) {
    if (as_json) {
        Json json{{"file", file.file().string()},
                  {"settings", Json::object()},
                  {"problems", file.problems()},
                  {"unknown", Json::array()}};
        for (const SettingRow &row : setting_rows()) {
            json["settings"][std::string(row.name)] = value_json(row, file.values());
        }
        for (const auto &[key, line] : file.unknown()) json["unknown"].push_back({{"key", key}, {"line", line}});
        out << dumped(json);
        return;
    }
    for (const SettingRow &row : setting_rows()) {
        const std::string text = setting_text(row, file.values());
        const bool usual = text == setting_text(row, Settings());
        out << fmt::format("{} {:<16} {:<14} {}\n", usual ? " " : "*", row.name, text, row.help);
    }
    out << "\nA star marks what is not as usual. The file is " << file.file().string() << ".\n";
}

// What is wrong with the file goes to people, whatever was asked for.
void report(const SettingsFile &file, std::ostream &err) {
    for (const std::string &problem : file.problems()) err << "parlour settings: " << problem << "\n";
    for (const auto &[key, line] : file.unknown()) {
        err << fmt::format("parlour settings: {}, line {}: {} is no setting of this version; it stays as it is\n",
                           file.file().string(), line, one_line(key, 40));
    }
}

} // namespace

ExitCode settings_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line({"settings",
                      "[get KEY | set KEY VALUE] [OPTION]...",
                      "Shows every setting, prints one, or changes one for good. A value that the file has and that "
                      "makes no sense is said with its line, and the usual one is used; a file that cannot be read "
                      "is never written over.",
                      {{"parlour settings", "all of them, and where they are kept"},
                       {"parlour settings get theme", "one value"},
                       {"parlour settings set theme light", "changes it"},
                       {"parlour settings --json | jq .settings.scale", "the same for a script"}}});
    line.word("ACTION", true).word("KEY", true).word("VALUE", true).flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        print_rows(streams.out);
        return ExitCode::success;
    }
    const std::string action = line.text_or("ACTION", "");
    const auto key = line.text("KEY"), value = line.text("VALUE");
    if (!action.empty() && action != "get" && action != "set") {
        const std::vector<std::string> known{"get", "set"};
        const std::string near = suggestion(action, known);
        throw Refusal(ExitCode::usage, "\"" + one_line(action, 40) + "\" cannot be done" +
                                           (near.empty() ? "; there are get and set" : near));
    }
    if (!action.empty() && !key) throw Refusal(ExitCode::usage, action + " needs the name of a setting");
    if (action == "get" && value) throw Refusal(ExitCode::usage, "get takes only the name of a setting");
    if (action == "set" && !value) throw Refusal(ExitCode::usage, "set needs a value as well");

    SettingsFile file;
    if (action == "set") {
        const SettingRow &row = known_setting(*key);
        if (const auto set = file.set(*key, *value); !set) throw Refusal(ExitCode::usage, set.sentence());
        if (const auto saved = file.save(); !saved) throw Refusal(ExitCode::failed, saved.sentence());
        report(file, streams.err);
        if (line.has("json")) streams.out << dumped({{*key, value_json(row, file.values())}});
        return ExitCode::success;
    }
    report(file, streams.err);
    if (action.empty()) {
        list(file, line.has("json"), streams.out);
        return ExitCode::success;
    }
    const SettingRow &row = known_setting(*key);
    if (line.has("json")) {
        streams.out << dumped(value_json(row, file.values()));
    } else {
        streams.out << setting_text(row, file.values()) << "\n";
    }
    return ExitCode::success;
}

} // namespace parlour::host::cli
