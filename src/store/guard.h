// The wall between SOCI's exceptions and our error values.
#pragma once

#include <exception>
#include <stdexcept>

#include "store/backend.h"

namespace probity::store {

// Thrown between a row's mapping and the wall, when a stored value is none that we could have written.
struct UnreadableRow : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Runs `work`, which returns a Result; whatever is thrown becomes an Error without the values that were bound.
template <class Work>
auto guarded(const Backend& backend, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const UnreadableRow& unreadable) {
    return fail(ErrorCode::corrupt, unreadable.what(), "restore the workspace from a backup");
  } catch (const std::exception& exception) {
    return tl::unexpected<Error>(backend.translate(exception));
  }
}

}  // namespace probity::store
