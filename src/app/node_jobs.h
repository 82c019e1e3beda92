// What a node does in the background: one function for each kind of job.
#pragma once

#include "app/records.h"
#include "jobs/runner.h"

namespace probity::app {

inline constexpr const char* kIssueCopiesJob = "issue_copies";
inline constexpr const char* kSealCommitmentJob = "seal_commitment";
inline constexpr const char* kLoadSampleJob = "load_sample";

// Registers every kind. Borrows the records, which must outlive the runner.
void register_jobs(jobs::Runner& runner, Records& records);

// Copies of one asset for everybody whose commitment is in force. Joins the caller's transaction.
Result<void> queue_copies_of(Records& records, const Id& asset, const std::string& title, const Id& project);

}  // namespace probity::app
