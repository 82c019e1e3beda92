// The clock of `probity-rehearsal`: the real time plus as many days as the file named by PROBITY_REHEARSAL_DAYS says,
// read again on each call. Fifteen days of waiting pass in a test or a demo by writing "16" into that file. The program
// `probity` is linked without this.
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "base/clock.h"

namespace probity {

TimeMs SystemClock::now_ms() {
  using namespace std::chrono;
  constexpr double kDayMs = 24.0 * 60 * 60 * 1000;
  double days = 0;
  if (const char* path = std::getenv("PROBITY_REHEARSAL_DAYS")) std::ifstream(path) >> days;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() +
         static_cast<TimeMs>(days * kDayMs);
}

}  // namespace probity
