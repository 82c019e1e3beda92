#include "bulletins/training.h"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "bulletins/rules.h"
#include "bulletins/text_check.h"

namespace probity::bulletins {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 3> kSeats{"none", "registered", "waiting"};
constexpr std::size_t kMostRegistrations = 10'000;

tl::unexpected<Error> bad(std::string message, std::string hint = {}) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(hint));
}

bool is_zone(const std::string& zone) {
  if (zone.empty() || zone.size() > 64) return false;
  const std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
  return *found != icu::TimeZone::getUnknown();
}

Result<void> check_planned(const Training& training, TimeMs now_ms) {
  if (training_state(training, now_ms) == "planned") return {};
  return fail(ErrorCode::conflict, "this training is over or was called off");
}
Result<void> check_organiser(const Training& training, const Reader& by) {
  if (is_organiser(training, by)) return {};
  return fail(ErrorCode::forbidden, "only the member that announced it changes it");
}

bool is_of(const Training::Registration& registration, const Reader& by) {
  return registration.member == by.member && registration.account == by.account;
}

}  // namespace

std::string_view seat_name(Seat seat) { return kSeats.at(static_cast<std::size_t>(seat)); }
std::optional<Seat> parse_seat(std::string_view name) {
  const auto found = std::ranges::find(kSeats, name);
  return found == kSeats.end() ? std::nullopt : std::optional(static_cast<Seat>(found - kSeats.begin()));
}

Seat seat_at(const Training& training, std::size_t place) {
  return place < training.plan.capacity ? Seat::registered : Seat::waiting;
}

Seat seat_of(const Training& training, const Reader& reader) {
  const auto found = std::ranges::find_if(training.registrations, [&](const auto& one) { return is_of(one, reader); });
  if (found == training.registrations.end()) return Seat::none;
  return seat_at(training, static_cast<std::size_t>(found - training.registrations.begin()));
}

std::string_view training_state(const Training& training, TimeMs now_ms) {
  if (training.cancelled) return "cancelled";
  return now_ms >= training.plan.ends_ms ? "past" : "planned";
}

bool is_organiser(const Training& training, const Reader& reader) {
  return reader.is_operator ? training.organiser == Id{}
                            : training.organiser != Id{} && training.organiser == reader.member;
}

Result<void> check_plan(const TrainingPlan& plan, TimeMs now_ms) {
  if (plan.title.empty() || plan.title.size() > 4 * kMostTitle) return bad("a training has a title of one line");
  if (plan.text.size() > 40'000 || plan.place.size() > 1'200) return bad("what is said of the training is too long");
  if (plan.starts_ms <= now_ms || plan.starts_ms > now_ms + 2 * kMostLifeMs)
    return bad("a training begins in the future, within two years");
  if (plan.ends_ms <= plan.starts_ms || plan.ends_ms > plan.starts_ms + 31 * kDayMs)
    return bad("a training ends after its begin, within a month");
  if (!is_zone(plan.zone)) return bad("this is no time zone", "write one such as Asia/Shanghai");
  if (!plan.link.empty()) TRY(check_link(plan.link));
  if (plan.capacity == 0 || plan.capacity > 5'000) return bad("a training has 1 to 5000 seats");
  for (const std::string* text : {&plan.title, &plan.text, &plan.place}) TRY(check_note(*text));
  return {};
}

Result<Training> change_plan(const Training& training, const Reader& by, const TrainingPlan& plan, TimeMs now_ms) {
  TRY(check_organiser(training, by));
  TRY(check_planned(training, now_ms));
  TRY(check_plan(plan, now_ms));
  Training next = training;
  next.plan = plan;
  ++next.changes;
  next.changed_ms = now_ms;
  return next;
}

Result<Training> cancel(const Training& training, const Reader& by, TimeMs now_ms) {
  TRY(check_organiser(training, by));
  TRY(check_planned(training, now_ms));
  Training next = training;
  next.cancelled = true;
  ++next.changes;
  next.changed_ms = now_ms;
  return next;
}

Result<Training> register_for(const Training& training, const Reader& by, const std::string& name, TimeMs now_ms) {
  TRY(check_planned(training, now_ms));
  if (name.empty() || name.size() > 4 * kMostTitle) return bad("who registers has a name");
  TRY(check_note(name));
  if (seat_of(training, by) != Seat::none) return fail(ErrorCode::conflict, "you are registered or waiting already");
  if (training.registrations.size() >= kMostRegistrations) return fail(ErrorCode::conflict, "the waiting list is full");
  Training next = training;
  next.registrations.push_back({by.member, by.account, name, now_ms});
  return next;
}

Result<Training> unregister_from(const Training& training, const Reader& by, TimeMs now_ms) {
  TRY(check_planned(training, now_ms));
  Training next = training;
  const auto gone = std::erase_if(next.registrations, [&](const auto& one) { return is_of(one, by); });
  if (gone == 0) return fail(ErrorCode::not_found, "you are not registered for this training");
  return next;
}

std::string training_record(const Training& training) {
  json registrations = json::array();
  for (const auto& one : training.registrations)
    registrations.push_back(
        {{"member", one.member.text()}, {"account", one.account.text()}, {"name", one.name}, {"time_ms", one.time_ms}});
  const TrainingPlan& plan = training.plan;
  return json{{"id", training.id.text()},
              {"organiser", training.organiser.text()},
              {"title", plan.title},
              {"text", plan.text},
              {"starts_ms", plan.starts_ms},
              {"ends_ms", plan.ends_ms},
              {"zone", plan.zone},
              {"place", plan.place},
              {"link", plan.link},
              {"capacity", plan.capacity},
              {"registrations", std::move(registrations)},
              {"cancelled", training.cancelled},
              {"changes", training.changes},
              {"changed_ms", training.changed_ms}}
      .dump();
}

Result<Training> parse_training_record(std::string_view text) {
  try {
    const json kept = json::parse(text);
    Training training;
    TRY_ASSIGN(training.id, Id::parse(kept.at("id").get<std::string>()));
    TRY_ASSIGN(training.organiser, Id::parse(kept.at("organiser").get<std::string>()));
    TrainingPlan& plan = training.plan;
    kept.at("title").get_to(plan.title);
    kept.at("text").get_to(plan.text);
    kept.at("starts_ms").get_to(plan.starts_ms);
    kept.at("ends_ms").get_to(plan.ends_ms);
    kept.at("zone").get_to(plan.zone);
    kept.at("place").get_to(plan.place);
    kept.at("link").get_to(plan.link);
    kept.at("capacity").get_to(plan.capacity);
    for (const json& item : kept.at("registrations")) {
      Training::Registration one;
      TRY_ASSIGN(one.member, Id::parse(item.at("member").get<std::string>()));
      TRY_ASSIGN(one.account, Id::parse(item.at("account").get<std::string>()));
      item.at("name").get_to(one.name);
      item.at("time_ms").get_to(one.time_ms);
      training.registrations.push_back(std::move(one));
    }
    kept.at("cancelled").get_to(training.cancelled);
    kept.at("changes").get_to(training.changes);
    kept.at("changed_ms").get_to(training.changed_ms);
    return training;
  } catch (const json::exception&) {
    return fail(ErrorCode::corrupt, "a training in the store is not readable");
  }
}

}  // namespace probity::bulletins
