// An engine that does in a search whatever the seed says: see kinds.hpp.
#include "kinds.hpp"

#include <parlour/engine.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <thread>

#include <sys/ptrace.h>
#include <unistd.h>

namespace {

using namespace parlour;
using tests::Kind;

void say(const char *text) {
    const ssize_t written = write(STDERR_FILENO, text, std::strlen(text));
    static_cast<void>(written);
}

void rest() {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

class Trouble {
public:
    static constexpr EngineAbout about{.id = "trouble", .name = "Trouble", .summary = "Does what it should not."};

    Trouble() {
        std::signal(SIGUSR1, [](int) { say("trace: in the middle of it\n"); });
    }

    static Support supports(const GameRef &game) {
        const std::string_view id = game.info().id;
        if (id == "reversi") std::abort(); // a signal that the sanitizers leave alone
        while (id == "draughts") rest();
        return id == "pig" ? Support{0, "it does not like pigs"} : Support{42, ""};
    }

    Answer search(Search &search) {
        ++searches_;
        const Answer first{.move = search.root_moves()[0], .value = 0.5f, .has_value = true, .nodes = 1};
        switch (search.limits().seed) {
            case Kind::crashes:
                *nowhere_ = 1;
                break;
            case Kind::crashes_second:
                if (searches_ > 1) *nowhere_ = 1;
                break;
            case Kind::aborts:
                say("last words\n");
                std::abort();
            case Kind::exits:
                _exit(3);
            case Kind::hangs:
                for (;;) rest();
            case Kind::until_stopped:
                while (search.stop_level() == PARLOUR_GO) rest();
                break;
            case Kind::illegal:
                return {.move = 4000000};
            case Kind::floods_output:
                while (search.stop_level() == PARLOUR_GO) say("all work and no play makes a dull engine\n");
                break;
            case Kind::eats_memory:
                for (;;) std::memset(new char[1 << 20], 1, 1 << 20);
            case Kind::late:
                while (search.elapsed_ns() < search.limits().hard_ns + 120000000) rest();
                break;
            case Kind::floods_info:
                for (std::uint32_t i = 1; i <= 200000; ++i) search.report({.depth = i});
                break;
            case Kind::floods_log:
                for (int i = 0; i < 20000; ++i) log(PARLOUR_LOG_DEBUG, "a line");
                break;
            case Kind::forks: {
                const pid_t child = fork();
                if (child == 0) _exit(0);
                search.report({.depth = 1, .text = child < 0 ? "refused" : "allowed"});
                break;
            }
            case Kind::traces_itself:
                ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
                break;
            case Kind::garbage:
                for (int i = 0; i < 100; ++i) {
                    const ssize_t written = write(3, "nonsense", 8);
                    static_cast<void>(written);
                }
                break;
            case Kind::hangs_up:
                close(3);
                for (;;) rest();
            case Kind::not_a_number:
                return {.move = first.move, .value = std::numeric_limits<float>::quiet_NaN(), .has_value = true};
            default:
                break;
        }
        return first;
    }

private:
    int searches_ = 0;
    int *volatile nowhere_ = nullptr;
};

} // namespace

PARLOUR_ENGINE(Trouble);
