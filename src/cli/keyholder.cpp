// probity keyholder: a key-holder's folder, the ceremonies in which keys are made and refreshed, and its members.
#include <nlohmann/json.hpp>

#include "alliance/key_directory.h"
#include "base/encoding.h"
#include "cli/grammar.h"
#include "cli/keyholder.h"
#include "store/alliance_keyholder.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using store::CeremonyFolder;
using store::KeyHolderFolder;

constexpr TimeMs kDayMs = 24LL * 60 * 60 * 1000;
// The key of a year stays in use until the end of March of the next one: so long filers may re-attest.
constexpr int kDaysAfterYear = 90;

struct MakeOptions {
  std::string folder, name, url;
};
struct PlanOptions {
  std::string out;
  std::vector<std::string> cards;
  int epoch = 0, threshold = 0;
  std::uint32_t memory_kib = oprf::SlowHash().memory_kib, passes = oprf::SlowHash().passes;
};
struct RefreshOptions {
  std::string out, directory;
};
struct JoinOptions {
  std::string data, ceremony;
};
struct AdmitOptions {
  std::string data, member, name, identity;
  alliance::QuotaLimits limits;
};
struct IdentityOptions {
  std::string file;
};
struct ShowOptions {
  std::string data;
};

TimeMs end_of_use(oprf::Epoch epoch) {
  using namespace std::chrono;
  const sys_days new_year = year{epoch + 1} / January / 1;
  return duration_cast<milliseconds>(new_year.time_since_epoch()).count() + kDaysAfterYear * kDayMs;
}

Result<void> run_make(Terminal& terminal, const MakeOptions& options) {
  SystemRandom random;
  TRY(KeyHolderFolder::init(options.folder, options.name, options.url, random));
  TRY_ASSIGN(const auto folder, KeyHolderFolder::open(options.folder));
  terminal.document({{"folder", options.folder}, {"card", nlohmann::json::parse(folder.card().json())}});
  terminal.line(terminal.words()("Key-holder “{}” made in {}. Others need its card: {}/card.json",
                                 "密钥持有方“{}”已建立于 {}。请将其名片交给其他各方：{}/card.json", options.name,
                                 options.folder, options.folder));
  terminal.line(terminal.words()("Nobody else may read {}/identity.key and {}/keys.",
                                 "{}/identity.key 与 {}/keys 不得让他人读取。", options.folder, options.folder));
  return {};
}

Result<std::string> read_text(const std::string& path) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, 1 << 20));
  return std::string(as_text(bytes));
}

Result<alliance::CeremonyPlan> make_plan(const PlanOptions& options, Random& random) {
  alliance::CeremonyPlan plan;
  plan.terms.epoch = static_cast<oprf::Epoch>(options.epoch);
  plan.terms.slow_hash = {options.memory_kib, options.passes};
  TRY(oprf::check_slow_hash(plan.terms.slow_hash));
  random.fill(plan.terms.salt);
  random.fill(plan.nonce);
  plan.threshold = static_cast<std::uint8_t>(options.threshold);
  for (const std::string& file : options.cards) {
    TRY_ASSIGN(const std::string text, read_text(file));
    TRY_ASSIGN(alliance::HolderCard card, alliance::HolderCard::parse(text));
    plan.holders.push_back(std::move(card));
  }
  return plan;
}

void tell_plan(Terminal& terminal, const alliance::CeremonyPlan& plan, const std::string& folder) {
  const std::string name = to_hex(plan.sharing().ceremony);
  terminal.document({{"ceremony", name}, {"folder", folder}});
  terminal.line(terminal.words()("Ceremony {}… in {}: {} of {} key-holders, epoch {}",
                                 "密钥仪式 {}…，位于 {}：{}/{}，周期 {}", name.substr(0, 16), folder, plan.threshold,
                                 plan.holders.size(), plan.terms.epoch));
  terminal.line(
      terminal.words()("Each key-holder now runs `probity keyholder join --data THEIRS {}` until it says done.",
                       "请各持有方反复运行 `probity keyholder join --data 各自目录 {}`，直至显示完成。", folder));
}

Result<void> run_plan(Terminal& terminal, const PlanOptions& options) {
  SystemRandom random;
  TRY_ASSIGN(const auto plan, make_plan(options, random));
  TRY(CeremonyFolder::begin(options.out, plan));
  tell_plan(terminal, plan, options.out);
  return {};
}

// One machine deals and knows the key until this function ends; its identity is written nowhere.
Result<void> run_deal(Terminal& terminal, const PlanOptions& options) {
  SystemRandom random;
  const oprf::Identity dealer = oprf::Identity::make(random);
  TRY_ASSIGN(auto plan, make_plan(options, random));
  plan.dealer = dealer.open();
  TRY_ASSIGN(const auto step, alliance::next_step(plan, {}, dealer, std::nullopt, random));
  TRY(CeremonyFolder::begin(options.out, plan));
  for (const auto& message : step.to_write) TRY(CeremonyFolder::write(options.out, message));
  tell_plan(terminal, plan, options.out);
  terminal.line(terminal.words()("This machine dealt the key and has forgotten it: let witnesses say who was present.",
                                 "本机完成了密钥分发并已清除；请见证人记录在场人员。"));
  return {};
}

Result<void> run_refresh(Terminal& terminal, const RefreshOptions& options) {
  TRY_ASSIGN(const std::string text, read_text(options.directory));
  TRY_ASSIGN(const auto directory, alliance::KeyDirectory::parse(text));
  SystemRandom random;
  alliance::CeremonyPlan plan;
  plan.terms = {directory.keys.epoch, directory.keys.slow_hash, directory.keys.salt};
  random.fill(plan.nonce);
  plan.threshold = directory.keys.threshold;
  plan.holders = directory.holders;
  plan.before = directory.keys;
  TRY(CeremonyFolder::begin(options.out, plan));
  tell_plan(terminal, plan, options.out);
  return {};
}

// What a ceremony of refresh finds in the folder: the share that it renews, or the renewed one when it was run before.
struct RefreshState {
  std::optional<oprf::KeyShare> before;
  std::optional<alliance::HeldKey> after;
};

Result<RefreshState> refresh_state(const KeyHolderFolder& folder, const alliance::CeremonyPlan& plan) {
  RefreshState state;
  if (!plan.before) return state;
  TRY_ASSIGN(const auto keys, folder.keys());
  for (const auto& key : keys) {
    if (key.keys == *plan.before) state.before = key.share;
    if (key.keys.key == plan.before->key && key.keys.generation > plan.before->generation) state.after = key;
  }
  return state;
}

void tell_done(Terminal& terminal, const std::string& ceremony, const oprf::KeySet& keys, oprf::HolderIndex index) {
  const std::string id = to_hex(keys.id());
  terminal.document({{"done", true}, {"key_set_id", id}, {"index", index}});
  terminal.line(terminal.words()("Done: all agree on the key set {}. Members take it from {}/directory.json",
                                 "完成：各方一致确认密钥集 {}。成员可从 {}/directory.json 获取", id, ceremony));
}

Result<void> finish(Terminal& terminal, const KeyHolderFolder& folder, const JoinOptions& options,
                    const alliance::CeremonyPlan& plan, const alliance::CeremonyOutcome& outcome) {
  TRY(folder.save_key({outcome.keys, *outcome.share, end_of_use(outcome.keys.epoch)}));
  const std::string text = alliance::KeyDirectory{outcome.keys, plan.holders}.json();
  TRY(store::write_file(options.ceremony + "/directory.json", as_bytes(text), {store::Existing::replace}));
  tell_done(terminal, options.ceremony, outcome.keys, outcome.share->index);
  return {};
}

// One turn may lead to the next at once, as when the last dealing has come.
Result<void> run_join(Terminal& terminal, const JoinOptions& options) {
  TRY_ASSIGN(const auto folder, KeyHolderFolder::open(options.data));
  TRY_ASSIGN(const auto plan, CeremonyFolder::plan(options.ceremony));
  TRY_ASSIGN(const auto state, refresh_state(folder, plan));
  if (state.after) {
    tell_done(terminal, options.ceremony, state.after->keys, state.after->share.index);
    return {};
  }
  SystemRandom random;
  for (;;) {
    TRY_ASSIGN(const auto messages, CeremonyFolder::messages(options.ceremony));
    TRY_ASSIGN(const auto step, alliance::next_step(plan, messages, folder.identity(), state.before, random));
    if (step.outcome) return finish(terminal, folder, options, plan, *step.outcome);
    for (const auto& message : step.to_write) {
      TRY(CeremonyFolder::write(options.ceremony, message));
      terminal.line(terminal.words()("Wrote {}", "已写入 {}", message.name()));
    }
    if (!step.to_write.empty()) continue;
    terminal.document({{"done", false}, {"waiting_for", step.waiting_for}});
    terminal.line(terminal.words()("Waiting for {}", "等待：{}", step.waiting_for));
    return {};
  }
}

Result<void> run_admit(Terminal& terminal, const AdmitOptions& options) {
  TRY_ASSIGN(const auto folder, KeyHolderFolder::open(options.data));
  TRY_ASSIGN(auto roll, folder.roll());
  alliance::RollEntry entry;
  TRY_ASSIGN(entry.member, Id::parse(options.member));
  entry.name = options.name;
  TRY_ASSIGN(const Bytes identity, from_hex(options.identity));
  TRY_ASSIGN(entry.identity, oprf::parse_identity(identity));
  entry.limits = options.limits;
  TRY(roll.admit(std::move(entry)));
  TRY(folder.save_roll(roll));
  terminal.document({{"member", options.member}, {"members", roll.size()}});
  terminal.line(terminal.words()("{} may ask now; a key-holder that serves knows within a second.",
                                 "已准许 {} 提问；运行中的持有方一秒内生效。", options.name));
  return {};
}

Result<void> run_identity(Terminal& terminal, const IdentityOptions& options) {
  SystemRandom random;
  const oprf::Identity identity = oprf::Identity::make(random);
  const std::string seed = to_hex(identity.seed().view());
  TRY(store::write_file(options.file, as_bytes(seed), {store::Existing::keep, 0600}));
  const std::string member = Id::random(random).text();
  terminal.document({{"member", member}, {"identity", to_hex(identity.open())}, {"file", options.file}});
  terminal.line(
      terminal.words()("Member {} with the identity {}", "成员 {}，身份公钥 {}", member, to_hex(identity.open())));
  return {};
}

Result<void> run_show(Terminal& terminal, const ShowOptions& options) {
  TRY_ASSIGN(const auto folder, KeyHolderFolder::open(options.data));
  TRY_ASSIGN(const auto keys, folder.keys());
  TRY_ASSIGN(const auto roll, folder.roll());
  nlohmann::json list = nlohmann::json::array();
  terminal.line(folder.card().name + "  " + to_hex(folder.identity().open()));
  for (const auto& key : keys) {
    list.push_back({{"epoch", key.keys.epoch},
                    {"generation", key.keys.generation},
                    {"index", key.share.index},
                    {"key_set_id", to_hex(key.keys.id())},
                    {"until", to_rfc3339(key.until_ms)}});
    terminal.line(terminal.words()("  epoch {}, generation {}: holder {} of {}, until {}",
                                   "  周期 {}，第 {} 代：{}/{}，有效至 {}", key.keys.epoch, key.keys.generation,
                                   key.share.index, key.keys.holder_count(), to_rfc3339(key.until_ms)));
  }
  terminal.line(terminal.words()("  {} members", "  {} 个成员", roll.size()));
  terminal.document({{"card", nlohmann::json::parse(folder.card().json())}, {"keys", list}, {"members", roll.size()}});
  return {};
}

void add_plan_options(const Command<PlanOptions>& plan) {
  plan->add_option("cards", plan.options.cards, "Every key-holder's card.json, in order")->required();
  plan->add_option("--epoch", plan.options.epoch, "The year")->required()->between(2020, 9999);
  plan->add_option("--threshold", plan.options.threshold, "How many key-holders must answer")
      ->required()
      ->between(1, 32);
  plan->add_option("--out", plan.options.out, "The ceremony's folder, which all key-holders see")->required();
  plan->add_option("--memory-kib", plan.options.memory_kib, "Of the slow hash; 65536 otherwise");
  plan->add_option("--passes", plan.options.passes, "Of the slow hash; 3 otherwise");
}

void add_ceremonies(Grammar& grammar, CLI::App* group) {
  add_plan_options(grammar.command(group, "plan", "Begin a ceremony in which all make a key together", run_plan));
  add_plan_options(grammar.command(group, "deal", "Deal a key on this machine, before witnesses", run_deal));
  const auto refresh =
      grammar.command(group, "refresh", "Begin a ceremony that renews the shares of a key", run_refresh);
  refresh->add_option("directory", refresh.options.directory, "directory.json of the key in use")->required();
  refresh->add_option("--out", refresh.options.out, "The ceremony's folder")->required();
  const auto join = grammar.command(group, "join", "Do what is this key-holder's turn in a ceremony", run_join);
  join->add_option("ceremony", join.options.ceremony, "The ceremony's folder")->required();
  join->add_option("--data", join.options.data, "The key-holder's folder")->required();
}

}  // namespace

void add_keyholder_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("keyholder", "Hold a share of the alliance's key");
  const auto init = grammar.command(group, "init", "Make a key-holder's folder", run_make);
  init->add_option("folder", init.options.folder, "A folder that is new or empty")->required();
  init->add_option("--name", init.options.name, "Who holds it, as others see it")->required();
  init->add_option("--url", init.options.url, "Where members reach it: https://…")->required();
  add_ceremonies(grammar, group);
  const auto identity = grammar.command(group, "member", "Make a member's identity", run_identity);
  identity->add_option("file", identity.options.file, "Where its secret goes")->required();
  const auto admit = grammar.command(group, "admit", "Let a member ask", run_admit);
  admit->add_option("--data", admit.options.data, "The key-holder's folder")->required();
  admit->add_option("--member", admit.options.member, "The member's id")->required();
  admit->add_option("--name", admit.options.name, "The member's name")->required();
  admit->add_option("--identity", admit.options.identity, "The member's public identity, in hex")->required();
  admit->add_option("--user-per-minute", admit.options.limits.user_per_minute, "Questions; 20 otherwise");
  admit->add_option("--user-per-day", admit.options.limits.user_per_day, "Questions; 200 otherwise");
  admit->add_option("--member-per-day", admit.options.limits.member_per_day, "Questions; 500 otherwise");
  const auto roll = grammar.command(group, "roll", "Take the members from the hub's signed roll", run_keyholder_roll);
  roll->add_option("from", roll.options.from, "A file, or the hub's address")->required();
  roll->add_option("--data", roll.options.data, "The key-holder's folder")->required();
  roll->add_option("--hub", roll.options.hub, "The hub's public identity in hex; needed the first time");
  const auto show = grammar.command(group, "show", "Show a key-holder's keys", run_show);
  show->add_option("--data", show.options.data, "The key-holder's folder")->required();
  const auto serve = grammar.command(group, "serve", "Answer members' questions", run_keyholder_serve);
  serve->add_option("--data", serve.options.data, "The key-holder's folder")->required();
  serve->add_option("--listen", serve.options.listen, "ADDRESS:PORT; 127.0.0.1:8090 otherwise");
  serve->add_option("--certificate", serve.options.certificate_file, "PEM chain, for TLS");
  serve->add_option("--key", serve.options.key_file, "PEM key of the certificate");
  serve->add_option("--access-log", serve.options.access_log, "A file, or \"off\"; access.log in its folder otherwise");
  serve->add_option("--hub", serve.options.hub_url, "The hub's address: its roll of members is fetched and followed");
  serve->add_option("--hub-identity", serve.options.hub, "The hub's public identity in hex; needed the first time");
  serve->add_option("--roll-every", serve.options.roll_every_s,
                    "How often the roll is fetched, in seconds; 30 otherwise");
  serve->add_option("--workers", serve.options.workers, "Requests evaluated at once; one a core otherwise");
}

}  // namespace probity::cli
