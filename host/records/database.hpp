// SQLite as values that clean up after themselves. Inside host/records only; failures are thrown as DatabaseError and
// become sentences at the folder's public border. Objects belong to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace parlour::host::records {

// What SQLite refused, with its primary result code.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(int code, int system_error, const std::string &message)
        : std::runtime_error(message), code_(code), system_error_(system_error) {}
    int code() const { return code_; }
    int system_error() const { return system_error_; } // errno behind it, 0 if none
    // Whether the file's content is at fault, and not its surroundings.
    bool is_damage() const;
    // Why something failed, to be put behind "because ": "the disk is full".
    std::string reason() const;

private:
    int code_, system_error_;
};

// A prepared statement. Parameters count from 1, columns from 0.
class Statement {
public:
    Statement(sqlite3 *database, std::string_view sql);
    ~Statement();
    Statement(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    Statement &bind(int parameter, std::int64_t value);
    Statement &bind(int parameter, std::string_view text);
    Statement &bind(int parameter, std::optional<double> value);
    // The next row; false after the last one, when the statement is ready to run again.
    bool step();
    // Runs a statement that gives no rows.
    void run();

    std::int64_t number(int column) const;
    std::string text(int column) const;
    std::optional<double> real(int column) const; // empty: NULL

private:
    void check(int code) const;

    sqlite3 *database_;
    sqlite3_stmt *statement_ = nullptr;
};

class Database {
public:
    // Opens or begins a database file, or one in memory for ":memory:". Waits up to ten seconds for others' writing.
    explicit Database(const std::filesystem::path &path);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    // Runs statements that take nothing; rows are dropped.
    void run(const char *sql);
    Statement prepare(std::string_view sql) { return {database_, sql}; }
    // The first column of the first row.
    std::int64_t number(std::string_view sql);
    std::string text(std::string_view sql);
    std::int64_t last_id() const;
    // Whether the system gave the file for reading only.
    bool read_only() const;
    // How many rows the last statement changed.
    std::int64_t changes() const;

private:
    sqlite3 *database_ = nullptr;
};

// From the first statement to commit() all or nothing; without commit() nothing.
class Transaction {
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    // What was done is durable when this returns.
    void commit();

private:
    Database &database_;
    bool open_ = true;
};

} // namespace parlour::host::records
