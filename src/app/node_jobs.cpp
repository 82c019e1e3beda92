#include "app/node_jobs.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/add_asset.h"
#include "app/calls.h"
#include "app/case_jobs.h"
#include "app/job_subject.h"
#include "app/leak_jobs.h"
#include "app/sample.h"
#include "jobs/call.h"

namespace probity::app {
namespace {

using jobs::JobContext;

const events::Actor kSystem{events::Actor::Kind::system, std::nullopt, "Probity"};

const char* stage_name(AddStage stage) {
  constexpr const char* kNames[] = {"reading", "decoding", "marking", "referencing", "storing", "done"};
  return kNames[static_cast<std::size_t>(stage)];
}

// An upload that is complete becomes an asset of its project. Runs again after a crash at any point: the asset is found
// by its bytes, and each step is skipped that was done.
Result<void> prepare_upload(Records& records, JobContext& context) {
  TRY_ASSIGN(const Id id, subject_of(context));
  TRY_ASSIGN(const copies::Upload upload, records.uploads.find(id));
  AddOptions options;
  options.file_name = upload.file_name;
  if (!upload.title.empty()) options.title = upload.title;
  options.on_stage = [&](AddStage stage) {
    context.progress(static_cast<std::int64_t>(stage), static_cast<std::int64_t>(AddStage::done), stage_name(stage));
  };
  options.lock.stop_requested = [&] { return context.cancelled(); };
  TRY_ASSIGN(const AddedAsset added, add_asset(records.workspace, records.upload_files().path(id), options));
  TRY_ASSIGN(const auto place, records.projects.project_of(added.asset.id));
  if (!upload.project) return fail(ErrorCode::corrupt, "an upload does not say for which project it is");
  const Id project = *upload.project;
  if (place && place->project != project)
    return fail(ErrorCode::already_exists,
                fmt::format("this picture is in another project already, as {}", added.asset.title),
                "offer it there, or use another export of it");
  TRY(records.workspace.database().write([&]() -> Result<void> {
    if (!place) TRY(records.projects.attach_asset(added.asset.id, project, {}, added.asset.title, upload.sender));
    return queue_copies_of(records, added.asset.id, added.asset.title, project);
  }));
  records.upload_files().remove(id);
  return {};
}

// Copies of one asset for everybody who signed, or of all assets for one who has.
Result<void> issue_copies(Records& records, JobContext& context) {
  const auto payload = nlohmann::json::parse(context.payload(), nullptr, /*allow_exceptions=*/false);
  std::vector<Id> parties;
  Id project;
  if (payload.is_object() && payload.contains("commitment")) {
    TRY_ASSIGN(const Id id, Id::parse(payload["commitment"].get<std::string>()));
    TRY_ASSIGN(const auto detail, records.commitments.detail(id));
    project = detail.view.commitment.project;
    parties = {detail.view.commitment.party};
  } else {
    if (!context.job().request.project) return fail(ErrorCode::corrupt, "a job does not say which project it is about");
    project = *context.job().request.project;
    TRY_ASSIGN(parties, records.deliveries.parties_in_force(project));
  }
  for (std::size_t i = 0; i < parties.size(); ++i) {
    TRY(context.check());
    context.progress(static_cast<std::int64_t>(i), static_cast<std::int64_t>(parties.size()));
    TRY(records.deliveries.issue(project, parties[i]));
  }
  context.progress(static_cast<std::int64_t>(parties.size()), static_cast<std::int64_t>(parties.size()));
  return {};
}

// The verb of one record: what a job is that has a subject and nothing else.
template <class Verb>
jobs::WorkFunction on_subject(Verb verb) {
  return [verb](JobContext& context) -> Result<void> {
    TRY_ASSIGN(const Id id, subject_of(context));
    return verb(id);
  };
}

}  // namespace

Result<void> queue_copies_of(Records& records, const Id& asset, const std::string& title, const Id& project) {
  jobs::JobRequest request;
  request.kind = kIssueCopiesJob;
  request.title = fmt::format("Copies of {}", title);
  request.title_zh = fmt::format("{} 的副本", title);
  request.project = project;
  request.subject = asset;
  request.payload_json = nlohmann::json{{"asset", asset.text()}}.dump();
  request.once_key = "copies of " + asset.text();
  return records.jobs.enqueue(request).map([](const Id&) {});
}

void register_jobs(jobs::Runner& runner, Records& records) {
  runner.register_kind(outbox::kSendMailJob, on_subject([&](const Id& mail) { return records.outbox.deliver(mail); }));
  runner.register_kind(outbox::kDeliverWebhookJob,
                       on_subject([&](const Id& delivery) { return records.webhooks.deliver(delivery); }));
  runner.register_kind(copies::kPrepareAssetJob, [&](JobContext& context) { return prepare_upload(records, context); });
  runner.register_kind(leaks::kTakeEvidenceJob, [&](JobContext& context) { return take_evidence(records, context); });
  runner.register_kind(jobs::kCallJob, [&](JobContext& context) { return call(records, context); });
  runner.register_kind(cases::kTakeCaseFileJob, [&](JobContext& context) { return take_case_file(records, context); });
  runner.register_kind(leaks::kTraceLeakJob, [&](JobContext& context) { return trace_leak(records, context); });
  register_shoot_jobs(runner, records.shoots);
  register_statement_jobs(runner, records.statements);
  runner.register_kind(kIssueCopiesJob, [&](JobContext& context) { return issue_copies(records, context); });
  runner.register_kind(kSealCommitmentJob,
                       on_subject([&](const Id& commitment) { return records.documents.seal(commitment); }));
  runner.register_kind(kLoadSampleJob, [&](JobContext& context) { return load_sample(records, context); });
}

}  // namespace probity::app
