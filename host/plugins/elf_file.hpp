// What a shared object says about itself, read without running any of it.
//
// Boost.DLL's library_info is not used for this: version 1.74 reads .symtab only, so that a stripped plugin has no
// symbols at all, takes names from whichever string table comes last, and trusts every offset of a damaged file.
#pragma once

#include "host/base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace parlour::host {

struct ElfFacts {
    std::vector<std::string> exports; // names of the defined, visible dynamic symbols, sorted
    bool exports_known = true;        // false when the file has no section table to find them with
};

// Reads the headers and the dynamic symbol table. A file that is no shared object of this machine, or is cut short,
// is a Problem with a sentence; damaged tables never crash. [any]
Result<ElfFacts> read_elf(const std::filesystem::path &file);

} // namespace parlour::host
