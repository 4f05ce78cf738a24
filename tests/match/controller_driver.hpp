// Drives a controller in tests: time stands still until the test moves it; only engines' threads are waited for.
#pragma once

#include "fake_engines.hpp"
#include "fake_games.hpp"
#include "host/match/controller.hpp"

#include <gtest/gtest.h>

namespace parlour::host::fake {

struct Driver {
    std::chrono::nanoseconds now{0};
    std::atomic<int> wakes{0};
    Controller controller;

    explicit Driver(const std::string &best = "last") : controller(services(best), [this] { ++wakes; }) {}

    void begin(MatchSetup setup) {
        const Result<void> begun = controller.new_game(std::move(setup), now);
        ASSERT_TRUE(begun.ok()) << begun.sentence();
    }
    const Match &match() const { return controller.match(); }
    ControllerState state() const { return controller.state(now); }

    // Ticks, without time passing, until `done`; a test that never gets there fails.
    template <class Done>
    void until(Done done) {
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        for (controller.tick(now); !done(); controller.tick(now)) {
            ASSERT_LT(std::chrono::steady_clock::now(), give_up) << "it never happened";
            std::this_thread::yield();
        }
    }
    void until_person_or_end() {
        until([&] { return match().is_over() || match().person_to_move(); });
    }
};

} // namespace parlour::host::fake
