#include "accounts/qr.h"

#include <fmt/format.h>
#include <qrencode.h>

#include <memory>

namespace probity::accounts {
namespace {

constexpr int kQuietZone = 4;  // modules on each side, ISO/IEC 18004

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<std::string> qr_svg(std::string_view text) {
  const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) return fail(ErrorCode::too_large, "the text does not fit into a QR code");
  const int side = code->width + 2 * kQuietZone;
  std::string svg =
      fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" shape-rendering="crispEdges">)"
                  R"(<rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d=")",
                  side);
  // One rectangle a run of dark modules in a row.
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width;) {
      const auto is_dark = [&](int at) { return (code->data[y * code->width + at] & 1) != 0; };
      int end = x;
      while (end < code->width && is_dark(end)) ++end;
      if (end > x) svg += fmt::format("M{} {}h{}v1h-{}z", x + kQuietZone, y + kQuietZone, end - x, end - x);
      x = end + 1;
    }
  }
  return svg + R"("/></svg>)";
}

}  // namespace probity::accounts
