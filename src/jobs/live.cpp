#include "jobs/live.h"

#include <nlohmann/json.hpp>

#include "jobs/json.h"

namespace probity::jobs {

events::LiveSource job_source(Store& store) {
  events::LiveSource source;
  source.head = [&store] { return store.last_change(); };
  source.after = [&store](std::uint64_t position, std::size_t limit) -> Result<std::vector<events::News>> {
    TRY_ASSIGN(const auto changed, store.changed_after(position, limit));
    std::vector<events::News> news;
    for (const Job& job : changed) {
      const std::string data = to_json(job).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      news.push_back({job.changed, "job", job.request.project, data});
    }
    return news;
  };
  return source;
}

}  // namespace probity::jobs
