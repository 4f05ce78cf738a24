#include "host/worker/rules_worker.hpp"

#include "host/plugins/host_object.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>

namespace parlour::host::worker {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto to_write_a_trace = 20ms; // before a worker is killed
constexpr std::size_t most_kept = 1024, most_kept_bytes = 4u << 20;

// What was asked, to stand after "asked".
constexpr std::array<const char *, static_cast<std::size_t>(RulesCall::count)> asked{
    "about itself",
    "for the starting position",
    "for the legal moves",
    "to play a move",
    "who is to move",
    "how the game ended",
    "for a position's hash",
    "whether a position can be",
    "for a move's text",
    "to read a move",
    "for a position's text",
    "to read a position",
    "what chance may decide",
    "to draw by chance",
    "what a player sees",
    "what a player cannot see",
    "what a position is worth",
    "to order moves",
    "for the moves that change much",
    "to play a game to its end",
    "for a player's points",
    "for the rules",
    "why the game ended",
    "why something cannot be touched",
    "for a player's name",
    "for the board",
    "for a picture of the position",
    "how a move is touched"};

std::string key_of(RulesCall call, const Bytes &arguments) {
    std::string out(1, static_cast<char>(call));
    out.append(reinterpret_cast<const char *>(arguments.data()), arguments.size());
    return out;
}

// Whether the same question is likely to be asked again.
bool worth_keeping(RulesCall call) {
    return call != RulesCall::sample && call != RulesCall::determinize && call != RulesCall::playout;
}

std::string facts_problem(const RulesFacts &facts, const GameLaunch &launch, const Ready &ready) {
    constexpr std::uint32_t most_moves = 1u << 20;
    if (facts.id != launch.id || ready.game_id != launch.id) return "is another game than the one that was asked for";
    if (facts.players < 1 || facts.players > PARLOUR_MAX_PLAYERS || facts.state_size < 1 ||
        facts.state_size > PARLOUR_MAX_STATE_SIZE || facts.max_moves < 1 || facts.max_moves > most_moves ||
        facts.util_min > facts.util_max || facts.name.empty())
        return "gives numbers about itself that cannot be";
    return {};
}

} // namespace

RulesWorker::RulesWorker(WorkerSetup setup, GameLaunch launch)
    : setup_(std::move(setup)), launch_(std::move(launch)) {
    setup_.environment.insert(setup_.environment.end(), launch_.environment.begin(), launch_.environment.end());
}

Result<void> RulesWorker::begin() {
    const std::lock_guard lock(mutex_);
    return start();
}

// Waits for the answer to a request; without one the worker is gone. The sentence stands after the script's name.
Result<Message> RulesWorker::await(std::uint64_t request, std::chrono::milliseconds limit) {
    Message message;
    const TimePoint until = Clock::now() + limit;
    const Link::Event event = link_->receive(until, message);
    if (event == Link::Event::message) {
        const auto answers = [&](const auto &one) {
            if constexpr (requires { one.request; }) return one.request == request;
            return false;
        };
        if (std::visit(answers, message)) return message;
        link_->kill();
        const Problem out{"broke the protocol: an answer that nobody asked for", problem_crashed, link_->output()};
        link_.reset();
        return out;
    }
    Problem out;
    if (event == Link::Event::time) {
        if (traces_) {
            link_->signal(SIGUSR1);
            static_cast<void>(link_->process().end(to_write_a_trace));
        }
        link_->kill();
        out = {fmt::format("did not answer within {:g} s", std::chrono::duration<double>(limit).count()),
               problem_stalled, link_->output()};
    } else {
        out = {link_->why(setup_.memory_bytes), problem_crashed, link_->output()};
    }
    link_.reset();
    return out;
}

// Starts a worker that has loaded the game; the sentence of a failure stands after the script's name.
Result<void> RulesWorker::start() {
    ++starts_;
    Result<std::unique_ptr<Link>> started = Link::start(setup_);
    if (!started) return Problem{"cannot be started: " + started.sentence(), started.problem().code};
    link_ = std::move(*started);
    link_->send(Hello{protocol_version, setup_.memory_bytes, setup_.cpu_seconds, setup_.layers, getpid()});
    const std::uint64_t load = link_->send(Load{{launch_.file.string(), launch_.id, launch_.options}, {}, {}});
    const Result<Message> loaded = await(load, setup_.start_limit);
    if (!loaded) return loaded.problem();
    const auto refuse = [&](Problem problem) {
        link_.reset();
        return problem;
    };
    if (const auto *failed = std::get_if<Failure>(&*loaded))
        return refuse({one_line(failed->sentence), failed->code, fit_lines(failed->details)});
    const auto *ready = std::get_if<Ready>(&*loaded);
    if (ready == nullptr) return refuse({"broke the protocol while it was started", problem_crashed});
    traces_ = ready->traces;
    link_->begin_request();
    const std::uint64_t ask = link_->send(AskRules{static_cast<std::uint32_t>(RulesCall::facts), {}});
    const Result<Message> told = await(ask, setup_.start_limit);
    if (!told) return told.problem();
    if (const auto *failed = std::get_if<Failure>(&*told))
        return refuse({one_line(failed->sentence), PARLOUR_E_FAIL});
    const auto *answer = std::get_if<RulesAnswer>(&*told);
    if (answer == nullptr) return refuse({"broke the protocol while it was started", problem_crashed});
    try {
        Unpacker from(answer->result);
        RulesFacts facts = unpack_facts(from);
        from.end();
        if (const std::string problem = facts_problem(facts, launch_, *ready); !problem.empty())
            return refuse({problem});
        if (facts_.id.empty())
            facts_ = std::move(facts);
        else if (facts != facts_)
            return refuse({"has changed since the game began: begin a new one"});
    } catch (const Malformed &wrong) {
        return refuse({"gives an answer that " + wrong.sentence, problem_crashed});
    }
    return {};
}

RulesWorker::Attempt RulesWorker::attempt(RulesCall call, const Bytes &arguments) {
    if (link_ == nullptr) {
        if (const Result<void> started = start(); !started) return {std::nullopt, started.problem()};
    }
    link_->begin_request();
    const std::uint64_t request = link_->send(AskRules{static_cast<std::uint32_t>(call), arguments});
    // A game that is played to its end takes as long as all its moves.
    Result<Message> told = await(request, call == RulesCall::playout ? setup_.start_limit : setup_.call_limit);
    if (!told) return {std::nullopt, told.problem()};
    if (const auto *failed = std::get_if<Failure>(&*told))
        return {std::nullopt, {one_line(failed->sentence), PARLOUR_E_FAIL, fit_lines(failed->details)}, true};
    if (auto *answer = std::get_if<RulesAnswer>(&*told)) return {std::move(answer->result), {}};
    link_.reset();
    return {std::nullopt, {"broke the protocol: an answer of another kind", problem_crashed}};
}

void RulesWorker::note(RulesCall call, Problem problem) {
    problem.sentence =
        fmt::format("{}, asked {}, {}", launch_.what, asked[static_cast<std::size_t>(call)], problem.sentence);
    if (problem.sentence != trouble_.sentence) log_line(PARLOUR_LOG_WARN, launch_.id, problem.sentence);
    trouble_ = std::move(problem);
}

void RulesWorker::keep(std::string key, std::shared_ptr<const Bytes> answer) {
    kept_bytes_ += key.size() + answer->size();
    order_.push_back(key);
    kept_.emplace(std::move(key), std::move(answer));
    while (order_.size() > most_kept || kept_bytes_ > most_kept_bytes) {
        const auto oldest = kept_.find(order_.front());
        kept_bytes_ -= oldest->first.size() + oldest->second->size();
        kept_.erase(oldest);
        order_.pop_front();
    }
}

std::shared_ptr<const Bytes> RulesWorker::answer(RulesCall call, const Bytes &arguments,
                                                 const std::function<void(Unpacker &)> &accept) {
    std::string key = key_of(call, arguments);
    const std::lock_guard lock(mutex_);
    if (const auto kept = kept_.find(key); kept != kept_.end()) {
        Unpacker from(*kept->second);
        accept(from);
        return kept->second;
    }
    if (failed_.size() >= most_failed_questions || failed_.contains(key)) return nullptr;
    for (int tries = 1;; ++tries) {
        Attempt tried = attempt(call, arguments);
        if (tried.by_rules) {
            note(call, std::move(tried.problem));
            return nullptr;
        }
        if (tried.answer) {
            try {
                auto answer = std::make_shared<const Bytes>(std::move(*tried.answer));
                Unpacker from(*answer);
                accept(from);
                from.end();
                if (worth_keeping(call)) keep(std::move(key), answer);
                return answer;
            } catch (const Malformed &wrong) {
                link_->kill();
                tried.problem = {"gave an answer that " + wrong.sentence, problem_crashed, link_->output()};
                link_.reset();
            }
        }
        if (tries == 2) {
            tried.problem.sentence += ", twice";
            note(call, std::move(tried.problem));
            failed_.insert(std::move(key));
            return nullptr;
        }
        log_line(PARLOUR_LOG_INFO, launch_.id,
                 fmt::format("{} {}; it is started again", launch_.what, tried.problem.sentence));
    }
}

Problem RulesWorker::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

int RulesWorker::process() const {
    const std::lock_guard lock(mutex_);
    return link_ == nullptr ? 0 : link_->process().pid();
}

std::uint32_t RulesWorker::starts() const {
    const std::lock_guard lock(mutex_);
    return starts_;
}

} // namespace parlour::host::worker
