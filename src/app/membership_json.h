// A node's membership as the API tells it.
#pragma once

#include <string>

#include "app/live_membership.h"

namespace probity::app {

// {"member":true,"id","name","hub_url","hub","epoch","tag_set","heard_at","trouble"}
std::string membership_json(LiveMembership& membership);

}  // namespace probity::app
