// Runs with one failing call each, from the first to the last that there is.
#pragma once

#include "support/scratch_folder.hpp"
#include "support/subprocess.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace parlour::tests {

struct Fault {
    std::string error; // as failing_calls.c knows them
    bool lasts = false;
};

inline const std::vector<Fault> &faults() {
    static const std::vector<Fault> all{{"ENOSPC"}, {"ENOSPC", true}, {"EIO"}, {"EIO", true}, {"EINTR"}, {"short"}};
    return all;
}

// The variables that make call `nth` below `folder` fail.
inline std::map<std::string, std::string> fault_environment(const std::filesystem::path &folder, const Fault &fault,
                                                            int nth, const std::filesystem::path &report) {
    return {{"LD_PRELOAD", FAILING_CALLS},
            {"PARLOUR_FAULT_FOLDER", folder.string()},
            {"PARLOUR_FAULT_NTH", std::to_string(nth)},
            {"PARLOUR_FAULT_ERROR", fault.error},
            {"PARLOUR_FAULT_LASTS", fault.lasts ? "1" : ""},
            {"PARLOUR_FAULT_REPORT", report.string()}};
}

// What one run did.
struct FaultRun {
    Finished finished;
    std::string failed; // the calls that failed, a line each; "": none was left to fail
    std::string error;  // which error
};

// Runs with every call failing in turn, with every error. `run(folder, environment)` prepares a new folder and runs
// the program; `check(folder, FaultRun)` looks at what came of it. Every error has to be met at least `least` times.
template <class Run, class Check>
void for_each_fault(int least, Run run, Check check) {
    constexpr int absurd = 2000;
    for (const Fault &fault : faults()) {
        int met = 0;
        for (int nth = 1; nth < absurd; ++nth) {
            const ScratchFolder folder, reports;
            const auto environment = fault_environment(folder.path(), fault, nth, reports / "report");
            FaultRun result;
            result.error = fault.error;
            result.finished = run(folder.path(), environment);
            std::ostringstream report;
            report << std::ifstream(reports / "report").rdbuf();
            result.failed = report.str();
            SCOPED_TRACE(fault.error + (fault.lasts ? " from call " : " at call ") + std::to_string(nth) + " " +
                         result.failed + result.finished.out + result.finished.err);
            ASSERT_EQ(result.finished.signal, 0);
            check(folder.path(), result);
            if (testing::Test::HasFatalFailure()) return;
            if (result.failed.empty()) break;
            ++met;
        }
        EXPECT_GE(met, fault.error == "short" ? 1 : least) << fault.error << " was met too seldom";
        EXPECT_LT(met, absurd - 1);
        std::cout << fault.error << (fault.lasts ? ", lasting" : "") << ": " << met << " calls\n";
    }
}

} // namespace parlour::tests
