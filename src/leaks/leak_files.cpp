#include "leaks/leak_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <opencv2/imgproc.hpp>

#include "leaks/archive.h"
#include "media/decode.h"
#include "media/preview_jpeg.h"

namespace probity::leaks {
namespace {

constexpr int kPictureLongSidePx = 1200;
constexpr const char* kZip = "application/zip";

Result<Bytes> picture_for_pages(const media::Picture& picture) {
  cv::Mat pixels = picture.pixels;
  if (pixels.depth() != CV_8U) pixels.convertTo(pixels, CV_8U, 1.0 / 257);
  const double scale = static_cast<double>(kPictureLongSidePx) / std::max(pixels.cols, pixels.rows);
  if (scale < 1) {
    const cv::Size size(std::max(1, cvRound(pixels.cols * scale)), std::max(1, cvRound(pixels.rows * scale)));
    cv::Mat small;
    cv::resize(pixels, small, size, 0, 0, cv::INTER_AREA);
    pixels = small;
  }
  return media::encode_preview_jpeg(pixels);
}

bool is_about_the_file(ErrorCode code) {
  return code == ErrorCode::not_a_picture || code == ErrorCode::too_large || code == ErrorCode::unsupported ||
         code == ErrorCode::corrupt;
}

}  // namespace

Result<void> LeakFiles::check(const TakenFile& file) {
  const LeakPorts& ports = desk_.ports();
  TRY_ASSIGN(const Leak leak, desk_.leak(file.leak));
  TRY(next(leak.state, Move::add_evidence));
  if (file.kind == evidence::Kind::derived || file.kind == evidence::Kind::report)
    return fail(ErrorCode::invalid_argument, "a file that comes in is an original, a re-post or a capture");
  if (file.parent) TRY(ports.evidence.item(file.leak, *file.parent));
  TRY_ASSIGN(const auto files, ports.store.files(file.leak));
  if (files.size() >= kMostFiles)
    return fail(ErrorCode::too_large, fmt::format("{} files are here already", files.size()),
                "report another leak for the rest");
  return {};
}

Result<evidence::Item> LeakFiles::take(const TakenFile& file, BytesView bytes, const events::Actor& actor,
                                       const std::function<Result<void>()>& go_on) {
  TRY(check(file));
  TRY_ASSIGN(const evidence::Item item, keep(file, bytes, actor));
  if (item.media_type == kZip) {
    TRY(take_apart(file, item, bytes, actor, go_on));
  } else {
    TRY(look(item, bytes, actor));
  }
  return item;
}

Result<evidence::Item> LeakFiles::keep(const TakenFile& file, BytesView bytes, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  TRY_ASSIGN(const auto kept, ports.evidence.keep(bytes));
  evidence::Item item;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY(check(file));
    evidence::Deed deed;
    deed.actor = actor;
    deed.why = file.why;
    deed.tool = file.tool;
    TRY_ASSIGN(const auto added, ports.evidence.add({file.leak, file.kind, file.parent, file.name, {}}, kept, deed));
    item = added.item;
    return {};
  }));
  return item;
}

Result<void> LeakFiles::take_apart(const TakenFile& archive, const evidence::Item& item, BytesView bytes,
                                   const events::Actor& actor, const std::function<Result<void>()>& go_on) {
  std::size_t count = 0;
  const Result<void> unpacked =
      unpack_archive(bytes, [&](const ArchiveEntry& entry, BytesView content) -> Result<void> {
        if (go_on) TRY(go_on());
        TakenFile inner = archive;
        inner.name = entry.name;
        inner.parent = item.id;
        inner.tool = fmt::format("{}, unpacked from {}", evidence::this_program(), item.name);
        TRY_ASSIGN(const evidence::Item part, keep(inner, content, actor));
        TRY(look(part, content, actor));
        ++count;
        return {};
      });
  if (!unpacked && !is_about_the_file(unpacked.error().code)) return unpacked;
  // The archive itself is kept and is no picture; why it was not taken apart is told of it.
  Looked looked;
  looked.state.problem =
      unpacked ? fmt::format("an archive of {} files, taken apart", count) : unpacked.error().message;
  TRY_ASSIGN(const bool known, is_looked_at(item));
  if (!known) TRY(record(item, std::move(looked), actor));
  return unpacked;
}

Result<bool> LeakFiles::is_looked_at(const evidence::Item& item) {
  TRY_ASSIGN(const auto files, desk_.ports().store.files(item.matter));
  return std::ranges::any_of(files, [&](const FileState& file) { return file.item == item.id; });
}

Result<void> LeakFiles::look(const evidence::Item& item, BytesView bytes, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  TRY_ASSIGN(const bool known, is_looked_at(item));
  if (known) return {};
  Looked looked;
  const auto picture = media::decode_picture(bytes);
  if (!picture && !is_about_the_file(picture.error().code)) return tl::unexpected(picture.error());
  if (picture) {
    looked.state.width_px = picture->pixels.cols;
    looked.state.height_px = picture->pixels.rows;
    TRY_ASSIGN(const Bytes jpeg, picture_for_pages(*picture));
    TRY_ASSIGN(looked.picture, ports.evidence.keep(jpeg));
    if (ports.releases != nullptr) {
      TRY_ASSIGN(auto answer, ports.releases->search(bytes));
      looked.releases = std::move(answer.matches);
    }
  } else {
    looked.state.problem = picture.error().message;
  }
  return record(item, std::move(looked), actor);
}

Result<void> LeakFiles::record(const evidence::Item& item, Looked looked, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  return ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(item.matter));
    FileState& state = looked.state;
    state.item = item.id;
    state.leak = leak.id;
    state.recorded_ms = ports.clock.now_ms();
    evidence::Deed deed;
    deed.actor = {events::Actor::Kind::system, std::nullopt, "Probity"};
    if (looked.picture && looked.picture->sha256 == item.sha256) {
      state.picture = item.id;  // a small JPEG of our own making, come back to us
    } else if (looked.picture) {
      const evidence::NewItem derived{leak.id, evidence::Kind::derived, item.id, "picture of " + item.name, {}};
      TRY_ASSIGN(const auto added, ports.evidence.add(derived, *looked.picture, deed));
      state.picture = added.item.id;
    } else {
      TRY(desk_.tell(leak, {"", "not_decoded", state.problem, item.id}, deed.actor));
    }
    TRY(ports.store.put(state));
    for (const auto& match : looked.releases) {
      const bool same = match.kind != shoots::ReleaseMatchKind::part;
      TRY(ports.store.put(ReleaseFound{leak.id, item.id, match.release.id, match.release.title,
                                       match.release.released_ms, same, match.en, match.zh}));
      const std::string data =
          nlohmann::json{{"release", match.release.id.text()}, {"title", match.release.title}}.dump();
      TRY(desk_.tell(leak, {"", "release_found", match.en, item.id, data}, deed.actor));
    }
    TRY_ASSIGN(const auto files, ports.store.files(leak.id));
    leak.files = static_cast<std::uint64_t>(std::ranges::count_if(files, &FileState::is_picture));
    TRY(desk_.save(leak));
    return desk_.tell(leak, {"leak.file_added", "looked_at", {}, item.id}, actor);
  });
}

Result<std::vector<FileWithState>> LeakFiles::list(const Id& leak) {
  const LeakPorts& ports = desk_.ports();
  std::vector<FileWithState> files;
  TRY(ports.transactions.read([&]() -> Result<void> {
    TRY(desk_.leak(leak));
    TRY_ASSIGN(const auto items, ports.evidence.items(leak));
    TRY_ASSIGN(const auto states, ports.store.files(leak));
    for (const auto& item : items) {
      const auto state = std::ranges::find(states, item.id, &FileState::item);
      files.push_back({item, state == states.end() ? std::nullopt : std::optional(*state)});
    }
    return {};
  }));
  return files;
}

Result<std::vector<evidence::Item>> LeakFiles::traceable(const Id& leak) {
  TRY_ASSIGN(const auto files, list(leak));
  std::vector<evidence::Item> items;
  for (const auto& file : files)
    if (file.state && file.state->is_picture()) items.push_back(file.item);
  return items;
}

}  // namespace probity::leaks
