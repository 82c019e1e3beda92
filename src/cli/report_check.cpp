// probity report check: recompute a verdict from its report alone.
#include "cli/commands.h"

namespace probity::cli {

int run_report_check(Terminal& terminal, const ReportCheckOptions&) {
  return terminal.failure({ErrorCode::unsupported, "checking reports is not built in yet", ""});
}

}  // namespace probity::cli
