#include "alliance/keyholder.h"

#include <mutex>

namespace probity::alliance {
namespace {

constexpr std::string_view kPossessionDomain = "probity share possession v1";

Result<PossessionProof> prove_possession(const HeldKey& key, Random& random) {
  TRY_ASSIGN(const oprf::Element question, possession_question(key.keys, key.share.index));
  TRY_ASSIGN(const oprf::PartialEvaluation answer,
             oprf::evaluate_partially(key.keys, key.share, {&question, 1}, random));
  return PossessionProof{answer.evaluation.elements.front(), answer.evaluation.proof};
}

}  // namespace

Result<oprf::Element> possession_question(const oprf::KeySet& keys, oprf::HolderIndex index) {
  const Hash input = sha256({as_bytes(kPossessionDomain), keys.id(), {&index, 1}});
  return oprf::threshold_suite().hash_to_group(input);
}

Result<void> check_possession(const oprf::KeySet& keys, oprf::HolderIndex index, const PossessionProof& proof) {
  TRY_ASSIGN(const oprf::Element question, possession_question(keys, index));
  return oprf::verify_partial(keys, {&question, 1}, {index, {{proof.answer}, proof.proof}});
}

KeyHolder::KeyHolder(oprf::Identity identity, Clock& clock, Random& random)
    : identity_(std::move(identity)), clock_(clock), random_(random), replays_(clock.now_ms()) {}

Result<void> KeyHolder::hold(HeldKey key) {
  TRY(key.keys.check());
  TRY(oprf::check_share(key.keys, key.share));
  TRY_ASSIGN(PossessionProof possession, prove_possession(key, random_));
  const oprf::Epoch epoch = key.keys.epoch;
  const std::unique_lock lock(mutex_);
  auto& held = keys_[epoch];
  if (held && held->key.keys.generation > key.keys.generation)
    return fail(ErrorCode::conflict, "a later generation of this key is in use");
  held = std::make_shared<const Loaded>(Loaded{std::move(key), std::move(possession)});
  return {};
}

void KeyHolder::set_roll(MemberRoll roll) {
  const std::unique_lock lock(mutex_);
  roll_ = std::move(roll);
}

Result<Bytes> KeyHolder::evaluate(BytesView request) {
  ++requests_;
  const auto parsed = oprf::parse_request(request);
  auto outcome = parsed ? answer(*parsed) : Result<Bytes>(tl::unexpected<Error>(parsed.error()));
  if (!outcome) ++refused_;
  return outcome;
}

Result<Bytes> KeyHolder::answer(const oprf::SignedRequest& request) {
  const oprf::EvaluationRequest& asked = request.request;
  const auto count = static_cast<std::uint32_t>(asked.blinded.size());
  // Who asks comes first: nobody else learns anything here, or fills what this holder remembers.
  TRY_ASSIGN(const QuotaLimits limits, admit(request));
  const TimeMs now_ms = clock_.now_ms();
  TRY_ASSIGN(const auto held, key_for(asked, now_ms));
  TRY(replays_.take(asked.member, asked.request, asked.time_ms, now_ms));
  TRY(quotas_.take(asked.member, asked.user, count, limits, now_ms));
  oprf::EvaluationAnswer answer{asked.epoch, asked.generation, asked.request, now_ms, {}, {}};
  TRY_ASSIGN(answer.partial, oprf::evaluate_partially(held->key.keys, held->key.share, asked.blinded, random_));
  evaluations_ += count;
  return oprf::encode_answer(answer, asked.member, identity_);
}

Result<QuotaLimits> KeyHolder::admit(const oprf::SignedRequest& request) const {
  oprf::PublicIdentity identity;
  bool suspended = false;
  QuotaLimits limits;
  {
    const std::shared_lock lock(mutex_);
    const RollEntry* entry = roll_.find(request.request.member);
    if (entry == nullptr) return fail(ErrorCode::unauthenticated, "this key-holder does not know that member");
    identity = entry->identity;
    suspended = entry->suspended;
    limits = entry->limits;
  }
  if (!oprf::verify_request(request, identity, identity_.open()))
    return fail(ErrorCode::unauthenticated, "the request is not signed by that member for this key-holder");
  if (suspended) return fail(ErrorCode::forbidden, "this member is suspended", "ask the alliance's operator why");
  return limits;
}

Result<std::shared_ptr<const KeyHolder::Loaded>> KeyHolder::key_for(const oprf::EvaluationRequest& request,
                                                                    TimeMs now_ms) const {
  const std::shared_lock lock(mutex_);
  const auto found = keys_.find(request.epoch);
  if (found == keys_.end() || now_ms >= found->second->key.until_ms)
    return fail(ErrorCode::gone, "this key-holder has no key of that epoch, or no longer", "fetch the key set again");
  if (found->second->key.keys.generation != request.generation)
    return fail(ErrorCode::gone, "the shares were refreshed", "fetch the key set again");
  return found->second;
}

std::vector<HeldKeyFacts> KeyHolder::keys() const {
  const TimeMs now_ms = clock_.now_ms();
  const std::shared_lock lock(mutex_);
  std::vector<HeldKeyFacts> facts;
  for (const auto& [epoch, loaded] : keys_)
    if (now_ms < loaded->key.until_ms)
      facts.push_back({loaded->key.keys, loaded->key.share.index, loaded->key.until_ms, loaded->possession});
  return facts;
}

std::size_t KeyHolder::member_count() const {
  const std::shared_lock lock(mutex_);
  return roll_.size();
}

KeyHolderCounts KeyHolder::counts() const { return {evaluations_, requests_, refused_}; }

}  // namespace probity::alliance
