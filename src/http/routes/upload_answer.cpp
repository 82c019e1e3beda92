#include "http/routes/upload_answer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"

namespace probity::http::routes {

nlohmann::json upload_json(const copies::Upload& upload) {
  return {{"id", upload.id.text()},
          {"file_name", upload.file_name},
          {"size_bytes", upload.size_bytes},
          {"offset", upload.offset},
          {"chunk_bytes", copies::kUploadChunkBytes},
          {"state", copies::upload_state_name(upload.state)},
          {"job", optional_id_json(upload.job)}};
}

Response upload_answer(const Request& request, const Result<copies::Upload>& upload, int status) {
  return upload ? json_response(status, upload_json(*upload)) : problem(upload.error(), request.id);
}

Result<std::uint64_t> upload_offset(const Request& request) {
  const auto text = request.query_value("offset");
  if (!text || text->empty() || text->size() > 15 ||
      !std::all_of(text->begin(), text->end(), [](char c) { return c >= '0' && c <= '9'; }))
    return fail(ErrorCode::invalid_argument, "`offset` says from which byte on the chunk is");
  std::uint64_t offset = 0;
  for (const char digit : *text) offset = offset * 10 + static_cast<std::uint64_t>(digit - '0');
  return offset;
}

Response uploads_answer(const std::vector<copies::Upload>& receiving) {
  nlohmann::json items = nlohmann::json::array();
  for (const copies::Upload& upload : receiving) items.push_back(upload_json(upload));
  return json_response(200, {{"items", std::move(items)}, {"total", receiving.size()}});
}

}  // namespace probity::http::routes
