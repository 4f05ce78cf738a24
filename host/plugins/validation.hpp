// What the checks of validate.hpp share: the plugin under test, its games in their variants, random games.
#pragma once

#include "host/plugins/game.hpp"
#include "host/plugins/layers/check_log.hpp"
#include "host/plugins/library.hpp"
#include "host/plugins/validate.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace parlour::host {

// One game with one set of options, in the checked layer and sequentialised where players move at once.
struct GameUnderTest {
    std::string name; // "reversi" or "reversi size=4"
    std::string id;
    OptionMap options;
    const Library *library = nullptr;
    std::shared_ptr<CheckLog> log; // what the checked layer sees
    GamePtr game;
    std::uint32_t rounds = 1; // random games to play
    bool sequentialised = false;

    // Another, bare object of the same game.
    Result<parlour_game> make_raw() const { return make_game(*library, id, options); }
};

// The check that runs, and where its findings go.
class Validation {
public:
    using Report = std::function<void(const Finding &)>;
    using Stage = std::function<void(const std::string &)>;

    Validation(std::string check, std::uint64_t seed, std::uint32_t rounds, LibraryPtr library,
               std::vector<LibraryPtr> companions, Report report, Stage stage);

    std::uint64_t seed() const { return seed_; }
    const Library &library() const { return *library_; }
    const Description &description() const { return description_; }
    const std::vector<LibraryPtr> &companions() const { return companions_; }
    // A generator of its own for each purpose, so that one does not shift the others.
    Rng rng(const std::string &purpose) const;

    // Each kind of finding about a subject is reported once.
    void error(const std::string &subject, const std::string &kind, const std::string &sentence);
    void warning(const std::string &subject, const std::string &kind, const std::string &sentence);
    void note(const std::string &subject, const std::string &kind, const std::string &sentence);
    // What the check is at, for the sentence if it crashes.
    void stage(const std::string &what) { stage_(what); }

    // Runs `body` for each game with its default options and with each other value of each option, and reports what
    // the checked layer saw meanwhile.
    void each_game(const std::function<void(GameUnderTest &)> &body);
    Result<GameUnderTest> open(const Library &library, const GameEntry &entry, const OptionMap &options);
    void report_breaches(const GameUnderTest &subject);

private:
    void report(Finding::Severity severity, const std::string &subject, const std::string &kind,
                const std::string &sentence);

    std::string check_;
    std::uint64_t seed_;
    std::uint32_t rounds_;
    LibraryPtr library_;
    std::vector<LibraryPtr> companions_;
    Description description_;
    Report report_;
    Stage stage_;
    std::set<std::string> reported_;
};

// Plays random moves (nature's by their probabilities) until the game is over, `visit` returns false or `most` moves
// were played. `visit` sees every position with its turn and legal moves, the final one too. Returns the plies.
std::uint32_t play_randomly(const Game &game, StateBuffer &state, Rng &rng, std::uint32_t most,
                            const std::function<bool(const StateBuffer &, Turn, const std::vector<Move> &)> &visit);
constexpr std::uint32_t longest_random_game = 20'000;

// A number as the option's value is written: that of a whole one has no exponent.
std::string option_text(const OptionSpec &option, double value);

// Other values that each option takes, one option changed at a time; at most `most` sets.
std::vector<OptionMap> option_variants(const std::vector<OptionSpec> &options, std::size_t most);

// ---- the checks ----
void check_options_of_all(Validation &run);
void check_rules(Validation &run);
void check_texts(Validation &run);
void check_bytes(Validation &run);
void check_illegal_moves(Validation &run);
void check_instances(Validation &run);
void check_threads(Validation &run);
void check_chance(Validation &run);
void check_hidden(Validation &run);
void check_playout(Validation &run);
void check_symmetry(Validation &run);
void check_board(Validation &run);
void check_engines(Validation &run);
void check_engine_stops(Validation &run);

} // namespace parlour::host
