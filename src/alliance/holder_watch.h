// Whether the key-holders are well: each is asked now and then for what it shows publicly, and must be who the key
// directory says, hold the key set in use, and prove that it has its share.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "alliance/hub_link.h"
#include "alliance/key_directory.h"

namespace probity::alliance {

struct HolderHealth {
  std::optional<bool> well;  // nothing before the first look
  std::optional<TimeMs> last_contact_ms;
  std::string trouble;  // empty when well
};

// What a key-holder's public page proves. Errors: corrupt; forbidden (another identity, or no share); gone (it does
// not hold this key set).
Result<void> check_holder_page(const KeyDirectory& directory, oprf::HolderIndex index, std::string_view page);

// Thread-safe. Borrows sender and clock.
class HolderWatch {
 public:
  HolderWatch(HttpSender& sender, Clock& clock) : sender_(sender), clock_(clock) {}
  // Asks all of them, one after the other; may take as long as the sender waits for each.
  void look(const std::vector<KeyDirectory>& directories);
  HolderHealth health(oprf::Epoch epoch, oprf::HolderIndex index) const;
  std::size_t unwell() const;

 private:
  HttpSender& sender_;
  Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::pair<oprf::Epoch, oprf::HolderIndex>, HolderHealth> health_;
};

}  // namespace probity::alliance
