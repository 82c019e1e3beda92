// What a filing becomes before it leaves this node: a summary for the ombudsman, a place on the list, a sealed label.
#pragma once

#include "filings/ports.h"

namespace probity::filings {

// A plain text that is wiped when it goes out of scope.
struct PlainSubject {
  PlainSubject() = default;
  explicit PlainSubject(alliance::Subject value) : subject(std::move(value)) {}
  PlainSubject(PlainSubject&& other) noexcept = default;
  PlainSubject& operator=(PlainSubject&&) = delete;
  ~PlainSubject();
  alliance::Subject subject;
};

// Errors: invalid_argument (not right, saying which rule it breaks and never the text); unsupported.
Result<names::Identifier> read_identifier(names::IdentifierKind kind, std::string_view text, TimeMs now_ms);
// Under this node's own key. Errors: as above.
Result<Bytes> seal_identifier(const Ports& ports, const names::Identifier& identifier);
// Errors: conflict when there is none any more.
Result<PlainSubject> unseal_identifier(const Ports& ports, const Filing& filing);

// Of all that was said: two filings that say the same have the same.
Hash fingerprint_of(const Filing& filing);

// Asks the key-holders where the person would stand, and seals the label. A company stands openly. `until_ms`: when it
// ends by itself, as far as is known. Errors: those of Membership::list_keys_of; too_large.
Result<alliance::Restatement> restate(const Ports& ports, const Filing& filing, const Id& account, TimeMs until_ms);

// The commitments by test, the summary's among the reasonable grounds.
alliance::Draft draft_of(const Filing& filing, const alliance::Restatement& place);

// A document of this node's own, sealed to its key. Durable.
Result<Document> keep_document(const Ports& ports, const alliance::Paper& paper, Test test, const std::string& by);
// Errors: not_found, corrupt, forbidden.
Result<alliance::Paper> open_document(const Ports& ports, const Hash& blob);

// The words for the ombudsman: who, what, why, which document shows what. JSON; the identifier is not in it.
Result<Document> make_summary(const Ports& ports, const Filing& filing, const std::string& by);

}  // namespace probity::filings
