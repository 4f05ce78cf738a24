#include "host/ui/gallery_page.hpp"

#include <SDL.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <sstream>

namespace parlour::host::ui {
namespace {

constexpr float tile_width = 264, tile_gap = 20, caption_height = 82, margin = 28; // design pixels
constexpr std::size_t games_with_families = 12; // from so many on a filter a family helps

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

/// As many columns as fit; of a few tiles one fewer where that fills the last row better.
int columns_for(float width, int tiles) {
    const float gap = px(tile_gap);
    const int most = std::clamp(static_cast<int>((width + gap) / (px(tile_width) + gap)), 1, 6);
    if (tiles <= most || tiles > 3 * most || most < 3) return most;
    const auto empty = [tiles](int columns) { return (columns - tiles % columns) % columns; };
    return empty(most - 1) < empty(most) ? most - 1 : most;
}

/// A family's name as the label of a filter: "territory" is "Territory".
std::string family_label(const std::string &family) {
    std::string label = family;
    if (!label.empty()) label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(label[0])));
    return label;
}

} // namespace

GalleryPage::GalleryPage(Shell &shell) : shell_(shell), continue_(shell) {
    continue_.refresh(nullptr);
    for (const GameEntry &game : shell.registry.games()) known_.insert(game.id);
}

void GalleryPage::enter(const Match *under_way) {
    focus_first_ = true;
    continue_.refresh(under_way);
}

std::vector<GalleryPage::Filter> GalleryPage::filters() const {
    std::vector<Filter> all{
        {"All", [](const GameEntry &) { return true; }},
        {"Two player", [](const GameEntry &game) { return game.players_min <= 2 && game.players_max >= 2; }},
        {"Solo", [](const GameEntry &game) { return game.players_min == 1; }},
        {"Many players", [](const GameEntry &game) { return game.players_max > 2; }},
        {"Dice & cards",
         [](const GameEntry &game) { return (game.flags & (PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN)) != 0; }},
        {"No luck",
         [](const GameEntry &game) { return (game.flags & (PARLOUR_GAME_CHANCE | PARLOUR_GAME_HIDDEN)) == 0; }},
        {"In progress", [this](const GameEntry &game) { return game.id == in_progress_; }}};
    const auto &games = shell_.registry.games();
    if (games.size() >= games_with_families) {
        std::map<std::string, std::size_t> families;
        for (const GameEntry &game : games) ++families[game.family];
        for (const auto &[family, count] : families) {
            if (count > 1 && count < games.size())
                all.push_back(
                    {family_label(family), [family](const GameEntry &game) { return game.family == family; }});
        }
    }
    std::erase_if(all, [&](const Filter &filter) {
        return filter.label != "All" && std::none_of(games.begin(), games.end(), filter.accepts);
    });
    return all;
}

bool GalleryPage::matches(const GameEntry &entry) const {
    std::string text = " " + lower(entry.name + " " + entry.family + " " + entry.summary + " " + entry.id);
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 128 && !std::isalnum(c); }, ' ');
    std::istringstream words(lower(query_));
    for (std::string word; words >> word;) {
        // Each word searched for begins a word of the text.
        if (text.find(" " + word) == std::string::npos) return false;
    }
    for (const Filter &filter : filters()) {
        if (filter.label == filter_) return filter.accepts(entry);
    }
    return true;
}

std::vector<std::string> GalleryPage::shown() const {
    std::vector<std::string> ids;
    for (const GameEntry &entry : shell_.registry.games()) {
        if (matches(entry)) ids.push_back(entry.id);
    }
    return ids;
}

void GalleryPage::take_keys(Frame &frame) {
    if (any_popup_open()) return;
    // Typing searches at once, wherever the focus is.
    for (const KeyPress &press : frame.input.keys) {
        if (press.modifiers == mod_ctrl && press.key == SDLK_f) context().request_focus(search_id_);
        if ((press.modifiers & ~mod_shift) != 0) continue;
        if (press.key == SDLK_SLASH) {
            context().request_focus(search_id_);
        } else if ((press.key >= SDLK_a && press.key <= SDLK_z) || (press.key >= SDLK_0 && press.key <= SDLK_9)) {
            query_ += static_cast<char>(press.key);
            focus_first_ = true;
            focus_game_.clear();
        } else if (press.key == SDLK_BACKSPACE && !query_.empty()) {
            query_.pop_back();
            focus_first_ = true;
        }
    }
    if (!query_.empty() || filter_ != "All") {
        if (frame.take_back()) {
            query_.clear();
            filter_ = "All";
            focus_first_ = true;
        }
    }
}

void GalleryPage::draw(Frame &frame) {
    take_keys(frame);
    Canvas canvas;
    Rect page = frame.bounds();
    canvas.gradient(page, color(Role::background), color(Role::background_low));
    const Rect footer = page.cut_bottom(px(36));
    Rect head = page.inset(px(margin), 0);
    head.cut_top(px(20));
    draw_header(head.cut_top(px(44)));
    head.cut_top(px(10));
    draw_filters(head.cut_top(px(34)));
    head.cut_top(px(4));
    draw_tiles(frame, {page.x, head.y, page.w, page.bottom() - head.y});
    draw_footer(footer);
}

void GalleryPage::draw_header(Rect header) {
    Canvas canvas;
    const float title = canvas.text({header.x, header.center().y}, "Parlour", FontRole::title, color(Role::text));
    settings_button(shell_, header.cut_right(px(40), px(8)).centered({px(40), px(40)}));
    if (shell_.store != nullptr) {
        place(header.cut_right(px(40), px(8)).centered({px(40), px(40)}));
        if (icon_button("history", Icon::clock, {.tip = "Games that were played"}))
            shell_.go({.page = Shell::Destination::Page::history});
    }
    const float search_width = std::min(px(300), header.w * 0.42f);
    const Rect search = header.cut_right(search_width, px(12)).centered({search_width, px(38)});
    place(search);
    const TextFieldResult field =
        text_field("##search", query_, {.hint = "Search games", .icon = Icon::search, .clearable = true});
    search_id_ = field.id;
    if (field.submitted) focus_first_ = true;
    const float from = header.x + title + px(22);
    const std::string counts =
        counted(shell_.registry.games().size(), "game") + ", " + counted(shell_.registry.engines().size(), "engine");
    canvas.text({from, header.center().y + px(3)}, counts, FontRole::body, color(Role::text_dim), Align::left,
                std::max(1.0f, header.right() - from));
}

void GalleryPage::draw_filters(Rect row) {
    const auto all = filters();
    if (std::none_of(all.begin(), all.end(), [&](const Filter &f) { return f.label == filter_; })) filter_ = "All";
    ImGui::SetCursorScreenPos(row.min());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0) ImGui::SameLine(0, px(8));
        if (chip(all[i].label, all[i].label == filter_)) {
            filter_ = all[i].label;
            focus_first_ = true;
        }
        if (ImGui::GetItemRectMax().x > row.right() - px(90)) break;
    }
}

void GalleryPage::draw_tiles(Frame &frame, const Rect &area) {
    const std::vector<std::string> ids = shown();
    if (ids.empty()) {
        if (shell_.registry.games().empty()) {
            empty_state(area, Icon::plug, "No games yet",
                        "Put a plugin into " + plugin_folder_text() + " and press Rescan on the plugins page.");
        } else {
            empty_state(
                area, Icon::search, "Nothing found",
                query_.empty() ? "No game fits this filter." : "No game fits “" + query_ + "”. Escape clears it.");
        }
        return;
    }
    panel_begin("tiles", area, {.fill = std::nullopt, .radius = 0, .padding = 0});
    const float side = px(margin), gap_ = px(tile_gap), width = area.w - 2 * side;
    const int columns = columns_for(width, static_cast<int>(ids.size()));
    const float w = std::floor((width - gap_ * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    const int rows = (static_cast<int>(ids.size()) + columns - 1) / columns;
    // Unfinished games come first, unless something else is looked for.
    const bool offers = query_.empty() && filter_ == "All" && continue_.any();
    // Two rows fill the page where that does not make them odd.
    const float fitting = (area.h - px(14) - px(22)) / 2 - gap_ * 0.5f;
    float h = std::floor(w * 0.72f) + px(caption_height);
    if (rows >= 2 && !offers && std::abs(fitting - h) < h * 0.22f) h = std::floor(fitting);
    h = std::min(h, std::max(px(220), area.h - px(40)));
    Vec2 origin = ImGui::GetCursorScreenPos();
    if (offers) {
        continue_.draw(frame, {origin.x + side, origin.y + px(14), width, continue_.height()});
        origin.y += px(14) + continue_.height();
    }
    // The focus begins at the tile that was left, else at the first.
    const std::string &first =
        std::find(ids.begin(), ids.end(), focus_game_) != ids.end() ? focus_game_ : ids.front();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const GameCard *card = shell_.card(ids[i]);
        if (card == nullptr) continue;
        const auto column = static_cast<float>(static_cast<int>(i) % columns);
        const auto row = static_cast<float>(static_cast<int>(i) / columns);
        const Rect r{origin.x + side + column * (w + gap_), origin.y + px(14) + row * (h + gap_), w, h};
        const bool wanted = focus_first_ && ids[i] == first;
        if (wanted) context().request_default_focus();
        const TileBadge badge = card->game == nullptr      ? TileBadge::broken
                                : ids[i] == in_progress_   ? TileBadge::in_progress
                                : !known_.contains(ids[i]) ? TileBadge::is_new
                                                           : TileBadge::none;
        const TileResult result = gallery_tile(*card, r, badge);
        if (wanted && result.focused) focus_first_ = false;
        if (wanted && !result.focused) context().request_frame_in(0);
        if (result.opened || result.started) focus_game_ = ids[i];
        if ((result.opened || result.started) && card->game == nullptr) {
            shell_.say(card->problem, Role::bad);
        } else if (result.opened && badge == TileBadge::in_progress) {
            shell_.go({Shell::Destination::Page::game, ids[i], std::nullopt});
        } else if (result.opened) {
            shell_.go({Shell::Destination::Page::new_game, ids[i], std::nullopt});
        } else if (result.started) {
            MatchSetup setup;
            setup.game = card->game;
            setup.seats = shell_.usual_seats(*card->game);
            setup.seed = shell_.next_seed();
            shell_.go({Shell::Destination::Page::game, ids[i], std::move(setup)});
        }
    }
    ImGui::SetCursorScreenPos({origin.x, origin.y + px(14) + static_cast<float>(rows) * (h + gap_)});
    ImGui::Dummy({1, px(2)});
    panel_end();
    (void)frame;
}

void GalleryPage::draw_footer(const Rect &bar) {
    Canvas canvas;
    canvas.fill(bar, color(Role::panel));
    canvas.fill({bar.x, bar.y, bar.w, 1}, color(Role::divider));
    const auto &plugins = shell_.registry.plugins();
    const auto refused = static_cast<std::size_t>(
        std::count_if(plugins.begin(), plugins.end(), [](const PluginRow &row) { return !row.loaded; }));
    const std::string status =
        refused == 0 ? counted(plugins.size(), "plugin") + " loaded" : counted(refused, "plugin") + " failed to load";
    const float wide = canvas.text_size(status, FontRole::small).x + px(34);
    const Rect link{bar.right() - px(margin) - wide + px(8), bar.y + px(4), wide, bar.h - px(8)};
    place(link);
    const Interaction it = interact("plugins", link.size());
    canvas.fill(link, faded(color(Role::control_hover), it.hover), px(7));
    status_dot(canvas, {link.x + px(14), link.center().y}, refused ? color(Role::bad) : color(Role::good));
    canvas.text({link.x + px(26), link.center().y}, status, FontRole::small,
                mix(color(Role::text_dim), color(Role::text), it.hover));
    if (it.ring) focus_ring(link, px(7));
    if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    tooltip("Show all plugins, and why some were refused");
    if (it.pressed) shell_.go({Shell::Destination::Page::plugins, {}, std::nullopt});
    canvas.text({bar.x + px(margin), bar.center().y},
                "Drop a plugin into " + plugin_folder_text() + " to add a game or an engine", FontRole::small,
                color(Role::text_faint), Align::left, link.x - bar.x - px(margin * 2));
}

} // namespace parlour::host::ui
