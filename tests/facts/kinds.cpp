#include "facts/kinds.hpp"

namespace parlour::facts {

const Kind *find_kind(std::string_view name) {
    static constexpr Kind kinds[] = {
        {"perft", check_perft},
        {"perft_ended", check_perft_ended},
        {"nodes_by_ply", check_nodes_by_ply},
        {"distinct_by_ply", check_distinct_by_ply},
        {"classes_by_ply", check_classes_by_ply},
        {"reachable", check_reachable},
        {"reachable_classes", check_reachable_classes},
        {"games", check_games},
        {"terminal", check_terminal},
        {"winnable_by_ply", check_winnable_by_ply},
        {"choices", check_choices},
        {"accepted_positions", check_accepted_positions, false},
        {"value", check_value},
        {"score_value", check_score_value},
        {"expected_value", check_expected_value},
        {"most_wins", check_most_wins, false},
        {"random_play", check_random_play},
        {"share", check_share},
        {"legal", check_legal},
        {"moves", check_moves},
        {"play", check_play},
        {"illegal", check_illegal},
        {"refused", check_refused, false},
        {"outcome", check_outcome},
        {"reason", check_reason},
        {"positions_moves", check_positions_moves},
        {"positions_open", check_positions_open},
    };
    for (const Kind &kind : kinds) {
        if (kind.name == name) return &kind;
    }
    return nullptr;
}

std::string bytes_of(const GameRef &game, const void *state) {
    return {static_cast<const char *>(state), game.state_size()};
}

std::string canonical_bytes(const GameRef &game, const void *state) {
    std::string smallest = bytes_of(game, state);
    if (const parlour_game_symmetry *symmetry = game.symmetry()) {
        StateBuffer image(game.state_size());
        for (std::uint32_t s = 1; s < symmetry->count; ++s) {
            symmetry->map_state(game.self(), s, state, image.data());
            smallest = std::min(smallest, bytes_of(game, image.data()));
        }
    }
    return smallest;
}

std::uint64_t canonical_hash(const GameRef &game, const void *state) {
    if (game.has(PARLOUR_GAME_PATH_DEPENDENT)) {
        const std::string bytes = canonical_bytes(game, state);
        return hash_bytes(bytes.data(), bytes.size());
    }
    std::uint64_t smallest = game.hash(state);
    if (const parlour_game_symmetry *symmetry = game.symmetry()) {
        StateBuffer image(game.state_size());
        for (std::uint32_t s = 1; s < symmetry->count; ++s) {
            symmetry->map_state(game.self(), s, state, image.data());
            smallest = std::min(smallest, game.hash(image.data()));
        }
    }
    return smallest;
}

bool is_won(const GameRef &game, const void *state) {
    float util[PARLOUR_MAX_PLAYERS];
    game.outcome(state, util);
    return util[0] >= game.info().util_max;
}

void for_each_position(const GameRef &game, std::string text, const std::string &characters,
                       const std::function<void(const StateBuffer &)> &each) {
    std::vector<std::size_t> places;
    for (std::size_t at = text.find('?'); at != std::string::npos; at = text.find('?', at + 1)) {
        places.push_back(at);
        text[at] = characters[0];
    }
    StateBuffer state(game.state_size());
    std::vector<std::size_t> chosen(places.size());
    for (bool more = true; more;) {
        if (game.parse_state(text.c_str(), state.data(), nullptr) == PARLOUR_OK) each(state);
        // The next text: an odometer with a wheel for each place.
        more = false;
        for (std::size_t i = 0; i < places.size() && !more; ++i) {
            more = ++chosen[i] < characters.size();
            if (!more) chosen[i] = 0;
            text[places[i]] = characters[chosen[i]];
        }
    }
}

void play_texts(const GameRef &game, void *state, const std::vector<std::string> &moves) {
    for (const std::string &text : moves) {
        Move move = PARLOUR_MOVE_NONE;
        parlour_error error{};
        if (game.parse_move(state, text.c_str(), &move, &error) != PARLOUR_OK) throw std::runtime_error(error.text);
        if (game.apply(state, move).is_fault()) throw std::runtime_error("the game fails to play " + text);
    }
}

} // namespace parlour::facts
