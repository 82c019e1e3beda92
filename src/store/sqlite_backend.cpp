// The only place with SQL and error codes that SQLite alone understands.
#include <fmt/format.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include "store/soci.h"

#include "store/backend.h"

namespace probity::store {
namespace {

using namespace sqlite_api;

// How long a writer waits for another one; a transaction of 5,000 copies takes well under a second.
constexpr int kBusyTimeoutSeconds = 30;

struct Meaning {
  int sqlite_code;
  ErrorCode code;
  const char* message;
  const char* hint;
};

constexpr Meaning kMeanings[] = {
    {SQLITE_BUSY, ErrorCode::conflict, "another process has been writing to the workspace for too long",
     "wait until it is done, or end it, and try again"},
    {SQLITE_LOCKED, ErrorCode::conflict, "another process has been writing to the workspace for too long",
     "wait until it is done, or end it, and try again"},
    {SQLITE_FULL, ErrorCode::storage, "the disk is full: nothing was registered",
     "make room and run the same command again"},
    {SQLITE_IOERR, ErrorCode::storage, "the disk did not take or give the database's data: nothing was registered",
     "check the disk and the room on it, then run the same command again"},
    {SQLITE_READONLY, ErrorCode::storage, "the workspace may not be written to", "check the folder's permissions"},
    {SQLITE_PERM, ErrorCode::storage, "the workspace may not be written to", "check the folder's permissions"},
    {SQLITE_CANTOPEN, ErrorCode::storage, "the workspace's database cannot be opened",
     "check that probity.db is there and may be written to"},
    {SQLITE_NOTADB, ErrorCode::corrupt, "probity.db is not a database", "restore the workspace from a backup"},
    {SQLITE_CORRUPT, ErrorCode::corrupt, "the workspace's database is damaged", "restore the workspace from a backup"},
    {SQLITE_CONSTRAINT, ErrorCode::already_exists, "a record with this identity exists, or breaks the register's rules",
     ""},
};

class SqliteBackend final : public Backend {
 public:
  explicit SqliteBackend(std::string path) : path_(std::move(path)) {}

  std::unique_ptr<soci::session> connect() override {
    auto session = std::make_unique<soci::session>(soci::sqlite3,
                                                   fmt::format("dbname=\"{}\" timeout={}", path_, kBusyTimeoutSeconds));
    // Not among the words above: SOCI forgets to close what it opened when one of those fails, on a file that is no
    // database.
    *session << "PRAGMA synchronous=FULL";
    std::string journal_mode;
    *session << "PRAGMA journal_mode=WAL", soci::into(journal_mode);
    *session << "PRAGMA foreign_keys=ON";
    return session;
  }

  const char* begin_write() const override { return "BEGIN IMMEDIATE"; }

  Error translate(const std::exception& exception) const override {
    const auto* error = dynamic_cast<const soci::sqlite3_soci_error*>(&exception);
    const int code = error != nullptr ? error->result() & 0xFF : SQLITE_OK;
    for (const Meaning& meaning : kMeanings)
      if (meaning.sqlite_code == code) return {meaning.code, meaning.message, meaning.hint};
    return {ErrorCode::storage, fmt::format("the database failed ({})", code), ""};
  }

 private:
  std::string path_;
};

}  // namespace

Result<std::unique_ptr<Backend>> sqlite_backend(const std::string& path) {
  if (path.find('"') != std::string::npos)
    return fail(ErrorCode::invalid_argument, "a workspace's path cannot hold quotation marks", "rename the folder");
  return std::make_unique<SqliteBackend>(path);
}

}  // namespace probity::store
