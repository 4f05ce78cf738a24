// An engine tries to get out of its worker, one way at a time. Each way is refused, or ends the worker; and what it
// was after is as it was.
#include "faulty/worker_fixture.hpp"

#include <sys/stat.h>

#include <fstream>

namespace parlour::host {
namespace {

// What is tried, on what, and the layer that holds it back.
struct AttackRow {
    const char *attack;
    const char
        *path; // HOME stands for a folder like a person's, OWN for the plugin's own file; "" where none is meant
    std::uint32_t layer;
};

std::vector<AttackRow> attack_rows() {
    std::vector<AttackRow> rows;
    for (const char *path : {"/etc/passwd", "/etc/hostname", "HOME/.ssh/id_rsa", "HOME/notes.txt", "/proc/1/status"})
        rows.push_back({"read_file", path, layer_files});
    for (const char *path : {"/", "/root", "/home", "/tmp", "/proc", "HOME", "HOME/.ssh"})
        rows.push_back({"read_folder", path, layer_files});
    for (const char *attack : {"read_parent_memory", "read_parent_environment", "read_parent_maps",
                               "take_parent_descriptor", "shared_memory"})
        rows.push_back({attack, "", layer_files});
    for (const char *path : {"HOME/notes.txt", "HOME/new.txt", "/tmp/parlour-attack", "parlour-attack", "OWN"})
        rows.push_back({"write_file", path, layer_files});
    for (const char *attack :
         {"append_file", "remove_file", "rename_file", "link_file", "point_at_file", "make_folder", "make_pipe"})
        rows.push_back({attack, "HOME/notes.txt", layer_files});
    for (const char *attack : {"append_file", "remove_file", "rename_file"})
        rows.push_back({attack, "OWN", layer_files});
    for (const char *attack : {"truncate_file", "change_mode", "change_owner", "change_times"})
        rows.push_back({attack, "HOME/notes.txt", layer_calls});
    for (const char *attack : {"memory_file",
                               "socket_tcp",
                               "socket_udp",
                               "socket_raw",
                               "socket_netlink",
                               "socket_unix",
                               "fork",
                               "vfork",
                               "clone3",
                               "exec",
                               "spawn",
                               "system",
                               "signal_parent",
                               "kill_parent",
                               "open_parent",
                               "outlive_parent",
                               "trace_parent",
                               "peek_parent",
                               "poke_parent",
                               "raise_limits",
                               "raise_priority",
                               "become_nobody",
                               "new_namespace",
                               "mount",
                               "chroot",
                               "keyctl",
                               "io_uring",
                               "bpf",
                               "perf",
                               "userfaultfd",
                               "reboot",
                               "load_module",
                               "set_clock",
                               "set_name",
                               "shared_segment",
                               "message_queue",
                               "type_on_terminal"})
        rows.push_back({attack, "", layer_calls});
    return rows;
}

class Attacks : public WorkerTest, public testing::WithParamInterface<AttackRow> {
protected:
    // Everything about a person's folder that somebody could have changed.
    static std::string picture(const fs::path &folder) {
        std::set<std::string> lines;
        for (const auto &entry : fs::recursive_directory_iterator(folder)) {
            struct stat facts {};
            lstat(entry.path().c_str(), &facts);
            std::string text;
            std::getline(std::ifstream(entry.path()), text, '\0');
            lines.insert(entry.path().string() + " " + std::to_string(facts.st_mode) + " " +
                         std::to_string(facts.st_uid) + " " + std::to_string(facts.st_nlink) + " " +
                         std::to_string(facts.st_mtim.tv_sec) + "." + std::to_string(facts.st_mtim.tv_nsec) + " " +
                         (entry.is_regular_file() ? std::to_string(std::hash<std::string>{}(text)) : ""));
        }
        std::string out;
        for (const std::string &line : lines) out += line + "\n";
        return out;
    }
};

TEST_P(Attacks, AreRefused) {
    const AttackRow &row = GetParam();
    if ((row.layer & ~layers_in_force()) != 0)
        GTEST_SKIP() << "this system has no layer for " << layer_names(row.layer)
                     << "; in force: " << layer_names(layers_in_force());
    fs::create_directories(folder_ / "home" / ".ssh");
    std::ofstream(folder_ / "home" / ".ssh" / "id_rsa") << "a secret\n";
    std::ofstream(folder_ / "home" / "notes.txt") << "dear diary\n";
    ASSERT_NO_FATAL_FAILURE(expect_next_game(*registry_with({})));
    const Standing before = standing();
    {
        const auto registry = registry_with(fs::path(FAULTY_ATTACKS) / "attack.so");
        const std::string picture_before = picture(folder_.path());
        std::string path = row.path;
        if (path.starts_with("HOME")) path = (folder_ / "home").string() + path.substr(4);
        if (path == "OWN") path = (folder_ / "bad" / "attack.so").string();
        const auto engine = registry->create_engine("attack", {{"attack", row.attack}, {"path", path}});
        ASSERT_TRUE(engine) << engine.sentence();
        const auto game = registry->create_game("four_in_a_row", {});
        ASSERT_TRUE(game) << game.sentence();
        ASSERT_TRUE((*engine)->bind(*game));
        const StateBuffer state = (*game)->initial(1);
        SearchLimits limits;
        limits.hard_time = std::chrono::seconds(10);
        std::atomic<std::uint32_t> stop{PARLOUR_GO};
        std::vector<std::string> said;
        const auto result = (*engine)->search({&state, nullptr, {}}, limits, stop,
                                              [&](const SearchInfo &info) { said.push_back(info.text); });
        ASSERT_FALSE(result) << "it did not even try";
        EXPECT_THAT(result.sentence(), testing::AnyOf(testing::HasSubstr(std::string(row.attack) + ": refused"),
                                                      testing::HasSubstr("forbidden operation")));
        for (const std::string &line : said) EXPECT_THAT(line, testing::HasSubstr(": refused")) << line;
        EXPECT_EQ(picture(folder_.path()), picture_before);
        EXPECT_FALSE(fs::exists("/tmp/parlour-attack"));
        EXPECT_FALSE(fs::exists("/dev/shm/parlour-attack"));
        RecordProperty("answer", result.sentence());
        expect_next_game(*registry);
    }
    expect_nothing_left(before);
}

INSTANTIATE_TEST_SUITE_P(OfAnEngine, Attacks, testing::ValuesIn(attack_rows()),
                         [](const testing::TestParamInfo<AttackRow> &row) {
                             std::string name = std::to_string(row.index + 1) + "_" + row.param.attack;
                             for (const char letter : std::string(row.param.path))
                                 name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
                             return name;
                         });

TEST(Layers, AreSaid) {
    const std::uint32_t bits = layers_in_force();
    std::printf("in force: %s; missing: %s\n", layer_names(bits).c_str(), layer_names(all_layers & ~bits).c_str());
    EXPECT_NE(bits & layer_limits, 0u);
}

} // namespace
} // namespace parlour::host
