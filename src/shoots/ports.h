// What the verbs of shoots stand on.
#pragma once

#include <functional>

#include "base/random.h"
#include "base/transactions.h"
#include "commitments/store.h"
#include "copies/blob_store.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "log/log_book.h"
#include "media/picture.h"
#include "projects/service.h"
#include "shoots/leak_book.h"
#include "shoots/store.h"

namespace probity::shoots {

inline constexpr const char* kPrepareFrameJob = "prepare_frame";
inline constexpr const char* kDestroyFrameJob = "destroy_frame";
inline constexpr const char* kMatchFootageJob = "match_own_footage";

// Untrusted bytes to pixels; in the product media::decode_picture, in a locked-in child.
using Decode = std::function<Result<media::Picture>(BytesView file)>;

// Whether a job is queued or running still: one that was cancelled must not keep the next one from beginning.
using JobLives = std::function<Result<bool>(const Id& job)>;

// Stops a job: at once while it is queued, at its next safe point otherwise. Errors: conflict when it is finished.
using CancelJob = std::function<Result<void>(const Id& job)>;

// Borrowed; everything must outlive the services.
struct Ports {
  Store& store;
  Transactions& transactions;
  projects::ProjectService& projects;
  commitments::Store& commitments;
  events::EventLog& events;
  log::LogBook& log_book;
  jobs::Queue& jobs;
  copies::BlobStore& pictures;  // of shoots alone: what is destroyed here must not be gone elsewhere
  LeakBook& leaks;
  Decode decode;
  JobLives job_lives;
  CancelJob cancel_job;
  Clock& clock;
  Random& random;
};

}  // namespace probity::shoots
