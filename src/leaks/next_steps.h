// What somebody may do next with a leak, and in words why the obvious step is not open to them.
#pragma once

#include "leaks/coverage.h"
#include "leaks/leak_service.h"

namespace probity::leaks {

struct Viewer {
  std::optional<Id> account;  // none for API keys and the command line
  bool writes = false;        // write_leaks
  bool reviews = false;       // review_cases
  bool opens_cases = false;   // write_cases
};

struct NextSteps {
  std::vector<std::string> verbs;  // "trace", "agree_unmask" …
  std::vector<Said> hints;
};

// `tracing`: its job has not ended.
NextSteps next_steps(const LeakDetail& detail, const Viewer& viewer, bool tracing);

}  // namespace probity::leaks
