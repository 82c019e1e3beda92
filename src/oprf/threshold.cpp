#include "oprf/threshold.h"

namespace probity::oprf {

const Suite& threshold_suite() {
  static const Suite suite(Mode::verifiable);
  return suite;
}

Result<PartialEvaluation> evaluate_partially(const KeySet& keys, const KeyShare& share,
                                             std::span<const Element> blinded, Random& random) {
  if (share.index < 1 || share.index > keys.holder_count())
    return fail(ErrorCode::invalid_argument, "there is no such holder");
  const KeyPair pair{share.secret, keys.shares[share.index - 1U]};
  TRY_ASSIGN(Evaluation evaluation, evaluate_with_proof(threshold_suite(), pair, blinded, random));
  return PartialEvaluation{share.index, std::move(evaluation)};
}

Result<void> verify_partial(const KeySet& keys, std::span<const Element> blinded, const PartialEvaluation& partial) {
  if (partial.index < 1 || partial.index > keys.holder_count())
    return fail(ErrorCode::forbidden, "an answer of a holder that does not exist");
  return verify_evaluation(threshold_suite(), keys.shares[partial.index - 1U], blinded, partial.evaluation.elements,
                           partial.evaluation.proof);
}

Result<std::vector<Element>> combine(const KeySet& keys, std::span<const PartialEvaluation> partials) {
  if (partials.size() < keys.threshold)
    return fail(ErrorCode::invalid_argument, "too few key-holders answered for this key");
  partials = partials.first(keys.threshold);
  std::vector<HolderIndex> indices;
  for (const PartialEvaluation& partial : partials) {
    indices.push_back(partial.index);
    if (partial.evaluation.elements.size() != partials.front().evaluation.elements.size())
      return fail(ErrorCode::invalid_argument, "the key-holders answered different questions");
  }
  std::vector<Element> combined;
  std::vector<Element> row(partials.size());
  for (std::size_t item = 0; item < partials.front().evaluation.elements.size(); ++item) {
    for (std::size_t i = 0; i < partials.size(); ++i) row[i] = partials[i].evaluation.elements[item];
    TRY_ASSIGN(const Element element, interpolate(indices, row));
    combined.push_back(element);
  }
  return combined;
}

}  // namespace probity::oprf
