// probity release: pictures the organisation has released, and whether a picture is one of them.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/grammar.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "shoots/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

struct AddOptions {
  CommonOptions common;
  std::string file, title, where, released;
  std::optional<std::string> project;
};
struct FindOptions {
  CommonOptions common;
  std::string file;
};
struct WithdrawOptions {
  CommonOptions common;
  std::string release, reason;
};

void describe(Terminal& terminal, const shoots::Release& release) {
  terminal.line(terminal.words()("{}  {:10} {}  released {} at {}", "{}  {:10} {}  于 {} 发布在 {}", release.id.text(),
                                 shoots::release_state_name(release.state), release.title,
                                 to_rfc3339(release.released_ms), release.where));
}

Result<void> run_add(Terminal& terminal, const AddOptions& options) {
  shoots::NewRelease release;
  TRY_ASSIGN(release.released_ms, parse_time("--released", options.released));
  TRY_ASSIGN(const Bytes file, store::read_file(options.file, shoots::kMostFrameBytes));
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(release.project, find_project_filter(*session.records, options.project));
  release.title = options.title;
  release.where = options.where;
  release.file_name = std::filesystem::path(options.file).filename().string();
  TRY_ASSIGN(const auto added, session.records->shoots.releases.add(release, file, command_line_actor()));
  terminal.document(shoots::to_json(added));
  describe(terminal, added);
  return {};
}

Result<void> run_find(Terminal& terminal, const FindOptions& options) {
  TRY_ASSIGN(const Bytes file, store::read_file(options.file, shoots::kMostFrameBytes));
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto answer, session.records->shoots.releases.search(file));
  terminal.document(shoots::to_json(answer));
  const auto say = [&](const std::string& en, const std::string& zh) {
    return terminal.words().language() == Language::zh ? zh : en;
  };
  terminal.line(say(answer.en, answer.zh));
  for (const auto& match : answer.matches) terminal.line("  " + say(match.en, match.zh));
  return {};
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  shoots::ReleaseFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<shoots::ReleaseState>(options.state, shoots::parse_release_state,
                                                                    "registered and withdrawn are"));
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->shoots.releases.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& release : listed.items) {
    items.push_back(shoots::to_json(release));
    describe(terminal, release);
  }
  finish_list(terminal, options, "releases", items, listed.total,
              terminal.words()("No releases: `probity release add` registers one.",
                               "尚无登记：用 `probity release add` 登记官方发布。"));
  return {};
}

Result<void> run_withdraw(Terminal& terminal, const WithdrawOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const Id id, Id::parse(options.release));
  TRY_ASSIGN(const auto release, session.records->shoots.releases.withdraw(id, options.reason, command_line_actor()));
  terminal.document(shoots::to_json(release));
  describe(terminal, release);
  return {};
}

}  // namespace

void add_release_commands(Grammar& grammar) {
  CLI::App* releases = grammar.group("release", "Pictures the organisation has released");
  const auto add = grammar.command(releases, "add", "Register a released picture", run_add);
  add->add_option("file", add.options.file, "The picture as it was released")->required();
  add->add_option("--title", add.options.title, "What to call it")->required();
  add->add_option("--where", add.options.where, "Address or place of publication")->required();
  add->add_option("--released", add.options.released, "Since when it is public")->required();
  add->add_option("--project", add.options.project, "Its project");
  add->footer(
      "Example: probity release add cover.jpg --title Cover --where https://news.example/cover "
      "--released 2027-03-01T09:00:00Z");
  const auto find = grammar.command(releases, "find", "Is this an official picture, and since when", run_find);
  find->add_option("file", find.options.file, "The picture in question")->required();
  const auto list = grammar.command(releases, "list", "List registered releases", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "registered or withdrawn");
  add_search(list);
  add_paging(list);
  const auto withdraw = grammar.command(releases, "withdraw", "Take back a registration made by mistake", run_withdraw);
  withdraw->add_option("release", withdraw.options.release, "Its id")->required();
  withdraw->add_option("--reason", withdraw.options.reason, "Why")->required();
}

}  // namespace probity::cli
