// The speed promises on one 12-MP photograph: weaving, preparing, registering, tracing.
#include "harness/speed.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/add_asset.h"
#include "app/workspace.h"
#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "harness/benches.h"
#include "harness/tracing.h"
#include "media/asset.h"
#include "media/decode.h"

namespace probity::bench {
namespace {

constexpr int kPreparingRuns = 5;
constexpr const char* kPhoto = "sunset_by_Aitzol_Berasategi";  // 12.2 MP

void print_line(const std::string& what, const std::string& measured, const std::string& wanted) {
  fmt::print("| {} | {} | {} |\n", what, measured, wanted);
  std::fflush(stdout);
}

Result<std::unique_ptr<PreparedPhoto>> prepared_one(const BenchOptions& options) {
  BenchOptions one = options;
  one.half = Half::both;
  one.only = kPhoto;
  TRY_ASSIGN(auto photos, prepared_photos(one));
  return std::move(photos.front());
}

// Weaving into one buffer, against memcpy of whole variants into it, one thread.
Result<void> time_weaving(const PreparedPhoto& photo) {
  constexpr int kCopies = 200;
  const std::vector<Id> ids = registered_copies(kCopies);
  std::vector<std::vector<std::uint8_t>> codewords;
  for (const Id& id : ids) codewords.push_back(photo.codeword_of(id));
  const Bytes ones = *photo.copy_file(ids[0]);  // two different sources, as weaving has
  const Bytes others = *photo.copy_file(ids[1]);
  Bytes out(photo.tally.size());
  TRY(photo.tally.verify());  // the first reading checks every block
  const Spent weave = best_of(7, [&] {
    for (const auto& bits : codewords) (void)photo.tally.weave(bits, 0, out);
  });
  const Spent derive = best_of(3, [&] {
    for (const Id& id : ids) (void)photo.codeword_of(id);
  });
  const Spent copying = best_of(7, [&] {
    for (int i = 0; i < kCopies; ++i) {
      std::memcpy(out.data(), i % 2 == 0 ? ones.data() : others.data(), out.size());
      asm volatile("" : : "r"(out.data()) : "memory");
    }
  });
  print_line(fmt::format("weave a 12-MP copy of {:.2f} MB, {} pieces", static_cast<double>(out.size()) / 1e6,
                         photo.tally.pieces().size()),
             fmt::format("{:.0f} a second and core; {:.0f} with its codeword", kCopies / weave.processor_s,
                         kCopies / (weave.processor_s + derive.processor_s)),
             ">= 1,000");
  print_line("the same against memcpy", fmt::format("{:.2f}", copying.processor_s / weave.processor_s), ">= 0.5");
  return {};
}

// What `asset add` spends on one photo, and its memory; each time in a process of its own, so that the peak is its own,
// and the best of as many runs as the plain codec has.
Result<void> time_preparing(const std::filesystem::path& path, const BenchOptions& options) {
  TRY_ASSIGN(const Bytes file, read_file(path));
  TRY_ASSIGN(const cv::Mat pixels, decode_rgb(file));
  const Spent decode = best_of(kPreparingRuns, [&] { (void)decode_rgb(file); });
  const Spent encode = best_of(kPreparingRuns, [&] { (void)encode_jpeg(pixels, {92, Chroma::quarter_420}); });
  const std::string command =
      fmt::format("'{}' prepare-once --only {} --out '{}'", std::filesystem::read_symlink("/proc/self/exe").string(),
                  kPhoto, options.out.string());
  double prepare_s = 1e300, wall_s = 1e300, features_s = 1e300, self_mb = 0, child_mb = 0;
  for (int run = 0; run < kPreparingRuns; ++run) {
    double prepare = 0, wall = 0, features = 0;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    if (!pipe || std::fscanf(pipe.get(), "%lf %lf %lf %lf %lf", &prepare, &wall, &features, &self_mb, &child_mb) != 5)
      return fail(ErrorCode::internal, "the preparing process gave no figures");
    prepare_s = std::min(prepare_s, prepare);
    wall_s = std::min(wall_s, wall);
    features_s = std::min(features_s, features);
  }
  const double plain_s = decode.processor_s + 2 * encode.processor_s;
  print_line("`asset add`, 12 MP, without features",
             fmt::format("{:.2f} s of processor ({:.2f} s wall) = {:.2f} times one decode and two encodes ({:.2f} s)",
                         prepare_s, wall_s, prepare_s / plain_s, plain_s),
             "<= 4 times");
  print_line("its features and reference", fmt::format("{:.2f} s", features_s), "–");
  print_line("its peak memory", fmt::format("{:.0f} MB, and {:.0f} MB in the decoder's process", self_mb, child_mb),
             "<= 600 MB");
  return {};
}

// Five thousand copies of one asset registered in one transaction, in a workspace that is thrown away.
Result<void> time_issuing(const BenchOptions& options) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::absolute(options.out) / fmt::format("workspace-{}", getpid());
  fs::create_directories(options.out);
  const auto run = [&]() -> Result<double> {
    TRY(app::Workspace::init(folder.string()));
    TRY_ASSIGN(const auto workspace, app::Workspace::open(folder.string()));
    BenchOptions small = options;
    small.half = Half::both;
    small.only = "GreenMeadow";
    TRY_ASSIGN(const auto photos, chosen_photos(small));
    TRY_ASSIGN(const app::AddedAsset added, app::add_asset(*workspace, photos.front().path.string(), {}));
    std::vector<parties::RecipientDetails> people;
    for (int i = 0; i < 5000; ++i) {
      TRY_ASSIGN(auto person, parties::RecipientDetails::create(fmt::format("Sample Person {}", i), "Example Weekly"));
      people.push_back(std::move(person));
    }
    const auto start = std::chrono::steady_clock::now();
    TRY_ASSIGN(const auto issued, workspace->copies().issue_copies({&added.asset, 1}, people));
    if (issued.size() != people.size()) return fail(ErrorCode::internal, "not every copy was issued");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const auto seconds = run();
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  TRY(seconds);
  print_line("5,000 copies registered durably, new recipients, one transaction", fmt::format("{:.2f} s", *seconds),
             "reported");
  return {};
}

Result<void> time_tracing(const PreparedPhoto& photo) {
  TRY_ASSIGN(const Chain chat, Chain::parse("chat"));
  for (const std::size_t count : {std::size_t{10'000}, std::size_t{1'000'000}}) {
    const std::vector<Id> copies = registered_copies(count);
    TRY_ASSIGN(const Bytes file, photo.copy_file(copies[count / 3]));
    TRY_ASSIGN(const cv::Mat copy, decode_rgb(file));
    TRY_ASSIGN(const Frame leak, chat.apply(copy, 1));
    Traced best;
    Result<void> outcome;
    const Spent spent = best_of(3, [&] {
      auto traced = trace_leak(leak.rgb, photo, copies, 2);
      if (!traced) outcome = tl::unexpected<Error>(traced.error());
      if (traced && (best.seconds() == 0 || traced->seconds() < best.seconds())) best = std::move(*traced);
    });
    TRY(outcome);
    const std::size_t guilty = count / 3;
    const bool identified = judge(best, {&guilty, 1}).identified;
    print_line(
        fmt::format("trace after chat against {} copies, after load, wall", count),
        fmt::format("{:.2f} s: read {:.2f}, score {:.2f} ({:.2f} s of processor){}", best.seconds(), best.read_seconds,
                    best.accuse_seconds, spent.processor_s, identified ? "" : " (not identified)"),
        count == 10'000 ? "<= 1.0 s" : "<= 3 s");
  }
  return {};
}

}  // namespace

Spent best_of(int runs, const std::function<void()>& work) {
  const auto processor = [] {
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
      rusage usage{};
      getrusage(who, &usage);
      for (const timeval& time : {usage.ru_utime, usage.ru_stime})
        sum += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    }
    return sum;
  };
  Spent best{1e300, 1e300};
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double before = processor();
    work();
    best.processor_s = std::min(best.processor_s, processor() - before);
    best.wall_s =
        std::min(best.wall_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

PeakMemory peak_memory() {
  rusage self{};
  rusage children{};
  getrusage(RUSAGE_SELF, &self);
  getrusage(RUSAGE_CHILDREN, &children);
  return {static_cast<double>(self.ru_maxrss) / 1024, static_cast<double>(children.ru_maxrss) / 1024};
}

Result<void> bench_prepare_once(const BenchOptions& options) {
  TRY_ASSIGN(const std::vector<Photo> photos, chosen_photos(options));
  Result<void> outcome;
  media::Prepared prepared;
  media::Picture picture;
  const Spent spent = best_of(1, [&] {
    outcome = [&]() -> Result<void> {
      TRY_ASSIGN(picture, media::decode_picture_file(photos.front().path.string()));
      TRY_ASSIGN(prepared, media::prepare_asset(picture, Hash{}));
      TRY_ASSIGN(const Bytes container, tally::encode(prepared.content));
      return write_file(options.out / "prepare-once.tally", container);
    }();
  });
  std::error_code ignored;
  std::filesystem::remove(options.out / "prepare-once.tally", ignored);
  TRY(outcome);
  const Spent features =
      best_of(1, [&] { (void)trace::make_reference(prepared.luma, prepared.delta, prepared.plan, picture.pixels); });
  const PeakMemory memory = peak_memory();
  fmt::print("{} {} {} {} {}\n", spent.processor_s, spent.wall_s, features.processor_s, memory.self_mb,
             memory.child_mb);
  return {};
}

Result<void> bench_speed(const BenchOptions& options) {
  std::error_code ignored;
  std::filesystem::create_directories(options.out, ignored);
  TRY_ASSIGN(const auto photo, prepared_one(options));
  cv::setNumThreads(2);
  fmt::print("\n| what | measured | wanted |\n|---|---|---|\n");
  TRY(time_weaving(*photo));
  TRY(time_preparing(photo->photo.path, options));
  TRY(time_issuing(options));
  TRY(time_tracing(*photo));
  cv::setNumThreads(1);
  return {};
}

}  // namespace probity::bench
