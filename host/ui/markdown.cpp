#include "host/ui/markdown.hpp"

#include <cctype>
#include <string>
#include <vector>

#include "host/ui/base/widgets.hpp"

namespace parlour::host::ui {
namespace {

/// Without the signs of emphasis, code and links.
std::string plain(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '`') continue;
        if ((c == '*' || c == '_') && i + 1 < text.size() && text[i + 1] == c) {
            ++i;
            continue;
        }
        const bool at_word = i == 0 || text[i - 1] == ' ' || i + 1 == text.size() || text[i + 1] == ' ' ||
                             std::ispunct(static_cast<unsigned char>(i + 1 < text.size() ? text[i + 1] : ' '));
        if (c == '*' && at_word) continue;
        if (c == '\\' && i + 1 < text.size()) continue;
        result += c;
    }
    return result;
}

bool is_item(std::string_view line, std::size_t &mark) {
    if (line.starts_with("- ") || line.starts_with("* ")) {
        mark = 2;
        return true;
    }
    std::size_t digits = 0;
    while (digits < line.size() && std::isdigit(static_cast<unsigned char>(line[digits]))) ++digits;
    mark = digits + 2;
    return digits > 0 && line.substr(digits).starts_with(". ");
}

struct Block {
    enum class Kind { heading, paragraph, item } kind = Kind::paragraph;
    int level = 0;
    std::string mark, text;
};

std::vector<Block> blocks_of(std::string_view text) {
    std::vector<Block> blocks;
    bool open = false; // the last block goes on with the next line
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front()))) line.remove_prefix(1);
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.remove_suffix(1);
        std::size_t mark = 0;
        if (line.empty()) {
            open = false;
        } else if (line.front() == '#') {
            std::size_t level = 0;
            while (level < line.size() && line[level] == '#') ++level;
            line.remove_prefix(level);
            while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
            blocks.push_back({Block::Kind::heading, static_cast<int>(level), {}, plain(line)});
            open = false;
        } else if (is_item(line, mark)) {
            const bool bullet = line.front() == '-' || line.front() == '*';
            blocks.push_back({Block::Kind::item, 0, bullet ? "•" : std::string(line.substr(0, mark - 1)),
                              plain(line.substr(mark))});
            open = true;
        } else if (open) {
            blocks.back().text += " " + plain(line);
        } else {
            blocks.push_back({Block::Kind::paragraph, 0, {}, plain(line)});
            open = true;
        }
    }
    return blocks;
}

} // namespace

void markdown(std::string_view text, bool skip_title) {
    for (const Block &block : blocks_of(text)) {
        switch (block.kind) {
            case Block::Kind::heading:
                if (block.level == 1 && skip_title) break;
                gap(4);
                label(block.text, block.level == 1 ? FontRole::heading : FontRole::strong);
                gap(4);
                break;
            case Block::Kind::paragraph:
                paragraph(block.text);
                gap(8);
                break;
            case Block::Kind::item: {
                const Rect line = content_rect();
                const float indent = px(22);
                Canvas().text({line.x + px(4), line.y + px(10)}, block.mark, FontRole::body, color(Role::text_dim));
                const float height = paragraph_height(block.text, line.w - indent);
                place({line.x + indent, line.y, line.w - indent, height});
                paragraph(block.text);
                gap(4);
                break;
            }
        }
    }
}

} // namespace parlour::host::ui
