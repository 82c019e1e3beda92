// Where the access log goes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "http/access_log.h"

namespace probity::app {

// `where`: a file that is appended to, empty for standard output, "off" for none (nothing comes back). A file that
// cannot be opened is remarked on and standard output takes its place.
std::unique_ptr<http::AccessLog> open_access_log(const std::string& where,
                                                 const std::function<void(const std::string&)>& remark);

}  // namespace probity::app
