// Planes of pixels on large pages: filling 12 megapixels of floats on small ones costs more in page faults than in
// work.
#pragma once

#include <opencv2/core.hpp>

namespace probity::mark {

// Asks the kernel to back this memory with large pages as it is first touched. Advice: nothing depends on it.
void prefer_large_pages(void* data, std::size_t bytes);

// A plane whose values are not set yet.
cv::Mat large_plane(const cv::Size& size, int type);

}  // namespace probity::mark
