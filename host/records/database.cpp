#include "host/records/database.hpp"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace parlour::host::records {

namespace {

constexpr int longest_wait_ms = 10'000;

[[noreturn]] void fail(sqlite3 *database, int code) {
    if (database == nullptr) throw DatabaseError(code & 0xff, 0, sqlite3_errstr(code));
    throw DatabaseError(code & 0xff, sqlite3_system_errno(database), sqlite3_errmsg(database));
}

} // namespace

bool DatabaseError::is_damage() const {
    return code_ == SQLITE_CORRUPT || code_ == SQLITE_NOTADB;
}

std::string DatabaseError::reason() const {
    switch (code_) {
        case SQLITE_FULL:
            return "the disk is full";
        case SQLITE_READONLY:
            return "the file or its folder may only be read";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "another program keeps the file locked";
        case SQLITE_NOMEM:
            return "there is not enough memory";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "the file is damaged";
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return "there is no permission for the file";
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            return std::string(code_ == SQLITE_IOERR ? "reading or writing failed" : "the file cannot be opened") +
                   (system_error_ != 0 ? std::string(" (") + std::strerror(system_error_) + ")" : "");
        default:
            return std::string("the database refused it (") + what() + ")";
    }
}

Statement::Statement(sqlite3 *database, std::string_view sql) : database_(database) {
    check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr));
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement::Statement(Statement &&other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}

void Statement::check(int code) const {
    if (code != SQLITE_OK) fail(database_, code);
}

Statement &Statement::bind(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, parameter, value));
    return *this;
}

Statement &Statement::bind(int parameter, std::string_view text) {
    // An empty view may have no address, which SQLite would take for NULL.
    const char *data = text.data() != nullptr ? text.data() : "";
    check(sqlite3_bind_text64(statement_, parameter, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bind(int parameter, std::optional<double> value) {
    check(value ? sqlite3_bind_double(statement_, parameter, *value) : sqlite3_bind_null(statement_, parameter));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) {
        // Resetting would forget what happened, so the error is made first.
        const DatabaseError error(code & 0xff, sqlite3_system_errno(database_), sqlite3_errmsg(database_));
        sqlite3_reset(statement_);
        throw error;
    }
    sqlite3_reset(statement_);
    return false;
}

void Statement::run() {
    while (step()) {
    }
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    const unsigned char *data = sqlite3_column_text(statement_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return data == nullptr ? std::string{} : std::string(reinterpret_cast<const char *>(data), size);
}

std::optional<double> Statement::real(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_double(statement_, column);
}

Database::Database(const std::filesystem::path &path) {
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.c_str(), &database_, flags, nullptr);
    if (code != SQLITE_OK) {
        const DatabaseError error(code & 0xff, database_ != nullptr ? sqlite3_system_errno(database_) : 0,
                                  sqlite3_errstr(code));
        sqlite3_close(database_);
        throw error;
    }
    sqlite3_busy_timeout(database_, longest_wait_ms);
}

Database::~Database() {
    sqlite3_close(database_);
}

void Database::run(const char *sql) {
    const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(database_, code);
}

std::int64_t Database::number(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.number(0) : 0;
}

std::string Database::text(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.text(0) : std::string{};
}

std::int64_t Database::last_id() const {
    return sqlite3_last_insert_rowid(database_);
}

bool Database::read_only() const {
    return sqlite3_db_readonly(database_, "main") == 1;
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(database_);
}

Transaction::Transaction(Database &database) : database_(database) {
    database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.run("ROLLBACK");
    } catch (const DatabaseError &) {
        // SQLite has already rolled back by itself, as it does after some failures.
    }
}

void Transaction::commit() {
    database_.run("COMMIT");
    open_ = false;
}

} // namespace parlour::host::records
