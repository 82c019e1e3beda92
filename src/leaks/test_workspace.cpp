#include "leaks/test_workspace.h"

#include <fmt/format.h>

#include <opencv2/imgproc.hpp>

#include "base/encoding.h"
#include "code/codeword.h"
#include "copies/payload.h"
#include "mark/pattern.h"

namespace probity::leaks::testing {

cv::Mat1f textured_picture(std::uint64_t seed, const cv::Size& size_px) {
  cv::RNG random(seed);
  cv::Mat1f sum(size_px, 120.0F);
  for (const double blur : {60.0, 20.0, 6.0, 2.0}) {
    cv::Mat1f layer(size_px);
    random.fill(layer, cv::RNG::NORMAL, 0.0, 1.0);
    cv::GaussianBlur(layer, layer, {}, blur, blur, cv::BORDER_REFLECT);
    cv::Scalar mean, deviation;
    cv::meanStdDev(layer, mean, deviation);
    sum += layer * (12.0 / deviation[0]);
  }
  for (int i = 0; i < 60; ++i) {
    const cv::Point at(random.uniform(0, size_px.width), random.uniform(0, size_px.height));
    const cv::Size half(random.uniform(5, 60), random.uniform(5, 60));
    cv::Mat1f shape = cv::Mat1f::zeros(size_px);
    cv::ellipse(shape, at, half, random.uniform(0, 180), 0, 360, cv::Scalar(random.uniform(-35.0, 35.0)), cv::FILLED);
    sum += shape;
  }
  return cv::max(8.0, cv::min(247.0, sum));
}

TestWorkspace::TestWorkspace() {
  init_crypto();
  append(copies::EntryKind::workspace_created, copies::workspace_payload(Id::random(random_), "00"));
}

Hash TestWorkspace::random_hash() {
  Hash hash{};
  random_.fill(hash);
  return hash;
}

const copies::RegisterEntry& TestWorkspace::append(copies::EntryKind kind, std::string payload) {
  copies::RegisterHead head;
  if (!register_.empty()) head = {register_.back().sequence, register_.back().hash};
  now_ms_ += 61'000;
  register_.push_back(copies::next_entry(head, now_ms_, kind, std::move(payload)));
  return register_.back();
}

Id TestWorkspace::add_master(const std::string& title, const cv::Mat1f& luma) {
  copies::Asset record;
  record.id = Id::random(random_);
  record.title = title;
  record.file_name = title + ".png";
  record.law = code::kDefaultLaw;
  record.bias_seed = random_hash();
  record.plan = mark::plan_cells(luma.cols, luma.rows, {16, 16}).value();
  record.original_blob = random_hash();
  const cv::Mat1f delta = mark::mark_delta(luma, record.plan, random_hash(), {});
  auto reference = std::make_shared<trace::Reference>(trace::make_reference(luma, delta, record.plan, {}));
  const copies::RegisterEntry& entry = append(copies::EntryKind::asset_added, copies::asset_payload(record));
  TracedAsset asset{record.id,
                    title,
                    record.file_name,
                    record.original_blob,
                    record.law,
                    record.bias_seed,
                    HkdfExpander(random_hash()),
                    {},
                    entry};
  order_.push_back(record.id);
  masters_.emplace(record.id, Master{std::move(asset), luma, delta, std::move(reference)});
  return record.id;
}

Id TestWorkspace::issue(const Id& asset, std::size_t recipient) {
  Master& master = masters_.at(asset);
  OpenedCopy opened;
  copies::Copy& copy = opened.issued.copy;
  copy.id = Id::random(random_);
  copy.asset_id = asset;
  if (!recipients_.contains(recipient)) recipients_[recipient] = Id::random(random_);
  copy.recipient_id = recipients_[recipient];
  copy.commitment_salt = random_hash();
  opened.issued.recipient.id = copy.recipient_id;
  opened.issued.recipient.details = {fmt::format("Recipient {}", recipient), fmt::format("Outlet {}", recipient), ""};
  copy.seed_commitment =
      code::seed_commitment(code::copy_seed(master.asset.asset_key, copy.id), copies::seed_salt(copy.commitment_salt));
  copy.recipient_commitment =
      copies::recipient_commitment(opened.issued.recipient.details, copies::recipient_salt(copy.commitment_salt));
  opened.entry = append(copies::EntryKind::copy_issued, copies::copy_payload(copy));
  copy.issued_ms = opened.entry.time_ms;
  copy.register_sequence = opened.entry.sequence;
  copies::Making making;
  making.copy_id = copy.id;
  making.operator_name = "r.example";
  making.operator_salt = random_hash();
  const copies::RegisterEntry& made = append(copies::EntryKind::copy_made, copies::making_payload(making));
  making.made_ms = made.time_ms;
  making.register_sequence = made.sequence;
  opened.makings.push_back({making, made});
  master.asset.copies.push_back(copy.id);
  const Id id = copy.id;
  copies_.emplace(id, std::move(opened));
  return id;
}

cv::Mat1f TestWorkspace::copy_luma(const Id& copy) const {
  const Master& master = masters_.at(copies_.at(copy).issued.copy.asset_id);
  const mark::CellPlan& plan = master.reference->plan;
  const auto cells = static_cast<std::size_t>(plan.cell_count());
  const auto thresholds = code::cell_thresholds(master.asset.law, master.asset.bias_seed, cells);
  const auto bits = code::codeword(code::copy_seed(master.asset.asset_key, copy), thresholds);
  cv::Mat1f luma = master.luma.clone();
  for (int y = 0; y < luma.rows; ++y) {
    for (int x = 0; x < luma.cols; ++x) {
      const int cell = plan.cell_at(x, y);
      if (cell == mark::CellPlan::kNoCell) continue;
      luma(y, x) += bits[static_cast<std::size_t>(cell)] == 1 ? master.delta(y, x) : -master.delta(y, x);
      luma(y, x) = std::round(luma(y, x));
    }
  }
  return luma;
}

Result<std::vector<Id>> TestWorkspace::candidates(const cv::Mat1f&) { return order_; }

Result<std::shared_ptr<const trace::Reference>> TestWorkspace::reference(const Id& asset) {
  return masters_.at(asset).reference;
}

Result<TracedAsset> TestWorkspace::asset(const Id& asset) { return masters_.at(asset).asset; }

Result<std::vector<Id>> TestWorkspace::recipients(const Id& asset) {
  std::vector<Id> ids;
  for (const Id& copy : masters_.at(asset).asset.copies) ids.push_back(copies_.at(copy).issued.copy.recipient_id);
  return ids;
}

Result<OpenedCopy> TestWorkspace::open(const Id& copy) { return copies_.at(copy); }

LeakFile leak_file(const std::string& name, const cv::Mat1f& luma) { return {name, sha256(as_bytes(name)), luma, {}}; }

}  // namespace probity::leaks::testing
