// What the host and a worker say to each other, typed, and as the bytes of one frame: a CBOR object each. Decoding is
// pure: bytes in, a message or a sentence out, whatever the bytes are. All functions are [any].
#pragma once

#include "host/plugins/engine_checks.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parlour::host::worker {

inline constexpr std::uint32_t protocol_version = 2;

using Bytes = std::vector<std::byte>;

// ---- host to worker ----

// The first word: what the worker locks itself down with.
struct Hello {
    std::uint32_t protocol = protocol_version;
    std::uint64_t memory_bytes = 0; // 0: no limit
    std::uint32_t cpu_seconds = 0;  // 0: no limit
    std::uint32_t layers = 0;       // SandboxLayer bits that are wanted
    std::int64_t parent = 0;        // the host's process number
};

// A game or an engine: its file, id and options.
struct PluginChoice {
    std::string file, id;
    OptionMap options;
};

// The rules and the engine to load; answered by Ready or Failure.
struct Load {
    PluginChoice game;
    PluginChoice engine; // without a file: the rules alone, for questions about them
    std::string engine_name;
};

// A new game begins; answered by Done or Failure.
struct Bind {};

// Instead of Load: how well an engine plays each of these games; answered by a Score or Failure for each in their
// order, after which the worker ends. The engine is not made.
struct Survey {
    PluginChoice engine;
    std::string engine_name;
    std::vector<PluginChoice> games;
};

// Nothing but an answer is wanted: Done.
struct Ping {};

// Search from a position; answered by any number of Progress, then Answer or Failure. One at a time.
struct Search {
    Bytes state; // the whole position; of games that hide something, what the player to move sees
    std::optional<Bytes> start;
    std::vector<Move> moves; // since start
    SearchLimits limits;     // times are from the receipt of this message
};

// The game is over; answered by Done or Failure.
struct GameOver {
    Bytes state; // as of Search
    std::optional<Bytes> start;
    std::vector<Move> moves;
    std::uint32_t player = 0; // the seat that the engine had
};

// A question about the rules, a RulesCall with its arguments packed (rules_call.hpp); answered by RulesAnswer or
// Failure.
struct AskRules {
    std::uint32_t call = 0;
    Bytes arguments;
};

// Raises the stop word of the search that frame `request` began.
struct Stop {
    std::uint64_t request = 0;
    std::uint32_t level = PARLOUR_STOP_NOW;
};

// The worker is to end.
struct Bye {};

// ---- worker to host; `request` is the sequence number of the frame that is answered ----

struct Ready {
    std::uint64_t request = 0;
    std::string report; // report_json() of what the worker locked itself down with
    std::string game_id;
    std::uint32_t state_size = 0, players = 0, max_moves = 0;
    bool traces = false; // writes where it is to its error output at SIGUSR1
};
struct Done {
    std::uint64_t request = 0;
};
struct Score {
    std::uint64_t request = 0;
    std::int32_t score = 0; // 0..100
    std::string why;
};
struct RulesAnswer {
    std::uint64_t request = 0;
    Bytes result; // packed
};
struct Progress {
    std::uint64_t request = 0;
    SearchInfo info; // without its time: the host's clock counts
};
struct Answer {
    std::uint64_t request = 0;
    EngineAnswer answer;
};
struct Failure {
    std::uint64_t request = 0;
    std::int32_t code = PARLOUR_E_FAIL;
    std::string sentence, details;
};
// A line of a plugin's log; answers nothing.
struct LogLine {
    std::int32_t severity = PARLOUR_LOG_INFO;
    std::string who, text;
};

using Message = std::variant<Hello, Load, Survey, Bind, Ping, Search, GameOver, AskRules, Stop, Bye, Ready, Done,
                             Score, RulesAnswer, Progress, Answer, Failure, LogLine>;

// Text of many lines made fit for people, each line as by one_line(); of more than 64 kB the end.
std::string fit_lines(std::string_view text);

// The bytes of a message. Text that is not UTF-8 and numbers that are not finite must not be in it.
Bytes encode_message(const Message &message);

// The message in a frame's bytes, or what is wrong with them: not CBOR, nested or long beyond reason, an unknown
// type, a field that is missing, of another kind or out of its range, text that is not UTF-8, a value that is not a
// number.
Result<Message> decode_message(std::span<const std::byte> bytes);

} // namespace parlour::host::worker
