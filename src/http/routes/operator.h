// What the operator of an alliance's hub does over HTTP, and what the hub tells the public.
#pragma once

#include <functional>
#include <optional>

#include "alliance/holder_watch.h"
#include "alliance/hub.h"
#include "alliance/hub_watch.h"
#include "alliance/member_book.h"
#include "alliance/member_call.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

struct HubOffice {
  alliance::Hub& hub;
  alliance::MemberBook& members;
  alliance::HolderWatch& holders;
  alliance::HubWatch& watch;
  const oprf::Identity& identity;
  std::function<std::optional<Id>()> ombudsman;  // as it is named now
  Clock& clock;
  std::function<Result<void>(const alliance::Holidays&)> save_holidays;
};

// /api/v1/hub/… for whoever may operate the hub; GET /alliance/v1/roll for key-holders. Borrows what it is given.
void add_operator_routes(Router& router, Guard& guard, const HubOffice& office);
// Alarms, canaries and audits of consent: /api/v1/hub/… for the operator, /alliance/v1/… for members and the ombudsman.
void add_hub_watch_routes(Router& router, Guard& guard, alliance::CallGate& gate, const HubOffice& office);
// /api/v1/public/alliance/…: for everybody, without signing in.
void add_hub_public_routes(Router& router, const HubOffice& office);

}  // namespace probity::http::routes
