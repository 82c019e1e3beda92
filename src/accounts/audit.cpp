#include "accounts/audit.h"

#include <cstdlib>
#include <utility>

#include "accounts/session.h"
#include "accounts/store.h"

namespace probity::accounts {
namespace {

constexpr std::size_t kMostRemembered = 10'000;

}  // namespace

Result<void> AuditLog::done(std::string kind, std::string actor, std::string address, std::string detail) {
  return store_.append(
      AuditEntry{0, clock_.now_ms(), std::move(kind), std::move(actor), std::move(address), true, std::move(detail)});
}

Result<void> AuditLog::refused(std::string kind, std::string actor, std::string address, std::string detail) {
  return store_.append(
      AuditEntry{0, clock_.now_ms(), std::move(kind), std::move(actor), std::move(address), false, std::move(detail)});
}

bool AuditLog::is_wanted(const std::string& key, int most_a_minute) {
  const TimeMs now = clock_.now_ms();
  const std::lock_guard lock(mutex_);
  if (lately_.size() >= kMostRemembered) lately_.clear();
  Minute& minute = lately_[key];
  if (std::abs(now - minute.start_ms) >= kMinuteMs) minute = {now, 0};
  return ++minute.count <= most_a_minute;
}

Result<void> AuditLog::refused_sparingly(std::string kind, std::string actor, std::string address, std::string detail) {
  if (!is_wanted(kind + "\n" + actor + "\n" + address, 1)) return {};
  return refused(std::move(kind), std::move(actor), std::move(address), std::move(detail));
}

Result<void> AuditLog::refused_access(const Caller& caller, std::string detail) {
  constexpr int kMostAMinute = 30;
  const std::string who = caller.actor.id ? caller.actor.id->text() : "";
  if (!is_wanted("access\n" + who + "\n" + caller.address, kMostAMinute)) return {};
  return refused("access", caller.actor.name, caller.address, std::move(detail));
}

Result<Listed<AuditEntry>> AuditLog::list(const ListQuery& query) { return store_.audit_entries(query); }

}  // namespace probity::accounts
