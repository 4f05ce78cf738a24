#pragma once
// What the engine of a seat prints, as a console: the newest at the foot, which is followed until a person scrolls
// up.
#include <string>
#include <vector>

#include "host/plugins/console.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class OutputPanel {
public:
    /// Forgets what was read: a new game begins.
    void reset();
    /// How many lines of `console` were not yet drawn; null: none.
    [[nodiscard]] std::uint64_t unread(const Console *console) const;
    /// Draws the lines in `area`, with a button that copies them.
    void draw(Shell &shell, const Console &console, const Rect &area);

private:
    std::uint64_t read_ = 0; ///< lines that were drawn
    std::vector<ConsoleLine> lines_;
};

} // namespace parlour::host::ui
