#include "app/log_place.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <filesystem>

#include "store/file.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostKeyBytes = 4096;
constexpr std::size_t kMostPolicyBytes = 1 << 20;

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  return text;
}

// "https://node.example:8443/" -> "node.example:8443/log"
std::string origin_of(const std::string& public_url, const Id& workspace) {
  const std::size_t scheme = public_url.find("://");
  std::string host = scheme == std::string::npos ? "" : public_url.substr(scheme + 3);
  while (host.ends_with('/')) host.pop_back();
  const bool local = host.empty() || host.starts_with("127.") || host.starts_with("localhost") || host.starts_with('[');
  const std::string origin = local ? "probity.invalid/" + workspace.text() : host + "/log";
  return tlog::is_key_name(origin) ? origin : "probity.invalid/" + workspace.text();
}

}  // namespace

std::string LogPlace::files_folder() const { return (fs::path(folder_) / "log").string(); }
std::string LogPlace::key_file() const { return (fs::path(folder_) / "keys" / "log.key").string(); }
std::string LogPlace::guard_file() const {
  if (!config_.guard_file.empty()) return config_.guard_file;
  return (fs::path(folder_) / "keys" / "log.checkpoint").string();
}

Result<std::optional<tlog::SigningKey>> LogPlace::key() const {
  auto bytes = store::read_file(key_file(), kMostKeyBytes);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::nullopt;
  if (!bytes) return tl::unexpected(bytes.error());
  auto key = tlog::SigningKey::parse_private(trimmed(std::string(as_text(*bytes))));
  std::fill(bytes->begin(), bytes->end(), std::uint8_t{0});
  if (!key || key->verifier().type != tlog::SignatureType::ed25519)
    return fail(ErrorCode::corrupt, fmt::format("{} is not the key of a log", key_file()), "restore it from a backup");
  if (!config_.origin.empty() && key->verifier().name != config_.origin)
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("the log is {}, and [log] origin in probity.toml says {}", key->verifier().name, config_.origin),
        "a log keeps its origin for ever: take the setting out");
  return std::optional(std::move(*key));
}

Result<tlog::SigningKey> LogPlace::found(const std::string& public_url, const Id& workspace, Random& random) const {
  TRY_ASSIGN(auto there, key());
  if (there) return std::move(*there);
  if (fs::exists(guard_file()) || fs::exists(fs::path(files_folder()) / "checkpoint"))
    return fail(ErrorCode::corrupt, fmt::format("there is a log without its key {}", key_file()),
                "restore the key from a backup");
  const std::string origin = config_.origin.empty() ? origin_of(public_url, workspace) : config_.origin;
  if (!tlog::is_key_name(origin))
    return fail(ErrorCode::invalid_argument, "[log] origin must be a name without spaces and plus signs",
                "a URL without its scheme is usual: log.example.com/2026");
  auto made = tlog::SigningKey::generate(origin, tlog::SignatureType::ed25519, random);
  TRY(store::make_folder((fs::path(folder_) / "keys").string()));
  TRY(store::write_file(key_file(), as_bytes(made.private_text() + "\n"), {.mode = 0600}));
  return made;
}

Result<tlog::Policy> LogPlace::policy() const {
  TRY_ASSIGN(const auto log_key, key());
  if (!log_key) return fail(ErrorCode::not_found, "the log has not been founded yet", "`probity serve` founds it");
  std::string text;
  if (!config_.policy_file.empty()) {
    TRY_ASSIGN(const Bytes bytes, store::read_file(config_.policy_file, kMostPolicyBytes));
    text = as_text(bytes);
  } else {
    std::string members;
    for (const auto& witness : config_.witnesses) {
      text += fmt::format("witness {} {} {}\n", witness.name, witness.key, witness.url);
      members += " " + witness.name;
    }
    // More than half, unless the operator says how many.
    const std::size_t quorum =
        config_.quorum > 0 ? static_cast<std::size_t>(config_.quorum) : config_.witnesses.size() / 2 + 1;
    text += config_.witnesses.empty() ? "quorum none\n"
                                      : fmt::format("group quorum {}{}\nquorum quorum\n", quorum, members);
  }
  auto policy = tlog::Policy::parse(text);
  if (!policy)
    return fail(ErrorCode::invalid_argument, "the log's witnesses in probity.toml: " + policy.error().message);
  policy->logs = {{log_key->verifier(), ""}};
  return policy;
}

}  // namespace probity::app
