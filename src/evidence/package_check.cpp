#include "evidence/package_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/error_words.h"
#include "commitments/evidence.h"
#include "evidence/package_form.h"
#include "evidence/utc_text.h"
#include "log/check_entry.h"

namespace probity::evidence {
namespace {

using Json = nlohmann::json;

class Lines {
 public:
  explicit Lines(std::vector<PackageLine>& lines) : lines_(lines) {}
  void add(bool right, std::string en, std::string zh) {
    lines_.push_back({right ? Mark::right : Mark::wrong, std::move(en), std::move(zh)});
  }
  void miss(std::string en, std::string zh) { lines_.push_back({Mark::missing, std::move(en), std::move(zh)}); }

 private:
  std::vector<PackageLine>& lines_;
};

// Names and order stand in contents.json; the bytes in the container.
Result<void> read_contents(Package& package) {
  const auto found = package.seal.files.find(kContentsName);
  if (found == package.seal.files.end())
    return fail(ErrorCode::unsupported, "the container is no evidence package", "It has no contents.json.");
  try {
    const Json contents = Json::parse(found->second.begin(), found->second.end());
    if (contents.at("format") != kPackageFormat || contents.at("version") != kPackageVersion)
      return fail(ErrorCode::unsupported, "the evidence package is of an unknown version");
    package.matter = contents.at("matter").get<std::string>();
    package.organisation = contents.at("organisation").get<std::string>();
    for (const Json& entry : contents.at("files")) {
      const auto path = entry.at("path").get<std::string>();
      const auto name = entry.at("name").get<std::string>();
      const auto file = package.seal.files.find(path);
      if (file == package.seal.files.end() || entry.at("sha256") != to_hex(sha256(file->second)))
        return fail(ErrorCode::corrupt, fmt::format("{} is not what the package's contents say", path));
      if (path.starts_with(kReportFolder))
        package.report[path.substr(std::string_view(kReportFolder).size())] = file->second;
      if (path.starts_with(kLeakFolder)) package.leaks.push_back({name, file->second, {}, {}});
      if (!path.starts_with(kMasterFolder)) continue;
      const std::string stem = path.substr(std::string_view(kMasterFolder).size());
      TRY_ASSIGN(const Id asset, Id::parse(stem.substr(0, stem.find('.'))));
      package.masters.push_back({asset, name, file->second});
    }
  } catch (const Json::exception&) {
    return fail(ErrorCode::corrupt, "the package's contents cannot be read");
  }
  return {};
}

// The steps follow each other, and the leaks are what was taken in.
void check_custody(const Package& package, const std::vector<Step>& steps, Lines& lines) {
  std::optional<Step> last;
  for (const Step& step : steps) {
    const bool follows = step.sequence == (last ? last->sequence + 1 : 1) &&
                         step.previous == (last ? last->hash : Hash{}) && step.hash == step_hash(step) &&
                         (!last || step.matter == last->matter);
    if (!follows) {
      lines.add(false, fmt::format("Custody step {} is not what was recorded.", step.sequence),
                fmt::format("第 {} 步保管记录与当时不符。", step.sequence));
      return;
    }
    last = step;
  }
  lines.add(true, fmt::format("The {} custody steps follow each other unbroken.", steps.size()),
            fmt::format("{} 步保管记录前后相连，未被改动。", steps.size()));
  for (const PackageFile& leak : package.leaks) {
    const std::string hash = to_hex(sha256(leak.bytes));
    const bool taken_in = std::ranges::any_of(steps, [&](const Step& step) {
      return brings_item(step.deed.action) && step.deed.data_json.find(hash) != std::string::npos;
    });
    lines.add(taken_in,
              fmt::format(fmt::runtime(taken_in ? "“{}” is byte for byte what was taken in."
                                                : "No custody step tells how “{}” came in."),
                          leak.name),
              fmt::format(fmt::runtime(taken_in ? "“{}”与当时收存的文件逐字节相同。" : "没有保管记录说明“{}”的来历。"),
                          leak.name));
  }
}

// A commitment's evidence: each entry is what its hash says, and follows the one before it.
void check_commitment(const Json& document, Lines& lines) {
  const std::string number = document.value("commitment", "");
  std::string last(2 * sizeof(Hash), '0');
  std::size_t count = 0;
  for (const Json& entry : document.at("entries")) {
    const std::string previous = entry.at("previous"), text = entry.at("entry"), hash = entry.at("hash");
    const auto bytes = from_hex(previous);
    ++count;
    if (bytes && previous == last && to_hex(sha256({*bytes, as_bytes(text)})) == hash) {
      last = hash;
      continue;
    }
    lines.add(false, fmt::format("Entry {} of the evidence of commitment {} is not what was recorded.", count, number),
              fmt::format("承诺书 {} 的第 {} 条签署证据与当时不符。", number, count));
    return;
  }
  lines.add(true, fmt::format("The {} entries of evidence of commitment {} follow each other unbroken.", count, number),
            fmt::format("承诺书 {} 的 {} 条签署证据前后相连，未被改动。", number, count));
}

void check_commitments(const Package& package, Lines& lines) {
  for (const auto& [path, bytes] : package.seal.files) {
    if (!path.starts_with(kDocumentFolder) || !path.ends_with(".json")) continue;
    const Json document = Json::parse(as_text(bytes), nullptr, /*allow_exceptions=*/false);
    if (!document.is_object() || document.value("format", Json()) != commitments::kEvidenceFormat) continue;
    try {
      check_commitment(document, lines);
    } catch (const Json::exception&) {
      lines.add(false, path + " cannot be read.", path + " 无法读取。");
    }
  }
}

struct LogTally {
  std::size_t opened = 0, cosigned = 0, logged = 0, unknown = 0, unproved = 0;
  std::optional<TimeMs> latest_seen_ms{};
  std::vector<Hash> step_hashes{};  // that the log knows
};

void check_log_entry(const Package& package, const std::string& path, const std::string& policy, LogTally& tally,
                     Lines& lines) {
  const auto& files = package.seal.files;
  const auto opening = log::parse_opening(as_text(files.at(path)));
  if (!opening) {
    lines.add(false, path + ": " + opening.error().message, path + "：" + in_chinese(opening.error().message));
    return;
  }
  ++tally.opened;
  const Json content = Json::parse(opening->record.content, nullptr, /*allow_exceptions=*/false);
  if (opening->record.kind == "custody_step" && content.is_object() && content.contains("hash")) {
    const auto hash = content["hash"].is_string() ? from_hex(content["hash"].get<std::string>()) : Bytes{};
    Hash fixed{};
    if (hash && hash->size() == fixed.size()) {
      std::copy(hash->begin(), hash->end(), fixed.begin());
      tally.step_hashes.push_back(fixed);
    }
  }
  const auto proof = files.find(path.substr(0, path.size() - 5) + ".tlog-proof");
  if (proof == files.end()) {
    ++tally.unproved;
    return;
  }
  const auto entry = log::check_entry(opening->commitment, as_text(proof->second), policy);
  if (!entry) {
    lines.add(false, path + ": " + entry.error().message, path + "：" + in_chinese(entry.error().message));
    return;
  }
  tally.cosigned += entry->belief == log::Belief::cosigned ? 1 : 0;
  tally.logged += entry->belief == log::Belief::logged ? 1 : 0;
  tally.unknown += entry->belief == log::Belief::unknown ? 1 : 0;
  if (entry->seen_ms) tally.latest_seen_ms = std::max(tally.latest_seen_ms.value_or(0), *entry->seen_ms);
}

void tell_log(const LogTally& tally, bool own_policy, Lines& lines) {
  if (tally.opened == 0) {
    lines.miss("The package holds no records of the transparency log.", "证据包不含透明日志记录。");
    return;
  }
  if (tally.cosigned > 0)
    lines.add(
        true,
        fmt::format("{} records are in the transparency log, seen by its witnesses by {}.", tally.cosigned,
                    utc_text(*tally.latest_seen_ms)),
        fmt::format("{} 条记录在透明日志中，见证者于 {} 之前已见。", tally.cosigned, utc_text(*tally.latest_seen_ms)));
  if (tally.logged > 0)
    lines.miss(
        fmt::format("{} records are in the transparency log; no quorum of witnesses has seen them.", tally.logged),
        fmt::format("{} 条记录在透明日志中；尚无足够见证者见过。", tally.logged));
  if (tally.unknown > 0)
    lines.miss(fmt::format("{} records are in a log that no given policy knows.", tally.unknown),
               fmt::format("{} 条记录所在的日志不在所给策略之内。", tally.unknown));
  if (tally.unproved > 0)
    lines.miss(fmt::format("{} records had no proof yet when the package was made.", tally.unproved),
               fmt::format("{} 条记录在打包时尚无证明。", tally.unproved));
  if (own_policy && tally.cosigned + tally.logged > 0)
    lines.miss("Log and witnesses are believed as the package itself names them: give a policy of your own to be sure.",
               "日志与见证者以证据包自述为准：请提供您自己的策略以确认。");
}

void check_log(const Package& package, const std::vector<Step>& steps, const PackageOptions& options, Lines& lines) {
  const auto& files = package.seal.files;
  const auto own = files.find(kPolicyName);
  const bool own_policy = options.policy.empty() && own != files.end();
  const std::string policy = own_policy ? std::string(as_text(own->second)) : options.policy;
  LogTally tally;
  for (const auto& [path, bytes] : files)
    if (path.starts_with(kLogFolder) && path.ends_with(".json")) check_log_entry(package, path, policy, tally, lines);
  tell_log(tally, own_policy, lines);
  if (tally.step_hashes.empty()) return;
  const auto known = static_cast<std::size_t>(std::ranges::count_if(steps, [&](const Step& step) {
    return std::ranges::find(tally.step_hashes, step.hash) != tally.step_hashes.end();
  }));
  lines.add(known == tally.step_hashes.size(),
            fmt::format("{} of {} custody steps stand in the log as they stand here.", known, steps.size()),
            fmt::format("{} 步（共 {} 步）保管记录与日志所载一致。", known, steps.size()));
}

}  // namespace

bool Package::holds() const {
  return std::ranges::none_of(lines, [](const PackageLine& line) { return line.mark == Mark::wrong; });
}

Result<Package> read_package(BytesView bytes, const PackageOptions& options) {
  Package package;
  TRY_ASSIGN(package.seal, seal::check_container(bytes, options.seal));
  TRY(read_contents(package));
  Lines lines(package.lines);
  std::vector<Step> steps;
  const auto custody = package.seal.files.find(kCustodyName);
  if (custody == package.seal.files.end()) {
    lines.miss("The package holds no custody record.", "证据包不含保管记录。");
  } else {
    TRY_ASSIGN(steps, parse_custody(custody->second));
    check_custody(package, steps, lines);
  }
  check_commitments(package, lines);
  check_log(package, steps, options, lines);
  return package;
}

}  // namespace probity::evidence
