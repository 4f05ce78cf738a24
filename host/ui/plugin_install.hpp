#pragma once
// A file that was dropped on the window becomes a plugin of the person's: looked at by a probe first, away from the
// window's thread, then copied into their plugin folder, never over another one without asking.
#include <deque>
#include <filesystem>
#include <future>
#include <optional>
#include <string>

#include "host/ui/shell.hpp"

namespace parlour::host::ui {

class PluginInstall {
public:
    explicit PluginInstall(Shell &shell) : shell_(shell) {}

    /// Takes a file up; several are done one after the other.
    void drop(const std::string &file) { waiting_.push_back(file); }
    /// Goes on with the work and draws the question when there is one. True when a file has been copied: the plugins
    /// are to be looked for again.
    bool draw();
    [[nodiscard]] bool busy() const { return !waiting_.empty() || looking_.valid() || asking_; }
    /// What the last copied plugin is called, for the sentence that follows.
    [[nodiscard]] const std::filesystem::path &installed() const { return target_; }

private:
    void begin(const std::filesystem::path &file);
    bool copy();

    Shell &shell_;
    std::deque<std::string> waiting_;
    std::filesystem::path source_, target_;
    std::future<std::string> looking_; ///< why the file is no plugin; "" when it is one
    bool asking_ = false, focus_ = false;
};

/// $XDG_DATA_HOME/parlour/plugins, or the same under ~/.local/share; empty where there is no home folder.
[[nodiscard]] std::filesystem::path own_plugin_folder();

} // namespace parlour::host::ui
