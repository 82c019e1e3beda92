#include "app/log_metrics.h"

#include <cmath>
#include <mutex>

namespace probity::app {
namespace {

using log::LogStatus;

constexpr TimeMs kFreshMs = 1'000;

// One look at the log for all values of one reading.
class Glance {
 public:
  Glance(Clock& clock, std::function<LogStatus()> status) : clock_(clock), status_(std::move(status)) {}

  double of(const std::function<double(const LogStatus&, TimeMs now_ms)>& value) {
    const std::lock_guard lock(mutex_);
    const TimeMs now_ms = clock_.now_ms();
    if (!seen_ || std::abs(now_ms - looked_ms_) >= kFreshMs) {
      last_ = status_();
      looked_ms_ = now_ms;
      seen_ = true;
    }
    return value(last_, now_ms);
  }

 private:
  Clock& clock_;
  std::function<LogStatus()> status_;
  std::mutex mutex_;
  bool seen_ = false;
  TimeMs looked_ms_ = 0;
  LogStatus last_;
};

// Not a number before the first time, so that no rule mistakes "never" for "just now".
double age_s(TimeMs time_ms, TimeMs now_ms) {
  if (time_ms == 0) return std::nan("");
  return static_cast<double>(now_ms - time_ms) / 1000;
}

double count(std::uint64_t value) { return static_cast<double>(value); }

}  // namespace

void add_log_metrics(http::Metrics& metrics, Clock& clock, std::function<LogStatus()> status) {
  const auto glance = std::make_shared<Glance>(clock, std::move(status));
  const auto add = [&](const char* name, const char* help, const char* type, auto value, http::Labels labels = {}) {
    metrics.read_from(
        name, help, type, [glance, value] { return glance->of(value); }, std::move(labels));
  };
  add("probity_log_stopped", "1 while the transparency log stands still.", "gauge",
      [](const LogStatus& log, TimeMs) { return log.trouble.empty() ? 0.0 : 1.0; });
  add("probity_log_entries", "Durable entries of the log.", "gauge",
      [](const LogStatus& log, TimeMs) { return count(log.size); });
  add("probity_log_published_entries", "Entries under the published checkpoint.", "gauge",
      [](const LogStatus& log, TimeMs) { return count(log.published_size); });
  add("probity_log_waiting_entries", "Records in the database that have no place in the log yet.", "gauge",
      [](const LogStatus& log, TimeMs) { return count(log.waiting); });
  add("probity_log_checkpoint_age_seconds", "Since this process last published new entries.", "gauge",
      [](const LogStatus& log, TimeMs now_ms) { return age_s(log.published_ms, now_ms); });
  if (glance->of([](const LogStatus& log, TimeMs) { return log.stamps.wanted ? 1.0 : 0.0; }) > 0) {
    add("probity_log_stamp_age_seconds", "Since an authority last attested a checkpoint's time.", "gauge",
        [](const LogStatus& log, TimeMs now_ms) { return age_s(log.stamps.time_ms, now_ms); });
    add("probity_log_stamped_entries", "Entries under the last checkpoint with an attested time.", "gauge",
        [](const LogStatus& log, TimeMs) { return count(log.stamps.size); });
    add("probity_log_stamp_failures_total", "Times that no authority gave a timestamp.", "counter",
        [](const LogStatus& log, TimeMs) { return count(log.stamps.failures); });
  }
  std::vector<std::string> names;
  glance->of([&](const LogStatus& log, TimeMs) {
    for (const auto& witness : log.witnesses) names.push_back(witness.name);
    return 0.0;
  });
  for (std::size_t i = 0; i < names.size(); ++i) {
    const http::Labels labels{{"witness", names[i]}};
    add(
        "probity_log_cosignature_age_seconds", "Since this witness last cosigned.", "gauge",
        [i](const LogStatus& log, TimeMs now_ms) {
          return i < log.witnesses.size() ? age_s(log.witnesses[i].cosigned_ms, now_ms) : std::nan("");
        },
        labels);
    add(
        "probity_log_cosigned_entries", "The largest tree that this witness has cosigned.", "gauge",
        [i](const LogStatus& log, TimeMs) {
          return i < log.witnesses.size() ? count(log.witnesses[i].cosigned_size) : 0.0;
        },
        labels);
    add(
        "probity_log_witness_failures_total", "Requests that this witness did not answer with a cosignature.",
        "counter",
        [i](const LogStatus& log, TimeMs) { return i < log.witnesses.size() ? count(log.witnesses[i].failures) : 0.0; },
        labels);
  }
}

http::ReadinessCheck log_check(std::function<LogStatus()> status) {
  return {"log",
          [status = std::move(status)]() -> Result<void> {
            if (!status().trouble.empty()) return fail(ErrorCode::unavailable, "the transparency log stands still");
            return {};
          },
          /*needed=*/false};
}

}  // namespace probity::app
