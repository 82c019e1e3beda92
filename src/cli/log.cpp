// probity log: the transparency log's state, its files checked anew, proofs, and the key to check them with.
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cli/grammar.h"
#include "cli/session.h"
#include "log/fsck.h"
#include "log/status.h"
#include "store/file.h"
#include "store/log_files.h"

namespace probity::cli {
namespace {

using store::FolderLogFiles;

struct LogOptions {
  CommonOptions common;
};
struct ProofOptions {
  CommonOptions common;
  std::string entry;
  std::optional<std::string> out_file;
  bool opening = false;
};

// What can be said from outside: a server that runs knows more, at /api/v1/log.
Result<log::LogStatus> status_of(app::Records& records) {
  log::LogStatus status;
  TRY_ASSIGN(status.waiting, records.log_book.count_waiting());
  TRY_ASSIGN(const auto key, records.log_place.key());
  if (!key) return status;
  status.origin = key->verifier().name;
  status.key = key->verifier().text();
  TRY_ASSIGN(const tlog::Policy policy, records.log_place.policy());
  status.quorum = policy.quorum;
  for (const tlog::PolicyWitness& witness : policy.witnesses)
    status.witnesses.push_back({witness.name, witness.url, 0, 0, ""});
  TRY_ASSIGN(const auto published, records.log_reader.checkpoint());
  if (published) {
    status.published_size = published->checkpoint.head.size;
    status.checkpoint = published->note;
  }
  TRY_ASSIGN(const auto last, records.log_book.last_index());
  status.size = std::max(last ? *last + 1 : 0, status.published_size);
  return status;
}

Result<void> run_status(Terminal& terminal, const LogOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const log::LogStatus status, status_of(*session.records));
  terminal.document(nlohmann::json::parse(log::status_json(status)));
  if (status.origin.empty()) {
    terminal.line(
        say("The log has not been founded yet: `probity serve` does it.", "日志尚未建立：由 `probity serve` 建立。"));
  } else {
    terminal.line(say("Log        {}", "日志       {}", status.origin));
    terminal.line(say("Published  {} of {} entries", "已发布     {} / {} 条", status.published_size, status.size));
    terminal.line(say("Witnesses  {}, quorum {}", "见证者     {}，法定数 {}", status.witnesses.size(), status.quorum));
  }
  if (status.waiting > 0)
    terminal.note(say("{} entries wait: a running `probity serve` takes them",
                      "{} 条等待写入：由运行中的 `probity serve` 处理", status.waiting));
  return {};
}

Result<void> run_fsck(Terminal& terminal, const LogOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(const Session session, open_session(options.common));
  const app::LogPlace& place = session.records->log_place;
  TRY_ASSIGN(const tlog::Policy policy, place.policy());
  TRY_ASSIGN(const auto files, FolderLogFiles::open(place.files_folder(), FolderLogFiles::Use::reading));
  store::FileCheckpointGuard guard(place.guard_file());
  TRY_ASSIGN(const log::FsckReport report, log::fsck(*files, guard, policy));
  terminal.document(
      {{"published_size", report.published_size}, {"signed_size", report.signed_size}, {"wrong", report.wrong}});
  for (const std::string& what : report.wrong) terminal.line(what);
  if (!report.wrong.empty())
    return fail(ErrorCode::corrupt, fmt::format("{} things are wrong with the log", report.wrong.size()),
                "restore its folder from a copy that is not older than the last signed checkpoint");
  terminal.line(say("{} entries, {} of them published: every entry, tile and signature is as it was signed",
                    "共 {} 条，已发布 {} 条：每条记录、每个瓦片和签名都与签署时一致", report.signed_size,
                    report.published_size));
  return {};
}

Result<void> run_key(Terminal& terminal, const LogOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const tlog::Policy policy, session.records->log_place.policy());
  const std::string key = policy.logs.front().key.text();
  terminal.document({{"key", key}});
  terminal.line(key);
  return {};
}

Result<void> run_policy(Terminal& terminal, const LogOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const tlog::Policy policy, session.records->log_place.policy());
  std::string text = policy.text();
  terminal.document({{"policy", text}});
  text.pop_back();
  terminal.line(text);
  return {};
}

Result<void> run_proof(Terminal& terminal, const ProofOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const Id entry, Id::parse(options.entry));
  log::LogBook& book = session.records->log_book;
  TRY_ASSIGN(const auto opening, book.opening(entry));
  if (!opening) return fail(ErrorCode::not_found, "there is no such entry of the log");
  TRY_ASSIGN(const auto proof, book.proof(entry));
  if (!proof)
    return fail(ErrorCode::unavailable, "this entry is not in a published checkpoint yet",
                "a running `probity serve` takes it in within seconds");
  const std::string opened = log::opening_json(*opening);
  terminal.document({{"proof", *proof}, {"opening", nlohmann::json::parse(opened)}});
  if (options.out_file) return store::write_file(*options.out_file, as_bytes(*proof));
  terminal.line(options.opening ? opened : proof->substr(0, proof->size() - 1));
  return {};
}

}  // namespace

void add_log_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("log", "The transparency log");
  grammar.command(group, "status", "How far the log has come", run_status);
  const auto fsck = grammar.command(group, "fsck", "Read and hash all of the log anew", run_fsck);
  fsck->footer("Finds every changed bit of entries, tiles, checkpoint and signatures. Runs beside a server, too.");
  const auto proof = grammar.command(group, "proof", "Print the proof that an entry is in the log", run_proof);
  proof->add_option("entry", proof.options.entry, "The entry's id")->required();
  proof->add_option("-o,--out", proof.options.out_file, "A .tlog-proof file instead");
  proof->add_flag("--opening", proof.options.opening, "What the entry commits to, and its salt, instead");
  grammar.command(group, "key", "Print the key that checks the log's signatures", run_key);
  grammar.command(group, "policy", "Print the log, its witnesses and their quorum as a verifier wants them",
                  run_policy);
}

}  // namespace probity::cli
