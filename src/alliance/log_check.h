// Whether the tag set that a member holds is the one that everybody is shown.
//
// Each published head is committed to in the hub's transparency log, together with the head before it. A member asks
// for the opening and the proof of the head it holds, and checks that
//   - the opening opens to exactly this head, and the entry is in the log under a checkpoint that the policy's
//     witnesses have cosigned: a hub with a second log for one member has no witnesses for it;
//   - it follows, in the opening and in the log's order, the head that was checked before: a hub cannot join two lists
//     that have once parted;
//   - whoever asks without a name is shown the same head under the same version (the public page of epochs), and so is
//     any other member whose receipt is at hand.
// A hub that shows two lists must therefore keep two chains apart for ever, and any two receipts of different chains,
// both signed by it, prove it. docs/limits.md says what this does not catch.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "log/check_entry.h"
#include "oprf/tag_set.h"

namespace probity::alliance {

// What goes into the log for a head, and what the hub shows of it.
inline constexpr std::string_view kTagSetLogKind = "alliance_tag_set";
std::string tag_set_log_content(const oprf::TagSetHead& head, const std::optional<oprf::TagSetHead>& before);

struct TagSetProof {
  log::Opening opening;
  std::string proof;  // a tlog-proof

  // {"opening":{…},"proof":"…"}. Errors: corrupt.
  static Result<TagSetProof> parse(std::string_view json);
};

struct CheckedTagSet {
  oprf::TagSetHead head;
  log::EntryCheck entry;
};

// `policy`: the tlog-policy that the member trusts. `before`: what was checked last, of the same epoch. Errors:
// forbidden (the hub shows another list than it logged, or its log has no witnesses), unavailable (not cosigned yet:
// ask again in a moment), corrupt; those of check_entry.
Result<CheckedTagSet> check_tag_set_in_log(const oprf::TagSetHead& held, const TagSetProof& shown,
                                           std::string_view policy, const std::optional<CheckedTagSet>& before = {});

// The hub's public page of epochs, fetched without a name: the same version must have the same root there. Errors:
// forbidden. A page that does not name that version, or is none, says nothing.
Result<void> check_public_page(const oprf::TagSetHead& held, std::string_view page);

// Two heads of one epoch and version that differ, both with the hub's signature, are proof against it. Errors:
// forbidden.
Result<void> check_same_list(const oprf::TagSetHead& ours, const oprf::TagSetHead& theirs);

}  // namespace probity::alliance
