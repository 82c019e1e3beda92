#include "trace/reference.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "base/hash.h"

namespace probity::trace {
namespace {

constexpr std::string_view kMagic = "PRBREF\r\n";
constexpr std::uint16_t kVersion = 1;
constexpr float kLumaSteps = 128.0F;
constexpr float kDeltaSteps = 24.0F;
constexpr std::uint32_t kLargestMasterSidePx = 65'535;
constexpr std::uint32_t kPlanFields = 9;

Bytes plane_bytes(const Reference& reference) {
  Bytes bytes;
  bytes.reserve(reference.luma.total() * 4);
  ByteWriter writer(bytes);
  for (const float value : reference.luma)
    writer.integer(static_cast<std::uint16_t>(std::clamp(std::lround(value * kLumaSteps), 0L, 65'535L)));
  for (const float value : reference.delta) {
    const auto step = static_cast<std::int8_t>(std::clamp(std::lround(value * kDeltaSteps), -127L, 127L));
    writer.integer(static_cast<std::uint8_t>(step));
  }
  for (const cv::Mat1b& plane : {reference.blue_difference, reference.red_difference})
    bytes.insert(bytes.end(), plane.begin(), plane.end());
  return bytes;
}

void write_plan(ByteWriter& writer, const mark::CellPlan& plan) {
  for (const int field : {plan.width_px, plan.height_px, plan.unit.width_px, plan.unit.height_px,
                          plan.units_per_segment, plan.cell_width_px, plan.cell_height_px, plan.columns, plan.rows})
    writer.integer(static_cast<std::uint32_t>(field));
}

mark::CellPlan read_plan(ByteReader& reader) {
  std::array<int, kPlanFields> field{};
  for (int& value : field) value = static_cast<int>(std::min(reader.integer<std::uint32_t>(), kLargestMasterSidePx));
  return {field[0], field[1], {field[2], field[3]}, field[4], field[5], field[6], field[7], field[8]};
}

bool plausible(const mark::CellPlan& plan) {
  return plan.cell_width_px > 0 && plan.cell_height_px > 0 && plan.columns > 0 && plan.rows > 0 && plan.width_px > 0 &&
         plan.height_px > 0 && plan.columns <= plan.width_px / plan.cell_width_px &&
         plan.rows <= plan.height_px / plan.cell_height_px;
}

cv::Size reference_size(const mark::CellPlan& plan) {
  const double scale =
      std::min(1.0, static_cast<double>(kReferenceLongSidePx) / std::max(plan.width_px, plan.height_px));
  return {std::max(1, static_cast<int>(std::lround(plan.width_px * scale))),
          std::max(1, static_cast<int>(std::lround(plan.height_px * scale)))};
}

double reference_scale(const mark::CellPlan& plan) {
  return std::min(1.0, static_cast<double>(kReferenceLongSidePx) / std::max(plan.width_px, plan.height_px));
}

cv::Size half_size(const cv::Size& size) { return {(size.width + 1) / 2, (size.height + 1) / 2}; }

void add_colour_differences(Reference& reference, const cv::Mat& rgb) {
  cv::Mat small;
  cv::resize(rgb, small, half_size(reference.luma.size()), 0, 0, cv::INTER_AREA);
  if (small.depth() == CV_16U) small.convertTo(small, CV_8U, 1.0 / 257);
  std::array<cv::Mat1b, 3> channels;
  cv::split(small, channels.data());
  cv::Mat1b luma;
  cv::cvtColor(small, luma, cv::COLOR_RGB2GRAY);
  // Halved, so that every difference fits in a byte.
  cv::addWeighted(channels[2], 0.5, luma, -0.5, 128, reference.blue_difference);
  cv::addWeighted(channels[0], 0.5, luma, -0.5, 128, reference.red_difference);
}

}  // namespace

Reference make_reference(const cv::Mat1f& luma, const cv::Mat1f& delta, const mark::CellPlan& plan,
                         const cv::Mat& rgb) {
  Reference reference{plan, reference_scale(plan), {}, {}, {}, {}, {}};
  const cv::Size size = reference_size(plan);
  if (size == luma.size()) {
    reference.luma = luma.clone();
    reference.delta = delta.clone();
  } else {
    cv::resize(luma, reference.luma, size, 0, 0, cv::INTER_AREA);
    cv::resize(delta, reference.delta, size, 0, 0, cv::INTER_AREA);
  }
  if (rgb.channels() == 3) add_colour_differences(reference, rgb);
  cv::Mat1b grey;
  reference.luma.convertTo(grey, CV_8U);
  reference.features = extract_features(grey, master_features());
  return reference;
}

Bytes serialise(const Reference& reference) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.bytes(as_bytes(kMagic));
  writer.integer(kVersion);
  write_plan(writer, reference.plan);
  const Bytes features = serialise(reference.features);
  writer.integer(static_cast<std::uint32_t>(features.size()));
  writer.bytes(features);
  writer.bytes(plane_bytes(reference));
  writer.bytes(sha256(bytes));
  return bytes;
}

Result<Reference> parse_reference(BytesView bytes) {
  const auto refuse = [](const char* why) {
    return fail(ErrorCode::corrupt, std::string("the tracing reference of an asset is damaged: ") + why,
                "restore the workspace from a backup, or add the master again");
  };
  if (bytes.size() < sizeof(Hash)) return refuse("it is cut short");
  const BytesView body = bytes.first(bytes.size() - sizeof(Hash));
  const Hash sum = sha256(body);
  if (!std::equal(sum.begin(), sum.end(), bytes.end() - sizeof(Hash))) return refuse("its checksum does not fit");
  ByteReader reader(body);
  if (as_text(reader.bytes(kMagic.size())) != kMagic) return refuse("it is not a reference");
  if (reader.integer<std::uint16_t>() != kVersion) return refuse("its version is unknown");
  Reference reference;
  reference.plan = read_plan(reader);
  const BytesView features = reader.bytes(reader.integer<std::uint32_t>());
  if (!reader.ok() || !plausible(reference.plan)) return refuse("its header does not fit");
  TRY_ASSIGN(reference.features, parse_features(features));
  const cv::Size size = reference_size(reference.plan);
  reference.scale = reference_scale(reference.plan);
  const auto luma_bytes = static_cast<std::size_t>(size.area()) * 3;
  const auto colour_bytes = static_cast<std::size_t>(half_size(size).area()) * 2;
  const bool coloured = reader.remaining() == luma_bytes + colour_bytes;
  if (!coloured && reader.remaining() != luma_bytes) return refuse("its planes have the wrong size");
  reference.luma.create(size);
  reference.delta.create(size);
  for (float& value : reference.luma) value = static_cast<float>(reader.integer<std::uint16_t>()) / kLumaSteps;
  for (float& value : reference.delta)
    value = static_cast<float>(static_cast<std::int8_t>(reader.integer<std::uint8_t>())) / kDeltaSteps;
  if (!coloured) return reference;
  for (cv::Mat1b* plane : {&reference.blue_difference, &reference.red_difference}) {
    plane->create(half_size(size));
    const BytesView bytes_of_plane = reader.bytes(plane->total());
    std::copy(bytes_of_plane.begin(), bytes_of_plane.end(), plane->begin());
  }
  return reference;
}

}  // namespace probity::trace
