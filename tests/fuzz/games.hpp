// The shipped games, loaded into the fuzzer's process with the sanitizers in them.
#pragma once

#include "host/plugins/game.hpp"
#include "support/open_plugin.hpp"

#include <algorithm>
#include <vector>

namespace parlour::fuzz {

// A game of one of the plugins, with options as they are: whether they make sense is for the plugin to say.
inline host::Result<host::GamePtr> make_game(const std::string &id, const host::OptionMap &options) {
    const std::filesystem::path file = test::plugin_folder() / (id + ".so");
    if (id.find_first_of("/.") != std::string::npos || id.find('\0') != std::string::npos || id.size() > 64 ||
        !std::filesystem::exists(file)) {
        return host::Problem{"there is no such game", PARLOUR_E_NOTFOUND};
    }
    const auto *factory =
        static_cast<const parlour_game_factory *>(test::open_plugin(file).get_factory(PARLOUR_GAMES_FACTORY));
    std::vector<parlour_kv> pairs;
    for (const auto &[name, value] : options) pairs.push_back({name.c_str(), value.c_str()});
    parlour_game raw{};
    parlour_error error{};
    if (factory->create(&test::quiet_host(), id.c_str(), pairs.data(), static_cast<std::uint32_t>(pairs.size()), &raw,
                        &error) != PARLOUR_OK) {
        return host::Problem{error.text[0] != '\0' ? error.text : "refused", PARLOUR_E_ARG};
    }
    return host::GamePtr(std::make_shared<host::Game>(raw, options));
}

// Every shipped game with its default options, by name.
inline const std::vector<host::GamePtr> &games() {
    static const std::vector<host::GamePtr> all = [] {
        std::vector<std::string> ids;
        for (const auto &entry : std::filesystem::directory_iterator(test::plugin_folder())) {
            if (entry.path().extension() == ".so") ids.push_back(entry.path().stem().string());
        }
        std::sort(ids.begin(), ids.end());
        std::vector<host::GamePtr> made;
        for (const std::string &id : ids) made.push_back(make_game(id, {}).value());
        return made;
    }();
    return all;
}

// The game that an input names; another one for a name that is none, so that no input is for nothing.
inline const host::Game &game_of(const std::string &name) {
    for (const host::GamePtr &game : games()) {
        if (game->id() == name) return *game;
    }
    std::size_t sum = 0;
    for (const char c : name) sum += static_cast<unsigned char>(c);
    return *games()[sum % games().size()];
}

// Plays so many moves, chance included, drawn from `rng`; stops where the game ends, and where what one player sees
// (which is a position too) does not say what comes of a move.
inline void play_on(const host::Game &game, StateBuffer &state, std::size_t plies, Rng &rng) {
    for (std::size_t i = 0; i < plies; ++i) {
        const Turn turn = game.turn(state);
        if (turn.is_over()) return;
        Move move;
        if (turn.is_chance()) {
            move = game.sample_chance(state, rng);
        } else {
            const auto moves = game.legal_moves(state);
            if (moves.empty()) std::abort();
            move = moves[rng.below(static_cast<std::uint32_t>(moves.size()))];
        }
        if (!game.play(state, move)) {
            if (!game.has(PARLOUR_GAME_HIDDEN)) std::abort();
            return;
        }
    }
}

} // namespace parlour::fuzz
