// Memory handed to a plugin with guard bytes before and behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

namespace parlour::host {

// `size` bytes, 16-byte aligned, between two zones of a known pattern.
class Guarded {
public:
    static constexpr std::size_t zone = 64;

    explicit Guarded(std::size_t size, unsigned char fill = 0) : size_(size) {
        const std::size_t whole = (zone + size + zone + 15) / 16 * 16;
        bytes_.reset(static_cast<unsigned char *>(std::aligned_alloc(16, whole)));
        if (!bytes_) throw std::bad_alloc();
        std::memset(bytes_.get(), pattern, zone);
        std::memset(bytes_.get() + zone, fill, size);
        std::memset(bytes_.get() + zone + size, pattern, zone);
    }
    // A copy of `from`.
    Guarded(const void *from, std::size_t size) : Guarded(size) { std::memcpy(data(), from, size); }

    unsigned char *data() { return bytes_.get() + zone; }
    const unsigned char *data() const { return bytes_.get() + zone; }
    template <class T>
    T *as() {
        return reinterpret_cast<T *>(data());
    }
    std::size_t size() const { return size_; }

    // Whether nobody wrote outside.
    bool intact() const {
        for (std::size_t i = 0; i < zone; ++i) {
            if (bytes_.get()[i] != pattern || bytes_.get()[zone + size_ + i] != pattern) return false;
        }
        return true;
    }
    bool same_as(const void *other) const { return std::memcmp(data(), other, size_) == 0; }

private:
    static constexpr unsigned char pattern = 0xa5;
    struct Free {
        void operator()(unsigned char *bytes) const { std::free(bytes); }
    };
    std::unique_ptr<unsigned char, Free> bytes_;
    std::size_t size_;
};

} // namespace parlour::host
