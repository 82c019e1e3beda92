#include "screening/company_query.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/encoding.h"
#include "screening/company_json.h"
#include "tlog/merkle_proof.h"

namespace probity::screening {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "probity company receipt v1";
constexpr std::size_t kMostBytes = 4 << 20;

tl::unexpected<Error> unreadable_question() {
  return fail(ErrorCode::corrupt, "a question about a company is not readable");
}
tl::unexpected<Error> no_receipt() { return fail(ErrorCode::corrupt, "this is no receipt of a company's screening"); }

template <std::size_t size>
std::array<std::uint8_t, size> bytes_in(const json& text) {
  const auto bytes = from_hex(text.get<std::string>());
  std::array<std::uint8_t, size> out{};
  if (!bytes || bytes->size() != size) throw std::runtime_error("no hex of that length");
  std::ranges::copy(*bytes, out.begin());
  return out;
}

json head_record(const alliance::SignedEnterpriseHead& head) {
  return {{"head", to_hex(head.head.encode())}, {"signature", to_hex(head.signature)}};
}
Result<alliance::SignedEnterpriseHead> head_of(const json& in) {
  alliance::SignedEnterpriseHead out;
  TRY_ASSIGN(const Bytes bytes, from_hex(in.at("head").get<std::string>()));
  TRY_ASSIGN(out.head, alliance::EnterpriseListHead::parse(bytes));
  out.signature = bytes_in<oprf::kSignatureBytes>(in.at("signature"));
  return out;
}

json match_record(const CompanyMatch& match, const std::optional<Id>& hit) {
  json evidence = json::array();
  for (const CompanyEvidence& item : match.evidence)
    evidence.push_back({{"feature", item.feature}, {"finding", item.finding}, {"weight", item.weight}});
  return {{"level", level_name(match.level)},
          {"by", match.by},
          {"name", match.name},
          {"former", match.former},
          {"score", match.score},
          {"evidence", std::move(evidence)},
          {"entry", match.listed->line},
          {"hit", hit ? json(hit->text()) : json(nullptr)}};
}

Result<void> read_match(const json& in, CompanyQuery& query) {
  CompanyMatch match;
  const auto level = parse_level(in.at("level").get<std::string>());
  if (!level) return unreadable_question();
  match.level = *level;
  match.by = in.at("by").get<std::string>();
  match.name = in.at("name").get<std::string>();
  match.former = in.at("former").get<bool>();
  match.score = in.at("score").get<double>();
  for (const json& item : in.at("evidence"))
    match.evidence.push_back({item.at("feature").get<std::string>(), item.at("finding").get<std::string>(),
                              item.at("weight").get<double>()});
  TRY_ASSIGN(match.listed, alliance::listed_enterprise(in.at("entry").get<std::string>()));
  query.answer.matches.push_back(std::move(match));
  std::optional<Id> hit;
  if (!in.at("hit").is_null()) {
    TRY_ASSIGN(hit, Id::parse(in.at("hit").get<std::string>()));
  }
  query.hits.push_back(hit);
  return {};
}

Result<CompanyQuery> read_query(const json& in) {
  CompanyQuery query;
  TRY_ASSIGN(query.id, Id::parse(in.at("id").get<std::string>()));
  query.number = in.at("number").get<std::string>();
  query.subject = subject_of_record(in.at("subject"));
  const auto purpose = parse_purpose(in.at("purpose").get<std::string>());
  const auto outcome = parse_level(in.at("outcome").get<std::string>());
  if (!purpose || !outcome) return unreadable_question();
  query.purpose = *purpose;
  query.answer.outcome = *outcome;
  query.requisition = in.at("requisition").get<std::string>();
  TRY_ASSIGN(query.asked_by, actor_of_record(in.at("asked_by")));
  query.asked_ms = in.at("asked_ms").get<TimeMs>();
  for (const json& item : in.at("matches")) TRY(read_match(item, query));
  TRY_ASSIGN(query.head, head_of(in.at("list")));
  query.receipt = in.at("receipt").get<std::string>();
  query.receipt_sha256 = in.at("receipt_sha256").get<std::string>();
  return query;
}

}  // namespace

std::string company_query_record(const CompanyQuery& query) {
  json matches = json::array();
  for (std::size_t i = 0; i < query.answer.matches.size(); ++i)
    matches.push_back(match_record(query.answer.matches[i], i < query.hits.size() ? query.hits[i] : std::nullopt));
  return json{{"id", query.id.text()},
              {"number", query.number},
              {"subject", subject_record(query.subject)},
              {"purpose", purpose_name(query.purpose)},
              {"requisition", query.requisition},
              {"asked_by", actor_record(query.asked_by)},
              {"asked_ms", query.asked_ms},
              {"outcome", level_name(query.answer.outcome)},
              {"matches", std::move(matches)},
              {"list", head_record(query.head)},
              {"receipt", query.receipt},
              {"receipt_sha256", query.receipt_sha256}}
      .dump();
}

Result<CompanyQuery> parse_company_query_record(std::string_view text) {
  try {
    return read_query(json::parse(text));
  } catch (const std::exception&) {
    return unreadable_question();
  }
}

std::string make_company_receipt(const CompanyReceiptFacts& facts, const CompanyQuery& query,
                                 const alliance::EnterpriseList& list) {
  json matches = json::array();
  for (const CompanyMatch& match : query.answer.matches) {
    const auto place = list.prove(match.listed->entry.listing);
    if (!place) continue;
    json path = json::array();
    for (const Hash& hash : place->path) path.push_back(to_hex(hash));
    matches.push_back({{"level", level_name(match.level)},
                       {"by", match.by},
                       {"entry", match.listed->line},
                       {"index", place->index},
                       {"path", std::move(path)}});
  }
  json head = head_record(query.head);
  head["version"] = query.head.head.version;
  head["count"] = query.head.head.count;
  head["root"] = to_hex(query.head.head.root);
  head["made"] = to_rfc3339(query.head.head.time_ms);
  return json{
      {"format", kFormat},       {"member", facts.member.text()},       {"hub", to_hex(facts.hub)},
      {"query", query.number},   {"asked", to_rfc3339(query.asked_ms)}, {"subject", subject_record(query.subject)},
      {"list", std::move(head)}, {"matches", std::move(matches)}}
      .dump(1);
}

Result<CheckedCompanyReceipt> check_company_receipt(std::string_view text) {
  if (text.size() > kMostBytes) return no_receipt();
  try {
    const json in = json::parse(text);
    if (in.at("format") != kFormat) return no_receipt();
    CheckedCompanyReceipt checked;
    TRY_ASSIGN(checked.facts.member, Id::parse(in.at("member").get<std::string>()));
    checked.facts.hub = bytes_in<32>(in.at("hub"));
    checked.number = in.at("query").get<std::string>();
    TRY_ASSIGN(checked.head, head_of(in.at("list")));
    const alliance::EnterpriseListHead& head = checked.head.head;
    const bool says_the_same = in.at("list").at("version") == head.version &&
                               in.at("list").at("root") == to_hex(head.root) && in.at("list").at("count") == head.count;
    if (!says_the_same || !alliance::verify(checked.head, checked.facts.hub))
      return fail(ErrorCode::forbidden, "the hub did not sign this list");
    for (const json& item : in.at("matches")) {
      TRY_ASSIGN(const auto listed, alliance::listed_enterprise(item.at("entry").get<std::string>()));
      tlog::HashPath path;
      for (const json& hash : item.at("path")) path.push_back(bytes_in<32>(hash));
      const auto index = item.at("index").get<std::uint64_t>();
      if (!tlog::verify_inclusion(path, index, listed->leaf, {head.count, head.root}))
        return fail(ErrorCode::forbidden, "an entry did not stand in that list");
      checked.entries.push_back(listed->entry);
    }
    return checked;
  } catch (const std::exception&) {
    return no_receipt();
  }
}

}  // namespace probity::screening
