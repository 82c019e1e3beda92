// The one form that a sealed PDF has, read strictly: where the seal is, what it leaves out, what it says.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/clock.h"

namespace probity::seal {

struct SealForm {
  std::string name{};
  std::string reason{};
  std::string location{};
  TimeMs claimed_time_ms = 0;
  // The signature's hex text with its angle brackets: all that the sealed range leaves out.
  std::size_t gap_begin = 0;
  std::size_t gap_end = 0;
  Bytes signature_der{};  // with the zeros behind it
};

// Only what stands in the file: no digest and no signature is checked. Errors: not_found (a PDF without a seal),
// corrupt, unsupported (another form); the message names what is wrong.
Result<SealForm> read_form(BytesView pdf);

}  // namespace probity::seal
