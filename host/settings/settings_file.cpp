#include "host/settings/settings_file.hpp"

#include "host/base/atomic_file.hpp"
#include "host/base/file_problem.hpp"
#include "host/settings/settings_text.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace parlour::host {

namespace {

constexpr std::size_t largest_file = 256 << 10;

constexpr std::string_view opening =
    "# Settings of Parlour. \"parlour settings --help\" says what each takes; what is "
    "not here is as usual.\n\n";

// Keeps other programs from saving into the same folder meanwhile; a folder that cannot be locked is used unlocked.
class FolderLock {
public:
    explicit FolderLock(const std::filesystem::path &folder)
        : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        constexpr int tries = 100; // a save takes some milliseconds; one that hangs must not hang others
        for (int i = 0; i < tries && descriptor_ >= 0; ++i) {
            if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || (errno != EWOULDBLOCK && errno != EINTR)) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    ~FolderLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

private:
    int descriptor_;
};

// Makes a folder and those above it, for its owner alone, as the XDG specification asks.
Result<void> make_folder(const std::filesystem::path &folder) {
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error)) return {};
    if (auto above = make_folder(folder.parent_path()); !above) return above;
    constexpr mode_t for_owner = 0700;
    if (::mkdir(folder.c_str(), for_owner) != 0 && errno != EEXIST) {
        return file_problem(folder, "could not be made", errno);
    }
    return {};
}

} // namespace

std::filesystem::path usual_settings_file() {
    const auto folder = [](const char *variable) -> std::filesystem::path {
        const char *value = std::getenv(variable);
        const std::filesystem::path path = value == nullptr ? "" : value;
        return path.is_absolute() ? path : std::filesystem::path(); // as the XDG specification has it
    };
    std::filesystem::path configuration = folder("XDG_CONFIG_HOME");
    if (configuration.empty()) {
        const std::filesystem::path home = folder("HOME");
        if (home.empty()) return {};
        configuration = home / ".config";
    }
    return configuration / "parlour" / "settings.toml";
}

SettingsFile::SettingsFile(std::filesystem::path file) : file_(std::move(file)) {
    read();
}

Result<std::string> SettingsFile::text_on_disk() const {
    if (file_.empty()) return std::string();
    auto text = read_file(file_, largest_file);
    if (!text && text.problem().code == PARLOUR_E_NOTFOUND) return std::string();
    return text;
}

void SettingsFile::read() {
    values_ = {};
    problems_.clear();
    unknown_.clear();
    const auto text = text_on_disk();
    if (!text) {
        problems_.push_back(text.sentence() + "; until then the usual settings hold, and changes are not kept");
        return;
    }
    auto reading = read_settings(*text);
    if (!reading) {
        problems_.push_back(file_.string() + ", " + reading.sentence() +
                            "; mend that line: until then the usual settings hold, and changes are not kept");
        return;
    }
    values_ = reading->values;
    unknown_ = std::move(reading->unknown);
    for (const std::string &problem : reading->problems) problems_.push_back(file_.string() + ", " + problem);
}

Result<void> SettingsFile::set(const std::string &name, const std::string &text) {
    const SettingRow *row = find_setting(name);
    if (row == nullptr) {
        return Problem{"there is no setting \"" + name + "\"; \"parlour settings\" lists them", PARLOUR_E_NOTFOUND};
    }
    auto set = set_setting(*row, values_, text);
    if (set) changed_[name] = setting_text(*row, values_);
    return set;
}

void SettingsFile::change(const Settings &wanted) {
    for (const SettingRow &row : setting_rows()) {
        const std::string text = setting_text(row, wanted);
        if (text == setting_text(row, values_)) continue;
        static_cast<void>(set(std::string(row.name), text));
    }
}

Result<void> SettingsFile::save() {
    if (changed_.empty()) return {};
    if (file_.empty()) {
        return Problem{"there is no folder for settings, so changes hold until the program ends; set HOME"};
    }
    const auto unsaved = [](std::string sentence) {
        return Problem{std::move(sentence) + "; the change holds until the program ends"};
    };
    if (const auto made = make_folder(file_.parent_path()); !made) return unsaved(made.sentence());
    const FolderLock lock(file_.parent_path());

    // As it is now: it may have been changed, mended or broken since it was read.
    auto text = text_on_disk();
    if (!text) return unsaved(text.sentence());
    std::string fresh = text->empty() ? std::string(opening) : *text;
    for (const auto &[name, value] : changed_) {
        const SettingRow &row = *find_setting(name);
        auto with = with_setting(fresh, row, values_);
        if (!with) return unsaved(file_.string() + ", " + with.sentence());
        fresh = std::move(*with);
    }
    if (fresh != *text) {
        if (const auto written = write_file_atomically(file_, fresh); !written) return unsaved(written.sentence());
    }
    changed_.clear();
    read();
    return {};
}

} // namespace parlour::host
