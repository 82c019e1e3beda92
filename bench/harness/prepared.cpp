#include "harness/prepared.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <mutex>
#include <opencv2/imgproc.hpp>

#include "attacks/dice.h"
#include "attacks/picture_file.h"
#include "base/encoding.h"
#include "harness/workers.h"
#include "media/asset.h"
#include "media/decode.h"

namespace probity::bench {
namespace {

namespace fs = std::filesystem;

struct Files {
  Bytes tally;
  Bytes reference;
};

Result<Files> prepare(const media::Picture& picture, std::string_view name) {
  TRY_ASSIGN(const media::Prepared prepared, media::prepare_asset(picture, sha256(as_bytes(name))));
  Files files;
  TRY_ASSIGN(files.tally, tally::encode(prepared.content));
  files.reference =
      trace::serialise(trace::make_reference(prepared.luma, prepared.delta, prepared.plan, picture.pixels));
  return files;
}

// Changes whenever the product would prepare a picture differently.
Result<std::string> recipe_name() {
  media::Picture picture;
  picture.pixels.create(256, 320, CV_8UC3);
  cv::RNG(11).fill(picture.pixels, cv::RNG::UNIFORM, 0, 256);
  cv::GaussianBlur(picture.pixels, picture.pixels, {}, 2.5);
  picture.subsampling = media::Subsampling::quarter_420;
  TRY_ASSIGN(const Files files, prepare(picture, "recipe"));
  return to_hex(sha256({files.tally, files.reference})).substr(0, 12);
}

Result<Files> load_or_prepare(const Photo& photo, const fs::path& cache, const std::string& recipe) {
  const fs::path tally_path = cache / (photo.name + "-" + recipe + ".tally");
  const fs::path reference_path = cache / (photo.name + "-" + recipe + ".reference");
  Files files;
  if (fs::exists(tally_path) && fs::exists(reference_path)) {
    TRY_ASSIGN(files.tally, read_file(tally_path));
    TRY_ASSIGN(files.reference, read_file(reference_path));
    return files;
  }
  const auto start = std::chrono::steady_clock::now();
  TRY_ASSIGN(const media::Picture picture, media::decode_picture_file(photo.path.string()));
  TRY_ASSIGN(files, prepare(picture, photo.name));
  TRY(write_file(tally_path, files.tally));
  TRY(write_file(reference_path, files.reference));
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
  fmt::print(stderr, "prepared {} in {:.1f} s\n", photo.name, spent.count());
  return files;
}

Result<std::unique_ptr<PreparedPhoto>> open_photo(const Photo& photo, Files files) {
  TRY_ASSIGN(tally::Tally tally, tally::Tally::parse_owned(std::move(files.tally)));
  TRY_ASSIGN(trace::Reference reference, trace::parse_reference(files.reference));
  const Hash bias_seed = sha256(as_bytes("bias " + photo.name));
  auto thresholds = code::cell_thresholds(code::kDefaultLaw, bias_seed, tally.cell_count());
  return std::make_unique<PreparedPhoto>(PreparedPhoto{photo, std::move(tally), std::move(reference),
                                                       HkdfExpander(sha256(as_bytes("asset key " + photo.name))),
                                                       bias_seed, std::move(thresholds)});
}

// Preparations under another recipe are of no use any more.
void remove_outdated(const fs::path& cache, const std::string& recipe) {
  for (const auto& entry : fs::directory_iterator(cache)) {
    const bool ours = entry.path().extension() == ".tally" || entry.path().extension() == ".reference";
    if (ours && entry.path().stem().string().find(recipe) == std::string::npos) fs::remove(entry.path());
  }
}

}  // namespace

std::vector<std::uint8_t> PreparedPhoto::codeword_of(const Id& copy) const {
  return code::codeword(code::copy_seed(asset_key, copy), thresholds);
}

Result<Bytes> PreparedPhoto::copy_file(const Id& copy) const {
  Bytes file(tally.size());
  TRY(tally.weave(codeword_of(copy), 0, file));
  return file;
}

std::vector<Id> registered_copies(std::size_t count) {
  std::vector<Id> copies(count);
  Dice dice(0x70726f62697479);
  for (Id& copy : copies)
    for (std::size_t half = 0; half < 2; ++half) {
      const std::uint64_t bits = dice.next();
      std::memcpy(copy.bytes.data() + 8 * half, &bits, sizeof bits);
    }
  return copies;
}

Result<std::vector<std::unique_ptr<PreparedPhoto>>> prepared_photos(const BenchOptions& options) {
  TRY_ASSIGN(const std::vector<Photo> photos, chosen_photos(options));
  std::error_code error;
  fs::create_directories(options.cache, error);
  if (error) return fail(ErrorCode::storage, "cannot make the folder " + options.cache.string());
  TRY_ASSIGN(const std::string recipe, recipe_name());
  remove_outdated(options.cache, recipe);
  std::vector<std::unique_ptr<PreparedPhoto>> out(photos.size());
  std::mutex mutex;
  Result<void> outcome;
  for_each_index(photos.size(), options.threads, [&](std::size_t i) {
    auto files = load_or_prepare(photos[i], options.cache, recipe);
    auto photo = files ? open_photo(photos[i], std::move(*files)) : tl::unexpected<Error>(files.error());
    if (photo) {
      out[i] = std::move(*photo);
      return;
    }
    const std::lock_guard lock(mutex);
    outcome = fail(photo.error().code, photos[i].name + ": " + photo.error().message, photo.error().hint);
  });
  TRY(outcome);
  return out;
}

}  // namespace probity::bench
