// Starts workers and looks after them, on a thread of its own: reads what they write to their output so that they
// never wait for it, notices their end, reaps them. A worker asks to die with the thread that started it, so that
// thread lives as long as any worker.
#pragma once

#include "host/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace parlour::host::worker {

class Supervisor;

// How a process ended.
struct WorkerEnd {
    int signal = 0;               // 0: it exited
    int code = 0;                 // of its exit
    bool killed_by_us = false;    // through kill()
    std::uint64_t peak_bytes = 0; // the most memory that it held, as far as the system tells
};

// A started worker. Its end kills the whole process group, waits until it is reaped, and leaves no descriptor open.
class WorkerProcess {
public:
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess &) = delete;
    WorkerProcess &operator=(const WorkerProcess &) = delete;

    int pid() const; // its number, or the one that it had
    // Readable once the process has ended; -1 where the system has no such descriptors. Not the caller's to close.
    int end_descriptor() const;

    // SIGKILL to all of it. Nothing happens when it has ended. [any]
    void kill();
    // Any other signal, to the worker itself. [any]
    void signal(int number);
    // Its end, once it was reaped; waits at most so long. [any]
    std::optional<WorkerEnd> end(std::chrono::milliseconds at_most = {}) const;
    // The last that it wrote to its output and error output, up to 64 kB. [any]
    std::string output() const;
    // Everything that it wrote, in bytes. [any]
    std::uint64_t output_bytes() const;

private:
    friend class Supervisor;
    struct State;
    WorkerProcess(std::shared_ptr<Supervisor> supervisor, std::shared_ptr<State> state);

    std::shared_ptr<Supervisor> supervisor_;
    std::shared_ptr<State> state_;
};

class Supervisor : public std::enable_shared_from_this<Supervisor> {
public:
    // The one of this process; it ends when nobody holds it any more. [any]
    static std::shared_ptr<Supervisor> instance();
    ~Supervisor();
    Supervisor(const Supervisor &) = delete;
    Supervisor &operator=(const Supervisor &) = delete;

    // Starts `program` with `socket` as its descriptor 3 (a copy: the caller's stays its own), nothing on its
    // standard input, no arguments, almost nothing but `environment` ("NAME=value") in its environment, in the folder
    // / and in a process group of its own. [any]
    Result<std::unique_ptr<WorkerProcess>> start(const std::filesystem::path &program, int socket,
                                                 const std::vector<std::string> &environment = {});

private:
    Supervisor();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace parlour::host::worker
