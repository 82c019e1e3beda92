// From approved to public: the document is set and sealed, entered in the log, and shown when the proof is there.
#pragma once

#include "statements/service.h"

namespace probity::statements {

// The log takes an entry within a second or two, which is waited for; longer is an outage, and the queue's business.
struct LogPatience {
  int tries = 25;
  int pause_ms = 200;
};

// Thread-safe.
class SealingService {
 public:
  SealingService(const Ports& ports, Tools tools, LogPatience patience = {})
      : ports_(ports), tools_(std::move(tools)), patience_(patience) {}

  // What the job `seal_statement` does; each part is done once, and doing it again goes on where an earlier attempt
  // ended. Setting and sealing run outside transactions. Errors: unavailable while the time authority, the log or a
  // witness does not answer, or the case's time for reply was opened again; those of the tools.
  Result<void> seal(const Id& statement);
  // What the job `remove_statement_document` does: the bytes of a removed statement go.
  Result<void> remove_document(const Id& statement);
  // Orders again what was approved and is still not public, whatever became of its job.
  Result<void> tick();

  // The document as it would be: not sealed, and marked as a draft. Errors: not_found.
  Result<Bytes> preview(const Id& statement);

 private:
  Result<void> attach(const Id& statement, const Hash& pdf, std::uint64_t pdf_bytes, TimeMs sealed_ms);
  Result<void> finish(const Id& statement);
  Result<Statement> existing(const Id& statement);
  // Why it may not be published now: an appeal that came in between, say.
  Result<void> check_gate(const Statement& statement);
  Result<void> note_wait(const Id& statement, const std::string& what);
  Result<Bytes> set(const Statement& statement, TimeMs time_ms);

  Ports ports_;
  Tools tools_;
  LogPatience patience_;
};

}  // namespace probity::statements
