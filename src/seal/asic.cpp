#include "seal/asic.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "seal/archive.h"
#include "seal/certificate.h"
#include "seal/cms.h"
#include "seal/standing.h"

namespace probity::seal {
namespace {

constexpr std::string_view kTypeName = "mimetype";
constexpr std::size_t kTypeOffset = 38;  // a local header of 30 bytes, the name of 8

tl::unexpected<Error> corrupt(std::string what) { return fail(ErrorCode::corrupt, std::move(what)); }

Bytes bytes_of(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

std::string_view media_type_of(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> kTable[] = {
      {".html", "text/html"},
      {".json", "application/json"},
      {".txt", "text/plain"},
      {".pdf", "application/pdf"},
      {".jpg", "image/jpeg"},
      {".png", "image/png"},
      {".pem", "application/x-pem-file"},
      {".xml", "text/xml"},
      {".p7s", "application/pkcs7-signature"},
      {".tst", "application/vnd.etsi.timestamp-token"}};
  for (const auto& [ending, type] : kTable)
    if (name.ends_with(ending)) return type;
  return "application/octet-stream";
}

struct Listed {
  std::string_view name;
  Hash digest;
};

// The one way in which a manifest is written: a checker writes it anew and compares.
std::string manifest(std::string_view signature, const std::vector<Listed>& files) {
  std::string xml = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" "
      "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n"
      "<asic:SigReference MimeType=\"{}\" URI=\"{}\"/>\n",
      media_type_of(signature), signature);
  for (const Listed& file : files)
    xml += fmt::format(
        "<asic:DataObjectReference MimeType=\"{}\" URI=\"{}\">\n"
        "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\n"
        "<ds:DigestValue>{}</ds:DigestValue>\n"
        "</asic:DataObjectReference>\n",
        media_type_of(file.name), file.name, to_base64(file.digest));
  return xml + "</asic:ASiCManifest>\n";
}

std::string hash_line(std::string_view name, BytesView bytes) {
  return fmt::format("{}  {}\n", to_hex(sha256(bytes)), name);
}

std::string hash_list(const ContainerFiles& files) {
  std::string lines;
  for (const auto& [name, bytes] : files) lines += hash_line(name, bytes);
  return lines;
}

std::string data_manifest(const ContainerFiles& files, std::string_view hashes) {
  std::vector<Listed> listed;
  for (const auto& [name, bytes] : files) listed.push_back({name, sha256(bytes)});
  listed.push_back({kHashListName, sha256(as_bytes(hashes))});
  return manifest(kSignatureName, listed);
}

std::string time_manifest(std::string_view signed_manifest, BytesView signature) {
  return manifest(kTokenName,
                  {{kManifestName, sha256(as_bytes(signed_manifest))}, {kSignatureName, sha256(signature)}});
}

// What stands in an archive, sorted into what was put in and what the container added.
struct Parts {
  ContainerFiles files;
  std::map<std::string, Bytes> added;

  const Bytes* find(std::string_view name) const {
    const auto found = added.find(std::string(name));
    return found == added.end() ? nullptr : &found->second;
  }
};

bool is_added(std::string_view name) { return name == kHashListName || name.starts_with("META-INF/"); }

// Whether the bytes begin as a container does.
bool looks_like_container(BytesView bytes) {
  return bytes.size() > kTypeOffset && as_text(bytes).starts_with("PK\x03\x04") &&
         as_text(bytes.subspan(30)).starts_with(std::string(kTypeName) + std::string(kContainerType));
}

Result<Parts> read_parts(BytesView container) {
  if (!looks_like_container(container))
    return fail(ErrorCode::unsupported, "the file is no evidence package",
                "Its first 66 bytes must name application/vnd.etsi.asic-e+zip.");
  TRY_ASSIGN(std::vector<ArchiveFile> files, read_archive(container));
  if (files.front().name != kTypeName || as_text(files.front().bytes) != kContainerType || !files.front().stored)
    return corrupt("the package does not begin with its type");
  Parts parts;
  for (std::size_t i = 1; i < files.size(); ++i) {
    auto& into = is_added(files[i].name) ? parts.added : parts.files;
    into.emplace(std::move(files[i].name), std::move(files[i].bytes));
  }
  for (const auto& [name, bytes] : parts.added)
    if (name != kHashListName && name != kManifestName && name != kSignatureName && name != kTimeManifestName &&
        name != kTokenName)
      return fail(ErrorCode::unsupported, fmt::format("the package has an unknown extension, {}", name));
  for (const std::string_view name : {kHashListName, kManifestName, kSignatureName})
    if (parts.find(name) == nullptr) return corrupt(fmt::format("the package is not sealed: {} is missing", name));
  return parts;
}

// Says which file is not as it was; the manifests differ for sure.
tl::unexpected<Error> name_difference(const Parts& parts, std::string_view hashes) {
  std::string_view rest = as_text(*parts.find(kHashListName));
  for (const auto& [name, bytes] : parts.files) {
    const std::string line = hash_line(name, bytes);
    if (rest.find(line) != std::string_view::npos) continue;
    const bool named = rest.find("  " + name + "\n") != std::string_view::npos;
    return corrupt(fmt::format(fmt::runtime(named ? "{} was altered after the package was sealed"
                                                  : "{} was added after the package was sealed"),
                               name));
  }
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    const std::string_view line = rest.substr(0, end);
    const std::string name(line.size() > 66 ? line.substr(66) : line);
    if (!parts.files.contains(name)) return corrupt(fmt::format("{} is missing from the package", name));
    rest.remove_prefix(end + 1);
  }
  if (as_text(*parts.find(kHashListName)) != hashes) return corrupt("the list of hashes was altered");
  return corrupt("the package's manifest is not of these files");
}

Result<Timestamp> check_time_parts(const Parts& parts, const CheckOptions& options) {
  const Bytes* const written = parts.find(kTimeManifestName);
  const Bytes* const token = parts.find(kTokenName);
  if (written == nullptr || token == nullptr) return corrupt("half of the package's timestamp is missing");
  const std::string expected = time_manifest(as_text(*parts.find(kManifestName)), *parts.find(kSignatureName));
  if (as_text(*written) != expected) return corrupt("the package's timestamp is of something else");
  return check_timestamp(*token, sha256(*written), {options.authorities_pem, options.now_ms});
}

Result<void> check_times(const ContainerCheck& check) {
  constexpr TimeMs kClockToleranceMs = 10 * 60 * 1'000;
  const auto valid_at = [&](TimeMs time_ms) {
    return time_ms >= check.certificate.not_before_ms && time_ms <= check.certificate.not_after_ms;
  };
  if (!valid_at(check.claimed_time_ms)) return corrupt("the package's certificate was not valid at the time it states");
  if (!check.timestamp) return {};
  if (check.timestamp->time_ms < check.claimed_time_ms - kClockToleranceMs)
    return corrupt("the package states a later time than its timestamp attests");
  if (!valid_at(check.timestamp->time_ms))
    return corrupt("the package's certificate was not valid at the time its timestamp attests");
  return {};
}

}  // namespace

Result<Bytes> build_container(const ContainerFiles& files, const Sealer& sealer, TimeMs time_ms,
                              const StampDigest& stamp) {
  if (files.empty()) return fail(ErrorCode::invalid_argument, "a package needs files");
  for (const auto& [name, bytes] : files)
    if (is_added(name) || name == kTypeName)
      return fail(ErrorCode::invalid_argument, fmt::format("{} is written by the package itself", name));
  const std::string hashes = hash_list(files);
  const std::string signed_manifest = data_manifest(files, hashes);
  TRY_ASSIGN(const Bytes signature, sealer.sign(sha256(as_bytes(signed_manifest)), time_ms));
  std::vector<ArchiveFile> all{{std::string(kTypeName), bytes_of(kContainerType), true}};
  for (const auto& [name, bytes] : files) all.push_back({name, bytes, false});
  all.push_back({std::string(kHashListName), bytes_of(hashes), false});
  all.push_back({std::string(kManifestName), bytes_of(signed_manifest), false});
  all.push_back({std::string(kSignatureName), signature, false});
  if (stamp) {
    const std::string stamped_manifest = time_manifest(signed_manifest, signature);
    TRY_ASSIGN(auto token, stamp(sha256(as_bytes(stamped_manifest))));
    if (token) {
      all.push_back({std::string(kTimeManifestName), bytes_of(stamped_manifest), false});
      all.push_back({std::string(kTokenName), std::move(*token), false});
    }
  }
  return write_archive(all);
}

Result<ContainerCheck> check_container(BytesView container, const CheckOptions& options) {
  TRY_ASSIGN(const auto roots, read_roots(options.trusted_pem));
  TRY_ASSIGN(Parts parts, read_parts(container));
  const std::string hashes = hash_list(parts.files);
  const std::string expected = data_manifest(parts.files, hashes);
  if (as_text(*parts.find(kManifestName)) != expected || as_text(*parts.find(kHashListName)) != hashes)
    return name_difference(parts, hashes);
  const Bytes& der = *parts.find(kSignatureName);
  TRY_ASSIGN(const CmsSignature signature, check_detached(der, sha256(as_bytes(expected)), CmsForm::cades));
  if (signature.der_size != der.size()) return corrupt("something stands behind the package's signature");
  if (signature.timestamp_der) return fail(ErrorCode::unsupported, "the package's signature has unknown attributes");
  ContainerCheck check;
  check.certificate = describe(signature.chain.front().get());
  check.claimed_time_ms = *signature.signing_time_ms;
  if (parts.find(kTimeManifestName) != nullptr || parts.find(kTokenName) != nullptr) {
    TRY_ASSIGN(check.timestamp, check_time_parts(parts, options));
  }
  TRY(check_times(check));
  const bool attested = check.timestamp && check.timestamp->standing == Standing::trusted;
  Judged judged =
      judge(signature.chain, roots, attested ? check.timestamp->time_ms : check.claimed_time_ms, options.now_ms);
  check.standing = judged.standing;
  check.standing_reason = std::move(judged.reason);
  check.files = std::move(parts.files);
  return check;
}

}  // namespace probity::seal
