// Functions that can be left in the middle and gone on with later, all on one thread: ucontext with stacks of their
// own. What runs in a fiber may use its thread as usual; switching happens only where it calls pause().
#pragma once

#include <ucontext.h>

#include <cstddef>
#include <exception>
#include <functional>

namespace parlour::python {

class Fiber {
public:
    // Runs `body` when it is resumed for the first time. Throws std::bad_alloc without memory for a stack.
    explicit Fiber(std::function<void()> body);
    ~Fiber();
    Fiber(const Fiber &) = delete;
    Fiber &operator=(const Fiber &) = delete;

    // Goes on until the body pauses or ends; rethrows what it threw. Not from inside a fiber, not once it is
    // finished.
    void resume();
    // From inside the body: returns to who resumed.
    void pause();
    bool finished() const { return finished_; }

private:
    static void enter(unsigned low, unsigned high);

    std::function<void()> body_;
    std::byte *stack_;
    ucontext_t inside_{}, outside_{};
    std::exception_ptr thrown_;
    bool finished_ = false;
};

} // namespace parlour::python
