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

Result<void> AuditLog::refused_sparingly(std::string kind, std::string actor, std::string address, std::string detail) {
  const TimeMs now = clock_.now_ms();
  {
    const std::lock_guard lock(mutex_);
    if (lately_.size() >= kMostRemembered) lately_.clear();
    const auto [entry, fresh] = lately_.try_emplace(kind + "\n" + actor + "\n" + address, now);
    if (!fresh && std::abs(now - entry->second) < kMinuteMs) return {};
    entry->second = now;
  }
  return refused(std::move(kind), std::move(actor), std::move(address), std::move(detail));
}

Result<Listed<AuditEntry>> AuditLog::list(const ListQuery& query) { return store_.audit_entries(query); }

}  // namespace probity::accounts
