// Mails for open pages: the topic "outbox" of the live feed.
#pragma once

#include "events/live.h"
#include "outbox/store.h"

namespace probity::outbox {

// Without texts and links. Borrows the store.
events::LiveSource mail_source(Store& store);

}  // namespace probity::outbox
