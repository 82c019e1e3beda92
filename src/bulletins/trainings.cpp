#include "bulletins/trainings.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace probity::bulletins {

using nlohmann::json;

json to_json(const TrainingView& view) {
  const TrainingPlan& plan = view.training.plan;
  const std::size_t all = view.training.registrations.size(), taken = std::min<std::size_t>(all, plan.capacity);
  json out{{"id", view.training.id.text()},
           {"title", plan.title},
           {"text", plan.text},
           {"starts_at", to_rfc3339(plan.starts_ms)},
           {"ends_at", to_rfc3339(plan.ends_ms)},
           {"zone", plan.zone},
           {"place", plan.place},
           {"link", plan.link.empty() ? json() : json(plan.link)},
           {"capacity", plan.capacity},
           {"taken", taken},
           {"waiting", all - taken},
           {"state", view.state},
           {"organiser", view.organiser},
           {"is_own", view.is_own},
           {"own", seat_name(view.own)}};
  if (!view.is_own) return out;
  json registrations = json::array();
  for (std::size_t i = 0; i < all; ++i) {
    const auto& one = view.training.registrations[i];
    registrations.push_back({{"name", one.name},
                             {"member", view.member_names[i]},
                             {"state", seat_name(seat_at(view.training, i))},
                             {"at", to_rfc3339(one.time_ms)}});
  }
  out["registrations"] = std::move(registrations);
  return out;
}

Result<Training> Trainings::existing(const Id& id) {
  TRY_ASSIGN(auto training, ports_.store.training(id));
  if (!training) return fail(ErrorCode::not_found, "there is no such training");
  return std::move(*training);
}

Result<TrainingView> Trainings::view_of(const Training& training, const Reader& reader) {
  std::map<Id, std::string> names{{Id{}, "Hub"}};
  TRY_ASSIGN(const auto members, ports_.members.members());
  for (const MemberName& member : members) names[member.id] = member.name;
  const auto name = [&](const Id& member) { return names.contains(member) ? names[member] : "a former member"; };
  TrainingView view{training,
                    std::string(training_state(training, ports_.clock.now_ms())),
                    name(training.organiser),
                    is_organiser(training, reader),
                    seat_of(training, reader),
                    {}};
  for (const auto& one : training.registrations) view.member_names.push_back(name(one.member));
  return view;
}

Result<TrainingView> Trainings::announce(const Reader& by, const TrainingPlan& plan) {
  const TimeMs now_ms = ports_.clock.now_ms();
  TRY(check_plan(plan, now_ms));
  Training training;
  training.id = Id::random(ports_.random);
  training.organiser = by.member;
  training.plan = plan;
  training.changed_ms = now_ms;
  TRY(ports_.transactions.write([&] { return ports_.store.insert(training); }));
  return view_of(training, by);
}

template <class Verb>
Result<TrainingView> Trainings::turn(const Reader& by, const Id& id, Verb verb) {
  std::optional<Training> next;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Training before, existing(id));
    TRY_ASSIGN(next, verb(before));
    return ports_.store.update(*next);
  }));
  return view_of(*next, by);
}

Result<TrainingView> Trainings::change(const Reader& by, const Id& id, const TrainingPlan& plan) {
  return turn(by, id, [&](const Training& one) { return change_plan(one, by, plan, ports_.clock.now_ms()); });
}
Result<TrainingView> Trainings::cancel(const Reader& by, const Id& id) {
  return turn(by, id, [&](const Training& one) { return bulletins::cancel(one, by, ports_.clock.now_ms()); });
}
Result<TrainingView> Trainings::register_for(const Reader& by, const Id& id, const std::string& name) {
  return turn(by, id,
              [&](const Training& one) { return bulletins::register_for(one, by, name, ports_.clock.now_ms()); });
}
Result<TrainingView> Trainings::unregister_from(const Reader& by, const Id& id) {
  return turn(by, id, [&](const Training& one) { return bulletins::unregister_from(one, by, ports_.clock.now_ms()); });
}

Result<Listed<TrainingView>> Trainings::list(const Reader& reader, TrainingFilter filter) {
  filter.now_ms = ports_.clock.now_ms();
  TRY_ASSIGN(const auto listed, ports_.store.trainings(filter));
  Listed<TrainingView> views;
  views.total = listed.total;
  for (const Training& training : listed.items) {
    TRY_ASSIGN(TrainingView view, view_of(training, reader));
    views.items.push_back(std::move(view));
  }
  return views;
}

Result<TrainingView> Trainings::find(const Reader& reader, const Id& id) {
  TRY_ASSIGN(const Training training, existing(id));
  return view_of(training, reader);
}

Result<std::string> Trainings::calendar(const Id& id) {
  TRY_ASSIGN(const Training training, existing(id));
  return calendar_of(training);
}

}  // namespace probity::bulletins
