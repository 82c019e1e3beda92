// The entries about one record a page at a time, of the kinds that the reader may see.
#pragma once

#include "base/list_query.h"
#include "log/log_book.h"

namespace probity::log {

// Thread-safe. Errors: storage.
class EntryPages {
 public:
  virtual ~EntryPages() = default;
  // Which kinds of entries there are about a record, in their own order.
  virtual Result<std::vector<std::string>> kinds_of(const Id& subject) = 0;
  // Oldest first, or newest first when `page.descending`; of these kinds only. `total` counts those.
  virtual Result<Listed<Opening>> page_of(const Id& subject, const std::vector<std::string>& kinds,
                                          const ListQuery& page) = 0;
};

}  // namespace probity::log
