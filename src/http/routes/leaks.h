// Routes of leaks: the matter, its files and custody, tracing, naming.
#pragma once

#include <functional>

#include "copies/uploads.h"
#include "http/routes/guard.h"
#include "jobs/service.h"
#include "leaks/leak_files.h"
#include "leaks/leak_service.h"
#include "leaks/leak_traces.h"
#include "leaks/unmasking.h"

namespace probity::http::routes {

struct LeakRoutes {
  leaks::LeakService& leaks;
  leaks::LeakFiles& files;
  leaks::LeakTraces& traces;
  leaks::Unmasking& unmasking;
  evidence::EvidenceService& evidence;
  copies::Uploads& uploads;
  jobs::JobService& jobs;
  // The evidence package of a leak, and that it was made; empty where there is none.
  std::function<Result<Bytes>(const Id& leak, const events::Actor& actor)> package{};
};

// Borrows what it is given.
void add_leak_routes(Router& router, Guard& guard, const LeakRoutes& services);

}  // namespace probity::http::routes
