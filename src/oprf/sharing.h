// Splitting a key so that any t of n holders can use it and t - 1 know nothing of it; dealing it so that cheating
// shows.
//
// Shamir's sharing
// ----------------
// A polynomial f(x) = a_0 + a_1 x + ... + a_{t-1} x^{t-1} over the scalars; holder i (1 <= i <= n) has k_i = f(i), the
// key is k = f(0). Any set S of t holders has
//     k = sum_{i in S} L_i k_i,      L_i = prod_{j in S, j != i} j / (j - i)          (Lagrange, at zero)
// and t - 1 shares fit every k equally well.
//
// Verifiable dealing (Feldman)
// ----------------------------
// The dealer publishes C_j = a_j G. Holder i checks k_i G = sum_j i^j C_j: a wrong share shows at once, to its holder
// and, when opened, to everybody. Everybody can compute each public share K_i = k_i G and the key K = C_0.
//
// Making a key that nobody ever had (Pedersen)
// --------------------------------------------
// Everybody deals a random polynomial of their own, and the key's polynomial is the sum of all:
//     k_i = sum_d f_d(i),   K = sum_d C_{d,0},   K_i = sum_d sum_j i^j C_{d,j}.
// Each dealer proves that they know their a_0 (Schnorr, bound to ceremony and dealer), so that nobody deals a constant
// made from other people's. One who gets a wrong share complains by name; the dealer answers by opening that share, and
// whoever opens a wrong one, or none, is out: `complaint_holds`. A ceremony in which a dealer is out gives no key; it
// is begun again without them (going on without them would let them choose, at the end, between two keys).
//
// A witnessed dealer is the same with one dealing, by dealer 0 who holds no share. Then one machine knew the key.
//
// Renewing the shares of one key (proactive refresh)
// --------------------------------------------------
// The same once more with a_0 = 0 (and C_0 not sent: it is the identity): k_i' = k_i + sum_d f_d(i), K stays. Shares
// from before and after do not fit together, so a thief must take t of them between two refreshes. Holders destroy the
// old ones; nobody can make them.
#pragma once

#include <optional>
#include <vector>

#include "base/hash.h"
#include "oprf/voprf.h"

namespace probity::oprf {

inline constexpr std::size_t kMostHolders = 32;
using HolderIndex = std::uint8_t;                   // 1 to n
inline constexpr HolderIndex kWitnessedDealer = 0;  // deals and holds nothing

enum class DealingKind : std::uint8_t { key = 1, refresh = 2 };

// What all taking part agree on beforehand.
struct SharingPlan {
  Hash ceremony{};  // names this ceremony and no other
  DealingKind kind = DealingKind::key;
  std::uint8_t threshold = 0;     // t
  std::uint8_t holder_count = 0;  // n
  bool operator==(const SharingPlan&) const = default;
};
// Errors: invalid_argument unless 1 <= t <= n <= 32, and 2 <= t for a refresh (one share alone is the key).
Result<void> check_plan(const SharingPlan& plan);

// What a dealer tells everybody.
struct PublicDealing {
  SharingPlan plan;
  HolderIndex dealer = 0;
  std::vector<Element> commitments;  // C_0 … C_{t-1}; without C_0 in a refresh
  Proof possession;                  // of a_0; unused in a refresh

  Bytes encode() const;
  // Errors: corrupt, or invalid_argument for what check_plan and Element::parse refuse. Does not verify.
  static Result<PublicDealing> parse(BytesView bytes);
};

struct Dealing {
  PublicDealing open;
  std::vector<Scalar> shares;  // f(1) … f(n): the i-th is for holder i + 1 alone
};

// A random polynomial. With `constant` that a_0 (for tests and for sharing a key that exists); refused in a refresh.
Result<Dealing> deal(const SharingPlan& plan, HolderIndex dealer, Random& random,
                     const std::optional<Scalar>& constant = std::nullopt);

// Errors: invalid_argument when it belongs to another plan or has the wrong size; forbidden when the dealer does not
// show that they know what they dealt.
Result<void> verify_dealing(const SharingPlan& plan, const PublicDealing& dealing);
// Whether `share` is f(to).
bool share_fits(const PublicDealing& dealing, HolderIndex to, const Scalar& share);
// A complaint holds, and the dealer is out, unless they opened a share that fits.
bool complaint_holds(const PublicDealing& dealing, HolderIndex accuser, const std::optional<Scalar>& opened);

// f(i) G from the commitments alone. Errors: invalid_argument for indices beyond the plan, or when it is the identity.
Result<Element> public_share(const PublicDealing& dealing, HolderIndex index);

// L_i for each of `indices`, at the point `at`. Errors: invalid_argument for indices that are zero or come twice.
Result<std::vector<Scalar>> lagrange_coefficients(std::span<const HolderIndex> indices, HolderIndex at = 0);
// sum L_i E_i: what interpolation gives for elements f(i) P. Errors: as above.
Result<Element> interpolate(std::span<const HolderIndex> indices, std::span<const Element> elements,
                            HolderIndex at = 0);

}  // namespace probity::oprf
