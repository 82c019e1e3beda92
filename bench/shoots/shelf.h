// Frames of simulated shoots, kept in memory, so that the time measured is that of comparing.
#pragma once

#include <map>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "trace/own_footage.h"

namespace probity::bench {

inline cv::Mat1b luma_of(const cv::Mat& rgb) {
  cv::Mat1b luma;
  cv::cvtColor(rgb, luma, cv::COLOR_RGB2GRAY);
  return luma;
}

struct StoredFrame {
  Id id, attendee;
  std::size_t scene = 0;
  trace::Shot shot;
};

// Ids that sort by scene, attendee and shot; -1 as the shot is the attendee.
inline Id id_of(std::size_t scene, int attendee, int shot) {
  Id id;
  id.bytes = {static_cast<std::uint8_t>(scene + 1), static_cast<std::uint8_t>(attendee + 1),
              static_cast<std::uint8_t>(shot + 1)};
  return id;
}

// put() may be called from several threads.
class Shelf final : public trace::FootageSource {
 public:
  void put(StoredFrame frame) {
    const std::lock_guard lock(mutex_);
    frames_[frame.id] = std::move(frame);
  }
  std::size_t size() const { return frames_.size(); }
  Result<trace::Features> features(const Id& id) override { return frames_.at(id).shot.features; }
  Result<trace::Shot> shot(const Id& id) override { return frames_.at(id).shot; }

  template <class Wanted>
  trace::Footage footage(Wanted wanted) const {
    trace::Footage all;
    for (const auto& [id, frame] : frames_)
      if (wanted(frame)) all.add(id, frame.attendee, frame.shot.features);
    return all;
  }

 private:
  std::mutex mutex_;
  std::map<Id, StoredFrame> frames_;
};

}  // namespace probity::bench
