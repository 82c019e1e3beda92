// The closed catalogue of conduct for which somebody may be listed, how long, and what is never a ground.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace probity::alliance {

// Nothing else can be listed: there is no "other".
enum class Conduct {
  bribery,
  kickback,
  embezzlement,
  theft,
  fraud,
  expense_fraud,
  forgery,
  bid_rigging,
  data_sale,
  secrets_for_gain,  // only intentionally and for gain, or found by a court or in arbitration
  counterfeit_goods,
};

enum class Severity { minor, serious, grave };

struct ConductEntry {
  Conduct conduct;
  std::string_view name;  // on the wire
  Severity severity;
  std::string_view title_en, title_zh;
};

const std::vector<ConductEntry>& conduct_catalogue();
const ConductEntry& conduct_entry(Conduct conduct);
// Errors: invalid_argument, with the reason when it is one of the grounds that are excluded (negligence, speech,
// complaints, whistle-blowing, journalism, union activity, labour disputes).
Result<Conduct> parse_conduct(std::string_view name);

// What is never a ground, and why: asked for by name it is refused with the reason.
struct ExcludedGround {
  std::string_view name;
  std::string_view title_en, title_zh;
  std::string_view why_en, why_zh;
};
const std::vector<ExcludedGround>& excluded_grounds();

std::string_view severity_name(Severity severity);
// One, three or five years.
TimeMs retention_ms(Severity severity);

inline constexpr TimeMs kDayMs = 24LL * 60 * 60 * 1000;
inline constexpr TimeMs kYearMs = 365 * kDayMs;

// The end of the n-th working day after `from_ms`, Monday to Friday at UTC+8, without the days in `holidays` (days
// since 1970-01-01, ascending). The day itself does not count.
TimeMs after_working_days(TimeMs from_ms, int days, const std::vector<std::int64_t>& holidays = {});

}  // namespace probity::alliance
