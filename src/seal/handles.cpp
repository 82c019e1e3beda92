#include "seal/handles.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/check.h"
#include "seal/certificate_stack.h"

namespace probity::seal {

void FreeHandle::operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
void FreeHandle::operator()(BIO* bio) const { BIO_free_all(bio); }
void FreeHandle::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
void FreeHandle::operator()(X509* certificate) const { X509_free(certificate); }

void FreeStack::operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }

CertificateStack borrow(std::span<const CertificateHandle> certificates) {
  CertificateStack stack(sk_X509_new_null());
  PROBITY_CHECK(stack != nullptr);
  for (const CertificateHandle& certificate : certificates)
    PROBITY_CHECK(sk_X509_push(stack.get(), certificate.get()) > 0);
  return stack;
}

BioHandle read_from(std::string_view text) {
  BioHandle bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  PROBITY_CHECK(bio != nullptr);
  return bio;
}

Error openssl_error(ErrorCode code, const char* what) {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return {code, reason == nullptr ? std::string(what) : std::string(what) + " (" + reason + ")", {}};
}

}  // namespace probity::seal
