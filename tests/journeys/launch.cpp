#include "journeys/launch.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "attacks/picture_file.h"

namespace probity::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPhotos[] = {"/usr/share/backgrounds/picosdeeuropa_by_Aitzol_Berasategi.jpg",
                                   "/usr/share/backgrounds/mate/nature/Garden.jpg"};
constexpr int kLongSidePx = 720;

std::string new_folder() {
  std::string pattern = (fs::temp_directory_path() / "probity-journey-XXXXXX").string();
  EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
  return pattern;
}

// What all journeys start from; removed when the tests end.
struct Models {
  std::string root = new_folder();
  ~Models() { fs::remove_all(root); }

  std::string photo(int variant) {
    const std::string path = fmt::format("{}/photo-{}.jpg", root, variant);
    if (fs::exists(path)) return path;
    const cv::Mat whole = bench::read_rgb(kPhotos[variant]).value();
    cv::Mat small;
    const double scale = static_cast<double>(kLongSidePx) / std::max(whole.cols, whole.rows);
    cv::resize(whole, small, {}, scale, scale, cv::INTER_AREA);
    EXPECT_TRUE(bench::write_file(path, bench::encode_jpeg(small, {95, bench::Chroma::quarter_420})));
    return path;
  }

  std::string empty_launch() {
    const std::string path = root + "/empty";
    if (fs::exists(path)) return path;
    EXPECT_EQ(probity({"init", path}).exit_code, 0);
    return path;
  }

  std::string launch_with_asset() {
    const std::string path = root + "/with-asset";
    if (fs::exists(path)) return path;
    EXPECT_EQ(probity({"init", path}).exit_code, 0);
    const Outcome added = probity({"asset", "add", photo(0), "--title", "coast", "-w", path});
    EXPECT_EQ(added.exit_code, 0) << added.err;
    return path;
  }
};

Models& models() {
  static Models models;
  return models;
}

}  // namespace

Launch::Launch() : Launch(models().launch_with_asset()) {}
Launch Launch::empty() { return Launch(models().empty_launch()); }
Launch::Launch(const std::string& model) : root_(new_folder()) {
  fs::copy(model, folder(), fs::copy_options::recursive);
}
Launch::Launch(Launch&& other) noexcept : root_(std::exchange(other.root_, {})) {}
Launch::~Launch() {
  if (!root_.empty()) fs::remove_all(root_);
}

nlohmann::json Launch::json(std::vector<std::string> arguments) const {
  arguments.push_back("--json");
  const Outcome outcome = run(arguments);
  const auto json = nlohmann::json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << outcome.out << outcome.err;
  return json.is_discarded() ? nlohmann::json() : json;
}

void Launch::sign(const std::vector<std::string>& recipients) const {
  std::ofstream(file("signed.pdf")) << "%PDF-1.4 a scan of the signed papers";
  std::vector<std::string> arguments{"commitment", "paper", "--scan", file("signed.pdf")};
  arguments.insert(arguments.end(), recipients.begin(), recipients.end());
  const Outcome outcome = run(arguments);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
}

std::string Launch::write_people(int count) const {
  const std::string path = file(fmt::format("people-{}.csv", count));
  std::ofstream out(path);
  out << "name,outlet,email\n";
  for (int i = 0; i < count; ++i)
    out << fmt::format("Test Person {0},Sample Gazette {1},p{0}@gazette.example\n", i, i % 7);
  return path;
}

std::vector<std::string> Launch::files_in(const std::string& folder_name) const {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(file(folder_name), error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string small_photo(int variant) { return models().photo(variant); }

std::string read_text_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void tamper(const Launch& launch, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((launch.folder() + "/probity.db").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

}  // namespace probity::test
