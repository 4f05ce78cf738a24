// A real database, cut off and with bits flipped all over: set aside with a sentence, or a game refused with one, or
// everything equal; and the damaged file is never written over. PARLOUR_DAMAGE=all tries every byte and bit.
#include "samples.hpp"

#include <fstream>
#include <iostream>

namespace parlour::host::records_tests {
namespace {

namespace fs = std::filesystem;

bool everything() {
    const char *wish = std::getenv("PARLOUR_DAMAGE");
    return wish != nullptr && std::string_view(wish) == "all";
}

class Damage : public testing::Test {
protected:
    void SetUp() override {
        {
            auto store = open_store(folder_ / "sound.sqlite");
            for (const Match &match : {fake::rich_match(), fake::dice_match(), fake::odd_match()})
                ASSERT_TRUE(store->add(to_record(match)).ok());
            Match match = long_nim();
            for (int at = 0; at < 60; ++at) ASSERT_TRUE(match.play(1, 0s, {0.5f, 7, 12345, {}}).ok());
            for (int copy = 0; copy < 3; ++copy) ASSERT_TRUE(store->add(to_record(match)).ok());
            for (const StoredGame &game : all_games(*store)) texts_[game.id] = whole_text(*store, game);
        }
        sound_ = content(folder_ / "sound.sqlite");
        ASSERT_GT(sound_.size(), 8192u);
        ASSERT_FALSE(fs::exists((folder_ / "sound.sqlite").string() + "-wal"));
    }

    // All that the store knows of a game.
    static std::string whole_text(Store &store, const StoredGame &game) {
        return game.uid + " " + std::to_string(game.begun.time_since_epoch().count()) + " " +
               std::to_string(game.changed.time_since_epoch().count()) + "\n" + stored_text(store, game.id);
    }

    // Opens the bytes as a database and judges what becomes of them.
    void try_bytes(const std::string &bytes) {
        const fs::path place = folder_ / "trial";
        fs::remove_all(place);
        fs::create_directory(place);
        const fs::path file = place / "games.sqlite";
        std::ofstream(file, std::ios::binary) << bytes;
        Result<std::unique_ptr<Store>> store = Store::open(file);
        ASSERT_TRUE(store.ok()) << store.sentence();
        if (const std::string &notice = (*store)->notice(); !notice.empty()) {
            ++set_aside_;
            bool kept = false;
            for (const auto &entry : fs::directory_iterator(place)) {
                const std::string name = entry.path().filename();
                if (name.starts_with("games.sqlite.") && content(entry.path()) == bytes) {
                    kept = true;
                    EXPECT_NE(notice.find(name), std::string::npos) << notice;
                }
            }
            EXPECT_TRUE(kept) << "the damaged file is not there as it was";
            EXPECT_TRUE((*store)->history()->empty());
            return;
        }
        const Result<std::vector<StoredGame>> games = (*store)->history();
        if (!games) {
            ++refused_;
            EXPECT_FALSE(games.sentence().empty());
            return;
        }
        if (bytes.empty()) return; // nothing left to notice anything by
        bool equal = true;
        std::size_t found = 0;
        for (const StoredGame &game : *games) {
            const Result<Record> record = (*store)->load(game.id);
            if (!game.problem.empty() || !record) {
                equal = false;
                EXPECT_FALSE(record.ok() && game.problem.empty());
                ++found;
            } else {
                const auto before = texts_.find(game.id);
                ASSERT_NE(before, texts_.end()) << "a game that never was";
                EXPECT_EQ(whole_text(**store, game), before->second);
                ++found;
            }
        }
        EXPECT_EQ(found, texts_.size()) << "a game is gone without a word";
        ++(equal ? equal_ : refused_);
    }

    void tell() const {
        std::cout << set_aside_ << " set aside, " << refused_ << " with a game refused, " << equal_ << " equal\n";
    }

    const tests::ScratchFolder folder_;
    std::string sound_;
    std::map<GameId, std::string> texts_;
    std::size_t set_aside_ = 0, refused_ = 0, equal_ = 0;
};

TEST_F(Damage, CutOffAnywhere) {
    const std::size_t step = everything() ? 1 : sound_.size() / 60;
    for (std::size_t size = 1; size < sound_.size(); size += step) {
        SCOPED_TRACE("cut to " + std::to_string(size) + " bytes");
        try_bytes(sound_.substr(0, size));
        if (HasFailure()) return;
    }
    EXPECT_EQ(equal_, 0u) << "a part is not the whole";
    tell();
}

TEST_F(Damage, OneBitFlippedAnywhere) {
    const std::size_t step = everything() ? 1 : sound_.size() * 8 / 500;
    for (std::size_t at = 3; at < sound_.size() * 8; at += step) {
        SCOPED_TRACE("bit " + std::to_string(at));
        std::string bytes = sound_;
        bytes[at / 8] = static_cast<char>(bytes[at / 8] ^ (1 << at % 8));
        try_bytes(bytes);
        if (HasFailure()) return;
    }
    EXPECT_GT(set_aside_, 0u);
    EXPECT_GT(refused_, 0u);
    tell();
}

TEST_F(Damage, TheHeaderBitByBit) {
    for (std::size_t at = 0; at < 800; at += everything() ? 1 : 3) {
        SCOPED_TRACE("bit " + std::to_string(at));
        std::string bytes = sound_;
        bytes[at / 8] = static_cast<char>(bytes[at / 8] ^ (1 << at % 8));
        try_bytes(bytes);
        if (HasFailure()) return;
    }
    tell();
}

} // namespace
} // namespace parlour::host::records_tests
