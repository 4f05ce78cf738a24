#include "host/records/game_marks.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace parlour::host::records {

namespace {

struct flock region(short type, std::int64_t byte) {
    struct flock out {};
    out.l_type = type;
    out.l_whence = SEEK_SET;
    out.l_start = byte;
    out.l_len = 1;
    return out;
}

} // namespace

GameMarks::GameMarks(const std::filesystem::path &database)
    : file_(::open((database.string() + "-open").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}

GameMarks::~GameMarks() {
    if (file_ >= 0) ::close(file_);
}

bool GameMarks::take(std::int64_t byte) {
    struct flock wanted = region(F_WRLCK, byte);
    if (file_ < 0 || ::fcntl(file_, F_OFD_SETLK, &wanted) == 0) return true;
    return errno != EAGAIN && errno != EACCES;
}

void GameMarks::release(std::int64_t byte) {
    struct flock done = region(F_UNLCK, byte);
    if (file_ >= 0) static_cast<void>(::fcntl(file_, F_OFD_SETLK, &done));
}

bool GameMarks::taken_elsewhere(std::int64_t byte) const {
    struct flock asked = region(F_WRLCK, byte);
    return file_ >= 0 && ::fcntl(file_, F_OFD_GETLK, &asked) == 0 && asked.l_type != F_UNLCK;
}

} // namespace parlour::host::records
