// Games as text that loads back: tags, then one move a line. Texts from outside are refused as a whole with one
// sentence and a line number, or give exactly what was written; loading plays every move by the rules.
//
//     [Parlour "1"]                the format's version; opens every record
//     [Game "a_game"]
//     [Option "size=4"]            any number
//     [Seat1 "Anna"]               a person; the name may be ""
//     [Seat2 ""]                   an engine, because of the next line
//     [Engine2 "an_engine"]             then, as far as needed: [EngineOption2 "memory=64"], any number,
//     [Level2 "7"]                 [Limits2 "time=2s nodes=1000 playouts=1000 depth=5"]
//     [Seed "42"]                  then, as far as needed: [Time "5m+3s"], [MaxPlies "400"], [Undo "free"],
//     [Date "2024-05-01"]          [Position "..."], where the game's own start is not meant
//     [Result "1 -1"]              a utility a player, or "*": not finished; then [Ending "resign"],
//     [Fault "2"]                  who resigned, failed, was late; [Detail "..."], the sentence behind it
//
//     1. d3 {used 1.25s, value 0.35, depth 8, nodes 1234, note "..."}
//     2~ roll 6                    '~': chance decided. The braces and everything in them are optional.
//
//     [Check "0123456789abcdef"]   ends every record: a hash of all lines above; "none" in one written by hand
//
// Unknown tags are kept and written again. In texts, '\' opens an escape: \\, \", \n, or \x and two hexadecimal
// digits.
#pragma once

#include "host/match/match.hpp"

#include <functional>
#include <map>
#include <string_view>

namespace parlour::host {

struct RecordPly {
    std::string text; // in the game's notation
    bool chance = false;
    std::chrono::nanoseconds used{0};
    PlyNote note;
    std::uint32_t line = 0; // where it stood in the file, 1-based; not part of the record's value
};

// A game as written down, not yet checked by the rules.
struct Record {
    std::string game; // id
    OptionMap options;
    std::string variant; // for readers; Option lines count
    std::vector<Seat> seats;
    std::uint64_t seed = 1;
    TimeControl time;
    std::uint32_t max_plies = 0;
    UndoPolicy undo = UndoPolicy::fair;
    std::optional<std::string> position; // the start, when it is not the game's own
    std::string date;                    // given by the caller; "" : none
    std::map<std::string, std::string> extra;
    std::optional<Ending> ending; // empty: not finished
    std::optional<std::uint32_t> fault;
    std::string detail;
    std::vector<float> utilities; // empty: not finished
    std::vector<RecordPly> plies;
    std::uint32_t line = 0; // where the record began in the file
};

// The record of a match as it stands; moves that were taken back are not in it.
Record to_record(const Match &match, std::string date = {}, std::map<std::string, std::string> extra = {});

// The text of a record, ending with a newline; several of them in a row are a file.
std::string write_record(const Record &record);
std::string write_record(const Match &match, std::string date = {}, std::map<std::string, std::string> extra = {});

// Reads exactly one record. PARLOUR_E_PARSE for text that is damaged or none, PARLOUR_E_VERSION for a newer format.
// Sentences name the line.
Result<Record> parse_record(std::string_view text);
// Reads every record of a file, or none: one damaged record refuses the whole.
Result<std::vector<Record>> parse_records(std::string_view text);

// Makes a game of its id and options: Registry::create_game, or a test's own.
using GameMaker = std::function<Result<GamePtr>(const std::string &id, const OptionMap &options)>;

// Plays a record again by the rules of its game: every move has to be legal, and the result as written. Clocks stand
// as the used times leave them.
Result<Match> load_record(const Record &record, const GameMaker &create_game);

} // namespace parlour::host
