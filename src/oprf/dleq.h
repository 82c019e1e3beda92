// A proof that many elements were multiplied by one secret number, the one behind a public key (RFC 9497 section 2.2).
//
// The prover knows k with B = k A. It shows D_i = k C_i for all i at once and tells nothing else of k:
//
//   1. Both sides fold the lists into one pair: d_i = H(B, i, C_i, D_i),  M = sum d_i C_i,  Z = sum d_i D_i.
//      Were a single D_i wrong, Z = k M would hold for one in l of the hashes only. (The prover computes Z = k M.)
//   2. The prover draws r, sends nothing, and hashes:  c = H(B, M, Z, r A, r M),  s = r - c k.  The proof is (c, s).
//   3. The verifier computes s A + c B, which is r A if s is honest, and s M + c Z, which is r M if also Z = k M;
//      then c must be the same hash.
//
// A new r each time: two proofs with one r and different c would give k away.
#pragma once

#include <span>

#include "oprf/suite.h"

namespace probity::oprf {

inline constexpr std::size_t kProofBytes = 64;
inline constexpr std::size_t kMostBatch = 65'535;  // the RFC counts the pairs in two bytes

struct Proof {
  Scalar challenge;  // c
  Scalar response;   // s

  // challenge || response
  std::array<std::uint8_t, kProofBytes> bytes() const;
  // Errors: invalid_argument unless these are 64 bytes of two scalars below l.
  static Result<Proof> parse(BytesView bytes);
};

// What is claimed: public_key = k base, and products[i] = k factors[i] for each i. Views; they must outlive the call.
struct Claim {
  const Element& base;
  const Element& public_key;
  std::span<const Element> factors;
  std::span<const Element> products;
};

// Errors: invalid_argument for lists that are empty, too long or of different lengths.
Result<Proof> prove(const Suite& suite, const Scalar& secret, const Claim& claim, Random& random);
// With a nonce that the caller answers for; for test vectors.
Result<Proof> prove_with_nonce(const Suite& suite, const Scalar& secret, const Claim& claim, const Scalar& nonce);
// Errors: invalid_argument as above; forbidden when the proof does not hold.
Result<void> verify(const Suite& suite, const Claim& claim, const Proof& proof);

}  // namespace probity::oprf
