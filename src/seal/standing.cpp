#include "seal/standing.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "seal/certificate.h"
#include "seal/certificate_stack.h"

namespace probity::seal {
namespace {

// X509_V_OK or the reason against it.
int verify_at(std::span<const CertificateHandle> chain, std::span<const CertificateHandle> roots, TimeMs time_ms,
              Purpose purpose) {
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(X509_STORE_CTX_new(),
                                                                                X509_STORE_CTX_free);
  const CertificateStack links = borrow(chain.subspan(1));
  if (!store || !context) return X509_V_ERR_OUT_OF_MEM;
  for (const CertificateHandle& root : roots) X509_STORE_add_cert(store.get(), root.get());
  if (X509_STORE_CTX_init(context.get(), store.get(), chain.front().get(), links.get()) != 1)
    return X509_V_ERR_UNSPECIFIED;
  X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_VERIFY_PARAM_set_time(rules, static_cast<std::time_t>(time_ms / 1000));
  if (purpose == Purpose::timestamping) X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_TIMESTAMP_SIGN);
  const int verdict = X509_verify_cert(context.get()) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
  return verdict;
}

std::string because(int verdict) { return X509_verify_cert_error_string(verdict); }

}  // namespace

Result<std::vector<CertificateHandle>> read_roots(std::string_view pem) {
  if (pem.empty()) return std::vector<CertificateHandle>();
  auto roots = read_certificates(pem);
  if (!roots) return fail(ErrorCode::invalid_argument, roots.error().message, roots.error().hint);
  return roots;
}

Result<void> check_roots(std::string_view pem) {
  TRY(read_roots(pem));
  return {};
}

Judged judge(std::span<const CertificateHandle> chain, std::span<const CertificateHandle> roots, TimeMs claimed_ms,
             std::optional<TimeMs> now_ms, Purpose purpose) {
  if (roots.empty()) return {Standing::unknown, "no certificate was given to rely on"};
  const int then = verify_at(chain, roots, claimed_ms, purpose);
  if (then != X509_V_OK) return {Standing::unknown, because(then)};
  const int now = now_ms ? verify_at(chain, roots, *now_ms, purpose) : X509_V_OK;
  switch (now) {
    case X509_V_OK:
      return {Standing::trusted, ""};
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {Standing::expired, because(now)};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {Standing::not_yet_valid, because(now)};
    default:
      return {Standing::unknown, because(now)};
  }
}

}  // namespace probity::seal
