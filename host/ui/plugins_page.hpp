#pragma once
// All plugin files that were found: what they bring, or the one sentence why they were refused.
#include <functional>
#include <set>
#include <string>

#include "host/sandbox/sandbox.hpp"
#include "host/ui/plugin_install.hpp"
#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class PluginsPage {
public:
    explicit PluginsPage(Shell &shell) : shell_(shell), install_(shell) {}
    void draw(Frame &frame);
    /// A file was dropped on the window.
    void drop(const std::string &file) { install_.drop(file); }
    /// Whether a dropped file, or what workers are kept from, is still being looked at.
    [[nodiscard]] bool busy() const { return install_.busy() || checking_.valid(); }

private:
    void rescan();
    void look_at_sandbox();
    void try_again(const std::filesystem::path &file);
    void say_installed();
    void draw_shield(const Rect &row);
    void draw_details(const PluginRow &row, const Rect &under);
    void draw_row(const PluginRow &row, std::size_t index);

    Shell &shell_;
    PluginInstall install_;
    std::future<std::optional<SandboxReport>> checking_;
    std::optional<SandboxReport> sandbox_; ///< what a worker is kept from on this machine, once it is known
    bool checked_ = false;
    std::set<std::filesystem::path> unfolded_; ///< files whose details are shown
    std::filesystem::path retry_;              ///< whose quarantine the person has lifted in this frame
};

} // namespace parlour::host::ui
