// Local features of a picture: SIFT points with RootSIFT descriptors in 128 bytes each, well spread over the picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace probity::trace {

inline constexpr std::size_t kDescriptorSize = 128;

// Where a feature sits, in pixels of the picture it was asked for (not of the size it was found at). Pixel centres are
// at whole numbers.
struct KeyPoint {
  float x = 0;
  float y = 0;
  float size = 0;      // diameter of the described blob, px
  float angle = 0;     // degrees in [0, 360), clockwise as seen, y down
  float response = 0;  // contrast of the blob, 0..1
  std::int8_t octave = 0;

  cv::Point2d at() const { return {x, y}; }
  bool operator==(const KeyPoint&) const = default;
};

// The features of one picture. A value; descriptor i belongs to point i.
struct Features {
  cv::Size frame;  // width and height of the picture, px
  std::vector<KeyPoint> points;
  std::vector<std::uint8_t> descriptors;  // points.size() x 128: RootSIFT, each 512 * sqrt(share of the gradient)

  std::size_t count() const { return points.size(); }
  std::span<const std::uint8_t> descriptor(std::size_t index) const {
    return std::span(descriptors).subspan(index * kDescriptorSize, kDescriptorSize);
  }
};

struct FeatureOptions {
  int max_count = 2000;
  int long_side_px = 1024;     // a larger picture is shrunk to this before features are looked for
  int enlarge_below_px = 480;  // a picture with a shorter long side is doubled first
  double contrast_threshold =
      0.002;  // SIFT's, of a range of 1; a twentieth of the customary 0.04, for clouds and paint
};

// For masters: dense, so that a crop of 3 % of the area still has features enough.
FeatureOptions master_features();
// For leaks: what a leak is searched and matched with first.
FeatureOptions leak_features();

// Finds the features of a luma plane. Strong features of each part of the picture and of each scale are kept before a
// second helping from anywhere, so that smooth skies and coarse structure are present. Deterministic for the same
// pixels and OpenCV build. A picture under 16 px on a side has none. Thread-safe.
Features extract_features(const cv::Mat1b& luma, const FeatureOptions& options);

// The features of the picture mirrored left to right, without looking at the pixels again: a mirrored SIFT descriptor
// is a permutation of its bins.
Features mirror_features(const Features& features);

// Our own compact form, 139 bytes a feature (docs/formats.md, "Features").
Bytes serialise(const Features& features);
// Errors: corrupt when the bytes are not exactly one well-formed set of features.
Result<Features> parse_features(BytesView bytes);

}  // namespace probity::trace
