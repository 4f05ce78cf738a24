// The finished games of a Store: finding them, and what they add up to.
#include "host/records/open_database.hpp"
#include "host/records/store.hpp"
#include "host/records/writer.hpp"

#include <algorithm>
#include <map>

namespace parlour::host {

namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char &c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool contains(std::string_view text, const std::string &lower_part) {
    return lower(text).find(lower_part) != std::string::npos;
}

bool any_seat(const Record &record, const std::string &lower_part) {
    return std::any_of(record.seats.begin(), record.seats.end(), [&](const Seat &seat) {
        return contains(seat.name, lower_part) || contains(seat.engine, lower_part);
    });
}

bool has_text(const Record &record, const std::string &lower_part) {
    return any_seat(record, lower_part) || contains(record.game, lower_part) ||
           contains(record.variant, lower_part) || contains(record.date, lower_part) ||
           contains(record.detail, lower_part) ||
           (record.ending && contains(ending_text(*record.ending), lower_part)) ||
           std::any_of(record.extra.begin(), record.extra.end(),
                       [&](const auto &tag) { return contains(tag.second, lower_part); });
}

bool passes(const StoredGame &game, const HistoryFilter &filter) {
    if (!filter.game.empty() && game.record.game != filter.game) return false;
    if (!filter.opponent.empty() && !any_seat(game.record, lower(filter.opponent))) return false;
    return filter.text.empty() || has_text(game.record, lower(filter.text));
}

// The other seats of a game with persons, for a line of the statistics.
std::string opponents_of(const Record &record) {
    std::string out;
    for (const Seat &seat : record.seats)
        if (seat.is_engine()) out += (out.empty() ? "" : ", ") + seat_text(seat);
    return out.empty() && record.seats.size() > 1 ? "persons" : out;
}

// +1, 0, -1 for the persons' side; empty when that cannot be said.
std::optional<int> result_for_persons(const Record &record) {
    if (record.utilities.size() != record.seats.size() || record.ending == Ending::rules_failed ||
        record.ending == Ending::abandoned)
        return std::nullopt;
    std::optional<float> persons, others;
    for (std::size_t at = 0; at < record.seats.size(); ++at) {
        std::optional<float> &side = record.seats[at].is_person() ? persons : others;
        side = std::max(side.value_or(record.utilities[at]), record.utilities[at]);
    }
    // Alone, there is nothing but the result itself to measure it by.
    if (record.seats.size() == 1) others = 0.0f;
    if (!persons || !others) return std::nullopt;
    return *persons > *others ? 1 : *persons < *others ? -1 : 0;
}

} // namespace

Result<std::vector<StoredGame>> Store::history(const HistoryFilter &filter) {
    const std::lock_guard lock(mutex_);
    try {
        std::vector<StoredGame> out =
            filter.finished ? games_where("finished = ?1", *filter.finished ? 1 : 0) : games_where("?1 = 0", 0);
        std::erase_if(out, [&](const StoredGame &game) { return !passes(game, filter); });
        out.erase(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(std::min(filter.offset, out.size())));
        out.resize(std::min(filter.limit, out.size()));
        return out;
    } catch (const records::DatabaseError &error) {
        return records::problem_of(path_, "be read", error);
    }
}

Result<std::vector<Statistics>> Store::statistics() {
    const Result<std::vector<StoredGame>> games = history({.finished = true});
    if (!games) return games.problem();
    std::map<std::pair<std::string, std::string>, Statistics> table;
    for (const StoredGame &game : *games) {
        const std::vector<Seat> &seats = game.record.seats;
        if (!game.problem.empty() ||
            std::none_of(seats.begin(), seats.end(), [](const Seat &seat) { return seat.is_person(); }))
            continue;
        const std::string opponent = opponents_of(game.record);
        Statistics &row = table[{game.record.game, opponent}];
        row.game = game.record.game;
        row.opponent = opponent;
        ++row.played;
        if (const std::optional<int> result = result_for_persons(game.record))
            ++(*result > 0 ? row.won : *result < 0 ? row.lost : row.drawn);
        row.longest = std::max(row.longest, game.plies);
        row.last = std::max(row.last, game.changed);
    }
    std::vector<Statistics> out;
    for (auto &[key, row] : table) out.push_back(std::move(row));
    std::stable_sort(out.begin(), out.end(), [](const Statistics &a, const Statistics &b) {
        return a.game != b.game ? a.game < b.game : a.played > b.played;
    });
    return out;
}

} // namespace parlour::host
