#include "jobs/job.h"

#include <algorithm>
#include <array>
#include <utility>

namespace probity::jobs {
namespace {

constexpr std::array<std::pair<JobState, std::string_view>, 5> kStates{{{JobState::queued, "queued"},
                                                                        {JobState::running, "running"},
                                                                        {JobState::done, "done"},
                                                                        {JobState::failed, "failed"},
                                                                        {JobState::cancelled, "cancelled"}}};
constexpr TimeMs kFirstPauseMs = 5'000;
constexpr TimeMs kLongestPauseMs = 3'600'000;

}  // namespace

std::string_view job_state_name(JobState state) {
  return std::ranges::find(kStates, state, [](const auto& row) { return row.first; })->second;
}

std::optional<JobState> parse_job_state(std::string_view name) {
  for (const auto& [state, text] : kStates)
    if (text == name) return state;
  return std::nullopt;
}

bool is_finished(JobState state) { return state != JobState::queued && state != JobState::running; }

TimeMs backoff_ms(int attempts, double spread) {
  const int doublings = std::clamp(attempts - 1, 0, 20);
  const TimeMs pause = std::min(kLongestPauseMs, kFirstPauseMs << doublings);
  return pause + static_cast<TimeMs>(static_cast<double>(pause) * spread / 4);
}

}  // namespace probity::jobs
