#include "app/evidence_package.h"

#include <set>

#include "app/masters.h"
#include "evidence/package.h"
#include "leaks/master_region.h"

namespace probity::app {
namespace {

constexpr std::size_t kStepsAtOnce = 500;

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

Result<void> add_files(Records& records, const leaks::TraceResult& result, evidence::PackageInput& input) {
  std::set<Id> traced;
  for (const evidence::Item& item : result.items) {
    traced.insert(item.id);
    TRY_ASSIGN(Bytes bytes, records.evidence.read(item));
    input.leaks.push_back({item.name, std::move(bytes), {}, {}});
  }
  TRY_ASSIGN(const auto items, records.evidence.items(result.leak.id));
  for (const evidence::Item& item : items) {
    if (item.kind != evidence::Kind::capture || traced.contains(item.id)) continue;
    TRY_ASSIGN(Bytes bytes, records.evidence.read(item));
    input.documents.push_back({item.name, std::move(bytes), "A capture of where it was seen", "发现处的截取"});
  }
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

// The entries about the leak and about the copies that its report opens. Erased ones open nothing any more.
Result<void> add_log(Records& records, const leaks::TraceResult& result, evidence::PackageInput& input) {
  std::vector<Id> subjects{result.leak.id};
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
  TRY(add_log(records, result, input));
  TRY_ASSIGN(const auto sealer, records.seal.sealer());
  return evidence::build_package(input, *sealer, records.workspace.clock().now_ms(), records.seal.stamper());
}

}  // namespace probity::app
