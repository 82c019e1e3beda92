// What a MasterIndex is made of; for its own sources only.
#pragma once

#include <map>
#include <vector>

#include "trace/master_index.h"
#include "trace/posting_tables.h"

namespace probity::trace {

struct IndexedMaster {
  MasterSketch sketch;
  bool alive = true;  // a removed master keeps its number until the next rebuild
};

// The tables of the masters numbered `first` to `end` - 1.
struct IndexSegment {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  PostingTables tables;
};

struct MasterIndexParts {
  std::vector<IndexedMaster> masters;
  std::map<Id, std::uint32_t> numbers;  // of the living ones
  std::vector<IndexSegment> segments;   // in order of number, without gaps
};

}  // namespace probity::trace
