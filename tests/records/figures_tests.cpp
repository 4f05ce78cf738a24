// Prints what keeping games costs: how long a move takes to become durable, how much the file grows, how long a big
// store takes. Nothing here is asserted but that it works.
#include "samples.hpp"

#include <algorithm>
#include <iostream>

namespace parlour::host::records_tests {
namespace {

using std::chrono::steady_clock;

double ms_since(steady_clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

TEST(Figures, OfAMove) {
    const tests::ScratchFolder folder;
    constexpr int games = 6, plies = 90;
    std::vector<double> latencies;
    {
        auto store = open_store(folder / "games.sqlite");
        auto journal = store->journal();
        for (int game = 0; game < games; ++game) {
            Match match = long_nim(static_cast<std::uint64_t>(game));
            journal->begin(match);
            for (int at = 0; at < plies; ++at) {
                const auto begin = steady_clock::now();
                play_told(*journal, match, 1, {0.25f, 9, 123456, {}});
                journal->flush();
                latencies.push_back(ms_since(begin));
            }
        }
        ASSERT_EQ(journal->problem(), "");
    }
    std::sort(latencies.begin(), latencies.end());
    const auto size = std::filesystem::file_size(folder / "games.sqlite");
    std::cout << "a move is durable after " << latencies[latencies.size() / 2] << " ms (median), "
              << latencies[latencies.size() * 99 / 100] << " ms (99 %); " << size / (games * plies)
              << " bytes a move in the file (" << size << " for " << games * plies << ")\n";
}

TEST(Figures, OfManyGames) {
    const tests::ScratchFolder folder;
    constexpr std::size_t games = 2000;
    Match match = long_nim();
    for (int at = 0; at < 60; ++at) ASSERT_TRUE(match.play(1, 0s, {0.5f, 7, 12345, {}}).ok());
    std::string text;
    for (std::size_t number = 0; number < games; ++number)
        text += write_record(match, "2024-05-01", {{"Event", std::to_string(number)}}) + "\n";
    auto begin = steady_clock::now();
    auto store = open_store(folder / "games.sqlite");
    const Result<ImportCount> count = store->import_text(text);
    ASSERT_TRUE(count.ok()) << count.sentence();
    ASSERT_EQ(count->added, games);
    std::cout << games << " games of 60 moves: import " << ms_since(begin) << " ms, ";
    store.reset();
    begin = steady_clock::now();
    store = open_store(folder / "games.sqlite");
    std::cout << "open and check " << ms_since(begin) << " ms, ";
    begin = steady_clock::now();
    EXPECT_EQ(store->history({.limit = 50})->size(), 50u);
    std::cout << "history " << ms_since(begin) << " ms, ";
    begin = steady_clock::now();
    EXPECT_EQ(store->unfinished()->size(), games);
    std::cout << "unfinished " << ms_since(begin) << " ms, ";
    begin = steady_clock::now();
    EXPECT_EQ(store->export_text()->games, games);
    std::cout << "export " << ms_since(begin) << " ms, file "
              << std::filesystem::file_size(folder / "games.sqlite") / 1024 << " KB\n";
}

} // namespace
} // namespace parlour::host::records_tests
