#include "host/terminal/seat_words.hpp"

#include "host/cli/setup.hpp"
#include "host/plugins/text.hpp"

#include <algorithm>

namespace parlour::host::terminal {

Result<Seat> parse_seat(const Registry &registry, const Game &game, const std::string &words) {
    const std::string shown = "\"" + one_line(words, 60) + "\"";
    if (words == "person") return Seat::person();
    if (words.starts_with("person:")) return Seat::person(one_line(words.substr(7), 60));
    cli::EngineSpec spec;
    int level = usual_level;
    try {
        spec = cli::parse_engine_spec(words);
        if (const std::size_t at = spec.id.find('@'); at != std::string::npos) {
            const auto number = cli::parse_number(spec.id.substr(at + 1));
            if (!number || *number < lowest_level || *number > highest_level) {
                return Problem{"a level is a number from 1 to 10, not as in " + shown, PARLOUR_E_ARG};
            }
            level = static_cast<int>(*number);
            spec.id.resize(at);
        }
        const auto made = registry.create_engine(spec.id, spec.options);
        if (!made.ok()) return made.problem();
        cli::require_support(registry, spec, game);
    } catch (const cli::Refusal &refusal) {
        const bool usage = refusal.code() == cli::ExitCode::usage;
        return Problem{refusal.what(), usage ? PARLOUR_E_ARG : PARLOUR_E_UNSUPPORTED};
    }
    Seat seat = Seat::of_engine(spec.id, level, spec.options);
    seat.name = words;
    return seat;
}

std::vector<std::string> engines_for(const Registry &registry, const Game &game) {
    std::vector<std::pair<int, std::string>> ranked;
    for (const EngineEntry &engine : registry.engines()) {
        const int score = registry.supports(engine.id, game).score;
        if (score > 0) ranked.emplace_back(-score, engine.id);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> out;
    for (const auto &[score, id] : ranked) out.push_back(id);
    return out;
}

std::vector<Seat> usual_seats(const Registry &registry, const Game &game, bool person) {
    const std::vector<std::string> engines = engines_for(registry, game);
    std::vector<Seat> seats;
    for (std::uint32_t player = 0; player < game.players(); ++player) {
        if ((person && player == 0) || engines.empty()) {
            seats.push_back(Seat::person());
        } else {
            Seat seat = Seat::of_engine(person ? engines[0] : engines[player % engines.size()], usual_level);
            seat.name = seat.engine;
            seats.push_back(std::move(seat));
        }
    }
    return seats;
}

} // namespace parlour::host::terminal
