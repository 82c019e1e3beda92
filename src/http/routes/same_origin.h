// Whether a change comes from a page of this node: the headers that browsers set themselves.
#pragma once

#include <string_view>

#include "base/result.h"
#include "http/request.h"

namespace probity::http::routes {

// True for methods that may change something: all but GET, HEAD and OPTIONS.
bool is_change(Method method);

// Refuses what a browser sent from a page of another origin: Sec-Fetch-Site other than same-origin (none is what people
// type themselves), or an Origin whose host is neither the request's Host nor the one of `public_url`. Requests without
// these headers pass: programs send none, and a page cannot take them away. Errors: forbidden.
Result<void> check_same_origin(const Request& request, std::string_view public_url = {});

}  // namespace probity::http::routes
