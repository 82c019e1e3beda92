// The headers by which browsers are told what pages of this node may do.
#pragma once

#include <string>

#include "http/router.h"

namespace probity::http::routes {

// Sets what every answer carries, without touching what a handler has set: a content security policy that allows
// nothing, no sniffing, no framing, no referrer, no use by other origins, no sensors; no-store under /api; and over TLS
// Strict-Transport-Security for a year.
Middleware security_headers();

// A new nonce for the style tag that the web interface makes for itself. 128 random bits.
std::string page_nonce();
// The policy of an HTML page of the web interface: own scripts only, none inline.
void set_page_policy(Response& response, const std::string& nonce);

}  // namespace probity::http::routes
