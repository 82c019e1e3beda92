// What the routes of shoots, releases and attendees share. Internal to them.
#pragma once

#include "base/bytes.h"
#include "http/response.h"

namespace probity::http::routes {

// Never kept by browsers: a frame may be deleted at any moment.
inline Response preview_response(BytesView jpeg) {
  Response response;
  response.set("Content-Type", "image/jpeg");
  response.set("Cache-Control", "private, no-store");
  response.body = std::string(as_text(jpeg));
  return response;
}

}  // namespace probity::http::routes
