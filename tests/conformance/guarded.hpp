// Memory with a known pattern before and after it: whoever writes beyond their share is found, with or without a
// sanitizer.
#pragma once

#include "conformance/walk.hpp"

#include <cstdlib>
#include <memory>

namespace parlour::conformance {

// The byte with which memory is filled beforehand.
struct Fill {
    unsigned char byte = 0xa5;
};

// `count` elements of T, 16-byte aligned, filled with a byte, with 64 guard bytes on both sides.
template <class T>
class Guarded {
public:
    explicit Guarded(std::size_t count, Fill fill = {}) : bytes_(count * sizeof(T)), fill_(fill.byte) {
        const std::size_t whole = (bytes_ + 2 * guard_ + 15) / 16 * 16;
        memory_.reset(static_cast<unsigned char *>(std::aligned_alloc(16, whole)));
        if (memory_ == nullptr) throw std::bad_alloc();
        std::memset(memory_.get(), pattern_, whole);
        std::memset(memory_.get() + guard_, fill_, bytes_);
    }

    T *data() { return reinterpret_cast<T *>(memory_.get() + guard_); }
    const T *data() const { return reinterpret_cast<const T *>(memory_.get() + guard_); }
    T &operator[](std::size_t index) { return data()[index]; }
    const T &operator[](std::size_t index) const { return data()[index]; }
    std::size_t count() const { return bytes_ / sizeof(T); }

    // Throws Broken when a byte outside the elements, or of an element from `used` on, was written. `what` names the
    // function.
    void verify(const char *what, std::size_t used = SIZE_MAX) const {
        const unsigned char *at = memory_.get();
        bool whole = true;
        for (std::size_t i = 0; i < guard_; ++i) {
            whole = whole && at[i] == pattern_ && at[guard_ + bytes_ + i] == pattern_;
        }
        if (!whole) throw Broken(std::string(what) + " writes outside the memory it is given");
        for (std::size_t i = used < count() ? used * sizeof(T) : bytes_; i < bytes_; ++i) {
            if (at[guard_ + i] != fill_) throw Broken(std::string(what) + " writes beyond what it returns");
        }
    }

private:
    struct Free {
        void operator()(unsigned char *memory) const { std::free(memory); }
    };
    static constexpr std::size_t guard_ = 64;
    static constexpr unsigned char pattern_ = 0x5c;

    std::size_t bytes_;
    unsigned char fill_;
    std::unique_ptr<unsigned char, Free> memory_;
};

// A position of a game in guarded memory.
class GuardedState : public Guarded<unsigned char> {
public:
    explicit GuardedState(const GameRef &game, Fill fill = {}) : Guarded(game.state_size(), fill) {}
    GuardedState(const GameRef &game, const void *state) : GuardedState(game) {
        std::memcpy(data(), state, game.state_size());
    }
    bool equals(const void *state) const { return std::memcmp(data(), state, count()) == 0; }
};

} // namespace parlour::conformance
