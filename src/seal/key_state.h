// What a SealKey holds; shared by the files of this folder only.
#pragma once

#include <vector>

#include "seal/handles.h"
#include "seal/key.h"

namespace probity::seal {

struct SealKey::State {
  KeyHandle key;
  std::vector<CertificateHandle> chain;  // at least one; the key's own first
};

}  // namespace probity::seal
