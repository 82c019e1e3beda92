// probity verify: what a published file proves, offline.
#include "evidence/verify.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/grammar.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostFileBytes = std::size_t{1} << 30;
constexpr std::size_t kMostSmallBytes = std::size_t{4} << 20;
constexpr int kIncomplete = 13;  // nothing contradicts the file, and something is not proved

struct VerifyOptions {
  std::string file;
  std::optional<std::string> proof, opening, policy, certificate, authorities;
};

Result<std::string> read_text(const std::string& path) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, kMostSmallBytes));
  return std::string(as_text(bytes));
}

// The file that was named, or the one that lies beside the document under its name.
Result<std::string> text_beside(const std::optional<std::string>& named, const std::string& file, const char* ending) {
  if (named) return read_text(*named);
  std::filesystem::path beside(file);
  beside.replace_extension(ending);
  std::error_code ignored;
  if (beside == file || !std::filesystem::is_regular_file(beside, ignored)) return std::string();
  return read_text(beside.string());
}

Result<evidence::Verification> verify(const VerifyOptions& options) {
  evidence::VerifyInput input;
  TRY_ASSIGN(const Bytes file, store::read_file(options.file, kMostFileBytes));
  TRY_ASSIGN(input.proof, text_beside(options.proof, options.file, ".tlog-proof"));
  TRY_ASSIGN(input.opening, text_beside(options.opening, options.file, ".opening.json"));
  for (const auto& [path, text] :
       {std::pair(&options.policy, &input.policy), std::pair(&options.certificate, &input.seal.trusted_pem),
        std::pair(&options.authorities, &input.seal.authorities_pem)})
    if (*path) {
      TRY_ASSIGN(*text, read_text(**path));
    }
  SystemClock clock;
  input.seal.now_ms = clock.now_ms();
  return evidence::verify(file, input);
}

const char* standing_name(seal::Standing standing) {
  switch (standing) {
    case seal::Standing::trusted:
      return "trusted";
    case seal::Standing::expired:
      return "expired";
    case seal::Standing::not_yet_valid:
      return "not_yet_valid";
    case seal::Standing::unknown:
      break;
  }
  return "unknown";
}

const char* belief_name(log::Belief belief) {
  switch (belief) {
    case log::Belief::cosigned:
      return "cosigned";
    case log::Belief::logged:
      return "logged";
    case log::Belief::unknown:
      break;
  }
  return "unknown";
}

nlohmann::json facts_of(const evidence::Verification& found) {
  nlohmann::json json{{"kind", evidence::subject_name(found.subject)},
                      {"sha256", to_hex(found.sha256)},
                      {"holds", found.holds()},
                      {"complete", found.complete()}};
  if (found.certificate)
    json["certificate"] = {{"subject", found.certificate->subject},
                           {"fingerprint", to_hex(found.certificate->fingerprint)},
                           {"standing", standing_name(found.standing)}};
  if (found.claimed_time_ms) json["claimed_time"] = to_rfc3339(*found.claimed_time_ms);
  if (found.timestamp)
    json["timestamp"] = {{"time", to_rfc3339(found.timestamp->time_ms)},
                         {"authority", found.timestamp->authority.subject},
                         {"standing", standing_name(found.timestamp->standing)}};
  if (found.entry) {
    json["log"] = {{"origin", found.entry->origin},
                   {"index", found.entry->index},
                   {"belief", belief_name(found.entry->belief)},
                   {"witnesses", found.entry->witnesses}};
    if (found.entry->seen_ms) json["log"]["seen"] = to_rfc3339(*found.entry->seen_ms);
  }
  return json;
}

int conclude(Terminal& terminal, const evidence::Verification& found) {
  const Words& say = terminal.words();
  if (!found.holds()) {
    terminal.line(say("It does NOT hold: do not rely on this file.", "不成立：请勿依赖此文件。"));
    return catalogue_entry(ErrorCode::corrupt).exit_code;
  }
  if (!found.complete()) {
    terminal.line(say("Nothing contradicts it; what is marked ? is not proved by what was given.",
                      "未发现矛盾；标有 ? 的事项，凭所给材料尚不能证明。"));
    return kIncomplete;
  }
  terminal.line(say("It holds, and everything asked for is proved.", "成立，且所问事项均已证明。"));
  return 0;
}

int run_verify(Terminal& terminal, const VerifyOptions& options) {
  const auto found = verify(options);
  if (!found) return terminal.failure(found.error());
  nlohmann::json json = facts_of(*found);
  nlohmann::json lines = nlohmann::json::array();
  for (const evidence::PackageLine& line : found->lines) {
    const bool right = line.mark == evidence::Mark::right;
    const bool wrong = line.mark == evidence::Mark::wrong;
    const std::string& text = terminal.words().language() == Language::zh ? line.zh : line.en;
    lines.push_back({{"mark", right ? "right" : wrong ? "wrong" : "missing"}, {"text", text}});
    terminal.line(fmt::format("  {} {}", right ? "✓" : wrong ? "✗" : "?", text));
  }
  json["lines"] = std::move(lines);
  terminal.document(json);
  return conclude(terminal, *found);
}

}  // namespace

void add_verify_command(Grammar& grammar) {
  const auto verify =
      grammar.command(nullptr, "verify", "Say what a published file proves, without a network", run_verify);
  verify->add_option("file", verify.options.file, "A sealed PDF, an evidence package (.asice) or a .tlog-proof")
      ->required();
  verify->add_option("--proof", verify.options.proof, "Its tlog-proof; else the file of that ending beside it");
  verify->add_option("--opening", verify.options.opening, "The log's record, if the proof does not carry it");
  verify->add_option("--policy", verify.options.policy, "A tlog-policy: the logs and witnesses that you believe");
  verify->add_option("--certificate", verify.options.certificate,
                     "PEM: the sealer's certificate or its roots, as you have it");
  verify->add_option("--authorities", verify.options.authorities, "PEM: roots of timestamping authorities");
  verify->footer(
      "Exit codes: 0 everything is proved, 13 nothing contradicts it but something is missing, 23 it does not hold.\n"
      "Example: probity verify S-2026-0001.pdf --certificate studio.pem --policy alliance-policy.txt");
}

}  // namespace probity::cli
