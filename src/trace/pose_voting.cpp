#include "trace/pose_voting.h"

#include <cmath>
#include <numbers>

namespace probity::trace {
namespace {

constexpr float kMaxTurn = 30;  // degrees
constexpr float kMaxOctaves = 0.75F;
constexpr float kPlace = 0.01F;  // of the master's longer side
constexpr float kPlaceAtDistance = 0.2F;

bool agree(const PoseHit& seed, const PoseHit& other, float cosine, float sine) {
  if (std::abs(other.scale_log2 - seed.scale_log2) > kMaxOctaves) return false;
  if (std::abs(std::remainder(other.turn - seed.turn, 360.0F)) > kMaxTurn) return false;
  const cv::Point2f arm = other.leak_at - seed.leak_at;
  const cv::Point2f turned(cosine * arm.x - sine * arm.y, sine * arm.x + cosine * arm.y);
  const cv::Point2f error = seed.master_at + turned - other.master_at;
  const float tolerance = kPlace + kPlaceAtDistance * std::sqrt(turned.dot(turned));
  return error.dot(error) <= tolerance * tolerance;
}

}  // namespace

PoseVotes vote_on_pose(const std::vector<PoseHit>& hits) {
  PoseVotes best;
  for (const PoseHit& seed : hits) {
    const float scale = std::exp2(seed.scale_log2), radians = seed.turn * std::numbers::pi_v<float> / 180;
    const float cosine = scale * std::cos(radians), sine = scale * std::sin(radians);
    PoseVotes votes;
    for (std::size_t i = 0; i < hits.size();) {
      float weight = 0;
      const std::uint32_t query = hits[i].query;
      for (; i < hits.size() && hits[i].query == query; ++i)
        if (hits[i].weight > weight && agree(seed, hits[i], cosine, sine)) weight = hits[i].weight;
      votes.score += weight;
      votes.votes += weight > 0 ? 1 : 0;
    }
    if (votes.score > best.score) best = votes;
  }
  return best;
}

}  // namespace probity::trace
