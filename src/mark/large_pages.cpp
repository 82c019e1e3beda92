#include "mark/large_pages.h"

#include <sys/mman.h>
#include <unistd.h>

namespace probity::mark {
namespace {

constexpr std::size_t kWorthBytes = std::size_t{4} << 20;  // two of the usual large pages

}  // namespace

void prefer_large_pages(void* data, std::size_t bytes) {
  if (bytes < kWorthBytes) return;
  // Whole small pages inside the memory; the kernel finds the large ones among them.
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const auto start = reinterpret_cast<std::size_t>(data);
  const std::size_t first = (start + page - 1) / page * page;
  ::madvise(reinterpret_cast<void*>(first), (start + bytes - first) / page * page, MADV_HUGEPAGE);
}

cv::Mat large_plane(const cv::Size& size, int type) {
  cv::Mat plane(size, type);
  prefer_large_pages(plane.data, plane.total() * plane.elemSize());
  return plane;
}

}  // namespace probity::mark
