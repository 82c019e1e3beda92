// The outbox page's verbs: mails, webhooks and what was sent to them.
#pragma once

#include "http/routes/guard.h"
#include "outbox/outbox.h"
#include "outbox/webhooks.h"

namespace probity::http::routes {

// The arguments must outlive the router.
void add_outbox_routes(Router& router, Guard& guard, outbox::Outbox& outbox, outbox::Webhooks& webhooks);

}  // namespace probity::http::routes
