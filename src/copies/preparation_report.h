// What preparation found out about a master, in words and figures for whoever uploaded it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "copies/asset.h"

namespace probity::copies {

// high: a twentieth of the picture's area still names its copy after a chat app; medium: a tenth; low: less sure.
enum class Capacity { high, medium, low };

struct Warning {
  std::string code, en, zh;
};

struct PreparationReport {
  int cells = 0;
  double psnr_db = 0;
  std::optional<double> size_cost;  // of exchangeable cells, as a part of the size without them
  Capacity capacity = Capacity::high;
  std::vector<Warning> warnings;
};

PreparationReport preparation_report(const Asset& asset);

}  // namespace probity::copies
