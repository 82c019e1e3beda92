#include "copies/making_queue.h"

#include <utility>

namespace probity::copies {

Result<MakingPermit> MakingQueue::enter(const Copy& copy, Purpose purpose, const std::string& operator_name,
                                        const std::function<Result<void>()>& also) {
  Entry entry{copy, purpose, operator_name, also, std::nullopt};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&entry);
  while (!entry.outcome) {
    if (committing_) {
      committed_.wait(lock);
      continue;
    }
    committing_ = true;
    const std::vector<Entry*> batch = std::exchange(waiting_, {});
    lock.unlock();
    commit(batch);
    lock.lock();
    committing_ = false;
    committed_.notify_all();
  }
  return std::move(*entry.outcome);
}

void MakingQueue::commit(const std::vector<Entry*>& batch) {
  std::vector<std::optional<Result<MakingPermit>>> outcomes(batch.size());
  const Result<void> written = transactions_.write([&]() -> Result<void> {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      auto permits = copies_.register_makings({&batch[i]->copy, 1}, batch[i]->purpose, batch[i]->operator_name);
      // A refusal registers nothing and is no reason to hold up the others; trouble with the disk is.
      if (!permits && permits.error().code == ErrorCode::storage) return tl::unexpected(permits.error());
      if (!permits) {
        outcomes[i] = tl::unexpected(permits.error());
        continue;
      }
      TRY(batch[i]->also());
      outcomes[i] = std::move(permits->front());
    }
    return {};
  });
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (written || (outcomes[i] && !*outcomes[i]))
      batch[i]->outcome = std::move(outcomes[i]);
    else
      batch[i]->outcome = Result<MakingPermit>(tl::unexpected(written.error()));
  }
}

}  // namespace probity::copies
