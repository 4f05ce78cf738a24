#include "host/ui/new_game_page.hpp"

#include <SDL.h>

#include <algorithm>
#include <charconv>

#include "host/ui/board/scene_painter.hpp"
#include "host/ui/gallery_tile.hpp"
#include "host/ui/markdown.hpp"
#include "host/ui/option_form.hpp"

namespace parlour::host::ui {
namespace {

void section(std::string_view text) {
    label(text, FontRole::strong);
    gap(8);
}

/// A row with a name at the left; returns the place of its control.
Rect form_row(std::string_view name) {
    const Rect line = content_rect();
    Rect row{line.x, line.y, line.w, px(38)};
    Canvas().text({row.x, row.center().y}, name, FontRole::body, color(Role::text_dim), Align::left, px(142));
    row.cut_left(px(150));
    return row;
}

} // namespace

void NewGamePage::enter(const std::string &game_id) {
    focus_start_ = true;
    if (game_id == game_id_ && game_) return;
    game_id_ = game_id;
    options_.clear();
    seats_.clear();
    advanced_ = false;
    seed_text_.clear();
    remake_game();
}

void NewGamePage::look_again() {
    if (!game_id_.empty()) remake_game();
}

void NewGamePage::remake_game() {
    problem_.clear();
    const GameEntry *entry = shell_.registry.find_game(game_id_);
    if (entry == nullptr) {
        problem_ = "This game is no longer there.";
        return;
    }
    problem_ = option_problem(entry->options, options_);
    if (!problem_.empty()) return;
    auto made = shell_.registry.create_game(game_id_, options_);
    if (!made) {
        problem_ = made.sentence();
        return;
    }
    game_ = *made;
    choices_ = seat_choices(shell_.registry, *game_);
    const std::vector<Seat> usual = shell_.usual_seats(*game_);
    for (std::size_t i = seats_.size(); i < usual.size(); ++i) seats_.push_back(usual[i]);
    seats_.resize(usual.size());
    forms_.resize(usual.size());
    // An engine that does not play this variant leaves its seat to one that does.
    for (std::size_t i = 0; i < seats_.size(); ++i) {
        const auto choice = std::find_if(choices_.choices.begin(), choices_.choices.end(),
                                         [&](const auto &each) { return each.engine == seats_[i].engine; });
        if (choice == choices_.choices.end() || !choice->why.empty()) seats_[i] = usual[i];
    }
    picture_ = options_.empty() ? std::nullopt : Scene::of(*game_, game_->initial(1), 0);
}

void NewGamePage::start() {
    if (!game_ || !problem_.empty()) return;
    MatchSetup setup;
    setup.game = game_;
    setup.seats = seats_;
    setup.seed = shell_.next_seed();
    if (!seed_text_.empty()) {
        const char *end = seed_text_.data() + seed_text_.size();
        const auto [stop, error] = std::from_chars(seed_text_.data(), end, setup.seed);
        if (error != std::errc{} || stop != end) {
            shell_.say("A seed is a whole number; leave it empty for a new one.", Role::warn);
            return;
        }
    }
    using namespace std::chrono;
    if (time_kind_ == 1) setup.time = TimeControl::per_move(seconds(seconds_per_move_));
    if (time_kind_ == 2) setup.time = TimeControl::total(minutes(minutes_), seconds(increment_));
    shell_.go({Shell::Destination::Page::game, game_id_, std::move(setup)});
}

void NewGamePage::draw(Frame &frame) {
    Canvas canvas;
    Rect page = frame.bounds();
    canvas.gradient(page, color(Role::background), color(Role::background_low));
    page = page.inset(px(24), px(18));
    Rect head = page.cut_top(px(44), px(16));
    place(head.cut_left(px(42), px(14)).centered({px(42), px(42)}));
    const bool back = icon_button("back", Icon::back, {.tip = "Back to the gallery"});
    if (back || frame.take_back()) shell_.go({Shell::Destination::Page::gallery, {}, std::nullopt});
    const GameCard *card = shell_.card(game_id_);
    if (card == nullptr) {
        empty_state(page, Icon::warning, "This game is not there", "Its plugin may have been removed.");
        return;
    }
    settings_button(shell_, head.cut_right(px(40), px(8)).centered({px(40), px(40)}));
    canvas.text({head.x, head.center().y}, card->entry.name, FontRole::title, color(Role::text), Align::left, head.w);
    const bool narrow = page.w < px(760);
    Rect about = page.cut_left(narrow ? page.w * 0.36f : std::min(page.w * 0.42f, px(520)), px(20));
    draw_about(about);
    draw_form(page);
    if (frame.pressed(SDLK_RETURN, mod_ctrl)) start();
}

void NewGamePage::draw_about(const Rect &area) {
    const GameCard &card = *shell_.card(game_id_);
    Canvas canvas;
    Rect rest = area;
    const Rect picture = rest.cut_top(std::min(area.w * 0.7f, area.h * 0.48f), px(14));
    canvas.shadow(picture, px(16), {0, px(6)});
    if (picture_) {
        GameCard other;
        other.game = game_;
        other.accent = card.accent;
        other.picture = picture_;
        game_picture(canvas, other, picture, px(14), Corners::all);
    } else {
        game_picture(canvas, card, picture, px(14), Corners::all);
    }
    panel_begin("about", rest, {});
    paragraph(card.entry.summary, 0, FontRole::body, Role::text);
    gap(4);
    std::string line = players_text(card.entry.players_min, card.entry.players_max);
    if (card.engines) line += "  ·  " + counted(*card.engines, "engine");
    if (!card.entry.family.empty()) line += "  ·  " + card.entry.family;
    label(line, FontRole::small, Role::text_faint);
    gap(8);
    divider();
    gap(8);
    const std::string rules = game_ ? game_->rules() : std::string();
    if (rules.empty()) {
        paragraph("This game brings no rules text.", 0, FontRole::body, Role::text_faint);
    } else {
        markdown(rules, true);
    }
    panel_end();
}

void NewGamePage::draw_form(const Rect &area) {
    Rect rest = area;
    Rect foot = rest.cut_bottom(px(52), px(12));
    panel_begin("form", rest, {});
    if (game_) {
        draw_seats();
        draw_time();
    }
    draw_rest();
    panel_end();

    place(foot.cut_right(std::max(px(180), foot.w * 0.4f), px(14)).inset(0, px(3)));
    if (focus_start_) {
        context().request_default_focus();
        focus_start_ = false;
    }
    ButtonStyle style;
    style.kind = ButtonKind::primary;
    style.icon = Icon::play;
    style.enabled = problem_.empty() && game_ != nullptr;
    if (button("Start", style)) start();
    const Rect words = foot;
    if (!problem_.empty()) {
        place({words.x, words.y + px(6), words.w, words.h});
        paragraph(problem_, words.w, FontRole::body, Role::bad);
    } else {
        Canvas().text({words.x + px(4), words.center().y}, "Enter starts with these settings", FontRole::small,
                      color(Role::text_faint), Align::left, words.w);
    }
}

void NewGamePage::draw_seats() {
    const Rect line = content_rect();
    section("Players");
    const Vec2 below = ImGui::GetCursorScreenPos();
    if (seats_.size() == 2) {
        place({line.right() - px(96), line.y - px(6), px(96), px(30)});
        if (button("Swap", {.kind = ButtonKind::quiet, .icon = Icon::refresh, .tip = "The other one begins"})) {
            std::swap(seats_[0], seats_[1]);
            std::swap(forms_[0], forms_[1]);
        }
        ImGui::SetCursorScreenPos(below);
    }
    for (std::uint32_t player = 0; player < seats_.size(); ++player) {
        seat_form(shell_, player, *game_, choices_, seats_[player], forms_[player]);
        gap(10);
    }
    const Turn turn = game_->turn(game_->initial(1));
    if (seats_.size() > 1 && !turn.is_chance() && !turn.is_over())
        paragraph(game_->player_name(turn.player()) + " begins.", 0, FontRole::small, Role::text_faint);
    gap(10);
    divider();
    gap(10);
}

void NewGamePage::draw_time() {
    section("Time");
    static const std::string kinds[] = {"No clock", "Per move", "Whole game"};
    const Rect line = content_rect();
    place({line.x, line.y, line.w, px(38)});
    segmented("time", time_kind_, kinds, line.w);
    gap(8);
    if (time_kind_ == 1) {
        place(form_row("Seconds a move"));
        stepper("per move", seconds_per_move_, 1, 600, seconds_per_move_ >= 30 ? 15 : 1);
        gap(6);
    } else if (time_kind_ == 2) {
        place(form_row("Minutes each"));
        stepper("minutes", minutes_, 1, 180, minutes_ >= 30 ? 15 : 1);
        gap(6);
        place(form_row("Seconds added"));
        stepper("increment", increment_, 0, 60, 1);
        gap(6);
    }
    gap(4);
    divider();
    gap(10);
}

void NewGamePage::draw_rest() {
    const GameEntry *entry = shell_.registry.find_game(game_id_);
    section("Game");
    if (entry != nullptr && !entry->options.empty()) {
        if (option_form("options", entry->options, options_, advanced_)) remake_game();
        if (has_advanced(entry->options)) checkbox("Show all options", advanced_);
    }
    place(form_row("Seed"));
    text_field("##seed", seed_text_, {.hint = "a new one each time", .clearable = true, .numeric = true});
    gap(4);
    paragraph("The same seed deals the same cards and dice again.", 0, FontRole::small, Role::text_faint);
}

} // namespace parlour::host::ui
