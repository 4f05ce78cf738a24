// A value or the reason why there is none. Everything in the host that can fail on bad input returns one of these;
// the sentence says what was wrong, where, and what to do, and goes to a person as it is.
#pragma once

#include <parlour/abi.h>

#include <optional>
#include <string>
#include <utility>

namespace parlour::host {

struct Problem {
    std::string sentence;
    parlour_status code = PARLOUR_E_FAIL;
    std::string details{}; // more than a sentence: a traceback, what a worker wrote last; often ""
};

// Codes of a Problem that only the host gives: an engine's process ended, or did not come back and was ended.
inline constexpr parlour_status problem_crashed = -1001;
inline constexpr parlour_status problem_stalled = -1002;

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : value_(std::move(value)) {}
    Result(Problem problem) : problem_(std::move(problem)) {}

    bool ok() const { return value_.has_value(); }
    explicit operator bool() const { return ok(); }
    // Only when ok().
    T &value() & { return *value_; }
    const T &value() const & { return *value_; }
    T &&value() && { return std::move(*value_); }
    T *operator->() { return &*value_; }
    const T *operator->() const { return &*value_; }
    T &operator*() { return *value_; }
    const T &operator*() const { return *value_; }
    // Only when not ok().
    const Problem &problem() const { return problem_; }
    const std::string &sentence() const { return problem_.sentence; }

private:
    std::optional<T> value_;
    Problem problem_;
};

// A Result without a value: done, or the reason why not.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Problem problem) : problem_(std::move(problem)), ok_(false) {}
    bool ok() const { return ok_; }
    explicit operator bool() const { return ok_; }
    const Problem &problem() const { return problem_; }
    const std::string &sentence() const { return problem_.sentence; }

private:
    Problem problem_;
    bool ok_ = true;
};

} // namespace parlour::host
