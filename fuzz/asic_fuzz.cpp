// Checks evidence containers. The first byte chooses: an archive as it is; a container as it is; a good container with
// some bytes exchanged, which may pass only with the same files.
#include <cstdlib>

#include "seal/archive.h"
#include "seal/asic.h"
#include "seal/test_authority.h"

using namespace probity;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

const seal::ContainerFiles& files() {
  static const seal::ContainerFiles made{{"leak/001.jpg", Bytes(300, 7)}, {"report.json", Bytes{'{', '}'}}};
  return made;
}

// Each patch is an offset of two bytes and a value.
void patched_container(BytesView patches) {
  static seal::TestAuthority authority;
  static const Bytes good = *seal::build_container(
      files(), seal::node_sealer(), seal::kNow,
      [](const Hash& imprint) -> Result<std::optional<Bytes>> { return authority.token(imprint); });
  Bytes bad = good;
  for (std::size_t i = 0; i + 3 <= patches.size(); i += 3)
    bad[(std::size_t{patches[i]} << 8 | patches[i + 1]) % bad.size()] = patches[i + 2];
  const auto found = seal::check_container(bad);
  if (found) check(found->files == files());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView rest(data + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      static_cast<void>(seal::read_archive(rest, {.files = 100, .bytes = 1 << 20}));
      break;
    case 1:
      static_cast<void>(seal::check_container(rest));
      break;
    default:
      patched_container(rest);
  }
  return 0;
}
