// The verbs of uploads: begin, go on, give up; a complete one asks for its preparation.
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
  Id project;
  std::string file_name, title;
  std::uint64_t size_bytes = 0;
};

// Thread-safe. Borrows its ports.
class Uploads {
 public:
  explicit Uploads(const UploadPorts& ports) : ports_(ports) {}

  // Errors: not_found; conflict (archived project); too_large; invalid_argument.
  Result<Upload> begin(const NewUpload& request, const events::Actor& actor);
  // Writes a chunk that starts at `offset`. A chunk that is here already (its answer was lost) is no error; the record
  // says where to go on. The last one queues the preparation. Errors: not_found; conflict when `offset` leaves a gap or
  // the upload is over; invalid_argument past the announced size; too_large; storage (nothing is lost: go on later).
  Result<Upload> append(const Id& id, std::uint64_t offset, std::string_view bytes);
  Result<Upload> cancel(const Id& id);
  Result<Upload> find(const Id& id);
  Result<std::vector<Upload>> receiving(const Id& project) { return ports_.store.receiving(project); }
  // Gives up what nobody has gone on with since then; how many.
  Result<std::size_t> forget_idle(TimeMs since_before_ms);

 private:
  std::mutex& turn_of(const Id& id) { return turns_[id.bytes[0] % turns_.size()]; }

  UploadPorts ports_;
  // Chunks of one upload are written one after another, whoever sends them.
  std::array<std::mutex, 16> turns_;
};

}  // namespace probity::copies
