#include "host/match/plugin_watch.hpp"

#include "host/plugins/reloading_engine.hpp"
#include "host/plugins/scripts.hpp"

#include <algorithm>

namespace parlour::host {

namespace {

namespace fs = std::filesystem;

// What people call it: the file, of a package the folder.
std::string name_of(const PluginRow &row) {
    const bool package = row.script && row.file.filename() == "__init__.py";
    return (package ? row.file.parent_path() : row.file).filename().string();
}

std::string ended(std::string sentence) {
    while (sentence.ends_with('.')) sentence.pop_back();
    return sentence + ".";
}

// "greedy.py has an error in line 3": the place where a script's problem is, which begins "greedy.py, line 3: ".
std::string error_of(const PluginRow &row) {
    const std::string beginning = row.file.filename().string() + ", line ";
    if (row.script && row.sentence.starts_with(beginning)) {
        const std::size_t end = row.sentence.find_first_not_of("0123456789", beginning.size());
        if (end != std::string::npos && end > beginning.size())
            return name_of(row) + " has an error in line " +
                   row.sentence.substr(beginning.size(), end - beginning.size());
    }
    return name_of(row) + (row.script ? " does not work" : " was refused: " + row.sentence);
}

std::string arrival(const PluginRow &row) {
    std::string what;
    if (row.games.size() == 1) what = "a new game";
    if (row.games.size() > 1) what = "new games";
    if (!row.engines.empty()) {
        what += what.empty() ? "" : " and ";
        what += row.engines.size() == 1 ? "a new opponent" : "new opponents";
    }
    if (what.empty()) return name_of(row) + " is there now.";
    const bool one = row.games.size() + row.engines.size() == 1;
    return name_of(row) + (one ? " is " : " brings ") + what + ".";
}

// A script that works, and worked before it was changed.
std::string renewal(const PluginRow &row, const std::vector<std::string> &waiting) {
    if (row.engines.empty()) return name_of(row) + " has changed; the next game is played by its new rules.";
    const bool waits = std::any_of(row.engines.begin(), row.engines.end(), [&](const std::string &id) {
        return std::find(waiting.begin(), waiting.end(), id) != waiting.end();
    });
    return name_of(row) + (waits ? " has a new version." : " has changed; its new version plays from now on.");
}

} // namespace

PluginWatch::PluginWatch(Registry &registry) : registry_(registry), stamps_(stamps()) {}

std::map<fs::path, FileStamp> PluginWatch::stamps() const {
    std::map<fs::path, FileStamp> out;
    for (const PluginRow &row : registry_.plugins()) {
        if (!row.script) continue;
        if (const auto stamp = script_stamp(row.file, registry_.script_runner())) out.emplace(row.file, *stamp);
    }
    return out;
}

std::vector<PluginNews> PluginWatch::look() {
    std::vector<PluginNews> news;
    if (!registry_.changed()) return news;
    const std::vector<PluginRow> before = registry_.plugins();
    static_cast<void>(registry_.rescan());
    const std::map<fs::path, FileStamp> now = stamps();
    const std::vector<std::string> waiting = registry_.script_versions()->waiting();
    for (const PluginRow &row : registry_.plugins()) {
        const auto old =
            std::find_if(before.begin(), before.end(), [&](const PluginRow &each) { return each.file == row.file; });
        const bool known = old != before.end();
        const auto stamp_before = stamps_.find(row.file);
        const auto stamp_now = now.find(row.file);
        const bool renewed = known && row.script && stamp_before != stamps_.end() && stamp_now != now.end() &&
                             stamp_before->second != stamp_now->second;
        const bool told = known && old->loaded == row.loaded && old->sentence == row.sentence &&
                          old->version == row.version && old->games == row.games && old->engines == row.engines;
        if (told && !renewed) continue;
        if (!row.loaded)
            news.push_back({error_of(row) + (row.script ? "; the plugins page says more." : "."), false});
        else if (row.outdated)
            news.push_back({error_of(row) + "; the version before goes on playing.", false});
        else if (!row.sentence.empty())
            news.push_back({ended(name_of(row) + ": " + row.sentence), false});
        else if (known && old->loaded)
            news.push_back({renewal(row, waiting)});
        else
            news.push_back({arrival(row)});
    }
    for (const PluginRow &row : before) {
        const auto &rows = registry_.plugins();
        const bool there =
            std::any_of(rows.begin(), rows.end(), [&](const PluginRow &each) { return each.file == row.file; });
        if (!there) news.push_back({name_of(row) + " is gone.", false});
    }
    stamps_ = now;
    return news;
}

} // namespace parlour::host
