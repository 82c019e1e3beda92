// What may and what may not be done with a hit at this moment, in both languages: the page shows it beside the hit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "screening/hit.h"

namespace probity::screening {

struct GuideLine {
  std::string en, zh;
};

struct HitGuide {
  std::vector<std::string_view> next;  // verbs of the API that are possible now
  std::vector<GuideLine> may, may_not;
};
HitGuide guide_for(const Hit& hit, TimeMs now_ms);

}  // namespace probity::screening
