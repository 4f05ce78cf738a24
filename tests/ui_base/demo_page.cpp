#include "tests/ui_base/demo_page.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "host/ui/base/widgets.hpp"

namespace parlour::test {

using namespace parlour::host::ui;

namespace {

void widgets_page(Frame &frame, DemoState &s) {
    Rect page = frame.bounds().inset(px(28));
    Canvas canvas;
    Rect header = page.cut_top(px(44), px(16));
    place(header.cut_left(px(40), px(12)));
    icon_button("##back", Icon::back, {.tip = "Back (Esc)"});
    canvas.text({header.x, header.center().y}, "Widgets", FontRole::title, color(Role::text));
    place(header.cut_right(px(40), px(8)));
    if (icon_button("##settings", Icon::gear, {.tip = "Settings"})) open_menu("menu");
    if (menu_begin("menu")) {
        if (menu_item("Take back", Icon::undo, true, "Ctrl+Z")) s.menu_choice = 1;
        if (menu_item("Dark theme", Icon::moon)) s.menu_choice = 2;
        if (menu_item("Full screen", Icon::fullscreen, false, "F11")) s.menu_choice = 3;
        menu_end();
    }
    place(header.cut_right(px(300), px(8)));
    text_field("##search", s.search, {.hint = "Search games", .icon = Icon::search, .clearable = true});

    const Rect chips = page.cut_top(px(30), px(18));
    ImGui::SetCursorScreenPos(chips.min());
    const std::array<const char *, 4> names{"All", "Favourites", "Two players", "Solo"};
    for (int i = 0; i < 4; ++i) {
        if (i > 0) ImGui::SameLine();
        const Icon icon = i == 1 ? Icon::star : Icon::none;
        if (chip(names[static_cast<std::size_t>(i)], s.chip == i, {.icon = icon, .count = 12 - 3 * i})) s.chip = i;
    }

    const float column = std::floor((page.w - px(40)) / 3);
    Rect left = page.cut_left(column, px(20)), middle = page.cut_left(column, px(20)), right = page;
    if (panel_begin("controls", left, {.shadow = true})) {
        label("New game", FontRole::heading);
        gap(6);
        checkbox("Show legal moves", s.ticked);
        checkbox("Not for this game", s.off, false);
        toggle("Sounds", s.switched);
        toggle("Reduced motion", s.off);
        gap(4);
        label("Level", FontRole::small, Role::text_dim);
        slider("##level", s.level, 1, 10,
               {.step = 1, .text = [](float v) { return std::to_string(std::lround(v)) + " / 10"; }});
        slider_int("##seconds", s.seconds, 0, 60,
                   {.text = [](float v) { return std::to_string(std::lround(v)) + " s"; }});
        const std::vector<std::string> items{"A person", "minimax", "mcts", "random"};
        combo("##opponent", s.combo, items, {.icon = Icon::engine});
        const std::vector<std::string> sides{"First", "Random", "Second"};
        segmented("##side", s.segment, sides, content_rect().w);
        const std::array<Icon, 3> views{Icon::grid, Icon::list, Icon::chart};
        segmented_icons("##view", s.view, views);
        stepper("##size", s.steps, 3, 9);
        text_field("##wrong", s.wrong,
                   {.hint = "Seed", .numeric = true, .error = "A seed is a number from 0 to 2^64 - 1."});
    }
    panel_end();
    if (panel_begin("buttons", middle, {.shadow = true})) {
        label("Buttons", FontRole::heading);
        gap(6);
        if (button("Start game", {.kind = ButtonKind::primary, .icon = Icon::play, .size = {content_rect().w, 0}}))
            ++s.pressed;
        Rect row = content_rect();
        row.h = px(36);
        const float third = std::floor((row.w - px(16)) / 3);
        place(row.cut_left(third, px(8)));
        button("Undo", {.icon = Icon::undo});
        place(row.cut_left(third, px(8)));
        button("Hint", {.icon = Icon::bulb, .selected = true});
        place(row.cut_left(third));
        button("Resign", {.kind = ButtonKind::danger, .icon = Icon::flag});
        row = content_rect();
        row.h = px(36);
        place(row.cut_left(third, px(8)));
        button("Redo", {.icon = Icon::redo, .enabled = false});
        place(row.cut_left(third, px(8)));
        button("Quiet", {.kind = ButtonKind::quiet});
        place(row.cut_left(third));
        if (button("Dialog", {})) s.dialog = true;
        gap(4);
        notice("Two plugins could not be loaded; the plugins page says why.", Role::warn, Icon::warning);
        notice("built for interface 2, this program has 1.0", Role::bad, Icon::plug);
        notice("Saved.", Role::good, Icon::check);
        gap(4);
        Rect icons = content_rect();
        const int per_row = std::max(1, static_cast<int>(icons.w / px(32)));
        for (int i = 1; i < static_cast<int>(Icon::count_); ++i) {
            const auto x = static_cast<float>((i - 1) % per_row), y = static_cast<float>((i - 1) / per_row);
            Canvas().icon(static_cast<Icon>(i), {icons.x + px(14) + x * px(32), icons.y + px(14) + y * px(32)},
                          px(20), color(Role::text));
        }
    }
    panel_end();
    if (panel_begin("showing", right, {.shadow = true})) {
        label("Analysis", FontRole::heading);
        gap(6);
        Rect r = content_rect();
        eval_bar("##eval", r.cut_top(px(14), px(14)), 0.52f, theme().player(0), theme().player(1));
        progress("##progress", r.cut_top(px(6), px(12)), 0.35f);
        std::vector<float> curve;
        for (int i = 0; i < 24; ++i)
            curve.push_back(0.6f * std::sin(static_cast<float>(i) * 0.45f) * static_cast<float>(i) / 24.0f);
        sparkline("##curve", r.cut_top(px(110), px(14)), curve,
                  {.positive = theme().player(0), .negative = theme().player(1)});
        ImGui::SetCursorScreenPos(r.min());
        const std::array<float, 3> widths{0.16f, 0.42f, 0.42f};
        for (int i = 0; i < 5; ++i) {
            const std::string number = std::to_string(i + 1) + ".";
            const std::array<RowCell, 3> cells{RowCell{number, Role::text_faint, FontRole::small},
                                               RowCell{"d2", Role::text, FontRole::body, Align::left, i == 3},
                                               RowCell{"e4", Role::text}};
            table_row("##row" + std::to_string(i), cells, widths, {.striped = i % 2 == 1});
        }
        gap(8);
        label("Large number", FontRole::small, Role::text_dim);
        label("04:12", FontRole::number);
        paragraph("Ludus: Ещё одна партия? Παιχνίδι · naïve façade · ♔♕♖ ♠♥♦♣ ⚀⚅ → ✓ ½ “quotes” – and an ellipsis…");
    }
    panel_end();

    if (modal_begin("Leave the game?", s.dialog, {.width = 420})) {
        paragraph("The game is kept and can be continued from the gallery at any time.");
        gap(10);
        Rect row = content_rect();
        row.h = px(36);
        place(row.cut_right(px(110), px(8)));
        if (button("Leave", {.kind = ButtonKind::primary})) s.dialog = false;
        place(row.cut_right(px(110)));
        if (button("Stay")) s.dialog = false;
        modal_end();
    }
}

void pieces_page(Frame &frame) {
    Canvas canvas;
    const Theme &t = theme();
    Rect page = frame.bounds().inset(px(28));
    const float cell = std::floor(std::min(page.w / 12, page.h / 7.6f)), r = cell * 0.40f;
    const auto at = [&](int column, int row) {
        return Vec2(page.x + (static_cast<float>(column) + 0.5f) * cell,
                    page.y + (static_cast<float>(row) + 0.5f) * cell);
    };
    for (int i = 0; i < 8; ++i) {
        const auto index = static_cast<std::size_t>(i);
        canvas.disc(at(i, 0), r, {.color = t.player(index), .cue = cue_of_player(index)});
        canvas.disc(at(i, 1), r * 0.6f, {.color = t.player(index), .cue = cue_of_player(index), .relief = false});
    }
    canvas.disc(at(8, 0), r, {.color = t.ivory});
    canvas.disc(at(9, 0), r, {.color = t.ebony});
    canvas.disc(at(10, 0), r, {.color = t.ivory, .level = 1});
    canvas.disc(at(11, 0), r, {.color = t.ebony, .level = 2});
    for (int i = 0; i < 4; ++i) {
        canvas.push_scale_about(at(8 + i, 1), {1.0f - 0.3f * static_cast<float>(i), 1});
        canvas.disc(at(8 + i, 1), r * 0.9f, {.color = i % 2 ? t.ebony : t.ivory});
        canvas.pop_transform();
    }
    canvas.ring_piece(at(0, 2), r, t.player(1));
    canvas.cross_piece(at(1, 2), r, t.player(0));
    canvas.block({at(2, 2).x - r, at(2, 2).y - r, 2 * r, 2 * r}, t.player(2), ShapeCue::triangle);
    canvas.triangle_piece(at(3, 2), r, t.player(3));
    canvas.star_piece(at(4, 2), r, t.player(6));
    for (int i = 0; i < 7; ++i)
        canvas.die(at(5 + i, 2), r * 1.7f, i == 6 ? 9 : i + 1, i % 2 ? t.player(0) : t.ivory, i == 6 ? 0.35f : 0.0f);
    const std::array<const char *, 5> faces{"K", "Q♥", "J♠", "10♦", "A♣"};
    for (int i = 0; i < 7; ++i) {
        const Vec2 c = at(i, 3);
        canvas.card({c.x - r * 0.8f, c.y - r * 0.55f, r * 1.6f, r * 2.3f},
                    {.glyph = faces[static_cast<std::size_t>(i % 5)],
                     .face_up = i < 5,
                     .back = i == 6 ? t.player(0) : Color{0},
                     .selected = i == 2});
    }
    const std::array<const char *, 5> numbers{"2", "16", "128", "1024", "ß"};
    for (int i = 0; i < 5; ++i)
        canvas.tile({at(7 + i, 3).x - r, at(7 + i, 3).y - r, 2 * r, 2 * r}, numbers[static_cast<std::size_t>(i)],
                    t.heat(static_cast<float>(i) / 4));
    // A board of holes, a chequered one, arrows and marks.
    const Rect plate{at(0, 4).x - cell * 0.5f, at(0, 4).y - cell * 0.2f, cell * 4, cell * 3};
    canvas.board_plate(plate, t[Role::board_frame], px(14));
    for (int i = 0; i < 12; ++i) {
        const Vec2 c(plate.x + (static_cast<float>(i % 4) + 0.5f) * cell,
                     plate.y + (static_cast<float>(i / 4) + 0.5f) * cell);
        canvas.hole(c, r * 1.02f, t[Role::board_frame]);
        if (i % 3 != 0)
            canvas.disc(c, r * 0.92f,
                        {.color = t.player(static_cast<std::size_t>(i % 2)),
                         .cue = cue_of_player(static_cast<std::size_t>(i % 2)),
                         .shadow = false});
    }
    const std::array<const char *, 6> men{"♔", "♕", "♖", "♗", "♘", "♙"};
    const Rect board{at(5, 4).x - cell * 0.5f, plate.y, cell * 6, cell * 3};
    for (int i = 0; i < 18; ++i) {
        const Rect square{board.x + static_cast<float>(i % 6) * cell, board.y + static_cast<float>(i / 6) * cell,
                          cell, cell};
        canvas.fill(square, (i + i / 6) % 2 ? t[Role::board_dark] : t[Role::board_light]);
        if (i == 8) canvas.fill(square, t[Role::mark_last]);
        if (i < 12)
            canvas.glyph_piece(square.center(), cell * 0.95f, men[static_cast<std::size_t>(i % 6)],
                               i < 6 ? t.ebony : t.ivory);
        if (i > 13) canvas.circle(square.center(), cell * 0.14f, faded(t[Role::mark_target], 0.8f));
    }
    canvas.arrow({board.x + cell * 0.5f, board.y + cell * 2.5f}, {board.x + cell * 3.4f, board.y + cell * 1.6f},
                 faded(t[Role::mark_hint], 0.85f), cell * 0.14f);
    canvas.dashed_rect({board.x + cell * 4, board.y + cell * 2, cell, cell}, t[Role::mark_select], px(3), px(8),
                       px(9));
    canvas.arc({board.right() + cell * 0.5f, plate.y + cell * 0.5f}, r * 0.8f, -1.5f, 2.6f, px(5), t[Role::accent]);
    canvas.push_alpha(0.5f);
    canvas.disc({board.right() + cell * 0.5f, plate.y + cell * 1.5f}, r,
                {.color = t.player(4), .cue = cue_of_player(4)});
    canvas.pop_alpha();
    badge(canvas, {board.right() + cell * 0.95f, plate.y + cell * 2.4f}, "New", t[Role::info]);
}

void small_board(Canvas &canvas, const Rect &art, int kind) {
    const Theme &t = theme();
    const float side = std::min(art.w, art.h) * 0.82f;
    if (kind == 0) {
        const float cell = side / 6;
        const Rect plate = art.centered({cell * 7 + side * 0.06f, cell * 6 + side * 0.06f});
        canvas.board_plate(plate, t[Role::board_frame], side * 0.04f);
        for (int i = 0; i < 42; ++i) {
            const Vec2 c(plate.x + side * 0.03f + (static_cast<float>(i % 7) + 0.5f) * cell,
                         plate.y + side * 0.03f + (static_cast<float>(i / 7) + 0.5f) * cell);
            const int height = (i % 7) * (i % 7) % 5;
            if (5 - i / 7 < height)
                canvas.disc(c, cell * 0.40f,
                            {.color = t.player(static_cast<std::size_t>((i * 5 + i / 7) % 2)), .shadow = false});
            else
                canvas.hole(c, cell * 0.42f, t[Role::board_frame]);
        }
        return;
    }
    const Rect plate = art.centered({side, side});
    const float cell = side / 8;
    canvas.board_plate(plate.inset(-side * 0.02f), kind == 1 ? rgb(0x2a8a5f) : t[Role::board_dark], side * 0.03f);
    for (int i = 0; i < 64; ++i) {
        const Rect square{plate.x + static_cast<float>(i % 8) * cell, plate.y + static_cast<float>(i / 8) * cell,
                          cell, cell};
        if (kind == 1)
            canvas.fill(square.inset(0.5f), (i + i / 8) % 2 ? rgb(0x2f9a6b) : rgb(0x2c9365));
        else
            canvas.fill(square, (i + i / 8) % 2 ? t[Role::board_dark] : t[Role::board_light]);
        const bool piece =
            kind == 1 ? i % 8 > 1 && i % 8 < 6 && i / 8 > 2 && i / 8 < 5 : (i + i / 8) % 2 && (i < 24 || i >= 40);
        if (piece)
            canvas.disc(square.center(), cell * 0.40f,
                        {.color = (kind == 1 ? (i + i / 8) % 2 == 0 : i >= 40) ? t.ivory
                                  : kind == 1                                  ? t.ebony
                                                                               : t.player(0)});
    }
}

void gallery_page(Frame &frame, DemoState &s) {
    Canvas canvas;
    const Theme &t = theme();
    Rect page = frame.bounds();
    const Rect foot = page.cut_bottom(px(34));
    canvas.fill(foot, t[Role::background_low]);
    canvas.text({foot.x + px(28), foot.center().y}, "Drop a plugin here to add a game or an opponent",
                FontRole::small, t[Role::text_dim]);
    page = page.inset(px(28), px(24));
    Rect header = page.cut_top(px(40), px(16));
    const float width = canvas.text({header.x, header.center().y}, "Gallery", FontRole::title, t[Role::text]);
    canvas.text({header.x + width + px(16), header.center().y + px(4)}, "6 games, 3 engines", FontRole::body,
                t[Role::text_dim]);
    place(header.cut_right(px(38), px(8)).centered({px(38), px(38)}));
    icon_button("##settings", Icon::gear, {.tip = "Settings"});
    place(header.cut_right(px(300), px(8)).centered({px(300), px(38)}));
    text_field("##search", s.search, {.hint = "Search games", .icon = Icon::search});
    const int columns = std::max(1, static_cast<int>((page.w + px(20)) / px(280)));
    const float tile_width =
                    std::floor((page.w - px(20) * static_cast<float>(columns - 1)) / static_cast<float>(columns)),
                tile_height = px(300);
    const std::array<const char *, 6> names{"Four in a row", "Reversi", "Draughts",
                                            "Four in a row", "Reversi", "Draughts"};
    const std::array<std::uint32_t, 6> tints{0x22407c, 0x17543d, 0x5d3a2a, 0x3b2a66, 0x20505f, 0x54472a};
    for (int i = 0; i < 6; ++i) {
        const Rect tile{page.x + static_cast<float>(i % columns) * (tile_width + px(20)),
                        page.y + static_cast<float>(i / columns) * (tile_height + px(20)), tile_width, tile_height};
        place(tile);
        const Interaction it = interact("##tile" + std::to_string(i), {0, 0});
        const Rect lifted = tile.moved(0, -px(3) * it.hover);
        canvas.shadow(lifted, px(14) + px(8) * it.hover, {0, px(5)});
        canvas.fill(lifted, mix(t[Role::card], t[Role::card_hover], it.hover), px(14));
        Rect art = lifted;
        Rect caption = art.cut_bottom(px(84));
        const Color tint = rgb(tints[static_cast<std::size_t>(i)]);
        canvas.gradient(art, lighter(tint, 0.10f), darker(tint, 0.35f), px(14), Corners::top);
        small_board(canvas, art, i % 3);
        if (i == 0) badge(canvas, {art.right() - px(12), art.y + px(12)}, "Continue", t[Role::good]);
        if (i == 4) badge(canvas, {art.right() - px(12), art.y + px(12)}, "Plugin error", t[Role::bad]);
        caption = caption.inset(px(16), px(14));
        canvas.text({caption.x, caption.y + px(14)}, names[static_cast<std::size_t>(i)], FontRole::heading,
                    t[Role::text]);
        canvas.text({caption.x, caption.y + px(42)}, "2 players  ·  3 engines", FontRole::small, t[Role::text_dim]);
        canvas.icon(i == 1 ? Icon::star : Icon::star_outline, {caption.right() - px(8), caption.y + px(14)}, px(20),
                    i == 1 ? t[Role::warn] : t[Role::text_faint]);
        if (it.ring) focus_ring(lifted, px(14));
    }
}

} // namespace

void draw_demo(Frame &frame, DemoState &state) {
    if (frame.take_back()) ++state.backs;
    switch (state.page) {
        case 0:
            widgets_page(frame, state);
            break;
        case 1:
            pieces_page(frame);
            break;
        default:
            gallery_page(frame, state);
            break;
    }
}

} // namespace parlour::test
