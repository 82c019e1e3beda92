#include "cases/rectifications.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cases/letters.h"
#include "cases/words.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

using nlohmann::json;

constexpr int kMostDepth = parties::kMaxTier;
constexpr std::size_t kMostFlowDown = 200, kMostOverdue = 200, kMostTurnRounds = 50;
constexpr std::uint32_t kPage = 500;

std::string stage_words_zh(RectificationStage stage) {
  switch (stage) {
    case RectificationStage::issued:
      return "受理";
    case RectificationStage::containment:
      return "临时遏制";
    case RectificationStage::cause:
      return "原因分析";
    case RectificationStage::plan:
      return "措施计划";
    case RectificationStage::implementing:
      return "实施";
    case RectificationStage::verifying:
      break;
  }
  return "效果验证";
}

}  // namespace

Result<Rectification> RectificationService::existing(const Id& id) const {
  TRY_ASSIGN(auto found, desk_.ports().rectifications.find(id));
  if (!found) return fail(ErrorCode::not_found, "there is no such rectification");
  return std::move(*found);
}

// What our own records say of an organisation's people.
Result<FlowFacts> RectificationService::facts_of(const Id& organisation, TimeMs since_ms) const {
  FlowFacts facts;
  commitments::CommitmentFilter filter;
  filter.party = organisation;  // anybody of it
  filter.query.limit = kPage;
  TRY_ASSIGN(const auto listed, desk_.ports().commitments.list(filter));
  for (const auto& view : listed.items) {
    const auto& one = view.commitment;
    if (one.state == commitments::State::in_force && one.in_force_ms && *one.in_force_ms >= since_ms)
      facts.in_force_since_ms = std::max(facts.in_force_since_ms.value_or(0), *one.in_force_ms);
  }
  parties::PartyFilter people;
  people.parent = organisation;
  people.kind = parties::PartyKind::person;
  people.page.limit = kPage;
  TRY_ASSIGN(const auto found, desk_.ports().parties.list(people));
  facts.knows_people = !found.items.empty();
  for (const auto& person : found.items) {
    copies::DeliveryFilter deliveries;
    deliveries.party = person.party.id;
    deliveries.state = copies::DeliveryState::available;
    deliveries.page.limit = 1;
    TRY_ASSIGN(const auto open, desk_.ports().deliveries.list(deliveries));
    facts.open_copies += open.total;
  }
  return facts;
}

Result<RectificationView> RectificationService::view(Rectification of) const {
  RectificationView view{std::move(of), {}};
  for (const FlowDown& one : view.of.flow_down) {
    TRY_ASSIGN(const FlowFacts facts, facts_of(one.supplier, view.of.issued_ms));
    view.facts.push_back(facts);
  }
  return view;
}

// Every organisation under `organisation`, each after the one it works under.
Result<void> RectificationService::add_below(Rectification& of, const Id& organisation, const Id& leaf,
                                             int depth) const {
  if (depth > kMostDepth) return fail(ErrorCode::corrupt, "the tree of suppliers is too deep");
  TRY_ASSIGN(const auto detail, desk_.ports().parties.detail(organisation));
  for (const auto& child : detail.children) {
    if (child.party.details.is_person()) continue;
    if (of.flow_down.size() >= kMostFlowDown) return fail(ErrorCode::too_large, "more than 200 sub-suppliers");
    FlowDown one;
    one.supplier = child.party.id;
    one.name = child.party.details.name;
    one.tier = child.party.tier;
    one.parent = organisation;
    one.parent_name = detail.party.party.details.name;
    one.leaf = child.party.id == leaf;
    of.flow_down.push_back(one);
    TRY(add_below(of, child.party.id, leaf, depth + 1));
  }
  return {};
}

// Who answers is the contract parent that is directly ours; the trace points to `leaf`, which may be it.
Result<void> RectificationService::name_suppliers(Rectification& of, const Id& leaf) const {
  auto detail = desk_.ports().parties.detail(leaf);
  if (!detail) return fail(ErrorCode::invalid_argument, "supplier: there is no such party");
  if (detail->party.party.details.is_person()) {
    const auto employer = detail->party.party.details.parent;
    if (!employer) return fail(ErrorCode::invalid_argument, "supplier: this person has no organisation");
    detail = desk_.ports().parties.detail(*employer);
    if (!detail) return tl::unexpected<Error>(detail.error());
  }
  of.leaf = detail->party.party.id;
  of.leaf_name = detail->party.party.details.name;
  const parties::Party& liable = detail->ancestors.empty() ? detail->party.party : detail->ancestors.back().party;
  of.supplier = liable.id;
  of.supplier_name = liable.details.name;
  of.tier = liable.tier;
  return add_below(of, of.supplier, of.leaf, 0);
}

Result<void> RectificationService::name_contact(Rectification& of, const std::optional<Id>& contact) const {
  std::optional<parties::Party> person;
  if (contact) {
    const auto row = desk_.ports().parties.find(*contact);
    if (!row || !row->party.details.is_person() || row->party.details.parent != of.supplier)
      return fail(ErrorCode::invalid_argument, "contact: a person of " + of.supplier_name + " is expected");
    person = row->party;
  } else {
    parties::PartyFilter filter;
    filter.parent = of.supplier;
    filter.kind = parties::PartyKind::person;
    filter.page.sort = "created_at";
    filter.page.limit = kPage;
    TRY_ASSIGN(const auto people, desk_.ports().parties.list(filter));
    // Who may bind the supplier rather than anybody.
    for (const bool binding : {true, false})
      for (const auto& row : people.items)
        if (!person && row.party.details.may_bind == binding && !row.party.details.email.empty()) person = row.party;
  }
  if (!person || person->details.email.empty())
    return fail(ErrorCode::invalid_argument, "contact: nobody of " + of.supplier_name + " has a mail address",
                "add a person with one, and name them as the contact");
  of.contact = person->id;
  of.contact_name = person->details.name;
  of.contact_email = person->details.email;
  of.locale = person->details.locale == "zh" ? Locale::zh : Locale::en;
  return {};
}

Result<void> RectificationService::write_to_contact(const Rectification& of, const char* kind, const std::string& en,
                                                    const std::string& zh, bool with_link) const {
  TRY_ASSIGN(const auto house, desk_.ports().house.house());
  LetterText text{kind, fmt::format("Rectification {}", of.number), fmt::format("整改单 {}", of.number), en, zh, "",
                  {}};
  if (with_link) {
    TRY_ASSIGN(text.link, desk_.ports().access.make_link({SubjectKind::rectifier, of.id, of.case_id, of.number,
                                                          of.contact_name, of.contact_email, of.locale}));
  }
  return desk_.mail(letter({of.contact_email, of.contact_name, of.locale}, house, text));
}

Result<void> RectificationService::tell(const Rectification& of, const char* kind, const events::Actor& actor,
                                        const std::string& reason, bool in_log) const {
  TRY_ASSIGN(Case in, desk_.existing(of.case_id));
  const std::string stage(name_of(of.stage));
  const std::string_view what = std::string_view(kind).substr(std::string_view("rectification.").size());
  desk_.note_moment(
      in,
      fmt::format("{} ({}): {}, {}", of.number, of.supplier_name, word_of(what, Locale::en),
                  word_of(stage, Locale::en)),
      fmt::format("{}（{}）：{}，{}", of.number, of.supplier_name, word_of(what, Locale::zh), stage_words_zh(of.stage)),
      actor.name);
  TRY(desk_.save(in));
  if (in_log)
    TRY(desk_.commit(
        in, "rectification",
        {{"rectification", of.number}, {"stage", stage}, {"kind", kind}, {"reason", reason}, {"by", actor.name}}));
  return desk_.tell(in, kind, actor,
                    {{"party", of.supplier_name}, {"label", stage}, {"title", of.number}, {"reason", reason}});
}

template <class Work>
Result<RectificationView> RectificationService::change(const Id& id, Work work) {
  RectificationView outcome;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Rectification of, existing(id));
    TRY(work(of));
    TRY_ASSIGN(outcome, view(std::move(of)));
    return {};
  }));
  return outcome;
}

Result<RectificationView> RectificationService::issue(const Id& case_id, const NewRectification& wanted,
                                                      const Hand& hand) {
  RectificationView outcome;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Case in, desk_.existing(case_id));
    if (is_ended(in)) return fail(ErrorCode::conflict, "this case has ended");
    Rectification of;
    of.id = desk_.new_id();
    of.case_id = in.id;
    of.case_number = in.number;
    of.case_title = in.title;
    of.severity = in.severity;
    TRY_ASSIGN(of.problem, filled_text("problem", wanted.problem, kMostText));
    TRY_ASSIGN(of.requirement, parties::tidy_text("requirement", wanted.requirement, 2000));
    TRY(name_suppliers(of, wanted.supplier));
    TRY(name_contact(of, wanted.contact));
    of.issued_ms = of.updated_ms = desk_.now();
    of.year = year_of(of.issued_ms);
    TRY_ASSIGN(of.ordinal, desk_.ports().rectifications.next_ordinal(of.year));
    of.number = rectification_number(of.year, of.ordinal);
    of.runs.push_back({RectificationStage::issued,
                       of.issued_ms,
                       of.issued_ms + stage_time(of, RectificationStage::issued, of.issued_ms),
                       {},
                       {}});
    TRY(desk_.ports().rectifications.insert(of));
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    const std::string until = instant_text(of.run().due_ms, house);
    TRY(write_to_contact(of, "rectification.issued",
                         fmt::format("{} asks {} to rectify what is described on your page. Please say until {} who "
                                     "works on it; the stages that follow have days of their own. You answer for your "
                                     "sub-suppliers as well.",
                                     house.organisation, of.supplier_name, until),
                         fmt::format("{} 要求 {} 就专属页面所述问题进行整改。请于 {} "
                                     "前告知负责人员；后续各阶段另有期限。贵司对下级供应商同样负责。",
                                     house.organisation, of.supplier_name, until),
                         true));
    TRY(tell(of, "rectification.issued", hand.actor, of.problem, true));
    TRY_ASSIGN(outcome, view(std::move(of)));
    return {};
  }));
  return outcome;
}

Result<RectificationView> RectificationService::find(const Id& id) {
  TRY_ASSIGN(Rectification of, existing(id));
  return view(std::move(of));
}

Result<Listed<Rectification>> RectificationService::list(const RectificationFilter& filter) {
  return desk_.ports().rectifications.list(filter);
}

Result<RectificationView> RectificationService::write(const Id& id, const RectificationAnswer& answer,
                                                      const events::Actor& /*actor*/) {
  return change(id, [&](Rectification& of) -> Result<void> {
    TRY(write_answer(of, answer));
    of.updated_ms = desk_.now();
    return desk_.ports().rectifications.update(of);
  });
}

Result<RectificationView> RectificationService::submit(const Id& id, const events::Actor& actor) {
  return change(id, [&](Rectification& of) -> Result<void> {
    TRY(cases::submit(of, desk_.now()));
    of.updated_ms = desk_.now();
    TRY(desk_.ports().rectifications.update(of));
    return tell(of, "rectification.submitted", actor, "", true);
  });
}

Result<RectificationView> RectificationService::accept(const Id& id, const std::string& reason, const Hand& hand) {
  return change(id, [&](Rectification& of) -> Result<void> {
    TRY_ASSIGN(const std::string why, filled_text("reason", reason, kMostText));
    TRY_ASSIGN(const RectificationView known, view(of));
    TRY(cases::accept(of, why, hand.who.name, known.facts, desk_.now()));
    of.updated_ms = desk_.now();
    TRY(desk_.ports().rectifications.update(of));
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    const std::string until = instant_text(of.run().due_ms, house);
    TRY(write_to_contact(
        of, "rectification.accepted",
        fmt::format("Your answer to {} was accepted. Next: {}, until {}.", of.number, name_of(of.stage), until),
        fmt::format("贵司对 {} 的答复已通过。下一阶段：{}，期限 {}。", of.number, stage_words_zh(of.stage), until),
        false));
    return tell(of, "rectification.accepted", hand.actor, why, true);
  });
}

Result<RectificationView> RectificationService::reject(const Id& id, const std::string& reason,
                                                       std::optional<TimeMs> due_ms, const Hand& hand) {
  return change(id, [&](Rectification& of) -> Result<void> {
    TRY_ASSIGN(const std::string why, filled_text("reason", reason, kMostText));
    TRY(cases::reject(of, why, due_ms, hand.who.name, desk_.now()));
    of.updated_ms = desk_.now();
    TRY(desk_.ports().rectifications.update(of));
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    const std::string until = instant_text(of.run().due_ms, house);
    TRY(write_to_contact(
        of, "rectification.rejected",
        fmt::format("Your answer to {} was not accepted: {}\n\nPlease answer again until {}.", of.number, why, until),
        fmt::format("贵司对 {} 的答复未通过：{}\n\n请于 {} 前重新答复。", of.number, why, until), false));
    return tell(of, "rectification.rejected", hand.actor, why, true);
  });
}

Result<RectificationView> RectificationService::verify(const Id& id, const Effect& effect,
                                                       const std::string& early_reason, const Hand& hand) {
  return change(id, [&](Rectification& of) -> Result<void> {
    Effect tidy = effect;
    TRY_ASSIGN(tidy.method, filled_line("method", effect.method, kMostLine));
    TRY_ASSIGN(tidy.text, filled_text("text", effect.text, kMostText));
    TRY_ASSIGN(const std::string early, parties::tidy_text("early_reason", early_reason, 2000));
    tidy.checked_ms = desk_.now();
    tidy.checked_by = hand.who.name;
    TRY(cases::verify(of, tidy, early, desk_.now()));
    of.updated_ms = desk_.now();
    TRY(desk_.ports().rectifications.update(of));
    TRY(write_to_contact(of, "rectification.verified",
                         tidy.effective ? fmt::format("What was done for {} works; it is closed.", of.number)
                                        : fmt::format("What was done for {} does not work: {}", of.number, tidy.text),
                         tidy.effective ? fmt::format("{} 的整改措施有效，整改单已关闭。", of.number)
                                        : fmt::format("{} 的整改措施无效：{}", of.number, tidy.text),
                         false));
    return tell(of, tidy.effective ? "rectification.closed" : "rectification.reopened", hand.actor, tidy.text, true);
  });
}

Result<RectificationView> RectificationService::send_link(const Id& id, const Hand& hand) {
  return change(id, [&](Rectification& of) -> Result<void> {
    if (of.closed_ms) return fail(ErrorCode::conflict, "this rectification is closed");
    TRY(write_to_contact(of, "rectification.link",
                         fmt::format("Here is a fresh link to {}; older ones no longer work.", of.number),
                         fmt::format("以下是 {} 的新链接，旧链接已失效。", of.number), true));
    return tell(of, "rectification.link_sent", hand.actor, "", false);
  });
}

Result<bool> RectificationService::turn(const Id& id) {
  TRY_ASSIGN(const Rectification now, existing(id));
  if (!is_escalation_due(now, desk_.now())) return false;
  bool did = false;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Rectification of, existing(id));
    if (!is_escalation_due(of, desk_.now())) return {};
    escalate(of);
    of.updated_ms = desk_.now();
    TRY(desk_.ports().rectifications.update(of));
    did = true;
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    const std::string since = instant_text(of.run().due_ms, house);
    TRY(write_to_contact(
        of, "rectification.escalated",
        fmt::format("Your answer to {} ({}) is due since {}. This was escalated.", of.number, name_of(of.stage), since),
        fmt::format("{}（{}）的答复已于 {} 到期，现已升级处理。", of.number, stage_words_zh(of.stage), since), false));
    TRY_ASSIGN(const Case in, desk_.existing(of.case_id));
    if (in.owner.account) {
      TRY_ASSIGN(const auto owner, desk_.ports().staff.person(*in.owner.account));
      if (owner)
        TRY(desk_.mail(letter(
            {owner->email, owner->name, owner->locale}, house,
            {"rectification.escalated", fmt::format("{} is overdue", of.number), fmt::format("{} 已逾期", of.number),
             fmt::format("{} has not answered {} ({}) since {}.", of.supplier_name, of.number, name_of(of.stage),
                         since),
             fmt::format("{} 自 {} 起未答复 {}（{}）。", of.supplier_name, since, of.number, stage_words_zh(of.stage)),
             fmt::format("{}/cases/{}", house.public_url, of.case_id.text()), in.project})));
    }
    return tell(of, "rectification.escalated", {}, "", true);
  }));
  return did;
}

// All that is overdue, the oldest first; one that fails holds up nobody else.
Result<std::uint64_t> RectificationService::tick() {
  std::uint64_t count = 0;
  std::optional<OverdueAnswer> last;
  Result<void> outcome;
  for (std::size_t round = 0; round < kMostTurnRounds; ++round) {
    TRY_ASSIGN(const auto overdue, desk_.ports().rectifications.overdue(desk_.now(), last, kMostOverdue));
    for (const OverdueAnswer& one : overdue) {
      const auto did = turn(one.id);
      if (did && *did) ++count;
      if (!did && outcome) outcome = tl::unexpected<Error>(did.error());
    }
    if (overdue.size() < kMostOverdue) break;
    last = overdue.back();
  }
  if (!outcome) return tl::unexpected<Error>(outcome.error());
  return count;
}

}  // namespace probity::cases
