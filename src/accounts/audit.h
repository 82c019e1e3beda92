// The security log: who signed in or was refused, and every change of accounts, roles, keys and settings.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "accounts/caller.h"
#include "base/clock.h"
#include "base/list_query.h"

namespace probity::accounts {

class Store;

struct AuditEntry {
  std::uint64_t id = 0;  // 1, 2, 3 … given by the store
  TimeMs time_ms = 0;
  std::string kind;   // "session.started", "roles.changed" …
  std::string actor;  // a name and address as known then; never what an unknown visitor typed, it may be a password
  std::string address;
  bool done = true;  // false: refused
  std::string detail;
  bool operator==(const AuditEntry&) const = default;
};
inline const char* outcome_name(bool done) { return done ? "done" : "refused"; }

// Thread-safe. Joins the transaction of the caller, so that nothing happens without its entry.
class AuditLog {
 public:
  AuditLog(Store& store, Clock& clock) : store_(store), clock_(clock) {}
  // Errors: storage.
  Result<void> done(std::string kind, std::string actor, std::string address, std::string detail = {});
  // Stands also when the request fails: call it outside of the transaction that is undone.
  Result<void> refused(std::string kind, std::string actor, std::string address, std::string detail = {});
  // The same, at most once a minute for one kind, actor and address: a flood of strangers must not fill the disk.
  Result<void> refused_sparingly(std::string kind, std::string actor, std::string address, std::string detail = {});
  // What somebody signed in was refused; at most thirty times a minute.
  Result<void> refused_access(const Caller& caller, std::string detail);
  Result<Listed<AuditEntry>> list(const ListQuery& query);

 private:
  Store& store_;
  Clock& clock_;
  struct Minute {
    TimeMs start_ms = 0;
    int count = 0;
  };
  bool is_wanted(const std::string& key, int most_a_minute);
  std::mutex mutex_;
  std::map<std::string, Minute> lately_;
};

}  // namespace probity::accounts
