#include "search_thread.hpp"

#include <unistd.h>

#include <thread>

namespace parlour::python {

SearchThread::~SearchThread() {
    if (!shared_ || process_ != ::getpid()) return;
    const std::lock_guard lock(shared_->mutex);
    shared_->leave = true;
    shared_->changed.notify_all();
}

void SearchThread::run(std::function<void()> work) {
    if (!shared_ || process_ != ::getpid()) {
        if (shared_) {
            // A thread does not live on in the child of a fork, and its lock may be taken for ever: it is left alone.
            static_cast<void>(new std::shared_ptr<Shared>(std::move(shared_)));
        }
        shared_ = std::make_shared<Shared>();
        process_ = ::getpid();
        std::thread(loop, shared_).detach();
    }
    const std::lock_guard lock(shared_->mutex);
    shared_->work = std::move(work);
    shared_->changed.notify_all();
}

void SearchThread::loop(const std::shared_ptr<Shared> &shared) {
    std::unique_lock lock(shared->mutex);
    while (true) {
        shared->changed.wait(lock, [&] { return shared->leave || shared->work; });
        if (!shared->work) return;
        const std::function<void()> work = std::move(shared->work);
        shared->work = nullptr;
        lock.unlock();
        work();
        lock.lock();
    }
}

} // namespace parlour::python
