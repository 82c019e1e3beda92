// Routes of the transparency log: its public files, its state for staff, and openings and proofs of entries.
#pragma once

#include <functional>

#include "http/routes/guard.h"
#include "log/entry_pages.h"
#include "log/reader.h"
#include "log/status.h"

namespace probity::http::routes {

struct LogRoutes {
  log::LogReader& reader;
  log::LogBook& book;
  log::EntryPages& pages;
  std::function<log::LogStatus()> status;
  std::function<Result<std::string>()> policy;  // a tlog-policy; not_found before the log is founded
};

// GET /log/checkpoint, /log/tile/…, /log/key, /log/policy, /log/stamps…: for everybody. Borrows what it is given.
void add_log_routes(Router& router, Guard& guard, const LogRoutes& services);

}  // namespace probity::http::routes
