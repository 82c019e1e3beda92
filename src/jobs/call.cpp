#include "jobs/call.h"

#include <nlohmann/json.hpp>

namespace probity::jobs {

JobRequest call_request(const Call& call) {
  const std::string person = call.person ? call.person->text() : std::string();
  JobRequest request;
  request.kind = kCallJob;
  request.title = "Tell those whom something waits for";
  request.title_zh = "通知待处理人员";
  request.project = call.project;
  request.subject = call.subject;
  request.payload_json = nlohmann::json{{"what", call.what}, {"person", person}}.dump();
  request.run_after_ms = call.not_before_ms;
  const bool is_attendee = std::string_view(call.what) == kCallAttendee;
  request.once_key = std::string("call:") + call.what + ":" + call.subject.text() + (is_attendee ? ":" + person : "");
  return request;
}

}  // namespace probity::jobs
