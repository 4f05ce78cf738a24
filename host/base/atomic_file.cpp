#include "host/base/atomic_file.hpp"

#include "host/base/file_problem.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace parlour::host {

namespace {

constexpr std::string_view not_read = "could not be read";

// Closes at the end whatever happens.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return number_; }
    // Gives 0 or an errno; after EINTR the descriptor is closed all the same.
    int close() { return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR ? 0 : errno; }

private:
    int number_;
};

// A file that goes away unless it was renamed.
class Temporary {
public:
    explicit Temporary(std::filesystem::path file) : file_(std::move(file)) {}
    ~Temporary() {
        if (!file_.empty()) ::unlink(file_.c_str());
    }
    Temporary(const Temporary &) = delete;
    Temporary &operator=(const Temporary &) = delete;
    const std::filesystem::path &file() const { return file_; }
    void keep() { file_.clear(); }

private:
    std::filesystem::path file_;
};

// Where a file really is: behind symbolic links, as far as they lead somewhere.
std::filesystem::path behind_links(std::filesystem::path file) {
    constexpr int most_links = 40;
    std::error_code error;
    for (int link = 0; link < most_links && std::filesystem::is_symlink(file, error); ++link) {
        const std::filesystem::path target = std::filesystem::read_symlink(file, error);
        if (error) break;
        file = target.is_absolute() ? target : file.parent_path() / target;
    }
    return file;
}

std::filesystem::path folder_of(const std::filesystem::path &file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

// A name beside `file` that no other call takes, of this process or another; short enough wherever `file` is.
std::filesystem::path name_beside(const std::filesystem::path &file) {
    static std::atomic<unsigned> count{0};
    constexpr std::size_t most_of_name = 200;
    std::string name = "." + file.filename().string().substr(0, most_of_name);
    name += "." + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".new";
    return folder_of(file) / name;
}

} // namespace

Result<std::string> read_file(const std::filesystem::path &file, std::size_t most_bytes) {
    const Descriptor in(uninterrupted([&] { return ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); }));
    if (in.number() < 0) return file_problem(file, not_read, errno);
    struct stat facts {};
    if (::fstat(in.number(), &facts) != 0) return file_problem(file, not_read, errno);
    if (S_ISDIR(facts.st_mode)) return file_problem(file, not_read, EISDIR);
    const Problem too_long{file.string() + " is longer than " + std::to_string(most_bytes) +
                               " bytes, so it cannot be what is meant; check the name",
                           PARLOUR_E_PARSE};
    if (!S_ISREG(facts.st_mode)) {
        return Problem{file.string() + " is a device or a pipe and not a file; check the name", PARLOUR_E_PARSE};
    }
    if (static_cast<std::uintmax_t>(facts.st_size) > most_bytes) return too_long;

    constexpr std::size_t at_once = 64 << 10;
    std::string bytes;
    for (;;) {
        const std::size_t before = bytes.size();
        bytes.resize(before + at_once);
        const ssize_t got = uninterrupted([&] { return ::read(in.number(), bytes.data() + before, at_once); });
        if (got < 0) return file_problem(file, not_read, errno);
        bytes.resize(before + static_cast<std::size_t>(got));
        if (bytes.size() > most_bytes) return too_long;
        if (got == 0) return bytes;
    }
}

Result<void> write_file_atomically(const std::filesystem::path &name, std::string_view bytes) {
    const std::filesystem::path file = behind_links(name);
    struct stat old {};
    const bool replaces = ::lstat(file.c_str(), &old) == 0;
    if (replaces && S_ISLNK(old.st_mode)) return file_problem(name, not_written, ELOOP);
    if (replaces && S_ISDIR(old.st_mode)) return file_problem(name, not_written, EISDIR);
    if (replaces && !S_ISREG(old.st_mode)) {
        return Problem{name.string() + " is a device or a pipe and not a file; choose another name"};
    }

    Temporary fresh(name_beside(file));
    {
        constexpr mode_t for_all = 0666; // less the umask
        Descriptor out(uninterrupted(
            [&] { return ::open(fresh.file().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, for_all); }));
        if (out.number() < 0) {
            const int error = errno;
            fresh.keep();
            return file_problem(name, not_written, error);
        }
        if (replaces) {
            // Whose it was and who may read it; where that is refused, it is ours.
            [[maybe_unused]] const int owned = ::fchown(out.number(), old.st_uid, old.st_gid);
            [[maybe_unused]] const int permitted = ::fchmod(out.number(), old.st_mode & 07777);
        }
        int error = write_all(out.number(), bytes);
        if (error == 0) error = bring_to_disk(out.number());
        if (const int closed = out.close(); error == 0) error = closed;
        if (error != 0) return file_problem(name, not_written, error);
    }
    if (uninterrupted([&] { return std::rename(fresh.file().c_str(), file.c_str()); }) != 0) {
        return file_problem(name, not_written, errno);
    }
    fresh.keep();

    const Descriptor folder(
        uninterrupted([&] { return ::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    // A folder that may be written but not read cannot be opened; its file is as safe as it can be made.
    if (folder.number() < 0 && errno == EACCES) return {};
    const int error = folder.number() < 0 ? errno : bring_to_disk(folder.number());
    if (error != 0) return file_problem(name, "was written, but may not outlive a power failure", error);
    return {};
}

} // namespace parlour::host
