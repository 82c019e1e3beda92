// Uploads of masters, and the assets that become of them.
#pragma once

#include "copies/service.h"
#include "copies/uploads.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

// Small picture of a master for staff, as JPEG. Errors: not_found, storage, corrupt.
using AssetPreview = std::function<Result<Bytes>(const copies::Asset&)>;

struct AssetRoutes {
  copies::CopyService& copies;
  copies::Uploads& uploads;
  projects::ProjectService& projects;
  AssetPreview preview;
};

// The arguments must outlive the router.
void add_asset_routes(Router& router, Guard& guard, const AssetRoutes& services);

}  // namespace probity::http::routes
