#pragma once
// All plugin files that were found: what they bring, or the one sentence why they were refused.
#include <functional>
#include <string>

#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class PluginsPage {
public:
    explicit PluginsPage(Shell &shell) : shell_(shell) {}
    void draw(Frame &frame);

private:
    void rescan();
    void draw_row(const PluginRow &row, std::size_t index);

    Shell &shell_;
};

} // namespace parlour::host::ui
