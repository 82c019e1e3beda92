// The commands: what each is asked for, and one function each. The grammar that fills these in is command_line.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.h"

namespace probity::cli {

struct CommonOptions {
  std::optional<std::string> workspace;
};

struct InitOptions {
  std::string folder;
};
struct AssetAddOptions {
  CommonOptions common;
  std::vector<std::string> files;
  std::optional<std::string> title;
  std::optional<std::string> project;
};
struct AssetListOptions {
  CommonOptions common;
};
struct AssetShowOptions {
  CommonOptions common;
  std::string asset;
};
struct CopyIssueOptions {
  CommonOptions common;
  std::vector<std::string> assets;
  std::vector<std::string> recipients;  // "Name, outlet"
  std::optional<std::string> csv_file;
  std::optional<std::string> out_folder;  // only registered when absent
  bool dry_run = false;
  bool force = false;
};
struct CopyExportOptions {
  CommonOptions common;
  std::string asset;
  std::string recipient;
  std::string out_file;
  bool force = false;
};
struct CopyListOptions {
  CommonOptions common;
  std::optional<std::string> asset;
};
struct LeakTraceOptions {
  CommonOptions common;
  std::vector<std::string> files;
  std::optional<std::string> matter;  // a reported leak instead of files
  std::optional<std::string> report_folder;
  bool force = false;
  bool brief = false;
};
struct ReportCheckOptions {
  std::string folder;
};
struct RegisterVerifyOptions {
  CommonOptions common;
  std::optional<std::string> known_head;
};
struct CleanOptions {
  CommonOptions common;
};
struct ServeOptions {
  CommonOptions common;
  std::optional<std::string> listen;       // address:port
  std::optional<std::string> config_file;  // instead of the workspace's probity.toml
  std::optional<std::string> access_log;
  bool sample = false;
  std::string pages_folder;  // the web interface from the disk
};
struct CommitmentPaperOptions {
  CommonOptions common;
  std::optional<std::string> project;
  std::vector<std::string> recipients;  // "Name, outlet"
  std::optional<std::string> csv_file;
  std::string scan_file;
  std::optional<std::string> signed_at;  // RFC 3339; the file's own time otherwise
};

// Each returns the exit code: 0, one of the error catalogue, or a verdict's.
int run_init(Terminal& terminal, const InitOptions& options);
int run_asset_add(Terminal& terminal, const AssetAddOptions& options);
int run_asset_list(Terminal& terminal, const AssetListOptions& options);
int run_asset_show(Terminal& terminal, const AssetShowOptions& options);
int run_copy_issue(Terminal& terminal, const CopyIssueOptions& options);
int run_copy_export(Terminal& terminal, const CopyExportOptions& options);
int run_copy_list(Terminal& terminal, const CopyListOptions& options);
int run_leak_trace(Terminal& terminal, const LeakTraceOptions& options);
int run_report_check(Terminal& terminal, const ReportCheckOptions& options);
int run_register_verify(Terminal& terminal, const RegisterVerifyOptions& options);
int run_clean(Terminal& terminal, const CleanOptions& options);
int run_serve(Terminal& terminal, const ServeOptions& options);
int run_commitment_paper(Terminal& terminal, const CommitmentPaperOptions& options);

}  // namespace probity::cli
