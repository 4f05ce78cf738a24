#include "table.hpp"

namespace minimax {

TranspositionTable::Buckets TranspositionTable::allocate(std::size_t count) {
    Buckets out;
    out.memory.reset(std::calloc(count + 1, sizeof(Bucket)));
    if (out.memory == nullptr) return out;
    const auto address = reinterpret_cast<std::uintptr_t>(out.memory.get());
    out.first = reinterpret_cast<Bucket *>((address + alignof(Bucket) - 1) / alignof(Bucket) * alignof(Bucket));
    return out;
}

void TranspositionTable::clear() {
    if (count_ != least_buckets) {
        most_buckets_ = std::max(most_buckets_, least_buckets);
        buckets_ = allocate(least_buckets);
        count_ = buckets_.first != nullptr ? least_buckets : 0;
        if (count_ == 0) throw std::bad_alloc();
    } else {
        std::fill_n(buckets_.first, count_, Bucket{});
    }
    stored_ = 0;
    generation_ = 0;
}

void TranspositionTable::store(std::uint64_t key, const Entry &entry) {
    Bucket &bucket = buckets_[index(key)];
    std::size_t at = 0;
    int least = 1 << 30;
    for (std::size_t i = 0; i < slots; ++i) {
        if (bucket.keys[i] == key && bucket.kinds[i] != 0) {
            at = i;
            if ((bucket.kinds[i] & 3) == proof_exact && !entry.score.exact()) {
                bucket.ages[i] = generation_;
                return;
            }
            break;
        }
        const int mine = worth(bucket, i);
        if (mine < least) {
            least = mine;
            at = i;
        }
    }
    if (bucket.kinds[at] == 0) ++stored_;
    bucket.keys[at] = key;
    if (entry.move != PARLOUR_MOVE_NONE || bucket.kinds[at] == 0) bucket.moves[at] = entry.move;
    bucket.values[at] = entry.score.value;
    bucket.depths[at] = static_cast<std::uint8_t>(std::min<std::uint32_t>(entry.depth, 255));
    bucket.kinds[at] =
        static_cast<std::uint8_t>(entry.score.proof | static_cast<std::uint32_t>(entry.bound) << 2 | 16);
    bucket.ages[at] = generation_;
}

void TranspositionTable::move_in(const Bucket &from) {
    for (std::size_t i = 0; i < slots; ++i) {
        if (from.kinds[i] == 0) continue;
        Bucket &to = buckets_[index(from.keys[i])];
        std::size_t at = 0;
        while (at + 1 < slots && to.kinds[at] != 0) ++at;
        if (to.kinds[at] == 0) ++stored_;
        to.keys[at] = from.keys[i];
        to.moves[at] = from.moves[i];
        to.values[at] = from.values[i];
        to.depths[at] = from.depths[i];
        to.kinds[at] = from.kinds[i];
        to.ages[at] = from.ages[i];
    }
}

} // namespace minimax
