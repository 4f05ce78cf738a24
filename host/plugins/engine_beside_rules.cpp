#include "host/plugins/engine_beside_rules.hpp"

#include <mutex>

namespace parlour::host {

namespace {

class EngineBesideRules final : public Engine {
public:
    EngineBesideRules(EnginePtr here, EngineLaunch launch, RemoteEngineMaker maker)
        : Engine(launch.id, launch.name),
          launch_(std::move(launch)),
          maker_(std::move(maker)),
          here_(std::move(here)),
          bound_(here_.get()) {}

    Result<void> bind(GamePtr game) override {
        if (!game->isolated()) {
            bound_ = here_.get();
        } else if (const Result<void> made = make_there(); !made) {
            return made;
        } else {
            bound_ = there_.get();
        }
        return bound_.load()->bind(std::move(game));
    }
    Result<SearchResult> search(const SearchRoot &root, const SearchLimits &limits,
                                const std::atomic<std::uint32_t> &stop,
                                const std::function<void(const SearchInfo &)> &on_info) override {
        return bound_.load()->search(root, limits, stop, on_info);
    }
    Result<void> game_over(const LastPosition &last) override { return bound_.load()->game_over(last); }
    std::chrono::nanoseconds grace(const SearchLimits &limits) const override { return bound_.load()->grace(limits); }
    void abandon() override {
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
        here_->abandon();
        if (there_) there_->abandon();
    }

private:
    Result<void> make_there() {
        const std::lock_guard lock(mutex_);
        if (there_) return {};
        Result<EnginePtr> made = maker_(launch_);
        if (!made) return made.problem();
        there_ = std::move(*made);
        if (abandoned_) there_->abandon();
        return {};
    }

    EngineLaunch launch_;
    RemoteEngineMaker maker_;
    EnginePtr here_;
    std::mutex mutex_; // guards there_ while it is made, and abandoned_
    EnginePtr there_;  // null until a game needs it
    bool abandoned_ = false;
    std::atomic<Engine *> bound_;
};

} // namespace

EnginePtr make_engine_beside_rules(EnginePtr here, EngineLaunch launch, RemoteEngineMaker maker) {
    return std::make_unique<EngineBesideRules>(std::move(here), std::move(launch), std::move(maker));
}

} // namespace parlour::host
