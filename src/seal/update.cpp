#include "seal/update.h"

#include <fmt/format.h>

#include <chrono>

#include "base/check.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "seal/pdf_revisions.h"
#include "seal/utf16.h"

namespace probity::seal {
namespace {

constexpr std::string_view kContents = "/Contents <";
constexpr int kDeepestPageTree = 32;

// The PDF as it is before sealing: one revision, no forms.
struct Base {
  PdfRevision revision{};
  std::uint64_t root = 0;
  PdfValue catalogue{};
  std::uint64_t page = 0;  // the first page's object
  PdfValue page_value{};
};

// The first page's object number: down the first branch of the page tree.
Result<std::uint64_t> first_page(const PdfRevisions& pdf, const PdfValue& catalogue) {
  TRY_ASSIGN(PdfValue node, pdf.dictionary_at(catalogue, "Pages"));
  for (int depth = 0; depth < kDeepestPageTree; ++depth) {
    const PdfValue* const kids = node.find("Kids");
    if (kids == nullptr || kids->kind != PdfKind::array || kids->items.empty() ||
        kids->items.front().kind != PdfKind::reference)
      break;
    const std::uint64_t child = kids->items.front().number;
    TRY_ASSIGN(node, pdf.object(child));
    const PdfValue* const type = node.find("Type");
    if (type != nullptr && type->is_name("Page")) return child;
  }
  return fail(ErrorCode::corrupt, "the PDF has no first page");
}

Result<Base> read_base(BytesView file) {
  TRY_ASSIGN(const PdfRevisions pdf, PdfRevisions::read(file));
  Base base{.revision = pdf.latest()};
  TRY_ASSIGN(base.catalogue, pdf.catalogue());
  if (base.catalogue.find("Perms") != nullptr) return fail(ErrorCode::conflict, "the PDF is sealed already");
  if (base.catalogue.find("AcroForm") != nullptr)
    return fail(ErrorCode::unsupported, "the PDF has a form or a signature", "Seal a document without fields.");
  if (pdf.revisions().size() > 1)
    return fail(ErrorCode::unsupported, "the PDF was changed after it was made", "Make it anew, and seal that.");
  const PdfValue* const root = base.revision.trailer.find("Root");
  if (root->kind != PdfKind::reference) return fail(ErrorCode::corrupt, "the PDF's catalogue is not an object");
  base.root = root->number;
  TRY_ASSIGN(base.page, first_page(pdf, base.catalogue));
  TRY_ASSIGN(base.page_value, pdf.object(base.page));
  return base;
}

// A text in the one form that shows every script, and in which no character needs an escape.
Result<std::string> text_string(std::string_view utf8) {
  TRY_ASSIGN(const std::u16string units, to_utf16(utf8));
  std::string hex = "<feff";
  for (const char16_t unit : units) hex += fmt::format("{:04x}", static_cast<unsigned>(unit));
  return hex + ">";
}

// Writes objects one after another and remembers where they stand.
class UpdateWriter {
 public:
  UpdateWriter(BytesView base, std::uint64_t first_free) : out_(base.begin(), base.end()), next_(first_free) {
    if (out_.back() != '\n') out_.push_back('\n');
  }

  std::uint64_t reserve() { return next_++; }
  std::size_t size() const { return out_.size(); }
  Bytes take() { return std::move(out_); }

  void object(std::uint64_t number, std::string_view value) {
    offsets_[number] = out_.size();
    put(fmt::format("{} 0 obj\n{}\nendobj\n", number, value));
  }

  void table(const Base& base, BytesView file) {
    const std::size_t at = out_.size();
    put("xref\n");
    for (const auto& [number, offset] : offsets_) put(fmt::format("{} 1\n{:010} 00000 n \n", number, offset));
    const std::string id = to_hex(BytesView(sha256(file)).first(16));
    std::string trailer = fmt::format("trailer\n<< /Size {}\n   /Root {} 0 R\n", next_, base.root);
    const PdfValue* const info = base.revision.trailer.find("Info");
    if (info != nullptr && info->kind == PdfKind::reference) trailer += fmt::format("   /Info {} 0 R\n", info->number);
    trailer += fmt::format("   /Prev {}\n   /ID [<{}> <{}>]\n>>\n", base.revision.table_offset, id, id);
    put(trailer + fmt::format("startxref\n{}\n%%EOF\n", at));
  }

 private:
  void put(std::string_view text) { out_.insert(out_.end(), text.begin(), text.end()); }
  Bytes out_;
  std::uint64_t next_;
  std::map<std::uint64_t, std::size_t> offsets_;
};

// A dictionary as it stands in the file, with entries added at its end.
std::string extended(BytesView file, const PdfValue& dictionary, std::string_view entries) {
  const std::string_view text = as_text(file.subspan(dictionary.begin, dictionary.end - 2 - dictionary.begin));
  return std::string(text) + std::string(entries) + ">>";
}

// The page with the seal's field among its annotations.
Result<std::string> page_with_field(BytesView file, const PdfValue& page, std::uint64_t field) {
  const PdfValue* const annotations = page.find("Annots");
  if (annotations == nullptr) return extended(file, page, fmt::format("   /Annots [{} 0 R]\n", field));
  if (annotations->kind != PdfKind::array)
    return fail(ErrorCode::unsupported, "the PDF's first page keeps its annotations elsewhere");
  const std::size_t close = annotations->end - 1;
  const std::string_view head = as_text(file.subspan(page.begin, close - page.begin));
  return std::string(head) + fmt::format(" {} 0 R", field) +
         std::string(as_text(file.subspan(close, page.end - close)));
}

std::string catalogue_with_seal(BytesView file, const PdfValue& catalogue, std::uint64_t field,
                                std::uint64_t signature) {
  std::string entries = fmt::format(
      "   /AcroForm << /Fields [{} 0 R] /SigFlags 3 >>\n"
      "   /Perms << /DocMDP {} 0 R >>\n",
      field, signature);
  // The form of the seal is newer than the rest of the file.
  if (catalogue.find("Version") == nullptr) entries += "   /Version /1.7\n";
  if (catalogue.find("Extensions") == nullptr)
    entries += "   /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 1 >> >>\n";
  return extended(file, catalogue, entries);
}

Result<std::string> signature_value(const SealInfo& info) {
  TRY_ASSIGN(const std::string name, text_string(info.name));
  TRY_ASSIGN(const std::string reason, text_string(info.reason));
  TRY_ASSIGN(const std::string location, text_string(info.location));
  return fmt::format(
      "<< /Type /Sig\n   /Filter /Adobe.PPKLite\n   /SubFilter /ETSI.CAdES.detached\n"
      "   /ByteRange [0 {0:<10} {0:<10} {0:<10}]\n   {1}{2}>\n"
      "   /M ({3})\n   /Name {4}\n   /Reason {5}\n   /Location {6}\n"
      "   /Reference [<< /Type /SigRef /TransformMethod /DocMDP\n"
      "      /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>]\n>>",
      0, kContents, std::string(2 * kSignatureBytes, '0'), to_pdf_time(info.time_ms), name, reason, location);
}

// The range's three numbers, now known, in the width that was kept for them.
void write_range(OpenSeal& seal, std::size_t signature_begin) {
  constexpr std::string_view kRange = "/ByteRange [0 ";
  const std::size_t at = as_text(seal.pdf).find(kRange, signature_begin) + kRange.size();
  const std::string numbers =
      fmt::format("{:<10} {:<10} {:<10}", seal.gap_begin, seal.gap_end, seal.pdf.size() - seal.gap_end);
  std::copy(numbers.begin(), numbers.end(), seal.pdf.begin() + static_cast<std::ptrdiff_t>(at));
}

std::uint64_t first_free_object(const Base& base) {
  const PdfValue* const size = base.revision.trailer.find("Size");
  const std::uint64_t stated = size != nullptr && size->kind == PdfKind::number ? size->number : 0;
  return std::max(stated, base.revision.offsets.rbegin()->first + 1);
}

}  // namespace

Result<OpenSeal> append_update(BytesView pdf, const SealInfo& info) {
  if (pdf.size() > 1'000'000'000) return fail(ErrorCode::too_large, "the PDF is too large to be sealed");
  TRY_ASSIGN(const Base base, read_base(pdf));
  TRY_ASSIGN(const std::string signature, signature_value(info));
  UpdateWriter writer(pdf, first_free_object(base));
  const std::uint64_t signature_object = writer.reserve();
  const std::uint64_t field = writer.reserve();
  TRY_ASSIGN(const std::string page, page_with_field(pdf, base.page_value, field));
  const std::size_t signature_begin = writer.size();
  writer.object(signature_object, signature);
  writer.object(field, fmt::format("<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /V {} 0 R\n"
                                   "   /F 132 /Rect [0 0 0 0] /P {} 0 R >>",
                                   signature_object, base.page));
  writer.object(base.page, page);
  writer.object(base.root, catalogue_with_seal(pdf, base.catalogue, field, signature_object));
  writer.table(base, pdf);
  OpenSeal seal{.pdf = writer.take()};
  seal.gap_begin = as_text(seal.pdf).find(kContents, signature_begin) + kContents.size() - 1;
  seal.gap_end = seal.gap_begin + 2 * kSignatureBytes + 2;
  write_range(seal, signature_begin);
  return seal;
}

Result<void> close_gap(OpenSeal& seal, BytesView signature) {
  if (signature.size() > kSignatureBytes)
    return fail(ErrorCode::internal, "the signature is too large for its place", "Use a shorter certificate chain.");
  const std::string hex = to_hex(signature);
  std::copy(hex.begin(), hex.end(), seal.pdf.begin() + static_cast<std::ptrdiff_t>(seal.gap_begin + 1));
  return {};
}

std::string to_pdf_time(TimeMs time_ms) {
  const std::string text = to_rfc3339(time_ms);  // 2026-11-21T20:29:45.123Z
  std::string digits;
  for (const char c : text.substr(0, 19))
    if (c >= '0' && c <= '9') digits.push_back(c);
  return "D:" + digits + "+00'00'";
}

Result<TimeMs> from_pdf_time(std::string_view text) {
  const auto malformed = [] { return fail(ErrorCode::corrupt, "the seal's time is malformed"); };
  if (text.size() != 23 || !text.starts_with("D:") || !text.ends_with("+00'00'")) return malformed();
  for (const char c : text.substr(2, 14))
    if (c < '0' || c > '9') return malformed();
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) value = value * 10 + (c - '0');
    return value;
  };
  const std::chrono::year_month_day day(std::chrono::year(number(2, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(6, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2))));
  const int hour = number(10, 2);
  const int minute = number(12, 2);
  const int second = number(14, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) return malformed();
  const std::chrono::sys_days days(day);
  return (TimeMs{days.time_since_epoch().count()} * 86'400 + hour * 3'600 + minute * 60 + second) * 1'000;
}

}  // namespace probity::seal
