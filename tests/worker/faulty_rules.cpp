// Games that are right until a move is played that says what to do: see rules_kinds.hpp.
#include "worker/rules_kinds.hpp"

#include <parlour/game.hpp>

#include <cstdio>
#include <cstdlib>
#include <thread>

#include <unistd.h>

namespace {

using namespace parlour;
using tests::RulesKind;

// Two players add up numbers; the position remembers the last one.
struct Faulty {
    static constexpr GameAbout about{.id = "faulty_rules",
                                     .name = "Faulty rules",
                                     .summary = "Does what the move says.",
                                     .max_moves = tests::most_listed,
                                     .max_plies = 1000};
    struct State {
        std::uint32_t last, plies;
    };
    State initial() const { return {}; }
    Turn turn(const State &s) const { return s.plies >= 6 ? Turn::over() : Turn::of(s.plies % 2); }
    void legal(const State &s, MoveList &moves) const {
        if (s.last == RulesKind::hangs_in_legal) {
            for (;;) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        if (s.plies >= 6) return;
        const Move count = s.last == RulesKind::lists_too_many ? 2 * tests::most_listed : tests::most_listed;
        for (Move move = 0; move < count; ++move) moves.add(move);
    }
    Turn apply(State &s, Move move) const {
        switch (move) {
            case RulesKind::crashes:
                std::fputs("last words of the rules\n", stderr);
                std::abort();
            case RulesKind::exits:
                _exit(3);
            case RulesKind::crashes_once:
                // The worker before has played something; a new one begins with this move.
                if (played_++ > 0) std::abort();
                break;
            default:
                ++played_;
        }
        s = {move, s.plies + 1};
        return move == RulesKind::nobody ? Turn::of(7) : turn(s);
    }
    void outcome(const State &, float *util) const { util[0] = util[1] = 0; }
    std::string move_text(const State &, Move move) const {
        return move == RulesKind::text_of_bytes ? "\xff\xfe" : std::to_string(move);
    }
    std::string state_text(const State &s) const { return std::to_string(s.last) + " " + std::to_string(s.plies); }
    State parse_state(std::string_view text) const {
        State out{};
        const char *end = text.data() + text.size();
        const auto first = std::from_chars(text.data(), end, out.last);
        if (first.ptr == end || std::from_chars(first.ptr + 1, end, out.plies).ptr != end)
            throw Failure(PARLOUR_E_PARSE, "a position is two numbers");
        return out;
    }
    std::string check(const State &s) const { return s.plies <= 6 ? "" : "too many moves"; }

    static inline int played_ = 0;
};

} // namespace

PARLOUR_GAME(Faulty);
