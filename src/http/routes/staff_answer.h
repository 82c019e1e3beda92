// Handlers of staff as functions that may fail: the error becomes the problem answer.
#pragma once

#include <utility>

#include "http/routes/guard.h"

namespace probity::http::routes {

// `work(const Request&, const accounts::Caller&)` returns a Result<Response>.
template <class Work>
StaffHandler answering(Work work) {
  return [work = std::move(work)](const Request& request, const accounts::Caller& caller) {
    Result<Response> response = work(request, caller);
    return response ? std::move(*response) : problem(response.error(), request.id);
  };
}

}  // namespace probity::http::routes
