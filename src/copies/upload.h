// An upload: a file on its way in, in chunks, so that a lost connection costs one chunk. What it is for says its job.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "events/event.h"

namespace probity::copies {

enum class UploadState { receiving, complete, cancelled };
std::string_view upload_state_name(UploadState state);
std::optional<UploadState> parse_upload_state(std::string_view name);

struct Upload {
  Id id;
  std::string job_kind;          // what is done with it once it is complete
  std::optional<Id> project;     // none for what belongs to no project
  std::optional<Id> subject;     // the leak … it is for
  std::string data_json = "{}";  // for the job
  events::Actor sender;
  std::string file_name;
  std::string title;  // empty: made of the file's name
  std::uint64_t size_bytes = 0;
  std::uint64_t offset = 0;  // bytes that are here, durably
  UploadState state = UploadState::receiving;
  std::optional<Id> job;  // its preparation
  TimeMs created_ms = 0;
  TimeMs changed_ms = 0;
};

// Joins the caller's transaction. Errors: storage.
class UploadStore {
 public:
  virtual ~UploadStore() = default;
  virtual Result<void> insert(const Upload& upload) = 0;
  virtual Result<void> update(const Upload& upload) = 0;
  virtual Result<std::optional<Upload>> upload(const Id& id) = 0;
  // Those of this kind that are being received for this project, or for this subject; newest first.
  virtual Result<std::vector<Upload>> receiving(const std::string& job_kind, const Id& project_or_subject) = 0;
  virtual Result<std::vector<Upload>> receiving_since_before(TimeMs time_ms) = 0;
};

// The bytes while they come in. Errors: storage (disk full).
class UploadFiles {
 public:
  virtual ~UploadFiles() = default;
  // Durable when it returns; what stands behind offset + size is cut off.
  virtual Result<void> write(const Id& upload, std::uint64_t offset, std::string_view bytes) = 0;
  virtual std::string path(const Id& upload) const = 0;
  virtual void remove(const Id& upload) = 0;
};

}  // namespace probity::copies
