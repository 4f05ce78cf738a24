#include "host/terminal/rules_text.hpp"

#include "host/terminal/text_board.hpp"

#include <sstream>

namespace parlour::host::terminal {

namespace {

// Words with their marks of emphasis taken away; bold words come styled.
class Paragraph {
public:
    Paragraph(std::size_t width, ColorDepth colors) : width_(width), colors_(colors) {}

    void add(const std::string &line) {
        std::istringstream words(line);
        std::string word;
        while (words >> word) add_word(word);
    }
    void begin(const std::string &first, const std::string &next) {
        flush();
        line_ = first;
        indent_ = next;
        empty_ = true;
    }
    void flush() {
        if (!empty_) out_ += line_ + "\n";
        line_ = indent_ = "";
        used_ = 0;
        empty_ = true;
    }
    void blank() {
        flush();
        if (!out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
    }
    void heading(const std::string &text) {
        blank();
        out_ += styled(text, {.bold = true}, colors_) + "\n";
    }
    std::string take() {
        flush();
        return std::move(out_);
    }

private:
    void add_word(const std::string &word) {
        std::string plain;
        bool bold = bold_;
        for (std::size_t i = 0; i < word.size(); ++i) {
            if (word[i] == '*' && i + 1 < word.size() && word[i + 1] == '*') {
                bold_ = !bold_;
                bold |= bold_;
                ++i;
            } else if (word[i] != '*' && word[i] != '`') {
                plain += word[i];
            }
        }
        const std::size_t width = text_width(plain);
        if (empty_) {
            used_ = text_width(line_) + width;
        } else if (used_ + 1 + width > width_) {
            out_ += line_ + "\n";
            line_ = indent_;
            used_ = text_width(indent_) + width;
        } else {
            line_ += " ";
            used_ += 1 + width;
        }
        line_ += styled(plain, {.bold = bold}, colors_);
        empty_ = false;
    }

    std::size_t width_;
    ColorDepth colors_;
    std::string out_, line_, indent_;
    std::size_t used_ = 0;
    bool empty_ = true, bold_ = false;
};

} // namespace

std::string rules_text(const std::string &markdown, std::size_t width, ColorDepth colors) {
    Paragraph out(width, colors);
    std::istringstream lines(markdown);
    std::string line;
    while (std::getline(lines, line)) {
        const std::size_t begin = line.find_first_not_of(" \t");
        if (begin == std::string::npos) {
            out.blank();
        } else if (line[begin] == '#') {
            const std::size_t text = line.find_first_not_of("# ", begin);
            if (text != std::string::npos) out.heading(line.substr(text));
            out.blank();
        } else if (line.compare(begin, 2, "- ") == 0 || line.compare(begin, 2, "* ") == 0) {
            out.begin("  - ", "    ");
            out.add(line.substr(begin + 2));
        } else {
            out.add(line);
        }
    }
    return out.take();
}

} // namespace parlour::host::terminal
