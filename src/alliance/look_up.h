// The whole way of one question in a member's node: identifier, slow hash, t key-holders, tag, tag set, bucket, label.
//
//   no local match           nothing more is sent: the answer is "not listed"
//   local match, no label    one in fifty unlisted people: the bucket was fetched, and none of its labels opens
//   local match, a label     "listed": what it says, and whom to ask. A hit is no verdict. Several members may list the
//                            same person, each for reasons of its own: every label that opens is shown.
//
// Both answers come with a receipt that says under which list and key the question was asked, and nothing of whom.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "alliance/hub_link.h"
#include "alliance/key_client.h"
#include "alliance/label_content.h"
#include "oprf/label.h"

namespace probity::alliance {

// An epoch as a member holds it at one moment: never changed, only replaced.
struct ListView {
  KeyDirectory directory;
  HeldTagSet tag_set;
};

struct LookUpReceipt {
  Id request;  // at the key-holders
  TimeMs time_ms = 0;
  Hash key_set_id{};
  oprf::TagSetHead tag_set;
  oprf::Signature tag_set_signature{};  // the hub's
  std::vector<HolderReceipt> holders;
  std::shared_ptr<const ListView> list;  // what was asked under: keys, who holds them, tag set
};

// One label that opened, and the bucket it was in: changes there are told to who fetched it.
struct FoundLabel {
  LabelContent content;
  oprf::Epoch epoch = 0;
  int bits = 0;
  oprf::Prefix prefix = 0;
};

// The same for the same person in the same epoch, and made with t key-holders only: for recognising a repeated question
// without keeping any form of the identifier that could be searched for.
struct SamePerson {
  oprf::Epoch epoch = 0;
  SecretKey key;
};

struct LookUpAnswer {
  bool fetched = false;                 // whether the hub was asked for a bucket
  std::vector<FoundLabel> labels;       // all that opened, of the newest epoch first
  std::vector<SamePerson> same_person;  // one an epoch in use, the newest first
  LookUpReceipt receipt;
  std::vector<LookUpReceipt> earlier;  // of other epochs in use, asked too
  std::vector<HolderTrouble> troubles;

  bool listed() const { return !labels.empty(); }
  // What was answered under the key of an earlier epoch. A listing that has moved on meanwhile is not counted twice.
  void add_earlier(LookUpAnswer answer);
};

struct Subject {
  oprf::IdentifierKind kind = oprf::IdentifierKind::resident_id;
  std::string normalised;  // wiped by whoever owns it
};

// The slow step on its own, so that a node can let few threads do it.
using SlowHash = std::function<Result<SecretKey>(const oprf::KeySet&, oprf::IdentifierKind, std::string_view)>;

// Used by one thread at a time.
class LookUp {
 public:
  LookUp(HubLink& hub, KeyClient& key_holders, Clock& clock, SlowHash slow_hash = oprf::slow_hash)
      : hub_(hub), key_holders_(key_holders), clock_(clock), slow_hash_(std::move(slow_hash)) {}

  // Keys and tag set of that epoch, as they are now. Errors: those of HubLink.
  Result<void> refresh(oprf::Epoch epoch);
  // The same as another look-up holds it.
  void use(std::shared_ptr<const ListView> view) { view_ = std::move(view); }
  const std::shared_ptr<const ListView>& view() const { return view_; }

  // Errors: conflict before the first refresh; those of slow_hash, KeyClient::ask and HubLink::bucket.
  Result<LookUpAnswer> ask(const Subject& subject, const oprf::UserPseudonym& user);
  // For filing: where somebody would stand, and what seals their label.
  Result<oprf::ListKeys> list_keys_of(const Subject& subject, const oprf::UserPseudonym& user);

 private:
  Result<KeyAnswer> ask_key_holders(const Subject& subject, const oprf::UserPseudonym& user);

  HubLink& hub_;
  KeyClient& key_holders_;
  Clock& clock_;
  const SlowHash slow_hash_;
  std::shared_ptr<const ListView> view_;
};

// An epoch brought up to date: the keys again when their id is another, the tag set by its changes. Errors: those of
// HubLink.
Result<std::shared_ptr<const ListView>> fetch_list(HubLink& hub, oprf::Epoch epoch,
                                                   const std::shared_ptr<const ListView>& held,
                                                   const std::optional<Hash>& key_set_id = std::nullopt);

}  // namespace probity::alliance
