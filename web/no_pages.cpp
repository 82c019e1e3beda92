#include "web/pages.h"

namespace probity::web {

std::span<const PageFile> page_files() { return {}; }

}  // namespace probity::web
