#include "copies/blob_users.h"

namespace probity::copies {

Result<std::size_t> remove_orphan_blobs(BlobStore& blobs, BlobUsers& users, TimeMs before_ms) {
  TRY_ASSIGN(const std::vector<Hash> all, blobs.list());
  std::set<Hash> unused(all.begin(), all.end());
  TRY(users.strike_used(unused));
  std::size_t removed = 0;
  for (const Hash& blob : unused) {
    TRY_ASSIGN(const bool gone, blobs.remove_untouched(blob, before_ms));
    if (gone) ++removed;
  }
  return removed;
}

}  // namespace probity::copies
