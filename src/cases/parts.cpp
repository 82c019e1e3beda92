// The verbs of a case's parts: parties, evidence, timeline, tasks, notes, the graph, conflicts of interest.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"
#include "cases/letters.h"
#include "cases/service.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

// Shared by strangers: an address there says nothing about who somebody works with.
constexpr std::string_view kPublicMail[] = {"gmail.com",  "outlook.com", "hotmail.com", "live.com", "yahoo.com",
                                            "icloud.com", "gmx.de",      "gmx.net",     "web.de",   "proton.me",
                                            "qq.com",     "163.com",     "126.com",     "sina.com", "foxmail.com",
                                            "aliyun.com", "139.com",     "yeah.net",    "mail.ru",  "googlemail.com"};

std::string domain_of(const std::string& email) {
  const std::size_t at = email.rfind('@');
  std::string domain = at == std::string::npos ? std::string() : parties::fold_for_lookup(email.substr(at + 1));
  return std::ranges::find(kPublicMail, domain) != std::end(kPublicMail) ? std::string() : domain;
}

// Staff share their domain with every employee of the house: there it says nothing.
bool shares_house(Role role) { return role == Role::employee || role == Role::former_employee; }

std::optional<Relation> relation_between(const Staff& staff, const parties::Party& party, Role role) {
  const std::string email = parties::fold_for_lookup(staff.email);
  if (!email.empty() && email == parties::fold_for_lookup(party.details.email)) return Relation::same_person;
  const std::string domain = domain_of(staff.email);
  if (!shares_house(role) && !domain.empty() && domain == domain_of(party.details.email)) return Relation::colleague;
  return std::nullopt;
}

template <class Items>
Result<void> check_room(const Items& items) {
  if (items.size() >= kMostParts) return fail(ErrorCode::conflict, fmt::format("more than {} of these", kMostParts));
  return {};
}

}  // namespace

Result<void> CaseService::check_basis(const Case& of, const NewCaseParty& wanted, CaseParty& party) const {
  if (!wanted.accused) {
    if (wanted.basis) return fail(ErrorCode::invalid_argument, "basis: only accusing somebody rests on something");
    return {};
  }
  if (!wanted.basis) return fail(ErrorCode::invalid_argument, "basis: say what naming the accused rests on");
  party.accused = true;
  party.basis = wanted.basis;
  const bool comes_from_leak = *wanted.basis == Basis::unmasking || *wanted.basis == Basis::own_footage_lead;
  if (!comes_from_leak) return {};
  if (!of.leak || !wanted.party)
    return fail(ErrorCode::invalid_argument, "basis: a name comes from the leak this case was opened from");
  TRY_ASSIGN(const auto named, desk_.ports().leaks.named(*of.leak));
  const auto found = std::ranges::find_if(
      named, [&](const NamedByLeak& one) { return one.party == *wanted.party && one.basis == *wanted.basis; });
  if (found == named.end())
    return fail(ErrorCode::conflict, "nobody has agreed to tell this name",
                "ask for it to be unmasked in the leak; somebody else agrees");
  party.finding = found->finding;
  party.unmasked_by = found->asked_by;
  return {};
}

Result<CaseParty> CaseService::settled_party(const Case& of, const NewCaseParty& wanted) const {
  CaseParty party;
  party.id = desk_.new_id();
  party.role = wanted.role;
  party.party = wanted.party;
  if (wanted.party) {
    const auto row = desk_.ports().parties.find(*wanted.party);
    if (!row) return fail(ErrorCode::invalid_argument, "party: there is no such party");
    party.name = row->party.details.name;
    party.organisation = row->party.details.is_person() ? row->party.details.parent : std::nullopt;
    party.organisation_name = row->party.details.is_person() ? row->parent_name.value_or("") : "";
  } else {
    TRY_ASSIGN(party.name, filled_line("name", wanted.name, kMostLine));
    if (wanted.accused) return fail(ErrorCode::invalid_argument, "party: an accused one needs a record");
  }
  TRY(check_basis(of, wanted, party));
  TRY_ASSIGN(party.note, parties::tidy_text("note", wanted.note, kMostText));
  TRY_ASSIGN(party.public_name, parties::tidy_line("public_name", wanted.public_name, kMostLine));
  if (wanted.commitment) {
    const auto detail = desk_.ports().commitments.detail(*wanted.commitment);
    if (!detail) return fail(ErrorCode::invalid_argument, "commitment: there is no such commitment");
    const auto& commitment = detail->view.commitment;
    if (commitment.party != wanted.party && commitment.organisation != wanted.party)
      return fail(ErrorCode::invalid_argument, "commitment: it is somebody else's promise");
    party.commitment = commitment.id;
    party.commitment_number = commitment.number;
  }
  return party;
}

Result<CaseView> CaseService::add_party(const Id& id, const NewCaseParty& wanted, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(check_room(of.parties));
    if (wanted.accused && of.decision) return fail(ErrorCode::conflict, "nobody is accused after the decision");
    if (wanted.party && std::ranges::any_of(of.parties, [&](const CaseParty& one) {
          return one.party == wanted.party && one.accused == wanted.accused;
        }))
      return fail(ErrorCode::conflict, "this party is in the case already");
    TRY_ASSIGN(CaseParty party, settled_party(of, wanted));
    of.parties.push_back(party);
    // Who was accused after the claim has heard nothing of it yet.
    if (party.accused && of.state == State::reply) begin_again(of, hand.who, desk_.now());
    std::vector<Who> people{of.owner};
    if (of.reviewer) people.push_back(*of.reviewer);
    TRY(detect_conflicts(of, people));
    if (party.accused) {
      desk_.note_moment(of, party.name + " is named as accused", party.name + " 被列为被指方", hand.who.name);
      TRY(desk_.step(of, "accused_named", std::string(name_of(*party.basis)), hand.actor));
      TRY(desk_.commit(of, "case_accused",
                       {{"party", party.party->text()}, {"basis", name_of(*party.basis)}, {"by", hand.who.name}}));
    }
    return desk_.tell(of, "case.party_added", hand.actor, {{"party", party.accused ? std::string() : party.name}});
  });
}

Result<CaseView> CaseService::remove_party(const Id& id, const Id& case_party, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    const CaseParty* party = of.party(case_party);
    if (party == nullptr) return fail(ErrorCode::not_found, "there is no such party in this case");
    const auto names = [&](const auto& one) { return one.case_party == case_party; };
    const bool is_used = std::ranges::any_of(of.replies, names) || std::ranges::any_of(of.consequences, names) ||
                         std::ranges::any_of(of.appeals, names) || std::ranges::any_of(of.graph.nodes, names) ||
                         std::ranges::any_of(of.conflicts, names) || std::ranges::any_of(of.holds, names) ||
                         (party->accused && of.claim) || std::ranges::any_of(of.proposals, [&](const Proposal& one) {
                           return std::ranges::any_of(one.consequences, names);
                         });
    if (is_used) return fail(ErrorCode::conflict, "something in this case refers to this party");
    TRY(desk_.tell(of, "case.party_removed", hand.actor, {{"party", party->accused ? std::string() : party->name}}));
    std::erase_if(of.parties, [&](const CaseParty& one) { return one.id == case_party; });
    return {};
  });
}

Result<CaseView> CaseService::link_evidence(const Id& id, const Id& item, const std::string& what, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(check_room(of.evidence));
    if (std::ranges::any_of(of.evidence, [&](const CaseEvidence& one) { return one.item == item; }))
      return fail(ErrorCode::conflict, "this evidence is linked already");
    auto& evidence = desk_.ports().evidence;
    auto found = evidence.item(of.id, item);
    if (!found && of.leak) {
      // What opens a copy stays closed here too while its name is masked: a case's evidence can be exported.
      TRY(desk_.ports().leaks.check_open(*of.leak, item));
      found = evidence.item(*of.leak, item);
    }
    if (!found) return fail(ErrorCode::invalid_argument, "evidence: there is no such item in this case or its leak");
    CaseEvidence link;
    link.item = found->id;
    link.matter = found->matter;
    link.title = found->name;
    link.media_type = found->media_type;
    link.size_bytes = static_cast<std::int64_t>(found->size_bytes);
    link.sha256 = found->sha256;
    TRY_ASSIGN(link.what, parties::tidy_text("what", what, kMostText));
    link.linked_ms = desk_.now();
    link.linked_by = hand.who.name;
    of.evidence.push_back(link);
    // A step where the item is kept, and one in the case.
    const std::string data = nlohmann::json{{"case", of.number}, {"sha256", to_hex(link.sha256)}}.dump();
    evidence::Deed deed;
    deed.action = "linked_to_case";
    deed.item = link.item;
    deed.actor = hand.actor;
    deed.why = link.what;
    deed.data_json = data;
    TRY(evidence.note(link.matter, deed));
    if (link.matter != of.id) TRY(desk_.step(of, "linked", link.what, hand.actor, std::nullopt, data));
    return desk_.tell(of, "case.evidence_linked", hand.actor, {{"title", link.title}});
  });
}

Result<CaseView> CaseService::add_file(const Id& id, const NewCaseFile& file, BytesView bytes,
                                       const events::Actor& actor) {
  if (bytes.empty()) return fail(ErrorCode::invalid_argument, "the file is empty");
  if (file.kind != evidence::Kind::original && file.kind != evidence::Kind::capture)
    return fail(ErrorCode::invalid_argument, "kind: original or capture is expected");
  TRY(desk_.existing(id));
  auto& evidence = desk_.ports().evidence;
  TRY_ASSIGN(const auto kept, evidence.keep(bytes));
  return desk_.change(id, [&](Case& of) -> Result<void> {
    CaseEvidence link;
    TRY_ASSIGN(link.what, parties::tidy_text("what", file.what, kMostText));
    evidence::NewItem wanted;
    wanted.matter = of.id;
    wanted.kind = file.kind;
    TRY_ASSIGN(wanted.name, filled_line("name", file.name, kMostLine));
    evidence::Deed deed;
    deed.actor = actor;
    deed.why = link.what;
    deed.tool = file.tool;
    TRY_ASSIGN(const auto added, evidence.add(wanted, kept, deed));
    if (std::ranges::any_of(of.evidence, [&](const CaseEvidence& one) { return one.item == added.item.id; })) return {};
    TRY(check_room(of.evidence));
    link.item = added.item.id;
    link.matter = of.id;
    link.title = added.item.name;
    link.media_type = added.item.media_type;
    link.size_bytes = static_cast<std::int64_t>(added.item.size_bytes);
    link.sha256 = added.item.sha256;
    link.linked_ms = desk_.now();
    link.linked_by = actor.name;
    of.evidence.push_back(link);
    return desk_.tell(of, "case.evidence_linked", actor, {{"title", link.title}});
  });
}

Result<CaseView> CaseService::add_moment(const Id& id, Moment moment, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(check_room(of.timeline));
    moment.id = desk_.new_id();
    TRY_ASSIGN(moment.what, filled_text("what", moment.what, 2000));
    TRY_ASSIGN(moment.source, parties::tidy_line("source", moment.source, kMostLine));
    moment.automatic = false;
    moment.by = hand.who.name;
    if (moment.discovered_ms == 0) moment.discovered_ms = desk_.now();
    if (moment.discovered_ms > desk_.now() + kDay)
      return fail(ErrorCode::invalid_argument, "discovered_at: a time ahead");
    if (moment.happened_ms && *moment.happened_ms > moment.discovered_ms)
      return fail(ErrorCode::invalid_argument, "happened_at: nothing is found out before it happened");
    of.timeline.push_back(moment);
    return desk_.tell(of, "case.changed", hand.actor, {});
  });
}

Result<CaseView> CaseService::remove_moment(const Id& id, const Id& moment, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    const auto found = std::ranges::find(of.timeline, moment, &Moment::id);
    if (found == of.timeline.end()) return fail(ErrorCode::not_found, "there is no such moment");
    if (found->automatic) return fail(ErrorCode::conflict, "what was written by itself stays");
    of.timeline.erase(found);
    return desk_.tell(of, "case.changed", hand.actor, {});
  });
}

Result<void> CaseService::sighting_turned(const Id& id, const SightingTurn& turn, const events::Actor& actor) {
  const auto changed = desk_.change(id, [&](Case& of) -> Result<void> {
    const auto line = std::ranges::find_if(of.timeline, [&](const Moment& one) { return one.sighting == turn.now.id; });
    if (line != of.timeline.end()) {
      line->what = turn.now.what;
      line->what_zh = turn.now.what_zh;
      line->discovered_ms = turn.now.seen_ms;
      line->withdrawn = turn.withdrawn;
    }
    const auto told = [&](const char* words, const Sighting& seen, bool chinese) {
      return fmt::format("{}: {} ({})", words, chinese ? seen.what_zh : seen.what, turn.reason);
    };
    if (turn.withdrawn)
      desk_.note_moment(of, told("Sighting withdrawn", turn.before, false), told("撤回发现记录", turn.before, true),
                        actor.name);
    else if (turn.restored)
      desk_.note_moment(of, told("Sighting restored", turn.now, false), told("恢复发现记录", turn.now, true),
                        actor.name);
    else
      desk_.note_moment(of, told("Sighting corrected; until then", turn.before, false),
                        told("更正发现记录；此前为", turn.before, true), actor.name);
    return desk_.tell(of, "case.changed", actor, {});
  });
  if (!changed) return tl::unexpected<Error>(changed.error());
  return {};
}

Result<CaseView> CaseService::add_task(const Id& id, const NewTask& wanted, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(check_room(of.tasks));
    Task task;
    task.id = desk_.new_id();
    TRY_ASSIGN(task.title, filled_line("title", wanted.title, kMostLine));
    TRY_ASSIGN(task.detail, parties::tidy_text("detail", wanted.detail, kMostText));
    if (wanted.assignee) {
      TRY_ASSIGN(task.assignee, staff_who(*wanted.assignee, false));
    }
    task.due_ms = wanted.due_ms;
    task.created_ms = desk_.now();
    of.tasks.push_back(task);
    return desk_.tell(of, "case.task_added", hand.actor, {{"title", task.title}});
  });
}

Result<CaseView> CaseService::update_task(const Id& id, const Id& which, const TaskChange& change, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    const auto task = std::ranges::find(of.tasks, which, &Task::id);
    if (task == of.tasks.end()) return fail(ErrorCode::not_found, "there is no such task");
    if (change.title) {
      TRY_ASSIGN(task->title, filled_line("title", *change.title, kMostLine));
    }
    if (change.detail) {
      TRY_ASSIGN(task->detail, parties::tidy_text("detail", *change.detail, kMostText));
    }
    if (change.assignee) {
      task->assignee.reset();
      if (*change.assignee) {
        TRY_ASSIGN(task->assignee, staff_who(**change.assignee, false));
      }
    }
    if (change.due_ms) task->due_ms = *change.due_ms;
    if (!change.state || *change.state == task->state) return desk_.tell(of, "case.changed", hand.actor, {});
    task->state = *change.state;
    task->done_ms.reset();
    task->done_by.clear();
    if (task->state != TaskState::open) {
      task->done_ms = desk_.now();
      task->done_by = hand.who.name;
    }
    return desk_.tell(of, task->state == TaskState::done ? "case.task_done" : "case.changed", hand.actor,
                      {{"title", task->title}});
  });
}

Result<CaseView> CaseService::add_note(const Id& id, const std::string& text, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(check_room(of.notes));
    TRY_ASSIGN(const std::string tidy, filled_text("text", text, kMostText));
    of.notes.push_back({desk_.new_id(), tidy, hand.who.name, desk_.now()});
    return {};
  });
}

Result<CaseView> CaseService::save_graph(const Id& id, const Graph& graph, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    std::set<std::string> keys;
    for (const GraphNode& node : graph.nodes) {
      if (!keys.insert(node.key).second) return fail(ErrorCode::invalid_argument, "nodes: two have one key");
      if (node.case_party && of.party(*node.case_party) == nullptr)
        return fail(ErrorCode::invalid_argument, "nodes: there is no such party in this case");
    }
    for (const GraphEdge& edge : graph.edges) {
      if (!keys.contains(edge.from) || !keys.contains(edge.to))
        return fail(ErrorCode::invalid_argument, "edges: each goes from one node to another");
      if (edge.evidence &&
          std::ranges::none_of(of.evidence, [&](const CaseEvidence& one) { return one.item == *edge.evidence; }))
        return fail(ErrorCode::invalid_argument, "edges: that evidence is not linked to this case");
    }
    of.graph = graph;
    return desk_.tell(of, "case.changed", hand.actor, {});
  });
}

Result<CaseView> CaseService::declare_conflict(const Id& id, const NewConflict& wanted, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(check_room(of.conflicts));
    Conflict conflict;
    conflict.id = desk_.new_id();
    conflict.account = hand.who;
    if (wanted.account) {
      // Otherwise whoever investigates could choose who decides, by declaring away everybody else.
      if (*wanted.account != hand.who.account && !hand.may_review)
        return fail(ErrorCode::forbidden, "a conflict of interest of somebody else is declared by a reviewer",
                    "ask one, or ask them to declare it");
      TRY_ASSIGN(conflict.account, staff_who(*wanted.account, false));
    }
    if (!conflict.account.account) return fail(ErrorCode::invalid_argument, "account: say whose conflict it is");
    if (wanted.case_party && of.party(*wanted.case_party) == nullptr)
      return fail(ErrorCode::invalid_argument, "case_party: there is no such party in this case");
    conflict.case_party = wanted.case_party;
    conflict.relation = wanted.relation;
    TRY_ASSIGN(conflict.text, parties::tidy_text("text", wanted.text, kMostText));
    conflict.declared_by = hand.who.name;
    conflict.declared_ms = desk_.now();
    const bool needed = needs_second_reviewer(of);
    of.conflicts.push_back(conflict);
    desk_.note_moment(of, "A conflict of interest was declared: " + conflict.account.name,
                      "已申报利益冲突：" + conflict.account.name, hand.who.name);
    TRY(desk_.step(of, "conflict_declared", std::string(name_of(conflict.relation)), hand.actor));
    TRY(desk_.tell(of, "case.conflict_declared", hand.actor, {{"name", conflict.account.name}}));
    if (!needed && needs_second_reviewer(of)) TRY(ask_second_reviewer(of));
    return {};
  });
}

Result<void> CaseService::detect_conflicts(Case& of, const std::vector<Who>& accounts) const {
  const bool needed = needs_second_reviewer(of);
  for (const Who& who : accounts) {
    if (!who.account || is_conflicted(of, who)) continue;
    TRY_ASSIGN(const auto staff, desk_.ports().staff.person(*who.account));
    if (!staff) continue;
    for (const CaseParty* one : of.accused()) {
      const auto row = desk_.ports().parties.find(*one->party);
      if (!row) continue;
      const auto relation = relation_between(*staff, row->party, one->role);
      if (!relation) continue;
      Conflict conflict;
      conflict.id = desk_.new_id();
      conflict.account = who;
      conflict.case_party = one->id;
      conflict.relation = *relation;
      conflict.text = "mail addresses of one domain";
      conflict.declared_by = "Probity";
      conflict.declared_ms = desk_.now();
      conflict.automatic = true;
      of.conflicts.push_back(conflict);
      TRY(desk_.tell(of, "case.conflict_declared", {}, {{"name", who.name}}));
      break;
    }
  }
  if (!needed && needs_second_reviewer(of)) return ask_second_reviewer(of);
  return {};
}

Result<void> CaseService::write_to_reviewers(const Case& of, const char* kind, const Hand& but,
                                             const Call& call) const {
  TRY_ASSIGN(const auto house, desk_.ports().house.house());
  TRY_ASSIGN(const auto reviewers, desk_.ports().staff.reviewers());
  // Whoever may do what is asked: after a decision that is somebody who did not take it.
  const auto decided = [&](const Staff& one) {
    return of.decision && (of.decision->proposed_by.account == one.id || of.decision->agreed_by.account == one.id);
  };
  const auto may = [&](const Staff& one) {
    const Who who{one.id, one.name};
    return one.id != but.who.account && !is_conflicted(of, who) && !decided(one) &&
           (of.decision || !asked_to_unmask(of, who));
  };
  const auto is_named = [&](const Staff& one) {
    return (of.reviewer && of.reviewer->account == one.id) ||
           (of.second_reviewer && of.second_reviewer->account == one.id);
  };
  const bool has_own = std::ranges::any_of(reviewers, [&](const Staff& one) { return may(one) && is_named(one); });
  for (const Staff& one : reviewers)
    if (may(one) && (is_named(one) || !has_own))
      TRY(desk_.mail(letter({one.email, one.name, one.locale}, house,
                            {kind, call.subject, call.subject_zh, call.words, call.words_zh,
                             fmt::format("{}/cases/{}", house.public_url, of.id.text()), of.project})));
  return {};
}

Result<void> CaseService::ask_second_reviewer(Case& of) const {
  desk_.note_moment(of, "A second reviewer is asked", "已请求第二名复核人", "");
  TRY_ASSIGN(const auto house, desk_.ports().house.house());
  TRY_ASSIGN(const auto reviewers, desk_.ports().staff.reviewers());
  for (const Staff& one : reviewers) {
    if (is_conflicted(of, {one.id, one.name})) continue;
    TRY(desk_.mail(letter(
        {one.email, one.name, one.locale}, house,
        {"case.second_reviewer", fmt::format("{} needs a second reviewer", of.number),
         fmt::format("{} 需要第二名复核人", of.number),
         fmt::format("The owner or the reviewer of case {} is too close to one of its parties. Two reviewers who are "
                     "not have to decide it.",
                     of.number),
         fmt::format("案件 {} 的负责人或复核人与其中一方关系过近，须由两名无利益冲突的复核人作出决定。", of.number),
         fmt::format("{}/cases/{}", house.public_url, of.id.text()), of.project})));
  }
  return desk_.tell(of, "case.second_reviewer_asked", {}, {});
}

}  // namespace probity::cases
