// What routes of resumable uploads share: the answer, and the offset of a chunk.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "copies/uploads.h"
#include "http/request.h"
#include "http/response.h"

namespace probity::http::routes {

nlohmann::json upload_json(const copies::Upload& upload);
Response upload_answer(const Request& request, const Result<copies::Upload>& upload, int status = 200);
// `?offset=`: from which byte on the chunk is. Errors: invalid_argument.
Result<std::uint64_t> upload_offset(const Request& request);
// The uploads that are under way, as a list.
Response uploads_answer(const std::vector<copies::Upload>& receiving);

}  // namespace probity::http::routes
