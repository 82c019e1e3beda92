// Own footage, measured: is a leaked frame found among those handed in, and is nobody of another shoot ever named?
//
// usage: shoots_bench [--half tune|held|both] [--photos N] [--leaks N] [--rows] [--own]
//
// Each photograph is made into a simulated shoot (multi_view.h) of four attendees and three frames each. Leaks are
// frames of it after a chain of attacks. Each leak is looked for (a) in its own shoot, (b) in its own shoot without the
// leaked frame, as when it was not handed in, (c) in all other shoots together. Then every shoot is hung with the same
// sign, and leaks are looked for in (d) the other shoots under the same sign. --own: (a) and (b) alone, for tuning.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <mutex>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "base/random.h"
#include "harness/photos.h"
#include "harness/workers.h"
#include "shoots/multi_view.h"
#include "shoots/shelf.h"

namespace probity::bench {
namespace {

constexpr const char* kChains[] = {"chat",
                                   "crop:0.4,chat",
                                   "brightness:1.3,crop:0.6,jpeg:80",
                                   "chat,crop:0.25,chat",
                                   "mirror,chat",
                                   "screenshot,chat",
                                   "stickers:0.15,chat",
                                   "gamma:0.7,long:1080,jpeg:60"};
constexpr std::size_t kChainCount = std::size(kChains);
constexpr double kSignShare = 0.12;

struct Options {
  std::string half = "both";
  std::size_t photos = 0, leaks = 4;
  std::string only;
  bool rows = false, own = false;
};

struct Leak {
  std::size_t scene = 0;
  std::string chain;
  int attendee = 0;
  Id frame;
  trace::LeakShot shot;
};

struct Tally {
  int leaks = 0, right_shot = 0, right_attendee = 0, named_same_shot = 0;  // own shoot, frame handed in
  int absent_attendee = 0, absent_called_shot = 0, absent_none = 0;        // own shoot, frame not handed in
  int unrelated_named = 0, sign_named = 0, sign_searches = 0;
  double unrelated_best = 0;

  void add(const Tally& other) {
    leaks += other.leaks;
    right_shot += other.right_shot;
    right_attendee += other.right_attendee;
    named_same_shot += other.named_same_shot;
    absent_attendee += other.absent_attendee;
    absent_called_shot += other.absent_called_shot;
    absent_none += other.absent_none;
    unrelated_named += other.unrelated_named;
    sign_named += other.sign_named;
    sign_searches += other.sign_searches;
  }
};

std::string shown(const trace::FootageMatch& match) {
  const auto& m = match.comparison.measures;
  return fmt::format(
      "{:<15} a{} f{} inliers {} overlap {:.2f} resemblance {:.2f} agreement {:.2f} parallax {:.2f} grain {:.2f} "
      "camera {} "
      "{:.2f} {:.1f}",
      trace::shot_relation_name(match.comparison.relation), match.frame.bytes[1] - 1, match.frame.bytes[2] - 1,
      m.inliers, m.overlap, m.resemblance, m.agreement, m.parallax, m.grain, m.camera_inliers, m.camera_share,
      m.camera_parallax);
}

std::vector<trace::FootageMatch> look(const Leak& leak, trace::Footage footage, Shelf& shelf) {
  auto found = footage.search(leak.shot, shelf);
  return found ? *found : std::vector<trace::FootageMatch>{};
}

void judge_own(const Leak& leak, const std::vector<trace::FootageMatch>& all, Tally& tally, bool rows) {
  std::vector<trace::FootageMatch> absent;
  for (const auto& match : all)
    if (match.frame != leak.frame) absent.push_back(match);
  ++tally.leaks;
  const auto is_own = [&](const trace::FootageMatch& match) {
    return match.attendee == id_of(leak.scene, leak.attendee, -1);
  };
  if (!all.empty()) {
    const bool called_shot = all.front().comparison.relation == trace::ShotRelation::same_shot;
    tally.right_attendee += is_own(all.front()) ? 1 : 0;
    tally.named_same_shot += called_shot ? 1 : 0;
    tally.right_shot += called_shot && all.front().frame == leak.frame ? 1 : 0;
  }
  if (absent.empty()) {
    ++tally.absent_none;
  } else {
    tally.absent_attendee += is_own(absent.front()) ? 1 : 0;
    tally.absent_called_shot += absent.front().comparison.relation == trace::ShotRelation::same_shot ? 1 : 0;
  }
  if (!rows) return;
  fmt::print("{} {} a{} f{}\n", leak.scene, leak.chain, leak.attendee, leak.frame.bytes[2] - 1);
  for (const auto& match : all) fmt::print("    {}\n", shown(match));
}

class Bench {
 public:
  Bench(std::vector<Photo> photos, const Options& options) : photos_(std::move(photos)), options_(options) {}

  Result<void> run() {
    TRY(make_shoots(false));
    const auto begin = std::chrono::steady_clock::now();
    tallies_.assign(photos_.size(), {});
    for_each_index(leaks_.size(), kBenchThreads, [&](std::size_t i) { judge(leaks_[i]); });
    seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (options_.own) return {};
    TRY(make_shoots(true));
    for_each_index(leaks_.size(), kBenchThreads, [&](std::size_t i) { judge_sign(leaks_[i]); });
    return {};
  }

  void print() const {
    Tally tune, held, both;
    for (std::size_t i = 0; i < photos_.size(); ++i) {
      (photos_[i].half == Half::tune ? tune : held).add(tallies_[i]);
      both.add(tallies_[i]);
    }
    const auto row = [&](const char* what, auto share, const char* wanted) {
      const auto cell = [&](const Tally& tally) {
        const auto [part, whole] = share(tally);
        return whole == 0 ? std::string("–") : fmt::format("{} of {} ({:.1f} %)", part, whole, 100.0 * part / whole);
      };
      fmt::print("| {} | {} | {} | {} | {} |\n", what, cell(tune), cell(held), cell(both), wanted);
    };
    using Share = std::pair<int, int>;
    fmt::print("| leak looked for in | tune | held out | both | wanted |\n|---|---|---|---|---|\n");
    row(
        "its own shoot: that very frame first, and called the same shot",
        [](const Tally& t) { return Share(t.right_shot, t.leaks); }, "95 %");
    row(
        "its own shoot: that attendee first", [](const Tally& t) { return Share(t.right_attendee, t.leaks); }, "–");
    row(
        "its own shoot without that frame: that attendee first",
        [](const Tally& t) { return Share(t.absent_attendee, t.leaks); }, "–");
    row(
        "its own shoot without that frame: another frame called the same shot",
        [](const Tally& t) { return Share(t.absent_called_shot, t.leaks); }, "–");
    row(
        "its own shoot without that frame: nothing found", [](const Tally& t) { return Share(t.absent_none, t.leaks); },
        "–");
    row(
        "all other shoots: anybody named", [](const Tally& t) { return Share(t.unrelated_named, t.leaks); }, "0");
    row(
        "the other shoots under the same sign: anybody named",
        [](const Tally& t) { return Share(t.sign_named, t.sign_searches); }, "0");
    fmt::print("\n{} shoots, {} frames each; searching took {:.1f} s of wall time a leak on {} threads.\n",
               photos_.size(), kAttendees * kShotsEach, seconds_ * kBenchThreads / std::max<double>(1, leaks_.size()),
               kBenchThreads);
  }

 private:
  Result<void> make_shoots(bool signed_ones) {
    leaks_.clear();
    std::mutex mutex;
    Result<void> outcome;
    for_each_index(photos_.size(), kBenchThreads, [&](std::size_t i) {
      std::vector<Leak> leaks;
      const Result<void> made = make_shoot(i, signed_ones, leaks);
      const std::lock_guard lock(mutex);
      if (!made) outcome = made;
      for (Leak& leak : leaks) leaks_.push_back(std::move(leak));
    });
    std::ranges::stable_sort(leaks_, {}, &Leak::scene);
    return outcome;
  }

  Result<void> make_shoot(std::size_t i, bool signed_one, std::vector<Leak>& leaks) {
    const Dice dice = Dice(20261122).fork(photos_[i].name);
    TRY_ASSIGN(const cv::Mat rgb, read_rgb(photos_[i].path));
    Scene scene = make_scene(rgb, dice.fork("depth"));
    if (signed_one) hang_sign(scene, kSignShare, dice.fork("sign"));
    const std::vector<HandedIn> frames = shoot_scene(scene, dice.fork("shoot"));
    for (const HandedIn& frame : frames)
      shelf_.put({id_of(i, frame.attendee, frame.shot), id_of(i, frame.attendee, -1), i,
                  trace::make_shot(luma_of(frame.rgb))});
    const std::size_t count = signed_one ? 1 : options_.leaks;
    for (std::size_t n = 0; n < count; ++n) {
      const std::size_t serial = i * options_.leaks + n;
      const HandedIn& frame = frames[(serial * 5 + 1) % frames.size()];
      TRY_ASSIGN(const Chain chain, Chain::parse(kChains[serial % kChainCount]));
      TRY_ASSIGN(const Frame leaked, chain.apply(frame.rgb, 1000 + serial));
      leaks.push_back({i, chain.text(), frame.attendee, id_of(i, frame.attendee, frame.shot),
                       trace::make_leak_shot(luma_of(leaked.rgb))});
    }
    return {};
  }

  void judge(const Leak& leak) {
    const auto own = look(leak, shelf_.footage([&](const auto& frame) { return frame.scene == leak.scene; }), shelf_);
    std::vector<trace::FootageMatch> other;
    if (!options_.own)
      other = look(leak, shelf_.footage([&](const auto& frame) { return frame.scene != leak.scene; }), shelf_);
    const std::lock_guard lock(mutex_);
    Tally& tally = tallies_[leak.scene];
    judge_own(leak, own, tally, options_.rows);
    if (options_.own) return;
    if (options_.rows) compare_all(leak);
    tally.unrelated_named += other.empty() ? 0 : 1;
    if (!other.empty())
      fmt::print("unrelated: {} {}: scene {} {}\n", leak.scene, leak.chain, other.front().frame.bytes[0] - 1,
                 shown(other.front()));
  }

  // Also what was refused, with its measures: for whoever tunes the gates.
  void compare_all(const Leak& leak) {
    for (int attendee = 0; attendee < kAttendees; ++attendee)
      for (int shot = 0; shot < kShotsEach; ++shot) {
        const Id id = id_of(leak.scene, attendee, shot);
        const auto comparison = trace::compare_shots(leak.shot, shelf_.shot(id).value());
        if (comparison.relation == trace::ShotRelation::none) fmt::print("    {}\n", shown({id, id, comparison}));
      }
  }

  void judge_sign(const Leak& leak) {
    const auto other = look(leak, shelf_.footage([&](const auto& frame) { return frame.scene != leak.scene; }), shelf_);
    const std::lock_guard lock(mutex_);
    Tally& tally = tallies_[leak.scene];
    ++tally.sign_searches;
    tally.sign_named += other.empty() ? 0 : 1;
    if (!other.empty())
      fmt::print("sign: {} {}: scene {} {}\n", leak.scene, leak.chain, other.front().frame.bytes[0] - 1,
                 shown(other.front()));
  }

  std::vector<Photo> photos_;
  Options options_;
  Shelf shelf_;
  std::vector<Leak> leaks_;
  std::vector<Tally> tallies_;
  std::mutex mutex_;
  double seconds_ = 0;
};

Result<void> run(const Options& options) {
  TRY_ASSIGN(const Half half, parse_half(options.half));
  TRY_ASSIGN(auto photos, photo_set(half, options.photos));
  std::erase_if(photos, [&](const Photo& photo) { return photo.name.find(options.only) == std::string::npos; });
  Bench bench(std::move(photos), options);
  TRY(bench.run());
  bench.print();
  return {};
}

}  // namespace
}  // namespace probity::bench

int main(int argc, char** argv) {
  CLI::App app{"Own footage: leaks looked for among simulated frames; prints a Markdown table."};
  probity::bench::Options options;
  app.add_option("--half", options.half, "tune, held or both");
  app.add_option("--photos", options.photos, "only the first so many photos");
  app.add_option("--leaks", options.leaks, "of each shoot");
  app.add_option("--only", options.only, "only photos whose name holds this");
  app.add_flag("--own", options.own, "only its own shoot: quicker, for tuning");
  app.add_flag("--rows", options.rows, "what was measured, leak by leak");
  CLI11_PARSE(app, argc, argv);
  probity::init_crypto();
  cv::setNumThreads(1);
  const auto done = probity::bench::run(options);
  if (done) return 0;
  fmt::print(stderr, "shoots_bench: {}\n", done.error().message);
  return 1;
}
