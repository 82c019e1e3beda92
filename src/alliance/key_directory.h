// The text in which a key set and its key-holders' addresses are handed to members.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alliance/key_ceremony.h"
#include "alliance/key_client.h"

namespace probity::alliance {

struct KeyDirectory {
  oprf::KeySet keys;
  std::vector<HolderCard> holders;  // holder i is holders[i - 1]

  std::vector<HolderAddress> addresses() const;
  std::string json() const;
  // Errors: corrupt; invalid_argument for a key set that does not hold together or has other holders.
  static Result<KeyDirectory> parse(std::string_view json);
};

}  // namespace probity::alliance
