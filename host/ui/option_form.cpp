#include "host/ui/option_form.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "host/ui/base/widgets.hpp"

namespace parlour::host::ui {
namespace {

constexpr float label_width = 150; // design pixels
constexpr double widest_stepper = 1'000'000'000;

std::string value_of(const OptionSpec &option, const OptionMap &values) {
    const auto found = values.find(option.id);
    return found != values.end() ? found->second : option.default_text;
}

void keep(const OptionSpec &option, OptionMap &values, std::string value) {
    if (value == option.default_text) {
        values.erase(option.id);
    } else {
        values[option.id] = std::move(value);
    }
}

std::string number_text(float value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (!text.empty() && text.back() == '.') text.pop_back();
    return text;
}

bool control(const OptionSpec &option, OptionMap &values, const Rect &at) {
    const std::string value = value_of(option, values);
    place(at);
    switch (option.type) {
        case PARLOUR_OPTION_BOOL: {
            bool on = value == "true";
            place({at.right() - px(46), at.y, px(46), at.h});
            if (!toggle("##" + option.id, on)) return false;
            keep(option, values, on ? "true" : "false");
            return true;
        }
        case PARLOUR_OPTION_CHOICE: {
            std::vector<std::string> names;
            int index = -1;
            for (std::size_t i = 0; i < option.choices.size(); ++i) {
                names.push_back(option.choices[i].second);
                if (option.choices[i].first == value) index = static_cast<int>(i);
            }
            std::size_t letters = 0;
            for (const std::string &name : names) letters += name.size() + 4;
            const bool few = names.size() <= 4 && px(8) * static_cast<float>(letters) < at.w;
            if (!(few ? segmented(option.id, index, names, at.w) : combo(option.id, index, names))) return false;
            keep(option, values, option.choices[static_cast<std::size_t>(index)].first);
            return true;
        }
        case PARLOUR_OPTION_INT: {
            int number = static_cast<int>(std::strtol(value.c_str(), nullptr, 10));
            const int least = static_cast<int>(std::max(option.min, -widest_stepper));
            const int most = static_cast<int>(std::min(option.max, widest_stepper));
            const int step = std::max(1, static_cast<int>(option.step));
            if (!stepper(option.id, number, least, most, step, at.w)) return false;
            keep(option, values, std::to_string(number));
            return true;
        }
        case PARLOUR_OPTION_FLOAT: {
            float number = std::strtof(value.c_str(), nullptr);
            SliderStyle style;
            style.step = static_cast<float>(option.step);
            style.text = number_text;
            if (!slider(option.id, number, static_cast<float>(option.min), static_cast<float>(option.max), style))
                return false;
            keep(option, values, number_text(number));
            return true;
        }
        default: {
            std::string text = value;
            const std::string problem = option.problem(value);
            TextFieldStyle style;
            style.error = problem;
            if (!text_field("##" + option.id, text, style).changed) return false;
            keep(option, values, text);
            return true;
        }
    }
}

} // namespace

bool option_form(std::string_view id, std::span<const OptionSpec> options, OptionMap &values, bool advanced) {
    bool changed = false;
    ImGui::PushID(id.data(), id.data() + id.size());
    for (const OptionSpec &option : options) {
        if (option.advanced && !advanced) continue;
        const Rect line = content_rect();
        const Rect row{line.x, line.y, line.w, px(38)};
        const float name_width = std::min(px(label_width), row.w * 0.45f);
        Canvas().text({row.x, row.center().y}, option.label, FontRole::body, color(Role::text_dim), Align::left,
                      name_width - px(8));
        Rect at = row;
        at.cut_left(name_width);
        changed = control(option, values, at) || changed;
        tooltip(option.help);
        const Vec2 cursor = ImGui::GetCursorScreenPos();
        ImGui::SetCursorScreenPos({line.x, std::max(cursor.y, row.bottom())});
        gap(6);
    }
    ImGui::PopID();
    return changed;
}

std::string option_problem(std::span<const OptionSpec> options, const OptionMap &values) {
    for (const OptionSpec &option : options) {
        const auto found = values.find(option.id);
        if (found == values.end()) continue;
        if (std::string problem = option.problem(found->second); !problem.empty()) return problem;
    }
    return {};
}

bool has_advanced(std::span<const OptionSpec> options) {
    return std::any_of(options.begin(), options.end(), [](const OptionSpec &option) { return option.advanced; });
}

} // namespace parlour::host::ui
