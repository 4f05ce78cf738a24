#include "search_job.hpp"

#include <cmath>
#include <cstring>

namespace py = pybind11;

namespace parlour::python {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t most_queued = 256, longest_line = 1024, longest_text = 4096;

std::optional<float> sensible(float value) {
    return std::isfinite(value) ? std::optional<float>(std::clamp(value, -1.0f, 1.0f)) : std::nullopt;
}

struct Conversation {
    SearchJob *job;
    Clock::time_point began = Clock::now();

    static std::uint64_t now(void *context) {
        const auto passed = Clock::now() - static_cast<Conversation *>(context)->began;
        return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(passed).count());
    }

    static void info(void *context, const parlour_info *theirs) {
        auto &self = *static_cast<Conversation *>(context);
        parlour_info in{};
        std::memcpy(&in, theirs, std::min<std::size_t>(theirs->size, sizeof in));
        Report report;
        report.rank = std::max(1u, in.rank);
        if ((in.mask & PARLOUR_INFO_DEPTH) != 0) report.depth = in.depth;
        if ((in.mask & PARLOUR_INFO_NODES) != 0) report.nodes = in.nodes;
        if ((in.mask & PARLOUR_INFO_VALUE) != 0) report.value = sensible(in.value);
        report.proven = (in.mask & PARLOUR_INFO_PROVEN) != 0;
        if ((in.mask & PARLOUR_INFO_LINE) != 0 && in.line != nullptr) {
            report.line.assign(in.line, in.line + std::min<std::size_t>(in.n_line, longest_line));
        }
        if ((in.mask & PARLOUR_INFO_STATS) != 0 && in.stats != nullptr) {
            report.stats.assign(in.stats, in.stats + std::min(in.n_stats, self.job->game->capacity()));
        }
        if ((in.mask & PARLOUR_INFO_TEXT) != 0 && in.text != nullptr) {
            report.text.assign(in.text, strnlen(in.text, longest_text));
        }
        report.seconds = static_cast<double>(now(context)) * 1e-9;
        self.keep(std::move(report));
    }

    void keep(Report report) {
        if (job->on_report) job->on_report(report);
        const std::lock_guard lock(job->mutex);
        if (!report.stats.empty()) job->stats = report.stats;
        if (job->queue_reports) {
            if (job->reports.size() == most_queued) job->reports.pop_front();
            job->reports.push_back(report);
            job->changed.notify_all();
        }
        if (!report.line.empty() || report.value) job->best[report.rank] = std::move(report);
    }
};

} // namespace

SearchJob::~SearchJob() {
    if (move) move->drop(*this);
}

void SearchJob::finish() {
    const std::lock_guard lock(mutex);
    done = true;
    changed.notify_all();
}

LoadedEngine::~LoadedEngine() {
    raw_.api->destroy(raw_.self);
}

void LoadedEngine::run(SearchJob &job) {
    if (bind(job, nullptr)) search(job);
}

void LoadedEngine::run(SearchJob &job, const std::shared_ptr<PythonLayer> &layer, GilLease &lease) {
    layer->begin(lease, job.stop);
    if (bind(job, layer)) search(job);
    lease.hold();
    try {
        layer->end();
    } catch (...) {
        job.thrown = std::current_exception();
    }
}

std::shared_ptr<PythonLayer> LoadedEngine::layer_for(const GamePtr &game, const py::object &function) const {
    if (layer_ && !layer_->ask_elsewhere && &layer_->inner() == game.get() && layer_->function().is(function)) {
        return layer_;
    }
    return std::make_shared<PythonLayer>(game, function);
}

void LoadedEngine::forget() {
    if (bound_) outdated_.push_back(std::move(bound_));
    if (layer_) outdated_.push_back(std::move(layer_));
    bound_ = nullptr;
    layer_ = nullptr;
}

// Binds to the job's game unless that is so already.
bool LoadedEngine::bind(SearchJob &job, const std::shared_ptr<PythonLayer> &layer) {
    job.status = PARLOUR_OK;
    if (bound_ && layer_ == layer && (layer ? bound_ == job.game : bound_->same_as(*job.game))) return true;
    forget();
    const parlour_game raw = layer ? layer->raw() : job.game->rules().raw();
    job.status = raw_.api->bind(raw_.self, &raw, &job.error);
    layer_ = layer;
    bound_ = job.game;
    if (job.status == PARLOUR_OK) return true;
    job.details = library_->details();
    forget();
    return false;
}

void LoadedEngine::search(SearchJob &job) {
    Conversation conversation{&job};
    const parlour_control control{.size = sizeof control,
                                  .reserved0 = 0,
                                  .context = &conversation,
                                  .stop = reinterpret_cast<const std::uint32_t *>(&job.stop),
                                  .now = Conversation::now,
                                  .info = Conversation::info};
    parlour_root root{};
    root.size = sizeof root;
    root.state = job.root.data();
    root.player = job.game->rules().turn(job.root.data()).player();
    if (!job.moves.empty()) {
        root.start = job.start.data();
        root.moves = job.moves.data();
        root.n_moves = static_cast<std::uint32_t>(job.moves.size());
    }
    if (job.move) job.move->begin_search();
    job.result = {};
    job.result.size = sizeof job.result;
    job.result.move = PARLOUR_MOVE_NONE;
    job.status = raw_.api->search(raw_.self, &root, &job.limits, &control, &job.result, &job.error);
    if (job.move) job.move->end_search();
    if (job.status != PARLOUR_OK) job.details = library_->details();
    job.seconds = static_cast<double>(Conversation::now(&conversation)) * 1e-9;
}

} // namespace parlour::python
