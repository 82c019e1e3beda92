// probity leak trace: whose copy a leaked picture is.
#include "cli/commands.h"
#include "cli/session.h"

namespace probity::cli {

int run_leak_trace(Terminal& terminal, const LeakTraceOptions&) {
  return terminal.failure({ErrorCode::unsupported, "tracing is not built in yet", ""});
}

}  // namespace probity::cli
