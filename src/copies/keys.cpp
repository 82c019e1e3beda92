#include "copies/keys.h"

#include "base/encoding.h"

namespace probity::copies {

SecretKey asset_key(const SecretKey& master, const Id& asset, const Hash& salt) {
  Bytes info;
  ByteWriter writer(info);
  writer.bytes(as_bytes("asset"));
  writer.bytes(asset.view());
  writer.bytes(salt);
  return SecretKey(hkdf(master.view(), info));
}

SecretKey purpose_key(const SecretKey& key, std::string_view purpose) {
  Bytes info;
  ByteWriter writer(info);
  writer.bytes(as_bytes("purpose "));
  writer.bytes(as_bytes(purpose));
  return SecretKey(hkdf(key.view(), info));
}

std::string key_fingerprint(const SecretKey& master) {
  const Hash fingerprint = hkdf(master.view(), as_bytes("fingerprint"));
  return to_hex(BytesView(fingerprint).first(16));
}

HkdfExpander seed_expander(const SecretKey& key) {
  Hash pseudorandom_key;
  const BytesView view = key.view();
  std::copy(view.begin(), view.end(), pseudorandom_key.begin());
  const HkdfExpander expander(pseudorandom_key);
  pseudorandom_key.fill(0);
  return expander;
}

}  // namespace probity::copies
