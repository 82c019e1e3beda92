// A photo as the product prepares it, with a register of copies; kept on disk between runs.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "code/codeword.h"
#include "code/law.h"
#include "harness/options.h"
#include "tally/tally.h"
#include "trace/reference.h"

namespace probity::bench {

// A value is made once and then only read, by several threads.
struct PreparedPhoto {
  Photo photo;
  tally::Tally tally;
  trace::Reference reference;
  HkdfExpander asset_key;
  Hash bias_seed{};
  std::vector<std::uint8_t> thresholds;

  std::vector<std::uint8_t> codeword_of(const Id& copy) const;
  // The delivered file of one copy. Errors: those of weaving.
  Result<Bytes> copy_file(const Id& copy) const;
};

// `count` different copy ids, the same in every run.
std::vector<Id> registered_copies(std::size_t count);

// Prepares what the cache does not hold yet, printing one line each on standard error. The cache knows by itself when
// marking, encoding or features have changed: its files carry the hash of a small picture's preparation.
Result<std::vector<std::unique_ptr<PreparedPhoto>>> prepared_photos(const BenchOptions& options);

}  // namespace probity::bench
