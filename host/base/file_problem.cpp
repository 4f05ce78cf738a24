#include "host/base/file_problem.hpp"

#include <unistd.h>

#include <cstring>

namespace parlour::host {

namespace {

std::string_view advice(int error) {
    switch (error) {
        case ENOENT:
            return "check the name and that its folder exists";
        case EACCES:
        case EPERM:
        case EROFS:
            return "choose a place that is yours";
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return "make room there and try again";
        case EISDIR:
        case ENOTDIR:
        case ENAMETOOLONG:
        case ELOOP:
            return "choose another name";
        case EMFILE:
        case ENFILE:
        case ENOMEM:
            return "close other programs and try again";
        case EIO:
            return "the disk may be failing; choose another one";
        default:
            return "try another place";
    }
}

} // namespace

Problem file_problem(const std::filesystem::path &file, std::string_view what_failed, int error) {
    std::string sentence = file.string();
    sentence.append(" ").append(what_failed).append(": ").append(std::strerror(error));
    sentence.append("; ").append(advice(error));
    return {std::move(sentence), error == ENOENT ? PARLOUR_E_NOTFOUND : PARLOUR_E_FAIL};
}

int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = uninterrupted([&] { return ::write(descriptor, bytes.data(), bytes.size()); });
        if (written < 0) return errno;
        if (written == 0) return EIO;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int bring_to_disk(int descriptor) {
    if (uninterrupted([&] { return ::fsync(descriptor); }) == 0) return 0;
    return errno == EINVAL || errno == ENOTSUP || errno == ENOSYS ? 0 : errno;
}

} // namespace parlour::host
