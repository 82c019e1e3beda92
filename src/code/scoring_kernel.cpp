// Compiled once for each instruction set by foreach_target; the best one present is chosen when the program runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "code/scoring_kernel.cpp"
#include <hwy/foreach_target.h>  // before highway.h: it includes this file again for every target
#include <hwy/highway.h>

#include "code/scoring_kernel.h"

HWY_BEFORE_NAMESPACE();
namespace probity::code::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Turns each stream byte into 0xFF where the copy agrees and 0 where not. The subtraction saturates to 0 exactly when
// the byte is not below the threshold, that is when the bit is 0.
void mark_agreement(const PackedBank& bank, std::uint8_t* HWY_RESTRICT stream) {
  const hn::CappedTag<std::uint8_t, kBlockBytes> bytes;
  for (std::size_t i = 0; i < bank.byte_count(); i += hn::Lanes(bytes)) {
    const auto threshold = hn::LoadU(bytes, bank.thresholds.data() + i);
    const auto flip = hn::LoadU(bytes, bank.flip.data() + i);
    const auto below = hn::SaturatedSub(threshold, hn::LoadU(bytes, stream + i));
    const auto bit_is_zero = hn::VecFromMask(bytes, hn::Eq(below, hn::Zero(bytes)));
    hn::StoreU(hn::AndNot(hn::Xor(bit_is_zero, flip), hn::Set(bytes, 0xFF)), bytes, stream + i);
  }
}

std::int32_t weigh(const std::uint8_t* HWY_RESTRICT agreement, const std::uint8_t* HWY_RESTRICT weights,
                   std::size_t size) {
  const hn::CappedTag<std::uint8_t, kBlockBytes> bytes;
  const hn::Repartition<std::uint64_t, decltype(bytes)> words;
  auto sum = hn::Zero(words);
  for (std::size_t i = 0; i < size; i += hn::Lanes(bytes)) {
    const auto counted = hn::And(hn::LoadU(bytes, agreement + i), hn::LoadU(bytes, weights + i));
    sum = hn::Add(sum, hn::SumsOf8(counted));
  }
  return static_cast<std::int32_t>(hn::GetLane(hn::SumOfLanes(words, sum)));
}

void add_agreement(const PackedBank& bank, std::uint8_t* stream, std::span<std::int32_t> sums) {
  mark_agreement(bank, stream);
  for (std::size_t d = 0; d < sums.size(); ++d) sums[d] += weigh(stream, bank.weights[d].data(), bank.byte_count());
}

}  // namespace probity::code::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace probity::code {

HWY_EXPORT(add_agreement);

void add_agreement(const PackedBank& bank, std::uint8_t* stream, std::span<std::int32_t> sums) {
  HWY_DYNAMIC_DISPATCH(add_agreement)(bank, stream, sums);
}

}  // namespace probity::code
#endif
