// The verbs of uploads: begin, go on, give up; a complete one queues the job that it is for.
#pragma once

#include <array>
#include <mutex>

#include "base/random.h"
#include "base/transactions.h"
#include "copies/upload.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "projects/service.h"

namespace probity::copies {

inline constexpr const char* kPrepareAssetJob = "prepare_asset";
inline constexpr std::uint64_t kUploadChunkBytes = 8 << 20;
inline constexpr std::uint64_t kMostUploadBytes = 1ULL << 30;

struct UploadPorts {
  UploadStore& store;
  UploadFiles& files;
  projects::ProjectService& projects;
  jobs::Queue& jobs;
  Transactions& transactions;
  Clock& clock;
  Random& random;
};

struct NewUpload {
  std::optional<Id> project{};
  std::string file_name, title;
  std::uint64_t size_bytes = 0;
  std::string job_kind = kPrepareAssetJob;  // its subject is the upload
  std::optional<Id> subject{};
  std::string data_json = "{}";
};

// Thread-safe. Borrows its ports.
class Uploads {
 public:
  explicit Uploads(const UploadPorts& ports) : ports_(ports) {}

  // Errors: not_found; conflict (archived project); too_large; invalid_argument.
  Result<Upload> begin(const NewUpload& request, const events::Actor& actor);
  // Writes a chunk that starts at `offset`. A chunk that is here already (its answer was lost) is no error; the record
  // says where to go on. The last one queues the upload's job. Errors: not_found; conflict when `offset` leaves a gap
  // or the upload is over; invalid_argument past the announced size; too_large; storage (nothing is lost: go on later).
  Result<Upload> append(const Id& id, std::uint64_t offset, std::string_view bytes);
  Result<Upload> cancel(const Id& id);
  Result<Upload> find(const Id& id);
  // One of this kind, for this subject. Errors: not_found also for others.
  Result<Upload> find(const Id& id, const std::string& job_kind, const std::optional<Id>& subject = {});
  Result<std::vector<Upload>> receiving(const std::string& job_kind, const Id& project_or_subject) {
    return ports_.store.receiving(job_kind, project_or_subject);
  }
  // Gives up what nobody has gone on with since then; how many.
  Result<std::size_t> forget_idle(TimeMs since_before_ms);

 private:
  std::mutex& turn_of(const Id& id) { return turns_[id.bytes[0] % turns_.size()]; }

  UploadPorts ports_;
  // Chunks of one upload are written one after another, whoever sends them.
  std::array<std::mutex, 16> turns_;
};

}  // namespace probity::copies
