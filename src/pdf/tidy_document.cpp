#include "pdf/tidy_document.h"

#include <fmt/format.h>
#include <glib.h>

#include <algorithm>
#include <array>

namespace probity::pdf {
namespace {

// Characters that are not seen, or that make text read in another order than it is stored: explicit directions and
// marks, separators that break lines, the byte order mark. Joiners stay, scripts need them.
bool must_be_written_out(gunichar character) {
  if (character == '\n') return false;
  if (character < 0x20 || (character >= 0x7F && character < 0xA0)) return true;
  if (character == 0x00AD || character == 0x061C || character == 0x200B) return true;
  if (character == 0x200E || character == 0x200F || (character >= 0x2028 && character <= 0x202E)) return true;
  if (character >= 0x2060 && character <= 0x206F) return true;
  if (character >= 0xE0000 && character <= 0xE0FFF) return true;  // tags
  return character == 0xFEFF || (character >= 0xFFF0 && character <= 0xFFFB);
}

// Width and height out of a PNG's header, so that a picture is measured before anything is decoded.
Result<void> check_png(BytesView png) {
  static constexpr std::array<std::uint8_t, 16> kStart{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n',
                                                       0,    0,   0,   13,  'I',  'H',  'D',  'R'};
  if (png.size() < 33 || !std::equal(kStart.begin(), kStart.end(), png.begin()))
    return fail(ErrorCode::invalid_argument, "a picture of the document is not a PNG");
  const auto number = [&](std::size_t at) {
    return (std::uint64_t{png[at]} << 24) | (std::uint64_t{png[at + 1]} << 16) | (std::uint64_t{png[at + 2]} << 8) |
           png[at + 3];
  };
  if (number(16) == 0 || number(20) == 0)
    return fail(ErrorCode::invalid_argument, "a picture of the document is empty");
  if (number(16) * number(20) > kMostPicturePixels)
    return fail(ErrorCode::too_large, "a picture of the document is too large",
                fmt::format("At most {} megapixels.", kMostPicturePixels / 1'000'000));
  return {};
}

// Tidies every text of a document in place, and counts.
class Tidier {
 public:
  Result<void> document(Document& document) {
    TRY(texts({&document.title, &document.subtitle, &document.author, &document.header, &document.footer}));
    for (Block& block : document.blocks) TRY(std::visit([&](auto& kind) { return tidy(kind); }, block));
    return {};
  }

 private:
  Result<void> text(std::string& text) {
    bytes_ += text.size();
    if (bytes_ > kMostTextBytes)
      return fail(ErrorCode::too_large, "the document is too long to be set", "At most 4 MiB of text.");
    TRY_ASSIGN(text, tidy_text(text));
    return {};
  }
  Result<void> texts(std::initializer_list<std::string*> all) {
    for (std::string* one : all) TRY(text(*one));
    return {};
  }

  Result<void> tidy(Heading& heading) {
    if (heading.level < 1 || heading.level > 3)
      return fail(ErrorCode::invalid_argument, fmt::format("a heading of level {}", heading.level),
                  "Levels are 1 to 3.");
    return text(heading.text);
  }
  Result<void> tidy(Paragraph& paragraph) { return texts({&paragraph.lead_in, &paragraph.text}); }
  Result<void> tidy(List& list) {
    for (ListItem& item : list.items) TRY(texts({&item.lead_in, &item.text}));
    return {};
  }
  Result<void> tidy(Definitions& definitions) {
    for (Definition& row : definitions.rows) TRY(texts({&row.label, &row.value}));
    return {};
  }
  Result<void> tidy(Table& table) {
    double weights = 0;
    for (Column& column : table.columns) {
      if (!(column.weight > 0 && column.weight < 1e6))
        return fail(ErrorCode::invalid_argument, "a table's column has no width");
      weights += column.weight;
      TRY(text(column.title));
    }
    for (const Column& column : table.columns)
      if (column.weight < 0.02 * weights)
        return fail(ErrorCode::invalid_argument, "a table's column is too narrow", "At least 2 % of the width.");
    for (auto& row : table.rows) {
      if (row.size() != table.columns.size())
        return fail(ErrorCode::invalid_argument,
                    fmt::format("a table row has {} cells for {} columns", row.size(), table.columns.size()));
      for (std::string& cell : row) TRY(text(cell));
    }
    return {};
  }
  Result<void> tidy(Checkbox& checkbox) { return text(checkbox.text); }
  Result<void> tidy(Callout& callout) { return texts({&callout.title, &callout.text}); }
  Result<void> tidy(Signatures& signatures) {
    for (Signature& party : signatures.parties)
      TRY(texts({&party.caption, &party.typed_name, &party.role, &party.time, &party.note}));
    return {};
  }
  Result<void> tidy(Rule&) { return {}; }
  Result<void> tidy(PageBreak&) { return {}; }
  Result<void> tidy(Picture& picture) {
    if (!(picture.width_mm >= 0 && picture.width_mm < 1e4))
      return fail(ErrorCode::invalid_argument, "a picture has no width");
    TRY(text(picture.caption));
    if (const auto* png = std::get_if<Bytes>(&picture.image)) return check_png(*png);
    const auto& matrix = std::get<BitMatrix>(picture.image);
    const std::uint64_t squares = std::uint64_t{matrix.width} * matrix.height;
    if (squares == 0 || matrix.width > 1'000 || matrix.height > 1'000 || matrix.squares.size() != squares)
      return fail(ErrorCode::invalid_argument, "a matrix of squares does not have its stated size");
    return {};
  }

  std::size_t bytes_ = 0;
};

}  // namespace

Result<std::string> tidy_text(std::string_view text) {
  if (g_utf8_validate_len(text.data(), text.size(), nullptr) == FALSE)
    return fail(ErrorCode::invalid_argument, "a text of the document is not UTF-8");
  std::string tidied;
  tidied.reserve(text.size());
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const char* const next = g_utf8_next_char(at);
    const gunichar character = g_utf8_get_char(at);
    if (character == '\r') {
      if (next == end || *next != '\n') tidied += '\n';
    } else if (character == '\t') {
      tidied += ' ';
    } else if (must_be_written_out(character)) {
      tidied += fmt::format("[U+{:04X}]", character);
    } else {
      tidied.append(at, next);
    }
    at = next;
  }
  return tidied;
}

Result<Document> tidy_document(const Document& document) {
  Document tidied = document;
  TRY(Tidier().document(tidied));
  return tidied;
}

}  // namespace probity::pdf
