#include "app/masters.h"

#include <fmt/format.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "app/master_index_file.h"
#include "copies/keys.h"
#include "media/decode.h"
#include "store/file.h"

namespace probity::app {
namespace {

// What a report shows needs no more.
constexpr int kPictureLongSidePx = 1600;

cv::Mat eight_bits(const cv::Mat& pixels) {
  if (pixels.depth() == CV_8U) return pixels;
  cv::Mat converted;
  pixels.convertTo(converted, CV_8U, 1.0 / 257);
  return converted;
}

cv::Mat shrunk(const cv::Mat& pixels) {
  const double scale = static_cast<double>(kPictureLongSidePx) / std::max(pixels.cols, pixels.rows);
  if (scale >= 1) return pixels;
  cv::Mat small;
  cv::resize(pixels, small, {}, scale, scale, cv::INTER_AREA);
  return small;
}

}  // namespace

Result<copies::Asset> WorkspaceMasters::record(const Id& id) {
  TRY_ASSIGN(const auto asset, workspace_.copies().store().asset(id));
  if (!asset) return fail(ErrorCode::not_found, fmt::format("there is no asset {}", id.text()));
  return *asset;
}

Result<copies::RegisterEntry> WorkspaceMasters::entry(std::uint64_t sequence) {
  TRY_ASSIGN(const auto entries, workspace_.copies().store().entries(sequence - 1, 1));
  if (entries.empty() || entries.front().sequence != sequence)
    return fail(ErrorCode::corrupt, fmt::format("entry {} of the register is missing", sequence),
                "`probity register verify` shows what is wrong");
  return entries.front();
}

Result<std::vector<Id>> WorkspaceMasters::candidates(const cv::Mat1f& leak) {
  TRY_ASSIGN(const auto assets, workspace_.copies().store().assets());
  if (assets.size() > kAssetsWithoutIndex) {
    if (!index_) {
      TRY_ASSIGN(index_, load_master_index(workspace_, assets));
    }
    return query_master_index(*index_, leak, leaks::kMastersTried);
  }
  std::vector<Id> ids;
  for (const auto& asset : assets) ids.push_back(asset.id);
  return ids;
}

Result<std::shared_ptr<const trace::Reference>> WorkspaceMasters::reference(const Id& id) {
  const auto kept = references_.find(id);
  if (kept != references_.end()) return kept->second;
  TRY_ASSIGN(const copies::Asset asset, record(id));
  TRY_ASSIGN(const Bytes bytes, workspace_.blobs().get(asset.reference_blob));
  TRY_ASSIGN(trace::Reference reference, trace::parse_reference(bytes));
  return references_[id] = std::make_shared<const trace::Reference>(std::move(reference));
}

Result<leaks::TracedAsset> WorkspaceMasters::asset(const Id& id) {
  TRY_ASSIGN(const copies::Asset asset, record(id));
  TRY_ASSIGN(std::vector<Id> copy_ids, workspace_.copies().store().copy_ids(id));
  TRY_ASSIGN(copies::RegisterEntry asset_entry, entry(asset.register_sequence));
  return leaks::TracedAsset{asset.id,
                            asset.title,
                            asset.file_name,
                            asset.original_blob,
                            asset.law,
                            asset.bias_seed,
                            copies::seed_expander(workspace_.copies().key_of(asset)),
                            std::move(copy_ids),
                            std::move(asset_entry)};
}

Result<std::vector<Id>> WorkspaceMasters::recipients(const Id& id) {
  TRY_ASSIGN(const auto copies, workspace_.copies().store().copies(id));
  std::vector<Id> recipients;
  recipients.reserve(copies.size());
  for (const auto& issued : copies) recipients.push_back(issued.recipient.id);
  return recipients;
}

Result<leaks::OpenedCopy> WorkspaceMasters::open(const Id& id) {
  leaks::OpenedCopy opened;
  TRY_ASSIGN(opened.issued, workspace_.copies().find_copy(id));
  // The name takes a second person.
  opened.issued.recipient.details = {};
  TRY_ASSIGN(opened.entry, entry(opened.issued.copy.register_sequence));
  TRY_ASSIGN(const auto makings, workspace_.copies().store().makings(id));
  for (const auto& making : makings) {
    TRY_ASSIGN(copies::RegisterEntry making_entry, entry(making.register_sequence));
    opened.makings.push_back({making, std::move(making_entry)});
  }
  return opened;
}

Result<cv::Mat> WorkspaceMasters::picture(const Id& id) {
  TRY_ASSIGN(const copies::Asset asset, record(id));
  TRY_ASSIGN(const Bytes original, workspace_.blobs().get(asset.original_blob));
  TRY_ASSIGN(const media::Picture picture, media::decode_picture(original));
  return shrunk(eight_bits(picture.pixels));
}

Result<leaks::LeakFile> load_leak(BytesView bytes, const std::string& name) {
  auto picture = media::decode_picture(bytes);
  if (!picture) {
    picture.error().message = name + ": " + picture.error().message;
    return tl::unexpected(picture.error());
  }
  leaks::LeakFile file;
  file.name = std::filesystem::path(name).filename().string();
  file.sha256 = sha256(bytes);
  file.luma = media::luma_plane(*picture);
  file.picture = eight_bits(picture->pixels);
  return file;
}

Result<leaks::LeakFile> load_leak(const std::string& path) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, media::DecodeLimits().file_bytes));
  return load_leak(bytes, path);
}

}  // namespace probity::app
