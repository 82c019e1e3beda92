// Bulletins for other programs: JSON Feed 1.1 and STIX 2.1. Whoever calls chooses what the reader may see (Board::
// for_export); a RED one is left out here once more.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "bulletins/view.h"

namespace probity::bulletins {

struct ExportFacts {
  std::string hub_name;
  Id hub_id;  // ids of the objects are derived from it
};

// https://jsonfeed.org/version/1.1. Label, number and end stand under "_probity".
nlohmann::json feed_of(const std::vector<View>& views, const ExportFacts& facts);

// A bundle of identities (the hub, authors that are not withheld), TLP 2.0 marking definitions as OASIS published them,
// a report for each bulletin and an indicator for each seller's link. Ids are UUIDs of version 5: two exports of one
// bulletin have the same.
nlohmann::json stix_of(const std::vector<View>& views, const ExportFacts& facts);
// "marking-definition--…" of a label.
std::string tlp_marking_id(Tlp tlp);

}  // namespace probity::bulletins
