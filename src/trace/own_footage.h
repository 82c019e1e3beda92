// Which of the frames that attendees handed in a leaked picture comes from: candidates by features, decided by pixels,
// ranked by attendee.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/id.h"
#include "trace/master_index.h"
#include "trace/same_shot.h"

namespace probity::trace {

// Where the pixels and features of frames come from; both may be slow. Errors end the search, but for not_found and
// gone: such a frame is left out.
class FootageSource {
 public:
  virtual ~FootageSource() = default;
  virtual Result<Features> features(const Id& frame) = 0;
  virtual Result<Shot> shot(const Id& frame) = 0;
};

struct FootageMatch {
  Id frame;
  Id attendee;
  ShotComparison comparison;
};

struct FootageOptions {
  std::size_t best_overall = 24;     // candidates whose features are compared,
  std::size_t best_of_attendee = 3;  // and so many of each attendee, when
  int least_votes = 5;               // so many features agree on one view
  std::size_t most_by_pixels = 32;   // of those, compared by pixels
};

// The frames of one or several shoots, 14 KB each. Not thread-safe.
class Footage {
 public:
  void add(const Id& frame, const Id& attendee, const Features& features);
  std::size_t size() const { return attendees_.size(); }

  // Called between frames with how many of how many are compared; an error ends the search.
  using Progress = std::function<Result<void>(std::size_t done, std::size_t total)>;
  // The frames that are related to the leak, the strongest first; empty when none is. Deterministic.
  Result<std::vector<FootageMatch>> search(const LeakShot& leak, FootageSource& source, const Progress& progress = {},
                                           const FootageOptions& options = {});

 private:
  std::vector<Id> candidates(const LeakShot& leak, const FootageOptions& options);
  const Id& attendee_of(const Id& frame) const;

  MasterIndex index_;
  std::vector<std::pair<Id, Id>> attendees_;  // frame, attendee; sorted by frame once searched
  bool ready_ = true;
};

// One lead an attendee, by their strongest frame; the order of the list is kept.
struct AttendeeLead {
  FootageMatch best;
  std::size_t frames = 0;  // of theirs that are related to the leak
};
std::vector<AttendeeLead> by_attendee(const std::vector<FootageMatch>& matches);

}  // namespace probity::trace
