#include "host/plugins/elf_file.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>

namespace parlour::host {

namespace {

constexpr std::uint64_t largest_table = 64u << 20;

#if defined(__x86_64__)
constexpr std::uint16_t this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t this_machine = EM_AARCH64;
#else
constexpr std::uint16_t this_machine = EM_NONE;
#endif

std::string machine_name(std::uint16_t machine) {
    switch (machine) {
        case EM_X86_64:
            return "x86-64";
        case EM_386:
            return "32-bit x86";
        case EM_AARCH64:
            return "64-bit ARM";
        case EM_ARM:
            return "32-bit ARM";
        case EM_RISCV:
            return "RISC-V";
        default:
            return fmt::format("machine type {}", machine);
    }
}

// Bounded reads from a file.
class Reader {
public:
    explicit Reader(const std::filesystem::path &file) : stream_(file, std::ios::binary) {
        if (!stream_) return;
        stream_.seekg(0, std::ios::end);
        size_ = static_cast<std::uint64_t>(stream_.tellg());
    }
    bool open() const { return stream_.is_open() && size_ != UINT64_MAX; }
    std::uint64_t size() const { return size_; }
    bool holds(std::uint64_t offset, std::uint64_t length) const {
        return offset <= size_ && length <= size_ - offset;
    }
    bool read(std::uint64_t offset, void *out, std::uint64_t length) {
        if (!holds(offset, length)) return false;
        stream_.clear();
        stream_.seekg(static_cast<std::streamoff>(offset));
        stream_.read(static_cast<char *>(out), static_cast<std::streamsize>(length));
        return static_cast<bool>(stream_);
    }
    // A whole table of T; empty when it does not fit into the file.
    template <class T>
    std::vector<T> table(std::uint64_t offset, std::uint64_t bytes) {
        if (bytes > largest_table || !holds(offset, bytes)) return {};
        std::vector<T> out(bytes / sizeof(T));
        if (!read(offset, out.data(), out.size() * sizeof(T))) out.clear();
        return out;
    }

private:
    std::ifstream stream_;
    std::uint64_t size_ = UINT64_MAX;
};

// Names of the symbols that other objects could find, from the dynamic symbol table.
std::vector<std::string> exported(Reader &reader, const std::vector<Elf64_Shdr> &sections,
                                  const Elf64_Shdr &dynamic) {
    std::vector<std::string> out;
    if (dynamic.sh_link >= sections.size()) return out;
    const Elf64_Shdr &names_at = sections[dynamic.sh_link];
    std::vector<char> names = reader.table<char>(names_at.sh_offset, names_at.sh_size);
    names.push_back('\0');
    for (const Elf64_Sym &symbol : reader.table<Elf64_Sym>(dynamic.sh_offset, dynamic.sh_size)) {
        const unsigned visibility = ELF64_ST_VISIBILITY(symbol.st_other);
        const bool visible = visibility == STV_DEFAULT || visibility == STV_PROTECTED;
        if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS || !visible) continue;
        if (ELF64_ST_BIND(symbol.st_info) == STB_LOCAL || symbol.st_name >= names.size() - 1) continue;
        out.emplace_back(&names[symbol.st_name]);
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

Result<ElfFacts> read_elf(const std::filesystem::path &file) {
    static_assert(sizeof(void *) == 8, "plugins are read as 64-bit ELF files");
    Reader reader(file);
    if (!reader.open()) return Problem{"cannot be read; look at its permissions"};
    Elf64_Ehdr header{};
    unsigned char identity[EI_NIDENT] = {};
    if (reader.size() < sizeof identity || !reader.read(0, identity, sizeof identity) ||
        std::memcmp(identity, ELFMAG, SELFMAG) != 0)
        return Problem{"not a shared object: it does not begin as an ELF file does"};
    if (identity[EI_CLASS] != ELFCLASS64 || identity[EI_DATA] != ELFDATA2LSB)
        return Problem{fmt::format("built for another kind of processor, not for {}", machine_name(this_machine))};
    const Problem cut_short{
        fmt::format("cut short: it has only {} bytes of what its own tables name; copy it again", reader.size())};
    if (!reader.read(0, &header, sizeof header)) return cut_short;
    if (this_machine != EM_NONE && header.e_machine != this_machine)
        return Problem{fmt::format("built for {}, but this program runs on {}", machine_name(header.e_machine),
                                   machine_name(this_machine))};
    if (header.e_type != ET_DYN) return Problem{"an ELF file, but not a shared object; link it with -shared"};

    if (header.e_phentsize != sizeof(Elf64_Phdr) ||
        !reader.holds(header.e_phoff, std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr)))
        return cut_short;
    for (const Elf64_Phdr &part :
         reader.table<Elf64_Phdr>(header.e_phoff, std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr))) {
        if (part.p_type == PT_LOAD && !reader.holds(part.p_offset, part.p_filesz)) return cut_short;
    }

    ElfFacts facts;
    facts.exports_known = false;
    if (header.e_shoff == 0 || header.e_shentsize != sizeof(Elf64_Shdr)) return facts;
    const std::uint64_t section_bytes = std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr);
    if (!reader.holds(header.e_shoff, section_bytes)) return cut_short;
    const auto sections = reader.table<Elf64_Shdr>(header.e_shoff, section_bytes);
    for (const Elf64_Shdr &section : sections) {
        if (section.sh_type != SHT_DYNSYM) continue;
        facts.exports = exported(reader, sections, section);
        facts.exports_known = true;
    }
    return facts;
}

} // namespace parlour::host
