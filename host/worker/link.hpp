// The host's end of the conversation with one worker, which may say anything at any time, or nothing. Used by one
// thread at a time.
#pragma once

#include "host/worker/frames.hpp"
#include "host/worker/supervisor.hpp"
#include "host/worker/worker_setup.hpp"

namespace parlour::host::worker {

using TimePoint = std::chrono::steady_clock::time_point;

class Link {
public:
    // Starts a worker. It has yet to be told what to load.
    static Result<std::unique_ptr<Link>> start(const WorkerSetup &setup);
    ~Link();
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    // Queues a message and writes what can be written without waiting; returns the frame's sequence number. A worker
    // that ended meanwhile is noticed by the next receive().
    std::uint64_t send(const Message &message);

    enum class Event {
        message, // one is in `out`
        time,    // nothing came until the time given
        ended,   // the worker has ended, or broke the protocol and was killed: see why()
    };
    // Waits for a message. Lines of the log go to the log and are not given out.
    Event receive(TimePoint until, Message &out);

    // A new request begins: what a worker may send is counted anew.
    void begin_request();

    // Kills the worker, unless it has ended already, and waits for its end.
    void kill();
    void signal(int number) { process_->signal(number); }

    // How it ended, to stand after the engine's name: "crashed (SIGSEGV)", "ended its process (exit code 3)", "tried
    // a forbidden operation (SIGSYS)", "broke the protocol: ...". Only after `ended` or kill(). `memory_bytes`: its
    // limit, of which the sentence speaks when it was reached.
    std::string why(std::uint64_t memory_bytes) const;
    // The last that it wrote to its outputs, made fit for people; "" if nothing.
    std::string output() const;

    WorkerProcess &process() { return *process_; }

private:
    Link(std::unique_ptr<WorkerProcess> process, int socket);
    bool flush();
    bool read_some();
    Event ended();
    Event broken(std::string sentence);
    std::optional<Event> next_message(Message &out);

    std::unique_ptr<WorkerProcess> process_;
    int socket_;
    FrameEncoder encoder_;
    FrameDecoder decoder_;
    Bytes to_send_;
    std::size_t sent_ = 0;
    bool over_ = false; // the worker's end was seen
    std::string broken_;
    std::uint64_t messages_ = 0; // in this request
    TimePoint request_began_{};
};

} // namespace parlour::host::worker
