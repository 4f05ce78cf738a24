#include "host/match/duration.hpp"
#include "host/match/record.hpp"
#include "host/match/record_format.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace parlour::host {

using namespace record_format;

namespace {

// Thrown inside this file only, by the many small readers; the public functions return it.
struct RefusedLine {
    std::uint32_t line;
    std::string sentence;
    parlour_status code = PARLOUR_E_PARSE;
};

struct Line {
    std::string_view text; // without '\n', '\r' and spaces at its end
    std::uint32_t number;
};

struct Tag {
    std::string name, value;
    std::uint32_t line;
};

[[noreturn]] void refuse(std::uint32_t line, const std::string &sentence) {
    throw RefusedLine{line, sentence};
}

std::string shown(std::string_view text) {
    return "\"" + one_line(text, 60) + "\"";
}

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// [Name "value"]
Tag read_tag(const Line &line) {
    std::string_view text = line.text;
    std::size_t at = 1;
    while (at < text.size() && (is_letter(text[at]) || (at > 1 && is_digit(text[at])))) ++at;
    const std::string_view name = text.substr(1, at - 1);
    if (name.empty() || text.substr(at, 2) != " \"" || !text.ends_with("\"]") || text.size() < at + 4)
        refuse(line.number, shown(text) + " is not a tag; one looks like [Name \"value\"]");
    const std::string_view inner = text.substr(at + 2, text.size() - at - 4);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] == '\\') {
            ++i;
        } else if (inner[i] == '"') {
            refuse(line.number, "the quote inside " + shown(inner) + " needs a backslash before it");
        }
    }
    const std::optional<std::string> value = unescape(inner);
    if (!value) refuse(line.number, "the backslash in " + shown(inner) + " stands before something unknown");
    return {std::string(name), *value, line.number};
}

std::uint64_t count_of(const Tag &tag, std::uint64_t least, std::uint64_t most) {
    const std::optional<std::uint64_t> count = parse_count(tag.value);
    if (!count || *count < least || *count > most)
        refuse(tag.line, fmt::format("the tag {} takes a whole number from {} to {}, not {}", tag.name, least, most,
                                     shown(tag.value)));
    return *count;
}

// id=value
void add_option(OptionMap &options, const Tag &tag) {
    const std::size_t equals = tag.value.find('=');
    if (equals == tag.value.npos || equals == 0)
        refuse(tag.line, fmt::format("the tag {} takes an option as id=value, not {}", tag.name, shown(tag.value)));
    if (!options.emplace(tag.value.substr(0, equals), tag.value.substr(equals + 1)).second)
        refuse(tag.line, "the option " + shown(tag.value.substr(0, equals)) + " is given twice");
}

SeatLimits limits_of(const Tag &tag) {
    SeatLimits out;
    std::string_view rest = tag.value;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        const std::size_t equals = std::min(word.find('='), word.size());
        const std::string_view name = word.substr(0, equals), value = word.substr(std::min(word.size(), equals + 1));
        const std::optional<std::uint64_t> count = parse_count(value);
        if (const Result<std::chrono::nanoseconds> time = parse_duration(value); name == "time" && time) {
            out.time = *time;
        } else if (name == "nodes" && count) {
            out.nodes = count;
        } else if (name == "playouts" && count) {
            out.playouts = count;
        } else if (name == "depth" && count && *count <= UINT32_MAX) {
            out.depth = static_cast<std::uint32_t>(*count);
        } else {
            refuse(tag.line, shown(word) + " is not a limit; write time=2s, nodes=1000, playouts=1000 or depth=5");
        }
    }
    return out;
}

// Collects the tags of one record into it.
class TagReader {
public:
    explicit TagReader(Record &record) : record_(record) {}

    void add(const Tag &tag) {
        if (tag.name == "Option") return add_option(record_.options, tag);
        const std::size_t digits = tag.name.find_first_of("0123456789");
        if (digits != tag.name.npos && seat_tag(tag, tag.name.substr(0, digits), tag.name.substr(digits))) return;
        if (!seen_.insert(tag.name).second) refuse(tag.line, "the tag " + tag.name + " is given twice");
        if (tag.name == "Game") {
            record_.game = tag.value;
        } else if (tag.name == "Variant") {
            record_.variant = tag.value;
        } else if (tag.name == "Seed") {
            record_.seed = count_of(tag, 0, UINT64_MAX);
        } else if (tag.name == "Time") {
            const Result<TimeControl> time = TimeControl::parse(tag.value);
            if (!time) refuse(tag.line, time.sentence());
            record_.time = *time;
        } else if (tag.name == "MaxPlies") {
            record_.max_plies = static_cast<std::uint32_t>(count_of(tag, 0, UINT32_MAX));
        } else if (tag.name == "Undo") {
            if (tag.value != "free" && tag.value != "fair")
                refuse(tag.line, "the tag Undo takes free or fair, not " + shown(tag.value));
            record_.undo = tag.value == "free" ? UndoPolicy::free : UndoPolicy::fair;
        } else if (tag.name == "Position") {
            record_.position = tag.value;
        } else if (tag.name == "Date") {
            record_.date = tag.value;
        } else if (tag.name == "Result") {
            read_result(tag);
        } else if (tag.name == "Ending") {
            record_.ending = parse_ending(tag.value);
            if (!record_.ending) refuse(tag.line, shown(tag.value) + " is not a way in which a game ends");
        } else if (tag.name == "Fault") {
            record_.fault = static_cast<std::uint32_t>(count_of(tag, 1, PARLOUR_MAX_PLAYERS)) - 1;
        } else if (tag.name == "Detail") {
            record_.detail = tag.value;
        } else {
            record_.extra.emplace(tag.name, tag.value);
        }
    }

    // What has to be there, and fit together, when the record ends.
    void finish(std::uint32_t line) {
        if (record_.game.empty()) refuse(line, "the record does not say which game it is; it needs a tag Game");
        if (!seen_.contains("Result"))
            refuse(line, "the record does not say its result; it needs a tag Result (\"*\" for an unfinished game)");
        if (record_.ending.has_value() == record_.utilities.empty())
            refuse(line, "the tags Result and Ending do not fit: an ending needs a result, and a result an ending");
        if ((record_.ending && has_fault(*record_.ending)) != record_.fault.has_value())
            refuse(line, "the tags Ending and Fault do not fit: Fault says who lost by resigning, time or failing");
        for (std::size_t at = 0; at < seats_.size(); ++at) {
            const std::string number = std::to_string(at + 1);
            if (!seats_[at].there)
                refuse(seats_[at].line, "there are tags of seat " + number + ", but no Seat" + number);
            record_.seats.push_back(seats_[at].seat);
        }
    }

private:
    struct Chair {
        Seat seat;
        bool there = false;
        std::uint32_t line = 0;
    };

    // Whether the tag is one of a seat.
    bool seat_tag(const Tag &tag, std::string_view word, std::string_view digits) {
        const bool mine =
            word == "Seat" || word == "Engine" || word == "EngineOption" || word == "Level" || word == "Limits";
        if (!mine) return false;
        const std::optional<std::uint64_t> number = parse_count(digits);
        if (!number || *number < 1 || *number > PARLOUR_MAX_PLAYERS || digits[0] == '0')
            refuse(tag.line, fmt::format("the tag {} names a seat that does not exist; seats are 1 to {}", tag.name,
                                         PARLOUR_MAX_PLAYERS));
        if (word != "EngineOption" && !seen_.insert(tag.name).second)
            refuse(tag.line, "the tag " + tag.name + " is given twice");
        if (seats_.size() < *number) seats_.resize(*number);
        Chair &chair = seats_[*number - 1];
        chair.line = tag.line;
        if (word == "Seat") {
            chair.there = true;
            chair.seat.name = tag.value;
        } else if (word == "Engine") {
            if (tag.value.empty()) refuse(tag.line, "the tag " + tag.name + " has to name an engine");
            chair.seat.kind = Seat::Kind::engine;
            chair.seat.engine = tag.value;
        } else if (word == "EngineOption") {
            add_option(chair.seat.options, tag);
        } else if (word == "Level") {
            chair.seat.level = static_cast<int>(count_of(tag, lowest_level, highest_level));
        } else {
            chair.seat.limits = limits_of(tag);
        }
        return true;
    }

    void read_result(const Tag &tag) {
        if (tag.value == "*") return;
        std::string_view rest = tag.value;
        do {
            const std::string_view word = rest.substr(0, rest.find(' '));
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
            const std::optional<float> value = parse_number(word);
            if (!value || record_.utilities.size() == PARLOUR_MAX_PLAYERS)
                refuse(tag.line, "the tag Result takes one number a player, or \"*\", not " + shown(tag.value));
            record_.utilities.push_back(*value);
        } while (!rest.empty());
    }

    Record &record_;
    std::set<std::string> seen_;
    std::vector<Chair> seats_;
};

// used 1.25s, value 0.35, depth 8, nodes 1234, note "..."
void read_comment(RecordPly &ply, std::string_view text) {
    const auto no_comment = [&](std::string_view part) {
        refuse(ply.line, shown(part) +
                             " is not a remark on a move; write {used 2s, value 0.5, depth 8, nodes 1000, "
                             "note \"text\"}, or leave parts out");
    };
    std::set<std::string_view> seen;
    while (!text.empty()) {
        const std::size_t space = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, space);
        if (!seen.insert(word).second) no_comment(text);
        if (word == "note") {
            const std::string_view quoted = text.substr(std::min(text.size(), space + 1));
            const bool whole = quoted.size() >= 2 && quoted.front() == '"' && quoted.back() == '"';
            const std::optional<std::string> note =
                whole ? unescape(quoted.substr(1, quoted.size() - 2)) : std::nullopt;
            if (!note) no_comment(text);
            ply.note.text = *note;
            return; // the note is the last part: it may have commas in it
        }
        const std::size_t comma = std::min(text.find(", "), text.size());
        const std::string_view part = text.substr(0, comma);
        const std::string_view value = part.substr(std::min(part.size(), space + 1));
        const std::optional<std::uint64_t> count = parse_count(value);
        if (const Result<std::chrono::nanoseconds> used = parse_duration(value); word == "used" && used) {
            ply.used = *used;
        } else if (const std::optional<float> number = parse_number(value); word == "value" && number) {
            if (*number < -1 || *number > 1) no_comment(part);
            ply.note.value = number;
        } else if (word == "depth" && count && *count <= UINT32_MAX) {
            ply.note.depth = static_cast<std::uint32_t>(*count);
        } else if (word == "nodes" && count) {
            ply.note.nodes = *count;
        } else {
            no_comment(part);
        }
        text.remove_prefix(std::min(text.size(), comma + 2));
    }
}

// 12. text {comment}    or    12~ text
RecordPly read_ply(const Line &line, std::size_t number) {
    RecordPly ply;
    ply.line = line.number;
    const std::string expected = std::to_string(number);
    std::string_view text = line.text;
    const bool starts = text.starts_with(expected) && text.size() > expected.size() + 2 &&
                        (text[expected.size()] == '.' || text[expected.size()] == '~') &&
                        text[expected.size() + 1] == ' ';
    if (!starts)
        refuse(line.number, fmt::format("move {} is expected here, written as \"{}. move\" (or \"{}~ result\" where "
                                        "chance decided), not {}",
                                        number, number, number, shown(text)));
    ply.chance = text[expected.size()] == '~';
    text.remove_prefix(expected.size() + 2);
    if (const std::size_t brace = text.find(" {"); brace != text.npos) {
        std::string_view comment = text.substr(brace + 2);
        if (!comment.ends_with('}'))
            refuse(line.number, "the remark " + shown(comment) + " is not closed by a brace");
        comment.remove_suffix(1);
        read_comment(ply, comment);
        text = text.substr(0, brace);
    }
    const std::optional<std::string> move = unescape(text);
    if (!move || move->empty()) refuse(line.number, shown(text) + " is not the text of a move");
    ply.text = *move;
    return ply;
}

// Goes through a text line by line.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}
    std::uint32_t number() const { return number_; }

    // The next line that is not blank; `seen`, if given, collects every line passed, blank ones included.
    std::optional<Line> next(std::string *seen) {
        while (!rest_.empty()) {
            const std::size_t end = rest_.find('\n');
            std::string_view text = rest_.substr(0, end);
            rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
            ++number_;
            if (text.ends_with('\r')) text.remove_suffix(1);
            last_ = text;
            while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
            if (!text.empty()) return Line{text, number_};
            if (seen != nullptr) pass(*seen);
        }
        return std::nullopt;
    }
    // Counts the line that next() gave among the checked ones.
    void pass(std::string &seen) const {
        seen += last_;
        seen += '\n';
    }

private:
    std::string_view rest_, last_;
    std::uint32_t number_ = 0;
};

void read_check(const Tag &tag, const std::string &seen) {
    if (tag.value == no_check || tag.value == check_of(seen)) return;
    refuse(tag.line,
           "the record was changed or damaged after it was written; if you changed it on purpose, make its "
           "last line [Check \"none\"]");
}

Record read_record(Lines &lines, const Line &first) {
    Record record;
    record.line = first.number;
    std::string seen;
    lines.pass(seen);
    const Tag opening = read_tag(first);
    if (opening.name != "Parlour")
        refuse(first.number, "a record begins with [Parlour \"1\"], not with the tag " + opening.name);
    const std::uint64_t made_for = count_of(opening, 1, UINT32_MAX);
    if (made_for > version)
        throw RefusedLine{first.number,
                          fmt::format("the record is of format {}, and this program reads formats up to {}; a newer "
                                      "version of it is needed",
                                      made_for, version),
                          PARLOUR_E_VERSION};
    TagReader tags(record);
    while (const std::optional<Line> line = lines.next(&seen)) {
        if (line->text.front() == '[') {
            const Tag tag = read_tag(*line);
            if (tag.name == "Check") {
                read_check(tag, seen);
                tags.finish(record.line);
                return record;
            }
            if (!record.plies.empty()) refuse(tag.line, "the tag " + tag.name + " has to stand before the moves");
            tags.add(tag);
        } else {
            if (record.plies.size() >= longest_match)
                refuse(line->number, fmt::format("a game has at most {} moves", longest_match));
            record.plies.push_back(read_ply(*line, record.plies.size() + 1));
        }
        lines.pass(seen);
    }
    refuse(lines.number(), "the record breaks off here: its last line, the tag Check, is missing");
}

} // namespace

Result<std::vector<Record>> parse_records(std::string_view text) {
    try {
        if (!valid_utf8(text))
            return Problem{"The file is not a text in UTF-8, so it is no record of games.", PARLOUR_E_PARSE};
        if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
        std::vector<Record> out;
        Lines lines(text);
        while (const std::optional<Line> first = lines.next(nullptr)) {
            if (first->text.front() != '[') refuse(first->number, "a record begins with [Parlour \"1\"]");
            out.push_back(read_record(lines, *first));
        }
        return out;
    } catch (const RefusedLine &refusal) {
        return Problem{fmt::format("Line {}: {}.", refusal.line, refusal.sentence), refusal.code};
    }
}

Result<Record> parse_record(std::string_view text) {
    Result<std::vector<Record>> records = parse_records(text);
    if (!records) return records.problem();
    if (records->empty())
        return Problem{"There is no record in the text; one begins with [Parlour \"1\"].", PARLOUR_E_PARSE};
    if (records->size() > 1)
        return Problem{
            fmt::format("Line {}: a second record begins here, but only one is wanted.", (*records)[1].line),
            PARLOUR_E_PARSE};
    return std::move(records->front());
}

} // namespace parlour::host
