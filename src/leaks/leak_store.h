// The port to where leaks are kept. Twin: src/store/leaks_store (SQL).
#pragma once

#include "leaks/leak.h"

namespace probity::leaks {

// Thread-safe; joins the caller's transaction. Errors: storage, conflict, corrupt.
class LeakStore {
 public:
  virtual ~LeakStore() = default;
  virtual Result<std::uint32_t> next_ordinal(int year) = 0;
  virtual Result<void> insert(const Leak& leak) = 0;
  // Writes everything but number, reporter and time, and counts the version up. Errors: conflict when somebody changed
  // it since it was read.
  virtual Result<void> update(const Leak& leak) = 0;
  virtual Result<std::optional<Leak>> leak(const Id& id) = 0;
  virtual Result<std::optional<Leak>> leak_by_number(const std::string& number) = 0;
  virtual Result<std::optional<LeakRow>> row(const Id& id) = 0;
  virtual Result<Listed<LeakRow>> list(const LeakFilter& filter) = 0;

  virtual Result<void> insert(const Sighting& sighting) = 0;
  virtual Result<void> update(const Sighting& sighting) = 0;  // what it says; not its changes
  virtual Result<void> insert(const SightingChange& change) = 0;
  virtual Result<std::vector<Sighting>> sightings(const Id& leak) = 0;  // by time seen; withdrawn ones too
  virtual Result<void> insert(const Publication& publication) = 0;
  virtual Result<std::vector<Publication>> publications(const Id& leak) = 0;  // by time published

  // Writes over what is known of the file.
  virtual Result<void> put(const FileState& file) = 0;
  virtual Result<std::vector<FileState>> files(const Id& leak) = 0;  // in the order in which they came
  virtual Result<void> put(const ReleaseFound& found) = 0;
  virtual Result<std::vector<ReleaseFound>> releases(const Id& leak) = 0;

  virtual Result<void> insert(const Trace& trace) = 0;
  virtual Result<std::optional<Trace>> trace(const Id& id) = 0;
  virtual Result<std::optional<Trace>> latest_trace(const Id& leak) = 0;

  virtual Result<void> insert(const UnmaskRequest& request) = 0;
  virtual Result<void> update(const UnmaskRequest& request) = 0;                   // state and decision
  virtual Result<std::vector<UnmaskRequest>> unmask_requests(const Id& leak) = 0;  // newest first
};

}  // namespace probity::leaks
