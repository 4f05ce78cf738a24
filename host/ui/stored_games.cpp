#include "host/ui/stored_games.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "host/plugins/text.hpp"
#include "host/ui/trouble_dialog.hpp"

namespace parlour::host::ui {
namespace {

std::vector<std::uint32_t> persons_of(const std::vector<Seat> &seats) {
    std::vector<std::uint32_t> persons;
    for (std::uint32_t i = 0; i < seats.size(); ++i) {
        if (seats[i].is_person()) persons.push_back(i);
    }
    return persons;
}

std::string seat_words(const Registry &registry, const Seat &seat) {
    // An engine's name may only repeat its id and level.
    if (!seat.name.empty() && (seat.is_person() || !seat.name.starts_with(seat.engine))) return seat.name;
    if (seat.is_person()) return "a person";
    const EngineEntry *engine = registry.find_engine(seat.engine);
    std::string text = engine_name(registry, seat.engine);
    if (engine != nullptr && (engine->flags & PARLOUR_ENGINE_LEVELS) != 0)
        text += ", level " + std::to_string(seat.level);
    return text;
}

/// The days since the beginning of the calendar, in the person's own time.
std::int64_t calendar_day(std::time_t at, std::tm &parts) {
    localtime_r(&at, &parts);
    return (std::chrono::sys_days(std::chrono::year(parts.tm_year + 1900) /
                                  std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)) /
                                  std::chrono::day(static_cast<unsigned>(parts.tm_mday))))
        .time_since_epoch()
        .count();
}

} // namespace

Result<Match> stored_match(Shell &shell, GameId id, std::string &told) {
    told.clear();
    if (shell.store == nullptr)
        return Problem{"Games are not being kept, so there is none to open.", PARLOUR_E_NOTFOUND};
    const auto record = shell.store->load(id);
    if (!record) return record.problem();
    auto match = load_record(*record, [&shell](const std::string &game, const OptionMap &options) {
        return shell.registry.create_game(game, options);
    });
    if (!match || match->is_over()) return match;
    for (std::uint32_t player = 0; player < match->players(); ++player) {
        const Seat &seat = match->seats()[player];
        if (seat.is_person() || shell.registry.find_engine(seat.engine) != nullptr) continue;
        const auto best = shell.services.best(match->game());
        told = seat.engine + " is no longer there, so " +
               (best ? engine_name(shell.registry, *best) + " plays on." : "you play for it.");
        match->set_seat(player, best ? Seat::of_engine(*best, seat.level) : Seat::person());
    }
    return match;
}

std::optional<Scene> last_picture(const Match &match) {
    const std::vector<std::uint32_t> persons = persons_of(match.seats());
    const bool open = match.game().ref().hidden() == nullptr || match.is_over() || persons.empty();
    if (!open && persons.size() > 1) return std::nullopt;
    return Scene::of(match.game(), match.state(), open ? PARLOUR_VIEWER_ALL : persons.front());
}

std::string opponents_text(const Registry &registry, const std::vector<Seat> &seats) {
    const std::vector<std::uint32_t> persons = persons_of(seats);
    if (seats.size() < 2) return persons.empty() ? seat_words(registry, seats.front()) : "alone";
    const bool all = persons.size() == seats.size();
    const bool named = std::any_of(seats.begin(), seats.end(), [](const Seat &seat) { return !seat.name.empty(); });
    if (all && !named) return seats.size() == 2 ? "two persons" : std::to_string(seats.size()) + " persons";
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < seats.size(); ++i) {
        if (persons.size() != 1 || i != persons.front()) names.push_back(seat_words(registry, seats[i]));
    }
    if (persons.size() == 1) return "against " + listed(names);
    std::string text;
    for (const std::string &name : names) text += (text.empty() ? "" : " against ") + name;
    return text;
}

ResultText result_text(Shell &shell, const Record &record) {
    if (!record.ending) return {"Not finished", Role::info};
    if (*record.ending == Ending::abandoned) return {"Given up", Role::text_dim};
    const std::string how = *record.ending == Ending::normal || *record.ending == Ending::agreed_draw
                                ? ""
                                : " by " + std::string(ending_text(*record.ending));
    if (record.utilities.empty() || record.utilities.size() != record.seats.size())
        return {"Ended" + how, Role::text_dim};
    if (record.utilities.size() == 1) return {"Finished", Role::text_dim};
    const float best = *std::max_element(record.utilities.begin(), record.utilities.end());
    std::vector<std::uint32_t> winners;
    for (std::uint32_t i = 0; i < record.utilities.size(); ++i) {
        if (record.utilities[i] >= best) winners.push_back(i);
    }
    const std::vector<std::uint32_t> persons = persons_of(record.seats);
    if (winners.size() != 1) return {"Draw" + how, Role::text_dim};
    if (persons.size() == 1)
        return winners.front() == persons.front() ? ResultText{"Won" + how, Role::good}
                                                  : ResultText{"Lost" + how, Role::bad};
    const GameCard *card = shell.card(record.game);
    const Seat &seat = record.seats[winners.front()];
    std::string name = seat.name;
    if (name.empty() && card != nullptr && card->game != nullptr && winners.front() < card->game->players())
        name = card->game->player_name(winners.front());
    if (name.empty()) name = "Player " + std::to_string(winners.front() + 1);
    return {name + " won" + how, Role::text_dim};
}

std::string day_text(std::chrono::system_clock::time_point moment) {
    static constexpr std::array<const char *, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{}, today{};
    const std::int64_t days =
        calendar_day(std::time(nullptr), today) - calendar_day(std::chrono::system_clock::to_time_t(moment), parts);
    if (days == 0) return "today";
    if (days == 1) return "yesterday";
    if (days > 1 && days < 7) return std::to_string(days) + " days ago";
    return std::to_string(parts.tm_mday) + " " + months[static_cast<std::size_t>(parts.tm_mon)] + " " +
           std::to_string(parts.tm_year + 1900);
}

} // namespace parlour::host::ui
