#include "host/terminal/move_input.hpp"

#include "host/plugins/text.hpp"

#include <algorithm>
#include <cctype>

namespace parlour::host::terminal {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string trimmed(const std::string &text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Letters and digits only, lower case: "E2 - e4" as "e2e4".
std::string bare(const std::string &text) {
    std::string out;
    for (const unsigned char c : text) {
        if (std::isalnum(c) != 0 || c >= 0x80) out += static_cast<char>(std::tolower(c));
    }
    return out;
}

class Reader {
public:
    Reader(const Game &game, const StateBuffer &state)
        : game_(game),
          state_(state),
          legal_(game.legal_moves(state)),
          scene_(Scene::of(game, state, PARLOUR_VIEWER_ALL)),
          tree_(game, state, legal_) {
        for (const Move move : legal_) texts_.push_back(game.move_text(state, move));
    }

    MoveInput read(const std::string &given) const {
        const std::string text = trimmed(given);
        if (text.empty()) return {std::nullopt, {}, "Type a move, or help."};
        const auto parsed = game_.parse_move(state_, text);
        if (parsed.ok()) return {*parsed, {}, {}};
        if (const auto found = by_text(text)) return *found;
        if (const auto found = by_button(text)) return *found;
        const std::vector<Touch> touches = cells_of(text);
        if (!touches.empty()) return by_cells(touches, parsed.sentence());
        if (const auto found = by_beginning(text)) return *found;
        return {std::nullopt, {}, parsed.sentence()};
    }

private:
    static std::optional<MoveInput> of_moves(std::vector<Move> moves) {
        if (moves.empty()) return std::nullopt;
        if (moves.size() == 1) return MoveInput{moves[0], {}, {}};
        return MoveInput{std::nullopt, std::move(moves), {}};
    }

    // Moves whose text is the same but for case, blanks and signs.
    std::optional<MoveInput> by_text(const std::string &text) const {
        std::vector<Move> found;
        for (std::size_t i = 0; i < legal_.size(); ++i) {
            if (!bare(text).empty() && bare(texts_[i]) == bare(text)) found.push_back(legal_[i]);
        }
        return of_moves(std::move(found));
    }

    std::optional<MoveInput> by_beginning(const std::string &text) const {
        std::vector<Move> found;
        for (std::size_t i = 0; i < legal_.size(); ++i) {
            if (lower(texts_[i]).starts_with(lower(text))) found.push_back(legal_[i]);
        }
        return of_moves(std::move(found));
    }

    std::optional<MoveInput> by_button(const std::string &text) const {
        if (!scene_) return std::nullopt;
        for (const SceneWidget &widget : scene_->widgets) {
            if (widget.kind != PARLOUR_WIDGET_BUTTON) continue;
            const bool key = text.size() == 1 && widget.key == static_cast<unsigned char>(lower(text)[0]);
            if (!key && lower(widget.label) != lower(text)) continue;
            const std::array touched{Touch::button(widget.id)};
            if (auto found = of_moves(tree_.complete(touched))) return found;
        }
        return std::nullopt;
    }

    // The cells that a text names, in order; empty unless all of it is names of cells. Names may be set apart by
    // blanks and signs, or follow each other directly.
    std::vector<Touch> cells_of(const std::string &text) const {
        std::vector<Touch> touches;
        if (!scene_) return touches;
        std::string word;
        const std::string all = lower(text) + " ";
        for (const char c : all) {
            if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
                word += c;
                continue;
            }
            if (!word.empty() && !add_cells(word, touches)) return {};
            word.clear();
        }
        return touches;
    }

    // Splits a word into names of cells, the longest first.
    bool add_cells(const std::string &word, std::vector<Touch> &touches) const {
        if (word.empty()) return true;
        std::vector<const SceneCell *> known;
        for (const SceneCell &cell : scene_->cells) {
            if (cell.touchable() && !cell.label.empty() && word.starts_with(lower(cell.label)))
                known.push_back(&cell);
        }
        std::sort(known.begin(), known.end(),
                  [](const SceneCell *a, const SceneCell *b) { return a->label.size() > b->label.size(); });
        for (const SceneCell *cell : known) {
            const std::string rest = word.substr(cell->label.size());
            // "11" is a cell, not cell 1 twice.
            if (!rest.empty() && std::isdigit(static_cast<unsigned char>(rest[0])) != 0 &&
                std::isdigit(static_cast<unsigned char>(cell->label.back())) != 0) {
                continue;
            }
            touches.push_back(Touch::cell(cell->id));
            if (add_cells(rest, touches)) return true;
            touches.pop_back();
        }
        return false;
    }

    MoveInput by_cells(const std::vector<Touch> &touches, const std::string &problem) const {
        if (auto found = of_moves(tree_.complete(touches))) return *found;
        if (tree_.is_prefix(touches)) {
            std::vector<Move> begun = tree_.candidates(touches);
            if (begun.size() == 1 && touches.size() > 1) return {begun[0], {}, {}};
            return {std::nullopt, std::move(begun), {}};
        }
        const std::uint32_t to = touches.size() > 1 ? touches.back().id : PARLOUR_CELL_NONE;
        const std::string why = game_.why_not(state_, touches.front().id, to);
        return {std::nullopt, {}, why.empty() ? problem : why};
    }

    const Game &game_;
    const StateBuffer &state_;
    std::vector<Move> legal_;
    std::vector<std::string> texts_;
    std::optional<Scene> scene_;
    TouchTree tree_;
};

} // namespace

MoveInput read_move(const Game &game, const StateBuffer &state, const std::string &text) {
    return Reader(game, state).read(one_line(text, 200));
}

} // namespace parlour::host::terminal
