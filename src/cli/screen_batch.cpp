// probity screen company|batch|watch: companies, whole files of partners, and those that are watched.
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/company_desk.h"
#include "cli/grammar.h"
#include "cli/screen_session.h"
#include "cli/values.h"
#include "screening/batch_screening.h"
#include "screening/company_json.h"
#include "screening/watch.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using screening::CompanyLevel;

constexpr std::size_t kRowsAtOnce = 2'000;

struct CompanyOptions {
  CommonOptions common;
  std::string name, credit_code, lei, registration, purpose = "supplier_onboarding", requisition, receipt;
};
struct BatchOptions {
  CommonOptions common;
  std::string file, out;
  bool chinese = false;
};
struct WatchOptions {
  CommonOptions common;
  std::string verb = "list", watch, name, credit_code, lei, registration, note, search;
};

struct CompanySession {
  ScreenSession screen;
  std::unique_ptr<app::CompanyDesk> desk;
};

// The list as the hub has it now, or, when it does not answer, as this node last held it; which of them is said.
Result<CompanySession> open_companies(Terminal& terminal, const CommonOptions& common) {
  CompanySession out;
  TRY_ASSIGN(out.screen, open_screen_session(common));
  app::Workspace& workspace = *out.screen.session.workspace;
  app::Records& records = *out.screen.session.records;
  TRY_ASSIGN(out.desk,
             app::CompanyDesk::open({workspace.folder(), workspace.database(), *out.screen.membership, records.log_book,
                                     records.events, workspace.clock(), workspace.random()}));
  const auto fresh = out.desk->turn();
  if (!fresh) {
    if (!out.desk->companies().book().held()) return tl::unexpected<Error>(fresh.error());
    terminal.note(terminal.words()("The hub does not answer: this is the list of before.",
                                   "联盟中心未响应：使用本机上次保存的名单。"));
  }
  return out;
}

std::string match_line(const screening::CompanyMatch& match) {
  return fmt::format("  {:<15} {:<17} {:.2f}  {}  {}  {}", screening::level_name(match.level), match.by, match.score,
                     match.name, match.listed->entry.conduct, match.listed->entry.filer_name);
}

int exit_code_of(CompanyLevel level) { return level >= CompanyLevel::likely ? kExitHit : 0; }

// 0: not listed, or only possibly. 3: likely or confirmed.
int run_company(Terminal& terminal, const CompanyOptions& options) {
  const auto ask = [&]() -> Result<int> {
    const auto purpose = screening::parse_purpose(options.purpose);
    if (!purpose) return fail(ErrorCode::invalid_argument, "--purpose: there is no such purpose");
    TRY_ASSIGN(const CompanySession session, open_companies(terminal, options.common));
    TRY_ASSIGN(
        const auto query,
        session.desk->companies().ask(
            {{options.name, options.credit_code, options.lei, options.registration}, *purpose, options.requisition},
            command_line_actor()));
    if (!options.receipt.empty())
      TRY(store::write_file(options.receipt, as_bytes(query.receipt), {store::Existing::keep}));
    nlohmann::json matches = nlohmann::json::array();
    terminal.line(fmt::format("{}: {}", query.number, screening::level_name(query.answer.outcome)));
    for (std::size_t i = 0; i < query.answer.matches.size(); ++i) {
      matches.push_back(screening::match_json(query.answer.matches[i], query.hits[i]));
      terminal.line(match_line(query.answer.matches[i]));
    }
    terminal.document({{"number", query.number},
                       {"outcome", screening::level_name(query.answer.outcome)},
                       {"matches", std::move(matches)},
                       {"list", screening::list_state_json(query.head)},
                       {"receipt_sha256", query.receipt_sha256}});
    return exit_code_of(query.answer.outcome);
  };
  const Result<int> outcome = ask();
  return outcome ? *outcome : terminal.failure(outcome.error());
}

// Refused by its size before a byte is read.
Result<Bytes> read_partners(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return fail(ErrorCode::not_found, "there is no file " + path);
  if (static_cast<std::uint64_t>(facts.st_size) > screening::kMostFileBytes)
    return fail(ErrorCode::too_large,
                fmt::format("the file has {} MB, and at most 32 MB are read", facts.st_size / (1 << 20)),
                "divide it into several files");
  return store::read_file(path, screening::kMostFileBytes);
}

Result<CompanyLevel> screen_file(Terminal& terminal, const BatchOptions& options) {
  TRY_ASSIGN(const Bytes bytes, read_partners(options.file));
  TRY_ASSIGN(const auto file, screening::read_partner_file(bytes));
  TRY_ASSIGN(const CompanySession session, open_companies(terminal, options.common));
  const auto language = options.chinese ? screening::ResultLanguage::zh : screening::ResultLanguage::en;
  auto writer = options.out.ends_with(".xlsx") ? screening::xlsx_result(language) : screening::csv_result(language);
  screening::LevelCounts counts{};
  CompanyLevel worst = CompanyLevel::not_listed;
  const std::span<const screening::PartnerLine> lines(file.partners);
  for (std::size_t done = 0; done < lines.size(); done += kRowsAtOnce) {
    const auto part = lines.subspan(done, std::min(kRowsAtOnce, lines.size() - done));
    TRY_ASSIGN(const auto answered, screening::answer_rows(session.desk->companies().book(), part, done));
    for (const auto& row : answered.rows) {
      ++counts[static_cast<std::size_t>(row.level)];
      worst = std::max(worst, row.level);
      writer->add(row);
    }
  }
  TRY_ASSIGN(const std::string result, writer->finish());
  TRY(store::write_file(options.out, as_bytes(result), {store::Existing::replace, 0600}));
  nlohmann::json by_level;
  for (const auto& note : file.notes) terminal.line(terminal.words()("{}", "{}", options.chinese ? note.zh : note.en));
  for (const CompanyLevel level : screening::kCompanyLevels) {
    by_level[std::string(screening::level_name(level))] = counts[static_cast<std::size_t>(level)];
    terminal.line(fmt::format("{:>8}  {}", counts[static_cast<std::size_t>(level)], screening::level_name(level)));
  }
  const auto held = session.desk->companies().book().held();
  terminal.document({{"rows", lines.size()},
                     {"counts", std::move(by_level)},
                     {"out", options.out},
                     {"list", screening::list_state_json(held->head)}});
  return worst;
}

// 0: nothing likely. 3: a row is likely or confirmed. Else the code of what went wrong.
int run_batch(Terminal& terminal, const BatchOptions& options) {
  const auto worst = screen_file(terminal, options);
  return worst ? exit_code_of(*worst) : terminal.failure(worst.error());
}

void say(Terminal& terminal, const screening::Watch& watch) {
  terminal.line(fmt::format("{}  {:<15} {}{}  {} {} {}", watch.id.text(), screening::level_name(watch.level()),
                            watch.seen ? " " : "*", watch.subject.name, watch.subject.credit_code, watch.subject.lei,
                            watch.subject.registration));
}

nlohmann::json watch_document(const screening::Watch& watch) {
  nlohmann::json out{{"id", watch.id.text()},
                     {"name", watch.subject.name},
                     {"level", screening::level_name(watch.level())},
                     {"seen", watch.seen}};
  screening::put_numbers(out, watch.subject);
  return out;
}

Result<void> add_watch(Terminal& terminal, screening::WatchService& watches, const WatchOptions& options) {
  TRY_ASSIGN(const auto added,
             watches.add({{options.name, options.credit_code, options.lei, options.registration}, options.note},
                         command_line_actor()));
  if (!added.is_new) terminal.note(terminal.words()("It is watched already.", "该合作方已在关注中。"));
  say(terminal, added.watch);
  terminal.document(watch_document(added.watch));
  return {};
}

Result<void> list_watches(Terminal& terminal, screening::WatchService& watches, const WatchOptions& options) {
  constexpr std::uint32_t kAtOnce = 500;
  nlohmann::json items = nlohmann::json::array();
  screening::WatchFilter filter;
  filter.page = {options.search, "", false, 0, kAtOnce};
  std::uint64_t total = 0;
  do {
    TRY_ASSIGN(const auto listed, watches.list(filter));
    total = listed.total;
    for (const auto& watch : listed.items) {
      say(terminal, watch);
      items.push_back(watch_document(watch));
    }
    filter.page.offset += kAtOnce;
  } while (filter.page.offset < total);
  terminal.document({{"items", std::move(items)}, {"total", total}});
  return {};
}

Result<void> remove_watch(Terminal& terminal, screening::WatchService& watches, const WatchOptions& options) {
  TRY_ASSIGN(const Id id, Id::parse(options.watch));
  TRY(watches.remove(id, command_line_actor()));
  terminal.line(terminal.words()("It is watched no longer.", "已取消关注。"));
  terminal.document({{"removed", options.watch}});
  return {};
}

Result<void> run_watch(Terminal& terminal, const WatchOptions& options) {
  TRY_ASSIGN(const CompanySession session, open_companies(terminal, options.common));
  screening::WatchService& watches = session.desk->watches();
  if (options.verb == "add") return add_watch(terminal, watches, options);
  if (options.verb == "remove") return remove_watch(terminal, watches, options);
  if (options.verb == "list") return list_watches(terminal, watches, options);
  return fail(ErrorCode::invalid_argument, "there is no such verb", "add, list or remove");
}

template <class Options>
void add_company_options(const Command<Options>& command) {
  command->add_option("--name", command.options.name, "The company's name, Chinese or Latin");
  command->add_option("--credit-code", command.options.credit_code,
                      "Unified social credit code, or the organisation code in it");
  command->add_option("--lei", command.options.lei, "Legal entity identifier");
  command->add_option("--registration", command.options.registration, "Country and number: \"HKG 12345678\"");
}

}  // namespace

void add_screen_batch_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("screen", "Ask whether somebody is listed, and do what a hit obliges to");
  const auto company = grammar.command(
      group, "company", "Ask about one company; exit code 3 when it is likely or confirmed to be listed", run_company);
  add_company_options(company);
  company->add_option("--purpose", company.options.purpose, "supplier_onboarding (else), contract, periodic_review");
  company->add_option("--requisition", company.options.requisition, "Your own number of the contract")->required();
  company->add_option("--receipt", company.options.receipt, "Write the receipt to this file");
  const auto batch = grammar.command(
      group, "batch", "Screen a file of partners; exit code 3 when one is likely or confirmed to be listed", run_batch);
  batch->add_option("file", batch.options.file, "CSV (UTF-8, UTF-16, GB18030) or XLSX, at most 100,000 rows")
      ->required();
  batch->add_option("--out", batch.options.out, "The result: .csv or .xlsx")->required();
  batch->add_flag("--zh", batch.options.chinese, "Write the result in Chinese");
  const auto watch = grammar.command(group, "watch", "Watch partners: add, list (else), remove", run_watch);
  watch->add_option("verb", watch.options.verb, "add, list or remove");
  watch->add_option("watch", watch.options.watch, "Of remove: its id");
  add_company_options(watch);
  watch->add_option("--note", watch.options.note, "Your own words");
  watch->add_option("--search", watch.options.search, "Only those with this text in their names or numbers");
}

}  // namespace probity::cli
