// What an opponent prints while it plays, for the person who looks on: the newest lines, and no more of them than
// somebody could read. All functions are [any].
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace parlour::host {

struct ConsoleLine {
    std::int32_t severity = 0; // PARLOUR_LOG_*: INFO is what a script printed
    std::string text;
};

// "[12 lines were left out]".
std::string lines_left_out(std::uint64_t count);

class Console {
public:
    static constexpr std::size_t most_kept = 1000;            // lines
    static constexpr double at_once = 500, in_a_second = 200; // lines that pass
    using TimePoint = std::chrono::steady_clock::time_point;

    // Takes a line; false where it is left out because of too many. The next one that passes is preceded by a line
    // that says how many were.
    bool add(std::int32_t severity, const std::string &text, TimePoint now = std::chrono::steady_clock::now());

    // How many lines were taken so far.
    std::uint64_t written() const;
    // The kept ones among the lines from the `from`-th taken one on.
    std::vector<ConsoleLine> lines(std::uint64_t from = 0) const;

private:
    void keep(ConsoleLine line);

    mutable std::mutex mutex_;
    std::deque<ConsoleLine> kept_;
    std::uint64_t written_ = 0, left_out_ = 0;
    double allowance_ = at_once;
    TimePoint filled_{};
};

// While it lives, what this thread logs goes to `console` too (null: nowhere but to the log), and what the console
// leaves out is left out of the log.
class ConsoleScope {
public:
    explicit ConsoleScope(Console *console);
    ~ConsoleScope();
    ConsoleScope(const ConsoleScope &) = delete;
    ConsoleScope &operator=(const ConsoleScope &) = delete;

    // The console of this thread, or null.
    static Console *current();

private:
    Console *before_;
};

} // namespace parlour::host
