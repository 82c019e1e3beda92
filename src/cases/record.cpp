#include "cases/record.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cases/codec.h"

namespace probity::cases {

template <class V>
void fields(V& v, Money& of) {
  v("minor", of.minor);
  v("currency", of.currency);
}
template <class V>
void fields(V& v, Who& of) {
  v("account", of.account);
  v("name", of.name);
}
template <class V>
void fields(V& v, CaseParty& of) {
  v("id", of.id);
  v("party", of.party);
  v("name", of.name);
  v("organisation_name", of.organisation_name);
  v("organisation", of.organisation);
  v("role", of.role);
  v("accused", of.accused);
  v("basis", of.basis);
  v("finding", of.finding);
  v("unmasked_by", of.unmasked_by);
  v("commitment", of.commitment);
  v("commitment_number", of.commitment_number);
  v("note", of.note);
  v("public_name", of.public_name);
}
template <class V>
void fields(V& v, CaseEvidence& of) {
  v("item", of.item);
  v("matter", of.matter);
  v("title", of.title);
  v("media_type", of.media_type);
  v("size_bytes", of.size_bytes);
  v("sha256", of.sha256);
  v("what", of.what);
  v("linked_ms", of.linked_ms);
  v("linked_by", of.linked_by);
}
template <class V>
void fields(V& v, Moment& of) {
  v("id", of.id);
  v("what", of.what);
  v("what_zh", of.what_zh);
  v("automatic", of.automatic);
  v("happened_ms", of.happened_ms);
  v("discovered_ms", of.discovered_ms);
  v("by", of.by);
  v("source", of.source);
  v("sighting", of.sighting);
  v("withdrawn", of.withdrawn);
}
template <class V>
void fields(V& v, Task& of) {
  v("id", of.id);
  v("title", of.title);
  v("detail", of.detail);
  v("assignee", of.assignee);
  v("due_ms", of.due_ms);
  v("state", of.state);
  v("created_ms", of.created_ms);
  v("done_ms", of.done_ms);
  v("done_by", of.done_by);
}
template <class V>
void fields(V& v, Note& of) {
  v("id", of.id);
  v("text", of.text);
  v("by", of.by);
  v("at_ms", of.at_ms);
}
template <class V>
void fields(V& v, GraphNode& of) {
  v("key", of.key);
  v("kind", of.kind);
  v("label", of.label);
  v("address", of.address);
  v("case_party", of.case_party);
}
template <class V>
void fields(V& v, GraphEdge& of) {
  v("from", of.from);
  v("to", of.to);
  v("kind", of.kind);
  v("at_ms", of.at_ms);
  v("evidence", of.evidence);
  v("note", of.note);
}
template <class V>
void fields(V& v, Graph& of) {
  v("nodes", of.nodes);
  v("edges", of.edges);
}
template <class V>
void fields(V& v, Mitigation& of) {
  v("taken_down_ms", of.taken_down_ms);
  v("self_reported", of.self_reported);
  v("self_reported_ms", of.self_reported_ms);
  v("first_offence", of.first_offence);
  v("note", of.note);
}
template <class V>
void fields(V& v, Loss& of) {
  v("amount", of.amount);
  v("text", of.text);
}
template <class V>
void fields(V& v, Conflict& of) {
  v("id", of.id);
  v("account", of.account);
  v("case_party", of.case_party);
  v("relation", of.relation);
  v("text", of.text);
  v("declared_by", of.declared_by);
  v("declared_ms", of.declared_ms);
  v("automatic", of.automatic);
}
template <class V>
void fields(V& v, Hold& of) {
  v("id", of.id);
  v("case_party", of.case_party);
  v("party", of.party);
  v("reason", of.reason);
  v("by", of.by);
  v("since_ms", of.since_ms);
  v("ended_ms", of.ended_ms);
  v("ended_by", of.ended_by);
  v("ended_reason", of.ended_reason);
}
template <class V>
void fields(V& v, Claim& of) {
  v("text", of.text);
  v("sent_ms", of.sent_ms);
  v("reply_until_ms", of.reply_until_ms);
  v("sent_by", of.sent_by);
}
template <class V>
void fields(V& v, Document& of) {
  v("name", of.name);
  v("sha256", of.sha256);
  v("size_bytes", of.size_bytes);
}
template <class V>
void fields(V& v, Reply& of) {
  v("id", of.id);
  v("case_party", of.case_party);
  v("text", of.text);
  v("received_ms", of.received_ms);
  v("channel", of.channel);
  v("admits", of.admits);
  v("documents", of.documents);
  v("claim_ms", of.claim_ms);
}
template <class V>
void fields(V& v, Instalment& of) {
  v("due_ms", of.due_ms);
  v("minor", of.minor);
}
template <class V>
void fields(V& v, AmountChange& of) {
  v("at_ms", of.at_ms);
  v("source", of.source);
  v("minor", of.minor);
  v("due_minor", of.due_minor);
  v("reason", of.reason);
}
template <class V>
void fields(V& v, AgreedAmount& of) {
  v("commitment", of.commitment);
  v("commitment_number", of.commitment_number);
  v("version", of.version);
  v("text_hash", of.text_hash);
  v("agreed", of.agreed);
  v("reduction_minor", of.reduction_minor);
  v("reduction_reason", of.reduction_reason);
  v("liable", of.liable);
  v("liable_names", of.liable_names);
  v("instalments", of.instalments);
  v("changes", of.changes);
}
template <class V>
void fields(V& v, Consequence& of) {
  v("id", of.id);
  v("kind", of.kind);
  v("case_party", of.case_party);
  v("state", of.state);
  v("text", of.text);
  v("due_ms", of.due_ms);
  v("done_ms", of.done_ms);
  v("reason", of.reason);
  v("amount", of.amount);
  v("published_at", of.published_at);
  v("published_from_ms", of.published_from_ms);
  v("published_until_ms", of.published_until_ms);
  v("by_whom", of.by_whom);
  v("withdrawn_commitments", of.withdrawn_commitments);
  v("withdrawn_copies", of.withdrawn_copies);
  v("restored_ms", of.restored_ms);
  v("restored_commitments", of.restored_commitments);
  v("restored_copies", of.restored_copies);
}
template <class V>
void fields(V& v, Proposal& of) {
  v("id", of.id);
  v("finding", of.finding);
  v("reasons", of.reasons);
  v("consequences", of.consequences);
  v("appeal_days", of.appeal_days);
  v("state", of.state);
  v("proposed_by", of.proposed_by);
  v("proposed_ms", of.proposed_ms);
  v("ended_by", of.ended_by);
  v("ended_ms", of.ended_ms);
  v("ended_reason", of.ended_reason);
}
template <class V>
void fields(V& v, Decision& of) {
  v("proposal", of.proposal);
  v("finding", of.finding);
  v("reasons", of.reasons);
  v("proposed_by", of.proposed_by);
  v("agreed_by", of.agreed_by);
  v("agreed_reason", of.agreed_reason);
  v("decided_ms", of.decided_ms);
  v("appeal_until_ms", of.appeal_until_ms);
}
template <class V>
void fields(V& v, Appeal& of) {
  v("id", of.id);
  v("case_party", of.case_party);
  v("text", of.text);
  v("filed_ms", of.filed_ms);
  v("channel", of.channel);
  v("documents", of.documents);
  v("state", of.state);
  v("outcome", of.outcome);
  v("reasons", of.reasons);
  v("decided_by", of.decided_by);
  v("decided_ms", of.decided_ms);
}
template <class V>
void fields(V& v, Stage& of) {
  v("id", of.id);
  v("kind", of.kind);
  v("body", of.body);
  v("reference", of.reference);
  v("text", of.text);
  v("opened_ms", of.opened_ms);
  v("state", of.state);
  v("outcome", of.outcome);
  v("ended_ms", of.ended_ms);
}
template <class V>
void fields(V& v, Case& of) {
  v("id", of.id);
  v("number", of.number);
  v("year", of.year);
  v("ordinal", of.ordinal);
  v("title", of.title);
  v("summary", of.summary);
  v("kind", of.kind);
  v("state", of.state);
  v("severity", of.severity);
  v("revision", of.revision);
  v("project", of.project);
  v("leak", of.leak);
  v("leak_number", of.leak_number);
  v("owner", of.owner);
  v("reviewer", of.reviewer);
  v("second_reviewer", of.second_reviewer);
  v("opened_ms", of.opened_ms);
  v("updated_ms", of.updated_ms);
  v("closed_ms", of.closed_ms);
  v("close_reason", of.close_reason);
  v("parties", of.parties);
  v("evidence", of.evidence);
  v("timeline", of.timeline);
  v("tasks", of.tasks);
  v("notes", of.notes);
  v("graph", of.graph);
  v("mitigation", of.mitigation);
  v("loss", of.loss);
  v("conflicts", of.conflicts);
  v("holds", of.holds);
  v("claim", of.claim);
  v("replies", of.replies);
  v("proposals", of.proposals);
  v("decision", of.decision);
  v("consequences", of.consequences);
  v("appeals", of.appeals);
  v("stages", of.stages);
  v("told", of.told);
}

std::string case_to_record(const Case& of) { return written<nlohmann::json>(of); }

std::optional<Case> case_from_record(const std::string& text) { return read<nlohmann::json, Case>(text); }

}  // namespace probity::cases
