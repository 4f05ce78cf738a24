#include "host/terminal/keeping.hpp"

#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"

#include <fmt/format.h>

namespace parlour::host::terminal {

void add_keeping_options(cli::CommandLine &line) {
    line.flag("no-save", "do not keep the games that are played")
        .value("records", "FILE", "keep games in this file, not in the usual one");
}

std::unique_ptr<Store> open_store(const cli::CommandLine &line, std::ostream &err) {
    if (line.has("no-save")) return nullptr;
    const std::filesystem::path file = line.text_or("records", default_store_file().string());
    if (file.empty()) return nullptr;
    auto store = Store::open(file);
    if (!store.ok()) {
        err << "parlour: games are not saved: " << store.sentence() << "\n";
        return nullptr;
    }
    if (!(*store)->notice().empty()) err << "parlour: " << (*store)->notice() << "\n";
    return std::move(store).value();
}

KeptGame kept_game(Store &store, const Registry &registry, const std::string &which) {
    GameId id = 0;
    if (which.empty()) {
        const auto games = cli::value_or_refuse(store.unfinished());
        for (const StoredGame &game : games) {
            if (id == 0 && game.problem.empty()) id = game.id;
        }
        if (id == 0) throw cli::Refusal(cli::ExitCode::not_found, "there is no unfinished game to go on with");
    } else {
        const auto number = cli::parse_number(which);
        if (!number)
            throw cli::Refusal(cli::ExitCode::usage,
                               "--resume takes the number of a game, as \"parlour history\" "
                               "shows it, not \"" +
                                   which.substr(0, 40) + "\"");
        id = static_cast<GameId>(*number);
    }
    const Record record = cli::value_or_refuse(store.load(id));
    Match match = cli::value_or_refuse(load_record(record, [&](const std::string &game, const OptionMap &options) {
        return registry.create_game(game, options);
    }));
    return {id, std::move(match)};
}

std::optional<Offer> unfinished_game(Store &store, const std::string &game) {
    const auto games = store.unfinished();
    if (!games.ok()) return std::nullopt;
    for (const StoredGame &each : *games) {
        if (!each.problem.empty() || each.record.game != game) continue;
        return Offer{each.id,
                     fmt::format("{} move{}, from {}", each.plies, each.plies == 1 ? "" : "s", each.record.date)};
    }
    return std::nullopt;
}

} // namespace parlour::host::terminal
