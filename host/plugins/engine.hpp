// An engine instance, owned: an interface, and the one that stands on a plugin loaded into this process. Create and
// destroy on the main thread; bind and search on one worker thread at a time.
#pragma once

#include "host/plugins/game.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <span>

namespace parlour::host {

// What ends a search; what is not set does not limit it. Without any limit it runs until it is stopped.
struct SearchLimits {
    std::optional<std::chrono::nanoseconds> soft_time, hard_time;
    std::optional<std::uint64_t> nodes, playouts;
    std::optional<std::uint32_t> depth;
    std::optional<std::uint32_t> strength; // 0..1000
    std::uint32_t lines = 1;
    std::uint64_t seed = 1;
    std::vector<Move> only; // empty: all legal moves
};

// Progress of a search, owned.
struct SearchInfo {
    std::uint32_t rank = 1, depth = 0;
    std::uint64_t nodes = 0;
    std::optional<float> value; // [-1, 1] for the player to move at the root
    bool proven = false;
    std::vector<Move> line;
    std::vector<parlour_move_stat> stats;
    std::string text;
    std::chrono::nanoseconds time{0}; // since the search began
};

struct SearchResult {
    Move move = PARLOUR_MOVE_NONE; // legal at the root: checked
    std::optional<float> value;
    bool proven = false, resign = false;
    std::uint64_t nodes = 0;
    std::uint32_t depth = 0;
    std::chrono::nanoseconds time{0};
    // How many answers in this game came after their hard time, this one included, as far as the engine was let go
    // on so long.
    std::uint32_t late_answers = 0;
};

// Where a search starts. For games with hidden information the engine is given only the view of the player to move.
struct SearchRoot {
    const StateBuffer *state = nullptr; // the full position
    const StateBuffer *start = nullptr; // optional: where the game began, and the moves since
    std::span<const Move> moves{};
    bool is_view = false; // `state` is already what the player to move may see
};

// The last position of a game that is over, for an engine that had a seat in it.
struct LastPosition {
    const StateBuffer *state = nullptr; // the full position
    const StateBuffer *start = nullptr; // optional, with the moves since
    std::span<const Move> moves{};
    std::uint32_t player = 0; // the engine's seat
    bool is_view = false;     // `state` is already what the player may see
};

class Engine {
public:
    // How long an engine may take beyond its hard time limit, or after a stop, before it counts as stalled.
    static constexpr std::chrono::nanoseconds default_grace = std::chrono::milliseconds(250);

    Engine(std::string id, std::string name) : id_(std::move(id)), name_(std::move(name)) {}
    virtual ~Engine() = default;
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    const std::string &id() const { return id_; }
    const std::string &name() const { return name_; }

    // A new game begins. Keeps `game` alive until the next bind.
    virtual Result<void> bind(GamePtr game) = 0;

    // Blocks. `stop` is PARLOUR_GO until another thread raises it. `on_info` may be empty and is called on this
    // thread. A move that is not legal is a Problem with PARLOUR_E_ILLEGAL that names the engine and the move; an
    // engine whose process ended is one with problem_crashed, one that had to be ended one with problem_stalled.
    virtual Result<SearchResult> search(const SearchRoot &root, const SearchLimits &limits,
                                        const std::atomic<std::uint32_t> &stop,
                                        const std::function<void(const SearchInfo &)> &on_info) = 0;

    // The bound game is over; on the searches' thread. An engine that does not want to know says nothing.
    virtual Result<void> game_over(const LastPosition &) { return {}; }

    // How long a search with these limits may take beyond its hard time, or after a stop, before it counts as
    // stalled. [any]
    virtual std::chrono::nanoseconds grace(const SearchLimits &) const { return default_grace; }

    // Nobody waits for this engine any more: a bind that is under way may fail at once, later calls may too. [any]
    virtual void abandon() {}

private:
    std::string id_, name_;
};

// An engine of a plugin that is loaded into this process.
class LoadedEngine final : public Engine {
public:
    // Takes ownership of `raw` and destroys it at the end, before letting go of `keep_alive`. `details`, where there
    // is one, is asked on the search's thread for what there is to say about a failure beyond its sentence.
    LoadedEngine(const parlour_engine &raw, std::string id, std::string name,
                 std::shared_ptr<const void> keep_alive = {}, std::function<std::string()> details = {});
    ~LoadedEngine() override;

    Result<void> bind(GamePtr game) override;
    Result<SearchResult> search(const SearchRoot &root, const SearchLimits &limits,
                                const std::atomic<std::uint32_t> &stop,
                                const std::function<void(const SearchInfo &)> &on_info) override;
    Result<void> game_over(const LastPosition &last) override;

private:
    struct Conversation;

    std::shared_ptr<const void> keep_alive_;
    std::function<std::string()> details_;
    parlour_engine raw_;
    GamePtr game_; // null until bind succeeds
    // What a search is told and tells; lives as long as the engine, so that a thread of a faulty one that goes on
    // after its search finds something to talk to that no longer listens.
    std::unique_ptr<Conversation> conversation_;
};

using EnginePtr = std::unique_ptr<Engine>;

} // namespace parlour::host
