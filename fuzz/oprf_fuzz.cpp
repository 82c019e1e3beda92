// Everything of the alliance's wire that strangers can send: requests, answers, key sets, dealings, tag sets and
// changes. What is read must come out again as it went in.
#include <algorithm>
#include <cstdlib>

#include "oprf/label.h"
#include "oprf/messages.h"
#include "oprf/tag_set.h"

using namespace probity;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

template <class Value>
void round_trip(BytesView bytes) {
  const auto value = Value::parse(bytes);
  if (value) check(std::ranges::equal(value->encode(), bytes));
}

const oprf::Identity& somebody() {
  static const oprf::Identity identity = oprf::Identity::from_seed(SecretKey());
  return identity;
}

void request(BytesView bytes) {
  const auto parsed = oprf::parse_request(bytes);
  if (!parsed) return;
  check(parsed->signed_part.size() + parsed->signature.size() == bytes.size());
  (void)oprf::verify_request(*parsed, somebody().open(), somebody().open()).has_value();
  const Bytes again = oprf::encode_request(parsed->request, somebody(), somebody().open());
  check(std::equal(parsed->signed_part.begin(), parsed->signed_part.end(), again.begin()));
  // An answer can be told from one to another request whatever is in it.
  check(!oprf::parse_answer(bytes, parsed->request, somebody().open()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView bytes(data, size);
  request(bytes);
  (void)oprf::parse_answer(bytes, {}, somebody().open()).has_value();
  round_trip<oprf::KeySet>(bytes);
  round_trip<oprf::PublicDealing>(bytes);
  round_trip<oprf::TagSet>(bytes);
  round_trip<oprf::TagSetChange>(bytes);
  round_trip<oprf::TagSetHead>(bytes);
  (void)oprf::Proof::parse(bytes).has_value();
  (void)oprf::open_label(2027, {}, bytes).has_value();
  (void)somebody().unseal(bytes).has_value();
  return 0;
}
