#include "jobs/json.h"

#include <nlohmann/json.hpp>

#include "base/error_words.h"

namespace probity::jobs {
namespace {

nlohmann::json id_or_null(const std::optional<Id>& id) { return id ? nlohmann::json(id->text()) : nullptr; }
nlohmann::json time_or_null(const std::optional<TimeMs>& time) {
  return time ? nlohmann::json(to_rfc3339(*time)) : nullptr;
}

}  // namespace

nlohmann::json to_json(const Job& job) {
  return {{"id", job.id.text()},
          {"kind", job.request.kind},
          {"state", job_state_name(job.state)},
          {"title", job.request.title},
          {"title_zh", job.request.title_zh},
          {"project", id_or_null(job.request.project)},
          {"subject", id_or_null(job.request.subject)},
          {"done", job.done},
          {"total", job.total},
          {"stage", job.stage},
          {"attempts", job.attempts},
          {"error", job.error.empty() ? nlohmann::json(nullptr) : nlohmann::json(job.error)},
          {"error_zh", job.error.empty() ? nlohmann::json(nullptr) : nlohmann::json(in_chinese(job.error))},
          {"created_at", to_rfc3339(job.created_ms)},
          {"started_at", time_or_null(job.started_ms)},
          {"finished_at", time_or_null(job.finished_ms)}};
}

}  // namespace probity::jobs
