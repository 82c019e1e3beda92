#include "app/watermarked_copies.h"

#include <sys/stat.h>

#include <filesystem>

#include "base/encoding.h"
#include "store/file.h"
#include "tally/mapped_file.h"
#include "watermark/watermark.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

class MappedCopy final : public copies::WatermarkedCopy {
 public:
  explicit MappedCopy(tally::MappedFile file) : file_(std::move(file)) {}
  BytesView bytes() const override { return file_.view(); }

 private:
  tally::MappedFile file_;
};

Result<std::shared_ptr<const copies::WatermarkedCopy>> map(const std::string& path) {
  TRY_ASSIGN(tally::MappedFile file, tally::MappedFile::open(path));
  return std::make_shared<const MappedCopy>(std::move(file));
}

// "Mira Holloway · Motor Weekly · 2026-11-21 14:05 UTC": the instant of issue, so that the same bytes come each time.
std::string text_of(const copies::DeliveryRow& row) {
  const std::string time = to_rfc3339(row.delivery.issued_ms);
  return row.party_name + " · " + row.organisation_name + " · " + time.substr(0, 10) + " " + time.substr(11, 5) +
         " UTC";
}

}  // namespace

Result<std::unique_ptr<WatermarkedCopies>> WatermarkedCopies::open_folder(const std::string& folder) {
  TRY(store::make_folder(folder));
  ::chmod(folder.c_str(), 0700);
  store::remove_stale_temporaries(folder);
  return std::unique_ptr<WatermarkedCopies>(new WatermarkedCopies(folder));
}

Result<std::shared_ptr<const copies::WatermarkedCopy>> WatermarkedCopies::open(
    const copies::DeliveryRow& row, const std::function<Result<Bytes>()>& plain) {
  const std::string text = text_of(row);
  const std::string name = row.delivery.copy.text() + "-" + to_hex(BytesView(sha256(as_bytes(text))).first(8));
  const std::string path = (fs::path(folder_) / name).string();
  if (auto kept = map(path)) return kept;
  const std::lock_guard one_at_a_time(encoding_);
  if (auto kept = map(path)) return kept;
  TRY_ASSIGN(const Bytes copy, plain());
  TRY_ASSIGN(const Bytes marked, watermark::lay_over(copy, text));
  TRY(store::write_file(path, marked, {.existing = store::Existing::replace, .mode = 0600}));
  return map(path);
}

}  // namespace probity::app
