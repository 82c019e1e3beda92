// Who draws with Cairo holds this. Cairo's cache of glyphs is one for the process, and in 1.16 two threads that make
// room in it deadlock, each holding a font and waiting for the other's.
#pragma once

#include <mutex>

namespace probity {

// Held while anything of Cairo's that touches fonts is made, used or destroyed.
inline std::mutex& cairo_mutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace probity
