// Makes the tests: for every game and option value found, one of each group of checks; for every engine, one with
// every game. See checks.hpp for the groups.
#include "conformance/checks.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parlour::conformance {
namespace {

class Check : public testing::Test {
public:
    explicit Check(std::function<void()> body) : body_(std::move(body)) {}
    void TestBody() override {
        try {
            body_();
        } catch (const std::exception &exception) {
            FAIL() << exception.what();
        }
    }

private:
    std::function<void()> body_;
};

void add(const std::string &suite, const std::string &name, std::function<void()> body) {
    testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [body = std::move(body)]() -> testing::Test * { return new Check(body); });
}

// Values that are refused only together with the other options' defaults are no variant, if they come with a
// sentence.
bool is_refused(const GameSubject &subject) {
    if (subject.options.empty()) return false;
    const parlour_game_factory &factory = *games_of(subject.file);
    const std::vector<parlour_kv> options = test::to_c(subject.options);
    parlour_game game{};
    parlour_error error{};
    const parlour_status status = factory.create(&test::quiet_host(), subject.id.c_str(), options.data(),
                                                 static_cast<std::uint32_t>(options.size()), &game, &error);
    if (status == PARLOUR_OK) {
        game.api->destroy(game.self);
        return false;
    }
    require_sentence("an option value of the game's own schema", status, error);
    return true;
}

void add_game(const GameSubject &subject) {
    const auto at_places = [&](const char *group, PlaceCheck check) {
        add(subject.suite, subject.variant + "_" + group, [subject, check = std::move(check)] {
            if (is_refused(subject)) GTEST_SKIP() << "the game refuses this option value with a sentence";
            const test::OpenGame game(subject.file, subject.id, subject.options);
            walk_games(*game, check);
        });
    };
    const auto whole = [&](const char *group, void (*check)(const GameRef &)) {
        add(subject.suite, subject.variant + "_" + group, [subject, check] {
            if (is_refused(subject)) GTEST_SKIP() << "the game refuses this option value with a sentence";
            const test::OpenGame game(subject.file, subject.id, subject.options);
            check(*game);
        });
    };
    if (subject.options.empty()) {
        add(subject.suite, subject.variant + "_description", [subject] { check_description(subject); });
    }
    whole("replay", check_replay);
    at_places("rules", check_rules);
    at_places("texts", check_texts);
    at_places("hidden", check_hidden);
    at_places("search_helpers", check_search_helpers);
    whole("even_playouts", check_even_playouts);
    at_places("board", check_board);
    whole("bytes", check_bytes);
    whole("properties", [](const GameRef &game) {
        EXPECT_TRUE(check_properties(game)) << "RapidCheck has printed the shortest case it found";
    });
}

void add_all() {
    const Subjects subjects = find_subjects();
    for (const Unopened &file : subjects.unopened) {
        add("unopened", file.name, [file] { throw Broken(file.why); });
    }
    for (const GameSubject &game : subjects.games) add_game(game);
    for (const EngineSubject &engine : subjects.engines) {
        add(engine.suite, "description", [engine] { check_engine_description(engine); });
        for (const GameSubject &game : subjects.games) {
            const bool plain = game.options.empty() && game.suite == game.id && engine.suite == engine.id;
            if (!plain && !is_nightly()) continue;
            add(engine.suite, "plays_" + game.suite + "_" + game.variant, [engine, game] {
                if (is_refused(game)) GTEST_SKIP() << "the game refuses this option value with a sentence";
                check_engine(engine, game);
            });
        }
    }
}

} // namespace
} // namespace parlour::conformance

int main(int argc, char **argv) {
    testing::InitGoogleTest(&argc, argv);
    // RapidCheck takes its seed from the clock unless it is told one.
    setenv("RC_PARAMS", ("seed=1 max_success=" + std::to_string(parlour::conformance::effort().cases)).c_str(), 0);
    parlour::conformance::add_all();
    return RUN_ALL_TESTS();
}
