#include "host/ui/plugin_install.hpp"

#include <cstdlib>
#include <utility>

#include "host/base/atomic_file.hpp"
#include "host/plugins/probe.hpp"

namespace parlour::host::ui {
namespace {

constexpr std::size_t largest_plugin = 256u << 20;
constexpr std::chrono::milliseconds probe_limit{5000};

} // namespace

std::filesystem::path own_plugin_folder() {
    const char *data = std::getenv("XDG_DATA_HOME"), *home = std::getenv("HOME");
    if (data != nullptr && *data == '/') return std::filesystem::path(data) / "parlour" / "plugins";
    if (home != nullptr && *home == '/') return std::filesystem::path(home) / ".local/share/parlour/plugins";
    return {};
}

void PluginInstall::begin(const std::filesystem::path &file) {
    const std::string name = file.filename().string();
    std::error_code error;
    const std::filesystem::path folder = own_plugin_folder();
    if (folder.empty()) return shell_.say("There is no home folder to put " + name + " into.", Role::bad);
    if (!std::filesystem::is_regular_file(file, error))
        return shell_.say(name + " is not a file, so it was not added.", Role::warn);
    if (file.extension() != ".so")
        return shell_.say(name + " is no plugin: the name of one ends in .so.", Role::warn);
    source_ = file;
    target_ = folder / file.filename();
    if (std::filesystem::equivalent(source_, target_, error))
        return shell_.say(name + " is in your plugin folder already.", Role::info);
    shell_.say("Looking at " + name + "…");
    const auto look = [program = shell_.program, file, &window = shell_.window] {
        const ProbeResult found = probe_file(program, file, probe_limit);
        window.wake();
        return found.fine ? std::string() : found.sentence.empty() ? "it is no plugin" : found.sentence;
    };
    // Without a program of its own the probe happens in this process, which only its main thread may do.
    looking_ = std::async(shell_.program.empty() ? std::launch::deferred : std::launch::async, look);
}

bool PluginInstall::copy() {
    std::error_code error;
    std::filesystem::create_directories(target_.parent_path(), error);
    const auto bytes = read_file(source_, largest_plugin);
    const auto written = bytes ? write_file_atomically(target_, *bytes) : Result<void>(bytes.problem());
    if (!written) shell_.say(source_.filename().string() + " was not added: " + written.sentence() + ".", Role::bad);
    return written.ok();
}

bool PluginInstall::draw() {
    if (!looking_.valid() && !asking_ && !waiting_.empty()) {
        const std::string file = std::move(waiting_.front());
        waiting_.pop_front();
        begin(file);
    }
    if (looking_.valid()) {
        if (looking_.wait_for(std::chrono::seconds(0)) == std::future_status::timeout) {
            context().request_frame_in(50);
            return false;
        }
        if (const std::string why = looking_.get(); !why.empty()) {
            shell_.say(source_.filename().string() + " was not added: " + why, Role::bad);
            return false;
        }
        std::error_code error;
        asking_ = focus_ = std::filesystem::exists(target_, error);
        if (!asking_) return copy();
    }
    bool copied = false;
    if (modal_begin("Replace the plugin?", asking_, {.width = 440})) {
        paragraph("There is a " + target_.filename().string() +
                  " in your plugin folder already. Games that use it go on with the old one until the program is "
                  "started again.");
        gap(14);
        if (std::exchange(focus_, false)) context().request_default_focus();
        if (button("Keep the old one")) asking_ = false;
        ImGui::SameLine(0, px(10));
        if (button("Replace", {.kind = ButtonKind::primary, .icon = Icon::check})) {
            asking_ = false;
            copied = copy();
        }
        modal_end();
    }
    return copied;
}

} // namespace parlour::host::ui
