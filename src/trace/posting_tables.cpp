#include "trace/posting_tables.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <thread>

namespace probity::trace {
namespace {

constexpr unsigned kStride = 16;       // bits between the stretches of neighbouring tables
constexpr unsigned kCheckOffset = 64;  // from the stretch to the bits kept beside a reference
constexpr int kMaxCheckBits = 9;       // of 32 that may differ: right ones differ in 4 on the average
constexpr unsigned kUncertain = 6;

// Which of the least certain bits are flipped, bit 0 being the least certain; the likelier first.
constexpr std::array<std::uint8_t, 14> kProbes = {0b0,    0b1,   0b10,    0b100,   0b11,     0b1000,   0b101,
                                                  0b1001, 0b110, 0b10000, 0b10001, 0b100000, 0b100001, 0b111};

std::uint32_t check_bits(const Signature& signature, std::size_t table) {
  return static_cast<std::uint32_t>(signature.from_bit((static_cast<unsigned>(table) * kStride + kCheckOffset) % 128));
}

// About six features a bucket, were they spread evenly.
unsigned choose_key_bits(std::size_t entries) {
  return static_cast<unsigned>(std::clamp(static_cast<int>(std::bit_width(entries)) - 3, 4, 20));
}

// They are not: plain edges and blobs fill some buckets with tens of thousands. These say nothing about which master,
// so fuller buckets are passed over; few masters can afford to look into all.
std::uint32_t choose_bucket_limit(std::size_t entries) {
  return static_cast<std::uint32_t>(std::max<std::size_t>(64, 50'000'000 / std::max<std::size_t>(1, entries)));
}

}  // namespace

PostingTables::PostingTables(const std::vector<Entry>& entries)
    : key_bits_(choose_key_bits(entries.size())), bucket_limit_(choose_bucket_limit(entries.size())) {
  const auto build_every_other = [&](std::size_t first) {
    for (std::size_t table = first; table < kTables; table += 2) build(entries, table);
  };
  std::thread other(build_every_other, 1);
  build_every_other(0);
  other.join();
}

std::uint32_t PostingTables::key(const Signature& signature, std::size_t table) const {
  return static_cast<std::uint32_t>(signature.from_bit(static_cast<unsigned>(table) * kStride)) &
         ((1U << key_bits_) - 1);
}

// A counting sort by key, which keeps the order of entries and so is the same every time.
void PostingTables::build(const std::vector<Entry>& entries, std::size_t table) {
  Table& out = tables_[table];
  out.heads.assign((std::size_t{1} << key_bits_) + 1, 0);
  for (const Entry& entry : entries) ++out.heads[key(entry.signature, table) + 1];
  for (std::size_t b = 1; b < out.heads.size(); ++b) out.heads[b] += out.heads[b - 1];
  std::vector<std::uint32_t> next(out.heads.begin(), out.heads.end() - 1);
  out.postings.resize(entries.size());
  for (const Entry& entry : entries)
    out.postings[next[key(entry.signature, table)]++] = {entry.ref, check_bits(entry.signature, table)};
}

void PostingTables::look_up(const Projections& projections, std::vector<FeatureRef>& met) const {
  const Signature signature = signature_of(projections);
  for (std::size_t table = 0; table < kTables; ++table) {
    std::array<std::pair<std::int32_t, unsigned>, 24> bits;
    for (unsigned i = 0; i < key_bits_; ++i) bits[i] = {std::abs(projections[(table * kStride + i) % 128]), i};
    const unsigned uncertain = std::min(kUncertain, key_bits_);
    std::partial_sort(bits.begin(), bits.begin() + uncertain, bits.begin() + key_bits_);
    const std::uint32_t base = key(signature, table), check = check_bits(signature, table);
    for (const std::uint8_t probe : kProbes) {
      if (probe >> uncertain != 0) continue;
      std::uint32_t bucket = base;
      for (unsigned i = 0; i < uncertain; ++i)
        if ((probe >> i & 1) != 0) bucket ^= 1U << bits[i].second;
      const Table& from = tables_[table];
      if (from.heads[bucket + 1] - from.heads[bucket] > bucket_limit_) continue;
      for (std::uint32_t p = from.heads[bucket]; p < from.heads[bucket + 1]; ++p)
        if (std::popcount(from.postings[p].check ^ check) <= kMaxCheckBits) met.push_back(from.postings[p].ref);
    }
  }
}

std::size_t PostingTables::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Table& table : tables_)
    bytes += table.heads.capacity() * sizeof(std::uint32_t) + table.postings.capacity() * sizeof(Posting);
  return bytes;
}

}  // namespace probity::trace
