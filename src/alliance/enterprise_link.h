// A member's side of the list of companies: takes what has changed, and believes only what the hub has signed.
#pragma once

#include "alliance/enterprise_list.h"
#include "alliance/membership.h"

namespace probity::alliance {

// The list as it is now, or nothing when `held` is. Errors: forbidden when the hub's signature does not hold, or when
// it shows another list under the same version, or an earlier one; corrupt; those of Membership::call.
Result<std::optional<HeldEnterprises>> fetch_enterprises(Membership& membership,
                                                         const std::optional<HeldEnterprises>& held);

}  // namespace probity::alliance
