#include "oprf/tag_set.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/check.h"

namespace probity::oprf {
namespace {

constexpr std::string_view kSetMagic = "PTS1";
constexpr std::string_view kChangeMagic = "PTC1";
constexpr std::size_t kHeadBytes = 2 + 4 + 1 + 4 + 32;

void write_prefixes(ByteWriter& writer, const std::vector<Prefix>& prefixes) {
  for (const Prefix prefix : prefixes) writer.integer(prefix);
}

// Errors: corrupt when that many are not there.
Result<std::vector<Prefix>> read_prefixes(ByteReader& reader, std::size_t count) {
  if (count > reader.remaining() / sizeof(Prefix)) return fail(ErrorCode::corrupt, "a tag set that ends early");
  std::vector<Prefix> prefixes(count);
  for (Prefix& prefix : prefixes) prefix = reader.integer<Prefix>();
  return prefixes;
}

bool ascends(const std::vector<Prefix>& prefixes) {
  return std::ranges::adjacent_find(prefixes, std::greater_equal<>()) == prefixes.end();
}

Hash root_of(Epoch epoch, int bits, const std::vector<Prefix>& prefixes) {
  Bytes bytes;
  bytes.reserve(32 + prefixes.size() * sizeof(Prefix));
  ByteWriter writer(bytes);
  writer.bytes(as_bytes("probity tag set v1"));
  writer.integer(epoch);
  writer.integer(static_cast<std::uint8_t>(bits));
  writer.integer(static_cast<std::uint32_t>(prefixes.size()));
  write_prefixes(writer, prefixes);
  return sha256(bytes);
}

std::vector<Prefix> prefixes_of(std::span<const Tag> tags, int bits) {
  std::vector<Prefix> prefixes;
  prefixes.reserve(tags.size());
  for (const Tag& tag : tags) prefixes.push_back(prefix_of(tag, bits));
  std::ranges::sort(prefixes);
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  return prefixes;
}

}  // namespace

Prefix prefix_of(const Tag& tag, int bits) {
  PROBITY_CHECK(bits >= 1 && bits <= kMostPrefixBits);
  const std::uint32_t first =
      std::uint32_t{tag[0]} << 24 | std::uint32_t{tag[1]} << 16 | std::uint32_t{tag[2]} << 8 | tag[3];
  return first >> (32 - bits);
}

int prefix_bits(std::span<const Tag> tags, double least_share) {
  if (tags.empty()) return 0;
  // No more prefixes than tags are taken, so no more bits than this can do; from there the share grows as bits go.
  const double most = std::floor(std::log2(static_cast<double>(tags.size()) / least_share));
  int bits = static_cast<int>(std::clamp(most, 1.0, double{kMostPrefixBits}));
  while (bits > 1 && static_cast<double>(prefixes_of(tags, bits).size()) < least_share * std::ldexp(1.0, bits)) --bits;
  return bits;
}

Bytes TagSetHead::encode() const {
  Bytes out;
  ByteWriter writer(out);
  writer.integer(epoch);
  writer.integer(version);
  writer.integer(bits);
  writer.integer(count);
  writer.bytes(root);
  return out;
}

Result<TagSetHead> TagSetHead::parse(BytesView bytes) {
  ByteReader reader(bytes);
  TagSetHead head;
  head.epoch = reader.integer<std::uint16_t>();
  head.version = reader.integer<std::uint32_t>();
  head.bits = reader.integer<std::uint8_t>();
  head.count = reader.integer<std::uint32_t>();
  const BytesView root = reader.bytes(head.root.size());
  if (!reader.ok() || reader.remaining() != 0) return fail(ErrorCode::corrupt, "a tag set's head of the wrong length");
  std::ranges::copy(root, head.root.begin());
  if (head.bits < 1 || head.bits > kMostPrefixBits) return fail(ErrorCode::corrupt, "a tag set of so many bits");
  return head;
}

Bytes TagSetChange::encode() const {
  Bytes out;
  ByteWriter writer(out);
  writer.bytes(as_bytes(kChangeMagic));
  writer.integer(from);
  writer.bytes(to.encode());
  writer.integer(static_cast<std::uint32_t>(added.size()));
  writer.integer(static_cast<std::uint32_t>(removed.size()));
  write_prefixes(writer, added);
  write_prefixes(writer, removed);
  return out;
}

Result<TagSetChange> TagSetChange::parse(BytesView bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.bytes(kChangeMagic.size())) != kChangeMagic)
    return fail(ErrorCode::corrupt, "this is no change of a tag set");
  TagSetChange change;
  change.from = reader.integer<std::uint32_t>();
  TRY_ASSIGN(change.to, TagSetHead::parse(reader.bytes(kHeadBytes)));
  const std::size_t added_count = reader.integer<std::uint32_t>();
  const std::size_t removed_count = reader.integer<std::uint32_t>();
  TRY_ASSIGN(change.added, read_prefixes(reader, added_count));
  TRY_ASSIGN(change.removed, read_prefixes(reader, removed_count));
  if (!reader.ok() || reader.remaining() != 0 || !ascends(change.added) || !ascends(change.removed))
    return fail(ErrorCode::corrupt, "a damaged change of a tag set");
  return change;
}

TagSet TagSet::of(Epoch epoch, TagSetVersion version, std::span<const Tag> tags, Random& random) {
  Tag stand_in;
  if (tags.empty()) {
    random.fill(stand_in);
    tags = {&stand_in, 1};
  }
  const int bits = prefix_bits(tags);
  auto set = make(epoch, version, bits, prefixes_of(tags, bits));
  PROBITY_CHECK(set.has_value());
  return std::move(*set);
}

Result<TagSet> TagSet::make(Epoch epoch, TagSetVersion version, int bits, std::vector<Prefix> prefixes) {
  if (bits < 1 || bits > kMostPrefixBits || prefixes.empty() || !ascends(prefixes) || prefixes.back() >> bits != 0)
    return fail(ErrorCode::invalid_argument, "these prefixes make no tag set");
  TagSet set;
  set.head_ = {epoch, version, static_cast<std::uint8_t>(bits), static_cast<std::uint32_t>(prefixes.size()),
               root_of(epoch, bits, prefixes)};
  set.table_.resize(((std::size_t{1} << bits) + 63) / 64);
  for (const Prefix prefix : prefixes) set.table_[prefix / 64] |= std::uint64_t{1} << (prefix % 64);
  set.prefixes_ = std::move(prefixes);
  return set;
}

bool TagSet::contains(Prefix prefix) const {
  return prefix / 64 < table_.size() && (table_[prefix / 64] >> (prefix % 64) & 1) != 0;
}

double TagSet::match_share() const { return static_cast<double>(prefixes_.size()) / std::ldexp(1.0, head_.bits); }

Result<TagSetChange> TagSet::change_to(const TagSet& later) const {
  if (later.head_.epoch != head_.epoch || later.head_.bits != head_.bits || later.head_.version <= head_.version)
    return fail(ErrorCode::invalid_argument, "the whole set has to be sent");
  TagSetChange change{head_.version, later.head_, {}, {}};
  std::ranges::set_difference(later.prefixes_, prefixes_, std::back_inserter(change.added));
  std::ranges::set_difference(prefixes_, later.prefixes_, std::back_inserter(change.removed));
  return change;
}

Result<TagSet> TagSet::apply(const TagSetChange& change) const {
  if (change.from != head_.version || change.to.epoch != head_.epoch || change.to.bits != head_.bits)
    return fail(ErrorCode::conflict, "this change is for another version of the tag set", "fetch the whole set");
  std::vector<Prefix> kept;
  std::ranges::set_difference(prefixes_, change.removed, std::back_inserter(kept));
  std::vector<Prefix> prefixes;
  std::ranges::set_union(kept, change.added, std::back_inserter(prefixes));
  auto set = make(head_.epoch, change.to.version, head_.bits, std::move(prefixes));
  if (!set || !(set->head_ == change.to))
    return fail(ErrorCode::corrupt, "the change does not lead to the tag set it says", "fetch the whole set");
  return set;
}

Bytes TagSet::encode() const {
  Bytes out;
  out.reserve(64 + prefixes_.size() * sizeof(Prefix));
  ByteWriter writer(out);
  writer.bytes(as_bytes(kSetMagic));
  writer.bytes(head_.encode());
  write_prefixes(writer, prefixes_);
  return out;
}

Result<TagSet> TagSet::parse(BytesView bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.bytes(kSetMagic.size())) != kSetMagic) return fail(ErrorCode::corrupt, "this is no tag set");
  TRY_ASSIGN(const TagSetHead head, TagSetHead::parse(reader.bytes(kHeadBytes)));
  TRY_ASSIGN(std::vector<Prefix> prefixes, read_prefixes(reader, head.count));
  if (reader.remaining() != 0) return fail(ErrorCode::corrupt, "a tag set of the wrong length");
  auto set = make(head.epoch, head.version, head.bits, std::move(prefixes));
  if (!set || !(set->head_ == head)) return fail(ErrorCode::corrupt, "a damaged tag set");
  return set;
}

}  // namespace probity::oprf
