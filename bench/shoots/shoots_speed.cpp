// Own footage: how long one leak takes against many frames.
//
// usage: shoots_speed [--frames 500] [--leaks 3] [--times 8]
//
// Twelve frames are made of each scene, and each is handed in so many times under other names: more candidates than the
// crowded shoot gives that it stands for. Leaks are frames after a chat app, each searched for among all frames by one
// thread. Frames are in memory.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "base/random.h"
#include "harness/photos.h"
#include "harness/speed.h"
#include "harness/workers.h"
#include "shoots/multi_view.h"
#include "shoots/shelf.h"

namespace probity::bench {
namespace {

struct Options {
  std::size_t frames = 500, leaks = 3;
  int times = 8;  // each frame is handed in
};

// Puts the scene's frames on the shelf `times` times and returns one of them as a leak.
Result<trace::LeakShot> hand_in(const Photo& photo, std::size_t scene_number, int times, Shelf& shelf) {
  const Dice dice = Dice(20261123).fork(photo.name);
  TRY_ASSIGN(const cv::Mat rgb, read_rgb(photo.path));
  const std::vector<HandedIn> frames = shoot_scene(make_scene(rgb, dice.fork("depth")), dice.fork("shoot"));
  for (const HandedIn& frame : frames) {
    const trace::Shot shot = trace::make_shot(luma_of(frame.rgb));
    for (int attendee = frame.attendee; attendee < times * kAttendees; attendee += kAttendees)
      shelf.put({id_of(scene_number, attendee, frame.shot), id_of(scene_number, attendee, -1), scene_number, shot});
  }
  TRY_ASSIGN(const Chain chain, Chain::parse("chat"));
  TRY_ASSIGN(const Frame leaked, chain.apply(frames[scene_number % frames.size()].rgb, scene_number));
  return trace::make_leak_shot(luma_of(leaked.rgb));
}

Result<void> run(const Options& options) {
  const auto each = static_cast<std::size_t>(options.times * kAttendees * kShotsEach);
  TRY_ASSIGN(auto photos, photo_set(Half::both, 1 + (options.frames - 1) / each));
  Shelf shelf;
  std::vector<trace::LeakShot> leaks(photos.size());
  std::mutex mutex;
  Result<void> outcome;
  for_each_index(photos.size(), kBenchThreads, [&](std::size_t i) {
    auto leak = hand_in(photos[i], i, options.times, shelf);
    const std::lock_guard lock(mutex);
    if (leak)
      leaks[i] = std::move(*leak);
    else
      outcome = tl::unexpected<Error>(leak.error());
  });
  TRY(outcome);
  leaks.resize(std::min(leaks.size(), options.leaks));

  trace::Footage footage = shelf.footage([](const StoredFrame&) { return true; });
  (void)footage.search(leaks.front(), shelf);  // the first prepares the index
  double wall = 0, processor = 0, slowest = 0;
  std::size_t right = 0;
  for (std::size_t i = 0; i < leaks.size(); ++i) {
    Result<std::vector<trace::FootageMatch>> found;
    const Spent spent = best_of(2, [&] { found = footage.search(leaks[i], shelf); });
    TRY(found);
    right += !found->empty() && found->front().frame.bytes[0] == i + 1 ? 1 : 0;
    wall += spent.wall_s;
    processor += spent.processor_s;
    slowest = std::max(slowest, spent.wall_s);
  }
  const auto count = static_cast<double>(leaks.size());
  fmt::print("{} frames, {} leaks, scene right for {}: {:.2f} s wall a leak (slowest {:.2f}), {:.2f} s of processor\n",
             shelf.size(), leaks.size(), right, wall / count, slowest, processor / count);
  return {};
}

}  // namespace
}  // namespace probity::bench

int main(int argc, char** argv) {
  CLI::App app{"Own footage: the time of one search."};
  probity::bench::Options options;
  app.add_option("--frames", options.frames, "handed in, about");
  app.add_option("--leaks", options.leaks, "searched for");
  app.add_option("--times", options.times, "each frame is handed in");
  CLI11_PARSE(app, argc, argv);
  probity::init_crypto();
  cv::setNumThreads(1);
  const auto done = probity::bench::run(options);
  if (done) return 0;
  fmt::print(stderr, "shoots_speed: {}\n", done.error().message);
  return 1;
}
