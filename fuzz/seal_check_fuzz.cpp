// Checks sealed PDFs and seals PDFs. The first byte chooses: a file as it is; a good seal with some bytes exchanged,
// none of which may pass; a signature as it is.
#include <cstdlib>

#include "seal/check.h"
#include "seal/cms.h"
#include "seal/sealer.h"

using namespace probity;

namespace {

constexpr TimeMs kNow = 1'795'000'000'000;

void check(bool holds) {
  if (!holds) std::abort();
}

// A PDF of one empty page.
Bytes small_pdf() {
  const std::string_view objects[] = {"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
                                      "<< /Type /Pages /Kids [1 0 R] /Count 1 >>", "<< /Type /Catalog /Pages 2 0 R >>"};
  std::string pdf = "%PDF-1.5\n";
  std::string table = "xref\n0 4\n0000000000 65535 f \n";
  int number = 0;
  for (const std::string_view object : objects) {
    const std::string offset = std::to_string(pdf.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(++number) + " 0 obj\n" + std::string(object) + "\nendobj\n";
  }
  const std::string start = std::to_string(pdf.size());
  pdf += table + "trailer\n<< /Size 4 /Root 3 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
  return {as_bytes(pdf).begin(), as_bytes(pdf).end()};
}

const seal::Sealer& sealer() {
  static const seal::Sealer made = *seal::Sealer::create(*seal::SealKey::generate("Fuzzer", kNow));
  return made;
}

void whole_file(BytesView file) {
  static_cast<void>(seal::check(file));
  const auto sealed = sealer().seal(file, {.time_ms = kNow});
  if (sealed) check(seal::check(*sealed).has_value());
}

// Each patch is an offset of two bytes and a value.
void patched_seal(BytesView patches) {
  static const Bytes good = *sealer().seal(small_pdf(), {.reason = "x", .time_ms = kNow});
  Bytes bad = good;
  for (std::size_t i = 0; i + 3 <= patches.size(); i += 3)
    bad[(std::size_t{patches[i]} << 8 | patches[i + 1]) % bad.size()] = patches[i + 2];
  check(seal::check(bad).has_value() == (bad == good));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView rest(data + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      whole_file(rest);
      break;
    case 1:
      patched_seal(rest);
      break;
    default:
      static_cast<void>(seal::check_detached(rest, Hash{}));
  }
  return 0;
}
