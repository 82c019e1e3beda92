#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace probity {

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: this should never happen: %s\n", file, line, expression);
  std::abort();
}

}  // namespace probity
