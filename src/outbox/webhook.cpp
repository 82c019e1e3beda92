#include "outbox/webhook.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"

namespace probity::outbox {
namespace {

constexpr std::string_view kSecretPrefix = "whsec_";
constexpr std::size_t kMostUrlBytes = 500;
constexpr std::array<std::pair<DeliveryState, std::string_view>, 3> kDeliveryStates{
    {{DeliveryState::queued, "queued"}, {DeliveryState::delivered, "delivered"}, {DeliveryState::failed, "failed"}}};

}  // namespace

std::string_view delivery_state_name(DeliveryState state) {
  return kDeliveryStates[static_cast<std::size_t>(state)].second;
}

std::optional<DeliveryState> parse_delivery_state(std::string_view name) {
  for (const auto& [state, known] : kDeliveryStates)
    if (known == name) return state;
  return std::nullopt;
}

const std::vector<std::string>& webhook_events() {
  static const std::vector<std::string> events{"commitment.sent",
                                               "commitment.opened",
                                               "commitment.signed",
                                               "commitment.in_force",
                                               "commitment.declined",
                                               "copy.opened",
                                               "copy.downloaded",
                                               "slip.reported",
                                               "embargo.lifted",
                                               "leak.reported",
                                               "leak.traced",
                                               "leak.unmask_requested",
                                               "leak.unmasked",
                                               "leak.unmask_refused",
                                               "leak.closed",
                                               "case.opened",
                                               "case.decided",
                                               "case.final",
                                               "case.overturned",
                                               "case.closed",
                                               "reply.received",
                                               "appeal.filed",
                                               "appeal.decided",
                                               "payment.recorded",
                                               "rectification.issued",
                                               "rectification.submitted",
                                               "rectification.accepted",
                                               "rectification.rejected",
                                               "rectification.escalated",
                                               "rectification.closed",
                                               "statement.published",
                                               "statement.tombstoned"};
  return events;
}

Result<std::string> check_webhook_url(std::string_view url) {
  const auto refuse = [](const char* why) {
    return fail(ErrorCode::invalid_argument, why, "give an address such as https://example.org/hooks/probity");
  };
  if (url.size() > kMostUrlBytes) return refuse("the address is too long");
  const std::string_view scheme = url.starts_with("https://") ? "https://" : "http://";
  if (!url.starts_with(scheme)) return refuse("the address does not begin with https:// or http://");
  if (std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 0x7F; }))
    return refuse("the address holds spaces or control characters");
  const std::string_view rest = url.substr(scheme.size());
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  if (host.empty() || host.front() == ':') return refuse("the address has no host");
  if (host.find('@') != std::string_view::npos) return refuse("the address holds a user name; sign requests instead");
  if (url.find('#') != std::string_view::npos) return refuse("the address holds a fragment, which is never sent");
  return std::string(url);
}

Result<std::string> webhook_signature(std::string_view secret, std::string_view message_id, std::int64_t timestamp_s,
                                      std::string_view body) {
  const auto key = secret.starts_with(kSecretPrefix) ? from_base64(secret.substr(kSecretPrefix.size()))
                                                     : Result<Bytes>(fail(ErrorCode::corrupt, ""));
  if (!key) return fail(ErrorCode::corrupt, "a webhook's secret is not readable", "make the webhook anew");
  const std::string message = fmt::format("{}.{}.{}", message_id, timestamp_s, body);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key->data(), key->size());
  crypto_auth_hmacsha256_update(&state, as_bytes(message).data(), message.size());
  Bytes code(crypto_auth_hmacsha256_BYTES);
  crypto_auth_hmacsha256_final(&state, code.data());
  sodium_memzero(&state, sizeof(state));
  return "v1," + to_base64(code);
}

}  // namespace probity::outbox
