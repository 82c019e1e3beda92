#include "app/node_seal.h"

#include <filesystem>

#include "app/timestamp_http.h"
#include "store/file.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPemBytes = 1 << 20;
constexpr std::size_t kMostNameCharacters = 64;  // of a certificate's subject (X.520)

Result<seal::SealKey> load(const std::string& key_file, const std::string& certificate_file) {
  TRY_ASSIGN(Bytes key, store::read_file(key_file, kMostPemBytes));
  const seal::SecretPem pem{std::string(as_text(key))};
  std::fill(key.begin(), key.end(), std::uint8_t{0});
  TRY_ASSIGN(const Bytes chain, store::read_file(certificate_file, kMostPemBytes));
  return seal::SealKey::from_pem(pem.view(), as_text(chain));
}

// The first characters of a UTF-8 text.
std::string cut(const std::string& text, std::size_t most_characters) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && ++characters > most_characters)
      return text.substr(0, i);
  return text;
}

}  // namespace

Result<std::unique_ptr<Timestamps>> open_timestamps(const std::vector<Config::Timestamp>& config, Clock& clock,
                                                    Random& random) {
  std::vector<std::unique_ptr<seal::TimestampAuthority>> authorities;
  for (const Config::Timestamp& one : config) {
    TimestampService service{one.url, {}, one.timeout_s};
    if (!one.roots_file.empty()) {
      TRY_ASSIGN(const Bytes roots, store::read_file(one.roots_file, kMostPemBytes));
      TRY(seal::check_roots(as_text(roots)));
      service.roots_pem = as_text(roots);
    }
    TRY_ASSIGN(auto authority, timestamp_over_http(std::move(service)));
    authorities.push_back(std::move(authority));
  }
  return std::make_unique<Timestamps>(std::move(authorities), clock, random);
}

Result<seal::SealKey> NodeSeal::load_or_make(bool make) {
  if (!config_.key_file.empty()) return load(config_.key_file, config_.certificate_file);
  const std::string key_file = (fs::path(folder_) / "keys" / "seal.key").string();
  const std::string certificate_file = (fs::path(folder_) / "keys" / "seal.crt").string();
  // The certificate is written last: a key without one is a making that was interrupted.
  if (fs::exists(certificate_file)) return load(key_file, certificate_file);
  if (!make) return fail(ErrorCode::not_found, "no document has been sealed yet");
  TRY_ASSIGN(const auto settings, settings_.get());
  TRY_ASSIGN(seal::SealKey key,
             seal::SealKey::generate(cut(settings.organisation, kMostNameCharacters), clock_.now_ms()));
  const auto replace = store::Existing::replace;
  TRY(store::write_file(key_file, as_bytes(key.key_pem().view()), {.existing = replace, .mode = 0600}));
  TRY(store::write_file(certificate_file, as_bytes(key.chain_pem()), {.existing = replace, .mode = 0644}));
  return key;
}

Result<std::shared_ptr<const seal::Sealer>> NodeSeal::sealer(bool make) {
  const std::lock_guard lock(mutex_);
  if (sealer_) return sealer_;
  TRY_ASSIGN(seal::SealKey key, load_or_make(make));
  TRY_ASSIGN(seal::Sealer sealer, seal::Sealer::create(std::move(key)));
  sealer_ = std::make_shared<const seal::Sealer>(std::move(sealer));
  return sealer_;
}

Result<Bytes> NodeSeal::seal(BytesView pdf, const std::string& reason, TimeMs time_ms) {
  TRY_ASSIGN(const auto sealer, this->sealer(true));
  seal::SealInfo info;
  info.reason = reason;
  info.time_ms = time_ms;
  TRY_ASSIGN(Bytes sealed, sealer->seal(pdf, info));
  if (!timestamps_.any()) return sealed;
  TRY_ASSIGN(const seal::SealCheck check, seal::check(sealed));
  TRY_ASSIGN(const seal::Stamped stamped, timestamps_.stamp(check.signature_digest));
  return seal::add_timestamp(sealed, stamped.token);
}

seal::StampDigest NodeSeal::stamper() {
  if (!timestamps_.any()) return {};
  return [this](const Hash& imprint) -> Result<std::optional<Bytes>> {
    TRY_ASSIGN(seal::Stamped stamped, timestamps_.stamp(imprint));
    return std::optional(std::move(stamped.token));
  };
}

Result<seal::CheckOptions> NodeSeal::check_options() {
  TRY_ASSIGN(const auto own, certificate());
  seal::CheckOptions options;
  if (own) options.trusted_pem = own->pem;
  options.authorities_pem = timestamps_.roots_pem();
  options.now_ms = clock_.now_ms();
  return options;
}

Result<std::optional<seal::Certificate>> NodeSeal::certificate() {
  const auto sealer = this->sealer(false);
  if (!sealer && sealer.error().code == ErrorCode::not_found) return std::nullopt;
  if (!sealer) return tl::unexpected(sealer.error());
  return (*sealer)->certificate();
}

}  // namespace probity::app
