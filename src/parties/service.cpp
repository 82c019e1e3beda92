#include "parties/service.h"

#include <nlohmann/json.hpp>

#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr TimeMs kDayMs = 86'400'000;

tl::unexpected<Error> no_such_party() { return fail(ErrorCode::not_found, "there is no such person or organisation"); }

tl::unexpected<Error> exists_already(const PartyDetails& details) {
  if (details.is_person())
    return fail(ErrorCode::already_exists, "there is a person of this name in this organisation already",
                "add something that tells them apart, such as the department");
  return fail(ErrorCode::already_exists, "there is an organisation of this name already",
              "use it, or add something that tells them apart, such as the town");
}

template <class Value>
void take(Value& field, const std::optional<Value>& change) {
  if (change) field = *change;
}

}  // namespace

Result<std::optional<Party>> PartyService::parent_of(const PartyDetails& details) {
  if (!details.parent) return std::optional<Party>();
  TRY_ASSIGN(std::optional<Party> parent, ports_.store.party(*details.parent));
  if (!parent) return fail(ErrorCode::not_found, "there is no such organisation");
  return parent;
}

// Finds or makes the organisation that is only named.
Result<void> PartyService::settle_parent(NewParty& party, const events::Actor& actor) {
  if (party.details.parent) return {};
  TRY_ASSIGN(const std::string name, tidy_line("organisation's name", party.parent_name, kMaxNameCharacters));
  if (name.empty()) return {};
  PartyDetails organisation;
  organisation.kind = party.details.is_person() ? PartyKind::outlet : PartyKind::supplier;
  organisation.name = name;
  organisation.locale = party.details.locale;
  TRY_ASSIGN(const auto known, ports_.store.by_key(organisation.lookup_key()));
  if (known) {
    party.details.parent = known->id;
    return {};
  }
  TRY_ASSIGN(const Party made, add(organisation, actor));
  party.details.parent = made.id;
  return {};
}

Result<Party> PartyService::add(PartyDetails details, const events::Actor& actor) {
  Party party;
  TRY_ASSIGN(party.details, PartyDetails::tidied(std::move(details)));
  TRY_ASSIGN(const auto parent, parent_of(party.details));
  TRY_ASSIGN(party.tier, tier_under(party.details, parent));
  TRY_ASSIGN(const auto known, ports_.store.by_key(party.details.lookup_key()));
  if (known) return exists_already(party.details);
  party.id = Id::random(ports_.random);
  party.created_ms = ports_.clock.now_ms();
  TRY(ports_.store.insert({&party, 1}));
  TRY(append("party.created", party, actor));
  return party;
}

Result<void> PartyService::append(const char* kind, const Party& party, const events::Actor& actor) {
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.party = party.id;
  event.data_json =
      nlohmann::json{{"party", party.details.name}, {"party_kind", party_kind_name(party.details.kind)}}.dump();
  TRY(ports_.events.append(event));
  return {};
}

Result<PartyRow> PartyService::create(const NewParty& wanted, const events::Actor& actor) {
  PartyRow row;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    NewParty party = wanted;
    TRY(settle_parent(party, actor));
    TRY_ASSIGN(const Party made, add(std::move(party.details), actor));
    TRY_ASSIGN(row, find(made.id));
    return {};
  }));
  return row;
}

Result<PartyRow> PartyService::find_or_create(const NewParty& wanted, const events::Actor& actor) {
  PartyRow row;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    NewParty party = wanted;
    TRY(settle_parent(party, actor));
    TRY_ASSIGN(party.details, PartyDetails::tidied(std::move(party.details)));
    TRY_ASSIGN(const auto known, ports_.store.by_key(party.details.lookup_key()));
    Id id;
    if (known) {
      id = known->id;
    } else {
      TRY_ASSIGN(const Party made, add(std::move(party.details), actor));
      id = made.id;
    }
    TRY_ASSIGN(row, find(id));
    return {};
  }));
  return row;
}

Result<void> PartyService::check_no_cycle(const Id& id, const std::optional<Id>& parent) {
  std::optional<Id> above = parent;
  for (int steps = 0; above && steps <= kMaxTier + 1; ++steps) {
    if (*above == id)
      return fail(ErrorCode::invalid_argument, "an organisation cannot stand above itself",
                  "choose one that does not work for it");
    TRY_ASSIGN(const auto party, ports_.store.party(*above));
    above = party ? party->details.parent : std::nullopt;
  }
  return {};
}

// Carries a changed tier down to everybody below.
Result<void> PartyService::settle_tiers(const Party& top) {
  struct Level {
    Id id;
    int tier;
  };
  std::vector<Level> open{{top.id, top.tier}};
  while (!open.empty()) {
    const Level level = open.back();
    open.pop_back();
    TRY_ASSIGN(const auto below, ports_.store.set_child_tiers(level.id, level.tier, level.tier + 1));
    if (!below.empty() && level.tier + 1 > kMaxTier)
      return fail(ErrorCode::invalid_argument, "the chain of organisations would be longer than 20");
    for (const Id& organisation : below) open.push_back({organisation, level.tier + 1});
  }
  return {};
}

Result<PartyRow> PartyService::update(const Id& id, const PartyChange& change, const events::Actor& actor) {
  PartyRow row;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto before, ports_.store.party(id));
    if (!before) return no_such_party();
    Party party = *before;
    take(party.details.name, change.name);
    take(party.details.job_title, change.job_title);
    take(party.details.email, change.email);
    take(party.details.phone, change.phone);
    take(party.details.locale, change.locale);
    take(party.details.notes, change.notes);
    take(party.details.may_bind, change.may_bind);
    take(party.details.parent, change.parent);
    TRY_ASSIGN(party.details, PartyDetails::tidied(std::move(party.details)));
    TRY_ASSIGN(const auto parent, parent_of(party.details));
    TRY(check_no_cycle(id, party.details.parent));
    TRY_ASSIGN(party.tier, tier_under(party.details, parent));
    if (party != *before) {
      TRY_ASSIGN(const auto known, ports_.store.by_key(party.details.lookup_key()));
      if (known && known->id != id) return exists_already(party.details);
      TRY(ports_.store.update(party));
      if (party.tier != before->tier) TRY(settle_tiers(party));
      TRY(append("party.changed", party, actor));
    }
    TRY_ASSIGN(row, find(id));
    return {};
  }));
  return row;
}

Result<void> PartyService::remove(const Id& id, const events::Actor& actor) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto party, ports_.store.party(id));
    if (!party) return no_such_party();
    TRY_ASSIGN(const auto referrers, ports_.store.referrers(id));
    if (!referrers.empty()) {
      std::string all;
      for (const std::string& referrer : referrers) all += (all.empty() ? "" : ", ") + referrer;
      return fail(ErrorCode::conflict, "it is referred to by " + all, "records that matter later stay");
    }
    TRY(ports_.store.remove(id));
    return append("party.removed", *party, actor);
  });
}

Result<PartyRow> PartyService::find(const Id& id) {
  TRY_ASSIGN(auto row, ports_.store.row(id));
  if (!row) return no_such_party();
  return std::move(*row);
}

Result<PartyDetail> PartyService::detail(const Id& id) {
  PartyDetail detail;
  TRY(ports_.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(detail.party, find(id));
    std::optional<Id> above = detail.party.party.details.parent;
    while (above && detail.ancestors.size() <= kMaxTier) {
      TRY_ASSIGN(const PartyRow ancestor, find(*above));
      above = ancestor.party.details.parent;
      detail.ancestors.push_back(ancestor);
    }
    TRY_ASSIGN(detail.children, ports_.store.children(id));
    return {};
  }));
  return detail;
}

Result<Listed<PartyRow>> PartyService::list(const PartyFilter& filter) { return ports_.store.list(filter); }

Result<RecipientDetails> PartyService::details_of(const Id& id) {
  TRY_ASSIGN(const PartyRow row, find(id));
  return recipient_of(row.party, row.parent_name);
}

Result<std::vector<Party>> PartyService::who_may_bind(const Id& organisation) {
  return ports_.store.who_may_bind(organisation);
}

Result<Training> PartyService::record_training(const Id& party, const TrainingDetails& details,
                                               const events::Actor& actor) {
  Training training;
  training.id = Id::random(ports_.random);
  training.party = party;
  TRY_ASSIGN(training.title, tidy_line("training's title", details.title, kMaxNameCharacters));
  TRY_ASSIGN(training.note, tidy_text("note", details.note, kMaxNoteCharacters));
  training.given_ms = details.given_ms;
  training.recorded_ms = ports_.clock.now_ms();
  training.recorded_by = actor.name;
  if (training.title.empty()) return fail(ErrorCode::invalid_argument, "the training's title is empty");
  if (training.given_ms > training.recorded_ms + kDayMs)
    return fail(ErrorCode::invalid_argument, "the training lies in the future", "record it when it was given");
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const PartyRow row, find(party));
    TRY(ports_.store.insert(training));
    events::Event event;
    event.time_ms = training.recorded_ms;
    event.kind = "training.recorded";
    event.actor = actor;
    event.party = party;
    event.data_json = nlohmann::json{{"party", row.party.details.name}, {"title", training.title}}.dump();
    TRY(ports_.events.append(event));
    return {};
  }));
  return training;
}

Result<std::vector<Training>> PartyService::trainings(const Id& party) {
  TRY(find(party));
  return ports_.store.trainings(party);
}

}  // namespace probity::parties
