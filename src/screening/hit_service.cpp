#include "screening/hit_service.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/enterprise.h"
#include "names/identifier.h"
#include "names/person_comparison.h"

namespace probity::screening {
namespace {

constexpr std::size_t kMostNote = 2000, kMostReasons = 4000, kMostLine = 200;

const events::Actor kHub{events::Actor::Kind::system, std::nullopt, "Hub"};

// A credit code, or, of a company that has none, its LEI or its number in a foreign register.
Result<std::string> company_number(const std::string& text) {
  for (const auto kind : {names::IdentifierKind::credit_code, names::IdentifierKind::lei})
    if (const auto number = names::parse_identifier(kind, text)) return number->text;
  const auto registration = alliance::parse_registration(text);
  if (!registration)
    return fail(ErrorCode::invalid_argument, "a company's number is not right",
                "give the partner's number and the one in the list");
  return *registration;
}

// What the program finds in the two texts. Empty where it compares nothing.
Result<std::string> compare(const IdentityRequest& request) {
  if (request.way == IdentityCheck::Way::document_photo) return std::string();
  if (request.stated.empty() || request.document.empty())
    return fail(ErrorCode::invalid_argument, "two texts are compared",
                "give what the candidate stated and what their document says; neither is kept");
  if (request.way == IdentityCheck::Way::credit_code) {
    TRY_ASSIGN(const std::string stated, company_number(request.stated));
    TRY_ASSIGN(const std::string listed, company_number(request.document));
    return std::string(stated == listed ? "same" : "different");
  }
  if (request.way == IdentityCheck::Way::birth_date)
    return std::string(request.stated == request.document ? "same" : "different");
  const names::PersonComparison comparison = names::compare_person_names(request.stated, request.document);
  return std::string(names::likeness_name(comparison.likeness));
}

Result<void> check_finding(const IdentityRequest& request, const std::string& finding) {
  if (request.same && finding == "different")
    return fail(ErrorCode::invalid_argument, "what was compared does not fit",
                "compare another attribute, or record that it is not the same person");
  if (!request.same && finding == "same")
    return fail(ErrorCode::invalid_argument, "what was compared fits",
                "compare another attribute when you think that it is somebody else");
  return {};
}

// A notice comes again until it is taken.
bool was_told(const Hit& hit, const Id& notice) {
  return std::ranges::any_of(hit.steps, [text = notice.text()](const HitStep& step) {
    const auto told = step.detail.find("notice");
    return told != step.detail.end() && told->second == text;
  });
}

}  // namespace

Result<Hit> HitService::find(const Id& id) {
  TRY_ASSIGN(auto hit, ports_.store.hit(id));
  if (!hit) return fail(ErrorCode::not_found, "there is no such hit");
  return std::move(*hit);
}

Result<void> save_hit(const Ports& ports, const Hit& before, const Hit& after) {
  TRY(ports.store.update(after));
  for (std::size_t i = before.steps.size(); i < after.steps.size(); ++i) {
    const HitStep& step = after.steps[i];
    const nlohmann::json content{{"hit", after.number}, {"step", step_name(step.kind)}, {"time_ms", step.time_ms}};
    TRY(ports.log.record({"hit_step", after.id, content.dump()}));
    const std::string kind = "hit." + std::string(step_name(step.kind));
    const auto what = step.detail.find("what");
    TRY(append_event(ports, kind.c_str(), step.by, after.number, after.id,
                     what == step.detail.end() ? std::string() : what->second));
  }
  return {};
}

template <class Verb>
Result<Hit> HitService::change(const Id& id, const events::Actor& actor, Verb verb) {
  std::optional<Hit> after;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Hit before, find(id));
    TRY_ASSIGN(after, verb(before, Doing{actor, ports_.clock.now_ms()}));
    return save_hit(ports_, before, *after);
  }));
  return std::move(*after);
}

Result<Hit> HitService::confirm(const Id& id, const IdentityRequest& request, const events::Actor& actor) {
  IdentityCheck check{request.way, request.same, {}, {}};
  TRY_ASSIGN(check.note, tidy_text_without_identifier("note", request.note, kMostNote));
  TRY_ASSIGN(const Hit found, find(id));
  if (found.is_company() != (request.way == IdentityCheck::Way::credit_code))
    return fail(ErrorCode::invalid_argument, "a company is confirmed by its credit code, a person by something else");
  TRY_ASSIGN(check.finding, compare(request));
  TRY(check_finding(request, check.finding));
  return change(id, actor, [&](const Hit& hit, const Doing& doing) { return confirm_identity(hit, check, doing); });
}

Result<Hit> HitService::contact(const Id& id, FilerContact contact, const events::Actor& actor) {
  TRY_ASSIGN(contact.note, tidy_text_without_identifier("note", contact.note, kMostNote));
  TRY_ASSIGN(contact.spoke_to, tidy_line_without_identifier("name of who answered", contact.spoke_to, kMostLine));
  return change(id, actor, [&](const Hit& hit, const Doing& doing) { return contact_filer(hit, contact, doing); });
}

Result<Hit> HitService::notify(const Id& id, PersonNotice notice, const events::Actor& actor) {
  TRY_ASSIGN(notice.note, tidy_text_without_identifier("note", notice.note, kMostNote));
  return change(id, actor, [&](const Hit& hit, const Doing& doing) { return notify_person(hit, notice, doing); });
}

Result<Hit> HitService::answer(const Id& id, const std::string& note, const events::Actor& actor) {
  TRY_ASSIGN(const std::string tidy, tidy_text_without_identifier("note", note, kMostNote));
  return change(id, actor, [&](const Hit& hit, const Doing& doing) { return record_answer(hit, tidy, doing); });
}

Result<Hit> HitService::decide(const Id& id, HitOutcome outcome, const std::string& reasons,
                               const events::Actor& actor) {
  TRY_ASSIGN(const std::string tidy, tidy_text_without_identifier("reasons", reasons, kMostReasons));
  return change(id, actor,
                [&](const Hit& hit, const Doing& doing) { return screening::decide(hit, outcome, tidy, doing); });
}

Result<Hit> HitService::withdraw(const Id& id, const std::string& note, const events::Actor& actor) {
  TRY_ASSIGN(const std::string tidy, tidy_text_without_identifier("note", note, kMostNote));
  return change(id, actor, [&](const Hit& hit, const Doing& doing) { return screening::withdraw(hit, tidy, doing); });
}

Result<Hit> HitService::reconsider(const Id& id, HitOutcome outcome, const std::string& reasons,
                                   const events::Actor& actor) {
  TRY_ASSIGN(const std::string tidy, tidy_text_without_identifier("reasons", reasons, kMostReasons));
  return change(id, actor,
                [&](const Hit& hit, const Doing& doing) { return screening::reconsider(hit, outcome, tidy, doing); });
}

Result<Hit> HitService::look_again(const Id& id, const TypedIdentifier& identifier, const events::Actor& actor) {
  TRY_ASSIGN(const Hit before, find(id));
  if (!is_pending(before)) return fail(ErrorCode::conflict, "this hit is closed, and nothing has changed since");
  TRY_ASSIGN(const Asked asked, ask_alliance(ports_, identifier, actor));
  // Within an epoch the same person has the same mark; when that epoch is over only the staff know.
  const bool is_other = std::ranges::any_of(asked.marks, [&](const PersonMark& mark) {
    return mark.epoch == before.person_epoch && mark.same_person != before.same_person;
  });
  if (is_other)
    return fail(ErrorCode::forbidden, "this is not the identifier that led to the hit",
                "a question about somebody else is a new question, with its own consent");
  return change(id, actor,
                [&](const Hit& hit, const Doing& doing) { return screening::look_again(hit, asked.seen, doing); });
}

Result<std::size_t> HitService::take_notice(const alliance::ChangeNotice& notice) {
  std::size_t count = 0;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto hits, ports_.store.hits_at(notice.epoch, notice.bits, notice.prefix));
    for (const Hit& hit : hits) {
      if (!touches(notice, hit) || was_told(hit, notice.id)) continue;
      const Hit after = listing_changed(hit, {notice.what, notice.time_ms}, notice.id, {kHub, ports_.clock.now_ms()});
      TRY(save_hit(ports_, hit, after));
      ++count;
    }
    return {};
  }));
  return count;
}

}  // namespace probity::screening
