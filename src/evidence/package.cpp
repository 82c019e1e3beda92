#include "evidence/package.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "evidence/item.h"
#include "evidence/package_form.h"

namespace probity::evidence {
namespace {

using Json = nlohmann::json;

Bytes bytes_of(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

// Names inside are ours; what a file was called stands in contents.json.
std::string ending_of(const std::string& name, BytesView bytes) {
  for (const char* text : {".json", ".txt"})
    if (name.ends_with(text)) return text;
  static const std::map<std::string, const char*> kEndings{
      {"image/jpeg", ".jpg"},  {"image/png", ".png"},       {"image/webp", ".webp"},
      {"image/tiff", ".tiff"}, {"image/gif", ".gif"},       {"image/heic", ".heic"},
      {"image/avif", ".avif"}, {"application/pdf", ".pdf"}, {"application/zip", ".zip"}};
  const auto found = kEndings.find(media_type_of(bytes));
  return found == kEndings.end() ? ".bin" : found->second;
}

// Collects files and their lines of contents.json.
class Packer {
 public:
  void add(const std::string& path, Bytes bytes, const std::string& name, const char* en, const char* zh) {
    index_.push_back({{"path", path},
                      {"name", name},
                      {"sha256", to_hex(sha256(bytes))},
                      {"size_bytes", bytes.size()},
                      {"about", {{"en", en}, {"zh", zh}}}});
    files_.emplace(path, std::move(bytes));
  }
  void add_numbered(const char* folder, const std::vector<PackageFile>& files, const char* en, const char* zh) {
    int number = 0;
    for (const PackageFile& file : files)
      add(fmt::format("{}{:03}{}", folder, ++number, ending_of(file.name, file.bytes)), file.bytes, file.name,
          file.about_en.empty() ? en : file.about_en.c_str(), file.about_zh.empty() ? zh : file.about_zh.c_str());
  }
  seal::ContainerFiles finish(const PackageInput& input, const std::string& verify) {
    add(kVerifyName, bytes_of(verify), kVerifyName, "How to check this package", "如何核对本证据包");
    const Json contents{{"format", kPackageFormat},
                        {"version", kPackageVersion},
                        {"matter", input.matter},
                        {"organisation", input.organisation},
                        {"files", std::move(index_)}};
    files_.emplace(kContentsName, bytes_of(contents.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"));
    return std::move(files_);
  }

 private:
  seal::ContainerFiles files_;
  Json index_ = Json::array();
};

void add_report(Packer& packer, const PackageInput& input) {
  for (const auto& [name, bytes] : input.report) {
    const bool data = name.ends_with(".json");
    packer.add(kReportFolder + name, bytes, name,
               data ? "The report as data, to work the verdict out again" : "The report",
               data ? "报告数据，可据以重新推算结论" : "报告");
  }
}

void add_masters(Packer& packer, const PackageInput& input) {
  for (const PackageMaster& master : input.masters)
    packer.add(fmt::format("{}{}.reference", kMasterFolder, master.asset.text()), master.reference, master.title,
               "The unmarked master where the leak shows it, as tracing reads it",
               "泄露内容所示部分的未加标记母版（供溯源读取）");
}

void add_log(Packer& packer, const PackageInput& input) {
  int number = 0;
  for (const PackageEntry& entry : input.log) {
    const std::string stem = fmt::format("{}{:03}", kLogFolder, ++number);
    packer.add(stem + ".json", bytes_of(log::opening_json(entry.opening)), entry.opening.record.kind,
               "A record of the transparency log, opened", "透明日志记录（已公开）");
    if (!entry.proof.empty())
      packer.add(stem + ".tlog-proof", bytes_of(entry.proof), entry.opening.record.kind,
                 "Proof that the record is in the log (C2SP tlog-proof)", "该记录在日志中的证明（C2SP tlog-proof）");
  }
  if (!input.policy.empty())
    packer.add(kPolicyName, bytes_of(input.policy), kPolicyName, "Which log and witnesses are meant (C2SP tlog-policy)",
               "所指日志与见证者（C2SP tlog-policy）");
}

}  // namespace

Result<Bytes> build_package(const PackageInput& input, const seal::Sealer& sealer, TimeMs time_ms,
                            const seal::StampDigest& stamp) {
  if (input.report.empty() && input.leaks.empty() && input.custody.empty())
    return fail(ErrorCode::invalid_argument, "there is no evidence to pack");
  Packer packer;
  add_report(packer, input);
  packer.add_numbered(kLeakFolder, input.leaks, "What leaked, byte for byte as it was found",
                      "泄露文件，与发现时逐字节相同");
  add_masters(packer, input);
  if (!input.custody.empty())
    packer.add(kCustodyName, bytes_of(custody_json(input.custody).dump(1) + "\n"), kCustodyName,
               "Custody: who did what with the evidence", "保管记录：何人于何时对证据做了何事");
  add_log(packer, input);
  packer.add_numbered(kDocumentFolder, input.documents, "A document", "文件");
  packer.add(kSealerName, bytes_of(sealer.chain_pem()), kSealerName, "The certificate of who sealed this package",
             "本证据包盖章者的证书");
  if (!input.authorities_pem.empty())
    packer.add(kAuthoritiesName, bytes_of(input.authorities_pem), kAuthoritiesName,
               "Roots of the timestamping authorities", "时间戳机构根证书");
  const std::string verify =
      verify_text(input.matter, sealer.certificate(), static_cast<bool>(stamp), !input.log.empty());
  return seal::build_container(packer.finish(input, verify), sealer, time_ms, stamp);
}

}  // namespace probity::evidence
