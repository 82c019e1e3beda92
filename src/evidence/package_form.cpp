#include "evidence/package_form.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::evidence {
namespace {

using Json = nlohmann::json;

tl::unexpected<Error> malformed() { return fail(ErrorCode::corrupt, "the custody record cannot be read"); }

Result<Hash> parse_hash(const std::string& text) {
  const auto bytes = from_hex(text);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return malformed();
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

Result<std::optional<Id>> parse_optional_id(const Json& json) {
  if (json.is_null()) return std::nullopt;
  const auto id = Id::parse(json.get<std::string>());
  if (!id) return malformed();
  return std::optional(*id);
}

// Throws what nlohmann throws when a field is missing or of another type.
Result<Step> parse_step(const Json& json) {
  Step step;
  const auto matter = Id::parse(json.at("matter").get<std::string>());
  const auto kind = events::parse_actor_kind(json.at("actor").at("kind").get<std::string>());
  if (!matter || !kind) return malformed();
  step.matter = *matter;
  step.sequence = json.at("sequence").get<std::uint64_t>();
  step.time_ms = json.at("time_ms").get<TimeMs>();
  step.deed.action = json.at("action").get<std::string>();
  TRY_ASSIGN(step.deed.item, parse_optional_id(json.at("item")));
  step.deed.actor.kind = *kind;
  TRY_ASSIGN(step.deed.actor.id, parse_optional_id(json.at("actor").at("id")));
  step.deed.actor.name = json.at("actor").at("name").get<std::string>();
  step.deed.why = json.at("why").get<std::string>();
  step.deed.tool = json.at("tool").get<std::string>();
  step.deed.data_json = json.at("data").get<std::string>();
  TRY_ASSIGN(step.previous, parse_hash(json.at("previous").get<std::string>()));
  TRY_ASSIGN(step.hash, parse_hash(json.at("hash").get<std::string>()));
  return step;
}

Json id_or_null(const std::optional<Id>& id) { return id ? Json(id->text()) : Json(); }

}  // namespace

Json custody_json(const std::vector<Step>& steps) {
  Json list = Json::array();
  for (const Step& step : steps)
    list.push_back({{"matter", step.matter.text()},
                    {"sequence", step.sequence},
                    {"time_ms", step.time_ms},
                    {"time", to_rfc3339(step.time_ms)},
                    {"action", step.deed.action},
                    {"item", id_or_null(step.deed.item)},
                    {"actor",
                     {{"kind", events::actor_kind_name(step.deed.actor.kind)},
                      {"id", id_or_null(step.deed.actor.id)},
                      {"name", step.deed.actor.name}}},
                    {"why", step.deed.why},
                    {"tool", step.deed.tool},
                    {"data", step.deed.data_json},
                    {"previous", to_hex(step.previous)},
                    {"hash", to_hex(step.hash)}});
  return {{"steps", std::move(list)}};
}

Result<std::vector<Step>> parse_custody(BytesView text) {
  const Json json = Json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
  std::vector<Step> steps;
  try {
    for (const Json& one : json.at("steps")) {
      TRY_ASSIGN(Step step, parse_step(one));
      steps.push_back(std::move(step));
    }
  } catch (const Json::exception&) {
    return malformed();
  }
  return steps;
}

namespace {

// "ab:cd:…", as openssl prints it, so that the two can be held against each other.
std::string fingerprint_text(const seal::Certificate& certificate) {
  std::string text;
  for (const std::uint8_t byte : certificate.fingerprint)
    text += fmt::format("{}{:02X}", text.empty() ? "" : ":", byte);
  return text;
}

constexpr const char* kSignatureCommand =
    "    openssl dgst -sha256 -binary manifest-sha256.txt | base64 | grep -F -f - META-INF/ASiCManifest001.xml\n"
    "    openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s \\\n"
    "      -content META-INF/ASiCManifest001.xml -CAfile certificates/sealer.pem -partial_chain \\\n"
    "      -purpose any -no_check_time -out /dev/null\n"
    "    openssl x509 -in certificates/sealer.pem -noout -subject -fingerprint -sha256\n";
constexpr const char* kTimeCommand =
    "    openssl dgst -sha256 -binary META-INF/signature001.p7s | base64 | grep -F -f - META-INF/ASiCManifest002.xml\n"
    "    openssl ts -verify -token_in -in META-INF/timestamp002.tst \\\n"
    "      -data META-INF/ASiCManifest002.xml -CAfile certificates/authorities.pem\n"
    "    openssl ts -reply -token_in -in META-INF/timestamp002.tst -token_out -text\n";

std::string english(const std::string& matter, const std::string& fingerprint, bool stamped, bool logged) {
  std::string text = fmt::format(
      "EVIDENCE PACKAGE {0}: HOW TO CHECK IT\n\n"
      "Every step works without the program that made this package, on any system with unzip, sha256sum and openssl "
      "3.\n\n"
      "1. Unpack it into an empty folder.\n"
      "    mkdir evidence && cd evidence && unzip ../{0}.asice\n\n"
      "2. No file was changed: each line must say OK.\n"
      "    sha256sum --strict -c manifest-sha256.txt\n\n"
      "3. Who sealed it. The first command must print a line, the second \"CAdES Verification successful\".\n"
      "{1}"
      "   The fingerprint must be the one that the organisation publishes on its own site. It says here:\n"
      "    {2}\n\n",
      matter, kSignatureCommand, fingerprint);
  text +=
      stamped
          ? fmt::format(
                "4. When: an independent authority's time. The second command must print \"Verification: OK\".\n{}\n",
                kTimeCommand)
          : "4. When: no authority attests the time of this package; the time in its signature is the sealer's "
            "own.\n\n";
  text +=
      logged
          ? "5. The public log: log/NNN.json opens an entry (SHA-256 of the salt's bytes followed by the text is the\n"
            "   commitment), log/NNN.tlog-proof proves that the commitment is in the log (C2SP tlog-proof), and\n"
            "   log/policy.txt names the log and the witnesses. Compare their keys with a source of your own.\n\n"
          : "5. The public log: this package holds no entries of it.\n\n";
  text +=
      "6. The verdict. With the free program probity, offline:\n"
      "    probity report check PACKAGE.asice\n"
      "   It lays the leaked file over the master again, reads the code, and works out the bound. The recipe, for "
      "those who\n"
      "   would rather write their own program, is docs/formats.md of its source, \"Trace report\".\n\n"
      "What a verdict says: this is the copy that was issued to one recipient. It does not show who passed it on.\n"
      "This package opens that copy's secret code: show it only to those who need to check it.\n";
  return text;
}

std::string chinese(const std::string& matter, const std::string& fingerprint, bool stamped, bool logged) {
  std::string text = fmt::format(
      "证据包 {0}：如何核对\n\n"
      "以下各步均不需要生成本证据包的程序；任何装有 unzip、sha256sum 与 openssl 3 的系统均可完成。\n\n"
      "1. 解压到空文件夹。\n"
      "    mkdir evidence && cd evidence && unzip ../{0}.asice\n\n"
      "2. 文件未被改动：每一行都应显示 OK（成功）。\n"
      "    sha256sum --strict -c manifest-sha256.txt\n\n"
      "3. 由谁盖章。第一条命令应输出一行，第二条应输出 “CAdES Verification successful”。\n"
      "{1}"
      "   指纹应与该单位在其官方网站公布的一致。此处为：\n"
      "    {2}\n\n",
      matter, kSignatureCommand, fingerprint);
  text += stamped
              ? fmt::format("4. 何时：独立机构证明的时间。第二条命令应输出 “Verification: OK”。\n{}\n", kTimeCommand)
              : "4. 何时：没有机构证明本证据包的时间；签名中的时间为盖章者自述。\n\n";
  text += logged ? "5. 公开日志：log/NNN.json 公开一条记录（盐值字节后接文本，其 SHA-256 "
                   "即承诺值），log/NNN.tlog-proof 证明该承诺值\n"
                   "   在日志中（C2SP tlog-proof），log/policy.txt 列出日志与见证者。请用您自己的来源核对其公钥。\n\n"
                 : "5. 公开日志：本证据包不含日志记录。\n\n";
  text +=
      "6. 结论。使用免费程序 probity，无需联网：\n"
      "    probity report check 证据包.asice\n"
      "   它会将泄露文件重新与母版对齐，读取编码，并推算误判概率上限。若要自行编写程序，方法见其源代码 "
      "docs/formats.md，\n"
      "   “Trace report” 一节。\n\n"
      "结论的含义：这是发给某一收件人的副本。它不能说明是谁传出去的。\n"
      "本证据包公开了该副本的秘密编码，请只交给需要核对的人。\n";
  return text;
}

}  // namespace

std::string verify_text(const std::string& matter, const seal::Certificate& sealer, bool stamped, bool logged) {
  const std::string fingerprint = fingerprint_text(sealer);
  return english(matter, fingerprint, stamped, logged) + "\n" + std::string(72, '-') + "\n\n" +
         chinese(matter, fingerprint, stamped, logged);
}

}  // namespace probity::evidence
