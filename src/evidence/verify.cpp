#include "evidence/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/error_words.h"
#include "evidence/utc_text.h"

namespace probity::evidence {
namespace {

constexpr std::string_view kStatementReason = "Statement ";

std::string fingerprint_of(const seal::Certificate& certificate) {
  const std::string hex = to_hex(certificate.fingerprint);
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 8) text += (i == 0 ? "" : " ") + hex.substr(i, 8);
  return text;
}

class Telling {
 public:
  explicit Telling(std::vector<PackageLine>& lines) : lines_(lines) {}
  void right(std::string en, std::string zh) { lines_.push_back({Mark::right, std::move(en), std::move(zh)}); }
  void wrong(std::string en, std::string zh) { lines_.push_back({Mark::wrong, std::move(en), std::move(zh)}); }
  void missing(std::string en, std::string zh) { lines_.push_back({Mark::missing, std::move(en), std::move(zh)}); }

 private:
  std::vector<PackageLine>& lines_;
};

void tell_sealer(const Verification& found, const std::string& reason, Telling tell) {
  const seal::Certificate& certificate = *found.certificate;
  const std::string& name = certificate.subject;
  const std::string print = fingerprint_of(certificate);
  switch (found.standing) {
    case seal::Standing::trusted:
      tell.right(fmt::format("It was sealed by {}: the certificate is, or leads to, one that you gave.", name),
                 fmt::format("由 {} 盖章：其证书即您所给的证书，或由其签发。", name));
      return;
    case seal::Standing::expired:
      tell.missing(fmt::format("It was sealed by {}, under a certificate that has expired since {}.", name,
                               utc_text(certificate.not_after_ms)),
                   fmt::format("由 {} 盖章；其证书已于 {} 到期。", name, utc_text(certificate.not_after_ms)));
      return;
    case seal::Standing::not_yet_valid:
    case seal::Standing::unknown:
      break;
  }
  tell.missing(
      fmt::format("The seal's certificate says “{}”; nothing here shows that it is theirs ({}). Compare its SHA-256 "
                  "fingerprint with the one they publish: {}",
                  name, reason, print),
      fmt::format("盖章证书自称“{}”；此处无从证明属实（{}）。请将其 SHA-256 指纹与对方公布的核对：{}", name,
                  in_chinese(reason), print));
}

void tell_time(const Verification& found, Telling tell) {
  const std::string claimed = utc_text(*found.claimed_time_ms);
  if (!found.timestamp) {
    tell.missing(fmt::format("Sealed, time not attested: the sealer's own clock said {}.", claimed),
                 fmt::format("已盖章，时间未经证明：盖章者自己的时钟为 {}。", claimed));
    return;
  }
  const seal::Timestamp& stamp = *found.timestamp;
  const std::string when = utc_text(stamp.time_ms);
  const std::string& who = stamp.authority.subject;
  if (stamp.standing == seal::Standing::trusted || stamp.standing == seal::Standing::expired) {
    tell.right(fmt::format("It existed at {}: attested by {}, an authority that you gave.", when, who),
               fmt::format("{} 时已存在：由您所给的时间戳机构 {} 证明。", when, who));
    return;
  }
  tell.missing(fmt::format("A timestamp says {}, by “{}”; no roots were given to rely on that authority ({}).", when,
                           who, stamp.standing_reason),
               fmt::format("时间戳为 {}，由“{}”出具；未给出可信赖该机构的根证书（{}）。", when, who,
                           in_chinese(stamp.standing_reason)));
}

void tell_entry(const log::EntryCheck& entry, Telling tell) {
  const std::string where = fmt::format("entry {} of {}", entry.index, entry.origin);
  const std::string where_zh = fmt::format("{} 的第 {} 条", entry.origin, entry.index);
  switch (entry.belief) {
    case log::Belief::cosigned:
      tell.right(fmt::format("The record is {}, and its witnesses had seen it by {}.", where, utc_text(*entry.seen_ms)),
                 fmt::format("该记录为{}，见证者于 {} 之前已见。", where_zh, utc_text(*entry.seen_ms)));
      return;
    case log::Belief::logged:
      tell.right(fmt::format("The record is {}.", where), fmt::format("该记录为{}。", where_zh));
      tell.missing(fmt::format("No quorum of witnesses has seen it: {}.", entry.reason),
                   fmt::format("尚无足够见证者见过：{}。", in_chinese(entry.reason)));
      return;
    case log::Belief::unknown:
      tell.missing(fmt::format("The record would be {}, but {}.", where, entry.reason),
                   fmt::format("该记录或为{}，但：{}。", where_zh, in_chinese(entry.reason)));
  }
}

// Fields of a record's content; null when it is no JSON object or has none of that name.
std::string text_at(const log::Opening& opening, const char* key) {
  const auto content = nlohmann::json::parse(opening.record.content, nullptr, /*allow_exceptions=*/false);
  if (!content.is_object() || !content.contains(key) || !content[key].is_string()) return {};
  return content[key].get<std::string>();
}

// The opening that goes with the proof, wherever it is; wrong ones are told.
Result<std::optional<log::Opening>> find_opening(const VerifyInput& input) {
  if (input.opening.empty()) return log::opening_in(input.proof);
  TRY_ASSIGN(log::Opening opening, log::parse_opening(input.opening));
  return std::optional(std::move(opening));
}

// Proof and opening, told; nothing when a line says why not. Errors: invalid_argument (the policy).
Result<void> check_proof(const VerifyInput& input, Verification& found, Telling tell) {
  auto opening = find_opening(input);
  if (!opening) {
    tell.wrong(opening.error().message, in_chinese(opening.error().message));
    return {};
  }
  if (!*opening) {
    tell.missing("The proof does not say what its record says: give the record with --opening.",
                 "证明未载明其记录内容：请用 --opening 给出该记录。");
    return {};
  }
  found.opening = std::move(**opening);
  auto entry = log::check_entry(found.opening->commitment, input.proof, input.policy);
  if (!entry && entry.error().code == ErrorCode::invalid_argument) return tl::unexpected(entry.error());
  if (!entry) {
    tell.wrong(entry.error().message, in_chinese(entry.error().message));
    return {};
  }
  found.entry = std::move(*entry);
  tell_entry(*found.entry, tell);
  return {};
}

// That the log's record is about this very file.
void tell_record_of(const Verification& found, Telling tell) {
  const std::string named = text_at(*found.opening, "sha256");
  if (named == to_hex(found.sha256)) {
    const std::string number = text_at(*found.opening, "number");
    tell.right(fmt::format("The record names this very file{}.", number.empty() ? "" : ", as " + number),
               fmt::format("该记录所指正是此文件{}。", number.empty() ? "" : "（" + number + "）"));
    return;
  }
  tell.wrong(named.empty() ? "The log's record names no file." : "The log's record is about another file.",
             named.empty() ? "日志记录未指明文件。" : "日志记录所指为另一文件。");
}

Result<Verification> verify_pdf(BytesView file, const VerifyInput& input) {
  Verification found{.subject = Subject::sealed_pdf, .sha256 = sha256(file)};
  Telling tell(found.lines);
  auto checked = seal::check(file, input.seal);
  if (!checked && (checked.error().code == ErrorCode::corrupt || checked.error().code == ErrorCode::unsupported)) {
    tell.wrong("This is not as it was sealed: " + checked.error().message + ".",
               "此文件与盖章时不符：" + in_chinese(checked.error().message) + "。");
    return found;
  }
  TRY_ASSIGN(const seal::SealCheck seal, std::move(checked));
  found.certificate = seal.certificate;
  found.standing = seal.standing;
  found.claimed_time_ms = seal.claimed_time_ms;
  found.timestamp = seal.timestamp;
  tell.right(fmt::format("No byte was changed since it was sealed (“{}”).", seal.reason),
             fmt::format("盖章之后没有任何字节被改动（“{}”）。", seal.reason));
  tell_sealer(found, seal.standing_reason, tell);
  tell_time(found, tell);
  if (!input.proof.empty()) {
    TRY(check_proof(input, found, tell));
    if (found.opening) tell_record_of(found, tell);
  } else if (seal.reason.starts_with(kStatementReason) || !input.policy.empty()) {
    tell.missing(
        "No proof was given that it is in the public log: save the .tlog-proof beside it and give it with --proof.",
        "未给出其在公开日志中的证明：请另存 .tlog-proof 并用 --proof 给出。");
  }
  return found;
}

Result<Verification> verify_package(BytesView file, const VerifyInput& input) {
  Verification found{.subject = Subject::package, .sha256 = sha256(file)};
  Telling tell(found.lines);
  auto read = read_package(file, {input.seal, input.policy});
  if (!read && read.error().code == ErrorCode::corrupt) {
    tell.wrong("This is not as it was sealed: " + read.error().message + ".",
               "此证据包与盖章时不符：" + in_chinese(read.error().message) + "。");
    return found;
  }
  TRY_ASSIGN(Package package, std::move(read));
  found.certificate = package.seal.certificate;
  found.standing = package.seal.standing;
  found.claimed_time_ms = package.seal.claimed_time_ms;
  found.timestamp = package.seal.timestamp;
  const std::size_t count = package.seal.files.size();
  tell.right(
      fmt::format("The evidence of {}: none of its {} files was changed since it was sealed.", package.matter, count),
      fmt::format("{} 的证据：盖章之后，{} 个文件均未被改动。", package.matter, count));
  tell_sealer(found, package.seal.standing_reason, tell);
  tell_time(found, tell);
  std::ranges::move(package.lines, std::back_inserter(found.lines));
  return found;
}

Result<Verification> verify_proof(BytesView file, const VerifyInput& input) {
  Verification found{.subject = Subject::log_proof, .sha256 = sha256(file)};
  VerifyInput complete = input;
  complete.proof = as_text(file);
  Telling tell(found.lines);
  TRY(check_proof(complete, found, tell));
  if (found.opening)
    tell.right(fmt::format("The record says: {} {} {}", found.opening->record.kind,
                           found.opening->record.subject.text(), found.opening->record.content),
               fmt::format("记录内容：{} {} {}", found.opening->record.kind, found.opening->record.subject.text(),
                           found.opening->record.content));
  return found;
}

}  // namespace

std::string_view subject_name(Subject subject) {
  switch (subject) {
    case Subject::sealed_pdf:
      return "sealed_pdf";
    case Subject::package:
      return "evidence_package";
    case Subject::log_proof:
      return "log_proof";
  }
  return {};
}

bool Verification::holds() const {
  return std::ranges::none_of(lines, [](const PackageLine& line) { return line.mark == Mark::wrong; });
}

bool Verification::complete() const {
  return std::ranges::all_of(lines, [](const PackageLine& line) { return line.mark == Mark::right; });
}

Result<Verification> verify(BytesView file, const VerifyInput& input) {
  const std::string_view text = as_text(file);
  if (text.starts_with("%PDF-")) return verify_pdf(file, input);
  if (text.starts_with("PK")) return verify_package(file, input);
  if (text.starts_with("c2sp.org/tlog-proof")) return verify_proof(file, input);
  return fail(ErrorCode::unsupported, "the file is no sealed PDF, no evidence package and no proof of a log",
              "give a .pdf, .asice or .tlog-proof as it was published");
}

}  // namespace probity::evidence
