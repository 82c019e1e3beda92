// probity hub: makes a workspace the alliance's hub, takes key sets into use, and does what its operators do: members,
// quotas, the roll, alarms, holidays.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "alliance/holidays.h"
#include "alliance/member_book.h"
#include "app/alliance_desk.h"
#include "base/encoding.h"
#include "cli/grammar.h"
#include "cli/leak_person.h"
#include "cli/session.h"
#include "store/alliance_members.h"
#include "store/alliance_watch.h"
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
  std::string member, name, identity, contact, reason = "admitted";
  bool ombudsman = false;
  std::optional<std::string> email, code;
};
struct HubListOptions {
  CommonOptions common;
};
struct HubStandingOptions {
  CommonOptions common;
  std::string member, reason;
  std::optional<std::string> email, code;
};
struct HubQuotaOptions {
  CommonOptions common;
  std::string member, reason;
  std::optional<std::uint32_t> per_minute, per_day, member_per_day;
  std::optional<std::string> email, code;
};
struct HubAgreeOptions {
  CommonOptions common;
  std::string proposal;
  std::optional<std::string> email, code;
};
struct HubRefuseOptions : HubAgreeOptions {
  std::string reason;
};
struct HubFileOptions {
  CommonOptions common;
  std::string file;
};

// The members' book of a workspace, and in whose name it is written.
struct Office {
  Session session;
  std::unique_ptr<store::AllianceMemberStore> store;
  std::unique_ptr<alliance::MemberBook> book;
  Id by;  // zeros: the command line itself
};

template <class Options>
Result<Office> open_office(const Options& options) {
  Office office;
  TRY_ASSIGN(office.session, open_session(options.common));
  app::Workspace& workspace = *office.session.workspace;
  if (!app::HubFolder(workspace.folder()).exists())
    return fail(ErrorCode::not_found, "this workspace is no hub", "make it one with `probity hub init`");
  if constexpr (requires { options.email; }) {
    TRY_ASSIGN(const auto actor,
               act_as(*office.session.records, options.email, options.code, accounts::Permission::operate_hub));
    office.by = actor.id.value_or(Id{});
  }
  office.store = std::make_unique<store::AllianceMemberStore>(workspace.database());
  office.book = std::make_unique<alliance::MemberBook>(alliance::MemberBookPorts{
      *office.store, workspace.database(), office.session.records->log_book, workspace.clock(), workspace.random()});
  return office;
}

nlohmann::json member_document(const alliance::MemberFacts& member) {
  const alliance::QuotaLimits& limits = member.entry.limits;
  return {{"member", member.entry.member.text()},
          {"name", member.entry.name},
          {"standing", member.entry.suspended ? "suspended" : "active"},
          {"quota",
           {{"user_per_minute", limits.user_per_minute},
            {"user_per_day", limits.user_per_day},
            {"member_per_day", limits.member_per_day}}}};
}

nlohmann::json proposal_document(const alliance::QuotaProposal& proposal) {
  return {{"proposal", proposal.id.text()},
          {"member", proposal.member.text()},
          {"state", alliance::proposal_state_name(proposal.state)}};
}

void tell_proposal(Terminal& terminal, const alliance::QuotaProposal& proposal) {
  terminal.document(proposal_document(proposal));
  if (proposal.state == alliance::QuotaProposal::State::waiting)
    terminal.line(terminal.words()("Proposal {} waits for another operator", "提议 {} 等待另一位运营人员同意",
                                   proposal.id.text()));
  else
    terminal.line(terminal.words()("The quota is changed", "配额已变更"));
}

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
  TRY_ASSIGN(const Office office, open_office(options));
  alliance::RollEntry entry;
  TRY_ASSIGN(entry.member, Id::parse(options.member));
  entry.name = options.name;
  TRY_ASSIGN(const Bytes identity, from_hex(options.identity));
  TRY_ASSIGN(entry.identity, oprf::parse_identity(identity));
  TRY(office.book->admit(entry, options.contact, options.reason, office.by));
  if (options.ombudsman) TRY(app::HubFolder(office.session.workspace->folder()).set_ombudsman(entry.member));
  terminal.document({{"member", options.member}, {"ombudsman", options.ombudsman}});
  terminal.line(terminal.words()("{} is a member", "{} 已成为成员", options.name));
  return {};
}

Result<void> run_hub_members(Terminal& terminal, const HubListOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  ListQuery all;
  all.limit = 100'000;
  TRY_ASSIGN(const auto members, office.book->list(all));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& member : members.items) {
    items.push_back(member_document(member));
    terminal.line(fmt::format("{}  {:<9}  {}", member.entry.member.text(),
                              member.entry.suspended ? "suspended" : "active", member.entry.name));
  }
  terminal.document({{"items", std::move(items)}, {"total", members.total}});
  return {};
}

template <bool suspends>
Result<void> run_standing(Terminal& terminal, const HubStandingOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  TRY_ASSIGN(const Id id, Id::parse(options.member));
  TRY_ASSIGN(const auto member, suspends ? office.book->suspend(id, options.reason, office.by)
                                         : office.book->reinstate(id, options.reason, office.by));
  terminal.document(member_document(member));
  terminal.line(suspends ? terminal.words()("{} is suspended", "{} 已被暂停", member.entry.name)
                         : terminal.words()("{} may ask again", "{} 已恢复", member.entry.name));
  return {};
}

Result<void> run_quota(Terminal& terminal, const HubQuotaOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  TRY_ASSIGN(const Id id, Id::parse(options.member));
  TRY_ASSIGN(const auto member, office.book->member(id));
  alliance::QuotaLimits limits = member.entry.limits;
  limits.user_per_minute = options.per_minute.value_or(limits.user_per_minute);
  limits.user_per_day = options.per_day.value_or(limits.user_per_day);
  limits.member_per_day = options.member_per_day.value_or(limits.member_per_day);
  TRY_ASSIGN(const auto proposal, office.book->propose_quota(id, limits, options.reason, office.by));
  tell_proposal(terminal, proposal);
  return {};
}

Result<void> run_agree(Terminal& terminal, const HubAgreeOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  TRY_ASSIGN(const Id id, Id::parse(options.proposal));
  TRY_ASSIGN(const auto proposal, office.book->agree(id, office.by));
  tell_proposal(terminal, proposal);
  return {};
}

Result<void> run_refuse(Terminal& terminal, const HubRefuseOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  TRY_ASSIGN(const Id id, Id::parse(options.proposal));
  TRY_ASSIGN(const auto proposal, office.book->refuse(id, options.reason, office.by));
  tell_proposal(terminal, proposal);
  return {};
}

Result<void> run_roll(Terminal& terminal, const HubFileOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  TRY_ASSIGN(const auto identity, app::HubFolder(office.session.workspace->folder()).identity());
  TRY_ASSIGN(const auto roll, office.book->roll(identity));
  const std::string text = roll.json();
  TRY(store::write_file(options.file, as_bytes(text), {store::Existing::replace}));
  terminal.document({{"file", options.file}, {"version", roll.content.version}, {"hub", to_hex(roll.hub)}});
  terminal.line(terminal.words()("Version {} of the roll is in {}: `probity keyholder roll` takes it",
                                 "名册第 {} 版已写入 {}：由 `probity keyholder roll` 接收", roll.content.version,
                                 options.file));
  return {};
}

Result<void> run_alarms(Terminal& terminal, const HubListOptions& options) {
  TRY_ASSIGN(const Office office, open_office(options));
  store::AllianceWatchStore watch(office.session.workspace->database());
  TRY_ASSIGN(const auto alarms, watch.alarms({std::nullopt, false, 0, 500}));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& alarm : alarms.items) {
    const auto member = office.book->member(alarm.member);
    const std::string name = member ? member->entry.name : std::string();
    const std::string rule(alliance::alarm_rule_name(alarm.finding.rule));
    items.push_back({{"id", alarm.id.text()},
                     {"member", alarm.member.text()},
                     {"rule", rule},
                     {"day", alliance::date_text(alarm.day)},
                     {"observed", alarm.finding.observed},
                     {"expected", alarm.finding.expected}});
    terminal.line(fmt::format("{}  {:<11}  {}: {} (<= {})", alliance::date_text(alarm.day), rule, name,
                              alarm.finding.observed, alarm.finding.expected));
  }
  terminal.document({{"items", std::move(items)}, {"total", alarms.total}});
  return {};
}

Result<void> run_holidays(Terminal& terminal, const HubFileOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  TRY_ASSIGN(const Bytes text, store::read_file(options.file, 1 << 20));
  TRY_ASSIGN(const auto holidays, alliance::parse_holidays(as_text(text)));
  TRY(app::HubFolder(workspace->folder()).save_holidays(holidays));
  terminal.document({{"dates", holidays.size()}});
  terminal.line(terminal.words()("{} holidays are no working days", "已登记 {} 个节假日", holidays.size()));
  return {};
}

template <class Options>
void add_person(const Command<Options>& command) {
  command->add_option("--as", command.options.email, "The operator's address; the command line itself otherwise");
  command->add_option("--code", command.options.code, "The operator's one-time code");
}

void add_member_commands(Grammar& grammar, CLI::App* group) {
  grammar.command(group, "members", "List the members", run_hub_members);
  const auto standing = [&](const auto& command) {
    command->add_option("member", command.options.member, "The member's id")->required();
    command->add_option("--reason", command.options.reason, "Why")->required();
    add_person(command);
  };
  standing(grammar.command(group, "suspend", "Suspend a member", run_standing<true>));
  standing(grammar.command(group, "reinstate", "Let a suspended member ask again", run_standing<false>));
  const auto quota =
      grammar.command(group, "quota", "Change a member's quota; more takes a second operator", run_quota);
  quota->add_option("member", quota.options.member, "The member's id")->required();
  quota->add_option("--user-per-minute", quota.options.per_minute, "Questions of one person in a minute");
  quota->add_option("--user-per-day", quota.options.per_day, "Questions of one person in a day");
  quota->add_option("--member-per-day", quota.options.member_per_day, "Questions of all in a day");
  quota->add_option("--reason", quota.options.reason, "Why")->required();
  add_person(quota);
  const auto agree = grammar.command(group, "agree", "Agree to a higher quota, as another operator", run_agree);
  agree->add_option("proposal", agree.options.proposal, "Its id")->required();
  add_person(agree);
  const auto refuse = grammar.command(group, "refuse", "Refuse a higher quota, with the reason", run_refuse);
  refuse->add_option("proposal", refuse.options.proposal, "Its id")->required();
  refuse->add_option("--reason", refuse.options.reason, "Why not")->required();
  add_person(refuse);
  const auto roll = grammar.command(group, "roll", "Write the signed roll for key-holders", run_roll);
  roll->add_option("--out", roll.options.file, "The file")->required();
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
  admit->add_option("--contact", admit.options.contact, "For the public directory");
  admit->add_option("--reason", admit.options.reason, "Why; \"admitted\" otherwise");
  admit->add_flag("--ombudsman", admit.options.ombudsman, "Its people speak as the ombudsman");
  add_person(admit);
  add_member_commands(grammar, group);
  grammar.command(group, "alarms", "Show alarms that nobody has acknowledged", run_alarms);
  const auto holidays = grammar.command(group, "holidays", "Take the calendar of holidays", run_holidays);
  holidays->add_option("file", holidays.options.file, "A date a line: 2027-10-01")->required();
}

}  // namespace probity::cli
