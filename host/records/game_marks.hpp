// Which games are being played right now, by any process: one byte of a file beside the database is locked for each.
// The kernel lets go of a lock when its process ends, however it ends. Byte 0 is for whoever opens the database.
#pragma once

#include <cstdint>
#include <filesystem>

namespace parlour::host::records {

class GameMarks {
public:
    // Opens or makes the file. Where that fails, or the file system has no locks, everything counts as free.
    explicit GameMarks(const std::filesystem::path &database);
    ~GameMarks();
    GameMarks(const GameMarks &) = delete;
    GameMarks &operator=(const GameMarks &) = delete;

    // Takes a byte; false when another GameMarks, of this process or another, has it.
    bool take(std::int64_t byte);
    void release(std::int64_t byte);
    // Whether another GameMarks has it.
    bool taken_elsewhere(std::int64_t byte) const;

private:
    int file_;
};

} // namespace parlour::host::records
