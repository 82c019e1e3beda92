// probity leak download, probity case download: one piece of evidence as it came, byte for byte; a step of custody says
// who took it.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/case_common.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct CaseDownloadOptions {
  CommonOptions common;
  std::string which, item, out;
  CasePerson person;
  bool force = false;
};
struct LeakDownloadOptions {
  CommonOptions common;
  std::string leak, item, out;
  CasePerson person;
  bool force = false;
};

Result<Bytes> download(app::Records& records, const evidence::Item& item, const events::Actor& actor) {
  TRY_ASSIGN(Bytes bytes, records.evidence.read(item));
  evidence::Deed deed;
  deed.action = "downloaded";
  deed.item = item.id;
  deed.actor = actor;
  TRY(records.evidence.note(item.matter, std::move(deed)));
  return bytes;
}

// Before the step is written that somebody took it: never over a file that is there, unless that is asked for. `name`
// is what somebody else called it: only its last part counts.
template <class Options>
Result<std::string> path_for(const Options& options, const std::string& name) {
  const std::size_t slash = name.find_last_of("/\\");
  std::string path = options.out.empty() ? (slash == std::string::npos ? name : name.substr(slash + 1)) : options.out;
  if (path.empty() || path == "." || path == "..")
    return fail(ErrorCode::invalid_argument, "the file has no name of its own", "say where to write it with --out");
  if (!options.force && std::filesystem::exists(path))
    return fail(ErrorCode::already_exists, path + " exists", "choose another name, or write over it with --force");
  return path;
}

template <class Options>
Result<void> write_out(Terminal& terminal, const Options& options, const std::string& path, BytesView bytes) {
  TRY(store::write_file(path, bytes, {.existing = options.force ? store::Existing::replace : store::Existing::keep}));
  terminal.document({{"file", path}, {"size_bytes", bytes.size()}, {"sha256", to_hex(sha256(bytes))}});
  terminal.line(terminal.words()("{}: {}", "{}：{}", path, bytes_in_words(bytes.size())));
  return {};
}

Result<void> run_leak_download(Terminal& terminal, const LeakDownloadOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_leak(records, options.leak));
  TRY_ASSIGN(const auto actor, act_as(records, options.person.email, options.person.code, Permission::read_leaks));
  TRY_ASSIGN(const evidence::Item item, find_evidence(records, {row.leak.id}, options.item));
  // What opens a copy stays closed while its name is masked.
  TRY(records.leak_traces.check_open(row.leak.id, item.id));
  TRY_ASSIGN(const std::string path, path_for(options, item.name));
  TRY_ASSIGN(const Bytes bytes, download(records, item, actor));
  return write_out(terminal, options, path, bytes);
}

// Of what an accused one sent along with a reply or an appeal; nothing when they sent no such document.
std::optional<cases::Document> sent_document(const cases::Case& of, const std::string& text) {
  const auto among = [&](const std::vector<cases::Document>& documents) -> std::optional<cases::Document> {
    for (const cases::Document& one : documents)
      if (one.name == text || (text.size() >= 8 && to_hex(one.sha256).starts_with(text))) return one;
    return std::nullopt;
  };
  for (const cases::Reply& reply : of.replies)
    if (const auto found = among(reply.documents)) return found;
  for (const cases::Appeal& appeal : of.appeals)
    if (const auto found = among(appeal.documents)) return found;
  return std::nullopt;
}

Result<void> run_case_download(Terminal& terminal, const CaseDownloadOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto view, find_case(records, options.which));
  TRY_ASSIGN(const auto hand, hand_of(records, options.person, Permission::read_cases));
  if (const auto sent = sent_document(view.of, options.item)) {
    TRY_ASSIGN(const std::string path, path_for(options, sent->name));
    TRY_ASSIGN(const auto file, records.cases.archive.document(view.of.id, sent->sha256, hand.actor));
    return write_out(terminal, options, path, file.bytes);
  }
  TRY_ASSIGN(const evidence::Item item, find_evidence(records, {view.of.id}, options.item));
  TRY_ASSIGN(const std::string path, path_for(options, item.name));
  TRY_ASSIGN(const Bytes bytes, download(records, item, hand.actor));
  return write_out(terminal, options, path, bytes);
}

template <class Options>
void add_download(const Command<Options>& command) {
  command->add_option("item", command.options.item, "Its file's name, or the start of its id or hash")->required();
  command->add_option("--out", command.options.out, "The file to write; its own name otherwise");
  command->add_flag("--force", command.options.force, "Write over the file if it exists");
  add_case_person(command);
}

}  // namespace

void add_evidence_download_commands(Grammar& grammar) {
  const auto of_leak = grammar.command(grammar.group("leak", "Leaked pictures"), "download",
                                       "Write a piece of evidence to a file, byte for byte", run_leak_download);
  of_leak->add_option("leak", of_leak.options.leak, "Its number (L-2026-0001), id or title")->required();
  add_download(of_leak);
  const auto of_case =
      grammar.command(grammar.group("case", "Cases and their evidence"), "download",
                      "Write the case's own evidence, or what an accused one sent, to a file", run_case_download);
  of_case->add_option("case", of_case.options.which, "Number such as K-2026-0001, id or title")->required();
  add_download(of_case);
}

}  // namespace probity::cli
