#include "host/plugins/layers/layers.hpp"

#include "host/plugins/layers/tables.hpp"

namespace parlour::host {

namespace {

const GameLayerReport *report_of(const Game &game, const char *id) {
    const parlour_game &raw = game.ref().raw();
    if (!PARLOUR_HAS(raw.api, parlour_game_api, get_extension)) return nullptr;
    return static_cast<const GameLayerReport *>(raw.api->get_extension(raw.self, id));
}

std::string text_of(const GameLayerReport *report) {
    return report != nullptr ? report->text(report->layer) : "";
}
std::string json_of(const GameLayerReport *report, const char *none) {
    return report != nullptr ? report->json(report->layer) : none;
}

} // namespace

std::string trace_report(const Game &game) {
    return text_of(report_of(game, trace_report_id));
}
std::string trace_report_json(const Game &game) {
    return json_of(report_of(game, trace_report_id), "");
}
std::string check_report(const Game &game) {
    return text_of(report_of(game, check_report_id));
}
std::string check_report_json(const Game &game) {
    return json_of(report_of(game, check_report_id), "[]");
}

} // namespace parlour::host
