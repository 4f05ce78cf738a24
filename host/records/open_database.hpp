// Opens the games' database, whatever is found in its place.
#pragma once

#include "host/base/result.hpp"
#include "host/records/database.hpp"

#include <memory>

namespace parlour::host::records {

struct OpenedDatabase {
    std::unique_ptr<Database> database; // of the present schema, checked
    std::string notice;                 // what was set aside, and where to, in a sentence; "" if nothing was
};

// Makes the folders, checks what is there and brings it up to date. A damaged or foreign database, or one of a newer
// version, gets another name (its own with the reason and today's date behind it) and a fresh one is begun. Problems
// are those of the surroundings: no permission, no space, a lock. Changes nothing then.
Result<OpenedDatabase> open_database(const std::filesystem::path &path);

// A further connection to a database that open_database has checked. Throws DatabaseError.
std::unique_ptr<Database> connect(const std::filesystem::path &path);

// "The games in FILE cannot be read, because REASON.": what a person is told of a failure; `doing` is "be read".
Problem problem_of(const std::filesystem::path &path, std::string_view doing, const DatabaseError &error);

} // namespace parlour::host::records
