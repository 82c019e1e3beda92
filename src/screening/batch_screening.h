// The verbs of files of partners: announce, take the bytes, screen in the background, show the result.
#pragma once

#include "jobs/runner.h"
#include "screening/batch.h"
#include "screening/batch_output.h"
#include "screening/company_screening.h"

namespace probity::screening {

inline constexpr const char* kScreenPartnersJob = "screen_partners";

// Where the bytes of a file wait until they are screened; then they go. Thread-safe. Errors: storage, not_found.
class BatchFiles {
 public:
  virtual ~BatchFiles() = default;
  virtual Result<void> put(const Id& batch, BytesView bytes) = 0;
  virtual Result<Bytes> get(const Id& batch) = 0;
  virtual void remove(const Id& batch) = 0;
};

struct BatchPorts {
  BatchStore& store;
  BatchFiles& files;
  CompanyScreening& companies;
  Transactions& transactions;
  jobs::Queue& jobs;
  log::LogBook& log;
  events::EventLog& events;
  Clock& clock;
  Random& random;
};

struct NewBatch {
  std::string file_name;
  Purpose purpose = Purpose::supplier_onboarding;
  std::string requisition;
};

// Thread-safe. Borrows its ports.
class BatchScreening {
 public:
  explicit BatchScreening(const BatchPorts& ports) : ports_(ports) {}

  // Errors: invalid_argument.
  Result<PartnerBatch> create(const NewBatch& batch, const events::Actor& actor);
  // Queues the work. Errors: not_found; conflict when it has its file already; too_large; unavailable while this node
  // holds no list.
  Result<PartnerBatch> upload(const Id& id, BytesView bytes, const events::Actor& actor);
  // One attempt of the work; goes on where the last one stopped. A file that cannot be read ends it as failed.
  Result<void> work(const Id& id, jobs::JobContext& context);

  Result<PartnerBatch> find(const Id& id);  // Errors: not_found.
  Result<Listed<PartnerBatch>> list(std::uint32_t offset, std::uint32_t limit) {
    return ports_.store.batches(offset, limit);
  }
  // Errors of both: not_found; conflict before it is done.
  Result<Listed<PartnerRow>> rows(const Id& id, const RowFilter& filter);
  Result<std::string> result(const Id& id, std::unique_ptr<ResultWriter> writer);
  // Every row in turn. Errors: those of the receiver, too.
  Result<void> each_row(const Id& id, const std::function<Result<void>(const PartnerRow&)>& receive);
  Result<void> remove(const Id& id, const events::Actor& actor);

 private:
  Result<PartnerBatch> done_batch(const Id& id);
  Result<void> screen(PartnerBatch& batch, const PartnerFile& file, jobs::JobContext& context);
  Result<void> finish(PartnerBatch& batch);

  const BatchPorts ports_;
};

// The rows of a chunk, answered by as many threads as there are cores; also what the command line calls. `first` is the
// index of its first row. Errors: unavailable.
struct AnsweredRows {
  std::vector<PartnerRow> rows;
  alliance::SignedEnterpriseHead head;
  bool one_version = true;  // whether all were answered from `head`
};
Result<AnsweredRows> answer_rows(const CompanyBook& book, std::span<const PartnerLine> lines, std::uint64_t first);

}  // namespace probity::screening
