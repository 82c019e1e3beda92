// A key ceremony: signed messages in a folder that all holders see, and what each must do next.
//
// The plan names the holders and is the same for all; its hash names the ceremony. Then each holder, again and again,
// reads all messages and does what is its turn (oprf/sharing.h has the algebra):
//
//   dealing     each dealer, once: a public dealing, and for every holder its share sealed to that holder
//   complaint   a holder whose share does not fit, or cannot be read, names the dealer
//   opening     that dealer opens the share before everybody; if it fits, it counts, else the ceremony has failed
//   agreement   a holder whose share is sound signs the id of the key set that the dealings add up to
//
// A holder takes the key into use when all n have signed the same key set: so nobody was shown other dealings than the
// rest. The messages are the transcript: who keeps them can check later what was dealt. Without the sealed shares they
// hold nothing secret, and with them nothing that others than the holders can read; throw those away.
//
// With a witnessed dealer there is one dealing, by an identity that the plan names and that is destroyed afterwards.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "oprf/identity.h"
#include "oprf/key_set.h"

namespace probity::alliance {

// A holder as others know it.
struct HolderCard {
  std::string name;
  std::string url;
  oprf::PublicIdentity identity{};

  std::string json() const;
  static Result<HolderCard> parse(std::string_view json);
  bool operator==(const HolderCard&) const = default;
};

struct CeremonyPlan {
  oprf::EpochTerms terms;
  std::uint8_t threshold = 0;
  std::vector<HolderCard> holders;             // holder i is holders[i - 1]
  std::optional<oprf::PublicIdentity> dealer;  // the witnessed one; nobody: all deal
  std::optional<oprf::KeySet> before;          // of a refresh
  std::array<std::uint8_t, 16> nonce{};        // two ceremonies with equal terms differ

  std::string json() const;
  static Result<CeremonyPlan> parse(std::string_view json);
  oprf::SharingPlan sharing() const;
  // The index of that identity; 0 for the witnessed dealer. Errors: forbidden for one who takes no part.
  Result<oprf::HolderIndex> index_of(const oprf::PublicIdentity& identity) const;
};

struct CeremonyMessage {
  enum class Kind : std::uint8_t { dealing, complaint, opening, agreement };
  Kind kind = Kind::dealing;
  oprf::HolderIndex from = 0;
  oprf::HolderIndex about = 0;  // complaint: the dealer; opening: the accuser
  Bytes body;                   // dealing: see seal_dealing; opening: the share; agreement: the key set's id
  oprf::Signature signature{};

  // "dealing-2", "complaint-3-2", "opening-2-3", "agreement-1": one file each.
  std::string name() const;
  std::string json() const;
  static Result<CeremonyMessage> parse(std::string_view json);
};

struct CeremonyOutcome {
  oprf::KeySet keys;
  std::optional<oprf::KeyShare> share;  // the witnessed dealer has none
};

struct CeremonyStep {
  std::vector<CeremonyMessage> to_write;
  std::optional<CeremonyOutcome> outcome;  // when all agree
  std::string waiting_for;                 // in words; empty when there is an outcome
};

// What `self` does next, given every message there is. `before`: the share that a refresh renews.
// Errors: forbidden (a message that is not signed by whom it says; a dealer who is out, by name: begin again without
// them; holders that agreed on different key sets), invalid_argument (the plan), corrupt.
Result<CeremonyStep> next_step(const CeremonyPlan& plan, const std::vector<CeremonyMessage>& messages,
                               const oprf::Identity& self, const std::optional<oprf::KeyShare>& before, Random& random);

}  // namespace probity::alliance
