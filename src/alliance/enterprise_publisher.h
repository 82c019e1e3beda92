// The hub's side of the enterprise list: makes a new version whenever what is active has changed, and says how each
// version differs from the one before.
#pragma once

#include <deque>
#include <mutex>

#include "alliance/enterprise_list.h"
#include "base/transactions.h"
#include "log/log_book.h"

namespace probity::alliance {

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class EnterpriseStore {
 public:
  virtual ~EnterpriseStore() = default;
  // Of every listing of a company that is findable now.
  virtual Result<std::vector<EnterpriseEntry>> findable_enterprises() = 0;
  virtual Result<void> insert(const SignedEnterpriseHead& head) = 0;
  virtual Result<std::optional<SignedEnterpriseHead>> last_enterprise_head() = 0;
};

struct EnterprisePublisherPorts {
  EnterpriseStore& store;
  Transactions& transactions;
  log::LogBook& log;
  Clock& clock;
};

// Thread-safe. Borrows its ports. The latest 64 changes are kept in memory; who is further behind takes the whole list,
// so that nothing that has ended stays anywhere.
class EnterprisePublisher {
 public:
  EnterprisePublisher(const EnterprisePublisherPorts& ports, oprf::Identity identity);

  // Called at the start and after each change of a listing: a new version, recorded in the transparency log, when the
  // list is another than the last.
  Result<void> publish();

  // Errors: unavailable before the first publish().
  Result<HeldEnterprises> current() const;
  // The changes from that version to the present one, as one; nothing when it is the present one. Errors: gone when
  // the whole list is to be fetched; unavailable before the first publish().
  Result<std::optional<EnterpriseListChange>> changes_since(EnterpriseListVersion version) const;

 private:
  const EnterprisePublisherPorts ports_;
  const oprf::Identity identity_;
  std::mutex publishing_;     // one at a time
  mutable std::mutex mutex_;  // what follows
  std::optional<HeldEnterprises> current_;
  std::deque<HeldEnterprises> before_;  // oldest first
};

}  // namespace probity::alliance
