// `parlour history`: the games that are kept, listed, shown, counted, and carried from one computer to another.
#include "host/base/atomic_file.hpp"
#include "host/cli/command.hpp"
#include "host/cli/json_output.hpp"
#include "host/cli/setup.hpp"
#include "host/plugins/text.hpp"
#include "host/records/store.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <ctime>

namespace parlour::host::cli {

namespace {

using Json = nlohmann::ordered_json;
using Time = std::chrono::system_clock::time_point;

constexpr std::size_t most_import_bytes = 1u << 30;

std::string time_text(Time time, const char *format) {
    const std::time_t at = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    localtime_r(&at, &parts);
    char text[40];
    return std::string(text, std::strftime(text, sizeof text, format, &parts));
}

std::string seats_text(const Record &record) {
    std::string out;
    for (const Seat &seat : record.seats) out += (out.empty() ? "" : " - ") + one_line(seat_text(seat), 40);
    return out;
}

// "normal 1 -1", "unfinished".
std::string result_text(const Record &record) {
    if (!record.ending) return "unfinished";
    std::string out(ending_text(*record.ending));
    for (const float value : record.utilities) out += fmt::format(" {:g}", value);
    return out;
}

Json game_json(const StoredGame &game) {
    Json out{{"id", game.id}, {"game", game.record.game}};
    if (!game.problem.empty()) {
        out["problem"] = game.problem;
        return out;
    }
    Json seats = Json::array();
    for (const Seat &seat : game.record.seats)
        seats.push_back({{"name", seat.name}, {"engine", seat.engine}, {"text", seat_text(seat)}});
    out.update({{"uid", game.uid},
                {"variant", game.record.variant},
                {"options", game.record.options},
                {"seats", seats},
                {"begun", time_text(game.begun, "%FT%T%z")},
                {"changed", time_text(game.changed, "%FT%T%z")},
                {"plies", game.plies},
                {"finished", game.finished()},
                {"ending", game.finished() ? Json(ending_text(*game.record.ending)) : Json()},
                {"utilities", game.record.utilities},
                {"detail", game.record.detail}});
    return out;
}

GameId id_of(const std::string &word) {
    const auto id = parse_number(word);
    if (!id || *id == 0 || *id > INT64_MAX) {
        throw Refusal(ExitCode::usage,
                      "\"" + one_line(word, 40) + "\" is not the number of a game; \"parlour history\" lists them");
    }
    return static_cast<GameId>(*id);
}

// One run of the command: its words and the store.
class History {
public:
    History(const CommandLine &line, Streams &streams) : line_(line), streams_(streams) {
        const auto file = line.text("records");
        store_ = value_or_refuse(Store::open(file ? std::filesystem::absolute(*file) : default_store_file()));
        if (!store_->notice().empty()) say(store_->notice());
        filter_.game = line.text_or("game", "");
        filter_.opponent = line.text_or("opponent", "");
        filter_.text = line.text_or("search", "");
        if (line.has("unfinished")) filter_.finished = false;
        filter_.limit = static_cast<std::size_t>(line.number("limit", 1, SIZE_MAX).value_or(SIZE_MAX));
    }

    void list() const {
        const std::vector<StoredGame> games = value_or_refuse(store_->history(filter_));
        if (line_.has("json")) {
            Json out{{"file", store_->path().string()}, {"games", Json::array()}};
            for (const StoredGame &game : games) out["games"].push_back(game_json(game));
            streams_.out << dumped(out);
            return;
        }
        for (const StoredGame &game : games) {
            streams_.out << (game.problem.empty()
                                 ? fmt::format("{:>6}  {}  {:<16} {:>4} plies  {}  {}\n", game.id,
                                               time_text(game.changed, "%F %H:%M"), one_line(game.record.game, 40),
                                               game.plies, seats_text(game.record), result_text(game.record))
                                 : fmt::format("{:>6}  {}\n", game.id, game.problem));
        }
        if (games.empty()) streams_.out << "No games are kept" << (filtered() ? " that fit.\n" : " yet.\n");
    }

    void show(const std::string &word) const {
        const GameId id = id_of(word);
        if (line_.has("json")) {
            Json out = game_json(value_or_refuse(store_->summary(id)));
            const Record record = value_or_refuse(store_->load(id));
            out["moves"] = Json::array();
            for (const RecordPly &ply : record.plies) out["moves"].push_back(ply.text);
            streams_.out << dumped(out);
            return;
        }
        const ExportedGames text = value_or_refuse(store_->export_text(std::vector{id}));
        if (!text.left_out.empty()) throw Refusal(ExitCode::failed, text.left_out.front());
        streams_.out << text.text;
    }

    ExitCode write_file(const std::string &file) const {
        const ExportedGames games = value_or_refuse(store_->export_text(filter_));
        for (const std::string &sentence : games.left_out) say(sentence);
        if (const Result<void> done = write_file_atomically(file, games.text); !done)
            throw Refusal(ExitCode::failed, done.sentence());
        streams_.out << fmt::format("{} game{} written to {}\n", games.games, games.games == 1 ? "" : "s", file);
        return games.left_out.empty() ? ExitCode::success : ExitCode::failed;
    }

    void read_file(const std::string &file) const {
        const std::string text = value_or_refuse(host::read_file(file, most_import_bytes));
        const auto registry = open_registry(line_);
        const auto by_the_rules = [&](const Record &record) -> Result<void> {
            const GameMaker make = [&](const std::string &id, const OptionMap &options) {
                return registry->create_game(id, options);
            };
            const Result<Match> match = load_record(record, make);
            // Games whose plugin is not here are kept until it is.
            if (match || match.problem().code == PARLOUR_E_NOTFOUND) return {};
            return match.problem();
        };
        const ImportCount count = value_or_refuse(store_->import_text(text, by_the_rules));
        streams_.out << fmt::format("{} game{} added, {} known already\n", count.added, count.added == 1 ? "" : "s",
                                    count.known);
    }

    void statistics() const {
        const std::vector<Statistics> rows = value_or_refuse(store_->statistics());
        if (line_.has("json")) {
            Json out = Json::array();
            for (const Statistics &row : rows) {
                out.push_back({{"game", row.game},
                               {"opponent", row.opponent},
                               {"played", row.played},
                               {"won", row.won},
                               {"drawn", row.drawn},
                               {"lost", row.lost},
                               {"longest", row.longest},
                               {"last", time_text(row.last, "%FT%T%z")}});
            }
            streams_.out << dumped(out);
            return;
        }
        if (rows.empty()) {
            streams_.out << "No finished games with a person in them are kept yet.\n";
            return;
        }
        streams_.out << fmt::format("{:<16} {:<28} {:>6} {:>6} {:>6} {:>6} {:>8}  last\n", "game", "against",
                                    "played", "won", "drawn", "lost", "longest");
        for (const Statistics &row : rows) {
            streams_.out << fmt::format("{:<16} {:<28} {:>6} {:>6} {:>6} {:>6} {:>8}  {}\n", row.game,
                                        row.opponent.empty() ? "alone" : one_line(row.opponent, 60), row.played,
                                        row.won, row.drawn, row.lost, row.longest, time_text(row.last, "%F"));
        }
    }

    void remove(const std::vector<std::string> &words) const {
        std::vector<GameId> ids;
        for (const std::string &word : words) ids.push_back(id_of(word));
        if (const Result<void> done = store_->remove(ids); !done) {
            throw Refusal(done.problem().code == PARLOUR_E_NOTFOUND ? ExitCode::not_found : ExitCode::failed,
                          done.sentence());
        }
        streams_.out << fmt::format("{} game{} removed\n", ids.size(), ids.size() == 1 ? "" : "s");
    }

private:
    bool filtered() const {
        return !filter_.game.empty() || !filter_.opponent.empty() || !filter_.text.empty() || filter_.finished;
    }
    void say(const std::string &sentence) const { streams_.err << "parlour history: " << sentence << "\n"; }

    const CommandLine &line_;
    Streams &streams_;
    std::unique_ptr<Store> store_;
    HistoryFilter filter_;
};

// What can be done, and how many words it takes.
struct Action {
    std::string name;
    std::size_t least, most;
    std::string takes; // for the sentence when the number is wrong
};

const std::vector<Action> &actions() {
    static const std::vector<Action> all{
        {"list", 0, 0, "no further words"},       {"show", 1, 1, "the number of a game"},
        {"export", 1, 1, "the name of a file"},   {"import", 1, 1, "the name of a file"},
        {"statistics", 0, 0, "no further words"}, {"remove", 1, SIZE_MAX, "the numbers of games"}};
    return all;
}

const Action &known_action(const std::string &name, std::size_t words) {
    std::vector<std::string> known;
    for (const Action &action : actions()) {
        known.push_back(action.name);
        if (action.name != name) continue;
        if (words < action.least || words > action.most)
            throw Refusal(ExitCode::usage, name + " takes " + action.takes);
        return action;
    }
    const std::string near = suggestion(name, known);
    throw Refusal(ExitCode::usage, "\"" + one_line(name, 40) + "\" cannot be done" +
                                       (near.empty() ? "; there are " + listed(known) : near));
}

} // namespace

ExitCode history_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"history",
         "[list | show ID | export FILE | import FILE | statistics | remove ID...] [OPTION]...",
         "Lists the games that are kept, finished or not, the latest first; shows one; counts what was won; writes "
         "games to a file as text and takes them from one, all or none. Games that are there already are not taken "
         "twice.",
         {{"parlour history", "all games"},
          {"parlour history --unfinished", "games to go on with"},
          {"parlour history show 12", "one game with its moves, as text"},
          {"parlour history export games.txt --game reversi", "all games of Reversi, written to a file"},
          {"parlour history import games.txt", "takes them on another computer"},
          {"parlour history statistics", "played, won, drawn and lost, by game and opponent"},
          {"parlour history --json | jq '.games[].id'", "for a script"}}});
    line.word("ACTION", true).words("WORD", 0);
    line.value("game", "GAME", "only games of this id")
        .value("opponent", "TEXT", "only games with this name or engine at a seat")
        .value("search", "TEXT", "only games with this text in names, dates, endings or remarks")
        .flag("unfinished", "only games that have not ended")
        .value("limit", "N", "no more than this many")
        .value("records", "FILE", "the file of games, in place of your own")
        .flag("json", "print JSON to standard output");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    const std::string name = line.text_or("ACTION", "list");
    const std::vector<std::string> rest = line.texts("WORD");
    known_action(name, rest.size());
    if (name == "remove" || name == "show") {
        for (const std::string &word : rest) static_cast<void>(id_of(word));
    }
    const History history(line, streams);
    if (name == "list") history.list();
    if (name == "show") history.show(rest.front());
    if (name == "export") return history.write_file(rest.front());
    if (name == "import") history.read_file(rest.front());
    if (name == "statistics") history.statistics();
    if (name == "remove") history.remove(rest);
    return ExitCode::success;
}

} // namespace parlour::host::cli
