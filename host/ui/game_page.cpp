#include "host/ui/game_page.hpp"

#include <SDL.h>

#include <algorithm>
#include <cmath>

#include "host/ui/markdown.hpp"
#include "host/ui/stored_games.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::size_t most_animated_plies = 5;

std::size_t persons_in(const Match &match) {
    return static_cast<std::size_t>(
        std::count_if(match.seats().begin(), match.seats().end(), [](const Seat &seat) { return seat.is_person(); }));
}

} // namespace

namespace {

/// The shell's services, asked anew each time: they may be replaced.
EngineServices services_behind(Shell &shell) {
    return {[&shell](const std::string &id, const OptionMap &options) { return shell.services.create(id, options); },
            [&shell](const Game &game) { return shell.services.best(game); },
            [&shell](const Game &game) { return shell.services.ranked(game); }};
}

} // namespace

GamePage::GamePage(Shell &shell)
    : shell_(shell),
      controller_(services_behind(shell), [&window = shell.window] { window.wake(); }),
      records_(shell),
      trouble_(shell) {
    controller_.on_offence(
        [this](const std::string &engine, const Problem &problem) { shell_.report_offence(engine, problem); });
    if (shell_.store == nullptr) return;
    journal_ = shell_.store->journal();
    controller_.set_journal(journal_.get());
}

// ---- beginning and leaving -------------------------------------------------------------------------------------

Result<void> GamePage::begin(MatchSetup setup) {
    const bool left = under_way() && controller_.match().plies() > 0;
    auto result = controller_.new_game(std::move(setup), shell_.now());
    if (!result) return result;
    say_left(left);
    started();
    return result;
}

Result<void> GamePage::adopt(Match match) {
    const bool left = under_way() && controller_.match().plies() > 0;
    auto result = controller_.adopt(std::move(match), shell_.now());
    if (!result) return result;
    say_left(left);
    started();
    return result;
}

// The game before is not lost.
void GamePage::say_left(bool left) {
    if (left && journal_ != nullptr) shell_.say("The game before can be continued from the gallery.");
}

Result<void> GamePage::open(GameId id) {
    if (journal_ != nullptr && journal_->game() == id && controller_.has_match()) return {};
    std::string told;
    auto match = stored_match(shell_, id, told);
    if (!match) return match.problem();
    if (const auto taken = journal_->continue_next(id); !taken) return taken;
    const auto adopted = adopt(std::move(*match));
    if (adopted) shell_.say(told, Role::warn);
    return adopted;
}

void GamePage::started() {
    fresh_ = true;
    side_.reset();
    told_.clear();
    trouble_.reset();
    details_open_ = false;
    covered_ = false;
    covered_for_ = PARLOUR_VIEWER_ALL;
    paused_by_leaving_ = false;
    focus_board_ = true;
    turned_ = false;
    // A person who has not the first seat looks from their own side.
    const Match &match = controller_.match();
    if (match.players() == 2 && match.seats()[0].is_engine() && match.seats()[1].is_person() &&
        match.game().has(PARLOUR_GAME_HIDDEN))
        turned_ = true;
}

void GamePage::enter() {
    focus_board_ = true;
    if (paused_by_leaving_ && controller_.has_match()) controller_.resume(shell_.now());
    paused_by_leaving_ = false;
}

void GamePage::leave() {
    if (!under_way() || state().paused) return;
    controller_.pause(shell_.now());
    paused_by_leaving_ = true;
}

bool GamePage::under_way() const {
    return controller_.has_match() && !controller_.match().is_over();
}

std::string GamePage::game_id() const {
    return controller_.has_match() ? controller_.match().game().id() : std::string();
}

// ---- the board follows the match -------------------------------------------------------------------------------

std::uint32_t GamePage::viewer(const ControllerState &state) const {
    const Match &match = controller_.match();
    const bool open = !match.game().has(PARLOUR_GAME_HIDDEN) || match.is_over() || persons_in(match) == 0;
    return open ? PARLOUR_VIEWER_ALL : state.viewer;
}

BoardPosition GamePage::position_at(std::size_t index, std::uint32_t eyes) const {
    const Match &match = controller_.match();
    BoardPosition position;
    position.game = match.game_ptr();
    position.state = match.position(index);
    position.viewer = eyes;
    std::size_t last = index;
    while (last > 0 && match.ply(last - 1).is_chance()) --last;
    if (last > 0 && !match.is_secret(eyes, last - 1))
        position.last_path = move_path(match.game(), match.position(last - 1), match.ply(last - 1).move);
    return position;
}

void GamePage::follow(const ControllerState &state) {
    const Match &match = controller_.match();
    const std::uint32_t eyes = viewer(state);
    std::vector<Move> moves = match.moves();
    moves.resize(std::min(moves.size(), match.cursor()));
    if (fresh_ || eyes != shown_viewer_) {
        board_.show(position_at(moves.size(), eyes));
    } else if (moves != shown_moves_) {
        const std::size_t from = shown_moves_.size(), to = moves.size();
        const bool onward = to > from && std::equal(shown_moves_.begin(), shown_moves_.end(), moves.begin());
        if (onward && to - from <= most_animated_plies) {
            for (std::size_t i = from; i < to; ++i) {
                std::vector<Touch> path;
                std::vector<Swipe> swipes;
                if (!match.ply(i).is_chance() && !match.is_secret(eyes, i)) {
                    path = move_path(match.game(), match.position(i), match.ply(i).move);
                    swipes = move_swipes(match.game(), match.position(i), match.ply(i).move);
                }
                board_.go(position_at(i + 1, eyes), std::move(path), std::move(swipes));
            }
        } else {
            board_.go(position_at(to, eyes), {});
        }
    }
    fresh_ = false;
    shown_moves_ = std::move(moves);
    shown_viewer_ = eyes;
    // Several persons and secrets: the next one has to be at the screen before anything is shown.
    if (eyes != PARLOUR_VIEWER_ALL && persons_in(match) > 1 && eyes != covered_for_) {
        covered_ = true;
        covered_for_ = eyes;
    }
    if (eyes == PARLOUR_VIEWER_ALL) {
        covered_ = false;
        covered_for_ = eyes;
    }
    board_.set_can_play(state.person_to_move && !covered_);

    if (state.hint && hint_move_ != state.hint->move) {
        hint_path_ = move_path(match.game(), match.viewed(), state.hint->move);
        hint_move_ = state.hint->move;
        const bool on_board =
            std::any_of(hint_path_.begin(), hint_path_.end(), [](const Touch &t) { return t.is_cell(); });
        if (!on_board) shell_.say(state.hint->engine + " would play: " + state.hint->text + ".", Role::good);
    } else if (!state.hint) {
        hint_path_.clear();
        hint_move_.reset();
    }
    if (state.notice != told_) {
        told_ = state.notice;
        shell_.say(told_, Role::warn);
    }
}

// ---- what the person does --------------------------------------------------------------------------------------

void GamePage::take_result(const BoardResult &result) {
    const Match &match = controller_.match();
    if (result.move) {
        if (auto played = controller_.person_plays(*result.move, shell_.now()); !played)
            shell_.say(played.sentence(), Role::warn);
    }
    if (!result.choices.empty()) chooser_.ask(match.game(), match.viewed(), result.choices);
    if (!result.refusal.empty()) shell_.say(result.refusal, Role::warn);
}

bool GamePage::claimed(std::int32_t key) const {
    return board_.has_board() && board_.claims(key);
}

void GamePage::copy_position() {
    const Match &match = controller_.match();
    if (shown_viewer_ != PARLOUR_VIEWER_ALL) {
        shell_.say("The position cannot be copied while something in it is hidden.", Role::warn);
        return;
    }
    ImGui::SetClipboardText(match.game().state_text(match.viewed()).c_str());
    shell_.say("The position was copied as text.", Role::good);
}

void GamePage::take_keys(Frame &frame, GameView &view) {
    if (any_popup_open()) return;
    const auto key = [&](std::int32_t code) { return !claimed(code) && frame.pressed(code); };
    if (key(SDLK_h) && view.state.person_to_move) GameSidePanel::hint(view);
    if (key(SDLK_u) || frame.pressed(SDLK_z, mod_ctrl)) view.attempt(controller_.undo(view.now));
    if (key(SDLK_r) || frame.pressed(SDLK_y, mod_ctrl)) view.attempt(controller_.redo(view.now));
    if (key(SDLK_f)) turned_ = !turned_;
    if (frame.pressed(SDLK_F1)) rules_open_ = true;
    if (frame.pressed(SDLK_c, mod_ctrl)) copy_position();
    if (frame.pressed(SDLK_PAGEUP)) GameSidePanel::step(view, -1);
    if (frame.pressed(SDLK_PAGEDOWN)) GameSidePanel::step(view, 1);
    if (frame.pressed(SDLK_HOME)) controller_.jump(0, view.now);
    if (frame.pressed(SDLK_END)) controller_.jump(view.match().plies(), view.now);
    if (!view.state.person_to_move) {
        if (frame.pressed(SDLK_LEFT)) GameSidePanel::step(view, -1);
        if (frame.pressed(SDLK_RIGHT)) GameSidePanel::step(view, 1);
    }
    const bool colon = frame.pressed(SDLK_COLON) || frame.pressed(SDLK_SEMICOLON, mod_shift) ||
                       frame.pressed(SDLK_PERIOD, mod_shift) || key(SDLK_m);
    if (colon && view.state.person_to_move) chooser_.type(view.match().game(), view.match().viewed());
}

// ---- drawing ---------------------------------------------------------------------------------------------------

void GamePage::draw(Frame &frame) {
    const auto now = shell_.now();
    controller_.set_least_move_time(shell_.settings.speed() > 0 && !context().reduced_motion
                                        ? shell_.settings.least_move_time
                                        : std::chrono::nanoseconds(0));
    controller_.tick(now);
    ControllerState state = controller_.state(now);
    follow(state);
    GameView view{shell_, controller_, state, now, shown_viewer_, trouble_, details_open_};
    if (frame.take_back() && !board_.cancel()) shell_.go({Shell::Destination::Page::gallery, {}, std::nullopt});
    take_keys(frame, view);

    Canvas canvas;
    Rect page = frame.bounds();
    canvas.gradient(page, color(Role::background), color(Role::background_low));
    const float wide = page.w / theme().scale;
    const bool fits = wide >= 820;
    if (fits || panel_open_) {
        const float width = px(wide >= 1180 ? 384.0f : wide >= 980 ? 320.0f : 272.0f);
        side_.draw(frame, view, page.cut_right(std::min(width, page.w * 0.62f)));
    }
    Rect main = page.inset(px(20), px(14));
    draw_header(frame, view, main.cut_top(px(42), px(10)));
    const Scene *counters = board_.has_board() && !covered_ ? &board_.scene() : nullptr;
    draw_player_cards(view, counters, main.cut_top(player_cards_height(view.match().players(), main.w), px(8)));
    draw_status(view, !board_.touched().empty(), main.cut_top(px(40), px(8)));
    draw_board(frame, view, main);
    draw_dialogs(view);
    if (const auto tick = controller_.next_tick(now))
        context().request_frame_in(std::max(1.0, std::chrono::duration<double, std::milli>(*tick - now).count()));
}

void GamePage::draw_header(Frame &frame, GameView &view, Rect row) {
    const Match &match = view.match();
    Canvas canvas;
    place(row.cut_left(px(42), px(14)));
    if (icon_button("back", Icon::back, {.tip = "Back to the gallery (Escape)"}))
        shell_.go({Shell::Destination::Page::gallery, {}, std::nullopt});
    settings_button(shell_, row.cut_right(px(40), px(6)).centered({px(40), px(40)}));
    place(row.cut_right(px(40), px(6)).centered({px(40), px(40)}));
    if (icon_button("more", Icon::more, {.tip = "More"})) open_menu("more menu");
    if (menu_begin("more menu")) {
        if (menu_item("Rematch", Icon::refresh)) {
            view.attempt(controller_.rematch(shell_.next_seed(), view.now));
            started();
        }
        if (menu_item("New game…", Icon::plus))
            shell_.go({Shell::Destination::Page::new_game, match.game().id(), std::nullopt});
        if (menu_item("Type a move…", Icon::list, view.state.person_to_move, ":"))
            chooser_.type(match.game(), match.viewed());
        if (menu_item(view.state.paused ? "Go on" : "Pause", view.state.paused ? Icon::play : Icon::pause,
                      !view.state.over))
            view.state.paused ? controller_.resume(view.now) : controller_.pause(view.now);
        if (menu_item("Copy position", Icon::copy, true, "Ctrl+C")) copy_position();
        if (menu_item("Save game…", Icon::save)) records_.open_save(match);
        if (menu_item("Load game…", Icon::folder)) records_.open_load();
        menu_end();
    }
    place(row.cut_right(px(40), px(6)).centered({px(40), px(40)}));
    if (icon_button("rules", Icon::question, {.tip = "Rules (F1)"})) rules_open_ = true;
    place(row.cut_right(px(40), px(6)).centered({px(40), px(40)}));
    if (icon_button("turn", Icon::rotate, {.tip = "Turn the board (F)"})) turned_ = !turned_;
    if (frame.size.x / theme().scale < 820) {
        place(row.cut_right(px(40), px(6)).centered({px(40), px(40)}));
        if (icon_button("panel", Icon::chart, {.selected = panel_open_, .tip = "Moves and analysis"}))
            panel_open_ = !panel_open_;
    }
    const float name = canvas.text({row.x, row.center().y}, match.game().name(), FontRole::heading, color(Role::text),
                                   Align::left, row.w);
    std::string variant;
    const GameEntry *entry = shell_.registry.find_game(match.game().id());
    for (const auto &[id, value] : match.game().options()) {
        if (entry == nullptr) break;
        for (const OptionSpec &option : entry->options) {
            if (option.id != id || option.default_text == value) continue;
            std::string shown = value;
            for (const auto &[choice, text] : option.choices) {
                if (choice == value) shown = text;
            }
            variant += (variant.empty() ? "" : ", ") + option.label + " " + shown;
        }
    }
    const std::string seed =
        match.game().has(PARLOUR_GAME_CHANCE) ? "seed " + std::to_string(match.setup().seed) : "";
    if (!seed.empty()) variant += (variant.empty() ? "" : "  ·  ") + seed;
    const float from = row.x + name + px(22);
    if (!variant.empty() && row.right() - from > px(60))
        canvas.text({from, row.center().y + px(2)}, variant, FontRole::small, color(Role::text_dim), Align::left,
                    row.right() - from);
}

void GamePage::draw_board(Frame &frame, GameView &view, Rect area) {
    const Match &match = view.match();
    if (covered_) {
        const std::string name = match.game().player_name(covered_for_);
        empty_state(area, Icon::users, "Hand over to " + name, "Only " + name + " should look at the screen now.");
        const Rect at{area.center().x - px(90), area.center().y + px(96), px(180), px(44)};
        place(at);
        context().request_default_focus();
        if (button("I am " + name + "##uncover", {.kind = ButtonKind::primary})) {
            covered_ = false;
            focus_board_ = true;
            context().request_frame_in(0);
        }
        return;
    }
    if (!board_.has_board()) {
        if (const auto move = move_buttons(match.game(), match.viewed(), area, view.state.person_to_move))
            view.attempt(controller_.person_plays(*move, view.now));
        return;
    }
    if (board_.has_buttons()) take_result(board_.draw_buttons(frame, area.cut_bottom(px(46), px(6))));
    BoardStyle style;
    style.turned = turned_;
    style.coordinates = shell_.settings.coordinates;
    style.targets = shell_.settings.targets;
    style.speed = shell_.settings.speed();
    style.hint = hint_path_;
    if (focus_board_) context().request_default_focus();
    take_result(board_.draw(frame, area, style));
    if (focus_board_ && !board_.focused()) context().request_frame_in(0);
    focus_board_ = focus_board_ && !board_.focused();
    const float wheel = ImGui::GetIO().MouseWheel;
    if (wheel != 0 && area.contains(ImGui::GetIO().MousePos) && !any_popup_open())
        GameSidePanel::step(view, wheel > 0 ? -1 : 1);
}

// What is known of an ending that the rules did not make: the reason, and where a script's rules failed.
void GamePage::draw_details(GameView &view) {
    if (!details_open_ || !view.state.outcome) return;
    if (!modal_begin("What happened", details_open_, {.width = 560})) return;
    notice(view.state.outcome->detail, Role::bad, Icon::warning);
    const std::string trace = view.match().game().trouble().details;
    if (!trace.empty()) {
        gap(6);
        const Rect line = content_rect();
        const Rect box{line.x, line.y, line.w, px(180)};
        if (panel_begin("trace", box, {.fill = Role::panel_inset, .radius = 8, .padding = 10}))
            paragraph(trace, 0, FontRole::code, Role::text);
        panel_end();
        ImGui::SetCursorScreenPos({line.x, box.bottom() + px(8)});
    }
    if (button("Copy details", {.kind = ButtonKind::quiet, .icon = Icon::copy})) {
        ImGui::SetClipboardText((view.state.outcome->detail + "\n" + trace).c_str());
        shell_.say("The details were copied.", Role::good);
    }
    modal_end();
}

void GamePage::draw_dialogs(GameView &view) {
    if (!view.state.trouble) {
        trouble_.reset();
    } else if (const auto remedy = trouble_.draw(*view.state.trouble, view.match())) {
        view.attempt(controller_.remedy(*remedy, view.now));
    }
    if (const auto move = chooser_.draw()) view.attempt(controller_.person_plays(*move, view.now));
    if (auto loaded = records_.draw(view.match())) {
        const auto adopted = adopt(std::move(*loaded));
        view.attempt(adopted);
        if (adopted) shell_.say("The game was loaded.", Role::good);
    }
    draw_details(view);
    if (rules_open_) {
        if (modal_begin("Rules", rules_open_, {.width = 560, .height = 520})) {
            const std::string rules = controller_.match().game().rules();
            if (rules.empty()) {
                paragraph("This game brings no rules text.");
            } else {
                markdown(rules);
            }
            modal_end();
        }
    }
}

} // namespace parlour::host::ui
