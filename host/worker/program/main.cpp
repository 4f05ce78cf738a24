// parlour-worker: runs the rules of one game, and mostly one engine with them, for Parlour, in a process that has
// locked itself down before any of their code runs. The host talks to it through descriptor 3.
#include "host/plugins/scripts.hpp"
#include "host/sandbox/sandbox.hpp"
#include "host/worker/program/session.hpp"
#include "host/worker/program/survey.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <new>

namespace {

using namespace parlour::host;
using namespace parlour::host::worker;

bool has_socket() {
    struct stat facts {};
    return ::fstat(worker_socket, &facts) == 0 && S_ISSOCK(facts.st_mode);
}

// Says so before memory runs out, as what follows is often a crash.
void out_of_memory() {
    const ssize_t written = ::write(STDERR_FILENO, out_of_memory_words, std::strlen(out_of_memory_words));
    static_cast<void>(written);
    throw std::bad_alloc();
}

// The files of plugins that a worker is to load; none if that is not what the message is about.
std::vector<std::filesystem::path> files_of(const Message &task) {
    std::vector<std::filesystem::path> out;
    if (const auto *load = std::get_if<Load>(&task)) {
        out.emplace_back(load->game.file);
        if (!load->engine.file.empty()) out.emplace_back(load->engine.file);
    } else if (const auto *survey = std::get_if<Survey>(&task)) {
        out.emplace_back(survey->engine.file);
        for (const PluginChoice &game : survey->games) out.emplace_back(game.file);
    }
    return out;
}

SandboxRules rules_for(const Hello &hello, std::vector<std::filesystem::path> files) {
    SandboxRules rules;
    for (std::filesystem::path &script : files_of_script_environment()) files.push_back(std::move(script));
    for (const std::filesystem::path &file : files) {
        for (std::filesystem::path &readable : readable_for_plugin(file))
            rules.read_only.push_back(std::move(readable));
    }
    rules.memory_bytes = hello.memory_bytes;
    rules.cpu_seconds = hello.cpu_seconds;
    rules.last_kept_descriptor = worker_socket;
    rules.parent = static_cast<pid_t>(hello.parent);
    rules.layers = hello.layers;
    return rules;
}

} // namespace

int main() {
    if (!has_socket()) {
        std::fputs("parlour-worker: this program is started by parlour; there is nothing to do for it by hand\n",
                   stderr);
        return 2;
    }
    for (const int number : {SIGPIPE, SIGXFSZ}) ::signal(number, SIG_IGN);
    std::set_new_handler(out_of_memory);
    static Wire wire;
    const FrameDecoder::Frame first = wire.receive();
    const auto *hello = std::get_if<Hello>(&first.message);
    if (hello == nullptr || hello->protocol != protocol_version) {
        wire.send(
            Failure{first.sequence, PARLOUR_E_VERSION, "parlour-worker belongs to another version of parlour", {}});
        return 2;
    }
    const FrameDecoder::Frame second = wire.receive();
    const auto *load = std::get_if<Load>(&second.message);
    const auto *survey = std::get_if<Survey>(&second.message);
    if (load == nullptr && survey == nullptr) return 2;
    const SandboxReport report = lock_down(rules_for(*hello, files_of(second.message)));
    if (report.orphaned) return 0;
    if (survey != nullptr) {
        answer_survey(wire, *survey, second.sequence);
        _exit(0); // no more of a plugin's code is run
    }
    static Session session(wire);
    session.run(*load, second.sequence, report_json(report));
}
