#include "oprf/sharing.h"

#include <algorithm>
#include <string_view>

namespace probity::oprf {
namespace {

constexpr std::string_view kDealingMagic = "PKD1";

std::size_t commitment_count(const SharingPlan& plan) {
  return plan.kind == DealingKind::key ? plan.threshold : plan.threshold - 1U;
}

// f(x) by Horner's rule.
Scalar value_at(std::span<const Scalar> coefficients, HolderIndex x) {
  Scalar value;
  for (std::size_t j = coefficients.size(); j-- > 0;) value = value * Scalar::of(x) + coefficients[j];
  return value;
}

// Schnorr's challenge, apart from every other hash of the suite by its tag.
Scalar possession_challenge(const PublicDealing& dealing, const Element& nonce) {
  Bytes transcript(dealing.plan.ceremony.begin(), dealing.plan.ceremony.end());
  transcript.push_back(dealing.dealer);
  append_framed(transcript, dealing.commitments.front().view());
  append_framed(transcript, nonce.view());
  return Scalar::reduce(expand_message(transcript, "probity dealing possession v1"));
}

Result<Proof> prove_possession(const PublicDealing& dealing, const Scalar& constant, Random& random) {
  const Scalar nonce = Scalar::random(random);
  TRY_ASSIGN(const Element nonce_element, multiply_generator(nonce));
  Proof proof;
  proof.challenge = possession_challenge(dealing, nonce_element);
  proof.response = nonce - proof.challenge * constant;
  return proof;
}

Result<void> verify_possession(const PublicDealing& dealing) {
  TRY_ASSIGN(const Element response, multiply_generator(dealing.possession.response));
  TRY_ASSIGN(const Element challenge, multiply(dealing.possession.challenge, dealing.commitments.front()));
  if (!(possession_challenge(dealing, response + challenge) == dealing.possession.challenge))
    return fail(ErrorCode::forbidden, "a dealer does not show that they know what they dealt");
  return {};
}

}  // namespace

Result<void> check_plan(const SharingPlan& plan) {
  if (plan.kind != DealingKind::key && plan.kind != DealingKind::refresh)
    return fail(ErrorCode::invalid_argument, "this kind of dealing is not known");
  if (plan.threshold < 1 || plan.threshold > plan.holder_count || plan.holder_count > kMostHolders)
    return fail(ErrorCode::invalid_argument, "the threshold is at least one and at most the number of holders (32)");
  if (plan.kind == DealingKind::refresh && plan.threshold < 2)
    return fail(ErrorCode::invalid_argument, "with a threshold of one there is nothing to refresh");
  return {};
}

Bytes PublicDealing::encode() const {
  Bytes out;
  ByteWriter writer(out);
  writer.bytes(as_bytes(kDealingMagic));
  writer.bytes(plan.ceremony);
  writer.integer(static_cast<std::uint8_t>(plan.kind));
  writer.integer(plan.threshold);
  writer.integer(plan.holder_count);
  writer.integer(dealer);
  for (const Element& commitment : commitments) writer.bytes(commitment.view());
  if (plan.kind == DealingKind::key) writer.bytes(possession.bytes());
  return out;
}

Result<PublicDealing> PublicDealing::parse(BytesView bytes) {
  ByteReader reader(bytes);
  PublicDealing dealing;
  if (as_text(reader.bytes(kDealingMagic.size())) != kDealingMagic)
    return fail(ErrorCode::corrupt, "this is no dealing");
  const BytesView ceremony = reader.bytes(dealing.plan.ceremony.size());
  std::ranges::copy(ceremony, dealing.plan.ceremony.begin());
  dealing.plan.kind = DealingKind{reader.integer<std::uint8_t>()};
  dealing.plan.threshold = reader.integer<std::uint8_t>();
  dealing.plan.holder_count = reader.integer<std::uint8_t>();
  dealing.dealer = reader.integer<std::uint8_t>();
  TRY(check_plan(dealing.plan));
  for (std::size_t j = 0; j < commitment_count(dealing.plan); ++j) {
    TRY_ASSIGN(const Element commitment, Element::parse(reader.bytes(kElementBytes)));
    dealing.commitments.push_back(commitment);
  }
  if (dealing.plan.kind == DealingKind::key) {
    TRY_ASSIGN(dealing.possession, Proof::parse(reader.bytes(kProofBytes)));
  }
  if (!reader.ok() || reader.remaining() != 0) return fail(ErrorCode::corrupt, "a dealing of the wrong length");
  return dealing;
}

Result<Dealing> deal(const SharingPlan& plan, HolderIndex dealer, Random& random,
                     const std::optional<Scalar>& constant) {
  TRY(check_plan(plan));
  const bool is_refresh = plan.kind == DealingKind::refresh;
  if (dealer > plan.holder_count || (is_refresh && constant))
    return fail(ErrorCode::invalid_argument, "this dealer cannot deal that");
  std::vector<Scalar> coefficients;
  coefficients.push_back(is_refresh ? Scalar() : constant.value_or(Scalar::random(random)));
  while (coefficients.size() < plan.threshold) coefficients.push_back(Scalar::random(random));

  Dealing dealing;
  dealing.open.plan = plan;
  dealing.open.dealer = dealer;
  for (std::size_t j = is_refresh ? 1 : 0; j < coefficients.size(); ++j) {
    TRY_ASSIGN(const Element commitment, multiply_generator(coefficients[j]));
    dealing.open.commitments.push_back(commitment);
  }
  if (!is_refresh) {
    TRY_ASSIGN(dealing.open.possession, prove_possession(dealing.open, coefficients.front(), random));
  }
  for (HolderIndex i = 1; i <= plan.holder_count; ++i) dealing.shares.push_back(value_at(coefficients, i));
  return dealing;
}

Result<void> verify_dealing(const SharingPlan& plan, const PublicDealing& dealing) {
  TRY(check_plan(plan));
  if (!(dealing.plan == plan) || dealing.dealer > plan.holder_count ||
      dealing.commitments.size() != commitment_count(plan))
    return fail(ErrorCode::invalid_argument, "this dealing belongs to another ceremony");
  return plan.kind == DealingKind::key ? verify_possession(dealing) : Result<void>{};
}

bool share_fits(const PublicDealing& dealing, HolderIndex to, const Scalar& share) {
  const auto expected = public_share(dealing, to);
  const auto actual = multiply_generator(share);
  return expected && actual && *expected == *actual;
}

bool complaint_holds(const PublicDealing& dealing, HolderIndex accuser, const std::optional<Scalar>& opened) {
  return !opened || !share_fits(dealing, accuser, *opened);
}

Result<Element> public_share(const PublicDealing& dealing, HolderIndex index) {
  if (index < 1 || index > dealing.plan.holder_count || dealing.commitments.empty())
    return fail(ErrorCode::invalid_argument, "there is no such holder");
  const Scalar x = Scalar::of(index);
  Element value = dealing.commitments.back();
  for (std::size_t j = dealing.commitments.size() - 1; j-- > 0;) {
    TRY_ASSIGN(value, multiply(x, value));
    value = value + dealing.commitments[j];
  }
  if (dealing.plan.kind == DealingKind::refresh) {
    TRY_ASSIGN(value, multiply(x, value));
  }
  if (value.is_identity()) return fail(ErrorCode::invalid_argument, "a share of zero is refused");
  return value;
}

Result<std::vector<Scalar>> lagrange_coefficients(std::span<const HolderIndex> indices, HolderIndex at) {
  std::vector<Scalar> coefficients;
  for (const HolderIndex i : indices) {
    if (i == 0 || std::ranges::count(indices, i) != 1)
      return fail(ErrorCode::invalid_argument, "shares of different holders are needed");
    Scalar above = Scalar::of(1);
    Scalar below = Scalar::of(1);
    for (const HolderIndex j : indices) {
      if (j == i) continue;
      above = above * (Scalar::of(at) - Scalar::of(j));
      below = below * (Scalar::of(i) - Scalar::of(j));
    }
    coefficients.push_back(above * inverse(below));
  }
  return coefficients;
}

Result<Element> interpolate(std::span<const HolderIndex> indices, std::span<const Element> elements, HolderIndex at) {
  if (indices.empty() || indices.size() != elements.size())
    return fail(ErrorCode::invalid_argument, "one element a holder is needed");
  TRY_ASSIGN(const std::vector<Scalar> coefficients, lagrange_coefficients(indices, at));
  Element sum;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (coefficients[i].is_zero()) continue;  // `at` is the index of another
    TRY_ASSIGN(const Element term, multiply(coefficients[i], elements[i]));
    sum = sum.is_identity() ? term : sum + term;
  }
  if (sum.is_identity()) return fail(ErrorCode::invalid_argument, "these elements cancel each other out");
  return sum;
}

}  // namespace probity::oprf
