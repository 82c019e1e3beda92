// The verbs of evidence: take files in, note what is done with them, show them, and check that nothing was changed.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "copies/blob_store.h"
#include "evidence/check.h"
#include "evidence/store.h"
#include "log/log_book.h"

namespace probity::evidence {

struct NewItem {
  Id matter;
  Kind kind = Kind::original;
  std::optional<Id> parent{};
  std::string name;
  std::string media_type{};  // empty: by its bytes
};

// Bytes that lie in the blob store, durably, and belong to nobody yet.
struct KeptBytes {
  Hash sha256{};
  std::uint64_t size_bytes = 0;
  std::string media_type;
};

struct AddedItem {
  Item item;
  bool is_new = true;  // false: the matter had these bytes already; the step says that they came again
};

struct Ports {
  Store& store;
  copies::BlobStore& blobs;
  Transactions& transactions;
  log::LogBook& log;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports. Verbs that change something are one transaction and join the caller's; each is a step
// of custody and an entry of the transparency log.
class EvidenceService {
 public:
  explicit EvidenceService(const Ports& ports) : ports_(ports) {}

  // Begins a matter's custody. Errors: already_exists.
  Result<void> open(const Id& matter, const std::string& number, const events::Actor& actor);
  // As it is called. Errors: not_found.
  Result<Matter> matter(const Id& id);

  // Writes bytes to the blob store; call it before the transaction that adds the item. Errors: storage.
  Result<KeptBytes> keep(BytesView bytes);
  // `deed.action` and `deed.item` and its data are filled in. Errors: not_found (matter, parent); invalid_argument for
  // a name that is none.
  Result<AddedItem> add(const NewItem& wanted, const KeptBytes& bytes, Deed deed);
  Result<AddedItem> add(const NewItem& wanted, BytesView bytes, const Deed& deed);
  // A step that brings no item. Errors: not_found.
  Result<Step> note(const Id& matter, Deed deed);

  // Errors: not_found, also for an item of another matter.
  Result<Item> item(const Id& matter, const Id& id);
  Result<std::vector<Item>> items(const Id& matter) { return ports_.store.items(matter); }
  Result<Listed<Step>> steps(const Id& matter, std::uint64_t offset, std::size_t limit);
  Result<std::vector<Step>> steps_of(const Id& matter, const std::string& action) {
    return ports_.store.steps_of(matter, action);
  }
  // Errors: corrupt when the bytes are no longer those that were taken in; not_found; storage.
  Result<Bytes> read(const Item& item) { return ports_.blobs.get(item.sha256); }

  // Reads everything of one matter again. Findings are in the Check. Errors: not_found; storage.
  Result<Check> check(const Id& matter);
  Result<std::vector<Matter>> matters() { return ports_.store.matters(); }

 private:
  Result<Step> append(const Id& matter, Deed deed, TimeMs now_ms);

  Ports ports_;
};

}  // namespace probity::evidence
