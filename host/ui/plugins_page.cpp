#include "host/ui/plugins_page.hpp"

#include <SDL.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "host/plugins/sandbox_check.hpp"
#include "host/plugins/text.hpp"

namespace parlour::host::ui {
namespace {

/// A path with "~" for the home folder.
std::string short_path(const std::filesystem::path &path) {
    const std::string text = path.string();
    const char *home = std::getenv("HOME");
    if (home != nullptr && *home != '\0' && text.starts_with(std::string(home) + "/"))
        return "~" + text.substr(std::string_view(home).size());
    return text;
}

/// The end of a path that fits into `width`, with "…" before it.
std::string fitting_end(const Canvas &canvas, const std::string &text, FontRole font, float width) {
    if (canvas.text_size(text, font).x <= width) return text;
    std::size_t from = 0;
    while (from < text.size()) {
        from = text.find('/', from + 1);
        if (from == std::string::npos) break;
        std::string cut = "…" + text.substr(from);
        if (canvas.text_size(cut, font).x <= width) return cut;
    }
    return text;
}

std::string brings(const Registry &registry, const PluginRow &row) {
    std::vector<std::string> names;
    for (const std::string &id : row.games) {
        const GameEntry *game = registry.find_game(id);
        names.push_back((game ? game->name : id) + " (game)");
    }
    std::vector<std::string> engines;
    for (const std::string &id : row.engines) {
        const EngineEntry *engine = registry.find_engine(id);
        engines.push_back((engine ? engine->name : id) + " (engine)");
    }
    names.insert(names.end(), engines.begin(), engines.end());
    return names.empty() ? "nothing" : listed(names);
}

/// Where a plugin comes from and where its code runs.
std::string place_text(const PluginRow &row) {
    std::string text = row.script                            ? "your script"
                       : row.origin == PluginOrigin::shipped ? "came with the program"
                                                             : "yours";
    if (row.script && row.origin == PluginOrigin::shipped) text = "script, came with the program";
    if (row.quarantined) return text + "  ·  set aside";
    if (!row.loaded) return text;
    if (!row.isolated) return text + "  ·  runs in the program";
    return text +
           (row.games.empty() ? "  ·  runs in a process of its own" : "  ·  engines run in processes of their own");
}

/// A layer of the lock-down in a few words.
std::string layer_words(SandboxLayer layer) {
    switch (layer) {
        case layer_descriptors:
            return "open files";
        case layer_limits:
            return "memory";
        case layer_parent:
            return "end with the program";
        case layer_privileges:
            return "privileges";
        case layer_files:
            return "files";
        default:
            return "system calls";
    }
}

} // namespace

void PluginsPage::rescan() {
    const std::size_t games = shell_.registry.games().size(), engines = shell_.registry.engines().size();
    const auto count_refused = [this] {
        const auto &rows = shell_.registry.plugins();
        return std::count_if(rows.begin(), rows.end(), [](const PluginRow &row) { return !row.loaded; });
    };
    const auto refused = count_refused();
    if (!shell_.registry.rescan()) {
        shell_.say("Nothing has changed.");
        return;
    }
    shell_.forget_cards();
    const std::size_t more_games = shell_.registry.games().size() - games;
    const std::size_t more_engines = shell_.registry.engines().size() - engines;
    if (more_games + more_engines > 0) {
        shell_.say("Found " + counted(more_games, "new game") + " and " + counted(more_engines, "new engine") + ".",
                   Role::good);
    } else if (count_refused() > refused) {
        shell_.say("A plugin was refused; its row says why.", Role::warn);
    } else {
        shell_.say("The list of plugins is up to date.");
    }
}

// What came of a file that was copied.
void PluginsPage::say_installed() {
    static_cast<void>(shell_.registry.rescan());
    shell_.forget_cards();
    const std::string name = install_.installed().filename().string();
    for (const PluginRow &row : shell_.registry.plugins()) {
        if (row.file != install_.installed()) continue;
        if (!row.loaded)
            shell_.say(name + " was added but refused: " + row.sentence, Role::warn);
        else
            shell_.say(name + " was added and brings " + brings(shell_.registry, row) + ".", Role::good);
        return;
    }
    shell_.say(name + " was copied to " + short_path(install_.installed()) + ".", Role::good);
}

void PluginsPage::try_again(const std::filesystem::path &file) {
    const std::filesystem::path wanted = file; // rows change meanwhile
    const auto tried = shell_.registry.try_again(wanted);
    shell_.forget_cards();
    if (!tried) return shell_.say(tried.sentence(), Role::warn);
    const auto &rows = shell_.registry.plugins();
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const PluginRow &each) { return each.file == wanted; });
    if (row != rows.end() && row->loaded)
        shell_.say(wanted.filename().string() + " is back.", Role::good);
    else
        shell_.say(wanted.filename().string() + " was refused again; its row says why.", Role::warn);
}

void PluginsPage::look_at_sandbox() {
    if (!checked_ && !shell_.program.empty()) {
        checking_ = std::async(std::launch::async, [program = shell_.program, &window = shell_.window] {
            const auto check = check_sandbox(program);
            window.wake();
            return check ? std::optional(check->report) : std::nullopt;
        });
    }
    checked_ = true;
    if (!checking_.valid()) return;
    if (checking_.wait_for(std::chrono::seconds(0)) == std::future_status::ready)
        sandbox_ = checking_.get();
    else
        context().request_frame_in(50);
}

void PluginsPage::draw_shield(const Rect &row) {
    Canvas canvas;
    std::vector<std::string> missing;
    for (const LayerReport &layer : sandbox_->layers) {
        if (!layer.in_force) missing.push_back(layer_words(layer.layer));
    }
    const bool whole = missing.empty();
    canvas.fill(row, faded(color(whole ? Role::good : Role::warn), 0.12f), px(10));
    canvas.icon(whole ? Icon::check : Icon::warning, {row.x + px(20), row.center().y}, px(17),
                color(whole ? Role::good : Role::warn));
    const std::string text =
        whole ? "Isolated engines can read nothing of yours, write nothing and reach no network on this computer."
              : "Isolated engines run in processes of their own; not limited on this computer: " + listed(missing) +
                    ".";
    canvas.text({row.x + px(38), row.center().y}, text, FontRole::small, color(Role::text_dim), Align::left,
                row.w - px(50));
    place(row);
    interact("shield", row.size(), {.tab_stop = false});
    std::string all;
    for (const LayerReport &layer : sandbox_->layers)
        all += (all.empty() ? "" : "\n") + std::string(layer.in_force ? "in force: " : "missing: ") + layer.sentence;
    tooltip(all);
}

void PluginsPage::draw(Frame &frame) {
    if (install_.draw()) say_installed();
    look_at_sandbox();
    Canvas canvas;
    Rect page = frame.bounds();
    canvas.gradient(page, color(Role::background), color(Role::background_low));
    page = page.inset(px(24), px(18));
    Rect head = page.cut_top(px(44), px(10));
    place(head.cut_left(px(42), px(14)).centered({px(42), px(42)}));
    const bool back = icon_button("back", Icon::back, {.tip = "Back to the gallery"});
    if (back || frame.take_back()) shell_.go({Shell::Destination::Page::gallery, {}, std::nullopt});
    const auto &rows = shell_.registry.plugins();
    const auto refused = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const PluginRow &row) { return !row.loaded; }));
    const float title = canvas.text({head.x, head.center().y}, "Plugins", FontRole::title, color(Role::text));
    place(head.cut_right(px(130), px(8)).centered({px(130), px(40)}));
    if (button("Rescan",
               {.kind = ButtonKind::primary, .icon = Icon::refresh, .tip = "Look for new and changed files (F5)"}) ||
        frame.pressed(SDLK_F5))
        rescan();
    std::string summary = counted(rows.size(), "file");
    if (refused > 0) summary += ", " + std::to_string(refused) + " refused";
    canvas.text({head.x + title + px(22), head.center().y + px(3)}, summary, FontRole::body, color(Role::text_dim));

    if (sandbox_) draw_shield(page.cut_top(px(34), px(10)));
    const Rect foot = page.cut_bottom(px(26));
    canvas.text({foot.x + px(4), foot.center().y + px(4)},
                "Drop a plugin on this window: it goes into " + plugin_folder_text() +
                    ". “parlour new game NAME” writes one to start from.",
                FontRole::small, color(Role::text_faint), Align::left, foot.w);
    if (rows.empty()) {
        empty_state(page, Icon::plug, "No plugin files found",
                    "Put a plugin into " + plugin_folder_text() + " and press Rescan.");
        return;
    }
    panel_begin("list", page, {.padding = 8});
    // What needs attention comes first.
    std::vector<std::size_t> order(rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t i) { return !rows[i].loaded || rows[i].outdated; });
    for (const std::size_t index : order) draw_row(rows[index], index);
    panel_end();
    if (!retry_.empty()) try_again(std::exchange(retry_, {}));
}

void PluginsPage::draw_details(const PluginRow &row, const Rect &under) {
    const bool shown = unfolded_.contains(row.file);
    const float height = px(34);
    place({under.x, under.y + px(4), px(150), height});
    if (button(shown ? "Hide details" : "Show details",
               {.kind = ButtonKind::quiet, .icon = shown ? Icon::chevron_down : Icon::chevron_right})) {
        if (shown)
            unfolded_.erase(row.file);
        else
            unfolded_.insert(row.file);
    }
    float bottom = under.y + px(4) + height;
    if (shown) {
        const float text = paragraph_height(row.details, under.w - px(24), FontRole::small);
        const Rect box{under.x, bottom + px(4), under.w, text + px(20)};
        Canvas().fill(box, color(Role::panel_inset), px(8));
        place(box.inset(px(12), px(10)));
        paragraph(row.details, under.w - px(24), FontRole::small, Role::text);
        bottom = box.bottom() + px(4);
    }
    ImGui::SetCursorScreenPos({under.x - px(36), bottom});
}

void PluginsPage::draw_row(const PluginRow &row, std::size_t index) {
    ImGui::PushID(static_cast<int>(index));
    Canvas canvas;
    const Rect line = content_rect();
    const bool problem = !row.sentence.empty();
    const float words = line.w - px(36 + 60);
    const float sentence_height = problem ? paragraph_height(row.sentence, words) : 0;
    const bool again = row.quarantined;
    const Rect r{line.x, line.y, line.w, px(64) + (problem ? sentence_height + px(8) : 0)};
    place(r);
    const Interaction it = interact("row", r.size());
    canvas.fill(r, faded(color(Role::control_hover), 0.5f * it.hover), px(10));
    if (!row.loaded) canvas.fill(r, faded(color(Role::bad), 0.10f), px(10));
    const Color dot = !row.loaded ? color(Role::bad) : problem ? color(Role::warn) : color(Role::good);
    status_dot(canvas, {r.x + px(18), r.y + px(22)}, dot);
    const std::string name = row.name.empty() ? row.file.filename().string() : row.name;
    float x = r.x + px(36);
    x += canvas.text({x, r.y + px(22)}, name, FontRole::strong, color(Role::text), Align::left, words * 0.45f) +
         px(10);
    if (!row.version.empty())
        x += canvas.text({x, r.y + px(22)}, row.version, FontRole::small, color(Role::text_faint)) + px(14);
    const std::string what = row.loaded ? brings(shell_.registry, row) : again ? "set aside" : "refused";
    const float tools = px(again ? 176 : 60);
    canvas.text({x, r.y + px(22)}, what, FontRole::body, row.loaded ? color(Role::text_dim) : color(Role::bad),
                Align::left, r.right() - tools - x);
    const std::string where = place_text(row);
    const float where_width = canvas.text_size(where, FontRole::small).x;
    const Rect under{r.x + px(36), r.y + px(46), words - (again ? px(116) : 0), 0};
    canvas.text({under.x, under.y}, where, FontRole::small, color(Role::text_dim));
    const float path = std::max(px(40), under.w - where_width - px(16));
    canvas.text({under.x + where_width + px(16), under.y},
                fitting_end(canvas, short_path(row.file), FontRole::small, path), FontRole::small,
                color(Role::text_faint), Align::left, path);
    if (problem) {
        place({r.x + px(36), r.y + px(60), words, sentence_height});
        paragraph(row.sentence, words, FontRole::body, row.loaded ? Role::warn : Role::bad);
    }
    const Rect copy{r.right() - px(46), r.y + px(14), px(36), px(36)};
    const bool over_copy = it.hovered && copy.contains(ImGui::GetIO().MousePos);
    canvas.fill(copy, faded(color(Role::control), over_copy ? 1.0f : 0.6f * it.hover), px(8));
    canvas.icon(Icon::copy, copy.center(), px(18), color(over_copy ? Role::text : Role::text_faint));
    const Rect retry{copy.x - px(116), copy.y, px(106), px(36)};
    const bool over_retry = again && it.hovered && retry.contains(ImGui::GetIO().MousePos);
    if (again) {
        canvas.fill(retry, color(over_retry ? Role::control_hover : Role::control), px(8));
        canvas.text(retry.center(), "Try again", FontRole::medium, color(Role::text), Align::center);
    }
    if (it.ring) focus_ring(r, px(10));
    if (over_retry || (it.ring && again))
        tooltip("Load it once more");
    else if (over_copy || it.ring)
        tooltip("Copy the path");
    else
        tooltip(row.details.empty() ? row.summary : row.details);
    if (it.pressed && again && !over_copy && (over_retry || context().keyboard_mode)) {
        retry_ = row.file;
    } else if (it.pressed) {
        ImGui::SetClipboardText(row.file.string().c_str());
        shell_.say("The path was copied: " + short_path(row.file));
    }
    ImGui::SetCursorScreenPos({line.x, r.bottom()});
    if (problem && !row.details.empty()) draw_details(row, {r.x + px(36), r.bottom(), words, 0});
    gap(4);
    ImGui::PopID();
}

} // namespace parlour::host::ui
