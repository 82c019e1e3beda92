// The verbs of copies: add an asset, issue copies of it, have their bytes made, find and list them.
#pragma once

#include <span>

#include "base/clock.h"
#include "base/random.h"
#include "base/secret.h"
#include "copies/blob_store.h"
#include "copies/store.h"
#include "log/log_book.h"

namespace probity::copies {

// An asset before its preparation: what the preparation is keyed by. Nothing of it is kept until add_asset.
struct AssetDraft {
  Id id;
  Hash key_salt{};
  Hash bias_seed{};
  code::LawId law = code::kDefaultLaw;
};

// What preparation made of a master. Views are borrowed for the call.
struct PreparedAsset {
  std::string title;
  std::string file_name;
  mark::CellPlan plan;
  BytesView original;
  BytesView tally;  // an encoded container of src/tally with as many cells as the plan
  BytesView reference;
  std::string stats_json = "{}";
};

struct IssuedCopy {
  CopyWithRecipient issued;
  bool is_new = false;  // false: this recipient had their copy already
};

// Proof that the making of a copy's bytes is in the register; CopyMaker asks for one. Only CopyService hands them out.
class MakingPermit {
 public:
  const Copy& copy() const { return copy_; }

 private:
  friend class CopyService;
  explicit MakingPermit(const Copy& copy) : copy_(copy) {}
  Copy copy_;
};

// Asked, inside the transaction that registers a making, whether bytes of this copy may leave. The one place where "no
// byte before the commitment is in force" is kept, for pages and command line alike.
class MakingGate {
 public:
  virtual ~MakingGate() = default;
  // Errors: not_in_force, gone, storage.
  virtual Result<void> allow(const Copy& copy, Purpose purpose) = 0;
};

struct Ports {
  Store& store;
  BlobStore& blobs;
  Clock& clock;
  Random& random;
  MakingGate& gate;
  log::LogBook* log_book = nullptr;  // takes each copy's commitments, in the transaction that issues it; may be none
};

// Borrows its ports for its lifetime. As thread-safe as they are.
class CopyService {
 public:
  CopyService(const Ports& ports, const SecretKey& master) : ports_(ports), master_(master) {}

  // Writes the register's first entry. Errors: already_exists.
  Result<void> found_register(const Id& workspace);

  AssetDraft draft_asset();
  // The asset's key, from which preparation takes its pattern key.
  SecretKey key_of(const AssetDraft& draft) const { return asset_key(draft.id, draft.key_salt); }
  SecretKey key_of(const Asset& asset) const { return asset_key(asset.id, asset.key_salt); }

  // Keeps the blobs, then registers the asset; a failure before the end leaves only blobs nobody refers to.
  // Errors: already_exists when the same original is registered; storage; invalid_argument for a bad title.
  Result<Asset> add_asset(const AssetDraft& draft, const PreparedAsset& prepared);

  // Registers one copy for every asset and recipient in one transaction; recipients without a record get one, and
  // copies that exist are found again. Makes no bytes. In the order of `assets`, then `recipients`.
  Result<std::vector<IssuedCopy>> issue_copies(std::span<const Asset> assets,
                                               std::span<const parties::RecipientDetails> recipients);

  // Registers that the bytes of these copies are about to be made, in one transaction that joins the caller's. The only
  // way to a permit. Errors: the gate's, then nothing is registered.
  Result<std::vector<MakingPermit>> register_makings(std::span<const Copy> copies, Purpose purpose,
                                                     std::string_view operator_name);

  // By id, by a prefix of an id (4 characters or more), by title or by file name.
  // Errors: not_found; invalid_argument when several fit.
  Result<Asset> find_asset(std::string_view text);
  // Errors: not_found when this recipient has no copy of the asset.
  Result<CopyWithRecipient> find_copy(const Asset& asset, const parties::RecipientDetails& recipient);
  // A copy with its recipient, by id. Errors: not_found.
  Result<CopyWithRecipient> find_copy(const Id& copy);

  Store& store() { return ports_.store; }
  BlobStore& blobs() { return ports_.blobs; }

 private:
  SecretKey asset_key(const Id& id, const Hash& salt) const;
  Hash random_hash();
  Result<RegisterEntry> append(StoreWriter& writer, EntryKind kind, std::string payload);
  Result<parties::Recipient> find_or_add(StoreWriter& writer, const parties::RecipientDetails& details);
  Result<IssuedCopy> find_or_issue(StoreWriter& writer, const Asset& asset, const HkdfExpander& seeds,
                                   const parties::Recipient& recipient);

  Ports ports_;
  SecretKey master_;
};

}  // namespace probity::copies
