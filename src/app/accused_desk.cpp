#include "app/accused_desk.h"

#include <algorithm>

#include "leaks/words.h"

namespace probity::app {
namespace {

constexpr const char* kJpeg = "image/jpeg";

cases::FindingFacts facts_of(const leaks::Report& report, const leaks::FindingRecord& finding, const Id& copy) {
  using leaks::Language;
  cases::FindingFacts facts;
  facts.verdict = finding.role == leaks::Role::accused ? "identified" : "lead";
  for (const leaks::CopyEvidence& one : finding.copies) {
    if (one.copy != copy) continue;
    facts.copy_issued_ms = one.issued_ms;
    if (const auto* asset = report.asset(one.asset)) facts.asset_title = asset->title;
  }
  facts.bound_en = leaks::bound_sentence(report, Language::en);
  facts.bound_zh = leaks::bound_sentence(report, Language::zh);
  facts.limits_en = leaks::what_it_cannot_show(report, Language::en);
  facts.limits_zh = leaks::what_it_cannot_show(report, Language::zh);
  return facts;
}

}  // namespace

// Only a naming that two people agreed to leads from a party to a finding.
Result<std::optional<cases::FindingFacts>> LeaksOfAccused::finding(const cases::Case& of,
                                                                   const cases::CaseParty& accused) {
  if (!of.leak || accused.basis != cases::Basis::unmasking) return std::nullopt;
  const auto result = traces_.result(*of.leak);
  if (!result && result.error().code == ErrorCode::not_found) return std::nullopt;
  if (!result) return tl::unexpected(result.error());
  const auto named = std::ranges::find_if(result->named, [&](const leaks::NamedRecipient& one) {
    return one.party && (one.party == accused.party || one.party == accused.organisation);
  });
  if (named == result->named.end() || named->finding >= result->report.findings.size()) return std::nullopt;
  return facts_of(result->report, result->report.findings[named->finding], named->copy);
}

Result<std::optional<evidence::Item>> LeaksOfAccused::picture_item(const cases::CaseEvidence& linked) {
  TRY_ASSIGN(const auto files, leaks_.files(linked.matter));
  const auto file = std::ranges::find(files, linked.item, &leaks::FileState::item);
  const Id id = file != files.end() && file->picture ? *file->picture : linked.item;
  auto item = evidence_.item(linked.matter, id);
  if (!item && item.error().code == ErrorCode::not_found) return std::nullopt;
  if (!item) return tl::unexpected(item.error());
  // Only what we decoded and wrote ourselves is shown: what came from outside is not handed to a browser as it is.
  if (item->kind != evidence::Kind::derived || item->media_type != kJpeg) return std::nullopt;
  return std::move(*item);
}

Result<bool> LeaksOfAccused::has_picture(const cases::CaseEvidence& linked) {
  return picture_item(linked).map([](const auto& item) { return item.has_value(); });
}

Result<std::optional<Bytes>> LeaksOfAccused::picture(const cases::CaseEvidence& linked) {
  TRY_ASSIGN(const auto item, picture_item(linked));
  if (!item) return std::nullopt;
  TRY_ASSIGN(Bytes bytes, evidence_.read(*item));
  return bytes;
}

}  // namespace probity::app
