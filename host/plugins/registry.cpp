#include "host/plugins/registry.hpp"

#include "host/plugins/crash_marker.hpp"
#include "host/plugins/engine_beside_rules.hpp"
#include "host/plugins/host_object.hpp"
#include "host/plugins/layers/checked.hpp"
#include "host/plugins/layers/counting.hpp"
#include "host/plugins/layers/sequentialiser.hpp"
#include "host/plugins/library.hpp"
#include "host/plugins/probe_jobs.hpp"
#include "host/plugins/quarantine.hpp"
#include "host/plugins/reloading_engine.hpp"
#include "host/plugins/scripts.hpp"
#include "host/plugins/search_path.hpp"
#include "host/plugins/support_answers.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

// A plugin file as the registry knows it.
struct Known {
    PluginRow row;
    PluginFile file;
    fs::path build;                 // the file that was probed and loaded for it
    std::optional<FileStamp> stamp; // of `build`
    LibraryPtr library;             // null if refused, or if it is never loaded into this process
    Description described;          // by its probe, of one that is never loaded
    bool script = false;            // a script: `build` is its own file, the runner of scripts is loaded for it
    fs::path kept;                  // a script's copy as it was when it worked; may be empty
    bool may_heal = false;
    std::vector<GameEntry> games;     // those that are its own, not an earlier plugin's
    std::vector<EngineEntry> engines; // likewise
};

template <class Entry>
std::vector<std::string> ids_of(const std::vector<Entry> &entries) {
    std::vector<std::string> out;
    for (const Entry &entry : entries) out.push_back(entry.id);
    return out;
}

template <class Entry>
const Entry *find_id(const std::vector<Entry> &entries, const std::string &id) {
    const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) { return entry.id == id; });
    return at == entries.end() ? nullptr : &*at;
}

// "there is no game "revrsi"; did you mean reversi?"
Problem unknown(const char *kind, const std::string &id, const std::vector<std::string> &known) {
    const std::string near = nearest_word(id, known);
    const std::string hint = !near.empty()   ? fmt::format("did you mean {}?", near)
                             : known.empty() ? fmt::format("there are no {}s at all", kind)
                                             : fmt::format("there are {}", listed(known));
    return {fmt::format("there is no {} \"{}\"; {}", kind, one_line(id, 40), hint), PARLOUR_E_NOTFOUND};
}

Result<void> check_options(const std::string &id, const std::vector<OptionSpec> &specs, const OptionMap &options) {
    for (const auto &[key, value] : options) {
        const OptionSpec *spec = find_id(specs, key);
        if (spec == nullptr) {
            const std::vector<std::string> known = ids_of(specs);
            const std::string near = nearest_word(key, known);
            const std::string hint = !near.empty()   ? fmt::format("did you mean {}?", near)
                                     : known.empty() ? std::string("it has none")
                                                     : fmt::format("it has {}", listed(known));
            return Problem{fmt::format("{} has no option \"{}\"; {}", id, one_line(key, 40), hint), PARLOUR_E_ARG};
        }
        if (const std::string problem = spec->problem(value); !problem.empty())
            return Problem{fmt::format("{}: {}", id, one_line(problem)), PARLOUR_E_ARG};
    }
    return {};
}

} // namespace

struct Registry::Impl {
    RegistryOptions options;
    ProbeCache cache;
    std::vector<Known> known; // in the order of the search path
    std::vector<PluginRow> rows;
    std::vector<GameEntry> games;
    std::vector<EngineEntry> engines;

    std::shared_ptr<PreparedProbes> prepared = std::make_shared<PreparedProbes>();
    KeptScripts kept_scripts;
    Quarantine quarantine;
    CrashMarker marker;
    fs::path runner;                    // the plugin that runs scripts; empty: none does
    std::map<fs::path, FileStamp> seen; // plugin files and scripts at the last scan
    std::shared_ptr<ScriptVersions> versions = std::make_shared<ScriptVersions>();
    std::set<fs::path> shipped;                                                   // folders, canonical
    std::shared_ptr<SupportAnswers> answers = std::make_shared<SupportAnswers>(); // of isolated engines; a new one
                                                                                  // when plugins have changed

    explicit Impl(RegistryOptions given)
        : options(std::move(given)),
          cache(options.cache_file),
          kept_scripts(options.cache_file.empty() ? fs::path() : options.cache_file.parent_path() / "scripts"),
          quarantine(quarantine_file(options.state_folder)),
          marker(marker_folder(options.state_folder)) {
        versions->hold(options.hold_new_versions);
        for (const fs::path &folder : options.shipped_folders) {
            std::error_code problem;
            const fs::path real = fs::canonical(folder, problem);
            if (!problem) shipped.insert(real);
        }
        for (const Suspect &suspect : collect_suspects(marker_folder(options.state_folder))) {
            const std::string signal = suspect.signal.empty() ? "" : fmt::format(" ({})", suspect.signal);
            const Result<void> kept = quarantine.add(
                {suspect.file, suspect.content, fmt::format("was loaded when Parlour died{}", signal), {}, 0});
            if (!kept) log_line(PARLOUR_LOG_WARN, "plugins", kept.sentence());
        }
    }

    PluginOrigin origin_of(const fs::path &plain, bool script = false) const {
        if (script) return is_shipped_script(plain, runner) ? PluginOrigin::shipped : PluginOrigin::dropped;
        std::error_code problem;
        const fs::path folder = fs::canonical(plain.parent_path(), problem);
        return !problem && shipped.contains(folder) ? PluginOrigin::shipped : PluginOrigin::dropped;
    }

    // Whether the engines of files of this origin run in processes of their own.
    bool isolating(PluginOrigin origin) const {
        if (!options.worker_engines || options.probe_program.empty()) return false;
        return options.isolate == Isolation::all ||
               (options.isolate == Isolation::dropped && origin == PluginOrigin::dropped);
    }

    // Whether the rules of such a file run in a process of their own.
    bool rules_elsewhere(bool script, PluginOrigin origin) const {
        if (!options.worker_games || options.probe_program.empty() || options.isolate == Isolation::none)
            return false;
        return script || (options.isolate == Isolation::all && origin == PluginOrigin::dropped);
    }

    Known *find_plain(const fs::path &plain) {
        const auto at =
            std::find_if(known.begin(), known.end(), [&](const Known &one) { return one.row.file == plain; });
        return at == known.end() ? nullptr : &*at;
    }

    // Probes what neither the cache knows nor was probed ahead.
    void probe(std::vector<ProbeJob> &jobs) {
        std::vector<ProbeJob *> unknown, open;
        for (ProbeJob &job : jobs) {
            if (auto cached = cache.find(job.build, job.stamp)) {
                job.result = *std::move(cached);
                continue;
            }
            unknown.push_back(&job);
            if (auto ready = prepared->take(job))
                job.result = *std::move(ready);
            else
                open.push_back(&job);
        }
        probe_all(open, options.probe_program, options.probe_limit, runner);
        for (const ProbeJob *job : unknown) {
            if (!options.probe_program.empty()) cache.remember(job->build, job->stamp, job->result);
        }
    }

    // What the next scan will probably have to probe.
    std::vector<ProbeJob> probes_due() const {
        std::vector<ProbeJob> due;
        const auto add = [&](const fs::path &build, const std::optional<FileStamp> &stamp, bool script) {
            const auto before = seen.find(build);
            const bool changed = stamp && (before == seen.end() || before->second != *stamp);
            if (changed && !cache.find(build, *stamp)) due.push_back({{}, build, *stamp, {}, script});
        };
        for (const PluginFile &file : plugin_files(options.search_path))
            add(file.builds.front(), stamp_of(file.builds.front()), false);
        if (runner.empty()) return due;
        for (const PluginFile &file : script_files(runner)) add(file.plain, script_stamp(file.plain, runner), true);
        return due;
    }

    // What an earlier plugin already has, in a sentence.
    std::string taken(const std::string &plugin_id) const {
        for (const Known &one : known) {
            if (one.row.loaded && one.row.id == plugin_id)
                return fmt::format("has the same id, {}, as {}, which comes first", plugin_id, one.row.file.string());
        }
        return {};
    }

    // Takes the entries that no earlier plugin has; returns a sentence on those that one has.
    template <class Entry>
    std::string take_entries(std::vector<Entry> &from, std::vector<Entry> Known::*list, const char *kind,
                             Known &into) {
        std::string sentence;
        for (Entry &entry : from) {
            const auto owner = std::find_if(known.begin(), known.end(), [&](const Known &one) {
                return &one != &into && one.row.file != into.row.file && find_id(one.*list, entry.id) != nullptr;
            });
            if (owner == known.end()) {
                entry.file = into.row.file;
                (into.*list).push_back(std::move(entry));
            } else if (sentence.empty()) {
                sentence = fmt::format("its {} {} is left out: {} has one of the same id and comes first", kind,
                                       entry.id, owner->row.file.string());
            }
        }
        return sentence;
    }

    // Files the entries of a plugin, loaded or described by its probe.
    void adopt(Known &into) {
        into.games.clear();
        into.engines.clear();
        const bool told = into.script || into.described.scripts; // scripts do not run here to say what they are
        Result<Description> described = into.library && !told ? describe(*into.library) : into.described;
        if (!described) {
            refuse(into, described.sentence());
            return;
        }
        const bool runs_scripts = described->scripts && !into.script;
        const bool empty = described->games.empty() && described->engines.empty() && !runs_scripts;
        const std::string game_clash = take_entries(described->games, &Known::games, "game", into);
        const std::string engine_clash = take_entries(described->engines, &Known::engines, "engine", into);
        const std::string clash = game_clash.empty() ? engine_clash : game_clash;
        into.row.games = ids_of(into.games);
        into.row.engines = ids_of(into.engines);
        into.row.sentence = empty ? "has neither games nor engines" : clash;
        if (into.script && into.row.sentence.empty()) into.row.sentence = hidden_scripts(into.row.file, runner);
        into.row.loaded = true;
        // Whoever wrote a script, it is run with care.
        into.row.isolated = isolating(into.script ? PluginOrigin::dropped : into.row.origin) && !into.engines.empty();
        for (EngineEntry &engine : into.engines) engine.isolated = into.row.isolated;
        if (!clash.empty() && into.games.empty() && into.engines.empty()) refuse(into, clash);
    }

    static void refuse(Known &into, const std::string &sentence) {
        into.row.loaded = into.row.isolated = false;
        into.row.sentence = one_line(sentence);
        into.library = nullptr;
        into.described = {};
        into.games.clear();
        into.engines.clear();
        into.row.games.clear();
        into.row.engines.clear();
    }

    // What a probe says of the plugin as a whole.
    static void take_words(const ProbeResult &result, PluginRow &row) {
        row.id = one_line(result.id, 200);
        row.name = one_line(result.name, 200);
        row.version = one_line(result.version, 60);
        row.vendor = one_line(result.vendor, 200);
        row.summary = one_line(result.summary, 2000);
        row.abi_major = result.abi_major;
        row.abi_minor = result.abi_minor;
    }

    // The row of a script speaks of the script, not of the plugin that runs it.
    static void describe_script(const ProbeJob &job, PluginRow &row) {
        const Description &said = job.result.description;
        row.script = true;
        row.id = row.name = script_stem(job.file.plain);
        row.vendor = row.version = row.summary = {};
        if (!said.games.empty()) {
            row.id = said.games.front().id;
            row.name = said.games.front().name;
            row.summary = said.games.front().summary;
        }
        if (!said.engines.empty()) {
            row.id = said.engines.front().id;
            row.name = said.engines.front().name;
            row.version = said.engines.front().version;
            row.vendor = said.engines.front().author;
            row.summary = said.engines.front().summary;
        }
    }

    // Makes a file a row that says what it did.
    static void set_aside(Known &into, const QuarantineEntry &entry) {
        refuse(into, fmt::format("{}; it stays out until its file changes or you let it try again", entry.reason));
        into.row.quarantined = true;
        into.row.details = entry.details;
        into.may_heal = false;
    }

    // Loads a probed file, or takes what its probe said of it, or makes it a row with the reason why not.
    void settle(const ProbeJob &job, Known &into) {
        into.file = job.file;
        into.build = job.build;
        into.stamp = job.stamp;
        into.may_heal = job.result.may_heal;
        into.script = job.script;
        PluginRow &row = into.row;
        row.file = job.file.plain;
        row.origin = origin_of(row.file, job.script);
        take_words(job.result, row);
        if (job.script) describe_script(job, row);
        row.details = job.result.details;
        if (!job.result.fine) return refuse(into, job.result.sentence);
        if (into.script) {
            into.described = job.result.description;
            into.kept = kept_copy(job);
            for (const EngineEntry &engine : into.described.engines)
                versions->set(engine.id, {job.stamp.changed, {job.build, into.kept}});
            return adopt(into);
        }
        if (const std::string clash = taken(row.id); !clash.empty()) return refuse(into, clash);
        if (job.result.description.scripts) {
            into.described = job.result.description;
            return adopt(into);
        }
        if (isolating(row.origin) && (job.result.description.games.empty() || rules_elsewhere(false, row.origin))) {
            into.described = job.result.description;
            return adopt(into);
        }
        if (row.origin == PluginOrigin::dropped) marker.note(job.file);
        LoadOutcome outcome = load_library(job.build);
        if (!outcome.library) {
            into.may_heal = outcome.refusal.may_heal;
            return refuse(into, outcome.refusal.sentence);
        }
        into.library = std::move(outcome.library);
        adopt(into);
    }

    // The copy of a script that works; its probe is remembered with it, for the day when the script is broken.
    fs::path kept_copy(const ProbeJob &job) {
        const fs::path kept = kept_scripts.keep(job.build, job.stamp, runner);
        if (const auto stamp = kept.empty() ? std::nullopt : script_stamp(kept, runner)) {
            if (!cache.find(kept, *stamp)) cache.remember(kept, *stamp, job.result);
        }
        return kept;
    }
    // A script that does not work, as it was when it last did in an earlier run of the program.
    std::optional<Known> last_good(const ProbeJob &job) {
        const fs::path kept = kept_scripts.newest(job.build);
        const auto stamp = kept.empty() ? std::nullopt : script_stamp(kept, runner);
        const auto result = stamp ? cache.find(kept, *stamp) : std::nullopt;
        if (!result || !result->fine) return std::nullopt;
        Known out;
        out.file = job.file;
        out.build = job.build;
        out.kept = kept;
        out.script = true;
        out.described = result->description;
        out.row.file = job.file.plain;
        out.row.origin = origin_of(out.row.file, true);
        ProbeJob as_it_was = job;
        as_it_was.result = *result;
        take_words(*result, out.row);
        describe_script(as_it_was, out.row);
        for (const EngineEntry &engine : out.described.engines)
            versions->set(engine.id, {stamp->changed, {job.build, kept}});
        return out;
    }

    // Whether a script that worked goes on being offered although its newest version does not work.
    static bool outlives(const Known &before, const Known &fresh) {
        return before.script && before.row.loaded && !fresh.row.loaded;
    }
    void keep_last_good(Known &before, const Known &fresh) {
        adopt(before);
        before.stamp = fresh.stamp;
        before.may_heal = fresh.may_heal;
        before.row.sentence = fresh.row.sentence + "; the version before plays on";
        before.row.details = fresh.row.details;
        before.row.outdated = true;
    }

    // One round of probing and loading; builds that were refused where another is left come back as jobs.
    void settle_all(std::vector<ProbeJob> jobs, const std::vector<PluginFile> &order) {
        std::set<std::string> told;
        while (!jobs.empty()) {
            probe(jobs);
            std::vector<ProbeJob> again;
            for (ProbeJob &job : jobs) {
                Known fresh;
                settle(job, fresh);
                const bool other_build = !job.result.fine && job.build != job.file.plain;
                const auto stamp = other_build ? stamp_of(job.file.plain) : std::nullopt;
                if (stamp) {
                    log_line(PARLOUR_LOG_WARN, "plugins",
                             fmt::format("{}: {}; the plain build is taken", job.build.string(), fresh.row.sentence));
                    again.push_back({job.file, job.file.plain, *stamp, {}});
                    continue;
                }
                // What is wrong with all scripts, such as their Python, is told once.
                if (!fresh.row.loaded && (!job.script || told.insert(fresh.row.sentence).second))
                    log_line(PARLOUR_LOG_WARN, "plugins",
                             fmt::format("{}: {}", fresh.row.file.string(), fresh.row.sentence));
                Known *before = find_plain(fresh.row.file);
                if (job.script && before == nullptr && !fresh.row.loaded) {
                    if (std::optional<Known> old = last_good(job)) {
                        before = &known.emplace_back(*std::move(old));
                        adopt(*before);
                    }
                }
                if (before != nullptr && outlives(*before, fresh))
                    keep_last_good(*before, fresh);
                else if (before != nullptr)
                    *before = std::move(fresh);
                else
                    known.push_back(std::move(fresh));
            }
            jobs = std::move(again);
        }
        const auto place = [&](const Known &one) {
            const auto at = std::find_if(order.begin(), order.end(),
                                         [&](const PluginFile &file) { return file.plain == one.row.file; });
            return at - order.begin();
        };
        std::stable_sort(known.begin(), known.end(),
                         [&](const Known &a, const Known &b) { return place(a) < place(b); });
    }

    // A file that is not loaded and in quarantine gets or keeps its row; false for one that is not in quarantine.
    bool keep_out(const PluginFile &file, Known *before, bool script) {
        const QuarantineEntry *entry = quarantine.find(file);
        if (entry == nullptr) return false;
        if (before == nullptr) {
            Known fresh;
            fresh.file = file;
            fresh.build = file.builds.front();
            fresh.row.file = file.plain;
            fresh.script = fresh.row.script = script;
            fresh.row.origin = origin_of(file.plain, script);
            if (const auto stamp = stamp_of_file(fresh.build, script)) {
                if (const auto told = cache.find(fresh.build, *stamp)) take_words(*told, fresh.row);
            }
            known.push_back(std::move(fresh));
            before = &known.back();
        }
        set_aside(*before, *entry);
        return true;
    }

    std::optional<FileStamp> stamp_of_file(const fs::path &file, bool script) const {
        return script ? script_stamp(file, runner) : stamp_of(file);
    }

    // The files among these that are to be probed: new ones, changed ones, and those let out of quarantine.
    std::vector<ProbeJob> jobs_of(const std::vector<PluginFile> &files, bool scripts) {
        std::vector<ProbeJob> jobs;
        for (const PluginFile &file : files) {
            Known *before = find_plain(file.plain);
            const fs::path &build =
                before != nullptr && before->build == file.plain ? file.plain : file.builds.front();
            const auto stamp = stamp_of_file(build, scripts);
            if (!stamp) continue;
            const auto add = [&] {
                const fs::path &best = file.builds.front();
                jobs.push_back({file, best, stamp_of_file(best, scripts).value_or(*stamp), {}, scripts});
            };
            if (before == nullptr || !before->row.loaded) {
                if (keep_out(file, before, scripts)) continue;
                const bool freed = before != nullptr && before->row.quarantined;
                if (before == nullptr || freed || before->stamp != stamp || before->may_heal) add();
            } else if (!before->library && before->stamp != stamp) {
                // Its processes to come run the new version.
                add();
                if (!before->script) refuse(*before, {});
            } else {
                adopt(*before);
                if (before->library && before->stamp != stamp)
                    before->row.sentence = "changed on disk; restart to use the new version";
            }
        }
        return jobs;
    }

    // The plugin that runs scripts: the first that says it does. Without probes there is none, for it would have to
    // run strangers' scripts in this process to say what they are.
    fs::path find_runner() const {
        if (options.probe_program.empty()) return {};
        for (const Known &one : known) {
            if (one.row.loaded && !one.script && one.described.scripts) return one.build;
        }
        return {};
    }

    // All files that there are now, and what tells their contents from others.
    std::map<fs::path, FileStamp> look() const {
        std::map<fs::path, FileStamp> out;
        for (const PluginFile &file : plugin_files(options.search_path)) {
            if (const auto stamp = stamp_of(file.builds.front())) out.emplace(file.builds.front(), *stamp);
        }
        if (runner.empty()) return out;
        for (const PluginFile &file : script_files(runner)) {
            if (const auto stamp = script_stamp(file.plain, runner)) out.emplace(file.plain, *stamp);
        }
        return out;
    }

    // Returns whether anything was probed.
    bool scan() {
        std::vector<PluginFile> files = plugin_files(options.search_path);
        std::vector<ProbeJob> jobs = jobs_of(files, false);
        bool probed = !jobs.empty();
        settle_all(std::move(jobs), files);
        runner = find_runner();
        if (!runner.empty()) {
            const std::vector<PluginFile> scripts = script_files(runner);
            files.insert(files.end(), scripts.begin(), scripts.end());
            jobs = jobs_of(scripts, true);
            probed = probed || !jobs.empty();
            settle_all(std::move(jobs), files);
        }
        std::set<fs::path> there;
        for (const PluginFile &file : files) there.insert(file.plain);
        for (Known &one : known) {
            if (one.library && !there.contains(one.row.file))
                one.row.sentence = "the file is gone; what was loaded stays until the program ends";
        }
        std::erase_if(known, [&](const Known &one) { return !one.library && !there.contains(one.row.file); });
        if (probed) answers = std::make_shared<SupportAnswers>();
        cache.save();
        seen = look();
        publish();
        return probed;
    }

    void publish() {
        rows.clear();
        games.clear();
        engines.clear();
        for (const Known &one : known) {
            rows.push_back(one.row);
            games.insert(games.end(), one.games.begin(), one.games.end());
            engines.insert(engines.end(), one.engines.begin(), one.engines.end());
        }
        const auto by_name = [](const auto &a, const auto &b) {
            return std::tie(a.name, a.id) < std::tie(b.name, b.id);
        };
        std::sort(games.begin(), games.end(), by_name);
        std::sort(engines.begin(), engines.end(), by_name);
    }

    // The plugin with this file, by its own name or that of the build that stands for it.
    Known *find_file(const fs::path &file) {
        std::error_code ignored;
        const fs::path normal = fs::absolute(file, ignored).lexically_normal();
        const auto at = std::find_if(known.begin(), known.end(),
                                     [&](const Known &one) { return one.row.file == normal || one.build == normal; });
        return at == known.end() ? nullptr : &*at;
    }

    // How well an engine plays a game, by the word of its library in this process.
    Support support_here(const EngineEntry &entry, const Game &game) const {
        const Result<LibraryPtr> library = library_of(owner(&Known::engines, entry.id));
        if (!library) return {0, library.sentence()};
        const parlour_engine_factory &factory = (*library)->engines;
        if (factory.supports == nullptr) return {50, {}};
        char why[400] = {};
        try {
            const std::int32_t score =
                factory.supports(entry.id.c_str(), &game.ref().raw(), why, static_cast<std::uint32_t>(sizeof why));
            Support out{std::clamp(score, 0, 100), one_line({why, strnlen(why, sizeof why)})};
            if (out.score < 1 && out.why.empty())
                out.why = fmt::format("{} does not play {}", entry.name, game.name());
            return out;
        } catch (...) {
            return {0, fmt::format("{} threw an exception when it was asked about {}", entry.name, game.name())};
        }
    }

    EngineLaunch launch_of(const EngineEntry &entry, const OptionMap &given) const {
        const auto game_file = [this](const std::string &game) -> std::optional<fs::path> {
            if (find_id(games, game) == nullptr) return std::nullopt;
            const Known &one = owner(&Known::games, game);
            return one.script ? runner : one.build;
        };
        const Known &one = owner(&Known::engines, entry.id);
        std::vector<ScriptFile> scripts;
        if (one.script) scripts.push_back({one.build, one.kept});
        for (const Known &other : known) {
            if (other.script && &other != &one && !other.games.empty()) scripts.push_back({other.build, other.kept});
        }
        return {entry.id, entry.name, one.script ? runner : one.build, given, game_file, script_environment(scripts)};
    }

    GameLaunch launch_of(const GameEntry &entry, const Known &one, const OptionMap &given) const {
        const std::string what = script_stem(one.row.file) + one.row.file.extension().string();
        std::vector<ScriptFile> scripts;
        if (one.script) scripts.push_back({one.build, one.kept});
        return {entry.id, entry.name, what, one.script ? runner : one.build, given, script_environment(scripts)};
    }

    // The rules of a game, in this process or elsewhere; `keep_alive` is what they stand on, `file` what they are in.
    struct MadeGame {
        parlour_game raw{};
        std::shared_ptr<const void> keep_alive;
        fs::path file;
    };
    Result<MadeGame> make_rules(const GameEntry &entry, const OptionMap &given) const {
        const Known &one = owner(&Known::games, entry.id);
        if (rules_elsewhere(one.script, one.row.origin)) {
            const GameLaunch launch = launch_of(entry, one, given);
            const Result<parlour_game> raw = options.worker_games(launch);
            if (!raw) return raw.problem();
            return MadeGame{*raw, nullptr, launch.file};
        }
        const Result<LibraryPtr> library = library_of(one);
        if (!library) return library.problem();
        const Result<parlour_game> raw = make_game(**library, entry.id, given);
        if (!raw) return raw.problem();
        return MadeGame{*raw, *library, (*library)->file};
    }

    // Why no script runs, where none does.
    std::string why_no_script() const {
        const auto refused = std::find_if(known.begin(), known.end(), [](const Known &one) {
            return !one.row.loaded && !one.script && one.row.file.filename() == "python.so";
        });
        return scripts_trouble(refused == known.end() ? "" : refused->row.sentence);
    }

    // Why there is no game or engine of that id: its script does not work, or there is none.
    Problem missing(const char *kind, const std::string &id, const std::vector<std::string> &others) const {
        for (const Known &one : known) {
            if (one.script && !one.row.loaded && id.ends_with(":" + one.row.id))
                return {fmt::format("{} cannot be used: {}", id, one.row.sentence), PARLOUR_E_SCRIPT,
                        one.row.details};
        }
        if (runner.empty() && id.starts_with("python:"))
            return {fmt::format("{} cannot be used: {}", id, why_no_script()), PARLOUR_E_SCRIPT};
        return unknown(kind, id, others);
    }

    // The library of a plugin, or of the one that runs a script; loaded now if it is a script's. [main]
    Result<LibraryPtr> library_of(const Known &one) const {
        if (!one.script) return one.library;
        LoadOutcome outcome = load_library(runner);
        if (!outcome.library) return Problem{fmt::format("{}: {}", runner.string(), outcome.refusal.sentence)};
        return outcome.library;
    }

    template <class Entry>
    const Known &owner(std::vector<Entry> Known::*list, const std::string &id) const {
        return *std::find_if(known.begin(), known.end(),
                             [&](const Known &one) { return find_id(one.*list, id) != nullptr; });
    }
};

namespace {

// What a rescan may change, for comparing.
auto face(const PluginRow &row) {
    return std::tie(row.file, row.loaded, row.quarantined, row.sentence, row.details, row.id, row.version, row.games,
                    row.engines);
}

} // namespace

Registry::Registry(RegistryOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {
    impl_->scan();
}

Registry::~Registry() = default;

bool Registry::rescan() {
    const std::vector<PluginRow> before = impl_->rows;
    const bool probed = impl_->scan();
    return probed || !std::equal(before.begin(), before.end(), impl_->rows.begin(), impl_->rows.end(),
                                 [](const PluginRow &a, const PluginRow &b) { return face(a) == face(b); });
}

std::function<void()> Registry::prepare_rescan() const {
    const RegistryOptions &options = impl_->options;
    if (options.probe_program.empty()) return {};
    std::vector<ProbeJob> due = impl_->probes_due();
    if (due.empty()) return {};
    return [due = std::move(due), program = options.probe_program, limit = options.probe_limit,
            runner = impl_->runner, results = impl_->prepared]() mutable {
        std::vector<ProbeJob *> jobs;
        for (ProbeJob &job : due) jobs.push_back(&job);
        probe_all(std::move(jobs), program, limit, runner);
        for (const ProbeJob &job : due) results->put(job);
    };
}

fs::path Registry::script_runner() const {
    return impl_->runner;
}

std::string Registry::why_no_script_runs() const {
    return impl_->runner.empty() ? impl_->why_no_script() : "";
}

std::shared_ptr<ScriptVersions> Registry::script_versions() const {
    return impl_->versions;
}

bool Registry::changed() const {
    return impl_->look() != impl_->seen;
}

const std::vector<PluginRow> &Registry::plugins() const {
    return impl_->rows;
}
const std::vector<GameEntry> &Registry::games() const {
    return impl_->games;
}
const std::vector<EngineEntry> &Registry::engines() const {
    return impl_->engines;
}
const GameEntry *Registry::find_game(const std::string &id) const {
    return find_id(impl_->games, id);
}
const EngineEntry *Registry::find_engine(const std::string &id) const {
    return find_id(impl_->engines, id);
}

Result<GamePtr> Registry::create_game(const std::string &id, const OptionMap &options) const {
    const GameEntry *entry = find_game(id);
    if (entry == nullptr) return impl_->missing("game", id, ids_of(impl_->games));
    if (const Result<void> checked = check_options(id, entry->options, options); !checked) return checked.problem();
    const Result<Impl::MadeGame> made = impl_->make_rules(*entry, options);
    if (!made) return made.problem();
    parlour_game layered = made->raw;
    if (impl_->options.check_plugins) layered = checked_layer(layered, reporting_check_log(id));
    if (impl_->options.trace_calls) layered = counting_layer(layered);
    if (GameRef(layered).simultaneous() != nullptr) {
        const Result<parlour_game> in_turn = sequentialiser_layer(layered);
        if (!in_turn) {
            layered.api->destroy(layered.self);
            return Problem{fmt::format("{} {}", id, in_turn.sentence()), in_turn.problem().code};
        }
        layered = *in_turn;
    }
    return GamePtr(std::make_shared<Game>(layered, options, made->keep_alive, made->file));
}

Result<EnginePtr> Registry::create_engine(const std::string &id, const OptionMap &options) const {
    const EngineEntry *entry = find_engine(id);
    if (entry == nullptr) return impl_->missing("engine", id, ids_of(impl_->engines));
    if (const Result<void> checked = check_options(id, entry->options, options); !checked) return checked.problem();
    const Known &one = impl_->owner(&Known::engines, id);
    if (entry->isolated && one.script && impl_->options.reload_scripts)
        return make_reloading_engine(impl_->launch_of(*entry, options), impl_->options.worker_engines,
                                     impl_->versions);
    if (entry->isolated) return impl_->options.worker_engines(impl_->launch_of(*entry, options));
    const Result<LibraryPtr> found = impl_->library_of(one);
    if (!found) return found.problem();
    const LibraryPtr &library = *found;
    const Result<parlour_engine> raw = make_engine(*library, id, options);
    if (!raw) return raw.problem();
    EnginePtr here = std::make_unique<LoadedEngine>(*raw, id, entry->name, library,
                                                    [library] { return failure_details(*library); });
    const RegistryOptions &how = impl_->options;
    if (!how.worker_games || !how.worker_engines || how.isolate == Isolation::none) return here;
    return make_engine_beside_rules(std::move(here), impl_->launch_of(*entry, options), how.worker_engines);
}

Registry::Support Registry::supports(const std::string &engine_id, const Game &game) const {
    const auto known = known_support(engine_id, game);
    if (known) return *known;
    const GameQuestion question = question_about(game);
    const EngineLaunch launch = impl_->launch_of(*find_engine(engine_id), {});
    const Result<Support> answer =
        impl_->answers->ask(impl_->options.worker_support, launch, std::span(&question, 1)).front();
    return answer ? *answer : Support{0, answer.sentence()};
}

std::function<void()> Registry::prepare_supports(std::span<const GamePtr> games) const {
    std::vector<std::pair<EngineLaunch, std::vector<GameQuestion>>> open;
    for (const EngineEntry &entry : impl_->engines) {
        std::vector<GameQuestion> questions;
        for (const GamePtr &game : games) {
            if (!known_support(entry.id, *game)) questions.push_back(question_about(*game));
        }
        if (!questions.empty()) open.emplace_back(impl_->launch_of(entry, {}), std::move(questions));
    }
    if (open.empty()) return {};
    return [open = std::move(open), answers = impl_->answers, asker = impl_->options.worker_support] {
        for (const auto &[launch, questions] : open) static_cast<void>(answers->ask(asker, launch, questions));
    };
}

std::optional<Registry::Support> Registry::known_support(const std::string &engine_id, const Game &game) const {
    const EngineEntry *entry = find_engine(engine_id);
    if (entry == nullptr) return Support{0, unknown("engine", engine_id, ids_of(impl_->engines)).sentence};
    if (!entry->isolated) return impl_->support_here(*entry, game);
    if (!impl_->options.worker_support) return Support{50, {}};
    return impl_->answers->find(engine_id, question_about(game));
}

Result<void> Registry::quarantine(const fs::path &file, const std::string &reason, const std::string &details) {
    Known *known = impl_->find_file(file);
    if (known == nullptr)
        return Problem{fmt::format("{} is not among the plugins that were found", file.string()), PARLOUR_E_NOTFOUND};
    const PluginFile plugin = known->file;
    Result<void> kept = impl_->quarantine.add({plugin.plain, content_of(plugin), reason, details, 0});
    if (const QuarantineEntry *entry = impl_->quarantine.find(plugin)) Impl::set_aside(*known, *entry);
    log_line(PARLOUR_LOG_WARN, "plugins", fmt::format("{}: {}", plugin.plain.string(), known->row.sentence));
    impl_->publish();
    return kept;
}

Result<void> Registry::try_again(const fs::path &file) {
    Known *known = impl_->find_file(file);
    std::error_code ignored;
    const fs::path plain = known != nullptr ? known->row.file : fs::absolute(file, ignored).lexically_normal();
    Result<void> lifted = impl_->quarantine.lift(plain);
    if (!lifted && lifted.problem().code == PARLOUR_E_NOTFOUND) return lifted;
    if (known != nullptr) impl_->cache.forget(known->build);
    impl_->scan();
    return lifted;
}

} // namespace parlour::host
