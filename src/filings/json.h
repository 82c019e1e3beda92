// Filings as the API shows them: without the identifier, which nobody reads back.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <set>

#include "filings/rules.h"

namespace probity::filings {

// A row of a list.
nlohmann::json filing_to_json(const Filing& filing, TimeMs now_ms);
// Who reads it: decides what they may do next.
struct Reader {
  Id account;
  bool writes = false;
  bool approves = false;
};
nlohmann::json filing_detail_to_json(const Filing& filing, const Reader& reader, TimeMs now_ms);
// The closed catalogue, what is never a ground and why, and what counts as proof.
nlohmann::json catalogue_to_json();
// A listing's life with its ladder, as filer and ombudsman see it.
nlohmann::json life_to_json(const alliance::Listing& listing);

}  // namespace probity::filings
