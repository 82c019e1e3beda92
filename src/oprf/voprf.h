// RFC 9497: a pseudorandom function of two parties. One has the input, the other the key, and neither learns the
// other's.
//
//   F(k, x) = SHA-512( x, k P, "Finalize" )      with P = HashToGroup(x), and lengths in front of each part
//
//   client                                             server, with key k and public key K = k G
//   ------                                             ----------------------------------------
//   draws r, sends        B = r P              --->
//                                                      D = k B, with a proof that D is to B as K is to G
//                                              <---    D, proof
//   checks the proof; N = D / r = k P; hashes
//
// For every x there is exactly one r that makes B, so B tells the server nothing at all about x, whatever it can
// compute. Without k nobody can tell F(k, x) from random bytes: a list of such values cannot be searched without asking
// the server for each guess. The proof keeps the server from using a key of its own for one client, whose answers it
// would then recognise later.
//
// The base mode is the same without proofs and with other domain separation.
#pragma once

#include <vector>

#include "oprf/dleq.h"

namespace probity::oprf {

inline constexpr std::size_t kOutputBytes = 64;
inline constexpr std::size_t kMostInputBytes = 65'535;

// F(k, x). Wiped when it goes: what is derived from it is a key.
class Output {
 public:
  Output() = default;
  Output(const Output&) = default;
  Output& operator=(const Output&) = default;
  ~Output();
  BytesView view() const { return bytes_; }
  std::span<std::uint8_t, kOutputBytes> writable() { return bytes_; }

 private:
  std::array<std::uint8_t, kOutputBytes> bytes_{};
};

// What the client keeps (r) and what it sends (B).
struct Blinded {
  Scalar blind;
  Element element;
};

// Errors: invalid_argument for inputs of more than 65,535 bytes.
Result<Blinded> blind(const Suite& suite, BytesView input, Random& random);
Result<Blinded> blind_with(const Suite& suite, BytesView input, const Scalar& blind);

// D = k B
Result<Element> evaluate(const Scalar& key, const Element& blinded);

struct Evaluation {
  std::vector<Element> elements;  // one for each blinded one
  Proof proof;                    // one for all
};
// Errors: invalid_argument for an empty batch.
Result<Evaluation> evaluate_with_proof(const Suite& suite, const KeyPair& key, std::span<const Element> blinded,
                                       Random& random);
// Errors: forbidden when the elements were not made under `public_key`.
Result<void> verify_evaluation(const Suite& suite, const Element& public_key, std::span<const Element> blinded,
                               std::span<const Element> evaluated, const Proof& proof);

// `blind` is the one under which `evaluated` was asked for.
Result<Output> finalize(BytesView input, const Scalar& blind, const Element& evaluated);

// F(k, x) by whoever holds k.
Result<Output> evaluate_directly(const Suite& suite, const Scalar& key, BytesView input);

}  // namespace probity::oprf
