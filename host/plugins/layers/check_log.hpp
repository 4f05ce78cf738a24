// The breaches of contract that a checked layer sees, each kind once with its count.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace parlour::host {

struct Breach {
    bool by_host = false; // the caller broke the contract, not the plugin
    std::string where;    // the function: "legal"
    std::string sentence; // of the first time, after the function's name: "lists move 7 twice"
    std::uint64_t count = 0;
};

// Thread-safe.
class CheckLog {
public:
    // `on_first` hears of the first breach of each kind; called from any thread, one call at a time.
    explicit CheckLog(std::function<void(const Breach &)> on_first = {}) : on_first_(std::move(on_first)) {}

    // `kind` tells breaches apart that count as different ones: a constant, without numbers.
    void add(bool by_host, const std::string &where, const std::string &kind, const std::string &sentence);

    std::vector<Breach> breaches() const;
    void clear();
    std::string text() const; // one line each, "" for none
    std::string json() const; // an array

private:
    std::function<void(const Breach &)> on_first_;
    mutable std::mutex mutex_;
    std::map<std::string, Breach> breaches_;
};

} // namespace parlour::host
