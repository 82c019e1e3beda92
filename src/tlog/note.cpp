#include "tlog/note.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "base/check.h"
#include "base/encoding.h"
#include "tlog/utf8.h"

namespace probity::tlog {
namespace {

constexpr std::string_view kDash = "\xE2\x80\x94 ";
constexpr std::string_view kPrivatePrefix = "PRIVATE+KEY+";
constexpr std::size_t kSignatureBytes = crypto_sign_BYTES;
constexpr std::size_t kTimeBytes = 8;

tl::unexpected<Error> malformed(const std::string& what) { return fail(ErrorCode::invalid_argument, what); }

std::uint32_t big_endian_32(BytesView bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

void append_big_endian(Bytes& bytes, std::uint64_t value, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::string cosigned_text(std::string_view text, std::uint64_t time_s) {
  return fmt::format("cosignature/v1\ntime {}\n{}", time_s, text);
}

// "name+hash+base64(type || key)" into its parts; the hash is not compared yet.
struct KeyText {
  std::string name;
  std::string_view id;
  SignatureType type;
  Hash key{};
};

Result<KeyText> parse_key_text(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return malformed("a key is written name+hash+base64");
  KeyText parts;
  parts.name = text.substr(0, first);
  parts.id = text.substr(first + 1, second - first - 1);
  if (!is_key_name(parts.name)) return malformed("this is not the name of a key");
  auto bytes = from_base64(text.substr(second + 1));
  if (!bytes || bytes->empty()) return malformed("a key's bytes are not base64 text");
  const auto type = static_cast<SignatureType>(bytes->front());
  if (type != SignatureType::ed25519 && type != SignatureType::cosignature)
    return fail(ErrorCode::unsupported, fmt::format("{} is a key of an unknown kind", parts.name));
  if (bytes->size() != 1 + sizeof(Hash)) return malformed("a key has another length than its kind has");
  parts.type = type;
  std::copy(bytes->begin() + 1, bytes->end(), parts.key.begin());
  sodium_memzero(bytes->data(), bytes->size());
  return parts;
}

std::string key_text(const VerifierKey& verifier, BytesView key) {
  Bytes bytes{static_cast<std::uint8_t>(verifier.type)};
  bytes.insert(bytes.end(), key.begin(), key.end());
  std::string text = fmt::format("{}+{:08x}+{}", verifier.name, verifier.id(), to_base64(bytes));
  sodium_memzero(bytes.data(), bytes.size());
  return text;
}

bool holds(BytesView signature, std::string_view text, const Hash& key) {
  return signature.size() == kSignatureBytes &&
         crypto_sign_verify_detached(signature.data(), as_bytes(text).data(), text.size(), key.data()) == 0;
}

Result<VerifiedSignature> verify_one(const SignatureLine& line, std::string_view text, const VerifierKey& key) {
  const auto bad = [&] { return malformed(fmt::format("the signature of {} does not hold", key.name)); };
  if (key.type == SignatureType::ed25519) {
    if (!holds(line.signature, text, key.public_key)) return bad();
    return VerifiedSignature{key, std::nullopt};
  }
  if (line.signature.size() != kTimeBytes + kSignatureBytes) return bad();
  std::uint64_t time_s = 0;
  for (std::size_t i = 0; i < kTimeBytes; ++i) time_s = time_s << 8 | line.signature[i];
  if (time_s > static_cast<std::uint64_t>(INT64_MAX)) return bad();
  if (!holds(BytesView(line.signature).subspan(kTimeBytes), cosigned_text(text, time_s), key.public_key)) return bad();
  return VerifiedSignature{key, static_cast<std::int64_t>(time_s)};
}

Result<SignatureLine> parse_signature(std::string_view line) {
  SignatureLine signature;
  signature.line = line;
  line.remove_suffix(1);
  if (!line.starts_with(kDash)) return malformed("a line under a note is not a signature");
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
    return malformed("a signature under a note has no name");
  signature.name = line.substr(0, space);
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() < 5) return malformed("a signature under a note is not base64 text");
  signature.key_id = big_endian_32(*bytes);
  signature.signature.assign(bytes->begin() + 4, bytes->end());
  return signature;
}

}  // namespace

std::uint32_t VerifierKey::id() const {
  const std::uint8_t head[] = {'\n', static_cast<std::uint8_t>(type)};
  return big_endian_32(sha256({as_bytes(name), head, public_key}));
}

Result<VerifierKey> VerifierKey::parse(std::string_view text) {
  TRY_ASSIGN(KeyText parts, parse_key_text(text));
  VerifierKey key{std::move(parts.name), parts.type, parts.key};
  if (key.text() != text) return malformed("a key's hash is not the one of its name and bytes");
  return key;
}

std::string VerifierKey::text() const { return key_text(*this, public_key); }

Result<Note> Note::parse(std::string_view note) {
  if (note.size() > kMostNoteBytes) return malformed("a note is too long");
  if (!is_utf8(note) || std::any_of(note.begin(), note.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; }))
    return malformed("a note has other characters than text");
  const std::size_t split = note.rfind("\n\n");
  if (split == std::string_view::npos || !note.ends_with('\n')) return malformed("this is not a signed note");
  Note parts;
  parts.text = note.substr(0, split + 1);
  for (std::string_view rest = note.substr(split + 2); !rest.empty();) {
    if (parts.signatures.size() == kMostNoteSignatures) return malformed("a note has too many signatures");
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    TRY_ASSIGN(SignatureLine signature, parse_signature(line));
    parts.signatures.push_back(std::move(signature));
    rest.remove_prefix(line.size());
  }
  if (parts.signatures.empty()) return malformed("a note has no signature");
  return parts;
}

Result<std::vector<VerifiedSignature>> verify_note(const Note& note, const std::vector<VerifierKey>& keys) {
  std::vector<VerifiedSignature> verified;
  for (const SignatureLine& line : note.signatures) {
    const auto known = std::find_if(keys.begin(), keys.end(), [&](const VerifierKey& key) {
      return key.name == line.name && key.id() == line.key_id;
    });
    if (known == keys.end()) continue;
    TRY_ASSIGN(VerifiedSignature signature, verify_one(line, note.text, *known));
    for (const VerifiedSignature& before : verified)
      if (before.key == *known) return malformed(fmt::format("{} signed one note twice", known->name));
    verified.push_back(std::move(signature));
  }
  if (verified.empty()) return malformed("nobody who is known signed this note");
  return verified;
}

SigningKey SigningKey::generate(std::string name, SignatureType type, Random& random) {
  SecretKey seed;
  random.fill(seed.writable());
  return from_seed(std::move(name), type, seed);
}

SigningKey SigningKey::from_seed(std::string name, SignatureType type, const SecretKey& seed) {
  PROBITY_CHECK(is_key_name(name));
  VerifierKey verifier{std::move(name), type, {}};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  crypto_sign_seed_keypair(verifier.public_key.data(), secret.data(), seed.view().data());
  sodium_memzero(secret.data(), secret.size());
  return SigningKey(std::move(verifier), seed);
}

Result<SigningKey> SigningKey::parse_private(std::string_view text) {
  if (!text.starts_with(kPrivatePrefix)) return malformed("this is not the private key of a log or witness");
  TRY_ASSIGN(KeyText parts, parse_key_text(text.substr(kPrivatePrefix.size())));
  SigningKey key = from_seed(parts.name, parts.type, SecretKey(parts.key));
  sodium_memzero(parts.key.data(), parts.key.size());
  if (parts.id != fmt::format("{:08x}", key.verifier().id()))
    return malformed("a private key's hash is not the one of its name and bytes");
  return key;
}

std::string SigningKey::private_text() const { return std::string(kPrivatePrefix) + key_text(verifier_, seed_.view()); }

std::string SigningKey::sign(std::string_view text, std::int64_t time_s) const {
  PROBITY_CHECK(text.ends_with('\n') && time_s >= 0);
  Bytes bytes;
  append_big_endian(bytes, verifier_.id(), 4);
  std::string signed_text(text);
  if (verifier_.type == SignatureType::cosignature) {
    append_big_endian(bytes, static_cast<std::uint64_t>(time_s), kTimeBytes);
    signed_text = cosigned_text(text, static_cast<std::uint64_t>(time_s));
  }
  Hash public_key;
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
  std::array<std::uint8_t, kSignatureBytes> signature;
  crypto_sign_seed_keypair(public_key.data(), secret.data(), seed_.view().data());
  crypto_sign_detached(signature.data(), nullptr, as_bytes(signed_text).data(), signed_text.size(), secret.data());
  sodium_memzero(secret.data(), secret.size());
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return fmt::format("{}{} {}\n", kDash, verifier_.name, to_base64(bytes));
}

std::string join_note(std::string_view text, const std::vector<std::string>& signature_lines) {
  std::string note(text);
  note += '\n';
  for (const std::string& line : signature_lines) note += line;
  return note;
}

bool is_key_name(std::string_view name) {
  return !name.empty() && is_utf8(name) && !has_space(name) &&
         std::none_of(name.begin(), name.end(), [](char c) { return c == '+' || (c >= 0 && c < ' '); });
}

Result<Hash> parse_hash(std::string_view base64) {
  const auto bytes = from_base64(base64);
  if (!bytes || bytes->size() != sizeof(Hash)) return malformed("a hash is not base64 text of 32 bytes");
  Hash hash;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

Result<std::uint64_t> parse_decimal(std::string_view text) {
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || !digits || (text.size() > 1 && text.front() == '0')) return malformed("this is not a number");
  std::uint64_t value = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (static_cast<std::uint64_t>(INT64_MAX) - digit) / 10) return malformed("a number is too large");
    value = value * 10 + digit;
  }
  return value;
}

Result<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return malformed("a text ends within a line");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace probity::tlog
