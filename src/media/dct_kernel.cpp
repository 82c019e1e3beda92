#include "media/dct_kernel.h"

#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "media/dct_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// A block is eight registers of eight lanes, transposed between the passes. Sums are added in the order of the plain
// twin and nothing is fused (the build sets -ffp-contract=off for this file), so that a master gives the same tally on
// every processor. Of 64 quantised coefficients a photograph leaves some five to ten: only these are put in zigzag
// order.
HWY_BEFORE_NAMESPACE();
namespace probity::media::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_ARCH_X86 && HWY_MAX_BYTES >= 32

using D = hn::CappedTag<float, 8>;
using V = hn::Vec<D>;

// Transforms over the index of the registers.
HWY_INLINE void transform(V* v) {
  const D d;
  const auto c1 = hn::Set(d, kC1), c2 = hn::Set(d, kC2), c3 = hn::Set(d, kC3), c4 = hn::Set(d, kC4);
  const auto c5 = hn::Set(d, kC5), c6 = hn::Set(d, kC6), c7 = hn::Set(d, kC7);
  const auto s0 = hn::Add(v[0], v[7]), s1 = hn::Add(v[1], v[6]), s2 = hn::Add(v[2], v[5]), s3 = hn::Add(v[3], v[4]);
  const auto d0 = hn::Sub(v[0], v[7]), d1 = hn::Sub(v[1], v[6]), d2 = hn::Sub(v[2], v[5]), d3 = hn::Sub(v[3], v[4]);
  const auto even = hn::Add(s0, s3), odd = hn::Add(s1, s2), outer = hn::Sub(s0, s3), inner = hn::Sub(s1, s2);
  v[0] = hn::Mul(c4, hn::Add(even, odd));
  v[4] = hn::Mul(c4, hn::Sub(even, odd));
  v[2] = hn::Add(hn::Mul(c2, outer), hn::Mul(c6, inner));
  v[6] = hn::Sub(hn::Mul(c6, outer), hn::Mul(c2, inner));
  v[1] = hn::Add(hn::Add(hn::Add(hn::Mul(c1, d0), hn::Mul(c3, d1)), hn::Mul(c5, d2)), hn::Mul(c7, d3));
  v[3] = hn::Sub(hn::Sub(hn::Sub(hn::Mul(c3, d0), hn::Mul(c7, d1)), hn::Mul(c1, d2)), hn::Mul(c5, d3));
  v[5] = hn::Add(hn::Add(hn::Sub(hn::Mul(c5, d0), hn::Mul(c1, d1)), hn::Mul(c7, d2)), hn::Mul(c3, d3));
  v[7] = hn::Sub(hn::Add(hn::Sub(hn::Mul(c7, d0), hn::Mul(c5, d1)), hn::Mul(c3, d2)), hn::Mul(c1, d3));
}

// Columns of four registers, each of which ends up in two halves of registers: columns i and i + 4 in out[i].
HWY_INLINE void transpose_half(const V* v, V* out) {
  const D d;
  const hn::RepartitionToWide<D> wide;
  const auto a0 = hn::BitCast(wide, hn::InterleaveLower(d, v[0], v[1]));
  const auto a1 = hn::BitCast(wide, hn::InterleaveUpper(d, v[0], v[1]));
  const auto a2 = hn::BitCast(wide, hn::InterleaveLower(d, v[2], v[3]));
  const auto a3 = hn::BitCast(wide, hn::InterleaveUpper(d, v[2], v[3]));
  out[0] = hn::BitCast(d, hn::InterleaveLower(wide, a0, a2));
  out[1] = hn::BitCast(d, hn::InterleaveUpper(wide, a0, a2));
  out[2] = hn::BitCast(d, hn::InterleaveLower(wide, a1, a3));
  out[3] = hn::BitCast(d, hn::InterleaveUpper(wide, a1, a3));
}

HWY_INLINE void transpose(V* v) {
  const D d;
  V upper[4], lower[4];
  transpose_half(v, upper);
  transpose_half(v + 4, lower);
  for (int i = 0; i < 4; ++i) {
    v[i] = hn::ConcatLowerLower(d, lower[i], upper[i]);
    v[i + 4] = hn::ConcatUpperUpper(d, lower[i], upper[i]);
  }
}

HWY_INLINE void quantise(const V* v, const QuantScale& scale, ZigzagBlock& out) {
  const D d;
  const hn::Rebind<std::int16_t, D> d16;
  const auto most = hn::Set(d, kMostQuantised), least = hn::Set(d, -kMostQuantised);
  HWY_ALIGN std::int16_t transposed[64];
  std::uint8_t nonzero_bytes[8];
  for (std::size_t i = 0; i < 8; ++i) {
    const auto scaled = hn::Mul(v[i], hn::LoadU(d, scale.transposed.data() + 8 * i));
    const auto values = hn::DemoteTo(d16, hn::NearestInt(hn::Max(hn::Min(scaled, most), least)));
    hn::Store(values, d16, transposed + 8 * i);
    hn::StoreMaskBits(d16, hn::Ne(values, hn::Zero(d16)), nonzero_bytes + i);
  }
  std::memset(out.data(), 0, sizeof out);
  std::uint64_t nonzero = 0;
  std::memcpy(&nonzero, nonzero_bytes, sizeof nonzero);
  for (; nonzero != 0; nonzero &= nonzero - 1) {
    const auto place = static_cast<std::size_t>(std::countr_zero(nonzero));
    out[kZigzagOfTransposed[place]] = transposed[place];
  }
}

void transform_all(const std::array<const float*, kBlockSide>& rows, const QuantScale& scale,
                   std::span<ZigzagBlock> blocks) {
  const D d;
  const auto middle = hn::Set(d, 128.0F);
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    V v[8];
    for (std::size_t row = 0; row < 8; ++row) v[row] = hn::Sub(hn::LoadU(d, rows[row] + 8 * block), middle);
    transform(v);  // vertical frequencies
    transpose(v);
    transform(v);  // horizontal frequencies; v[u] holds lane v: transposed
    quantise(v, scale, blocks[block]);
  }
}

#else

void transform_all(const std::array<const float*, kBlockSide>& rows, const QuantScale& scale,
                   std::span<ZigzagBlock> blocks) {
  transform_blocks_plain(rows, scale, blocks);
}

#endif

}  // namespace probity::media::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace probity::media {

HWY_EXPORT(transform_all);

void transform_blocks(const std::array<const float*, kBlockSide>& rows, const QuantScale& scale,
                      std::span<ZigzagBlock> blocks) {
  HWY_DYNAMIC_DISPATCH(transform_all)(rows, scale, blocks);
}

}  // namespace probity::media
#endif  // HWY_ONCE
