// The web interface's files and pages over HTTP.
#pragma once

#include "http/router.h"

namespace probity::app {

// Takes every address no route takes: files by name, /index.html for pages, 404 as a problem under /api/. With
// `folder`, files come from the disk at each request (for development); else they are the program's own.
// Errors: not_found when the folder has no index.html.
Result<http::Handler> page_handler(const std::string& folder);

}  // namespace probity::app
