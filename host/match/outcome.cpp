#include "host/match/outcome.hpp"

#include "host/plugins/text.hpp"

#include <algorithm>
#include <array>

namespace parlour::host {

namespace {

constexpr std::array<std::string_view, ending_count> texts{"normal",       "resign",   "time",        "illegal move",
                                                           "crash",        "stall",    "agreed draw", "too long",
                                                           "rules failed", "abandoned"};

float middle(const Game &game) {
    return (game.info().util_min + game.info().util_max) / 2;
}

// Who has the highest utility, unless all are equal; alone, whoever is above the middle.
std::vector<std::uint32_t> winners_of(const Game &game, const std::vector<float> &utilities) {
    std::vector<std::uint32_t> out;
    if (utilities.size() == 1) {
        if (utilities[0] > middle(game)) out.push_back(0);
        return out;
    }
    const auto [lowest, highest] = std::minmax_element(utilities.begin(), utilities.end());
    if (*lowest == *highest) return out;
    for (std::uint32_t player = 0; player < utilities.size(); ++player) {
        if (utilities[player] == *highest) out.push_back(player);
    }
    return out;
}

// "Black wins", "Red and Blue win", "Draw"; of one player "Won" or "Lost".
std::string verdict(const Game &game, const std::vector<std::uint32_t> &winners) {
    if (game.players() == 1) return winners.empty() ? "Lost" : "Won";
    if (winners.empty()) return "Draw";
    std::vector<std::string> names;
    for (const std::uint32_t winner : winners) names.push_back(game.player_name(winner));
    return listed(names) + (names.size() == 1 ? " wins" : " win");
}

std::string fault_words(Ending ending) {
    switch (ending) {
        case Ending::resign:
            return " resigns";
        case Ending::time:
            return " ran out of time";
        case Ending::illegal_move:
            return " made an illegal move";
        case Ending::crash:
            return "'s engine failed";
        case Ending::stall:
            return "'s engine did not answer";
        default:
            return {};
    }
}

std::string faultless_words(Ending ending) {
    switch (ending) {
        case Ending::agreed_draw:
            return "Draw by agreement";
        case Ending::too_long:
            return "The game was stopped because it went on for too long";
        case Ending::rules_failed:
            return "The game was stopped because its rules failed";
        default:
            return "The game was given up without a result";
    }
}

} // namespace

std::string_view ending_text(Ending ending) {
    return texts[static_cast<std::size_t>(ending)];
}

std::optional<Ending> parse_ending(std::string_view text) {
    for (std::size_t at = 0; at < texts.size(); ++at) {
        if (texts[at] == text) return static_cast<Ending>(at);
    }
    return std::nullopt;
}

bool has_fault(Ending ending) {
    return !fault_words(ending).empty();
}

Outcome normal_outcome(const Game &game, const StateBuffer &state) {
    Outcome out;
    out.utilities = game.outcome(state);
    out.winners = winners_of(game, out.utilities);
    out.sentence = verdict(game, out.winners);
    const std::string reason = one_line(game.reason(state), 120);
    const bool whole = game.players() == 1 && !reason.empty() && reason.front() >= 'A' && reason.front() <= 'Z';
    if (whole)
        out.sentence = reason;
    else if (!reason.empty())
        out.sentence += (out.is_draw() && game.players() > 1 ? ": " : " ") + reason;
    if (!out.sentence.ends_with('.')) out.sentence += ".";
    return out;
}

Outcome other_outcome(const Game &game, Ending ending, std::optional<std::uint32_t> fault,
                      const std::string &detail) {
    Outcome out;
    out.ending = ending;
    out.detail = one_line(detail, 400);
    out.utilities.assign(game.players(), middle(game));
    if (!has_fault(ending) || !fault || *fault >= game.players()) {
        out.sentence = faultless_words(ending) + ".";
        return out;
    }
    const parlour_game_info &about = game.info();
    float others = about.util_max;
    if (game.has(PARLOUR_GAME_ZERO_SUM) && game.players() > 1)
        others = std::min(others, -about.util_min / static_cast<float>(game.players() - 1));
    out.utilities.assign(game.players(), others);
    out.utilities[*fault] = about.util_min;
    out.fault = fault;
    out.winners = winners_of(game, out.utilities);
    out.sentence = game.player_name(*fault) + fault_words(ending);
    if (game.players() > 1) out.sentence += "; " + verdict(game, out.winners);
    out.sentence += ".";
    return out;
}

} // namespace parlour::host
