// The port to where large things are kept under the hash of their bytes. Twins: src/store (files), tests/support
// (memory).
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "tally/tally.h"

namespace probity::copies {

class BlobStore {
 public:
  virtual ~BlobStore() = default;
  // Durable when it returns. Putting the same bytes twice is one blob. Errors: storage.
  virtual Result<Hash> put(BytesView bytes) = 0;
  // Errors: not_found; corrupt when the bytes no longer have that hash; storage.
  virtual Result<Bytes> get(const Hash& hash) = 0;
  // Opens a blob as a tally without reading all of it: a tally checks its own blocks as they are used.
  // Errors: as of tally::Tally::open.
  virtual Result<tally::Tally> open_tally(const Hash& hash) = 0;
  virtual Result<std::vector<Hash>> list() = 0;
  virtual Result<void> remove(const Hash& hash) = 0;
  // Removes it unless it was put since: whoever puts it at the same time finds it or writes it anew. Whether it is
  // gone.
  virtual Result<bool> remove_untouched(const Hash& hash, TimeMs before_ms) = 0;
};

}  // namespace probity::copies
