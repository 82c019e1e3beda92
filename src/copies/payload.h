// What each kind of register entry says: canonical JSON rebuilt from the record, so that a record can be checked
// against its entry by comparing text.
#pragma once

#include <string>

#include "copies/asset.h"
#include "copies/copy.h"

namespace probity::copies {

std::string workspace_payload(const Id& workspace, std::string_view key_fingerprint);
std::string asset_payload(const Asset& asset);
std::string copy_payload(const Copy& copy);
std::string making_payload(const Making& making);

}  // namespace probity::copies
