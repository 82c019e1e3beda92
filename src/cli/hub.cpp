// probity hub: makes a workspace the alliance's hub, admits members, takes key sets into use.
#include <nlohmann/json.hpp>

#include "app/alliance_desk.h"
#include "base/encoding.h"
#include "cli/grammar.h"
#include "cli/session.h"
#include "store/alliance_store.h"
#include "store/file.h"

namespace probity::cli {
namespace {

struct HubInitOptions {
  CommonOptions common;
};
struct HubKeysOptions {
  CommonOptions common;
  std::string directory;
};
struct HubAdmitOptions {
  CommonOptions common;
  std::string member, name, identity;
  bool ombudsman = false;
};

Result<void> run_hub_init(Terminal& terminal, const HubInitOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  TRY_ASSIGN(const auto identity, app::HubFolder(workspace->folder()).init(workspace->random()));
  terminal.document({{"hub", to_hex(identity)}});
  terminal.line(terminal.words()("This workspace is a hub from its next start: {}",
                                 "该工作区自下次启动起即为联盟中心：{}", to_hex(identity)));
  return {};
}

Result<void> run_hub_keys(Terminal& terminal, const HubKeysOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  TRY_ASSIGN(const Bytes text, store::read_file(options.directory, 1 << 20));
  TRY_ASSIGN(const auto directory, alliance::KeyDirectory::parse(as_text(text)));
  TRY(app::HubFolder(workspace->folder()).save_keys(directory));
  terminal.document({{"epoch", directory.keys.epoch}, {"key_set_id", to_hex(directory.keys.id())}});
  terminal.line(terminal.words()("Key set {} of epoch {} is in use", "密钥集 {}（周期 {}）已启用",
                                 to_hex(directory.keys.id()), directory.keys.epoch));
  return {};
}

Result<void> run_hub_admit(Terminal& terminal, const HubAdmitOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  alliance::RollEntry entry;
  TRY_ASSIGN(entry.member, Id::parse(options.member));
  entry.name = options.name;
  TRY_ASSIGN(const Bytes identity, from_hex(options.identity));
  TRY_ASSIGN(entry.identity, oprf::parse_identity(identity));
  store::AllianceStore records(workspace->database());
  TRY(records.insert(entry, workspace->clock().now_ms()));
  if (options.ombudsman) TRY(app::HubFolder(workspace->folder()).set_ombudsman(entry.member));
  terminal.document({{"member", options.member}, {"ombudsman", options.ombudsman}});
  terminal.line(terminal.words()("{} is a member", "{} 已成为成员", options.name));
  return {};
}

}  // namespace

void add_hub_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("hub", "Run the alliance's hub");
  grammar.command(group, "init", "Make this workspace a hub", run_hub_init);
  const auto keys = grammar.command(group, "keys", "Take a key set into use", run_hub_keys);
  keys->add_option("directory", keys.options.directory, "directory.json of a key ceremony")->required();
  const auto admit = grammar.command(group, "admit", "Admit a member", run_hub_admit);
  admit->add_option("--member", admit.options.member, "The member's id")->required();
  admit->add_option("--name", admit.options.name, "The member's name")->required();
  admit->add_option("--identity", admit.options.identity, "The member's public identity, in hex")->required();
  admit->add_flag("--ombudsman", admit.options.ombudsman, "Its people speak as the ombudsman");
}

}  // namespace probity::cli
