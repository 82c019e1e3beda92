// What nodes and the hub read alike from requests about bulletins, joint cases and training.
#pragma once

#include "bulletins/bulletin.h"
#include "bulletins/joint_case.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {

// `pictures`: at the hub, where their hashes are read, too, and no group is known. What pages send has none. Complaints
// stay in `fields`.
bulletins::Proposal proposal_of(JsonFields& fields, bool pictures);
bulletins::Content content_of(JsonFields& fields, bool pictures);

// Words that are still being written: nothing but the kind has to be there.
struct SketchFields {
  bulletins::Kind kind = bulletins::Kind::notice;
  bulletins::Content content;
};
SketchFields sketch_of(JsonFields& fields);

struct CorrectionFields {
  bulletins::Content content;
  std::optional<TimeMs> expires_ms;
  std::string reason;
};
CorrectionFields correction_of(JsonFields& fields, bool pictures);

bulletins::Withdrawal withdrawal_of(JsonFields& fields);

struct SightingFields {
  bulletins::Sighting::Verdict verdict = bulletins::Sighting::Verdict::seen;
  std::uint32_t count = 1;
  std::string note;
};
SightingFields sighting_of(JsonFields& fields);

struct ReplyFields {
  std::string text;
  std::optional<Id> to;
};
ReplyFields reply_of(JsonFields& fields);

std::string contact_of(JsonFields& fields);
struct OutcomeFields {
  bulletins::JointCase::Outcome outcome = bulletins::JointCase::Outcome::no_result;
  std::string note;
};
OutcomeFields joint_outcome_of(JsonFields& fields);

}  // namespace probity::http::routes
