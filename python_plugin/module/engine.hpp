// `parlour._parlour._Engine`: an engine with its options, which the package's Engine derives from. One search at a
// time; everything here needs the GIL, which is let go of while an engine searches.
//
// Where a search runs: with Python's part in it (rules or evaluation in Python) on the calling thread, which holds
// the GIL from call to call; on Python's main thread otherwise on the engine's own thread, while the caller looks at
// signals every 20 ms, so that Ctrl-C stops it; else on the calling thread.
#pragma once

#include "search_job.hpp"

namespace parlour::python {

// What search() and its like were given besides the position.
struct SearchWishes {
    parlour_limits limits{};
    pybind11::object only_given, on_info, evaluate; // None where not given

    // Reads the keyword arguments of the package's Engine.search(). Throws error_already_set.
    static SearchWishes of(const pybind11::dict &given, std::uint64_t seed);
};

class Engine {
public:
    // Throws error_already_set (NotFound, OptionError, ArgumentError, PluginError).
    Engine(const pybind11::handle &id, const pybind11::dict &options, const pybind11::handle &seed);
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    const std::string &id() const { return id_; }
    const std::string &name() const { return entry_->name; }
    // Those that were given, as Python values; a new dict.
    pybind11::dict options() const;
    std::uint64_t seed() const { return seed_; }
    bool busy() const { return busy_; }

    // How well it plays a game, 0..100, and why not.
    std::pair<std::int32_t, std::string> supports(const Game &game) const;

    // A named tuple parlour.SearchResult.
    pybind11::object search(const pybind11::object &state, const pybind11::dict &wishes);
    // Results in the order of the states; `threads` engines of the same kind share the work.
    pybind11::list search_batch(const pybind11::sequence &states, const pybind11::dict &wishes,
                                std::uint32_t threads);
    // The same, `width` searches side by side on this thread; the function judges all their positions in one call.
    pybind11::list search_together(const pybind11::sequence &states, const pybind11::dict &wishes,
                                   const pybind11::object &function, const std::string &input, std::uint32_t width);
    // Starts a search on the engine's thread; `when_done` is called there, with the GIL.
    std::shared_ptr<SearchJob> start(const pybind11::object &state, const pybind11::dict &wishes,
                                     pybind11::object when_done);
    // Has whatever is under way return what it has within 10 ms; false when nothing is.
    bool stop();
    void forget();
    // Waits without the GIL until nothing is under way, at most this long.
    void wait_until_free(std::chrono::milliseconds most) const;

    // A job made of a position and wishes.
    std::shared_ptr<SearchJob> make_job(const pybind11::handle &state, const SearchWishes &wishes) const;
    // What came of a finished job; throws error_already_set when that is a failure.
    pybind11::object result_of(SearchJob &job) const;

private:
    // Marks the engine as busy for as long as it lives; throws error_already_set (EngineBusy) when it is.
    class Claim {
    public:
        explicit Claim(Engine &engine);
        ~Claim();
        Claim(const Claim &) = delete;
        Claim &operator=(const Claim &) = delete;

    private:
        Engine *engine_;
    };

    LoadedEngine &loaded(std::size_t index);
    void run_here(LoadedEngine &engine, SearchJob &job, const SearchWishes &wishes);
    void wait_for(const std::shared_ptr<SearchJob> &job, const pybind11::object &on_info);

    EngineEntryPtr entry_;
    const Library *library_ = nullptr;
    std::string id_, plugin_;
    Options options_;
    std::uint64_t seed_;
    std::vector<std::unique_ptr<LoadedEngine>> loaded_; // the first is used alone, the others by batches
    std::atomic<bool> busy_{false};
    std::vector<std::shared_ptr<SearchJob>> running_;
};

// Whether Python's part is needed for a job.
bool needs_layer(const SearchJob &job, const SearchWishes &wishes);

// Adds the class.
void add_engine(pybind11::module_ &module);

} // namespace parlour::python
