// A worker that answers questions about the rules of one game, and what is done when it does not. All functions are
// [any] unless they say otherwise; one question at a time is asked, the others wait.
#pragma once

#include "host/plugins/engine_launch.hpp"
#include "host/worker/link.hpp"
#include "host/worker/rules_call.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <unordered_map>

namespace parlour::host::worker {

// A question that is not answered within WorkerSetup::call_limit, that ends the worker, or whose answer cannot be,
// is asked a new worker once; positions are bytes, so that nothing is lost. If that fails as well, the question is
// not asked any more; after three such questions none is. Answers are the same every time: the newest are kept.
class RulesWorker {
public:
    static constexpr std::size_t most_failed_questions = 3;

    RulesWorker(WorkerSetup setup, GameLaunch launch);

    // Starts the worker and learns the facts. [main]
    Result<void> begin();
    // Only after begin() succeeded; constant from then on.
    const RulesFacts &facts() const { return facts_; }

    // Asks, and reads the answer with `decode`, which throws Malformed at one that cannot be; nullopt when the rules
    // failed: see trouble().
    template <class Decode>
    auto ask(RulesCall call, const Packer &arguments, Decode decode) {
        std::optional<decltype(decode(std::declval<Unpacker &>()))> out;
        static_cast<void>(answer(call, arguments.bytes(), [&](Unpacker &from) { out = decode(from); }));
        return out;
    }
    // The answer itself, after `accept` has looked at it; null when the rules failed.
    std::shared_ptr<const Bytes> answer(RulesCall call, const Bytes &arguments,
                                        const std::function<void(Unpacker &)> &accept);

    // The newest failure: which script or plugin, at what, and why; details are a trace or its last words. An empty
    // sentence while there was none.
    Problem trouble() const;
    // Of the worker's process; 0 without one.
    int process() const;
    // How often a worker was started, the first time included.
    std::uint32_t starts() const;

private:
    struct Attempt {
        std::optional<Bytes> answer;
        Problem problem;
        bool by_rules = false; // the rules said themselves that they failed: asking again would not help
    };
    Result<void> start();
    Result<Message> await(std::uint64_t request, std::chrono::milliseconds limit);
    Attempt attempt(RulesCall call, const Bytes &arguments);
    void note(RulesCall call, Problem problem);
    void keep(std::string key, std::shared_ptr<const Bytes> answer);

    WorkerSetup setup_;
    GameLaunch launch_;
    std::shared_ptr<Supervisor> supervisor_ = Supervisor::instance();
    RulesFacts facts_;

    mutable std::mutex mutex_; // guards what follows
    std::unique_ptr<Link> link_;
    bool traces_ = false;
    std::uint32_t starts_ = 0;
    Problem trouble_;
    std::set<std::string> failed_; // questions
    std::unordered_map<std::string, std::shared_ptr<const Bytes>> kept_;
    std::deque<std::string> order_; // of kept_, oldest first
    std::size_t kept_bytes_ = 0;
};

} // namespace parlour::host::worker
