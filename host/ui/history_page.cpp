#include "host/ui/history_page.hpp"

#include <SDL.h>

#include <algorithm>
#include <ctime>

#include "host/base/atomic_file.hpp"
#include "host/ui/stored_games.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::size_t largest_import = 64u << 20;

/// "~" is the home folder.
std::filesystem::path expanded(const std::string &text) {
    const char *home = std::getenv("HOME");
    if (home != nullptr && text.starts_with("~/")) return std::filesystem::path(home) / text.substr(2);
    return text;
}

std::string file_name(const std::string &stem) {
    const std::time_t now = std::time(nullptr);
    char text[16];
    std::tm parts{};
    localtime_r(&now, &parts);
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
    return "~/" + stem + "-" + std::string(text, length) + ".parlour";
}

} // namespace

void HistoryPage::enter() {
    focus_first_ = true;
    refresh();
}

void HistoryPage::refresh() {
    games_.clear();
    statistics_.clear();
    problem_.clear();
    if (shell_.store == nullptr) {
        problem_ = "Games are not being kept at the moment.";
        return;
    }
    HistoryFilter filter;
    filter.text = query_;
    if (which_ != 0) filter.finished = which_ == 1;
    auto games = shell_.store->history(filter);
    auto statistics = shell_.store->statistics();
    if (games) games_ = std::move(*games);
    if (statistics) statistics_ = std::move(*statistics);
    problem_ = !games ? games.sentence() : !statistics ? statistics.sentence() : "";
}

void HistoryPage::draw(Frame &frame) {
    Canvas canvas;
    Rect page = frame.bounds();
    canvas.gradient(page, color(Role::background), color(Role::background_low));
    page = page.inset(px(24), px(18));
    draw_header(frame, page.cut_top(px(44), px(10)));
    if (tab_ == 0) {
        Rect row = page.cut_top(px(40), px(10));
        static const std::string kinds[] = {"All", "Finished", "Unfinished"};
        Rect chips = row.cut_left(px(300));
        ImGui::SetCursorScreenPos({chips.x, chips.y + px(5)});
        for (int i = 0; i < 3; ++i) {
            if (i > 0) ImGui::SameLine(0, px(8));
            if (chip(kinds[i], which_ == i)) {
                which_ = i;
                refresh();
            }
        }
        place(row.cut_right(std::min(px(300), row.w)).centered({std::min(px(300), row.w), px(38)}));
        const TextFieldResult field = text_field(
            "##search", query_, {.hint = "Search players, games, dates", .icon = Icon::search, .clearable = true});
        if (field.changed) refresh();
        if (frame.pressed(SDLK_SLASH) || frame.pressed(SDLK_f, mod_ctrl)) context().request_focus(field.id);
        draw_list(frame, page);
    } else {
        draw_statistics(page);
    }
    draw_dialogs();
}

void HistoryPage::draw_header(Frame &frame, Rect head) {
    Canvas canvas;
    place(head.cut_left(px(42), px(14)).centered({px(42), px(42)}));
    const bool back = icon_button("back", Icon::back, {.tip = "Back to the gallery"});
    if (back || frame.take_back()) shell_.go({});
    const float title = canvas.text({head.x, head.center().y}, "History", FontRole::title, color(Role::text));
    place(head.cut_right(px(110), px(8)).centered({px(110), px(40)}));
    if (button("Import…",
               {.icon = Icon::folder, .enabled = shell_.store != nullptr, .tip = "Takes games from a file"})) {
        importing_ = focus_ = true;
        path_problem_.clear();
        path_ = "~/";
    }
    place(head.cut_right(px(110), px(12)).centered({px(110), px(40)}));
    if (button("Export…",
               {.icon = Icon::save, .enabled = !games_.empty(), .tip = "Writes the games below to a file"})) {
        saving_ = focus_ = true;
        path_problem_.clear();
        chosen_.reset();
        path_ = file_name("games");
    }
    static const std::string tabs[] = {"Games", "Statistics"};
    place(head.cut_right(px(208), px(12)).centered({px(208), px(38)}));
    if (segmented("tab", tab_, tabs, px(208))) focus_first_ = true;
    const float from = head.x + title + px(22);
    canvas.text({from, head.center().y + px(3)}, counted(games_.size(), "game"), FontRole::body,
                color(Role::text_dim), Align::left, std::max(1.0f, head.right() - from));
}

void HistoryPage::draw_list(Frame &frame, const Rect &area) {
    if (games_.empty()) {
        const bool filtered = !query_.empty() || which_ != 0;
        empty_state(area, filtered ? Icon::search : Icon::clock, filtered ? "Nothing found" : "No games yet",
                    !problem_.empty() ? problem_
                    : filtered        ? "No game fits."
                                      : "Every game that you play is kept here with all its moves.");
        return;
    }
    panel_begin("games", area, {.padding = 8});
    const bool deletes = frame.pressed(SDLK_DELETE);
    std::pair<HistoryAction, std::size_t> action{HistoryAction::none, 0};
    for (std::size_t i = 0; i < games_.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        const HistoryAction pressed = history_row(shell_, games_[i], focus_first_ && i == 0, deletes);
        if (pressed != HistoryAction::none) action = {pressed, i};
        ImGui::PopID();
    }
    focus_first_ = false;
    panel_end();
    if (action.first != HistoryAction::none) act(action.first, games_[action.second]);
}

void HistoryPage::draw_statistics(const Rect &area) {
    if (statistics_.empty()) {
        empty_state(area, Icon::chart, "No statistics yet",
                    problem_.empty() ? "They begin with the first game that is played to its end." : problem_);
        return;
    }
    panel_begin("statistics", area, {.padding = 20});
    std::string game;
    for (const Statistics &row : statistics_) {
        if (row.game != game) {
            if (!game.empty()) gap(14);
            game = row.game;
            const GameEntry *entry = shell_.registry.find_game(game);
            label(entry != nullptr ? entry->name : game, FontRole::heading);
            gap(6);
        }
        statistics_row(shell_, row);
    }
    panel_end();
}

// ---- what is done with games -----------------------------------------------------------------------------------

void HistoryPage::act(HistoryAction action, const StoredGame &game) {
    const GameEntry *entry = shell_.registry.find_game(game.record.game);
    chosen_ = game.id;
    chosen_name_ = entry != nullptr ? entry->name : game.record.game;
    path_problem_.clear();
    switch (action) {
        case HistoryAction::open:
            if (!game.problem.empty())
                shell_.say(game.problem, Role::bad);
            else
                shell_.go({.page = Shell::Destination::Page::game, .game = game.record.game, .stored = game.id});
            break;
        case HistoryAction::save:
            saving_ = focus_ = true;
            path_ = file_name(game.record.game);
            break;
        case HistoryAction::remove:
            removing_ = focus_ = true;
            break;
        case HistoryAction::none:
            break;
    }
}

void HistoryPage::save() {
    std::vector<GameId> ids;
    if (chosen_) {
        ids.push_back(*chosen_);
    } else {
        for (const StoredGame &game : games_) ids.push_back(game.id);
    }
    const auto text = shell_.store->export_text(ids);
    if (!text) {
        path_problem_ = text.sentence();
        return;
    }
    if (const auto written = write_file_atomically(expanded(path_), text->text); !written) {
        path_problem_ = written.sentence() + ".";
        return;
    }
    saving_ = false;
    if (text->left_out.empty())
        shell_.say(counted(text->games, "game") + " written to " + path_ + ".", Role::good);
    else
        shell_.say(counted(text->games, "game") + " written to " + path_ + "; left out: " + text->left_out.front(),
                   Role::warn);
}

void HistoryPage::import() {
    const auto text = read_file(expanded(path_), largest_import);
    if (!text) {
        path_problem_ = text.sentence() + ".";
        return;
    }
    const auto count = shell_.store->import_text(*text, [this](const Record &record) -> Result<void> {
        if (shell_.registry.find_game(record.game) == nullptr) return {};
        const auto match = load_record(record, [this](const std::string &id, const OptionMap &options) {
            return shell_.registry.create_game(id, options);
        });
        return match ? Result<void>{} : Result<void>{match.problem()};
    });
    if (!count) {
        path_problem_ = count.sentence();
        return;
    }
    importing_ = false;
    std::string sentence = counted(count->added, "game") + " taken from " + path_;
    if (count->known > 0) sentence += "; " + std::to_string(count->known) + " were here already";
    shell_.say(sentence + ".", Role::good);
    refresh();
}

void HistoryPage::remove() {
    if (const auto removed = shell_.store->remove({*chosen_}); removed)
        shell_.say("The game was deleted.");
    else
        shell_.say(removed.sentence(), Role::warn);
    refresh();
}

void HistoryPage::draw_dialogs() {
    if (shell_.store == nullptr) return;
    bool &path_open = saving_ ? saving_ : importing_;
    if (path_open) {
        const bool saving = saving_;
        const std::string title = saving ? (chosen_ ? "Export this game" : "Export these games") : "Import games";
        if (modal_begin(title, path_open, {.width = 520})) {
            const TextFieldResult field = text_field(
                "##path", path_, {.hint = "path of the file", .icon = Icon::folder, .error = path_problem_});
            if (focus_) context().request_focus(field.id);
            focus_ = false;
            if (field.changed) path_problem_.clear();
            gap(12);
            const bool pressed = button(saving ? "Export" : "Import",
                                        {.kind = ButtonKind::primary, .icon = saving ? Icon::save : Icon::folder});
            if (pressed || field.submitted) saving ? save() : import();
            modal_end();
        }
    }
    if (removing_ && modal_begin("Delete this game?", removing_, {.width = 420})) {
        paragraph("This game of " + chosen_name_ + " and all its moves are deleted for good.");
        gap(14);
        // Once only: asked for in every frame it would take presses from the other button.
        if (std::exchange(focus_, false)) context().request_default_focus();
        if (button("Keep it")) removing_ = false;
        ImGui::SameLine(0, px(10));
        if (button("Delete", {.kind = ButtonKind::danger, .icon = Icon::trash})) {
            removing_ = false;
            remove();
        }
        modal_end();
    }
}

} // namespace parlour::host::ui
