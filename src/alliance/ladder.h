// The rungs that a listed person stands on: what happened, what comes next, and by when, as the person's page and the
// ombudsman's desk show it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "alliance/listing.h"

namespace probity::alliance {

struct Rung {
  enum class Kind {
    notice,     // brought to the person; the wait begins
    wait,       // fifteen days in which nobody finds it
    filer,      // has to answer an objection
    ombudsman,  // has to decide
    active,     // found by those who ask
    attest,     // the filer has to confirm it or it ends
    end,        // it ends by itself
  };
  Kind kind = Kind::notice;
  std::optional<TimeMs> from_ms, until_ms;
  bool now = false;   // where the listing stands
  bool done = false;  // behind it
};
std::string_view rung_name(Rung::Kind kind);

// In order; rungs that cannot come any more are left out.
std::vector<Rung> ladder_of(const Listing& listing);
nlohmann::json ladder_to_json(const std::vector<Rung>& rungs);
// Whether the person may object now.
bool may_appeal(const Listing& listing);

}  // namespace probity::alliance
