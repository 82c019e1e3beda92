// The pictures of a report: the leak as found, the master, and both of them over the same part of the master.
#pragma once

#include "leaks/find_master.h"

namespace probity::leaks {

inline constexpr int kPictureLongSidePx = 1200;

// `master`: in colour and any size, or empty for the grey reference. Results as FilePictures says.
FilePictures make_pictures(const LeakFile& file, const cv::Mat& master, const Reading& reading, const Lay& lay);

}  // namespace probity::leaks
