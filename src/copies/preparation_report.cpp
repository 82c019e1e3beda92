#include "copies/preparation_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace probity::copies {
namespace {

// docs/results.md: crops to 5 % after a chat app were named from about 3,000 cells on, crops to 10 % from 1,500.
constexpr int kCellsForHigh = 3000;
constexpr int kCellsForMedium = 1500;
constexpr double kVisiblePsnrDb = 47;
constexpr double kDearSizeCost = 0.10;
// Too few points to recognise a small crop by.
constexpr int kFewFeatures = 300;

}  // namespace

PreparationReport preparation_report(const Asset& asset) {
  PreparationReport report;
  const auto stats = nlohmann::json::parse(asset.stats_json, nullptr, /*allow_exceptions=*/false);
  const auto number = [&](const char* name) -> std::optional<double> {
    if (!stats.is_object() || !stats.contains(name) || !stats[name].is_number()) return std::nullopt;
    return stats[name].get<double>();
  };
  report.cells = asset.plan.cell_count();
  report.psnr_db = number("psnr_db").value_or(0);
  report.size_cost = number("size_cost");
  report.capacity = report.cells >= kCellsForHigh     ? Capacity::high
                    : report.cells >= kCellsForMedium ? Capacity::medium
                                                      : Capacity::low;
  const auto warn = [&](const char* code, std::string en, std::string zh) {
    report.warnings.push_back({code, std::move(en), std::move(zh)});
  };
  if (report.capacity == Capacity::low)
    warn("few_cells",
         fmt::format("This picture is small: it carries {} cells. A hard crop of it may not name its copy.",
                     report.cells),
         fmt::format("图片较小，仅有 {} 个编码单元；大幅裁剪后可能无法追溯到副本。", report.cells));
  if (report.psnr_db > 0 && report.psnr_db < kVisiblePsnrDb)
    warn(
        "visible",
        fmt::format("The mark is stronger than usual here ({:.1f} dB). Look at a copy before sending.", report.psnr_db),
        fmt::format("此图的标记强于一般水平（{:.1f} dB），发送前请查看一份副本。", report.psnr_db));
  if (report.size_cost.value_or(0) > kDearSizeCost)
    warn("size", fmt::format("Copies are {:.0f} % larger than the plain file.", *report.size_cost * 100),
         fmt::format("副本比普通文件大 {:.0f}%。", *report.size_cost * 100));
  if (number("features").value_or(kFewFeatures) < kFewFeatures)
    warn("smooth", "There is little in this picture to recognise a crop by: small crops of it may not be found.",
         "图中可供识别的细节很少，小范围裁剪可能无法匹配。");
  return report;
}

}  // namespace probity::copies
