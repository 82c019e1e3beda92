// What machines are told about the transparency log: gauges for /metrics, and a check for /readyz.
#pragma once

#include <functional>

#include "base/clock.h"
#include "http/health.h"
#include "http/metrics.h"
#include "log/status.h"

namespace probity::app {

// Sizes, what waits, ages of checkpoint, cosignatures and timestamp, failures: probity_log_*. Witnesses are those of
// the first status. `status` is asked at most once a second. Borrows the clock.
void add_log_metrics(http::Metrics& metrics, Clock& clock, std::function<log::LogStatus()> status);

// Fails while the log stands still. Not needed to serve: entries wait in the database until the log goes on.
http::ReadinessCheck log_check(std::function<log::LogStatus()> status);

}  // namespace probity::app
