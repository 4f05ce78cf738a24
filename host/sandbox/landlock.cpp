#include "host/sandbox/landlock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

namespace parlour::host {

namespace {

// The numbers are the same on every architecture.
constexpr long call_create_ruleset = 444;
constexpr long call_add_rule = 445;
constexpr long call_restrict_self = 446;

constexpr std::uint32_t create_ruleset_version = 1u << 0;
constexpr int rule_path_beneath = 1;

// Rights on files, bit by bit as versions brought them (include/uapi/linux/landlock.h).
constexpr std::uint64_t fs_execute = 1u << 0, fs_read_file = 1u << 2, fs_read_folder = 1u << 3;
constexpr std::uint64_t fs_of_version_1 = (1u << 13) - 1;
constexpr std::uint64_t fs_refer = 1u << 13;                                     // version 2
constexpr std::uint64_t fs_truncate = 1u << 14;                                  // version 3
constexpr std::uint64_t fs_ioctl_dev = 1u << 15;                                 // version 5
constexpr std::uint64_t net_bind_tcp = 1u << 0, net_connect_tcp = 1u << 1;       // version 4
constexpr std::uint64_t scope_abstract_socket = 1u << 0, scope_signal = 1u << 1; // version 6

struct RulesetAttributes {
    std::uint64_t handled_fs = 0;
    std::uint64_t handled_net = 0;
    std::uint64_t scoped = 0;
};

struct [[gnu::packed]] PathBeneath {
    std::uint64_t allowed = 0;
    std::int32_t parent = -1;
};

class Descriptor {
public:
    explicit Descriptor(long number) : number_(static_cast<int>(number)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

private:
    int number_;
};

} // namespace

int landlock_version(std::string &why) {
    const long version = ::syscall(call_create_ruleset, nullptr, 0, create_ruleset_version);
    if (version > 0) return static_cast<int>(version);
    why = version < 0 && errno == EOPNOTSUPP ? "Landlock was switched off when this system started"
                                             : "this kernel or container does not offer Landlock";
    return 0;
}

std::string restrict_files(const std::vector<std::filesystem::path> &readable, int version) {
    RulesetAttributes attributes;
    attributes.handled_fs = fs_of_version_1 | (version >= 2 ? fs_refer : 0) | (version >= 3 ? fs_truncate : 0) |
                            (version >= 5 ? fs_ioctl_dev : 0);
    if (version >= 4) attributes.handled_net = net_bind_tcp | net_connect_tcp;
    if (version >= 6) attributes.scoped = scope_abstract_socket | scope_signal;
    const std::size_t known = version >= 6   ? sizeof attributes
                              : version >= 4 ? offsetof(RulesetAttributes, scoped)
                                             : offsetof(RulesetAttributes, handled_net);
    const auto failed = [](const char *what) { return fmt::format("{} ({})", what, std::strerror(errno)); };
    const Descriptor rules(::syscall(call_create_ruleset, &attributes, known, 0));
    if (!rules.open()) return failed("Landlock made no set of rules");

    for (const std::filesystem::path &path : readable) {
        const Descriptor at(::open(path.c_str(), O_PATH | O_CLOEXEC));
        struct stat facts {};
        if (!at.open() || ::fstat(at.number(), &facts) != 0) continue;
        PathBeneath rule;
        rule.allowed = fs_execute | fs_read_file | (S_ISDIR(facts.st_mode) ? fs_read_folder : 0);
        rule.parent = at.number();
        if (::syscall(call_add_rule, rules.number(), rule_path_beneath, &rule, 0) != 0)
            return failed("Landlock did not take a rule");
    }
    if (::syscall(call_restrict_self, rules.number(), 0) != 0) return failed("Landlock was not taken into force");
    return {};
}

} // namespace parlour::host
