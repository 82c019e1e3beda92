// What a member and a key-holder say to each other: fixed sizes, signed by whoever says it, nothing about anybody.
//
//   question: version, epoch, generation, request id, time, member, user, blinded elements, signature of the member
//   answer:   version, holder, epoch, generation, request id, time, evaluated elements, proof, signature of the holder
//
// A question is signed for one holder, so that no holder can pass it on to another. The request id is drawn anew for
// each person or batch; a holder takes each id once, and only within two minutes of its time. `user` is a pseudonym
// that the member's node makes of the member of staff, for the quota. The holder's signature is the receipt: it says
// that this member asked so many questions at that time under that key, and not about whom.
//
// Layout in docs/formats.md, "Alliance tags and shares".
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "oprf/identity.h"
#include "oprf/threshold.h"

namespace probity::oprf {

inline constexpr std::size_t kMostQuestions = 100;  // elements in one request
inline constexpr TimeMs kMostClockSkewMs = 120'000;

using UserPseudonym = std::array<std::uint8_t, 8>;

struct EvaluationRequest {
  Epoch epoch = 0;
  Generation generation = 1;
  Id request;
  TimeMs time_ms = 0;
  Id member;
  UserPseudonym user{};
  std::vector<Element> blinded;
};

// As it came: the signature is checked once the member's key was looked up.
struct SignedRequest {
  EvaluationRequest request;
  Bytes signed_part;
  Signature signature{};
};

Bytes encode_request(const EvaluationRequest& request, const Identity& member, const PublicIdentity& holder);
// Errors: corrupt for any other length or version; invalid_argument for elements that are none, no element or too many.
Result<SignedRequest> parse_request(BytesView bytes);
// Errors: forbidden.
Result<void> verify_request(const SignedRequest& request, const PublicIdentity& member, const PublicIdentity& holder);

struct EvaluationAnswer {
  Epoch epoch = 0;
  Generation generation = 1;
  Id request;
  TimeMs time_ms = 0;
  PartialEvaluation partial;
  Signature receipt{};
};

Bytes encode_answer(const EvaluationAnswer& answer, const Id& member, const Identity& holder);
// Whole and signed by the holder, and for this request. Does not check the proof. Errors: corrupt, invalid_argument,
// forbidden.
Result<EvaluationAnswer> parse_answer(BytesView bytes, const EvaluationRequest& request, const PublicIdentity& holder);
// The same long afterwards, when the question is forgotten: that this holder answered that member then, under that key.
// Errors: corrupt, forbidden.
Result<EvaluationAnswer> parse_receipt(BytesView bytes, const Id& member, const PublicIdentity& holder);

}  // namespace probity::oprf
