// probity member: makes a workspace a member of an alliance, and says who it is there.
#include <nlohmann/json.hpp>

#include "app/member_folder.h"
#include "base/encoding.h"
#include "cli/grammar.h"
#include "cli/session.h"
#include "store/file.h"
#include "tlog/policy.h"

namespace probity::cli {
namespace {

struct MemberInitOptions {
  CommonOptions common;
  std::string name, hub_url, hub;
  std::optional<std::string> log_policy;
};
struct MemberShowOptions {
  CommonOptions common;
};

// What the hub's operator and the key-holders need to admit this member.
void show(Terminal& terminal, const app::MemberFacts& facts, const oprf::PublicIdentity& identity) {
  terminal.document({{"member", facts.member.text()},
                     {"name", facts.name},
                     {"identity", to_hex(identity)},
                     {"hub_url", facts.hub.url},
                     {"hub", to_hex(facts.hub.identity)}});
  const Words& words = terminal.words();
  terminal.line(words("Member    {}", "成员      {}", facts.name));
  terminal.line(words("Id        {}", "编号      {}", facts.member.text()));
  terminal.line(words("Identity  {}", "身份公钥  {}", to_hex(identity)));
  terminal.line(words("Hub       {}", "联盟中心  {}", facts.hub.url));
}

Result<void> run_member_init(Terminal& terminal, const MemberInitOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  TRY_ASSIGN(const Bytes bytes, from_hex(options.hub));
  TRY_ASSIGN(const oprf::PublicIdentity hub, oprf::parse_identity(bytes));
  TRY_ASSIGN(const auto made,
             app::MemberFolder(workspace->folder()).init(options.name, {options.hub_url, hub}, workspace->random()));
  if (options.log_policy) {
    TRY_ASSIGN(const Bytes policy, store::read_file(*options.log_policy, 1 << 16));
    TRY(tlog::Policy::parse(as_text(policy)));
    TRY(app::MemberFolder(workspace->folder()).trust_log(as_text(policy)));
  }
  show(terminal, made.facts, made.identity);
  terminal.line(terminal.words()(
      "Give id and identity to the hub's operator and to every key-holder; they admit you. This "
      "workspace is a member from its next start.",
      "请将编号和身份公钥交给联盟中心运营方和每个密钥持有方，由其接纳；该工作区自下次启动起即为成员。"));
  return {};
}

Result<void> run_member_show(Terminal& terminal, const MemberShowOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  const app::MemberFolder folder(workspace->folder());
  TRY_ASSIGN(const app::MemberFacts facts, folder.facts());
  TRY_ASSIGN(const oprf::Identity identity, folder.identity());
  show(terminal, facts, identity.open());
  return {};
}

}  // namespace

void add_member_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("member", "Belong to an alliance");
  const auto init = grammar.command(group, "init", "Make this workspace a member of an alliance", run_member_init);
  init->add_option("--name", init.options.name, "The member's name, as others see it")->required();
  init->add_option("--hub-url", init.options.hub_url, "Where the alliance's hub answers")->required();
  init->add_option("--hub", init.options.hub, "The hub's public identity, in hex")->required();
  init->add_option("--log-policy", init.options.log_policy,
                   "The policy of the hub's log and of the witnesses that you trust, in a file");
  grammar.command(group, "show", "Who this workspace is in its alliance", run_member_show);
}

}  // namespace probity::cli
