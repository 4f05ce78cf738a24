#include "host/plugins/sandbox_check.hpp"

#include "host/plugins/child_process.hpp"
#include "host/plugins/text.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace parlour::host {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::milliseconds limit{10000};
constexpr const char *secret = "what a person keeps here is nobody's business\n";

// A file in a folder of its own, gone at the end.
class Bait {
public:
    Bait() {
        std::error_code problem;
        const fs::path place = fs::temp_directory_path(problem);
        std::string pattern = ((problem ? fs::path("/tmp") : place) / "parlour-check-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) return;
        folder_ = pattern;
        std::ofstream(file()) << secret;
    }
    ~Bait() {
        std::error_code ignored;
        if (!folder_.empty()) fs::remove_all(folder_, ignored);
    }
    Bait(const Bait &) = delete;
    Bait &operator=(const Bait &) = delete;

    fs::path file() const { return folder_ / "diary"; }
    // Whether the folder holds just the file, and the file what it held.
    bool untouched() const {
        std::ifstream stream(file());
        const std::string content{std::istreambuf_iterator<char>(stream), {}};
        std::error_code problem;
        const auto files = std::distance(fs::directory_iterator(folder_, problem), fs::directory_iterator());
        return content == secret && !problem && files == 1;
    }

private:
    fs::path folder_;
};

SandboxAttempt read_attempt(const Json &json) {
    return {one_line(json.at("id").get<std::string>()), one_line(json.at("what").get<std::string>()),
            json.at("refused").get<bool>(), one_line(json.at("answer").get<std::string>())};
}

SandboxReport read_report(const Json &json) {
    static constexpr std::pair<const char *, SandboxLayer> ids[] = {
        {"descriptors", layer_descriptors}, {"limits", layer_limits}, {"parent", layer_parent},
        {"privileges", layer_privileges},   {"files", layer_files},   {"calls", layer_calls}};
    SandboxReport out;
    out.landlock_version = json.at("landlock").get<int>();
    for (const Json &row : json.at("layers")) {
        LayerReport layer;
        layer.id = row.at("id").get<std::string>();
        for (const auto &[id, bit] : ids) {
            if (layer.id == id) layer.layer = bit;
        }
        layer.in_force = row.at("in_force").get<bool>();
        layer.sentence = one_line(row.at("sentence").get<std::string>());
        out.layers.push_back(std::move(layer));
    }
    return out;
}

} // namespace

Result<SandboxCheck> check_sandbox(const fs::path &program) {
    const Bait bait;
    if (!bait.untouched())
        return Problem{
            "what workers may do cannot be tried: no file could be made in the folder for temporary files"};
    const ChildResult child = run_child({program.string(), "workers", "--raw", bait.file().string()}, limit);
    const bool killed = child.end == ChildResult::End::signalled && child.code == SIGSYS;
    if (!killed && !child.fine())
        return Problem{fmt::format("what workers may do cannot be tried: {} {}", program.string(), child.ending)};
    SandboxCheck out;
    std::istringstream lines(child.out);
    std::string line;
    try {
        std::getline(lines, line);
        const Json first = Json::parse(line);
        out.report = read_report(first);
        for (const Json &row : first.at("attempts")) out.attempts.push_back(read_attempt(row));
        if (killed)
            out.attempts.push_back({"trace", "tracing a process", true, "the process was ended (SIGSYS)"});
        else if (std::getline(lines, line))
            out.attempts.push_back(read_attempt(Json::parse(line)));
        out.attempts.push_back({"harm", "doing the file any harm by all this", bait.untouched(),
                                bait.untouched() ? "it is as it was" : "it was changed"});
    } catch (const std::exception &problem) {
        return Problem{
            fmt::format("what workers may do cannot be tried: the answer makes no sense ({})", problem.what())};
    }
    return out;
}

} // namespace parlour::host
