#include "base/secret.h"

#include <sodium.h>

namespace probity {

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

}  // namespace probity
