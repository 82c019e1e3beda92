// Listings of companies as members make them: filed, approved by a second person, noticed by a letter of the hub, and
// active when fifteen days have passed.
#pragma once

#include <string>

#include "journeys/alliance.h"

namespace probity::test {

// Files, has approved and notifies a listing of a company; its notice was opened, and the fifteen days run. The
// filing's path.
std::string notify_company(Alliance& alliance, Browser& investigator, Browser& reviewer, const std::string& name,
                           const std::string& registration);

// "2026-11-22T…" so many days ago.
std::string days_ago(int days);

}  // namespace probity::test
