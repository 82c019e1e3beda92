#include "seal/pdf_value.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::seal {
namespace {

constexpr int kDeepest = 32;
constexpr std::size_t kMostValues = 200'000;
constexpr std::size_t kMostKeys = 4'096;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_delimiter(char c) { return std::string_view("()<>[]{}/%").find(c) != std::string_view::npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

const PdfValue* PdfValue::find(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
  return found == entries.end() ? nullptr : &found->second;
}

char PdfReader::peek(std::size_t ahead) const {
  const std::size_t at = position_ + ahead;
  return at < file_.size() ? static_cast<char>(file_[at]) : '\0';
}

bool PdfReader::at(std::string_view text) const {
  return position_ <= file_.size() && as_text(file_.subspan(position_)).starts_with(text);
}

tl::unexpected<Error> PdfReader::malformed(const char* what) const {
  return fail(ErrorCode::corrupt, fmt::format("the PDF is malformed at byte {}: {}", position_, what));
}

void PdfReader::skip_space() {
  while (position_ < file_.size()) {
    if (peek() == '%') {
      while (position_ < file_.size() && peek() != '\n' && peek() != '\r') ++position_;
    } else if (is_space(peek())) {
      ++position_;
    } else {
      return;
    }
  }
}

Result<void> PdfReader::word(std::string_view expected) {
  skip_space();
  if (!at(expected)) return malformed("another word was expected");
  position_ += expected.size();
  if (position_ < file_.size() && !is_space(peek()) && !is_delimiter(peek())) return malformed("a word runs on");
  return {};
}

Result<std::uint64_t> PdfReader::whole_number() {
  skip_space();
  std::uint64_t number = 0;
  std::size_t digits = 0;
  for (; position_ < file_.size() && is_digit(peek()); ++position_, ++digits) {
    if (digits == 15) return malformed("a number is too long");
    number = number * 10 + static_cast<std::uint64_t>(peek() - '0');
  }
  if (digits == 0) return malformed("a number was expected");
  return number;
}

Result<PdfValue> PdfReader::value() { return value(0); }

Result<PdfValue> PdfReader::value(int depth) {
  skip_space();
  if (depth > kDeepest) return malformed("nested too deep");
  if (++values_ > kMostValues) return malformed("too many values");
  const std::size_t begin = position_;
  const auto read = [&]() -> Result<PdfValue> {
    const char first = peek();
    if (first == '/') return name();
    if (first == '(') return literal_text();
    if (at("<<")) return dictionary(depth);
    if (first == '<') return hex_text();
    if (first == '[') return array(depth);
    if (is_digit(first) || first == '-' || first == '+' || first == '.') return number_or_reference();
    PdfValue constant{.kind = first == 'n' ? PdfKind::null : PdfKind::boolean, .boolean = first == 't'};
    TRY(word(first == 'n' ? "null" : first == 't' ? "true" : "false"));
    return constant;
  };
  TRY_ASSIGN(PdfValue value, read());
  value.begin = begin;
  value.end = position_;
  return value;
}

Result<PdfValue> PdfReader::number_or_reference() {
  std::size_t length = 0;
  bool whole = true;
  for (; !is_space(peek(length)) && !is_delimiter(peek(length)); ++length) {
    if (is_digit(peek(length))) continue;
    whole = false;
    if (std::string_view("+-.").find(peek(length)) == std::string_view::npos) return malformed("not a number");
  }
  if (!whole) {
    position_ += length;
    return PdfValue{.kind = PdfKind::real};
  }
  TRY_ASSIGN(const std::uint64_t number, whole_number());
  PdfValue value{.kind = PdfKind::number, .number = number};
  // "12 0 R" is a reference.
  const std::size_t after = position_;
  skip_space();
  if (peek() == '0' && is_space(peek(1))) {
    ++position_;
    skip_space();
    if (peek() == 'R' && (is_space(peek(1)) || is_delimiter(peek(1)))) {
      ++position_;
      value.kind = PdfKind::reference;
      return value;
    }
  }
  position_ = after;
  return value;
}

Result<PdfValue> PdfReader::name() {
  PdfValue value{.kind = PdfKind::name};
  for (++position_; position_ < file_.size() && !is_space(peek()) && !is_delimiter(peek()); ++position_) {
    // #41 is another way to write A: two spellings of one key are a way to hide one of them.
    if (peek() == '#') return malformed("an escaped name");
    value.bytes.push_back(peek());
  }
  return value;
}

Result<PdfValue> PdfReader::literal_text() {
  PdfValue value{.kind = PdfKind::text};
  int open = 1;
  for (++position_; position_ < file_.size(); ++position_) {
    const char c = peek();
    if (c == '\\') {
      // Taken as it stands: no text that matters here is written with escapes.
      value.bytes.push_back(c);
      ++position_;
      value.bytes.push_back(peek());
      continue;
    }
    if (c == '(') ++open;
    if (c == ')' && --open == 0) {
      ++position_;
      return value;
    }
    value.bytes.push_back(c);
  }
  return malformed("a text without end");
}

Result<PdfValue> PdfReader::hex_text() {
  PdfValue value{.kind = PdfKind::text, .is_hex = true};
  for (++position_; hex_value(peek()) >= 0; position_ += 2) {
    if (hex_value(peek(1)) < 0) return malformed("half a byte");
    value.bytes.push_back(static_cast<char>(hex_value(peek()) * 16 + hex_value(peek(1))));
  }
  if (peek() != '>') return malformed("a text without end");
  ++position_;
  return value;
}

Result<PdfValue> PdfReader::array(int depth) {
  PdfValue list{.kind = PdfKind::array};
  ++position_;
  while (true) {
    skip_space();
    if (peek() == ']') break;
    TRY_ASSIGN(PdfValue item, value(depth + 1));
    list.items.push_back(std::move(item));
  }
  ++position_;
  return list;
}

Result<PdfValue> PdfReader::dictionary(int depth) {
  PdfValue dictionary{.kind = PdfKind::dictionary};
  position_ += 2;
  while (true) {
    skip_space();
    if (at(">>")) break;
    if (peek() != '/') return malformed("a key was expected");
    if (dictionary.entries.size() == kMostKeys) return malformed("too many keys");
    TRY_ASSIGN(PdfValue key, name());
    if (dictionary.find(key.bytes) != nullptr) return malformed("a key stands twice");
    TRY_ASSIGN(PdfValue entry, value(depth + 1));
    dictionary.entries.emplace_back(std::move(key.bytes), std::move(entry));
  }
  position_ += 2;
  return dictionary;
}

}  // namespace probity::seal
