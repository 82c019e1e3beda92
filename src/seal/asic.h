// Evidence containers: ASiC-E with CAdES (ETSI EN 319 162-1), a ZIP archive that unzip, sha256sum, openssl cms and
// openssl ts check without us. docs/formats.md, "Evidence package".
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "seal/check.h"
#include "seal/sealer.h"

namespace probity::seal {

// The files of a container by name (archive.h says which names there can be), but for what the container adds itself.
using ContainerFiles = std::map<std::string, Bytes>;

inline constexpr std::string_view kContainerType = "application/vnd.etsi.asic-e+zip";
inline constexpr std::string_view kHashListName = "manifest-sha256.txt";
inline constexpr std::string_view kManifestName = "META-INF/ASiCManifest001.xml";
inline constexpr std::string_view kSignatureName = "META-INF/signature001.p7s";
inline constexpr std::string_view kTimeManifestName = "META-INF/ASiCManifest002.xml";
inline constexpr std::string_view kTokenName = "META-INF/timestamp002.tst";

// An authority's token over a digest; nothing when there is no authority.
using StampDigest = std::function<Result<std::optional<Bytes>>(const Hash&)>;

// The sealed container. `stamp` may be empty. Errors: invalid_argument (a name, no files, the time), too_large, those
// of `stamp`, internal.
Result<Bytes> build_container(const ContainerFiles& files, const Sealer& sealer, TimeMs time_ms,
                              const StampDigest& stamp);

struct ContainerCheck {
  ContainerFiles files{};
  Certificate certificate{};
  Standing standing = Standing::unknown;
  std::string standing_reason{};
  TimeMs claimed_time_ms = 0;            // the sealer's own clock
  std::optional<Timestamp> timestamp{};  // without it: sealed, time not attested
};

// A value only when the container is whole: exactly the files that were sealed, under exactly these names, signed by
// the certificate's holder. Errors: corrupt (altered, missing, added; the message names the file), unsupported (not
// such a container, or one of another form), too_large; invalid_argument (the options).
Result<ContainerCheck> check_container(BytesView container, const CheckOptions& options = {});

}  // namespace probity::seal
