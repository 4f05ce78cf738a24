// What a worker does once it is locked down: loads a game, and an engine if one is wanted, and answers. One for the
// process.
#pragma once

#include "host/plugins/library.hpp"
#include "host/worker/program/rules.hpp"
#include "host/worker/program/wire.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>

namespace parlour::host::worker {

class Session {
public:
    explicit Session(Wire &wire) : wire_(wire) {}

    // Answers until the host says goodbye or is gone; the process then ends without running any more of a plugin's
    // code. `load` is the message of frame `request`; `report` goes to the host as it is. [main]
    [[noreturn]] void run(const Load &load, std::uint64_t request, const std::string &report);

private:
    void listen();
    FrameDecoder::Frame next();
    Result<void> set_up(const Load &load);
    void answer(const FrameDecoder::Frame &frame);
    void search(const Search &search, std::uint64_t request);
    void end_game(const GameOver &over, std::uint64_t request);
    void ask_rules(const AskRules &ask, std::uint64_t request);
    void fail(std::uint64_t request, const Problem &problem);

    Wire &wire_;
    std::unique_ptr<Rules> rules_;
    LibraryPtr engines_; // null without an engine
    std::string engine_id_, engine_name_;
    GamePtr game_;
    EnginePtr engine_;
    std::atomic<std::uint32_t> stop_{PARLOUR_GO};

    std::mutex mutex_; // guards what follows
    std::condition_variable arrived_;
    std::deque<FrameDecoder::Frame> frames_;
    std::uint64_t searching_ = 0; // the frame that began the newest search
};

} // namespace parlour::host::worker
