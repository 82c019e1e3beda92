#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "trace/features.h"

// The file format of features. Header: magic "PFEA", version, width, height, count; then 11 bytes a point, then 128
// bytes a descriptor. Positions are shares of the frame, sizes and responses logarithms: two bytes each are finer than
// what SIFT can localise.
namespace probity::trace {
namespace {

constexpr std::uint32_t kMagic = 0x41454650;  // "PFEA"
constexpr std::uint16_t kVersion = 1;
constexpr std::uint32_t kMaxCount = 100'000;
constexpr std::size_t kPointSize = 11;
constexpr int kMaxSide = 65'536;

std::uint16_t pack(double value, double low, double high) {
  return static_cast<std::uint16_t>(std::lround(std::clamp((value - low) / (high - low), 0.0, 1.0) * 65535));
}
float unpack(std::uint16_t packed, double low, double high) {
  return static_cast<float>(low + (high - low) * packed / 65535);
}
std::uint16_t pack_log(float value) { return pack(std::log2(std::max(value, 1e-6F)), -20, 20); }
float unpack_log(std::uint16_t packed) { return std::exp2(unpack(packed, -20, 20)); }

tl::unexpected<Error> corrupt(const std::string& what) {
  return fail(ErrorCode::corrupt, "the stored features are damaged: " + what, "make them again from the master");
}

}  // namespace

Bytes serialise(const Features& features) {
  Bytes out;
  out.reserve(18 + features.count() * (kPointSize + kDescriptorSize));
  ByteWriter writer(out);
  writer.integer(kMagic);
  writer.integer(kVersion);
  writer.integer(static_cast<std::uint32_t>(features.frame.width));
  writer.integer(static_cast<std::uint32_t>(features.frame.height));
  writer.integer(static_cast<std::uint32_t>(features.count()));
  for (const KeyPoint& point : features.points) {
    writer.integer(pack(point.x, -0.5, features.frame.width - 0.5));
    writer.integer(pack(point.y, -0.5, features.frame.height - 0.5));
    writer.integer(pack_log(point.size));
    writer.integer(static_cast<std::uint16_t>(std::lround(point.angle * 65536 / 360) & 0xffff));
    writer.integer(pack_log(point.response));
    writer.integer(static_cast<std::uint8_t>(point.octave));
  }
  writer.bytes(features.descriptors);
  return out;
}

Result<Features> parse_features(BytesView bytes) {
  ByteReader reader(bytes);
  if (reader.integer<std::uint32_t>() != kMagic || !reader.ok()) return corrupt("they do not begin with the mark PFEA");
  if (const auto version = reader.integer<std::uint16_t>(); version != kVersion)
    return corrupt(fmt::format("version {} is not known", version));
  Features features;
  const auto width = reader.integer<std::uint32_t>();
  const auto height = reader.integer<std::uint32_t>();
  const auto count = reader.integer<std::uint32_t>();
  if (!reader.ok() || width > kMaxSide || height > kMaxSide || count > kMaxCount)
    return corrupt("the header is not sound");
  if (reader.remaining() != count * (kPointSize + kDescriptorSize)) return corrupt("their length is wrong");
  features.frame = {static_cast<int>(width), static_cast<int>(height)};
  features.points.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    KeyPoint point;
    point.x = unpack(reader.integer<std::uint16_t>(), -0.5, width - 0.5);
    point.y = unpack(reader.integer<std::uint16_t>(), -0.5, height - 0.5);
    point.size = unpack_log(reader.integer<std::uint16_t>());
    point.angle = static_cast<float>(reader.integer<std::uint16_t>()) * 360 / 65536;
    point.response = unpack_log(reader.integer<std::uint16_t>());
    point.octave = static_cast<std::int8_t>(reader.integer<std::uint8_t>());
    features.points.push_back(point);
  }
  const BytesView descriptors = reader.bytes(count * kDescriptorSize);
  features.descriptors.assign(descriptors.begin(), descriptors.end());
  return features;
}

}  // namespace probity::trace
