#include "app/leak_jobs.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/job_subject.h"
#include "app/masters.h"
#include "store/file.h"

namespace probity::app {
namespace {

using jobs::JobContext;
using nlohmann::json;

// One trace holds all its pictures in memory, at seven bytes a pixel.
constexpr std::uint64_t kMostPixels = 300'000'000;
constexpr std::int64_t kSteps = 1000;

const char* stage_name(leaks::Stage stage) {
  constexpr const char* kNames[] = {"finding the master", "aligning", "reading", "scoring", "done"};
  return kNames[static_cast<std::size_t>(stage)];
}

Result<leaks::TakenFile> file_of(const copies::Upload& upload) {
  const json data = json::parse(upload.data_json, nullptr, /*allow_exceptions=*/false);
  if (!upload.subject || !data.is_object()) return fail(ErrorCode::corrupt, "an upload does not say what it is for");
  leaks::TakenFile file;
  file.leak = *upload.subject;
  file.name = upload.file_name;
  file.kind = evidence::parse_kind(data.value("kind", "")).value_or(evidence::Kind::original);
  const std::string parent = data.value("parent", "");
  if (!parent.empty()) {
    TRY_ASSIGN(file.parent, Id::parse(parent));
  }
  file.why = data.value("why", "");
  file.tool = fmt::format("{}, upload {}", evidence::this_program(), upload.id.text());
  return file;
}

// Who asked for the trace, as the job was told.
events::Actor asked_by(const JobContext& context) {
  events::Actor actor{events::Actor::Kind::system, std::nullopt, "Probity"};
  const json data = json::parse(context.payload(), nullptr, /*allow_exceptions=*/false);
  if (!data.is_object()) return actor;
  actor.kind = events::parse_actor_kind(data.value("kind", "")).value_or(actor.kind);
  actor.name = data.value("name", actor.name);
  if (const auto id = Id::parse(data.value("id", ""))) actor.id = *id;
  return actor;
}

Result<void> check_pixels(Records& records, const Id& leak) {
  TRY_ASSIGN(const auto files, records.leak_files.list(leak));
  std::uint64_t pixels = 0;
  for (const auto& file : files)
    if (file.state && file.state->is_picture())
      pixels += static_cast<std::uint64_t>(file.state->width_px) * static_cast<std::uint64_t>(file.state->height_px);
  if (pixels > kMostPixels)
    return fail(ErrorCode::too_large, "the files hold more pixels than one trace takes (300 million)",
                "report the largest as a leak of their own, or trace smaller versions of them");
  return {};
}

}  // namespace

Result<void> take_evidence(Records& records, JobContext& context) {
  TRY_ASSIGN(const Id id, subject_of(context));
  TRY_ASSIGN(const copies::Upload upload, records.uploads.find(id));
  TRY_ASSIGN(const leaks::TakenFile file, file_of(upload));
  const std::string path = records.upload_files().path(id);
  // An earlier attempt may have come to its very end.
  if (context.job().attempts > 1 && !std::filesystem::exists(path)) return {};
  context.progress(0, 2, "reading");
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, copies::kMostUploadBytes));
  context.progress(1, 2, "looking at it");
  const auto taken = records.leak_files.take(file, bytes, upload.sender, [&] { return context.check(); });
  const bool last = context.job().attempts >= context.job().request.most_attempts;
  const bool again = !taken && !last &&
                     (taken.error().code == ErrorCode::cancelled || taken.error().code == ErrorCode::storage ||
                      taken.error().code == ErrorCode::internal || taken.error().code == ErrorCode::conflict);
  if (!again) records.upload_files().remove(id);
  TRY(taken);
  context.progress(2, 2, "done");
  return {};
}

Result<leaks::Trace> trace_matter(Records& records, const Id& leak, const events::Actor& asked_by,
                                  const TraceWatch& watch) {
  TRY(check_pixels(records, leak));
  TRY_ASSIGN(const auto items, records.leak_files.traceable(leak));
  std::vector<leaks::LeakFile> files;
  for (const evidence::Item& item : items) {
    TRY(watch.go_on());
    watch.progress("opening " + item.name, 0);
    TRY_ASSIGN(const Bytes bytes, records.evidence.read(item));
    TRY_ASSIGN(leaks::LeakFile file, load_leak(bytes, item.name));
    files.push_back(std::move(file));
  }
  WorkspaceMasters masters(records.workspace);
  leaks::InvestigateOptions options;
  options.progress = [&](leaks::Stage stage, double fraction) { watch.progress(stage_name(stage), fraction); };
  options.go_on = watch.go_on;
  TRY_ASSIGN(const leaks::Investigation investigation,
             leaks::investigate(files, masters, records.workspace.clock().now_ms(), options));
  TRY(watch.go_on());
  return records.leak_traces.record(leak, items, investigation, asked_by);
}

Result<void> trace_leak(Records& records, JobContext& context) {
  TRY_ASSIGN(const Id leak, subject_of(context));
  const TraceWatch watch{[&](const std::string& what, double fraction) {
                           context.progress(static_cast<std::int64_t>(fraction * kSteps), kSteps, what);
                         },
                         [&] { return context.check(); }};
  return trace_matter(records, leak, asked_by(context), watch).map([](const leaks::Trace&) {});
}

}  // namespace probity::app
