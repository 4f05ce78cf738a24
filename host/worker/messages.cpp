#include "host/worker/messages.hpp"

#include "host/plugins/text.hpp"
#include "host/worker/cbor_bounds.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace parlour::host::worker {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_word = 4096;      // ids, names, paths
constexpr std::size_t longest_text = 128 << 10; // reports and details
constexpr std::size_t most_bytes = 15u << 20;   // of a position, or of all moves

// What is wrong with a message, to be caught by decode_message.
struct Wrong {
    std::string sentence;
};

Json binary(const void *data, std::size_t size) {
    const auto *first = static_cast<const std::uint8_t *>(data);
    return Json::binary(std::vector<std::uint8_t>(first, first + size));
}
Json binary(const Bytes &bytes) {
    return binary(bytes.data(), bytes.size());
}
Json packed(const std::vector<Move> &moves) {
    return binary(moves.data(), moves.size() * sizeof(Move));
}

// Reads the fields of one object; throws Wrong.
class Fields {
public:
    Fields(const Json &object, std::string type) : object_(object), type_(std::move(type)) {
        if (!object.is_object()) throw Wrong{fmt::format("{} is not an object", type_)};
    }

    bool has(const char *key) const { return object_.contains(key); }
    Fields inner(const char *key) const { return {at(key), fmt::format("{}.{}", type_, key)}; }

    std::vector<Fields> objects(const char *key) const {
        const Json &value = at(key);
        if (!value.is_array()) bad(key, "is not a list");
        std::vector<Fields> out;
        for (const Json &each : value) out.emplace_back(each, fmt::format("{}.{}", type_, key));
        return out;
    }

    template <class Number>
    Number number(const char *key, Number most = std::numeric_limits<Number>::max()) const {
        const Json &value = at(key);
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(most))
            bad(key, "is no whole number within its bounds");
        return static_cast<Number>(value.get<std::uint64_t>());
    }
    std::int64_t signed_number(const char *key, std::int64_t least, std::int64_t most) const {
        const Json &value = at(key);
        const bool fits = value.is_number_unsigned() ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most)
                          : value.is_number_integer()
                              ? value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most
                              : false;
        if (!fits) bad(key, "is no whole number within its bounds");
        return value.get<std::int64_t>();
    }
    bool truth(const char *key) const {
        const Json &value = at(key);
        if (!value.is_boolean()) bad(key, "is neither true nor false");
        return value.get<bool>();
    }
    float real(const char *key) const {
        const Json &value = at(key);
        if (!value.is_number()) bad(key, "is not a number");
        const double real = value.get<double>();
        if (!std::isfinite(real) || std::abs(real) > 1e6) bad(key, "is not a number within its bounds");
        return static_cast<float>(real);
    }
    std::string text(const char *key, std::size_t longest = longest_word) const {
        const Json &value = at(key);
        if (!value.is_string()) bad(key, "is not a text");
        const auto &text = value.get_ref<const std::string &>();
        if (text.size() > longest) bad(key, "is too long");
        if (!valid_utf8(text)) bad(key, "is not UTF-8");
        return text;
    }
    OptionMap options(const char *key) const {
        const Json &value = at(key);
        if (!value.is_object()) bad(key, "is not an object");
        OptionMap out;
        for (const auto &[id, text] : value.items()) {
            if (!text.is_string() || !valid_utf8(id) || !valid_utf8(text.get_ref<const std::string &>()))
                bad(key, "holds a value that is not a text");
            out[id] = text.get<std::string>();
        }
        return out;
    }
    // Bytes that hold whole values of type T.
    template <class T>
    std::vector<T> values(const char *key, std::size_t most) const {
        const Json &value = at(key);
        if (!value.is_binary()) bad(key, "is not bytes");
        const auto &from = value.get_binary();
        if (from.size() % sizeof(T) != 0 || from.size() / sizeof(T) > most)
            bad(key, "has a length that it cannot have");
        std::vector<T> out(from.size() / sizeof(T));
        if (!out.empty()) std::memcpy(out.data(), from.data(), from.size());
        return out;
    }

private:
    const Json &at(const char *key) const {
        const auto found = object_.find(key);
        if (found == object_.end()) throw Wrong{fmt::format("{} lacks {}", type_, key)};
        return *found;
    }
    [[noreturn]] void bad(const char *key, const char *what) const {
        throw Wrong{fmt::format("{}.{} {}", type_, key, what)};
    }

    const Json &object_;
    std::string type_;
};

// ---- limits, choices and reports ----

Json limits_json(const SearchLimits &limits) {
    Json out{{"lines", limits.lines}, {"seed", limits.seed}};
    const auto time = [&](const char *key, const std::optional<std::chrono::nanoseconds> &value) {
        if (value) out[key] = static_cast<std::uint64_t>(std::max<std::int64_t>(0, value->count()));
    };
    time("soft_ns", limits.soft_time);
    time("hard_ns", limits.hard_time);
    if (limits.nodes) out["nodes"] = *limits.nodes;
    if (limits.playouts) out["playouts"] = *limits.playouts;
    if (limits.depth) out["depth"] = *limits.depth;
    if (limits.strength) out["strength"] = *limits.strength;
    if (!limits.only.empty()) out["only"] = packed(limits.only);
    return out;
}

SearchLimits limits_of(const Fields &fields) {
    SearchLimits out;
    out.lines = fields.number<std::uint32_t>("lines");
    out.seed = fields.number<std::uint64_t>("seed");
    const auto time = [&](const char *key) -> std::optional<std::chrono::nanoseconds> {
        if (!fields.has(key)) return std::nullopt;
        return std::chrono::nanoseconds(fields.number<std::int64_t>(key));
    };
    out.soft_time = time("soft_ns");
    out.hard_time = time("hard_ns");
    if (fields.has("nodes")) out.nodes = fields.number<std::uint64_t>("nodes");
    if (fields.has("playouts")) out.playouts = fields.number<std::uint64_t>("playouts");
    if (fields.has("depth")) out.depth = fields.number<std::uint32_t>("depth");
    if (fields.has("strength")) out.strength = fields.number<std::uint32_t>("strength");
    if (fields.has("only")) out.only = fields.values<Move>("only", most_bytes / sizeof(Move));
    return out;
}

Json choice_json(const PluginChoice &choice) {
    return {{"file", choice.file}, {"id", choice.id}, {"options", Json(choice.options)}};
}

PluginChoice choice_of(const Fields &fields) {
    return {fields.text("file"), fields.text("id"), fields.options("options")};
}

Survey survey_of(const Fields &fields) {
    Survey out{choice_of(fields.inner("engine")), fields.text("name"), {}};
    for (const Fields &game : fields.objects("games")) out.games.push_back(choice_of(game));
    return out;
}

Json info_json(const SearchInfo &info) {
    Json out{{"rank", info.rank}, {"depth", info.depth}, {"nodes", info.nodes}, {"proven", info.proven}};
    if (info.value) out["value"] = *info.value;
    if (!info.line.empty()) out["line"] = packed(info.line);
    if (!info.stats.empty()) out["stats"] = binary(info.stats.data(), info.stats.size() * sizeof info.stats[0]);
    if (!info.text.empty()) out["text"] = info.text;
    return out;
}

SearchInfo info_of(const Fields &fields) {
    constexpr std::size_t most_stats = 65536;
    SearchInfo out;
    out.rank = std::max<std::uint32_t>(1, fields.number<std::uint32_t>("rank"));
    out.depth = fields.number<std::uint32_t>("depth");
    out.nodes = fields.number<std::uint64_t>("nodes");
    out.proven = fields.truth("proven");
    if (fields.has("value")) out.value = fit_value(fields.real("value"));
    if (fields.has("line")) out.line = fields.values<Move>("line", longest_info_line);
    if (fields.has("stats")) out.stats = fields.values<parlour_move_stat>("stats", most_stats);
    for (parlour_move_stat &stat : out.stats) {
        stat.reserved0 = 0;
        stat.value = fit_value(stat.value).value_or(0);
        stat.prior = std::isfinite(stat.prior) ? std::clamp(stat.prior, 0.0f, 1.0f) : 0.0f;
    }
    if (fields.has("text")) out.text = one_line(fields.text("text"), longest_info_text);
    return out;
}

// ---- one pair of functions a message ----

Json to_json(const Hello &hello) {
    return {{"type", "hello"},          {"protocol", hello.protocol}, {"memory", hello.memory_bytes},
            {"cpu", hello.cpu_seconds}, {"layers", hello.layers},     {"parent", hello.parent}};
}
Json to_json(const Load &load) {
    return {{"type", "load"},
            {"game", choice_json(load.game)},
            {"engine", choice_json(load.engine)},
            {"name", load.engine_name}};
}
Json to_json(const Survey &survey) {
    Json games = Json::array();
    for (const PluginChoice &game : survey.games) games.push_back(choice_json(game));
    return {{"type", "survey"},
            {"engine", choice_json(survey.engine)},
            {"name", survey.engine_name},
            {"games", std::move(games)}};
}
Json to_json(const Bind &) {
    return {{"type", "bind"}};
}
Json to_json(const Ping &) {
    return {{"type", "ping"}};
}
Json to_json(const Search &search) {
    Json out{{"type", "search"}, {"state", binary(search.state)}, {"limits", limits_json(search.limits)}};
    if (search.start) {
        out["start"] = binary(*search.start);
        out["moves"] = packed(search.moves);
    }
    return out;
}
Json to_json(const GameOver &over) {
    Json out{{"type", "over"}, {"state", binary(over.state)}, {"player", over.player}};
    if (over.start) {
        out["start"] = binary(*over.start);
        out["moves"] = packed(over.moves);
    }
    return out;
}
Json to_json(const AskRules &ask) {
    return {{"type", "rules"}, {"call", ask.call}, {"arguments", binary(ask.arguments)}};
}
Json to_json(const Stop &stop) {
    return {{"type", "stop"}, {"request", stop.request}, {"level", stop.level}};
}
Json to_json(const Bye &) {
    return {{"type", "bye"}};
}
Json to_json(const Ready &ready) {
    return {{"type", "ready"},
            {"request", ready.request},
            {"report", ready.report},
            {"game", ready.game_id},
            {"state_size", ready.state_size},
            {"players", ready.players},
            {"max_moves", ready.max_moves},
            {"traces", ready.traces}};
}
Json to_json(const Done &done) {
    return {{"type", "done"}, {"request", done.request}};
}
Json to_json(const Score &score) {
    return {{"type", "score"}, {"request", score.request}, {"score", score.score}, {"why", score.why}};
}
Json to_json(const RulesAnswer &answer) {
    return {{"type", "told"}, {"request", answer.request}, {"result", binary(answer.result)}};
}
Json to_json(const Progress &progress) {
    return {{"type", "info"}, {"request", progress.request}, {"info", info_json(progress.info)}};
}
Json to_json(const Answer &message) {
    const EngineAnswer &answer = message.answer;
    Json out{{"type", "result"},        {"request", message.request}, {"move", answer.move},
             {"proven", answer.proven}, {"resign", answer.resign},    {"nodes", answer.nodes},
             {"depth", answer.depth}};
    if (answer.value) out["value"] = *answer.value;
    return out;
}
Json to_json(const Failure &failure) {
    return {{"type", "error"},
            {"request", failure.request},
            {"code", failure.code},
            {"message", failure.sentence},
            {"details", failure.details}};
}
Json to_json(const LogLine &line) {
    return {{"type", "log"}, {"severity", line.severity}, {"who", line.who}, {"text", line.text}};
}

std::uint64_t request_of(const Fields &fields) {
    return fields.number<std::uint64_t>("request");
}

Message search_of(const Fields &fields) {
    Search out;
    out.state = fields.values<std::byte>("state", most_bytes);
    out.limits = limits_of(fields.inner("limits"));
    if (fields.has("start")) {
        out.start = fields.values<std::byte>("start", most_bytes);
        out.moves = fields.values<Move>("moves", most_bytes / sizeof(Move));
    }
    return out;
}

Message over_of(const Fields &fields) {
    GameOver out;
    out.state = fields.values<std::byte>("state", most_bytes);
    out.player = fields.number<std::uint32_t>("player");
    if (fields.has("start")) {
        out.start = fields.values<std::byte>("start", most_bytes);
        out.moves = fields.values<Move>("moves", most_bytes / sizeof(Move));
    }
    return out;
}

Message answer_of(const Fields &fields) {
    Answer out;
    out.request = request_of(fields);
    out.answer.move = fields.number<Move>("move");
    if (fields.has("value")) out.answer.value = fit_value(fields.real("value"));
    out.answer.proven = fields.truth("proven");
    out.answer.resign = fields.truth("resign");
    out.answer.nodes = fields.number<std::uint64_t>("nodes");
    out.answer.depth = fields.number<std::uint32_t>("depth");
    return out;
}

Message message_of(const std::string &type, const Fields &fields) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    if (type == "hello")
        return Hello{fields.number<std::uint32_t>("protocol"), fields.number<std::uint64_t>("memory"),
                     fields.number<std::uint32_t>("cpu"), fields.number<std::uint32_t>("layers"),
                     fields.number<std::int64_t>("parent")};
    if (type == "load")
        return Load{choice_of(fields.inner("game")), choice_of(fields.inner("engine")), fields.text("name")};
    if (type == "survey") return survey_of(fields);
    if (type == "bind") return Bind{};
    if (type == "ping") return Ping{};
    if (type == "search") return search_of(fields);
    if (type == "over") return over_of(fields);
    if (type == "rules")
        return AskRules{fields.number<std::uint32_t>("call"), fields.values<std::byte>("arguments", most_bytes)};
    if (type == "stop") return Stop{request_of(fields), fields.number<std::uint32_t>("level", PARLOUR_STOP_NOW)};
    if (type == "bye") return Bye{};
    if (type == "ready")
        return Ready{request_of(fields),
                     fields.text("report", longest_text),
                     fields.text("game"),
                     fields.number<std::uint32_t>("state_size"),
                     fields.number<std::uint32_t>("players"),
                     fields.number<std::uint32_t>("max_moves"),
                     fields.truth("traces")};
    if (type == "done") return Done{request_of(fields)};
    if (type == "score")
        return Score{request_of(fields), fields.number<std::int32_t>("score", 100), fields.text("why")};
    if (type == "told") return RulesAnswer{request_of(fields), fields.values<std::byte>("result", most_bytes)};
    if (type == "info") return Progress{request_of(fields), info_of(fields.inner("info"))};
    if (type == "result") return answer_of(fields);
    if (type == "error")
        return Failure{request_of(fields), static_cast<std::int32_t>(fields.signed_number("code", -most, most)),
                       fields.text("message", longest_text), fields.text("details", longest_text)};
    if (type == "log")
        return LogLine{static_cast<std::int32_t>(fields.signed_number("severity", -most, most)), fields.text("who"),
                       fields.text("text", longest_text)};
    throw Wrong{fmt::format("there is no message \"{}\"", one_line(type, 40))};
}

} // namespace

std::string fit_lines(std::string_view text) {
    constexpr std::size_t most = 64u << 10, longest_line = 2000;
    if (text.size() > most) text.remove_prefix(text.size() - most);
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out += one_line(text.substr(0, end), longest_line) + "\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

Bytes encode_message(const Message &message) {
    const Json json = std::visit([](const auto &one) { return to_json(one); }, message);
    const std::vector<std::uint8_t> cbor = Json::to_cbor(json);
    Bytes out(cbor.size());
    std::memcpy(out.data(), cbor.data(), cbor.size());
    return out;
}

Result<Message> decode_message(std::span<const std::byte> bytes) {
    if (const std::string problem = cbor_problem(bytes); !problem.empty())
        return Problem{"the bytes " + problem, PARLOUR_E_PARSE};
    try {
        const auto *first = reinterpret_cast<const std::uint8_t *>(bytes.data());
        const Json json = Json::from_cbor(first, first + bytes.size());
        const Fields fields(json, "a message");
        const std::string type = fields.text("type", 40);
        return message_of(type, Fields(json, type));
    } catch (const Wrong &wrong) {
        return Problem{wrong.sentence, PARLOUR_E_PARSE};
    } catch (const Json::exception &) {
        return Problem{"the bytes are not a message", PARLOUR_E_PARSE};
    }
}

} // namespace parlour::host::worker
