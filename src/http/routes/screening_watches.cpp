// Watched partners over HTTP.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/screening_companies.h"
#include "http/routes/staff_answer.h"
#include "screening/batch_screening.h"
#include "screening/company_json.h"
#include "screening/watch.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;
using screening::WatchService;

constexpr TextLimits kName{0, 200}, kNumber{0, 64}, kNote{0, 200};

json change_json(const screening::WatchChange& change) {
  return {{"what", screening::what_name(change.what)},
          {"time", time_text(change.time_ms)},
          {"list_version", change.list_version},
          {"level", screening::level_name(change.level)},
          {"listing", change.listing.text()},
          {"status", change.status},
          {"name", change.name},
          {"sentence", screening::words_json(sentence_of(change))}};
}

Result<json> watch_json(WatchService& watches, const screening::Watch& watch) {
  TRY_ASSIGN(const auto changes, watches.changes_of(watch.id));
  json matches = json::array(), happened = json::array();
  for (const auto& match : watch.matches)
    matches.push_back({{"listing", match.listing.text()},
                       {"level", screening::level_name(match.level)},
                       {"status", match.status},
                       {"name", match.name}});
  for (const auto& change : changes) happened.push_back(change_json(change));
  json out{{"id", watch.id.text()},
           {"name", watch.subject.name},
           {"note", watch.note},
           {"added_by", watch.added_by.name},
           {"added_at", time_text(watch.added_ms)},
           {"level", screening::level_name(watch.level())},
           {"matches", std::move(matches)},
           {"changed_at", optional_time_json(watch.changed_ms)},
           {"seen", watch.seen},
           {"changes", std::move(happened)}};
  screening::put_numbers(out, watch.subject);
  return out;
}

Result<Response> answer(WatchService& watches, const screening::Watch& watch, int status = 200) {
  TRY_ASSIGN(const json out, watch_json(watches, watch));
  return json_response(status, out);
}

Result<Response> add(WatchService& watches, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  screening::NewWatch watch;
  watch.company = {
      fields.optional_text("name", kName).value_or(""), fields.optional_text("credit_code", kNumber).value_or(""),
      fields.optional_text("lei", kNumber).value_or(""), fields.optional_text("registration", kNumber).value_or("")};
  watch.note = fields.optional_text("note", kNote).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto added, watches.add(watch, caller.actor));
  return answer(watches, added.watch, added.is_new ? 201 : 200);
}

Result<Response> list(WatchService& watches, const Request& request, const Caller&) {
  screening::WatchFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  const auto level = request.query_value("level"), changed = request.query_value("changed");
  if (level && !level->empty() && !(filter.level = screening::parse_level(*level)))
    return fail(ErrorCode::invalid_argument, "there is no such level");
  if (changed && *changed != "true" && *changed != "false")
    return fail(ErrorCode::invalid_argument, "changed must be true or false");
  if (changed) filter.changed = *changed == "true";
  TRY_ASSIGN(const auto listed, watches.list(filter));
  json items = json::array();
  for (const auto& watch : listed.items) {
    TRY_ASSIGN(json item, watch_json(watches, watch));
    items.push_back(std::move(item));
  }
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> find(WatchService& watches, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "watch"));
  TRY_ASSIGN(const auto watch, watches.find(id));
  return answer(watches, watch);
}

Result<Response> seen(WatchService& watches, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "watch"));
  TRY_ASSIGN(const auto watch, watches.mark_seen(id));
  return answer(watches, watch);
}

Result<Response> remove(WatchService& watches, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "watch"));
  TRY(watches.remove(id, caller.actor));
  return Response::no_content();
}

Result<Response> watch_batch(WatchService& watches, screening::BatchScreening& batches, const Request& request,
                             const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "batch"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  std::vector<screening::CompanyLevel> levels;
  if (fields.has("levels"))
    for (const std::string& name : fields.texts("levels", std::size(screening::kCompanyLevels))) {
      const auto level = screening::parse_level(name);
      if (level) levels.push_back(*level);
      if (!level) fields.complain("levels", "there is no such level");
    }
  const std::string note = fields.optional_text("note", kNote).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  std::vector<screening::CompanySubject> subjects;
  TRY(batches.each_row(id, [&](const screening::PartnerRow& row) -> Result<void> {
    const bool wanted = levels.empty() || std::ranges::find(levels, row.level) != levels.end();
    if (wanted && row.level != screening::CompanyLevel::unreadable) subjects.push_back(row.subject);
    return {};
  }));
  TRY_ASSIGN(const auto added, watches.add_many(subjects, note, caller.actor));
  return json_response(200, {{"added", added.added}, {"known", added.known}});
}

}  // namespace

void add_watch_routes(Router& router, Guard& guard, WatchService& watches, screening::BatchScreening& batches) {
  const auto on = [&](Method method, const std::string& rest, Permission permission, auto work) {
    router.add(method, "/api/v1/screening/watches" + rest,
               guard.staff(permission, answering([&watches, work](const Request& request, const Caller& caller) {
                             return work(watches, request, caller);
                           })));
  };
  on(Method::get, "", Permission::read_screening, list);
  on(Method::post, "", Permission::write_screening, add);
  on(Method::get, "/{watch}", Permission::read_screening, find);
  on(Method::del, "/{watch}", Permission::write_screening, remove);
  on(Method::post, "/{watch}/seen", Permission::write_screening, seen);
  router.add(Method::post, "/api/v1/screening/batches/{batch}/watch",
             guard.staff(Permission::write_screening,
                         answering([&watches, &batches](const Request& request, const Caller& caller) {
                           return watch_batch(watches, batches, request, caller);
                         })));
}

}  // namespace probity::http::routes
