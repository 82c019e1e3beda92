#include "code/law.h"

#include <sodium.h>

#include <array>

#include "base/check.h"
#include "base/random.h"

namespace probity::code {
namespace {

constexpr std::array kHalf{LawStep{65536, 128}};
// p = 0.06943, 0.33001 and mirrors at 1/256 steps; weights 0.24833 and 0.25167.
constexpr std::array kGaussLegendre8{LawStep{16275, 18}, LawStep{32768, 84}, LawStep{49261, 172}, LawStep{65536, 238}};
constexpr std::array kGaussLegendre4{LawStep{32768, 54}, LawStep{65536, 202}};
constexpr std::array kTilted{LawStep{32768, 69}, LawStep{65536, 187}};

}  // namespace

std::string_view law_name(LawId law) {
  switch (law) {
    case LawId::half:
      return "half";
    case LawId::gl8:
      return "gl8";
    case LawId::tilted:
      return "tilted";
    case LawId::gl4:
      return "gl4";
  }
  return "unknown";
}

std::optional<LawId> law_from_number(std::uint8_t number) {
  if (number < 1 || number > 4) return std::nullopt;
  return static_cast<LawId>(number);
}

std::span<const LawStep> law_steps(LawId law) {
  switch (law) {
    case LawId::half:
      return kHalf;
    case LawId::gl8:
      return kGaussLegendre8;
    case LawId::tilted:
      return kTilted;
    case LawId::gl4:
      return kGaussLegendre4;
  }
  PROBITY_CHECK(false);
  return {};
}

std::vector<std::uint8_t> draw_thresholds(std::span<const LawStep> steps, const Hash& bias_seed,
                                          std::size_t cell_count) {
  PROBITY_CHECK(!steps.empty() && steps.back().until == 65536);
  if (cell_count == 0) return {};
  init_crypto();
  std::vector<std::uint8_t> stream(2 * cell_count);
  const std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
  crypto_stream_chacha20_ietf(stream.data(), stream.size(), nonce.data(), bias_seed.data());
  std::vector<std::uint8_t> thresholds(cell_count);
  for (std::size_t i = 0; i < cell_count; ++i) {
    const std::uint32_t draw = static_cast<std::uint32_t>(stream[2 * i] | (stream[2 * i + 1] << 8));
    auto step = steps.begin();
    while (draw >= step->until) ++step;
    thresholds[i] = step->threshold;
  }
  return thresholds;
}

std::vector<std::uint8_t> cell_thresholds(LawId law, const Hash& bias_seed, std::size_t cell_count) {
  return draw_thresholds(law_steps(law), bias_seed, cell_count);
}

}  // namespace probity::code
