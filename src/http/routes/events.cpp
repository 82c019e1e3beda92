#include "http/routes/events.h"

#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

struct Topic {
  std::string_view name;
  Permission permission;
};
constexpr Topic kTopics[] = {
    {"activity", Permission::read_projects}, {"job", Permission::read_jobs}, {"outbox", Permission::read_outbox}};

bool may_hear(const Caller& caller, const std::string& topic) {
  for (const auto& [name, permission] : kTopics)
    if (name == topic) return caller.may(permission);
  return false;
}

Result<Response> stream(events::LiveFeed& feed, const Request& request, const Caller& caller) {
  // Told before the stream begins: afterwards there is no status to tell it by.
  TRY(feed.check_room());
  const auto project = query_id(request, "project");
  Response response;
  response.body = EventBody{[&feed, caller, project](std::shared_ptr<EventSink> sink) {
    events::Watcher watcher;
    watcher.deliver = [sink](std::string_view topic, std::string_view data) { return sink->send(topic, data); };
    watcher.wants = [caller, project](const events::News& news) {
      return (!project || news.project == project) && may_hear(caller, news.topic);
    };
    if (!feed.watch(std::move(watcher))) sink->close();
  }};
  return response;
}

}  // namespace

void add_event_routes(Router& router, Guard& guard, events::LiveFeed& feed) {
  router.add(Method::get, "/api/v1/events",
             guard.staff(Permission::read_jobs, answering([&feed](const Request& request, const Caller& caller) {
                           return stream(feed, request, caller);
                         })));
}

}  // namespace probity::http::routes
