#include "jobs/service.h"

#include <algorithm>

#include "base/check.h"

namespace probity::jobs {
namespace {

constexpr std::size_t kMostPayloadBytes = 64 << 10;

tl::unexpected<Error> no_such_job() { return fail(ErrorCode::not_found, "there is no such job"); }

}  // namespace

std::shared_ptr<void> Listeners::add(Listener listener) {
  const std::lock_guard lock(table_->mutex);
  const std::uint64_t key = table_->next++;
  table_->listeners.emplace(key, std::move(listener));
  return {nullptr, [table = table_, key](void*) {
            const std::lock_guard inner(table->mutex);
            table->listeners.erase(key);
          }};
}

void Listeners::notify() const {
  const std::lock_guard lock(table_->mutex);
  for (const auto& [key, listener] : table_->listeners) listener();
}

Result<Id> JobService::enqueue(const JobRequest& request) {
  PROBITY_CHECK(!request.kind.empty() && request.most_attempts >= 1);
  if (request.payload_json.size() > kMostPayloadBytes)
    return fail(ErrorCode::invalid_argument, "a job's payload is larger than 64 KiB");
  Job job;
  job.id = Id::random(ports_.random);
  job.request = request;
  job.total = request.total;
  job.created_ms = ports_.clock.now_ms();
  job.run_after_ms = std::max(request.run_after_ms, job.created_ms);
  Id id = job.id;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    if (!request.once_key.empty()) {
      TRY_ASSIGN(const auto unfinished, ports_.store.unfinished(request.once_key));
      if (unfinished) {
        id = *unfinished;
        return {};
      }
    }
    return ports_.store.insert(job);
  }));
  listeners_.notify();
  return id;
}

Result<Listed<Job>> JobService::list(const JobFilter& filter) { return ports_.store.list(filter); }

Result<Job> JobService::find(const Id& id) {
  TRY_ASSIGN(const auto job, ports_.store.job(id));
  if (!job) return no_such_job();
  return *job;
}

Result<Job> JobService::cancel(const Id& id) {
  std::optional<Job> changed;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(find(id));
    TRY_ASSIGN(changed, ports_.store.request_cancel(id, ports_.clock.now_ms()));
    if (!changed) return fail(ErrorCode::conflict, "the job is finished already");
    return {};
  }));
  listeners_.notify();
  return *changed;
}

Result<Job> JobService::retry(const Id& id) {
  std::optional<Job> changed;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Job before, find(id));
    if (!before.request.once_key.empty()) {
      TRY_ASSIGN(const auto other, ports_.store.unfinished(before.request.once_key));
      if (other && *other != id) return fail(ErrorCode::conflict, "another job is doing the same work already");
    }
    TRY_ASSIGN(changed, ports_.store.requeue(id, ports_.clock.now_ms()));
    if (!changed) return fail(ErrorCode::conflict, "only a failed or cancelled job can be tried again");
    return {};
  }));
  listeners_.notify();
  return *changed;
}

Result<std::uint64_t> JobService::forget_finished(TimeMs before_ms) {
  std::uint64_t removed = 0;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(removed, ports_.store.forget_finished(before_ms));
    return {};
  }));
  return removed;
}

}  // namespace probity::jobs
