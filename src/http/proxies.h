// Whose word about the client counts: addresses of reverse proxies, and what they say.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/request.h"

namespace probity::http {

// A value; const members may be called from several threads.
class TrustedProxies {
 public:
  // Addresses or networks: "127.0.0.1", "10.0.0.0/8", "fd00::/8". Errors: invalid_argument.
  static Result<TrustedProxies> parse(const std::vector<std::string>& networks);

  bool trusts(std::string_view address) const;
  // Sets remote_address and secure of a request that came from `peer`. A trusted peer's X-Forwarded-For is read from
  // its end, as far as trusted addresses go: what stands before was written by the client.
  void apply(Request& request, std::string_view peer, bool peer_is_secure) const;

 private:
  struct Network {
    std::array<std::uint8_t, 16> address{};  // IPv4 as ::ffff:a.b.c.d
    int bits = 128;
  };
  std::vector<Network> networks_;
};

}  // namespace probity::http
