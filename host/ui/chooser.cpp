#include "host/ui/chooser.hpp"

#include <algorithm>

namespace parlour::host::ui {
namespace {

/// Buttons in lines as long as the space allows; the index pressed, else -1.
int flow(const std::vector<std::string> &texts, bool enabled) {
    int pressed = -1;
    Canvas canvas;
    const float right = content_rect().right();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const float width = std::max(px(64), canvas.text_size(texts[i], FontRole::medium).x + px(28));
        if (i > 0) {
            ImGui::SameLine(0, px(8));
            if (ImGui::GetCursorScreenPos().x + width > right) {
                ImGui::NewLine();
                gap(8);
            }
        }
        ImGui::PushID(static_cast<int>(i));
        if (button(texts[i], {.size = {width, px(36)}, .enabled = enabled})) pressed = static_cast<int>(i);
        ImGui::PopID();
    }
    return pressed;
}

} // namespace

void MoveChooser::ask(const Game &game, const StateBuffer &state, const std::vector<Move> &moves) {
    entries_.clear();
    for (const Move move : moves) entries_.push_back({move, game.move_text(state, move)});
    open_ = focus_ = true;
    typing_ = false;
    typed_.clear();
}

void MoveChooser::type(const Game &game, const StateBuffer &state) {
    ask(game, state, game.legal_moves(state));
    typing_ = true;
}

std::optional<Move> MoveChooser::draw() {
    if (!open_) return std::nullopt;
    std::optional<Move> chosen;
    if (modal_begin(typing_ ? "Type a move" : "Which move?", open_, {.width = 460})) {
        std::vector<std::string> texts;
        std::vector<Move> moves;
        for (const Entry &entry : entries_) {
            if (typing_ && !typed_.empty() && entry.text.find(typed_) == std::string::npos) continue;
            texts.push_back(entry.text);
            moves.push_back(entry.move);
        }
        if (typing_) {
            const std::string problem =
                texts.empty() ? "No legal move is written like that; the list below shows them all when empty." : "";
            const TextFieldResult field =
                text_field("##typed", typed_, {.hint = "as in the list below", .error = problem});
            if (focus_) context().request_focus(field.id);
            focus_ = false;
            if (field.submitted) {
                for (const Entry &entry : entries_) {
                    if (entry.text == typed_) chosen = entry.move;
                }
                if (!chosen && moves.size() == 1) chosen = moves.front();
            }
            gap(10);
        } else if (focus_) {
            context().request_default_focus();
            focus_ = false;
        }
        const int pressed = flow(texts, true);
        if (pressed >= 0) chosen = moves[static_cast<std::size_t>(pressed)];
        if (chosen) open_ = false;
        modal_end();
    }
    return chosen;
}

std::optional<Move> move_buttons(const Game &game, const StateBuffer &state, const Rect &area, bool enabled) {
    std::optional<Move> chosen;
    panel_begin("moves", area, {});
    paragraph("This game has no board. It stands like this:", 0, FontRole::small, Role::text_faint);
    gap(4);
    paragraph(game.state_text(state), 0, FontRole::heading, Role::text);
    gap(12);
    const std::vector<Move> moves = game.legal_moves(state);
    std::vector<std::string> texts;
    for (const Move move : moves) texts.push_back(game.move_text(state, move));
    const int pressed = flow(texts, enabled);
    if (pressed >= 0) chosen = moves[static_cast<std::size_t>(pressed)];
    panel_end();
    return chosen;
}

} // namespace parlour::host::ui
