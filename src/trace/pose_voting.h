// Weak geometric consistency: how many of the look-alikes between a leak and a master agree on one view of it.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace probity::trace {

// A feature of the leak and one of the master that look alike. Any units of length, one for each picture.
struct PoseHit {
  std::uint32_t query = 0;  // number of the leak's feature
  cv::Point2f leak_at;
  cv::Point2f master_at;  // in units of the longer side of the master
  float turn = 0;         // degrees from the leak's to the master's direction
  float scale_log2 = 0;   // of master size over leak size
  float weight = 0;
};

struct PoseVotes {
  double score = 0;  // weight of those that agree
  int votes = 0;     // their number, each feature of the leak once
};

// Takes each hit as a guess of the whole similarity and asks the others whether they agree, loosely: a SIFT match tells
// place, size and direction. `hits` in order of query. The best guess is returned.
PoseVotes vote_on_pose(const std::vector<PoseHit>& hits);

}  // namespace probity::trace
