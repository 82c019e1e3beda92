// Why a frame is a lead, in English and Chinese; and what a lead is not.
#pragma once

#include <string>
#include <vector>

#include "shoots/footage.h"

namespace probity::shoots {

struct FootageReason {
  std::string code;
  std::string en, zh;
};

// What a reader must know of the attendee besides the picture.
struct LeadCircumstances {
  TimeMs handed_in_ms = 0;
  bool frame_deleted = false;
  bool in_force = true;
  std::string commitment_number;
};

// The strongest reason first. Never says "identified".
std::vector<FootageReason> reasons_for(const FootageLead& lead, const LeadCircumstances& circumstances);

struct TwoLanguages {
  std::string en, zh;
};
// Stands over every list of leads; another one when there are none, or nothing is known yet.
TwoLanguages footage_note(FootageState state, bool any);

}  // namespace probity::shoots
