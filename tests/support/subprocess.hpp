// Runs a program as a person or a script would: words, input, environment; gives back all that it wrote and how it
// ended. A program that does not end within a minute is killed and counts as having ended by a signal.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace parlour::tests {

struct Finished {
    int code = -1; // the exit code; -1 after a signal
    int signal = 0;
    std::string out, err;
};

struct Subprocess {
    std::vector<std::string> words;                 // the program's path first
    std::string input;                              // of standard input, which then ends
    std::map<std::string, std::string> environment; // besides this process's; an empty value takes a variable away
    bool terminal = false; // standard input, output and error are one terminal; err stays empty

    Finished run() const {
        int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
        int master = -1;
        pid_t child = -1;
        if (terminal) {
            winsize size{50, 100, 0, 0};
            child = forkpty(&master, nullptr, nullptr, &size);
        } else {
            if (pipe(in) != 0 || pipe(out) != 0 || pipe(err) != 0) std::abort();
            child = fork();
        }
        if (child < 0) std::abort();
        if (child == 0) become(in, out, err);
        if (!terminal) {
            close(in[0]);
            close(out[1]);
            close(err[1]);
        }
        Finished finished;
        converse(child, terminal ? master : in[1], terminal ? master : out[0], err[0], finished);
        int status = 0;
        waitpid(child, &status, 0);
        if (WIFEXITED(status)) finished.code = WEXITSTATUS(status);
        if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
        return finished;
    }

private:
    [[noreturn]] void become(const int *in, const int *out, const int *err) const {
        if (!terminal) {
            dup2(in[0], STDIN_FILENO);
            dup2(out[1], STDOUT_FILENO);
            dup2(err[1], STDERR_FILENO);
            for (int descriptor = 3; descriptor < 64; ++descriptor) close(descriptor);
        }
        for (const auto &[name, value] : environment) {
            if (value.empty()) {
                unsetenv(name.c_str());
            } else {
                setenv(name.c_str(), value.c_str(), 1);
            }
        }
        std::vector<char *> arguments;
        for (const std::string &word : words) arguments.push_back(const_cast<char *>(word.c_str()));
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(127);
    }

    // Feeds and listens until the program has closed its ends, or a minute is over. On a terminal the next line is
    // typed when the program has been quiet for a moment, as a person would wait for its prompt.
    void converse(pid_t child, int to, int from, int from_error, Finished &finished) const {
        using Clock = std::chrono::steady_clock;
        const auto until = Clock::now() + std::chrono::minutes(1);
        std::size_t written = 0;
        bool open = true, error_open = from_error >= 0, writing = true;
        signal(SIGPIPE, SIG_IGN);
        while (open || error_open) {
            if (Clock::now() > until) kill(child, SIGKILL);
            std::array<pollfd, 3> watched{{{open ? from : -1, POLLIN, 0},
                                           {error_open ? from_error : -1, POLLIN, 0},
                                           {writing && !terminal ? to : -1, POLLOUT, 0}}};
            const int ready = poll(watched.data(), watched.size(), terminal && writing ? 300 : 1000);
            if (ready < 0 && errno != EINTR) break;
            if (watched[0].revents != 0) open = take(from, finished.out);
            if (watched[1].revents != 0) error_open = take(from_error, finished.err);
            const bool may_write = watched[2].revents != 0 || (terminal && writing && ready == 0);
            if (may_write) {
                std::size_t end = input.size();
                if (terminal) end = std::min(input.size(), input.find('\n', written) + 1);
                if (terminal && input.find('\n', written) == std::string::npos) end = input.size();
                const ssize_t n = write(to, input.data() + written, end - written);
                if (n > 0) written += static_cast<std::size_t>(n);
                if (n < 0 || written == input.size()) {
                    writing = false;
                    if (!terminal) close(to);
                }
            }
        }
        if (writing && !terminal) close(to);
        close(from);
        if (from_error >= 0) close(from_error);
    }

    static bool take(int from, std::string &text) {
        std::array<char, 4096> bytes;
        const ssize_t n = read(from, bytes.data(), bytes.size());
        if (n > 0) text.append(bytes.data(), static_cast<std::size_t>(n));
        return n > 0 || (n < 0 && errno == EINTR);
    }
};

} // namespace parlour::tests
