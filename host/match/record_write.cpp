#include "host/match/duration.hpp"
#include "host/match/record.hpp"
#include "host/match/record_format.hpp"

#include <fmt/format.h>

namespace parlour::host {

using namespace record_format;

namespace {

class Writer {
public:
    void tag(std::string_view name, std::string_view value) {
        text_ += fmt::format("[{} \"{}\"]\n", name, escape(value));
    }
    void line(std::string_view text) {
        text_ += text;
        text_ += '\n';
    }
    std::string take() { return std::move(text_); }
    const std::string &text() const { return text_; }

private:
    std::string text_;
};

void write_seat(Writer &out, const Seat &seat, std::size_t number) {
    const auto name = [&](std::string_view word) { return fmt::format("{}{}", word, number); };
    out.tag(name("Seat"), seat.name);
    if (seat.is_person()) return;
    out.tag(name("Engine"), seat.engine);
    for (const auto &[id, value] : seat.options) out.tag(name("EngineOption"), id + "=" + value);
    out.tag(name("Level"), std::to_string(seat.level));
    if (!seat.limits.any()) return;
    std::string limits;
    if (seat.limits.time) limits += " time=" + duration_text(*seat.limits.time);
    if (seat.limits.nodes) limits += fmt::format(" nodes={}", *seat.limits.nodes);
    if (seat.limits.playouts) limits += fmt::format(" playouts={}", *seat.limits.playouts);
    if (seat.limits.depth) limits += fmt::format(" depth={}", *seat.limits.depth);
    out.tag(name("Limits"), limits.substr(1));
}

std::string ply_text(const RecordPly &ply, std::size_t number) {
    std::string comment;
    const auto add = [&](const std::string &part) { comment += (comment.empty() ? "" : ", ") + part; };
    if (ply.used.count() != 0) add("used " + duration_text(ply.used));
    if (ply.note.value) add("value " + number_text(*ply.note.value));
    if (ply.note.depth != 0) add(fmt::format("depth {}", ply.note.depth));
    if (ply.note.nodes != 0) add(fmt::format("nodes {}", ply.note.nodes));
    if (!ply.note.text.empty()) add("note \"" + escape(ply.note.text) + "\"");
    std::string out = fmt::format("{}{} {}", number, ply.chance ? '~' : '.', escape(ply.text));
    if (!comment.empty()) out += " {" + comment + "}";
    return out;
}

void write_result(Writer &out, const Record &record) {
    if (!record.ending) {
        out.tag("Result", "*");
        return;
    }
    std::string utilities;
    for (const float value : record.utilities) utilities += (utilities.empty() ? "" : " ") + number_text(value);
    out.tag("Result", utilities);
    out.tag("Ending", ending_text(*record.ending));
    if (record.fault) out.tag("Fault", std::to_string(*record.fault + 1));
    if (!record.detail.empty()) out.tag("Detail", record.detail);
}

} // namespace

Record to_record(const Match &match, std::string date, std::map<std::string, std::string> extra) {
    const Game &game = match.game();
    Record out;
    out.game = game.id();
    out.options = game.options();
    out.variant = game.variant();
    out.seats = match.seats();
    out.seed = match.setup().seed;
    out.time = match.setup().time;
    out.max_plies = match.setup().max_plies;
    out.undo = match.setup().undo;
    if (match.setup().start) out.position = game.state_text(match.position(0));
    out.date = std::move(date);
    out.extra = std::move(extra);
    if (const std::optional<Outcome> &outcome = match.outcome()) {
        out.ending = outcome->ending;
        out.fault = outcome->fault;
        out.detail = outcome->detail;
        out.utilities = outcome->utilities;
    }
    for (std::size_t at = 0; at < match.plies(); ++at) {
        const Ply &ply = match.ply(at);
        out.plies.push_back({game.move_text(match.position(at), ply.move), ply.is_chance(), ply.used, ply.note, 0});
    }
    return out;
}

std::string write_record(const Record &record) {
    Writer out;
    out.tag("Parlour", std::to_string(version));
    out.tag("Game", record.game);
    for (const auto &[id, value] : record.options) out.tag("Option", id + "=" + value);
    if (!record.variant.empty()) out.tag("Variant", record.variant);
    for (std::size_t at = 0; at < record.seats.size(); ++at) write_seat(out, record.seats[at], at + 1);
    out.tag("Seed", std::to_string(record.seed));
    if (record.time.kind != TimeControl::Kind::none) out.tag("Time", record.time.text());
    if (record.max_plies != 0) out.tag("MaxPlies", std::to_string(record.max_plies));
    if (record.undo == UndoPolicy::free) out.tag("Undo", "free");
    if (record.position) out.tag("Position", *record.position);
    if (!record.date.empty()) out.tag("Date", record.date);
    for (const auto &[name, value] : record.extra) out.tag(name, value);
    write_result(out, record);
    out.line("");
    for (std::size_t at = 0; at < record.plies.size(); ++at) out.line(ply_text(record.plies[at], at + 1));
    if (!record.plies.empty()) out.line("");
    out.tag("Check", check_of(out.text()));
    return out.take();
}

std::string write_record(const Match &match, std::string date, std::map<std::string, std::string> extra) {
    return write_record(to_record(match, std::move(date), std::move(extra)));
}

} // namespace parlour::host
