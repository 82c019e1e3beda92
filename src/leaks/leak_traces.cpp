#include "leaks/leak_traces.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "leaks/report_json.h"
#include "leaks/unmasking.h"
#include "media/preview_jpeg.h"

namespace probity::leaks {
namespace {

constexpr TimeMs kSameLookMs = 10LL * 60 * 1000;
const events::Actor kSystem{events::Actor::Kind::system, std::nullopt, "Probity"};

struct KeptPictures {
  std::optional<evidence::KeptBytes> leak, master, master_part, leak_part;
};

Result<std::optional<evidence::KeptBytes>> keep_picture(evidence::EvidenceService& evidence, const cv::Mat& pixels) {
  if (pixels.empty()) return std::optional<evidence::KeptBytes>();
  TRY_ASSIGN(const Bytes jpeg, media::encode_preview_jpeg(pixels, 88));
  TRY_ASSIGN(auto kept, evidence.keep(jpeg));
  return std::optional(std::move(kept));
}

Result<std::vector<KeptPictures>> keep_pictures(evidence::EvidenceService& evidence,
                                                const std::vector<FilePictures>& pictures) {
  std::vector<KeptPictures> kept;
  for (const FilePictures& file : pictures) {
    KeptPictures four;
    TRY_ASSIGN(four.leak, keep_picture(evidence, file.leak));
    TRY_ASSIGN(four.master, keep_picture(evidence, file.master));
    TRY_ASSIGN(four.master_part, keep_picture(evidence, file.master_part));
    TRY_ASSIGN(four.leak_part, keep_picture(evidence, file.leak_part));
    kept.push_back(std::move(four));
  }
  return kept;
}

// Adds derived items inside the transaction of a trace.
class Derived {
 public:
  Derived(evidence::EvidenceService& evidence, const Leak& leak, const events::Actor& actor)
      : evidence_(evidence), leak_(leak), actor_(actor) {}

  Result<Id> add(evidence::Kind kind, const std::optional<Id>& parent, const std::string& name,
                 const evidence::KeptBytes& bytes, const std::string& media_type = {}) const {
    evidence::Deed deed;
    deed.actor = actor_;
    deed.why = fmt::format("trace of {}", leak_.number);
    TRY_ASSIGN(const auto added, evidence_.add({leak_.id, kind, parent, name, media_type}, bytes, deed));
    return added.item.id;
  }
  Result<std::optional<Id>> add_picture(const Id& parent, const char* name,
                                        const std::optional<evidence::KeptBytes>& bytes) const {
    if (!bytes) return std::optional<Id>();
    TRY_ASSIGN(const Id id, add(evidence::Kind::derived, parent, name, *bytes));
    return std::optional(id);
  }
  Result<TracePictures> add_pictures(const Id& parent, const KeptPictures& kept) const {
    TracePictures pictures;
    TRY_ASSIGN(pictures.leak, add_picture(parent, "leak as found", kept.leak));
    TRY_ASSIGN(pictures.master, add_picture(parent, "master", kept.master));
    TRY_ASSIGN(pictures.master_part, add_picture(parent, "master, the part shown", kept.master_part));
    TRY_ASSIGN(pictures.leak_part, add_picture(parent, "leak laid over the master", kept.leak_part));
    return pictures;
  }

 private:
  evidence::EvidenceService& evidence_;
  const Leak& leak_;
  const events::Actor& actor_;
};

const CopyEvidence* first_accused_copy(const Report& report) {
  const FindingRecord* leading = report.leading();
  if (leading == nullptr || leading->role != Role::accused || leading->copies.empty()) return nullptr;
  return &leading->copies.front();
}

}  // namespace

bool TraceResult::is_named(std::size_t finding) const {
  return std::ranges::any_of(named, [&](const NamedRecipient& recipient) { return recipient.finding == finding; });
}

bool TraceResult::masked() const {
  if (report.findings.empty()) return false;
  if (report.accused_count() == 0) return true;
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    if (report.findings[i].role == Role::accused && !is_named(i)) return true;
  return false;
}

Result<Id> LeakTraces::ask(const Id& id, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  Id job;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(id));
    TRY(next(leak.state, Move::record_trace));
    if (leak.files == 0) return fail(ErrorCode::conflict, "there is no picture to trace", "add the leaked files first");
    jobs::JobRequest request;
    request.kind = kTraceLeakJob;
    request.title = fmt::format("Trace {}", leak.number);
    request.title_zh = fmt::format("溯源 {}", leak.number);
    request.project = leak.project;
    request.subject = leak.id;
    request.once_key = "trace " + leak.id.text();
    request.payload_json = nlohmann::json{
        {"kind", events::actor_kind_name(actor.kind)},
        {"id", actor.id ? actor.id->text() : ""},
        {"name", actor.name}}.dump();
    TRY_ASSIGN(job, ports.jobs.enqueue(request));
    if (leak.trace_job == job) return {};
    leak.trace_job = job;
    TRY(desk_.save(leak));
    return desk_.tell(leak, {"leak.trace_asked", "trace_asked"}, actor);
  }));
  return job;
}

Result<Trace> LeakTraces::record(const Id& id, const std::vector<evidence::Item>& items,
                                 const Investigation& investigation, const events::Actor& asked_by) {
  const LeakPorts& ports = desk_.ports();
  // Everything is written to disk before the transaction that makes it evidence.
  TRY_ASSIGN(const FolderFiles folder, render_report(investigation, Language::en));
  TRY_ASSIGN(const auto json, ports.evidence.keep(folder.at(kReportJsonName)));
  TRY_ASSIGN(const auto html, ports.evidence.keep(folder.at(kReportHtmlName)));
  TRY_ASSIGN(const auto readme, ports.evidence.keep(folder.at(kReportReadmeName)));
  TRY_ASSIGN(const auto pictures, keep_pictures(ports.evidence, investigation.pictures));
  Trace trace;
  trace.leak = id;
  trace.outcome = investigation.report.outcome;
  trace.created_ms = investigation.report.created_ms;
  trace.asked_by = asked_by.name;
  trace.report_sha256 = json.sha256;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(id));
    const State before = leak.state;
    TRY_ASSIGN(leak.state, next(leak.state, Move::record_trace));
    trace.id = Id::random(ports.random);
    const Derived derived(ports.evidence, leak, kSystem);
    TRY_ASSIGN(trace.report_json, derived.add(evidence::Kind::report, {}, kReportJsonName, json, "application/json"));
    TRY_ASSIGN(trace.report_html, derived.add(evidence::Kind::report, {}, kReportHtmlName, html, "text/html"));
    TRY_ASSIGN(trace.report_readme, derived.add(evidence::Kind::report, {}, kReportReadmeName, readme, "text/plain"));
    for (std::size_t i = 0; i < items.size(); ++i) {
      TracedFile file{items[i].id, {}};
      if (i < pictures.size()) {
        TRY_ASSIGN(file.pictures, derived.add_pictures(items[i].id, pictures[i]));
      }
      trace.files.push_back(file);
    }
    TRY(ports.store.insert(trace));
    leak.outcome = trace.outcome;
    if (before == State::unmask_requested) TRY(void_requests(leak));
    // Names that were agreed to stay agreed to; a new trace that accuses the same copies changes nothing.
    Unmasking unmasking(ports);
    TRY_ASSIGN(const auto named, unmasking.named(id, investigation.report));
    const std::size_t accused = investigation.report.accused_count();
    if (before == State::unmasked && accused > 0 && named.size() == accused) leak.state = State::unmasked;
    TRY(desk_.save(leak));
    const std::string data = nlohmann::json{
        {"trace", trace.id.text()},
        {"outcome", outcome_name(trace.outcome)},
        {"report_sha256", to_hex(trace.report_sha256)},
        {"files", items.size()}}.dump();
    return desk_.tell(leak, {"leak.traced", "traced", {}, {}, data}, asked_by);
  }));
  return trace;
}

Result<void> LeakTraces::void_requests(const Leak& leak) {
  TRY_ASSIGN(auto requests, desk_.ports().store.unmask_requests(leak.id));
  for (UnmaskRequest& request : requests) {
    if (request.state != UnmaskState::requested) continue;
    request.state = UnmaskState::withdrawn;
    request.decided_by = kSystem;
    request.decided_ms = desk_.ports().clock.now_ms();
    request.decision_reason = "a newer trace is there";
    TRY(desk_.ports().store.update(request));
    TRY(desk_.tell(leak, {"", "unmask_withdrawn", request.decision_reason}, kSystem));
  }
  return {};
}

Result<std::optional<Coverage>> LeakTraces::coverage(const Leak& leak, const Report& report) {
  const LeakPorts& ports = desk_.ports();
  const CopyEvidence* copy = first_accused_copy(report);
  if (copy == nullptr) return std::optional<Coverage>();
  TRY_ASSIGN(const auto row, ports.deliveries.row(copy->copy));
  if (!row) return std::optional<Coverage>();
  commitments::CommitmentFilter filter;
  filter.project = row->delivery.project;
  filter.party = row->delivery.party;
  filter.query.limit = 500;
  TRY_ASSIGN(const auto commitments, ports.commitments.list(filter));
  TRY_ASSIGN(const auto sightings, ports.store.sightings(leak.id));
  return std::optional(coverage_of(row->delivery, commitments.items, standing(sightings), leak.reported_ms));
}

Result<TraceResult> LeakTraces::result(const Id& id) {
  const LeakPorts& ports = desk_.ports();
  TraceResult result;
  TRY_ASSIGN(result.leak, desk_.leak(id));
  TRY_ASSIGN(const auto trace, ports.store.latest_trace(id));
  if (!trace) return fail(ErrorCode::not_found, "nothing was traced yet", "trace the files first");
  result.trace = *trace;
  TRY_ASSIGN(const evidence::Item json, ports.evidence.item(id, trace->report_json));
  TRY_ASSIGN(const Bytes bytes, ports.evidence.read(json));
  TRY_ASSIGN(auto stored, parse_report(nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false)));
  result.report = std::move(stored.report);
  for (const TracedFile& file : trace->files) {
    TRY_ASSIGN(auto item, ports.evidence.item(id, file.item));
    result.items.push_back(std::move(item));
  }
  Unmasking unmasking(ports);
  TRY_ASSIGN(result.named, unmasking.named(id, result.report));
  for (const NamedRecipient& recipient : result.named)
    result.report.findings.at(recipient.finding).recipient = recipient.details;
  TRY_ASSIGN(result.coverage, coverage(result.leak, result.report));
  TRY_ASSIGN(const auto files, ports.store.files(id));
  result.stale = std::ranges::any_of(files, [&](const FileState& file) {
    return file.is_picture() && std::ranges::find(trace->files, file.item, &TracedFile::item) == trace->files.end();
  });
  return result;
}

Result<TraceResult> LeakTraces::look(const Id& id, const events::Actor& viewer) {
  TRY_ASSIGN(TraceResult found, result(id));
  TRY(note_view(found, viewer));
  return found;
}

Result<void> LeakTraces::note_view(const TraceResult& result, const events::Actor& viewer) {
  const LeakPorts& ports = desk_.ports();
  const auto recent = [&]() -> Result<bool> {
    TRY_ASSIGN(const auto views, ports.evidence.steps_of(result.leak.id, "viewed"));
    const std::string trace = result.trace.id.text();
    return std::ranges::any_of(views, [&](const evidence::Step& step) {
      const auto data = nlohmann::json::parse(step.deed.data_json, nullptr, false);
      return step.deed.actor == viewer && data.is_object() && data.value("trace", "") == trace &&
             step.time_ms > ports.clock.now_ms() - kSameLookMs;
    });
  };
  TRY_ASSIGN(const bool known, recent());
  if (known) return {};
  return ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const bool known_now, recent());
    if (known_now) return {};
    const std::string data = nlohmann::json{{"trace", result.trace.id.text()}, {"masked", result.masked()}}.dump();
    return desk_.tell(result.leak, {"", "viewed", {}, {}, data}, viewer);
  });
}

Result<void> LeakTraces::check_open(const Id& id, const Id& item) {
  TRY_ASSIGN(const evidence::Item found, desk_.ports().evidence.item(id, item));
  if (found.kind != evidence::Kind::report) return {};
  TRY_ASSIGN(const TraceResult latest, result(id));
  const bool of_latest =
      item == latest.trace.report_json || item == latest.trace.report_html || item == latest.trace.report_readme;
  if (of_latest && !latest.masked()) return {};
  return fail(
      ErrorCode::forbidden,
      of_latest ? "a report opens its copy, and the copy is masked" : "the report of an earlier trace stays closed",
      "it opens once a second person agrees to name the recipient");
}

}  // namespace probity::leaks
