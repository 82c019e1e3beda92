// The function of `voprf.h` with a key that is nowhere: t of n holders each multiply by their share, the client adds
// up.
//
//   client: B = r P  ---> holder i, for t of them:   D_i = k_i B, with a proof against the public share K_i
//           checks each proof, then   D = sum L_i D_i = (sum L_i k_i) B = k B   and finalizes as with one server
//
// The answer is the same whichever t answered, and the same as with the whole key. A holder that answers wrongly is
// named by its own proof, and the client asks another. t - 1 holders together, with everything they have ever seen,
// learn nothing of the input and cannot evaluate the function for a guess of their own.
#pragma once

#include "oprf/key_set.h"

namespace probity::oprf {

struct PartialEvaluation {
  HolderIndex index = 0;
  Evaluation evaluation;
};

// The alliance's suite: verifiable mode.
const Suite& threshold_suite();

// A holder's answer. Errors: invalid_argument for an empty batch.
Result<PartialEvaluation> evaluate_partially(const KeySet& keys, const KeyShare& share,
                                             std::span<const Element> blinded, Random& random);
// Errors: forbidden when the holder did not use the share behind K_index.
Result<void> verify_partial(const KeySet& keys, std::span<const Element> blinded, const PartialEvaluation& partial);

// k B for each blinded element. Takes the first t; they must be verified. Errors: invalid_argument for fewer than t
// holders, the same one twice, or batches of different sizes.
Result<std::vector<Element>> combine(const KeySet& keys, std::span<const PartialEvaluation> partials);

}  // namespace probity::oprf
