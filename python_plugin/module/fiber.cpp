#include "fiber.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <new>
#include <utility>

namespace parlour::python {

namespace {

// Deep searches recurse; pages are taken from the system only when they are used.
constexpr std::size_t stack_bytes = std::size_t{4} << 20, guard_bytes = 4096;

} // namespace

Fiber::Fiber(std::function<void()> body) : body_(std::move(body)) {
    void *memory = ::mmap(nullptr, stack_bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    stack_ = static_cast<std::byte *>(memory);
    ::mprotect(stack_, guard_bytes, PROT_NONE); // an overflow is a crash at once, not somebody else's memory
    ::getcontext(&inside_);
    inside_.uc_stack.ss_sp = stack_;
    inside_.uc_stack.ss_size = stack_bytes;
    inside_.uc_link = &outside_;
    const auto self = reinterpret_cast<std::uintptr_t>(this);
    ::makecontext(&inside_, reinterpret_cast<void (*)()>(reinterpret_cast<void *>(enter)), 2,
                  static_cast<unsigned>(self), static_cast<unsigned>(self >> 32));
}

Fiber::~Fiber() {
    ::munmap(stack_, stack_bytes);
}

void Fiber::resume() {
    ::swapcontext(&outside_, &inside_);
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

void Fiber::pause() {
    ::swapcontext(&inside_, &outside_);
}

void Fiber::enter(unsigned low, unsigned high) {
    auto *self = reinterpret_cast<Fiber *>(static_cast<std::uintptr_t>(high) << 32 | low);
    try {
        self->body_();
    } catch (...) {
        self->thrown_ = std::current_exception();
    }
    self->finished_ = true;
}

} // namespace parlour::python
