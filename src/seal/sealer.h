// Sealing a PDF: PAdES B-B (ETSI EN 319 142-1) as a certification that permits no change (DocMDP P=1).
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "seal/key.h"

namespace probity::seal {

// What the seal says about itself beside the certificate; UTF-8, each may be empty and at most 500 bytes.
struct SealInfo {
  std::string name{};      // who seals; empty takes the certificate's subject
  std::string reason{};    // "Agreement in force"
  std::string location{};  // "Shanghai"
  TimeMs time_ms = 0;      // the claimed time of sealing
};

// Seals documents with one key. Const members may be called from any number of threads.
class Sealer {
 public:
  // Errors: internal.
  static Result<Sealer> create(SealKey key);

  Sealer(Sealer&&) noexcept;
  Sealer& operator=(Sealer&&) noexcept;
  ~Sealer();

  // `pdf` (as typeset() makes it: one revision, a cross-reference table, no forms) followed by one incremental update
  // that holds the seal; the bytes of `pdf` stay as they are. An ECDSA signature is different each time.
  // Errors: invalid_argument (not UTF-8, too long, or a time outside the certificate's validity), conflict (sealed
  // already), corrupt or unsupported (a PDF of another form), internal.
  Result<Bytes> seal(BytesView pdf, const SealInfo& info) const;

  // A CAdES B-B signature (EN 319 122-1), in DER, for a file that stands beside it, of which only the digest is given.
  // Errors: invalid_argument (a time outside the certificate's validity), internal.
  Result<Bytes> sign(const Hash& digest, TimeMs time_ms) const;

  const Certificate& certificate() const;
  std::string chain_pem() const;  // the key's own certificate first

 private:
  struct State;
  explicit Sealer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace probity::seal
