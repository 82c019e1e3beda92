#include "shoots/releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "base/encoding.h"
#include "parties/text.h"
#include "shoots/prepare.h"

namespace probity::shoots {
namespace {

constexpr std::size_t kMostTitle = 200, kMostWhere = 500, kMostName = 200, kMostReason = 2000;
constexpr std::size_t kCandidates = 12;
constexpr int kLeastInliers = 20;
// From this share of the asked picture on, it is the whole of the released one and not a piece.
constexpr double kWholeShare = 0.95;

Result<std::string> tidy(std::string_view what, std::string_view text, std::size_t most) {
  TRY_ASSIGN(std::string line, parties::tidy_line(what, text, most));
  if (line.empty()) return fail(ErrorCode::invalid_argument, fmt::format("the {} is empty", what));
  return line;
}

std::string day(TimeMs time_ms) { return to_rfc3339(time_ms).substr(0, 10); }

struct Shares {
  double of_asked = 0;     // of the asked picture that lies on the released one
  double of_released = 0;  // the other way around
};

// How much of one picture lies on the other: the area of the overlap of their outlines.
Shares shares_of(const cv::Matx33d& asked_to_released, cv::Size asked, cv::Size released) {
  const auto outline = [](cv::Size size) {
    const float w = static_cast<float>(size.width), h = static_cast<float>(size.height);
    return std::vector<cv::Point2f>{{0, 0}, {w, 0}, {w, h}, {0, h}};
  };
  std::vector<cv::Point2f> mapped, overlap;
  for (const cv::Point2f& corner : outline(asked)) {
    const cv::Point2d at = trace::map_point(asked_to_released, corner);
    if (!std::isfinite(at.x)) return {};
    mapped.emplace_back(at);
  }
  const double area = std::abs(cv::contourArea(mapped));
  if (area < 1) return {};
  const double common = cv::intersectConvexConvex(mapped, outline(released), overlap);
  return {std::min(1.0, common / area), std::min(1.0, common / released.area())};
}

void explain(ReleaseMatch& match) {
  const Release& release = match.release;
  const std::string since = day(release.released_ms);
  switch (match.kind) {
    case ReleaseMatchKind::same_file:
      match.en =
          fmt::format("This is the very file of “{}”, released on {} at {}.", release.title, since, release.where);
      match.zh = fmt::format("这正是“{}”的原文件，于 {} 在 {} 发布。", release.title, since, release.where);
      break;
    case ReleaseMatchKind::same_picture:
      match.en = fmt::format("This shows the whole of “{}”, released on {} at {}: {} features agree.", release.title,
                             since, release.where, match.inliers);
      match.zh = fmt::format("此图与“{}”整幅一致（{} 处特征吻合），该图于 {} 在 {} 发布。", release.title,
                             match.inliers, since, release.where);
      break;
    case ReleaseMatchKind::part:
      match.en = fmt::format(
          "{:.0f} % of this picture is a part of “{}”, released on {} at {}: {} features agree. What "
          "else it shows was not looked at.",
          100 * match.coverage, release.title, since, release.where, match.inliers);
      match.zh = fmt::format("此图的 {:.0f}% 出自“{}”（{} 处特征吻合），该图于 {} 在 {} 发布；其余部分未作判断。",
                             100 * match.coverage, release.title, match.inliers, since, release.where);
      break;
  }
}

void conclude(ReleaseAnswer& answer, std::size_t registered) {
  std::ranges::stable_sort(answer.matches, [](const ReleaseMatch& a, const ReleaseMatch& b) {
    return std::pair(-static_cast<int>(a.kind), a.release.released_ms) <
           std::pair(-static_cast<int>(b.kind), b.release.released_ms);
  });
  for (const ReleaseMatch& match : answer.matches) {
    // A piece of an official picture inside a larger one does not make the larger one official.
    if (match.kind == ReleaseMatchKind::part && match.coverage < kWholeShare) continue;
    answer.since_ms = std::min(answer.since_ms.value_or(match.release.released_ms), match.release.released_ms);
  }
  if (answer.since_ms) {
    answer.en = fmt::format("Official, since {}.", day(*answer.since_ms));
    answer.zh = fmt::format("是官方发布的图片，自 {} 起。", day(*answer.since_ms));
  } else if (!answer.matches.empty()) {
    answer.en = "Parts of it are official; the rest is not among the registered releases.";
    answer.zh = "其中一部分为官方发布；其余部分不在已登记的发布之中。";
  } else {
    answer.en = fmt::format("Not among the {} registered releases.", registered);
    answer.zh = fmt::format("不在已登记的 {} 项发布之中。", registered);
  }
}

}  // namespace

Result<Release> ReleaseService::find(const Id& id) {
  TRY_ASSIGN(auto release, ports_.store.release(id));
  if (!release) return fail(ErrorCode::not_found, "there is no such release");
  return std::move(*release);
}

Result<Bytes> ReleaseService::preview(const Id& id) {
  TRY_ASSIGN(const auto blobs, ports_.store.release_blobs(id));
  if (!blobs) return fail(ErrorCode::not_found, "there is no such release");
  return ports_.pictures.get(blobs->preview);
}

Result<Release> ReleaseService::add(const NewRelease& request, BytesView file, const events::Actor& actor) {
  Release release;
  TRY_ASSIGN(release.title, tidy("title", request.title, kMostTitle));
  TRY_ASSIGN(release.where, tidy("place of publication", request.where, kMostWhere));
  TRY_ASSIGN(release.file_name, parties::tidy_line("file name", request.file_name, kMostName));
  release.released_ms = request.released_ms;
  release.registered_ms = ports_.clock.now_ms();
  if (release.released_ms > release.registered_ms)
    return fail(ErrorCode::invalid_argument, "the release lies ahead", "register a picture once it is public");
  if (file.empty()) return fail(ErrorCode::invalid_argument, "the file is empty", "choose another one");
  const auto media_type = picture_media_type(as_text(file.first(std::min<std::size_t>(file.size(), 16))));
  if (!media_type) return fail(ErrorCode::not_a_picture, "the file is not a picture of a known kind");
  TRY_ASSIGN(const PreparedPicture prepared, prepare_picture(file, ports_.decode));
  release.id = Id::random(ports_.random);
  release.project = request.project;
  release.registered_by = actor.name;
  release.media_type = *media_type;
  release.size_bytes = file.size();
  release.width_px = prepared.width_px;
  release.height_px = prepared.height_px;
  TRY_ASSIGN(release.file, ports_.pictures.put(file));
  ReleaseBlobs blobs;
  TRY_ASSIGN(blobs.preview, ports_.pictures.put(prepared.preview));
  TRY_ASSIGN(blobs.features, ports_.pictures.put(prepared.features));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    if (release.project) TRY(ports_.projects.find(*release.project));
    TRY_ASSIGN(const auto known, ports_.store.registered_releases());
    if (std::ranges::find(known, release.file, &Release::file) != known.end())
      return fail(ErrorCode::already_exists, "this very file is registered already");
    TRY(ports_.store.insert(release, blobs));
    const nlohmann::json content{{"by", release.registered_by},
                                 {"file", to_hex(release.file)},
                                 {"registered_at", to_rfc3339(release.registered_ms)},
                                 {"released_at", to_rfc3339(release.released_ms)},
                                 {"title", release.title},
                                 {"where", release.where}};
    TRY(ports_.log_book.record({"release_registered", release.id, content.dump()}));
    events::Event event;
    event.time_ms = release.registered_ms;
    event.kind = "release.registered";
    event.actor = actor;
    event.project = release.project;
    event.data_json = nlohmann::json{{"title", release.title}, {"release", release.id.text()}}.dump();
    TRY(ports_.events.append(event));
    return {};
  }));
  return release;
}

Result<Release> ReleaseService::withdraw(const Id& id, const std::string& reason, const events::Actor& actor) {
  TRY_ASSIGN(const std::string why, parties::tidy_text("reason", reason, kMostReason));
  if (why.empty()) return fail(ErrorCode::invalid_argument, "the reason is empty");
  Release release;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(release, find(id));
    if (release.state == ReleaseState::withdrawn)
      return fail(ErrorCode::conflict, "this registration is withdrawn already");
    release.state = ReleaseState::withdrawn;
    release.withdrawn_reason = why;
    TRY(ports_.store.update(release));
    const nlohmann::json content{
        {"at", to_rfc3339(ports_.clock.now_ms())}, {"by", actor.name}, {"reason", why}, {"release", id.text()}};
    TRY(ports_.log_book.record({"release_withdrawn", id, content.dump()}));
    events::Event event;
    event.time_ms = ports_.clock.now_ms();
    event.kind = "release.withdrawn";
    event.actor = actor;
    event.project = release.project;
    event.data_json = nlohmann::json{{"title", release.title}, {"reason", why}, {"release", id.text()}}.dump();
    TRY(ports_.events.append(event));
    return {};
  }));
  return release;
}

Result<trace::Features> ReleaseService::features_of(const Id& release) {
  TRY_ASSIGN(const auto blobs, ports_.store.release_blobs(release));
  if (!blobs) return fail(ErrorCode::not_found, "there is no such release");
  TRY_ASSIGN(const Bytes bytes, ports_.pictures.get(blobs->features));
  return trace::parse_features(bytes);
}

Result<std::vector<trace::Candidate>> ReleaseService::candidates(const trace::Features& features,
                                                                 const std::vector<Release>& releases) {
  const std::lock_guard turn(index_turn_);
  for (const Release& release : releases) {
    if (index_.contains(release.id)) continue;
    TRY_ASSIGN(const auto of_release, features_of(release.id));
    index_.add(trace::sketch_master(release.id, of_release, trace::Pdq{}));
  }
  index_.prepare();
  return index_.query(features, trace::Pdq{}, kCandidates);
}

Result<ReleaseAnswer> ReleaseService::search(BytesView file) {
  ReleaseAnswer answer;
  TRY_ASSIGN(const auto releases, ports_.store.registered_releases());
  const Hash hash = sha256(file);
  for (const Release& release : releases)
    if (release.file == hash) answer.matches.push_back({release, ReleaseMatchKind::same_file, 0, 1, {}, {}});
  if (answer.matches.empty()) {
    TRY_ASSIGN(const cv::Mat1b luma, decode_luma(file, ports_.decode));
    const trace::LeakShot asked = trace::make_leak_shot(luma);
    TRY_ASSIGN(const auto found, candidates(asked.shot.features, releases));
    for (const trace::Candidate& candidate : found) {
      const auto release = std::ranges::find(releases, candidate.id, &Release::id);
      if (release == releases.end()) continue;  // withdrawn meanwhile
      TRY_ASSIGN(const auto features, features_of(candidate.id));
      const trace::MatchResult match = trace::match_shot_features(asked, features);
      if (!match.leak_to_reference || match.inliers < kLeastInliers) continue;
      const Shares shares = shares_of(*match.leak_to_reference, luma.size(), features.frame);
      const bool whole = shares.of_asked >= kWholeShare && shares.of_released >= kWholeShare;
      answer.matches.push_back({*release,
                                whole ? ReleaseMatchKind::same_picture : ReleaseMatchKind::part,
                                match.inliers,
                                shares.of_asked,
                                {},
                                {}});
    }
  }
  for (ReleaseMatch& match : answer.matches) explain(match);
  conclude(answer, releases.size());
  return answer;
}

}  // namespace probity::shoots
