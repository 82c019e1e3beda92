// Makings of many requests registered together: whoever comes first commits for all who wait meanwhile.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/transactions.h"
#include "copies/service.h"

namespace probity::copies {

// A durable commit costs a flush of the disk; hundreds of downloads that begin at once share one (group commit). The
// order within a batch is that of arrival. Thread-safe; borrows its arguments.
class MakingQueue {
 public:
  MakingQueue(CopyService& copies, Transactions& transactions) : copies_(copies), transactions_(transactions) {}

  // Returns once the making is durable. `also` runs in the same transaction, after the gate has said yes; its failure
  // fails the whole batch, so it must fail for reasons of storage only.
  Result<MakingPermit> enter(const Copy& copy, Purpose purpose, const std::string& operator_name,
                             const std::function<Result<void>()>& also);

 private:
  struct Entry {
    const Copy& copy;
    Purpose purpose;
    const std::string& operator_name;
    const std::function<Result<void>()>& also;
    std::optional<Result<MakingPermit>> outcome;
  };
  void commit(const std::vector<Entry*>& batch);

  CopyService& copies_;
  Transactions& transactions_;
  std::mutex mutex_;
  std::condition_variable committed_;
  std::vector<Entry*> waiting_;
  bool committing_ = false;
};

}  // namespace probity::copies
