// A thread that does one thing after the other and stays for the next: starting one for each search would cost more
// than short searches do. Started when it is first needed, again after a fork.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

namespace parlour::python {

class SearchThread {
public:
    SearchThread() = default;
    // Ends the thread when it has nothing left to do, without waiting for it.
    ~SearchThread();
    SearchThread(const SearchThread &) = delete;
    SearchThread &operator=(const SearchThread &) = delete;

    // Runs `work` on the thread; it must not throw. One piece of work at a time: the one before must have ended.
    void run(std::function<void()> work);

private:
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        std::function<void()> work;
        bool leave = false;
    };
    static void loop(const std::shared_ptr<Shared> &shared);

    std::shared_ptr<Shared> shared_;
    int process_ = 0; // whose thread it is
};

} // namespace parlour::python
