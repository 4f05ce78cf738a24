#include "host/plugins/reloading_engine.hpp"

#include "host/plugins/host_object.hpp"
#include "host/plugins/scripts.hpp"

namespace parlour::host {

namespace {

class ReloadingEngine final : public Engine {
public:
    ReloadingEngine(const EngineLaunch &launch, RemoteEngineMaker maker, EnginePtr first,
                    std::shared_ptr<const ScriptVersions> versions)
        : Engine(launch.id, launch.name),
          launch_(launch),
          maker_(std::move(maker)),
          versions_(std::move(versions)),
          version_(versions_->of(launch.id)),
          engine_(std::move(first)) {}

    Result<void> bind(GamePtr game) override {
        game_ = game;
        if (renew()) return {};
        return engine_->bind(std::move(game));
    }

    Result<SearchResult> search(const SearchRoot &root, const SearchLimits &limits,
                                const std::atomic<std::uint32_t> &stop,
                                const std::function<void(const SearchInfo &)> &on_info) override {
        renew();
        return engine_->search(root, limits, stop, on_info);
    }

    Result<void> game_over(const LastPosition &last) override { return engine_->game_over(last); }

    std::chrono::nanoseconds grace(const SearchLimits &limits) const override { return engine_->grace(limits); }

private:
    // Puts a new version in the old one's place, if there is one and it takes on the game; true if it did.
    bool renew() {
        const ScriptVersion newest = versions_->of(id());
        if (newest == version_ || game_ == nullptr) return false;
        version_ = newest;
        launch_.environment = with_kept_script(launch_.environment, newest.file);
        Result<EnginePtr> next = maker_(launch_);
        const Result<void> bound = next ? (*next)->bind(game_) : Result<void>(next.problem());
        if (!bound) {
            log_line(PARLOUR_LOG_WARN, id(), bound.sentence() + "; the version before plays on");
            return false;
        }
        engine_ = std::move(*next);
        log_line(PARLOUR_LOG_INFO, id(), "its new version plays from now on");
        return true;
    }

    EngineLaunch launch_;
    RemoteEngineMaker maker_;
    std::shared_ptr<const ScriptVersions> versions_;
    ScriptVersion version_;
    EnginePtr engine_;
    GamePtr game_;
};

} // namespace

void ScriptVersions::set(const std::string &id, ScriptVersion version) {
    const std::lock_guard lock(mutex_);
    const auto at = versions_.find(id);
    waiting_.erase(id);
    if (!hold_ || at == versions_.end())
        versions_[id] = std::move(version);
    else if (at->second != version)
        waiting_[id] = std::move(version);
}

void ScriptVersions::hold(bool on) {
    const std::lock_guard lock(mutex_);
    hold_ = on;
}

std::vector<std::string> ScriptVersions::waiting() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const auto &[id, version] : waiting_) out.push_back(id);
    return out;
}

void ScriptVersions::release() {
    const std::lock_guard lock(mutex_);
    for (const auto &[id, version] : waiting_) versions_[id] = version;
    waiting_.clear();
}

void ScriptVersions::decline() {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
}

ScriptVersion ScriptVersions::of(const std::string &id) const {
    const std::lock_guard lock(mutex_);
    const auto at = versions_.find(id);
    return at == versions_.end() ? ScriptVersion{} : at->second;
}

Result<EnginePtr> make_reloading_engine(const EngineLaunch &launch, RemoteEngineMaker maker,
                                        std::shared_ptr<const ScriptVersions> versions) {
    Result<EnginePtr> first = maker(launch);
    if (!first) return first;
    return EnginePtr(
        std::make_unique<ReloadingEngine>(launch, std::move(maker), std::move(*first), std::move(versions)));
}

} // namespace parlour::host
