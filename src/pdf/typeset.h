// Setting a document as a PDF on A4 pages (Pango and Cairo, Noto CJK fonts).
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "pdf/document.h"

namespace probity::pdf {

struct TypesetOptions {
  TimeMs created_ms = 0;  // written into the PDF; everything else in it follows from the document and the fonts
  std::uint32_t most_pages = 500;
};

// Whether the fonts are installed. Loads the system's list of fonts, which costs the first caller of a process about
// 0.3 s: call it at start. Errors: unsupported, naming the package that is missing.
Result<void> check_fonts();

// The document as a PDF file with fonts embedded as subsets, selectable text, title, language and bookmarks. Same
// document, options and installed fonts: same bytes. Any number of threads may typeset at once; drawing is one document
// at a time, shaping and cutting fonts is not. Each thread keeps a map of fonts, which takes 20 ms to fill: call it
// from a pool, not from a new thread each time. Errors: invalid_argument (text that is not UTF-8, a table row of
// another width, a heading level out of range, a picture that is no PNG, a matrix of another size), too_large (over
// `most_pages`, 4 MiB of text or 16 megapixels of pictures), unsupported (the fonts are not installed), internal.
Result<Bytes> typeset(const Document& document, const TypesetOptions& options);

}  // namespace probity::pdf
