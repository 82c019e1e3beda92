#include "media/pixel_rows.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "media/pixel_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Sixteen pixels are taken apart at a time and go through a small buffer into registers of any width. Sums are added in
// one order and never fused (-ffp-contract=off), so that every processor makes the same samples.
HWY_BEFORE_NAMESPACE();
namespace probity::media::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;

#if HWY_TARGET != HWY_SCALAR

constexpr std::size_t kPixels = 16;

// Some of 16 whole numbers, as floats.
template <class T>
HWY_INLINE hn::Vec<Floats> floats(const T* values) {
  const Floats d;
  const hn::Rebind<std::int32_t, Floats> d32;
  const hn::Rebind<T, Floats> narrow;
  return hn::ConvertTo(d, hn::PromoteTo(d32, hn::LoadU(narrow, values)));
}

// Whole sixteens of pixels; returns how many pixels that were.
std::size_t luma_of_sixteens(const std::uint8_t* rgb, std::size_t count, float* out) {
  const Floats d;
  const hn::Full128<std::uint8_t> d8;
  const auto red = hn::Set(d, 0.299F), green = hn::Set(d, 0.587F), blue = hn::Set(d, 0.114F);
  HWY_ALIGN std::uint8_t r[kPixels], g[kPixels], b[kPixels];
  std::size_t x = 0;
  for (; x + kPixels <= count; x += kPixels) {
    hn::Vec<decltype(d8)> r8, g8, b8;
    hn::LoadInterleaved3(d8, rgb + 3 * x, r8, g8, b8);
    hn::Store(r8, d8, r);
    hn::Store(g8, d8, g);
    hn::Store(b8, d8, b);
    for (std::size_t i = 0; i < kPixels; i += hn::Lanes(d)) {
      const auto two = hn::Add(hn::Mul(red, floats(r + i)), hn::Mul(green, floats(g + i)));
      hn::StoreU(hn::Add(two, hn::Mul(blue, floats(b + i))), d, out + x + i);
    }
  }
  return x;
}

// Sums of neighbours in two rows: eight of sixteen bits each.
HWY_INLINE void store_quarter_sums(hn::Vec<hn::Full128<std::uint8_t>> upper, hn::Vec<hn::Full128<std::uint8_t>> lower,
                                   std::int16_t* to) {
  const hn::Full128<std::uint16_t> d16;
  const auto pairs = [&](auto row) {
    const auto both = hn::BitCast(d16, row);
    return hn::Add(hn::And(both, hn::Set(d16, 0xFF)), hn::ShiftRight<8>(both));
  };
  const hn::Full128<std::int16_t> out;
  hn::Store(hn::BitCast(out, hn::Add(pairs(upper), pairs(lower))), out, to);
}

// Whole eights of samples; returns how many samples that were.
std::size_t quarters_of_eights(const std::uint8_t* upper, const std::uint8_t* lower, std::size_t count, float* blue,
                               float* red) {
  constexpr std::size_t kSamples = kPixels / 2;
  const hn::CappedTag<float, kSamples> d;
  const hn::Rebind<std::int32_t, decltype(d)> d32;
  const hn::Rebind<std::int16_t, decltype(d)> narrow;
  const hn::Full128<std::uint8_t> d8;
  const auto quarter = hn::Set(d, 0.25F), middle = hn::Set(d, 128.0F), half = hn::Set(d, 0.5F);
  HWY_ALIGN std::int16_t sums[3][kSamples];
  std::size_t x = 0;
  for (; x + kSamples <= count; x += kSamples) {
    hn::Vec<decltype(d8)> r0, g0, b0, r1, g1, b1;
    hn::LoadInterleaved3(d8, upper + 6 * x, r0, g0, b0);
    hn::LoadInterleaved3(d8, lower + 6 * x, r1, g1, b1);
    store_quarter_sums(r0, r1, sums[0]);
    store_quarter_sums(g0, g1, sums[1]);
    store_quarter_sums(b0, b1, sums[2]);
    for (std::size_t i = 0; i < kSamples; i += hn::Lanes(d)) {
      const auto mean = [&](std::size_t channel) {
        const auto whole = hn::PromoteTo(d32, hn::LoadU(narrow, sums[channel] + i));
        return hn::Mul(quarter, hn::ConvertTo(d, whole));
      };
      const auto r = mean(0), g = mean(1), b = mean(2);
      const auto less = [&](auto from, float weight, auto value) {
        return hn::Sub(from, hn::Mul(hn::Set(d, weight), value));
      };
      const auto cb = hn::Add(less(less(middle, 0.168735892F, r), 0.331264108F, g), hn::Mul(half, b));
      const auto cr = less(less(hn::Add(middle, hn::Mul(half, r)), 0.418687589F, g), 0.081312411F, b);
      hn::StoreU(cb, d, blue + x + i);
      hn::StoreU(cr, d, red + x + i);
    }
  }
  return x;
}

#else

std::size_t luma_of_sixteens(const std::uint8_t*, std::size_t, float*) { return 0; }
std::size_t quarters_of_eights(const std::uint8_t*, const std::uint8_t*, std::size_t, float*, float*) { return 0; }

#endif

void luma_of_rgb(const std::uint8_t* rgb, std::size_t count, float* out) {
  for (std::size_t x = luma_of_sixteens(rgb, count, out); x < count; ++x)
    out[x] = 0.299F * static_cast<float>(rgb[3 * x]) + 0.587F * static_cast<float>(rgb[3 * x + 1]) +
             0.114F * static_cast<float>(rgb[3 * x + 2]);
}

void quarters(const std::uint8_t* upper, const std::uint8_t* lower, std::size_t count, float* blue, float* red) {
  for (std::size_t x = quarters_of_eights(upper, lower, count, blue, red); x < count; ++x) {
    int sum[3];
    for (std::size_t c = 0; c < 3; ++c)
      sum[c] = upper[6 * x + c] + upper[6 * x + 3 + c] + lower[6 * x + c] + lower[6 * x + 3 + c];
    const Chroma sample = chroma_of_mean(0.25F, sum[0], sum[1], sum[2]);
    blue[x] = sample.blue;
    red[x] = sample.red;
  }
}

void add_mark(const float* luma, const float* delta, float sign, std::size_t count, float* out) {
  const Floats d;
  const auto factor = hn::Set(d, sign), least = hn::Zero(d), most = hn::Set(d, 255.0F);
  std::size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
    const auto value = hn::Add(hn::LoadU(d, luma + x), hn::Mul(factor, hn::LoadU(d, delta + x)));
    hn::StoreU(hn::Min(hn::Max(value, least), most), d, out + x);
  }
  for (; x < count; ++x) out[x] = std::min(std::max(luma[x] + sign * delta[x], 0.0F), 255.0F);
}

double squares_of_change(const float* luma, const float* delta, std::size_t count) {
  const Floats d;
  const auto least = hn::Zero(d), most = hn::Set(d, 255.0F);
  auto sums = hn::Zero(d);
  std::size_t x = 0;
  for (; x + hn::Lanes(d) <= count; x += hn::Lanes(d)) {
    const auto before = hn::LoadU(d, luma + x);
    const auto after = hn::Min(hn::Max(hn::Add(before, hn::LoadU(d, delta + x)), least), most);
    const auto change = hn::Sub(after, before);
    sums = hn::Add(sums, hn::Mul(change, change));
  }
  double sum = static_cast<double>(hn::GetLane(hn::SumOfLanes(d, sums)));
  for (; x < count; ++x) {
    const float change = std::clamp(luma[x] + delta[x], 0.0F, 255.0F) - luma[x];
    sum += static_cast<double>(change * change);
  }
  return sum;
}

}  // namespace probity::media::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace probity::media {

HWY_EXPORT(luma_of_rgb);
HWY_EXPORT(add_mark);
HWY_EXPORT(squares_of_change);
HWY_EXPORT(quarters);

void luma_row_of_rgb(const std::uint8_t* rgb, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(luma_of_rgb)(rgb, out.size(), out.data());
}

void marked_row(const float* luma, const float* delta, float sign, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(add_mark)(luma, delta, sign, out.size(), out.data());
}

double squared_change(std::span<const float> luma, const float* delta) {
  return HWY_DYNAMIC_DISPATCH(squares_of_change)(luma.data(), delta, luma.size());
}

void chroma_of_quarters(const std::uint8_t* upper_rgb, const std::uint8_t* lower_rgb, const ChromaRows& out) {
  HWY_DYNAMIC_DISPATCH(quarters)(upper_rgb, lower_rgb, out.blue.size(), out.blue.data(), out.red.data());
}

}  // namespace probity::media
#endif  // HWY_ONCE
