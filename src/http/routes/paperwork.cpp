#include "http/routes/paperwork.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "alliance/ladder.h"
#include "base/encoding.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {
namespace {

using alliance::FiledPaper;
using alliance::Listing;
using alliance::Paperwork;
using alliance::Party;
using nlohmann::json;

constexpr std::uint64_t kMostPaperBody = alliance::kMostSealedPaperBytes / 3 * 4 + 4096;
constexpr std::uint64_t kMostReplyBody =
    (alliance::kMostReplyPapers * alliance::kMostReplyPaperBytes) / 3 * 4 + (64 << 10);

using Work = std::function<Result<Response>(const Request&, const Party&)>;

Handler signed_only(alliance::CallGate& gate, Work work) {
  return [&gate, work = std::move(work)](const Request& request) {
    const auto party = gate.admit(method_name(request.method), request.path, request.body,
                                  [&](std::string_view name) { return request.header(name); });
    if (!party) return problem(party.error(), request.id);
    auto answer = work(request, *party);
    Response response = answer ? std::move(*answer) : problem(answer.error(), request.id);
    response.set("Cache-Control", "no-store");
    return response;
  };
}

json paper_json(const FiledPaper& paper) {
  return {{"id", paper.id.text()},
          {"listing", paper.listing.text()},
          {"from", alliance::role_name(paper.from.role)},
          {"member", paper.from.member.text()},
          {"reader", paper.reader.text()},
          {"kind", alliance::paper_kind_name(paper.kind)},
          {"commitment", to_hex(paper.commitment)},
          {"sealed_bytes", paper.sealed_bytes},
          {"filed_at", time_text(paper.filed_ms)}};
}

Result<Response> papers_answer(const Result<std::vector<FiledPaper>>& papers) {
  TRY(papers);
  json items = json::array();
  for (const FiledPaper& paper : *papers) items.push_back(paper_json(paper));
  return json_response(200, {{"items", std::move(items)}});
}

std::optional<Hash> hash_of(const std::string& hex) {
  const auto bytes = from_hex(hex);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

// Read without the usual fields: text of 11 MB is no field of a form.
Result<alliance::NewPaper> read_paper(const Request& request) {
  const json body = json::parse(request.body, nullptr, false);
  const auto word = [&](const char* name) {
    return body.is_object() && body.contains(name) && body[name].is_string() ? body[name].get<std::string>()
                                                                             : std::string();
  };
  alliance::NewPaper paper;
  const auto listing = Id::parse(word("listing"));
  const auto kind = alliance::parse_paper_kind(word("kind"));
  const auto commitment = hash_of(word("commitment"));
  auto sealed = from_base64(word("sealed"));
  if (!listing || !kind || !commitment || !sealed || *kind == alliance::Paper::Kind::reply)
    return fail(ErrorCode::invalid_argument, "listing, kind, commitment and sealed are needed");
  return alliance::NewPaper{*listing, *kind, *commitment, std::move(*sealed)};
}

Result<Response> put(Paperwork& paperwork, const Request& request, const Party& by) {
  TRY_ASSIGN(const alliance::NewPaper paper, read_paper(request));
  TRY_ASSIGN(const FiledPaper filed, paperwork.put(by, paper));
  return json_response(201, paper_json(filed));
}

Result<Response> sealed(Paperwork& paperwork, const Request& request, const Party& by) {
  TRY_ASSIGN(const Id id, param_id(request, "paper"));
  TRY_ASSIGN(const Bytes bytes, paperwork.sealed(by, id));
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.body = std::string(as_text(bytes));
  return response;
}

Response member_answer(const alliance::RollEntry& member) {
  return json_response(
      200, {{"member", member.member.text()}, {"name", member.name}, {"identity", to_hex(member.identity)}});
}

Result<Response> ombudsman(Paperwork& paperwork, const Request&, const Party&) {
  TRY_ASSIGN(const alliance::RollEntry member, paperwork.ombudsman());
  return member_answer(member);
}

Result<Response> filer(Paperwork& paperwork, const Request& request, const Party& by) {
  TRY_ASSIGN(const Id id, param_id(request, "listing"));
  TRY_ASSIGN(const alliance::RollEntry member, paperwork.filer_of(by, id));
  return member_answer(member);
}

json listings_json(const std::vector<Listing>& listings) {
  json items = json::array();
  for (const Listing& listing : listings) {
    items.push_back(alliance::listing_to_json(listing));
    items.back()["ladder"] = alliance::ladder_to_json(alliance::ladder_of(listing));
  }
  return items;
}

Result<Response> desk(Paperwork& paperwork, const Request&, const Party& by) {
  TRY_ASSIGN(const auto listings, paperwork.desk(by));
  return json_response(200, {{"items", listings_json(listings)}});
}

Result<Response> place(Paperwork& paperwork, const Request& request, const Party& by) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto epoch = static_cast<oprf::Epoch>(fields.integer("epoch", 0, 65'535));
  const auto bits = static_cast<int>(fields.integer("bits", 1, oprf::kMostPrefixBits));
  const auto prefix = static_cast<oprf::Prefix>(fields.integer("prefix", 0, (1LL << oprf::kMostPrefixBits) - 1));
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const alliance::PlaceView view, paperwork.place(by, epoch, bits, prefix));
  json items = listings_json(view.listings), lookers = json::array();
  for (std::size_t i = 0; i < view.listings.size(); ++i) items[i]["label"] = to_hex(view.listings[i].label);
  for (const auto& looker : view.lookers)
    lookers.push_back({{"member", looker.member}, {"last", time_text(looker.last_ms)}, {"times", looker.times}});
  return json_response(200, {{"items", std::move(items)}, {"lookers", std::move(lookers)}});
}

// The documents that a person adds: names and bytes, as base64.
Result<std::vector<alliance::Paper>> read_documents(const Request& request) {
  std::vector<alliance::Paper> documents;
  const json body = json::parse(request.body, nullptr, false);
  if (!body.is_object() || !body.contains("documents")) return documents;
  const json& list = body["documents"];
  const auto refuse = [](const char* what) { return fail(ErrorCode::invalid_argument, what); };
  if (!list.is_array() || list.size() > alliance::kMostReplyPapers) return refuse("up to five documents at once");
  for (const json& one : list) {
    const bool fits = one.is_object() && one.value("name", json()).is_string() && one.value("data", json()).is_string();
    if (!fits) return refuse("a document needs a name and its data");
    auto bytes = from_base64(one["data"].get<std::string>());
    const auto name = one["name"].get<std::string>();
    if (!bytes || bytes->empty() || bytes->size() > alliance::kMostReplyPaperBytes || name.empty() || name.size() > 300)
      return refuse("a document has a name, and up to 4 MB of data");
    alliance::Paper paper;
    paper.title = name;
    paper.media_type = "application/octet-stream";
    paper.bytes = std::move(*bytes);
    documents.push_back(std::move(paper));
  }
  return documents;
}

Result<Response> reply(Paperwork& paperwork, const Request& request) {
  TRY_ASSIGN(const auto documents, read_documents(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string token = fields.text("token", {1, 64});
  const std::string code = fields.text("code", {1, 16});
  const std::string text = fields.text("text", {1, alliance::kMostReplyCharacters, true});
  fields.raw("documents");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const Listing listing, paperwork.reply(token, code, text, documents));
  TRY_ASSIGN(const std::size_t said, paperwork.replies_of(listing.id));
  Response response = json_response(201, {{"received", documents.size() + 1}, {"said", said}});
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_paperwork_routes(Router& router, alliance::Paperwork& paperwork, alliance::CallGate& gate) {
  const auto add = [&](Method method, const char* path, auto work, RouteOptions options = {}) {
    router.add(method, std::string("/alliance/v1/") + path,
               signed_only(gate, [&paperwork, work](const Request& request,
                                                    const Party& by) { return work(paperwork, request, by); }),
               options);
  };
  add(Method::get, "ombudsman", ombudsman);
  add(Method::get, "ombudsman/desk", desk);
  add(Method::get, "ombudsman/filers/{listing}", filer);
  add(Method::post, "ombudsman/place", place);
  add(Method::post, "papers", put, {.most_body_bytes = kMostPaperBody});
  add(Method::get, "papers",
      [](Paperwork& of, const Request&, const Party& by) { return papers_answer(of.arrived(by)); });
  add(Method::get, "papers/{paper}", sealed);
  add(Method::get, "papers/of/{listing}",
      [](Paperwork& of, const Request& request, const Party& by) -> Result<Response> {
        TRY_ASSIGN(const Id id, param_id(request, "listing"));
        return papers_answer(of.of(by, id));
      });
  router.add(Method::post, "/alliance/v1/person/reply",
             [&paperwork](const Request& request) {
               auto answer = reply(paperwork, request);
               return answer ? std::move(*answer) : problem(answer.error(), request.id);
             },
             {.most_body_bytes = kMostReplyBody});
}

}  // namespace probity::http::routes
