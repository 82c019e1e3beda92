#include "http/routes/security_headers.h"

#include <fmt/format.h>

#include <array>

#include "base/encoding.h"
#include "base/random.h"

namespace probity::http::routes {
namespace {

constexpr const char* kPolicy = "Content-Security-Policy";

// What an answer that is not a page may do if somebody opens it as one.
constexpr const char* kNothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::array<std::pair<const char*, const char*>, 7> kAlways{{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},  // for browsers that do not know frame-ancestors
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
     "payment=(), usb=()"},
    {kPolicy, kNothing},
}};

void set_if_absent(Response& response, const char* name, const char* value) {
  if (!response.header(name)) response.set(name, value);
}

}  // namespace

Middleware security_headers() {
  return [](const Request& request, std::string_view, const Handler& next) {
    Response response = next(request);
    for (const auto& [name, value] : kAlways) set_if_absent(response, name, value);
    if (request.path.starts_with("/api/")) set_if_absent(response, "Cache-Control", "no-store");
    if (request.secure) set_if_absent(response, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    return response;
  };
}

std::string page_nonce() {
  std::array<std::uint8_t, 16> bits{};
  SystemRandom().fill(bits);
  return to_base64(bits);
}

// React and Mantine set style attributes through the DOM, which no policy stands against; Mantine's own style tag needs
// the nonce. QR codes are data: images, previews of uploads blob: images.
void set_page_policy(Response& response, const std::string& nonce) {
  response.set(kPolicy,
               fmt::format("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; img-src 'self' data: "
                           "blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
                           "form-action 'self'; frame-ancestors 'none'",
                           nonce));
}

}  // namespace probity::http::routes
