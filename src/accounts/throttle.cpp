#include "accounts/throttle.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/hash.h"

namespace probity::accounts {
namespace {

// One household or host has a whole /64 of IPv6 addresses: they count as one.
std::string network_of(const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  const bool is_mapped_ipv4 = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) &&
                              bytes[10] == 0xFF && bytes[11] == 0xFF;
  return to_hex(BytesView(bytes).subspan(is_mapped_ipv4 ? 12 : 0, is_mapped_ipv4 ? 4 : 8));
}

// What was typed may be long, and may be a password in the wrong field.
std::string digest(const std::string& text) { return to_hex(sha256(as_bytes(text))); }

std::string pair_key(const std::string& who, const std::string& network) { return digest(who + "\n" + network); }

TimeMs delay_ms(int failures, int free, TimeMs most_ms) {
  if (failures <= free) return 0;
  const int doublings = std::min(failures - free - 1, 30);
  return std::min(most_ms, TimeMs{1000} << doublings);
}

}  // namespace

std::string Throttle::account_key(const std::string& who, const std::string& network) const {
  const std::string pair = pair_key(who, network);
  return known_.contains(pair) ? "known " + pair : "account " + digest(who);
}

TimeMs Throttle::wait_ms(const std::string& key, TimeMs now) const {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return 0;
  const Entry& entry = found->second;
  // A clock that was set back must not turn seconds into hours.
  const TimeMs passed = std::max<TimeMs>(0, now - entry.last_ms);
  return std::max<TimeMs>(0, entry.delay_ms - passed);
}

void Throttle::count(const std::string& key, int free, TimeMs most_ms, TimeMs now) {
  Entry& entry = entries_[key];
  if (now - entry.last_ms > options_.forget_ms) entry.failures = 0;
  ++entry.failures;
  entry.last_ms = now;
  entry.delay_ms = delay_ms(entry.failures, free, most_ms);
}

void Throttle::uncount(const std::string& key, int free, TimeMs most_ms) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  Entry& entry = found->second;
  entry.failures = std::max(0, entry.failures - 1);
  entry.delay_ms = delay_ms(entry.failures, free, most_ms);
}

void Throttle::make_room(TimeMs now) {
  if (known_.size() >= options_.most_entries) known_.clear();
  if (entries_.size() < options_.most_entries) return;
  std::erase_if(entries_, [&](const auto& item) { return now - item.second.last_ms > options_.forget_ms; });
  if (entries_.size() < options_.most_entries) return;
  const auto oldest = std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
    return a.second.last_ms < b.second.last_ms;
  });
  entries_.erase(oldest);
}

Result<void> Throttle::begin(const std::string& who, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const TimeMs now = clock_.now_ms();
  const std::string network = network_of(address);
  const std::string account = account_key(who, network), place = "address " + network;
  const TimeMs wait = std::max(wait_ms(account, now), wait_ms(place, now));
  if (wait > 0)
    return fail(ErrorCode::too_many_requests, "too many wrong attempts",
                fmt::format("try again in {} s", (wait + 999) / 1000));
  make_room(now);
  count(account, options_.account_free, options_.account_most_ms, now);
  count(place, options_.address_free, options_.address_most_ms, now);
  return {};
}

void Throttle::succeeded(const std::string& who, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const std::string network = network_of(address);
  entries_.erase(account_key(who, network));
  // The address keeps its earlier failures: whoever has an account could otherwise clear them at will.
  uncount("address " + network, options_.address_free, options_.address_most_ms);
  known_[pair_key(who, network)] = clock_.now_ms();
}

void Throttle::forgive(const std::string& who, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const std::string network = network_of(address);
  uncount(account_key(who, network), options_.account_free, options_.account_most_ms);
  uncount("address " + network, options_.address_free, options_.address_most_ms);
}

int Throttle::retry_after_s(const std::string& who, const std::string& address) {
  const std::lock_guard lock(mutex_);
  const TimeMs now = clock_.now_ms();
  const std::string network = network_of(address);
  const TimeMs wait = std::max(wait_ms(account_key(who, network), now), wait_ms("address " + network, now));
  return static_cast<int>((wait + 999) / 1000);
}

}  // namespace probity::accounts
