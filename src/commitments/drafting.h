// From parties and terms to commitments that are sent, and from signatures to one that is in force: the steps that
// several verbs share. All join the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commitments/desk.h"

namespace probity::commitments {

struct DraftRequest {
  Id project;
  Id party;
  Id template_id;
  std::optional<int> template_version;    // nothing: the newest
  Terms terms;                            // tidy
  std::optional<std::vector<Id>> assets;  // nothing: all of the project
  std::optional<Id> company_signatory;    // nothing: the organisation's own
  const Commitment* replaced = nullptr;   // a new version of this one
  bool ends_replaced = false;
  std::optional<Id> invited_by;
};

// The record, stored as a draft, with its signatories chosen. Errors: not_found (project, person, template),
// invalid_argument (no organisation where one is liable, nobody who may sign for it, assets of another project),
// conflict (project archived; the person has a live commitment over the same things; a later version exists).
Result<Commitment> draft(const Desk& desk, const DraftRequest& request, const Witness& witness);

// Freezes the text and sends it. Errors: conflict (not a draft; a contract parent has not signed), invalid_argument
// (unknown placeholders, too few questions fit the terms, the last day has passed).
// `inviter`: the colleague who asked for it; may be empty.
Result<void> send(const Desk& desk, Commitment& commitment, const Witness& witness, const std::string& inviter = {});

// A link and a letter to each signatory whose turn it is and who has yet to sign.
using LetterMaker = std::function<outbox::Message(const Signatory&, const Matter&)>;
Result<void> write_to_waiting(const Desk& desk, const Commitment& commitment, const LetterMaker& letter);

// In force when everybody signed and the contract parent's commitment is in force; stays as it is otherwise.
Result<void> settle(const Desk& desk, Commitment& commitment, const Witness& witness);
// What follows from being in force: evidence, the version before is replaced, document and copies are ordered, and
// sub-suppliers that waited for this come into force too.
Result<void> come_into_force(const Desk& desk, Commitment& commitment, const Witness& witness);
Result<void> replace_older(const Desk& desk, const Commitment& commitment, const Witness& witness);

// Chooses who signs for the organisation. Errors: as of draft().
Result<std::vector<Signatory>> choose_signatories(const Desk& desk, const Person& person, const Terms& terms,
                                                  const std::optional<Id>& company_signatory);

}  // namespace probity::commitments
