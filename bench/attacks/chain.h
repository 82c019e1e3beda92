// Chains of attacks as text, "chat,crop:0.25,chat": parsed once, applied to any picture with a seed.
#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "attacks/dice.h"
#include "base/bytes.h"
#include "base/result.h"

namespace probity::bench {

// A picture on its way through a chain. `encoded` holds the JPEG file that `rgb` was decoded from when the last step
// wrote one, else it is empty.
struct Frame {
  cv::Mat rgb;  // CV_8UC3
  Bytes encoded;
};

// One attack that a chain may name.
struct AttackInfo {
  std::string_view name;
  std::string_view arguments;  // as in "crop:SHARE"; empty when there are none
  std::string_view help;       // one line
};
const std::vector<AttackInfo>& attack_list();

// An immutable list of steps. Grammar: steps separated by commas, a step's arguments after colons; spaces do not count.
class Chain {
 public:
  // Errors: invalid_argument, naming the step and what it expects.
  static Result<Chain> parse(std::string_view text);

  // Deterministic in picture and seed; step k draws from its own generator.
  Result<Frame> apply(const cv::Mat& rgb, std::uint64_t seed) const;

  const std::string& text() const { return text_; }

  using Step = std::function<Frame(const cv::Mat& rgb, Dice& dice)>;

 private:
  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace probity::bench
