// `parlour new`: the source of a game or engine that builds and plays as it stands, for its author to change.
#include "host/base/atomic_file.hpp"
#include "host/cli/command.hpp"
#include "host/cli/setup.hpp"
#include "host/cli/templates.hpp"
#include "host/plugins/text.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace parlour::host::cli {

namespace {

struct Template {
    std::string kind, token, token_title, token_class, class_ending, extension;
    std::string_view source;
    bool is_script = false; // one file, not a folder
};

const std::array<Template, 6> &templates() {
    static const std::array<Template, 6> all{
        {{"game", "null_game", "Null game", "NullGame", "Game", ".cpp", game_template},
         {"engine", "null_engine", "Null engine", "NullEngine", "Engine", ".cpp", engine_template},
         {"cgame", "null_game", "Null game", "NullGame", "Game", ".c", c_game_template},
         {"bot", "null_bot", "Null bot", "NullBot", "Bot", ".py", bot_template, true},
         {"pygame", "null_game", "Null game", "NullGame", "Game", ".py", pygame_template, true},
         {"window", "null_window", "Null window", "NullWindow", "Window", ".py", window_template, true}}};
    return all;
}

// What is wrong with a plugin's name, in a sentence; "" when nothing is.
std::string name_problem(const std::string &name) {
    static const std::array reserved{"all",     "clean", "help",       "install",
                                     "package", "test",  "edit_cache", "rebuild_cache"};
    const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    const std::string shown = "\"" + one_line(name, 40) + "\"";
    if (name.empty() || name.size() > 40 || name[0] < 'a' || name[0] > 'z' ||
        !std::all_of(name.begin(), name.end(), good)) {
        return shown +
               " is no name for a plugin: take a lower-case letter, then lower-case letters, digits and '_', "
               "at most 40 in all, like nine_mens_morris";
    }
    if (std::find(reserved.begin(), reserved.end(), name) != reserved.end()) {
        return shown + " means something else to CMake; take another name";
    }
    return {};
}

std::string replaced(std::string_view text, const std::string &from, const std::string &to) {
    std::string out(text);
    for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos; at += to.size()) {
        out.replace(at, from.size(), to);
    }
    return out;
}

// "nine_mens_morris" as "Nine mens morris".
std::string title_of(const std::string &name) {
    std::string out = replaced(name, "_", " ");
    if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
}

// "nine_mens_morris" as "NineMensMorrisGame".
std::string class_of(const std::string &name, const std::string &ending) {
    std::string out;
    bool begins = true;
    for (const char c : name) {
        if (c == '_') {
            begins = true;
            continue;
        }
        out += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = false;
    }
    return out.ends_with(ending) ? out : out + ending;
}

struct SourceFile {
    std::string name, text;
};

// Writes files into `folder`, which this command has made; when one fails, all of it goes again.
void write_files(const std::filesystem::path &folder, const std::vector<SourceFile> &files) {
    for (const SourceFile &file : files) {
        const auto written = write_file_atomically(folder / file.name, file.text);
        if (written) continue;
        std::error_code ignored;
        for (const SourceFile &each : files) std::filesystem::remove(folder / each.name, ignored);
        std::filesystem::remove(folder, ignored);
        throw Refusal(ExitCode::failed, written.sentence());
    }
}

// A template's source with the name in place of its own.
std::string filled(const Template &from, const std::string &name) {
    std::string text = replaced(from.source, from.token_class, class_of(name, from.class_ending));
    text = replaced(text, from.token_title, title_of(name));
    return replaced(text, from.token, name);
}

ExitCode write_script(const Template &from, const std::string &name, const std::filesystem::path &directory,
                      Streams &streams) {
    const std::filesystem::path file = directory / (name + from.extension);
    std::error_code error;
    if (std::filesystem::exists(file, error))
        throw Refusal(ExitCode::failed, file.string() + " is there already; take another name or remove it first");
    if (const auto written = write_file_atomically(file, filled(from, name)); !written)
        throw Refusal(ExitCode::failed, written.sentence());
    const std::string at = file.lexically_normal().string();
    streams.out << "Wrote " << at << ". It works as it stands; next:\n\n";
    const std::string folder = file.parent_path().empty() ? "." : file.parent_path().lexically_normal().string();
    const std::string with_folder = "  PARLOUR_SCRIPT_PATH=" + folder + " parlour ";
    if (from.kind == "window")
        streams.out << "  /usr/bin/python3 " << at << "\n";
    else
        streams.out << "  parlour validate " << at << "\n"
                    << with_folder << (from.kind == "bot" ? "list scripts" : "play python:" + name) << "\n";
    return ExitCode::success;
}

} // namespace

ExitCode new_command(const std::vector<std::string> &words, Streams &streams) {
    CommandLine line(
        {"new",
         "game|engine|cgame|bot|pygame|window NAME [OPTION]...",
         "Writes a folder NAME with the source of a game or an engine and a CMakeLists.txt that builds it "
         "against the installed interface. It plays as it stands; each part of the source says what "
         "belongs there. A cgame is a game against the bare C interface. In Python, one file NAME.py each: a bot is "
         "an opponent, a pygame a game, a window a program of its own that shows a game with the library pygame.",
         {{"parlour new game nim", "writes nim/nim.cpp and nim/CMakeLists.txt"},
          {"parlour new engine brave --directory ~/src", "writes ~/src/brave/..."},
          {"parlour new bot careful --directory ~/.local/share/parlour/opponents", "an opponent, there at once"},
          {"parlour new pygame heap --directory ~/.local/share/parlour/games", "a game in Python, there at once"},
          {"parlour new cgame hex && cmake -S hex -B hex/build && cmake --build hex/build", "a game in C, built"},
          {"PARLOUR_PLUGIN_PATH=nim/build parlour play nim", "plays what was built"}}});
    line.word("KIND").word("NAME").value("directory", "DIR", "write the folder here (default: the working folder)");
    line.parse(words);
    if (line.wants_help()) {
        line.print_help(streams.out);
        return ExitCode::success;
    }
    const std::string kind = *line.text("KIND"), name = *line.text("NAME");
    const auto &all = templates();
    const auto chosen = std::find_if(all.begin(), all.end(), [&](const Template &each) { return each.kind == kind; });
    if (chosen == all.end()) {
        const std::vector<std::string> known{"game", "engine", "cgame", "bot", "pygame", "window"};
        const std::string near = suggestion(kind, known);
        throw Refusal(ExitCode::usage,
                      "\"" + one_line(kind, 40) + "\" cannot be made" +
                          (near.empty() ? "; there are game, engine, cgame, bot, pygame and window" : near));
    }
    if (const std::string problem = name_problem(name); !problem.empty()) throw Refusal(ExitCode::usage, problem);

    const std::filesystem::path directory = line.text_or("directory", ".");
    std::error_code error;
    if (!std::filesystem::is_directory(directory, error)) {
        throw Refusal(ExitCode::not_found, "there is no folder " + directory.string());
    }
    if (chosen->is_script) return write_script(*chosen, name, directory, streams);
    const std::filesystem::path folder = directory / name;
    if (std::filesystem::exists(folder, error)) {
        throw Refusal(ExitCode::failed, folder.string() + " is there already; take another name or remove it first");
    }
    if (!std::filesystem::create_directory(folder, error)) {
        throw Refusal(ExitCode::failed, folder.string() + " could not be made: " + error.message());
    }
    const std::string file = name + chosen->extension;
    const std::string cmake = replaced(cmake_template, "null_game.cpp", file);
    write_files(folder, {{file, filled(*chosen, name)}, {"CMakeLists.txt", replaced(cmake, "null_game", name)}});

    const std::string at = folder.lexically_normal().string();
    streams.out
        << "Wrote " << at << "/" << file << " and " << at << "/CMakeLists.txt. It plays as it stands; next:\n\n"
        << "  cmake -S " << at << " -B " << at << "/build && cmake --build " << at << "/build\n"
        << "  parlour validate " << at << "/build/" << name << ".so\n"
        << "  PARLOUR_PLUGIN_PATH=" << at << "/build parlour " << (kind == "engine" ? "list engines" : "play " + name)
        << "\n\n"
        << "Where the interface is not installed system-wide, add -DCMAKE_PREFIX_PATH=<its prefix> to the first "
           "line.\n";
    return ExitCode::success;
}

} // namespace parlour::host::cli
