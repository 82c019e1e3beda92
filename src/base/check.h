// Assertions for our own mistakes; on in every build. Input never reaches one: it gets an error value.
#pragma once

namespace probity {
[[noreturn]] void check_failed(const char* expression, const char* file, int line);
}

#define PROBITY_CHECK(expression) \
  ((expression) ? static_cast<void>(0) : ::probity::check_failed(#expression, __FILE__, __LINE__))
