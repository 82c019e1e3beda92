#include "app/shoot_desk.h"

#include "app/job_subject.h"
#include "media/decode.h"

namespace probity::app {
namespace {

// A phone's picture; anything larger is no frame.
media::DecodeLimits frame_limits() {
  media::DecodeLimits limits;
  limits.file_bytes = shoots::kMostFrameBytes;
  return limits;
}

Result<void> match_footage(ShootDesk& desk, jobs::JobContext& context) {
  TRY_ASSIGN(const Id search, subject_of(context));
  const auto matched = desk.footage.run(search, [&](std::int64_t done, std::int64_t total) {
    context.progress(done, total);
    return context.check();
  });
  const bool last = context.job().attempts >= context.job().request.most_attempts || context.job().cancel_requested;
  if (!matched && last) TRY(desk.footage.give_up(search));
  return matched;
}

}  // namespace

Result<std::optional<shoots::LeakFacts>> LeaksForShoots::leak(const Id& id) {
  TRY_ASSIGN(const auto leak, leaks_.leak(id));
  if (!leak) return std::nullopt;
  shoots::LeakFacts facts{leak->id, leak->number, leak->project, {}};
  TRY_ASSIGN(const auto files, leaks_.files(id));
  for (const leaks::FileState& file : files) {
    if (!file.problem.empty()) continue;
    TRY_ASSIGN(const auto item, evidence_.item(file.item));
    if (item) facts.pictures.push_back(item->sha256);
  }
  return facts;
}

ShootDesk::ShootDesk(const ShootNeighbours& in)
    : store_(in.database),
      leak_book_(in.leaks, in.evidence, in.blobs),
      ports_{store_,
             in.database,
             in.projects,
             in.commitments,
             in.events,
             in.log_book,
             in.jobs,
             in.pictures,
             leak_book_,
             [](BytesView file) { return media::decode_picture(file, frame_limits()); },
             [&jobs = in.jobs](const Id& job) -> Result<bool> {
               const auto found = jobs.find(job);
               if (found) return !jobs::is_finished(found->state);
               if (found.error().code == ErrorCode::not_found) return false;  // finished long ago, and forgotten
               return tl::unexpected<Error>(found.error());
             },
             [&jobs = in.jobs](const Id& job) { return jobs.cancel(job).map([](const jobs::Job&) {}); },
             in.clock,
             in.random},
      shoots(ports_),
      frames(ports_),
      releases(ports_),
      footage(ports_, frames) {}

void register_shoot_jobs(jobs::Runner& runner, ShootDesk& desk) {
  runner.register_kind(shoots::kPrepareFrameJob, [&](jobs::JobContext& context) -> Result<void> {
    TRY_ASSIGN(const Id frame, subject_of(context));
    return desk.frames.prepare(frame);
  });
  runner.register_kind(shoots::kDestroyFrameJob, [&](jobs::JobContext& context) -> Result<void> {
    TRY_ASSIGN(const Id frame, subject_of(context));
    return desk.frames.destroy(frame);
  });
  runner.register_kind(shoots::kMatchFootageJob,
                       [&](jobs::JobContext& context) { return match_footage(desk, context); });
}

}  // namespace probity::app
