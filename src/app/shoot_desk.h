// Shoots, frames, releases and own footage of a node: the services over its records, and their background work.
#pragma once

#include "copies/blob_store.h"
#include "evidence/store.h"
#include "jobs/runner.h"
#include "leaks/leak_store.h"
#include "shoots/own_footage.h"
#include "shoots/releases.h"
#include "store/shoots_store.h"

namespace probity::app {

// What shoots ask of leaks, answered by their records. Thread-safe, as those are; borrows them.
class LeaksForShoots final : public shoots::LeakBook {
 public:
  LeaksForShoots(leaks::LeakStore& leaks, evidence::Store& evidence, copies::BlobStore& blobs)
      : leaks_(leaks), evidence_(evidence), blobs_(blobs) {}
  Result<std::optional<shoots::LeakFacts>> leak(const Id& id) override;
  Result<Bytes> picture(const Hash& file) override { return blobs_.get(file); }

 private:
  leaks::LeakStore& leaks_;
  evidence::Store& evidence_;
  copies::BlobStore& blobs_;
};

// Of other nouns. Borrowed.
struct ShootNeighbours {
  store::Database& database;
  projects::ProjectService& projects;
  commitments::Store& commitments;
  events::EventLog& events;
  log::LogBook& log_book;
  jobs::JobService& jobs;
  copies::BlobStore& pictures;  // a folder of their own
  leaks::LeakStore& leaks;
  evidence::Store& evidence;
  copies::BlobStore& blobs;
  Clock& clock;
  Random& random;
};

// Thread-safe; not movable: the parts refer to each other.
class ShootDesk {
 public:
  explicit ShootDesk(const ShootNeighbours& neighbours);
  ShootDesk(const ShootDesk&) = delete;
  ShootDesk& operator=(const ShootDesk&) = delete;

 private:
  store::SqlShootStore store_;
  LeaksForShoots leak_book_;
  shoots::Ports ports_;

 public:
  shoots::ShootService shoots;
  shoots::FrameService frames;
  shoots::ReleaseService releases;
  shoots::FootageService footage;
};

// Borrows the desk, which must outlive the runner.
void register_shoot_jobs(jobs::Runner& runner, ShootDesk& desk);

}  // namespace probity::app
