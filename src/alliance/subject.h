// From an identifier as people write it to what tags are made of: the same for filers, for those who ask, and for the
// ombudsman, or they would never meet.
#pragma once

#include "alliance/look_up.h"
#include "names/identifier.h"

namespace probity::alliance {

// A passport's number is only unique within its country. Errors: unsupported for kinds that never stand on the list.
inline Result<Subject> subject_of(const names::Identifier& identifier) {
  using names::IdentifierKind;
  switch (identifier.kind) {
    case IdentifierKind::resident_id:
      return Subject{oprf::IdentifierKind::resident_id, identifier.text};
    case IdentifierKind::passport:
      return Subject{oprf::IdentifierKind::passport, identifier.country + ":" + identifier.text};
    case IdentifierKind::credit_code:
      return Subject{oprf::IdentifierKind::credit_code, identifier.text};
    case IdentifierKind::lei:
      return Subject{oprf::IdentifierKind::lei, identifier.text};
    case IdentifierKind::organisation_code:
      break;
  }
  return fail(ErrorCode::unsupported, "this kind of identifier does not stand on the list",
              "take the unified social credit code");
}

}  // namespace probity::alliance
