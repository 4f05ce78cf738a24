#include "host/worker/support_asker.hpp"

#include "host/plugins/text.hpp"
#include "host/worker/link.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace parlour::host {

using namespace worker;

namespace {

constexpr int most_workers = 2; // an engine that fails over every game is not asked about each

class Asking {
public:
    Asking(WorkerSetup setup, const EngineLaunch &launch, std::span<const GameQuestion> games)
        : setup_(std::move(setup)), launch_(launch), games_(games) {
        setup_.environment.insert(setup_.environment.end(), launch.environment.begin(), launch.environment.end());
    }

    std::vector<Result<EngineSupport>> all() {
        for (int workers = 0; workers < most_workers && answers_.size() < games_.size(); ++workers) ask_a_worker();
        while (answers_.size() < games_.size()) answers_.push_back(answers_.back()); // what ended the last worker
        return std::move(answers_);
    }

private:
    // Until it has answered everything, or has failed over a game.
    void ask_a_worker() {
        Result<std::unique_ptr<Link>> started = Link::start(setup_);
        if (!started) {
            answers_.emplace_back(Problem{launch_.name + ": " + started.sentence(), started.problem().code});
            return;
        }
        Link &link = **started;
        link.send(Hello{protocol_version, setup_.memory_bytes, setup_.cpu_seconds, setup_.layers, getpid()});
        Survey survey{{launch_.file.string(), launch_.id, launch_.options}, launch_.name, {}};
        for (const GameQuestion &game : games_.subspan(answers_.size()))
            survey.games.push_back({game.file.string(), game.id, game.options});
        const std::uint64_t request = link.send(survey);
        while (answers_.size() < games_.size()) {
            if (!take_answer(link, request)) return;
        }
    }

    // Whether the worker can be asked on.
    bool take_answer(Link &link, std::uint64_t request) {
        const std::string &game = games_[answers_.size()].name;
        const std::string when = " when it was asked about " + game;
        Message message;
        switch (link.receive(std::chrono::steady_clock::now() + setup_.start_limit, message)) {
            case Link::Event::time:
                link.kill();
                return fails({fmt::format("{} did not answer within {:g} s{}", launch_.name,
                                          std::chrono::duration<double>(setup_.start_limit).count(), when),
                              problem_stalled, link.output()});
            case Link::Event::ended:
                return fails({fmt::format("{} {}{}", launch_.name, link.why(setup_.memory_bytes), when),
                              problem_crashed, link.output()});
            case Link::Event::message:
                break;
        }
        if (const auto *score = std::get_if<Score>(&message); score != nullptr && score->request == request) {
            EngineSupport said{score->score, one_line(score->why)};
            if (said.score < 1 && said.why.empty()) said.why = fmt::format("{} does not play {}", launch_.name, game);
            answers_.emplace_back(std::move(said));
            return true;
        }
        if (const auto *failed = std::get_if<Failure>(&message); failed != nullptr && failed->request == request) {
            answers_.emplace_back(Problem{one_line(failed->sentence), PARLOUR_E_FAIL});
            return true;
        }
        link.kill();
        return fails({launch_.name + " broke the protocol: an answer that nobody asked for", problem_crashed});
    }

    bool fails(Problem problem) {
        answers_.emplace_back(std::move(problem));
        return false;
    }

    WorkerSetup setup_;
    const EngineLaunch &launch_;
    std::span<const GameQuestion> games_;
    std::vector<Result<EngineSupport>> answers_;
};

} // namespace

RemoteSupportAsker remote_support_asker(WorkerSetup setup) {
    return [setup = std::move(setup)](const EngineLaunch &launch, std::span<const GameQuestion> games) {
        return Asking(setup, launch, games).all();
    };
}

} // namespace parlour::host
