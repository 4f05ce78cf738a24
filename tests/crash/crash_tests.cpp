// Kills crash_player at random instants and compares the store with what it had said. PARLOUR_KILLS says how often.
#include "crash/log.hpp"
#include "host/records/store.hpp"
#include "match/fake_games.hpp"
#include "support/scratch_folder.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <random>
#include <sstream>

namespace parlour::host::crash {
namespace {

using std::chrono::steady_clock;

Result<GamePtr> make_game(const std::string &id, const OptionMap &options) {
    if (id == "nim") return fake::try_game<fake::Nim>(options);
    return fake::try_game<fake::Dice>(options);
}

// What is known of a game from outside.
struct Seen {
    std::vector<std::string> hashes; // of the positions after its moves
    std::optional<std::size_t> undo; // it is going to be, or was just, taken back to so many
    bool over = false;
};

class Log {
public:
    // Lines that were written as a whole.
    void take(const std::string &text) {
        std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
        std::string word;
        while (lines >> word) {
            if (word == "game") {
                lines >> now_;
                continue;
            }
            Seen &game = games_[now_];
            std::size_t number = 0;
            if (word == "over") {
                game.over = true;
            } else if (lines >> number; word == "ply") {
                std::string hash;
                lines >> hash;
                ASSERT_LE(number, game.hashes.size()) << "a move went unsaid";
                game.hashes.resize(number);
                game.hashes.push_back(hash);
                game.undo.reset();
                ++accepted;
            } else if (word == "undo") {
                game.undo = number;
            } else if (word == "cut") {
                game.hashes.resize(number);
                game.undo.reset();
            }
        }
    }
    // After a kill: a further process says again what it goes on with.
    GameId now() const { return now_; }
    std::map<GameId, Seen> &games() { return games_; }
    std::size_t accepted = 0;

private:
    GameId now_ = 0;
    std::map<GameId, Seen> games_;
};

// What the program wrote from its start to its death by SIGKILL after `life`; it must not have died before.
std::string play_and_kill(const std::filesystem::path &file, std::uint64_t seed, std::chrono::microseconds life) {
    int out[2];
    if (pipe2(out, O_CLOEXEC) != 0) std::abort();
    const std::string seed_text = std::to_string(seed);
    const pid_t child = fork();
    if (child < 0) std::abort();
    if (child == 0) {
        dup2(out[1], STDOUT_FILENO);
        execl(PARLOUR_CRASH_PLAYER, "crash_player", file.c_str(), seed_text.c_str(), nullptr);
        _exit(127);
    }
    close(out[1]);
    const auto end = steady_clock::now() + life;
    std::string text;
    bool killed = false;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(end - steady_clock::now());
        if (!killed && left.count() <= 0) {
            kill(child, SIGKILL);
            killed = true;
        }
        pollfd wait{out[0], POLLIN, 0};
        const timespec until{0, static_cast<long>(std::clamp<std::int64_t>(left.count(), 0, 999'999'999))};
        if (ppoll(&wait, 1, killed ? nullptr : &until, nullptr) == 0) continue;
        char bytes[4096];
        const ssize_t size = read(out[0], bytes, sizeof bytes);
        if (size <= 0) break;
        text.append(bytes, static_cast<std::size_t>(size));
    }
    close(out[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself";
    return text;
}

std::string hash_text(const StateBuffer &state) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash_of(state)));
    return text;
}

// Whether a stored game has every move that was seen, in order; moves that it had no time to speak of may follow.
bool has_all(const Match &match, const Seen &seen) {
    const auto first = [&](std::size_t plies) {
        if (match.plies() < plies) return false;
        for (std::size_t at = 0; at < plies; ++at)
            if (hash_text(match.position(at + 1)) != seen.hashes[at]) return false;
        return true;
    };
    return first(seen.hashes.size()) || (seen.undo && match.plies() == *seen.undo && first(*seen.undo));
}

TEST(KillAtRandom, NoAcceptedMoveIsLost) {
    const char *wish = std::getenv("PARLOUR_KILLS");
    const int kills = wish != nullptr ? std::atoi(wish) : 50;
    const tests::ScratchFolder folder;
    const std::filesystem::path file = folder / "games.sqlite";
    std::mt19937_64 random(20240501);
    Log log;
    std::size_t lost = 0, unreadable = 0, resumed = 0;
    std::vector<double> resume_ms;
    for (int round = 0; round < kills; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const std::chrono::microseconds life(1000 + random() % 250'000);
        log.take(play_and_kill(file, random(), life));

        const auto begin = steady_clock::now();
        Result<std::unique_ptr<Store>> store = Store::open(file);
        if (!store || !(*store)->notice().empty()) {
            ++unreadable;
            ADD_FAILURE() << (store ? (*store)->notice() : store.sentence());
            break;
        }
        const Result<std::vector<StoredGame>> open_games = (*store)->unfinished();
        ASSERT_TRUE(open_games.ok()) << open_games.sentence();
        ASSERT_LE(open_games->size(), 1u) << "one game at a time is played";
        if (!open_games->empty()) {
            const Result<Record> record = (*store)->load(open_games->front().id);
            const Result<Match> match = record ? load_record(*record, make_game) : record.problem();
            if (!match) {
                ++unreadable;
                ADD_FAILURE() << match.sentence();
                continue;
            }
            resume_ms.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count());
            ++resumed;
            // What is there now is where the next process goes on, unsaid moves included.
            Seen &seen = log.games()[open_games->front().id];
            EXPECT_FALSE(seen.over) << "a game that ended is offered again";
            if (!has_all(*match, seen)) {
                ++lost;
                ADD_FAILURE() << "game " << open_games->front().id << " lost a move";
            }
            seen = {};
            for (std::size_t at = 0; at < match->plies(); ++at)
                seen.hashes.push_back(hash_text(match->position(at + 1)));
        }
        // A game that has ended, said or not, is in the history.
        if (const GameId id = log.now(); id != 0 && (open_games->empty() || open_games->front().id != id)) {
            const Result<Record> record = (*store)->load(id);
            const Result<Match> match = record ? load_record(*record, make_game) : record.problem();
            if (!match || !match->is_over() || !has_all(*match, log.games()[id])) {
                ++lost;
                ADD_FAILURE() << "game " << id << ": " << (match ? "a move is missing" : match.sentence());
            }
        }
    }
    // Everything ever said is still there.
    auto store = Store::open(file);
    ASSERT_TRUE(store.ok()) << store.sentence();
    for (const auto &[id, seen] : log.games()) {
        if (id == 0) continue;
        const Result<Record> record = (*store)->load(id);
        const Result<Match> match = record ? load_record(*record, make_game) : record.problem();
        if (!match || !has_all(*match, seen) || (seen.over && !match->is_over())) {
            ++lost;
            ADD_FAILURE() << "game " << id << ": " << (match ? "a move is missing" : match.sentence());
        }
    }
    EXPECT_GT(log.accepted, static_cast<std::size_t>(kills)) << "hardly anything was played, so nothing was shown";
    std::sort(resume_ms.begin(), resume_ms.end());
    std::cout << kills << " kills, " << log.accepted << " accepted moves, " << lost << " lost, " << unreadable
              << " unreadable, " << log.games().size() << " games, resume (" << resumed << " times) median "
              << (resume_ms.empty() ? 0 : resume_ms[resume_ms.size() / 2]) << " ms, longest "
              << (resume_ms.empty() ? 0 : resume_ms.back()) << " ms" << std::endl;
}

} // namespace
} // namespace parlour::host::crash
