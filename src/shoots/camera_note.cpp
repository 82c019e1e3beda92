#include "shoots/camera_note.h"

#include <unicode/gregocal.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "parties/text.h"

namespace probity::shoots {
namespace {

constexpr std::size_t kLookedAt = 8 << 20;  // where an Exif block begins, if there is one
constexpr std::uint16_t kMake = 0x010F, kModel = 0x0110, kExifBlock = 0x8769, kTaken = 0x9003, kOffset = 0x9011;
constexpr std::uint16_t kAsciiType = 2, kLongType = 4;
constexpr std::size_t kMostEntries = 200, kMostText = 64;
constexpr std::size_t kMostCamera = 100;

// The TIFF structure of an Exif block: directories of 12-byte entries in either byte order.
class Tiff {
 public:
  Tiff(BytesView bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::uint32_t byte = bytes_[at + (big_endian_ ? i : size - 1 - i)];
      value = (value << 8) | byte;
    }
    return value;
  }

  // Where the entry of a tag stands in the directory at `at`; nothing when it is not there.
  std::optional<std::size_t> entry(std::size_t at, std::uint16_t tag) const {
    const auto count = number(at, 2);
    if (!count || *count > kMostEntries) return std::nullopt;
    for (std::size_t i = 0; i < *count; ++i) {
      const std::size_t place = at + 2 + 12 * i;
      const auto found = number(place, 2);
      if (!found) return std::nullopt;
      if (*found == tag) return place;
    }
    return std::nullopt;
  }

  std::string text(std::size_t directory, std::uint16_t tag) const {
    const auto place = entry(directory, tag);
    if (!place || number(*place + 2, 2) != kAsciiType) return {};
    const auto count = number(*place + 4, 4);
    if (!count || *count > kMostText) return {};
    const auto at =
        *count <= 4 ? std::optional<std::uint32_t>(static_cast<std::uint32_t>(*place + 8)) : number(*place + 8, 4);
    if (!at || *at > bytes_.size() || *count > bytes_.size() - *at) return {};
    const std::string_view raw = as_text(bytes_.subspan(*at, *count));
    return std::string(raw.substr(0, raw.find('\0')));
  }

  std::optional<std::size_t> directory(std::size_t parent, std::uint16_t tag) const {
    const auto place = entry(parent, tag);
    if (!place || number(*place + 2, 2) != kLongType) return std::nullopt;
    return number(*place + 8, 4);
  }

 private:
  BytesView bytes_;
  bool big_endian_;
};

std::optional<Tiff> find_exif(BytesView file) {
  const std::string_view text = as_text(file.first(std::min(file.size(), kLookedAt)));
  for (std::size_t at = text.find(std::string_view("Exif\0\0", 6)); at != std::string_view::npos;
       at = text.find(std::string_view("Exif\0\0", 6), at + 1)) {
    const BytesView block = file.subspan(at + 6);
    const std::string_view start = as_text(block.first(std::min<std::size_t>(block.size(), 4)));
    if (start == std::string_view("MM\0*", 4)) return Tiff(block, true);
    if (start == std::string_view("II*\0", 4)) return Tiff(block, false);
  }
  return std::nullopt;
}

// Digits only: from_chars would take a sign.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

// "+02:00" in minutes.
std::optional<int> offset_minutes(std::string_view text) {
  if (text.size() < 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits(text, 1, 2), minutes = digits(text, 4, 2);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (60 * *hours + *minutes);
}

// "2026:11:20 09:15:07", the clock of some zone.
std::optional<TimeMs> clock_time(std::string_view text, const icu::TimeZone& zone) {
  constexpr std::array<std::pair<std::size_t, std::size_t>, 6> kFields{
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  std::array<int, 6> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = digits(text, kFields[i].first, kFields[i].second);
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  const auto [year, month, day, hour, minute, second] = values;
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 ||
      second > 59)
    return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(zone, status);
  calendar.clear();
  calendar.set(year, month - 1, day, hour, minute, second);
  const UDate time = calendar.getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  return static_cast<TimeMs>(time);
}

std::optional<TimeMs> taken_at(const Tiff& tiff, std::size_t exif, const std::string& time_zone) {
  const std::string clock = tiff.text(exif, kTaken);
  if (const auto offset = offset_minutes(tiff.text(exif, kOffset))) {
    const auto utc = clock_time(clock, *icu::TimeZone::getGMT());
    return utc ? std::optional(*utc - TimeMs{*offset} * 60'000) : std::nullopt;
  }
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  return zone ? clock_time(clock, *zone) : std::nullopt;
}

// Make and model in one line; models often begin with the make.
std::string camera_name(const Tiff& tiff, std::size_t main) {
  const auto tidy = [](const std::string& text) {
    return parties::tidy_line("camera", text, kMostText).value_or(std::string());
  };
  const std::string make = tidy(tiff.text(main, kMake)), model = tidy(tiff.text(main, kModel));
  std::string name = model.starts_with(make) ? model : make + (make.empty() || model.empty() ? "" : " ") + model;
  return parties::tidy_line("camera", name, kMostCamera).value_or(std::string());
}

}  // namespace

CameraNote read_camera_note(BytesView file, const std::string& time_zone) {
  const auto tiff = find_exif(file);
  if (!tiff) return {};
  const auto main = tiff->number(4, 4);
  if (!main) return {};
  CameraNote note;
  note.camera = camera_name(*tiff, *main);
  if (const auto exif = tiff->directory(*main, kExifBlock)) note.taken_ms = taken_at(*tiff, *exif, time_zone);
  return note;
}

}  // namespace probity::shoots
