// The recipient's portal: link and code, home, reading and signing, colleagues, slips, calendar.
#pragma once

#include <functional>

#include "commitments/documents.h"
#include "http/routes/recipient_guard.h"

namespace probity::http::routes {

// How many copies a person has.
using CountCopies = std::function<Result<std::uint64_t>(const Id& party)>;

struct RecipientParts {
  commitments::RecipientService& service;
  commitments::DocumentService& documents;
  CountCopies count_copies;
};

// What `parts` borrows must outlive the router, and so must the guard.
void add_recipient_routes(Router& router, RecipientGuard& guard, const RecipientParts& parts);

}  // namespace probity::http::routes
