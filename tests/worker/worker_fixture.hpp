// Games and engines for the tests of workers, without a registry, and a look at what was left behind.
#pragma once

#include "host/plugins/library.hpp"
#include "host/worker/remote_engine.hpp"
#include "worker/kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>

#include <cerrno>
#include <filesystem>

namespace parlour::host {

inline std::filesystem::path shipped(const std::string &name) {
    return std::filesystem::path(SHIPPED_FOLDER) / (name + ".so");
}

inline GamePtr open_game(const std::string &id, const OptionMap &options = {}) {
    const LoadOutcome loaded = load_library(shipped(id));
    if (!loaded.library) throw std::runtime_error(id + " " + loaded.refusal.sentence);
    const Result<parlour_game> raw = make_game(*loaded.library, id, options);
    if (!raw) throw std::runtime_error(raw.sentence());
    return std::make_shared<Game>(*raw, options, loaded.library, shipped(id));
}

inline WorkerSetup test_setup() {
    WorkerSetup setup;
    setup.program = WORKER_PROGRAM;
    return setup;
}

inline EngineLaunch launch_of(const std::string &id, const std::filesystem::path &file) {
    return {id, id == "trouble" ? "Trouble" : id, file, {}, {}};
}

inline std::ptrdiff_t open_descriptors() {
    namespace fs = std::filesystem;
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

// Every test ends with as many descriptors as it began with, and without a child.
class WorkerTest : public testing::Test {
protected:
    WorkerTest() : descriptors_(open_descriptors()) {}
    void TearDown() override {
        EXPECT_EQ(open_descriptors(), descriptors_);
        EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
        EXPECT_EQ(errno, ECHILD) << "a child was not reaped";
    }

private:
    std::ptrdiff_t descriptors_;
};

} // namespace parlour::host
