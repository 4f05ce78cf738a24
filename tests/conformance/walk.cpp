#include "conformance/walk.hpp"

#include "conformance/guarded.hpp"

namespace parlour::conformance {

bool is_nightly() {
    const char *nightly = std::getenv("PARLOUR_NIGHTLY");
    return nightly != nullptr && std::string_view(nightly) == "1";
}

Effort effort() {
    if (is_nightly()) return {10'000, 1'000'000, ~std::uint64_t{0}, 200'000, 20'000, 2'000};
#if defined(__SANITIZE_ADDRESS__)
    return {20, 10'000, 40'000, 1'000, 100, 40};
#else
    return {50, 30'000, 150'000, 2'000, 300, 100};
#endif
}

std::string where(const GameRef &game, const void *state) {
    return "at \"" + game.state_text(state) + "\": ";
}

Turn play_joint(const GameRef &game, void *state, Rng &rng) {
    const parlour_game_simultaneous &table = *game.simultaneous();
    const std::uint64_t active = table.active(game.self(), state);
    std::vector<Move> joint(game.players(), PARLOUR_MOVE_NONE), choices(game.info().max_moves);
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        if ((active >> player & 1) == 0) continue;
        const std::uint32_t n =
            table.legal_for(game.self(), state, player, choices.data(), static_cast<std::uint32_t>(choices.size()));
        require(n > 0 && n <= choices.size(), "an active player of a simultaneous node has no choice");
        joint[player] = choices[rng.below(n)];
    }
    return {table.apply_joint(game.self(), state, joint.data())};
}

std::uint32_t walk(const GameRef &game, void *state, std::uint32_t max_plies, const Choose &choose, Rng &rng,
                   const PlaceCheck &check) {
    Turn turn = game.turn(state);
    for (std::uint32_t ply = 0;; ++ply) {
        require(!turn.is_fault(), "the rules report a fault");
        const std::vector<Move> moves = game.legal_moves(state);
        try {
            check({game, state, turn, moves, rng});
        } catch (const Broken &broken) {
            throw Broken("ply " + std::to_string(ply) + ", " + where(game, state) + broken.what());
        }
        if (turn.is_over() || ply == max_plies) return ply;
        if (turn.is_simultaneous()) {
            turn = play_joint(game, state, rng);
        } else {
            require(!moves.empty(),
                    [&] { return where(game, state) + "there is no legal move, but the game goes on"; });
            turn = game.apply(state, moves[choose(static_cast<std::uint32_t>(moves.size()))]);
        }
    }
}

void walk_games(const GameRef &game, const PlaceCheck &check) {
    const Effort most = effort();
    std::uint64_t plies = 0, moves = 0;
    const auto counting = [&](const Place &place) {
        moves += place.moves.size();
        check(place);
    };
    for (std::uint32_t seed = 0; seed < most.games && plies < most.plies && moves < most.moves; ++seed) {
        Rng rng{{mix64(seed + 1)}}, checks_rng{{seed}};
        GuardedState state(game);
        try {
            game.initial(state.data(), seed);
            plies += walk(
                game, state.data(), most.plies, [&](std::uint32_t n) { return rng.below(n); }, checks_rng, counting);
            state.verify("a game");
        } catch (const Broken &broken) {
            throw Broken("game " + std::to_string(seed) + ", " + broken.what());
        }
    }
}

bool is_clean_text(std::string_view text, bool lines) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t length = 1;
        if (lead >= 0xf0 && lead < 0xf5) {
            length = 4;
        } else if (lead >= 0xe0) {
            length = 3;
        } else if (lead >= 0xc2) {
            length = 2;
        } else if (lead >= 0x80 || lead == 0x7f || (lead < 0x20 && !(lines && lead == '\n'))) {
            return false;
        }
        if (lead >= 0xf5 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

std::string checked_text(const char *what, const std::function<std::int32_t(char *, std::uint32_t)> &call) {
    const std::string name(what);
    const std::int32_t length = call(nullptr, 0);
    require(length >= 0, [&] { return name + " fails with status " + std::to_string(length); });
    const auto size = static_cast<std::size_t>(length);
    Guarded<char> whole(size + 1);
    const std::int32_t again = call(whole.data(), static_cast<std::uint32_t>(size + 1));
    whole.verify(what);
    require(again == length, [&] { return name + " has another length when it is written"; });
    require(std::memchr(whole.data(), '\0', size + 1) == whole.data() + size,
            [&] { return name + " does not end with a NUL where its length says"; });
    const std::size_t part = size / 2 + 1;
    Guarded<char> half(part);
    const std::int32_t cut = call(half.data(), static_cast<std::uint32_t>(part));
    half.verify(what);
    require(cut == length, [&] { return name + " has another length in a shorter buffer"; });
    require(half[part - 1] == '\0' && std::memcmp(half.data(), whole.data(), part - 1) == 0,
            [&] { return name + " is not cut off as snprintf does"; });
    return {whole.data(), size};
}

void require_sentence(const char *what, parlour_status status, const parlour_error &error) {
    const std::string name(what);
    require(status < 0, [&] { return name + " is accepted"; });
    const void *end = std::memchr(error.text, '\0', sizeof error.text);
    require(end != nullptr, [&] { return name + ": the error's text has no end"; });
    require(error.text[0] != '\0', [&] { return name + " is refused without a sentence"; });
    require(is_clean_text(error.text), [&] { return name + ": the sentence is not clean text: " + error.text; });
    require(error.code == status, [&] { return name + ": the error's code is not the status"; });
}

} // namespace parlour::conformance
