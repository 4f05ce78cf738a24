#include "host/plugins/engine.hpp"

#include "host/plugins/engine_checks.hpp"
#include "host/plugins/text.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <mutex>

namespace parlour::host {

namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t) &&
                  std::atomic<std::uint32_t>::is_always_lock_free,
              "engines read the stop word as a plain uint32_t");

// The limits as the C struct; `only` of `limits` must outlive it.
parlour_limits to_c(const SearchLimits &limits) {
    parlour_limits out{};
    out.size = sizeof out;
    const auto set = [&](std::uint32_t bit, const auto &from, auto &to) {
        if (!from) return;
        out.mask |= bit;
        to = *from;
    };
    const auto set_time = [&](std::uint32_t bit, const std::optional<std::chrono::nanoseconds> &from,
                              std::uint64_t &to) {
        if (!from) return;
        out.mask |= bit;
        to = static_cast<std::uint64_t>(std::max<std::int64_t>(0, from->count()));
    };
    set_time(PARLOUR_LIMIT_SOFT_TIME, limits.soft_time, out.soft_ns);
    set_time(PARLOUR_LIMIT_HARD_TIME, limits.hard_time, out.hard_ns);
    set(PARLOUR_LIMIT_NODES, limits.nodes, out.nodes);
    set(PARLOUR_LIMIT_PLAYOUTS, limits.playouts, out.playouts);
    set(PARLOUR_LIMIT_DEPTH, limits.depth, out.depth);
    set(PARLOUR_LIMIT_STRENGTH, limits.strength, out.strength);
    out.seed = limits.seed;
    out.lines = std::max<std::uint32_t>(1, limits.lines);
    if (!limits.only.empty()) {
        out.mask |= PARLOUR_LIMIT_MOVES;
        out.n_only = static_cast<std::uint32_t>(limits.only.size());
        out.only = limits.only.data();
    }
    return out;
}

// A copy of an engine's report with what does not make sense left out.
SearchInfo from_c(const parlour_info &theirs, std::uint32_t max_stats) {
    parlour_info in{};
    std::memcpy(&in, &theirs, std::min<std::size_t>(theirs.size, sizeof in));
    SearchInfo out;
    out.rank = std::max<std::uint32_t>(1, in.rank);
    if (in.mask & PARLOUR_INFO_DEPTH) out.depth = in.depth;
    if (in.mask & PARLOUR_INFO_NODES) out.nodes = in.nodes;
    if (in.mask & PARLOUR_INFO_VALUE) out.value = fit_value(in.value);
    out.proven = (in.mask & PARLOUR_INFO_PROVEN) != 0;
    if ((in.mask & PARLOUR_INFO_LINE) && in.line != nullptr)
        out.line.assign(in.line, in.line + std::min<std::size_t>(in.n_line, longest_info_line));
    if ((in.mask & PARLOUR_INFO_STATS) && in.stats != nullptr)
        out.stats.assign(in.stats, in.stats + std::min(in.n_stats, max_stats));
    if ((in.mask & PARLOUR_INFO_TEXT) && in.text != nullptr)
        out.text = one_line({in.text, strnlen(in.text, longest_info_text + 4)}, longest_info_text);
    return out;
}

} // namespace

struct LoadedEngine::Conversation {
    std::chrono::steady_clock::time_point began{};
    parlour_control control{};

    std::mutex mutex; // guards what follows against a thread that reports after its search
    bool listening = false;
    const std::function<void(const SearchInfo &)> *on_info = nullptr;
    std::uint32_t max_stats = 0;
    std::exception_ptr thrown; // by on_info

    std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - began; }

    static std::uint64_t now(void *context) {
        return static_cast<std::uint64_t>(static_cast<Conversation *>(context)->elapsed().count());
    }
    static void info(void *context, const parlour_info *progress) {
        auto &self = *static_cast<Conversation *>(context);
        const std::lock_guard lock(self.mutex);
        if (!self.listening || progress == nullptr || self.thrown) return;
        try {
            SearchInfo out = from_c(*progress, self.max_stats);
            out.time = self.elapsed();
            (*self.on_info)(out);
        } catch (...) {
            self.thrown = std::current_exception();
        }
    }

    void begin(const std::atomic<std::uint32_t> &stop, const std::function<void(const SearchInfo &)> &listener,
               std::uint32_t stats) {
        const std::lock_guard lock(mutex);
        control = {sizeof control, 0, this, reinterpret_cast<const std::uint32_t *>(&stop), now, info};
        on_info = &listener;
        listening = static_cast<bool>(listener);
        max_stats = stats;
        thrown = nullptr;
        began = std::chrono::steady_clock::now();
    }
    void end() {
        const std::lock_guard lock(mutex);
        listening = false;
        on_info = nullptr;
    }
};

LoadedEngine::LoadedEngine(const parlour_engine &raw, std::string id, std::string name,
                           std::shared_ptr<const void> keep_alive, std::function<std::string()> details)
    : Engine(std::move(id), std::move(name)),
      keep_alive_(std::move(keep_alive)),
      details_(std::move(details)),
      raw_(raw),
      conversation_(std::make_unique<Conversation>()) {}

LoadedEngine::~LoadedEngine() {
    if (PARLOUR_HAS(raw_.api, parlour_engine_api, destroy)) raw_.api->destroy(raw_.self);
}

Result<void> LoadedEngine::bind(GamePtr game) {
    parlour_error error{};
    parlour_status status = PARLOUR_E_FAIL;
    const GamePtr before = std::exchange(game_, nullptr); // alive until the engine has let go of it
    try {
        status = raw_.api->bind(raw_.self, &game->ref().raw(), &error);
    } catch (...) {
        return Problem{name() + " threw an exception when it was given " + game->name(), PARLOUR_E_FAIL};
    }
    if (status != PARLOUR_OK)
        return Problem{name() + " cannot play " + game->name() + ": " + sentence_of(error, "it does not say why"),
                       status, details_ ? details_() : std::string()};
    game_ = std::move(game);
    return {};
}

Result<void> LoadedEngine::game_over(const LastPosition &last) {
    if (game_ == nullptr || !PARLOUR_HAS(raw_.api, parlour_engine_api, game_over)) return {};
    const bool hidden = game_->ref().hidden() != nullptr;
    const StateBuffer state = last.is_view ? *last.state : game_->view(*last.state, last.player);
    parlour_root root{};
    root.size = sizeof root;
    root.player = last.player;
    root.state = state.data();
    if (!hidden && last.start != nullptr) {
        root.start = last.start->data();
        root.moves = last.moves.data();
        root.n_moves = static_cast<std::uint32_t>(last.moves.size());
    }
    parlour_error error{};
    try {
        const parlour_status status = raw_.api->game_over(raw_.self, &root, &error);
        if (status == PARLOUR_OK) return {};
        return Problem{name() + " failed when the game was over: " + sentence_of(error, "it does not say why"),
                       status, details_ ? details_() : std::string()};
    } catch (...) {
        return Problem{name() + " threw an exception when the game was over", PARLOUR_E_FAIL};
    }
}

Result<SearchResult> LoadedEngine::search(const SearchRoot &root, const SearchLimits &limits,
                                          const std::atomic<std::uint32_t> &stop,
                                          const std::function<void(const SearchInfo &)> &on_info) {
    const Result<SearchStart> begin = check_search(name(), game_.get(), root);
    if (!begin) return begin.problem();
    const Game &game = *game_;

    const bool hidden = game.ref().hidden() != nullptr;
    // Its own copy: an engine that writes hurts nobody.
    const StateBuffer state = root.is_view ? *root.state : game.view(*root.state, begin->player);
    parlour_root raw_root{};
    raw_root.size = sizeof raw_root;
    raw_root.player = begin->player;
    raw_root.state = state.data();
    if (!hidden && root.start != nullptr) {
        raw_root.start = root.start->data();
        raw_root.moves = root.moves.data();
        raw_root.n_moves = static_cast<std::uint32_t>(root.moves.size());
    }
    const parlour_limits raw_limits = to_c(limits);
    parlour_result raw_result{};
    raw_result.size = sizeof raw_result;
    raw_result.move = PARLOUR_MOVE_NONE;
    parlour_error error{};
    parlour_status status = PARLOUR_E_FAIL;

    conversation_->begin(stop, on_info, game.info().max_moves);
    bool threw = false;
    try {
        status = raw_.api->search(raw_.self, &raw_root, &raw_limits, &conversation_->control, &raw_result, &error);
    } catch (...) {
        threw = true;
    }
    const std::chrono::nanoseconds time = conversation_->elapsed();
    conversation_->end();
    if (conversation_->thrown) std::rethrow_exception(std::exchange(conversation_->thrown, nullptr));
    if (threw) return Problem{name() + " threw an exception while it searched", PARLOUR_E_FAIL};
    if (status != PARLOUR_OK)
        return Problem{name() + " found no move: " + sentence_of(error, "it does not say why"), status,
                       details_ ? details_() : std::string()};

    EngineAnswer answer;
    answer.move = raw_result.move;
    if (raw_result.flags & PARLOUR_RESULT_VALUE) answer.value = raw_result.value;
    answer.proven = (raw_result.flags & PARLOUR_RESULT_PROVEN) != 0;
    answer.resign = (raw_result.flags & PARLOUR_RESULT_RESIGN) != 0;
    answer.nodes = raw_result.nodes;
    answer.depth = raw_result.depth;
    Result<SearchResult> result = check_answer(name(), game, *root.state, *begin, limits, answer);
    if (result) result->time = time;
    return result;
}

} // namespace parlour::host
