#include "alliance/catalogue.h"

#include <algorithm>
#include <string>

#include "base/check.h"

namespace probity::alliance {
namespace {

constexpr TimeMs kCalendarOffsetMs = 8LL * 60 * 60 * 1000;  // China Standard Time, all year

}  // namespace

const std::vector<ConductEntry>& conduct_catalogue() {
  static const std::vector<ConductEntry> catalogue{
      {Conduct::bribery, "bribery", Severity::grave, "Bribery", "行贿受贿"},
      {Conduct::kickback, "kickback", Severity::grave, "Kickbacks", "收受回扣"},
      {Conduct::embezzlement, "embezzlement", Severity::grave, "Embezzlement", "职务侵占"},
      {Conduct::theft, "theft", Severity::serious, "Theft", "盗窃"},
      {Conduct::fraud, "fraud", Severity::grave, "Fraud", "诈骗"},
      {Conduct::expense_fraud, "expense_fraud", Severity::minor, "False expenses", "虚假报销"},
      {Conduct::forgery, "forgery", Severity::serious, "Forged documents", "伪造文件"},
      {Conduct::bid_rigging, "bid_rigging", Severity::grave, "Bid rigging", "串通投标"},
      {Conduct::data_sale, "data_sale", Severity::grave, "Selling personal data", "出售个人信息"},
      {Conduct::secrets_for_gain, "secrets_for_gain", Severity::grave, "Leaking secrets for gain",
       "为牟利泄露商业秘密"},
      {Conduct::counterfeit_goods, "counterfeit_goods", Severity::grave, "Counterfeit goods", "制售假冒商品"},
  };
  return catalogue;
}

// What a real list was misused for, or might be. Named so that the refusal can say why.
const std::vector<ExcludedGround>& excluded_grounds() {
  static const std::vector<ExcludedGround> grounds{
      {"negligence", "Negligence", "过失",
       "carelessness is for the commitment's agreed amount and for training, not for the list",
       "过失应按承诺书约定的金额处理并加以培训，不列入名单"},
      {"speech", "Speech", "言论", "what somebody said or wrote is no ground", "言论或文字不构成列入理由"},
      {"complaint", "Complaints", "投诉", "a complaint is no ground", "投诉不构成列入理由"},
      {"whistle_blowing", "Whistle-blowing", "举报", "reporting a wrong is no ground", "举报违法违规不构成列入理由"},
      {"journalism", "Journalism", "新闻报道", "journalism is no ground", "新闻报道不构成列入理由"},
      {"union_activity", "Union activity", "工会活动", "union activity is no ground", "工会活动不构成列入理由"},
      {"labour_dispute", "Labour disputes", "劳动争议", "a labour dispute belongs before arbitration, not on the list",
       "劳动争议应通过仲裁解决，不列入名单"},
  };
  return grounds;
}

const ConductEntry& conduct_entry(Conduct conduct) {
  for (const ConductEntry& entry : conduct_catalogue())
    if (entry.conduct == conduct) return entry;
  check_failed("every conduct has a row", __FILE__, __LINE__);
}

Result<Conduct> parse_conduct(std::string_view name) {
  for (const ConductEntry& entry : conduct_catalogue())
    if (entry.name == name) return entry.conduct;
  for (const ExcludedGround& ground : excluded_grounds())
    if (ground.name == name)
      return fail(ErrorCode::invalid_argument, "this cannot be listed: " + std::string(ground.why_en),
                  "the catalogue of conduct is closed");
  return fail(ErrorCode::invalid_argument, "this conduct is not in the catalogue",
              "the catalogue of conduct is closed");
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::minor:
      return "minor";
    case Severity::serious:
      return "serious";
    case Severity::grave:
      return "grave";
  }
  check_failed("every severity has a name", __FILE__, __LINE__);
}

TimeMs retention_ms(Severity severity) {
  switch (severity) {
    case Severity::minor:
      return kYearMs;
    case Severity::serious:
      return 3 * kYearMs;
    case Severity::grave:
      return 5 * kYearMs;
  }
  check_failed("every severity has its years", __FILE__, __LINE__);
}

TimeMs after_working_days(TimeMs from_ms, int days, const std::vector<std::int64_t>& holidays) {
  std::int64_t day = (from_ms + kCalendarOffsetMs) / kDayMs;
  while (days > 0) {
    ++day;
    const std::int64_t weekday = (day + 3) % 7;  // 1970-01-01 was a Thursday; 0 is Monday
    if (weekday < 5 && !std::ranges::binary_search(holidays, day)) --days;
  }
  return (day + 1) * kDayMs - kCalendarOffsetMs;
}

}  // namespace probity::alliance
