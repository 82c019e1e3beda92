#include "pdf/typeset.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include <array>
#include <atomic>

#include "base/cairo_mutex.h"
#include "pdf/catalogue.h"
#include "pdf/flow.h"
#include "pdf/flow_writer.h"
#include "pdf/tidy_document.h"

namespace probity::pdf {
namespace {

struct DestroyCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroyCairo>;
using Cairo = std::unique_ptr<cairo_t, DestroyCairo>;

cairo_status_t append(void* closure, const unsigned char* data, unsigned size) {
  auto& out = *static_cast<Bytes*>(closure);
  out.insert(out.end(), data, data + size);
  return CAIRO_STATUS_SUCCESS;
}

// What stands on every page around the column. Made before drawing, since its glyphs must be announced too.
struct Frame {
  std::optional<TextBox> header;
  std::optional<TextBox> footer;
  std::vector<TextBox> numbers;  // one a page

  Frame(Shaper& shaper, const Document& document, std::size_t page_count) {
    TextStyle style = small_style(shaper.language());
    style.size = 8;
    style.single_line = true;
    if (!document.header.empty()) header.emplace(shaper, "", document.header, style, kTextWidth);
    if (!document.footer.empty()) footer.emplace(shaper, "", document.footer, style, kTextWidth - 70);
    style.align = Align::right;
    for (std::size_t page = 1; page <= page_count; ++page)
      numbers.emplace_back(shaper, "", fmt::format("{} / {}", page, page_count), style, 60);
  }

  // With the origin at the column's top left.
  void draw(cairo_t* cairo, std::size_t page) const {
    const double footer_top = kFooterTop - kTop;
    stroke_line(cairo, 0, footer_top - 6, kTextWidth, footer_top - 6, 0.4, kHairline);
    if (footer) footer->draw_line(cairo, 0, 0, footer_top);
    numbers[page].draw_line(cairo, 0, kTextWidth - 60, footer_top);
    if (page == 0 || !header) return;
    const double header_top = kHeaderTop - kTop;
    header->draw_line(cairo, 0, 0, header_top);
    stroke_line(cairo, 0, header_top + 17, kTextWidth, header_top + 17, 0.4, kHairline);
  }
};

// Grounds first: one rectangle a run of pieces, so that no seams show.
void paint_boxes(cairo_t* cairo, const Flow& flow, const PageOfPieces& page) {
  for (std::size_t i = 0; i < page.size();) {
    const auto& box = flow.pieces[page[i].piece].box;
    std::size_t end = i + 1;
    while (end < page.size() && flow.pieces[page[end].piece].box == box) ++end;
    if (box) {
      const Placed& last = page[end - 1];
      const double height = last.top + flow.pieces[last.piece].extent.height - page[i].top;
      fill_rectangle(cairo, 0, page[i].top, kTextWidth, height, flow.boxes[*box].ground);
      fill_rectangle(cairo, 0, page[i].top, 2.5, height, flow.boxes[*box].bar);
    }
    i = end;
  }
}

// Bookmarks nest by level; a level that was skipped hangs under the nearest above it.
class Bookmarks {
 public:
  void add(cairo_surface_t* surface, const Piece& piece, std::size_t page, double top) {
    if (piece.bookmark.empty()) return;
    const auto level = static_cast<std::size_t>(piece.bookmark_level);
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (std::size_t above = 1; above < level; ++above)
      if (open_[above] != 0) parent = open_[above];
    const std::string place = fmt::format("page={} pos=[{:.1f} {:.1f}]", page + 1, kLeft, kTop + top - 8);
    open_[level] = cairo_pdf_surface_add_outline(surface, parent, piece.bookmark.c_str(), place.c_str(),
                                                 CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (std::size_t below = level + 1; below < open_.size(); ++below) open_[below] = 0;
  }

 private:
  std::array<int, 4> open_{};
};

void draw_page(cairo_t* cairo, const Flow& flow, const PageOfPieces& page) {
  paint_boxes(cairo, flow, page);
  for (const Placed& placed : page) {
    const Piece& piece = flow.pieces[placed.piece];
    if (placed.repeats) flow.repeated[*piece.repeated](cairo, placed.top - piece.extent.repeated_height);
    if (piece.draw) piece.draw(cairo, placed.top);
  }
}

// 1.5 can say that one glyph stands for different characters (墫 and 壿 share one). From Cairo 1.17.6 on it would also
// bring object streams and a compressed cross-reference table, which the sealer does not read.
cairo_pdf_version_t version() {
  return cairo_version() < CAIRO_VERSION_ENCODE(1, 17, 6) ? CAIRO_PDF_VERSION_1_5 : CAIRO_PDF_VERSION_1_4;
}

void describe(cairo_surface_t* surface, const Document& document, TimeMs created_ms) {
  const std::string created = to_rfc3339(created_ms).substr(0, 19) + "Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, document.author.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Probity");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
}

// The document's fonts in Cairo's hands.
class OpenFonts {
 public:
  explicit OpenFonts(EmbeddedFonts& fonts) : fonts_(fonts) {}
  ~OpenFonts() { fonts_.close(); }
  OpenFonts(const OpenFonts&) = delete;
  OpenFonts& operator=(const OpenFonts&) = delete;
  Result<void> open() { return fonts_.open(); }

 private:
  EmbeddedFonts& fonts_;
};

struct Drawing {
  const Flow& flow;
  const std::vector<PageOfPieces>& pages;
  const Frame& frame;
};

void draw_pages(cairo_surface_t* surface, cairo_t* cairo, const Drawing& drawing) {
  Bookmarks bookmarks;
  for (std::size_t page = 0; page < drawing.pages.size(); ++page) {
    cairo_save(cairo);
    cairo_translate(cairo, kLeft, kTop);
    drawing.frame.draw(cairo, page);
    draw_page(cairo, drawing.flow, drawing.pages[page]);
    cairo_restore(cairo);
    for (const Placed& placed : drawing.pages[page])
      bookmarks.add(surface, drawing.flow.pieces[placed.piece], page, placed.top);
    cairo_show_page(cairo);
  }
}

// One document at a time: this is less than half of what a document takes, shaping and cutting fonts the rest.
Result<Bytes> draw(const Drawing& drawing, EmbeddedFonts& fonts, const Document& document, TimeMs created_ms) {
  const std::lock_guard<std::mutex> alone(cairo_mutex());
  OpenFonts open_fonts(fonts);
  TRY(open_fonts.open());
  Bytes out;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &out, kPageWidth, kPageHeight));
  cairo_pdf_surface_restrict_to_version(surface.get(), version());
  describe(surface.get(), document, created_ms);
  const Cairo cairo(cairo_create(surface.get()));
  draw_pages(surface.get(), cairo.get(), drawing);
  cairo_surface_finish(surface.get());
  for (const cairo_status_t status : {cairo_status(cairo.get()), cairo_surface_status(surface.get())})
    if (status != CAIRO_STATUS_SUCCESS)
      return fail(ErrorCode::internal, fmt::format("the PDF could not be drawn: {}", cairo_status_to_string(status)));
  return out;
}

}  // namespace

Result<void> check_fonts() {
  static std::atomic<bool> found{false};
  if (found) return {};
  struct Needed {
    const char* family;
    const char* package;
  };
  for (const auto& [family, package] :
       {Needed{"Noto Serif", "fonts-noto-core"}, Needed{"Noto Sans", "fonts-noto-core"},
        Needed{"Noto Sans Symbols2", "fonts-noto-core"}, Needed{"Noto Serif CJK SC", "fonts-noto-cjk"},
        Needed{"Noto Sans CJK SC", "fonts-noto-cjk"}})
    if (!has_family(family))
      return fail(ErrorCode::unsupported, fmt::format("the font {} is not installed", family),
                  fmt::format("Install the package {}.", package));
  found = true;
  return {};
}

Result<Bytes> typeset(const Document& document, const TypesetOptions& options) {
  TRY_ASSIGN(const Document tidied, tidy_document(document));
  TRY(check_fonts());
  Shaper shaper(tidied.language);
  TRY_ASSIGN(const Flow flow, lay_out(shaper, tidied));
  std::vector<Extent> extents;
  for (const Piece& piece : flow.pieces) extents.push_back(piece.extent);
  std::vector<PageOfPieces> pages = paginate(extents, kBodyHeight);
  if (pages.empty()) pages.emplace_back();
  if (pages.size() > options.most_pages)
    return fail(ErrorCode::too_large, fmt::format("the document has {} pages", pages.size()),
                fmt::format("At most {} pages.", options.most_pages));
  const Frame frame(shaper, tidied, pages.size());
  TRY(shaper.fonts().cut());
  TRY_ASSIGN(Bytes pdf, draw({flow, pages, frame}, shaper.fonts(), tidied, options.created_ms));
  mark_language(pdf, tidied.language);
  return pdf;
}

}  // namespace probity::pdf
