// Routes of statements: the staff's, and the public's without signing in.
#pragma once

#include "http/routes/guard.h"
#include "statements/publication.h"
#include "statements/sealing.h"

namespace probity::http::routes {

struct StatementParts {
  statements::StatementService& service;
  statements::SealingService& sealing;
};
void add_statement_routes(Router& router, Guard& guard, const StatementParts& parts);

// Also /statements/feed.xml, /statements/feed.json and /.well-known/probity-seal.json. Borrows the service.
void add_public_statement_routes(Router& router, statements::PublicationService& service);

}  // namespace probity::http::routes
