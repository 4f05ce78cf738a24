#include "host/plugins/probe.hpp"

#include "host/plugins/child_process.hpp"
#include "host/plugins/description_json.hpp"
#include "host/plugins/elf_file.hpp"
#include "host/plugins/scripts.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>

namespace parlour::host {

namespace {

using Json = nlohmann::ordered_json;

// Loads, describes and exercises in this process; `stage` is told what comes next.
ProbeResult probe_here(const std::filesystem::path &file, const std::function<void(const char *)> &stage) {
    ProbeResult out;
    stage("while it was loaded and started");
    const LoadOutcome outcome = load_library(file);
    out.abi_major = outcome.refusal.abi_major;
    out.abi_minor = outcome.refusal.abi_minor;
    out.may_heal = outcome.refusal.may_heal;
    out.sentence = outcome.refusal.sentence;
    if (!outcome.library) return out;
    const parlour_entry_t &entry = outcome.library->entry;
    out.id = entry.id;
    out.name = entry.name;
    out.version = entry.version;
    out.vendor = entry.vendor;
    out.summary = entry.summary;
    stage("while it described itself");
    Result<Description> described = describe(*outcome.library);
    if (!described) {
        out.sentence = described.sentence();
        return out;
    }
    if (const std::optional<Problem> problem = script_problem(*outcome.library)) {
        out.sentence = problem->sentence;
        out.details = problem->details;
        return out;
    }
    stage("while its games and engines were tried");
    if (const Result<void> exercised = exercise(*outcome.library, *described); !exercised) {
        out.sentence = exercised.sentence();
        out.details = failure_details(*outcome.library);
        if (const std::size_t end = out.details.find('\n'); end != 0 && end != std::string::npos)
            out.sentence += ": " + one_line(out.details.substr(0, end));
        return out;
    }
    stage("at its end");
    out.description = std::move(*described);
    out.fine = true;
    return out;
}

Json to_json(const ProbeResult &result) {
    Json out{{"fine", result.fine},           {"sentence", result.sentence},   {"may_heal", result.may_heal},
             {"abi_major", result.abi_major}, {"abi_minor", result.abi_minor}, {"id", result.id},
             {"name", result.name},           {"version", result.version},     {"vendor", result.vendor},
             {"summary", result.summary},     {"details", result.details}};
    out.update(description_json(result.description));
    return out;
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(descriptor, text.data(), text.size());
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

// Reads what the child printed: its last stage and its object.
bool read_answer(const std::string &out, ProbeResult &result, std::string &stage) {
    std::size_t at = 0;
    while (at < out.size() && out[at] == '#') {
        const std::size_t end = std::min(out.find('\n', at), out.size());
        stage = one_line(out.substr(at + 1, end - at - 1), 80);
        at = std::min(end + 1, out.size());
    }
    const Json json = Json::parse(out.begin() + static_cast<std::ptrdiff_t>(at), out.end(), nullptr, false);
    if (!json.is_object()) return false;
    try {
        result.fine = json.at("fine").get<bool>();
        result.sentence = json.at("sentence").get<std::string>();
        result.may_heal = json.at("may_heal").get<bool>();
        result.abi_major = json.at("abi_major").get<std::uint16_t>();
        result.abi_minor = json.at("abi_minor").get<std::uint16_t>();
        result.id = json.at("id").get<std::string>();
        result.name = json.at("name").get<std::string>();
        result.version = json.at("version").get<std::string>();
        result.vendor = json.at("vendor").get<std::string>();
        result.summary = json.at("summary").get<std::string>();
        result.details = json.value("details", std::string());
        Result<Description> description = read_description(json);
        if (!description) return false;
        if (result.fine) result.description = *std::move(description);
    } catch (const Json::exception &) {
        return false;
    }
    return result.fine || !result.sentence.empty();
}

} // namespace

ProbeResult probe_file(const std::filesystem::path &program, const std::filesystem::path &file,
                       std::chrono::milliseconds limit, const std::filesystem::path &script) {
    ProbeResult result;
    const Result<ElfFacts> facts = read_elf(file);
    if (!facts) {
        result.sentence = facts.sentence();
        return result;
    }
    const bool has_entry = std::binary_search(facts->exports.begin(), facts->exports.end(), "parlour_entry");
    if (facts->exports_known && !has_entry) {
        result.sentence = "not a Parlour plugin: it does not export parlour_entry";
        return result;
    }
    if (program.empty()) {
        // Nobody's scripts are run in this process.
        if (std::getenv(PARLOUR_SCRIPT_FILES) == nullptr) set_script_environment({});
        return probe_here(file, [](const char *) {});
    }

    std::vector<std::string> command{program.string(), "probe", "--raw", file.string()};
    if (!script.empty()) command.push_back(script.string());
    const ChildResult child = run_child(command, limit);
    std::string stage;
    const bool answered = read_answer(child.out, result, stage);
    if (answered && child.fine()) return result;
    const ProbeResult seen = std::exchange(result, ProbeResult{});
    result.id = seen.id;
    result.name = seen.name;
    result.version = seen.version;
    result.abi_major = seen.abi_major;
    result.abi_minor = seen.abi_minor;
    if (!script.empty()) result.details = child.err;
    const std::string where = stage.empty() ? std::string() : fmt::format(", {}", stage);
    switch (child.end) {
        case ChildResult::End::signalled:
            result.sentence =
                child.code == SIGSYS
                    ? fmt::format("was ended while probing: it asked the system for what no plugin may{}", where)
                    : fmt::format("crashed while probing ({}){}", signal_name(child.code), where);
            break;
        case ChildResult::End::timed_out:
            result.sentence = fmt::format("{} while probing{}", child.ending, where);
            result.timed_out = true;
            break;
        case ChildResult::End::flooded:
            result.sentence = fmt::format("{} while probing{}", child.ending, where);
            break;
        case ChildResult::End::not_started:
            result.sentence = fmt::format("could not be probed: {} {}", program.string(), child.ending);
            result.may_heal = true;
            break;
        case ChildResult::End::exited:
            result.sentence = fmt::format("ended the probing process with code {}{}", child.code, where);
            break;
    }
    return result;
}

int run_raw_probe(const std::filesystem::path &file, const std::filesystem::path &script) {
    constexpr std::uint64_t memory = 512ull << 20;
    std::vector<std::filesystem::path> scripts;
    if (!script.empty()) scripts.push_back(script);
    // `parlour validate` of a script has set it already.
    if (!scripts.empty() || std::getenv(PARLOUR_SCRIPT_FILES) == nullptr) set_script_environment(scripts);
    const int out = become_expendable({file}, memory);
    if (out < 0) return 1;
    const auto say = [&](const std::string &line) { return write_all(out, line + "\n"); };
    const ProbeResult result = probe_here(file, [&](const char *stage) { say(fmt::format("#{}", stage)); });
    const Json json = to_json(result);
    return say(json.dump(-1, ' ', false, Json::error_handler_t::replace)) ? 0 : 1;
}

} // namespace parlour::host
