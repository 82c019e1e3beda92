#include "alliance/look_up.h"

#include <algorithm>
#include <iterator>

#include "base/hash.h"

namespace probity::alliance {

void LookUpAnswer::add_earlier(LookUpAnswer answer) {
  const auto is_here = [this](const FoundLabel& old) {
    return std::ranges::any_of(labels, [&](const FoundLabel& label) {
      return label.epoch != old.epoch && is_same_matter(label.content, old.content) &&
             label.content.conduct == old.content.conduct;
    });
  };
  std::erase_if(answer.labels, is_here);
  fetched = fetched || answer.fetched;
  std::ranges::move(answer.labels, std::back_inserter(labels));
  std::ranges::move(answer.same_person, std::back_inserter(same_person));
  earlier.push_back(std::move(answer.receipt));
  std::ranges::move(answer.troubles, std::back_inserter(troubles));
}

Result<std::shared_ptr<const ListView>> fetch_list(HubLink& hub, oprf::Epoch epoch,
                                                   const std::shared_ptr<const ListView>& held,
                                                   const std::optional<Hash>& key_set_id) {
  const bool same_epoch = held && held->directory.keys.epoch == epoch;
  const bool same_keys = same_epoch && key_set_id && held->directory.keys.id() == *key_set_id;
  TRY_ASSIGN(KeyDirectory directory, same_keys ? Result<KeyDirectory>(held->directory) : hub.keys(epoch));
  TRY_ASSIGN(HeldTagSet tag_set,
             hub.tag_set(epoch, same_epoch ? std::optional(held->tag_set) : std::optional<HeldTagSet>()));
  return std::make_shared<const ListView>(ListView{std::move(directory), std::move(tag_set)});
}

Result<void> LookUp::refresh(oprf::Epoch epoch) {
  TRY_ASSIGN(view_, fetch_list(hub_, epoch, view_));
  return {};
}

Result<KeyAnswer> LookUp::ask_key_holders(const Subject& subject, const oprf::UserPseudonym& user) {
  if (!view_) return fail(ErrorCode::conflict, "keys and tag set were not fetched yet");
  const KeyDirectory& directory = view_->directory;
  std::vector<SecretKey> inputs(1);
  TRY_ASSIGN(inputs.front(), slow_hash_(directory.keys, subject.kind, subject.normalised));
  return key_holders_.ask(directory.keys, directory.addresses(), user, inputs);
}

Result<oprf::ListKeys> LookUp::list_keys_of(const Subject& subject, const oprf::UserPseudonym& user) {
  TRY_ASSIGN(const KeyAnswer answer, ask_key_holders(subject, user));
  return oprf::list_keys(answer.outputs.front());
}

// The hub counts by the same pseudonyms as the key-holders.
static Id account_of(const oprf::UserPseudonym& user) {
  Id account;
  std::ranges::copy(user, account.bytes.begin());
  return account;
}

Result<LookUpAnswer> LookUp::ask(const Subject& subject, const oprf::UserPseudonym& user) {
  TRY_ASSIGN(KeyAnswer asked, ask_key_holders(subject, user));
  const oprf::ListKeys keys = oprf::list_keys(asked.outputs.front());
  const HeldTagSet& tag_set = view_->tag_set;
  const oprf::TagSetHead& head = tag_set.set.head();
  LookUpAnswer answer;
  answer.receipt = {asked.request, clock_.now_ms(),   view_->directory.keys.id(),
                    head,          tag_set.signature, std::move(asked.receipts),
                    view_};
  answer.same_person.push_back(
      {head.epoch, SecretKey(hkdf(keys.label_key.view(), as_bytes("probity same person v1")))});
  answer.troubles = std::move(asked.troubles);
  if (!tag_set.set.matches(keys.tag)) return answer;
  const oprf::Prefix prefix = oprf::prefix_of(keys.tag, head.bits);
  TRY_ASSIGN(const auto labels, hub_.bucket(head, prefix, account_of(user)));
  answer.fetched = true;
  for (const Bytes& label : labels) {
    const auto opened = oprf::open_label(head.epoch, keys, label);
    if (!opened) continue;
    TRY_ASSIGN(LabelContent content, parse_label(*opened));
    answer.labels.push_back({std::move(content), head.epoch, head.bits, prefix});
  }
  return answer;
}

}  // namespace probity::alliance
