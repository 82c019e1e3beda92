#include "alliance/rules_json.h"

#include <nlohmann/json.hpp>

#include "alliance/listing_rules.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

json both(std::string_view en, std::string_view zh) { return {{"en", en}, {"zh", zh}}; }

json clock(const char* name, std::int64_t days, bool working, const char* en, const char* zh) {
  return {{"name", name}, {"days", days}, {"working_days", working}, {"text", both(en, zh)}};
}

json clocks() {
  return {clock("notice", kNoticeWaitMs / kDayMs, false,
                "From the proved delivery of the notice nobody finds the listing for this long.",
                "通知送达经证实后，在此期间任何人都查询不到该记录。"),
          clock("filer", kFilerWorkingDays, true,
                "The filer has so long to answer an objection; then it goes to the ombudsman by itself.",
                "列入方须在此期限内答复异议；逾期自动转交监察员。"),
          clock("ombudsman", kOmbudsmanMs / kDayMs, false,
                "The ombudsman has so long to decide; an active listing is suspended from then on.",
                "监察员须在此期限内裁决；逾期未决的有效记录自动暂停。"),
          clock("attest", kAttestEveryMs / kDayMs, false, "The filer confirms the listing, with all tests, or it ends.",
                "列入方须按期重新确认全部条件，否则记录终止。"),
          clock("acquittal", kActOnAcquittalMs / kDayMs, false,
                "After an acquittal or an unlawful dismissal the filer has so long to withdraw; then it is overturned.",
                "无罪判决或解雇被认定违法后，列入方须在此期限内撤回；逾期即被推翻。")};
}

json tests() {
  return {both("Reasonable grounds, with evidence", "有合理依据并附证据"),
          both("Clear and rigorous evidence: police report, judgment, award or signed statement",
               "证据清楚充分：报案回执、判决、仲裁裁决或签字陈述"),
          both("The conduct is in the catalogue", "行为属于目录所列"),
          both("Employment or contract ended or was refused because of it", "因此终止或拒绝了劳动关系或合同")};
}

}  // namespace

json rules_to_json() {
  json catalogue = json::array(), never = json::array();
  for (const ConductEntry& entry : conduct_catalogue())
    catalogue.push_back({{"conduct", entry.name},
                         {"name", both(entry.title_en, entry.title_zh)},
                         {"severity", severity_name(entry.severity)},
                         {"years", retention_ms(entry.severity) / kYearMs}});
  for (const ExcludedGround& ground : excluded_grounds())
    never.push_back({{"ground", both(ground.title_en, ground.title_zh)}, {"why", both(ground.why_en, ground.why_zh)}});
  return {{"catalogue", std::move(catalogue)}, {"never", std::move(never)}, {"tests", tests()}, {"clocks", clocks()}};
}

}  // namespace probity::alliance
