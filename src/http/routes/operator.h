// What the operator of an alliance's hub does over HTTP, and what the hub tells the public.
#pragma once

#include <functional>
#include <optional>

#include "alliance/holder_watch.h"
#include "alliance/hub.h"
#include "alliance/member_book.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

struct HubOffice {
  alliance::Hub& hub;
  alliance::MemberBook& members;
  alliance::HolderWatch& holders;
  const oprf::Identity& identity;
  std::optional<Id> ombudsman;
  Clock& clock;
  std::function<Result<void>(const alliance::Holidays&)> save_holidays;
  std::function<std::uint64_t(const std::optional<Id>&)> open_alarms;  // of a member, or of all
};

// /api/v1/hub/… for whoever may operate the hub; GET /alliance/v1/roll for key-holders. Borrows what it is given.
void add_operator_routes(Router& router, Guard& guard, const HubOffice& office);
// /api/v1/public/alliance/…: for everybody, without signing in.
void add_hub_public_routes(Router& router, const HubOffice& office);

}  // namespace probity::http::routes
