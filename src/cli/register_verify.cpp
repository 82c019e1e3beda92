// probity register verify: recompute the chain and compare every record with it.
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "copies/audit.h"

namespace probity::cli {
namespace {

Result<copies::Audit> audit(const RegisterVerifyOptions& options) {
  std::optional<copies::RegisterHead> known_head;
  if (options.known_head) {
    TRY_ASSIGN(known_head, copies::RegisterHead::parse(*options.known_head));
  }
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  return copies::audit_register(workspace->copies(), known_head);
}

}  // namespace

int run_register_verify(Terminal& terminal, const RegisterVerifyOptions& options) {
  const auto found = audit(options);
  if (!found) return terminal.failure(found.error());
  const Words& say = terminal.words();
  nlohmann::json problems = nlohmann::json::array();
  for (const auto& problem : found->problems) {
    problems.push_back({{"sequence", problem.sequence}, {"message", problem.message}});
    terminal.line(say("  entry {}: {}", "  第 {} 条：{}", problem.sequence, problem.message));
  }
  const auto& counts = found->counts;
  terminal.document({{"ok", found->ok()},
                     {"entries", counts.entries},
                     {"head", found->head.text()},
                     {"assets", counts.assets},
                     {"copies", counts.copies},
                     {"makings", counts.makings},
                     {"problems", problems}});
  if (!found->ok()) {
    terminal.line(say("The register does NOT verify: {} problems, the first at entry {}.",
                      "登记册校验失败：{} 处问题，首处在第 {} 条。", found->problems.size(),
                      found->problems.front().sequence));
    return catalogue_entry(ErrorCode::corrupt).exit_code;
  }
  terminal.line(say("The register verifies: {} entries, {} assets, {} copies, {} makings, nothing changed.",
                    "登记册校验通过：{} 条记录，{} 个素材，{} 个副本，{} 次制作，未被改动。", counts.entries,
                    counts.assets, counts.copies, counts.makings));
  terminal.line(say("Head: {}", "链头：{}", found->head.text()));
  terminal.line(
      say("Keep the head elsewhere: `probity register verify --head HEAD` then shows that nothing was taken out.",
          "请另存链头：日后用 `probity register verify --head 链头` 可证明没有记录被删除。"));
  return 0;
}

}  // namespace probity::cli
