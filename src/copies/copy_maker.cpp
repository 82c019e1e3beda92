#include "copies/copy_maker.h"

#include <fmt/format.h>

#include "code/codeword.h"
#include "copies/keys.h"

namespace probity::copies {
namespace {

std::vector<std::uint8_t> thresholds_of(const Asset& asset) {
  return code::cell_thresholds(asset.law, asset.bias_seed, static_cast<std::size_t>(asset.plan.cell_count()));
}

}  // namespace

std::vector<std::uint8_t> codeword_of(const Asset& asset, const SecretKey& key, const Id& copy) {
  return code::codeword(code::copy_seed(seed_expander(key), copy), thresholds_of(asset));
}

Result<CopyMaker> CopyMaker::open(CopyService& service, const Asset& asset) {
  TRY_ASSIGN(tally::Tally tally, service.blobs().open_tally(asset.tally_blob));
  if (tally.digest() != asset.tally_digest)
    return fail(ErrorCode::wrong_workspace, fmt::format("the tally of {} was made for something else", asset.title),
                "restore the folder blobs/ from a backup of this workspace");
  return CopyMaker(asset.id, std::move(tally), thresholds_of(asset), seed_expander(service.key_of(asset)));
}

Result<std::vector<std::uint8_t>> CopyMaker::bits(const MakingPermit& permit) const {
  if (permit.copy().asset_id != asset_)
    return fail(ErrorCode::invalid_argument, "the permit is for a copy of another asset");
  return code::codeword(code::copy_seed(seeds_, permit.copy().id), thresholds_);
}

Result<Bytes> CopyMaker::make(const MakingPermit& permit) const {
  TRY_ASSIGN(const auto bits, this->bits(permit));
  Bytes bytes(tally_.size());
  TRY(tally_.weave(bits, 0, bytes));
  return bytes;
}

}  // namespace probity::copies
