#include "http/routes/hub_bulletins.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "bulletins/exports.h"
#include "bulletins/json.h"
#include "bulletins/rules.h"
#include "http/routes/bulletins_fields.h"
#include "http/routes/hub_training.h"

namespace probity::http::routes {
namespace {

using bulletins::Board;
using bulletins::Reader;
using nlohmann::json;

constexpr std::uint64_t kMostPictureBytes = 8 << 20;

template <class Items>
json items_json(const Items& items, std::uint64_t total) {
  json out = json::array();
  for (const auto& item : items) out.push_back(bulletins::to_json(item));
  return {{"items", std::move(out)}, {"total", total}};
}

// `work(const Request&, const Reader&)` returns a Result<Response>.
template <class Work>
BoardHandler board_answer(Work work) {
  return [work = std::move(work)](const Request& request, const Reader& reader) {
    Result<Response> response = work(request, reader);
    return response ? std::move(*response) : problem(response.error(), request.id);
  };
}

template <class Value>
std::optional<Value> optional_word(JsonFields& fields, const char* name,
                                   std::optional<Value> (*parse)(std::string_view)) {
  const auto word = fields.optional_text(name, {0, 40});
  if (!word || word->empty()) return std::nullopt;
  const auto value = parse(*word);
  if (!value) fields.complain(name, "is none of the words it can be");
  return value;
}

Result<Response> list(Board& board, const Request& request, const Reader& reader) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  bulletins::BulletinFilter filter;
  filter.page.search = fields.optional_text("search").value_or("");
  filter.page.sort = fields.optional_text("sort", {0, 40}).value_or("");
  filter.page.descending = fields.optional_boolean("descending").value_or(false);
  filter.page.offset = static_cast<std::uint32_t>(fields.optional_integer("offset", 0, 1'000'000).value_or(0));
  filter.page.limit = static_cast<std::uint32_t>(fields.optional_integer("limit", 1, 500).value_or(50));
  filter.kind = optional_word<bulletins::Kind>(fields, "kind", bulletins::parse_kind);
  filter.tlp = optional_word<bulletins::Tlp>(fields, "tlp", bulletins::parse_tlp);
  filter.state = optional_word<bulletins::State>(fields, "state", bulletins::parse_state);
  filter.brand = bulletins::folded(fields.optional_text("brand").value_or(""));
  filter.unread = fields.optional_boolean("unread").value_or(false);
  filter.own = fields.optional_boolean("own").value_or(false);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto listed, board.list(reader, std::move(filter)));
  json out = items_json(listed.items, listed.total);
  out["unread"] = listed.unread;
  return json_response(200, out);
}

Result<Response> publish(Board& board, const Request& request, const Reader& reader) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bulletins::Proposal proposal = proposal_of(fields, true);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto view, board.publish(reader, proposal));
  return json_response(201, bulletins::to_json(view));
}

Result<Response> put_picture(Board& board, const Request& request, const Reader& reader) {
  TRY_ASSIGN(const auto picture, board.put_picture(reader, as_bytes(request.body)));
  return json_response(201, bulletins::pictures_to_json({picture}).front());
}

Result<Response> get_picture(Board& board, const Request& request, const Reader& reader) {
  TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
  const auto bytes = from_hex(request.param("picture"));
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return fail(ErrorCode::not_found, "there is no such picture");
  std::ranges::copy(*bytes, hash.begin());
  TRY_ASSIGN(const Bytes jpeg, board.picture(reader, id, hash));
  Response response;
  response.set("Content-Type", "image/jpeg");
  response.body = std::string(as_text(jpeg));
  return response;
}

Result<Response> members(Board& board) {
  TRY_ASSIGN(const auto names, board.members());
  json items = json::array();
  for (const auto& member : names)
    items.push_back({{"id", member.id.text()}, {"name", member.name}, {"suspended", member.suspended}});
  const std::size_t total = items.size();
  return json_response(200, {{"items", std::move(items)}, {"total", total}});
}

Result<Response> run_verb(Board& board, const Request& request, const Reader& reader) {
  const std::string& verb = request.param("verb");
  TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
  if (verb == "read") {
    TRY(board.read(reader, id));
    return Response::no_content();
  }
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  if (verb == "sightings") {
    const SightingFields sighting = sighting_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const auto view, board.sight(reader, id, sighting.verdict, sighting.count, sighting.note));
    return json_response(201, bulletins::to_json(view));
  }
  if (verb == "replies") {
    const ReplyFields reply = reply_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const auto view, board.reply(reader, id, reply.text, reply.to));
    return json_response(201, bulletins::to_json(view));
  }
  if (verb == "correct") {
    const CorrectionFields correction = correction_of(fields, true);
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const auto view,
               board.correct(reader, id, correction.content, correction.expires_ms, correction.reason));
    return json_response(200, bulletins::to_json(view));
  }
  if (verb == "withdraw") {
    const auto reason = withdrawal_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const auto row, board.withdraw(reader, id, reason));
    return json_response(200, bulletins::to_json(row));
  }
  if (verb == "joint-case") {
    const std::string contact = contact_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    TRY_ASSIGN(const auto joint, board.open_joint_case(reader, id, contact));
    return json_response(201, bulletins::to_json(joint));
  }
  return fail(ErrorCode::not_found, "there is no such verb");
}

Result<Response> joint_verb(Board& board, const Request& request, const Reader& reader) {
  const std::string& verb = request.param("verb");
  TRY_ASSIGN(const Id id, param_id(request, "case"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  std::optional<Result<bulletins::JointView>> joint;
  if (verb == "join") {
    const std::string contact = contact_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    joint = board.join(reader, id, contact);
  } else if (verb == "leave") {
    if (!fields.done()) return fields.problem(request.id);
    joint = board.leave(reader, id);
  } else if (verb == "notes") {
    const ReplyFields note = reply_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    joint = board.note(reader, id, note.text);
  } else if (verb == "close") {
    const OutcomeFields outcome = joint_outcome_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    joint = board.close(reader, id, outcome.outcome, outcome.note);
  }
  if (!joint) return fail(ErrorCode::not_found, "there is no such verb");
  TRY(*joint);
  return json_response(verb == "notes" ? 201 : 200, bulletins::to_json(**joint));
}

void add_reading(Router& router, Board& board, const BoardDoor& door) {
  const auto add = [&](Method method, const char* path, auto work) {
    router.add(method, std::string("/alliance/v1") + path,
               door(board_answer([&board, work](const Request& request, const Reader& reader) {
                 return work(board, request, reader);
               })));
  };
  add(Method::post, "/bulletins/list", list);
  add(Method::get, "/bulletins/members", [](Board& of, const Request&, const Reader&) { return members(of); });
  add(Method::get, "/bulletins/{bulletin}",
      [](Board& of, const Request& request, const Reader& reader) -> Result<Response> {
        TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
        TRY_ASSIGN(const auto view, of.find(reader, id));
        return json_response(200, bulletins::to_json(view));
      });
  add(Method::get, "/bulletins/{bulletin}/related",
      [](Board& of, const Request& request, const Reader& reader) -> Result<Response> {
        TRY_ASSIGN(const Id id, param_id(request, "bulletin"));
        TRY_ASSIGN(const auto related, of.related(reader, id));
        return json_response(200, items_json(related, related.size()));
      });
  add(Method::get, "/bulletins/{bulletin}/pictures/{picture}", get_picture);
  add(Method::get, "/joint-cases", [](Board& of, const Request&, const Reader& reader) -> Result<Response> {
    TRY_ASSIGN(const auto joints, of.joint_cases(reader));
    return json_response(200, items_json(joints, joints.size()));
  });
  add(Method::get, "/joint-cases/{case}",
      [](Board& of, const Request& request, const Reader& reader) -> Result<Response> {
        TRY_ASSIGN(const Id id, param_id(request, "case"));
        TRY_ASSIGN(const auto joint, of.joint_case(reader, id));
        return json_response(200, bulletins::to_json(joint));
      });
}

void add_exports(Router& router, const BoardServices& services, const BoardDoor& door) {
  const bulletins::ExportFacts facts{services.hub_name, services.hub_id};
  const auto add = [&](const char* path, const char* media_type, auto made) {
    router.add(Method::get, std::string("/alliance/v1") + path,
               door(board_answer([&board = services.board, facts, media_type, made](
                                     const Request&, const Reader& reader) -> Result<Response> {
                 TRY_ASSIGN(const auto views, board.for_export(reader));
                 Response response = json_response(200, made(views, facts));
                 response.set("Content-Type", media_type);
                 return response;
               })));
  };
  add("/bulletins/feed", "application/feed+json", bulletins::feed_of);
  add("/bulletins/stix", "application/stix+json;version=2.1", bulletins::stix_of);
}

void add_writing(Router& router, Board& board, const BoardDoor& door) {
  const auto add = [&](const char* path, auto work, RouteOptions options = {}) {
    router.add(Method::post, std::string("/alliance/v1") + path,
               door(board_answer([&board, work](const Request& request, const Reader& reader) {
                 return work(board, request, reader);
               })),
               options);
  };
  add("/bulletins", publish);
  add("/bulletins/pictures", put_picture, {kMostPictureBytes});
  add("/bulletins/{bulletin}/{verb}", run_verb);
  add("/joint-cases/{case}/{verb}", joint_verb);
}

// Answers calls of this process, as the operator; the account stands where signed calls have it.
class OwnCaller final : public bulletins::HubCaller {
 public:
  explicit OwnCaller(const BoardServices& services) {
    add_hub_bulletin_routes(router_, services, [](BoardHandler handler) -> Handler {
      return [handler = std::move(handler)](const Request& request) {
        const auto account = Id::parse(request.header("probity-account").value_or(""));
        return handler(request, Reader{{}, account ? *account : Id{}, true});
      };
    });
  }

  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account) override {
    Request request;
    request.method = parse_method(method).value_or(Method::get);
    request.path = path;
    request.headers = {{"content-type", "application/json"}, {"probity-account", account.text()}};
    request.body = body;
    const Response response = router_.handle(std::move(request));
    const std::string* text = std::get_if<std::string>(&response.body);
    if (response.status < 400) return text != nullptr ? *text : std::string();
    return tl::unexpected<Error>(error_of(text != nullptr ? *text : std::string()));
  }

 private:
  static Error error_of(const std::string& body) {
    const json problem = json::parse(body, nullptr, false);
    const auto text = [&](const char* name) {
      return problem.is_object() ? problem.value(name, std::string()) : std::string();
    };
    for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i)
      if (catalogue_entry(ErrorCode(i)).name == text("code")) return {ErrorCode(i), text("detail"), text("hint")};
    return {ErrorCode::internal, "the board gave an answer that is none", ""};
  }

  Router router_;
};

}  // namespace

void add_hub_bulletin_routes(Router& router, const BoardServices& services, const BoardDoor& door) {
  add_reading(router, services.board, door);
  add_exports(router, services, door);
  add_writing(router, services.board, door);
  add_hub_training_routes(router, services.trainings, door);
}

std::unique_ptr<bulletins::HubCaller> own_board_caller(const BoardServices& services) {
  return std::make_unique<OwnCaller>(services);
}

}  // namespace probity::http::routes
