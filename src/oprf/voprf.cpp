#include "oprf/voprf.h"

#include <sodium.h>

namespace probity::oprf {
namespace {

Output hash_output(BytesView input, const Element& unblinded) {
  Bytes transcript;
  append_framed(transcript, input);
  append_framed(transcript, unblinded.view());
  const BytesView end = as_bytes("Finalize");
  transcript.insert(transcript.end(), end.begin(), end.end());
  Output output;
  crypto_hash_sha512(output.writable().data(), transcript.data(), transcript.size());
  sodium_memzero(transcript.data(), transcript.size());
  return output;
}

Result<void> check_size(BytesView input) {
  if (input.size() > kMostInputBytes) return fail(ErrorCode::invalid_argument, "an input has at most 65,535 bytes");
  return {};
}

}  // namespace

Output::~Output() { sodium_memzero(bytes_.data(), bytes_.size()); }

Result<Blinded> blind(const Suite& suite, BytesView input, Random& random) {
  return blind_with(suite, input, Scalar::random(random));
}

Result<Blinded> blind_with(const Suite& suite, BytesView input, const Scalar& blind) {
  TRY(check_size(input));
  TRY_ASSIGN(const Element point, suite.hash_to_group(input));
  TRY_ASSIGN(const Element element, multiply(blind, point));
  return Blinded{blind, element};
}

Result<Element> evaluate(const Scalar& key, const Element& blinded) { return multiply(key, blinded); }

Result<Evaluation> evaluate_with_proof(const Suite& suite, const KeyPair& key, std::span<const Element> blinded,
                                       Random& random) {
  Evaluation evaluation;
  evaluation.elements.reserve(blinded.size());
  for (const Element& element : blinded) {
    TRY_ASSIGN(const Element product, evaluate(key.secret, element));
    evaluation.elements.push_back(product);
  }
  TRY_ASSIGN(evaluation.proof,
             prove(suite, key.secret, {Element::generator(), key.public_key, blinded, evaluation.elements}, random));
  return evaluation;
}

Result<void> verify_evaluation(const Suite& suite, const Element& public_key, std::span<const Element> blinded,
                               std::span<const Element> evaluated, const Proof& proof) {
  return verify(suite, {Element::generator(), public_key, blinded, evaluated}, proof);
}

Result<Output> finalize(BytesView input, const Scalar& blind, const Element& evaluated) {
  TRY(check_size(input));
  if (blind.is_zero()) return fail(ErrorCode::invalid_argument, "a blind of zero is refused");
  TRY_ASSIGN(const Element unblinded, multiply(inverse(blind), evaluated));
  return hash_output(input, unblinded);
}

Result<Output> evaluate_directly(const Suite& suite, const Scalar& key, BytesView input) {
  TRY(check_size(input));
  TRY_ASSIGN(const Element point, suite.hash_to_group(input));
  TRY_ASSIGN(const Element product, multiply(key, point));
  return hash_output(input, product);
}

}  // namespace probity::oprf
