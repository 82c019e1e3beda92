#include "app/evidence_package.h"

#include <fmt/format.h>

#include <set>

#include "app/masters.h"
#include "base/encoding.h"
#include "evidence/package.h"
#include "leaks/master_region.h"

namespace probity::app {
namespace {

constexpr std::size_t kStepsAtOnce = 500;
constexpr std::size_t kMostCommitments = 100;  // of one person in one project

Result<void> add_report(Records& records, const leaks::TraceResult& result, evidence::PackageInput& input) {
  const leaks::Trace& trace = result.trace;
  for (const auto& [name, id] :
       {std::pair(leaks::kReportJsonName, trace.report_json), std::pair(leaks::kReportHtmlName, trace.report_html),
        std::pair(leaks::kReportReadmeName, trace.report_readme)}) {
    TRY_ASSIGN(const evidence::Item item, records.evidence.item(result.leak.id, id));
    TRY_ASSIGN(input.report[name], records.evidence.read(item));
  }
  return {};
}

// Whether every sighting that this evidence shows was withdrawn. Evidence that shows none stands by itself.
bool shows_only_withdrawn(const std::vector<leaks::Sighting>& sightings, const Id& item) {
  const auto shows = [&](const leaks::Sighting& sighting) { return sighting.item == item; };
  return std::ranges::any_of(sightings, shows) && std::ranges::none_of(leaks::standing(sightings), shows);
}

Result<void> add_files(Records& records, const leaks::TraceResult& result, evidence::PackageInput& input) {
  std::set<Id> traced;
  for (const evidence::Item& item : result.items) {
    traced.insert(item.id);
    TRY_ASSIGN(Bytes bytes, records.evidence.read(item));
    input.leaks.push_back({item.name, std::move(bytes), {}, {}});
  }
  TRY_ASSIGN(const auto items, records.evidence.items(result.leak.id));
  TRY_ASSIGN(const auto detail, records.leaks.detail(result.leak.id));
  for (const evidence::Item& item : items) {
    if (item.kind != evidence::Kind::capture || traced.contains(item.id)) continue;
    TRY_ASSIGN(Bytes bytes, records.evidence.read(item));
    if (shows_only_withdrawn(detail.sightings, item.id))
      input.documents.push_back({item.name, std::move(bytes),
                                 "A capture of a sighting that was withdrawn since (custody says why)",
                                 "所对应的发现记录后已撤回的截取（理由见保管记录）"});
    else
      input.documents.push_back({item.name, std::move(bytes), "A capture of where it was seen", "发现处的截取"});
  }
  return {};
}

// What the named recipients promised and when: each commitment that came into force for the picture, as sealed, and the
// evidence of how it was signed. Nothing while a name is masked: there are no named recipients then.
Result<std::vector<Id>> add_commitments(Records& records, const leaks::TraceResult& result,
                                        evidence::PackageInput& input) {
  std::vector<Id> added;
  for (const leaks::NamedRecipient& recipient : result.named) {
    if (!recipient.party || !recipient.project) continue;
    commitments::CommitmentFilter filter;
    filter.project = recipient.project;
    filter.party = recipient.party;
    filter.query.sort = "number";
    filter.query.limit = kMostCommitments;
    TRY_ASSIGN(const auto listed, records.commitments.list(filter));
    for (const auto& [commitment, waiting_for] : listed.items) {
      const bool covers =
          !commitment.assets || std::ranges::find(*commitment.assets, recipient.asset) != commitment.assets->end();
      const bool meant = commitment.party == *recipient.party && commitment.in_force_ms && covers;
      if (!meant || std::ranges::find(added, commitment.id) != added.end()) continue;
      added.push_back(commitment.id);
      TRY_ASSIGN(Bytes document, records.documents.document(commitment.id));
      TRY_ASSIGN(const auto detail, records.commitments.detail(commitment.id));
      const std::string evidence = commitments::evidence_export(commitment.number, detail.evidence);
      const std::string name = commitments::document_name(commitment);
      input.documents.push_back(
          {name, std::move(document),
           commitment.document_blob ? "The commitment of the named recipient, sealed"
                                    : "The commitment of the named recipient, not sealed yet",
           commitment.document_blob ? "所指接收人的承诺书（已盖章）" : "所指接收人的承诺书（尚未盖章）"});
      input.documents.push_back({name.substr(0, name.rfind('.')) + "-evidence.json",
                                 {as_bytes(evidence).begin(), as_bytes(evidence).end()},
                                 "Evidence of how the commitment was sent, read, answered and signed",
                                 "承诺书的发送、阅读、作答与签署证据"});
    }
  }
  return added;
}

// What it says, and below it what was done to it since; a withdrawn one says so first.
std::string sighting_text(const leaks::Sighting& sighting) {
  std::string text = sighting.stands() ? "" : "WITHDRAWN 已撤回  ";
  text += to_rfc3339(sighting.seen_ms) + "  " + sighting.address + "\n";
  for (const std::string& more : {sighting.platform, sighting.account, sighting.captured_by, sighting.captured_how})
    if (!more.empty()) text += "    " + more + "\n";
  for (const leaks::SightingChange& change : sighting.changes) {
    text += fmt::format("    {} {} {}", leaks::sighting_deed_name(change.deed), to_rfc3339(change.at_ms), change.by);
    if (!change.reason.empty()) text += ": " + change.reason;
    if (change.before_json != "{}") text += "\n      before: " + change.before_json;
    text += "\n";
  }
  return text + "\n";
}

Result<void> add_sightings(Records& records, const Id& leak, evidence::PackageInput& input) {
  TRY_ASSIGN(const auto detail, records.leaks.detail(leak));
  if (detail.sightings.empty()) return {};
  std::string text = "Where it was seen; what was withdrawn does not count.\n发现记录；已撤回的不计入。\n\n";
  for (const leaks::Sighting& sighting : detail.sightings) text += sighting_text(sighting);
  input.documents.push_back({"sightings.txt",
                             {as_bytes(text).begin(), as_bytes(text).end()},
                             "Where it was seen, with every correction; withdrawn sightings are marked",
                             "发现记录及其历次更正；已撤回的有标明"});
  return {};
}

Result<void> add_masters(Records& records, const leaks::Report& report, evidence::PackageInput& input) {
  WorkspaceMasters masters(records.workspace);
  for (const leaks::AssetRecord& asset : report.assets) {
    TRY_ASSIGN(const auto reference, masters.reference(asset.id));
    const trace::Reference region = leaks::region_of(*reference, report, asset.id);
    input.masters.push_back({asset.id, asset.title, trace::serialise(region)});
  }
  return {};
}

Result<void> add_custody(Records& records, const Id& leak, evidence::PackageInput& input) {
  while (true) {
    TRY_ASSIGN(const auto steps, records.evidence.steps(leak, input.custody.size(), kStepsAtOnce));
    input.custody.insert(input.custody.end(), steps.items.begin(), steps.items.end());
    if (steps.items.size() < kStepsAtOnce) return {};
  }
}

// The entries about the leak, the copies that its report opens, and the commitments of those it names. Erased ones open
// nothing any more.
Result<void> add_log(Records& records, const leaks::TraceResult& result, const std::vector<Id>& commitments,
                     evidence::PackageInput& input) {
  std::vector<Id> subjects{result.leak.id};
  subjects.insert(subjects.end(), commitments.begin(), commitments.end());
  for (const leaks::FindingRecord& finding : result.report.findings)
    for (const leaks::CopyEvidence& copy : finding.copies) subjects.push_back(copy.copy);
  for (const Id& subject : subjects) {
    TRY_ASSIGN(auto openings, records.log_book.openings_of(subject));
    for (log::Opening& opening : openings) {
      if (opening.record.content.empty()) continue;
      TRY_ASSIGN(auto proof, records.log_book.proof(opening.id));
      input.log.push_back({std::move(opening), proof ? std::move(*proof) : std::string()});
    }
  }
  return {};
}

}  // namespace

Result<Bytes> evidence_package(Records& records, const Id& leak, const events::Actor& actor) {
  TRY_ASSIGN(const leaks::TraceResult result, records.leak_traces.result(leak));
  TRY(records.leak_traces.check_open(leak, result.trace.report_json));
  evidence::Deed deed;
  deed.action = "packed";
  deed.actor = actor;
  TRY(records.evidence.note(leak, std::move(deed)));
  evidence::PackageInput input;
  TRY_ASSIGN(const auto settings, records.accounts.settings.get());
  TRY_ASSIGN(const seal::CheckOptions trust, records.seal.check_options());
  input.matter = result.leak.number;
  input.organisation = settings.organisation;
  const auto policy = records.log_place.policy();
  if (!policy && policy.error().code != ErrorCode::not_found) return tl::unexpected(policy.error());
  if (policy) input.policy = policy->text();
  input.authorities_pem = trust.authorities_pem;
  TRY(add_report(records, result, input));
  TRY(add_files(records, result, input));
  TRY(add_masters(records, result.report, input));
  TRY(add_custody(records, leak, input));
  TRY_ASSIGN(const auto commitments, add_commitments(records, result, input));
  TRY(add_sightings(records, leak, input));
  TRY(add_log(records, result, commitments, input));
  TRY_ASSIGN(const auto sealer, records.seal.sealer());
  return evidence::build_package(input, *sealer, records.workspace.clock().now_ms(), records.seal.stamper());
}

}  // namespace probity::app
