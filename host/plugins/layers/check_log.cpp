#include "host/plugins/layers/check_log.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace parlour::host {

void CheckLog::add(bool by_host, const std::string &where, const std::string &kind, const std::string &sentence) {
    const std::lock_guard lock(mutex_);
    Breach &breach = breaches_[fmt::format("{}/{}/{}", by_host ? "host" : "plugin", where, kind)];
    if (++breach.count > 1) return;
    breach.by_host = by_host;
    breach.where = where;
    breach.sentence = sentence;
    if (on_first_) on_first_(breach);
}

std::vector<Breach> CheckLog::breaches() const {
    const std::lock_guard lock(mutex_);
    std::vector<Breach> out;
    for (const auto &[key, breach] : breaches_) out.push_back(breach);
    return out;
}

void CheckLog::clear() {
    const std::lock_guard lock(mutex_);
    breaches_.clear();
}

std::string CheckLog::text() const {
    std::string out;
    for (const Breach &breach : breaches())
        out += fmt::format("{}{} {} ({} times)\n", breach.by_host ? "the caller of " : "", breach.where,
                           breach.sentence, breach.count);
    return out;
}

std::string CheckLog::json() const {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const Breach &breach : breaches())
        out.push_back({{"by", breach.by_host ? "host" : "plugin"},
                       {"function", breach.where},
                       {"sentence", breach.sentence},
                       {"count", breach.count}});
    return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace parlour::host
