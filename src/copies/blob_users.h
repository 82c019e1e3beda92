// Who keeps what in the blob store, and removing what nobody keeps.
//
// Blobs are written before the record that names them, so a blob nobody names may be garbage of an interrupted verb or
// on its way to a record. Only what lay untouched for a while is removed, and putting a blob again touches it.
#pragma once

#include <set>

#include "copies/blob_store.h"

namespace probity::copies {

// Everybody who keeps blobs. Twin: src/store/blob_users (SQL).
class BlobUsers {
 public:
  virtual ~BlobUsers() = default;
  // Takes every blob that some record names out of `unused`. Errors: storage, corrupt: then nothing may be removed.
  virtual Result<void> strike_used(std::set<Hash>& unused) = 0;
};

inline constexpr TimeMs kBlobGraceMs = 60LL * 60 * 1000;

// Removes blobs that nobody keeps and that were last put before `before_ms`; how many. Others may be adding meanwhile.
Result<std::size_t> remove_orphan_blobs(BlobStore& blobs, BlobUsers& users, TimeMs before_ms);

}  // namespace probity::copies
