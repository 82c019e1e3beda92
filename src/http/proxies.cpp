#include "http/proxies.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace probity::http {
namespace {

using Address = std::array<std::uint8_t, 16>;

std::optional<Address> parse_address(std::string_view text) {
  const std::string name(text);
  Address address{};
  if (inet_pton(AF_INET6, name.c_str(), address.data()) == 1) return address;
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (inet_pton(AF_INET, name.c_str(), address.data() + 12) == 1) return address;
  return std::nullopt;
}

bool shares_bits(const Address& a, const Address& b, int bits) {
  for (int i = 0; i < 16 && bits > 0; ++i, bits -= 8) {
    const auto index = static_cast<std::size_t>(i);
    const int unused = std::max(0, 8 - bits);
    if ((a[index] ^ b[index]) >> unused != 0) return false;
  }
  return true;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
  TrustedProxies proxies;
  for (const std::string& text : networks) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto address = parse_address(std::string_view(text).substr(0, slash));
    const int family_bits = text.find(':') == std::string::npos ? 32 : 128;
    int bits = family_bits;
    bool is_number = true;
    if (slash != text.size()) {
      const char* end = text.data() + text.size();
      const auto parsed = std::from_chars(text.data() + slash + 1, end, bits);
      is_number = parsed.ec == std::errc() && parsed.ptr == end;
    }
    if (!address || !is_number || bits < 0 || bits > family_bits)
      return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not an address or a network", text),
                  "write trusted proxies as 10.1.2.3, 10.0.0.0/8 or fd00::/8");
    proxies.networks_.push_back({*address, bits + 128 - family_bits});
  }
  return proxies;
}

bool TrustedProxies::trusts(std::string_view text) const {
  if (networks_.empty()) return false;
  const auto address = parse_address(text);
  return address && std::ranges::any_of(networks_, [&](const Network& network) {
           return shares_bits(*address, network.address, network.bits);
         });
}

void TrustedProxies::apply(Request& request, std::string_view peer, bool peer_is_secure) const {
  request.remote_address = peer;
  request.secure = peer_is_secure;
  if (!trusts(peer)) return;
  if (const auto scheme = request.header("x-forwarded-proto")) request.secure = *scheme == "https";
  std::string chain;
  for (const auto& [name, value] : request.headers)
    if (name == "x-forwarded-for") chain.append(chain.empty() ? "" : ",").append(value);
  std::string_view rest = chain;
  while (!rest.empty()) {
    const std::size_t comma = rest.rfind(',');
    const std::string_view hop = without_blanks(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    if (!parse_address(hop)) return;
    request.remote_address = hop;
    if (!trusts(hop) || comma == std::string_view::npos) return;
    rest = rest.substr(0, comma);
  }
}

}  // namespace probity::http
