// The port to where copies, assets, recipients and the register are kept. Twins: src/store (SQL), tests/support
// (memory).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "copies/asset.h"
#include "copies/copy.h"
#include "copies/register.h"
#include "parties/recipient.h"

namespace probity::copies {

// Errors of every verb: storage, conflict (somebody else writes for too long), corrupt (a row that cannot be read).
// Lists come in the order of registration.
class StoreReader {
 public:
  virtual ~StoreReader() = default;
  virtual Result<std::vector<Asset>> assets() = 0;
  virtual Result<std::optional<Asset>> asset(const Id& id) = 0;
  virtual Result<std::optional<Asset>> asset_by_original(const Hash& original_blob) = 0;
  virtual Result<std::optional<parties::Recipient>> recipient(const Id& id) = 0;
  virtual Result<std::optional<parties::Recipient>> recipient_by_key(const std::string& lookup_key) = 0;
  virtual Result<std::optional<Copy>> copy(const Id& id) = 0;
  virtual Result<std::optional<Copy>> copy_for(const Id& asset, const Id& recipient) = 0;
  // Copies of one asset, or of all.
  virtual Result<std::vector<CopyWithRecipient>> copies(const std::optional<Id>& asset) = 0;
  // Only the ids of an asset's copies: what scoring needs, for a million of them.
  virtual Result<std::vector<Id>> copy_ids(const Id& asset) = 0;
  virtual Result<std::vector<Making>> makings(const Id& copy) = 0;

  virtual Result<RegisterHead> head() = 0;
  // At most `limit` entries that follow `after_sequence`.
  virtual Result<std::vector<RegisterEntry>> entries(std::uint64_t after_sequence, std::size_t limit) = 0;
  // Records whose entries have sequences from `first` to `last`.
  virtual Result<std::vector<CopyWithRecipient>> copies_between(std::uint64_t first, std::uint64_t last) = 0;
  virtual Result<std::vector<Making>> makings_between(std::uint64_t first, std::uint64_t last) = 0;

  struct Counts {
    std::uint64_t assets = 0, recipients = 0, copies = 0, makings = 0, entries = 0;
    bool operator==(const Counts&) const = default;
  };
  virtual Result<Counts> counts() = 0;
};

// Lives inside one transaction. Errors besides the reader's: already_exists when an id, a recipient's key, a copy's
// (asset, recipient) or a sequence is taken; not_found when a record that is referred to does not exist.
class StoreWriter : public virtual StoreReader {
 public:
  virtual Result<void> insert(const parties::Recipient& recipient) = 0;
  virtual Result<void> insert(const Asset& asset) = 0;
  virtual Result<void> insert(const Copy& copy) = 0;
  virtual Result<void> insert(const Making& making) = 0;
  virtual Result<void> insert(const RegisterEntry& entry) = 0;
};

// Not for use by several threads at once; several processes may each have one on the same data.
class Store : public virtual StoreReader {
 public:
  // Runs `work` in one transaction that no other writer can interleave with. Durable when this returns success; when
  // `work` or the commit fails, nothing has happened.
  virtual Result<void> write(const std::function<Result<void>(StoreWriter&)>& work) = 0;
  // Runs `work` on one unchanging state of the data.
  virtual Result<void> read(const std::function<Result<void>(StoreReader&)>& work) = 0;
};

}  // namespace probity::copies
