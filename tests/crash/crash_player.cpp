// crash_player FILE SEED: plays game after game with a Controller and a Store, a person's moves and takebacks at
// random, and says what was accepted (log.hpp), until it is killed. Begins with an unfinished game of the store if
// there is one.
#include "crash/log.hpp"
#include "host/match/controller.hpp"
#include "host/records/store.hpp"
#include "match/fake_engines.hpp"
#include "match/fake_games.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <iostream>
#include <random>

namespace {

using namespace parlour::host;
using parlour::Move;

// One write, so that a line is there as a whole or not at all.
void say(const std::string &line) {
    const std::string all = line + "\n";
    if (::write(STDOUT_FILENO, all.data(), all.size()) != static_cast<ssize_t>(all.size())) std::_Exit(1);
}

[[noreturn]] void fail(const std::string &sentence) {
    std::cerr << "crash_player: " << sentence << std::endl;
    std::_Exit(1);
}

std::chrono::nanoseconds now() {
    return std::chrono::steady_clock::now().time_since_epoch();
}

Result<GamePtr> make_game(const std::string &id, const OptionMap &options) {
    if (id == "nim") return fake::try_game<fake::Nim>(options);
    return fake::try_game<fake::Dice>(options);
}

class Player {
public:
    Player(const std::filesystem::path &file, std::uint64_t seed)
        : random_(seed),
          store_(open(file)),
          journal_(store_->journal()),
          controller_(fake::services(), [this] { wake(); }) {
        controller_.set_journal(journal_.get());
    }

    void run() {
        if (!resume()) begin();
        for (;;) {
            controller_.tick(now());
            report();
            if (const std::string problem = journal_->problem(); !problem.empty()) fail(problem);
            if (controller_.match().is_over()) {
                say("over");
                begin();
            } else if (controller_.state(now()).person_to_move) {
                move();
            } else {
                std::unique_lock lock(mutex_);
                woken_.wait_for(lock, std::chrono::milliseconds(5), [this] { return ready_; });
                ready_ = false;
            }
        }
    }

private:
    static std::unique_ptr<Store> open(const std::filesystem::path &file) {
        Result<std::unique_ptr<Store>> store = Store::open(file);
        if (!store) fail(store.sentence());
        if (!(*store)->notice().empty()) fail((*store)->notice());
        return std::move(*store);
    }

    void wake() {
        {
            const std::lock_guard lock(mutex_);
            ready_ = true;
        }
        woken_.notify_one();
    }

    bool resume() {
        const Result<std::vector<StoredGame>> games = store_->unfinished();
        if (!games) fail(games.sentence());
        if (games->empty()) return false;
        const GameId id = games->front().id;
        const Result<Record> record = store_->load(id);
        if (!record) fail(record.sentence());
        Result<Match> match = load_record(*record, make_game);
        if (!match) fail(match.sentence());
        if (const Result<void> mine = journal_->continue_next(id); !mine) fail(mine.sentence());
        said_ = match->plies();
        if (const Result<void> done = controller_.adopt(std::move(*match), now()); !done) fail(done.sentence());
        return true;
    }

    void begin() {
        const bool dice = random_() % 3 == 0;
        MatchSetup setup;
        setup.game = *(dice ? make_game("dice", {}) : make_game("nim", {{"heap", "60"}}));
        setup.seats = {Seat::person("Anna"), Seat::of_engine("seeded")};
        setup.seed = random_();
        setup.undo = UndoPolicy::free;
        said_ = 0;
        if (const Result<void> done = controller_.new_game(std::move(setup), now()); !done) fail(done.sentence());
    }

    // Says what was accepted since the last time.
    void report() {
        const Match &match = controller_.match();
        if (said_ < match.plies() && journal_->game() != game_) {
            game_ = journal_->game();
            if (game_) say(fmt::format("game {}", *game_));
        }
        for (; said_ < match.plies(); ++said_)
            say(fmt::format("ply {} {:016x}", said_, crash::hash_of(match.position(said_ + 1))));
    }

    void move() {
        const Match &match = controller_.match();
        if (const Result<std::size_t> target = match.undo_target(); target && random_() % 6 == 0) {
            if (journal_->game() != game_) return; // said with the first move
            say(fmt::format("undo {}", *target));
            if (const Result<void> done = controller_.undo(now()); !done) fail(done.sentence());
            while (match.plies() != *target) controller_.tick(now());
            said_ = *target;
            say(fmt::format("cut {}", *target));
            return;
        }
        const std::vector<Move> moves = match.legal_moves();
        const Result<void> done = controller_.person_plays(moves[random_() % moves.size()], now());
        if (!done) fail(done.sentence());
    }

    std::mt19937_64 random_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<StoreJournal> journal_;
    std::mutex mutex_; // guards ready_
    std::condition_variable woken_;
    bool ready_ = false;
    Controller controller_;
    std::optional<GameId> game_;
    std::size_t said_ = 0; // plies
};

} // namespace

int main(int count, char **words) {
    if (count != 3) fail("crash_player FILE SEED");
    Player(words[1], std::strtoull(words[2], nullptr, 10)).run();
}
