#include "app/add_asset.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "copies/keys.h"
#include "media/asset.h"
#include "media/decode.h"
#include "store/file.h"
#include "tally/tally.h"
#include "trace/reference.h"

namespace probity::app {
namespace {

struct PreparedBytes {
  Bytes tally;
  Bytes reference;
  mark::CellPlan plan;
  std::string stats_json;
};

std::string stats_json(const media::Picture& picture, const media::Prepared& prepared, std::size_t feature_count) {
  const auto& stats = prepared.stats;
  nlohmann::json json = {{"psnr_db", stats.mark_psnr_db},
                         {"copy_bytes", stats.copy_bytes},
                         {"plain_bytes", stats.plain_bytes},
                         {"pieces", stats.pieces},
                         {"features", feature_count},
                         {"master_format", media::name_of(picture.format)},
                         {"master_sampling", media::name_of(picture.subsampling)}};
  if (stats.plain_bytes > 0)
    json["size_cost"] = static_cast<double>(stats.copy_bytes) / static_cast<double>(stats.plain_bytes) - 1;
  return json.dump();
}

class Preparation {
 public:
  explicit Preparation(const AddOptions& options) : options_(options) {}

  Result<void> enter(AddStage stage) const {
    if (options_.lock.stop_requested && options_.lock.stop_requested())
      return fail(ErrorCode::cancelled, "stopped; nothing was registered", "the same command again starts over");
    if (options_.on_stage) options_.on_stage(stage);
    return {};
  }

  Result<PreparedBytes> run(BytesView original, const SecretKey& asset_key) const {
    TRY(enter(AddStage::decoding));
    auto decoded = media::decode_picture(original);
    TRY(enter(AddStage::marking));  // first, so that a decoder that died of Ctrl-C is told as what it was
    TRY(decoded);
    const SecretKey pattern_key = copies::purpose_key(asset_key, "pattern");
    Hash pattern_seed;
    std::copy(pattern_key.view().begin(), pattern_key.view().end(), pattern_seed.begin());
    media::PrepareOptions prepare;
    prepare.measure_plain_size = true;
    TRY_ASSIGN(media::Prepared prepared, media::prepare_asset(*decoded, pattern_seed, prepare));
    TRY(enter(AddStage::referencing));
    PreparedBytes bytes;
    TRY_ASSIGN(bytes.tally, tally::encode(prepared.content));
    const trace::Reference reference =
        trace::make_reference(prepared.luma, prepared.delta, prepared.plan, decoded->pixels);
    bytes.reference = trace::serialise(reference);
    bytes.plan = prepared.plan;
    bytes.stats_json = stats_json(*decoded, prepared, reference.features.count());
    return bytes;
  }

 private:
  const AddOptions& options_;
};

}  // namespace

Result<AddedAsset> add_asset(Workspace& workspace, const std::string& path, const AddOptions& options) {
  copies::CopyService& service = workspace.copies();
  const Preparation preparation(options);
  TRY(preparation.enter(AddStage::reading));
  TRY_ASSIGN(const Bytes original, store::read_file(path, media::DecodeLimits().file_bytes));
  TRY_ASSIGN(const auto known, service.store().asset_by_original(sha256(original)));
  if (known) return AddedAsset{*known, false};

  const copies::AssetDraft draft = service.draft_asset();
  TRY_ASSIGN(const PreparedBytes bytes, preparation.run(original, service.key_of(draft)));
  TRY(preparation.enter(AddStage::storing));
  TRY_ASSIGN(const WorkspaceLock lock, workspace.lock_for_writing(options.lock));
  const std::filesystem::path file(options.file_name.value_or(path));
  copies::PreparedAsset prepared;
  prepared.title = options.title.value_or(file.stem().string());
  prepared.file_name = file.filename().string();
  prepared.plan = bytes.plan;
  prepared.original = original;
  prepared.tally = bytes.tally;
  prepared.reference = bytes.reference;
  prepared.stats_json = bytes.stats_json;
  TRY_ASSIGN(copies::Asset asset, service.add_asset(draft, prepared));
  if (options.on_stage) options.on_stage(AddStage::done);
  return AddedAsset{std::move(asset), true};
}

}  // namespace probity::app
