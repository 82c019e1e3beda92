// Reads timestamping authorities' replies and tokens. The first byte chooses: a reply as it is; a token as it is; a
// good token with some bytes exchanged, which may pass only when it still says the same by the same authority.
#include <cstdlib>

#include "seal/test_authority.h"

using namespace probity;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

const Hash& imprint() {
  static const Hash made = sha256(as_bytes("what is stamped"));
  return made;
}

// Each patch is an offset of two bytes and a value.
void patched_token(BytesView patches) {
  static const Bytes good = seal::TestAuthority().token(imprint());
  static const seal::Timestamp said = *seal::check_timestamp(good, imprint());
  Bytes bad = good;
  for (std::size_t i = 0; i + 3 <= patches.size(); i += 3)
    bad[(std::size_t{patches[i]} << 8 | patches[i + 1]) % bad.size()] = patches[i + 2];
  const auto found = seal::check_timestamp(bad, imprint());
  if (!found) return;
  check(found->time_ms == said.time_ms && found->serial == said.serial &&
        found->authority.fingerprint == said.authority.fingerprint);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView rest(data + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      static_cast<void>(seal::token_of_reply(rest, imprint(), seal::Nonce{1, 2, 3}));
      break;
    case 1:
      static_cast<void>(seal::check_timestamp(rest, imprint()));
      break;
    default:
      patched_token(rest);
  }
  return 0;
}
