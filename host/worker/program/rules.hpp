// The worker's answers to questions about the rules of its game.
#pragma once

#include "host/plugins/layers/tables.hpp"
#include "host/worker/rules_call.hpp"

#include <functional>

namespace parlour::host::worker {

class Rules {
public:
    // `game` outlives this object. `details` says what there is to say about a failure beyond that it happened.
    Rules(const parlour_game &game, std::function<std::string()> details);

    // The packed result, or how the rules failed. [main]
    Result<Bytes> answer(RulesCall call, std::span<const std::byte> arguments) const;

private:
    using Text = std::function<std::int32_t(char *buffer, std::uint32_t capacity)>;
    using List = std::function<std::uint32_t(std::uint32_t *moves, std::uint32_t capacity)>;

    Bytes facts() const;
    Bytes play(RulesCall call, Unpacker &from) const;
    Bytes name(RulesCall call, Unpacker &from) const;
    Bytes reckon(RulesCall call, Unpacker &from) const;
    Bytes explain(RulesCall call, Unpacker &from) const;
    Bytes show(RulesCall call, Unpacker &from) const;
    Bytes text(const Text &call) const;
    Bytes moves(const List &list) const;
    StateBuffer state(Unpacker &from) const;
    void put_state(Packer &into, const StateBuffer &state) const;
    template <class Table>
    const Table &table() const {
        return tables_.get<Table>();
    }

    GameTables tables_;
    parlour_game_info info_{};
    std::uint32_t parts_ = 0;
    std::function<std::string()> details_;
};

} // namespace parlour::host::worker
