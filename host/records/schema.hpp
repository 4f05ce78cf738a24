// The tables of the games' database, their version, and how older versions become the present one.
#pragma once

#include "host/records/database.hpp"

namespace parlour::host::records {

// In every database of ours: PRAGMA application_id, "Parl".
inline constexpr std::int64_t application_id = 0x5061726c;
// PRAGMA user_version of what this program writes; also the number of migrations.
inline constexpr std::int64_t schema_version = 2;

// Brings a database from its version up to `version`, in one transaction. One of version 0 is begun.
void migrate(Database &database, std::int64_t version = schema_version);

// Whether everything that the present schema has is there, word for word.
bool has_present_schema(Database &database);

} // namespace parlour::host::records
