// One faulty engine among good ones, in a registry whose engines all run in workers; and what must be the same after
// it: this process's descriptors, threads and children, and that a good engine still plays.
#pragma once

#include "host/match/engine_services.hpp"
#include "host/match/tournament.hpp"
#include "host/plugins/host_object.hpp"
#include "host/sandbox/sandbox.hpp"
#include "host/worker/remote_engine.hpp"
#include "host/worker/support_asker.hpp"
#include "support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace parlour::host {

namespace fs = std::filesystem;

// The layers of a lock-down that this kernel and container have, as SandboxLayer bits: asked of a child, once.
inline std::uint32_t layers_in_force() {
    static const std::uint32_t known = [] {
        int ends[2];
        if (pipe(ends) != 0) std::abort();
        const pid_t child = fork();
        if (child == 0) {
            SandboxRules rules;
            rules.last_kept_descriptor = ends[1];
            std::uint32_t bits = 0;
            for (const LayerReport &layer : lock_down(rules).layers) {
                if (layer.in_force) bits |= layer.layer;
            }
            _exit(write(ends[1], &bits, sizeof bits) == sizeof bits ? 0 : 1);
        }
        close(ends[1]);
        std::uint32_t bits = 0;
        if (read(ends[0], &bits, sizeof bits) != sizeof bits) bits = 0;
        close(ends[0]);
        waitpid(child, nullptr, 0);
        return bits;
    }();
    return known;
}

// "descriptors, limits" of SandboxLayer bits; "nothing" of none.
inline std::string layer_names(std::uint32_t bits) {
    static constexpr const char *names[] = {"descriptors", "limits", "parent", "privileges", "files", "calls"};
    std::string out;
    for (std::size_t i = 0; i < std::size(names); ++i) {
        if (bits & (1u << i)) out += (out.empty() ? "" : ", ") + std::string(names[i]);
    }
    return out.empty() ? "nothing" : out;
}

class WorkerTest : public testing::Test {
protected:
    static constexpr std::chrono::seconds answers_at_once{10};

    void SetUp() override {
        set_log_sink([](std::int32_t, const std::string &, const std::string &) {});
        // Whatever a plugin leaves behind becomes a child of this process and is seen.
        ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
        fs::create_directory(folder_ / "good");
        for (const char *name : {"four_in_a_row.so", "random.so"})
            fs::copy_file(fs::path(SHIPPED_PLUGINS) / name, folder_ / "good" / name);
        fs::copy_file(fs::path(FAULTY_ENGINES) / "good_engine.so", folder_.path() / "good" / "good_engine.so");
        fs::create_directory(folder_ / "bad");
    }
    void TearDown() override { set_log_sink({}); }

    // A registry of the good plugins and one file beside them. Engines and layers are as `setup` says.
    std::unique_ptr<Registry> registry_with(const fs::path &file, WorkerSetup setup = {}) {
        if (!file.empty() && !fs::exists(folder_ / "bad" / file.filename().string()))
            fs::copy_file(file, folder_ / "bad" / file.filename().string());
        setup.program = WORKER_PROGRAM;
        setup.memory_bytes = std::min<std::uint64_t>(setup.memory_bytes, 160u << 20); // soon eaten
        RegistryOptions options;
        options.search_path = {folder_ / "bad", folder_ / "good"};
        options.probe_program = PROBE_RUNNER;
        options.isolate = Isolation::all;
        options.worker_engines = remote_engine_maker(setup);
        options.worker_support = remote_support_asker(setup);
        return std::make_unique<Registry>(std::move(options));
    }

    // Games of the good engine "random" against `engine`, which has so long for a move. Those that answer at once are
    // given long, so that a busy computer does not make them late.
    static Result<TournamentResult> play(const Registry &registry, const std::string &engine, std::size_t games,
                                         std::chrono::nanoseconds time) {
        TournamentSetup setup;
        auto game = registry.create_game("four_in_a_row", {});
        if (!game) return game.problem();
        setup.game = *game;
        SeatLimits limits;
        limits.time = answers_at_once;
        setup.contestants.push_back(Seat::of_engine("random", 10, {}, limits));
        limits.time = time;
        setup.contestants.push_back(Seat::of_engine(engine, 10, {}, limits));
        setup.games = games;
        setup.create_engine = services_of(registry).create;
        return run_tournament(setup);
    }

    // A good engine plays a game to its end, in a worker as well.
    static void expect_next_game(const Registry &registry) {
        const auto played = play(registry, "good_engine", 1, answers_at_once);
        ASSERT_TRUE(played) << played.sentence();
        EXPECT_EQ(played->games, 1u);
        EXPECT_EQ(played->endings[static_cast<std::size_t>(Ending::normal)], 1u);
    }

    struct Standing {
        std::ptrdiff_t descriptors, threads;
    };
    static Standing standing() {
        const auto count = [](const char *folder) {
            return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
        };
        return {count("/proc/self/fd"), count("/proc/self/task")};
    }
    // Nothing is left of what ran since `before`. What was killed may take a moment to be gone.
    static void expect_nothing_left(const Standing &before) {
        Standing now = standing();
        pid_t child = 0;
        for (int i = 0; i < 500; ++i) {
            while ((child = waitpid(-1, nullptr, WNOHANG)) > 0) continue;
            now = standing();
            if (child < 0 && now.descriptors == before.descriptors && now.threads == before.threads) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        EXPECT_EQ(child, -1) << "a process is left over";
        EXPECT_EQ(now.descriptors, before.descriptors) << "descriptors are left over";
        EXPECT_EQ(now.threads, before.threads) << "threads are left over";
    }

    tests::ScratchFolder folder_;
};

} // namespace parlour::host
