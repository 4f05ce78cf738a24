#include "host/worker/link.hpp"

#include "host/plugins/child_process.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/text.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace parlour::host::worker {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t longest_from_worker = 4u << 20;
// The messages that a worker may send in one request: our own worker keeps far below.
constexpr std::uint64_t messages_at_once = 4096, messages_a_second = 2000;
constexpr auto to_end_by_itself = 100ms;
constexpr auto to_be_reaped = 2000ms; // long beyond what a killed process takes

} // namespace

Result<std::unique_ptr<Link>> Link::start(const WorkerSetup &setup) {
    if (setup.program.empty())
        return Problem{"the program parlour-worker is missing beside parlour; install Parlour again",
                       PARLOUR_E_NOTFOUND};
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Problem{fmt::format("no worker can be reached ({})", std::strerror(errno))};
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    Result<std::unique_ptr<WorkerProcess>> process =
        Supervisor::instance()->start(setup.program, ends[1], setup.environment);
    ::close(ends[1]);
    if (!process) {
        ::close(ends[0]);
        return process.problem();
    }
    return std::unique_ptr<Link>(new Link(std::move(*process), ends[0]));
}

Link::Link(std::unique_ptr<WorkerProcess> process, int socket)
    : process_(std::move(process)), socket_(socket), decoder_(longest_from_worker) {
    begin_request();
}

Link::~Link() {
    process_.reset();
    ::close(socket_);
}

void Link::begin_request() {
    messages_ = 0;
    request_began_ = Clock::now();
}

std::uint64_t Link::send(const Message &message) {
    const Bytes frame = encoder_.encode(message);
    to_send_.insert(to_send_.end(), frame.begin(), frame.end());
    static_cast<void>(flush());
    return encoder_.sequence();
}

// Writes what can be written now; false when the worker does not listen any more.
bool Link::flush() {
    while (sent_ < to_send_.size()) {
        const ssize_t n = ::send(socket_, to_send_.data() + sent_, to_send_.size() - sent_, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return true;
        if (n < 0) { // what it does not listen to is not offered again and again
            to_send_.clear();
            sent_ = 0;
            return false;
        }
        sent_ += static_cast<std::size_t>(n);
    }
    to_send_.clear();
    sent_ = 0;
    return true;
}

// Reads what is there, a part at a time; false at the end of the stream.
bool Link::read_some() {
    std::array<std::byte, 65536> buffer;
    const ssize_t n = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (n < 0) return errno == EAGAIN || errno == EINTR;
    decoder_.feed({buffer.data(), static_cast<std::size_t>(n)});
    return n > 0;
}

Link::Event Link::broken(std::string sentence) {
    broken_ = std::move(sentence);
    kill();
    return Event::ended;
}

// What the bytes that were read so far come to; nothing while more are needed.
std::optional<Link::Event> Link::next_message(Message &out) {
    for (;;) {
        Result<std::optional<FrameDecoder::Frame>> frame = decoder_.next();
        if (!frame) return broken(frame.sentence());
        if (!*frame) return std::nullopt;
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - request_began_).count();
        if (++messages_ > messages_at_once + messages_a_second * static_cast<std::uint64_t>(seconds))
            return broken(fmt::format("more than {} messages in {} s", messages_ - 1, seconds + 1));
        Message &message = (*frame)->message;
        if (const auto *line = std::get_if<LogLine>(&message)) {
            log_line(std::clamp<std::int32_t>(line->severity, PARLOUR_LOG_DEBUG, PARLOUR_LOG_ERROR),
                     one_line(line->who, 100), line->text);
            continue;
        }
        out = std::move(message);
        return Event::message;
    }
}

Link::Event Link::receive(TimePoint until, Message &out) {
    for (bool late = false;;) {
        if (over_) return Event::ended;
        if (const auto event = next_message(out)) return *event;
        if (late) return Event::time; // it sends, but never a whole message
        const bool waiting = !to_send_.empty();
        std::array<pollfd, 2> watched{{{socket_, static_cast<short>(waiting ? POLLIN | POLLOUT : POLLIN), 0},
                                       {process_->end_descriptor(), POLLIN, 0}}};
        const auto left = std::max<std::chrono::nanoseconds>(0ns, until - Clock::now());
        late = left == 0ns;
        const timespec timeout{static_cast<time_t>(std::chrono::duration_cast<std::chrono::seconds>(left).count()),
                               static_cast<long>((left % 1s).count())};
        const int ready = ::ppoll(watched.data(), watched.size(), &timeout, nullptr);
        if (ready < 0 && errno != EINTR) return broken(fmt::format("no answer ({})", std::strerror(errno)));
        if (ready == 0) return Event::time;
        if (watched[0].revents & POLLOUT) static_cast<void>(flush());
        const bool stream_ended = (watched[0].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !read_some();
        // What it wrote before its end is still read; the descriptor of the end comes alone when nothing is left.
        const bool process_ended = watched[0].revents == 0 && (watched[1].revents & POLLIN) != 0;
        if (stream_ended || process_ended) {
            if (const auto event = next_message(out); event == Event::message) return *event;
            return ended();
        }
    }
}

// One that closed its socket is given a moment to end by itself: its own end says more than ours.
Link::Event Link::ended() {
    static_cast<void>(process_->end(to_end_by_itself));
    kill();
    return Event::ended;
}

void Link::kill() {
    process_->kill();
    static_cast<void>(process_->end(to_be_reaped));
    over_ = true;
}

std::string Link::output() const {
    return fit_lines(process_->output());
}

std::string Link::why(std::uint64_t memory_bytes) const {
    if (!broken_.empty()) return "broke the protocol: " + broken_;
    const std::optional<WorkerEnd> end = process_->end();
    if (!end) return "does not end";
    const bool full = memory_bytes > 0 && (end->peak_bytes > memory_bytes / 10 * 9 ||
                                           process_->output().find(out_of_memory_words) != std::string::npos);
    const std::string memory =
        full ? fmt::format(" after it had filled its memory of {} MB", memory_bytes >> 20) : std::string();
    if (end->killed_by_us) return "closed its line and was ended";
    if (end->signal == SIGSYS) return "tried a forbidden operation (SIGSYS)";
    if (end->signal == SIGKILL) return "was ended by the system (SIGKILL)" + memory;
    if (end->signal == SIGXCPU) return "used up its processor time (SIGXCPU)";
    if (end->signal != 0) return fmt::format("crashed ({}){}", signal_name(end->signal), memory);
    return fmt::format("ended its process (exit code {}){}", end->code, memory);
}

} // namespace parlour::host::worker
