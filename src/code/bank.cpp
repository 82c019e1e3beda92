#include "code/bank.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "code/observation.h"

namespace probity::code {
namespace {

// What one cell shows: its soft value, its bias, and how many of the copies accused so far are known there and have
// a 1.
struct Cell {
  double soft;
  double bias;
  int accused;
  int accused_ones;
};

// Symmetric score of Skoric, Katzenbeisser and Celik: the values of the two bits differ by 1/sqrt(p(1-p)), times the
// soft value. For p = 1/2 this is the plain correlation.
double symmetric_weight(const Cell& cell) { return cell.soft / std::sqrt(cell.bias * (1.0 - cell.bias)); }

// Log-likelihood ratio of the two bits when c copies were interleaved, `accused` of them known. With g_x the chance
// that the leak has a 1 where the copy has x, and q = (1+s)/2 the belief in a 1: ln[(g_1 q + (1-g_1)(1-q)) / (the same,
// g_0)].
double interleaving_weight(const Cell& cell, int copies) {
  const int unknown_others = copies - cell.accused - 1;
  const double g0 = (cell.accused_ones + unknown_others * cell.bias) / copies;
  const double g1 = g0 + 1.0 / copies;
  return std::log((1.0 + cell.soft * (2.0 * g1 - 1.0)) / (1.0 + cell.soft * (2.0 * g0 - 1.0)));
}

struct DecoderDesign {
  const char* name;
  int spare_copies;  // copies assumed besides the accused ones and the one scored; -1 for the symmetric score
};
// "alone" is the log-odds of the cell itself: the best weights against one leaker, and the steepest, so that cells in
// which colluders agree outweigh those they blurred. The others assume an interleaving of two and of five.
constexpr std::array kDesigns{DecoderDesign{"symmetric", -1}, DecoderDesign{"alone", 0}, DecoderDesign{"pair", 1},
                              DecoderDesign{"group", 4}};

double cell_weight(const DecoderDesign& design, const Cell& cell) {
  if (design.spare_copies < 0) return symmetric_weight(cell);
  return interleaving_weight(cell, cell.accused + 1 + design.spare_copies);
}

Cell cell_of(const ChannelView& channel, std::size_t i) {
  Cell cell{std::clamp(channel.soft[i], -kSoftLimit, kSoftLimit), channel.thresholds[i] / 256.0, 0, 0};
  if (channel.accused == nullptr) return cell;
  cell.accused = static_cast<int>(channel.accused->size());
  for (const auto& word : *channel.accused) cell.accused_ones += word[i];
  return cell;
}

std::vector<std::vector<double>> real_weights(const DecoderDesign& design, std::span<const ChannelView> channels) {
  std::vector<std::vector<double>> weights;
  for (const ChannelView& channel : channels) {
    std::vector<double>& values = weights.emplace_back(channel.soft.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (channel.soft[i] != 0.0F) values[i] = std::abs(cell_weight(design, cell_of(channel, i)));
    }
  }
  return weights;
}

Decoder quantised(const DecoderDesign& design, std::span<const double> weights, double largest) {
  Decoder decoder{design.name, std::vector<std::uint8_t>(weights.size())};
  if (largest <= 0) return decoder;
  std::ranges::transform(weights, decoder.weight.begin(), [largest](double weight) {
    return static_cast<std::uint8_t>(std::lround(255.0 * weight / largest));
  });
  return decoder;
}

}  // namespace

std::size_t decoder_count() { return kDesigns.size(); }

std::vector<Bank> decoder_banks(std::span<const ChannelView> channels) {
  std::vector<Bank> banks;
  for (const ChannelView& channel : channels) {
    PROBITY_CHECK(channel.soft.size() == channel.thresholds.size());
    Bank& bank = banks.emplace_back();
    bank.thresholds.assign(channel.thresholds.begin(), channel.thresholds.end());
    for (const float soft : channel.soft) bank.leaning.push_back(soft > 0 ? 1 : 0);
  }
  for (const DecoderDesign& design : kDesigns) {
    const auto weights = real_weights(design, channels);
    double largest = 0;
    for (const auto& values : weights) {
      for (const double value : values) largest = std::max(largest, value);
    }
    for (std::size_t c = 0; c < banks.size(); ++c) {
      banks[c].decoders.push_back(quantised(design, weights[c], largest));
    }
  }
  return banks;
}

Bank decoder_bank(std::span<const float> soft, std::span<const std::uint8_t> thresholds) {
  const ChannelView channel{soft, thresholds};
  return decoder_banks({&channel, 1}).front();
}

}  // namespace probity::code
