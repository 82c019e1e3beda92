// The incremental update that carries a seal (docs/formats.md, "Sealed PDFs"): what is appended, and where its gap is.
#pragma once

#include "base/bytes.h"
#include "seal/sealer.h"

namespace probity::seal {

// Bytes of signature that the gap holds; a certificate chain of ten and a timestamp fit.
inline constexpr std::size_t kSignatureBytes = 16'384;

// A PDF with a seal whose signature is still zeros. The gap is the hex text with its angle brackets.
struct OpenSeal {
  Bytes pdf{};
  std::size_t gap_begin = 0;
  std::size_t gap_end = 0;

  BytesView before_gap() const { return BytesView(pdf).first(gap_begin); }
  BytesView after_gap() const { return BytesView(pdf).subspan(gap_end); }
};

// Appends the update. `info` is complete and short enough. Errors: those of Sealer::seal().
Result<OpenSeal> append_update(BytesView pdf, const SealInfo& info);

// Writes the signature into the gap. Errors: internal (it does not fit).
Result<void> close_gap(OpenSeal& seal, BytesView signature);

// "D:20261121102945+00'00'" and back; whole seconds. Errors: corrupt.
std::string to_pdf_time(TimeMs time_ms);
Result<TimeMs> from_pdf_time(std::string_view text);

}  // namespace probity::seal
