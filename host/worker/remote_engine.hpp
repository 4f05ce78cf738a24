// An engine that runs in a worker, with the rules of its game beside it, and looks like any other. Nothing that it
// does or does not do reaches this process but a sentence.
#pragma once

#include "host/plugins/engine_launch.hpp"
#include "host/worker/worker_setup.hpp"

#include <memory>
#include <string>

namespace parlour::host {

// A search that runs out of time is stopped, and its worker killed WorkerSetup::least_patience (or a fifth of the
// time, if that is more) later: problem_stalled. A worker that ends by itself is started again at once and given the
// same position with the time that is left, once a search and WorkerSetup::most_restarts times a game: then it is
// problem_crashed. The next search or bind begins with a new worker.
class RemoteEngine final : public Engine {
public:
    // Starts nothing yet. [any]
    RemoteEngine(WorkerSetup setup, const EngineLaunch &launch);
    ~RemoteEngine() override;

    // Starts a worker, or lets the one there is begin anew if it has the same game. The game must come from a file.
    Result<void> bind(GamePtr game) override;
    Result<SearchResult> search(const SearchRoot &root, const SearchLimits &limits,
                                const std::atomic<std::uint32_t> &stop,
                                const std::function<void(const SearchInfo &)> &on_info) override;
    // A worker that does not answer within WorkerSetup::farewell_limit is killed.
    Result<void> game_over(const LastPosition &last) override;
    std::chrono::nanoseconds grace(const SearchLimits &limits) const override;
    void abandon() override;

    // What the worker locked itself down with (report_json()); "" before the first start.
    const std::string &sandbox_report() const;
    // The worker's process; 0 without one.
    int process() const;
    // How often a worker was started again in this game.
    std::uint32_t restarts() const;
    // Sends a message to the worker and waits for the answer: what a move costs beside thinking. Only after bind.
    Result<void> ping();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// The function that RegistryOptions wants, with workers run as `setup` says.
RemoteEngineMaker remote_engine_maker(WorkerSetup setup);

} // namespace parlour::host
