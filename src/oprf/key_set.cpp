#include "oprf/key_set.h"

#include <algorithm>
#include <numeric>

namespace probity::oprf {
namespace {

constexpr std::string_view kKeySetMagic = "PKS1";

Result<void> check_dealings(std::span<const PublicDealing> dealings, DealingKind kind) {
  if (dealings.empty()) return fail(ErrorCode::invalid_argument, "a key needs a dealing at least");
  for (std::size_t d = 0; d < dealings.size(); ++d) {
    if (dealings[d].plan.kind != kind) return fail(ErrorCode::invalid_argument, "dealings of another kind");
    TRY(verify_dealing(dealings.front().plan, dealings[d]));
    for (std::size_t other = 0; other < d; ++other)
      if (dealings[other].dealer == dealings[d].dealer)
        return fail(ErrorCode::invalid_argument, "a dealer dealt twice");
  }
  return {};
}

Result<Element> add_public_shares(Element sum, std::span<const PublicDealing> dealings, HolderIndex index) {
  for (const PublicDealing& dealing : dealings) {
    TRY_ASSIGN(const Element share, public_share(dealing, index));
    sum = sum + share;
  }
  return sum;
}

}  // namespace

Result<void> check_slow_hash(const SlowHash& slow_hash) {
  if (slow_hash.memory_kib < 8 || slow_hash.memory_kib > 1 << 20 || slow_hash.passes < 1 || slow_hash.passes > 16)
    return fail(ErrorCode::invalid_argument, "a slow hash takes 8 KiB to 1 GiB and 1 to 16 passes");
  return {};
}

Bytes KeySet::encode() const {
  Bytes out;
  ByteWriter writer(out);
  writer.bytes(as_bytes(kKeySetMagic));
  writer.integer(epoch);
  writer.integer(generation);
  writer.integer(threshold);
  writer.integer(static_cast<std::uint8_t>(shares.size()));
  writer.integer(slow_hash.memory_kib);
  writer.integer(slow_hash.passes);
  writer.bytes(salt);
  writer.bytes(key.view());
  for (const Element& share : shares) writer.bytes(share.view());
  return out;
}

Result<KeySet> KeySet::parse(BytesView bytes) {
  ByteReader reader(bytes);
  if (as_text(reader.bytes(kKeySetMagic.size())) != kKeySetMagic) return fail(ErrorCode::corrupt, "this is no key set");
  KeySet keys;
  keys.epoch = reader.integer<std::uint16_t>();
  keys.generation = reader.integer<std::uint16_t>();
  keys.threshold = reader.integer<std::uint8_t>();
  const std::size_t holder_count = reader.integer<std::uint8_t>();
  keys.slow_hash.memory_kib = reader.integer<std::uint32_t>();
  keys.slow_hash.passes = reader.integer<std::uint32_t>();
  std::ranges::copy(reader.bytes(kSaltBytes), keys.salt.begin());
  const BytesView elements = reader.bytes((holder_count + 1) * kElementBytes);
  if (!reader.ok() || reader.remaining() != 0) return fail(ErrorCode::corrupt, "a key set of the wrong length");
  TRY_ASSIGN(keys.key, Element::parse(elements.first(kElementBytes)));
  for (std::size_t i = 1; i <= holder_count; ++i) {
    TRY_ASSIGN(const Element share, Element::parse(elements.subspan(i * kElementBytes, kElementBytes)));
    keys.shares.push_back(share);
  }
  TRY(keys.check());
  return keys;
}

Hash KeySet::id() const { return sha256(encode()); }

Result<void> KeySet::check() const {
  if (threshold < 1 || threshold > shares.size() || shares.size() > kMostHolders || generation == 0)
    return fail(ErrorCode::invalid_argument, "a key set with a threshold that cannot be");
  TRY(check_slow_hash(slow_hash));
  const auto is_trivial = [](const Element& element) {
    return element.is_identity() || element == Element::generator();
  };
  if (is_trivial(key) || std::ranges::any_of(shares, is_trivial))
    return fail(ErrorCode::invalid_argument, "a key of zero or one is refused");
  std::vector<HolderIndex> first(threshold);
  std::iota(first.begin(), first.end(), HolderIndex{1});
  const std::span<const Element> known(shares.data(), threshold);
  for (std::size_t at = 0; at <= shares.size(); at = at == 0 ? threshold + 1U : at + 1) {
    TRY_ASSIGN(const Element expected, interpolate(first, known, static_cast<HolderIndex>(at)));
    if (!(expected == (at == 0 ? key : shares[at - 1])))
      return fail(ErrorCode::invalid_argument, "the public shares of this key set do not belong together");
  }
  return {};
}

Result<KeySet> key_set_of(const EpochTerms& terms, std::span<const PublicDealing> dealings) {
  TRY(check_dealings(dealings, DealingKind::key));
  KeySet keys;
  keys.epoch = terms.epoch;
  keys.slow_hash = terms.slow_hash;
  keys.salt = terms.salt;
  keys.threshold = dealings.front().plan.threshold;
  for (const PublicDealing& dealing : dealings) keys.key = keys.key + dealing.commitments.front();
  for (HolderIndex i = 1; i <= dealings.front().plan.holder_count; ++i) {
    TRY_ASSIGN(const Element share, add_public_shares(Element(), dealings, i));
    keys.shares.push_back(share);
  }
  TRY(keys.check());
  return keys;
}

Result<KeySet> refreshed(const KeySet& before, std::span<const PublicDealing> dealings) {
  TRY(check_dealings(dealings, DealingKind::refresh));
  const SharingPlan& plan = dealings.front().plan;
  if (plan.threshold != before.threshold || plan.holder_count != before.holder_count())
    return fail(ErrorCode::invalid_argument, "this refresh was dealt for another number of holders");
  if (before.generation == 65'535) return fail(ErrorCode::invalid_argument, "no further refresh in this epoch");
  KeySet keys = before;
  keys.generation = static_cast<Generation>(before.generation + 1);
  for (HolderIndex i = 1; i <= plan.holder_count; ++i) {
    TRY_ASSIGN(keys.shares[i - 1U], add_public_shares(before.shares[i - 1U], dealings, i));
  }
  TRY(keys.check());
  return keys;
}

Result<KeyShare> share_of(HolderIndex index, std::span<const PublicDealing> dealings, std::span<const Scalar> given,
                          const std::optional<KeyShare>& before) {
  if (dealings.empty() || dealings.size() != given.size())
    return fail(ErrorCode::invalid_argument, "a share of each dealer is needed");
  const bool is_refresh = dealings.front().plan.kind == DealingKind::refresh;
  if (is_refresh != before.has_value() || (before && before->index != index))
    return fail(ErrorCode::invalid_argument, "a refresh, and nothing else, needs the share from before");
  KeyShare share{index, before ? before->secret : Scalar()};
  for (std::size_t d = 0; d < dealings.size(); ++d) {
    if (!share_fits(dealings[d], index, given[d]))
      return fail(ErrorCode::forbidden, "the share of dealer " + std::to_string(dealings[d].dealer) + " does not fit",
                  "complain: the dealer must open it before everybody");
    share.secret = share.secret + given[d];
  }
  return share;
}

Result<void> check_share(const KeySet& keys, const KeyShare& share) {
  if (share.index < 1 || share.index > keys.holder_count())
    return fail(ErrorCode::forbidden, "this share belongs to no holder of the key set");
  const auto own = multiply_generator(share.secret);
  if (!own || !(*own == keys.shares[share.index - 1U]))
    return fail(ErrorCode::forbidden, "this share does not belong to the key set");
  return {};
}

}  // namespace probity::oprf
