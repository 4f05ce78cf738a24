// Text as a file of records: refused with a sentence, or read to the same again when it is written; and what can be
// loaded plays every move by the rules. A byte in front says whether the text gets the line that a record by hand
// ends with.
#include "games.hpp"
#include "host/match/record.hpp"
#include "input.hpp"

using namespace parlour;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input input(data, size);
    const bool by_hand = input.byte() % 2 == 1;
    const auto records = host::parse_records(input.text() + (by_hand ? "\n[Check \"none\"]\n" : ""));
    if (!records) {
        require(!records.sentence().empty(), "a refusal says why");
        return 0;
    }
    for (const host::Record &record : *records) {
        const std::string text = host::write_record(record);
        const auto again = host::parse_record(text);
        require(again.ok(), "what was written is read", text + again.sentence());
        require(host::write_record(*again) == text, "and is the same", text);
        const auto match = host::load_record(record, fuzz::make_game);
        require(match.ok() || !match.sentence().empty(), "a refusal says why");
        if (!match) continue;
        require(match->plies() == record.plies.size(), "every move was played", text);
        require(match->game().check(match->state()).ok(), "it ends in a position of the game", text);
    }
    return 0;
}
