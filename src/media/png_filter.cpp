#include "media/png_filter.h"

#include <array>
#include <cstdlib>

namespace probity::media {
namespace {

int paeth(int left, int above, int corner) {
  const int guess = left + above - corner;
  const int to_left = std::abs(guess - left);
  const int to_above = std::abs(guess - above);
  const int to_corner = std::abs(guess - corner);
  if (to_left <= to_above && to_left <= to_corner) return left;
  return to_above <= to_corner ? above : corner;
}

}  // namespace

std::uint8_t PngRow::filtered(PngFilter filter, std::size_t i) const {
  const int value = bytes[i];
  const int left = i < pixel_bytes ? 0 : bytes[i - pixel_bytes];
  switch (filter) {
    case PngFilter::none:
      return static_cast<std::uint8_t>(value);
    case PngFilter::sub:
      return static_cast<std::uint8_t>(value - left);
    case PngFilter::up:
      return static_cast<std::uint8_t>(value - above[i]);
    case PngFilter::average:
      return static_cast<std::uint8_t>(value - (left + above[i]) / 2);
    case PngFilter::paeth:
      break;
  }
  const int corner = i < pixel_bytes ? 0 : above[i - pixel_bytes];
  return static_cast<std::uint8_t>(value - paeth(left, above[i], corner));
}

void filter_bytes(const PngRow& row, PngFilter filter, std::size_t first, std::span<std::uint8_t> out) {
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = row.filtered(filter, first + k);
}

PngFilter best_filter(const PngRow& row, std::size_t size) {
  PngFilter best = PngFilter::sub;
  long least = -1;
  for (const auto filter : {PngFilter::sub, PngFilter::up, PngFilter::average, PngFilter::paeth}) {
    long sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += std::abs(static_cast<std::int8_t>(row.filtered(filter, i)));
    if (least < 0 || sum < least) {
      least = sum;
      best = filter;
    }
  }
  return best;
}

}  // namespace probity::media
