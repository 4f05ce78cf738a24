// Messages as bytes: each comes back as it was, and nothing that a stranger may send does more than a sentence.
#include "host/worker/cbor_bounds.hpp"
#include "host/worker/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

namespace parlour::host::worker {
namespace {

using testing::HasSubstr;

SearchLimits all_limits() {
    SearchLimits out;
    out.soft_time = std::chrono::nanoseconds(1);
    out.hard_time = std::chrono::hours(2);
    out.nodes = UINT64_MAX;
    out.playouts = 3;
    out.depth = 4;
    out.strength = 1000;
    out.lines = 5;
    out.seed = UINT64_MAX - 1;
    out.only = {1, 0xffffffffu};
    return out;
}

SearchInfo full_info() {
    SearchInfo out;
    out.rank = 2;
    out.depth = 11;
    out.nodes = 1ull << 40;
    out.value = -0.25f;
    out.proven = true;
    out.line = {5, 6, 7};
    out.stats = {{5, 0, 100, 0.5f, 0.25f}, {6, 0, 1, -1.0f, 0.75f}};
    out.text = "grüße";
    return out;
}

// One of each, every field set to something of its own.
std::vector<Message> one_of_each() {
    const Bytes state{std::byte{1}, std::byte{0}, std::byte{255}};
    return {Hello{protocol_version, 512u << 20, 3600, 63, 4711},
            Load{{"/a b/ü.so", "four", {{"size", "7"}, {"rule", ""}}}, {"/x.so", "mcts", {}}, "Monte Carlo"},
            Bind{},
            Survey{{"/x.so", "mcts", {{"tree", "1"}}},
                   "Monte Carlo",
                   {{"/a.so", "four", {}}, {"/b.so", "five", {{"size", "7"}}}}},
            Ping{},
            worker::Search{state, Bytes{std::byte{9}}, {1, 2, 3}, all_limits()},
            worker::Search{state, std::nullopt, {}, {}},
            GameOver{state, Bytes{std::byte{9}}, {1, 2}, 1},
            GameOver{state, std::nullopt, {}, 0},
            AskRules{3, state},
            AskRules{0, {}},
            Stop{12, PARLOUR_STOP_SOON},
            Bye{},
            Ready{2, "{\"layers\":[]}", "four", 64, 2, 7, true},
            Done{3},
            Score{4, 100, "why"},
            RulesAnswer{5, state},
            Progress{5, full_info()},
            Progress{5, {}},
            worker::Answer{6, {42, 0.5f, true, true, 99, 7}},
            worker::Answer{6, {}},
            Failure{7, PARLOUR_E_ILLEGAL, "a sentence", "line 1\nline 2"},
            LogLine{PARLOUR_LOG_WARN, "mcts", "a line"}};
}

TEST(Messages, EachComesBackAsItWas) {
    for (const Message &message : one_of_each()) {
        const Bytes bytes = encode_message(message);
        const Result<Message> back = decode_message(bytes);
        ASSERT_TRUE(back) << back.sentence();
        EXPECT_EQ(back->index(), message.index());
        EXPECT_EQ(encode_message(*back), bytes);
    }
}

TEST(Messages, FieldsArriveWhereTheyBelong) {
    const auto search = decode_message(encode_message(one_of_each()[5]));
    ASSERT_TRUE(search);
    const auto &found = std::get<worker::Search>(*search);
    EXPECT_EQ(found.state.size(), 3u);
    EXPECT_EQ(found.moves, (std::vector<Move>{1, 2, 3}));
    EXPECT_EQ(found.limits.hard_time, std::chrono::hours(2));
    EXPECT_EQ(found.limits.nodes, UINT64_MAX);
    EXPECT_EQ(found.limits.strength, 1000u);
    EXPECT_EQ(found.limits.only, (std::vector<Move>{1, 0xffffffffu}));
    const auto progress = decode_message(encode_message(Progress{5, full_info()}));
    ASSERT_TRUE(progress);
    const SearchInfo &info = std::get<Progress>(*progress).info;
    EXPECT_EQ(info.value, -0.25f);
    EXPECT_EQ(info.line, (std::vector<Move>{5, 6, 7}));
    ASSERT_EQ(info.stats.size(), 2u);
    EXPECT_EQ(info.stats[1].prior, 0.75f);
    EXPECT_EQ(info.text, "grüße");
}

TEST(Messages, EveryTruncationIsRefused) {
    for (const Message &message : one_of_each()) {
        const Bytes bytes = encode_message(message);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto cut = decode_message(std::span(bytes).first(size));
            EXPECT_FALSE(cut) << size << " of " << bytes.size();
        }
        Bytes longer = bytes;
        longer.push_back(std::byte{0});
        EXPECT_FALSE(decode_message(longer));
    }
}

TEST(Messages, EveryFlippedBitIsRefusedOrReadsAsAMessage) {
    for (const Message &message : one_of_each()) {
        const Bytes bytes = encode_message(message);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            Bytes flipped = bytes;
            flipped[bit / 8] ^= static_cast<std::byte>(1u << (bit % 8));
            const auto read = decode_message(flipped);
            if (read)
                EXPECT_TRUE(decode_message(encode_message(*read)));
            else
                EXPECT_FALSE(read.sentence().empty());
        }
    }
}

Bytes raw(std::initializer_list<unsigned> bytes) {
    Bytes out;
    for (const unsigned byte : bytes) out.push_back(static_cast<std::byte>(byte));
    return out;
}

TEST(Messages, WhatWouldTakeDownAParserIsRefusedFirst) {
    EXPECT_THAT(cbor_problem(Bytes(1u << 20, std::byte{0x81})), HasSubstr("nested too deeply"));
    EXPECT_THAT(cbor_problem(raw({0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})), HasSubstr("longer than"));
    EXPECT_THAT(cbor_problem(raw({0xbb, 0x80, 0, 0, 0, 0, 0, 0, 0})), HasSubstr("longer than"));
    EXPECT_THAT(cbor_problem(raw({0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})), HasSubstr("longer than"));
    EXPECT_THAT(cbor_problem(raw({0x9f, 0x00, 0xff})), HasSubstr("without an end"));
    EXPECT_THAT(cbor_problem(raw({0xc0, 0x00})), HasSubstr("a tag"));
    EXPECT_THAT(cbor_problem(raw({0xf8, 0x20})), HasSubstr("no known kind"));
    EXPECT_THAT(cbor_problem({}), HasSubstr("too early"));
    Bytes many = raw({0x9a, 0, 2, 0, 0});
    many.resize(many.size() + 0x20000, std::byte{0});
    EXPECT_THAT(cbor_problem(many), HasSubstr("too many"));
    EXPECT_EQ(cbor_problem(raw({0x82, 0x01, 0x61, 0x41})), "");
}

TEST(Messages, FieldsOfTheWrongKindOrRangeAreNamed) {
    struct Row {
        Bytes bytes;
        const char *words;
    };
    const auto text = [](const std::string &letters) {
        Bytes out = {static_cast<std::byte>(0x60 + letters.size())};
        for (const char letter : letters) out.push_back(static_cast<std::byte>(letter));
        return out;
    };
    const auto map = [&](std::vector<std::pair<std::string, Bytes>> fields) {
        Bytes out = {static_cast<std::byte>(0xa0 + fields.size())};
        for (const auto &[key, value] : fields) {
            const Bytes name = text(key);
            out.insert(out.end(), name.begin(), name.end());
            out.insert(out.end(), value.begin(), value.end());
        }
        return out;
    };
    const Row rows[] = {
        {raw({0x01}), "not an object"},
        {map({}), "lacks type"},
        {map({{"type", raw({0x01})}}), "type is not a text"},
        {map({{"type", text("launch")}}), "no message \"launch\""},
        {map({{"type", text("done")}}), "done lacks request"},
        {map({{"type", text("done")}, {"request", raw({0x20})}}), "done.request"},
        {map({{"type", text("done")}, {"request", raw({0xfb, 0x40, 0, 0, 0, 0, 0, 0, 0})}}), "done.request"},
        {map({{"type", text("score")}, {"request", raw({1})}, {"score", raw({0x18, 101})}, {"why", text("")}}),
         "score.score"},
        {map({{"type", text("score")}, {"request", raw({1})}, {"score", raw({1})}, {"why", raw({0x61, 0xff})}}),
         "score.why is not UTF-8"},
        {map({{"type", text("stop")}, {"request", raw({1})}, {"level", raw({3})}}), "stop.level"},
        {map({{"type", text("search")}, {"state", raw({0x61, 0x41})}, {"limits", map({})}}), "state is not bytes"},
    };
    for (const Row &row : rows) {
        const auto read = decode_message(row.bytes);
        ASSERT_FALSE(read) << row.words;
        EXPECT_THAT(read.sentence(), HasSubstr(row.words));
    }
}

TEST(Messages, ValuesThatAreNotNumbersDoNotArrive) {
    const Bytes good = encode_message(worker::Answer{1, {7, 0.5f, false, false, 1, 1}});
    Bytes bad = good; // 0.5f is fa 3f 00 00 00
    for (std::size_t at = 0; at + 5 <= bad.size(); ++at) {
        if (bad[at] == std::byte{0xfa} && bad[at + 1] == std::byte{0x3f}) {
            bad[at + 1] = std::byte{0x7f};
            bad[at + 2] = std::byte{0xc0};
        }
    }
    ASSERT_NE(bad, good);
    const auto read = decode_message(bad);
    ASSERT_FALSE(read);
    EXPECT_THAT(read.sentence(), HasSubstr("result.value"));

    SearchInfo info;
    info.stats = {{1, 9, 1, std::numeric_limits<float>::infinity(), std::nanf("")}};
    const auto stats = decode_message(encode_message(Progress{1, info}));
    ASSERT_TRUE(stats);
    const parlour_move_stat &stat = std::get<Progress>(*stats).info.stats[0];
    EXPECT_EQ(stat.value, 0);
    EXPECT_EQ(stat.prior, 0);
    EXPECT_EQ(stat.reserved0, 0u);
}

TEST(Messages, RandomBytesAreRefused) {
    std::mt19937_64 random(1);
    for (int round = 0; round < 20000; ++round) {
        Bytes bytes(random() % 64);
        for (std::byte &byte : bytes) byte = static_cast<std::byte>(random());
        EXPECT_FALSE(decode_message(bytes));
    }
}

} // namespace
} // namespace parlour::host::worker
