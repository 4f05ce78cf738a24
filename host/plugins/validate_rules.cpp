// Checks of the rules themselves: options, whole games, texts, bytes, instances, threads.
#include "host/plugins/layers/guarded.hpp"
#include "host/plugins/text.hpp"
#include "host/plugins/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace parlour::host {

namespace {

// A word no schema has.
constexpr const char *no_option = "no_such_option_";

// What create does with options, of a game or an engine alike.
template <class Entry, class Make>
void try_options(Validation &run, const Entry &entry, Make make) {
    run.stage(entry.id);
    const auto refused = [&](const OptionMap &options, const std::string &what) {
        const Problem problem = make(options);
        if (problem.sentence.empty())
            run.error(entry.id, "accepts " + what, fmt::format("accepts {}", what));
        else if (problem.code != PARLOUR_E_ARG)
            run.warning(entry.id, "code " + what,
                        fmt::format("refuses {} with status {} in place of PARLOUR_E_ARG", what, problem.code));
        else if (problem.sentence.find("does not say why") != std::string::npos)
            run.error(entry.id, "sentence " + what, fmt::format("refuses {} without a sentence", what));
    };
    refused({{no_option, "1"}}, "an option that it does not have");
    for (const OptionSpec &option : entry.options) {
        if (option.type != PARLOUR_OPTION_TEXT)
            refused({{option.id, "no such value"}}, fmt::format("nonsense as the value of {}", option.id));
        if (option.type == PARLOUR_OPTION_INT || option.type == PARLOUR_OPTION_FLOAT)
            refused({{option.id, option_text(option, option.max + std::max(1.0, option.step))}},
                    fmt::format("a value of {} beyond its bound", option.id));
    }
    for (const OptionMap &options : option_variants(entry.options, 64)) {
        const Problem problem = make(options);
        if (!problem.sentence.empty() && problem.code != PARLOUR_E_NOMEM)
            run.warning(entry.id, "variant",
                        fmt::format("does not take a value that its options allow: {}", problem.sentence));
    }
}

// A text with one character changed, doubled or left out.
std::string damaged(std::string text, Rng &rng) {
    const auto at = rng.below(static_cast<std::uint32_t>(text.size()) + 1);
    switch (rng.below(4)) {
        case 0:
            if (at < text.size()) text[at] = static_cast<char>(' ' + rng.below(95));
            break;
        case 1:
            text.insert(at, 1, static_cast<char>(' ' + rng.below(95)));
            break;
        case 2:
            if (at < text.size()) text.erase(at, 1);
            break;
        default:
            text.resize(at);
            break;
    }
    return text;
}

void check_move_texts(Validation &run, const GameUnderTest &subject, const StateBuffer &state, Turn turn,
                      const std::vector<Move> &legal, Rng &rng) {
    const Game &game = *subject.game;
    std::set<std::string> texts;
    for (const Move move : legal) {
        const std::string text = game.move_text(state, move);
        if (!texts.insert(text).second)
            run.error(subject.name, "same move text", fmt::format("gives two legal moves the same text, {}", text));
        const Result<Move> parsed = game.parse_move(state, text);
        if (!parsed)
            run.error(subject.name, "move text",
                      fmt::format("does not read back its own move text \"{}\": {}", text, parsed.sentence()));
        else if (*parsed != move)
            run.error(subject.name, "other move",
                      fmt::format("reads its own move text \"{}\" as another move", text));
    }
    static_cast<void>(turn);
    for (int i = 0; i < 3 && !legal.empty(); ++i) {
        const auto at = rng.below(static_cast<std::uint32_t>(legal.size()));
        static_cast<void>(game.parse_move(state, damaged(game.move_text(state, legal[at]), rng)));
    }
    if (game.parse_move(state, "\x01 no move is written so"))
        run.error(subject.name, "any text", "reads nonsense as a legal move");
}

void check_state_text(Validation &run, const GameUnderTest &subject, const StateBuffer &state, Rng &rng) {
    const Game &game = *subject.game;
    const std::string text = game.state_text(state);
    const Result<StateBuffer> parsed = game.parse_state(text);
    if (!parsed) {
        run.error(
            subject.name, "state text",
            fmt::format("does not read back its own position \"{}\": {}", one_line(text, 100), parsed.sentence()));
    } else if (game.state_text(*parsed) != text) {
        run.error(subject.name, "other text",
                  fmt::format("writes its position \"{}\" otherwise after reading it", one_line(text, 100)));
    } else if (!game.has(PARLOUR_GAME_PATH_DEPENDENT) &&
               std::memcmp(parsed->data(), state.data(), game.ref().state_size()) != 0) {
        run.error(subject.name, "other bytes",
                  fmt::format("reads its own position \"{}\" as other bytes", one_line(text, 100)));
    } else if (game.turn(*parsed) != game.turn(state) || game.legal_moves(*parsed) != game.legal_moves(state)) {
        run.error(subject.name, "other moves",
                  fmt::format("has other moves after reading its own position \"{}\"", one_line(text, 100)));
    }
    for (int i = 0; i < 3; ++i) {
        if (const Result<StateBuffer> odd = game.parse_state(damaged(text, rng))) {
            static_cast<void>(game.legal_moves(*odd));
            static_cast<void>(game.state_text(*odd));
        }
    }
}

// Everything that may be called on a position, the layer below looking on.
void touch_everything(const Game &game, const StateBuffer &state, Turn turn, const std::vector<Move> &legal,
                      Rng &rng) {
    const GameRef &ref = game.ref();
    const void *at = state.data();
    static_cast<void>(game.check(state));
    ref.hash(at);
    if (ref.score() != nullptr) {
        for (std::uint32_t player = 0; player < game.players(); ++player) ref.score()->score(ref.self(), at, player);
    }
    if (turn.is_over()) {
        game.outcome(state);
        game.reason(state);
        return;
    }
    if (turn.is_chance()) {
        if (const parlour_game_chance *chance = ref.chance()) {
            std::vector<Move> moves(legal.size());
            std::vector<float> probabilities(legal.size());
            chance->outcomes(ref.self(), at, moves.data(), probabilities.data(),
                             static_cast<std::uint32_t>(moves.size()));
        }
        return;
    }
    if (ref.eval() != nullptr) {
        for (std::uint32_t player = 0; player < game.players(); ++player) ref.eval()->eval(ref.self(), at, player);
    }
    if (const parlour_game_hints *hints = ref.hints()) {
        std::vector<std::int16_t> scores(legal.size());
        std::vector<Move> noisy(legal.size());
        hints->order(ref.self(), at, legal.data(), static_cast<std::uint32_t>(legal.size()), scores.data());
        if (hints->noisy != nullptr)
            hints->noisy(ref.self(), at, noisy.data(), static_cast<std::uint32_t>(noisy.size()));
    }
    std::vector<Move> few(1);
    ref.legal(at, few.data(), 1);
    game.why_not(state, rng.below(70), PARLOUR_CELL_NONE);
    game.why_not(state, rng.below(70), rng.below(70));
}

} // namespace

void check_options_of_all(Validation &run) {
    for (const GameEntry &entry : run.description().games) {
        try_options(run, entry, [&](const OptionMap &options) -> Problem {
            const Result<parlour_game> raw = make_game(run.library(), entry.id, options);
            if (!raw) return raw.problem();
            raw->api->destroy(raw->self);
            return {};
        });
    }
    for (const EngineEntry &entry : run.description().engines) {
        try_options(run, entry, [&](const OptionMap &options) -> Problem {
            const Result<parlour_engine> raw = make_engine(run.library(), entry.id, options);
            if (!raw) return raw.problem();
            raw->api->destroy(raw->self);
            return {};
        });
    }
}

void check_rules(Validation &run) {
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        Rng rng = run.rng("rules " + subject.name);
        game.rules();
        for (std::uint32_t player = 0; player < game.players(); ++player) game.player_name(player);
        for (std::uint32_t round = 0; round < subject.rounds; ++round) {
            StateBuffer state = game.initial(rng.next());
            Turn last{};
            const std::uint32_t plies =
                play_randomly(game, state, rng, longest_random_game,
                              [&](const StateBuffer &at, Turn turn, const std::vector<Move> &legal) {
                                  touch_everything(game, at, turn, legal, rng);
                                  last = turn;
                                  return !turn.is_fault();
                              });
            if (game.info().max_plies != 0 && plies > game.info().max_plies)
                run.error(subject.name, "max_plies",
                          fmt::format("lets a game go on for {} moves, but says that {} is the most", plies,
                                      game.info().max_plies));
            if (!last.is_over()) {
                run.warning(subject.name, "endless", fmt::format("did not end a random game within {} moves", plies));
                break;
            }
        }
    });
}

void check_texts(Validation &run) {
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        Rng rng = run.rng("texts " + subject.name);
        for (std::uint32_t round = 0; round < std::max(1u, subject.rounds / 4); ++round) {
            StateBuffer state = game.initial(rng.next());
            play_randomly(game, state, rng, 1000,
                          [&](const StateBuffer &at, Turn turn, const std::vector<Move> &legal) {
                              check_move_texts(run, subject, at, turn, legal, rng);
                              check_state_text(run, subject, at, rng);
                              return true;
                          });
        }
    });
}

void check_bytes(Validation &run) {
    constexpr std::uint32_t tries = 2000;
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        const std::size_t size = game.ref().state_size();
        Rng rng = run.rng("bytes " + subject.name);
        StateBuffer good = game.initial(1), odd(size);
        play_randomly(game, good, rng, 10, [](const StateBuffer &, Turn, const std::vector<Move> &) { return true; });
        std::uint32_t accepted = 0;
        for (std::uint32_t i = 0; i < tries; ++i) {
            auto *bytes = static_cast<unsigned char *>(odd.data());
            if (i % 2 == 0) {
                for (std::size_t at = 0; at < size; ++at) bytes[at] = static_cast<unsigned char>(rng.next());
            } else {
                std::memcpy(bytes, good.data(), size);
                for (std::uint32_t flips = 1 + rng.below(3); flips > 0; --flips)
                    bytes[rng.below(static_cast<std::uint32_t>(size))] ^=
                        static_cast<unsigned char>(1u << rng.below(8));
            }
            if (!game.check(odd)) continue;
            ++accepted;
            const Turn turn = game.turn(odd);
            touch_everything(game, odd, turn, game.legal_moves(odd), rng);
            static_cast<void>(game.state_text(odd));
            StateBuffer later = odd;
            play_randomly(game, later, rng, 20,
                          [](const StateBuffer &, Turn at, const std::vector<Move> &) { return !at.is_fault(); });
        }
        if (accepted == tries)
            run.error(subject.name, "check", "accepts any bytes as a position: check looks at nothing");
    });
}

void check_illegal_moves(Validation &run) {
    run.each_game([&](GameUnderTest &subject) {
        const Result<parlour_game> raw = subject.make_raw();
        if (!raw) return;
        const GameRef bare(*raw);
        Rng rng = run.rng("illegal " + subject.name);
        StateBuffer start(bare.state_size());
        bare.initial(start.data(), 1);
        for (std::uint32_t i = 0; i < 500 && !bare.turn(start.data()).is_simultaneous(); ++i) {
            const std::vector<Move> legal = bare.legal_moves(start.data());
            if (legal.empty()) {
                bare.initial(start.data(), rng.next());
                continue;
            }
            const std::uint32_t range = 1u << rng.below(32);
            const auto move = static_cast<Move>(rng.next() % range);
            if (std::find(legal.begin(), legal.end(), move) == legal.end()) {
                Guarded memory(start.data(), bare.state_size());
                bare.apply(memory.data(), move);
                if (!memory.intact())
                    run.error(subject.name, "memory",
                              fmt::format("writes outside the position when the illegal move {} is played", move));
            }
            bare.apply(start.data(), legal[rng.below(static_cast<std::uint32_t>(legal.size()))]);
        }
        raw->api->destroy(raw->self);
    });
}

void check_instances(Validation &run) {
    run.each_game([&](GameUnderTest &subject) {
        const Result<GameUnderTest> other = [&] {
            const auto &games = run.description().games;
            const auto entry = std::find_if(games.begin(), games.end(),
                                            [&](const GameEntry &game) { return game.id == subject.id; });
            return run.open(run.library(), *entry, subject.options);
        }();
        if (!other) return;
        const Game &game = *subject.game, &twin = *other->game;
        Rng rng = run.rng("instances " + subject.name);
        for (std::uint32_t round = 0; round < std::max(1u, subject.rounds / 2); ++round) {
            const std::uint64_t seed = rng.next();
            StateBuffer state = game.initial(seed), same = twin.initial(seed);
            const Rng moves = rng;
            Rng first = moves, second = moves;
            const auto go_on = [](const StateBuffer &, Turn, const std::vector<Move> &) { return true; };
            const std::uint32_t plies = play_randomly(game, state, first, 2000, go_on);
            const std::uint32_t again = play_randomly(twin, same, second, 2000, go_on);
            rng.next();
            if (plies != again || std::memcmp(state.data(), same.data(), game.ref().state_size()) != 0)
                run.error(subject.name, "bytes",
                          "reaches other bytes by the same seed and moves in another object of the same game");
        }
    });
}

void check_threads(Validation &run) {
    constexpr std::uint32_t threads = 4;
    run.each_game([&](GameUnderTest &subject) {
        const Game &game = *subject.game;
        if (game.has(PARLOUR_GAME_SERIALIZED)) return;
        const Rng start = run.rng("threads " + subject.name);
        const auto play = [&](std::uint32_t number) {
            Rng rng = start;
            rng.raw.state += number;
            StateBuffer state = game.initial(rng.next());
            for (std::uint32_t round = 0; round < subject.rounds; ++round) {
                state = game.initial(rng.next());
                play_randomly(game, state, rng, 300,
                              [&](const StateBuffer &at, Turn, const std::vector<Move> &legal) {
                                  if (!legal.empty()) game.move_text(at, legal[0]);
                                  return true;
                              });
            }
            return state;
        };
        std::vector<StateBuffer> alone, together(threads);
        for (std::uint32_t i = 0; i < threads; ++i) alone.push_back(play(i));
        {
            std::vector<std::jthread> workers;
            for (std::uint32_t i = 0; i < threads; ++i) workers.emplace_back([&, i] { together[i] = play(i); });
        }
        for (std::uint32_t i = 0; i < threads; ++i) {
            if (std::memcmp(alone[i].data(), together[i].data(), game.ref().state_size()) != 0)
                run.error(subject.name, "threads", "plays other games when several threads use it at once");
        }
    });
}

} // namespace parlour::host
