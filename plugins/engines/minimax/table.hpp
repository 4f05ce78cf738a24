// The transposition table: what was found out about positions that were searched before.
//
// Buckets of three entries fill one cache line. Keys are kept and compared whole (64 bits). The table starts small
// and grows with what is put into it up to its bound, so that a small game never pays for a big table.
#pragma once

#include "score.hpp"

#include <cstddef>
#include <cstdlib>
#include <memory>

#include <parlour/common.hpp>

namespace minimax {

// Entry.bound: which sides of `score.value` a search to `depth` established.
enum : std::uint8_t { bound_lower = 1, bound_upper = 2, bound_exact = 3 };

// A copy of what is stored of one position, from the view of the player to move.
struct Entry {
    Score score;
    parlour::Move move = PARLOUR_MOVE_NONE; // best or refuting
    std::uint32_t depth = 0;
    std::uint8_t bound = 0;
};

class TranspositionTable {
public:
    // At most `bytes`; nothing is allocated yet.
    explicit TranspositionTable(std::size_t bytes = 0) : most_buckets_(bytes / sizeof(Bucket)) {}

    // Forgets everything and gives the memory back.
    void clear();
    // A new search: what older ones left is the first to be replaced.
    void age() { generation_ = static_cast<std::uint8_t>((generation_ + 1) & 63); }

    void prefetch(std::uint64_t key) const { __builtin_prefetch(&buckets_[index(key)]); }
    bool probe(std::uint64_t key, Entry &entry) const {
        const Bucket &bucket = buckets_[index(key)];
        for (std::size_t i = 0; i < slots; ++i) {
            if (bucket.keys[i] != key || bucket.kinds[i] == 0) continue;
            entry.score = {bucket.values[i], bucket.kinds[i] & 3u};
            entry.move = bucket.moves[i];
            entry.depth = bucket.depths[i];
            entry.bound = (bucket.kinds[i] >> 2) & 3;
            return true;
        }
        return false;
    }
    void store(std::uint64_t key, const Entry &entry);

    // Whether so much was put in that it should grow().
    bool crowded() const { return stored_ > count_ * slots / 2 && count_ < most_buckets_; }
    // Makes the table four times as big and keeps its content. `keep_going()` is asked now and then; when it says
    // false the table stays as it was. False then, or without memory.
    template <class KeepGoing>
    bool grow(KeepGoing keep_going) {
        const std::size_t bigger = std::min(most_buckets_, std::max(count_ * 4, least_buckets));
        Buckets fresh = allocate(bigger);
        if (fresh.first == nullptr) {
            most_buckets_ = count_;
            return false;
        }
        std::swap(buckets_, fresh);
        const std::size_t old_count = std::exchange(count_, bigger);
        const std::size_t old_stored = std::exchange(stored_, 0);
        for (std::size_t b = 0; b < old_count; ++b) {
            if (b % 1024 == 1023 && !keep_going()) {
                std::swap(buckets_, fresh);
                count_ = old_count;
                stored_ = old_stored;
                return false;
            }
            move_in(fresh[b]);
        }
        return true;
    }

    std::size_t bytes() const { return count_ * sizeof(Bucket); }

private:
    static constexpr std::size_t slots = 3, least_buckets = 512;

    struct alignas(64) Bucket {
        std::uint64_t keys[slots];
        parlour::Move moves[slots];
        std::int32_t values[slots];
        std::uint8_t depths[slots];
        std::uint8_t kinds[slots]; // proof | bound << 2 | 16; 0 = empty
        std::uint8_t ages[slots];
    };
    static_assert(sizeof(Bucket) == 64);
    struct Free {
        void operator()(void *memory) const { std::free(memory); }
    };
    // Zeroed buckets on cache lines. The memory is not touched before it is used, so that pages are taken one by one.
    struct Buckets {
        std::unique_ptr<void, Free> memory;
        Bucket *first = nullptr;
        Bucket &operator[](std::size_t i) const { return first[i]; }
    };

    static Buckets allocate(std::size_t count);
    void move_in(const Bucket &from);
    // The multiplication by 2^64 / golden ratio spreads keys of games whose hash leaves the upper bits alone.
    std::size_t index(std::uint64_t key) const { return ((key * 0x9e3779b97f4a7c15u >> 32) * count_) >> 32; }
    // What an entry is worth keeping for.
    int worth(const Bucket &bucket, std::size_t i) const {
        if (bucket.kinds[i] == 0) return -1000;
        const int age = (generation_ - bucket.ages[i]) & 63;
        return bucket.depths[i] + ((bucket.kinds[i] & 3) == proof_exact ? 16 : 0) - 8 * age;
    }

    Buckets buckets_;
    std::size_t count_ = 0, most_buckets_ = 0, stored_ = 0;
    std::uint8_t generation_ = 0;
};

} // namespace minimax
