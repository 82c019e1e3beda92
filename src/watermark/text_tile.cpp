#include "watermark/text_tile.h"

#include <glib.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/cairo_mutex.h"

namespace probity::watermark {
namespace {

constexpr double kSlantRadians = -0.35;  // 20 degrees, rising to the right
constexpr int kLeastTextPx = 14;

struct SurfaceEnd {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextEnd {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct LayoutEnd {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
struct FontEnd {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceEnd>;
using Context = std::unique_ptr<cairo_t, ContextEnd>;
using Layout = std::unique_ptr<PangoLayout, LayoutEnd>;

struct Canvas {
  Surface surface;
  Context context;
  explicit Canvas(int width, int height)
      : surface(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height)), context(cairo_create(surface.get())) {}
  bool usable() const { return cairo_status(context.get()) == CAIRO_STATUS_SUCCESS; }
};

Layout layout_of(cairo_t* context, const std::string& text, int text_px) {
  Layout layout(pango_cairo_create_layout(context));
  const std::unique_ptr<PangoFontDescription, FontEnd> font(
      pango_font_description_from_string("Noto Sans, Noto Sans CJK SC, sans-serif Semi-Bold"));
  pango_font_description_set_absolute_size(font.get(), text_px * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  return layout;
}

// The text slanted about the middle of a tile, moved by a shift.
std::vector<std::uint8_t> draw(const std::string& text, int text_px, int width, int height, double shift_px) {
  const Canvas canvas(width, height);
  if (!canvas.usable()) return {};
  const Layout layout = layout_of(canvas.context.get(), text, text_px);
  int text_width = 0, text_height = 0;
  pango_layout_get_pixel_size(layout.get(), &text_width, &text_height);
  cairo_translate(canvas.context.get(), width / 2.0 + shift_px, height / 2.0 + shift_px);
  cairo_rotate(canvas.context.get(), kSlantRadians);
  cairo_move_to(canvas.context.get(), -text_width / 2.0, -text_height / 2.0);
  pango_cairo_show_layout(canvas.context.get(), layout.get());
  cairo_surface_flush(canvas.surface.get());
  const unsigned char* pixels = cairo_image_surface_get_data(canvas.surface.get());
  const int stride = cairo_image_surface_get_stride(canvas.surface.get());
  std::vector<std::uint8_t> alpha;
  alpha.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) alpha.insert(alpha.end(), pixels + y * stride, pixels + y * stride + width);
  return alpha;
}

}  // namespace

Result<Tile> text_tile(const std::string& text, int long_side_px) {
  if (text.empty() || g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr) == FALSE)
    return fail(ErrorCode::invalid_argument, "a watermark's text is empty or not UTF-8");
  const std::lock_guard<std::mutex> alone(cairo_mutex());
  const int text_px = std::max(kLeastTextPx, long_side_px / 60);
  int text_width = 0, text_height = 0;
  {
    const Canvas measure(1, 1);
    pango_layout_get_pixel_size(layout_of(measure.context.get(), text, text_px).get(), &text_width, &text_height);
  }
  const double slanted_width = text_width * std::cos(kSlantRadians) + text_height * -std::sin(kSlantRadians);
  const double slanted_height = text_width * -std::sin(kSlantRadians) + text_height * std::cos(kSlantRadians);
  Tile tile;
  tile.width_px = static_cast<int>(slanted_width) + 3 * text_px;
  tile.height_px = static_cast<int>(slanted_height) + text_px;
  tile.light = draw(text, text_px, tile.width_px, tile.height_px, 0);
  tile.dark = draw(text, text_px, tile.width_px, tile.height_px, std::max(1.0, text_px / 16.0));
  if (tile.light.empty() || tile.dark.empty())
    return fail(ErrorCode::internal, "the watermark's text could not be set");
  // The shadow shows beside the strokes only.
  for (std::size_t i = 0; i < tile.dark.size(); ++i)
    tile.dark[i] = static_cast<std::uint8_t>(tile.dark[i] * (255 - tile.light[i]) / 255);
  return tile;
}

}  // namespace probity::watermark
