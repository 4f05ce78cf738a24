#include "host/base/appended_file.hpp"

#include "host/base/file_problem.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parlour::host {

Result<AppendedFile> AppendedFile::open(std::filesystem::path file) {
    constexpr mode_t for_all = 0666; // less the umask
    const int descriptor = uninterrupted(
        [&] { return ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, for_all); });
    if (descriptor < 0) return file_problem(file, not_written, errno);
    return AppendedFile(std::move(file), descriptor);
}

AppendedFile::~AppendedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> AppendedFile::append(std::string_view bytes) {
    struct stat before {};
    if (::fstat(descriptor_, &before) != 0) return file_problem(file_, not_written, errno);
    const int error = write_all(descriptor_, bytes);
    if (error == 0) return {};
    // What came through of the piece goes again; a device or a pipe has nothing to be cut.
    if (S_ISREG(before.st_mode) && uninterrupted([&] { return ::ftruncate(descriptor_, before.st_size); }) != 0) {
        return file_problem(file_, "could not be written, and its last piece may be torn", error);
    }
    return file_problem(file_, not_written, error);
}

Result<void> AppendedFile::close() {
    const int error = bring_to_disk(descriptor_);
    const int closed = ::close(std::exchange(descriptor_, -1)) == 0 || errno == EINTR ? 0 : errno;
    if (error != 0 || closed != 0) return file_problem(file_, not_written, error != 0 ? error : closed);
    return {};
}

} // namespace parlour::host
