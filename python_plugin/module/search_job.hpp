// One search: what it is given, what it tells, what came of it; and the loaded engine that carries it out.
#pragma once

#include "game.hpp"
#include "plugins.hpp"
#include "python_layer.hpp"
#include "script_move.hpp"
#include "search_thread.hpp"
#include "state.hpp"

#include <parlour/engine.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

namespace parlour::python {

// A report of a search, owned. See parlour_info.
struct Report {
    std::uint32_t rank = 1, depth = 0;
    std::uint64_t nodes = 0;
    std::optional<float> value;
    bool proven = false;
    std::vector<Move> line;
    std::vector<parlour_move_stat> stats;
    std::string text;
    double seconds = 0;
};

struct SearchJob {
    SearchJob() = default;
    ~SearchJob();
    SearchJob(const SearchJob &) = delete;
    SearchJob &operator=(const SearchJob &) = delete;

    // ---- given; made with the GIL ----
    std::shared_ptr<ScriptMove> move; // that a script is asked for; null outside of any
    GamePtr game;
    pybind11::object state_object; // a copy of the root
    StateBuffer root, start;       // of hidden games `root` is the view of the player to move
    std::vector<Move> moves;       // since `start`; only games without hidden information
    parlour_limits limits{};
    std::vector<Move> only;
    bool queue_reports = false;                    // keep every report for the thread that waits
    std::function<void(const Report &)> on_report; // or hand it over at once, on the searching thread

    // ---- shared ----
    std::atomic<std::uint32_t> stop{PARLOUR_GO};
    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    bool done = false;
    std::deque<Report> reports;

    // ---- what came of it; read when done ----
    std::map<std::uint32_t, Report> best; // the last report of each rank
    std::vector<parlour_move_stat> stats;
    parlour_status status = PARLOUR_E_FAIL;
    parlour_error error{};
    std::string details; // a script's traceback
    parlour_result result{};
    double seconds = 0;
    std::exception_ptr thrown; // by the Python layer

    // Marks it done and wakes who waits. [any]
    void finish();
};

// An engine of a plugin, and the thread that searches with it. Made and destroyed with the GIL; run() on one thread
// at a time.
class LoadedEngine {
public:
    // Takes over `raw`, which `library` made.
    LoadedEngine(const parlour_engine &raw, const Library &library) : raw_(raw), library_(&library) {}
    ~LoadedEngine();
    LoadedEngine(const LoadedEngine &) = delete;
    LoadedEngine &operator=(const LoadedEngine &) = delete;

    // Searches on this thread; does not finish() the job. Without Python's part, no GIL is needed.
    void run(SearchJob &job);
    // The same with Python's part: the lease is this thread's. An exception is in job.thrown.
    void run(SearchJob &job, const std::shared_ptr<PythonLayer> &layer, GilLease &lease);

    // The layer for a game and a function: that of the last search where they are the same, so that the engine stays
    // bound to it. With the GIL.
    std::shared_ptr<PythonLayer> layer_for(const GamePtr &game, const pybind11::object &function) const;

    // Has the next search begin with a new game. With the GIL, not during a search.
    void forget();
    // Lets go of what earlier searches were bound to. With the GIL, not during a search.
    void tidy() { outdated_.clear(); }
    SearchThread &thread() { return thread_; }

private:
    bool bind(SearchJob &job, const std::shared_ptr<PythonLayer> &layer);
    void search(SearchJob &job);

    parlour_engine raw_;
    const Library *library_;
    GamePtr bound_;
    std::shared_ptr<PythonLayer> layer_;
    // What was bound before, until somebody with the GIL lets go of it.
    std::vector<std::shared_ptr<void>> outdated_;
    SearchThread thread_;
};

} // namespace parlour::python
