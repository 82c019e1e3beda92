// The receipt of a question: that somebody was screened, when, under which list and keys; signed by the hub and by t
// key-holders. It tells nothing of whom, and nothing of the answer: it is the same file for a hit and for a miss.
//
// A JSON file (docs/formats.md, "Screening receipt"). Anybody checks it without a network: the hub signed the head of
// the tag set, each key-holder signed that it answered this member at that time under that key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alliance/look_up.h"

namespace probity::screening {

struct ReceiptFacts {
  Id member;
  oprf::PublicIdentity hub{};
  TimeMs asked_ms = 0;
  Hash consent_commitment{};
};

// The file's text. `answer` holds what was asked under; the newest epoch first.
std::string make_receipt(const ReceiptFacts& facts, const alliance::LookUpAnswer& answer);

// What the checker trusts; what it leaves out is told, not trusted.
struct ReceiptTrust {
  std::optional<oprf::PublicIdentity> hub;
  std::vector<alliance::KeyDirectory> directories;
};

struct CheckedReceipt {
  ReceiptFacts facts;
  bool hub_is_known = false;
  struct List {
    oprf::TagSetHead head;
    Hash key_set_id{};
    bool holders_are_known = false;
    std::vector<std::string> holders;  // the names they go by
  };
  std::vector<List> lists;
};

// Errors: corrupt when it is no receipt; forbidden when a signature does not hold, too few key-holders have signed, or
// the trusted hub or key-holders are others.
Result<CheckedReceipt> check_receipt(std::string_view text, const ReceiptTrust& trust);

}  // namespace probity::screening
