// Signed notes (c2sp.org/signed-note): a text with signatures under it; Ed25519 keys, and cosignatures of witnesses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/random.h"
#include "base/secret.h"

namespace probity::tlog {

inline constexpr std::size_t kMostNoteBytes = 1 << 20;
inline constexpr std::size_t kMostNoteSignatures = 64;

// The byte that stands before the public key. Others are reserved or unknown here.
enum class SignatureType : std::uint8_t {
  ed25519 = 0x01,      // over the text
  cosignature = 0x04,  // c2sp.org/tlog-cosignature: over a time and the text of a checkpoint
};

// Whose signatures are known: "name+hash+base64", made by text() and parse().
struct VerifierKey {
  std::string name;
  SignatureType type = SignatureType::ed25519;
  Hash public_key{};
  bool operator==(const VerifierKey&) const = default;

  // Errors: invalid_argument for anything else than what text() gives; unsupported for other kinds of keys.
  static Result<VerifierKey> parse(std::string_view text);
  std::string text() const;
  // The first four bytes of SHA-256(name || 0x0A || type || key).
  std::uint32_t id() const;
};

// Of a text with signatures; borrowed from the note.
struct SignatureLine {
  std::string_view name;
  std::uint32_t key_id = 0;
  Bytes signature;
  std::string_view line;  // as it stands in the note, with its newline
};

// A note's parts, with nothing verified. Views into the text that was parsed.
struct Note {
  std::string_view text;  // with its last newline
  std::vector<SignatureLine> signatures;
  // Errors: invalid_argument: not UTF-8, control characters, no signature, a line that is none, too many or too long.
  static Result<Note> parse(std::string_view note);
};

// A signature by a known key that holds.
struct VerifiedSignature {
  VerifierKey key;
  std::optional<std::int64_t> time_s;  // of a cosignature: when its witness saw the text
};

// Which of `keys` signed. Unknown keys' signatures are passed over.
// Errors: invalid_argument when a known key's signature does not hold or stands there twice, or nobody known signed.
Result<std::vector<VerifiedSignature>> verify_note(const Note& note, const std::vector<VerifierKey>& keys);

// A private key with its name. The seed is wiped with the object; it has no text form but the one of private_text().
class SigningKey {
 public:
  static SigningKey generate(std::string name, SignatureType type, Random& random);
  static SigningKey from_seed(std::string name, SignatureType type, const SecretKey& seed);
  // "PRIVATE+KEY+name+hash+base64", as golang.org/x/mod/sumdb/note writes it. Errors: invalid_argument, unsupported.
  static Result<SigningKey> parse_private(std::string_view text);
  // A secret: for a file that nobody else may read.
  std::string private_text() const;

  const VerifierKey& verifier() const { return verifier_; }
  // A signature line for `text`, which ends in a newline; `time_s` is for cosignatures.
  std::string sign(std::string_view text, std::int64_t time_s = 0) const;

 private:
  SigningKey(VerifierKey verifier, const SecretKey& seed) : verifier_(std::move(verifier)), seed_(seed) {}

  VerifierKey verifier_;
  SecretKey seed_;
};

// Text, blank line, signature lines.
std::string join_note(std::string_view text, const std::vector<std::string>& signature_lines);

// Not empty, UTF-8, no '+', no white space of Unicode, no control characters.
bool is_key_name(std::string_view name);

// The 32 bytes of a line in a note. Errors: invalid_argument.
Result<Hash> parse_hash(std::string_view base64);
// A decimal number without sign and leading zeros, below 2^63. Errors: invalid_argument.
Result<std::uint64_t> parse_decimal(std::string_view text);
// The text up to the next newline, which is taken off with it. Errors: invalid_argument when there is none.
Result<std::string_view> take_line(std::string_view& text);

}  // namespace probity::tlog
