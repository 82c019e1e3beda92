// A file to be saved: what browsers are told of its name.
#pragma once

#include <string>

#include "base/bytes.h"
#include "http/response.h"

namespace probity::http::routes {

// RFC 6266 and RFC 8187: a plain name for old clients, the whole one in UTF-8.
std::string attachment(const std::string& name);
Response file_answer(Bytes bytes, const std::string& media_type, const std::string& name);

}  // namespace probity::http::routes
