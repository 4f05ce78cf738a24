#include "host/ui/record_file.hpp"

#include <ctime>
#include <filesystem>

#include "host/base/atomic_file.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::size_t largest_record = 16u << 20;

std::string today() {
    const std::time_t now = std::time(nullptr);
    char text[16];
    std::tm parts{};
    localtime_r(&now, &parts);
    return std::strftime(text, sizeof text, "%Y-%m-%d", &parts) > 0 ? text : "";
}

/// "~" is the home folder.
std::filesystem::path expanded(const std::string &text) {
    const char *home = std::getenv("HOME");
    if (home != nullptr && text.starts_with("~/")) return std::filesystem::path(home) / text.substr(2);
    return text;
}

} // namespace

void RecordDialog::open_save(const Match &match) {
    saving_ = focus_ = true;
    problem_.clear();
    path_ = "~/" + match.game().id() + "-" + today() + ".parlour";
}

void RecordDialog::open_load() {
    loading_ = focus_ = true;
    problem_.clear();
    if (path_.empty()) path_ = "~/";
}

void RecordDialog::save(const Match &match) {
    if (const auto written = write_file_atomically(expanded(path_), write_record(match, today())); !written) {
        problem_ = written.sentence() + ".";
        return;
    }
    saving_ = false;
    shell_.say("The game was saved to " + path_ + ".", Role::good);
}

std::optional<Match> RecordDialog::load() {
    const auto text = read_file(expanded(path_), largest_record);
    if (!text) {
        problem_ = text.sentence() + ".";
        return std::nullopt;
    }
    const auto record = parse_record(*text);
    if (!record) {
        problem_ = record.sentence();
        return std::nullopt;
    }
    auto match = load_record(*record, [this](const std::string &id, const OptionMap &options) {
        return shell_.registry.create_game(id, options);
    });
    if (!match) {
        problem_ = match.sentence();
        return std::nullopt;
    }
    loading_ = false;
    return std::move(*match);
}

std::optional<Match> RecordDialog::draw(const Match &match) {
    std::optional<Match> loaded;
    bool &open = saving_ ? saving_ : loading_;
    if (!open) return loaded;
    const bool saving = saving_;
    if (modal_begin(saving ? "Save this game" : "Load a game", open, {.width = 520})) {
        const TextFieldResult field =
            text_field("##path", path_, {.hint = "path of the file", .icon = Icon::folder, .error = problem_});
        if (focus_) context().request_focus(field.id);
        focus_ = false;
        if (field.changed) problem_.clear();
        gap(12);
        const bool pressed = button(saving ? "Save" : "Load",
                                    {.kind = ButtonKind::primary, .icon = saving ? Icon::save : Icon::folder});
        if (pressed || field.submitted) {
            if (saving) {
                save(match);
            } else {
                loaded = load();
            }
        }
        modal_end();
    }
    return loaded;
}

} // namespace parlour::host::ui
