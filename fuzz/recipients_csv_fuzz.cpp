// Files of recipients: any bytes give a list or an error, and what is in the list stays the same when read again.
#include <cstdlib>
#include <string_view>

#include "parties/recipient_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace probity::parties;
  const auto list = read_recipients_csv({reinterpret_cast<const char*>(data), size});
  if (!list) return 0;
  for (const auto& recipient : list->recipients) {
    const auto again = RecipientDetails::create(recipient.name, recipient.outlet, recipient.email);
    if (!again || *again != recipient) std::abort();
  }
  return 0;
}
