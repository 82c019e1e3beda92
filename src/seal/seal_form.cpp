#include "seal/seal_form.h"

#include <algorithm>

#include "base/encoding.h"
#include "seal/pdf_revisions.h"
#include "seal/update.h"
#include "seal/utf16.h"

namespace probity::seal {
namespace {

// The document, and the update that seals it.
constexpr std::size_t kRevisions = 2;

tl::unexpected<Error> corrupt(const char* what) { return fail(ErrorCode::corrupt, what); }
tl::unexpected<Error> other_form(const char* what) { return fail(ErrorCode::unsupported, what); }

Result<std::uint64_t> reference_at(const PdfValue& dictionary, std::string_view key) {
  const PdfValue* const entry = dictionary.find(key);
  if (entry == nullptr || entry->kind != PdfKind::reference)
    return other_form("the seal's parts are not linked as they should be");
  return entry->number;
}

// The seal's dictionary: the one signature of the document, which is also the one that certifies it.
Result<PdfValue> find_seal(const PdfRevisions& pdf) {
  TRY_ASSIGN(const PdfValue catalogue, pdf.catalogue());
  if (catalogue.find("AcroForm") == nullptr && catalogue.find("Perms") == nullptr)
    return fail(ErrorCode::not_found, "the PDF has no seal");
  TRY_ASSIGN(const PdfValue form, pdf.dictionary_at(catalogue, "AcroForm"));
  TRY_ASSIGN(const PdfValue permissions, pdf.dictionary_at(catalogue, "Perms"));
  const PdfValue* const fields = form.find("Fields");
  if (fields == nullptr || fields->kind != PdfKind::array || fields->items.size() != 1 ||
      fields->items.front().kind != PdfKind::reference)
    return other_form("the PDF has other fields or signatures than the seal");
  TRY_ASSIGN(const PdfValue field, pdf.object(fields->items.front().number));
  const PdfValue* const kind = field.find("FT");
  if (kind == nullptr || !kind->is_name("Sig")) return other_form("the PDF has a field that is no signature");
  TRY_ASSIGN(const std::uint64_t signature, reference_at(field, "V"));
  TRY_ASSIGN(const std::uint64_t certification, reference_at(permissions, "DocMDP"));
  if (signature != certification) return other_form("the PDF's signature does not certify it");
  return pdf.object(signature);
}

// Only what the sealer writes: a key that one reader knows and another does not may mean anything.
Result<void> check_keys(const PdfValue& seal) {
  constexpr std::string_view kKnown[] = {"Type", "Filter", "SubFilter", "ByteRange", "Contents",
                                         "M",    "Name",   "Reason",    "Location",  "Reference"};
  for (const auto& [key, value] : seal.entries)
    if (std::ranges::find(kKnown, key) == std::end(kKnown)) return other_form("the seal has an unknown extension");
  const PdfValue* const form = seal.find("SubFilter");
  if (form == nullptr || !form->is_name("ETSI.CAdES.detached"))
    return other_form("the seal is not in the form of PAdES");
  return {};
}

// That nothing may change after the seal: DocMDP with P 1, by itself.
Result<void> check_permissions(const PdfValue& seal) {
  const PdfValue* const references = seal.find("Reference");
  if (references == nullptr || references->kind != PdfKind::array || references->items.size() != 1)
    return other_form("the seal does not say what may change after it");
  const PdfValue& reference = references->items.front();
  const PdfValue* const method = reference.find("TransformMethod");
  const PdfValue* const parameters = reference.find("TransformParams");
  const PdfValue* const level = parameters == nullptr ? nullptr : parameters->find("P");
  if (method == nullptr || !method->is_name("DocMDP") || level == nullptr || level->kind != PdfKind::number)
    return other_form("the seal does not say what may change after it");
  if (level->number != 1) return other_form("the seal permits changes after it");
  return {};
}

struct Gap {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The range must be all of the file but the signature's own text.
Result<Gap> check_range(BytesView file, const PdfValue& seal) {
  const PdfValue* const range = seal.find("ByteRange");
  const PdfValue* const contents = seal.find("Contents");
  if (range == nullptr || range->kind != PdfKind::array || contents == nullptr || !contents->is_hex)
    return corrupt("the seal's range or signature is missing");
  if (range->items.size() > 4) return corrupt("the sealed range has a second gap");
  if (range->items.size() < 4) return corrupt("the sealed range is cut short");
  for (const PdfValue& number : range->items)
    if (number.kind != PdfKind::number) return corrupt("the seal's range is malformed");
  const std::uint64_t begin = range->items[0].number;
  const std::uint64_t gap_begin = range->items[1].number;
  const std::uint64_t gap_end = range->items[2].number;
  const std::uint64_t rest = range->items[3].number;
  if (begin != 0) return corrupt("the sealed range does not start at the first byte");
  if (gap_begin != contents->begin || gap_end != contents->end)
    return corrupt("the sealed range leaves out more than the signature");
  if (gap_end > file.size() || rest > file.size() - gap_end)
    return corrupt("the PDF is shorter than when it was sealed");
  if (rest != file.size() - gap_end) return corrupt("bytes were added after the PDF was sealed");
  return Gap{contents->begin, contents->end};
}

// A text as the sealer writes it: UTF-16 in hex.
Result<std::string> text_at(const PdfValue& seal, std::string_view key) {
  const PdfValue* const text = seal.find(key);
  if (text == nullptr) return std::string();
  if (!text->is_hex || text->bytes.size() % 2 != 0 || !text->bytes.starts_with("\xFE\xFF"))
    return other_form("a text of the seal is written in another way");
  std::u16string units;
  for (std::size_t i = 2; i < text->bytes.size(); i += 2)
    units.push_back(static_cast<char16_t>((static_cast<unsigned char>(text->bytes[i]) << 8) |
                                          static_cast<unsigned char>(text->bytes[i + 1])));
  return to_utf8(units);
}

Result<void> read_claims(const PdfValue& seal, SealForm& form) {
  TRY_ASSIGN(form.name, text_at(seal, "Name"));
  TRY_ASSIGN(form.reason, text_at(seal, "Reason"));
  TRY_ASSIGN(form.location, text_at(seal, "Location"));
  const PdfValue* const time = seal.find("M");
  if (time == nullptr || time->kind != PdfKind::text) return corrupt("the seal states no time");
  TRY_ASSIGN(form.claimed_time_ms, from_pdf_time(time->bytes));
  return {};
}

// One way to write a signature in hex, so that not even the spelling of the gap can change unnoticed.
Result<void> check_spelling(BytesView file, const Gap& gap, BytesView signature) {
  if (as_text(file.subspan(gap.begin + 1, gap.end - gap.begin - 2)) != to_hex(signature))
    return corrupt("the seal's signature is spelled in another way");
  return {};
}

}  // namespace

Result<SealForm> read_form(BytesView pdf) {
  TRY_ASSIGN(const PdfRevisions revisions, PdfRevisions::read(pdf));
  TRY_ASSIGN(const PdfValue seal, find_seal(revisions));
  TRY(check_keys(seal));
  TRY_ASSIGN(const Gap gap, check_range(pdf, seal));
  if (revisions.revisions().size() != kRevisions) return other_form("the PDF was changed before it was sealed");
  TRY(check_permissions(seal));
  SealForm form{.gap_begin = gap.begin, .gap_end = gap.end};
  TRY(read_claims(seal, form));
  const BytesView signature = as_bytes(seal.find("Contents")->bytes);
  TRY(check_spelling(pdf, gap, signature));
  form.signature_der.assign(signature.begin(), signature.end());
  return form;
}

}  // namespace probity::seal
