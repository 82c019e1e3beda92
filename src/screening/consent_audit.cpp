#include "screening/consent_audit.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/encoding.h"

namespace probity::screening {
namespace {

using nlohmann::json;

Hash commitment_hash(const json& text) {
  const auto bytes = from_hex(text.get<std::string>());
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) throw std::runtime_error("no hash");
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

// The one form in which nodes write times.
TimeMs time_of(const json& text) {
  std::tm utc{};
  int milliseconds = 0;
  const int read = std::sscanf(text.get<std::string>().c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &utc.tm_year,
                               &utc.tm_mon, &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &milliseconds);
  if (read != 7) throw std::runtime_error("no time");
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  return static_cast<TimeMs>(::timegm(&utc)) * 1000 + milliseconds;
}

ConsentAudit audit_of(const json& item) {
  const auto id = Id::parse(item.at("id").get<std::string>());
  if (!id) throw std::runtime_error("no id");
  ConsentAudit audit{*id, time_of(item.at("drawn_at")), time_of(item.at("due_at")), {}, std::nullopt};
  for (const json& draw : item.at("draws")) audit.commitments.push_back(commitment_hash(draw.at("commitment")));
  return audit;
}

}  // namespace

std::string quarter_of(TimeMs time_ms) {
  const std::string date = to_rfc3339(time_ms);
  const int month = (date[5] - '0') * 10 + (date[6] - '0');
  return date.substr(0, 4) + "-Q" + std::to_string((month - 1) / 3 + 1);
}

std::string report_body(const std::string& quarter, const std::vector<Hash>& commitments) {
  json list = json::array();
  for (const Hash& commitment : commitments) list.push_back(to_hex(commitment));
  return json{{"quarter", quarter}, {"questions", commitments.size()}, {"commitments", std::move(list)}}.dump();
}

Result<std::vector<ConsentAudit>> parse_audits(std::string_view body) {
  try {
    std::vector<ConsentAudit> audits;
    const json parsed = json::parse(body);
    for (const json& item : parsed.at("items")) audits.push_back(audit_of(item));
    return audits;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the hub's list of audits is not readable");
  }
}

std::string openings_body(const std::vector<ConsentOpening>& openings) {
  json list = json::array();
  for (const ConsentOpening& opening : openings)
    list.push_back({{"commitment", to_hex(opening.commitment)}, {"text", opening.text}});
  return json{{"openings", std::move(list)}}.dump();
}

}  // namespace probity::screening
