// Routes of a case's parts: parties, evidence, timeline, tasks, notes, graph, conflicts of interest.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "http/routes/cases_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

struct HoldWanted {
  Id case_party;
  std::string reason;
};

struct EvidenceLink {
  Id item;
  std::string what;
};

cases::NewCaseParty party_of(JsonFields& fields) {
  cases::NewCaseParty party;
  party.party = fields.optional_id("party");
  party.name = fields.optional_text("name", kCaseShort).value_or("");
  party.role = word<cases::Role>(fields, "role");
  party.accused = fields.optional_boolean("accused").value_or(false);
  party.basis = optional_word<cases::Basis>(fields, "basis");
  party.finding = fields.optional_id("finding");
  party.commitment = fields.optional_id("commitment");
  party.note = fields.optional_text("note", kCaseText).value_or("");
  party.public_name = fields.optional_text("public_name", kCaseShort).value_or("");
  return party;
}

cases::Moment moment_of(JsonFields& fields) {
  cases::Moment moment;
  moment.what = fields.text("what", kCaseReason);
  moment.happened_ms = fields.optional_time("happened_at");
  moment.discovered_ms = fields.optional_time("discovered_at").value_or(0);
  moment.source = fields.optional_text("source", kCaseShort).value_or("");
  return moment;
}

cases::NewTask task_of(JsonFields& fields) {
  cases::NewTask task;
  task.title = fields.text("title", kCaseLine);
  task.detail = fields.optional_text("detail", kCaseText).value_or("");
  task.assignee = fields.optional_id("assignee");
  task.due_ms = fields.optional_time("due_at");
  return task;
}

cases::TaskChange task_change_of(JsonFields& fields) {
  cases::TaskChange change;
  change.title = fields.optional_text("title", kCaseLine);
  change.detail = fields.optional_text("detail", kCaseText);
  change.assignee = changed_id(fields, "assignee");
  change.due_ms = changed_time(fields, "due_at");
  change.state = optional_word<cases::TaskState>(fields, "state");
  return change;
}

// "alpha_9-z"
std::string key_of(JsonFields& fields, const char* name) {
  const std::string key = fields.text(name, kCaseWord);
  const bool fits = std::ranges::all_of(
      key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
  if (!fits) fields.complain(name, "is made of small letters, digits, _ and -");
  return key;
}

cases::Graph graph_of(JsonFields& fields) {
  constexpr std::size_t kMostNodes = 300, kMostEdges = 1000;
  cases::Graph graph;
  if (!fields.has("nodes")) fields.complain("nodes", "is missing");
  if (!fields.has("edges")) fields.complain("edges", "is missing");
  for (JsonFields& one : fields.objects("nodes", kMostNodes)) {
    cases::GraphNode node;
    node.key = key_of(one, "key");
    node.kind = word<cases::NodeKind>(one, "kind");
    node.label = one.text("label", kCaseLine);
    node.address = one.optional_text("address", {0, 500}).value_or("");
    node.case_party = one.optional_id("case_party");
    graph.nodes.push_back(std::move(node));
  }
  for (JsonFields& one : fields.objects("edges", kMostEdges)) {
    cases::GraphEdge edge;
    edge.from = key_of(one, "from");
    edge.to = key_of(one, "to");
    edge.kind = word<cases::EdgeKind>(one, "kind");
    edge.at_ms = one.optional_time("at");
    edge.evidence = one.optional_id("evidence");
    edge.note = one.optional_text("note", {0, 500, true}).value_or("");
    graph.edges.push_back(std::move(edge));
  }
  return graph;
}

cases::NewConflict conflict_of(JsonFields& fields) {
  cases::NewConflict conflict;
  conflict.account = fields.optional_id("account");
  conflict.case_party = fields.optional_id("case_party");
  conflict.relation = word<cases::Relation>(fields, "relation");
  conflict.text = fields.optional_text("text", kCaseText).value_or("");
  return conflict;
}

}  // namespace

void add_case_part_routes(CaseRouter& router) {
  constexpr auto kWrite = Permission::write_cases;
  router.change(
      Method::post, "/cases/{case}/holds", kWrite, 201,
      [](JsonFields& fields) {
        const Id case_party = fields.id("case_party");
        return HoldWanted{case_party, fields.text("reason", kCaseReason)};
      },
      [](const CaseCall& call, const HoldWanted& hold) {
        return call.services.cases.withhold_access(call.id, hold.case_party, hold.reason, call.hand());
      });
  router.change(
      Method::post, "/cases/{case}/holds/{hold}/release", kWrite, 200,
      [](JsonFields& fields) { return fields.text("reason", kCaseReason); },
      [](const CaseCall& call, const std::string& reason) -> Result<cases::CaseView> {
        TRY_ASSIGN(const Id hold, call.part("hold"));
        return call.services.cases.release_access(call.id, hold, reason, call.hand());
      });
  router.change(Method::post, "/cases/{case}/parties", kWrite, 201, party_of,
                [](const CaseCall& call, const cases::NewCaseParty& party) {
                  return call.services.cases.add_party(call.id, party, call.hand());
                });
  router.add(Method::del, "/cases/{case}/parties/{case_party}", kWrite, [](const CaseCall& call) -> Result<Response> {
    TRY_ASSIGN(const Id part, call.part("case_party"));
    return case_answer(call.services, 200, call.services.cases.remove_party(call.id, part, call.hand()));
  });
  router.change(
      Method::post, "/cases/{case}/evidence", kWrite, 201,
      [](JsonFields& fields) {
        return EvidenceLink{fields.id("evidence"), fields.optional_text("what", kCaseText).value_or("")};
      },
      [](const CaseCall& call, const EvidenceLink& link) {
        return call.services.cases.link_evidence(call.id, link.item, link.what, call.hand());
      });
  router.change(Method::post, "/cases/{case}/timeline", kWrite, 201, moment_of,
                [](const CaseCall& call, const cases::Moment& moment) {
                  return call.services.cases.add_moment(call.id, moment, call.hand());
                });
  router.add(Method::del, "/cases/{case}/timeline/{moment}", kWrite, [](const CaseCall& call) -> Result<Response> {
    TRY_ASSIGN(const Id part, call.part("moment"));
    return case_answer(call.services, 200, call.services.cases.remove_moment(call.id, part, call.hand()));
  });
  router.change(Method::post, "/cases/{case}/tasks", kWrite, 201, task_of,
                [](const CaseCall& call, const cases::NewTask& task) {
                  return call.services.cases.add_task(call.id, task, call.hand());
                });
  router.change(Method::patch, "/cases/{case}/tasks/{task}", kWrite, 200, task_change_of,
                [](const CaseCall& call, const cases::TaskChange& change) -> Result<cases::CaseView> {
                  TRY_ASSIGN(const Id part, call.part("task"));
                  return call.services.cases.update_task(call.id, part, change, call.hand());
                });
  router.change(
      Method::post, "/cases/{case}/notes", kWrite, 201,
      [](JsonFields& fields) { return fields.text("text", kCaseFilled); },
      [](const CaseCall& call, const std::string& text) {
        return call.services.cases.add_note(call.id, text, call.hand());
      });
  router.change(Method::put, "/cases/{case}/graph", kWrite, 200, graph_of,
                [](const CaseCall& call, const cases::Graph& graph) {
                  return call.services.cases.save_graph(call.id, graph, call.hand());
                });
  router.change(Method::post, "/cases/{case}/conflicts", kWrite, 201, conflict_of,
                [](const CaseCall& call, const cases::NewConflict& conflict) {
                  return call.services.cases.declare_conflict(call.id, conflict, call.hand());
                });
}

}  // namespace probity::http::routes
