#include "attacks/chain.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>

#include "attacks/geometry.h"
#include "attacks/overlay.h"
#include "attacks/picture_file.h"
#include "attacks/screen_photo.h"
#include "attacks/tone.h"

namespace probity::bench {
namespace {

using Step = Chain::Step;
using Arguments = std::vector<std::string_view>;

tl::unexpected<Error> wrong(std::string message) {
  return fail(ErrorCode::invalid_argument, std::move(message), "probity-attack --list shows every attack");
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// The arguments of one step, read one after another with bounds.
class ArgumentReader {
 public:
  ArgumentReader(std::string_view step, Arguments arguments) : step_(step), arguments_(std::move(arguments)) {}

  Result<double> number(std::string_view what, double low, double high, std::optional<double> otherwise = {}) {
    if (next_ >= arguments_.size()) {
      if (otherwise) return *otherwise;
      return wrong(fmt::format("'{}' needs {} from {} to {}", step_, what, low, high));
    }
    const std::string_view text = arguments_[next_++];
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
      return wrong(fmt::format("'{}': '{}' is not a number ({} from {} to {})", step_, text, what, low, high));
    if (!(value >= low && value <= high))
      return wrong(fmt::format("'{}': {} must be from {} to {}, not {}", step_, what, low, high, text));
    return value;
  }
  std::optional<std::string_view> word() {
    if (next_ >= arguments_.size()) return std::nullopt;
    return arguments_[next_++];
  }
  Result<Step> finish(Step step) const {
    if (next_ < arguments_.size()) return wrong(fmt::format("'{}' takes {} argument(s)", step_, next_));
    return step;
  }
  std::string_view step() const { return step_; }

 private:
  std::string_view step_;
  Arguments arguments_;
  std::size_t next_ = 0;
};

Frame plain(cv::Mat rgb) { return {std::move(rgb), {}}; }

// Through a JPEG file and back, as everything that is sent or saved goes.
Frame through_jpeg(const cv::Mat& rgb, int quality, Chroma chroma = Chroma::quarter_420) {
  Bytes encoded = encode_jpeg(rgb, {quality, chroma});
  auto decoded = decode_rgb(encoded);
  return {std::move(*decoded), std::move(encoded)};
}

template <class Change>
Step change(Change make) {
  return [make](const cv::Mat& rgb, Dice&) { return plain(make(rgb)); };
}

Result<Step> make_jpeg(ArgumentReader& in) {
  TRY_ASSIGN(const double quality, in.number("a quality", 1, 100));
  const std::string_view chroma_name = in.word().value_or("420");
  static const std::map<std::string_view, Chroma> kChroma = {
      {"444", Chroma::full_444}, {"422", Chroma::half_422}, {"420", Chroma::quarter_420}, {"grey", Chroma::grey}};
  const auto chroma = kChroma.find(chroma_name);
  if (chroma == kChroma.end())
    return wrong(fmt::format("'{}': subsampling must be 444, 422, 420 or grey, not '{}'", in.step(), chroma_name));
  return in.finish([quality, chroma = chroma->second](const cv::Mat& rgb, Dice&) {
    return through_jpeg(rgb, static_cast<int>(quality), chroma);
  });
}

// Both sides at most 20,000 px: what a JPEG step behind it can hold.
Result<Step> make_long_side(ArgumentReader& in) {
  TRY_ASSIGN(const double side, in.number("a long side in pixels", 16, 20000));
  return in.finish(change([side](const cv::Mat& rgb) { return shrink_long_side(rgb, static_cast<int>(side)); }));
}

Result<Step> make_short_side(ArgumentReader& in) {
  TRY_ASSIGN(const double side, in.number("a short side in pixels", 16, 20000));
  return in.finish(change([side](const cv::Mat& rgb) { return shrink_short_side(rgb, static_cast<int>(side)); }));
}

Result<Step> make_chat(ArgumentReader& in) {
  return in.finish([](const cv::Mat& rgb, Dice&) { return through_jpeg(shrink_short_side(rgb, 1440), 65); });
}

Result<Step> make_thumbnail(ArgumentReader& in) {
  return in.finish([](const cv::Mat& rgb, Dice&) { return through_jpeg(shrink_long_side(rgb, 320), 60); });
}

Result<Step> make_crop(ArgumentReader& in) {
  TRY_ASSIGN(const double share, in.number("a share of the area", 0.001, 1));
  return in.finish([share](const cv::Mat& rgb, Dice& dice) { return plain(crop_area(rgb, share, dice)); });
}

Result<Step> make_rotate(ArgumentReader& in) {
  const std::string_view angle = in.word().value_or("");
  ArgumentReader angle_reader(in.step(), {angle});
  const bool any = angle == "any";
  TRY_ASSIGN(const double degrees, any ? Result<double>(0.0) : angle_reader.number("an angle (or 'any')", -360, 360));
  const std::string_view corners_name = in.word().value_or("black");
  static const std::map<std::string_view, Corners> kCorners = {
      {"black", Corners::black}, {"white", Corners::white}, {"crop", Corners::cropped}};
  const auto corners = kCorners.find(corners_name);
  if (corners == kCorners.end())
    return wrong(fmt::format("'{}': corners must be black, white or crop, not '{}'", in.step(), corners_name));
  return in.finish([any, degrees, corners = corners->second](const cv::Mat& rgb, Dice& dice) {
    return plain(rotate(rgb, any ? dice.uniform(0, 360) : degrees, corners));
  });
}

Result<Step> make_mirror(ArgumentReader& in) { return in.finish(change(mirror)); }
Result<Step> make_grey(ArgumentReader& in) { return in.finish(change(greyscale)); }

template <cv::Mat (*Make)(const cv::Mat&, double)>
Result<Step> make_factor(ArgumentReader& in) {
  TRY_ASSIGN(const double factor, in.number("a factor", 0.05, 20));
  return in.finish(change([factor](const cv::Mat& rgb) { return Make(rgb, factor); }));
}

Result<Step> make_stickers(ArgumentReader& in) {
  TRY_ASSIGN(const double share, in.number("a share of the area", 0, 0.9, 0.2));
  return in.finish([share](const cv::Mat& rgb, Dice& dice) { return plain(stickers(rgb, share, dice)); });
}

Result<Step> make_screenshot(ArgumentReader& in) {
  return in.finish([](const cv::Mat& rgb, Dice& dice) { return plain(phone_screenshot(rgb, dice)); });
}

Result<Step> make_screen(ArgumentReader& in) {
  const std::string_view kind = in.word().value_or("easy");
  if (kind != "easy" && kind != "hard")
    return wrong(fmt::format("'{}': must be easy or hard, not '{}'", in.step(), kind));
  const ScreenPhotoOptions options = kind == "hard" ? hard_screen_photo() : ScreenPhotoOptions{};
  return in.finish(
      [options](const cv::Mat& rgb, Dice& dice) { return through_jpeg(screen_photo(rgb, options, dice), 92); });
}

struct Registered {
  AttackInfo info;
  Result<Step> (*make)(ArgumentReader&);
};

const std::vector<Registered>& registry() {
  static const std::vector<Registered> kRegistry = {
      {{"jpeg", "QUALITY[:444|422|420|grey]", "saved as JPEG"}, make_jpeg},
      {{"chat", "", "chat app: short side at most 1440, JPEG 65, 4:2:0"}, make_chat},
      {{"thumbnail", "", "long side at most 320, JPEG 60"}, make_thumbnail},
      {{"long", "PIXELS", "shrunk by area to that long side"}, make_long_side},
      {{"short", "PIXELS", "shrunk by area to that short side"}, make_short_side},
      {{"crop", "SHARE", "cut to that share of the area at a random place"}, make_crop},
      {{"rotate", "DEGREES|any[:black|white|crop]", "turned counter-clockwise; what the corners become"}, make_rotate},
      {{"mirror", "", "left and right swapped"}, make_mirror},
      {{"stretch", "FACTOR", "made that much wider at the same height"}, make_factor<stretch>},
      {{"brightness", "FACTOR", "values times the factor"}, make_factor<brightness>},
      {{"contrast", "FACTOR", "distance from mid grey times the factor"}, make_factor<contrast>},
      {{"gamma", "EXPONENT", "values raised to the exponent"}, make_factor<gamma>},
      {{"grey", "", "luma only"}, make_grey},
      {{"blur", "SIGMA", "Gaussian blur, sigma given at a long side of 1080 px"}, make_factor<blur_at_1080>},
      {{"stickers", "[SHARE]", "shapes and text over that share of the area (0.2)"}, make_stickers},
      {{"screenshot", "", "phone screenshot with interface bars"}, make_screenshot},
      {{"screen", "[easy|hard]", "simulated photo of a screen, as the camera's JPEG 92"}, make_screen},
  };
  return kRegistry;
}

Result<Step> make_step(std::string_view text) {
  if (text.empty()) return wrong("an attack's name is missing between two commas");
  Arguments parts = split(text, ':');
  const std::string_view name = parts.front();
  parts.erase(parts.begin());
  for (const Registered& entry : registry()) {
    if (entry.info.name != name) continue;
    ArgumentReader reader(text, std::move(parts));
    return entry.make(reader);
  }
  return wrong(fmt::format("there is no attack called '{}'", name));
}

}  // namespace

const std::vector<AttackInfo>& attack_list() {
  static const std::vector<AttackInfo> kList = [] {
    std::vector<AttackInfo> list;
    for (const Registered& entry : registry()) list.push_back(entry.info);
    return list;
  }();
  return kList;
}

Result<Chain> Chain::parse(std::string_view text) {
  if (trimmed(text).empty()) return wrong("the chain of attacks is empty");
  Chain chain;
  chain.text_ = text;
  for (const std::string_view part : split(text, ',')) {
    TRY_ASSIGN(Step step, make_step(part));
    chain.steps_.push_back(std::move(step));
  }
  return chain;
}

Result<Frame> Chain::apply(const cv::Mat& rgb, std::uint64_t seed) const {
  if (rgb.type() != CV_8UC3 || rgb.empty()) return fail(ErrorCode::invalid_argument, "attacks take 8-bit RGB pictures");
  Frame frame{rgb, {}};
  const Dice dice(seed);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    Dice step_dice = dice.fork("step", i);
    frame = steps_[i](frame.rgb, step_dice);
  }
  return frame;
}

}  // namespace probity::bench
