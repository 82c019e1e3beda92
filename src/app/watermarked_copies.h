// Copies with a visible watermark, made once and kept in a folder that may be emptied at any time.
#pragma once

#include <mutex>

#include "copies/deliveries.h"

namespace probity::app {

// Thread-safe. A few are encoded at once at most: each needs the whole file in memory for the moment.
class WatermarkedCopies final : public copies::Watermarks {
 public:
  // Creates the folder when it is missing. Errors: storage.
  static Result<std::unique_ptr<WatermarkedCopies>> open_folder(const std::string& folder);
  Result<std::shared_ptr<const copies::WatermarkedCopy>> open(const copies::DeliveryRow& row,
                                                              const std::function<Result<Bytes>()>& plain) override;

 private:
  explicit WatermarkedCopies(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
  std::mutex encoding_;
};

}  // namespace probity::app
