// A file of partners that is screened: how far it is, what each row matches, and the result as a file.
//
//   awaiting_file → queued → running → done | failed
//
// A row is answered when it is written down; after a crash the work goes on behind the last one that was. All rows are
// answered from one version of the list: when it changes meanwhile, the rows before are answered anew.
#pragma once

#include <array>

#include "base/list_query.h"
#include "screening/batch_file.h"
#include "screening/query.h"

namespace probity::screening {

enum class BatchState { awaiting_file, queued, running, done, failed };
std::string_view state_name(BatchState state);

using LevelCounts = std::array<std::uint64_t, std::size(kCompanyLevels)>;  // by the level's value

struct PartnerBatch {
  Id id;
  std::string number;  // "B-2027-0001"
  std::string file_name;
  Purpose purpose = Purpose::supplier_onboarding;
  std::string requisition;
  events::Actor made_by;
  TimeMs made_ms = 0;
  BatchState state = BatchState::awaiting_file;
  std::optional<Id> job;
  std::uint64_t rows = 0, done = 0;
  LevelCounts counts{};
  std::optional<alliance::SignedEnterpriseHead> head;  // the version of the list that was looked at
  std::optional<Error> problem;
  std::optional<TimeMs> finished_ms;
  std::vector<Words> notes;
};

// What is kept of a match: enough for the table. The entry itself is in the list.
struct PartnerMatch {
  Id listing;
  CompanyLevel level = CompanyLevel::possible;
  std::string by, name;
  bool former = false;
  double score = 0;
  std::string status, conduct, filer_name;
  bool operator==(const PartnerMatch&) const = default;
};

struct PartnerRow {
  std::uint64_t index = 0;  // 0, 1, 2 … in the order of the file
  std::size_t line = 0;
  std::string name, number;
  CompanySubject subject;
  CompanyLevel level = CompanyLevel::not_listed;
  std::optional<Words> problem;
  std::vector<PartnerMatch> matches;  // the best five
};
inline constexpr std::size_t kMostRowMatches = 5;

// From and to records. Errors: corrupt.
std::string batch_record(const PartnerBatch& batch);
Result<PartnerBatch> parse_batch_record(std::string_view text);
std::string row_record(const PartnerRow& row);
Result<PartnerRow> parse_row_record(std::string_view text);

struct RowFilter {
  std::optional<CompanyLevel> level;
  std::string search;  // in the name
  std::uint32_t offset = 0, limit = 50;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class BatchStore {
 public:
  virtual ~BatchStore() = default;
  virtual Result<void> insert(const PartnerBatch& batch) = 0;
  virtual Result<void> update(const PartnerBatch& batch) = 0;
  virtual Result<std::optional<PartnerBatch>> batch(const Id& id) = 0;
  virtual Result<Listed<PartnerBatch>> batches(std::uint32_t offset, std::uint32_t limit) = 0;  // newest first
  virtual Result<void> remove_batch(const Id& id) = 0;                                          // with its rows

  virtual Result<void> insert_rows(const Id& batch, const std::vector<PartnerRow>& rows) = 0;
  virtual Result<void> remove_rows(const Id& batch) = 0;
  virtual Result<Listed<PartnerRow>> rows(const Id& batch, const RowFilter& filter) = 0;  // in their order
  // Behind the row with that index, at most so many; -1 for the beginning.
  virtual Result<std::vector<PartnerRow>> rows_after(const Id& batch, std::int64_t index, std::size_t limit) = 0;
};

}  // namespace probity::screening
