// The staff's routes of commitments: templates, drafts, sending, and all that may follow; slips.
#pragma once

#include "commitments/documents.h"
#include "commitments/service.h"
#include "commitments/templates.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

struct CommitmentParts {
  commitments::CommitmentService& service;
  commitments::TemplateService& templates;
  commitments::DocumentService& documents;
  commitments::QrSvg qr_svg;
};

// What `parts` borrows must outlive the router.
void add_commitment_routes(Router& router, Guard& guard, const CommitmentParts& parts);
void add_template_routes(Router& router, Guard& guard, commitments::TemplateService& templates);

}  // namespace probity::http::routes
