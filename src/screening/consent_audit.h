// The auditor's sample of consents: the hub draws one percent of a quarter's commitments, and the member shows what
// stands behind them.
//
//   member → hub     POST /alliance/v1/consents   {"quarter":"2027-Q1","questions":n,"commitments":["<64 hex>", …]}
//   hub → member     GET /alliance/v1/audits      {"items":[{"id","drawn_at","due_at","draws":[{"commitment"}, …]}]}
//   member → hub     POST /alliance/v1/audits/{id}/open   {"openings":[{"commitment":"<64 hex>","text":"…"}]}
//
// SHA-256 of the text is the commitment; the text holds a nonce, so that nobody can guess what was committed to. The
// auditor then asks for the paper behind the requisition that the text names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::screening {

struct ConsentAudit {
  Id id;  // the hub's
  TimeMs drawn_ms = 0;
  TimeMs due_ms = 0;
  std::vector<Hash> commitments;
  std::optional<TimeMs> opened_ms;
  bool operator==(const ConsentAudit&) const = default;
};

struct ConsentOpening {
  Hash commitment{};
  std::string text;
};

// "2027-Q1", by UTC.
std::string quarter_of(TimeMs time_ms);

// Bodies of the calls above. Errors of parse_audits: corrupt.
std::string report_body(const std::string& quarter, const std::vector<Hash>& commitments);
Result<std::vector<ConsentAudit>> parse_audits(std::string_view body);
std::string openings_body(const std::vector<ConsentOpening>& openings);

}  // namespace probity::screening
