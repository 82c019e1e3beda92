// Pictures and QR codes, scaled to what the page holds.
#include <cairo.h>

#include <algorithm>
#include <cstring>

#include "pdf/flow_writer.h"

namespace probity::pdf {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr std::uint32_t kQuietZone = 4;

// The picture's own size in pixels or squares, and how to draw it at that size.
struct Image {
  double width = 0;
  double height = 0;
  std::function<void(cairo_t*)> draw;
};

cairo_status_t read_png(void* closure, unsigned char* out, unsigned size) {
  BytesView& rest = *static_cast<BytesView*>(closure);
  if (size > rest.size()) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(out, rest.data(), size);
  rest = rest.subspan(size);
  return CAIRO_STATUS_SUCCESS;
}

Result<Image> decode(const Bytes& png) {
  BytesView rest = png;
  const std::shared_ptr<cairo_surface_t> surface(cairo_image_surface_create_from_png_stream(read_png, &rest),
                                                 cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    return fail(ErrorCode::invalid_argument, "a picture of the document is damaged", "Give another PNG.");
  return Image{static_cast<double>(cairo_image_surface_get_width(surface.get())),
               static_cast<double>(cairo_image_surface_get_height(surface.get())), [surface](cairo_t* cairo) {
                 cairo_set_source_surface(cairo, surface.get(), 0, 0);
                 cairo_paint(cairo);
               }};
}

// Black runs as one path, so that no viewer shows seams between squares.
Image from_squares(const BitMatrix& matrix) {
  return {static_cast<double>(matrix.width + 2 * kQuietZone), static_cast<double>(matrix.height + 2 * kQuietZone),
          [matrix](cairo_t* cairo) {
            cairo_set_source_rgb(cairo, 0, 0, 0);
            for (std::uint32_t y = 0; y < matrix.height; ++y) {
              const std::uint8_t* const row = matrix.squares.data() + std::size_t{y} * matrix.width;
              for (std::uint32_t x = 0; x < matrix.width;) {
                std::uint32_t end = x;
                while (end < matrix.width && row[end] != 0) ++end;
                if (end > x) cairo_rectangle(cairo, x + kQuietZone, y + kQuietZone, end - x, 1);
                x = std::max(end, x + 1);
              }
            }
            cairo_fill(cairo);
          }};
}

}  // namespace

Result<void> lay_out_picture(FlowWriter& writer, const Picture& picture) {
  Image image;
  if (const auto* png = std::get_if<Bytes>(&picture.image)) {
    TRY_ASSIGN(image, decode(*png));
  } else {
    image = from_squares(std::get<BitMatrix>(picture.image));
  }
  TextStyle style = small_style(writer.language());
  style.align = picture.align;
  std::optional<TextBox> caption;
  if (!picture.caption.empty()) caption.emplace(writer.shaper(), "", picture.caption, style, kTextWidth);
  const double room = kBodyHeight - (caption ? caption->height() + 4 : 0);
  const double wanted = picture.width_mm > 0 ? picture.width_mm * kPointsPerMm : kTextWidth;
  const double scale = std::min({wanted / image.width, kTextWidth / image.width, std::max(room, 100.0) / image.height});
  const double slack = kTextWidth - image.width * scale;
  const double x = picture.align == Align::left ? 0 : picture.align == Align::centre ? slack / 2 : slack;
  writer.piece(image.height * scale, {9, caption ? 3.0 : 9.0}, caption.has_value(),
               [image, scale, x](cairo_t* cairo, double top) {
                 cairo_save(cairo);
                 cairo_translate(cairo, x, top);
                 cairo_scale(cairo, scale, scale);
                 image.draw(cairo);
                 cairo_restore(cairo);
               });
  if (caption) writer.text(*caption, {.space = {0, 9}});
  return {};
}

}  // namespace probity::pdf
