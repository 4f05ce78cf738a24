// Text as a person's settings: {setting, value} a byte each, then the text. Refused by line, or values within their
// bounds; and a change of one setting changes that one and nothing else.
#include "host/settings/settings_text.hpp"
#include "input.hpp"

using namespace parlour;
using fuzz::require;

namespace {

// Some value or other of a setting.
std::string value_of(const host::SettingRow &row, std::uint8_t which) {
    if (!row.choices.empty()) return std::string(row.choices[which % row.choices.size()]);
    if (std::holds_alternative<bool host::Settings::*>(row.member)) return which % 2 == 0 ? "true" : "false";
    return std::to_string(static_cast<int>(row.most) - (which % 2));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input input(data, size);
    const host::SettingRow &row = host::setting_rows()[input.byte() % host::setting_rows().size()];
    const std::string value = value_of(row, input.byte());
    const std::string text = input.text();
    const auto reading = host::read_settings(text);
    host::Settings wanted;
    require(host::set_setting(row, wanted, value).ok(), "a setting takes its own values", value);
    const auto changed = host::with_setting(text, row, wanted);
    if (!reading) {
        require(reading.sentence().starts_with("line "), "a refusal names the line", reading.sentence());
        require(!changed.ok(), "what cannot be read is not changed");
        return 0;
    }
    for (const host::SettingRow &each : host::setting_rows()) {
        host::Settings copy;
        require(host::set_setting(each, copy, host::setting_text(each, reading->values)).ok(),
                "values are within their bounds", each.name);
    }
    if (!changed) {
        require(changed.sentence().starts_with("line "), "a refusal names the line", changed.sentence());
        return 0;
    }
    const auto after = host::read_settings(*changed);
    require(after.ok(), "a changed text is read", *changed);
    host::Settings expected = reading->values;
    require(host::set_setting(row, expected, value).ok(), "a setting takes its own values", value);
    require(after->values == expected, "only the one setting has changed", *changed);
    require(after->unknown.size() == reading->unknown.size(), "other keys stay", *changed);
    return 0;
}
