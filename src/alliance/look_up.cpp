#include "alliance/look_up.h"

namespace probity::alliance {

Result<void> LookUp::refresh(oprf::Epoch epoch) {
  TRY_ASSIGN(directory_, hub_.keys(epoch));
  TRY_ASSIGN(tag_set_, hub_.tag_set(epoch, tag_set_));
  return {};
}

Result<KeyAnswer> LookUp::ask_key_holders(const Subject& subject, const oprf::UserPseudonym& user) {
  if (!directory_ || !tag_set_) return fail(ErrorCode::conflict, "keys and tag set were not fetched yet");
  std::vector<SecretKey> inputs(1);
  TRY_ASSIGN(inputs.front(), oprf::slow_hash(directory_->keys, subject.kind, subject.normalised));
  return key_holders_.ask(directory_->keys, directory_->addresses(), user, inputs);
}

Result<oprf::ListKeys> LookUp::list_keys_of(const Subject& subject, const oprf::UserPseudonym& user) {
  TRY_ASSIGN(const KeyAnswer answer, ask_key_holders(subject, user));
  return oprf::list_keys(answer.outputs.front());
}

Result<LookUpAnswer> LookUp::ask(const Subject& subject, const oprf::UserPseudonym& user) {
  TRY_ASSIGN(KeyAnswer asked, ask_key_holders(subject, user));
  const oprf::ListKeys keys = oprf::list_keys(asked.outputs.front());
  const oprf::TagSetHead& head = tag_set_->set.head();
  LookUpAnswer answer;
  answer.receipt = {asked.request, clock_.now_ms(),     directory_->keys.id(),
                    head,          tag_set_->signature, std::move(asked.receipts)};
  answer.troubles = std::move(asked.troubles);
  if (!tag_set_->set.matches(keys.tag)) return answer;
  TRY_ASSIGN(const auto labels, hub_.bucket(head, oprf::prefix_of(keys.tag, head.bits)));
  answer.fetched = true;
  for (const Bytes& label : labels) {
    const auto opened = oprf::open_label(head.epoch, keys, label);
    if (!opened) continue;
    answer.listed = true;
    TRY_ASSIGN(answer.label, parse_label(*opened));
  }
  return answer;
}

}  // namespace probity::alliance
