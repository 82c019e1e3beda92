#include "oprf/dleq.h"

#include <sodium.h>

#include <algorithm>

namespace probity::oprf {
namespace {

void append(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }

Result<void> check_lists(const Claim& claim) {
  if (claim.factors.empty() || claim.factors.size() > kMostBatch || claim.factors.size() != claim.products.size())
    return fail(ErrorCode::invalid_argument, "a proof is about equally many elements on both sides, at least one");
  return {};
}

// d_i for each pair: bound to the key, the place and the pair itself.
class Weights {
 public:
  Weights(const Suite& suite, const Claim& claim) : suite_(suite), claim_(claim) {
    Bytes transcript;
    append_framed(transcript, claim.public_key.view());
    append_framed(transcript, as_bytes("Seed-" + suite.context()));
    crypto_hash_sha512(seed_.data(), transcript.data(), transcript.size());
  }
  Scalar operator[](std::size_t i) const {
    Bytes transcript;
    transcript.reserve(256);
    append_framed(transcript, seed_);
    transcript.push_back(static_cast<std::uint8_t>(i >> 8));
    transcript.push_back(static_cast<std::uint8_t>(i));
    append_framed(transcript, claim_.factors[i].view());
    append_framed(transcript, claim_.products[i].view());
    append(transcript, "Composite");
    return suite_.hash_to_scalar(transcript);
  }

 private:
  const Suite& suite_;
  const Claim& claim_;
  std::array<std::uint8_t, 64> seed_;
};

// sum weight_i element_i
Result<Element> fold(const Weights& weights, std::span<const Element> elements) {
  TRY_ASSIGN(Element sum, multiply(weights[0], elements[0]));
  for (std::size_t i = 1; i < elements.size(); ++i) {
    TRY_ASSIGN(const Element term, multiply(weights[i], elements[i]));
    sum = sum + term;
  }
  if (sum.is_identity()) return fail(ErrorCode::invalid_argument, "these elements cancel each other out");
  return sum;
}

Scalar challenge_of(const Suite& suite, const Element& public_key, const Element& m, const Element& z,
                    const Element& base_nonce, const Element& m_nonce) {
  Bytes transcript;
  for (const Element* element : {&public_key, &m, &z, &base_nonce, &m_nonce})
    append_framed(transcript, element->view());
  append(transcript, "Challenge");
  return suite.hash_to_scalar(transcript);
}

Result<Element> multiply_base(const Scalar& scalar, const Element& base) {
  return base == Element::generator() ? multiply_generator(scalar) : multiply(scalar, base);
}

}  // namespace

std::array<std::uint8_t, kProofBytes> Proof::bytes() const {
  std::array<std::uint8_t, kProofBytes> out;
  std::ranges::copy(challenge.view(), out.begin());
  std::ranges::copy(response.view(), out.begin() + kScalarBytes);
  return out;
}

Result<Proof> Proof::parse(BytesView bytes) {
  if (bytes.size() != kProofBytes) return fail(ErrorCode::invalid_argument, "a proof has 64 bytes");
  Proof proof;
  TRY_ASSIGN(proof.challenge, Scalar::parse(bytes.first(kScalarBytes)));
  TRY_ASSIGN(proof.response, Scalar::parse(bytes.last(kScalarBytes)));
  return proof;
}

Result<Proof> prove(const Suite& suite, const Scalar& secret, const Claim& claim, Random& random) {
  return prove_with_nonce(suite, secret, claim, Scalar::random(random));
}

Result<Proof> prove_with_nonce(const Suite& suite, const Scalar& secret, const Claim& claim, const Scalar& nonce) {
  TRY(check_lists(claim));
  TRY_ASSIGN(const Element m, fold(Weights(suite, claim), claim.factors));
  TRY_ASSIGN(const Element z, multiply(secret, m));
  TRY_ASSIGN(const Element base_nonce, multiply_base(nonce, claim.base));
  TRY_ASSIGN(const Element m_nonce, multiply(nonce, m));
  Proof proof;
  proof.challenge = challenge_of(suite, claim.public_key, m, z, base_nonce, m_nonce);
  proof.response = nonce - proof.challenge * secret;
  return proof;
}

Result<void> verify(const Suite& suite, const Claim& claim, const Proof& proof) {
  TRY(check_lists(claim));
  const Weights weights(suite, claim);
  TRY_ASSIGN(const Element m, fold(weights, claim.factors));
  TRY_ASSIGN(const Element z, fold(weights, claim.products));
  TRY_ASSIGN(const Element base_response, multiply_base(proof.response, claim.base));
  TRY_ASSIGN(const Element key_challenge, multiply(proof.challenge, claim.public_key));
  TRY_ASSIGN(const Element m_response, multiply(proof.response, m));
  TRY_ASSIGN(const Element z_challenge, multiply(proof.challenge, z));
  const Scalar expected =
      challenge_of(suite, claim.public_key, m, z, base_response + key_challenge, m_response + z_challenge);
  if (!(expected == proof.challenge))
    return fail(ErrorCode::forbidden, "the proof does not hold: another key was used");
  return {};
}

}  // namespace probity::oprf
