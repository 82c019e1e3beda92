#include "cases/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"
#include "cases/json.h"
#include "evidence/json.h"
#include "seal/archive.h"

namespace probity::cases {
namespace {

using nlohmann::json;

constexpr std::size_t kStepsAtOnce = 500;

void add_text(std::vector<seal::ArchiveFile>& files, const std::string& name, const std::string& text) {
  files.push_back({name, Bytes(text.begin(), text.end()), false});
}

std::string pretty(const json& document) { return document.dump(1, ' ', false, json::error_handler_t::replace) + "\n"; }

// Pictures and archives do not get smaller.
bool is_packed(const std::string& media_type) {
  return media_type.starts_with("image/") || media_type == "application/zip" || media_type == "application/pdf";
}

std::string manifest_of(const std::vector<seal::ArchiveFile>& files) {
  std::string text;
  for (const auto& file : files) text += fmt::format("{}  {}\n", to_hex(sha256(file.bytes)), file.name);
  return text;
}

Result<json> custody_of(evidence::EvidenceService& evidence, const Id& matter) {
  json steps = json::array();
  for (std::uint64_t offset = 0;; offset += kStepsAtOnce) {
    TRY_ASSIGN(const auto page, evidence.steps(matter, offset, kStepsAtOnce));
    for (const auto& step : page.items) steps.push_back(evidence::to_json(step));
    if (page.items.size() < kStepsAtOnce) break;
  }
  return json{{"matter", matter.text()}, {"steps", std::move(steps)}};
}

// What the accused sent along, in the order it came.
std::vector<Document> documents_of(const Case& of) {
  std::vector<Document> all;
  for (const Reply& one : of.replies) all.insert(all.end(), one.documents.begin(), one.documents.end());
  for (const Appeal& one : of.appeals) all.insert(all.end(), one.documents.begin(), one.documents.end());
  return all;
}

}  // namespace

Result<Bytes> ArchiveService::summary(const Id& case_id, Locale locale) {
  CaseView view;
  commitments::House house;
  TRY(desk_.ports().transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(view, desk_.view(case_id));
    TRY_ASSIGN(house, desk_.ports().house.house());
    return {};
  }));
  const TimeMs now_ms = desk_.now();
  return typeset_(summary_document(view, view.rectifications, house, locale, now_ms), now_ms);
}

Result<ArchiveFile> ArchiveService::archive(const Id& case_id, const events::Actor& actor) {
  CaseView view;
  std::vector<seal::ArchiveFile> files;
  const TimeMs now_ms = desk_.now();
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(view, desk_.view(case_id));
    TRY(desk_.step(view.of, "exported", "", actor));
    return desk_.tell(view.of, "case.exported", actor, {});
  }));
  auto& evidence = desk_.ports().evidence;
  const json shown = case_to_json(view, now_ms);
  add_text(files, "case.json", pretty(shown));
  add_text(files, "timeline.json", pretty(shown["timeline"]));
  add_text(files, "payments.json", pretty(ledger_to_json(view, now_ms)));
  for (const Rectification& one : view.rectifications)
    add_text(files, fmt::format("rectifications/{}.json", one.number),
             pretty(rectification_to_json({one, {}}, now_ms)));
  TRY_ASSIGN(const json custody, custody_of(evidence, case_id));
  add_text(files, "custody.json", pretty(custody));
  if (view.of.leak) {
    TRY_ASSIGN(const json of_leak, custody_of(evidence, *view.of.leak));
    add_text(files, "custody-leak.json", pretty(of_leak));
  }
  std::set<Hash> taken;
  for (const CaseEvidence& link : view.of.evidence) {
    if (!taken.insert(link.sha256).second) continue;
    TRY_ASSIGN(const auto item, evidence.item(link.matter, link.item));
    TRY_ASSIGN(Bytes bytes, evidence.read(item));
    files.push_back({"originals/" + to_hex(link.sha256), std::move(bytes), is_packed(link.media_type)});
  }
  for (const Document& one : documents_of(view.of)) {
    if (!taken.insert(one.sha256).second) continue;
    TRY_ASSIGN(Bytes bytes, desk_.ports().blobs.get(one.sha256));
    files.push_back({"originals/" + to_hex(one.sha256), std::move(bytes), false});
  }
  for (const Locale locale : {Locale::en, Locale::zh}) {
    TRY_ASSIGN(Bytes pdf, summary(case_id, locale));
    files.push_back({fmt::format("summary-{}.pdf", commitments::locale_name(locale)), std::move(pdf), true});
  }
  add_text(files, "manifest-sha256.txt", manifest_of(files));
  TRY_ASSIGN(Bytes bytes, seal::write_archive(files));
  return ArchiveFile{view.of.number + ".zip", std::move(bytes)};
}

Result<ArchiveFile> ArchiveService::document(const Id& case_id, const Hash& sha256, const events::Actor& actor) {
  ArchiveFile file;
  TRY(desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const CaseView view, desk_.view(case_id));
    const std::vector<Document> documents = documents_of(view.of);
    const auto wanted = std::ranges::find(documents, sha256, &Document::sha256);
    if (wanted == documents.end())
      return fail(ErrorCode::not_found, "no reply or appeal of this case has this document");
    file.name = wanted->name;
    return desk_.step(view.of, "downloaded", "SHA-256 " + to_hex(sha256), actor);
  }));
  TRY_ASSIGN(file.bytes, desk_.ports().blobs.get(sha256));
  return file;
}

}  // namespace probity::cases
