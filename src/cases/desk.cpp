#include "cases/desk.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "parties/text.h"

namespace probity::cases {
namespace {

using nlohmann::json;

std::string dumped(const json& document) { return document.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

int year_of(TimeMs time_ms) {
  using std::chrono::floor, std::chrono::days, std::chrono::milliseconds, std::chrono::sys_time;
  return static_cast<int>(
      std::chrono::year_month_day(floor<days>(sys_time<milliseconds>(milliseconds(time_ms)))).year());
}

Result<Case> Desk::existing(const Id& id) const {
  TRY_ASSIGN(auto found, ports_.store.find(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such case");
  return std::move(*found);
}

Result<CaseView> Desk::view(const Id& id) const {
  CaseView view;
  TRY_ASSIGN(view.of, existing(id));
  TRY_ASSIGN(view.ledger, ports_.store.ledger(id));
  TRY_ASSIGN(view.rectifications, ports_.rectifications.of_case(id));
  return view;
}

Result<void> Desk::save(Case& of) const {
  of.updated_ms = now();
  TRY_ASSIGN(const auto ledger, ports_.store.ledger(of.id));
  TRY_ASSIGN(const auto rectifications, ports_.rectifications.of_case(of.id));
  std::vector<Deadline> deadlines = deadlines_of(of, ledger);
  for (const Rectification& one : rectifications)
    if (!one.closed_ms && !one.is_submitted())
      deadlines.push_back(
          {of.id, of.number, of.title, "rectification", one.number + " " + one.supplier_name, one.run().due_ms});
  std::ranges::stable_sort(deadlines, {}, &Deadline::due_ms);
  for (Deadline& one : deadlines) one.told = one.what == "rectification" || is_told(of, one);
  return ports_.store.update(of, deadlines);
}

Result<void> Desk::tell(const Case& of, const char* kind, const events::Actor& actor, json data) const {
  if (!data.is_object()) data = json::object();
  data["case"] = of.number;
  data["case_id"] = of.id.text();
  events::Event event;
  event.time_ms = now();
  event.kind = kind;
  event.actor = actor;
  // Everybody on the staff sees what happens: a project's page does not tell of its cases, nor the feed who is accused.
  if (actor.kind == events::Actor::Kind::recipient) event.actor = {actor.kind, std::nullopt, ""};
  event.data_json = dumped(data);
  TRY(ports_.events.append(event));
  return {};
}

void Desk::note_moment(Case& of, const std::string& en, const std::string& zh, const std::string& by) const {
  Moment moment;
  moment.id = new_id();
  moment.what = en;
  moment.what_zh = zh;
  moment.automatic = true;
  moment.happened_ms = now();
  moment.discovered_ms = now();
  moment.by = by;
  of.timeline.push_back(std::move(moment));
}

Result<void> Desk::commit(const Case& of, const char* kind, const json& content) const {
  json document = content;
  document["case"] = of.number;
  document["at"] = to_rfc3339(now());
  return ports_.log_book.record({kind, of.id, dumped(document)}).map([](const Id&) {});
}

Result<void> Desk::step(const Case& of, const char* action, const std::string& why, const events::Actor& actor,
                        const std::optional<Id>& item, const std::string& data_json) const {
  evidence::Deed deed;
  deed.action = action;
  deed.item = item;
  deed.actor = actor;
  deed.why = why;
  deed.data_json = data_json;
  return ports_.evidence.note(of.id, std::move(deed)).map([](const evidence::Step&) {});
}

Result<void> Desk::mail(const outbox::Message& message) const {
  if (message.to.empty()) return {};
  return ports_.outbox.enqueue(message).map([](const Id&) {});
}

Result<std::string> filled_text(std::string_view field, const std::string& text, std::size_t most) {
  TRY_ASSIGN(std::string tidy, parties::tidy_text(field, text, most));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, std::string(field) + ": some words are expected");
  return tidy;
}

Result<std::string> filled_line(std::string_view field, const std::string& text, std::size_t most) {
  TRY_ASSIGN(std::string tidy, parties::tidy_line(field, text, most));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, std::string(field) + ": some words are expected");
  return tidy;
}

}  // namespace probity::cases
