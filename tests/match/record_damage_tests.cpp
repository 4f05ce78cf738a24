// Damaged records: cut at every byte, every bit flipped, bytes thrown in. Each is refused, or is exactly what was
// written.
#include "record_samples.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parlour::host {
namespace {

using namespace fake;

// What a text says, in the one form in which it would be written; "" when it is refused.
std::string meaning(const std::string &text) {
    const Result<std::vector<Record>> records = parse_records(text);
    if (!records) {
        EXPECT_FALSE(records.sentence().empty());
        return {};
    }
    std::string out = "records:\n";
    for (const Record &record : *records) out += write_record(record);
    return out;
}

class Damage : public testing::TestWithParam<std::string> {};

TEST_P(Damage, CutAtEveryByteIsRefusedOrEqual) {
    const std::string &whole = GetParam();
    const std::string right = meaning(whole);
    ASSERT_FALSE(right.empty());
    int accepted = 0;
    for (std::size_t length = 1; length < whole.size(); ++length) {
        const std::string got = meaning(whole.substr(0, length));
        if (got.empty()) continue;
        EXPECT_EQ(got, right) << "cut to " << length << " bytes";
        ++accepted;
    }
    EXPECT_EQ(accepted, 1) << "only the last line's end may be missing";
}

TEST_P(Damage, EveryBitFlippedIsRefusedOrEqual) {
    const std::string right = meaning(GetParam());
    std::string text = GetParam();
    int accepted = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            const char before = text[at];
            text[at] = static_cast<char>(before ^ (1 << bit));
            const std::string got = meaning(text);
            if (!got.empty()) {
                EXPECT_EQ(got, right) << "bit " << bit << " of byte " << at;
                ++accepted;
            }
            text[at] = before;
        }
    }
    EXPECT_LE(accepted, 8) << "only the white space after the last line may differ";
}

INSTANTIATE_TEST_SUITE_P(Records, Damage, testing::Values(rich_text(), dice_text(), odd_text()));

TEST(DamageInAFile, OneDamagedRecordRefusesAll) {
    const std::string file = dice_text() + odd_text() + dice_text();
    for (std::size_t at = 0; at < file.size(); ++at) {
        std::string text = file;
        text[at] = static_cast<char>(text[at] ^ 4);
        EXPECT_EQ(meaning(text), "") << at;
    }
}

RC_GTEST_PROP(DamageByHand, AnyTextWithoutCheckIsRefusedOrPlaysByTheRules, ()) {
    std::string text = *rc::gen::element(rich_text(), dice_text(), odd_text());
    text = text.substr(0, text.rfind("[Check"));
    const auto edits = *rc::gen::container<std::vector<std::pair<std::uint32_t, std::uint8_t>>>(
        rc::gen::pair(rc::gen::arbitrary<std::uint32_t>(), rc::gen::arbitrary<std::uint8_t>()));
    for (const auto &[at, byte] : edits) {
        if (text.empty()) break;
        const std::size_t place = at % text.size();
        if (byte % 3 == 0)
            text.erase(place, 1 + byte % 7);
        else if (byte % 3 == 1)
            text.insert(place, 1, static_cast<char>(byte));
        else
            text[place] = static_cast<char>(byte);
    }
    const Result<std::vector<Record>> records = parse_records(text + "\n[Check \"none\"]\n");
    RC_ASSERT(records.ok() || !records.sentence().empty());
    if (!records) return;
    for (const Record &record : *records) {
        const Result<Match> match = load_record(record, game_by_id);
        RC_ASSERT(match.ok() || !match.sentence().empty());
        if (match) RC_ASSERT(match->plies() == record.plies.size());
    }
}

} // namespace
} // namespace parlour::host
