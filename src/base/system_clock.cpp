// Alone in its file, so that a program for rehearsals can put another time in its place
// (tests/support/simulated_clock.cpp).
#include <chrono>

#include "base/clock.h"

namespace probity {

TimeMs SystemClock::now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace probity
