#include "host/worker/program/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parlour::host::worker {

namespace {

// The rules say themselves that they failed.
struct Fault {};

// The first line of what there is to say: what happened, and where.
std::string first_line(std::string_view text) {
    return one_line(text.substr(0, text.find('\n')));
}

std::uint32_t sound(std::uint32_t turn) {
    if ((turn & PARLOUR_TURN_FAULT) == PARLOUR_TURN_FAULT) throw Fault{};
    return turn;
}

std::string text_of(const parlour_error &error) {
    const std::string out(error.text, strnlen(error.text, sizeof error.text));
    return valid_utf8(out) ? out : one_line(out);
}

} // namespace

Rules::Rules(const parlour_game &game, std::function<std::string()> details)
    : tables_(game), details_(std::move(details)) {
    info_.size = sizeof info_;
    tables_.api().info(tables_.self, &info_);
    const GameRef ref(game);
    const auto note = [&](bool there, std::uint32_t part) { parts_ |= there ? part : 0; };
    note(ref.chance() != nullptr, part_chance);
    note(ref.hidden() != nullptr, part_hidden);
    note(ref.eval() != nullptr, part_eval);
    note(ref.hints() != nullptr, part_hints);
    note(ref.hints() != nullptr && ref.hints()->noisy != nullptr, part_noisy);
    note(ref.playout() != nullptr, part_playout);
    note(ref.score() != nullptr, part_score);
    const parlour_game_help *help = ref.help();
    note(help != nullptr, part_help);
    note(help != nullptr && help->reason != nullptr, part_reason);
    note(help != nullptr && help->why_not != nullptr, part_why_not);
    note(help != nullptr && help->player_name != nullptr, part_player_name);
    note(ref.board() != nullptr, part_board);
}

Bytes Rules::facts() const {
    RulesFacts out{
        info_.flags,     info_.players,  info_.state_size, info_.max_moves, info_.move_space,
        info_.max_plies, info_.util_min, info_.util_max,   parts_,          table<parlour_game_board>().accent,
        info_.id,        info_.name,     info_.variant};
    return pack(out);
}

StateBuffer Rules::state(Unpacker &from) const {
    StateBuffer out(info_.state_size);
    std::memcpy(out.data(), from.raw(info_.state_size), info_.state_size);
    return out;
}

void Rules::put_state(Packer &into, const StateBuffer &state) const {
    into.raw(state.data(), info_.state_size);
}

// A text, or the status that came instead.
Bytes Rules::text(const Text &call) const {
    std::string out(256, '\0');
    std::int32_t length = call(out.data(), static_cast<std::uint32_t>(out.size()));
    if (length > static_cast<std::int32_t>(Unpacker::longest_text))
        throw Malformed{fmt::format("writes a text of {} bytes", length)};
    if (length >= static_cast<std::int32_t>(out.size())) {
        out.resize(static_cast<std::size_t>(length) + 1);
        length = std::min(call(out.data(), static_cast<std::uint32_t>(out.size())),
                          static_cast<std::int32_t>(out.size()) - 1);
    }
    out.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
    return Packer().put(std::min(length, 0)).text(out).take();
}

Bytes Rules::moves(const List &list) const {
    std::vector<std::uint32_t> out(info_.max_moves);
    const std::uint32_t n = list(out.data(), info_.max_moves);
    if (n == PARLOUR_COUNT_FAULT) throw Fault{};
    if (n > info_.max_moves)
        throw Malformed{fmt::format("lists {} moves where it says that there are at most {}", n, info_.max_moves)};
    return Packer().list(out.data(), n).take();
}

Bytes Rules::play(RulesCall call, Unpacker &from) const {
    const parlour_game_api &api = tables_.api();
    Packer out;
    if (call == RulesCall::initial) {
        StateBuffer fresh(info_.state_size);
        out.put(sound(api.initial(tables_.self, fresh.data(), from.get<std::uint64_t>())));
        put_state(out, fresh);
        return out.take();
    }
    StateBuffer position = state(from);
    switch (call) {
        case RulesCall::legal:
            return moves([&](std::uint32_t *list, std::uint32_t room) {
                return api.legal(tables_.self, position.data(), list, room);
            });
        case RulesCall::apply:
            out.put(sound(api.apply(tables_.self, position.data(), from.get<std::uint32_t>())));
            put_state(out, position);
            break;
        case RulesCall::turn:
            out.put(sound(api.turn(tables_.self, position.data())));
            break;
        case RulesCall::outcome: {
            std::vector<float> util(info_.players, info_.util_min);
            api.outcome(tables_.self, position.data(), util.data());
            out.list(util.data(), util.size());
            break;
        }
        default:
            out.put(api.hash(tables_.self, position.data()));
    }
    return out.take();
}

Bytes Rules::name(RulesCall call, Unpacker &from) const {
    const parlour_game_api &api = tables_.api();
    parlour_error error{};
    Packer out;
    if (call == RulesCall::parse_state) {
        const std::string text = from.text();
        StateBuffer position(info_.state_size);
        const parlour_status status = api.parse_state(tables_.self, text.c_str(), position.data(), &error);
        out.put(status).text(text_of(error));
        put_state(out, position);
        return out.take();
    }
    const StateBuffer position = state(from);
    switch (call) {
        case RulesCall::check: {
            const parlour_status status = api.check(tables_.self, position.data(), &error);
            return out.put(status).text(text_of(error)).take();
        }
        case RulesCall::move_text: {
            const auto move = from.get<std::uint32_t>();
            return text(
                [&](char *b, std::uint32_t n) { return api.move_text(tables_.self, position.data(), move, b, n); });
        }
        case RulesCall::parse_move: {
            const std::string text = from.text();
            std::uint32_t move = PARLOUR_MOVE_NONE;
            const parlour_status status = api.parse_move(tables_.self, position.data(), text.c_str(), &move, &error);
            return out.put(status).text(text_of(error)).put(move).take();
        }
        default:
            return text(
                [&](char *b, std::uint32_t n) { return api.state_text(tables_.self, position.data(), b, n); });
    }
}

Bytes Rules::reckon(RulesCall call, Unpacker &from) const {
    StateBuffer position = state(from);
    Packer out;
    switch (call) {
        case RulesCall::outcomes: {
            std::vector<float> probabilities(info_.max_moves);
            std::uint32_t count = 0;
            const Bytes listed = moves([&](std::uint32_t *list, std::uint32_t room) {
                return count = table<parlour_game_chance>().outcomes(tables_.self, position.data(), list,
                                                                     probabilities.data(), room);
            });
            return out.raw(listed.data(), listed.size()).list(probabilities.data(), count).take();
        }
        case RulesCall::sample: {
            parlour_rng rng{from.get<std::uint64_t>()};
            const std::uint32_t move = table<parlour_game_chance>().sample(tables_.self, position.data(), &rng);
            return out.put(move).put(rng.state).take();
        }
        case RulesCall::view: {
            StateBuffer seen(info_.state_size);
            table<parlour_game_hidden>().view(tables_.self, position.data(), from.get<std::uint32_t>(), seen.data());
            put_state(out, seen);
            return out.take();
        }
        case RulesCall::determinize: {
            const auto player = from.get<std::uint32_t>();
            parlour_rng rng{from.get<std::uint64_t>()};
            StateBuffer full(info_.state_size);
            out.put(
                table<parlour_game_hidden>().determinize(tables_.self, position.data(), player, &rng, full.data()));
            out.put(rng.state);
            put_state(out, full);
            return out.take();
        }
        case RulesCall::eval:
            return out.put(table<parlour_game_eval>().eval(tables_.self, position.data(), from.get<std::uint32_t>()))
                .take();
        case RulesCall::order: {
            const std::vector<std::uint32_t> list = from.list<std::uint32_t>(info_.max_moves);
            std::vector<std::int16_t> scores(list.size());
            table<parlour_game_hints>().order(tables_.self, position.data(), list.data(),
                                              static_cast<std::uint32_t>(list.size()), scores.data());
            return out.list(scores.data(), scores.size()).take();
        }
        case RulesCall::noisy:
            return moves([&](std::uint32_t *list, std::uint32_t room) {
                return table<parlour_game_hints>().noisy(tables_.self, position.data(), list, room);
            });
        default: {
            parlour_rng rng{from.get<std::uint64_t>()};
            const auto most = from.get<std::uint32_t>();
            std::vector<float> util(info_.players, info_.util_min);
            out.put(table<parlour_game_playout>().playout(tables_.self, position.data(), &rng, most, util.data()));
            out.put(rng.state).list(util.data(), util.size());
            put_state(out, position);
            return out.take();
        }
    }
}

Bytes Rules::explain(RulesCall call, Unpacker &from) const {
    const parlour_game_help &help = table<parlour_game_help>();
    if (call == RulesCall::rules)
        return text([&](char *b, std::uint32_t n) { return help.rules(tables_.self, b, n); });
    if (call == RulesCall::player_name) {
        const auto player = from.get<std::uint32_t>();
        return text([&](char *b, std::uint32_t n) { return help.player_name(tables_.self, player, b, n); });
    }
    const StateBuffer position = state(from);
    if (call == RulesCall::score)
        return Packer()
            .put(table<parlour_game_score>().score(tables_.self, position.data(), from.get<std::uint32_t>()))
            .take();
    if (call == RulesCall::reason)
        return text([&](char *b, std::uint32_t n) { return help.reason(tables_.self, position.data(), b, n); });
    const auto touched = from.get<std::uint32_t>(), then = from.get<std::uint32_t>();
    return text(
        [&](char *b, std::uint32_t n) { return help.why_not(tables_.self, position.data(), touched, then, b, n); });
}

Bytes Rules::show(RulesCall call, Unpacker &from) const {
    const parlour_game_board &board = table<parlour_game_board>();
    if (call == RulesCall::path) {
        const StateBuffer position = state(from);
        const auto move = from.get<std::uint32_t>(), alternative = from.get<std::uint32_t>();
        std::vector<parlour_step> steps(longest_path);
        const std::uint32_t n =
            board.path(tables_.self, position.data(), move, alternative, steps.data(), longest_path);
        if (n > longest_path) throw Malformed{fmt::format("gives a move a path of {} touches", n)};
        return Packer().list(steps.data(), n).take();
    }
    DrawingRecorder drawing;
    if (call == RulesCall::layout) {
        board.layout(tables_.self, drawing.face());
    } else {
        const StateBuffer position = state(from);
        board.scene(tables_.self, position.data(), from.get<std::uint32_t>(), drawing.face());
    }
    if (drawing.overflowed()) throw Malformed{fmt::format("draws more than {} things", DrawingRecorder::most_things)};
    return drawing.take();
}

Result<Bytes> Rules::answer(RulesCall call, std::span<const std::byte> arguments) const {
    const auto needs = [&](std::uint32_t part) {
        if ((parts_ & part) == 0) throw Malformed{"has no answer to what the host asked"};
    };
    try {
        Unpacker from(arguments);
        switch (call) {
            case RulesCall::facts:
                return facts();
            case RulesCall::initial:
            case RulesCall::legal:
            case RulesCall::apply:
            case RulesCall::turn:
            case RulesCall::outcome:
            case RulesCall::hash:
                return play(call, from);
            case RulesCall::check:
            case RulesCall::move_text:
            case RulesCall::parse_move:
            case RulesCall::state_text:
            case RulesCall::parse_state:
                return name(call, from);
            case RulesCall::outcomes:
            case RulesCall::sample:
                needs(part_chance);
                return reckon(call, from);
            case RulesCall::view:
            case RulesCall::determinize:
                needs(part_hidden);
                return reckon(call, from);
            case RulesCall::eval:
                needs(part_eval);
                return reckon(call, from);
            case RulesCall::order:
                needs(part_hints);
                return reckon(call, from);
            case RulesCall::noisy:
                needs(part_noisy);
                return reckon(call, from);
            case RulesCall::playout:
                needs(part_playout);
                return reckon(call, from);
            case RulesCall::score:
                needs(part_score);
                return explain(call, from);
            case RulesCall::rules:
                needs(part_help);
                return explain(call, from);
            case RulesCall::reason:
                needs(part_reason);
                return explain(call, from);
            case RulesCall::why_not:
                needs(part_why_not);
                return explain(call, from);
            case RulesCall::player_name:
                needs(part_player_name);
                return explain(call, from);
            case RulesCall::layout:
            case RulesCall::scene:
            case RulesCall::path:
                needs(part_board);
                return show(call, from);
            default:
                return Problem{"has no answer to what the host asked"};
        }
    } catch (const Malformed &wrong) {
        return Problem{wrong.sentence};
    } catch (const Fault &) {
        const std::string details = details_ ? details_() : std::string();
        const std::string said = first_line(details);
        return Problem{said.empty() ? "says that its rules failed" : "failed: " + said, PARLOUR_E_FAIL, details};
    } catch (...) {
        return Problem{"threw an exception; no exception may leave a plugin"};
    }
}

} // namespace parlour::host::worker
