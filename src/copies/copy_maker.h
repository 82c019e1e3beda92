// Making the bytes of copies: codeword, then weave. Needs a permit, which is handed out once the making is registered.
#pragma once

#include <vector>

#include "copies/service.h"
#include "tally/tally.h"

namespace probity::copies {

// The bits a copy's bytes are woven with, one a cell.
std::vector<std::uint8_t> codeword_of(const Asset& asset, const SecretKey& asset_key, const Id& copy);

// Opens an asset's tally once and weaves any number of its copies. Movable; make() may be called by several threads.
class CopyMaker {
 public:
  // Errors: corrupt or wrong_workspace when the blob is not this asset's tally; not_found; storage.
  static Result<CopyMaker> open(CopyService& service, const Asset& asset);

  std::uint64_t size_bytes() const { return tally_.size(); }
  // The same bytes each time. Errors: corrupt when the tally was damaged; invalid_argument for another asset's permit.
  Result<Bytes> make(const MakingPermit& permit) const;
  // The copy's bits, for gather(). Errors: invalid_argument for another asset's permit.
  Result<std::vector<std::uint8_t>> bits(const MakingPermit& permit) const;
  // A part of a copy as ranges of memory, valid as long as this object and the result. Errors: as of tally::gather.
  Result<tally::Gathered> gather(std::span<const std::uint8_t> bits, std::uint64_t offset, std::uint64_t length) const {
    return tally_.gather(bits, offset, length);
  }

 private:
  CopyMaker(Id asset, tally::Tally tally, std::vector<std::uint8_t> thresholds, const HkdfExpander& seeds)
      : asset_(asset), tally_(std::move(tally)), thresholds_(std::move(thresholds)), seeds_(seeds) {}

  Id asset_;
  tally::Tally tally_;
  std::vector<std::uint8_t> thresholds_;
  HkdfExpander seeds_;
};

}  // namespace probity::copies
