// For tests: a workspace in memory with synthetic masters, and copies made straight from their codewords.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "leaks/investigate.h"

namespace probity::leaks::testing {

// A picture with texture at every scale, different for every seed; luma 0..255.
cv::Mat1f textured_picture(std::uint64_t seed, const cv::Size& size_px);

class TestWorkspace final : public Masters {
 public:
  TestWorkspace();

  // A new master with this picture; returns its asset.
  Id add_master(const std::string& title, const cv::Mat1f& luma);
  // Issues a copy of the asset to recipient number `recipient` ("Recipient 7, Outlet 7") and registers one making.
  Id issue(const Id& asset, std::size_t recipient);
  // The pixels of a copy.
  cv::Mat1f copy_luma(const Id& copy) const;

  Result<std::vector<Id>> candidates(const cv::Mat1f& leak) override;
  Result<std::shared_ptr<const trace::Reference>> reference(const Id& asset) override;
  Result<TracedAsset> asset(const Id& asset) override;
  Result<std::vector<Id>> recipients(const Id& asset) override;
  Result<OpenedCopy> open(const Id& copy) override;

 private:
  struct Master {
    TracedAsset asset;
    cv::Mat1f luma;
    cv::Mat1f delta;
    std::shared_ptr<const trace::Reference> reference;
  };
  const copies::RegisterEntry& append(copies::EntryKind kind, std::string payload);
  Hash random_hash();

  SystemRandom random_;
  std::vector<Id> order_;
  std::map<Id, Master> masters_;
  std::map<Id, OpenedCopy> copies_;
  std::map<std::size_t, Id> recipients_;
  std::vector<copies::RegisterEntry> register_;
  TimeMs now_ms_ = 1'790'000'000'000;
};

// A leaked file with these pixels.
LeakFile leak_file(const std::string& name, const cv::Mat1f& luma);

// When tests trace: after everything TestWorkspace registers.
inline constexpr TimeMs kTracedMs = 1'795'000'000'000;

}  // namespace probity::leaks::testing
