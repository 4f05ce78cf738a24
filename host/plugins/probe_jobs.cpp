#include "host/plugins/probe_jobs.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace parlour::host {

namespace {

constexpr unsigned most_at_once = 8;

} // namespace

void probe_all(const std::vector<ProbeJob *> &jobs, const std::filesystem::path &program,
               std::chrono::milliseconds limit, const std::filesystem::path &runner) {
    const auto one = [&](ProbeJob &job) {
        job.result =
            job.script ? probe_file(program, runner, limit, job.build) : probe_file(program, job.build, limit);
    };
    if (program.empty() || jobs.size() < 2) {
        for (ProbeJob *job : jobs) one(*job);
        return;
    }
    std::atomic<std::size_t> next = 0;
    std::vector<std::jthread> threads;
    const std::size_t count =
        std::min<std::size_t>(jobs.size(), std::clamp(std::thread::hardware_concurrency(), 1u, most_at_once));
    for (std::size_t i = 0; i < count; ++i)
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < jobs.size(); at = next++) one(*jobs[at]);
        });
}

void PreparedProbes::put(const ProbeJob &job) {
    const std::lock_guard lock(mutex_);
    results_.insert_or_assign(job.build, std::pair{job.stamp, job.result});
}

std::optional<ProbeResult> PreparedProbes::take(const ProbeJob &job) {
    const std::lock_guard lock(mutex_);
    const auto at = results_.find(job.build);
    if (at == results_.end()) return std::nullopt;
    auto [stamp, result] = std::move(at->second);
    results_.erase(at);
    return stamp == job.stamp ? std::optional(std::move(result)) : std::nullopt;
}

} // namespace parlour::host
