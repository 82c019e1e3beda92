#include "http/routes/recipient.h"

#include <nlohmann/json.hpp>

#include "commitments/json.h"
#include "commitments/recipient_json.h"
#include "http/routes/json_fields.h"
#include "http/routes/same_origin.h"

namespace probity::http::routes {
namespace {

using commitments::RecipientService;
using nlohmann::json;

constexpr TextLimits kLine{1, 200}, kText{1, 4000, true}, kShortName{1, 40};

template <class Value, class Shape>
Response answer(const Request& request, int status, const Result<Value>& value, Shape shape) {
  if (!value) return problem(value.error(), request.id);
  return json_response(status, shape(*value));
}

Response view_answer(const Request& request, const Result<commitments::RecipientView>& view) {
  return answer(request, 200, view, commitments::view_to_json);
}

Response pdf_response(Bytes pdf) {
  Response response;
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline; filename=\"commitment.pdf\"");
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(pdf));
  return response;
}

Response open_link(const RecipientParts& parts, const Request& request) {
  if (const auto same = check_same_origin(request); !same) return problem(same.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string token = fields->text("token");
  const bool resend = fields->optional_boolean("resend").value_or(false);
  if (!fields->done()) return fields->problem(request.id);
  return answer(request, 200, parts.service.open_link(token, resend), commitments::link_state_to_json);
}

Result<json> home_of(const RecipientParts& parts, const RecipientCall& call, const std::string& token) {
  TRY_ASSIGN(const auto home, parts.service.home(call));
  TRY_ASSIGN(const std::uint64_t copies, parts.count_copies(call.party));
  return commitments::home_to_json(home, commitments::csrf_token(token), copies);
}

Response open_session(const RecipientParts& parts, const Request& request) {
  if (const auto same = check_same_origin(request); !same) return problem(same.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string token = fields->text("token");
  const std::string code = fields->text("code", {1, 12});
  if (!fields->done()) return fields->problem(request.id);
  const std::string agent(request.header("user-agent").value_or(""));
  const auto opened = parts.service.open_session(token, code, request.remote_address, agent);
  if (!opened) return problem(opened.error(), request.id);
  Response response =
      answer(request, 201, home_of(parts, opened->visitor, opened->token), [](const json& home) { return home; });
  if (response.status == 201) response.add("Set-Cookie", recipient_cookie(opened->token));
  return response;
}

Response close_session(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  const auto closed = parts.service.close_session(call);
  if (!closed) return problem(closed.error(), request.id);
  Response response = Response::no_content();
  response.add("Set-Cookie", ended_recipient_cookie());
  return response;
}

Response answer_questions(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  const auto id = param_id(request, "commitment");
  if (!id) return problem(id.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  std::vector<commitments::Answer> answers;
  for (JsonFields& one : fields->objects("answers", 10))
    answers.push_back({one.text("question", kShortName), one.text("choice", kShortName)});
  if (!fields->done()) return fields->problem(request.id);
  return answer(request, 200, parts.service.answer(call, *id, answers), commitments::answers_to_json);
}

Response sign(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  const auto id = param_id(request, "commitment");
  if (!id) return problem(id.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::SignRequest sign;
  sign.name = fields->text("name", kLine);
  sign.ticks = fields->texts("ticks", 80, kShortName);
  sign.text_hash = fields->text("text_hash", {1, 64});
  sign.consent = fields->boolean("consent");
  sign.job_title = fields->optional_text("job_title").value_or("");
  if (!fields->done()) return fields->problem(request.id);
  return view_answer(request, parts.service.sign(call, *id, sign));
}

Response decline(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  const auto id = param_id(request, "commitment");
  if (!id) return problem(id.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string reason = fields->text("reason", {1, 2000, true});
  if (!fields->done()) return fields->problem(request.id);
  return view_answer(request, parts.service.decline(call, *id, reason));
}

Response invite_colleague(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const Id commitment = fields->id("commitment");
  commitments::NewColleague colleague;
  colleague.name = fields->text("name", kLine);
  colleague.email = fields->text("email", {3, 254});
  colleague.job_title = fields->optional_text("job_title").value_or("");
  const std::size_t at = colleague.email.find('@');
  if (at == 0 || at == std::string::npos || at + 1 == colleague.email.size())
    fields->complain("email", "must be a mail address");
  if (!fields->done()) return fields->problem(request.id);
  return answer(request, 201, parts.service.invite_colleague(call, commitment, colleague), [](const std::string& name) {
    return json{{"name", name}, {"sent", true}};
  });
}

Response report_slip(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::SlipReport report;
  report.commitment = fields->id("commitment");
  report.what = fields->text("what", kText);
  report.where = fields->text("where", kText);
  report.happened_ms = fields->time("happened_at");
  report.taken_down_ms = fields->optional_time("taken_down_at");
  if (!fields->done()) return fields->problem(request.id);
  return answer(request, 201, parts.service.report_slip(call, report), commitments::slip_to_json);
}

Response update_slip(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  const auto id = param_id(request, "slip");
  if (!id) return problem(id.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  commitments::SlipUpdate update;
  update.taken_down_ms = fields->optional_time("taken_down_at");
  update.note = fields->optional_text("note", {0, 4000, true}).value_or("");
  if (!fields->done()) return fields->problem(request.id);
  return answer(request, 200, parts.service.update_slip(call, *id, update), commitments::slip_to_json);
}

Response calendar(const RecipientParts& parts, const Request& request, const RecipientCall& call) {
  const auto text = parts.service.calendar(call);
  if (!text) return problem(text.error(), request.id);
  Response response = Response::text(200, *text);
  response.set("Content-Type", "text/calendar; charset=utf-8");
  response.set("Content-Disposition", "attachment; filename=\"embargo.ics\"");
  return response;
}

using PartsHandler = Response (*)(const RecipientParts&, const Request&, const RecipientCall&);

// For verbs of one commitment that take nothing else.
using CommitmentVerb = Result<commitments::RecipientView> (RecipientService::*)(const RecipientCall&, const Id&);
RecipientHandler verb_handler(const RecipientParts& parts, CommitmentVerb verb) {
  return [parts, verb](const Request& request, const RecipientCall& call) {
    const auto id = param_id(request, "commitment");
    if (!id) return problem(id.error(), request.id);
    return view_answer(request, (parts.service.*verb)(call, *id));
  };
}

}  // namespace

void add_recipient_routes(Router& router, RecipientGuard& guard, const RecipientParts& parts) {
  const auto path = [](const char* rest) { return std::string("/api/v1/recipient") + rest; };
  const auto add = [&](Method method, const char* rest, PartsHandler handler) {
    router.add(method, path(rest), guard.recipient([parts, handler](const Request& request, const RecipientCall& call) {
      return handler(parts, request, call);
    }));
  };
  router.add(Method::post, path("/link"), [parts](const Request& request) { return open_link(parts, request); });
  router.add(Method::post, path("/session"), [parts](const Request& request) { return open_session(parts, request); });
  add(Method::del, "/session", close_session);
  add(Method::get, "/home", [](const RecipientParts& all, const Request& request, const RecipientCall& call) {
    const std::string token(request.cookie(kRecipientCookie).value_or(""));
    return answer(request, 200, home_of(all, call, token), [](const json& home) { return home; });
  });
  router.add(Method::get, path("/commitments/{commitment}"),
             guard.recipient(verb_handler(parts, &RecipientService::look)));
  router.add(Method::post, path("/commitments/{commitment}/read"),
             guard.recipient(verb_handler(parts, &RecipientService::mark_read)));
  add(Method::post, "/commitments/{commitment}/answers", answer_questions);
  add(Method::post, "/commitments/{commitment}/sign", sign);
  add(Method::post, "/commitments/{commitment}/decline", decline);
  add(Method::get, "/commitments/{commitment}/document",
      [](const RecipientParts& all, const Request& request, const RecipientCall& call) {
        const auto id = param_id(request, "commitment");
        if (!id) return problem(id.error(), request.id);
        auto pdf = all.documents.document_for(call.party, *id);
        if (!pdf) return problem(pdf.error(), request.id);
        return pdf_response(std::move(*pdf));
      });
  add(Method::get, "/embargo.ics", calendar);
  add(Method::post, "/colleagues", invite_colleague);
  add(Method::post, "/slips", report_slip);
  add(Method::patch, "/slips/{slip}", update_slip);
}

}  // namespace probity::http::routes
