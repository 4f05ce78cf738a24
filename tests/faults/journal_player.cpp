// journal_player STORE EXPORT: opens a store, tells its journal a game of ten moves, waits for each, and exports what
// it has. Says "accepted N" after each move that the journal calls durable, and ends with 1 and a sentence when
// something is not kept.
#include "host/base/atomic_file.hpp"
#include "host/records/store.hpp"
#include "match/fake_games.hpp"

#include <iostream>

namespace {

using namespace parlour::host;
using namespace std::chrono_literals;

int fail(const std::string &sentence) {
    std::cerr << "journal_player: " << sentence << std::endl;
    return 1;
}

int run(const std::filesystem::path &file, const std::filesystem::path &exported) {
    auto store = Store::open(file);
    if (!store) return fail(store.sentence());
    if (!(*store)->notice().empty()) return fail("set aside: " + (*store)->notice());
    {
        const auto journal = (*store)->journal();
        Match match = *Match::create({.game = fake::make_game<fake::Nim>({{"heap", "100"}}), .seed = 1});
        journal->begin(match);
        for (std::size_t number = 1; number <= 10; ++number) {
            const auto ply = match.ply_of(match.legal_moves()[0], 0s);
            if (!ply) return fail(ply.sentence());
            journal->play(match, *ply);
            journal->flush();
            if (const std::string problem = journal->problem(); !problem.empty()) return fail(problem);
            std::cout << "accepted " << number << std::endl;
            if (const auto done = match.play(ply->move, 0s); !done) return fail(done.sentence());
        }
        journal->leave(match);
        journal->flush();
    }
    const auto text = (*store)->export_text();
    if (!text) return fail(text.sentence());
    if (const auto written = write_file_atomically(exported, text->text); !written) return fail(written.sentence());
    std::cout << "exported" << std::endl;
    return 0;
}

} // namespace

int main(int count, char **words) {
    return count == 3 ? run(words[1], words[2]) : fail("it takes STORE EXPORT");
}
