// A document to be typeset: what it says, block by block, without a word on how it looks.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"

namespace probity::pdf {

// All texts are UTF-8. '\n' breaks a line, a tab is a space; other control characters and those that turn the reading
// direction are written out as "[U+202E]", and so are those that no installed font has: nothing in a document is
// unseen.

// The language the document is set in: line breaking, fonts, and the PDF's own language mark.
enum class Language : std::uint8_t { en, zh_cn };

// `level` 1 to 3. Never left alone at the foot of a page. Becomes a bookmark.
struct Heading {
  int level = 1;
  std::string text{};
};

enum class Emphasis : std::uint8_t { normal, note };  // a note is small and grey

// `lead_in` is set bold before the text, e.g. "3.2 Embargo."; may be empty.
struct Paragraph {
  std::string lead_in{};
  std::string text{};
  Emphasis emphasis = Emphasis::normal;
};

struct ListItem {
  std::string lead_in{};
  std::string text{};
};

// Numbered from `first_number` ("1.", "2.") or with bullets.
struct List {
  bool numbered = false;
  int first_number = 1;
  std::vector<ListItem> items{};
};

// Rows of a label and what it stands for: "Agreed amount" | "CNY 50,000".
struct Definition {
  std::string label{};
  std::string value{};
};
struct Definitions {
  std::vector<Definition> rows{};
};

enum class Align : std::uint8_t { left, centre, right };

// `weight`: its share of the width, relative to the other columns.
struct Column {
  std::string title{};
  double weight = 1.0;
  Align align = Align::left;
};

// Breaks over pages between rows (and inside a row taller than a page); the header row is repeated. Each row has as
// many cells as there are columns.
struct Table {
  std::vector<Column> columns{};
  std::vector<std::vector<std::string>> rows{};
};

struct Checkbox {
  bool ticked = false;
  std::string text{};
};

enum class Tone : std::uint8_t { neutral, important };

// A box that stands out. `title` may be empty.
struct Callout {
  Tone tone = Tone::neutral;
  std::string title{};
  std::string text{};
};

// One party's signature: the name as typed, set like handwriting over a line; below it the rest, empty lines left out.
// An empty `typed_name` leaves the line blank, to be signed.
struct Signature {
  std::string caption{};  // "For the organisation"
  std::string typed_name{};
  std::string role{};  // "Head of Press, Motor Weekly"
  std::string time{};  // as it should read
  std::string note{};  // "One-time code sent to m…@example.org"
};
// Set two beside each other; never split over pages.
struct Signatures {
  std::vector<Signature> parties{};
};

struct Rule {};
struct PageBreak {};

// Black and white squares, row by row, 1 is black: a QR code as its maker gives it. Drawn as vectors; a quiet zone of
// four squares is added.
struct BitMatrix {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> squares{};  // width * height, each 0 or 1
};

// `width_mm` of 0 takes the text's width; a picture is never larger than a page. `caption` may be empty.
struct Picture {
  std::variant<Bytes, BitMatrix> image{};  // Bytes: a PNG
  double width_mm = 0;
  Align align = Align::left;
  std::string caption{};
};

using Block =
    std::variant<Heading, Paragraph, List, Definitions, Table, Checkbox, Callout, Signatures, Rule, PageBreak, Picture>;

struct Document {
  std::string title{};  // set on the first page, and the PDF's title
  std::string subtitle{};
  Language language = Language::en;
  std::string author{};  // metadata only
  std::string header{};  // small, at the head of every page but the first; may be empty
  std::string footer{};  // small, at the foot of every page, left of "3 / 7"; may be empty
  std::vector<Block> blocks{};
};

}  // namespace probity::pdf
