// Finds the master of cropped, recompressed and photographed leaks among ten thousand masters, and says how well.
//
// usage: index_bench [distractors = 10000] [views = 150]
//
// True masters are the left (or upper) halves of the photographs of the Debian packages mate-backgrounds and
// desktop-backgrounds; leaks are made of their full resolution. Distractors come from the other halves, so that they
// are of the same kind but show nothing of any leak: views of them (turned, mirrored, in perspective, other tones, two
// in five blended with a second photograph) are searched for features at the size of a master, and each distractor is
// made of the features of two random windows of two random views side by side. Photographs of screens are simulated.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <thread>
#include <vector>

#include "support/jpeg_luma.h"
#include "trace/master_index.h"
#include "trace/matching.h"

namespace probity::trace {
namespace {

constexpr int kReferenceSide = 1600;
const cv::Size kView(1600, 1200);
const std::vector<std::string> kFolders = {"/usr/share/backgrounds", "/usr/share/backgrounds/mate/nature"};
// Drawings of smooth colour; nothing else in the folders is not a photograph.
const std::vector<std::string> kDrawings = {"Fossa_by", "umang_by", "Painting-Colors"};

double wall_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
double cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::vector<std::string> photographs() {
  std::vector<std::string> paths;
  for (const std::string& folder : kFolders)
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string path = entry.path();
      const bool drawing = std::any_of(kDrawings.begin(), kDrawings.end(),
                                       [&](const std::string& name) { return path.find(name) != std::string::npos; });
      if (entry.path().extension() == ".jpg" && !drawing) paths.push_back(path);
    }
  std::sort(paths.begin(), paths.end());
  return paths;
}

struct Halves {
  cv::Mat1b master;      // full resolution
  cv::Mat1b distractor;  // full resolution
};

Halves halves(const std::string& path) {
  const auto luma = support::read_jpeg_luma(path);
  if (!luma) {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), luma.error().message.c_str());
    std::exit(1);
  }
  const int width = luma->cols, height = luma->rows;
  if (width >= height)
    return {(*luma)(cv::Rect(0, 0, width / 2, height)).clone(),
            (*luma)(cv::Rect(width / 2, 0, width - width / 2, height)).clone()};
  return {(*luma)(cv::Rect(0, 0, width, height / 2)).clone(),
          (*luma)(cv::Rect(0, height / 2, width, height - height / 2)).clone()};
}

cv::Mat1b reference_of(const cv::Mat1b& luma) {
  return std::max(luma.cols, luma.rows) > kReferenceSide ? support::at_long_side(luma, kReferenceSide) : luma;
}

// A random window of a picture, turned, in slight perspective, filling a view.
cv::Mat1b random_view(const cv::Mat1b& picture, cv::RNG& random) {
  const double side = std::sqrt(random.uniform(0.3, 1.0)), turn = random.uniform(0.0, 2 * CV_PI);
  const cv::Point2f centre(picture.cols / 2.0F, picture.rows / 2.0F);
  const double half_width = picture.cols * side / 2, half_height = picture.rows * side / 2;
  const double mirror = random.uniform(0, 2) == 0 ? 1 : -1;
  std::vector<cv::Point2f> from;
  for (const auto& [x, y] : {std::pair(-1, -1), {1, -1}, {1, 1}, {-1, 1}}) {
    const double u = mirror * x * half_width * random.uniform(0.9, 1.1), v = y * half_height * random.uniform(0.9, 1.1);
    from.emplace_back(centre.x + static_cast<float>(u * std::cos(turn) - v * std::sin(turn)),
                      centre.y + static_cast<float>(u * std::sin(turn) + v * std::cos(turn)));
  }
  const auto right = static_cast<float>(kView.width), bottom = static_cast<float>(kView.height);
  const std::vector<cv::Point2f> to = {{0, 0}, {right, 0}, {right, bottom}, {0, bottom}};
  cv::Mat1b view;
  cv::warpPerspective(picture, view, cv::getPerspectiveTransform(from, to), kView, cv::INTER_AREA, cv::BORDER_REFLECT);
  return view;
}

struct View {
  Features features;
  Pdq pdq;
};

View make_view(const std::vector<cv::Mat1b>& pictures, std::uint64_t seed) {
  cv::RNG random(seed * 7919 + 17);
  const auto pick = [&] {
    return pictures[static_cast<std::size_t>(random.uniform(0, static_cast<int>(pictures.size())))];
  };
  cv::Mat1f view = random_view(pick(), random);
  if (random.uniform(0, 5) < 2) view = 0.5 * view + 0.5 * cv::Mat1f(random_view(pick(), random));
  cv::pow(view / 255, random.uniform(0.6, 1.6), view);
  cv::Mat1b grey;
  view.convertTo(grey, CV_8U, 255);
  return {extract_features(grey, master_features()), pdq(grey)};
}

std::vector<View> make_views(const std::vector<cv::Mat1b>& pictures, std::size_t count) {
  std::vector<View> views(count);
  const auto every_other = [&](std::size_t first) {
    for (std::size_t i = first; i < count; i += 2) views[i] = make_view(pictures, i);
  };
  std::thread other(every_other, 1);
  every_other(0);
  other.join();
  return views;
}

// The features of a random window of a view, moved to `left` px.
void append_window(const Features& view, int left, cv::RNG& random, Features& out) {
  const cv::Rect window(random.uniform(0, kView.width / 2), random.uniform(0, kView.height / 8), kView.width / 2,
                        kView.height * 7 / 8);
  for (std::size_t i = 0; i < view.count(); ++i) {
    KeyPoint point = view.points[i];
    if (!window.contains(cv::Point(cvFloor(point.x), cvFloor(point.y)))) continue;
    point.x += static_cast<float>(left - window.x);
    point.y -= static_cast<float>(window.y);
    out.points.push_back(point);
    const auto descriptor = view.descriptor(i);
    out.descriptors.insert(out.descriptors.end(), descriptor.begin(), descriptor.end());
  }
}

struct Distractor {
  Features features;
  Pdq pdq;
};

Distractor make_distractor(const std::vector<View>& views, std::uint64_t number) {
  cv::RNG random(number * 104729 + 3);
  Distractor out;
  out.features.frame = {kView.width, kView.height * 7 / 8};
  for (const int left : {0, kView.width / 2}) {
    const View& view = views[static_cast<std::size_t>(random.uniform(0, static_cast<int>(views.size())))];
    append_window(view.features, left, random, out.features);
    out.pdq = view.pdq;
  }
  return out;
}

Id id_of(std::uint32_t number) {
  Id id;
  for (std::size_t i = 0; i < 4; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * (3 - i)));
  return id;
}
std::uint32_t number_of(const Id& id) {
  return static_cast<std::uint32_t>(id.bytes[0]) << 24 | id.bytes[1] << 16 | id.bytes[2] << 8 | id.bytes[3];
}

cv::Mat1b random_crop(const cv::Mat1b& picture, double area, cv::RNG& random) {
  const double side = std::sqrt(area);
  const cv::Size size(cvRound(picture.cols * side), cvRound(picture.rows * side));
  const cv::Point corner(random.uniform(0, picture.cols - size.width + 1),
                         random.uniform(0, picture.rows - size.height + 1));
  return picture(cv::Rect(corner, size)).clone();
}

// What a chat app does: short side at most 1,440 px, quality 65.
cv::Mat1b through_chat(cv::Mat1b picture) {
  const int short_side = std::min(picture.cols, picture.rows);
  if (short_side > 1440)
    picture = support::at_long_side(picture, std::max(picture.cols, picture.rows) * 1440 / short_side);
  return support::through_jpeg(picture, 65);
}

// A simulated photograph of a screen: perspective, blur, fading, noise, quality 75.
cv::Mat1b photographed(const cv::Mat1b& picture, cv::RNG& random) {
  const cv::Mat1b small = support::at_long_side(picture, 1200);
  const auto w = static_cast<float>(small.cols), h = static_cast<float>(small.rows);
  const std::vector<cv::Point2f> from = {{0, 0}, {w, 0}, {w, h}, {0, h}};
  const std::vector<cv::Point2f> to = {{w * .02F, h * .1F}, {w * .9F, 0}, {w * .98F, h * .97F}, {w * .08F, h * .85F}};
  cv::Mat1f seen;
  cv::warpPerspective(cv::Mat1f(small), seen, cv::getPerspectiveTransform(from, to), small.size(), cv::INTER_AREA,
                      cv::BORDER_CONSTANT, 20);
  cv::GaussianBlur(seen, seen, {}, 1.2);
  cv::Mat1f noise(seen.size());
  random.fill(noise, cv::RNG::NORMAL, 0, 5);
  cv::Mat1b out;
  cv::Mat1f(0.8 * seen + 15 + noise).convertTo(out, CV_8U);
  return support::through_jpeg(out, 75);
}

cv::Mat1b mirrored(const cv::Mat1b& picture) {
  cv::Mat1b out;
  cv::flip(picture, out, 1);
  return out;
}

struct Attack {
  const char* name;
  cv::Mat1b (*leak)(const cv::Mat1b& master, cv::RNG& random);
};

const std::vector<Attack> kAttacks = {
    {"whole, 640 px, q50",
     [](const cv::Mat1b& m, cv::RNG&) { return support::through_jpeg(support::at_long_side(m, 640), 50); }},
    {"crop 25 %, chat", [](const cv::Mat1b& m, cv::RNG& r) { return through_chat(random_crop(m, 0.25, r)); }},
    {"crop 25 %, mirrored, chat",
     [](const cv::Mat1b& m, cv::RNG& r) { return through_chat(mirrored(random_crop(m, 0.25, r))); }},
    {"crop 10 %, chat", [](const cv::Mat1b& m, cv::RNG& r) { return through_chat(random_crop(m, 0.10, r)); }},
    {"crop 5 %, chat", [](const cv::Mat1b& m, cv::RNG& r) { return through_chat(random_crop(m, 0.05, r)); }},
    {"crop 3 %, chat", [](const cv::Mat1b& m, cv::RNG& r) { return through_chat(random_crop(m, 0.03, r)); }},
    {"screen photo (simulated)", [](const cv::Mat1b& m, cv::RNG& r) { return photographed(m, r); }},
    {"25 % of a screen photo (sim.)",
     [](const cv::Mat1b& m, cv::RNG& r) { return photographed(random_crop(m, 0.25, r), r); }},
};

class Bench {
 public:
  Bench(std::uint32_t distractors, std::size_t views) : distractors_(distractors) {
    std::vector<cv::Mat1b> others;
    for (const std::string& path : photographs()) {
      Halves both = halves(path);
      masters_.push_back(std::move(both.master));
      others.push_back(
          support::at_long_side(both.distractor, std::min(2400, std::max(both.distractor.cols, both.distractor.rows))));
    }
    const double start = wall_s();
    views_ = make_views(others, views);
    std::printf("%zu photographs, %zu views of their other halves (%.0f s)\n", masters_.size(), views,
                wall_s() - start);
    fill_index();
  }

  void run() {
    std::printf("%-30s %7s %4s %4s %8s %11s %7s %9s %8s %9s %9s\n", "", "", "", "", "", "right", "wrong:", "most", "",
                "index", "verify");
    std::printf("%-30s %7s %4s %4s %8s %11s %7s %9s %8s %9s %9s\n", "leak", "queries", "@1", "@20", "verified",
                "evidence >=", "inliers", "evidence", "accepted", "CPU s", "CPU s");
    for (const Attack& attack : kAttacks) run(attack);
  }

 private:
  void fill_index() {
    for (std::uint32_t i = 0; i < masters_.size(); ++i) {
      const cv::Mat1b reference = reference_of(masters_[i]);
      features_.push_back(extract_features(reference, master_features()));
      index_.add(sketch_master(id_of(i), features_.back(), pdq(reference)));
    }
    for (std::uint32_t i = 0; i < distractors_; ++i) {
      const Distractor distractor = make_distractor(views_, i);
      index_.add(sketch_master(id_of(first_distractor() + i), distractor.features, distractor.pdq));
    }
    double start = wall_s();
    index_.prepare();
    const double prepare_s = wall_s() - start;
    const auto masters = static_cast<double>(index_.size());
    const Bytes bytes = serialise(index_);
    start = wall_s();
    const auto parsed = parse_master_index(bytes);
    std::printf("index of %zu masters: %.1f KB a master in memory, %.1f KB on disk; tables %.2f s, load %.2f s%s\n\n",
                index_.size(), static_cast<double>(index_.memory_bytes()) / masters / 1024,
                static_cast<double>(bytes.size()) / masters / 1024, prepare_s, wall_s() - start,
                parsed.has_value() ? "" : " FAILED");
  }

  std::uint32_t first_distractor() const { return static_cast<std::uint32_t>(masters_.size()); }

  Features features_of(std::uint32_t number) const {
    return number < first_distractor() ? features_[number]
                                       : make_distractor(views_, number - first_distractor()).features;
  }

  struct Tally {
    int first = 0;
    int among_twenty = 0;
    int verified = 0;
    double least_right = 1e6;  // evidence, of the verified
    int most_wrong_inliers = 0;
    double most_wrong = 0;  // evidence
    int wrong_accepted = 0;
    int verifications = 0;
    double index_cpu_s = 0;
    double verify_cpu_s = 0;
  };

  // The right master if it is among the twenty, and the five wrong ones that stand highest.
  void verify(const Features& leak, const std::vector<Candidate>& found, std::uint32_t right, Tally& tally) const {
    const Features mirrored_leak = mirror_features(leak);
    int wrong = 0;
    for (std::size_t rank = 0; rank < found.size(); ++rank) {
      const std::uint32_t number = number_of(found[rank].id);
      if (number != right && wrong++ >= 5) continue;
      const Features master = features_of(number);
      const double start = cpu_s();
      const MatchResult match = match_to_master(leak, mirrored_leak, master);
      tally.verify_cpu_s += cpu_s() - start;
      ++tally.verifications;
      if (number != right) {
        tally.most_wrong_inliers = std::max(tally.most_wrong_inliers, match.inliers);
        tally.most_wrong = std::max(tally.most_wrong, match.evidence);
        tally.wrong_accepted += match.leak_to_reference ? 1 : 0;
        continue;
      }
      tally.first += rank == 0 ? 1 : 0;
      ++tally.among_twenty;
      if (!match.leak_to_reference) continue;
      ++tally.verified;
      tally.least_right = std::min(tally.least_right, match.evidence);
    }
  }

  void run(const Attack& attack) const {
    Tally tally;
    for (std::uint32_t i = 0; i < masters_.size(); ++i) {
      cv::RNG random(i * 31 + 5);
      const cv::Mat1b leak = attack.leak(masters_[i], random);
      const Features features = extract_features(leak, leak_features());
      const Pdq hash = pdq(leak);
      const double start = cpu_s();
      const auto found = index_.query(features, hash);
      tally.index_cpu_s += cpu_s() - start;
      verify(features, found, i, tally);
    }
    const auto queries = static_cast<double>(masters_.size());
    std::printf("%-30s %7zu %4d %4d %8d %11.1f %7d %9.1f %8d %9.3f %9.3f\n", attack.name, masters_.size(), tally.first,
                tally.among_twenty, tally.verified, tally.least_right, tally.most_wrong_inliers, tally.most_wrong,
                tally.wrong_accepted, tally.index_cpu_s / queries,
                tally.verify_cpu_s / std::max(1, tally.verifications));
    std::fflush(stdout);
  }

  std::uint32_t distractors_;
  std::vector<cv::Mat1b> masters_;
  std::vector<Features> features_;
  std::vector<View> views_;
  MasterIndex index_;
};

}  // namespace
}  // namespace probity::trace

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  const int distractors = argc > 1 ? std::atoi(argv[1]) : 10'000, views = argc > 2 ? std::atoi(argv[2]) : 150;
  if (distractors < 0 || distractors > 100'000 || views < 1 || views > 10'000) {
    std::fprintf(stderr, "usage: index_bench [distractors = 10000] [views = 150]\n");
    return 2;
  }
  probity::trace::Bench bench(static_cast<std::uint32_t>(distractors), static_cast<std::size_t>(views));
  bench.run();
}
