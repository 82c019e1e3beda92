// What a verb puts into the transparency log: a salted commitment to a record, in the transaction that makes the
// record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::log {

// What is committed to. `content` is canonical JSON (keys sorted, no spaces) that the opening shows to whoever may see
// it.
struct LogRecord {
  std::string kind;  // "copy_issued", "commitment_signed", "custody_step", "statement_sealed"
  Id subject;        // the record it is about
  std::string content;
};

// kind || "\n" || subject || "\n" || content: the text that a commitment is made to, so that nothing of it can be said
// differently later.
std::string committed_text(const LogRecord& record);

// SHA-256(salt || committed_text(record)): an entry of the log is these 32 bytes. The salt is fresh for each record:
// names and short lists could be guessed from a bare hash.
Hash commitment_of(const LogRecord& record, const Hash& salt);

// What turns the entry in the log back into the record. Destroying it erases the record from the log for good, while
// the tree stays valid.
struct Opening {
  Id id;
  LogRecord record;
  TimeMs time_ms = 0;
  Hash salt{};
  Hash commitment{};                   // the entry of the log: commitment_of(record, salt)
  std::optional<std::uint64_t> index;  // none until the log has taken it, a moment after the transaction
};

// {"commitment","entry","index","kind","salt","subject","text","time"}: hex, ids and texts; SHA-256(salt || text) is
// the commitment. Canonical JSON; for evidence packages and for the check in a browser.
std::string opening_json(const Opening& opening);

// Thread-safe. Joins the caller's transaction: no record without its entry, no entry of something that was undone.
class LogBook {
 public:
  virtual ~LogBook() = default;
  // Durable with the transaction; the log takes it within a second or two. Errors: storage.
  virtual Result<Id> record(const LogRecord& record) = 0;
  virtual Result<std::optional<Opening>> opening(const Id& entry) = 0;
  // All entries about one record, oldest first.
  virtual Result<std::vector<Opening>> openings_of(const Id& subject) = 0;
  // A tlog-proof (C2SP) that the entry is in the log under a cosigned checkpoint; nothing while there is none yet.
  virtual Result<std::optional<std::string>> proof(const Id& entry) = 0;
  // Destroys salt and content of an entry, for good: the commitment stays in the tree, and nobody can say any more what
  // it is of. Joins the caller's transaction. Errors: not_found, storage.
  virtual Result<void> erase(const Id& entry) = 0;
};

}  // namespace probity::log
