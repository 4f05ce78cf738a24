// Lines of standard input, waited for together with the engines' wish to be looked at. Main thread, but for wake().
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace parlour::host::terminal {

class LineReader {
public:
    // Reads from a file descriptor, which stays the caller's; -1: there is no input, only waking.
    explicit LineReader(int descriptor);
    ~LineReader();
    LineReader(const LineReader &) = delete;
    LineReader &operator=(const LineReader &) = delete;

    enum class Event {
        line,  // line() has one, without its newline; of more than 64 KiB only the beginning
        end,   // the input has ended (or there is none)
        woken, // wake() was called
        timeout
    };
    // Waits for the next event; with `input` false only for wake() and the time-out.
    Event wait(std::optional<std::chrono::nanoseconds> at_most, bool input = true);
    const std::string &line() const { return line_; }

    // Ends a wait, or the next one. [any]
    void wake();

private:
    bool take_line();

    int descriptor_, wake_descriptor_;
    std::string buffer_, line_;
    bool ended_;
};

} // namespace parlour::host::terminal
