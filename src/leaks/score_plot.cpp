#include "leaks/score_plot.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "leaks/html.h"

namespace probity::leaks {
namespace {

constexpr int kLeft = 46;
constexpr int kRight = 14;
constexpr int kTop = 64;  // room for the labels of lines and named copies
constexpr int kBottom = 46;
constexpr int kLabelPx = 130;   // a line's label and its margin
constexpr int kNarrowPx = 500;  // below it there is no room for names

// Maps standard scores and counts to pixels; counts logarithmically, so that a single copy is visible beside thousands.
class Axes {
 public:
  Axes(const Report& report, const PlotShape& shape) : shape_(shape), plot_(*report.plot) {
    low_ = std::min(-4.0, bin_start(0));
    high_ = std::max({bin_start(plot_.counts.size()), plot_.identified_line + 1, 8.0});
    for (const FindingRecord& record : report.findings) high_ = std::max(high_, record.finding.standard_score);
    high_ += 0.04 * (high_ - low_);
    // Bars of at least 3 px.
    const double bin_px = (shape.width_px - kLeft - kRight) / (high_ - low_) / kBinsPerUnit;
    group_ = std::max(1, static_cast<int>(std::ceil(3 / bin_px)));
    for (std::size_t first = 0; first < plot_.counts.size(); first += static_cast<std::size_t>(group_))
      highest_ = std::max(highest_, count_from(first));
  }

  double x(double score) const { return kLeft + (score - low_) / (high_ - low_) * (shape_.width_px - kLeft - kRight); }
  double y(double count) const {
    const double share = std::log10(1 + count) / std::log10(2.0 + static_cast<double>(highest_));
    return bottom() - share * (bottom() - kTop);
  }
  double bottom() const { return shape_.height_px - kBottom; }
  double bin_start(std::size_t bin) const {
    return static_cast<double>(plot_.first_bin + static_cast<int>(bin)) / kBinsPerUnit;
  }
  std::uint64_t count_from(std::size_t first) const {
    const std::size_t last = std::min(plot_.counts.size(), first + static_cast<std::size_t>(group_));
    return std::accumulate(plot_.counts.begin() + static_cast<std::ptrdiff_t>(first),
                           plot_.counts.begin() + static_cast<std::ptrdiff_t>(last), std::uint64_t{0});
  }
  int group() const { return group_; }
  double low() const { return low_; }
  double high() const { return high_; }
  std::uint64_t highest() const { return highest_; }
  const PlotShape& shape() const { return shape_; }

 private:
  PlotShape shape_;
  const ScorePlot& plot_;
  double low_ = 0;
  double high_ = 0;
  int group_ = 1;
  std::uint64_t highest_ = 1;
};

std::string text(double x, double y, const char* anchor, const char* style, const std::string& words) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" class=\"{}\">{}</text>", x, y, anchor, style,
                     escape_html(words));
}

std::string rule(double x1, double y1, double x2, double y2, const char* style) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>", x1, y1, x2, y2,
                     style);
}

std::string draw_axes(const Axes& axes, const Say& say) {
  const double right = axes.shape().width_px - kRight;
  std::string svg;
  for (std::uint64_t count = 1; count <= axes.highest(); count *= 10) {
    const double y = axes.y(static_cast<double>(count));
    svg += rule(kLeft, y, right, y, "grid") + text(kLeft - 6, y + 4, "end", "tick", number_in_words(count));
  }
  svg += rule(kLeft, axes.bottom(), right, axes.bottom(), "axis");
  const double span = axes.high() - axes.low();
  const double step = span > 60 ? 20 : span > 30 ? 10 : span > 12 ? 5 : 2;
  for (double score = std::ceil(axes.low() / step) * step; score <= axes.high(); score += step) {
    svg += rule(axes.x(score), axes.bottom(), axes.x(score), axes.bottom() + 4, "axis");
    svg += text(axes.x(score), axes.bottom() + 17, "middle", "tick", fmt::format("{:.0f}", score + 0.0));
  }
  const bool narrow = axes.shape().width_px < kNarrowPx;
  svg += text(
      (kLeft + right) / 2, axes.bottom() + 36, "middle", "label",
      narrow ? say("score, in standard deviations", "得分（标准差数）")
             : say("score, in standard deviations from an innocent copy's mean", "得分（距无辜副本均值的标准差数）"));
  svg += text(4, 12, "start", "label", say("copies (logarithmic)", "副本数（对数）"));
  return svg;
}

std::string draw_bars(const Axes& axes, const ScorePlot& plot) {
  std::string svg;
  const auto group = static_cast<std::size_t>(axes.group());
  for (std::size_t first = 0; first < plot.counts.size(); first += group) {
    const std::uint64_t count = axes.count_from(first);
    if (count == 0) continue;
    const double left = axes.x(axes.bin_start(first));
    const double width = axes.x(axes.bin_start(first + group)) - left;
    const double top = axes.y(static_cast<double>(count));
    svg += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"bar\"/>", left, top,
                       std::max(1.0, width - 0.6), axes.bottom() - top);
  }
  return svg;
}

std::string draw_lines(const Axes& axes, const ScorePlot& plot, const Say& say) {
  const double lead = axes.x(plot.lead_line);
  const double identified = axes.x(plot.identified_line);
  const double lead_score = plot.lead_line;
  const double identified_score = plot.identified_line;
  // Near the right edge both labels stand to the left of their lines, one above the other.
  const bool at_edge = identified > axes.shape().width_px - kLabelPx;
  const double identified_top = at_edge ? kTop - 32 : kTop - 16;
  return rule(lead, kTop - 14, lead, axes.bottom(), "lead-line") +
         text(lead - 5, kTop - 16, "end", "lead-text", say("lead from {:.1f}", "线索 ≥ {:.1f}", lead_score)) +
         rule(identified, identified_top + 2, identified, axes.bottom(), "identified-line") +
         text(at_edge ? identified + 8 : identified - 2, identified_top, at_edge ? "end" : "start", "identified-text",
              say("identified from {:.1f}", "认定 ≥ {:.1f}", identified_score));
}

// A pin for each named copy: its score, and whose it is where there is room.
std::string draw_findings(const Axes& axes, const Report& report) {
  std::string svg;
  double label_y = kTop + 14;
  for (const FindingRecord& record : report.findings) {
    const double x = axes.x(record.finding.standard_score);
    const bool left_side = x > 0.45 * axes.shape().width_px;
    svg += rule(x, label_y + 4, x, axes.bottom(), "pin");
    svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\" class=\"pin-head\"/>", x, label_y + 4);
    const std::string words = axes.shape().width_px < kNarrowPx ? fmt::format("{:.1f}", record.finding.standard_score)
                                                                : fmt::format("{}: {:.1f}", recipient_in_words(record),
                                                                              record.finding.standard_score);
    svg += text(left_side ? x - 10 : x + 10, label_y + 8, left_side ? "end" : "start", "pin-text", words);
    label_y += 22;
  }
  return svg;
}

std::string description(const Report& report, const Say& say) {
  const double lead = report.plot->lead_line;
  const double identified = report.plot->identified_line;
  const double highest = report.plot->highest_other;
  std::string words =
      say("Histogram of the scores of all copies. A lead starts at {:.1f}, an identification at {:.1f}. "
          "The highest copy that is not named scored {:.1f}.",
          "全部副本得分的直方图。线索门槛 {:.1f}，认定门槛 {:.1f}。未被指认的副本最高得分 {:.1f}。", lead, identified,
          highest);
  for (const FindingRecord& record : report.findings) {
    const std::string who = recipient_in_words(record);
    const double score = record.finding.standard_score;
    words += say(" The copy of {} scored {:.1f}.", "{} 的副本得分 {:.1f}。", who, score);
  }
  return words;
}

}  // namespace

std::string score_plot_svg(const Report& report, const PlotShape& shape, Language language) {
  if (!report.plot) return {};
  const Say say(language);
  const Axes axes(report, shape);
  return fmt::format("<svg class=\"plot\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">", shape.width_px,
                     shape.height_px, escape_html(description(report, say))) +
         draw_axes(axes, say) + draw_bars(axes, *report.plot) + draw_lines(axes, *report.plot, say) +
         draw_findings(axes, report) + "</svg>";
}

}  // namespace probity::leaks
