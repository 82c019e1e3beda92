// OpenSSL's objects as owning pointers, without OpenSSL's headers; and its errors as ours.
#pragma once

#include <memory>

#include "base/bytes.h"
#include "base/result.h"

struct CMS_ContentInfo_st;
struct asn1_string_st;
struct bio_st;
struct evp_pkey_st;
struct x509_st;

namespace probity::seal {

struct FreeHandle {
  void operator()(CMS_ContentInfo_st* cms) const;
  void operator()(bio_st* bio) const;
  void operator()(evp_pkey_st* key) const;
  void operator()(x509_st* certificate) const;
};
using CmsHandle = std::unique_ptr<CMS_ContentInfo_st, FreeHandle>;
using BioHandle = std::unique_ptr<bio_st, FreeHandle>;
using KeyHandle = std::unique_ptr<evp_pkey_st, FreeHandle>;
using CertificateHandle = std::unique_ptr<x509_st, FreeHandle>;

// A stream that reads the text, which must outlive it.
BioHandle read_from(std::string_view text);

// The error that OpenSSL reported last in this thread, as an error of ours: `what` and OpenSSL's reason, which never
// holds data. Empties the thread's queue of errors.
Error openssl_error(ErrorCode code, const char* what);

}  // namespace probity::seal
