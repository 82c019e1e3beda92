// A timestamping authority over HTTP (RFC 3161, section 3.4).
#pragma once

#include <memory>
#include <string>

#include "seal/stamp.h"

namespace probity::app {

struct TimestampService {
  std::string url;        // http:// or https://: what comes back is signed
  std::string roots_pem;  // to rely on; may be empty
  int timeout_s = 10;     // for the whole exchange
};

// Follows no redirects and reads no more than a reply can have. Thread-safe. Errors: invalid_argument (the address).
Result<std::unique_ptr<seal::TimestampAuthority>> timestamp_over_http(TimestampService service);

}  // namespace probity::app
