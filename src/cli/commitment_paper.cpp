// probity commitment paper: record commitments that were signed on paper, with the scan as evidence.
#include <nlohmann/json.hpp>

#include <filesystem>

#include "cli/commands.h"
#include "cli/recipients.h"
#include "cli/session.h"
#include "commitments/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

struct Recorded {
  std::size_t recorded = 0, present = 0;
};

Result<Recorded> record(Terminal& terminal, const CommitmentPaperOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto recipients, gather_recipients(terminal, options.recipients, options.csv_file));
  TRY_ASSIGN(const Id project, find_project(records, options.project));
  commitments::PaperCommitment paper;
  paper.project = project;
  paper.scan_name = std::filesystem::path(options.scan_file).filename().string();
  TRY_ASSIGN(paper.scan, store::read_file(options.scan_file, commitments::kMostScanBytes));
  paper.signed_ms = session.workspace->clock().now_ms();
  Recorded outcome;
  TRY(session.workspace->database().write([&]() -> Result<void> {
    for (const auto& details : recipients) {
      terminal.progress(
          terminal.words()("recording commitments", "登记承诺书"),
          static_cast<double>(outcome.recorded + outcome.present) / static_cast<double>(recipients.size()));
      TRY_ASSIGN(paper.party, find_person(records, details));
      TRY_ASSIGN(const bool covered, records.in_force(project, paper.party));
      if (covered) {
        ++outcome.present;
        continue;
      }
      TRY(records.commitments.record_paper(paper, command_line_witness()));
      ++outcome.recorded;
    }
    return {};
  }));
  return outcome;
}

}  // namespace

int run_commitment_paper(Terminal& terminal, const CommitmentPaperOptions& options) {
  const auto outcome = record(terminal, options);
  if (!outcome) return terminal.failure(outcome.error());
  terminal.document({{"recorded", outcome->recorded}, {"present", outcome->present}});
  terminal.line(terminal.words()("{} commitments on paper recorded as in force, {} had been before",
                                 "已登记 {} 份生效的纸质承诺书，{} 份此前已登记", outcome->recorded, outcome->present));
  return 0;
}

}  // namespace probity::cli
