// OpenSSL's list of certificates, borrowed from ours.
#pragma once

#include <memory>
#include <span>

#include "seal/handles.h"

struct stack_st_X509;

namespace probity::seal {

struct FreeStack {
  void operator()(stack_st_X509* stack) const;
};
using CertificateStack = std::unique_ptr<stack_st_X509, FreeStack>;

// The certificates must outlive it.
CertificateStack borrow(std::span<const CertificateHandle> certificates);

}  // namespace probity::seal
