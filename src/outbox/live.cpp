#include "outbox/live.h"

#include <nlohmann/json.hpp>

#include "outbox/json.h"

namespace probity::outbox {

events::LiveSource mail_source(Store& store) {
  events::LiveSource source;
  source.head = [&store] { return store.last_change(); };
  source.after = [&store](std::uint64_t position, std::size_t limit) -> Result<std::vector<events::News>> {
    TRY_ASSIGN(const auto changed, store.changed_after(position, limit));
    std::vector<events::News> news;
    for (const auto& [number, mail] : changed) {
      const std::string data = mail_to_json(mail).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      news.push_back({number, "outbox", mail.message.project, data});
    }
    return news;
  };
  return source;
}

}  // namespace probity::outbox
