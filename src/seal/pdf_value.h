// The objects of a PDF file (ISO 32000-1, 7.3), read strictly: what two readers might understand differently is
// refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace probity::seal {

enum class PdfKind : std::uint8_t { null, boolean, number, real, name, text, array, dictionary, reference };

struct PdfValue {
  PdfKind kind = PdfKind::null;
  bool boolean = false;
  std::uint64_t number = 0;  // a whole number, not negative; or a reference's object number (generations are always 0)
  std::string bytes{};       // of a name (without '/') or a text, unescaped
  bool is_hex = false;       // a text written as <…>
  std::vector<PdfValue> items{};
  std::vector<std::pair<std::string, PdfValue>> entries{};
  std::size_t begin = 0;  // where its text stands in the file
  std::size_t end = 0;

  // The entry of a dictionary, or null when it has none (or this is no dictionary).
  const PdfValue* find(std::string_view key) const;
  bool is_name(std::string_view name) const { return kind == PdfKind::name && bytes == name; }
};

// Reads values at a position of a file. Positions are offsets from the file's start.
class PdfReader {
 public:
  explicit PdfReader(BytesView file, std::size_t position = 0) : file_(file), position_(position) {}

  // Errors: corrupt (not a value, a key twice in one dictionary, nested too deep, too many values).
  Result<PdfValue> value();
  // Skips white space and comments, then takes this word. Errors: corrupt.
  Result<void> word(std::string_view expected);
  // A whole number, not negative. Errors: corrupt.
  Result<std::uint64_t> whole_number();
  std::size_t position() const { return position_; }

 private:
  Result<PdfValue> value(int depth);
  Result<PdfValue> number_or_reference();
  Result<PdfValue> name();
  Result<PdfValue> literal_text();
  Result<PdfValue> hex_text();
  Result<PdfValue> array(int depth);
  Result<PdfValue> dictionary(int depth);
  void skip_space();
  bool at(std::string_view text) const;
  char peek(std::size_t ahead = 0) const;
  tl::unexpected<Error> malformed(const char* what) const;

  BytesView file_;
  std::size_t position_;
  std::size_t values_ = 0;
};

}  // namespace probity::seal
